"""Rows of bars from zero, with their bounds, on a scale: the drawing behind several charts.

The bar is solid to `low` (at least this many), pale from `low` to `high` (up to this many),
has a dot at `best`, and an arrow where an end is open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.transforms import Transform

from analysis.charts.key import Entry, draw_arrow, draw_key, draw_line, lay_out
from analysis.charts.room import NARROW, at, take_room, width_of
from analysis.charts.scales import draw_scale, scale_height
from analysis.charts.style import (
    DETAIL_SIZE,
    INK,
    LABEL_SIZE,
    LANE,
    LEADING,
    MUTED,
    NAME_SIZE,
    OTHER_CLAIMANT,
    PAPER,
    PARTY,
    PARTY_MARK,
    UNVERIFIED_HATCH,
    Mark,
    pale,
)
from analysis.charts.typeset import height, measure, plain, wrap, write, write_small

#: The statuses that take something away from a figure: its bar is hatched.
DOUBTS = ("unverified", "disputed", "denied", "doubtful", "day doubtful")


@dataclass(frozen=True)
class Bar:
    """One row of a bar chart; an end that is None is open, both None: there is no figure."""

    name: str
    detail: str
    low: float | None
    best: float | None
    high: float | None
    wording: str
    aside: str = ""  # under the wording, in lighter type
    colour: str = OTHER_CLAIMANT
    party: bool = False
    doubt: str = ""  # one of DOUBTS: the bar is hatched
    withdrawn: bool = False  # the bar is empty, its words are struck through
    heading: str = ""  # stands above the first of the bars that share it
    faded: bool = False  # an old figure: paler than the fresh ones

    @property
    def absent(self) -> bool:
        """Whether there is no figure to draw."""
        return self.low is None and self.best is None and self.high is None

    @property
    def end(self) -> float:
        """The largest number drawn."""
        return max((x for x in (self.low, self.best, self.high) if x is not None), default=0.0)

    @property
    def has_range(self) -> bool:
        """Whether two different ends are claimed."""
        return self.low is not None and self.high is not None and self.high > self.low

    @property
    def dot(self) -> float | None:
        """Where the dot stands: the best figure inside a range, or a figure of zero."""
        return self.best if self.has_range or not self.end else None

    @property
    def open_high(self) -> bool:
        """Whether no upper end is claimed."""
        return not self.absent and self.high is None

    @property
    def open_low(self) -> bool:
        """Whether no lower end is claimed."""
        return not self.absent and self.low is None


def to_number(value: object) -> float | None:
    """Return a cell as a number, None where it is missing."""
    return None if bool(pd.isna(value)) else float(value)  # type: ignore[call-overload, arg-type]


def to_flag(value: object) -> bool:
    """Return a cell as yes or no, missing is no."""
    return bool(to_number(value))


def read_status(rows: pd.DataFrame) -> pd.Series:
    """Return the status of each row; doubtful is a figure whose `note` begins so."""
    none = pd.Series("", index=rows.index, dtype="str")
    status = rows["status"].map(plain).astype("str") if "status" in rows else none
    note = rows["note"].map(plain).astype("str") if "note" in rows else none
    ours = note.str.extract(r"^((?:day )?doubtful): ", expand=False)
    return status.mask(ours.notna() & ~status.isin(DOUBTS) & (status != "withdrawn"), ours)


def say_doubt(status: str) -> str:
    """Return the status where it is a doubt, else nothing."""
    return status if status in DOUBTS else ""


def explain(bars: Sequence[Bar]) -> list[Entry]:
    """Return the key: an entry for each mark that the bars use, and for no other."""
    entries = []
    known = [bar for bar in bars if not bar.absent]
    # The colour drawn, where there is one only: a swatch in grey is for several.
    colours = {bar.colour for bar in known}
    swatch = colours.pop() if len(colours) == 1 else MUTED
    plain = [bar for bar in known if not bar.doubt and not bar.withdrawn]
    # A bar that only ends in its figure explains itself.
    unequal = any(bar.has_range or bar.open_low or bar.open_high for bar in plain)
    if unequal and any(bar.low for bar in plain):
        entries.append(Entry("solid", "the figure, or the least it can be", swatch))
    if any(bar.has_range for bar in plain):
        entries.append(Entry("pale", "up to this many", swatch))
    doubts = [doubt for doubt in DOUBTS if any(bar.doubt == doubt for bar in known)]
    if doubts:
        entries.append(Entry("hatched", " or ".join(doubts), swatch))
    if any(bar.open_low or bar.open_high for bar in known):
        entries.append(Entry("open", "no limit given at this end"))
    if any(bar.dot is not None for bar in known):
        entries.append(Entry(Mark("o", INK, False, 6.5), "figure named, or best estimate"))
    if any(bar.faded for bar in known):
        entries.append(Entry("solid", "paler: more than a month old", _FADED_SWATCH))
    if any(bar.party for bar in bars):
        entries.append(Entry("party", "party to the conflict", PARTY))
    return entries


#: How much of its colour the bar of an old figure keeps, and its swatch in the key.
_FADED = 0.6
_FADED_SWATCH = pale(OTHER_CLAIMANT, _FADED)
_HEADING = 30.0  # height of a heading between rows

THICK = 16.0  # of a bar, in points
ARROW = 30.0  # length of the arrow of an open end
_BETWEEN = 11.0  # rows
_UNDER = 3.0  # between a label and the bar below it
_GUTTER = 14.0  # between label and bar
_NEXT = 7.0  # between bar and its wording
_RIGHT = 12.0  # border on the right, for the last number of the scale
_STRIPE = 2.0  # width of a stripe of the fade at an open end
_FADE = 13  # stripes
_DOT = 6.5


@dataclass(frozen=True)
class _Row:
    """A bar with its text in lines, and the height it takes.

    Where it is stacked the name and what stands under it are above the bar; `beside` says how
    far from the left the detail stands, where it fits behind the name.
    """

    bar: Bar
    name: list[str]
    detail: list[str]
    wording: list[str]
    aside: list[str]
    stacked: bool = False
    beside: float = 0.0
    top: float = 0.0

    @property
    def label_height(self) -> float:
        details = 0 if self.beside else len(self.detail)
        return height(len(self.name), NAME_SIZE) + height(details, DETAIL_SIZE)

    @property
    def height(self) -> float:
        lane = max(self.words_height, THICK)
        if self.stacked:
            return self.label_height + _UNDER + lane + _BETWEEN
        return max(self.label_height, lane) + _BETWEEN

    @property
    def middle(self) -> float:
        """The middle of the bar."""
        if self.stacked:
            return self.top + self.height - (_BETWEEN + max(self.words_height, THICK)) / 2
        return self.top + self.height / 2

    @property
    def words_height(self) -> float:
        return height(len(self.wording), LABEL_SIZE) + height(len(self.aside), DETAIL_SIZE)

    @property
    def words_width(self) -> float:
        words = [measure(line, LABEL_SIZE, bold=True) for line in self.wording]
        return max(words + [measure(line, DETAIL_SIZE) for line in self.aside], default=0.0)


def draw_bars(bars: Sequence[Bar], ax: Axes, *, unit: str) -> Axes:
    """Draw `bars` from the top down, with a key and the scale of `unit` below."""
    width = width_of(ax)
    names = [measure(_named(bar), NAME_SIZE, bold=True) for bar in bars]
    details = [measure(plain(bar.detail), DETAIL_SIZE) for bar in bars]
    stacked = width < NARROW
    label = width if stacked else min(max(names + details) * 1.04, 0.38 * width)
    left = 0.0 if stacked else label + _GUTTER
    inner = max(width - left - _RIGHT, 40.0)

    rows, top = [], 0.0
    headings: list[tuple[float, list[str]]] = []
    for number, bar in enumerate(bars):
        if bar.heading and (number == 0 or bars[number - 1].heading != bar.heading):
            lines = wrap(bar.heading, width, NAME_SIZE, bold=True)
            headings.append((top, lines))
            top += _HEADING + height(len(lines) - 1, NAME_SIZE)
        row = replace(_typeset(bar, label, inner, stacked=stacked), top=top)
        rows.append(row)
        top += row.height
    drawn = [row for row in rows if not row.bar.absent]
    key = lay_out(explain(bars), width)
    below = scale_height(unit, inner) if drawn else 0.0
    take_room(ax, top, left=left, right=_RIGHT, top=key.height, bottom=below)
    draw_key(key, ax, at(ax, 0, 0, fraction=True), (-left, key.height))
    if drawn:
        draw_scale(ax, _find_limit(drawn, inner), inner, top, unit, ground=not stacked)
    else:
        ax.set_xlim(0, 1)
        ax.set_xticks([])
    for place, lines in headings:
        foot = at(ax, 0, place, fraction=True)
        write(
            ax, -left, -10, lines, transform=foot, size=NAME_SIZE, bold=True, colour=MUTED,
            halo=True,
        )  # fmt: skip
    for index, row in enumerate(rows):
        first = not index or row.bar.heading != rows[index - 1].bar.heading
        _draw_row(ax, row, left, inner, index, ruled=not first)
    return ax


def _named(bar: Bar) -> str:
    # A fixed space: the mark and the name stay together.
    return plain(f"{PARTY_MARK}\u00a0{bar.name}" if bar.party else bar.name)


def _typeset(bar: Bar, label: float, inner: float, *, stacked: bool) -> _Row:
    """Break the text of a row; one without a figure leaves the whole row to its words."""
    room = inner - 8 if bar.absent else max((0.6 if stacked else 0.46) * inner, 60.0)
    name, detail = wrap(_named(bar), label, NAME_SIZE, bold=True), plain(bar.detail)
    end = measure(name[-1], NAME_SIZE, bold=True) * 1.03 + 8 if name else 0.0
    fits = stacked and detail and end + measure(detail, DETAIL_SIZE) <= label
    return _Row(
        bar,
        name,
        [detail] if fits else wrap(detail, label, DETAIL_SIZE),
        wrap(bar.wording, room, LABEL_SIZE, bold=not bar.absent, italic=bar.absent),
        wrap(bar.aside, room, DETAIL_SIZE),
        stacked,
        end if fits else 0.0,
    )


def _find_limit(rows: Sequence[_Row], width: float) -> float:
    """Return the end of the scale: the smallest at which each bar leaves room for its words."""
    limits = []
    for row in rows:
        beyond = row.words_width + _NEXT + (ARROW if row.bar.open_high else 0) + _DOT
        limits.append(row.bar.end * width / max(width - beyond, 0.2 * width))
    return max(limits) or 1.0


def _draw_row(ax: Axes, row: _Row, left: float, inner: float, index: int, *, ruled: bool) -> None:
    """Draw one row: its label in the border, its bar or its words, and a line above it."""
    border = at(ax, 0, row.middle, fraction=True)
    if ruled:
        draw_line(ax, [-left, 0], [0, 0], at(ax, 0, row.top, fraction=True))
    label = at(ax, 0, row.top, fraction=True) if row.stacked else border
    up = -_BETWEEN / 2 if row.stacked else row.label_height / 2
    write(
        ax, -left, up, row.name,
        transform=label, size=NAME_SIZE, bold=True, halo=row.stacked,
        colour=row.bar.colour if row.bar.party else INK,
    )  # fmt: skip
    if row.detail:
        down = height(len(row.name), NAME_SIZE)
        down -= height(1, DETAIL_SIZE) + 1 if row.beside else 0.0
        write_small(ax, row.beside - left, up - down, row.detail, label, halo=row.stacked)
    if row.bar.absent:
        # No bar, no zero: a lane left empty, with the reason in words.
        lane = Rectangle(
            (0, -row.words_height / 2 - 3), inner, row.words_height + 6,
            facecolor=LANE, edgecolor="none", transform=border, clip_on=False, zorder=1.5,
        )  # fmt: skip
        ax.add_artist(lane).set_gid(f"row-{index}-empty")
        up = row.words_height / 2
        write(ax, 6, up, row.wording, transform=border, colour=MUTED, italic=True)
        _write_aside(ax, row, 6, up, border)
        return
    if row.stacked:  # a line from top to bottom would go through the names
        ends = [row.middle - THICK / 2 - 2, row.middle + THICK / 2 + 2]
        ax.plot([0, 0], ends, color=INK, linewidth=1.0, zorder=2.9, clip_on=False)
    _draw_bar(ax, row.bar, row.middle, index)
    start = _NEXT + (ARROW if row.bar.open_high else 0)
    start += _DOT / 2 if row.bar.dot == row.bar.end else 0
    end = at(ax, row.bar.end, row.middle)
    up = row.words_height / 2
    write(
        ax, start, up, row.wording, transform=end, bold=True, halo=True,
        colour=MUTED if row.bar.faded else INK,
    )  # fmt: skip
    _write_aside(ax, row, start, up, end)
    if row.bar.withdrawn:
        for number, line in enumerate(row.wording):
            y = up - (number + 0.5) * LABEL_SIZE * LEADING
            x = [start, start + measure(line, LABEL_SIZE, bold=True)]
            draw_line(ax, x, [y, y], end, colour=INK, width=1.3, zorder=6).set_gid(
                f"row-{index}-struck-{number}"
            )


def _write_aside(ax: Axes, row: _Row, x: float, up: float, place: Transform) -> None:
    below = up - height(len(row.wording), LABEL_SIZE)
    write_small(ax, x, below, row.aside, place, halo=True)


def _draw_bar(ax: Axes, bar: Bar, y: float, index: int) -> None:
    """Draw the solid part to `low`, the pale part to `high`, the dot, the arrows."""
    edge = pale(bar.colour, _FADED) if bar.faded else bar.colour
    style: dict[str, Any] = {"edgecolor": edge, "linewidth": 1.2, "height": THICK}
    empty = bool(bar.doubt) or bar.withdrawn
    if bar.low:
        ax.barh(
            y, bar.low, left=0,
            facecolor=PAPER if empty else pale(bar.colour, _FADED) if bar.faded else bar.colour,
            hatch=UNVERIFIED_HATCH if bar.doubt else None, **style,
        )[0].set_gid(f"row-{index}-low")  # fmt: skip
    if bar.has_range:
        ax.barh(
            y, (bar.high or 0) - (bar.low or 0), left=bar.low,
            facecolor=PAPER if empty else pale(bar.colour),
            linestyle=(0, (2, 2)) if empty else "-", **style,
        )[0].set_gid(f"row-{index}-range")  # fmt: skip
    if bar.open_high:
        _draw_open(ax, bar, bar.end, y, 1, f"row-{index}-open-high")
    if bar.open_low:
        _draw_open(ax, bar, bar.end, y, -1, f"row-{index}-open-low")
    if bar.dot is not None:
        ax.plot(
            [bar.dot], [y], linestyle="none", marker="o", markersize=_DOT, zorder=5,
            markerfacecolor=PAPER, markeredgecolor=INK, markeredgewidth=1.2, clip_on=False,
        )[0].set_gid(f"row-{index}-best")  # fmt: skip


def _draw_open(ax: Axes, bar: Bar, x: float, y: float, direction: int, gid: str) -> None:
    """Draw an open end at `x`: an arrow, in a fade unless the figure is in doubt."""
    place = at(ax, x, y)
    if not bar.doubt and not bar.withdrawn:
        for step in range(_FADE):
            # To the end of the fade, with the paler ones over it: side by side they show seams.
            stripe = Rectangle(
                (direction * step * _STRIPE, -THICK / 2),
                direction * (_FADE - step) * _STRIPE, THICK,
                facecolor=pale(bar.colour, 0.5 * (1 - (step + 0.5) / _FADE)),
                edgecolor="none", transform=place, clip_on=False, zorder=1.5,
            )  # fmt: skip
            ax.add_artist(stripe)
    draw_arrow(ax, 0, 0, direction * (ARROW - 2), bar.colour, place).set_gid(gid)
