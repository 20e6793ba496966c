"""The files of one table, and the file and row in which a record of the table stands.

A table is NAME.csv, typed in by hand, and any number of parts NAME.PART.csv with the same
columns, each built by an importer from one published series. Parts are read after the
first file, in alphabetical order.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Hashable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.tables.csv_file import read_text_frame
from analysis.tables.errors import CasebookErrors, CellError


@dataclass(frozen=True)
class Places:
    """Where the records of a table stand."""

    #: The names of the files, in the order they were read.
    files: tuple[str, ...]
    #: The label of the first record of each file.
    starts: tuple[int, ...]
    #: The row of each record as a spreadsheet numbers it (the header is row 1, and an empty row
    #: counts too).
    rows: tuple[int, ...]

    def find(self, label: Hashable) -> tuple[str, int]:
        """Return the file of a record and its row in it."""
        number = int(str(label))
        part = sum(start <= number for start in self.starts) - 1
        return self.files[part], self.rows[number]

    def error(
        self, label: Hashable, column: str, value: str, expected: str, suggestion: str = ""
    ) -> CellError:
        """Return the error of one cell of a record."""
        file, row = self.find(label)
        return CellError(file, row, column, value, expected, suggestion)


def list_parts(folder: Path, name: str) -> list[Path]:
    """Return the files of the table `name`: NAME.csv first, then its parts by name."""
    return [folder / f"{name}.csv", *sorted(folder.glob(f"{name}.*.csv"))]


def hash_table(folder: Path, name: str) -> dict[str, str]:
    """Return a hash of the files of a whole table, by the name of its first file.

    That is what stands behind what was worked out from thousands of rows.
    """
    digest = hashlib.sha256()
    for path in list_parts(folder, name):
        digest.update(path.read_bytes() if path.exists() else b"")
    return {f"{name}.csv": digest.hexdigest()[:10]}


def read_parts(
    folder: Path,
    name: str,
    columns: list[str],
    optional: Collection[str] = (),
    required: bool = True,
) -> tuple[pd.DataFrame, Places]:
    """Return all records of a table as text (see `read_text_frame`), and where they stand.

    A table that is not `required` and has no file has no records. All files are tried, and
    `CasebookErrors` says which cannot be read.
    """
    frames: list[pd.DataFrame] = []
    starts: list[int] = []
    problems: list[CellError] = []
    files = list_parts(folder, name)
    if not required:
        files = [path for path in files if os.path.lexists(path)]  # a link in a circle too
    if not files:
        empty = pd.DataFrame({column: pd.Series(dtype="str") for column in columns})
        return empty, Places((f"{name}.csv",), (0,), ())
    for path in files:
        starts.append(sum(len(frame) for frame in frames))
        try:
            frames.append(read_text_frame(path, columns, optional))
        except CasebookErrors as problem:
            problems += problem.errors
    if problems:
        raise CasebookErrors(problems)
    rows = tuple(label + 2 for frame in frames for label in frame.index)
    places = Places(tuple(path.name for path in files), tuple(starts), rows)
    return pd.concat(frames, ignore_index=True), places
