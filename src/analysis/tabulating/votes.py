"""vote_totals.un-es11: totals of resolutions ES-11/2 to ES-11/9 of the General Assembly.

ES-11/1 stands in the hand-typed table with its record by state. Each resolution is a source
of its own, known on the day of its vote.
"""

from __future__ import annotations

import pandas as pd

from analysis.tabulating.part import PLAIN_TABLE, Part, make_rows
from analysis.votes.table import VOTE_TOTALS

#: Resolution -> the key of its source.
RESOLUTIONS = {f"A/RES/ES-11/{number}": f"un-es11-{number}" for number in range(2, 10)}
ANSWERS = {"yes": "yes", "no": "no", "abstain": "abstain", "not_voting": "not voting"}


def make_total_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows of vote_totals.csv from a table with one resolution a row."""
    totals = frame[frame["resolution"].isin(RESOLUTIONS)].reset_index()
    long = totals.melt(["index", "resolution", "vote_date"], list(ANSWERS), "vote", "states")
    long = long.sort_values("index", kind="stable")
    return make_rows(
        VOTE_TOTALS,
        source_id=long["resolution"].map(RESOLUTIONS),
        locator="totals of the vote",
        claimant="un-general-assembly",
        resolution=long["resolution"],
        vote_date=long["vote_date"],
        vote=long["vote"].map(ANSWERS),
        wording=long["states"],
        status="stated",
    )


PARTS = (
    Part(
        file="vote_totals.un-es11.csv",
        table=VOTE_TOTALS,
        format=PLAIN_TABLE,
        path="un-votes/es11_totals.csv",
        rows=make_total_rows,
    ),
)
