"""refugees.unhcr-levels: refugees recorded in all countries together, three snapshots 2023-24.

The same file of the portal as the daily flows, but from 2023 on it counts people recorded
at a time (``series_kind`` level): they fall as well as rise, and are never joined to flows.
"""

from __future__ import annotations

import pandas as pd

from analysis.refugees.table import REFUGEES
from analysis.tabulating.part import Part, make_rows
from analysis.tabulating.snapshots import keep_changes, say_snapshot, say_status


def make_level_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows of refugees.csv from a ``unhcr-series`` frame: its levels."""
    levels = frame[frame["kind"] == "level"]
    changes = keep_changes(levels, snapshot="snapshot_utc", key=["data_date"], value="people")
    return make_rows(
        REFUGEES,
        source_id="unhcr-portal-series",
        locator=say_snapshot(changes["snapshot_utc"]),
        claimant="unhcr",
        as_of=changes["data_date"],
        origin="UKR",
        asylum="all",
        measure="refugees recorded",
        wording=changes["people"],
        unit="people",
        standard="registered",
        status=say_status(changes["change"]),
        published_on=changes["snapshot_utc"].str[:10],
    )


PART = Part(
    file="refugees.unhcr-levels.csv",
    table=REFUGEES,
    format="unhcr-series",
    path="unhcr-ocha-vintages/unhcr_series_vintages.csv.gz",
    rows=make_level_rows,
)
