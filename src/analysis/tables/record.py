"""One row of a frame as a mapping: what `DataFrame.to_dict("records")` gives."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any, TypeAlias

import pandas as pd

#: Column to cell. Cells are of any type, so that is what a checker is told.
Record: TypeAlias = dict[Hashable, Any]


def to_records(frame: pd.DataFrame, columns: Iterable[str]) -> list[Record]:
    """Return the rows of `frame` with those of `columns` that it has; with all if it has none.

    A frame of claims has some thirty columns; to take out those that are read is several times
    as fast as to take out all.
    """
    chosen = [name for name in dict.fromkeys(columns) if name in frame]
    return (frame[chosen] if chosen else frame).to_dict("records")
