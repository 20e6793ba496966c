"""Talks: what each side says about talking, and about what it wants."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from analysis.statements.contested import mark_contested
from analysis.tables import Table, as_known_on, columns, read_claims
from analysis.tables.vocabulary import STANCES, STATUSES, UNITS

TALKS = Table(
    name="talks",
    title="one stance of one claimant on one statement about the talks",
    key=("source_id", "locator", "claimant", "statement"),
    series=("claimant", "statement"),
    schema=pa.DataFrameSchema(
        {
            "source_id": columns.source_id(),
            "locator": columns.locator(),
            "claimant": columns.claimant(),
            "said_on": columns.day("the day it was said; empty where not stated", empty=True),
            "topic": columns.text("what the statement is about, in a word or two"),
            "statement": columns.text("the statement in our words, the same for all who answer it"),
            "stance": columns.choice("what the claimant does with it", STANCES),
            "wording": columns.wording(),
            "unit": columns.choice("the unit of the figure", UNITS, empty=True),
            "status": columns.choice("what the source says of it", STATUSES),
            "published_on": columns.published_on(),
            "note": columns.note(),
        }
    ),
)


def tabulate_talks(data: str | Path = "", as_of: str | date = "2022-03-03") -> pd.DataFrame:
    """Return who says what about the talks, as known on a day.

    Parameters
    ----------
    data : str or Path
        The folder of the casebook; "" is the project's own.
    as_of : str or datetime.date
        The day of the replay.

    Returns
    -------
    pandas.DataFrame
        The columns of talks.csv, those of its source and claimant (see
        `analysis.tables.read_claims`), and `contested`.
    """
    return mark_contested(as_known_on(read_claims(TALKS, data), as_of))
