"""A vote: a dot for every state by answer or by region; and votes side by side, a bar each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.transforms import Transform

from analysis.charts.key import Entry, draw_key, draw_marks, lay_out
from analysis.charts.room import NOTHING_KNOWN, as_canvas, at, require, say_nothing, width_of
from analysis.charts.style import (
    DETAIL_SIZE,
    INK,
    LEADING,
    NAME_SIZE,
    PAPER,
    RULE,
    VOTE_MARKS,
    pale,
)
from analysis.charts.typeset import height, plain, wrap, write, write_small
from analysis.safety import InputError

COLUMNS = ("member_state", "vote")
TOTAL_COLUMNS = ("heading", "vote", "low", "number")

#: The answers in the order in which they are drawn, as they are told.
ANSWERS = {"yes": "Yes", "no": "No", "abstain": "Abstained", "not voting": "Did not vote"}

#: A group of at most this many states is named.
_NAMED = 40

_DOT = 13.5  # points from dot to dot, at the least
_WIDEST = 16.0
_TEN = 7.0  # more, after every tenth dot, to count by
_BETWEEN = 16.0
_COUNT_SIZE = 15.0
_THICK = 13.0  # of the bar of a vote
_UNDER = 4.0  # between a bar and its words


#: Of a group of states: its heading, their answers, the words under them and its colour.
_Block = tuple[str, list[str], str, str]


@dataclass(frozen=True)
class _Grid:
    """How dots stand: so many in a row, so many points apart."""

    columns: int
    apart: float

    @classmethod
    def fit(cls, room: float) -> _Grid:
        """Return the grid for `room` points: whole tens, spread over it within reason."""
        tens = int((room + _TEN) // (10 * _DOT + _TEN))
        if not tens:
            return cls(max(int(room // _DOT), 1), _DOT)
        return cls(10 * tens, min((room - (tens - 1) * _TEN) / (10 * tens), _WIDEST))


@dataclass(frozen=True)
class _Group:
    """States in one block: their answers in order, what stands beside and under them."""

    heading: list[str]
    count: str
    answers: list[str]
    names: list[str]
    grid: _Grid
    colour: str

    @property
    def dots_height(self) -> float:
        return -(-len(self.answers) // self.grid.columns) * self.grid.apart

    @property
    def height(self) -> float:
        label = height(len(self.heading), NAME_SIZE) + _COUNT_SIZE * LEADING
        names = height(len(self.names), DETAIL_SIZE) + (3 if self.names else 0)
        return max(label, self.dots_height + names) + _BETWEEN


def plot_vote(
    votes: pd.DataFrame, ax: Axes, *, by: str = "vote", empty: str = NOTHING_KNOWN
) -> Axes:
    """Draw a dot for every state, grouped by its answer, with the counts.

    Shape and fill of a dot tell the answer without colour. A group of at most 40 states is
    named state by state. A row a state: `member_state`, `vote` (yes, no, abstain, not voting), and
    `region` where `by` is "region": then a row a region, its states ordered by answer.
    """
    if by not in ("vote", "region"):
        raise InputError(f'plot_vote groups by "vote" or "region", not by "{by}"')
    require(votes, COLUMNS if by == "vote" else (*COLUMNS, "region"), "plot_vote")
    if votes.empty:
        return say_nothing(ax, empty)
    answers = votes["vote"].map(plain)
    _refuse_unknown(answers, "plot_vote")
    width = width_of(ax)
    label = max(0.19 * width, 96.0)
    room = width - label - 10
    states = votes["member_state"].map(plain)
    if by == "vote":
        blocks = _list_answers(answers, states)
    else:
        blocks = _list_regions(answers, votes["region"].map(plain))
    groups = [
        _Group(
            wrap(heading, label - 10, NAME_SIZE, bold=True), f"{len(given):,}", given,
            wrap(words, room, DETAIL_SIZE), _Grid.fit(room), colour,
        )
        for heading, given, words, colour in blocks
    ]  # fmt: skip
    used = [answer for answer in ANSWERS if answers.eq(answer).any()]
    entries = [Entry(VOTE_MARKS[answer], ANSWERS[answer].lower()) for answer in used]
    key = lay_out(entries if by == "region" else [], width)
    as_canvas(ax, key.height + sum(group.height for group in groups), width)
    draw_key(key, ax, at(ax, 0, 0), (0, 0))
    top = key.height
    for group in groups:
        _draw_group(ax, group, top, label, width)
        top += group.height
    return ax


def _list_answers(answers: pd.Series, states: pd.Series) -> Iterator[_Block]:
    for answer, heading in ANSWERS.items():
        if chosen := sorted(states[answers.eq(answer)]):
            names = ", ".join(chosen) if len(chosen) <= _NAMED else ""
            yield heading, [answer] * len(chosen), names, VOTE_MARKS[answer].colour


def _list_regions(answers: pd.Series, regions: pd.Series) -> Iterator[_Block]:
    for region in sorted(set(regions)):
        here = answers[regions.eq(region)]
        counts = {answer: int(here.eq(answer).sum()) for answer in ANSWERS}
        told = [f"{ANSWERS[a].lower()} {number}" for a, number in counts.items() if number]
        given = [answer for answer, number in counts.items() for _ in range(number)]
        yield region or "region not stated", given, " · ".join(told), INK


def _draw_group(ax: Axes, group: _Group, top: float, label: float, width: float) -> None:
    """Draw one block: heading and count on the left, dots and names on the right."""
    corner = at(ax, 0, top)
    if top:
        ax.plot([0, width], [top, top], color=RULE, linewidth=0.8, clip_on=False)
    down = _BETWEEN / 2
    write(ax, 0, -down, group.heading, transform=corner, size=NAME_SIZE, bold=True)
    write(
        ax, 0, -down - height(len(group.heading), NAME_SIZE), group.count,
        transform=corner, size=_COUNT_SIZE, colour=group.colour, bold=True,
    )  # fmt: skip
    _draw_dots(ax, group, corner, label, down)
    if group.names:
        write_small(ax, label, -down - group.dots_height - 3, group.names, corner)


def _draw_dots(ax: Axes, group: _Group, corner: Transform, left: float, down: float) -> None:
    """Draw the dots row by row, in tens; each answer is one artist, labelled with it."""
    for answer in dict.fromkeys(group.answers):
        mark = VOTE_MARKS[answer]
        places = [n for n, this in enumerate(group.answers) if this == answer]
        apart, columns = group.grid.apart, [number % group.grid.columns for number in places]
        x = [left + (c + 0.5) * apart + c // 10 * _TEN for c in columns]
        y = [-down - (number // group.grid.columns + 0.5) * apart for number in places]
        draw_marks(ax, mark, x, y, corner).set_label(answer)


def plot_vote_totals(totals: pd.DataFrame, ax: Axes, *, empty: str = NOTHING_KNOWN) -> Axes:
    """Draw one bar a vote, its parts as long as the answers are many, and the counts in words.

    All bars have one scale. What is left between two bars of unequal length are states whose
    answer nobody states. A row an answer: `heading` (the vote with its day), `vote` (yes, no,
    abstain, not voting), `low` (how many states) and `number`, the same in words. Votes are drawn
    in the order in which they come.
    """
    require(totals, TOTAL_COLUMNS, "plot_vote_totals")
    if totals.empty:
        return say_nothing(ax, empty)
    _refuse_unknown(totals["vote"].map(plain), "plot_vote_totals")
    width = width_of(ax)
    votes = []
    for heading, answers in totals.groupby("heading", sort=False):
        stated = answers.assign(place=answers["vote"].map(list(ANSWERS).index)).sort_values("place")
        rows = stated.to_dict("records")
        words = [
            Entry(
                VOTE_MARKS[row["vote"]], f"{ANSWERS[row['vote']].lower()}: {plain(row['number'])}"
            )
            for row in rows
        ]
        lines = wrap(plain(heading), width, NAME_SIZE, bold=True)
        votes.append((lines, rows, lay_out(words, width)))
    most = float(totals.groupby("heading")["low"].sum().max()) or 1.0
    heights = [
        height(len(lines), NAME_SIZE) + _UNDER + _THICK + _UNDER + key.height + _UNDER
        for lines, _, key in votes
    ]
    as_canvas(ax, sum(heights), width)
    top = 0.0
    for number, ((lines, rows, key), tall) in enumerate(zip(votes, heights, strict=True)):
        corner = at(ax, 0, top)
        write(ax, 0, 0, lines, transform=corner, size=NAME_SIZE, bold=True)
        bar = height(len(lines), NAME_SIZE) + _UNDER
        left = 0.0
        for row in rows:
            long = 0.0 if pd.isna(row["low"]) else float(row["low"]) / most * (width - 1)
            part = _draw_part(plain(row["vote"]), (left, -bar - _THICK), long, corner)
            ax.add_artist(part).set_gid(f"vote-{number}-{plain(row['vote']).replace(' ', '-')}")
            left += long
        draw_key(key, ax, corner, (0, -bar - _THICK - _UNDER))
        top += tall
    return ax


def _draw_part(
    answer: str, corner: tuple[float, float], long: float, place: Transform
) -> Rectangle:
    """Return one part of a bar: votes cast in full colour, abstentions pale, no vote empty."""
    colour = VOTE_MARKS[answer].colour
    fill = {"abstain": pale(colour), "not voting": PAPER}.get(answer, colour)
    return Rectangle(
        corner, long, _THICK,
        facecolor=fill, edgecolor=colour, linewidth=0.8, transform=place, clip_on=False,
    )  # fmt: skip


def _refuse_unknown(answers: pd.Series, who: str) -> None:
    unknown = sorted(set(answers) - set(ANSWERS))
    if unknown:
        raise ValueError(f"{who} knows the answers {', '.join(ANSWERS)}, not {', '.join(unknown)}")
