"""``ohchr``: civilian casualties OHCHR has verified, as OCHA's public sheet carries them.

Reads OCHA's key-figures sheet (two header rows, refugees and displaced people beside the
casualties), the casualty table and its snapshots, and ``timeseries_casualties_data`` in
JSON with HXL keys.

Entry errors stay: the table of 7 June 2022 repeats 3 June and falls below 6 June; it is
flagged. Days without a row are not filled. In the sheet an empty cell of the other
measures makes no row; killed and injured make one for every published row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from analysis.imports.reading.results import Imported
from analysis.imports.reading.rows import (
    Cells,
    Row,
    add_flag,
    finish,
    flag_falls,
    note_order,
    read_rows,
    refuse_repeats,
)
from analysis.imports.reading.table import PublishedTable, Record, list_of_objects, make_importer

EXPECTS = "columns date, killed, injured (or OCHA's sheet: Civilian casualties(OHCHR) - Killed)"
#: The frame: one row a day, measure and snapshot; sorted by these.
COLUMNS = {
    "row": "Int64",  # published row
    "snapshot_utc": "string",  # moment the table was read; missing if unknown
    "published_on": "datetime64[s]",  # the day of the table
    # last day counted; only for killed and injured: the day before, because OHCHR's count of a
    # day runs to the midnight before it
    "as_of": "datetime64[s]",
    "measure": "string",  # killed, injured, and from the sheet: refugees, idps, …
    "unit": "string",  # people, attacks, organisations or US$
    "value": "Int64",  # cumulative since 24 February 2022 for killed and injured
    "absence": "string",  # "not available" for N/A, "empty" …, if there is no number
    "source_url": "string",  # link of the day, from the sheet
    "flag": "string",  # a fall below the day before, a link to somebody's own disk
}
_CASUALTIES = ("killed", "injured")

#: Pattern of a plain column title -> measure and unit. OCHA writes "casualities".
_MEASURES = (
    (r"killed|#affected\+killed|civilian casual\w+ ?\(ohchr\) - killed", "killed", "people"),
    (r"injured|#affected\+injured|civilian casual\w+ ?\(ohchr\) - injured", "injured", "people"),
    (r"refugees ?\(unhcr\)", "refugees", "people"),
    (r"idps", "idps", "people"),
    (r"attacks on education facilities", "attacks on education", "attacks"),
    (r"attacks on health care", "attacks on health care", "attacks"),
    (r"number of organisations", "organisations", "organisations"),
    (r"number of people reached", "people reached", "people"),
    (r"total population ?\(flash appeal\)", "total population (appeal)", "people"),
    (r"people affected ?\(flash appeal\)", "people affected (appeal)", "people"),
    (r"people affected - idps", "people affected, idps (appeal)", "people"),
    (r"people in need ?\(flash appeal\)", "people in need (appeal)", "people"),
    (r"pin - idps", "people in need, idps (appeal)", "people"),
    (r"people targeted ?\(flash appeal\)", "people targeted (appeal)", "people"),
    (r"people targeted - idps", "people targeted, idps (appeal)", "people"),
    (r"requirements \(us\$\) ?\(flash appeal\)", "requirements (appeal)", "US$"),
)
_DATES = ("date", "#date")


def _measure_of(column: str) -> tuple[str, str] | None:
    for pattern, measure, unit in _MEASURES:
        if re.fullmatch(pattern, column):
            return measure, unit
    return None


def _wanted(columns: frozenset[str]) -> bool:
    found = {named[0] for name in columns if (named := _measure_of(name))}
    return found.issuperset(_CASUALTIES) and any(name in columns for name in _DATES)


def _find_list(data: Any) -> list[Any] | None:
    if isinstance(data, dict):
        data = data.get("timeseries_casualties_data")
    return list_of_objects(data, _wanted)


def read(table: PublishedTable) -> Imported:
    """Read a table of this format; `COLUMNS` describes the frame."""
    date_column = next(name for name in _DATES if name in table.columns)
    measures = {name: found for name in table.titles if (found := _measure_of(name))}
    cells = Cells(table, alike=tuple(measures))

    def read_one(record: Record) -> Iterable[Row]:
        day = cells.day(record, date_column)
        snapshot = cells.moment(record, "snapshot utc")
        link = record.get("source url")
        for column, (measure, unit) in measures.items():
            reading = cells.count(record, column)
            if reading.absence == "empty" and measure not in _CASUALTIES:
                continue
            row: Row = {
                "snapshot_utc": snapshot,
                "published_on": day,
                "as_of": day - timedelta(days=1) if measure in _CASUALTIES else None,
                "measure": measure,
                "unit": unit,
                "value": reading.whole,
                "absence": reading.absence,
                "source_url": link or None,
                "flag": "",
            }
            if "file://" in link.lower():
                add_flag(row, "the link is a file on somebody's own disk")
            yield row

    rows = read_rows(table, read_one)
    key = ("snapshot_utc", "published_on", "measure")
    rows = refuse_repeats(table, rows, key, "{published_on}")
    killed = [row for row in rows if row["measure"] == "killed"]
    latest = killed[-1]["snapshot_utc"] if killed else None
    days = [row["published_on"] for row in killed if row["snapshot_utc"] == latest]
    note_order(table, days)
    rows.sort(key=lambda row: (row["snapshot_utc"] or "", row["published_on"], row["row"]))
    casualties = [row for row in rows if row["measure"] in _CASUALTIES]
    flag_falls(casualties, "value", "published_on", ("snapshot_utc", "measure"))
    if days:
        span = (max(days) - min(days)).days + 1
        table.notes.append(f"{len(set(days))} of {span} days from the first to the last have a row")
    used = {*measures, date_column, "snapshot utc", "source url"}
    return finish(table, rows, COLUMNS, used)


IMPORTER = make_importer("ohchr", EXPECTS, read, wanted=_wanted, find_list=_find_list)
