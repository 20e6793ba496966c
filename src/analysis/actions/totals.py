"""Totals of actions and needs: sanctions, companies leaving, money asked for, people in need.

Single figures of a claimant about many actions or people at once. Announced is not done:
the measure says what a claimant counts, in words, and only equal measures are one series.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from analysis.tables import Table, as_known_on, columns, latest_claims, read_claims
from analysis.tables.vocabulary import STANDARDS, STATUSES, UNITS

TOPICS = {
    "sanctions": "designations of people, companies, ships and aircraft",
    "company exits": "companies that say they leave, pause or stay",
    "appeal": "money that the United Nations asks for",
    "people in need": "people inside the country who need help",
    "displacement": "people driven from home, inside the country and abroad together",
}

ACTION_TOTALS = Table(
    name="action_totals",
    title="one total of actions, money or people in need, as somebody says",
    key=("source_id", "locator", "claimant", "topic", "measure", "as_of"),
    series=("claimant", "topic", "measure"),
    schema=pa.DataFrameSchema(
        {
            "source_id": columns.source_id(),
            "locator": columns.locator(),
            "claimant": columns.claimant(),
            "as_of": columns.day("last day counted", empty=True),
            "topic": columns.choice("what the figure is about", TOPICS),
            "measure": columns.text("what is counted, in our words; the same in one series"),
            "wording": columns.wording(),
            "unit": columns.choice("the unit of the figure", UNITS),
            "standard": columns.choice("how the claimant knows", STANDARDS),
            "status": columns.choice("what the source says of the claim", STATUSES),
            "published_on": columns.published_on(),
            "note": columns.note(),
        }
    ),
)


def tabulate_action_totals(
    data: str | Path = "", as_of: str | date = "2022-03-03", *, topic: str = "all"
) -> pd.DataFrame:
    """Return every total of actions, money or people in need that was known on a day.

    Parameters
    ----------
    data : str or Path
        The folder of the casebook; "" is the project's own.
    as_of : str or datetime.date
        The day of the replay.
    topic : str
        One of `TOPICS`, or all.

    Returns
    -------
    pandas.DataFrame
        A claims frame (see `analysis.tables.read_claims`) with `topic`, `measure`, `unit`
        and `counted` (the measure). Units differ from row to row.
    """
    if topic != "all" and topic not in TOPICS:
        raise ValueError(f'topic: "{topic}" is not one of: all, {", ".join(TOPICS)}')
    claims = as_known_on(read_claims(ACTION_TOTALS, data), as_of)
    if topic != "all":
        claims = claims[claims["topic"] == topic].reset_index(drop=True)
    return claims.assign(counted=claims["measure"])


def tabulate_latest_action_totals(
    data: str | Path = "", as_of: str | date = "2022-03-03", *, topic: str = "all"
) -> pd.DataFrame:
    """Return the latest total of each claimant and measure.

    Returns
    -------
    pandas.DataFrame
        As `tabulate_action_totals`, one row a series.
    """
    return latest_claims(tabulate_action_totals(data, as_of, topic=topic), ACTION_TOTALS.series)
