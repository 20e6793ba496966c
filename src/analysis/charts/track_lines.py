"""One track drawn: its line, its band, its points, and the arrows of its open ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from analysis.charts.palette import PAPER
from analysis.charts.room import at
from analysis.charts.tracks import Flags, Numbers, Track

_LINE = 2.2
_POINT = 5.5
_ROOM = 16.0  # between two points, so that each is drawn
_ARROW = 13.0
_ARROWS_APART = 24.0
_LONE = 6.0  # width of a range that stands alone
_VISIBLE = 5.0  # height of a range that is more than the line's own width


@dataclass(frozen=True)
class Scale:
    """Points that one day and one unit of the figures take, and the longest gap joined in full."""

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
    for number, (before, after) in enumerate(track.gaps(scale.longest)):
        # Little is known of a long time without a figure, so only a thin line bridges it.
        ends = track.value[[before, after]]
        if not np.isnan(ends).any() and not np.diff(track.is_ceiling[[before, after]]).any():
            thin = ax.plot(track.days[[before, after]], ends, linewidth=0.8, zorder=above, **look)
            thin[0].set_gid(f"{name}-gap-{number}")
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
    """Draw an arrow at open ends, up or down, as many as stand side by side."""
    for kind, is_open, way in (("floor", track.is_floor, 1), ("ceiling", track.is_ceiling, -1)):
        chosen = _thin(track.days, scale.a_day, is_open)
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
