"""Series over time as they are drawn: one track a claimant, its points with their bounds."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.charts.bar import DOUBTS, to_flag
from analysis.charts.palette import OTHER_CLAIMANT, PARTY, SIDES
from analysis.charts.typeset import plain

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

#: Lines and marks that tell tracks apart without colour; ▲ and ▼ are left to the open ends.
_DASHES: tuple[tuple[float, ...], ...] = ((), (5, 1.6), (1.3, 1.1), (6, 1.6, 1.3, 1.6))
_MARKERS = ("o", "s", "D", "P", "X", "p", "h", "*")
_COLOURS = (OTHER_CLAIMANT, *SIDES)

#: Statuses that make a point hollow.
_HOLLOW = (*DOUBTS, "withdrawn")

_EPOCH = pd.Timestamp("1970-01-01")
_A_DAY = pd.Timedelta(days=1)


@dataclass(frozen=True)
class Track:
    """One series: its points in the order of days, and how its line looks.

    `low`, `best` and `high` have NaN for an end that is open or not stated.
    """

    name: str
    detail: str
    last: str
    party: bool
    days: Numbers
    low: Numbers
    best: Numbers
    high: Numbers
    doubtful: Flags
    doubts: tuple[str, ...]
    segment: npt.NDArray[np.int64]
    breaks: tuple[tuple[float, str], ...]
    colour: str = OTHER_CLAIMANT
    dash: tuple[float, ...] = ()
    marker: str = "o"

    @property
    def is_ceiling(self) -> Flags:
        """Points that say "up to": an upper end, and no lower one or zero."""
        no_floor = np.isnan(self.low) | (self.low == 0)
        return np.asarray(no_floor & np.isnan(self.best) & (self.high > 0))

    @property
    def is_floor(self) -> Flags:
        """Points that say "at least": no upper end."""
        return np.asarray(np.isnan(self.high))

    @property
    def has_range(self) -> Flags:
        """Points with two different ends."""
        return np.asarray((self.high > self.low) & ~self.is_ceiling)

    @property
    def value(self) -> Numbers:
        """The one number of each point: best, the floor or the ceiling; NaN for a bare range."""
        ends = np.where(self.is_ceiling, self.high, np.where(self.is_floor, self.low, np.nan))
        exact = np.where(self.low == self.high, self.low, ends)
        return np.where(np.isnan(self.best), exact, self.best)

    @property
    def end(self) -> float:
        """Where the track ends, for its label: the last number, or the top of a last range."""
        value = float(self.value[-1])
        return float(self.high[-1]) if np.isnan(value) else value

    @property
    def top(self) -> float:
        """The largest number drawn."""
        return float(np.nanmax([self.low, self.best, self.high]))

    def stretches(self, longest: float) -> Iterator[slice]:
        """Yield the points that are joined: no break and at most `longest` days between two."""
        apart = (np.diff(self.segment) != 0) | (np.diff(self.days) > longest)
        edges = np.flatnonzero(apart) + 1
        for start, stop in pairwise([0, *edges.tolist(), len(self.days)]):
            yield slice(start, stop)

    def gaps(self, longest: float) -> Iterator[tuple[int, int]]:
        """Yield two points with more than `longest` days and no break between them."""
        apart = (np.diff(self.segment) == 0) & (np.diff(self.days) > longest)
        for number in np.flatnonzero(apart).tolist():
            yield number, number + 1


def make_tracks(rows: pd.DataFrame, day: str) -> list[Track]:
    """Return one track a series of `rows`, in the order in which they come, each with its look.

    A series has one `series`, or else one `claimant_name` and `counted`. Rows without any
    figure or without a day in the column `day` are left out.
    """
    ends = ["low", "best", "high"]
    drawn = rows[rows[ends].notna().any(axis="columns") & rows[day].notna()]
    if "series" in drawn:
        keys = ["series"]
    else:
        keys = ["claimant_name", *(["counted"] if "counted" in drawn else [])]
    differ = len(keys) > 1 and drawn["counted"].nunique() > 1
    tracks = [
        _make_track(of_series, day, plain(key[0]), plain(key[1]) if differ else "")
        for key, of_series in drawn.groupby(keys, sort=False, dropna=False)
    ]
    return _give_looks(tracks)


def _give_looks(tracks: list[Track]) -> list[Track]:
    """Give each track a colour, a dash and a mark of its own; the longest lines are whole."""
    order = sorted(range(len(tracks)), key=lambda number: (-len(tracks[number].days), number))
    looks: dict[int, dict[str, Any]] = {}
    of_kind = {True: 0, False: 0}
    for place, number in enumerate(order):
        party = tracks[number].party
        turn, of_kind[party] = of_kind[party], of_kind[party] + 1
        colour = PARTY if party else _COLOURS[turn % len(_COLOURS)]
        turn += 0 if party else turn // len(_COLOURS)
        marker = _MARKERS[place % len(_MARKERS)]
        looks[number] = {"colour": colour, "dash": _DASHES[turn % len(_DASHES)], "marker": marker}
    return [replace(track, **looks[number]) for number, track in enumerate(tracks)]


def _is_party(rows: pd.DataFrame) -> bool:
    return "is_party" in rows and to_flag(rows["is_party"].iloc[-1])


def _make_track(rows: pd.DataFrame, day: str, name: str, detail: str) -> Track:
    rows = rows.sort_values(day, kind="stable")
    low, best, high = (_to_numbers(rows[end]) for end in ("low", "best", "high"))
    # "Best" alone is a figure with no more to it.
    alone = np.isnan(low) & np.isnan(high)
    last = rows.iloc[-1].to_dict()
    status = rows["status"].map(plain) if "status" in rows else pd.Series("", index=rows.index)
    wording = plain(last.get("wording"))
    doubt = status.iloc[-1] if status.iloc[-1] in _HOLLOW else ""
    days = to_days(rows[day])
    return Track(
        name=name,
        detail=detail,
        last=", ".join(filter(None, [wording, doubt])),
        party=_is_party(rows),
        days=days,
        low=np.where(alone, best, low),
        best=best,
        high=np.where(alone, best, high),
        doubtful=status.isin(_HOLLOW).to_numpy(dtype=bool),
        doubts=tuple(word for word in _HOLLOW if status.eq(word).any()),
        segment=rows["segment"].to_numpy(dtype=np.int64)
        if "segment" in rows
        else np.zeros(len(rows), dtype=np.int64),
        breaks=tuple(_find_breaks(rows, days)),
    )


def _find_breaks(rows: pd.DataFrame, days: Numbers) -> Iterator[tuple[float, str]]:
    """Yield the day of each break between two points and its reason.

    The break stands at `breaks_on` where the column is there, else where the new points begin.
    """
    if "segment" not in rows:
        return
    records: list[dict[Hashable, object]] = rows.to_dict("records")
    for number in (np.flatnonzero(np.diff(rows["segment"].to_numpy())) + 1).tolist():
        stated = records[number].get("breaks_on")
        day = days[number]
        if stated is not None and not pd.isna(stated):  # type: ignore[call-overload]
            at = float(to_days(pd.Series([stated]))[0])
            day = min(max(at, days[number - 1]), day)
        yield float(day), plain(records[number].get("break_reason"))


def _to_numbers(column: pd.Series) -> Numbers:
    return np.asarray(column.astype("Float64").to_numpy(dtype="float64", na_value=np.nan))


def to_days(days: pd.Series) -> Numbers:
    """Return days as matplotlib counts them: whole days since 1970."""
    since = pd.to_datetime(days).dt.normalize() - _EPOCH
    return np.asarray((since / _A_DAY).to_numpy(dtype="float64"))
