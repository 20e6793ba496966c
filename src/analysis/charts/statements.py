"""Who says, denies or keeps silent about a statement: a grid of marks and words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.transforms import Transform

from analysis.charts.key import Entry, draw_key, draw_mark, lay_out
from analysis.charts.room import NOTHING_KNOWN, as_canvas, at, require, say_nothing, width_of
from analysis.charts.style import (
    DETAIL_SIZE,
    INK,
    LABEL_SIZE,
    MUTED,
    PARTY_MARK,
    RULE,
    SIDES,
    STANCE_MARKS,
)
from analysis.charts.typeset import height, measure, plain, wrap, write
from analysis.safety import InputError

COLUMNS = ("statement", "stance")

_NOTHING_SAID = "–"
_ABOVE = 14.0  # above and below a statement, together
_MARK_HEIGHT = 14.0
_HEAD_GAP = 8.0  # between two names


@dataclass(frozen=True)
class _Column:
    """A claimant: the name in lines, the side, and where the column stands."""

    name: str
    heading: list[str]
    side: str
    middle: float


@dataclass(frozen=True)
class _Side:
    """A side of the conflict: its name in lines over the stretch of its columns."""

    lines: list[str]
    start: float
    end: float
    colour: str


def plot_statements(
    rows: pd.DataFrame,
    ax: Axes,
    *,
    side_names: Mapping[str, str] | None = None,
    empty: str = NOTHING_KNOWN,
) -> Axes:
    """Draw statements as rows and claimants as columns, with the stance as a mark and a word.

    Claimants of one side stand together under a line with the name of the side; those of no
    side come last. A dash is where a claimant says nothing.

    Parameters
    ----------
    rows
        One row a statement and claimant. Needs `statement`, `stance` (says, denies, no
        comment) and `claimant_short` or `claimant_name`. Used where they are there:
        `claimant_side` (a code, empty for none) and `is_party`.
    ax
        Axes of the width at which it will be shown.
    side_names
        The sides by code, as they are told ("RUS" as "Russia"); a code without a name
        stands for itself.
    empty
        What an empty frame says.

    Returns
    -------
    Axes
        The same `ax`.

    Raises
    ------
    InputError
        For a missing column or an unknown stance.
    """
    who = "claimant_short" if "claimant_short" in rows.columns else "claimant_name"
    require(rows, (*COLUMNS, who), "plot_statements")
    if rows.empty:
        return say_nothing(ax, empty)
    unknown = sorted(set(rows["stance"].map(plain)) - set(STANCE_MARKS))
    if unknown:
        raise InputError(
            f"plot_statements knows the stances {', '.join(STANCE_MARKS)}, not {', '.join(unknown)}"
        )
    width = width_of(ax)
    frame = _read(rows, who)
    claimants = frame.drop_duplicates("claimant")
    # The statements give way where a name has a word too long for its column.
    longest = max(_longest_word(name) for name in claimants["claimant"]) + _HEAD_GAP
    label = width * (0.36 if len(claimants) > 2 else 0.5)
    label = max(min(label, width - longest * len(claimants)), 0.22 * width)
    room = (width - label) / len(claimants)
    columns = _order_columns(claimants, label, room)
    sides = _find_sides(columns, room, side_names or {})
    stances: dict[tuple[str, str], list[str]] = {
        (str(text), str(name)): list(dict.fromkeys(group["stance"]))
        for (text, name), group in frame.groupby(["statement", "claimant"], sort=False)
    }
    statements = {text: wrap(text, label - 12, LABEL_SIZE) for text in frame["statement"]}
    heights = {text: height(len(lines), LABEL_SIZE) for text, lines in statements.items()}
    for (text, _), said in stances.items():
        heights[text] = max(heights[text], _cell_height(said, room))

    silent = len(stances) < len(statements) * len(columns)
    key = lay_out(_explain(frame, silent), width)
    above = max((height(len(side.lines), DETAIL_SIZE) + 8 for side in sides), default=0.0)
    head = above + max(height(len(column.heading), DETAIL_SIZE) for column in columns) + 10
    tall = sum(heights.values()) + _ABOVE * len(heights)
    as_canvas(ax, key.height + head + tall, width)
    draw_key(key, ax, at(ax, 0, 0), (0, 0))
    _draw_heads(ax, columns, sides, key.height + above, key.height + head)
    top = key.height + head
    for text, lines in statements.items():
        ax.plot([0, width], [top, top], color=RULE, linewidth=0.8, clip_on=False)
        middle = top + (heights[text] + _ABOVE) / 2
        write(ax, 0, 0, lines, transform=at(ax, 0, middle), va="center")
        for column in columns:
            said = stances.get((text, column.name), [])
            _draw_cell(ax, said, at(ax, column.middle, middle), room)
        top += heights[text] + _ABOVE
    return ax


def _read(rows: pd.DataFrame, who: str) -> pd.DataFrame:
    """Return the rows as plain text, with the columns that they may lack."""
    return pd.DataFrame(
        {
            "statement": rows["statement"].map(plain),
            "claimant": rows[who].map(plain),
            "stance": rows["stance"].map(plain),
            "side": rows["claimant_side"].map(plain) if "claimant_side" in rows else "",
            "party": rows["is_party"].eq(True) if "is_party" in rows else False,
        }
    )


def _order_columns(claimants: pd.DataFrame, left: float, room: float) -> list[_Column]:
    """Put claimants of one side together, in order of appearance, those of no side last."""
    sides = list(dict.fromkeys(side for side in claimants["side"] if side))
    order = claimants["side"].map({side: n for n, side in enumerate(sides)}).fillna(len(sides))
    ordered = claimants.loc[order.sort_values(kind="stable").index]
    columns = []
    for number, row in enumerate(ordered.to_dict("records")):
        name = str(row["claimant"])
        inner = room - _HEAD_GAP
        lines = wrap(name, inner, DETAIL_SIZE, bold=True)
        if row["party"]:
            marked = f"{PARTY_MARK}\u00a0{name}"
            fits = _longest_word(marked) <= inner * 0.98
            lines = wrap(marked, inner, DETAIL_SIZE, bold=True) if fits else [PARTY_MARK, *lines]
        columns.append(_Column(name, lines, str(row["side"]), left + (number + 0.5) * room))
    return columns


def _longest_word(name: str) -> float:
    return max((measure(word, DETAIL_SIZE, bold=True) for word in name.split(" ")), default=0.0)


def _find_sides(columns: list[_Column], room: float, side_names: Mapping[str, str]) -> list[_Side]:
    """Return each side with the stretch of its columns."""
    sides = []
    for number, code in enumerate(dict.fromkeys(c.side for c in columns if c.side)):
        middles = [column.middle for column in columns if column.side == code]
        start, end = middles[0] - room / 2 + 4, middles[-1] + room / 2 - 4
        words = f"side: {side_names.get(code, code)}"
        lines = wrap(words, end - start, DETAIL_SIZE, bold=True)
        sides.append(_Side(lines, start, end, SIDES[number % len(SIDES)]))
    return sides


def _explain(frame: pd.DataFrame, silent: bool) -> list[Entry]:
    """Return the key: the stances taken, the dash, the mark of a party."""
    meanings = {"says": "says so", "denies": "denies it", "no comment": "gives no comment"}
    entries = [
        Entry(STANCE_MARKS[stance], words)
        for stance, words in meanings.items()
        if frame["stance"].eq(stance).any()
    ]
    if silent:
        entries.append(Entry(_NOTHING_SAID, "says nothing on it in the sources read"))
    if frame["party"].any():
        entries.append(Entry("party", "party to the conflict", INK))
    return entries


def _draw_heads(
    ax: Axes, columns: list[_Column], sides: list[_Side], line: float, bottom: float
) -> None:
    """Draw the names over the columns, and a line with its name over those of one side."""
    for column in columns:
        write(
            ax, 0, 5, column.heading, transform=at(ax, column.middle, bottom),
            size=DETAIL_SIZE, bold=True, ha="center", va="bottom",
        )  # fmt: skip
    for side in sides:
        write(
            ax, 0, 3, side.lines, transform=at(ax, (side.start + side.end) / 2, line - 4),
            size=DETAIL_SIZE, colour=side.colour, bold=True, ha="center", va="bottom",
        )  # fmt: skip
        ends = [side.start, side.end]
        ax.plot(ends, [line - 4] * 2, color=side.colour, linewidth=2.0, clip_on=False)


def _words(stance: str, width: float) -> list[str]:
    return wrap(stance, width - 4, DETAIL_SIZE)


def _cell_height(stances: list[str], width: float) -> float:
    return sum(_MARK_HEIGHT + height(len(_words(s, width)), DETAIL_SIZE) for s in stances)


def _draw_cell(ax: Axes, stances: list[str], place: Transform, width: float) -> None:
    """Draw what one claimant says of one statement, around the middle of the cell."""
    if not stances:
        write(ax, 0, 0, _NOTHING_SAID, transform=place, colour=MUTED, ha="center", va="center")
        return
    down = _cell_height(stances, width) / 2
    for stance in stances:
        mark = STANCE_MARKS[stance]
        draw_mark(ax, mark, 0, down - _MARK_HEIGHT / 2, place).set_label(stance)
        down -= _MARK_HEIGHT
        words = _words(stance, width)
        write(
            ax, 0, down, words,
            transform=place, size=DETAIL_SIZE, colour=mark.colour, ha="center",
        )  # fmt: skip
        down -= height(len(words), DETAIL_SIZE)
