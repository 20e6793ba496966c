"""Arithmetic on whole frames of bounds, row by row, by the rules of single figures.

Every function takes frames with low, best and high (as `read_column` returns them) on the same
index. The second may also be one `Bounds` for all rows: the population of a country. Where a row
is missing in either, the result is missing. Frames carry no unit: keep it beside them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import pandas as pd

from analysis.bounds import arithmetic
from analysis.bounds.columns import bounds_of, frame_of
from analysis.bounds.comparing import compare
from analysis.bounds.saying import say_bounds
from analysis.bounds.value import Bounds

Result = TypeVar("Result")


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
