"""Bounds by the column: wordings to a frame, frames to bounds and back, and arithmetic on frames.

The arithmetic goes row by row, by the rules of single figures. Every function of it takes frames
with low, best and high (as `read_column` returns them) on the same index. The second may also be
one `Bounds` for all rows: the population of a country. Where a row is missing in either, the
result is missing. Frames carry no unit: keep it beside them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from typing import Final, TypeVar, cast

import numpy as np
import pandas as pd

from analysis.bounds import arithmetic
from analysis.bounds.comparing import compare
from analysis.bounds.reading import read_wording
from analysis.bounds.saying import say_bounds
from analysis.bounds.unreadable import UnreadableWording
from analysis.bounds.value import Bounds, Number, bounds_between, exact
from analysis.bounds.words import BLANKS

ENDS: Final = ["low", "best", "high"]
FLAGS: Final = ["low_excluded", "high_excluded"]
COLUMNS: Final = [*ENDS, "qualifier", *FLAGS]

Result = TypeVar("Result")

#: The largest whole number that an Int64 column holds.
_LARGEST: Final = 2**63 - 1


def read_column(words: pd.Series, counts: bool | pd.Series = True) -> pd.DataFrame:
    """Read a column of wordings.

    Parameters
    ----------
    words : Series
        One figure a row, as for `read_wording`. Empty or missing: no figure is stated.
    counts : bool or Series of bool
        Whether people or things are counted, for all rows or row by row.

    Returns
    -------
    DataFrame
        With the index of `words`:
        low, best, high              Int64 when every number is whole, else Float64;
                                     an open end and a missing figure are <NA>
        qualifier                    as in `Bounds`; <NA> where no figure is stated
        low_excluded, high_excluded  bool; True when the end itself is not meant

    Raises
    ------
    UnreadableWording
        For the first wording that cannot be read; a note names its row.
    """
    frame, errors = try_column(words, counts)
    if errors:
        label, error = errors[0]
        error.add_note(f"row {label}; unreadable wordings in all: {len(errors)}")
        raise error
    return frame


def try_column(
    words: pd.Series, counts: bool | pd.Series = True
) -> tuple[pd.DataFrame, list[tuple[Hashable, UnreadableWording]]]:
    """Read a column of wordings and collect what cannot be read.

    Returns
    -------
    tuple
        The frame of `read_column`, with missing ends in unreadable rows, and a list of
        (row label, error) in the order of the rows.
    """
    text = words.astype("string").str.strip(BLANKS)
    text = text.mask(text == "")
    # Each different wording is read once, however often it is repeated.
    codes, uniques = pd.factorize(text)
    distinct = list(uniques)  # cell by cell out of an Arrow array is slow
    keys = np.where(codes < 0, -1, 2 * codes + _flags(counts, words))
    slots, rows = np.unique(keys, return_inverse=True)
    read: list[Bounds | None] = []
    failed: dict[int, UnreadableWording] = {}
    for slot, key in enumerate(slots):
        bounds = None
        if key >= 0:
            try:
                bounds = read_wording(distinct[key // 2], counts=bool(key % 2))
            except UnreadableWording as error:
                failed[slot] = error
        read.append(bounds)
    frame = frame_of(read).take(rows).set_axis(words.index)
    at_fault = np.flatnonzero(np.isin(rows, list(failed)))
    return frame, [(words.index[int(row)], failed[int(rows[row])]) for row in at_fault]


def frame_of(bounds: Sequence[Bounds | None], index: pd.Index | None = None) -> pd.DataFrame:
    """Make a frame of bounds, one a row, in the columns of `read_column`; None is a missing row."""
    numbers = [n for b in bounds if b is not None for n in (b.low, b.best, b.high)]
    whole = all(n is None or (isinstance(n, int) and abs(n) <= _LARGEST) for n in numbers)
    kind = "Int64" if whole else "Float64"
    ends = {end: pd.Series([_cell(b, end, whole) for b in bounds], dtype=kind) for end in ENDS}
    qualifier = pd.Series([None if b is None else b.qualifier for b in bounds], dtype="string")
    excluded = {
        flag: pd.Series([b is not None and getattr(b, flag) for b in bounds], dtype=bool)
        for flag in FLAGS
    }
    frame = pd.DataFrame({**ends, "qualifier": qualifier, **excluded})
    return frame if index is None else frame.set_axis(index)


def bounds_of(frame: pd.DataFrame) -> list[Bounds | None]:
    """Take the bounds out of each row of a frame; None where no figure is stated.

    `frame` needs low, best and high. Without a qualifier it is worked out from the ends;
    without low_excluded and high_excluded no end is excluded.

    Raises ValueError, naming the row, where low, best and high are not in order.
    """
    missing = [end for end in ENDS if end not in frame]
    if missing:
        raise ValueError(f"a frame of bounds needs the column {missing[0]}")
    cells = frame.reindex(columns=COLUMNS).astype(object)
    bounds = []
    for label, *row in cells.itertuples(name=None):
        try:
            bounds.append(_bounds_of_row(*row))
        except ValueError as error:
            raise ValueError(f"row {label}: {error}") from None
    return bounds


def add_columns(one: pd.DataFrame, other: pd.DataFrame | Bounds) -> pd.DataFrame:
    """Add in each row, in the columns of `read_column`."""
    return frame_of(_row_by_row(arithmetic.add, one, other), one.index)


def subtract_columns(one: pd.DataFrame, other: pd.DataFrame | Bounds) -> pd.DataFrame:
    """Say how much greater `one` is than `other`, row by row."""
    return frame_of(_row_by_row(arithmetic.subtract, one, other), one.index)


def ratio_columns(one: pd.DataFrame, other: pd.DataFrame | Bounds) -> pd.DataFrame:
    """Divide in each row: how many times `other` goes into `one`."""
    return frame_of(_row_by_row(arithmetic.ratio, one, other), one.index)


def share_columns(part: pd.DataFrame, whole: pd.DataFrame | Bounds) -> pd.DataFrame:
    """Work out what percentage of `whole` (the denominator) `part` is in each row.

    Raises ValueError, naming the row, where the part is necessarily greater than the whole.
    """
    return frame_of(_row_by_row(arithmetic.share, part, whole), part.index)


def compare_columns(one: pd.DataFrame, other: pd.DataFrame | Bounds) -> pd.Series:
    """Say whether `one` is greater than `other` in each row, in the words of `compare`."""
    return pd.Series(_row_by_row(compare, one, other), index=one.index, dtype="string")


def say_column(frame: pd.DataFrame, digits: int | None = None, unit: str = "") -> pd.Series:
    """Say each row in words, as `say_bounds` says it; <NA> where no figure is stated."""
    said = [
        None if bounds is None else say_bounds(replace(bounds, unit=unit), digits)
        for bounds in bounds_of(frame)
    ]
    return pd.Series(said, index=frame.index, dtype="string")


def _bounds_of_row(*cells: object) -> Bounds | None:
    low, best, high = (_number(cell) for cell in cells[:3])
    qualifier = cells[3]
    low_excluded, high_excluded = (not _is_missing(cell) and bool(cell) for cell in cells[4:])
    if not _is_missing(qualifier):
        return Bounds(low, best, high, str(qualifier), low_excluded, high_excluded)
    if low is best is high is None:
        return None
    return bounds_between(
        low, high, best=best, low_excluded=low_excluded, high_excluded=high_excluded
    )


def _number(cell: object) -> Number | None:
    return None if _is_missing(cell) else exact(cast(float, cell))


def _is_missing(cell: object) -> bool:
    return bool(pd.isna(cast(float, cell)))


def _cell(bounds: Bounds | None, end: str, whole: bool) -> object:
    number = None if bounds is None else getattr(bounds, end)
    return number if number is None or whole else float(number)


def _flags(counts: bool | pd.Series, words: pd.Series) -> np.ndarray:
    if not isinstance(counts, pd.Series):
        return np.full(len(words), counts, dtype=int)
    if not counts.index.equals(words.index):
        raise ValueError("counts and words need the same rows")
    if counts.isna().any():
        raise ValueError("counts must be True or False in every row")
    return counts.to_numpy(dtype=bool).astype(int)


def _row_by_row(
    function: Callable[[Bounds, Bounds], Result], one: pd.DataFrame, other: pd.DataFrame | Bounds
) -> list[Result | None]:
    if isinstance(other, Bounds):
        others: list[Bounds | None] = [other] * len(one)
    elif other.index.equals(one.index):
        others = bounds_of(other)
    else:
        raise ValueError("the two frames need the same rows (index) in the same order")
    results: list[Result | None] = []
    for label, left, right in zip(one.index, bounds_of(one), others, strict=True):
        try:
            results.append(None if left is None or right is None else function(left, right))
        except (ValueError, ZeroDivisionError) as error:
            raise type(error)(f"row {label}: {error}") from None
    return results
