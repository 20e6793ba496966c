"""Labels at the end of lines, each beside its line's last figure, and none on another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.transforms import Transform

from analysis.charts.key import draw_mark
from analysis.charts.room import at
from analysis.charts.scales import say_number
from analysis.charts.style import (
    DETAIL_SIZE,
    INK,
    LABEL_SIZE,
    LEADING,
    PARTY_MARK,
    PROJECTION,
    REFUGEES,
    Mark,
)
from analysis.charts.tracks import Track
from analysis.charts.typeset import height, measure, plain, wrap, write, write_small
from analysis.safety import SHORT_DAY, format_day

#: Between the data and the labels: room for the lines that lead from one to the other.
GUTTER = 22.0

_BETWEEN = 7.0
_ELBOW = 6.0  # from the data to where a leading line bends
_BESIDE = 4.0  # between a figure and its day
_INTO_TEXT = 5.0  # from the leading line to the letters
_LISTED_MARK = 8.0  # from the left to the middle of the mark of a listed label


@dataclass(frozen=True)
class EndLabel:
    """A label in lines: the name in bold, what is counted, the last figure and its day.

    `beside` says how far from the left the day stands on the last line of the figure; it has
    a line of its own where it is None.
    """

    track: Track
    name: list[str]
    detail: list[str]
    figure: list[str]
    day: list[str]
    beside: float | None

    @property
    def height(self) -> float:
        """Height in points."""
        small = len(self.detail) + len(self.figure) + len(self.day)
        small -= 0 if self.beside is None else 1
        return height(len(self.name), LABEL_SIZE) + height(small, DETAIL_SIZE)

    @property
    def width(self) -> float:
        """Width in points."""
        widths = [measure(line, LABEL_SIZE, bold=True) for line in self.name]
        widths += [measure(line, DETAIL_SIZE, bold=True) for line in self.figure]
        widths += [measure(line, DETAIL_SIZE) for line in self.detail]
        widths += [(self.beside or 0.0) + measure(line, DETAIL_SIZE) for line in self.day]
        return max(widths, default=0.0)


def make_label(track: Track, day: str, width: float) -> EndLabel:
    """Return the label of a track, broken into lines of at most `width` points."""
    # A fixed space: the mark and the name stay together.
    name = plain(f"{PARTY_MARK}\u00a0{track.name}" if track.party else track.name)
    figure = wrap(track.last, width, DETAIL_SIZE, bold=True)
    beside = None
    if figure and day:
        beside = measure(figure[-1], DETAIL_SIZE, bold=True) + _BESIDE
        beside = beside if beside + measure(day, DETAIL_SIZE) <= width else None
    return EndLabel(
        track,
        wrap(name, width, LABEL_SIZE, bold=True),
        wrap(track.detail, width, DETAIL_SIZE),
        figure,
        wrap(day, width, DETAIL_SIZE),
        beside,
    )


def stack_height(labels: Sequence[EndLabel | FanLabel]) -> float:
    """Return how high labels are that stand on top of each other."""
    return sum(label.height + _BETWEEN for label in labels)


def spread(wanted: Sequence[float], sizes: Sequence[float], room: float) -> list[float]:
    """Return middles as near to `wanted` as they can be, in its order, none on another.

    Parameters
    ----------
    wanted
        Where the middles should be, from 0 to `room`.
    sizes
        The height each takes.
    room
        The height there is; where it is too small for all, they stand from 0 up, beyond it.
    """
    order = sorted(range(len(wanted)), key=lambda number: (wanted[number], number))
    # Blocks of touching labels: members, height, and where the block's lower end would be.
    blocks: list[tuple[list[int], float, float]] = []
    for number in order:
        members, size = [number], sizes[number]
        low = _between(wanted[number] - size / 2, 0.0, room - size)
        while blocks and blocks[-1][2] + blocks[-1][1] > low:
            before, its_size, _ = blocks.pop()
            members, size = before + members, its_size + size
            low = _between(_best_low(members, wanted, sizes), 0.0, room - size)
        blocks.append((members, size, low))
    middles = [0.0] * len(wanted)
    for members, _, low in blocks:
        for number in members:
            middles[number] = low + sizes[number] / 2
            low += sizes[number]
    return middles


def _best_low(members: Sequence[int], wanted: Sequence[float], sizes: Sequence[float]) -> float:
    """Return the lower end at which the labels of a block are nearest to their places."""
    below, total = 0.0, 0.0
    for number in members:
        total += wanted[number] - sizes[number] / 2 - below
        below += sizes[number]
    return total / len(members)


def _between(value: float, low: float, high: float) -> float:
    return max(low, min(value, high))


def draw_labels(labels: Sequence[EndLabel], ax: Axes, low: float, high: float, tall: float) -> None:
    """Draw the labels in the border on the right of a chart whose y runs from `low` to `high`.

    `tall` is the height of the data in points. From the end of a line that stops earlier a
    dotted line leads on to the label.
    """
    a_unit = tall / (high - low)
    wanted = [(label.track.end - low) * a_unit for label in labels]
    sizes = [label.height + _BETWEEN for label in labels]
    last = ax.get_xlim()[1]
    for number, (label, middle) in enumerate(zip(labels, spread(wanted, sizes, tall), strict=True)):
        track = label.track
        look: dict[str, Any] = {
            "color": track.colour,
            "linewidth": 1.0,
            "clip_on": False,
            "zorder": 2.2,
        }
        ax.plot(
            [track.days[-1], last], [track.end, track.end], linestyle=(0, (1, 3)), **look
        )[0].set_gid(f"track-{number}-lead")  # fmt: skip
        start = at(ax, 1, track.end, fraction=True)
        rise = middle - wanted[number]
        _lead(ax, start, rise, **look)
        _write_label(ax, label, at(ax, 1, low + middle / a_unit, fraction=True))


def list_labels(
    labels: Sequence[EndLabel], ax: Axes, place: Transform, left: float, top: float
) -> None:
    """Draw the labels one under the other from (`left`, `top`) of `place`, with their marks."""
    for label in labels:
        y = top - label.height / 2
        mark = Mark(label.track.marker, label.track.colour, True, 6.5)
        draw_mark(ax, mark, left + _LISTED_MARK, top - LABEL_SIZE * LEADING / 2, place)
        _write_label(ax, label, place, left, y)
        top -= label.height + _BETWEEN


def _lead(ax: Axes, start: Transform, rise: float, **look: Any) -> None:
    """Draw the bent line from the end of a line to its label, which stands `rise` higher."""
    bend = [0, _ELBOW, GUTTER - _INTO_TEXT - 3, GUTTER - _INTO_TEXT]
    ax.add_artist(Line2D(bend, [0, 0, rise, rise], transform=start, **look))


def _write_label(
    ax: Axes, label: EndLabel, place: Transform, left: float = 0.0, middle: float = 0.0
) -> None:
    """Write a label so that its middle is at `middle`, a gutter to the right of `left`."""
    x, y = left + GUTTER, middle + label.height / 2
    write(ax, x, y, label.name, transform=place, bold=True, colour=label.track.colour)
    y -= height(len(label.name), LABEL_SIZE)
    write_small(ax, x, y, label.detail, place)
    y -= height(len(label.detail), DETAIL_SIZE)
    write(ax, x, y, label.figure, transform=place, size=DETAIL_SIZE, bold=True)
    y -= height(len(label.figure) - (label.beside is not None), DETAIL_SIZE)
    write_small(ax, x + (label.beside or 0.0), y, label.day, place)


@dataclass(frozen=True)
class FanLabel:
    """A label in lines at a height of the scale: a figure in bold, and what it is."""

    value: float
    figure: list[str]
    detail: list[str]
    colour: str

    @property
    def height(self) -> float:
        """Height in points."""
        return height(len(self.figure), LABEL_SIZE) + height(len(self.detail), DETAIL_SIZE)

    @property
    def width(self) -> float:
        """Width in points."""
        widths = [measure(line, LABEL_SIZE, bold=True) for line in self.figure]
        return max(widths + [measure(line, DETAIL_SIZE) for line in self.detail], default=0.0)


def say_rounded(value: float) -> str:
    """Return a number with three digits that count: 4.23 million, 198,000, 52."""
    digits = max(len(str(int(abs(value)))) - 3, 0)
    return say_number(round(value, -digits) if digits else round(value))


def say_rounded_range(low: float, high: float) -> str:
    """Return two rounded numbers with their unit once: "3.36 to 6.21 million"."""
    first, last = say_rounded(low), say_rounded(high)
    number, _, unit = first.partition(" ")
    return f"{number if unit and last.endswith(f' {unit}') else first} to {last}"


def make_fan_labels(parts: dict[str, pd.DataFrame], width: float) -> list[FanLabel]:
    """Return the labels of the parts of a fan, broken into lines of at most `width` points."""
    labels = []
    projected = parts["projected"]
    if len(projected):
        end = projected[projected["day"] == projected["day"].max()]
        at_level = {
            round(float(row["quantile"]), 6): float(row["value"]) for row in end.to_dict("records")
        }
        if 0.5 in at_level:
            detail = f"middle, {format_day(end['day'].iloc[0], SHORT_DAY)}"
            if 0.1 in at_level and 0.9 in at_level:
                ends = at_level[0.1], at_level[0.9]
                detail += f"; 80%: {say_rounded_range(*ends)}"
            labels.append(_label(at_level[0.5], "", detail, PROJECTION, width))
    later = parts["counted later"].sort_values("day", kind="stable")
    counted = parts["counted"].sort_values("day", kind="stable")
    for rows, said in ((later, "counted later"), (counted, "counted")):
        if len(rows):
            row = rows.iloc[-1]
            by, what = plain(row.get("claimant_short")), plain(row.get("counted"))
            words = said + (f" by {by}" if by else "") + (f": {what}" if what else "")
            words += f", {format_day(row['day'], SHORT_DAY)}"
            labels.append(_label(float(row["value"]), "", words, REFUGEES, width))
    plans = parts["planning figure"]
    # "More than 4 million" is one above it: planning figures stand together once rounded.
    rounded = plans["value"].astype("float64").map(say_rounded)
    for (figure, undated), rows in plans.groupby([rounded, plans["day"].isna()], sort=False):
        told = "; ".join(plain(label) for label in rows["label"])
        opening = "planned for, without a day" if undated else "planned for"
        value = float(rows["value"].min())
        labels.append(_label(value, str(figure), f"{opening}: {told}", INK, width))
    return labels


def _label(value: float, figure: str, detail: str, colour: str, width: float) -> FanLabel:
    said = figure or say_rounded(value)
    return FanLabel(
        value, wrap(said, width, LABEL_SIZE, bold=True), wrap(detail, width, DETAIL_SIZE), colour
    )


def list_fan_labels(
    labels: Sequence[FanLabel], ax: Axes, place: Transform, left: float, top: float
) -> None:
    """Draw the labels one under the other from (`left`, `top`) of `place`."""
    for label in labels:
        _write_fan_label(ax, label, place, left, top)
        top -= label.height + _BETWEEN


def _write_fan_label(ax: Axes, label: FanLabel, place: Transform, left: float, top: float) -> None:
    write(ax, left, top, label.figure, transform=place, bold=True, colour=label.colour)
    write_small(ax, left, top - height(len(label.figure), LABEL_SIZE), label.detail, place)


def draw_fan_labels(labels: Sequence[FanLabel], ax: Axes, top: float, tall: float) -> None:
    """Draw the labels in the border on the right, each as near to its height as there is room.

    No line leads to a label: several would make a knot, and a label names its figure.
    """
    a_unit = tall / top
    wanted = [label.value * a_unit for label in labels]
    sizes = [label.height + _BETWEEN for label in labels]
    for label, middle in zip(labels, spread(wanted, sizes, tall), strict=True):
        place = at(ax, 1, middle / a_unit, fraction=True)
        _write_fan_label(ax, label, place, GUTTER, label.height / 2)
