"""Losses of each side as small multiples: a lane a claimant, its statements along time."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from analysis.charts.bars import DOUBTS, to_flag
from analysis.charts.days import DAY_AXIS_HEIGHT, draw_day_axis, set_days, to_days, to_number
from analysis.charts.key import Entry, draw_key, draw_marks, lay_out
from analysis.charts.room import (
    NOTHING_KNOWN,
    at,
    note_drawn,
    require,
    say_nothing,
    take_room,
    width_of,
)
from analysis.charts.scales import say_number
from analysis.charts.style import (
    DETAIL_SIZE,
    INK,
    LABEL_SIZE,
    MUTED,
    NAME_SIZE,
    PARTY_MARK,
    RULE,
    SIDES,
    Mark,
    pale,
)
from analysis.charts.tracks import find_drawn
from analysis.charts.typeset import height, measure, plain, wrap, write
from analysis.safety import SHORT_DAY, format_day

COLUMNS = (
    "counted", "said_by", "claimant_name", "series", "counted_to", "is_newest",
    "low", "best", "high", "wording", "status",
)  # fmt: skip

#: A series with at most so many days between two statements, in the middle, is a line.
PUBLISHED_WEEKLY = 10

_LANE = 22.0  # height of the figures of a lane, from zero to the largest of its section
_AROUND = 4.0  # above and below the figures of a lane, each
_SECTION = 34.0  # height of the heading of a section
_SPEAKER = 16.0
_GUTTER = 12.0
_LONGEST = 31  # days between two statements that a line still joins
_DENSE = 14.0  # points between two marks, so that each is drawn
_OLD = 0.55
_SHORTEST = 8.0  # of the bar of a range


@dataclass(frozen=True)
class _Lane:
    """One claimant on the losses of one side: its statements, its name, its newest figure."""

    rows: pd.DataFrame
    section: str
    said_by: str
    name: list[str]
    figure: list[str]
    day: list[str]
    colour: str
    old: bool

    @property
    def height(self) -> float:
        words = height(len(self.figure), LABEL_SIZE) + height(len(self.day), DETAIL_SIZE)
        return max(_LANE, words, height(len(self.name), LABEL_SIZE)) + 2 * _AROUND


def plot_losses(
    rows: pd.DataFrame,
    ax: Axes,
    *,
    colours: Mapping[str, str] | None = None,
    empty: str = NOTHING_KNOWN,
    until: pd.Timestamp | None = None,
) -> Axes:
    """Draw one lane a claimant, in sections: whose losses, then who says it.

    Statements are points, ranges upright bars, on one scale from zero for each section; older
    ones are paler, and the newest stands in words with its day. A line joins only a series
    that is published every day or week.

    Parameters
    ----------
    rows
        Needs `counted` (whose losses), `said_by` (the side itself, the other side, third
        parties), `claimant_name`, `series`, `counted_to` (a day), `is_newest`, `low`, `best`,
        `high`, `wording`, `status`. Used where they are there: `section`,
        whose losses and where, instead of `counted`; `claimant_short`,
        `claimant_side`, `is_party`, `age`. Rows without a figure or a day are left out.
    ax
        Axes of the width at which it will be shown.
    colours
        The colour of each side by its key; others get one of `SIDES`.
    empty
        What a frame without figures says.
    until
        The last day of the axis; else that of the last figure.

    Returns
    -------
    Axes
        The same `ax`; x counts days as matplotlib does.
    """
    require(rows, COLUMNS, "plot_losses")
    drawn = find_drawn(rows, "counted_to")
    note_drawn(ax, drawn)
    if drawn.empty:
        return say_nothing(ax, empty)
    width = width_of(ax)
    left, right = 0.27 * width, 0.29 * width
    inner = width - left - right
    lanes = _make_lanes(drawn, _choose_colours(drawn, colours or {}), left, right)
    key = lay_out(_explain(drawn, lanes), width)
    places, top = [], 0.0
    for number, lane in enumerate(lanes):
        before = lanes[number - 1] if number else None
        new_section = before is None or before.section != lane.section
        top += _SECTION if new_section else 0.0
        new_speaker = new_section or before is None or before.said_by != lane.said_by
        # The first speaker of a section stands beside its heading.
        top += _SPEAKER if new_speaker and not new_section else 0.0
        places.append((top, new_section, new_speaker))
        top += lane.height
    take_room(ax, top, left=left, right=right, top=key.height, bottom=DAY_AXIS_HEIGHT)
    days = to_days(drawn["counted_to"])
    last = float(days.max()) if until is None else max(float(days.max()), to_number(until))
    start, stop = set_days(ax, float(days.min()), last)
    draw_key(key, ax, at(ax, 0, 0, fraction=True), (-left, key.height))
    draw_day_axis(ax, float(days.min()), last, inner, top)
    a_day = inner / (stop - start)
    for number, (lane, (place, section, speaker)) in enumerate(zip(lanes, places, strict=True)):
        most = _find_most([other for other in lanes if other.section == lane.section])
        if section:
            _write_section(ax, lane, place, left, right, most, ruled=number > 0)
        elif speaker:
            write(
                ax, -left, _SPEAKER - 2, _say_by(lane),
                transform=at(ax, 0, place, fraction=True), size=DETAIL_SIZE, colour=MUTED,
                italic=True,
            )  # fmt: skip
        _draw_lane(ax, lane, place, (left, _LANE / most, a_day), number)
    return ax


def _choose_colours(rows: pd.DataFrame, given: Mapping[str, str]) -> dict[str, str]:
    """Return a colour for each side that speaks, its own where it has one."""
    if "claimant_side" not in rows:
        return {}
    sides = sorted(rows["claimant_side"].dropna().unique())
    return {side: given.get(side, SIDES[n % 2]) for n, side in enumerate(sides)}


def _make_lanes(
    rows: pd.DataFrame, colours: Mapping[str, str], left: float, right: float
) -> list[_Lane]:
    name = "claimant_short" if "claimant_short" in rows else "claimant_name"
    lanes = []
    section_by = "section" if "section" in rows else "counted"
    for (section, said_by, _), of_lane in rows.groupby(
        [section_by, "said_by", "claimant_name"], sort=False
    ):
        newest = of_lane[of_lane["is_newest"].astype(bool)].sort_values("counted_to")
        newest = newest if len(newest) else of_lane.tail(1)
        # Of several series the one spoken last; two figures of one day both stand.
        told = newest[newest["counted_to"] == newest["counted_to"].max()]
        records = told.to_dict("records")
        first = records[0]
        side = first.get("claimant_side")
        party = to_flag(first.get("is_party"))
        named = plain(f"{PARTY_MARK}\u00a0{first[name]}" if party else first[name])
        figures = [_say_figure(row) for row in records]
        age = plain(first.get("age"))
        day = ", ".join(filter(None, [format_day(first["counted_to"], SHORT_DAY), age]))
        lanes.append(
            _Lane(
                of_lane.sort_values("counted_to", kind="stable"),
                plain(section),
                plain(said_by),
                wrap(named, left - _GUTTER, LABEL_SIZE, bold=True),
                wrap(" or ".join(dict.fromkeys(figures)), right - _GUTTER, LABEL_SIZE, bold=True),
                wrap(day, right - _GUTTER, DETAIL_SIZE),
                MUTED if pd.isna(side) else colours.get(str(side), MUTED),
                bool(age),
            )
        )
    return lanes


def _say_figure(row: Mapping[Hashable, object]) -> str:
    doubt = plain(row["status"])
    return ", ".join([plain(row["wording"]), *([doubt] if doubt in DOUBTS else [])])


def _say_by(lane: _Lane) -> str:
    return f"according to {lane.said_by}"


def _find_most(lanes: list[_Lane]) -> float:
    ends = [lane.rows[["low", "best", "high"]].astype("Float64").max().max() for lane in lanes]
    return float(max(ends)) or 1.0


def _explain(rows: pd.DataFrame, lanes: list[_Lane]) -> list[Entry]:
    entries = []
    low, high = rows["low"], rows["high"]
    floors, ceilings = high.isna(), low.isna() | ((low == 0) & (high > 0))
    if (~floors & ~ceilings & (low == high)).any():
        entries.append(Entry(Mark("o", MUTED, True, 6.0), "a figure"))
    if (~floors & ~ceilings & (high > low)).any():
        entries.append(Entry(Mark("|", MUTED, True, 10.0), "from the least to the most claimed"))
    if floors.any():
        entries.append(Entry(Mark("^", MUTED, True, 6.5), "at least"))
    if (ceilings & ~floors).any():
        entries.append(Entry(Mark("v", MUTED, True, 6.5), "up to"))
    if rows["status"].isin(DOUBTS).any():
        entries.append(Entry(Mark("o", MUTED, False, 6.0), "unverified, disputed or denied"))
    if any(len(lane.rows) > 1 or lane.old for lane in lanes):
        entries.append(Entry(Mark("o", pale(MUTED, _OLD), True, 6.0), "paler: older"))
    if "is_party" in rows and rows["is_party"].eq(True).any():
        entries.append(Entry("party", "party to the conflict", INK))
    return entries


def _write_section(
    ax: Axes, lane: _Lane, top: float, left: float, right: float, most: float, *, ruled: bool
) -> None:
    """Write whose losses a section holds and how high its lanes are, under a line."""
    place = at(ax, 0, top, fraction=True)
    end = at(ax, 1, top, fraction=True)
    if ruled:
        for where, ends in ((place, (-left, 0.0)), (end, (0.0, right))):
            line = Line2D(ends, [_SECTION - 6] * 2, color=MUTED, linewidth=0.8, transform=where)
            line.set_clip_on(False)
            ax.add_artist(line)
        ax.axhline(top - _SECTION + 6, color=MUTED, linewidth=0.8, clip_on=False)
    words = lane.section[:1].upper() + lane.section[1:]
    write(ax, -left, _SECTION - 12, words, transform=place, size=NAME_SIZE + 1, bold=True)
    scale = f"each lane: 0 to {say_number(most)}"
    beside = measure(words, NAME_SIZE + 1, bold=True) + measure(scale, DETAIL_SIZE) + 20
    by = _say_by(lane)
    write(
        ax, -left + measure(words, NAME_SIZE + 1, bold=True) * 1.03 + 8, _SECTION - 13, by,
        transform=place, size=DETAIL_SIZE, colour=MUTED, italic=True,
    )  # fmt: skip
    beside += measure(by, DETAIL_SIZE, italic=True)
    if beside < width_of(ax):
        write(
            ax, right, _SECTION - 13, scale, transform=end, size=DETAIL_SIZE, colour=MUTED,
            ha="right",
        )  # fmt: skip


def _draw_lane(
    ax: Axes, lane: _Lane, top: float, scale: tuple[float, float, float], number: int
) -> None:
    """Draw one lane; `scale` is the border on the left, points a person and points a day."""
    left, a_unit, a_day = scale
    middle = top + lane.height / 2
    ground = middle + _LANE / 2
    ax.axhline(ground, color=RULE, linewidth=0.8, zorder=1)
    border = at(ax, 0, middle, fraction=True)
    up = height(len(lane.name), LABEL_SIZE) / 2
    write(ax, -left, up, lane.name, transform=border, bold=True, colour=lane.colour)
    end = at(ax, 1, middle, fraction=True)
    up = (height(len(lane.figure), LABEL_SIZE) + height(len(lane.day), DETAIL_SIZE)) / 2
    write(
        ax, _GUTTER, up, lane.figure, transform=end, bold=True,
        colour=MUTED if lane.old else INK,
    )  # fmt: skip
    below = up - height(len(lane.figure), LABEL_SIZE)
    write(ax, _GUTTER, below, lane.day, transform=end, size=DETAIL_SIZE, colour=MUTED)
    for _, series in lane.rows.groupby("series", sort=False):
        _draw_series(ax, lane, series, ground, (a_unit, a_day), number)


def _draw_series(
    ax: Axes,
    lane: _Lane,
    series: pd.DataFrame,
    ground: float,
    scale: tuple[float, float],
    number: int,
) -> None:
    a_unit, a_day = scale
    days = to_days(series["counted_to"])
    low, best, high = (
        np.asarray(series[end].astype("Float64").to_numpy(dtype="float64", na_value=np.nan))
        for end in ("low", "best", "high")
    )
    ceiling = (np.isnan(low) | (low == 0)) & (high > 0)
    exact = np.where(low == high, low, np.where(ceiling, high, np.where(np.isnan(high), low, best)))
    bare = np.isnan(exact)
    y = ground - np.where(bare, (low + high) / 2, exact) * a_unit
    doubtful = series["status"].isin(DOUBTS).to_numpy(dtype=bool)
    newest = series["is_newest"].to_numpy(dtype=bool) & (not lane.old)
    gaps = np.diff(days)
    regular = len(days) > 2 and float(np.median(gaps)) <= PUBLISHED_WEEKLY
    if regular:
        cuts = np.flatnonzero(gaps > _LONGEST) + 1
        for part in np.split(np.arange(len(days)), cuts):
            ax.plot(
                days[part], y[part], color=lane.colour, linewidth=1.8, zorder=2, clip_on=False,
                gid=f"lane-{number}-line",
            )  # fmt: skip
    # Of a series with marks on marks only the newest is marked: its line shows the others.
    dense = regular and float(np.median(gaps)) * a_day < _DENSE
    for place in range(len(days)):
        if dense and not newest[place] and place < len(days) - 1:
            continue
        colour = lane.colour if newest[place] else pale(lane.colour, _OLD)
        if high[place] > low[place] and not ceiling[place]:
            ends = ground - np.array([low[place], high[place]]) * a_unit
            # A range too small to be seen is drawn as the smallest that can be told from a point.
            grow = max(_SHORTEST - abs(ends[0] - ends[1]), 0.0) / 2 if bare[place] else 0.0
            ends = ends + np.array([grow, -grow])
            ax.plot(
                [days[place]] * 2, ends, color=colour, linewidth=4.0, solid_capstyle="butt",
                alpha=0.75, zorder=3, clip_on=False,
            )[0].set_gid(f"lane-{number}-range")  # fmt: skip
            if bare[place]:
                continue
        sign = "v" if ceiling[place] else "^" if np.isnan(high[place]) else "o"
        mark = Mark(sign, colour, not doubtful[place], 6.0)
        drawn = draw_marks(ax, mark, [days[place]], [y[place]], ax.transData)
        drawn.set_gid(f"lane-{number}-{'newest' if newest[place] else 'older'}")
