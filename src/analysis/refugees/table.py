"""Refugees: how many have fled, by whose count.

Border crossings, refugees recorded and temporary protection are different measures and
never stand for one another.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from analysis.tables import Table, as_known_on, columns, latest_claims, read_claims
from analysis.tables.countries import name_country
from analysis.tables.vocabulary import STANDARDS, STATUSES, UNITS

MEASURES = {
    "border crossings": "movements out of the country so far; a person may be counted twice",
    "border crossings per day": "movements out of the country on one day",
    "refugees recorded": "people recorded in a country of asylum",
    "temporary protection": "people registered for temporary protection or a similar scheme",
    "share of population": "refugees as a share of the people who lived in the country",
}

_COUNTED = {
    "border crossings": "border crossings out of {country}",
    "border crossings per day": "border crossings out of {country} on that day",
    "refugees recorded": "refugees from {country} recorded",
    "temporary protection": "people from {country} registered for temporary protection",
    "share of population": "the share of the population of {country} that left",
}

REFUGEES = Table(
    name="refugees",
    title="one claim of people who left a country",
    key=("source_id", "locator", "claimant", "origin", "asylum", "measure", "as_of"),
    series=("claimant", "origin", "asylum", "measure"),
    schema=pa.DataFrameSchema(
        {
            "source_id": columns.source_id(),
            "locator": columns.locator(),
            "claimant": columns.claimant(),
            "since": columns.day("first day counted", empty=True),
            "as_of": columns.day("last day counted", empty=True),
            "origin": columns.iso3("the country they left"),
            "asylum": columns.iso3(
                'the country they went to, or "all" for all of them', also=["all"]
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


def tabulate_refugees(
    data: str | Path = "", as_of: str | date = "2022-03-03", *, origin: str = "UKR"
) -> pd.DataFrame:
    """Return every claim of refugees from a country that was known on a day.

    Parameters
    ----------
    data : str or Path
        The folder of the casebook; "" is the project's own.
    as_of : str or datetime.date
        The day of the replay.
    origin : str
        ISO 3166 alpha-3 code of the country that people left.

    Returns
    -------
    pandas.DataFrame
        A claims frame (see `analysis.tables.read_claims`) with `origin`, `asylum`,
        `measure`, `unit` (people or percent) and `counted`.
    """
    claims = as_known_on(read_claims(REFUGEES, data), as_of)
    claims = claims[claims["origin"] == origin].reset_index(drop=True)
    country = name_country(origin)
    counted = claims["measure"].map(
        {m: text.format(country=country) for m, text in _COUNTED.items()}
    )
    return claims.assign(counted=counted.astype("str"))


def tabulate_latest_refugees(
    data: str | Path = "", as_of: str | date = "2022-03-03", *, origin: str = "UKR"
) -> pd.DataFrame:
    """Return the latest count of each claimant and measure, all countries of asylum together.

    Returns
    -------
    pandas.DataFrame
        As `tabulate_refugees`, only figures of people (no shares).
    """
    claims = tabulate_refugees(data, as_of, origin=origin)
    # The figure of one day is no count of all who left.
    one_day = claims["measure"] == "border crossings per day"
    counts = claims[(claims["unit"] == "people") & (claims["asylum"] == "all") & ~one_day]
    return latest_claims(counts, REFUGEES.series)
