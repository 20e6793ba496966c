"""refugees.unhcr-headline: the total at the head of the portal, snapshot by snapshot.

Border crossings since 24 February 2022 up to June 2022, refugees recorded from August 2023.
From 15 March to June 2022 the total is the sum of the seven countries' rows, whose days differ,
so it has no one day of its own and `as_of` is empty: in 33 of 92 snapshots it equals the daily
series up to its last day (mostly the day before), in the others it lies below that.
"""

from __future__ import annotations

import pandas as pd

from analysis.refugees.table import REFUGEES
from analysis.tabulating.part import Part, make_rows
from analysis.tabulating.snapshots import keep_changes, say_snapshot

#: From the snapshot of this day on the portal shows refugees recorded. The last with
#: crossings is of 11 June 2022; what lies between was not kept.
FIRST_RECORDED = "2022-06-15"
FIRST_DAY = "2022-02-24"


def make_headline_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows of refugees.csv from a ``unhcr-series`` frame of headline totals."""
    changes = keep_changes(
        frame, snapshot="snapshot_utc", key=["measure"], value="people", whole=False
    )
    day = changes["snapshot_utc"].str[:10]
    crossings = day < FIRST_RECORDED
    return make_rows(
        REFUGEES,
        source_id="unhcr-portal-headline",
        locator=say_snapshot(changes["snapshot_utc"]),
        claimant="unhcr",
        since=crossings.map({True: FIRST_DAY, False: ""}),
        origin="UKR",
        asylum="all",
        measure=crossings.map({True: "border crossings", False: "refugees recorded"}),
        wording=changes["people"],
        unit="people",
        standard="registered",
        status="stated",
        published_on=day,
    )


PART = Part(
    file="refugees.unhcr-headline.csv",
    table=REFUGEES,
    format="unhcr-series",
    path="unhcr-ocha-vintages/unhcr_headline_total_vintages.csv",
    rows=make_headline_rows,
)
