"""``meduza``: Meduza and Mediazona's weekly deaths of Russian soldiers, three editions.

Reads the edition of 2024 (byte-order mark, Russian column names, running totals), of 2025
(D/M/YYYY, weekly numbers) and of 2026 (year and ISO week, weekly numbers).

Running totals and weekly numbers must not be joined. An empty cell makes no row; an empty
week (the edition of 2025 ends with one) is refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from analysis.imports.reading.results import Imported
from analysis.imports.reading.rows import (
    ENOUGH_STEPS,
    FALLS_OF_A_TOTAL,
    Cells,
    Row,
    add_flag,
    finish,
    note_order,
    read_rows,
    refuse_repeats,
    share_of_falls,
)
from analysis.imports.reading.table import PublishedTable, Record, make_importer

EXPECTS = "Date (or Year and Week) and one of Meduza's columns, such as ED_high or EDHigh"
#: The frame: one row a week and measure; sorted by week.
COLUMNS = {
    "row": "Int64",  # published row
    # the edition's day of the week (2024 and 2025), or the Monday of the ISO week (2026)
    "week": "datetime64[s]",
    # deaths confirmed by name, estimate from the probate registry, operational estimate,
    # operational forecast, and from 2026 the counts as known in earlier years
    "measure": "string",
    "kind": "string",  # running total (2024) or weekly number (2025, 2026)
    "low": "Float64",  # people, bounds of the estimate; missing if not given
    "best": "Float64",  # people, as published (estimates have decimals)
    "high": "Float64",  # people, bounds of the estimate; missing if not given
    "column": "string",  # the published column of best, in its own language
    "flag": "string",  # an estimate outside its bounds; else ""
}
#: Plain column of best -> measure, column of low, column of high ("" = none).
_EDITION_2024 = {
    "число погибших в поименных списках": ("deaths confirmed by name", "", ""),
    "оценка на основе данных рнд": ("estimate from the probate registry", "ed low", "ed high"),
    "оперативная оценка, обучающий период": (
        *("operational estimate, training period", "ed prediction low", "ed prediction high"),
    ),
    "оперативная оценка, прогноз": (
        *("operational forecast", "ed onlyprediction low", "ed onlyprediction high"),
    ),
}
_EDITION_2025 = {
    "number of confirmed deaths (by date of death)": ("deaths confirmed by name", "", ""),
    "estimate based on probate data": ("estimate from the probate registry", "ed low", "ed high"),
    "flash estimate (by date of discovery)": (
        *("operational estimate", "ed prediction low", "ed prediction high"),
    ),
}
_EDITION_2026 = {
    "bmznow": ("deaths confirmed by name", "", ""),
    "bmz2022": ("deaths confirmed by name, as known in 2022", "", ""),
    "bmz2023": ("deaths confirmed by name, as known in 2023", "", ""),
    "bmz2024": ("deaths confirmed by name, as known in 2024", "", ""),
    "bmz2025": ("deaths confirmed by name, as known in 2025", "", ""),
    "ed": ("estimate from the probate registry", "edlow", "edhigh"),
    "edprediction": ("operational estimate", "edpredictionlow", "edpredictionhigh"),
    "edassembled": ("assembled estimate", "edassembledlow", "edassembledhigh"),
}
_EDITIONS = (
    (_EDITION_2024, "running total", frozenset({"date"})),
    (_EDITION_2025, "weekly number", frozenset({"date"})),
    (_EDITION_2026, "weekly number", frozenset({"year", "week"})),
)


def _wanted(columns: frozenset[str]) -> bool:
    return any(
        keys <= columns and sum(name in columns for name in edition) >= 2
        for edition, _, keys in _EDITIONS
    )


def read(table: PublishedTable) -> Imported:
    """Read a table of this format; `COLUMNS` describes the frame."""
    edition, kind, keys = next(
        each
        for each in _EDITIONS
        if each[2] <= table.columns and sum(name in table.columns for name in each[0]) >= 2
    )
    measures = {name: each for name, each in edition.items() if name in table.columns}
    bounds = {name for _, low, high in measures.values() for name in (low, high) if name}
    # The estimates have a decimal point in every edition so far.
    cells = Cells(table, "day first", "point", (*measures, *bounds))

    def read_one(record: Record) -> Iterable[Row]:
        week = cells.day(record, "date") if "date" in keys else _read_week(cells, record)
        for name, (measure, low, high) in measures.items():
            best = cells.number(record, name).real
            if best is None:
                continue
            row: Row = {
                "week": week,
                "measure": measure,
                "kind": kind,
                "low": cells.number(record, low).real,
                "best": best,
                "high": cells.number(record, high).real,
                "column": table.titles[name],
                "flag": "",
            }
            given = [row[name] for name in ("low", "best", "high") if row[name] is not None]
            if given != sorted(given):
                add_flag(row, "the estimate is outside its bounds")
            yield row

    rows = read_rows(table, read_one)
    rows = refuse_repeats(table, rows, ("week", "measure"), "the week of {week}")
    note_order(table, list({row["row"]: row["week"] for row in rows}.values()))
    rows.sort(key=lambda row: row["week"])
    if kind == "running total":
        kind = _check_totals(rows)
    table.notes.append(f"every figure is a {kind}")
    return finish(table, rows, COLUMNS, {*keys, *measures, *bounds})


def _check_totals(rows: list[Row]) -> str:
    """Return what the figures are: those that often fall are no running totals, whatever the names.

    The kind of the rows is put right.
    """
    for measure in {row["measure"] for row in rows}:
        figures = [row["best"] for row in rows if row["measure"] == measure]
        if len(figures) > ENOUGH_STEPS and share_of_falls(figures) > FALLS_OF_A_TOTAL:
            for row in rows:
                row["kind"] = "weekly number"
            return "weekly number (they fall too often for running totals)"
    return "running total"


def _read_week(cells: Cells, record: Record) -> date:
    year, week = cells.needed_count(record, "year"), cells.needed_count(record, "week")
    try:
        return date.fromisocalendar(year, week, 1)
    except ValueError as error:
        raise cells.refuse(record, "week", f"no such week in {year}") from error


IMPORTER = make_importer("meduza", EXPECTS, read, wanted=_wanted)
