"""Who says, denies or keeps silent about a statement: a list, a mark and words for each stance."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from itertools import pairwise

import pandas as pd
from matplotlib.axes import Axes

from analysis.charts.bars import to_flag
from analysis.charts.key import Entry, Key, draw_key, lay_out
from analysis.charts.room import (
    NARROW,
    NOTHING_KNOWN,
    as_canvas,
    at,
    require,
    say_nothing,
    width_of,
)
from analysis.charts.style import (
    INK,
    LABEL_SIZE,
    MUTED,
    NAME_SIZE,
    PARTY_MARK,
    RULE,
    STANCE_MARKS,
)
from analysis.charts.typeset import height, plain, wrap, write
from analysis.safety import SHORT_DAY, InputError, format_day

COLUMNS = ("statement", "stance")

#: Each stance in words after the claimant's name, in the order in which they stand.
_SAID = {"says": "says so", "denies": "denies it", "no comment": "gives no comment"}

_ABOVE = 7.0  # above a statement, and as much below it
_HEADING = 30.0
_GUTTER = 16.0  # between a statement and who says it


def plot_statements(rows: pd.DataFrame, ax: Axes, *, empty: str = NOTHING_KNOWN) -> Axes:
    """Draw statements as rows, and beside each who says it, denies it or keeps silent.

    A row a statement and claimant: `statement`, `stance` (says, denies, no comment) and
    `claimant_short` or `claimant_name`. Used where they are there: `heading`, over the first of the
    rows that share it; `published_on`, the day of the stance, and `age`, how old it is; `is_party`.
    Statements are drawn in the order in which they come.
    """
    who = "claimant_short" if "claimant_short" in rows.columns else "claimant_name"
    require(rows, (*COLUMNS, who), "plot_statements")
    if rows.empty:
        return say_nothing(ax, empty)
    rows = rows.reset_index(drop=True)
    stances = rows["stance"].map(plain)
    unknown = sorted(set(stances) - set(STANCE_MARKS))
    if unknown:
        raise InputError(
            f"plot_statements knows the stances {', '.join(STANCE_MARKS)}, not {', '.join(unknown)}"
        )
    width = width_of(ax)
    beside = width >= NARROW
    label = 0.5 * width - _GUTTER if beside else width
    order = stances.map(list(_SAID).index)
    told: list[tuple[str, list[str], Key, float]] = []
    for statement, row in rows.groupby(rows["statement"].map(plain), sort=False):
        said = row.loc[order[row.index].sort_values(kind="stable").index].to_dict("records")
        lines = wrap(str(statement), label, LABEL_SIZE, bold=not beside)
        key = lay_out([_explain(one, plain(one[who])) for one in said], width - label - _GUTTER
                      if beside else width)  # fmt: skip
        words = height(len(lines), LABEL_SIZE)
        tall = max(words, key.height) if beside else words + key.height
        told.append((plain(row["heading"].iloc[0]) if "heading" in row else "", lines, key, tall))
    party = "is_party" in rows and rows["is_party"].eq(True).any()
    above = lay_out([Entry("party", "party to the conflict", INK)] if party else [], width)
    new = [bool(told[0][0]), *(one[0] != two[0] for one, two in pairwise(told))]
    tall = sum(one[3] + 2 * _ABOVE for one in told) + _HEADING * sum(new)
    as_canvas(ax, above.height + tall, width)
    draw_key(above, ax, at(ax, 0, 0), (0, 0))
    top = above.height
    for (heading, lines, key, room), first in zip(told, new, strict=True):
        if first:
            write(ax, 0, -_HEADING / 2, heading, transform=at(ax, 0, top), size=NAME_SIZE,
                  bold=True, colour=MUTED)  # fmt: skip
            top += _HEADING
        ax.plot([0, width], [top, top], color=RULE, linewidth=0.8, clip_on=False)
        corner = at(ax, 0, top + _ABOVE)
        write(ax, 0, 0, lines, transform=corner, bold=not beside)
        down = 0.0 if beside else height(len(lines), LABEL_SIZE)
        draw_key(key, ax, corner, (label + _GUTTER if beside else 0.0, -down))
        top += room + 2 * _ABOVE
    return ax


def _explain(row: Mapping[Hashable, object], name: str) -> Entry:
    """Return the mark of a stance with who takes it and when it was reported."""
    who = f"{PARTY_MARK}\u00a0{name}" if to_flag(row.get("is_party")) else name
    said = f"{who} {_SAID[plain(row['stance'])]}"
    day = format_day(row.get("published_on"), SHORT_DAY)
    return Entry(
        STANCE_MARKS[plain(row["stance"])],
        ", ".join(filter(None, [said, day, plain(row.get("age"))])),
    )
