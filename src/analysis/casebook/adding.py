"""New rows of a table, typed or from a spreadsheet: checked as the casebook is, then appended."""

from __future__ import annotations

import csv
import io
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from analysis.bounds import read_wording
from analysis.casebook.check import find_tables
from analysis.safety import guard_cell, read_whole, write_atomically
from analysis.tables import REFERENCES, CasebookErrors, Table, find_casebook, read_claims, suggest

#: What stands in a column that is left empty, where nothing else can be meant.
_USUAL = {"who": "everybody", "status": "stated", "asylum": "all", "unit": "people"}


def find_table(name: str) -> Table:
    """Return a table by name, or raise a one-line `ValueError` with the nearest name."""
    tables = find_tables()
    if name not in tables:
        hint = suggest(name, tables) or f"tables: {', '.join(tables)}"
        raise ValueError(f'no table is called "{name}"; {hint}')
    return tables[name]


def fill_usual(table: Table, row: Mapping[str, str]) -> dict[str, str]:
    """Return a row in all columns of its table, with what is usual where nothing was said.

    Raises
    ------
    ValueError
        A column is none of the table's.
    """
    for name in row:
        if name not in table.columns:
            hint = suggest(name, table.columns) or f"columns: {', '.join(table.columns)}"
            raise ValueError(f'{table.name} has no column "{name}"; {hint}')
    return {name: str(row.get(name, "")).strip() or _USUAL.get(name, "") for name in table.columns}


def append_rows(
    name: str, rows: Sequence[Mapping[str, str]], data: str | Path = ""
) -> tuple[Path, list[str]]:
    """Append rows to the hand-typed file of a table, all of them or none.

    Parameters
    ----------
    name : str
        The table.
    rows : sequence of mapping
        Column to what stands in it, as text.
    data : str or Path
        The folder of the casebook; "" is the project's own.

    Returns
    -------
    path : Path
        The file.
    read : list of str
        The bounds read from each wording: "nearly 500: 450 to 500".

    Raises
    ------
    ValueError
        No such table or column.
    CasebookErrors
        A row breaks the rules of the table; nothing was written.
    """
    table, folder = find_table(name), find_casebook(data)
    path = folder / table.file
    full = [fill_usual(table, row) for row in rows]
    new = _append(path, table, full)
    with tempfile.TemporaryDirectory() as temporary:
        copy = Path(temporary)
        for file in folder.glob("*.csv"):
            shutil.copy(file, copy)
        (copy / table.file).write_bytes(new)
        if table in REFERENCES:
            from analysis.tables import check_references

            _, errors = check_references(copy)
            if errors:
                raise CasebookErrors(list(errors))
        elif table.holds_claims:
            read_claims(table, copy)
    write_atomically(path, new)
    return path, [say_bounds(row["wording"]) for row in full if row.get("wording")]


def say_bounds(wording: str) -> str:
    """Return a wording with the bounds read from it.

    >>> say_bounds("at least 227")
    'at least 227: from 227, open above'
    """
    bounds = read_wording(wording)
    low, high = (None if end is None else f"{end:,}" for end in (bounds.low, bounds.high))
    if low == high:
        said = f"{low}"
    elif high is None:
        said = f"from {low}, open above"
    else:
        said = f"{low} to {high}" if low is not None else f"up to {high}, open below"
    return f"{wording}: {said}"


def read_rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV or Excel file as text, its first row the names of the columns.

    Raises
    ------
    ValueError
        The file is neither, or cannot be read.
    """
    kind = path.suffix.lower()
    try:
        if kind == ".csv":
            frame = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
        elif kind in (".xlsx", ".xlsm"):
            frame = pd.read_excel(path, engine="openpyxl")
        else:
            raise ValueError(f"{path.name}: expected a file ending in .csv or .xlsx")
    except OSError as problem:
        raise ValueError(f"{path}: cannot be read ({problem.strerror})") from problem
    return [
        {str(name).strip(): _say_cell(cell) for name, cell in row.items()}
        for row in frame.to_dict("records")
    ]


def _say_cell(cell: object) -> str:
    if cell is None or cell is pd.NaT or (isinstance(cell, float) and pd.isna(cell)):
        return ""
    if hasattr(cell, "strftime"):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _append(path: Path, table: Table, rows: Sequence[Mapping[str, str]]) -> bytes:
    old = read_whole(path) if path.exists() else (",".join(table.columns) + "\n").encode()
    header = next(csv.reader([old.split(b"\n", 1)[0].decode("utf-8-sig").rstrip("\r")]))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for row in rows:
        writer.writerow([guard_cell(row.get(name, "")) for name in header])
    return old + (b"" if old.endswith(b"\n") else b"\n") + text.getvalue().encode()
