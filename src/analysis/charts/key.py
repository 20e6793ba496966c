"""The key of a chart: the marks that were used, each with its meaning, in a flow of lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.transforms import Transform

from analysis.charts.style import (
    DETAIL_SIZE,
    LEADING,
    MUTED,
    PAPER,
    RULE,
    UNVERIFIED_HATCH,
    Mark,
    pale,
)
from analysis.charts.typeset import measure, wrap, write, write_small

_SWATCH = 22.0
_MARK = 12.0
_GAP = 5.0
_BETWEEN = 18.0
_LINE = DETAIL_SIZE * LEADING + 4
_BELOW = 10.0


@dataclass(frozen=True)
class Entry:
    """One mark and its meaning.

    `sign` is a Mark, or one of "solid", "pale", "hatched", "open" (an arrow), "party", "–".
    """

    sign: Mark | str
    meaning: str
    colour: str = MUTED

    @property
    def sign_width(self) -> float:
        """Width of the sign in points."""
        return _MARK if isinstance(self.sign, Mark) or self.sign in ("party", "–") else _SWATCH


@dataclass(frozen=True)
class Key:
    """Entries with their places: x from the left, y down from the top, in points."""

    places: tuple[tuple[float, float, Entry, list[str]], ...]
    height: float


def lay_out(entries: Sequence[Entry], width: float) -> Key:
    """Return the key of `entries` in lines of at most `width` points; no entries take no room."""
    places: list[tuple[float, float, Entry, list[str]]] = []
    x = y = 0.0
    for entry in entries:
        lead = entry.sign_width + _GAP
        lines = wrap(entry.meaning, max(width - lead, 40), DETAIL_SIZE)
        wide = lead + max((measure(line, DETAIL_SIZE) for line in lines), default=0)
        if x and x + wide > width:
            x, y = 0.0, y + _LINE
        places.append((x, y, entry, lines))
        x += wide + _BETWEEN
        if len(lines) > 1:
            x, y = 0.0, y + _LINE + (len(lines) - 1) * DETAIL_SIZE * LEADING
    if not places:
        return Key((), 0.0)
    last_line = _LINE if x else 0.0
    return Key(tuple(places), y + last_line + _BELOW)


def draw_key(key: Key, ax: Axes, transform: Transform, corner: tuple[float, float]) -> None:
    """Draw `key` from its top left `corner`, in points (y up) of `transform`."""
    left, top = corner
    for across, down, entry, text in key.places:
        x, y = left + across, down - top
        middle = -y - DETAIL_SIZE * LEADING / 2
        _draw_sign(ax, entry, x, middle, transform)
        write_small(ax, x + entry.sign_width + _GAP, -y, text, transform)


def draw_mark(ax: Axes, mark: Mark, x: float, y: float, transform: Transform) -> Line2D:
    """Draw one mark with its middle at (`x`, `y`) of `transform`."""
    return draw_marks(ax, mark, [x], [y], transform)


def draw_marks(
    ax: Axes, mark: Mark, x: Sequence[float], y: Sequence[float], transform: Transform
) -> Line2D:
    """Draw a mark at each of the points (`x`, `y`) of `transform`, as one artist."""
    line = Line2D(
        x, y,
        linestyle="none",
        marker=mark.marker,
        markersize=mark.size,
        markeredgecolor=mark.colour,
        markerfacecolor=mark.colour if mark.filled else PAPER,
        markeredgewidth=1.0 if mark.filled else 1.6,
        transform=transform,
        clip_on=False,
        zorder=3,
    )  # fmt: skip
    ax.add_artist(line)
    return line


def _draw_sign(ax: Axes, entry: Entry, x: float, y: float, transform: Transform) -> None:
    if isinstance(entry.sign, Mark):
        draw_mark(ax, entry.sign, x + _MARK / 2, y, transform)
        return
    if entry.sign == "party":
        draw_mark(ax, Mark("D", entry.colour, True, 6.5), x + _MARK / 2, y, transform)
        return
    if entry.sign == "–":
        middle = x + _MARK / 2
        write(ax, middle, y, "–", transform=transform, colour=MUTED, ha="center", va="center")
        return
    if entry.sign == "open":
        draw_arrow(ax, x, y, _SWATCH, entry.colour, transform)
        return
    fill = {"solid": entry.colour, "pale": pale(entry.colour), "hatched": PAPER}[entry.sign]
    ax.add_artist(
        Rectangle(
            (x, y - 4.5), _SWATCH, 9,
            facecolor=fill,
            edgecolor=entry.colour,
            linewidth=1.0,
            hatch=UNVERIFIED_HATCH if entry.sign == "hatched" else None,
            transform=transform,
            clip_on=False,
        )
    )  # fmt: skip


def draw_line(
    ax: Axes, x: Sequence[float], y: Sequence[float], transform: Transform,
    colour: str = RULE, width: float = 0.8, **look: Any,
) -> Line2D:  # fmt: skip
    """Draw a line through the points (`x`, `y`) of `transform`, beyond the data too."""
    line = Line2D(
        x, y, color=colour, linewidth=width, transform=transform, clip_on=False, **look
    )  # fmt: skip
    ax.add_artist(line)
    return line


def draw_arrow(
    ax: Axes, x: float, y: float, length: float, colour: str, transform: Transform
) -> Line2D:
    """Draw an arrow from (`x`, `y`) over `length` points, to the left where it is negative."""
    direction = 1 if length > 0 else -1
    tip = x + length - direction * 3.5
    draw_line(ax, [x, tip], [y, y], transform, colour=colour, width=2.0)
    head = Line2D(
        [tip], [y],
        linestyle="none",
        marker=">" if length > 0 else "<",
        markersize=7.5,
        markeredgecolor=colour,
        markerfacecolor=colour,
        transform=transform,
        clip_on=False,
    )  # fmt: skip
    ax.add_artist(head)
    return head
