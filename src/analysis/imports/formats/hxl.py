"""``hxl``: any CSV with a row of HXL tags, from the Humanitarian Data Exchange or elsewhere.

The tag row is found in the first 30 lines, whatever headings stand above it. JSON is read
too: a list of objects whose keys are tags, or a list of lists with a row of tags.

Frame (one row a published row, in the order of the file): ``row`` (Int64), then a column
for each tag, named as published without spaces (``#affected+killed``), then ``flag``
(string: a row that is named a total, else ""). A tag that stands over two columns gets the
heading behind it. Types follow the tag: ``#date…`` without ``+year``, ``+start`` as a year
and so on are days (datetime64) if every cell is one; ``#affected``, ``#inneed``,
``#targeted``, ``#reached``, ``#population``, ``#capacity``, ``#value``, ``#severity`` and any
tag with ``+num``, ``+pct``, ``+lat`` or ``+lon`` are numbers (Float64, or Int64 if all are
whole; a sign of percent behind a ``+pct`` is left out); all else is text. A
cell of a number column that is no number refuses its row; "N/A" and the like are missing.
Columns without a tag are not taken over; the notes name them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

import pandas as pd

from analysis.imports.reading.dates import UnreadableDateError
from analysis.imports.reading.file import PublishedFile
from analysis.imports.reading.results import (
    Imported,
    Importer,
    ImportProblem,
    Refusals,
    make_refused,
    say_first,
)
from analysis.imports.reading.rows import Cells, Row, read_rows
from analysis.imports.reading.table import (
    HEADER_WITHIN,
    Line,
    PublishedTable,
    Record,
    describe_start,
    find_line,
    is_tag,
    is_tag_row,
    read_csv,
)

EXPECTS = f"a row of HXL tags such as #date, #affected+killed in the first {HEADER_WITHIN} lines"
_NUMBERS = re.compile(
    r"#(affected|inneed|targeted|reached|population|capacity|value|severity)\b(?!.*\+(type|name|"
    r"date|code|text|url|list))|#.*\+(num|pct|lat|lon|usd|year)\b",
)
#: Where decimals are usual, and a point is none of thousands.
_PLACES = re.compile(r"#.*\+(lat|lon|pct)\b")
#: Money and scores have decimals or not: 1.234 alone can be read two ways.
_MEASURED = re.compile(r"#(?:value|severity)\b|#.*\+usd\b")
_PERCENT = re.compile(r"\+pct\b")
#: What the name of a row of sums says.
_TOTAL = re.compile(
    r"(?:grand |sub-?|overall )?(?:total|totals|sum)(?: .*)?|all (?:countries|areas|regions)",
    re.IGNORECASE,
)
_DATES = re.compile(r"#date\b(?!.*\+(year|month|week))|#.*\+date\b")

Lines = list[Line]

_TOTAL_FLAG = "named a total: of other rows?"


def _find_tags(lines: Lines) -> int | None:
    """Return the index of the tag row in the first lines, or None."""
    return next(
        (n for n, (line, cells) in enumerate(lines) if line <= HEADER_WITHIN and is_tag_row(cells)),
        None,
    )


def _lines_of_json(data: Any) -> Lines | None:
    """Return JSON as lines of cells: a list of lists, or of objects with tags as keys."""
    if not isinstance(data, list) or not data:
        return None
    if all(isinstance(item, list) for item in data):
        return [(n, ["" if c is None else str(c) for c in item]) for n, item in enumerate(data, 1)]
    if all(isinstance(item, dict) for item in data):
        tags = list(dict.fromkeys(key for item in data for key in item))
        rows = [["" if i.get(tag) is None else str(i[tag]) for tag in tags] for i in data]
        return [(0, tags), *enumerate(rows, start=1)]
    return None


def recognises(file: PublishedFile) -> bool:
    """Whether the file has a row of tags."""
    if not file.is_json:
        return find_line(file, is_tag_row) is not None
    return _find_tags(_lines_of_json(file.data) or []) is not None


def _open(file: PublishedFile) -> Lines:
    """Return all lines of the file as cells; none if no row of tags is among the first."""
    if not file.is_json:
        found = find_line(file, is_tag_row)
        return (
            list(read_csv(file.read_lines(file.progress), found[0], str(file.path)))
            if found
            else []
        )
    lines = _lines_of_json(file.data)
    if lines is None:
        keys = f": {say_first(file.data)}" if isinstance(file.data, dict) else ""
        raise ImportProblem(f"{file.path}: expected one table; found JSON with several{keys}")
    return lines


def read(file: PublishedFile) -> Imported:
    """Read a file of this format; the frame is described at the head of the module."""
    lines = _open(file)
    at = _find_tags(lines)
    if at is None:
        raise ImportProblem(f"{file.path}: expected {EXPECTS}; found {describe_start(file)}")
    heading, tags = lines[at - 1][1] if at else [], lines[at][1]
    name = str(file.path)
    table = PublishedTable(name, {}, refused=Refusals(name))
    if at:
        table.notes.append(f"the tags are line {lines[at][0]}; the lines before them are no rows")
    names = _name_columns(tags, heading)
    others = [cell.strip() for cell in tags if cell.strip() and not is_tag(cell)]
    if others:
        table.notes.append(f"no tag, in the row of HXL tags: {say_first(map(repr, others))}")
    untagged = [
        title.strip() for n, title in enumerate(heading) if title.strip() and n not in names
    ]
    if untagged:
        table.notes.append(f"columns without a tag, not taken over: {say_first(untagged, 50)}")
    table.titles = {name: name for name in names.values()}
    # A footnote beside the tags, beyond the columns, does not widen the table.
    width = max([*names, *(n for n, title in enumerate(heading) if title.strip())]) + 1
    table.records = _keep_records(table, names, lines[at + 1 :], width)
    rows = _read_rows(table, list(names.values()))
    frame, refused = _type_columns(table, rows), make_refused(table.refused.rows)
    return Imported(frame, refused, len(rows) + len(refused), len(rows), tuple(table.notes))


def _name_columns(tags: list[str], heading: list[str]) -> dict[int, str]:
    """Return position -> name of the column: the tag, with the heading where it is not alone."""
    bare = ["".join(tag.split()) for tag in tags]
    names: dict[int, str] = {}
    for position, tag in enumerate(bare):
        if not is_tag(tag):
            continue
        name = tag
        if bare.count(tag) > 1:
            title = heading[position].strip() if position < len(heading) else ""
            name = f"{tag} ({title or position + 1})"
        names[position] = name if name not in names.values() else f"{name} [{position + 1}]"
    return names


def _keep_records(
    table: PublishedTable, names: dict[int, str], lines: Lines, width: int
) -> list[Record]:
    records = []
    for line, cells in lines:
        if not any(cell.strip() for cell in cells):
            table.refused.add(line, "", "", "an empty row")
        elif is_tag_row(cells):
            table.refused.add(line, "", ",".join(cells), "HXL tags again")
        elif len(names) > 2 and sum(bool(cell.strip()) for cell in cells) == 1:
            table.refused.add(line, "", ",".join(cells), "one cell alone: a note, not a row")
        elif len(cells) < width or any(cell.strip() for cell in cells[width:]):
            reason = f"{len(cells)} cells, where the tag row has {width}"
            table.refused.add(line, "", ",".join(cells), reason)
        else:
            kept = {name: cells[n] for n, name in names.items()}
            for name in filter(_PERCENT.search, kept):
                kept[name] = kept[name].strip().removesuffix("%").rstrip()
            records.append(Record(line, kept))
    return records


def _read_rows(table: PublishedTable, names: list[str]) -> list[Row]:
    places = [name for name in names if _PLACES.match(name)]
    # Sums of money in one file are written alike.
    counts = Cells(table, alike=[name for name in names if _MEASURED.match(name)])
    measures = Cells(table, number_rule="point")

    def read_one(record: Record) -> Iterable[Row]:
        yield {
            name: (record.get(name) or None)
            if not _NUMBERS.match(name)
            else measures.number(record, name).value
            if name in places
            else counts.number(record, name, counted=not _MEASURED.match(name)).value
            for name in names
        }

    return read_rows(table, read_one)


def _type_columns(table: PublishedTable, rows: list[Row]) -> pd.DataFrame:
    columns = {"row": pd.Series([row["row"] for row in rows], dtype="Int64")}
    cells = Cells(table)
    for name in table.titles:
        values = [row[name] for row in rows]
        if _NUMBERS.match(name):
            whole = all(value is None or value == int(value) for value in values)
            numbers = [
                None if value is None else int(value) if whole else float(value) for value in values
            ]
            columns[name] = pd.Series(numbers, dtype="Int64" if whole else "Float64")
        elif _DATES.match(name) and (days := _read_days(cells, name, values)) is not None:
            columns[name] = pd.Series(days, dtype="object").astype("datetime64[s]")
        else:
            columns[name] = pd.Series(values, dtype="string")
    flags = [_TOTAL_FLAG if _is_total(row, table.titles) else "" for row in rows]
    columns["flag"] = pd.Series(flags, dtype="string")
    if any(flags):
        table.notes.append(f"{len(flags) - flags.count('')} rows are named a total (column flag)")
    return pd.DataFrame(columns)


def _is_total(row: Row, names: Iterable[str]) -> bool:
    texts = (row[name] for name in names if not _NUMBERS.match(name))
    return any(isinstance(text, str) and bool(_TOTAL.fullmatch(text.strip())) for text in texts)


def _read_days(cells: Cells, name: str, values: list[str | None]) -> list[date | None] | None:
    """Return the days of a column, or None if a cell is not one: then it stays text."""
    try:
        return [None if value is None else cells.read_day(value, name) for value in values]
    except UnreadableDateError as error:
        wrong = next(
            value for value in values if value is not None and not _is_day(cells, name, value)
        )
        cells.table.notes.append(
            f"{name}: stays text, {wrong!r} is no day that can be read ({error})"
        )
        return None


def _is_day(cells: Cells, name: str, value: str) -> bool:
    try:
        cells.read_day(value, name)
    except UnreadableDateError:
        return False
    return True


IMPORTER = Importer("hxl", EXPECTS, recognises, read)
