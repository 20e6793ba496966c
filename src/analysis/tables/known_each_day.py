"""The latest claim of each series on each of many days, as it was known then, in one pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.tables.clocks import parse_day
from analysis.tables.errors import shorten, suggest
from analysis.tables.standing_rows import Days, Ints, find_standing_rows, number_series

#: Rows by their place, with some columns or all, become a frame with the index 0, 1, ….
Take = Callable[[Ints, list[str] | None], pd.DataFrame]


@dataclass(frozen=True, eq=False)
class KnownEachDay:
    """Which claim of each series was the latest on each day, as known on that day.

    Answers are places of rows, four bytes each, so that a year of days of 16,000 series takes
    23 MB; the claims themselves are gathered for one day, one series or some columns.

    Attributes
    ----------
    days : pandas.DatetimeIndex
        The days asked for, in the order in which they were asked.
    series : pandas.DataFrame
        One row a series, in the order in which the claims first name them: the columns that
        name a series.
    rows : numpy.ndarray of int32
        `len(days)` by `len(series)`: the place in the claims (0 is the first row) of the claim
        that stands; -1 where nothing of the series was known yet.
    """

    days: pd.DatetimeIndex
    series: pd.DataFrame
    rows: Ints
    _take: Take = field(repr=False)

    def of_day(self, day: str | date) -> pd.DataFrame:
        """Return the latest claim of each series as known on one of the days.

        The same frame as `latest_claims(as_known_on(claims, day), series)`.

        Raises
        ------
        ValueError
            `day` is no day, or none of those asked for.
        """
        found = np.flatnonzero(self.days == parse_day(day, "day"))
        if not len(found):
            raise ValueError(
                f"day: {parse_day(day):%Y-%m-%d} is not among the {len(self.days):,} days asked for"
            )
        rows = self.rows[found[0]]
        return self._take(np.sort(rows[rows >= 0]), None)

    def of_series(self, **keys: object) -> pd.DataFrame:
        """Return the latest claim of one series on each day on which one was known.

        Parameters
        ----------
        **keys
            Values of the columns that name the series, as many as it takes to tell it from
            the others; None for a missing value.

        Returns
        -------
        pandas.DataFrame
            One row a day, in the order of `days`: `known_on`, then the columns of the claims.
            Days before the first claim are left out.

        Raises
        ------
        ValueError
            A column is unknown, or the values fit no series or several.
        """
        chosen = np.ones(len(self.series), dtype=bool)
        for name, value in keys.items():
            require(self.series.columns, [name], "of_series")
            column = self.series[name]
            same = column.isna() if value is None else (column == value).fillna(False)
            chosen &= same.to_numpy(dtype=bool)
        if chosen.sum() != 1:
            said = ", ".join(f"{name}={shorten(str(value))}" for name, value in keys.items())
            raise ValueError(f"of_series: {chosen.sum():,} series are {said}; expected one")
        rows = self.rows[:, int(chosen.argmax())]
        return self._gather(rows[rows >= 0], self.days[rows >= 0], None)

    def long(self, columns: Sequence[str]) -> pd.DataFrame:
        """Return some columns of every answer: one row a day and series of which one was known.

        Parameters
        ----------
        columns : sequence of str
            Columns of the claims. A year of days of 16,000 series has 5.8 million rows: name
            those that are needed.

        Returns
        -------
        pandas.DataFrame
            `known_on`, then `columns`; the days in the order of `days`, each in the order of
            the claims.
        """
        rows = np.sort(self.rows, axis=1)
        known = rows >= 0
        return self._gather(rows[known], self.days.repeat(known.sum(axis=1)), list(columns))

    def _gather(
        self, rows: Ints, known_on: pd.DatetimeIndex, columns: list[str] | None
    ) -> pd.DataFrame:
        frame = self._take(rows, columns)
        frame.insert(0, "known_on", known_on)
        return frame


def known_each_day(
    claims: pd.DataFrame,
    series: Sequence[str],
    days: pd.DatetimeIndex | pd.Series | Iterable[str | date],
) -> KnownEachDay:
    """Return the latest claim of each series as it was known on each of `days`.

    The same as `latest_claims(as_known_on(claims, day), series)` for every day: of what was
    published on the day or before, the claim with the last day counted (where none is stated,
    the day published stands for it), then the one published last, then the last in the frame.
    Claims that were withdrawn or denied are claims like others, as they are there.

    Parameters
    ----------
    claims : pandas.DataFrame
        Claims with `as_of` and `published_on`, in any order. It is not changed.
    series : sequence of str
        The columns that name a series (`Table.series`); a missing value is a value of its own.
        Columns of categories cost least.
    days : pandas.DatetimeIndex, pandas.Series or iterable of str or datetime.date
        The days of the replay, in any order, each as often as wanted.

    Returns
    -------
    KnownEachDay
        Places of rows, days by series. While it is made, it takes 12 bytes a day and series
        and about 30 bytes a claim beside the claims.

    Raises
    ------
    ValueError
        A column is missing or holds no days, or one of `days` is none; the message is one line.
    """
    check_series(series)
    require(claims.columns, [*series, "as_of", "published_on"], "claims")
    asked = read_days(days)
    whole = asked.to_numpy(dtype="datetime64[D]").astype(np.int64)
    each, which = np.unique(whole, return_inverse=True)
    numbers, first = number_series(claims, series)
    rows = find_standing_rows(
        to_days(claims, "as_of"), to_days(claims, "published_on"), numbers, len(first), each
    )
    if not np.array_equal(each, whole):
        rows = rows[which]
    named = claims[list(series)].take(first).reset_index(drop=True)
    return KnownEachDay(asked, named, rows, _take_from(claims.copy(deep=False)))


def _take_from(claims: pd.DataFrame) -> Take:
    def take(rows: Ints, columns: list[str] | None) -> pd.DataFrame:
        require(claims.columns, columns or [], "claims")
        chosen = claims if columns is None else claims[columns]
        return chosen.take(rows).reset_index(drop=True)

    return take


def check_series(series: Sequence[str]) -> None:
    """Raise ValueError where `series` is not a list of columns."""
    if isinstance(series, str) or not len(series):
        raise ValueError("series: expected a list of columns such as ['claimant', 'outcome']")


def read_days(days: pd.DatetimeIndex | pd.Series | Iterable[str | date]) -> pd.DatetimeIndex:
    """Return the days that `days` says, in its order.

    Raises
    ------
    ValueError
        One of them is no day; the message is one line.
    """
    if isinstance(days, (str, date)):
        raise ValueError("days: expected a list of days such as ['2022-03-03', '2022-03-04']")
    if isinstance(days, (pd.DatetimeIndex, pd.Series)) and days.dtype.kind == "M":
        index = pd.DatetimeIndex(days).tz_localize(None).normalize().rename(None)
        if index.hasnans:
            raise ValueError("days: one of them is missing (NaT); expected days")
        return index
    return pd.DatetimeIndex([parse_day(day, "days") for day in days], dtype="datetime64[us]")


def require(there: Iterable[str], names: Iterable[str], where: str) -> None:
    """Raise ValueError where one of the columns `names` is not `there`; `where` opens it."""
    known = list(there)
    for name in names:
        if name not in known:
            hint = suggest(name, map(str, known))
            said = f'{where}: there is no column "{shorten(name)}"'
            raise ValueError(said + (f"; {hint}" if hint else ""))


def to_days(claims: pd.DataFrame, name: str) -> Days:
    """Return a column of days, missing ones as NaT; ValueError where it holds none."""
    column = claims[name]
    if isinstance(column.dtype, np.dtype) and column.dtype.kind == "M":
        return column.to_numpy()
    if isinstance(column.dtype, pd.ArrowDtype) and column.dtype.kind == "M":
        return to_days(column.dt.tz_localize(None).astype("datetime64[us]").to_frame(), name)
    if column.isna().all():
        empty: npt.NDArray[np.datetime64] = np.full(len(column), "NaT", dtype="datetime64[us]")
        return empty
    raise ValueError(f"{name}: expected a column of days (datetime64), not {column.dtype}")
