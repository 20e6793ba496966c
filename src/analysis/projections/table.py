"""Projections of refugees: who made them when, about which day, and what they would count."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from analysis.claims.days import format_day
from analysis.tables import Rule, Table, as_known_on, columns, read_claims
from analysis.tables.countries import name_country
from analysis.tables.vocabulary import STATUSES


def name_projected(claims: pd.DataFrame) -> pd.Series:
    """Return what each projection counts, as a noun: "people who could leave Sudan"."""
    return ("people who could leave " + claims["origin_name"]).astype("str")


PROJECTIONS = Table(
    name="projections",
    title="one projection or planning figure of refugees",
    key=("source_id", "locator", "claimant", "origin", "measure", "made_on", "target_day"),
    series=("claimant", "origin", "measure", "target_day"),
    counted=name_projected,
    rules=(
        Rule(
            "target_day",
            "a day not before the projection was made",
            lambda rows: (rows["target_day"] < rows["made_on"]).fillna(False).astype(bool),
        ),
    ),
    schema=pa.DataFrameSchema(
        {
            "source_id": columns.source_id(),
            "locator": columns.locator(),
            "claimant": columns.claimant(),
            "made_on": columns.day("the day it was made; empty where not stated", empty=True),
            "target_day": columns.day("the day it speaks about; empty where none", empty=True),
            "origin": columns.iso3("the country the people leave"),
            "measure": columns.choice(
                "what it would be counted by",
                {
                    "not stated": "the source names no measure",
                    "border crossings": "movements out of the country",
                    "refugees recorded": "people recorded in the countries of asylum",
                },
            ),
            "definition": columns.text("who is meant, in our words"),
            "wording": columns.wording(empty=False),
            "standard": columns.choice("how the claimant knows", {"projected": "a projection"}),
            "status": columns.choice("what the source says of it", STATUSES),
            "published_on": columns.published_on(),
            "note": columns.note(),
        }
    ),
)


def tabulate_projections(
    data: str | Path = "", as_of: str | date = "2022-03-03", *, origin: str = "UKR"
) -> pd.DataFrame:
    """Return the projections of refugees that were known on a day.

    Parameters
    ----------
    data : str or Path
        The folder of the casebook; "" is the project's own.
    as_of : str or datetime.date
        The day of the replay.
    origin : str
        ISO 3166 alpha-3 code of the country that people leave.

    Returns
    -------
    pandas.DataFrame
        A claims frame (see `analysis.tables.read_claims`) with `made_on` and `target_day`
        (missing where not stated), `origin`, `measure`, `definition`, `horizon` ("no day
        stated" or the day), `counted`, and `since` and `as_of`, always missing: nothing has
        been counted yet. Unit: people.
    """
    claims = as_known_on(read_claims(PROJECTIONS, data), as_of)
    claims = claims[claims["origin"] == origin].reset_index(drop=True)
    spoken_about = [
        "no day stated" if pd.isna(day) else f"about {format_day(day)}"
        for day in claims["target_day"]
    ]
    missing = pd.Series(pd.NaT, index=claims.index, dtype="datetime64[ns]")
    return claims.assign(
        horizon=pd.Series(spoken_about, index=claims.index, dtype="str"),
        counted=f"people who could leave {name_country(origin)}",
        since=missing,
        as_of=missing,
    )
