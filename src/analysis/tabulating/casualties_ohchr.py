"""casualties.ohchr: civilians killed and wounded that OHCHR verified, as OCHA's table had them.

The table's dates are days of publication; the count runs to the midnight before. Days on
which neither count changed have no row. Where a date was entered with the figures of the
day before and put right in a later snapshot, both stand, each with the day it was known;
7 June 2022, which repeats 3 June and was never put right, stays as published.
"""

from __future__ import annotations

import pandas as pd

from analysis.casualties.table import CASUALTIES
from analysis.tabulating.part import Part, make_rows
from analysis.tabulating.snapshots import keep_changes

OUTCOMES = {"killed": "killed", "injured": "wounded"}
FIRST_DAY = "2022-02-24"

_BELOW = "Below the figure before it: the table repeats an older update here"


def make_ohchr_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows of casualties.csv from an ``ohchr`` frame of snapshots."""
    ours = frame[frame["measure"].isin(OUTCOMES)]
    changes = keep_changes(
        ours,
        snapshot="snapshot_utc",
        key=["measure", "published_on"],
        value="value",
        whole=False,
    )
    changes = changes.sort_values(
        ["measure", "published_on"], ascending=[False, True], kind="stable"
    )
    dates = pd.MultiIndex.from_frame(changes[["measure", "published_on"]])
    by_date = changes.groupby(["measure", "published_on"], sort=False)["value"]
    entered = "First entered as " + by_date.shift().astype("string")
    # What a date says in the end, against what the date before it says in the end.
    final = by_date.last()
    before = final.groupby("measure").shift()
    below = (final < before).fillna(False).reindex(dates).to_numpy(dtype=bool)
    moved = ((final != before).fillna(True) | (by_date.size() > 1)).groupby("published_on").any()
    kept = changes["published_on"].map(moved).to_numpy(dtype=bool)
    revised = (changes["change"] == "revised").to_numpy()
    table_row = changes["published_on"].dt.strftime("%Y-%m-%d").astype("string")
    moment = changes["snapshot_utc"].str[:16] + "Z"
    changes = changes.assign(
        known_on=table_row.mask(revised, changes["snapshot_utc"].str[:10]),
        locator=("table row " + table_row).mask(
            revised, "table row " + table_row + ", snapshot " + moment
        ),
        note=pd.Series("", index=changes.index)
        .mask(revised, entered)
        .mask(below & ~revised, _BELOW),
    )
    rows = changes[kept].sort_values(
        ["known_on", "published_on", "measure", "snapshot_utc"],
        ascending=[True, True, False, True],
        kind="stable",
    )
    return make_rows(
        CASUALTIES,
        source_id="ocha-ohchr-table",
        locator=rows["locator"],
        claimant="ohchr",
        since=FIRST_DAY,
        as_of=rows["as_of"],
        group="civilian",
        place="UKR",
        outcome=rows["measure"].map(OUTCOMES),
        wording=rows["value"],
        standard="verified case by case",
        status="stated",
        published_on=rows["known_on"],
        note=rows["note"],
    )


PART = Part(
    file="casualties.ohchr.csv",
    table=CASUALTIES,
    format="ohchr",
    path="ohchr-civilian-casualties/ohchr_casualties_ocha_vintages.csv.gz",
    rows=make_ohchr_rows,
)
