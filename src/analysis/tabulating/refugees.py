"""Parts of refugees.csv: UNHCR's portal by day, in all and by country, and what completes it.

refugees.unhcr-daily, refugees.unhcr-levels
    One published file, two measures that are never mixed: border crossings of each day, in 97
    snapshots of March to June 2022, whose running total is the sum of the newest figures of the
    days; and people recorded at a time, in three snapshots of 2023 and 2024.
refugees.unhcr-headline
    The total at the head of the portal. Border crossings since 24 February 2022 up to June 2022,
    refugees recorded from August 2023. From 15 March to June 2022 it is the sum of the seven
    countries' rows, whose days differ, so it has no one day of its own and `as_of` is empty: in
    33 of 92 snapshots it equals the daily series up to its last day (mostly the day before), in
    the others it lies below that.
refugees.unhcr-countries
    Seven countries of asylum, 2022 to 2024; the published file holds a country only where its
    row changed. Moldova and Romania counted people still there until 15 March 2022, all arrivals
    from then on. Before that day the seven rows leave out other European countries, so they do
    not add up to the headline total.
refugees.unhcr-recorded
    44 countries, July 2022 to January 2023: refugees recorded, temporary protection and border
    crossings; crossings back into Ukraine are no measure of the table and are left out. The 18
    files have a name and no day: a figure is known from the newest day that its file speaks
    about, the earliest on which it can have been published.
refugees.one-months
    Refugees recorded where only the month is known, completed from government statements, so
    the claimant of countries that the portal did not list is the ONE Campaign. Portal figures
    up to January 2023 stand in refugees.unhcr-recorded with their days and are left out here. A
    figure of a month is known from the month's last day, and has no last day counted.
"""

from __future__ import annotations

from functools import partial

import pandas as pd

from analysis.refugees.table import REFUGEES
from analysis.tabulating.part import Part, keep_changes, make_rows, say_snapshot, say_status

FIRST_DAY = "2022-02-24"

#: From the snapshot of this day on the portal shows refugees recorded. The last with
#: crossings is of 11 June 2022; what lies between was not kept.
FIRST_RECORDED = "2022-06-15"

#: Countries whose arrivals were less those who had moved on, up to the snapshots of this day.
STILL_THERE = {"MDA": "2022-03-15", "ROU": "2022-03-15"}
_STILL_THERE_NOTE = "People still in the country; from 15 March 2022 all arrivals"

MEASURES = ("refugees recorded", "temporary protection", "border crossings")

#: Countries of the table that the portal's country list did not have.
FROM_GOVERNMENTS = ("CAN", "JPN", "NZL", "USA")
#: The last month that the portal's dated snapshots cover.
LAST_DATED_MONTH = "2023-01"


def make_series_rows(frame: pd.DataFrame, *, kind: str) -> pd.DataFrame:
    """Return rows of refugees.csv from a ``unhcr-series`` frame: its daily flows, or its levels."""
    flows = kind == "daily flow"
    changes = keep_changes(
        frame[frame["kind"] == kind], snapshot="snapshot_utc", key=["data_date"], value="people"
    )
    return _make_rows(
        source_id="unhcr-portal-series",
        locator=say_snapshot(changes["snapshot_utc"]),
        since=changes["data_date"] if flows else "",
        as_of=changes["data_date"],
        asylum="all",
        measure="border crossings per day" if flows else "refugees recorded",
        wording=changes["people"],
        status=say_status(changes["change"]),
        published_on=changes["snapshot_utc"].str[:10],
    )


def make_headline_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows of refugees.csv from a ``unhcr-series`` frame of headline totals."""
    changes = keep_changes(
        frame, snapshot="snapshot_utc", key=["measure"], value="people", whole=False
    )
    day = changes["snapshot_utc"].str[:10]
    crossings = day < FIRST_RECORDED
    return _make_rows(
        source_id="unhcr-portal-headline",
        locator=say_snapshot(changes["snapshot_utc"]),
        since=crossings.map({True: FIRST_DAY, False: ""}),
        asylum="all",
        measure=crossings.map({True: "border crossings", False: "refugees recorded"}),
        wording=changes["people"],
        published_on=day,
    )


def make_country_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows of refugees.csv from a ``unhcr-countries`` frame of portal snapshots."""
    changes = _find_changes(frame, "snapshot")
    still_there = changes["snapshot"] < changes["iso3"].map(STILL_THERE).fillna("")
    return _make_changed_rows(
        changes,
        source_id="unhcr-portal-countries",
        locator=say_snapshot(changes["snapshot"]),
        published_on=changes["snapshot"].str[:10],
        note=still_there.map({True: _STILL_THERE_NOTE, False: ""}),
    )


def make_recorded_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows of refugees.csv from a ``unhcr-countries`` frame of named snapshots."""
    known_on = frame.groupby("snapshot")["as_of"].transform("max").dt.strftime("%Y-%m-%d")
    ours = frame.assign(known_on=known_on)
    changes = _find_changes(ours[ours["measure"].isin(MEASURES)], "known_on")
    return _make_changed_rows(
        changes,
        source_id="one-unhcr-snapshots",
        locator=changes["snapshot"],
        published_on=changes["known_on"],
    )


def _find_changes(frame: pd.DataFrame, snapshot: str) -> pd.DataFrame:
    """Return what each snapshot says that the one before it did not, country by country."""
    days = frame.assign(as_of=frame["as_of"].dt.strftime("%Y-%m-%d"))
    key = ["iso3", "measure", "as_of"]
    return keep_changes(days, snapshot=snapshot, key=key, value="people", whole=False)


def _make_changed_rows(changes: pd.DataFrame, **columns: object) -> pd.DataFrame:
    crossings = changes["measure"] == "border crossings"
    return _make_rows(
        since=crossings.map({True: FIRST_DAY, False: ""}),
        as_of=changes["as_of"],
        asylum=changes["iso3"],
        measure=changes["measure"],
        wording=changes["people"],
        **columns,
    )


def make_month_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows of refugees.csv from a ``unhcr-countries`` frame by month."""
    governments = frame["iso3"].isin(FROM_GOVERNMENTS)
    ours = frame[governments | (frame["month"] > LAST_DATED_MONTH)]
    ours = ours[ours["people"].notna()].reset_index(drop=True)
    governments = ours["iso3"].isin(FROM_GOVERNMENTS)
    last_day = pd.to_datetime(ours["month"], format="%Y-%m") + pd.offsets.MonthEnd(0)
    return _make_rows(
        source_id="one-unhcr-months",
        locator="month " + ours["month"],
        claimant=governments.map({True: "one-campaign", False: "unhcr"}),
        asylum=ours["iso3"],
        measure="refugees recorded",
        wording=ours["people"],
        standard=governments.map({True: "declared", False: "registered"}),
        published_on=last_day,
    )


def _make_rows(**columns: object) -> pd.DataFrame:
    """Return rows of refugees.csv; UNHCR registers people from Ukraine, unless `columns` differ."""
    usual = {
        "claimant": "unhcr",
        "who": "everybody",
        "origin": "UKR",
        "unit": "people",
        "standard": "registered",
        "status": "stated",
    }
    return make_rows(REFUGEES, **(usual | columns))


PARTS = (
    Part(
        file="refugees.unhcr-daily.csv",
        table=REFUGEES,
        format="unhcr-series",
        path="unhcr-ocha-vintages/unhcr_series_vintages.csv.gz",
        rows=partial(make_series_rows, kind="daily flow"),
    ),
    Part(
        file="refugees.unhcr-levels.csv",
        table=REFUGEES,
        format="unhcr-series",
        path="unhcr-ocha-vintages/unhcr_series_vintages.csv.gz",
        rows=partial(make_series_rows, kind="level"),
    ),
    Part(
        file="refugees.unhcr-headline.csv",
        table=REFUGEES,
        format="unhcr-series",
        path="unhcr-ocha-vintages/unhcr_headline_total_vintages.csv",
        rows=make_headline_rows,
    ),
    Part(
        file="refugees.unhcr-countries.csv",
        table=REFUGEES,
        format="unhcr-countries",
        path="unhcr-ocha-vintages/unhcr_by_country_vintages.csv",
        rows=make_country_rows,
    ),
    Part(
        file="refugees.unhcr-recorded.csv",
        table=REFUGEES,
        format="unhcr-countries",
        path="unhcr-one-campaign/hcr_country_snapshots_2022-07_2023-01.csv",
        rows=make_recorded_rows,
    ),
    Part(
        file="refugees.one-months.csv",
        table=REFUGEES,
        format="unhcr-countries",
        path="unhcr-one-campaign/hcr_data_by_country_month.csv",
        rows=make_month_rows,
    ),
)
