"""``general-staff``: Russian losses as the General Staff of Ukraine claims them, in JSON.

Reads the lists of personnel, equipment and corrections kept by day, newest or oldest first,
plain or gzipped.

The qualifier of personnel (``personnel*``: about, more) becomes part of the wording; another
word is refused. Corrections of single days are known by the name of the file or by their figures,
which fall and are below zero. These are figures of a warring party. Classes change: from May 2022
"vehicles and fuel tanks" takes the place of "military auto" and "fuel tank", and must not
be joined to either. POW is filled on some days only; an absent class makes no row.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from analysis.imports.reading.results import Imported, RefusedRowError, say_first
from analysis.imports.reading.rows import (
    ENOUGH_STEPS,
    FALLS_OF_A_TOTAL,
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

EXPECTS = "a JSON list of objects with date, day and personnel, or classes of equipment"
#: The frame: one row a day and class; sorted by day, classes in the order of the file.
COLUMNS = {
    "row": "Int64",  # number of the record in the list, from 1
    "as_of": "datetime64[s]",  # the day
    "day": "Int64",  # day of the invasion as published, 24 February 2022 being day 1
    "item": "string",  # "personnel", "POW", "tank", … as published
    "kind": "string",  # running total, or correction (may be below zero)
    "value": "Int64",  # people or pieces
    "wording": "string",  # the claim: "about 2,800", "more than 8,000", "80"
    "flag": "string",  # a fall, a class that begins later, a day that does not match its date
}
#: Words the publisher puts beside a number -> the words of the claim.
QUALIFIERS = {"": "{}", "about": "about {}", "more": "more than {}"}
_FIRST_DAY = date(2022, 2, 24)
_NOT_ITEMS = frozenset({"date", "day", "personnel*", "greatest losses direction"})


def _wanted(columns: frozenset[str]) -> bool:
    return columns.issuperset({"date", "day"}) and bool(columns & {"personnel", "tank"})


def _no_header(_: frozenset[str]) -> bool:
    return False  # it is JSON and nothing else


def _find_list(data: Any) -> list[Any] | None:
    return list_of_objects(data, _wanted)


def read(table: PublishedTable) -> Imported:
    """Read a table of this format; `COLUMNS` describes the frame."""
    items = [name for name in table.titles if name not in _NOT_ITEMS]
    cells = Cells(table, alike=items)
    corrections = _are_corrections(table, cells, items)

    def read_one(record: Record) -> Iterable[Row]:
        as_of = cells.day(record, "date")
        day = cells.needed_count(record, "day")
        word = record.get("personnel*").lower()
        if word not in QUALIFIERS:
            expected = ", ".join(word for word in QUALIFIERS if word)
            raise cells.refuse(record, "personnel*", f"expected one of: {expected}")
        for item in record.cells:
            if item in _NOT_ITEMS:
                continue
            value = cells.count(record, item, negative=corrections).whole
            if value is None:
                continue
            row: Row = {
                "as_of": as_of,
                "day": day,
                "item": table.titles[item],
                "kind": "correction" if corrections else "running total",
                "value": value,
                "wording": QUALIFIERS[word if item == "personnel" else ""].format(f"{value:,}"),
                "flag": "",
            }
            if (as_of - _FIRST_DAY).days + 1 != day:
                add_flag(row, f"day {day}, but the date is day {(as_of - _FIRST_DAY).days + 1}")
            yield row

    rows = read_rows(table, read_one)
    rows = refuse_repeats(table, rows, ("as_of", "item"), "{as_of}")
    note_order(table, list({row["row"]: row["as_of"] for row in rows}.values()))
    rows.sort(key=lambda row: row["as_of"])
    if not corrections:
        flag_falls(rows, "value", "as_of", ("item",))
        _flag_classes(table, rows)
    table.notes.append("figures of a warring party")
    used = (table.columns - _NOT_ITEMS) | {"date", "day", "personnel*"}
    return finish(table, rows, COLUMNS, used)


def _are_corrections(table: PublishedTable, cells: Cells, items: list[str]) -> bool:
    """Whether the figures are corrections of a day, not running totals, and note why.

    The name of the file says so, or the figures do: a running total hardly ever falls, and is
    never below zero. Which classes stand in one record says nothing.
    """
    if "correction" in Path(table.name).name.lower():
        table.notes.append("corrections: the name of the file says so")
        return True
    days: list[tuple[date, Record]] = []
    for record in table.records:
        with suppress(RefusedRowError):
            days.append((cells.day(record, "date"), record))
    days.sort(key=lambda pair: pair[0])
    falls = steps = below = figures = 0
    for item in items:
        series = []
        for _, record in days:
            with suppress(RefusedRowError):
                value = cells.count(record, item, negative=True).whole
                if value is not None:
                    series.append(value)
        steps += max(len(series) - 1, 0)
        falls += sum(later < earlier for earlier, later in pairwise(series))
        below += sum(value < 0 for value in series)
        figures += len(series)
    often = steps >= ENOUGH_STEPS and falls > FALLS_OF_A_TOTAL * steps
    if not often and 4 * below <= figures:
        return False
    table.notes.append(
        f"corrections, not running totals: {below:,} of {figures:,} figures are below zero,"
        f" and {falls:,} of {steps:,} steps fall"
    )
    return True


def _flag_classes(table: PublishedTable, rows: list[Row]) -> None:
    """Flag the first row of a class that begins after the others; note classes that end."""
    if not rows:
        return
    first, last = rows[0]["as_of"], rows[-1]["as_of"]
    begins: dict[str, Row] = {}
    ends: dict[str, date] = {}
    for row in rows:
        begins.setdefault(row["item"], row)
        ends[row["item"]] = row["as_of"]
    for row in begins.values():
        if row["as_of"] != first:
            add_flag(row, "the class begins here")
    ended = [f"{item} ({day})" for item, day in ends.items() if day != last]
    if ended:
        table.notes.append(f"classes that end before {last}: {say_first(ended, 10)}")


IMPORTER = make_importer("general-staff", EXPECTS, read, wanted=_no_header, find_list=_find_list)
