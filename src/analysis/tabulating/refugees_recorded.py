"""refugees.unhcr-recorded: 44 countries, July 2022 to January 2023, three measures.

Refugees recorded, temporary protection and border crossings; crossings back into Ukraine
are no measure of the table and are left out. The 18 files have a name and no day: a figure
is known from the newest day that its file speaks about, the earliest on which it can have
been published.
"""

from __future__ import annotations

import pandas as pd

from analysis.refugees.table import REFUGEES
from analysis.tabulating.part import Part, make_rows
from analysis.tabulating.snapshots import keep_changes

MEASURES = ("refugees recorded", "temporary protection", "border crossings")
FIRST_DAY = "2022-02-24"


def make_recorded_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows of refugees.csv from a ``unhcr-countries`` frame of named snapshots."""
    known_on = frame.groupby("snapshot")["as_of"].transform("max").dt.strftime("%Y-%m-%d")
    ours = frame.assign(as_of=frame["as_of"].dt.strftime("%Y-%m-%d"), known_on=known_on)
    ours = ours[ours["measure"].isin(MEASURES)]
    changes = keep_changes(
        ours, snapshot="known_on", key=["iso3", "measure", "as_of"], value="people", whole=False
    )
    crossings = changes["measure"] == "border crossings"
    return make_rows(
        REFUGEES,
        source_id="one-unhcr-snapshots",
        locator=changes["snapshot"],
        claimant="unhcr",
        since=crossings.map({True: FIRST_DAY, False: ""}),
        as_of=changes["as_of"],
        origin="UKR",
        asylum=changes["iso3"],
        measure=changes["measure"],
        wording=changes["people"],
        unit="people",
        standard="registered",
        status="stated",
        published_on=changes["known_on"],
    )


PART = Part(
    file="refugees.unhcr-recorded.csv",
    table=REFUGEES,
    format="unhcr-countries",
    path="unhcr-one-campaign/hcr_country_snapshots_2022-07_2023-01.csv",
    rows=make_recorded_rows,
)
