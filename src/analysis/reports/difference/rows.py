"""How the rows of two CSV files of one name differ: rows, cells, columns, order.

Which row is which is told by the key that its table declares (`analysis.tables.Table`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.casebook.check import find_tables
from analysis.reports.difference.found import BOTH, ONLY_A, ONLY_B, TableDifference
from analysis.reports.difference.report_folder import UnreadableFile, read_cells
from analysis.tables import Table

Numbers = npt.NDArray[np.int64]

#: Words in the name of a column that holds what is said, or is worked out from it: it names
#: no row, for it is what may change.
_SAID = {
    "wording", "low", "best", "high", "qualifier", "excluded", "note", "status", "standard",
    "stance", "value", "label", "detail", "reason", "score", "percent", "error", "share",
}  # fmt: skip

_SHARED_KEY = (
    "several rows agree in these columns: equal rows were matched first, the rest in order"
)
_NO_KEY = "no columns name a row: only equal rows were matched"


@dataclass(frozen=True)
class Matching:
    """Pairs of rows by position in A (`a`, rising) and B (`b`), by which columns, and a note."""

    a: Numbers
    b: Numbers
    key: tuple[str, ...]
    note: str


@cache
def list_claim_tables() -> tuple[Table, ...]:
    """Return the tables of a casebook that hold claims of a series."""
    return tuple(t for t in find_tables().values() if t.holds_claims and t.series)


class TwoTables:
    """Two frames of text, their shared columns as whole numbers.

    Nothing goes from row to row: a column becomes whole numbers (the same cell, the same
    number, in both tables), and columns together become one.

    Parameters
    ----------
    a, b : pandas.DataFrame
        Any columns, all text, without missing cells.
    """

    def __init__(self, a: pd.DataFrame, b: pd.DataFrame) -> None:
        self.a, self.b = a, b
        place = {str(name): i for i, name in enumerate(a.columns)}
        there = {str(name): i for i, name in enumerate(b.columns)}
        # The same order whichever comes first, so that B against A mirrors A against B.
        self.shared = sorted(
            (name for name in place if name in there), key=lambda n: (place[n] + there[n], n)
        )
        self._codes: dict[str, Numbers] = {}

    def number_column(self, name: str) -> Numbers:
        """Return one number a row, of A and then of B: equal cells, equal numbers."""
        if name not in self._codes:
            both = pd.concat([self.a[name], self.b[name]], ignore_index=True)
            self._codes[name] = pd.factorize(both)[0].astype(np.int64)
        return self._codes[name]

    def number_rows(self, names: Sequence[str]) -> tuple[Numbers, Numbers]:
        """Return numbers of the rows of A and of B that are equal where all `names` are."""
        codes = np.zeros(len(self.a) + len(self.b), dtype=np.int64)
        for name in names:
            column = self.number_column(name)
            codes = pd.factorize(codes * (column.max(initial=0) + 1) + column)[0].astype(np.int64)
        return codes[: len(self.a)], codes[len(self.a) :]

    def match(self) -> Matching:
        """Return which row of A is which row of B: by the key of its table, else equal rows."""
        nothing = np.zeros(0, dtype=np.int64)
        if not len(self.a) or not len(self.b) or not self.shared:
            return Matching(nothing, nothing, (), "")
        key = self._find_key()
        if key and self._name_each_row_once(key):
            return Matching(*_pair(*self.number_rows(key)), key, "")
        # Equal rows first: a row that is gone does not shift all that come after it.
        a, b = _pair(*_count_equal(*self.number_rows(self.shared)))
        if not key:
            return Matching(a, b, (), _NO_KEY)
        rest_a = np.setdiff1d(np.arange(len(self.a)), a)
        rest_b = np.setdiff1d(np.arange(len(self.b)), b)
        codes_a, codes_b = self.number_rows(key)
        more_a, more_b = _pair(*_count_equal(codes_a[rest_a], codes_b[rest_b]))
        all_a, all_b = np.concatenate([a, rest_a[more_a]]), np.concatenate([b, rest_b[more_b]])
        order = np.argsort(all_a, kind="stable")
        return Matching(all_a[order], all_b[order], key, _SHARED_KEY)

    def _find_key(self) -> tuple[str, ...]:
        """The columns that name a row, as the tables of a casebook declare them; () for none.

        Rows of claims may be of several tables, one below the other. A table that a notebook
        works out has some columns of declared keys, and words of its own beside them.
        """
        claims = [t for t in list_claim_tables() if set(t.identity) <= set(self.shared)]
        if claims:
            declared = {"source_id", "locator", "claimant"}
            declared |= {name for table in claims for name in (*table.identity, *table.series)}
            return self._take(declared)
        tables = find_tables().values()
        whole = [table.key for table in tables if set(table.key) <= set(self.shared)]
        if whole:  # source_id names a source, and in the rows of another table says whose it is
            return self._take(max(whole, key=len))
        key = self._take({name for table in tables for name in table.identity})
        if key and self._name_each_row_once(key):
            return key
        words = self._take({*key, *filter(self._is_a_name, self.shared)})
        return words if self._name_each_row_once(words) else key

    def _take(self, names: Collection[str]) -> tuple[str, ...]:
        return tuple(name for name in self.shared if name in names)

    def _name_each_row_once(self, names: Sequence[str]) -> bool:
        return all(len(np.unique(codes)) == len(codes) for codes in self.number_rows(names))

    def _is_a_name(self, name: str) -> bool:
        """Whether a column holds words or whole numbers, and not what is said or measured."""
        cells = pd.concat([self.a[name], self.b[name]])
        is_measured = cells.str.fullmatch(r"-?\d+\.\d+(e[+-]?\d+)?").any()
        return not (_SAID & set(name.split("_")) or is_measured)


def _pair(a: Numbers, b: Numbers) -> tuple[Numbers, Numbers]:
    """The positions of equal numbers, each of which stands at most once in `a` and in `b`."""
    found = pd.Index(b).get_indexer(pd.Index(a)).astype(np.int64)
    here = np.flatnonzero(found >= 0).astype(np.int64)
    return here, found[here]


def _count_equal(a: Numbers, b: Numbers) -> tuple[Numbers, Numbers]:
    """Numbers of their own for the first, second, … of equal numbers, alike in `a` and `b`."""
    counts = [pd.Series(codes).groupby(codes).cumcount().to_numpy() for codes in (a, b)]
    width = max(int(count.max(initial=0)) for count in counts) + 1
    return a * width + counts[0], b * width + counts[1]


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


#: The first of these that has a word is who, what, and the day; the mark stands before it.
_PARTS = (
    ("", ("claimant_name", "claimant", "actor")),
    ("", ("counted", "statement", "description", "what", "member_state", "country", "iso3")),
    ("to ", ("as_of", "counted_to", "target_day")),
    ("published ", ("published_on",)),
)

#: Cells of a row that are shown where it has no words of that kind.
_SHOWN = 4


def name_rows(frame: pd.DataFrame, key: Sequence[str]) -> pd.Series:
    """Return a text for each row, such as "UN refugee agency, border crossings, to 2022-03-02".

    Parameters
    ----------
    frame : pandas.DataFrame
        All columns text; "" is an empty cell.
    key : sequence of str
        The columns that name a row: they are told where the row has no claimant.

    Returns
    -------
    pandas.Series
        Text, with the index of `frame`.
    """
    if any(name in frame for name in _PARTS[0][1]):
        label = pd.Series("", index=frame.index, dtype="str")
        for mark, names in _PARTS:
            part = _first_filled(frame, names)
            # The day known stands in only for the day counted.
            if mark == "published ":
                part = part.where(~label.str.contains(", to ", regex=False), "")
            label = _append(label, part, mark)
        return label
    label = pd.Series("", index=frame.index, dtype="str")
    for name in list(key) or [str(column) for column in frame.columns[:_SHOWN]]:
        label = _append(label, frame[name], f"{name}: ")
    return label


def _first_filled(frame: pd.DataFrame, names: Sequence[str]) -> pd.Series:
    part = pd.Series("", index=frame.index, dtype="str")
    for name in names:
        if name in frame:
            part = part.where(part != "", frame[name])
    return part


def _append(label: pd.Series, part: pd.Series, mark: str) -> pd.Series:
    said = (mark + part).where(part != "", "")
    comma = pd.Series(", ", index=label.index).where((label != "") & (said != ""), "")
    return label + comma + said
