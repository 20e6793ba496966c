"""``oryx-daily``: equipment losses with a picture or video, counted by Oryx, by day of scraping.

The series starts on 19 March 2022 with everything before it; the zero row before it is the
repository's own and is flagged. Totals fall on 28 March 2022 and 31 March 2025, faults of
scraping. The difference columns are not taken over: they can be worked out.
"""

from __future__ import annotations

from collections.abc import Iterable

from analysis.imports.reading.results import Imported
from analysis.imports.reading.rows import (
    Cells,
    Row,
    add_flag,
    finish,
    flag_falls,
    read_rows,
    refuse_repeats,
)
from analysis.imports.reading.table import PublishedTable, Record, make_importer

EXPECTS = "columns country, equipment_type, destroyed, …, type_total, date_recorded"
#: The frame: one row a country, type, outcome and day; sorted by day, then in the order of the
#: file.
COLUMNS = {
    "row": "Int64",  # published row
    "recorded_on": "datetime64[s]",  # the day the scraper saw it, not the day of the loss
    "side": "string",  # RUS or UKR: whose equipment
    "equipment_type": "string",  # as published
    "outcome": "string",  # destroyed, abandoned, captured, damaged, total
    "count": "Int64",  # pieces, cumulative
    "absence": "string",  # "empty" … where there is no number
    "flag": "string",  # a fall, a total that is not the sum, a sentence for a type, …
}
_OUTCOMES = {
    "destroyed": "destroyed",
    "abandoned": "abandoned",
    "captured": "captured",
    "damaged": "damaged",
    "type total": "total",
}
_NEEDED = frozenset({"country", "equipment type", "date recorded", *_OUTCOMES})
#: Oryx's own types are shorter; the scraper took some whole sentences for types.
_LONGEST_TYPE = 60


def _wanted(columns: frozenset[str]) -> bool:
    return columns >= _NEEDED


def read(table: PublishedTable) -> Imported:
    """Read a table of this format; `COLUMNS` describes the frame."""
    cells = Cells(table, alike=tuple(_OUTCOMES))

    def read_one(record: Record) -> Iterable[Row]:
        day, kind = cells.day(record, "date recorded"), record.get("equipment type")
        side = cells.country(record, "country")
        readings = {column: cells.count(record, column) for column in _OUTCOMES}
        parts = [readings[column].whole for column in _OUTCOMES if column != "type total"]
        total = readings["type total"].whole
        for column, reading in readings.items():
            row: Row = {
                "recorded_on": day,
                "side": side,
                "equipment_type": kind,
                "outcome": _OUTCOMES[column],
                "count": reading.whole,
                "absence": reading.absence,
                "flag": "",
            }
            if column == "type total" and None not in (*parts, total):
                added = sum(part for part in parts if part is not None)
                if added != total:
                    add_flag(row, f"the four outcomes add up to {added:,}")
            if len(kind) > _LONGEST_TYPE:
                add_flag(row, "a sentence, not a type of equipment")
            yield row

    rows = read_rows(table, read_one)
    key = ("recorded_on", "side", "equipment_type", "outcome")
    rows = refuse_repeats(table, rows, key, "{equipment_type} on {recorded_on}")
    rows.sort(key=lambda row: row["recorded_on"])
    flag_falls(rows, "count", "recorded_on", ("side", "equipment_type", "outcome"))
    if rows:
        first = rows[0]["recorded_on"]
        opening = [row for row in rows if row["recorded_on"] == first]
        if all(row["count"] == 0 for row in opening):
            for row in opening:
                add_flag(row, "a zero to start from, not a count")
    return finish(table, rows, COLUMNS, _NEEDED)


IMPORTER = make_importer("oryx-daily", EXPECTS, read, wanted=_wanted)
