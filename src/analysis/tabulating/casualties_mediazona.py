"""casualties.mediazona: Russian soldiers whose death Mediazona found by name, week by week.

The edition of 2024, a running total. A week is named by its Monday and counts to its Sunday:
the week of 21 February 2022, before the invasion, already holds the first deaths. The
edition's day of publication is not recorded, so every figure is known from the last Sunday
it counts. Estimates in the same file are the Economist list's subject, not this part's.
"""

from __future__ import annotations

import pandas as pd

from analysis.casualties.table import CASUALTIES
from analysis.tabulating.part import Part, make_rows

FIRST_DAY = "2022-02-24"


def make_mediazona_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows of casualties.csv from a ``meduza`` frame: names found, running total."""
    named = frame["measure"] == "deaths confirmed by name"
    rows = frame[named & (frame["kind"] == "running total")]
    sunday = rows["week"] + pd.Timedelta(days=6)
    return make_rows(
        CASUALTIES,
        source_id="meduza-2024",
        locator="week " + rows["week"].dt.strftime("%Y-%m-%d").astype("string"),
        claimant="mediazona",
        since=FIRST_DAY,
        as_of=sunday,
        group="military",
        side="RUS",
        place="UKR",
        outcome="killed",
        wording=rows["best"].astype("Int64"),
        standard="verified case by case",
        status="stated",
        published_on=f"{sunday.max():%Y-%m-%d}" if len(rows) else "",
    )


PART = Part(
    file="casualties.mediazona.csv",
    table=CASUALTIES,
    format="meduza",
    path="losses-economist/meduza_2024.csv",
    rows=make_mediazona_rows,
)
