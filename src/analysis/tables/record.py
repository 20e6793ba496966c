"""One row of a frame as a mapping: what `DataFrame.to_dict("records")` gives."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any, TypeAlias

import pandas as pd

#: Column to cell. Cells are of any type, so that is what a checker is told.
Record: TypeAlias = dict[Hashable, Any]


def pick_repeated(
    frame: pd.DataFrame, numbers: pd.Series, columns: Iterable[str] = ()
) -> list[list[Record]]:
    """Return the records of each group that has more than one row, in the order of the frame.

    `numbers` are those of `number_series`. Rows that stand alone are never made into records; for
    `columns` see `to_records`.
    """
    several = numbers.duplicated(keep=False)
    records = to_records(frame[several], columns)
    groups: dict[int, list[Record]] = {}
    for number, record in zip(numbers[several], records, strict=True):
        groups.setdefault(number, []).append(record)
    return list(groups.values())


def to_records(frame: pd.DataFrame, columns: Iterable[str]) -> list[Record]:
    """Return the rows of `frame` with those of `columns` that it has; with all if it has none.

    A frame of claims has some thirty columns; to take out those that are read is several times
    as fast as to take out all.
    """
    chosen = [name for name in dict.fromkeys(columns) if name in frame]
    plain = pd.DataFrame(frame)  # without its `attrs`, which pandas would copy with each column
    return (plain[chosen] if chosen else plain).to_dict("records")
