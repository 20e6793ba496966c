"""Days and years: as numbers of an axis, and as the axis under a chart over time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes

from analysis.charts.key import draw_line
from analysis.charts.room import at
from analysis.charts.style import DETAIL_SIZE, INK, MUTED
from analysis.charts.typeset import height, measure, write_small
from analysis.safety import format_day

Numbers = npt.NDArray[np.float64]

_EPOCH = pd.Timestamp("1970-01-01")
_A_DAY = pd.Timedelta(days=1)
_TICK = 4.0
_GAP = 3.0
_APART = 11.0  # at least, between two labels

#: Room under the data: a tick, the days, and the years under them.
DAY_AXIS_HEIGHT = _TICK + _GAP + height(2, DETAIL_SIZE)

#: Steps from the finest to the coarsest: kind, number, and how a label reads.
_STEPS = (
    ("day", 1, "d MMM"), ("day", 2, "d MMM"), ("week", 1, "d MMM"), ("week", 2, "d MMM"),
    ("month", 1, "MMM"), ("month", 2, "MMM"), ("month", 3, "MMM"), ("month", 6, "MMM"),
    ("year", 1, "y"), ("year", 2, "y"), ("year", 5, "y"), ("year", 10, "y"), ("year", 50, "y"),
)  # fmt: skip


def find_pad(first: float, last: float) -> float:
    """Return the days of room before the `first` day of an axis and after its last."""
    return max((last - first) * 0.015, 1.5 if first == last else 0.15)


def set_days(ax: Axes, first: float, last: float) -> tuple[float, float]:
    """Set x to the days from `first` to `last` with a little room; return its two limits."""
    pad = find_pad(first, last)
    ax.set_xlim(first - pad, last + pad)
    return first - pad, last + pad


def draw_day_axis(
    ax: Axes,
    first: float,
    last: float,
    width: float,
    y: float,
    *,
    cut: bool = False,
    bare: bool = False,
) -> None:
    """Draw the axis of days at `y` in data: its line, and ticks with labels from `first` on.

    Where `cut` says that `y` is not zero the line is dashed, so that it is no ground. A `bare`
    axis has no labels: those of the panel below hold for it.
    """
    low, high = ax.get_xlim()
    a_day = width / (high - low)
    ax.set_xticks([])
    base = at(ax, 0, y, fraction=True)
    dashes = (0, (3, 3)) if cut else "-"
    draw_line(ax, [0, width], [0, 0], base, colour=INK, width=1.0, linestyle=dashes)
    year = None
    for tick, label in _choose_ticks(first, last, a_day):
        lines = [label]
        if label != str(tick.year) and tick.year != year:
            # The year once, under the first label that lies in it.
            lines.append(str(tick.year))
        year = tick.year
        _draw_tick(ax, tick, y, [] if bare else lines)


def _draw_tick(ax: Axes, day: pd.Timestamp, y: float, lines: Sequence[str]) -> None:
    place = at(ax, to_number(day), y)
    draw_line(ax, [0, 0], [0, -_TICK], place, colour=MUTED)
    write_small(ax, 0, -_TICK - _GAP, lines, place, ha="center")


def _choose_ticks(first: float, last: float, a_day: float) -> list[tuple[pd.Timestamp, str]]:
    """Return the finest ticks whose labels stand side by side, each with its label."""
    start, end = to_day(first), to_day(last)
    found: list[tuple[pd.Timestamp, str]] = []
    for kind, number, pattern in _STEPS:
        found = [
            (tick, format_day(tick, pattern)) for tick in _list_ticks(kind, number, start, end)
        ]
        if _fit(found, a_day):
            break
    # Years may be too coarse to hit the span: then its first day is the only tick.
    return found or [(start, format_day(start, "d MMM"))]


def _list_ticks(
    kind: str, number: int, start: pd.Timestamp, end: pd.Timestamp
) -> Iterator[pd.Timestamp]:
    if kind == "day":
        yield from pd.date_range(start, end, freq=f"{number}D")
    elif kind == "week":
        yield from pd.date_range(start, end, freq="W-MON")[::number]
    elif kind == "month":
        for month in pd.date_range(start.replace(day=1), end, freq="MS"):
            if (month.month - 1) % number == 0 and month >= start:
                yield month
    else:
        for new_year in pd.date_range(start.replace(month=1, day=1), end, freq="YS"):
            if new_year.year % number == 0 and new_year >= start:
                yield new_year


def _fit(ticks: list[tuple[pd.Timestamp, str]], a_day: float) -> bool:
    widths = [max(measure(label, DETAIL_SIZE), measure("2022", DETAIL_SIZE)) for _, label in ticks]
    for number in range(1, len(ticks)):
        apart = (ticks[number][0] - ticks[number - 1][0]).days * a_day
        if apart < (widths[number - 1] + widths[number]) / 2 + _APART:
            return False
    return True


def to_days(days: pd.Series) -> Numbers:
    """Return days as matplotlib counts them: whole days since 1970, NaN where one is missing."""
    since = pd.to_datetime(days).dt.normalize() - _EPOCH
    return np.asarray((since / _A_DAY).to_numpy(dtype="float64"))


def to_number(day: object) -> float:
    """Return one day as matplotlib counts it; NaN where it is missing."""
    return float(to_days(pd.Series([day], dtype="datetime64[ns]"))[0])


def to_day(number: float) -> pd.Timestamp:
    """Return the day that matplotlib counts as `number`."""
    return _EPOCH + float(number) * _A_DAY


def draw_year_axis(ax: Axes, days: Sequence[pd.Timestamp], width: float) -> None:
    """Draw the ground and, under the ends of years in `days`, as many years as stand apart."""
    low, high = ax.get_xlim()
    ax.set_xticks([])
    base = at(ax, 0, 0, fraction=True)
    draw_line(ax, [0, width], [0, 0], base, colour=INK, width=1.0)
    places = to_days(pd.Series(days))
    ends = sorted({pd.Timestamp(day) for day in days})
    needed = measure("2022", DETAIL_SIZE) + 10
    apart = float(np.diff(places).min()) * width / (high - low) if len(places) > 1 else needed
    step = max(1, int(np.ceil(needed / apart)))
    # Counted back from the last, so that the end of the projection has its year.
    for day in ends[::-1][::step]:
        _draw_tick(ax, day, 0, [str(day.year)])
    write_small(ax, 0, -_TICK - _GAP - 1.25 * DETAIL_SIZE, "at the end of the year", base)
