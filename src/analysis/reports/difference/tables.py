"""How the rows of two CSV files of one name differ: rows, cells, columns, order."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.reports.difference.found_files import BOTH, ONLY_A, ONLY_B, TableDifference
from analysis.reports.difference.matching import Matching, Numbers, TwoTables
from analysis.reports.difference.report_folder import UnreadableFile, read_cells
from analysis.reports.difference.row_names import name_rows

#: The first record is row 2 of a spreadsheet.
_FIRST_ROW = 2

_CELL_COLUMNS = ["row", "row_a", "row_b", "key", "column", "before", "after"]


def compare_table_files(name: str, a: bytes | None, b: bytes | None) -> TableDifference | None:
    """Return how two CSV files differ, None where they do not; None is a file that is not there.

    Parameters
    ----------
    name : str
        Name of the table or chart.
    a, b : bytes or None
        The files' content.
    """
    if a == b:
        return None
    frames, problems = [], []
    for side, data in (("A", a), ("B", b)):
        try:
            frames.append(pd.DataFrame() if data is None else read_cells(data))
        except UnreadableFile as problem:
            frames.append(pd.DataFrame())
            problems.append(f"the file of report {side} could not be read: {problem}")
    present = ONLY_B if a is None else ONLY_A if b is None else BOTH
    if problems:
        rows_a, rows_b = map(len, frames)
        return TableDifference(name, present, rows_a, rows_b, problem="; ".join(problems))
    found = compare_tables(name, frames[0], frames[1], present)
    return found if found.found else None


def compare_tables(
    name: str, a: pd.DataFrame, b: pd.DataFrame, present: str = BOTH
) -> TableDifference:
    """Return how two tables of text differ, by the rows that are the same in both.

    Parameters
    ----------
    name : str
        Name of the table.
    a, b : pandas.DataFrame
        All columns text, an empty cell is "" (see `report_folder.read_cells`).
    present : str
        both, a or b: which of them is a file at all.
    """
    tables = TwoTables(a, b)
    matching = tables.match()
    names_a, names_b = ([str(column) for column in frame.columns] for frame in (a, b))
    is_in_both = present == BOTH
    shared_in_a, shared_in_b = (
        [name for name in names if name in tables.shared] for names in (names_a, names_b)
    )
    turned = bool((np.diff(matching.b) < 0).any())
    return TableDifference(
        name,
        present,
        len(a),
        len(b),
        matching.key,
        matching.note,
        tuple(n for n in names_a if is_in_both and n not in tables.shared),
        tuple(n for n in names_b if is_in_both and n not in tables.shared),
        a.drop(index=a.index[matching.a]),
        b.drop(index=b.index[matching.b]),
        _list_cells(tables, matching),
        turned or shared_in_a != shared_in_b,
    )


def _list_cells(tables: TwoTables, matching: Matching) -> pd.DataFrame:
    """One row a cell that differs between matched rows, by row of A and column."""
    places: list[Numbers] = []
    columns: list[Numbers] = []
    for number, name in enumerate(tables.shared):
        codes = tables.number_column(name)
        differs = codes[: len(tables.a)][matching.a] != codes[len(tables.a) :][matching.b]
        pairs = np.flatnonzero(differs).astype(np.int64)
        places.append(pairs)
        columns.append(np.full(len(pairs), number, dtype=np.int64))
    pair = np.concatenate([*places, np.zeros(0, dtype=np.int64)])
    column = np.concatenate([*columns, np.zeros(0, dtype=np.int64)])
    order = np.lexsort((column, pair))
    pair, column = pair[order], column[order]
    row_a, row_b = matching.a[pair], matching.b[pair]
    # Rows are named once each, however many of their cells differ.
    rows, back = np.unique(row_a, return_inverse=True)
    named = tables.a.iloc[rows]
    labels = name_rows(named, matching.key).to_numpy(dtype=object)
    key_cells = [named[name].to_list() for name in matching.key]
    keys = np.empty(len(rows), dtype=object)
    keys[:] = list(zip(*key_cells, strict=True)) if key_cells else [()] * len(rows)
    cells = pd.DataFrame(
        {
            "row": labels[back],
            "row_a": row_a + _FIRST_ROW,
            "row_b": row_b + _FIRST_ROW,
            "key": keys[back],
            "column": np.array(tables.shared, dtype=object)[column],
        }
    )
    before, after = (np.empty(len(pair), dtype=object) for _ in range(2))
    for number, name in enumerate(tables.shared):
        here = column == number
        if here.any():
            before[here] = tables.a[name].to_numpy(dtype=object)[row_a[here]]
            after[here] = tables.b[name].to_numpy(dtype=object)[row_b[here]]
    return cells.assign(before=before, after=after)[_CELL_COLUMNS]
