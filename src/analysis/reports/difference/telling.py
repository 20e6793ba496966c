"""What was found, in sentences: each figure with its claimant and its day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pandas as pd

from analysis.claims import prose
from analysis.claims.days import format_day
from analysis.reports.difference.found import (
    BOTH,
    KINDS,
    ChartDifference,
    ClaimChange,
    Difference,
    TableDifference,
)
from analysis.safety import clean_text, unguard_cell
from analysis.tables import Record

#: What stands between a figure and the one in its place.
ARROW = "->"

_DAYS = ("since", "as_of", "made_on", "target_day", "published_on")


def say_day(text: str) -> str:
    """Return an ISO day as "3 March 2022", and any other text as it is, cleaned."""
    try:
        return format_day(text) if text else ""
    except (ValueError, TypeError, AttributeError, OverflowError):
        return say_cell(text)


def say_cell(text: str) -> str:
    """Return a cell of a CSV file as it is shown: no guard against formulas, one line, cleaned."""
    return " ".join(clean_text(unguard_cell(text)).split())


def say_change(change: ClaimChange) -> str:
    """Return one change of a claim as a sentence.

    For a revised claim such as "OHCHR: civilians killed to 26 March 2022: 1,104 -> 1,119,
    published 28 March 2022."; for a new one or one that is gone the claim itself, in the words of
    `analysis.claims.prose`.
    """
    before, after = change.before, change.after
    if before is None or after is None:
        return _tell(after or before or {})
    who, what = _name(after), say_cell(after["what"])
    if change.kind == "updated":
        story = f"{_say_figure(before)} {ARROW} {_say_figure(after)}"
        known = f", {_say_published(after)}" if after["as_of"] else ""
        return f"{who}: {what}: {story}{known}."
    counted = f"{who}: {what}{_say_to(after)}"
    if change.kind == "standing":
        sides = [f"{say_cell(c['status'])}, {say_cell(c['standard'])}" for c in (before, after)]
        told = f"{_say_said(after)} is now {sides[1]} (before: {sides[0]})"
        return f"{counted}: {told.replace(', )', ')')}, {_say_published(after)}."
    if change.kind == "republished":
        days = [say_day(claim["published_on"]) for claim in (before, after)]
        again = f"published {days[0]} {ARROW} {days[1]}" if days[0] != days[1] else "in other words"
        if days[0] == days[1] and not change.same_place:
            again = f"from another document, {_say_published(after)}"
        return f"{counted}: again {_say_said(after)}, {again}."
    place = ", in the same place of the same document" if change.same_place else ""
    figures = f"{_say_said(before)} {ARROW} {_say_said(after)}{_say_doubt(after)}"
    return f"{counted}: {figures}, {_say_published(after)}{place}."


def count_claims(difference: Difference) -> str:
    """Return how many claims changed, by kind: "2 revised, 5 new"; "" for none."""
    counts = Counter(change.kind for change in difference.claims)
    return ", ".join(f"{counts[kind]:,} {_LABELS[kind]}" for kind in KINDS if counts[kind])


def group_claims(difference: Difference, kind: str) -> list[tuple[str, list[ClaimChange]]]:
    """Return the changes of one kind, those of one claimant and series under their name."""
    groups: dict[str, list[ClaimChange]] = {}
    for change in difference.claims:
        claim = change.after or change.before
        if change.kind == kind and claim is not None:
            groups.setdefault(f"{_name(claim)}: {say_cell(claim['what'])}", []).append(change)
    return list(groups.items())


def say_last(changes: list[ClaimChange]) -> str:
    """Return the last figure of a group with its day: "1,179 to 28 March 2022"."""
    return _say_figure(changes[-1].after or changes[-1].before or {})


#: A kind as it stands behind a number.
_LABELS = {kind: kind for kind in KINDS} | {"standing": "of another status or standard"}


def count(number: int, noun: str) -> str:
    """Return "1 row" or "2,000 rows"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _tell(claim: Record) -> str:
    """One claim as a sentence of `claims.prose`; in fewer words where its table has fewer."""
    row = {name: say_cell(text) for name, text in claim.items()}
    said: Record = {name: row[name] or None for name in row}
    said |= {name: None if not row[name] else row[name] for name in _DAYS}
    said["counted"] = row["counted"] and row["what"]
    said["is_party"] = row["is_party"] == "True"
    try:
        if row["stance"] and row["claimant_said"]:
            return prose.write_statements(pd.DataFrame([said]))[0]
        if row["counted"] and row["claimant_said"] and row["published_on"]:
            return prose.write_sentence(_as_days(said))
    except (KeyError, ValueError, TypeError, AttributeError, OverflowError):
        pass  # a cell that no casebook holds: it is told as it stands
    figure = f"{_say_said(claim)}{_say_doubt(claim)}"
    return f"{_name(claim)}: {say_cell(claim['what'])}: {figure}{_say_when(claim)}."


def _as_days(claim: Record) -> Record:
    days = {name: None if claim[name] is None else pd.Timestamp(claim[name]) for name in _DAYS}
    # A row of counts has no day it speaks about, and says so by not having the column.
    kept = {name: value for name, value in claim.items() if name not in _DAYS}
    shown = days if claim["standard"] == "projected" else {
        name: day for name, day in days.items() if name not in ("made_on", "target_day")
    }  # fmt: skip
    return kept | shown


def _name(claim: Record) -> str:
    names = ("claimant_short", "claimant_name", "claimant")
    who = next((say_cell(claim[name]) for name in names if claim[name]), "nobody named")
    return f"{who} (a party to the conflict)" if claim["is_party"] == "True" else who


def _say_said(claim: Record) -> str:
    return say_cell(claim["said"]) or "no figure"


def _say_doubt(claim: Record) -> str:
    return prose.mark_doubt(claim).replace(", ", " (", 1) + ")" if prose.mark_doubt(claim) else ""


def _say_to(claim: Record) -> str:
    return f" to {say_day(claim['as_of'])}" if claim["as_of"] else ""


def _say_figure(claim: Record) -> str:
    """A figure with the day it counts to, or else the day it was known."""
    day = _say_to(claim) or f" ({_say_published(claim)})"
    return f"{_say_said(claim)}{_say_doubt(claim)}{day}"


def _say_published(claim: Record) -> str:
    day = say_day(claim["published_on"])
    return f"published {day}" if day else "day of publication not stated"


def _say_when(claim: Record) -> str:
    return f"{_say_to(claim)}, {_say_published(claim)}"


def say_table(table: TableDifference) -> str:
    """Return what changed in a table, in a line: "3 rows added, 2 cells changed in 1 row"."""
    if table.present != BOTH:
        side, rows = ("first", table.rows_a) if table.present == "a" else ("second", table.rows_b)
        return f"only in the {side} report ({count(rows, 'row')})"
    if table.problem:
        return f"could not be compared: {table.problem}"
    told = []
    if len(table.only_in_b):
        told.append(f"{count(len(table.only_in_b), 'row')} added")
    if len(table.only_in_a):
        told.append(f"{count(len(table.only_in_a), 'row')} gone")
    if len(table.cells):
        rows = table.cells["row_a"].nunique()
        told.append(f"{count(len(table.cells), 'cell')} changed in {count(rows, 'row')}")
    for names, word in ((table.columns_only_in_b, "added"), (table.columns_only_in_a, "gone")):
        if names:
            told.append(f"{'column' if len(names) == 1 else 'columns'} {word}: {list_names(names)}")
    if table.order_changed:
        told.append("another order" if told else "only the order changed")
    return ", ".join(told)


def say_chart(chart: ChartDifference) -> str:
    """Return what changed in a chart, in a line."""
    if chart.present != BOTH:
        return f"only in the {'first' if chart.present == 'a' else 'second'} report"
    if chart.is_only_the_day:
        return "only the day of the report, in its words"
    told = [f"rows drawn: {say_table(chart.rows)}"] if chart.rows else []
    if chart.title:
        told.append("another title")
    if chart.alt:
        told.append("another description")
    if chart.picture:
        look = "drawn differently" if chart.drawn_differently else "another picture"
        told.append(f"{look}{_say_picture(chart)}")
    return "; ".join(told)


def _say_picture(chart: ChartDifference) -> str:
    picture = chart.picture
    if picture is None:
        return ""
    if picture.problem:
        return f" ({picture.problem})"
    if picture.share_of_pixels is None and picture.size_a and picture.size_b:
        sizes = ["{} by {}".format(*size) for size in (picture.size_a, picture.size_b)]
        return f" ({sizes[0]} {ARROW} {sizes[1]} pixels)"
    percent = 100 * (picture.share_of_pixels or 0)
    shown = f"{percent:.1f}%" if percent >= 0.1 else "less than 0.1%"
    return f" ({shown} of pixels)"


def list_names(names: Iterable[str]) -> str:
    """Return names with commas, cleaned."""
    return ", ".join(say_cell(name) for name in names)
