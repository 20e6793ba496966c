"""``hxl``: any CSV with a row of HXL tags, from the Humanitarian Data Exchange or elsewhere.

The tag row is found in the first 30 lines, whatever headings stand above it. JSON is read
too: a list of objects whose keys are tags, or a list of lists with a row of tags.

Frame (one row a published row, in the order of the file): ``row`` (Int64), then a column
for each tag, named as published without spaces (``#affected+killed``), then ``flag``
(string, always ""). A tag that stands over two columns gets the heading behind it. Types
follow the tag: ``#date…`` without ``+year``, ``+start`` as a year and so on are days
(datetime64) if every cell is one; ``#affected``, ``#inneed``, ``#targeted``, ``#reached``,
``#population``, ``#capacity``, ``#value``, ``#severity`` and any tag with ``+num``, ``+pct``,
``+lat`` or ``+lon`` are numbers (Float64, or Int64 if all are whole); all else is text. A
cell of a number column that is no number refuses its row; "N/A" and the like are missing.
Columns without a tag are not taken over; the notes name them.
"""

from __future__ import annotations

import io
import re
from itertools import islice
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.imports.imported import (
    Imported,
    Importer,
    ImportProblem,
    Progress,
    Refusal,
    make_refused,
)
from analysis.imports.published_dates import UnreadableDateError, read_day
from analysis.imports.published_file import looks_like_json, peek_text, read_text
from analysis.imports.published_json import load_json
from analysis.imports.published_numbers import UnreadableNumberError, read_number
from analysis.imports.published_table import HEADER_WITHIN, PublishedTable, is_tag_row, read_lines

EXPECTS = f"a row of HXL tags such as #date, #affected+killed in the first {HEADER_WITHIN} lines"
_NUMBERS = re.compile(
    r"#(affected|inneed|targeted|reached|population|capacity|value|severity)\b(?!.*\+(type|name|"
    r"date|code|text|url|list))|#.*\+(num|pct|lat|lon|usd|year)\b",
)
_DATES = re.compile(r"#date\b(?!.*\+(year|month|week))|#.*\+date\b")

Lines = list[tuple[int, list[str]]]


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


def _open(path: Path, text: str) -> Lines:
    """Return all lines of the file as cells; the caller looks for the tags."""
    if looks_like_json(text):
        data = load_json(text, path)
        lines = _lines_of_json(data)
        if lines is None:
            keys = f": {', '.join(data)}" if isinstance(data, dict) else ""
            raise ImportProblem(f"{path}: expected one table; found JSON with several{keys}")
        return lines
    delimiter = _find_delimiter(text, path)
    return list(read_lines(text, delimiter, path)) if delimiter else []


def _find_delimiter(text: str, path: Path) -> str | None:
    """Return the delimiter with which one of the first lines is a row of tags, or None."""
    start = "".join(islice(io.StringIO(text, newline=""), HEADER_WITHIN))
    for delimiter in ",;\t|":
        try:
            # Only up to the tags: the last of these lines may be cut inside a quoted cell.
            if any(is_tag_row(cells) for _, cells in read_lines(start, delimiter, path)):
                return delimiter
        except ImportProblem:
            continue
    return None


def recognises(path: Path) -> bool:
    """Whether the file has a row of tags."""
    text = peek_text(path)
    if not looks_like_json(text):
        return _find_delimiter(text, path) is not None
    return _find_tags(_open(path, text)) is not None


def read(path: Path, progress: Progress | None = None) -> Imported:
    """Read a file of this format; the frame is described at the head of the module."""
    text = read_text(path, progress)
    lines = _open(path, text)
    at = _find_tags(lines)
    if at is None:
        first = text.strip().splitlines()[0][:120] if text.strip() else ""
        raise ImportProblem(f"{path}: expected {EXPECTS}; found {first!r}")
    heading = lines[at - 1][1] if at else []
    table = PublishedTable(path, {})
    if at:
        table.notes.append(f"the tags are line {lines[at][0]}; the lines before them are no rows")
    names = _name_columns(lines[at][1], heading)
    untagged = [
        title.strip() for n, title in enumerate(heading) if title.strip() and n not in names
    ]
    if untagged:
        table.notes.append(f"columns without a tag, not taken over: {', '.join(untagged)}")
    rows = _read_rows(table, names, lines[at + 1 :], len(lines[at][1]))
    frame, refused = _type_columns(rows, list(names.values())), make_refused(table.refused)
    total = len(rows) + len(refused)
    return Imported(frame, refused, total, len(rows), tuple(table.notes))


def _name_columns(tags: list[str], heading: list[str]) -> dict[int, str]:
    """Return position -> name of the column: the tag, with the heading where it is not alone."""
    bare = ["".join(tag.split()) for tag in tags]
    names: dict[int, str] = {}
    for position, tag in enumerate(bare):
        if not tag:
            continue
        name = tag
        if bare.count(tag) > 1:
            title = heading[position].strip() if position < len(heading) else ""
            name = f"{tag} ({title or position + 1})"
        names[position] = name if name not in names.values() else f"{name} [{position + 1}]"
    return names


def _read_rows(
    table: PublishedTable, names: dict[int, str], lines: Lines, width: int
) -> list[dict[str, Any]]:
    rows = []
    for line, cells in lines:
        if not any(cell.strip() for cell in cells):
            table.refused.append(Refusal(line, "", "", "an empty row"))
            continue
        if is_tag_row(cells):
            table.refused.append(Refusal(line, "", ",".join(cells)[:200], "HXL tags again"))
            continue
        if len(cells) < width or any(cell.strip() for cell in cells[width:]):
            reason = f"{len(cells)} cells, where the tag row has {width}"
            table.refused.append(Refusal(line, "", ",".join(cells)[:200], reason))
            continue
        row: dict[str, Any] = {"row": line, "flag": ""}
        for position, name in names.items():
            text = cells[position].strip()
            try:
                row[name] = read_number(text).value if _NUMBERS.match(name) else text or None
            except UnreadableNumberError as error:
                table.refused.append(Refusal(line, name, text, str(error)))
                break
        else:
            rows.append(row)
    return rows


def _type_columns(rows: list[dict[str, Any]], names: list[str]) -> pd.DataFrame:
    columns = {"row": pd.Series([row["row"] for row in rows], dtype="Int64")}
    for name in names:
        values = [row[name] for row in rows]
        if _NUMBERS.match(name):
            whole = all(value is None or value == int(value) for value in values)
            numbers = [
                None if value is None else int(value) if whole else float(value) for value in values
            ]
            columns[name] = pd.Series(numbers, dtype="Int64" if whole else "Float64")
        elif _DATES.match(name) and (days := _read_days(values)) is not None:
            columns[name] = pd.Series(days, dtype="object").astype("datetime64[s]")
        else:
            columns[name] = pd.Series(values, dtype="string")
    columns["flag"] = pd.Series([""] * len(rows), dtype="string")
    return pd.DataFrame(columns)


def _read_days(values: list[str | None]) -> list[Any] | None:
    """Return the days of a column, or None if a cell is not one: then it stays text."""
    try:
        return [None if value is None else read_day(value) for value in values]
    except UnreadableDateError:
        return None


IMPORTER = Importer("hxl", EXPECTS, recognises, read)
