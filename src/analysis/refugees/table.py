"""The table of refugees: how many have fled, by whose count.

Border crossings, refugees recorded and temporary protection are different measures and
never stand for one another.
"""

from __future__ import annotations

import pandas as pd

from analysis.claims.kept import keep
from analysis.tables import Table, columns, latest_claims
from analysis.tables.countries import say_country
from analysis.tables.known import Known
from analysis.tables.scope import ALL, EVERYBODY
from analysis.tables.vocabulary import STANDARDS, STATUSES, UNITS

#: The measure whose figures count one day each, and the running total that they add up to.
DAILY, TOTAL = "border crossings per day", "border crossings"

MEASURES = {
    TOTAL: "movements out of the country so far; a person may be counted twice",
    DAILY: "movements out of the country on one day",
    "people who fled": "people said to have left the country; how they were counted is not said",
    "refugees recorded": "people recorded in a country of asylum",
    "temporary protection": "people registered for temporary protection or a similar scheme",
    "share of population": "refugees as a share of the people who lived in the country",
}

#: What a figure counts: of everybody, and of one group.
_COUNTED = {
    TOTAL: ("border crossings out of {origin}", "border crossings of {who} out of {origin}"),
    DAILY: (
        "border crossings in one day out of {origin}",
        "border crossings of {who} in one day out of {origin}",
    ),
    "people who fled": ("people who fled {origin}", "{who} who fled {origin}"),
    "refugees recorded": (
        "refugees from {origin} recorded",
        "{who} from {origin} recorded as refugees",
    ),
    "temporary protection": (
        "people from {origin} registered for temporary protection",
        "{who} from {origin} registered for temporary protection",
    ),
    "share of population": (
        "the share of the population of {origin} that left",
        "the share of the {who} of {origin} that left",
    ),
}


def name_counted(claims: pd.DataFrame) -> pd.Series:
    """Return what each claim counts, as a noun: "border crossings out of Sudan into Chad".

    The country of asylum ends the noun, unless it is all of them.
    """
    names = ["measure", "who", "who_plural", "origin_name", "asylum", "asylum_name"]
    keys = list(claims[names].itertuples(index=False, name=None))
    said = {key: _name(*key) for key in dict.fromkeys(keys)}
    return pd.Series([said[key] for key in keys], index=claims.index, dtype="str")


def _name(measure: str, who: str, plural: str, origin: str, asylum: str, host: str) -> str:
    of_everybody, of_group = _COUNTED[measure]
    origin, host = say_country(origin), say_country(host)
    noun = (of_everybody if who == EVERYBODY else of_group).format(who=plural, origin=origin)
    if asylum == ALL:
        return noun
    return f"{noun} {'into' if measure in (TOTAL, DAILY) else 'in'} {host}"


REFUGEES = Table(
    name="refugees",
    title="one claim of people who left a country",
    key=(
        "source_id", "locator", "claimant", "who", "origin", "asylum", "measure", "since", "as_of",
        "wording",
    ),
    series=("claimant", "who", "origin", "asylum", "measure", "counted_from"),
    counted=name_counted,
    schema={
            "source_id": columns.source_id(),
            "locator": columns.locator(),
            "claimant": columns.claimant(),
            "since": columns.day("first day counted", empty=True),
            "as_of": columns.day("last day counted", empty=True),
            "who": columns.who(),
            "origin": columns.area("the area they left"),
            "asylum": columns.area("the country they went to", also=[ALL]),
            "measure": columns.choice("what is counted", MEASURES),
            "wording": columns.wording(),
            "unit": columns.choice("the unit of the figure", UNITS),
            "standard": columns.choice("how the claimant knows", STANDARDS),
            "status": columns.choice("what the source says of the claim", STATUSES),
            "repeats": columns.repeats(),
            "published_on": columns.published_on(),
            "note": columns.note(),
        },
)  # fmt: skip


@keep
def read_refugees(known: Known, origin: str) -> pd.DataFrame:
    """Return every claim of people who left one area that was known on the day, with `counted`."""
    claims = known.claims(REFUGEES)
    return claims[claims["origin"] == origin].reset_index(drop=True)


def read_latest_refugees(known: Known, origin: str) -> pd.DataFrame:
    """Return the latest count of each series, all countries of asylum together.

    Only figures of people: no shares, and no single days, which are no count of all who left. Two
    figures that share the newest days both stand.
    """
    claims = read_refugees(known, origin)
    people = (claims["unit"] == "people") & (claims["asylum"] == ALL)
    counts = claims[people & (claims["measure"] != DAILY)]
    return latest_claims(counts, REFUGEES.series, ties=True)
