"""What was found, told: in sentences, as lines for a terminal, and as JSON for a program."""

from __future__ import annotations

import json
import shutil
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from analysis.claims import prose
from analysis.claims.days import format_day
from analysis.reports.difference.found import (
    BOTH,
    KINDS,
    BatchDifference,
    ChartDifference,
    ClaimChange,
    Difference,
    Side,
    TableDifference,
    TextDifference,
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
    said: Record = {name: text or None for name, text in row.items()}
    said["counted"] = row["counted"] and row["what"]
    said["is_party"] = row["is_party"] == "True"
    try:
        if row["stance"] and row["claimant_said"]:
            return prose.write_statements(pd.DataFrame([said]))[0]
        if row["counted"] and row["claimant_said"] and row["published_on"]:
            return prose.write_sentence(_as_days(said))
    except (KeyError, ValueError, TypeError, AttributeError, OverflowError):
        pass  # a cell that no casebook holds: it is told as it stands
    figure = f"{_say_said(claim)}{_say_doubt(claim)}{_say_to(claim)}"
    return f"{_name(claim)}: {say_cell(claim['what'])}: {figure}, {_say_published(claim)}."


def _as_days(claim: Record) -> Record:
    # A row of counts has no day it speaks about, and says so by not having the column.
    absent = () if claim["standard"] == "projected" else ("made_on", "target_day")
    return {
        name: pd.Timestamp(cell) if name in _DAYS and cell is not None else cell
        for name, cell in claim.items()
        if name not in absent
    }


def _name(claim: Record) -> str:
    names = ("claimant_short", "claimant_name", "claimant")
    who = next((say_cell(claim[name]) for name in names if claim[name]), "nobody named")
    return f"{who} (a party to the conflict)" if claim["is_party"] == "True" else who


def _say_said(claim: Record) -> str:
    return say_cell(claim["said"]) or "no figure"


def _say_doubt(claim: Record) -> str:
    doubt = prose.mark_doubt(claim)
    return doubt.replace(", ", " (", 1) + ")" if doubt else ""


def _say_to(claim: Record) -> str:
    return f" to {say_day(claim['as_of'])}" if claim["as_of"] else ""


def _say_figure(claim: Record) -> str:
    """A figure with the day it counts to, or else the day it was known."""
    day = _say_to(claim) or f" ({_say_published(claim)})"
    return f"{_say_said(claim)}{_say_doubt(claim)}{day}"


def _say_published(claim: Record) -> str:
    day = say_day(claim["published_on"])
    return f"published {day}" if day else "day of publication not stated"


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


#: More lines than these of one kind are counted, and not printed.
_MOST = 12

#: A longer line is hard to read, however wide the terminal is.
_WIDEST = 100


def write_summary(difference: Difference | BatchDifference) -> str:
    """Return what differs as text, wrapped to the width of the terminal."""
    if isinstance(difference, BatchDifference):
        lines = list(_batch_lines(difference))
    else:
        lines = list(_report_lines(difference))
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    return "\n".join(_wrap(line, max(width, 40)) for line in lines)


def list_reasons(found: Difference) -> list[str]:
    """Return why two reports may differ, a line each: days, notebooks, parameters, inputs."""
    reasons = []
    if found.a.as_of != found.b.as_of:
        days = f"{say_day(found.a.as_of)} {ARROW} {say_day(found.b.as_of)}"
        reasons.append(f"another day: as known on {days}")
    if found.a.status != found.b.status:
        reasons.append(f"the run: {found.a.status or 'unknown'} {ARROW} {found.b.status}")
    making = found.making
    for names, which in (
        (making.notebooks_only_in_a, "first"),
        (making.notebooks_only_in_b, "second"),
    ):
        if names:
            reasons.append(f"only in the {which} report: notebooks {list_names(names)}")
    reasons += [f"{c.name}: {c.before} {ARROW} {c.after}" for c in making.outcomes]
    for change in making.parameters:
        values = " -> ".join(
            v if v is not None else "not given" for v in (change.before, change.after)
        )
        reasons.append(f"parameter {change.name}: {values} (in {list_names(change.notebooks)})")
    changed: list[str]
    for kind, word in (("table", "tables"), ("notebook", "notebooks"), ("other", "other inputs")):
        changed = [f"{i.name} ({i.change})" for i in making.inputs if i.kind == kind]
        if changed:
            reasons.append(f"{word}: {list_names(changed)}")
    code = [i.name for i in making.inputs if i.kind == "code"]
    if code:
        reasons.append(
            f"code: {count(len(code), 'file')} ({list_names(code[:4])}{', …' * (len(code) > 4)})"
        )
    for version in making.versions:
        values = " -> ".join(v or "not stated" for v in (version.before, version.after))
        reasons.append(f"version of {version.name}: {values}")
    if not reasons and found.found:
        reasons.append(
            "no input, parameter or version differs: a file was changed after its report was "
            "made, or a notebook does not make the same twice"
        )
    return [say_cell(reason) for reason in reasons]


def count_parts(found: Difference) -> list[tuple[str, str]]:
    """Return each part that was looked at, and how much of it differs."""
    parts = [("Claims", count_claims(found) or "none changed")]
    for name in ("tables", "charts", "texts"):
        changed = getattr(found, name)
        of = f"{len(changed):,} of {found.compared.get(name, len(changed)):,} changed"
        if name == "charts" and changed:
            kinds = Counter(
                "drawn differently" if chart.drawn_differently
                else "in the day of the report only" if chart.is_only_the_day
                else "with other rows" if chart.rows
                else ""
                for chart in changed
            )  # fmt: skip
            told = [f"{number:,} {kind}" for kind, number in kinds.items() if kind]
            of += f" ({', '.join(told)})" if told else ""
        parts.append((prose.capitalise(name), of))
    asked = {part.capitalize() for part in found.parts}
    return [part for part in parts if not asked or part[0] in asked]


def _batch_lines(batch: BatchDifference) -> Iterator[str]:
    yield f"{batch.name_a} {ARROW} {batch.name_b}: {count(len(batch.reports), 'report')} in both"
    for names, which in ((batch.only_in_a, "first"), (batch.only_in_b, "second")):
        if names:
            yield f"Only in the {which} batch: {list_names(names)}"
    for problem in batch.problems:
        yield f"Not compared: {problem}"
    for name, one in batch.reports.items():
        yield ""
        yield f"== {say_cell(name)} =="
        yield from _report_lines(one)


def _report_lines(found: Difference) -> Iterator[str]:
    yield f"{say_cell(found.a.name)} {ARROW} {say_cell(found.b.name)}"
    if not found.found:
        yield "No difference."
        return
    for name, told in count_parts(found):
        yield f"{name}: {told}"
    yield from _claim_lines(found)
    charts = [chart for chart in found.charts if not chart.is_only_the_day]
    yield from _section("Tables", [f"{say_cell(t.name)}: {say_table(t)}" for t in found.tables])
    yield from _section("Charts", [f"{say_cell(c.name)}: {say_chart(c)}" for c in charts])
    yield from _section("Texts", [f"{say_cell(t.name)}: {_say_text(t)}" for t in found.texts])
    yield from _section("Why", list_reasons(found))


def _claim_lines(found: Difference) -> Iterator[str]:
    for kind in KINDS:
        groups = group_claims(found, kind)
        if kind in ("new", "gone"):
            lines = [
                say_change(changes[0]) if len(changes) == 1
                else f"{name}: {count(len(changes), 'claim')}, the last {say_last(changes)}."
                for name, changes in groups
            ]  # fmt: skip
        else:
            lines = [say_change(change) for _, changes in groups for change in changes]
        yield from _section(
            f"Claims {kind}" if kind != "standing" else f"Claims: {KINDS[kind]}", lines
        )


def _say_text(text: TextDifference) -> str:
    if text.problem:
        return f"could not be compared: {text.problem}"
    if text.order_changed:
        return "only the order changed"
    alone = {"a": "only in the first report; ", "b": "only in the second report; "}
    told = f"{count(len(text.new), 'sentence')} new, {len(text.gone):,} gone"
    return alone.get(text.present, "") + told


def _section(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield ""
        yield title
        for line in lines[:_MOST]:
            yield f"  - {line}"
        if len(lines) > _MOST:
            yield f"  - and {len(lines) - _MOST:,} more; --html or --json FILE has all of them"


def _wrap(line: str, width: int) -> str:
    indent = "    " if line.startswith("  - ") else ""
    wrapped = textwrap.wrap(
        line, width, subsequent_indent=indent, break_on_hyphens=False, drop_whitespace=True
    )
    return "\n".join(wrapped)


def write_json(difference: Difference | BatchDifference) -> bytes:
    """Return a difference as JSON in UTF-8: the same reports give the same bytes, at any time.

    Names and meanings are those of `analysis.reports.difference.found`: a `Difference` (with
    "kind": "report") holds its `found`, its parts, and `counts` of the claims by kind and of the
    tables, charts and texts that differ; each claim has its `sentence`. A side is its name, day and
    status; a title is "before" and "after"; null is "the same", and for a claim "none". Of a table
    a row of `only_in_a` or `only_in_b` is ``{"row": 2, "cells": {column: text}}``: rows are
    numbered as a spreadsheet numbers them (the header is row 1), and cells are text, as they stand
    in the CSV file. A `BatchDifference` ("kind": "batch") holds its reports by their names.
    """
    content = json.dumps(difference, ensure_ascii=False, indent=1, default=_as_plain)
    return (content + "\n").encode()


def _as_plain(part: object) -> object:
    """Return a part of a difference as JSON has it, with its own parts as they are."""
    match part:
        case BatchDifference():
            sides = {"a": {"name": part.name_a}, "b": {"name": part.name_b}}
            alone = {"only_in_a": part.only_in_a, "only_in_b": part.only_in_b}
            rest = {"problems": part.problems, "reports": part.reports}
            return {"kind": "batch", "found": part.found, **sides, **alone, **rest}
        case Difference():
            kinds = Counter(change.kind for change in part.claims)
            counts = {name: len(getattr(part, name)) for name in ("tables", "charts", "texts")}
            return {
                "kind": "report", "found": part.found, "parts": part.parts, "a": part.a,
                "b": part.b, "compared": part.compared,
                "counts": {"claims": {kind: kinds[kind] for kind in KINDS}, **counts}, **vars(part),
            }  # fmt: skip
        case Side():
            # Not where it lies: that is of the machine, and not of the report.
            return {"name": part.name, "as_of": part.as_of, "status": part.status}
        case ClaimChange():
            return {"kind": part.kind, "sentence": say_change(part), **vars(part)}
        case TableDifference():
            rows = {"only_in_a": _rows(part.only_in_a), "only_in_b": _rows(part.only_in_b)}
            return vars(part) | rows | {"cells": part.cells.to_dict("records")}
        case ChartDifference():
            title = part.title and {"before": part.title.before, "after": part.title.after}
            return {
                "name": part.name, "present": part.present,
                "drawn_differently": part.drawn_differently, "only_the_day": part.is_only_the_day,
                "rows": part.rows, "title": title, "alt": part.alt, "picture": part.picture,
            }  # fmt: skip
    return vars(part)


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    records = frame.to_dict("records")
    return [
        {"row": int(label) + 2, "cells": cells}
        for label, cells in zip(frame.index, records, strict=True)
    ]
