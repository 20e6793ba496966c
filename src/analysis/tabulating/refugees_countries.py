"""refugees.unhcr-countries: seven countries of asylum, snapshot by snapshot, 2022 to 2024.

The published file holds a country only where its row changed. Moldova and Romania counted
people still there until 15 March 2022, all arrivals from then on. Before that day the seven
rows leave out other European countries, so they do not add up to the headline total.
"""

from __future__ import annotations

import pandas as pd

from analysis.refugees.table import REFUGEES
from analysis.tabulating.part import Part, make_rows
from analysis.tabulating.snapshots import keep_changes, say_snapshot

FIRST_DAY = "2022-02-24"

#: Countries whose arrivals were less those who had moved on, up to the snapshots of this day.
STILL_THERE = {"MDA": "2022-03-15", "ROU": "2022-03-15"}
_STILL_THERE_NOTE = "People still in the country; from 15 March 2022 all arrivals"


def make_country_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows of refugees.csv from a ``unhcr-countries`` frame of portal snapshots."""
    changes = keep_changes(
        frame.assign(as_of=frame["as_of"].dt.strftime("%Y-%m-%d")),
        snapshot="snapshot",
        key=["iso3", "measure", "as_of"],
        value="people",
        whole=False,
    )
    crossings = changes["measure"] == "border crossings"
    still_there = changes["snapshot"] < changes["iso3"].map(STILL_THERE).fillna("")
    return make_rows(
        REFUGEES,
        source_id="unhcr-portal-countries",
        locator=say_snapshot(changes["snapshot"]),
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
        published_on=changes["snapshot"].str[:10],
        note=still_there.map({True: _STILL_THERE_NOTE, False: ""}),
    )


PART = Part(
    file="refugees.unhcr-countries.csv",
    table=REFUGEES,
    format="unhcr-countries",
    path="unhcr-ocha-vintages/unhcr_by_country_vintages.csv",
    rows=make_country_rows,
)
