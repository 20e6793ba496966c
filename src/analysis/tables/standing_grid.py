"""A grid of days by series, over which what stands in each piece of the claims is laid in turn.

A claim that stands among all claims stands among those of its own piece too, so that a piece
gives what stands in it and is then forgotten.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.tables.known_each_day import to_days
from analysis.tables.standing_rows import Ints, find_first_day, number_series

#: The smallest whole number: no day counted is before it.
_NONE = int(np.iinfo(np.int64).min)


@dataclass(frozen=True)
class Standing:
    """Of the claims of one piece, the one of each series and day that stands above the others.

    It counts furthest of what was published since the day before.
    """

    keys: list[tuple[object, ...]]  # of its series, as they are met
    first: npt.NDArray[np.int64]  # the row in which each series is met
    line: Ints  # the day
    series: Ints
    counted: npt.NDArray[np.int64]  # the day counted, in the unit of its column
    known: npt.NDArray[np.int64]  # the day known
    row: npt.NDArray[np.int64]  # the place among all claims


def find_standing(
    claims: pd.DataFrame, series: Sequence[str], days: npt.NDArray[np.int64], start: int
) -> Standing:
    """Return what stands among the claims of one piece.

    Parameters
    ----------
    claims : pandas.DataFrame
        The claims of the piece: the columns that name a series, `as_of`, `published_on`.
    series : sequence of str
        The columns that name a series.
    days : numpy.ndarray of int64
        The days asked for, as days since 1970-01-01, sorted, each once.
    start : int
        The place of the first of the claims among all claims.
    """
    as_of, published_on = to_days(claims, "as_of"), to_days(claims, "published_on")
    numbers, first = number_series(claims, series)
    line = find_first_day(published_on, days)
    counted = np.where(np.isnat(as_of), published_on, as_of).view(np.int64)
    known = published_on.view(np.int64)
    # The last row of each series and day stands; rows that are alike stay in their order.
    order = np.lexsort((known, counted, line * len(first) + numbers))
    order = order[line[order] < len(days)]
    cell = line[order] * len(first) + numbers[order]
    row = order[np.append(cell[1:] != cell[:-1], True)[: len(order)]]
    named = claims[list(series)].take(first).astype(object)
    return Standing(
        keys=list(named.where(named.notna(), None).itertuples(index=False, name=None)),
        first=first + start,
        line=line[row],
        series=numbers[row],
        counted=counted[row],
        known=known[row],
        row=row + start,
    )


class StandingGrid:
    """Days by series: the claim published since the day before that counts furthest."""

    def __init__(self, days: int) -> None:
        self._numbers: dict[tuple[object, ...], int] = {}
        self._first: list[int] = []
        self._counted = self._known = self._row = np.full((days, 0), _NONE)

    @property
    def first(self) -> Ints:
        """The row in which each series is met."""
        return np.asarray(self._first, dtype=np.int64)

    def lay(self, other: Standing) -> None:
        """Lay a later piece over the earlier ones; of equal claims the later stands."""
        for key, first in zip(other.keys, other.first.tolist(), strict=True):
            if key not in self._numbers:
                self._numbers[key] = len(self._numbers)
                self._first.append(first)
        self._widen(len(self._numbers))
        number = np.asarray([self._numbers[key] for key in other.keys], dtype=np.int64)
        line, series = other.line, number[other.series]
        counted, known = self._counted[line, series], self._known[line, series]
        newer = (other.counted > counted) | ((other.counted == counted) & (other.known >= known))
        line, series = line[newer], series[newer]
        self._counted[line, series] = other.counted[newer]
        self._known[line, series] = other.known[newer]
        self._row[line, series] = other.row[newer]

    def _widen(self, count: int) -> None:
        """Make room, and a quarter more, so that many small pieces do not copy each time."""
        days, wide = self._row.shape
        if count > wide:
            room = max(count, wide + wide // 4)
            for name in ("_counted", "_known", "_row"):
                wider = np.full((days, room), _NONE)
                wider[:, :wide] = getattr(self, name)
                setattr(self, name, wider)

    def carry_on(self) -> Ints:
        """Return the row that stands on each day: what is not overtaken stands on."""
        count = len(self._first)
        kind = np.int32 if self._row.max(initial=0) < 2**31 else np.int64
        rows: Ints = np.full((len(self._row), count), -1, dtype=kind)
        for line, (counted, row) in enumerate(zip(self._counted, self._row, strict=True)):
            if line:
                stays = counted < self._counted[line - 1]
                np.copyto(counted, self._counted[line - 1], where=stays)
                np.copyto(row, self._row[line - 1], where=stays)
            np.maximum(row[:count], -1, out=rows[line], casting="unsafe")
        return rows
