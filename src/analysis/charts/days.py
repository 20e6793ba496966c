"""Days across the top of a timeline, and the lane for what has no day."""

from __future__ import annotations

import pandas as pd
from babel.dates import format_date
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.transforms import blended_transform_factory

from analysis.charts.palette import DETAIL_SIZE, LANE, MUTED, RULE
from analysis.charts.room import at
from analysis.charts.typeset import measure, wrap, write

#: The title of the lane for actions whose day nobody stated.
NO_DAY = "day not stated"
LANE_WIDTH = 74.0

#: Days from one label to the next: the smallest step is taken at which labels don't collide.
_STEPS = (1, 2, 3, 7, 14, 28, 91, 182, 365, 730, 1825, 3650, 18250)

_EPOCH = pd.Timestamp("1970-01-01")


def to_day_number(day: object) -> float | None:
    """Return a day as matplotlib counts it (days since 1970, no time of day), None if missing."""
    if day is None or bool(pd.isna(day)):  # type: ignore[call-overload]
        return None
    return _number(pd.Timestamp(day))  # type: ignore[arg-type]


def _number(day: pd.Timestamp) -> float:
    return float((day.normalize() - _EPOCH).days)


def draw_days(ax: Axes, days: pd.Series, width: float, rows: float) -> None:
    """Set the days as x, with a line and a label for as many as stand side by side."""
    known = days.dropna()
    if known.empty:
        ax.set_xlim(0, 1)
        ax.set_xticks([])
        return
    first, last = known.min().normalize(), known.max().normalize()
    span = (last - first).days
    pad = max(0.5, span * 0.03)
    start, end = _number(first), _number(last)
    ax.set_xlim(start - pad, end + pad)
    widest = measure("30 Sept", DETAIL_SIZE) + 8
    a_day = width / (span + 2 * pad)
    step = next((s for s in _STEPS if s * a_day >= widest), max(span, 1))
    ticks = [first + pd.Timedelta(days=n) for n in range(0, span + 1, step)]
    ax.set_xticks([])
    year = None
    for tick in ticks:
        x = _number(tick)
        ax.plot([x, x], [0, rows], color=RULE, linewidth=0.8, zorder=0, clip_on=False)
        label = str(format_date(tick.date(), "d MMM", locale="en_GB"))
        # The year once, over the first day that has it.
        lines = [label] if tick.year == year else [str(tick.year), label]
        year = tick.year
        write(
            ax, 0, 4, lines,
            transform=at(ax, x, 0), size=DETAIL_SIZE, colour=MUTED, ha="center", va="bottom",
        )  # fmt: skip


def draw_lane(ax: Axes, lane: float, rows: float) -> None:
    """Draw the lane on the right for actions whose day nobody stated."""
    edge = at(ax, 1, 0, fraction=True)
    ax.add_artist(
        Rectangle(
            (4, 0), lane - 4, rows, facecolor=LANE, edgecolor="none", zorder=0, clip_on=False,
            transform=blended_transform_factory(edge, ax.transData), gid="lane-no-day",
        )
    )  # fmt: skip
    words = wrap(NO_DAY, lane - 8, DETAIL_SIZE)
    write(
        ax, 8, 4, words,
        transform=edge, size=DETAIL_SIZE, colour=MUTED, italic=True, va="bottom",
    )  # fmt: skip
