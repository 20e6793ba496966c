"""Scales of numbers: under bars from zero, upright beside lines, and as a share of a whole."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.ticker import FixedFormatter, FixedLocator, MaxNLocator

from analysis.charts.fonts import FAMILY
from analysis.charts.key import draw_line
from analysis.charts.room import at
from analysis.charts.style import DETAIL_SIZE, INK, LEADING, MUTED, RULE
from analysis.charts.typeset import height, measure, plain, wrap, write_small

_UNITS = ((1_000_000_000, "billion"), (1_000_000, "million"))
_TICK_GAP = 5.0
_TICK = 4.0
_SHARE_GAP = 3.0
_SIDE = 8.0  # from the line of the shares to the numbers on its right
_APART = 14.0  # at least, between two numbers
_UPRIGHT_GAP = 7.0


def say_number(value: float, largest: float | None = None) -> str:
    """Return `value` for a reader: 1,500 or, where `largest` is in the millions, 1.5 million."""
    largest = abs(value) if largest is None else largest
    for size, name in _UNITS:
        if largest >= size:
            return "0" if value == 0 else f"{value / size:,.6g} {name}"
    return f"{value:,.0f}" if value == round(value) else f"{value:,.6g}"


def scale_height(unit: str, width: float) -> float:
    """Return the height of the scale with its unit, in points."""
    words = height(len(wrap(unit, width, DETAIL_SIZE)), DETAIL_SIZE)
    return _TICK_GAP + DETAIL_SIZE * LEADING + 3 + words


def draw_scale(
    ax: Axes, limit: float, width: float, rows: float, unit: str, *, ground: bool = True
) -> None:
    """Draw the scale from zero to `limit` under rows that are `width` points wide, with grid.

    `ground` says whether a line at zero runs through all rows.
    """
    ax.set_xlim(0, limit)
    ticks = _choose_ticks(limit, width)
    ax.xaxis.set_major_locator(FixedLocator(ticks))
    ax.xaxis.set_major_formatter(FixedFormatter([say_number(t, ticks[-1]) for t in ticks]))
    ax.tick_params(
        axis="x", length=0, pad=_TICK_GAP, labelsize=DETAIL_SIZE, labelcolor=MUTED,
        labelfontfamily=[FAMILY, "sans-serif"],
    )  # fmt: skip
    ax.grid(axis="x", visible=True)
    ax.set_axisbelow(True)
    if ground:
        ax.axvline(0, color=INK, linewidth=1.0, zorder=2.9, clip_on=False)
    write_small(
        ax,
        0,
        -(_TICK_GAP + DETAIL_SIZE * LEADING + 3),
        wrap(plain(unit), width, DETAIL_SIZE),
        at(ax, 0, rows, fraction=True),
    )


def _choose_ticks(limit: float, width: float) -> list[float]:
    """Return round numbers from zero to `limit`, as many as stand side by side."""
    for steps in (6, 5, 4, 3, 2, 1):
        whole = limit >= 5
        locator = MaxNLocator(nbins=steps, integer=whole, steps=[1, 2, 2.5, 5, 10])
        ticks = [float(t) for t in locator.tick_values(0, limit) if 0 <= t <= limit]
        widths = [measure(say_number(t, ticks[-1]), DETAIL_SIZE) for t in ticks]
        # The last number may stand out a little: there is a border for that.
        while len(ticks) > 1 and ticks[-1] / limit * width + widths[-1] / 2 > width + 8:
            ticks.pop()
            widths = [measure(say_number(t, ticks[-1]), DETAIL_SIZE) for t in ticks]
        places = [t / limit * width for t in ticks]
        gaps = [
            places[i + 1] - places[i] - (widths[i] + widths[i + 1]) / 2
            for i in range(len(ticks) - 1)
        ]
        if not gaps or min(gaps) >= _APART:
            return ticks
    return [0.0]


def upright_width(low: float, high: float, tall: float) -> float:
    """Return the width of the numbers of an upright scale, with the gap beside them."""
    ticks = _choose_upright_ticks(low, high, tall)
    words = [say_number(tick, ticks[-1]) for tick in ticks]
    return max((measure(word, DETAIL_SIZE) for word in words), default=0.0) + _UPRIGHT_GAP


def draw_upright_scale(ax: Axes, low: float, high: float, tall: float) -> None:
    """Set y from `low` to `high` upwards, with lines across and round numbers on the left."""
    ax.set_ylim(low, high)
    ticks = _choose_upright_ticks(low, high, tall)
    ax.set_yticks([])
    for tick in ticks:
        ax.axhline(tick, color=RULE, linewidth=0.8, zorder=0, clip_on=False)
        write_small(
            ax,
            -_UPRIGHT_GAP,
            0,
            say_number(tick, ticks[-1]),
            at(ax, 0, tick, fraction=True),
            ha="right",
            va="center",
        )


def _choose_upright_ticks(low: float, high: float, tall: float) -> list[float]:
    """Return round numbers from `low` to `high`, at most one for every 40 points."""
    whole = high - low >= 5
    locator = MaxNLocator(
        nbins=min(max(int(tall / 40), 2), 8), integer=whole, steps=[1, 2, 2.5, 5, 10], min_n_ticks=1
    )
    slack = (high - low) * 1e-9
    ticks = [float(t) for t in locator.tick_values(low, high)]
    return [t for t in ticks if low - slack <= t <= high + slack] or [low]


def _choose_shares(top: float, whole: float, tall: float) -> list[float]:
    """Return round percentages from zero to `top`, at most one for every 40 points."""
    most = 100.0 * top / whole
    locator = MaxNLocator(nbins=min(max(int(tall / 40), 1), 7), steps=[1, 2, 2.5, 5, 10])
    return [float(tick) for tick in locator.tick_values(0, most) if 0 <= tick <= most * (1 + 1e-9)]


def say_share(percent: float) -> str:
    """Return a percentage as the scale has it: "2.5%"."""
    return f"{percent:.4g}%"


def share_width(top: float, whole: float, tall: float) -> float:
    """Return the width of the outer scale with its line, in points."""
    said = [say_share(tick) for tick in _choose_shares(top, whole, tall)]
    return max(measure(text, DETAIL_SIZE) for text in said) + _TICK + _SHARE_GAP + _SIDE


def draw_share_scale(ax: Axes, top: float, whole: float, tall: float, inner: float) -> None:
    """Draw the outer scale on the left of the inner one, which is `inner` points wide."""
    x = -inner - _SIDE
    foot = at(ax, 0, 0, fraction=True)
    draw_line(ax, [x, x], [0, tall], foot, colour=MUTED, gid="share-scale")
    for tick in _choose_shares(top, whole, tall):
        place = at(ax, 0, tick * whole / 100.0, fraction=True)
        draw_line(ax, [x - _TICK, x], [0, 0], place, colour=MUTED)
        write_small(ax, x - _TICK - _SHARE_GAP, 0, say_share(tick), place, ha="right", va="center")
