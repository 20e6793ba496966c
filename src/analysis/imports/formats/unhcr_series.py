"""``unhcr-series``: UNHCR's refugee series by day, as its portal and its readers publish it.

Reads the portal's time series (JSON ``{"data": {"timeseries": [...]}}`` or CSV), OCHA's
``refugees_series_data`` (JSON with HXL keys), tables of snapshots of either, tables with
daily and cumulative columns, and headline totals by snapshot.

The same column name means a day's number in one file and a running total in another. The
kind is what the file states (a column ``series_kind``, the words daily or cumulative in a
name) or proves: a column whose steps equal the daily column beside it is a running total.
A bare ``individuals`` of ten days or more that never falls is a running total; one that
falls is a daily flow if no day is missing, and a level (people recorded at that time) if
days are missing. Shorter ones are "not stated". A column named cumulative that falls on
more than one step in ten is a level: it counts people still present. The notes say which
reason decided. Nothing is ever summed here, and kinds must not be joined.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from analysis.imports.reading.results import Imported
from analysis.imports.reading.rows import (
    FALLS_OF_A_TOTAL,
    Cells,
    Row,
    add_flag,
    add_notes,
    days_between,
    finish,
    flag_falls,
    note_order,
    read_rows,
    refuse_repeats,
    share_of_falls,
)
from analysis.imports.reading.table import PublishedTable, Record, list_of_objects, make_importer

EXPECTS = "a column data_date (or snapshot_utc) and one such as individuals or cumulative_refugees"
#: The frame: one row a day, measure and snapshot; sorted by these.
COLUMNS = {
    "row": "Int64",  # published row
    # moment the portal was read, "2022-03-06T22:58:29Z"; missing if unknown
    "snapshot_utc": "string",
    "data_date": "datetime64[s]",  # the day; missing for a headline total
    "measure": "string",  # the column as published ("individuals", "ROM_MOL", "headline total")
    "kind": "string",  # daily flow, running total, level, or not stated
    "people": "Int64",  # persons
    "absence": "string",  # why there is no number: empty, not available …; else ""
    "flag": "string",  # what is odd about the figure; else ""
}
#: Columns with figures, and the kind their name states ("" = it states none).
MEASURES = {
    "individuals": "",
    "#affected+refugees": "",
    "daily": "daily flow",
    "daily individuals": "daily flow",
    "daily refugees": "daily flow",
    "cumulative individuals": "running total",
    "cumulative refugees": "running total",
    "cumulative refugees ukr mol": "running total",
    "rom mol cumulative": "running total",
    # Arrivals in Romania, straight from Ukraine and by way of Moldova: numbers of the day.
    "rom ukr": "daily flow",
    "rom mol": "daily flow",
}
#: A bare column shorter than this proves nothing: a flow can rise for some days.
ENOUGH_DAYS = 10
_DATES = ("data date", "#affected+date+refugees", "date")
_STATED = {"daily_flow": "daily flow", "level": "level", "cumulative": "running total"}
_PLACES = frozenset({"country", "country name", "iso3", "iso code", "geomaster name"})


def _wanted(columns: frozenset[str]) -> bool:
    dated = any(name in columns for name in (*_DATES, "snapshot utc"))
    return dated and not columns & _PLACES and any(name in columns for name in MEASURES)


def _find_list(data: Any) -> list[Any] | None:
    """Return the list of the series in a portal's or OCHA's JSON, or None."""
    if isinstance(data, dict):
        inner = data.get("data")
        series = inner.get("timeseries") if isinstance(inner, dict) else inner
        data = data.get("refugees_series_data", series)
    return list_of_objects(data, _wanted)


def read(table: PublishedTable) -> Imported:
    """Read a table of this format; `COLUMNS` describes the frame."""
    date_column = table.find(_DATES)
    measures = [name for name in table.titles if name in MEASURES]
    cells = Cells(table, alike=measures)

    def read_one(record: Record) -> Iterable[Row]:
        snapshot = cells.moment(record, "snapshot utc")
        day = cells.day(record, date_column) if date_column else None
        stated = record.get("series kind")
        if stated and stated not in _STATED:
            raise cells.refuse(record, "series kind", f"expected one of {', '.join(_STATED)}")
        for name in measures:
            reading = cells.count(record, name)
            yield {
                "snapshot_utc": snapshot,
                "data_date": day,
                "measure": table.titles[name] if date_column else "headline total",
                "kind": MEASURES[name] or _STATED.get(stated, ""),
                "people": reading.whole,
                "absence": reading.absence,
            }

    rows = read_rows(table, read_one)
    key = ("snapshot_utc", "data_date", "measure")
    says = "{data_date}" if date_column else "the headline of {snapshot_utc}"
    rows = refuse_repeats(table, rows, key, says)
    if date_column:
        series = [(row["snapshot_utc"], row["measure"]) for row in rows]
        days = [row["data_date"] for row, one in zip(rows, series, strict=True) if one == series[0]]
        note_order(table, days)
        rows.sort(key=lambda row: (row["snapshot_utc"] or "", row["data_date"], row["measure"]))
        _decide_kinds(table, rows)
        _flag_gaps(rows)
        flag_falls(
            [row for row in rows if row["kind"] in ("running total", "level")],
            *("people", "data_date", ("snapshot_utc", "measure")),
        )
    else:
        rows.sort(key=lambda row: row["snapshot_utc"] or "")
        for row in rows:
            row["kind"] = "not stated"
        flag_falls(rows, "people", "snapshot_utc", ("measure",))
        table.notes.append(
            "headline totals: border crossings up to June 2022, refugees recorded from August"
            " 2023; the file does not say which"
        )
    used = {*measures, *_DATES, "snapshot utc", "series kind"}
    return finish(table, rows, COLUMNS, used)


def _decide_kinds(table: PublishedTable, rows: list[Row]) -> None:
    """Fill the kind of every row, series by series, and note what decided."""
    series: dict[tuple[str | None, str], list[Row]] = defaultdict(list)
    for row in rows:
        series[(row["snapshot_utc"], row["measure"])].append(row)
    notes: dict[tuple[str, str, str], int] = defaultdict(int)
    for (snapshot, measure), members in series.items():
        stated = {row["kind"] for row in members}
        if stated == {""}:
            daily = _find_daily(series, snapshot, measure)
            kind, reason = _decide_bare(members, daily)
        elif (
            stated == {"running total"}
            and share_of_falls(row["people"] for row in members) > FALLS_OF_A_TOTAL
        ):
            kind = "level"
            reason = "its name says cumulative, but it falls: people present, not a running total"
        else:
            continue
        notes[measure, kind, reason] += 1
        for row in members:
            row["kind"] = kind
    add_notes(
        table,
        [
            f"{measure}: {kind}" + (f" in {count} snapshots" if count > 1 else "") + f" ({reason})"
            for (measure, kind, reason), count in notes.items()
        ],
    )


def _find_daily(
    series: dict[tuple[str | None, str], list[Row]], snapshot: str | None, measure: str
) -> list[Row] | None:
    """Return the daily column beside a bare one, if the file has exactly one."""
    others = [
        members
        for (other_snapshot, other), members in series.items()
        if other_snapshot == snapshot and other != measure and members[0]["kind"] == "daily flow"
    ]
    return others[0] if len(others) == 1 else None


def _decide_bare(members: list[Row], daily: list[Row] | None) -> tuple[str, str]:
    figures = [row["people"] for row in members]
    if None in figures:
        known = [row for row in members if row["people"] is not None]
        return _decide_bare(known, None) if known else ("not stated", "there is no figure")
    if daily is not None and len(daily) == len(members) > 1:
        steps = [later - earlier for earlier, later in pairwise(figures)]
        if steps == [row["people"] for row in daily][1:]:
            return "running total", "its steps equal the daily column beside it"
    if len(figures) < ENOUGH_DAYS:
        return "not stated", f"{len(figures)} days are too few to tell; do not sum"
    if share_of_falls(figures) == 0:
        return "running total", "it never falls"
    gap = any(
        days_between(earlier["data_date"], later["data_date"])
        for earlier, later in pairwise(members)
    )
    if gap:
        return "level", "it falls, and days are missing"
    return "daily flow", "it falls, and no day is missing"


def _flag_gaps(rows: list[Row]) -> None:
    """Flag a daily figure after a missing day: it may book several days."""
    last: dict[tuple[str | None, str], Row] = {}
    for row in rows:
        series = (row["snapshot_utc"], row["measure"])
        before = last.get(series)
        if row["kind"] == "daily flow" and before is not None:
            missing = days_between(before["data_date"], row["data_date"])
            if missing:
                span = f"{missing[0]}" + (f" to {missing[-1]}" if len(missing) > 1 else "")
                add_flag(row, f"no row for {span}: this figure may book those days too")
        last[series] = row


IMPORTER = make_importer("unhcr-series", EXPECTS, read, wanted=_wanted, find_list=_find_list)
