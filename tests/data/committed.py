"""The tables of the casebook as committed, read without the package under test."""

import csv
from functools import cache
from pathlib import Path

DATA = Path(__file__).parents[2] / "data"
Row = dict[str, str]


@cache
def read(name: str) -> tuple[Row, ...]:
    """The rows of one file, or of all files of a table: "refugees" or "refugees.unhcr-daily"."""
    files = [DATA / f"{name}.csv"]
    if "." not in name:
        files += sorted(DATA.glob(f"{name}.*.csv"))
    rows: list[Row] = []
    for file in files:
        with file.open(encoding="utf-8", newline="") as stream:
            rows += csv.DictReader(stream)
    return tuple(rows)


def pick(name: str, **cells: str) -> list[Row]:
    return [r for r in read(name) if all(r[column] == cell for column, cell in cells.items())]


def only(name: str, **cells: str) -> Row:
    (row,) = pick(name, **cells)
    return row


def numbers(rows: list[Row]) -> list[int]:
    return [int(row["wording"]) for row in rows]
