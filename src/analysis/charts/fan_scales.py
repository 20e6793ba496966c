"""The scales of a fan that other charts do not have: a share of a whole, and years by their end."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from analysis.charts.palette import DETAIL_SIZE, INK, MUTED
from analysis.charts.room import at
from analysis.charts.tracks import to_days
from analysis.charts.typeset import measure, write

_TICK = 4.0
_GAP = 3.0
_SIDE = 8.0  # from the shares' line to the numbers on its right


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
    return max(measure(text, DETAIL_SIZE) for text in said) + _TICK + _GAP + _SIDE


def draw_share_scale(ax: Axes, top: float, whole: float, tall: float, inner: float) -> None:
    """Draw the outer scale on the left of the inner one, which is `inner` points wide."""
    x = -inner - _SIDE
    foot = at(ax, 0, 0, fraction=True)
    look = {"color": MUTED, "linewidth": 0.8, "clip_on": False}
    ax.add_artist(Line2D([x, x], [0, tall], transform=foot, gid="share-scale", **look))  # type: ignore[arg-type]
    for tick in _choose_shares(top, whole, tall):
        place = at(ax, 0, tick * whole / 100.0, fraction=True)
        ax.add_artist(Line2D([x - _TICK, x], [0, 0], transform=place, **look))  # type: ignore[arg-type]
        write(
            ax, x - _TICK - _GAP, 0, say_share(tick),
            transform=place, size=DETAIL_SIZE, colour=MUTED, ha="right", va="center",
        )  # fmt: skip


def draw_year_axis(ax: Axes, days: Sequence[pd.Timestamp], width: float) -> None:
    """Draw the ground and, under the ends of years in `days`, as many years as stand apart."""
    low, high = ax.get_xlim()
    ax.set_xticks([])
    base = at(ax, 0, 0, fraction=True)
    ax.add_artist(
        Line2D([0, width], [0, 0], color=INK, linewidth=1.0, transform=base, clip_on=False)
    )
    places = to_days(pd.Series(days))
    ends = sorted({pd.Timestamp(day) for day in days})
    needed = measure("2022", DETAIL_SIZE) + 10
    apart = float(np.diff(places).min()) * width / (high - low) if len(places) > 1 else needed
    step = max(1, int(np.ceil(needed / apart)))
    # Counted back from the last, so that the end of the projection has its year.
    for day in ends[::-1][::step]:
        place = at(ax, float(to_days(pd.Series([day]))[0]), 0)
        ax.add_artist(
            Line2D([0, 0], [0, -_TICK], color=MUTED, linewidth=0.8, transform=place, clip_on=False)
        )
        write(
            ax, 0, -_TICK - _GAP, str(day.year),
            transform=place, size=DETAIL_SIZE, colour=MUTED, ha="center",
        )  # fmt: skip
    write(
        ax, 0, -_TICK - _GAP - 1.25 * DETAIL_SIZE, "at the end of the year",
        transform=base, size=DETAIL_SIZE, colour=MUTED,
    )  # fmt: skip
