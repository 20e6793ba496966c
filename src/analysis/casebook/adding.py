"""New rows of a table, typed or from a spreadsheet: checked as the casebook is, then appended."""

from __future__ import annotations

import csv
import io
import re
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from analysis.bounds import read_wording
from analysis.bounds.words import INCLUDING
from analysis.casebook.check import find_tables
from analysis.locks import taking_turns
from analysis.safety import guard_cell, read_whole, write_atomically
from analysis.tables import (
    REFERENCES,
    CasebookErrors,
    Table,
    find_casebook,
    read_claims,
    read_references,
    suggest,
)
from analysis.tables.claims import try_references
from analysis.tables.vocabulary import MEASURED_UNITS

#: What stands in a column that is left empty, where nothing else can be meant.
USUAL = {"who": "everybody", "status": "stated", "asylum": "all", "unit": "people"}


def find_table(name: str) -> Table:
    """Return a table by name, or raise a one-line `ValueError` with the nearest name."""
    tables = find_tables()
    if name not in tables:
        hint = suggest(name, tables) or f"tables: {', '.join(tables)}"
        raise ValueError(f'no table is called "{name}"; {hint}')
    return tables[name]


def fill_usual(table: Table, row: Mapping[str, str]) -> dict[str, str]:
    """Return a row in all columns of its table, with what is usual where nothing was said."""
    for name in row:
        if name not in table.columns:
            hint = suggest(name, table.columns) or f"columns: {', '.join(table.columns)}"
            raise ValueError(f'{table.name} has no column "{name}"; {hint}')
    return {name: str(row.get(name, "")).strip() or USUAL.get(name, "") for name in table.columns}


def append_rows(
    name: str, rows: Sequence[Mapping[str, str]], data: str | Path = ""
) -> tuple[Path, list[str]]:
    """Append rows (column to text) to the hand-typed file of a table, all of them or none.

    A wording such as "12, including 5 children" makes two rows. Returns the file, and the bounds
    read from each wording: "nearly 500: 450 to 500". Raises `ValueError` where there is no such
    table or column, `CasebookErrors` where a row breaks the rules; then nothing was written.
    """
    table, folder = find_table(name), find_casebook(data)
    path = folder / table.file
    groups = read_references(folder)["groups"] if "who" in table.columns else pd.DataFrame()
    full = [part for row in rows for part in split_including(fill_usual(table, row), groups)]
    # Two who add at once wait for each other, so that neither row is lost.
    with taking_turns(folder):
        _append_checked(path, table, folder, full)
    return path, [
        say_bounds(row["wording"], row.get("unit", "")) for row in full if row.get("wording")
    ]


#: "more than 12,000, including 5,000 children": a whole, a part of it, and who the part is.
_INCLUDING = re.compile(
    rf"(?P<whole>.+?){INCLUDING}(?P<part>.+) (?P<who>[^\d\W][^\d]*?)\)?", re.IGNORECASE
)


def split_including(row: Mapping[str, str], groups: pd.DataFrame) -> list[dict[str, str]]:
    """Return a row, or the two claims that its wording holds: of the whole, and of a part of it.

    The part is one of `groups`, by its plural or its key.

    Examples
    --------
    >>> groups = pd.DataFrame({"who": ["children"], "plural": ["children"]})
    >>> rows = split_including({"wording": "over 12, including 5 children", "who": ""}, groups)
    >>> [(row["who"], row["wording"]) for row in rows]
    [('', 'over 12'), ('children', '5')]
    """
    found = _INCLUDING.fullmatch(row.get("wording", "").strip())
    if not found or not len(groups):
        return [dict(row)]
    named = found["who"].casefold()
    same = groups[(groups["plural"].str.casefold() == named) | (groups["who"] == named)]
    if same.empty:
        return [dict(row)]
    part = {"wording": found["part"], "who": str(same["who"].iloc[0])}
    return [{**row, "wording": found["whole"]}, {**row, **part}]


def _append_checked(
    path: Path, table: Table, folder: Path, rows: Sequence[Mapping[str, str]]
) -> None:
    old = read_whole(path) if path.exists() else (",".join(table.columns) + "\n").encode()
    new = put_behind(old, rows)
    with tempfile.TemporaryDirectory() as temporary:
        copy = Path(temporary)
        for file in folder.glob("*.csv"):
            shutil.copy(file, copy)
        (copy / table.file).write_bytes(new)
        if table in REFERENCES:
            errors = try_references(copy)[1]
            if errors:
                raise CasebookErrors(errors)
        elif table.holds_claims:
            read_claims(table, copy)
    write_atomically(path, new)


def say_bounds(wording: str, unit: str = "") -> str:
    """Return a wording with the bounds read from it; a share has the unit percent.

    >>> say_bounds("at least 227")
    'at least 227: from 227, open above'
    """
    bounds = read_wording(wording, counts=unit not in MEASURED_UNITS)
    low, high = (
        None if end is None else f"{end:,}" if isinstance(end, int) else f"{float(end):,.4g}"
        for end in (bounds.low, bounds.high)
    )
    if low == high:
        said = f"{low}"
    elif high is None:
        said = f"from {low}, open above"
    else:
        said = f"{low} to {high}" if low is not None else f"up to {high}, open below"
    return f"{wording}: {said}"


def read_rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV or Excel file as text, its first row the names of the columns.

    "Source ID" and "As of" stand for source_id and as_of; empty rows are left out.
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
    rows = [
        {_tidy_heading(name): _say_cell(cell) for name, cell in row.items()}
        for row in frame.to_dict("records")
    ]
    return [row for row in rows if any(row.values())]


def _tidy_heading(name: object) -> str:
    """Return a heading as a column is called: "Source ID" is source_id."""
    return re.sub(r"[\s\-_]+", "_", str(name).strip()).casefold()


def _say_cell(cell: object) -> str:
    if cell is None or cell is pd.NaT or (isinstance(cell, float) and pd.isna(cell)):
        return ""
    if hasattr(cell, "strftime"):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def put_behind(old: bytes, rows: Iterable[Mapping[str, str]]) -> bytes:
    """Return a file of a table as it is, byte for byte, with rows behind it in its columns."""
    line_end = "\r\n" if b"\r\n" in old else "\n"  # a spreadsheet may have saved it
    header = next(csv.reader([old.split(b"\n", 1)[0].decode("utf-8-sig").rstrip("\r")]))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator=line_end)
    for row in rows:
        writer.writerow([guard_cell(row.get(name, "")) for name in header])
    end = "" if old.endswith(b"\n") else line_end
    return old + (end + text.getvalue()).encode()
