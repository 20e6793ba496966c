"""A CSV file as a frame of text: every cell as it was typed, or an error that says where."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator
from itertools import islice
from pathlib import Path

import pandas as pd

from analysis.safety import find_deceiving, read_whole
from analysis.tables.errors import CasebookErrors, CellError, suggest

#: A cell of a claims table is a name, a figure or a remark; a longer text is a mistake.
LONGEST_CELL = 2_000

#: A table of claims has some thirty columns.
_MOST_COLUMNS = 200

#: Rows that are lists at one time: of very many, the collector of garbage looks at each again.
_ROWS_AT_A_TIME = 500

#: A cell beyond this is not read at all.
_LONGEST_READ = 131_072


def read_text_frame(path: Path, columns: list[str], optional: Collection[str] = ()) -> pd.DataFrame:
    """Return the cells of a CSV file in UTF-8 as text, an empty cell as missing.

    The result has `columns`, in this order; those that are `optional` and not in the file are
    empty. The label `i` of a record is row `i + 2` of the spreadsheet: rows without a single
    filled cell are left out, so that labels may skip a number.

    Raises `CasebookErrors`: the file is missing, is not UTF-8, lacks a column or has an unknown
    one, or has a row with too few or too many cells, or a cell that no table needs.
    """
    text = _read_text(path)
    records = _split(path.name, text)
    _, header = next(records)
    errors = _header_errors(path.name, header, columns, optional)
    if errors:
        raise CasebookErrors(errors)
    # What the whole text does not hold, no cell does: then the cells are not searched one by one.
    deceiving = find_deceiving(text)
    labels: list[int] = []
    cells: dict[str, list[str]] = {name: [] for name in header}
    while block := list(islice(records, _ROWS_AT_A_TIME)):
        rows = [(number, row) for number, row in block if any(map(str.strip, row))]
        for number, row in rows:
            if len(row) != len(header):
                errors.append(
                    CellError(
                        path.name, number, "", "",
                        f"{len(header)} cells, one a column, but found {len(row):,} "
                        "(quote a cell that holds a comma)",
                    )
                )  # fmt: skip
            if deceiving or max(map(len, row)) > LONGEST_CELL:
                for name, cell in zip(header, row, strict=False):
                    errors.extend(_cell_errors(path.name, number, name, cell))
        if not errors:
            labels += [number - 2 for number, _ in rows]
            for name, column in zip(
                header, zip(*(row for _, row in rows), strict=True), strict=False
            ):
                cells[name] += column
    if errors:
        raise CasebookErrors(errors)
    index = pd.Index(labels, dtype="int64")
    frame = pd.DataFrame(
        {name: pd.Series(cells.get(name), index, dtype="str").str.strip() for name in columns}
    )
    return frame.mask(frame == "")


def read_records(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    """Return the header of a CSV file in UTF-8 and its records, whatever table it is."""
    (_, header), *records = _split(path.name, _read_text(path))
    return header, [dict(zip(header, cells, strict=False)) for _, cells in records]


def _read_text(path: Path) -> str:
    try:
        return read_whole(path).decode("utf-8-sig")
    except FileNotFoundError:
        raise CasebookErrors([CellError(path.name, None, "", "", "this file to exist")]) from None
    except OSError as problem:
        message = f"a file that can be read ({problem.strerror})"
        raise CasebookErrors([CellError(path.name, None, "", "", message)]) from None
    except UnicodeDecodeError as problem:
        row = problem.object[: problem.start].count(b"\n") + 1
        message = "text in UTF-8 (save the file as CSV UTF-8)"
        raise CasebookErrors([CellError(path.name, row, "", "", message)]) from None


def _split(file: str, text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the header, then the records that are not empty, numbered as a spreadsheet does."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    number = 0
    # The limit is of the whole process, and others raise it for files of another kind.
    limit = csv.field_size_limit(_LONGEST_READ)
    try:
        if not (header := next(reader, [])):
            raise CasebookErrors([CellError(file, 1, "", "", "a header with the columns' names")])
        yield 1, header
        number = 1
        for number, record in enumerate(reader, start=2):
            if record:
                yield number, record
    except csv.Error as problem:
        message = f"a well-formed CSV row ({problem})"
        if "field limit" in str(problem):
            message = f"at most {LONGEST_CELL:,} characters a cell, but found far more"
        raise CasebookErrors([CellError(file, number + 1, "", "", message)]) from None
    finally:
        csv.field_size_limit(limit)


def _header_errors(
    file: str, header: list[str], columns: list[str], optional: Collection[str]
) -> list[CellError]:
    for mark, name in ((";", "semicolons"), ("\t", "tabs")):
        if len(header) == 1 and mark in header[0]:
            expected = f"columns parted by commas, but they are parted by {name}"
            return [CellError(file, 1, "", "", expected)]
    if len(header) > _MOST_COLUMNS:
        expected = f"at most {_MOST_COLUMNS} columns, but found {len(header):,}"
        return [CellError(file, 1, "", "", expected)]
    errors = [
        CellError(file, 1, name, "", "this column once, but it stands there twice")
        for name in sorted({name for name in header if header.count(name) > 1 and name})
    ]
    errors += [
        CellError(file, 1, "", "", f"a column's name in cell {place} of the header, not nothing")
        for place, name in enumerate(header, start=1)
        if not name
    ]
    missing = [name for name in columns if name not in header and name not in optional]
    for name in header:
        if name and name not in columns:
            hint = suggest(name, missing or columns)
            errors.append(CellError(file, 1, name, "", "no column of this name", hint))
    errors.extend(
        CellError(file, 1, name, "", "this column, but it is missing") for name in missing
    )
    return errors


def _cell_errors(file: str, row: int, column: str, cell: str) -> list[CellError]:
    if len(cell) > LONGEST_CELL:
        expected = f"at most {LONGEST_CELL:,} characters, but found {len(cell):,}"
        return [CellError(file, row, column, cell, expected)]
    deceiving = find_deceiving(cell)
    if deceiving:
        return [
            CellError(file, row, column, cell, f"no invisible character, but found {deceiving}")
        ]
    return []
