"""Displaced people: how many have left their homes and are still in the country, by survey.

Where people are now and where they come from are two measures of the same people, and are
never added; a survey estimates, it does not register.
"""

from __future__ import annotations

import pandas as pd

from analysis.tables import Table, columns
from analysis.tables.countries import say_country
from analysis.tables.known import Known
from analysis.tables.scope import EVERYBODY, find_wholes
from analysis.tables.vocabulary import STANDARDS, STATUSES, UNITS

BY_LOCATION, BY_ORIGIN = "internally displaced, by location", "internally displaced, by origin"

MEASURES = {
    BY_LOCATION: "people away from home, counted where they are",
    BY_ORIGIN: "people away from home, counted where they come from",
}


def name_displaced(claims: pd.DataFrame) -> pd.Series:
    """Return what each claim counts, as a noun: "internally displaced people in Sudan"."""
    people = claims["who_plural"].mask(claims["who"] == EVERYBODY, "people")
    where = claims["measure"].map({BY_LOCATION: " in ", BY_ORIGIN: " from "}).astype("str")
    areas = claims["area_name"].map(say_country)
    noun = "internally displaced " + people + where + areas
    whole = ("the " + people).mask(claims["who"] == EVERYBODY, "the population")
    share = "the share of " + whole + " of " + areas + " that is displaced"
    return noun.mask(claims["unit"] == "percent", share).astype("str")


DISPLACED = Table(
    name="displaced",
    title="one claim of people displaced inside their country",
    key=("source_id", "locator", "claimant", "who", "area", "measure", "since", "as_of", "wording"),
    series=("claimant", "who", "area", "measure", "unit", "counted_from"),
    counted=name_displaced,
    schema={
        "source_id": columns.source_id(),
        "locator": columns.locator(),
        "claimant": columns.claimant(),
        "since": columns.day("first day counted", empty=True),
        "as_of": columns.day("last day counted", empty=True),
        "who": columns.who(),
        "area": columns.area("where they are, or where they come from"),
        "measure": columns.choice("what is counted", MEASURES),
        "wording": columns.wording(),
        "unit": columns.choice("the unit of the figure", UNITS),
        "standard": columns.choice("how the claimant knows", STANDARDS),
        "status": columns.choice("what the source says of the claim", STATUSES),
        "repeats": columns.repeats(),
        "published_on": columns.published_on(),
        "note": columns.note(),
    },
)


def read_displaced(known: Known, area: str = "") -> pd.DataFrame:
    """Return the claims of displaced people in an area that were known on the day, with `counted`.

    "" is the largest areas that there are claims of: no region stands beside its country.
    """
    claims = known.claims(DISPLACED)
    if known.area(area):
        chosen = claims["area"] == area
    else:
        wholes = find_wholes(known.references()["areas"], "area", "within")
        held = set(claims["area"])
        parts = {name for name in held if held & set(wholes.get(name, []))}
        chosen = ~claims["area"].isin(parts)
    return claims[chosen].reset_index(drop=True)
