"""``world-bank-population``: World Bank population (SP.POP.TOTL), any edition, long or wide.

Reads the long form (Country Name, Country Code, Year, Value) and the World Bank's own
download: lines of preamble, then one line a country with a column a year.

Editions differ for the same year: Ukraine 2020 is 44,134,693 in April 2022 and 44,680,014
in the edition of 2026. Keep which file it was. Another indicator than SP.POP.TOTL is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from analysis.imports.reading.countries import known_codes
from analysis.imports.reading.dates import UnreadableDateError, read_day
from analysis.imports.reading.results import Imported
from analysis.imports.reading.rows import Cells, Row, finish, read_rows, refuse_repeats
from analysis.imports.reading.table import PublishedTable, Record, make_importer

EXPECTS = "columns Country Name, Country Code, and Year and Value or one column a year"
#: The frame: one row a country and year; in the order of the file.
COLUMNS = {
    "row": "Int64",  # published row (in the wide form one for all years of a country)
    "iso3": "string",  # code as published (for aggregates the World Bank's own)
    "country": "string",  # name as published
    "kind": "string",  # country, or aggregate (WLD, EUU …; the Channel Islands have no code either)
    "year": "Int64",  # calendar year, mid-year population
    "population": "Int64",  # persons
    "absence": "string",  # "empty" … where a year has no number
    # "2022-04-08", the download's "Last Updated Date"; missing in the long form
    "edition": "string",
    "flag": "string",  # always "" in this format
}
INDICATOR = "SP.POP.TOTL"
#: "1960", or "1960 [YR1960]" as the World Bank's DataBank writes it.
_YEAR = re.compile(r"((?:19|20)[0-9]{2})(?: \[yr[0-9]{4}\])?")


def _wanted(columns: frozenset[str]) -> bool:
    long = {"year", "value"} <= columns
    wide = any(_YEAR.fullmatch(name) for name in columns)
    return {"country name", "country code"} <= columns and (long or wide)


def read(table: PublishedTable) -> Imported:
    """Read a table of this format; `COLUMNS` describes the frame."""
    years = {name: found[1] for name in table.titles if (found := _YEAR.fullmatch(name))}
    cells = Cells(table, alike=tuple(years) or ("value",))
    edition = _find_edition(table)
    codes = known_codes()
    indicator = table.find(("indicator code", "series code"))

    def read_one(record: Record) -> Iterable[Row]:
        iso3, country = record.get("country code"), record.get("country name")
        if not re.fullmatch(r"[A-Z0-9]{3}", iso3):
            raise cells.refuse(record, "country code", "not a code of three letters")
        if indicator and record.get(indicator) != INDICATOR:
            raise cells.refuse(record, indicator, f"another indicator than {INDICATOR}")
        common = {
            "iso3": iso3,
            "country": country,
            "kind": "country" if iso3 in codes else "aggregate",
            "edition": edition,
        }
        pairs = years.items() or (("value", _read_year(cells, record)),)
        for column, year in pairs:
            reading = cells.count(record, column)
            yield {
                **common,
                "year": int(year),
                "population": reading.whole,
                "absence": reading.absence,
            }

    rows = read_rows(table, read_one)
    rows = refuse_repeats(table, rows, ("iso3", "year"), "{iso3} {year}")
    aggregates = {row["iso3"] for row in rows if row["kind"] == "aggregate"}
    table.notes.append(f"{len(aggregates)} codes are aggregates, not countries")
    if years and edition is None:
        table.notes.append("the edition (Last Updated Date) is not in the file")
    used = {"country name", "country code", "year", "value", "indicator name", indicator, *years}
    return finish(table, rows, COLUMNS, used)


def _read_year(cells: Cells, record: Record) -> str:
    year = record.get("year")
    if not _YEAR.fullmatch(year):
        raise cells.refuse(record, "year", "not a year")
    return year


def _find_edition(table: PublishedTable) -> str | None:
    for line in table.preamble:
        if len(line) > 1 and line[0].strip("\ufeff ").casefold() == "last updated date":
            try:
                return read_day(line[1]).isoformat()
            except UnreadableDateError:
                return None
    return None


IMPORTER = make_importer("world-bank-population", EXPECTS, read, wanted=_wanted)
