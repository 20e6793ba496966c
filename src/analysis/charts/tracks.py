"""Series over time: a track a claimant, with its line, its band, its points and its open ends."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from pandas.api.types import is_numeric_dtype

from analysis.charts.bars import DOUBTS, read_status, to_flag
from analysis.charts.days import Numbers, to_days, to_number
from analysis.charts.room import at
from analysis.charts.style import OTHER_CLAIMANT, PAPER, PARTY, SIDES
from analysis.charts.typeset import plain

Flags = npt.NDArray[np.bool_]

#: Lines and marks that tell tracks apart without colour; ▲ and ▼ are left to the open ends.
_DASHES: tuple[tuple[float, ...], ...] = ((), (5, 1.6), (1.3, 1.1), (6, 1.6, 1.3, 1.6))
_MARKERS = ("o", "s", "P", "X", "p", "h", "*")  # a diamond means a party and nothing else
_COLOURS = (OTHER_CLAIMANT, *SIDES)

#: Statuses that make a point hollow.
_HOLLOW = (*DOUBTS, "withdrawn")

_LINE = 2.2
_POINT = 5.5
_ROOM = 16.0  # between two points, so that each is drawn
_ARROW = 13.0
_ARROWS_APART = 24.0
_LONE = 6.0  # width of a range that stands alone
_VISIBLE = 5.0  # height of a range that is more than the line's own width


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
    age: str = ""  # of the last figure, where it is old

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


def find_drawn(rows: pd.DataFrame, day: str) -> pd.DataFrame:
    """Return the rows that have a figure, and a day in the column `day`."""
    has_figure = rows[["low", "best", "high"]].notna().any(axis="columns")
    drawn = rows[has_figure & rows[day].notna()]
    return drawn.assign(status=read_status(drawn))


def make_tracks(rows: pd.DataFrame, day: str) -> list[Track]:
    """Return one track a series of `rows`, in the order in which they come, each with its look.

    A series has one `series`, or else one `claimant_name` and `counted`. Rows without any
    figure or without a day in the column `day` are left out.
    """
    drawn = find_drawn(rows, day)
    if "series" in drawn:
        keys = ["series"]
    else:
        keys = ["claimant_name", *(["counted"] if "counted" in drawn else [])]
    # A series that has only a number goes by its claimant.
    named = keys[0] if keys[0] == "series" and not is_numeric_dtype(drawn["series"]) else ""
    detail = "scope" if "scope" in drawn else "counted"
    differ = not named and detail in drawn and drawn[detail].nunique() > 1
    tracks = [
        _make_track(
            of_series,
            day,
            plain(of_series[named or "claimant_name"].iloc[-1]),
            plain(of_series[detail].iloc[-1]) if differ else "",
        )
        for _, of_series in drawn.groupby(keys, sort=False, dropna=False)
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
    status = rows["status"]
    # Two figures of one day both stand.
    standing = rows[rows[day] == last[day]]
    wording = " and ".join(standing["wording"].map(plain)) if "wording" in rows else ""
    doubt = status.iloc[-1] if status.iloc[-1] in _HOLLOW else ""
    days = to_days(rows[day])
    return Track(
        name=name,
        detail=detail,
        last=", ".join(filter(None, [wording, doubt])),
        age=plain(last.get("age")),
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
            at = to_number(stated)
            day = min(max(at, days[number - 1]), day)
        yield float(day), plain(records[number].get("break_reason"))


def _to_numbers(column: pd.Series) -> Numbers:
    return np.asarray(column.astype("Float64").to_numpy(dtype="float64", na_value=np.nan))


@dataclass(frozen=True)
class Scale:
    """Points that one day and one unit of the figures take, and the longest gap that is joined."""

    a_day: float
    a_unit: float
    longest: float


def draw_track(track: Track, ax: Axes, scale: Scale, name: str, *, faint: bool = False) -> None:
    """Draw a track; a faint one stays behind the others."""
    look: dict[str, Any] = {"color": track.colour, "clip_on": False}
    above = 1.0 if faint else 3.0
    for number, part in enumerate(track.stretches(scale.longest)):
        here = f"{name}-{number}"
        _draw_bands(track, ax, part, scale, look, here)
        for kind, value in _split_by_end(track, part):
            # A bare range stays as a gap in the line, other kinds of figures are passed over.
            kept = ~np.isnan(value) | track.has_range[part]
            if not np.isnan(value).all():
                line = ax.plot(
                    track.days[part][kept], value[kept], linewidth=1.0 if faint else _LINE,
                    dashes=track.dash or (None, None), solid_joinstyle="round",
                    zorder=above, **look,
                )[0]  # fmt: skip
                line.set_gid(f"{here}-{kind}")
    _draw_points(track, ax, scale, look, name)
    if not faint:
        _draw_arrows(track, ax, scale, name)


def show_ranges(track: Track, a_unit: float) -> Flags:
    """Return which points have a range that is more than the line's own width."""
    return np.asarray(track.has_range & ((track.high - track.low) * a_unit > _VISIBLE))


def _split_by_end(track: Track, part: slice) -> list[tuple[str, Numbers]]:
    """Return the figures of a line and those of a line of ceilings; the two are never joined."""
    value, ceiling = track.value[part], track.is_ceiling[part]
    return [
        ("line", np.where(ceiling, np.nan, value)),
        ("ceilings", np.where(ceiling, value, np.nan)),
    ]


def _draw_bands(
    track: Track,
    ax: Axes,
    part: slice,
    scale: Scale,
    look: dict[str, Any],
    name: str,
) -> None:
    """Draw ranges as a band; between two figures that are known at both ends it goes on."""
    ranged = track.has_range[part]
    if not show_ranges(track, scale.a_unit)[part].any():
        return
    days, low, high = track.days[part], track.low[part], track.high[part]
    known = ~(track.is_floor | track.is_ceiling)[part] & ~np.isnan(low)
    # A band needs a range at one of its two ends: between exact figures there is only a line.
    beside = ranged | np.append(ranged[1:], False) | np.insert(ranged[:-1], 0, False)
    band = ax.fill_between(
        days, low, high, where=(known & beside).tolist(),
        facecolor=look["color"], alpha=0.22, linewidth=0, zorder=2, clip_on=False,
    )  # fmt: skip
    band.set_gid(f"{name}-band")
    sparse = _find_sparse(days, scale.a_day)
    lone = ranged & sparse
    if lone.any():
        # Each range that stands apart is a bar too, so that it can be told from what lies between.
        ax.vlines(
            days[lone], low[lone], high[lone], linewidth=_LONE, alpha=0.55, zorder=2.1, **look
        ).set_gid(f"{name}-ranges")
    if not lone.all():
        for ends in (low, high):
            edge = np.where(ranged & np.isnan(track.value[part]), ends, np.nan)
            ax.plot(days, edge, linewidth=0.8, dashes=track.dash or (None, None), **look)


def _find_sparse(days: Numbers, a_day: float) -> Flags:
    """Return which points have room for a mark of their own on both sides."""
    if len(days) < 2:
        return np.ones(len(days), dtype=bool)
    gaps = np.diff(days) * a_day
    if float(np.median(gaps)) >= _ROOM:
        return np.ones(len(days), dtype=bool)
    before, after = np.insert(gaps, 0, np.inf), np.append(gaps, np.inf)
    return np.asarray((before > 2 * _ROOM) & (after > 2 * _ROOM))


def _draw_points(track: Track, ax: Axes, scale: Scale, look: dict[str, Any], name: str) -> None:
    """Draw the points that have room, those in doubt hollow; the last one always."""
    # A bare range that is smaller than a point is a point, else it could not be seen.
    tiny = track.has_range & ~show_ranges(track, scale.a_unit) & np.isnan(track.value)
    value = np.where(tiny, (track.low + track.high) / 2, track.value)
    sparse = _find_sparse(track.days, scale.a_day)
    sparse |= track.doubtful & _thin(track.days, scale.a_day, track.doubtful)
    sparse[-1] = True
    for kind, chosen in (("points", ~track.doubtful), ("hollow", track.doubtful)):
        shown = sparse & chosen & ~np.isnan(value)
        if shown.any():
            ax.plot(
                track.days[shown], value[shown],
                linestyle="none", marker=track.marker, markersize=_POINT, zorder=4,
                markeredgecolor=look["color"], markeredgewidth=1.4, clip_on=False,
                markerfacecolor=look["color"] if kind == "points" else PAPER,
            )[0].set_gid(f"{name}-{kind}")  # fmt: skip


def _draw_arrows(track: Track, ax: Axes, scale: Scale, name: str) -> None:
    """Draw an arrow at open ends, up or down: at each point of its own, else as have room."""
    alone = _find_sparse(track.days, scale.a_day)
    for kind, is_open, way in (("floor", track.is_floor, 1), ("ceiling", track.is_ceiling, -1)):
        chosen = _thin(track.days, scale.a_day, is_open) | (alone & is_open)
        for day, value in zip(track.days[chosen], track.value[chosen], strict=True):
            place = at(ax, float(day), float(value))
            stem = Line2D(
                [0, 0], [0, way * (_ARROW - 4)], color=track.colour, linewidth=1.4, transform=place,
                clip_on=False, zorder=3,
            )  # fmt: skip
            head = Line2D(
                [0], [way * (_ARROW - 3)], linestyle="none", marker="^" if way > 0 else "v",
                markersize=6.0, color=track.colour, transform=place,
                clip_on=False, zorder=3,
            )  # fmt: skip
            ax.add_artist(stem)
            ax.add_artist(head).set_gid(f"{name}-{kind}")


def _thin(days: Numbers, a_day: float, chosen: Flags) -> Flags:
    """Return `chosen` less those that would stand on another; the last is kept."""
    kept = np.zeros(len(days), dtype=bool)
    following = np.inf
    for number in np.flatnonzero(chosen)[::-1].tolist():
        if (following - days[number]) * a_day >= _ARROWS_APART:
            kept[number] = True
            following = float(days[number])
    return kept
