"""Actions by kind and day: what was only announced is hollow, what was done is filled."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.transforms import blended_transform_factory

from analysis.charts.bars import to_flag
from analysis.charts.days import to_number
from analysis.charts.key import Entry, draw_key, draw_line, draw_mark, lay_out
from analysis.charts.room import (
    NARROW,
    NOTHING_KNOWN,
    at,
    require,
    say_nothing,
    take_room,
    width_of,
)
from analysis.charts.style import (
    ANNOUNCED,
    DETAIL_SIZE,
    DONE,
    LABEL_SIZE,
    LANE,
    LEADING,
    MUTED,
    NAME_SIZE,
    RULE,
    RUNG_SHAPES,
    UNCHANGED,
    Mark,
)
from analysis.charts.typeset import height, measure, plain, wrap, write, write_small
from analysis.safety import SHORT_DAY, format_day

#: The title of the lane for actions whose day nobody stated.
NO_DAY = "day not stated"
LANE_WIDTH = 74.0

#: Days from one label to the next: the smallest step is taken at which labels don't collide.
_STEPS = (1, 2, 3, 7, 14, 28, 91, 182, 365, 730, 1825, 3650, 18250)

COLUMNS = ("actor", "kind", "action", "action_order", "description", "date")

#: Where the frame has no column `done`: the rungs on which nothing has happened.
_NOT_DONE = ("continuing", "proposed", "announced")
_UNCHANGED = "continuing"

_ABOVE = 9.0  # above and below the text of a row, together
_KIND_ABOVE = 12.0  # above the heading of a kind
_KIND_BELOW = 6.0
_GAP = 16.0  # between text and days
_MARK = 10.0  # from the middle of a mark to its word


#: With fewer days stated than this part of the actions, days are no axis.
_ENOUGH_DAYS = 0.5


@dataclass(frozen=True)
class _Row:
    """An action with its text in lines: the actor in bold, then what is done."""

    actor: list[str]
    first: str
    rest: list[str]
    indent: float
    mark: Mark
    rung: str
    day: float | None

    @property
    def lines(self) -> int:
        return len(self.actor) + len(self.rest)

    @property
    def height(self) -> float:
        return height(self.lines, LABEL_SIZE) + _ABOVE


def plot_timeline(actions: pd.DataFrame, ax: Axes, *, empty: str = NOTHING_KNOWN) -> Axes:
    """Draw one row an action, under its kind: who does what, on which day, how far it went.

    The mark stands at the day, or in a lane "day not stated"; where few days are stated or
    there is little room, before the text, which ends in the day. Its shape follows the rung
    of the ladder. Hollow is announced or proposed, filled is done
    or under way.

    Parameters
    ----------
    actions
        Needs `actor`, `kind`, `action` (the rung in a word), `action_order` (the rung as a
        number from 0), `description` and `date` (missing where not stated). `done`, whether
        anything has happened, is worked out from the word where the column is missing.
        `status` is told where it is a doubt. Kinds are drawn in the order in which they
        come, actions in the order of the frame.
    """
    require(actions, COLUMNS, "plot_timeline")
    if actions.empty:
        return say_nothing(ax, empty)
    width = width_of(ax)
    days = pd.to_datetime(actions["date"])
    dated = bool(days.notna().any())
    if width < NARROW or (len(actions) > 1 and days.notna().mean() < _ENOUGH_DAYS):
        return _draw_list(actions, ax, width)
    words = max(measure(plain(rung), DETAIL_SIZE) for rung in actions["action"]) * 1.04
    lane = max(words + 2 * _MARK + 6, LANE_WIDTH) if days.isna().any() else 0.0
    right = max(lane, 4.0)
    # A mark in the middle of the days has room for its word on either side.
    least = 2 * (words + _MARK) + 10 if dated else 0.0
    text = max(min((0.5 if dated else 1) * width, width - right - _GAP - least), 0.2 * width)
    rows = [_typeset(row, text) for row in actions.to_dict("records")]
    kinds = actions["kind"].map(plain).to_list()
    headings = {kind: wrap(kind[:1].upper() + kind[1:], text, NAME_SIZE) for kind in kinds}
    heights = [
        _KIND_ABOVE + height(len(heading), NAME_SIZE) + _KIND_BELOW for heading in headings.values()
    ]
    tall = sum(heights) + sum(row.height for row in rows)

    key = lay_out(_explain([row.mark for row in rows]), width)
    above = key.height + height(2, DETAIL_SIZE) + 6
    left = text + _GAP
    take_room(ax, tall, left=left, right=right, top=above)
    draw_key(key, ax, at(ax, 0, 0, fraction=True), (-left, above))
    _draw_days(ax, days, max(width - left - right, 1.0), tall)
    if lane:
        _draw_lane(ax, lane, tall)
    top = 0.0
    for (kind, heading), room in zip(headings.items(), heights, strict=True):
        _draw_kind(ax, heading, top, left)
        top += room
        chosen = [number for number, this in enumerate(kinds) if this == kind]
        for number in chosen:
            _draw_row(ax, rows[number], top, left, width, number, number == chosen[0])
            top += rows[number].height
    return ax


def _draw_list(actions: pd.DataFrame, ax: Axes, width: float) -> Axes:
    """Draw each action as its mark and its text, with its day in words; the key counts them."""
    rows = []
    for action in actions.to_dict("records"):
        day = format_day(action["date"], SHORT_DAY)
        said = ", ".join(filter(None, [plain(action["description"]), day]))
        rows.append(_typeset({**action, "description": said}, width - 2 * _MARK))
    kinds = actions["kind"].map(plain).to_list()
    marks = [row.mark for row in rows]
    key = lay_out(_explain(marks, counted=True), width)
    kind_height = _KIND_ABOVE + height(1, NAME_SIZE) + _KIND_BELOW
    left = 2 * _MARK
    tall = sum(row.height for row in rows) + kind_height * len(set(kinds))
    take_room(ax, tall, left=left, top=key.height)
    ax.set_xlim(0, 1)
    ax.set_xticks([])
    draw_key(key, ax, at(ax, 0, 0, fraction=True), (-left, key.height))
    top = 0.0
    for kind in dict.fromkeys(kinds):
        _draw_kind(ax, [kind[:1].upper() + kind[1:]], top, left, width - left)
        top += kind_height
        chosen = [number for number, this in enumerate(kinds) if this == kind]
        for number in chosen:
            middle = _write_action(ax, rows[number], top, 0, width - left, number == chosen[0])
            place = at(ax, 0, top, fraction=True)
            draw_mark(ax, rows[number].mark, _MARK / 2 - left, middle, place).set_gid(
                f"action-{number}"
            )
            top += rows[number].height
    return ax


def _typeset(row: Mapping[Hashable, object], width: float) -> _Row:
    """Break the text of a row: the description follows the actor on its last line."""
    actor = wrap(f"{plain(row['actor'])}:", width, LABEL_SIZE, bold=True)
    said = plain(row["description"])
    if plain(row.get("status")) in ("unverified", "disputed", "denied", "withdrawn"):
        said = f"{said} ({plain(row['status'])})"
    indent = measure(actor[-1], LABEL_SIZE, bold=True) * 1.01 + measure(" ", LABEL_SIZE)
    first = ""
    words = said.split()
    while words and measure(f"{first} {words[0]}".strip(), LABEL_SIZE) < width * 0.98 - indent:
        first = f"{first} {words.pop(0)}".strip()
    rung = plain(row["action"])
    done = to_flag(row.get("done", rung not in _NOT_DONE))
    order = int(row["action_order"])  # type: ignore[call-overload]
    colour = UNCHANGED if rung == _UNCHANGED else DONE if done else ANNOUNCED
    shape, size = RUNG_SHAPES[order % len(RUNG_SHAPES)]
    mark = Mark(shape, colour, done, size)
    rest = wrap(" ".join(words), width, LABEL_SIZE)
    day = None if pd.isna(row["date"]) else to_number(row["date"])  # type: ignore[call-overload]
    return _Row(actor, first, rest, indent, mark, rung, day)


def _explain(marks: Sequence[Mark], *, counted: bool = False) -> list[Entry]:
    """Return the key: hollow, filled and dash, where they are used, and if asked for how often."""
    meanings = {
        DONE: (Mark("s", DONE, True, 8.0), "filled: done or under way"),
        ANNOUNCED: (Mark("D", ANNOUNCED, False, 7.5), "hollow: said, not done yet"),
        UNCHANGED: (Mark("_", UNCHANGED, False, 9.0), "dash: goes on as before"),
    }
    entries = []
    for colour, (mark, meaning) in meanings.items():
        number = sum(mark.colour == colour for mark in marks)
        if number:
            entries.append(Entry(mark, f"{meaning} ({number})" if counted else meaning))
    return entries


def _draw_kind(ax: Axes, kind: list[str], top: float, left: float, end: float = -_GAP) -> None:
    """Draw the heading of a kind with a line under it."""
    place = at(ax, 0, top, fraction=True)
    write(
        ax, -left, -_KIND_ABOVE, kind,
        transform=place, size=NAME_SIZE, colour=MUTED, bold=True,
    )  # fmt: skip
    y = -_KIND_ABOVE - height(len(kind), NAME_SIZE) - 2
    draw_line(ax, [-left, end], [y, y], place)


def _draw_row(
    ax: Axes, row: _Row, top: float, left: float, width: float, number: int, first: bool
) -> None:
    """Draw one action: its text on the left, its mark and the word of its rung on its day."""
    middle = _write_action(ax, row, top, left, width, first)
    if row.day is None:
        spot, x, before = at(ax, 1, top, fraction=True), 8 + _MARK / 2, False
    else:
        spot, x = at(ax, row.day, top), 0.0
        # A word that would leave the days stands before its mark.
        lowest, highest = ax.get_xlim()
        before = row.day > lowest + 0.5 * (highest - lowest)
    draw_mark(ax, row.mark, x, middle, spot).set_gid(f"action-{number}")
    write(
        ax, x - _MARK if before else x + _MARK, middle, row.rung,
        transform=spot, size=DETAIL_SIZE, colour=row.mark.colour,
        ha="right" if before else "left", va="center",
    )  # fmt: skip


def _write_action(ax: Axes, row: _Row, top: float, left: float, width: float, first: bool) -> float:
    """Write the text of an action; return where the middle of its last line of the actor is."""
    place = at(ax, 0, top, fraction=True)
    if not first:
        # A thin line from the text to the last lane: the eye has a long way to the mark.
        thin = Line2D([-left, width - left], [0, 0], color=LANE, linewidth=1.0, zorder=0.5)
        thin.set(transform=place, clip_on=False)
        ax.add_artist(thin)
    line = LABEL_SIZE * LEADING
    y = -_ABOVE / 2
    write(ax, -left, y, row.actor, transform=place, bold=True)
    last = y - line * (len(row.actor) - 1)
    if row.first:
        write(ax, -left + row.indent, last, row.first, transform=place)
    if row.rest:
        write(ax, -left, last - line, row.rest, transform=place)

    return y - line / 2


def _draw_days(ax: Axes, days: pd.Series, width: float, rows: float) -> None:
    """Set the days as x, with a line and a label for as many as stand side by side."""
    known = days.dropna()
    if known.empty:
        ax.set_xlim(0, 1)
        ax.set_xticks([])
        return
    first, last = known.min().normalize(), known.max().normalize()
    span = (last - first).days
    pad = max(0.5, span * 0.03)
    start, end = to_number(first), to_number(last)
    ax.set_xlim(start - pad, end + pad)
    widest = measure("30 Sept", DETAIL_SIZE) + 8
    a_day = width / (span + 2 * pad)
    step = next((s for s in _STEPS if s * a_day >= widest), max(span, 1))
    ticks = [first + pd.Timedelta(days=n) for n in range(0, span + 1, step)]
    ax.set_xticks([])
    year = None
    for tick in ticks:
        x = to_number(tick)
        ax.plot([x, x], [0, rows], color=RULE, linewidth=0.8, zorder=0, clip_on=False)
        label = format_day(tick, "d MMM")
        # The year once, over the first day that has it.
        lines = [label] if tick.year == year else [str(tick.year), label]
        year = tick.year
        write_small(ax, 0, 4, lines, at(ax, x, 0), ha="center", va="bottom")


def _draw_lane(ax: Axes, lane: float, rows: float) -> None:
    """Draw the lane on the right for actions whose day nobody stated."""
    edge = at(ax, 1, 0, fraction=True)
    ax.add_artist(
        Rectangle(
            (4, 0), lane - 4, rows, facecolor=LANE, edgecolor="none", zorder=0, clip_on=False,
            transform=blended_transform_factory(edge, ax.transData), gid="lane-no-day",
        )
    )  # fmt: skip
    words = wrap(NO_DAY, lane - 8, DETAIL_SIZE)
    write_small(ax, 8, 4, words, edge, italic=True, va="bottom")
