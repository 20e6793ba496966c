"""``unhcr-countries``: refugees from Ukraine by country, from UNHCR's portal.

Reads the portal's country list (JSON ``{"data": [{"geomaster_name": ...}]}``), OCHA's
``national_data``, tables of snapshots of these, and the portal's later country table with
people recorded, temporary protection and border crossings, stacked or by month. Wide tables
are read too: one row a country and one column a day or month, or one row a day and one column
a country. They do not say what they count, and a column of totals is no country.

``individuals`` counted border crossings up to June 2022 and people recorded from August
2023; in between the file does not say. Known breaks are
flagged on the first row under the new definition. The seven neighbours of the first weeks
leave out an eighth bucket, other European countries: their sum is not the headline total.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from typing import Any

from analysis.imports.reading.countries import (
    UnknownCountryError,
    code_of,
    find_country,
    is_country,
    known_codes,
)
from analysis.imports.reading.dates import (
    UnreadableDateError,
    find_order,
    is_numeric_date,
    is_serial,
    read_day,
    read_month,
    read_serial,
)
from analysis.imports.reading.results import Imported, ImportProblem, RefusedRowError
from analysis.imports.reading.rows import (
    Cells,
    Row,
    add_flag,
    finish,
    flag_falls,
    read_rows,
    refuse_repeats,
)
from analysis.imports.reading.table import PublishedTable, Record, list_of_objects, make_importer

EXPECTS = (
    "columns for the country (iso3, country), the date (data_date) and people (individuals), or"
    " one column a day, or one a country"
)
#: The frame: one row a country, day and measure; in the order of the file.
COLUMNS = {
    "row": "Int64",  # published row
    "snapshot": "string",  # moment (UTC) or name of the snapshot; missing if the file has none
    "as_of": "datetime64[s]",  # the portal's day for the country; missing if only a month is known
    "month": "string",  # "2022-07", where only a month is published
    "iso3": "string",  # missing for a bucket such as "Other European countries"
    "country": "string",  # as published, without footnote stars
    "mark": "string",  # the stars
    # border crossings, border crossings back, refugees recorded, temporary protection, or not
    # stated
    "measure": "string",
    "people": "Int64",  # persons
    "absence": "string",  # "not applicable", "not available", "empty" …, if there is no number
    "flag": "string",  # a new definition, a fall, a repeat; else ""
}
_CODES = ("iso3", "iso code", "iso3 code", "country of asylum (iso)", "#country+code")
_NAMES = (
    *("country", "country name", "geomaster name", "country of asylum", "host country"),
    "#country+name",
)
_DATES = ("data date", "#affected+date+refugees", "date")
_SNAPSHOTS = ("snapshot utc", "snapshot file")

#: A change of definition is a break, and no difference may be taken across it:
#: country, first day of a snapshot under the new definition, and what it counts.
_BREAKS = (
    ("MDA", date(2022, 3, 15), "from here all arrivals, before it people still there"),
    ("ROU", date(2022, 3, 15), "from here all arrivals, before it people still there"),
    ("BLR", date(2022, 5, 26), "cut by the publisher, from 27,308 on 12 May 2022 to 16,547"),
)
_LAST_CROSSINGS, _FIRST_RECORDED = date(2022, 6, 14), date(2023, 8, 1)

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


#: So many columns of days or countries, and a table is a wide one.
_ENOUGH_COLUMNS = 2


#: Day and month of a figure: one of them is known.
_When = tuple[date | None, str | None]


def _find_measures(columns: Iterable[str]) -> dict[str, str]:
    return {name: found for name in columns if (found := _measure_of(name)) is not None}


def _find_days(columns: Iterable[str]) -> list[str]:
    """Return the columns whose title is a day or a month."""
    days = []
    for title in columns:
        with suppress(UnreadableDateError):
            if is_serial(title) or is_numeric_date(title) or read_month(title) or read_day(title):
                days.append(title)
    return days


def _read_days(table: PublishedTable, titles: list[str]) -> dict[str, _When]:
    """Return what the titles of a wide table say; one that can be read two ways refuses it."""
    order, days = find_order(titles), dict[str, _When]()
    for title in titles:
        try:
            month = None if is_serial(title) else read_month(title)
            day = None if month else read_serial(title) if is_serial(title) else None
            days[title] = (day if month or day else read_day(title, order), month)
        except UnreadableDateError as error:
            raise ImportProblem(
                f"{table.name}: the column {table.titles[title]!r} is no day: {error}"
            ) from error
    return days


def _find_countries(columns: Iterable[str]) -> list[str]:
    """Return the columns whose title is a country, its code, or a bucket of others."""
    return [name for name in columns if is_country(name) or name.startswith("other ")]


def _is_wide(columns: frozenset[str]) -> bool:
    """Whether most columns are days beside one of countries, or countries beside one of days."""
    if columns.intersection((*_NAMES, *_CODES)):
        return len(_find_days(columns)) >= _ENOUGH_COLUMNS
    return bool(columns.intersection(_DATES)) and (len(_find_countries(columns)) >= _ENOUGH_COLUMNS)


def _wanted(columns: frozenset[str]) -> bool:
    places, days = columns.intersection((*_NAMES, *_CODES)), columns.intersection(_DATES)
    return bool(places and days and _find_measures(columns)) or _is_wide(columns)


def _find_list(data: Any) -> list[Any] | None:
    if isinstance(data, dict):
        data = data.get("national_data", data.get("data"))
    if not isinstance(data, list):
        return None
    # OCHA lists Ukraine itself first, without refugees: look at every object.
    if any(list_of_objects([item], _wanted) for item in data):
        return data
    return None


def read(table: PublishedTable) -> Imported:
    """Read a table of this format; `COLUMNS` describes the frame."""
    code, name, day = (table.find(names) for names in (_CODES, _NAMES, _DATES))
    snapshot = table.find(_SNAPSHOTS)
    measures = _find_measures(table.titles)
    by_day, by_country = dict[str, _When](), list[str]()
    if not (measures and day and (name or code)):
        measures = {}
        if name or code:
            by_day = _read_days(table, _find_days(table.titles))
        else:
            by_country = _find_countries(table.titles)
        kind = "day or month" if by_day else "country"
        table.notes.append(f"a wide table: {len(by_day or by_country)} columns, one a {kind}")
    figures = [*measures, *by_day, *by_country]
    cells = Cells(table, alike=figures)

    def read_when(record: Record) -> _When:
        month = cells.take(record, day, read_month)
        return (None, month) if month else (cells.day(record, day), None)

    def read_one(record: Record) -> Iterable[Row]:
        taken = cells.moment(record, snapshot) if snapshot == "snapshot utc" else None
        if not any(record.get(column) for column in figures):
            raise cells.refuse(record, figures[0], "no figure for this country")
        when = (None, None) if by_day else read_when(record)
        for column in figures:
            as_of, month = by_day.get(column, when)
            text = table.titles[column] if by_country else record.get(name or code)
            bare = text.rstrip("*†").strip()
            if by_country:
                iso3 = None if column.startswith("other ") else code_of(column)
            else:
                iso3 = _read_code(table, record, code, name, bare)
            reading = cells.count(record, column)
            known = date.fromisoformat(taken[:10]) if taken else as_of
            yield {
                "snapshot": taken or record.get(snapshot) or None,
                "as_of": as_of,
                "month": month,
                "iso3": iso3,
                "country": bare,
                "mark": text.removeprefix(bare).strip(),
                "measure": measures.get(column, "not stated") or measure_by_date(known),
                "people": reading.whole,
                "absence": reading.absence,
            }

    rows = read_rows(table, read_one)
    key = ("snapshot", "iso3", "country", "as_of", "month", "measure")
    rows = refuse_repeats(table, rows, key, "{country}")
    _flag_breaks(rows)
    crossings = [row for row in rows if row["measure"] == "border crossings" and row["as_of"]]
    falls = flag_falls(crossings, "people", "as_of", ("iso3",))
    if falls:
        table.notes.append(f"{falls} figures of border crossings fall (column flag)")
    used = {code, name, day, snapshot, *figures}
    return finish(table, rows, COLUMNS, used)


def measure_by_date(day: date | None) -> str:
    """Return what ``individuals`` counted on a day; "not stated" where it is not known."""
    if day is not None and day <= _LAST_CROSSINGS:
        return "border crossings"
    if day is not None and day >= _FIRST_RECORDED:
        return "refugees recorded"
    return "not stated"


def _flag_breaks(rows: list[Row]) -> None:
    """Flag the first row of a country under a new definition, if the file has older ones."""
    for iso3, first, words in _BREAKS:
        own = [
            row
            for row in rows
            if row["iso3"] == iso3 and row["snapshot"] and row["measure"] == "border crossings"
        ]
        own.sort(key=lambda row: row["snapshot"])
        new = [row for row in own if row["snapshot"] >= first.isoformat()]
        if new and len(new) < len(own):
            add_flag(new[0], f"new definition: {words}")
    for iso3 in {row["iso3"] for row in rows if row["snapshot"]}:
        own = [row for row in rows if row["iso3"] == iso3]
        if {"border crossings", "refugees recorded"} == {row["measure"] for row in own}:
            first_recorded = next(row for row in own if row["measure"] == "refugees recorded")
            add_flag(first_recorded, "new definition: from here people recorded, not crossings")


def _read_code(
    table: PublishedTable, record: Record, code: str, name: str, bare: str
) -> str | None:
    """Return the ISO3 code; None for a bucket of other countries; refuse a contradiction."""
    stated = record.get(code).upper() if code else ""
    if not name and stated in known_codes():
        return stated
    if not stated and bare.casefold().startswith("other"):
        return None
    if not stated and bare.casefold().removeprefix("grand ").startswith("total"):
        raise RefusedRowError(table.titles[name or code], bare, "a total, not a country")
    try:
        named = find_country(bare)
    except UnknownCountryError as error:
        if not stated:
            raise RefusedRowError(table.titles[name or code], bare, str(error)) from error
        named = stated
    if stated and stated not in known_codes():
        raise RefusedRowError(table.titles[code], stated, "no ISO 3166 code")
    if stated and stated != named:
        raise RefusedRowError(table.titles[code], stated, f"{bare} is {named}")
    return named


IMPORTER = make_importer("unhcr-countries", EXPECTS, read, wanted=_wanted, find_list=_find_list)
