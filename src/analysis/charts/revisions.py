"""One figure as it stood on each day it was published: a step a revision, with its amount."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes

from analysis.charts.days import DAY_AXIS_HEIGHT, draw_day_axis, set_days, to_day, to_number
from analysis.charts.key import Entry, draw_key, lay_out
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
from analysis.charts.style import DETAIL_SIZE, INK, LABEL_SIZE, OTHER_CLAIMANT, PARTY, Mark
from analysis.charts.tracks import Track, find_drawn, make_tracks
from analysis.charts.typeset import height, measure, plain, wrap, write, write_small
from analysis.safety import SHORT_DAY, InputError, format_day

COLUMNS = ("claimant_name", "published_on", "low", "best", "high")

#: What stands above a scale that is cut.
CUT_SCALE = "The scale does not start at zero, since the changes are small beside the figure."

_TALL = 240.0
_GUTTER = 12.0
_FLAT = 0.25  # the axis goes on after the last revision for at most this part of the days before
_OFF_LINE = 5.0  # from a step to its amount
_BEFORE = 8.0  # from the first figure to its point
_POINT = 5.5
_MARGIN = 0.3  # of the span of the figures, above and below them
_CUT = 0.6  # a scale is cut where the smallest figure is more than this part of the largest


@dataclass(frozen=True)
class _Box:
    """A rectangle in points from the lower left corner of the data."""

    left: float
    right: float
    low: float
    high: float

    def meets(self, other: _Box) -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.low < other.high and other.low < self.high


def plot_revisions(
    rows: pd.DataFrame,
    ax: Axes,
    *,
    unit: str,
    empty: str = NOTHING_KNOWN,
    until: pd.Timestamp | None = None,
) -> Axes:
    """Draw how one figure stood on each day of publication, a step for each revision.

    Each change has its signed amount where there is room; the first and the last figure are
    written out. No bar stands on the scale, so it may be cut; then words above it say so.

    Parameters
    ----------
    rows
        The editions of one figure. Needs `claimant_name`, `published_on` (a day), `low`,
        `best`, `high`. Used where they are there: `wording`, `is_party`, `status`.
    unit
        What the figure counts, and to which day.
    until
        The day of the replay: up to there the last figure stands, and words say so where
        the axis ends before.

    Raises
    ------
    InputError
        The rows are of more than one claimant or series.
    """
    require(rows, COLUMNS, "plot_revisions")
    note_drawn(ax, find_drawn(rows, "published_on"))
    tracks = make_tracks(rows, "published_on")
    if len(tracks) > 1:
        named = ", ".join(track.name for track in tracks)
        raise InputError(f"plot_revisions draws the editions of one figure, not of {named}")
    if not tracks:
        return say_nothing(ax, empty)
    track = tracks[0]
    days = track.days.tolist()
    values = track.value.tolist()
    first, last = days[0], days[-1]
    if until is not None:
        # A long time without a change is said in words: the steps keep the room.
        last = max(last, min(to_number(until), last + max(_FLAT * (last - first), 7.0)))
    low, high = _find_scale(values)

    width = width_of(ax)
    end = _write_end(track, until, 0.28 * width - _GUTTER)
    left = upright_width(low, high, _TALL)
    widest = [measure(line, LABEL_SIZE, bold=True) for line in end[0]]
    widest += [measure(line, DETAIL_SIZE) for line in end[1]]
    right = min(_GUTTER + max(widest) * 1.04, 0.3 * width)
    inner = max(width - left - right, 40.0)
    start, stop = set_days(ax, first, last)
    if len(days) > 1:
        # The first figure stands before the line, at its height: there it can't be mistaken.
        opening = f"{values[0]:,.0f}"
        before = measure(opening, DETAIL_SIZE, bold=True) + 2 * _BEFORE
        start -= before / max(inner - before, 40.0) * (stop - start)
        ax.set_xlim(start, stop)
    colour = PARTY if track.party else OTHER_CLAIMANT
    key = lay_out(
        [
            Entry(Mark("o", colour, True, _POINT + 1), "published, and what it changed"),
            *([Entry("party", "party to the conflict", PARTY)] if track.party else []),
        ],
        width,
    )
    words = wrap(plain(unit), width, DETAIL_SIZE)
    warning = wrap(CUT_SCALE, width, DETAIL_SIZE, italic=True) if low else []
    above = key.height + height(len(words) + len(warning), DETAIL_SIZE) + 10
    take_room(ax, _TALL, left=left, right=right, top=above, bottom=DAY_AXIS_HEIGHT)
    draw_upright_scale(ax, low, high, _TALL)
    corner = at(ax, 0, high, fraction=True)
    draw_key(key, ax, corner, (-left, above))
    y = above - key.height
    write_small(ax, -left, y, words, corner)
    y -= height(len(words), DETAIL_SIZE)
    write(ax, -left, y, warning, transform=corner, size=DETAIL_SIZE, colour=INK, italic=True)
    draw_day_axis(ax, first, last, inner, low, cut=low > 0)

    ax.plot(
        [*days, last], [*values, values[-1]], drawstyle="steps-post", color=colour, linewidth=2.2,
        zorder=3, clip_on=False,
    )[0].set_gid("steps")  # fmt: skip
    ax.plot(
        days, values, linestyle="none", marker="o", markersize=_POINT, color=colour, zorder=4,
        clip_on=False,
    )[0].set_gid("editions")  # fmt: skip
    a_day, a_unit = inner / (stop - start), _TALL / (high - low)
    xs = [(day - start) * a_day for day in [*days, last]]
    ys = [(value - low) * a_unit for value in [*values, values[-1]]]
    _write_changes(ax, days, values, xs, ys, inner)
    if len(days) > 1:
        write(
            ax, -_BEFORE, 0, opening,
            transform=at(ax, first, values[0]), size=DETAIL_SIZE, bold=True, ha="right",
            va="center", halo=True,
        )  # fmt: skip
    place = at(ax, 1, values[-1], fraction=True)
    y = height(len(end[0]), LABEL_SIZE) / 2
    write(ax, _GUTTER, y, end[0], transform=place, bold=True, colour=colour)
    y -= height(len(end[0]), LABEL_SIZE)
    write_small(ax, _GUTTER, y, end[1], place)
    return ax


def _find_scale(values: Sequence[float]) -> tuple[float, float]:
    """Return the ends of the scale: cut where the figures are close together, else from zero."""
    least, most = min(values), max(values)
    if len(values) < 2 or least <= _CUT * most:
        return 0.0, (most * 1.15 or 1.0)
    margin = (most - least or most * 0.05) * _MARGIN
    return max(least - margin, 0.0), most + margin


def _write_end(
    track: Track, until: pd.Timestamp | None, width: float
) -> tuple[list[str], list[str]]:
    """Return the last figure in bold, and since when it stands."""
    figure = wrap(track.last or f"{track.value[-1]:,.0f}", width, LABEL_SIZE, bold=True)
    said = f"as published on {format_day(to_day(track.days[-1]), SHORT_DAY)}"
    if until is not None and to_number(until) > track.days[-1]:
        said += f", not changed by {format_day(until, SHORT_DAY)}"
    return figure, wrap(said, width, DETAIL_SIZE)


def _write_changes(
    ax: Axes,
    days: Sequence[float],
    values: Sequence[float],
    xs: Sequence[float],
    ys: Sequence[float],
    inner: float,
) -> None:
    """Write the signed changes, the greatest first, where there is room."""
    line = height(1, DETAIL_SIZE)
    taken = [
        _Box(min(xs[n], xs[n + 1]) - 2, xs[n + 1] + 2, ys[n] - 2, ys[n] + 2)
        for n in range(len(xs) - 1)
    ]
    taken += [
        _Box(xs[n] - 3, xs[n] + 3, min(ys[n - 1 : n + 1]) - 3, max(ys[n - 1 : n + 1]) + 3)
        for n in range(1, len(xs) - 1)
    ]
    order = sorted(range(1, len(days)), key=lambda n: (-abs(values[n] - values[n - 1]), n))
    for number in order:
        change = values[number] - values[number - 1]
        text = f"{change:+,.0f}".replace("-", "−")
        wide = measure(text, DETAIL_SIZE)
        ways = (1, -1) if change >= 0 else (-1, 1)
        for way, left in ((way, left) for way in ways for left in (0.0, -wide / 2, -wide)):
            low = ys[number] + (_OFF_LINE if way > 0 else -_OFF_LINE - line)
            box = _Box(xs[number] + left, xs[number] + left + wide, low, low + line)
            inside = box.left >= -4 and box.right <= inner + 4 and 0 <= low <= _TALL - line
            if inside and not any(box.meets(other) for other in taken):
                taken.append(_Box(box.left - 4, box.right + 4, box.low, box.high))
                write(
                    ax, left, low - ys[number] + line, text,
                    transform=at(ax, days[number], values[number]), size=DETAIL_SIZE,
                    colour=INK,
                )  # fmt: skip
                break
