"""Methods side by side: a row a group, a mark a method, the value wanted as a tick or a lane."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.charts.bars import to_number
from analysis.charts.key import Entry, draw_key, draw_line, draw_mark, lay_out
from analysis.charts.room import (
    NOTHING_KNOWN,
    at,
    note_drawn,
    require,
    say_nothing,
    take_room,
    width_of,
)
from analysis.charts.scales import draw_scale, scale_height
from analysis.charts.style import (
    DENIES,
    INK,
    LANE,
    MUTED,
    NAME_SIZE,
    RULE,
    SAYS,
    Mark,
)
from analysis.charts.typeset import height, measure, plain, wrap, write

COLUMNS = ("group", "method", "value")

#: Shape, fill and colour of the methods in the order of the frame; the first one stands out.
_MARKS = (
    Mark("o", SAYS, True, 8.5),
    Mark("D", DENIES, False, 6.0),
    Mark("s", MUTED, False, 6.5),
    Mark("X", MUTED, True, 7.5),
    Mark("^", DENIES, True, 8.0),
    Mark("v", SAYS, False, 8.0),
    Mark("P", INK, True, 8.0),
    Mark("*", MUTED, False, 10.0),
)
_LANE = 10.0  # of one method within its row
_AROUND = 14.0  # above and below the lanes of a row
_GUTTER = 14.0
_RIGHT = 16.0


def plot_dots(
    rows: pd.DataFrame,
    ax: Axes,
    *,
    unit: str,
    empty: str = NOTHING_KNOWN,
    wanted: str = "wanted",
) -> Axes:
    """Draw one row a group with a mark for each method, on a scale from zero.

    Parameters
    ----------
    rows
        Needs `group` (the row), `method` and `value`. Used where they are there: `wanted`,
        a value drawn as an upright tick in its row, or `wanted_low` and `wanted_high`, a
        lane behind it.
    unit
        What the numbers are, under the scale.
    wanted
        What the tick or lane means, in the key.
    """
    require(rows, COLUMNS, "plot_dots")
    stated = rows[rows["value"].notna()]
    note_drawn(ax, stated)
    if stated.empty:
        return say_nothing(ax, empty)
    methods = list(dict.fromkeys(stated["method"].map(plain)))
    marks = {name: _MARKS[number % len(_MARKS)] for number, name in enumerate(methods)}
    groups = list(dict.fromkeys(stated["group"].map(plain)))
    width = width_of(ax)
    label = min(max(measure(name, NAME_SIZE, bold=True) for name in groups) * 1.04, 0.35 * width)
    left = label + _GUTTER
    inner = max(width - left - _RIGHT, 40.0)
    names = [wrap(name, label, NAME_SIZE, bold=True) for name in groups]
    lanes = _LANE * len(methods) + _AROUND
    heights = [max(lanes, height(len(lines), NAME_SIZE) + _AROUND) for lines in names]
    tall = sum(heights)

    key = lay_out(_explain(stated, marks, wanted), width)
    below = scale_height(unit, inner)
    take_room(ax, tall, left=left, right=_RIGHT, top=key.height, bottom=below)
    draw_key(key, ax, at(ax, 0, 0, fraction=True), (-left, key.height))
    ends = [column for column in ("value", "wanted", "wanted_high") if column in stated]
    most = float(stated[ends].astype("float64").max().max()) * 1.08
    draw_scale(ax, most or 1.0, inner, tall, unit)
    top = 0.0
    for number, (name, lines, room) in enumerate(zip(groups, names, heights, strict=True)):
        of_group = stated[stated["group"].map(plain) == name]
        _draw_group(ax, of_group, lines, (number, top + room / 2, room, left), marks)
        top += room
    return ax


def _draw_group(
    ax: Axes,
    rows: pd.DataFrame,
    lines: Sequence[str],
    place: tuple[int, float, float, float],
    marks: dict[str, Mark],
) -> None:
    """Draw one row; `place` is its number, its middle and height, and the border on the left."""
    number, middle, room, left = place
    border = at(ax, 0, middle, fraction=True)
    if number:
        draw_line(ax, [-left, 0], [room / 2] * 2, border)
    up = height(len(lines), NAME_SIZE) / 2
    write(ax, -left, up, lines, transform=border, size=NAME_SIZE, bold=True)
    first = rows.iloc[0].to_dict()
    low, high = (to_number(first.get(end)) for end in ("wanted_low", "wanted_high"))
    if low is not None and high is not None:
        lane = Rectangle(
            (low, middle - room / 2 + 3), high - low, room - 6, facecolor=LANE,
            edgecolor=RULE, linewidth=0.8, zorder=1.2,
        )  # fmt: skip
        ax.add_artist(lane).set_gid(f"row-{number}-lane")
    aim = to_number(first.get("wanted"))
    if aim is not None:
        ax.plot(
            [aim, aim], [middle - room / 2 + 4, middle + room / 2 - 4], color=INK, linewidth=1.6,
            zorder=2.5, gid=f"row-{number}-wanted",
        )  # fmt: skip
    # Each method has a lane of its own, the first the highest: no mark lies on another.
    lanes = {name: (len(marks) - 1) / 2 - place for place, name in enumerate(marks)}
    for row in rows.to_dict("records"):
        name = plain(row["method"])
        spot = at(ax, float(row["value"]), middle)
        mark = draw_mark(ax, marks[name], 0, lanes[name] * _LANE, spot)
        mark.set_gid(f"row-{number}-{name}")


def _explain(rows: pd.DataFrame, marks: dict[str, Mark], wanted: str) -> list[Entry]:
    entries = [Entry(mark, name) for name, mark in marks.items()]
    if "wanted" in rows and rows["wanted"].notna().any():
        entries.append(Entry(Mark("|", INK, True, 11.0), wanted))
    if "wanted_low" in rows and rows["wanted_low"].notna().any():
        entries.append(Entry("solid", wanted, LANE))
    return entries
