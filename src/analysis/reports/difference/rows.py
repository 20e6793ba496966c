"""How the rows of two CSV files of one name differ: rows, cells, columns, order.

Which row is which is told by the key that its table declares (`analysis.tables.Table`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache

import numpy as np
import pandas as pd

from analysis.casebook.check import find_tables
from analysis.reports.difference.found import BOTH, ONLY_A, ONLY_B, TableDifference
from analysis.reports.difference.report_folder import UnreadableFile, read_cells
from analysis.tables import Table

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


@cache
def list_claim_tables() -> tuple[Table, ...]:
    """Return the tables of a casebook that hold claims of a series."""
    return tuple(t for t in find_tables().values() if t.holds_claims and t.series)


#: The first record is row 2 of a spreadsheet.
_FIRST_ROW = 2


def compare_table_files(name: str, a: bytes | None, b: bytes | None) -> TableDifference | None:
    """Return how two CSV files differ, None where they do not; None is a file that is not there.

    `name`: name of the table or chart.
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

    `a`, `b`: all columns text, an empty cell is "" (see `report_folder.read_cells`). `present`:
    both, a or b: which of them is a file at all.
    """
    a, b = (frame.reset_index(drop=True) for frame in (a, b))
    place, there = ({str(n): i for i, n in enumerate(frame.columns)} for frame in (a, b))
    # The same order whichever comes first, so that B against A mirrors A against B.
    shared = sorted(set(place) & set(there), key=lambda n: (place[n] + there[n], n))
    pairs, key, note = _match(a, b, shared)
    alone = [[n for n in names if n not in shared and present == BOTH] for names in (place, there)]
    in_a, in_b = ([n for n in names if n in shared] for names in (place, there))
    return TableDifference(
        name,
        present,
        len(a),
        len(b),
        tuple(key),
        note,
        tuple(alone[0]),
        tuple(alone[1]),
        a.drop(index=pd.Index(pairs["a"])),
        b.drop(index=pd.Index(pairs["b"])),
        _list_cells(a, b, pairs, shared, key),
        in_a != in_b or not pairs["b"].is_monotonic_increasing,
    )


def _match(
    a: pd.DataFrame, b: pd.DataFrame, shared: list[str]
) -> tuple[pd.DataFrame, list[str], str]:
    """Return which row of A is which row of B, by which columns, and a note.

    By the key of their table; where that names no row alone, equal rows first: a row that is
    gone does not shift all that come after it.

    Returns `a` and `b`, the labels of a row in both, by that in A.
    """
    if not len(a) or not len(b) or not shared:
        return pd.DataFrame({"a": [], "b": []}, dtype="int64"), [], ""
    key = _find_key(a, b, shared)
    if key and _name_each_row_once(a, b, key):
        return _pair(a, b, key), key, ""
    pairs = _pair(a, b, shared)
    if not key:
        return pairs, key, _NO_KEY
    rest = _pair(a.drop(index=pd.Index(pairs["a"])), b.drop(index=pd.Index(pairs["b"])), key)
    return pd.concat([pairs, rest]).sort_values("a"), key, _SHARED_KEY


def _pair(a: pd.DataFrame, b: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """Return the labels of rows that agree in `names`, the first with the first, and so on."""
    sides = []
    for side, frame in (("a", a), ("b", b)):
        cells = frame[names].set_axis(range(len(names)), axis="columns")
        count = cells.groupby(list(cells), sort=False).cumcount()
        sides.append(cells.assign(count=count, **{side: frame.index}))
    return sides[0].merge(sides[1])[["a", "b"]]


def _find_key(a: pd.DataFrame, b: pd.DataFrame, shared: list[str]) -> list[str]:
    """The columns that name a row, as the tables of a casebook declare them; [] for none.

    Rows of claims may be of several tables, one below the other. A table that a notebook
    works out has some columns of declared keys, and words of its own beside them.
    """

    def take(names: Collection[str]) -> list[str]:
        return [name for name in shared if name in names]

    claims = [t for t in list_claim_tables() if set(t.identity) <= set(shared)]
    if claims:
        declared = {"source_id", "locator", "claimant"}
        return take(declared.union(*((*table.identity, *table.series) for table in claims)))
    tables = find_tables().values()
    whole = [table.key for table in tables if set(table.key) <= set(shared)]
    if whole:  # source_id names a source, and in the rows of another table says whose it is
        return take(max(whole, key=len))
    key = take({name for table in tables for name in table.identity})
    if key and _name_each_row_once(a, b, key):
        return key
    words = take({*key, *(n for n in shared if _is_a_name(n, pd.concat([a[n], b[n]])))})
    return words if _name_each_row_once(a, b, words) else key


def _name_each_row_once(a: pd.DataFrame, b: pd.DataFrame, names: list[str]) -> bool:
    return not any(frame.duplicated(names).any() for frame in (a, b) if names)


def _is_a_name(name: str, cells: pd.Series) -> bool:
    """Whether a column holds words or whole numbers, and not what is said or measured."""
    is_measured = cells.str.fullmatch(r"-?\d+\.\d+(e[+-]?\d+)?").any()
    return not (_SAID & set(name.split("_")) or is_measured)


def _list_cells(
    a: pd.DataFrame, b: pd.DataFrame, pairs: pd.DataFrame, shared: list[str], key: list[str]
) -> pd.DataFrame:
    """One row a cell that differs between matched rows, by row of A and column."""
    before, after = (
        frame.loc[pairs[side], shared].to_numpy(dtype=object)
        for side, frame in (("a", a), ("b", b))
    )
    pair, column = (before != after).nonzero()
    row_a, row_b = pairs["a"].to_numpy()[pair], pairs["b"].to_numpy()[pair]
    named = a.loc[np.unique(row_a)]  # each row once, however many of its cells differ
    keys = pd.Series(map(tuple, named[key].to_numpy().tolist()), named.index, dtype="object")
    return pd.DataFrame(
        {
            "row": name_rows(named, key).loc[row_a].to_numpy(dtype=object),
            "row_a": row_a + _FIRST_ROW,
            "row_b": row_b + _FIRST_ROW,
            "key": keys.loc[row_a].to_numpy(),
            "column": np.array(shared, dtype=object)[column],
            "before": before[pair, column],
            "after": after[pair, column],
        }
    )


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

    `frame`: all columns text; "" is an empty cell. `key`: the columns that name a row: they are
    told where the row has no claimant. Returns text, with the index of `frame`.
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
