"""displaced.ocha: IOM's later rounds by macro-region, as OCHA's page showed them.

The snapshots up to May 2022 repeat rounds 1 to 4, which stand in displaced.iom with the days
of their surveys; the later ones do not tell the day of the survey.
"""

from __future__ import annotations

import pandas as pd

from analysis.refugees.displaced import DISPLACED
from analysis.tabulating.displaced_iom import MEASURES
from analysis.tabulating.part import Part, make_rows
from analysis.tabulating.snapshots import keep_changes, say_snapshot

#: The last snapshot that shows round 4.
LAST_REPEAT = "2022-05-11"
_NOT_PROVIDED = "Not provided"


def make_snapshot_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows of displaced.csv from an ``iom-idp`` frame of snapshots."""
    later = frame[frame["snapshot_utc"].str[:10] > LAST_REPEAT]
    changes = keep_changes(
        later, snapshot="snapshot_utc", key=["macro_region"], value="people", whole=False
    )
    return make_rows(
        DISPLACED,
        source_id="ocha-iom-regions",
        locator=say_snapshot(changes["snapshot_utc"]),
        claimant="iom",
        place=changes["macro_region"].replace(_NOT_PROVIDED, "region not stated"),
        measure=changes["measure"].map(MEASURES),
        wording=changes["people"],
        unit="people",
        standard="estimated",
        status="stated",
        published_on=changes["snapshot_utc"].str[:10],
    )


PART = Part(
    file="displaced.ocha.csv",
    table=DISPLACED,
    format="iom-idp",
    path="iom-idp/ocha_macro_region_vintages.csv",
    rows=make_snapshot_rows,
)
