"""``unhcr-countries``: refugees from Ukraine by country, from UNHCR's portal.

Reads the portal's country list (JSON ``{"data": [{"geomaster_name": ...}]}``), OCHA's
``national_data``, tables of snapshots of these, and the portal's later country table with
people recorded, temporary protection and border crossings, stacked or by month.

Frame (one row a country, day and measure; in the order of the file):

======== ============= ====================================================================
row      Int64         published row
snapshot string        moment (UTC) or name of the snapshot; missing if the file has none
as_of    datetime64[s] the portal's day for the country; missing if only a month is known
month    string        "2022-07", where only a month is published
iso3     string        missing for a bucket such as "Other European countries"
country  string        as published, without footnote stars
mark     string        the stars
measure  string        border crossings, border crossings back, refugees recorded, temporary
                       protection, or not stated
people   Int64         persons
absence  string        "not applicable", "not available", "empty" …, if there is no number
flag     string        a new definition, a fall, a repeat; else ""
======== ============= ====================================================================

``individuals`` counted border crossings up to June 2022 and people recorded from August
2023; in between the file does not say. Known breaks (`refugee_definitions`) are
flagged on the first row under the new definition. The seven neighbours of the first weeks
leave out an eighth bucket, other European countries: their sum is not the headline total.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from analysis.imports.country_names import UnknownCountryError, find_country, known_codes
from analysis.imports.imported import Imported, Importer, Progress, RefusedRowError
from analysis.imports.published_dates import UnreadableDateError, read_month
from analysis.imports.published_json import list_of_objects, open_table, recognises_table
from analysis.imports.published_rows import (
    Cells,
    Row,
    decide_order,
    finish,
    flag_falls,
    read_rows,
    refuse_repeats,
)
from analysis.imports.published_table import PublishedTable, Record
from analysis.imports.refugee_definitions import flag_breaks, measure_by_date

EXPECTS = "columns for the country (iso3, country), the date (data_date) and people (individuals)"
COLUMNS = {
    "row": "Int64",
    "snapshot": "string",
    "as_of": "datetime64[s]",
    "month": "string",
    "iso3": "string",
    "country": "string",
    "mark": "string",
    "measure": "string",
    "people": "Int64",
    "absence": "string",
    "flag": "string",
}
_CODES = ("iso3", "iso code", "#country+code")
_NAMES = ("country", "country name", "geomaster name", "#country+name")
_DATES = ("data date", "#affected+date+refugees", "date")
_SNAPSHOTS = ("snapshot utc", "snapshot file")

#: Beginning of a column title (plain, without stars) -> measure; "" means by the date.
_MEASURES = {
    "individuals": "",
    "#affected+refugees": "",
    "individual refugees from ukraine recorded": "refugees recorded",
    "refugees from ukraine recorded": "refugees recorded",
    "refugees from ukraine registered for temporary protection": "temporary protection",
    "border crossings from ukraine": "border crossings",
    "border crossings to ukraine": "border crossings back",
}


def _measure_of(column: str) -> str | None:
    for start, measure in _MEASURES.items():
        if column == start or (measure and column.startswith(start)):
            return measure
    return None


def _pick(columns: Iterable[str], names: tuple[str, ...]) -> str:
    return next((name for name in names if name in columns), "")


def _wanted(columns: frozenset[str]) -> bool:
    figures = any(_measure_of(name) is not None for name in columns)
    return figures and all(_pick(columns, names) for names in (_NAMES, _DATES))


def _find_list(data: Any) -> list[Any] | None:
    if isinstance(data, dict):
        data = data.get("national_data", data.get("data"))
    if not isinstance(data, list):
        return None
    # OCHA lists Ukraine itself first, without refugees: look at every object.
    if any(list_of_objects([item], _wanted) for item in data):
        return data
    return None


def read(path: Path, progress: Progress | None = None) -> Imported:
    """Read a file of this format; the frame is described at the head of the module."""
    table = open_table(path, progress, wanted=_wanted, expects=EXPECTS, find_list=_find_list)
    code, name, day = (_pick(table.titles, names) for names in (_CODES, _NAMES, _DATES))
    snapshot = _pick(table.titles, _SNAPSHOTS)
    measures = {title: found for title in table.titles if (found := _measure_of(title)) is not None}
    cells = Cells(table, decide_order(table, day))

    def read_one(record: Record) -> Iterable[Row]:
        text = record.get(name)
        bare = text.rstrip("*†").strip()
        taken = cells.moment(record, snapshot) if snapshot == "snapshot utc" else None
        try:
            month = read_month(record.get(day))
        except UnreadableDateError as error:
            raise cells.refuse(record, day, str(error)) from error
        if not any(record.get(column) for column in measures):
            raise cells.refuse(record, next(iter(measures)), "no figure for this country")
        as_of = None if month else cells.day(record, day)
        common = {
            "snapshot": taken or record.get(snapshot) or None,
            "as_of": as_of,
            "month": month,
            "iso3": _read_code(table, record, code, name, bare),
            "country": bare,
            "mark": text.removeprefix(bare).strip(),
        }
        for column, measure in measures.items():
            reading = cells.count(record, column)
            known = date.fromisoformat(taken[:10]) if taken else as_of
            yield {
                **common,
                "measure": measure or measure_by_date(known),
                "people": reading.whole,
                "absence": reading.absence,
            }

    rows = read_rows(table, read_one)
    key = ("snapshot", "iso3", "country", "as_of", "month", "measure")
    rows = refuse_repeats(table, rows, key, "{country}")
    flag_breaks(rows)
    crossings = [row for row in rows if row["measure"] == "border crossings" and row["as_of"]]
    falls = flag_falls(crossings, "people", "as_of", ("iso3",))
    if falls:
        table.notes.append(f"{falls} figures of border crossings fall (column flag)")
    used = {code, name, day, snapshot, *measures}
    return finish(table, rows, COLUMNS, used)


def _read_code(
    table: PublishedTable, record: Record, code: str, name: str, bare: str
) -> str | None:
    """Return the ISO3 code; None for a bucket of other countries; refuse a contradiction."""
    stated = record.get(code).upper() if code else ""
    if not stated and bare.casefold().startswith("other"):
        return None
    try:
        named = find_country(bare)
    except UnknownCountryError as error:
        if not stated:
            raise RefusedRowError(table.titles[name], bare, str(error)) from error
        named = stated
    if stated and stated not in known_codes():
        raise RefusedRowError(table.titles[code], stated, "no ISO 3166 code")
    if stated and stated != named:
        raise RefusedRowError(table.titles[code], stated, f"{bare} is {named}")
    return named


IMPORTER = Importer(
    "unhcr-countries",
    EXPECTS,
    partial(recognises_table, wanted=_wanted, find_list=_find_list),
    read,
)
