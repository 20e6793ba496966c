"""Losses of each side as small multiples: a lane a claimant, its statements along time."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.charts.bars import DOUBTS, to_flag
from analysis.charts.days import DAY_AXIS_HEIGHT, draw_day_axis, set_days, to_days, to_number
from analysis.charts.key import Entry, draw_key, draw_line, draw_marks, lay_out
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
from analysis.charts.typeset import height, measure, plain, wrap, write, write_small
from analysis.safety import SHORT_DAY, format_day

COLUMNS = (
    "counted", "said_by", "claimant_name", "series", "counted_to", "is_newest",
    "low", "best", "high", "wording", "status",
)  # fmt: skip

#: What is read of the rows beside them, where it is there.
_READ = (*COLUMNS, "section", "claimant_short", "claimant_side", "is_party", "age")

#: A series with at most so many days between two statements, in the middle, is a line.
PUBLISHED_WEEKLY = 10

_LANE = 16.0  # height of the figures of a lane, from zero to the largest of its section
_AROUND = 2.5  # above and below the figures of a lane, each
_ABOVE_SECTION = 10.0
_SPEAKER = 14.0
_GUTTER = 12.0
_BESIDE = 8.0  # between a figure and its day
_LONGEST = 31  # days between two statements that a line still joins
_DENSE = 14.0  # points between two marks, so that each is drawn
_OLD = 0.55
_SHORTEST = 8.0  # of the bar of a range
_A_YEAR = 365.0


@dataclass(frozen=True)
class _Lane:
    """One claimant on the losses of one side: its statements, its name, its newest figure.

    `beside` says how far from the left the day stands behind a figure of one line; the day
    has a line of its own where it is None.
    """

    rows: pd.DataFrame
    section: str
    said_by: str
    name: list[str]
    figure: list[str]
    day: list[str]
    beside: float | None
    colour: str
    old: bool
    start: float  # of the figure, from the end of the lane or, where it is stacked, from the left
    stacked: bool

    @property
    def words_height(self) -> float:
        days = 0 if self.beside is not None else len(self.day)
        return height(len(self.figure), LABEL_SIZE) + height(days, DETAIL_SIZE)

    @property
    def height(self) -> float:
        words = max(self.words_height, height(len(self.name), LABEL_SIZE))
        return (_LANE + words if self.stacked else max(_LANE, words)) + 2 * _AROUND


@dataclass(frozen=True)
class _Section:
    """Losses of one side: its lanes, and in a line of words who last spoke long ago."""

    name: str
    heading: list[str]
    lanes: list[_Lane]
    by: str  # who says what the first lanes hold
    folded: list[str]
    most: float
    below: bool  # whether who says it, and on what scale, has a line of its own

    @property
    def scale(self) -> str:
        """How high each lane is, in words."""
        return f"each lane: 0 to {say_number(self.most)}"

    @property
    def heading_height(self) -> float:
        below = height(1, DETAIL_SIZE) if self.below else 0.0
        return _ABOVE_SECTION + height(len(self.heading), NAME_SIZE) + below

    @property
    def height(self) -> float:
        lanes = sum(lane.height for lane in self.lanes)
        # The first speaker stands beside the heading.
        speakers = _SPEAKER * max(len({lane.said_by for lane in self.lanes}) - 1, 0)
        return self.heading_height + speakers + lanes + height(len(self.folded), DETAIL_SIZE)


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
    that is published every day or week. Who is no party, and has said nothing for more than a
    year, stands in words below the lanes of the section.

    Parameters
    ----------
    rows
        Needs `counted` (whose losses), `said_by` (the side itself, the other side, third
        parties), `claimant_name`, `series`, `counted_to` (a day), `is_newest`, `low`, `best`,
        `high`, `wording`, `status`. Used where they are there: `section`,
        whose losses and where, instead of `counted`; `claimant_short`,
        `claimant_side`, `is_party`, `age`. Rows without a figure or a day are left out.
    colours
        The colour of each side by its key; others get one of `SIDES`.
    until
        The last day of the axis; else that of the last figure.
    """
    require(rows, COLUMNS, "plot_losses")
    drawn = find_drawn(rows, "counted_to")
    note_drawn(ax, drawn)
    if drawn.empty:
        return say_nothing(ax, empty)
    # Many small frames are made of it: they are to be narrow.
    drawn = pd.DataFrame({name: drawn[name] for name in _READ if name in drawn})
    width = width_of(ax)
    days = to_days(drawn["counted_to"])
    last = float(days.max()) if until is None else max(float(days.max()), to_number(until))
    columns = _find_columns(drawn, width)
    left, right = columns
    inner = width - left - right
    by = "section" if "section" in drawn else "counted"
    colours = _choose_colours(drawn, colours or {})
    sections = [
        _make_section(plain(name), of_section, colours, last, columns, width)
        for name, of_section in drawn.groupby(by, sort=False)
    ]
    lanes = [lane for section in sections for lane in section.lanes]
    key = lay_out(_explain(drawn, lanes), width)
    tall = sum(section.height for section in sections)
    take_room(ax, tall, left=left, right=right, top=key.height, bottom=DAY_AXIS_HEIGHT)
    start, stop = set_days(ax, float(days.min()), last)
    draw_key(key, ax, at(ax, 0, 0, fraction=True), (-left, key.height))
    draw_day_axis(ax, float(days.min()), last, inner, tall)
    a_day = inner / (stop - start)
    top, number = 0.0, 0
    for section in sections:
        _write_section(ax, section, top, left, right, ruled=top > 0)
        place = top + section.heading_height
        said_by = section.lanes[0].said_by if section.lanes else ""
        for lane in section.lanes:
            if lane.said_by != said_by:
                said_by = lane.said_by
                write_small(
                    ax,
                    -left,
                    0,
                    f"according to {said_by}",
                    at(ax, 0, place, fraction=True),
                    italic=True,
                )
                place += _SPEAKER
            _draw_lane(ax, lane, place, (left, _LANE / section.most, a_day), number)
            place += lane.height
            number += 1
        write_small(ax, -left, 0, section.folded, at(ax, 0, place, fraction=True))
        top += section.height
    return ax


def _name_claimant(row: Mapping[Hashable, object]) -> str:
    name = row.get("claimant_short", row["claimant_name"])
    return plain(f"{PARTY_MARK}\u00a0{name}" if to_flag(row.get("is_party")) else name)


def _find_columns(rows: pd.DataFrame, width: float) -> tuple[float, float]:
    """Return the room for the names on the left and for the newest figures on the right."""
    if width < NARROW:
        return 0.0, 0.0  # the words stand above their lanes
    newest = rows[rows["is_newest"].astype(bool)].to_dict("records") or rows.to_dict("records")
    names = [measure(_name_claimant(row), LABEL_SIZE, bold=True) for row in newest]
    words = [
        measure(_say_figure(row), LABEL_SIZE, bold=True) + measure(_say_day(row), DETAIL_SIZE)
        for row in newest
    ]
    return (
        min(max(names) * 1.04, 0.26 * width) + _GUTTER,
        min(max(words) * 1.04 + _BESIDE + _GUTTER, 0.45 * width),
    )


def _make_section(
    name: str,
    rows: pd.DataFrame,
    colours: Mapping[str, str],
    last: float,
    columns: tuple[float, float],
    width: float,
) -> _Section:
    lanes, folded = [], []
    for (said_by, _), of_lane in rows.groupby(["said_by", "claimant_name"], sort=False):
        ordered = of_lane.sort_values("counted_to", kind="stable")
        newest = ordered[ordered["is_newest"].astype(bool)]
        newest = newest if len(newest) else ordered.tail(1)
        # Of several series the one spoken last; two figures of one day both stand.
        told = newest[newest["counted_to"] == newest["counted_to"].max()].to_dict("records")
        long_ago = last - to_number(told[0]["counted_to"]) > _A_YEAR
        if long_ago and not to_flag(told[0].get("is_party")):
            folded.append((told[0]["counted_to"], told))
        else:
            lanes.append(_make_lane(ordered, told, name, plain(said_by), colours, columns, width))
    folded.sort(key=lambda one: one[0], reverse=True)
    said = [f"{_name_claimant(told[0])} {_say_told(told)}" for _, told in folded]
    words = f"{'Older' if lanes else 'Old'}: {'; '.join(said)}" if said else ""
    by = f"according to {lanes[0].said_by}" if lanes else ""
    heading = wrap(name[:1].upper() + name[1:], width, NAME_SIZE, bold=True)
    ends = pd.concat([lane.rows for lane in lanes] or [rows])[["low", "best", "high"]]
    most = float(ends.astype("Float64").max().max()) or 1.0
    section = _Section(name, heading, lanes, by, wrap(words, width, DETAIL_SIZE), most, False)
    used = measure(heading[-1], NAME_SIZE, bold=True) * 1.03 + _BESIDE
    used += measure(by, DETAIL_SIZE, italic=True) + measure(section.scale, DETAIL_SIZE) + 20
    return replace(section, below=bool(lanes) and used >= width)


def _say_told(told: list[dict[Hashable, Any]]) -> str:
    """Return the figures of one day with the day: "7,000 to 15,000 (23 Mar 2022, 1 year old)"."""
    return f"{' or '.join(dict.fromkeys(map(_say_figure, told)))} ({_say_day(told[0])})"


def _make_lane(
    rows: pd.DataFrame,
    told: list[dict[Hashable, Any]],
    section: str,
    said_by: str,
    colours: Mapping[str, str],
    columns: tuple[float, float],
    width: float,
) -> _Lane:
    name = _name_claimant(told[0])
    if any(columns):
        left, right = (room - _GUTTER for room in columns)
        start = _GUTTER
    else:
        start = measure(name, LABEL_SIZE, bold=True) + _BESIDE
        left, right = width, width - start
    figure = wrap(" or ".join(dict.fromkeys(map(_say_figure, told))), right, LABEL_SIZE, bold=True)
    day = _say_day(told[0])
    beside = measure(figure[-1], LABEL_SIZE, bold=True) + _BESIDE
    fits = beside + measure(day, DETAIL_SIZE) <= right
    side = told[0].get("claimant_side")
    return _Lane(
        rows,
        section,
        said_by,
        wrap(name, left, LABEL_SIZE, bold=True),
        figure,
        [day] if fits else wrap(day, right, DETAIL_SIZE),
        beside if fits else None,
        MUTED if pd.isna(side) else colours.get(str(side), MUTED),
        bool(plain(told[0].get("age"))),
        start,
        stacked=not any(columns),
    )


def _choose_colours(rows: pd.DataFrame, given: Mapping[str, str]) -> dict[str, str]:
    """Return a colour for each side that speaks, its own where it has one."""
    if "claimant_side" not in rows:
        return {}
    sides = sorted(rows["claimant_side"].dropna().unique())
    return {side: given.get(side, SIDES[n % 2]) for n, side in enumerate(sides)}


def _say_figure(row: Mapping[Hashable, object]) -> str:
    doubt = plain(row["status"])
    return ", ".join([plain(row["wording"]), *([doubt] if doubt in DOUBTS else [])])


def _say_day(row: Mapping[Hashable, object]) -> str:
    day = format_day(row["counted_to"], SHORT_DAY)
    return ", ".join(filter(None, [day, plain(row.get("age"))]))


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
    ax: Axes, section: _Section, top: float, left: float, right: float, *, ruled: bool
) -> None:
    """Write whose losses a section holds and how high its lanes are, under a line."""
    place = at(ax, 0, top, fraction=True)
    if ruled:
        for where, ends in ((place, (-left, 0.0)), (at(ax, 1, top, fraction=True), (0.0, right))):
            draw_line(ax, ends, [-3.0, -3.0], where, colour=MUTED)
        ax.axhline(top + 3, color=MUTED, linewidth=0.8, clip_on=False)
    write(
        ax, -left, -_ABOVE_SECTION + 3, section.heading, transform=place, size=NAME_SIZE, bold=True
    )
    if not section.lanes:
        return
    heading = measure(section.heading[-1], NAME_SIZE, bold=True) * 1.03 + _BESIDE
    used = 0.0 if section.below else heading
    y = -section.heading_height + 3 + height(1, DETAIL_SIZE)
    write_small(ax, used - left, y, section.by, place, italic=True)
    write_small(ax, right, y, section.scale, at(ax, 1, top, fraction=True), ha="right")


def _draw_lane(
    ax: Axes, lane: _Lane, top: float, scale: tuple[float, float, float], number: int
) -> None:
    """Draw one lane; `scale` is the border on the left, points a person and points a day."""
    left, a_unit, a_day = scale
    middle = top + lane.height / 2
    words = max(lane.words_height, height(len(lane.name), LABEL_SIZE))
    ground = top + _AROUND + words + _LANE if lane.stacked else middle + _LANE / 2
    ax.axhline(ground, color=RULE, linewidth=0.8, zorder=1)
    border = at(ax, 0, top if lane.stacked else middle, fraction=True)
    end = border if lane.stacked else at(ax, 1, middle, fraction=True)
    up = 0.0 if lane.stacked else height(len(lane.name), LABEL_SIZE) / 2
    write(ax, -left, up, lane.name, transform=border, bold=True, colour=lane.colour)
    up = 0.0 if lane.stacked else lane.words_height / 2
    write(
        ax, lane.start, up, lane.figure, transform=end, bold=True,
        colour=MUTED if lane.old else INK,
    )  # fmt: skip
    below = up - height(len(lane.figure), LABEL_SIZE)
    below += 0.0 if lane.beside is None else height(1, DETAIL_SIZE) + 0.5
    write_small(ax, lane.start + (lane.beside or 0.0), below, lane.day, end)
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
