"""Which row of each series stands on each of many days, in arrays and in one pass.

The rows of a series are put in order by one whole number each (day counted, then day known,
then place in the frame). The largest number of each series and day is scattered into a grid of
days by series, and a running maximum down the days carries it on.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Ints = npt.NDArray[np.signedinteger[Any]]
Days = npt.NDArray[np.datetime64]

#: How many of its unit a day has, by the unit of a column of days.
_A_DAY = {"s": 86_400, "ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}

#: How numpy writes a missing day as a whole number: the smallest there is.
_MISSING = int(np.iinfo(np.int64).min)

#: So many rows at a time stay in the processor's cache, and need no memory to speak of.
_ROWS_AT_ONCE = 1 << 15

#: A table of days up to so long (11,000 years) is made; longer spans of days are searched.
_LONGEST_TABLE = 1 << 22


def number_series(claims: pd.DataFrame, series: Sequence[str]) -> tuple[Ints, Ints]:
    """Return the number of each row's series, and the row in which each series is first met.

    Parameters
    ----------
    claims : pandas.DataFrame
        Claims; a column of categories costs least.
    series : sequence of str
        The columns that name a series; a missing value is a value of its own.

    Returns
    -------
    tuple of numpy.ndarray
        The number of each row's series, 0, 1, … as they are met; the first row of each.
    """
    numbers: Ints = np.zeros(len(claims), dtype=np.int32)
    sizes = 1
    for name in series:
        codes, size = _code(claims[name])
        if sizes * size >= np.iinfo(np.int64).max:
            numbers, sizes = _close_up(numbers)
        sizes *= size
        # Half as wide is twice as fast, and holds the series of nearly every casebook.
        if sizes >= np.iinfo(np.int32).max and numbers.dtype == np.int32:
            numbers = numbers.astype(np.int64)
        numbers *= size
        numbers += codes.astype(numbers.dtype, copy=False)
    numbers, count = _close_up(numbers)
    first = np.searchsorted(np.maximum.accumulate(numbers), np.arange(count))
    return numbers, first


def _code(column: pd.Series) -> tuple[Ints, int]:
    """Return a number for each value, -1 where it is missing, and how many values there are."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        small: Ints = np.asarray(column.cat.codes)
        return small, len(column.dtype.categories) + 1
    codes, values = pd.factorize(column)
    return np.asarray(codes, dtype=np.int64), len(values) + 1


def _close_up(numbers: Ints) -> tuple[npt.NDArray[np.int64], int]:
    closed, met = pd.factorize(numbers)
    return np.asarray(closed, dtype=np.int64), len(met)


def find_standing_rows(
    as_of: Days, published_on: Days, numbers: Ints, count: int, days: npt.NDArray[np.int64]
) -> Ints:
    """Return the row of each series that stands on each day.

    Parameters
    ----------
    as_of, published_on : numpy.ndarray of datetime64
        The day counted and the day known of each row; either may be missing (NaT). A row
        without a day known is never known.
    numbers : numpy.ndarray of int
        The number of each row's series, from 0 to below `count`.
    count : int
        How many series there are.
    days : numpy.ndarray of int64
        The days asked for, as days since 1970-01-01, sorted, each once.

    Returns
    -------
    numpy.ndarray of int32
        Days by series; -1 where nothing of the series was known yet. Rows are int64 where
        there are 2**31 of them or more.
    """
    kind = np.int32 if len(numbers) < 2**31 else np.int64
    if not len(days) or not len(numbers):
        return np.full((len(days), count), -1, dtype=kind)
    grid = np.full((len(days) + 1, count), -1, dtype=np.int64)
    # The last line takes what is published after the last day, or never.
    place = _scatter_whole_days(as_of, published_on, numbers, days, grid)
    order = None
    if place is None:
        grid.fill(-1)
        order = _scatter_ranks(as_of, published_on, numbers, days, grid)
    for line in range(1, len(days)):
        np.maximum(grid[line], grid[line - 1], out=grid[line])
    standing = grid[:-1]
    rows = np.empty(standing.shape, dtype=kind)
    for line, found in enumerate(standing):
        if order is not None:
            rows[line] = order[found]
        else:
            rows[line] = found & place
        rows[line][found < 0] = -1
    return rows


def _scatter_whole_days(
    as_of: Days, published_on: Days, numbers: Ints, days: npt.NDArray[np.int64], grid: Ints
) -> int | None:
    """Put the largest number of each cell into `grid`; return the mask of the row in it.

    None where that can't be done: a time of day matters, or the days lie so far apart that
    both days and the row do not fit one whole number.
    """
    counted, a_day_counted = _to_whole(as_of)
    known, a_day_known = _to_whole(published_on)
    spans = _span(known, a_day_known), _span(counted, a_day_counted)
    if spans[0] is None:
        return 0
    first, last = spans[0]
    never = last + 1  # stands for a missing day of publication
    earliest, latest = min(first, (spans[1] or spans[0])[0]), max(never, (spans[1] or spans[0])[1])
    row_bits = len(numbers).bit_length()
    known_bits = (never - first).bit_length()
    bits = row_bits + known_bits + (latest - earliest).bit_length()
    if bits > 63 or never - first > _LONGEST_TABLE:
        return None
    lines = np.searchsorted(days, np.arange(first, never + 1)) * grid.shape[1]
    lines[-1] = len(days) * grid.shape[1]
    cells = grid.reshape(-1)
    for start in range(0, len(numbers), _ROWS_AT_ONCE):
        some = slice(start, start + _ROWS_AT_ONCE)
        on = known[some] // a_day_known
        to = counted[some] // a_day_counted
        uncounted = counted[some] == _MISSING
        unknown = known[some] == _MISSING
        whole = (on * a_day_known == known[some]) | unknown
        whole &= (to * a_day_counted == counted[some]) | uncounted
        if not whole.all():
            return None
        on[unknown] = never
        to[uncounted] = on[uncounted]
        on -= first
        number = (to - earliest) << known_bits
        number |= on
        number <<= row_bits
        number |= np.arange(start, start + len(on))
        np.maximum.at(cells, lines[on] + numbers[some], number)
    return (1 << row_bits) - 1


def _scatter_ranks(
    as_of: Days, published_on: Days, numbers: Ints, days: npt.NDArray[np.int64], grid: Ints
) -> Ints:
    """Do the same by sorting all rows, whatever their days; return the row of each rank."""
    counted = np.where(np.isnat(as_of), published_on, as_of)
    order = np.lexsort((published_on, counted))
    ranks = np.empty(len(order), dtype=np.int64)
    ranks[order] = np.arange(len(order))
    cells = find_first_day(published_on, days) * grid.shape[1] + numbers
    np.maximum.at(grid.reshape(-1), cells, ranks)
    return order


def find_first_day(published_on: Days, days: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return the place of the first of `days` on which each row is known; `len(days)` if none."""
    known, a_day = _to_whole(published_on)
    # What is published in the course of a day is known on the next one.
    place = np.searchsorted(days, -(-known // a_day))
    place[known == _MISSING] = len(days)
    return place


def _to_whole(days: Days) -> tuple[npt.NDArray[np.int64], int]:
    return days.view(np.int64), _A_DAY[np.datetime_data(days.dtype)[0]]


def _span(days: npt.NDArray[np.int64], a_day: int) -> tuple[int, int] | None:
    """Return the first and last day that is not missing."""
    first, last = int(days.min()), int(days.max())
    if last == _MISSING:
        return None
    if first == _MISSING:
        first = int(days.min(where=days != _MISSING, initial=last))
    return first // a_day, last // a_day
