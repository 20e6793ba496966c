"""``wpp-population``: UN World Population Prospects, estimates and projections.

Reads the 2024 estimates and projections as tabulated from the UN's R package, and the UN's
own CSV of total population or demographic indicators (``TPopulation1July``, ``PopTotal``).

Both this and the World Bank count people where they live: refugees abroad are gone from
the total of 2022 and later.
"""

from __future__ import annotations

from collections.abc import Iterable

from analysis.imports.reading.countries import known_codes
from analysis.imports.reading.results import Imported
from analysis.imports.reading.rows import Cells, Row, finish, read_rows, refuse_repeats
from analysis.imports.reading.table import PublishedTable, Record, make_importer

EXPECTS = "columns iso3 (ISO3_code), year (Time) and population in thousands"
#: The frame: one row a country, year and variant; in the order of the file.
COLUMNS = {
    "row": "Int64",  # published row
    "iso3": "string",  # ISO 3166 alpha-3; missing for regions in the UN's own files
    "m49": "Int64",  # the UN's numeric code
    "country": "string",  # name as published
    "year": "Int64",  # calendar year, population at 1 July
    # estimate, or of a projection: median, 80 % lower, 80 % upper, 95 % lower, 95 % upper, low
    # fertility, high fertility, or the UN's own word
    "variant": "string",
    "population": "Float64",  # persons: the published thousands times 1,000, not rounded
    "absence": "string",  # "empty" … where there is no number
    "flag": "string",  # "worked out …" for the estimates that are births / crude birth rate
}
_IMPLIED = "population thousand implied"
#: Plain column -> variant; "" means the file's own column Variant says it.
_VARIANTS = {
    _IMPLIED: "estimate",
    "pop median thousand": "median",
    "pop 80l thousand": "80 % lower",
    "pop 80u thousand": "80 % upper",
    "pop 95l thousand": "95 % lower",
    "pop 95u thousand": "95 % upper",
    "pop low thousand": "low fertility",
    "pop high thousand": "high fertility",
    "tpopulation1july": "",
    "poptotal": "",
}
_CODES, _M49 = ("iso3", "iso3 code"), ("m49", "locid")
_NAMES, _YEARS = ("name", "location"), ("year", "time")


def _wanted(columns: frozenset[str]) -> bool:
    keyed = all(columns.intersection(names) for names in (_CODES, _YEARS, _NAMES))
    return keyed and any(name in columns for name in _VARIANTS)


def read(table: PublishedTable) -> Imported:
    """Read a table of this format; `COLUMNS` describes the frame."""
    code, m49, name, year = (table.find(n) for n in (_CODES, _M49, _NAMES, _YEARS))
    variants = {column: words for column, words in _VARIANTS.items() if column in table.columns}
    if _IMPLIED in variants:
        table.notes.append(
            "population is worked out as births / crude birth rate: about 4 significant digits"
        )
    # Thousands with a decimal point: 107.483 is 107,483 people.
    cells, codes = Cells(table, number_rule="point"), known_codes()

    def read_one(record: Record) -> Iterable[Row]:
        iso3 = record.get(code)
        if iso3 and iso3 not in codes:
            raise cells.refuse(record, code, "no ISO 3166 code")
        when = cells.needed_count(record, year)
        if not 1900 <= when <= 2150:
            raise cells.refuse(record, year, "not a year")
        for column, words in variants.items():
            reading = cells.number(record, column)
            thousands = reading.value
            if thousands is not None and thousands < 0:
                raise cells.refuse(record, column, "a population below zero")
            # An exact product: 107.483 thousand is 107,483 persons, not 107,482.99999999999.
            persons = None if thousands is None else float(thousands * 1000)
            yield {
                "iso3": iso3 or None,
                "m49": cells.count(record, m49).whole if m49 else None,
                "country": record.get(name),
                "year": when,
                "variant": words or record.get("variant") or "not stated",
                "population": persons,
                "absence": reading.absence,
                "flag": "worked out, not published" if column == _IMPLIED else "",
            }

    rows = read_rows(table, read_one)
    key = ("iso3", "country", "year", "variant")
    rows = refuse_repeats(table, rows, key, "{country} {year} {variant}")
    return finish(table, rows, COLUMNS, {code, m49, name, year, "variant", *variants})


IMPORTER = make_importer("wpp-population", EXPECTS, read, wanted=_wanted)
