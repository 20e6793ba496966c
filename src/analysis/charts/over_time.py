"""Claims over time: a line, band or arrows a claimant, never a middle that nobody named.

A break in a series is an upright rule through the chart, with its reason on a flag above.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from analysis.charts.claims import group_by_scope
from analysis.charts.days import (
    DAY_AXIS_HEIGHT,
    draw_day_axis,
    find_pad,
    to_day,
    to_days,
    to_number,
)
from analysis.charts.key import Entry, draw_key, draw_line, lay_out
from analysis.charts.labels import (
    GUTTER,
    EndLabel,
    draw_labels,
    list_labels,
    make_label,
    stack_height,
)
from analysis.charts.room import (
    NARROW,
    NOTHING_KNOWN,
    add_panel,
    as_canvas,
    at,
    note_drawn,
    require,
    say_nothing,
    take_room,
    width_of,
)
from analysis.charts.scales import draw_upright_scale, upright_width
from analysis.charts.style import DETAIL_SIZE, INK, MUTED, NAME_SIZE, PARTY, POPULATION, Mark, pale
from analysis.charts.tracks import Scale, Track, draw_track, find_drawn, make_tracks, show_ranges
from analysis.charts.typeset import height, measure, plain, wrap, write, write_small
from analysis.safety import SHORT_DAY, format_day

COLUMNS = ("claimant_name", "counted_to", "low", "best", "high")

#: Height of the data in points, unless the labels need more.
TALL = 250.0
#: Of each panel, where series of several scopes have a panel each.
_TALL_PANEL = 64.0
_HEADING = 34.0
#: More series than this are drawn in grey and without a label.
NAMED = 12

_HEADROOM = 20.0  # above the largest figure, for an arrow
_UNIT_BELOW = 8.0
#: Figures that are further apart than a month and this part of the axis are not joined in full.
_A_MONTH, _JOINED = 31.0, 0.08
_WIDEST = 190.0  # of the reason of a break
_BESIDE = 5.0  # between the rule and its text
_BETWEEN = 5.0  # lanes
_BELOW = 6.0
_NARROWEST = 96.0  # of the labels, where a break needs room for its reason
#: The part of the width that labels have beside the data.
_LABELS = 0.3
#: More lanes of reasons than this are a staircase: then they are letters, and a list.
_LANES = 2


def plot_over_time(
    rows: pd.DataFrame,
    ax: Axes,
    *,
    unit: str,
    empty: str = NOTHING_KNOWN,
    until: pd.Timestamp | None = None,
    breaks: Sequence[tuple[pd.Timestamp, str]] = (),
) -> Axes:
    """Draw one series a claimant over the days counted, on a scale from zero.

    Series that differ in `scope` by more than their first day stand in panels of their own,
    one above the other along the same days, each with its own scale.

    Exact figures are a line, with points where there is room; ranges a pale band from low to
    high; "at least" and "up to" have an arrow at the open end. Each line ends in its name
    and its last figure. Where the meaning changes the line is interrupted and a rule says
    why. A figure that is unverified, disputed or denied is a hollow point.

    Parameters
    ----------
    rows
        Needs `claimant_name`, `counted_to` (a day), `low`, `best`, `high` (a missing end is
        open). Used where they are there: `series`, what is one line instead of claimant and
        `counted`; `scope`, the part in which series differ, under the name; `age` of old
        figures, which make a series paler; `wording`, of which the last is shown; `status`;
        `is_party`; `segment` (figures of one number mean the same), `break_reason` and
        `breaks_on`, the day of a
        break. Rows without a figure or a day are left out.
    unit
        What the numbers count, above the scale.
    until
        The last day of the axis, such as the day of the replay; else that of the last figure.
    breaks
        Breaks with their reasons that are drawn although no figure follows them; those that
        are no day of the axis are left out.
    """
    require(rows, COLUMNS, "plot_over_time")
    drawn = find_drawn(rows, "counted_to")
    note_drawn(ax, drawn)
    if drawn.empty:
        return say_nothing(ax, empty)
    days = to_days(drawn["counted_to"])
    first, last = float(days.min()), float(days.max())
    if until is not None:
        last = max(last, to_number(until))
    width = width_of(ax)
    split, headed = group_by_scope(drawn)
    groups = split.groupby(split["scope"].map(plain), sort=False) if headed else [("", split)]
    panels = [
        _make_panel(heading, of_scope, breaks, (first, last), width, alone=not headed)
        for heading, of_scope in groups
    ]
    left = max(upright_width(0, panel.top, panel.tall) for panel in panels)
    narrow = width < NARROW
    if narrow:
        right = _BESIDE
    else:
        widest = max(label.width for panel in panels for label in panel.labels)
        if any(panel.rules for panel in panels):
            widest = max(widest, _NARROWEST)
        right = min(GUTTER + widest * 1.04, (_LABELS + 0.02) * width)
    inner = max(width - left - right, 40.0)

    pad = find_pad(first, last)
    start, stop = first - pad, last + pad
    a_day = inner / (stop - start)
    flags = [
        lay_out_flags(
            panel.rules, [(day - start) * a_day for day, _ in panel.rules], inner + right, width
        )
        for panel in panels
    ]
    tracks = [track for panel in panels for track in (*panel.named, *panel.rest)]
    ranged = any(
        show_ranges(track, panel.tall / panel.top).any()
        for panel in panels
        for track in (*panel.named, *panel.rest)
    )
    key = lay_out(_explain(tracks, sum(len(p.rest) for p in panels), ranged=ranged), width)
    words = wrap(plain(unit), width, DETAIL_SIZE)
    head = key.height + height(len(words), DETAIL_SIZE) + _UNIT_BELOW
    heads = [
        flag.height + (_HEADING if headed else 0.0) + (panel.legend if narrow else 0.0)
        for flag, panel in zip(flags, panels, strict=True)
    ]
    total = head + sum(heads) + sum(panel.tall for panel in panels) + DAY_AXIS_HEIGHT
    if headed:
        as_canvas(ax, total, width)
    top = head
    scale = Scale(a_day, 1.0, max(_A_MONTH, _JOINED * (last - first)))
    for number, (panel, over, flag) in enumerate(zip(panels, heads, flags, strict=True)):
        border = {"left": left, "right": right, "top": top + over}
        bottom = total - top - over - panel.tall
        if headed:
            place = add_panel(ax, panel.tall, bottom=bottom, **border)
        else:
            place = ax
            take_room(ax, panel.tall, bottom=bottom, **border)
        place.set_xlim(start, stop)
        _draw_panel(panel, place, scale, flag, left, narrow=narrow)
        draw_day_axis(
            place, first, last, inner, 0, bare=number < len(panels) - 1,
        )  # fmt: skip
        if number == 0:
            corner = at(place, 0, panel.top, fraction=True)
            draw_key(key, place, corner, (-left, head + over))
            y = head + over - key.height
            write_small(place, -left, y, words, corner)
        top += over + panel.tall
    return ax


@dataclass(frozen=True)
class _Panel:
    """The series of one scope on a scale of their own, from zero to `top`."""

    heading: str
    named: list[Track]
    rest: list[Track]
    labels: list[EndLabel]
    rules: list[tuple[float, str]]
    tall: float
    top: float

    @property
    def legend(self) -> float:
        """Height of the labels above the data, where there is no room beside it."""
        return stack_height(self.labels) + _BELOW


def _make_panel(
    heading: str,
    rows: pd.DataFrame,
    breaks: Sequence[tuple[pd.Timestamp, str]],
    ends: tuple[float, float],
    width: float,
    *,
    alone: bool,
) -> _Panel:
    # The heading says what is alike in them.
    tracks = make_tracks(rows.drop(columns="scope") if heading else rows, "counted_to")
    named, rest = _choose_named(tracks)
    room = width if width < NARROW else _LABELS * width
    labels = [make_label(track, _write_day(track, ends[1]), room - GUTTER) for track in named]
    tall = TALL if alone else _TALL_PANEL
    tall = tall if width < NARROW else max(tall, stack_height(labels))
    top = max(track.top for track in tracks) * tall / (tall - _HEADROOM) or 1.0
    return _Panel(
        heading[:1].upper() + heading[1:], named, rest, labels,
        _collect_breaks(tracks, breaks, *ends), tall, top,
    )  # fmt: skip


def _draw_panel(
    panel: _Panel, ax: Axes, scale: Scale, flags: Flags, left: float, *, narrow: bool
) -> None:
    draw_upright_scale(ax, 0, panel.top, panel.tall)
    if panel.heading:
        write(
            ax, -left, flags.height + (panel.legend if narrow else 0.0) + _HEADING - 12,
            panel.heading,
            transform=at(ax, 0, panel.top, fraction=True), size=NAME_SIZE, bold=True, colour=MUTED,
        )  # fmt: skip
    draw_flags(flags, ax, 0, panel.top, left)
    scale = replace(scale, a_unit=panel.tall / panel.top)
    for number, track in enumerate(panel.rest):
        draw_track(replace(track, colour=POPULATION), ax, scale, f"rest-{number}", faint=True)
    for number, track in enumerate(panel.named):
        # A series that ended long ago stands behind the fresh ones.
        shown = replace(track, colour=pale(track.colour, 0.6)) if track.age else track
        draw_track(shown, ax, scale, f"track-{number}")
    if narrow:
        corner = at(ax, 0, panel.top, fraction=True)
        list_labels(panel.labels, ax, corner, -left, flags.height + panel.legend)
    else:
        draw_labels(panel.labels, ax, 0, panel.top, panel.tall)


def _choose_named(tracks: Sequence[Track]) -> tuple[list[Track], list[Track]]:
    """Return the tracks that get a label and those that don't: what is older, or has less."""
    order = sorted(tracks, key=lambda track: (-track.days[-1], -len(track.days)))
    kept = {id(track) for track in order[:NAMED]}
    return (
        [track for track in tracks if id(track) in kept],
        [track for track in tracks if id(track) not in kept],
    )


def _write_day(track: Track, last: float) -> str:
    """Return the last day, where the axis goes on after it, and how old it is."""
    if track.days[-1] >= last:
        return ""
    day = format_day(to_day(track.days[-1]), SHORT_DAY)
    return f"({', '.join(filter(None, [day, track.age]))})"


def _collect_breaks(
    tracks: Sequence[Track],
    declared: Sequence[tuple[pd.Timestamp, str]],
    first: float,
    last: float,
) -> list[tuple[float, str]]:
    """Return each break once: those declared, then those in a series, which is named."""
    days = to_days(pd.Series([day for day, _ in declared], dtype="datetime64[ns]")).tolist()
    rules = [
        (day, plain(reason))
        for day, (_, reason) in zip(days, declared, strict=True)
        if first <= day <= last
    ]
    told = {reason for _, reason in rules}
    found: dict[tuple[float, str], list[str]] = {}
    for track in tracks:
        for day, reason in track.breaks:
            if reason not in told:
                found.setdefault((day, reason), []).append(track.name)
    for (day, reason), names in found.items():
        rules.append((day, f"{', '.join(names)}, {reason}" if len(tracks) > 1 else reason))
    return rules


def _explain(tracks: Sequence[Track], rest: int, *, ranged: bool) -> list[Entry]:
    """Return the key: an entry for each mark that is used, and for no other."""
    entries = []
    if ranged:
        entries.append(Entry("pale", "from the least to the most claimed"))
    if any(track.is_floor.any() for track in tracks):
        entries.append(Entry(Mark("^", MUTED, True, 7.5), "at least: no upper limit given"))
    if any(track.is_ceiling.any() for track in tracks):
        entries.append(Entry(Mark("v", MUTED, True, 7.5), "up to: no lower limit given"))
    doubts = list(dict.fromkeys(word for track in tracks for word in track.doubts))
    if doubts:
        entries.append(Entry(Mark("o", MUTED, False, 6.5), " or ".join(doubts)))
    if any(track.party for track in tracks):
        entries.append(Entry("party", "party to the conflict", PARTY))
    if rest:
        said = f"{rest} more series, without a label"
        entries.append(Entry(Mark("_", POPULATION, True, 10.0), said))
    return entries


@dataclass(frozen=True)
class Flag:
    """One break: its day, its text in lines, and the lane it stands in, 0 the lowest."""

    day: float
    lines: list[str]
    lane: int


@dataclass(frozen=True)
class Flags:
    """All flags with the height of each lane, from the lowest up."""

    flags: tuple[Flag, ...]
    lanes: tuple[float, ...]
    notes: tuple[str, ...] = ()  # lines above all lanes: what each letter means

    @property
    def height(self) -> float:
        """Room above the data in points."""
        notes = height(len(self.notes), DETAIL_SIZE) + _BELOW if self.notes else 0.0
        return sum(self.lanes) + _BELOW + notes if self.flags else 0.0


def lay_out_flags(
    breaks: Sequence[tuple[float, str]],
    places: Sequence[float],
    width: float,
    whole: float | None = None,
) -> Flags:
    """Return the flags of `breaks` (day and reason) that stand `places` points from the left.

    A text stands to the right of its rule, at most to `width`; it is lifted over every rule
    that it would hide. Where that would make a staircase each flag is a letter, and a list
    `whole` points wide says what the letters mean.
    """
    flags = _lift_flags(breaks, places, width)
    if whole is None or len(flags.lanes) <= _LANES:
        return flags
    order = sorted(range(len(breaks)), key=lambda number: (places[number], number))
    letters = {number: chr(ord("a") + place % 26) for place, number in enumerate(order)}
    lettered = [(day, letters[number]) for number, (day, _) in enumerate(breaks)]
    lines = [
        line
        for number in order
        for line in wrap(f"{letters[number]}: {breaks[number][1]}", whole, DETAIL_SIZE)
    ]
    return replace(_lift_flags(lettered, places, width), notes=tuple(lines))


def _lift_flags(
    breaks: Sequence[tuple[float, str]], places: Sequence[float], width: float
) -> Flags:
    order = sorted(range(len(breaks)), key=lambda number: (places[number], number))
    flags: list[Flag] = []
    standing: list[tuple[float, int]] = []  # place and lane of those further right
    for number in reversed(order):
        room = min(_WIDEST, max(width - places[number] - _BESIDE, 60.0))
        lines = wrap(breaks[number][1] or "the series changes its meaning", room, DETAIL_SIZE)
        end = places[number] + 2 * _BESIDE + max(measure(line, DETAIL_SIZE) for line in lines)
        lane = max((lane + 1 for place, lane in standing if place <= end), default=0)
        standing.append((places[number], lane))
        flags.append(Flag(breaks[number][0], lines, lane))
    count = max((flag.lane for flag in flags), default=-1) + 1
    lanes = tuple(
        max(height(len(flag.lines), DETAIL_SIZE) for flag in flags if flag.lane == lane) + _BETWEEN
        for lane in range(count)
    )
    return Flags(tuple(reversed(flags)), lanes)


def draw_flags(flags: Flags, ax: Axes, low: float, high: float, left: float = 0.0) -> None:
    """Draw each rule from `low` to its flag above `high`, and the reason beside it.

    A list of reasons begins `left` points before the data.
    """
    write_small(ax, -left, flags.height, flags.notes, at(ax, 0, high, fraction=True))
    for number, flag in enumerate(flags.flags):
        top = _BELOW + sum(flags.lanes[: flag.lane + 1]) - _BETWEEN
        above = at(ax, flag.day, high)
        look: dict[str, Any] = {
            "color": INK,
            "linewidth": 1.0,
            "linestyle": (0, (4, 2)),
            "clip_on": False,
        }
        rule = ax.plot([flag.day, flag.day], [low, high], zorder=2.5, **look)[0]
        rule.set_gid(f"break-{number}")
        draw_line(ax, [0, 0], [0, top], above, colour=INK, width=1.0, linestyle=look["linestyle"])
        write_small(ax, _BESIDE, top, flag.lines, above)
