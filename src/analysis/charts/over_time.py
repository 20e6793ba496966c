"""Claims over time: a line, band or arrows a claimant, never a middle that nobody named.

A break in a series is an upright rule through the chart, with its reason on a flag above.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from analysis.charts.days import (
    DAY_AXIS_HEIGHT,
    draw_day_axis,
    set_days,
    to_day,
    to_days,
    to_number,
)
from analysis.charts.key import Entry, draw_key, lay_out
from analysis.charts.labels import GUTTER, draw_labels, make_label, stack_height
from analysis.charts.room import (
    NOTHING_KNOWN,
    at,
    note_drawn,
    require,
    say_nothing,
    take_room,
    width_of,
)
from analysis.charts.scales import draw_upright_scale, upright_width
from analysis.charts.style import DETAIL_SIZE, INK, MUTED, PARTY, POPULATION, Mark, pale
from analysis.charts.tracks import Scale, Track, draw_track, find_drawn, make_tracks, show_ranges
from analysis.charts.typeset import height, measure, plain, wrap, write
from analysis.safety import SHORT_DAY, format_day

COLUMNS = ("claimant_name", "counted_to", "low", "best", "high")

#: Height of the data in points, unless the labels need more.
TALL = 250.0
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
    ax
        Axes of the width at which it will be shown.
    unit
        What the numbers count, above the scale.
    empty
        What a frame without figures says.
    until
        The last day of the axis, such as the day of the replay; else that of the last figure.
    breaks
        Breaks with their reasons that are drawn although no figure follows them; those that
        are no day of the axis are left out.

    Returns
    -------
    Axes
        The same `ax`; x counts days as matplotlib does, y the figures.
    """
    require(rows, COLUMNS, "plot_over_time")
    note_drawn(ax, find_drawn(rows, "counted_to"))
    tracks = make_tracks(rows, "counted_to")
    if not tracks:
        return say_nothing(ax, empty)
    first = min(float(track.days[0]) for track in tracks)
    last = max(float(track.days[-1]) for track in tracks)
    if until is not None:
        last = max(last, to_number(until))
    named, rest = _choose_named(tracks)
    width = width_of(ax)
    labels = [make_label(track, _write_day(track, last), 0.3 * width - GUTTER) for track in named]
    tall = max(TALL, stack_height(labels))
    top = max(track.top for track in tracks) * tall / (tall - _HEADROOM) or 1.0

    rules = _collect_breaks(tracks, breaks, first, last)
    left = upright_width(0, top, tall)
    widest = max([label.width for label in labels] + [_NARROWEST if rules else 0.0])
    right = min(GUTTER + widest * 1.04, 0.32 * width)
    inner = max(width - left - right, 40.0)

    start, stop = set_days(ax, first, last)
    places = [(day - start) / (stop - start) * inner for day, _ in rules]
    flags = lay_out_flags(rules, places, inner + right)
    key = lay_out(_explain(tracks, rest, tall / top), width)
    words = wrap(plain(unit), width, DETAIL_SIZE)
    above = key.height + height(len(words), DETAIL_SIZE) + _UNIT_BELOW + flags.height
    take_room(ax, tall, left=left, right=right, top=above, bottom=DAY_AXIS_HEIGHT)
    draw_upright_scale(ax, 0, top, tall)
    corner = at(ax, 0, top, fraction=True)
    draw_key(key, ax, corner, (-left, above))
    y = above - key.height
    write(ax, -left, y, words, transform=corner, size=DETAIL_SIZE, colour=MUTED)
    draw_day_axis(ax, first, last, inner, 0)
    draw_flags(flags, ax, 0, top)
    scale = Scale(inner / (stop - start), tall / top, max(_A_MONTH, _JOINED * (last - first)))
    for number, track in enumerate(rest):
        draw_track(replace(track, colour=POPULATION), ax, scale, f"rest-{number}", faint=True)
    for number, track in enumerate(named):
        # A series that ended long ago stands behind the fresh ones.
        shown = replace(track, colour=pale(track.colour, 0.6)) if track.age else track
        draw_track(shown, ax, scale, f"track-{number}")
    draw_labels(labels, ax, 0, top, tall)
    return ax


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


def _explain(tracks: Sequence[Track], rest: Sequence[Track], a_unit: float) -> list[Entry]:
    """Return the key: an entry for each mark that is used, and for no other."""
    entries = []
    if any(show_ranges(track, a_unit).any() for track in tracks):
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
        said = f"{len(rest)} more series, without a label"
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

    @property
    def height(self) -> float:
        """Room above the data in points."""
        return sum(self.lanes) + _BELOW if self.flags else 0.0


def lay_out_flags(
    breaks: Sequence[tuple[float, str]], places: Sequence[float], width: float
) -> Flags:
    """Return the flags of `breaks` (day and reason) that stand `places` points from the left.

    A text stands to the right of its rule, at most to `width`; it is lifted over every rule
    that it would hide.
    """
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


def draw_flags(flags: Flags, ax: Axes, low: float, high: float) -> None:
    """Draw each rule from `low` to its flag above `high`, and the reason beside it."""
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
        ax.add_artist(Line2D([0, 0], [0, top], transform=above, **look))
        write(ax, _BESIDE, top, flag.lines, transform=above, size=DETAIL_SIZE, colour=MUTED)
