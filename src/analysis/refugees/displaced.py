"""Displaced people: how many have left their homes and are still in the country, by survey.

Where people are now and where they come from are two measures of the same people, and are
never added; a survey estimates, it does not register.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from analysis.tables import Record, Table, as_known_on, columns, latest_claims, read_claims
from analysis.tables.countries import name_country
from analysis.tables.vocabulary import STANDARDS, STATUSES, UNITS

MEASURES = {
    "internally displaced, by location": "people away from home, counted where they are",
    "internally displaced, by origin": "people away from home, counted where they come from",
}

_COUNTED = {
    "internally displaced, by location": "people displaced inside the country and now in {place}",
    "internally displaced, by origin": "people displaced inside the country who come from {place}",
}
_IN_COUNTRY = "people displaced inside {place}"

DISPLACED = Table(
    name="displaced",
    title="one claim of people displaced inside their country",
    key=("source_id", "locator", "claimant", "place", "measure", "as_of"),
    series=("claimant", "place", "measure"),
    schema=pa.DataFrameSchema(
        {
            "source_id": columns.source_id(),
            "locator": columns.locator(),
            "claimant": columns.claimant(),
            "since": columns.day("first day counted", empty=True),
            "as_of": columns.day("last day counted", empty=True),
            "place": columns.text(
                "an ISO 3166 alpha-3 code for the whole country, or a region as its source names it"
            ),
            "measure": columns.choice("what is counted", MEASURES),
            "wording": columns.wording(),
            "unit": columns.choice("the unit of the figure", UNITS),
            "standard": columns.choice("how the claimant knows", STANDARDS),
            "status": columns.choice("what the source says of the claim", STATUSES),
            "published_on": columns.published_on(),
            "note": columns.note(),
        }
    ),
)


def tabulate_displaced(data: str | Path = "", as_of: str | date = "2022-03-03") -> pd.DataFrame:
    """Return every claim of internally displaced people that was known on a day.

    Parameters
    ----------
    data : str or Path
        The folder of the casebook; "" is the project's own.
    as_of : str or datetime.date
        The day of the replay.

    Returns
    -------
    pandas.DataFrame
        A claims frame (see `analysis.tables.read_claims`) with `place`, `measure`, `unit`
        (people) and `counted`.
    """
    claims = as_known_on(read_claims(DISPLACED, data), as_of)
    counted = [_name_counted(row) for row in claims.to_dict("records")]
    return claims.assign(counted=pd.Series(counted, dtype="str"))


def tabulate_latest_displaced(
    data: str | Path = "", as_of: str | date = "2022-03-03"
) -> pd.DataFrame:
    """Return the latest claim of each claimant on each place and measure.

    Regions that a newer round does not name keep the figure of an older one: see `as_of` and
    `published_on` before setting regions side by side.

    Returns
    -------
    pandas.DataFrame
        As `tabulate_displaced`, one row a series.
    """
    return latest_claims(tabulate_displaced(data, as_of), DISPLACED.series)


def _name_counted(row: Record) -> str:
    place, measure = str(row["place"]), str(row["measure"])
    country = name_country(place)
    if country != place:
        return _IN_COUNTRY.format(place=country)
    return _COUNTED[measure].format(place=place)
