"""refugees.unhcr-daily: border crossings of each day, as each snapshot of the portal had them.

97 snapshots of March to June 2022 (``series_kind`` daily_flow); their running total is the
sum of the newest figures of the days. The levels of 2023 and 2024 are another measure and
another part.
"""

from __future__ import annotations

import pandas as pd

from analysis.refugees.table import REFUGEES
from analysis.tabulating.part import Part, make_rows
from analysis.tabulating.snapshots import keep_changes, say_snapshot, say_status


def make_daily_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows of refugees.csv from a ``unhcr-series`` frame: its daily flows."""
    daily = frame[frame["kind"] == "daily flow"]
    changes = keep_changes(daily, snapshot="snapshot_utc", key=["data_date"], value="people")
    return make_rows(
        REFUGEES,
        source_id="unhcr-portal-series",
        locator=say_snapshot(changes["snapshot_utc"]),
        claimant="unhcr",
        since=changes["data_date"],
        as_of=changes["data_date"],
        origin="UKR",
        asylum="all",
        measure="border crossings per day",
        wording=changes["people"],
        unit="people",
        standard="registered",
        status=say_status(changes["change"]),
        published_on=changes["snapshot_utc"].str[:10],
    )


PART = Part(
    file="refugees.unhcr-daily.csv",
    table=REFUGEES,
    format="unhcr-series",
    path="unhcr-ocha-vintages/unhcr_series_vintages.csv.gz",
    rows=make_daily_rows,
)
