"""Breaks in a series: an upright rule through the chart, and its reason on a flag above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from analysis.charts.palette import DETAIL_SIZE, INK, MUTED
from analysis.charts.room import at
from analysis.charts.typeset import height, measure, wrap, write

_WIDEST = 190.0
_BESIDE = 5.0  # between the rule and its text
_BETWEEN = 5.0  # lanes
_BELOW = 6.0


@dataclass(frozen=True)
class Flag:
    """One break: its day, its text in lines, and the lane it stands in, 0 the lowest."""

    day: float
    lines: list[str]
    lane: int


@dataclass(frozen=True)
class Flags:
    """All flags with the height of each lane, from the lowest up."""

    flags: tuple[Flag, ...]
    lanes: tuple[float, ...]

    @property
    def height(self) -> float:
        """Room above the data in points."""
        return sum(self.lanes) + _BELOW if self.flags else 0.0


def lay_out_flags(
    breaks: Sequence[tuple[float, str]], places: Sequence[float], width: float
) -> Flags:
    """Return the flags of `breaks` (day and reason) that stand `places` points from the left.

    A text stands to the right of its rule, at most to `width`; it is lifted over every rule
    that it would hide.
    """
    order = sorted(range(len(breaks)), key=lambda number: (places[number], number))
    flags: list[Flag] = []
    standing: list[tuple[float, int]] = []  # place and lane of those further right
    for number in reversed(order):
        room = min(_WIDEST, max(width - places[number] - _BESIDE, 60.0))
        lines = wrap(breaks[number][1] or "the series changes its meaning", room, DETAIL_SIZE)
        end = places[number] + 2 * _BESIDE + max(measure(line, DETAIL_SIZE) for line in lines)
        lane = max((lane + 1 for place, lane in standing if place <= end), default=0)
        standing.append((places[number], lane))
        flags.append(Flag(breaks[number][0], lines, lane))
    count = max((flag.lane for flag in flags), default=-1) + 1
    lanes = tuple(
        max(height(len(flag.lines), DETAIL_SIZE) for flag in flags if flag.lane == lane) + _BETWEEN
        for lane in range(count)
    )
    return Flags(tuple(reversed(flags)), lanes)


def draw_flags(flags: Flags, ax: Axes, low: float, high: float) -> None:
    """Draw each rule from `low` to its flag above `high`, and the reason beside it."""
    for number, flag in enumerate(flags.flags):
        top = _BELOW + sum(flags.lanes[: flag.lane + 1]) - _BETWEEN
        above = at(ax, flag.day, high)
        look: dict[str, Any] = {
            "color": INK,
            "linewidth": 1.0,
            "linestyle": (0, (4, 2)),
            "clip_on": False,
        }
        rule = ax.plot([flag.day, flag.day], [low, high], zorder=2.5, **look)[0]
        rule.set_gid(f"break-{number}")
        ax.add_artist(Line2D([0, 0], [0, top], transform=above, **look))
        write(ax, _BESIDE, top, flag.lines, transform=above, size=DETAIL_SIZE, colour=MUTED)
