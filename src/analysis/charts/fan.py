"""A projection as a fan: what was counted, the range of what may come, and who planned for what."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.charts.days import (
    DAY_AXIS_HEIGHT,
    draw_day_axis,
    draw_year_axis,
    set_days,
    to_days,
    to_number,
)
from analysis.charts.key import Entry, draw_key, draw_line, draw_marks, lay_out
from analysis.charts.labels import (
    GUTTER,
    draw_fan_labels,
    list_fan_labels,
    make_fan_labels,
    stack_height,
)
from analysis.charts.room import (
    NARROW,
    NOTHING_KNOWN,
    at,
    note_drawn,
    require,
    say_nothing,
    take_room,
    width_of,
)
from analysis.charts.scales import (
    draw_share_scale,
    draw_upright_scale,
    share_width,
    upright_width,
)
from analysis.charts.style import (
    DETAIL_SIZE,
    INK,
    MUTED,
    PROJECTION,
    REFUGEES,
    Mark,
    pale,
)
from analysis.charts.typeset import height, plain, wrap, write_small
from analysis.safety import format_day

COLUMNS = ("part", "day", "quantile", "value")

#: The parts of a fan, by the column `part`.
COUNTED, PROJECTED, PLANNED, LATER = "counted", "projected", "planning figure", "counted later"

TALL = 270.0
_HEADROOM = 12.0
_UNIT_BELOW = 8.0
_POINT = Mark("o", REFUGEES, True, 5.0)
_LATER = Mark("o", REFUGEES, False, 6.5)
_PLAN = Mark("D", INK, False, 6.5)
_BEYOND = Mark(">", INK, False, 6.5)
#: How strong the colour of each band is, from the widest to the narrowest.
_SHADES = (0.18, 0.36, 0.6)
_RIGHT = 30.0  # border on the right of a narrow chart, for half of a day
_SPARSE = 14.0  # points between two figures, so that each has a mark


def plot_fan(
    rows: pd.DataFrame,
    ax: Axes,
    *,
    unit: str,
    empty: str = NOTHING_KNOWN,
    known_on: pd.Timestamp | None = None,
    by_year: bool = False,
    whole: float | None = None,
    whole_name: str = "",
) -> Axes:
    """Draw counts, the quantiles of what may come, and planning figures, on a scale from zero.

    Counts are a line; the central intervals are bands, the wider the paler, about a dashed
    middle. A planning figure is a diamond at the day it speaks about, and an arrow at the
    right edge where that day lies beyond; without a day it is a dotted line from the day it
    was published on. What was counted later is
    hollow. Each thing is named where it ends.

    Parameters
    ----------
    rows
        Needs `part` (counted, projected, planning figure, counted later), `day`, `quantile`
        (of projected rows, else missing) and `value`. Of planning figures `published_on`
        and `label` are used too; their day may be missing. Quantiles pair up about 0.5.
    unit
        What the numbers count.
    known_on
        The day of the replay, drawn as a rule; counts and bands meet near it.
    by_year
        Whether days are ends of years, and are written as years.
    whole
        How many people make 100% of a second scale; none without it.
    whole_name
        What these people are, with whose figure it is and of which year.
    """
    require(rows, COLUMNS, "plot_fan")
    parts = {name: rows[rows["part"] == name] for name in (COUNTED, PROJECTED, PLANNED, LATER)}
    drawn = pd.concat([parts[COUNTED], parts[PROJECTED], parts[LATER]])
    note_drawn(ax, pd.concat([drawn, parts[PLANNED]]) if len(drawn) else drawn)
    if drawn.empty:
        return say_nothing(ax, empty)
    days = to_days(drawn["day"])
    first, last = float(days.min()), float(days.max())
    if known_on is not None:
        last = max(last, to_number(known_on))
    width = width_of(ax)
    narrow = width < NARROW
    labels = make_fan_labels(parts, width if narrow else 0.3 * width)
    listed = stack_height(labels) + _UNIT_BELOW if narrow else 0.0
    tall = TALL if narrow else max(TALL, stack_height(labels))
    most = float(rows["value"].astype("float64").max())
    top = most * tall / (tall - _HEADROOM) or 1.0

    inner_scale = upright_width(0, top, tall)
    outer_scale = share_width(top, whole, tall) if whole else 0.0
    left = inner_scale + outer_scale
    right = max([label.width for label in labels], default=0.0) * 1.04 + GUTTER
    right = _RIGHT if narrow else right
    inner = max(width - left - right, 40.0)
    start, stop = set_days(ax, first, last)

    said = plain(unit) if not whole else f"Inner scale: {unit}. Outer scale: % of {whole_name}"
    words = wrap(said, width, DETAIL_SIZE)
    key = lay_out(_explain(parts, drawn["day"].max()), width)
    above = key.height + height(len(words), DETAIL_SIZE) + _UNIT_BELOW
    above += height(1, DETAIL_SIZE) + 4 if known_on is not None else 0.0
    take_room(ax, tall, left=left, right=right, top=above, bottom=DAY_AXIS_HEIGHT + listed)
    draw_upright_scale(ax, 0, top, tall)
    if whole:
        draw_share_scale(ax, top, whole, tall, inner_scale)
    corner = at(ax, 0, top, fraction=True)
    draw_key(key, ax, corner, (-left, above))
    y = above - key.height
    write_small(ax, -left, y, words, corner)
    if by_year:
        draw_year_axis(ax, sorted(drawn["day"].unique()), inner)
    else:
        draw_day_axis(ax, first, last, inner, 0)
    a_day = inner / (stop - start)
    _draw_bands(parts, ax)
    if known_on is not None:
        _draw_day_known(ax, known_on, top)
    _draw_counts(parts, ax, a_day)
    _draw_plans(parts[PLANNED], ax, first, last)
    if narrow:
        foot = at(ax, 0, 0, fraction=True)
        list_fan_labels(labels, ax, foot, -left, -DAY_AXIS_HEIGHT - _UNIT_BELOW)
    else:
        draw_fan_labels(labels, ax, top, tall)
    return ax


def _explain(parts: dict[str, pd.DataFrame], last: pd.Timestamp) -> list[Entry]:
    """Return the key: an entry for each mark that is used, and for no other."""
    entries = []
    if len(parts[COUNTED]):
        entries.append(Entry(_POINT, "counted, as known on the day"))
    if len(parts[LATER]):
        entries.append(Entry(_LATER, "counted later, not known on the day"))
    bands = find_bands(parts[PROJECTED])
    for (low, high), strength in zip(bands, _SHADES[-len(bands) :] if bands else (), strict=True):
        said = f"{100 * (high - low):.0f}% of outcomes expected here"
        entries.append(Entry("solid", said, pale(PROJECTION, strength)))
    plans = parts[PLANNED]
    beyond = plans["day"].gt(last)
    if (~beyond).any():
        entries.append(Entry(_PLAN, "planning figure as published"))
    if beyond.any():
        entries.append(Entry(_BEYOND, "planning figure for a later day"))
    return entries


def find_bands(projected: pd.DataFrame) -> list[tuple[float, float]]:
    """Return the levels of the central intervals in a frame, the widest first, at most three."""
    levels = sorted({round(float(q), 6) for q in projected["quantile"].dropna()})
    pairs = [(low, 1 - low) for low in levels if low < 0.5 and round(1 - low, 6) in levels]
    return [(low, round(high, 6)) for low, high in pairs][-len(_SHADES) :]


def _draw_bands(parts: dict[str, pd.DataFrame], ax: Axes) -> None:
    """Draw the bands and the middle, from the last figure counted on."""
    projected = parts[PROJECTED]
    if projected.empty:
        return
    wide = projected.assign(quantile=projected["quantile"].astype("float64").round(6)).pivot(
        index="day", columns="quantile", values="value"
    )
    days, values = to_days(pd.Series(wide.index)), wide.astype("float64")
    counted = parts[COUNTED].sort_values("day", kind="stable")
    if len(counted):
        days = np.insert(days, 0, to_days(counted["day"].tail(1))[0])
        start = pd.DataFrame([dict.fromkeys(wide.columns, float(counted["value"].iloc[-1]))])
        values = pd.concat([start, values], ignore_index=True)
    bands = find_bands(projected)
    for (low, high), strength in zip(bands, _SHADES[-len(bands) :] if bands else (), strict=True):
        ax.fill_between(
            days, values[low].to_numpy(), values[high].to_numpy(), linewidth=0, zorder=1.5,
            facecolor=pale(PROJECTION, strength), clip_on=False,
        ).set_gid(f"band-{100 * (high - low):.0f}")  # fmt: skip
    if 0.5 in values:
        ax.plot(
            days, values[0.5], color=PROJECTION, linewidth=2.2, dashes=(4, 1.5), zorder=3,
            clip_on=False, gid="middle",
        )  # fmt: skip


def _draw_counts(parts: dict[str, pd.DataFrame], ax: Axes, a_day: float) -> None:
    for name, mark, gid in ((LATER, _LATER, "later"), (COUNTED, _POINT, "counted")):
        rows = parts[name].sort_values("day", kind="stable")
        if rows.empty:
            continue
        days, values = to_days(rows["day"]), rows["value"].to_numpy(dtype="float64")
        # No line joins counts of different things.
        meaning = rows["counted"] if "counted" in rows else pd.Series("", index=rows.index)
        for same in (meaning == name for name in dict.fromkeys(meaning)):
            ax.plot(
                days[same], values[same], color=REFUGEES, clip_on=False, zorder=3.2,
                linewidth=2.2 if gid == "counted" else 1.1, gid=f"{gid}-line",
            )  # fmt: skip
        sparse = len(days) < 2 or float(np.median(np.diff(days))) * a_day >= _SPARSE
        # Marks that would stand on one another say no more than the line does.
        shown = slice(None) if sparse else slice(-1, None)
        if name == LATER and not sparse:
            shown = slice(None, None, -max(1, int(_SPARSE / a_day)))
        draw_marks(ax, mark, days[shown].tolist(), values[shown].tolist(), ax.transData).set_gid(
            gid
        )


def _draw_plans(plans: pd.DataFrame, ax: Axes, first: float, last: float) -> None:
    for number, row in enumerate(plans.to_dict("records")):
        value, day = float(row["value"]), to_number(row["day"])
        undated = np.isnan(day)
        start = to_number(row.get("published_on")) if undated else day
        x = first if np.isnan(start) else min(max(start, first), last)
        # A day that is stated is not drawn at another.
        beyond = not undated and x != day
        mark = _BEYOND if beyond else _PLAN
        draw_marks(ax, mark, [x], [value], ax.transData).set_gid(f"plan-{number}")
        if not beyond:
            ax.plot(
                [x, last], [value, value], color=INK, linewidth=1.0 if undated else 0.8,
                linestyle=(0, (1, 3)), clip_on=False, zorder=2.6,
                gid=f"plan-{number}-{'level' if undated else 'lead'}",
            )  # fmt: skip


def _draw_day_known(ax: Axes, day: pd.Timestamp, top: float) -> None:
    x = to_number(day)
    ax.plot(
        [x, x], [0, top], color=MUTED, linewidth=1.0, linestyle=(0, (4, 2)), clip_on=False,
        zorder=2.5, gid="day-known",
    )  # fmt: skip
    above = at(ax, x, top)
    draw_line(ax, [0, 0], [0, 4], above, colour=MUTED, width=1.0)
    write_small(ax, 0, 4, f"known on {format_day(day)}", above, ha="center", va="bottom")
