"""refugees.one-months: refugees recorded by country where only the month is known.

The table completes UNHCR's portal from government statements, so the claimant of countries
that the portal did not list is the ONE Campaign. Portal figures up to January 2023 stand in
refugees.unhcr-recorded with their days and are left out here. A figure of a month is known
from the month's last day, and has no last day counted.
"""

from __future__ import annotations

import pandas as pd

from analysis.refugees.table import REFUGEES
from analysis.tabulating.part import Part, make_rows

#: Countries of the table that the portal's country list did not have.
FROM_GOVERNMENTS = ("CAN", "JPN", "NZL", "USA")
#: The last month that the portal's dated snapshots cover.
LAST_DATED_MONTH = "2023-01"


def make_month_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows of refugees.csv from a ``unhcr-countries`` frame by month."""
    governments = frame["iso3"].isin(FROM_GOVERNMENTS)
    ours = frame[governments | (frame["month"] > LAST_DATED_MONTH)]
    ours = ours[ours["people"].notna()].reset_index(drop=True)
    governments = ours["iso3"].isin(FROM_GOVERNMENTS)
    last_day = pd.to_datetime(ours["month"], format="%Y-%m") + pd.offsets.MonthEnd(0)
    return make_rows(
        REFUGEES,
        source_id="one-unhcr-months",
        locator="month " + ours["month"],
        claimant=governments.map({True: "one-campaign", False: "unhcr"}),
        origin="UKR",
        asylum=ours["iso3"],
        measure="refugees recorded",
        wording=ours["people"],
        unit="people",
        standard=governments.map({True: "declared", False: "registered"}),
        status="stated",
        published_on=last_day,
    )


PART = Part(
    file="refugees.one-months.csv",
    table=REFUGEES,
    format="unhcr-countries",
    path="unhcr-one-campaign/hcr_data_by_country_month.csv",
    rows=make_month_rows,
)
