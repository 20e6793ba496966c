"""What was found, written down: as lines for a terminal, and as JSON for a program."""

from __future__ import annotations

import json
import shutil
import textwrap
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import pandas as pd

from analysis.claims import prose
from analysis.reports.difference.found import (
    KINDS,
    BatchDifference,
    ChartDifference,
    ClaimChange,
    Difference,
    Side,
    TableDifference,
    TextDifference,
)
from analysis.reports.difference.telling import (
    ARROW,
    count,
    count_claims,
    group_claims,
    list_names,
    say_cell,
    say_change,
    say_chart,
    say_day,
    say_last,
    say_table,
)

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

    Two reports::

        {"kind": "report", "found": true, "parts": [],
         "a": {"name": "2022-03-03", "as_of": "2022-03-03", "status": "complete"}, "b": {…},
         "compared": {"tables": 39, "charts": 30, "texts": 14},
         "counts": {"claims": {"revised": 2, …}, "tables": 27, "charts": 30, "texts": 10},
         "claims": [{"kind": "revised", "sentence": "…",
                     "before": {…} or null, "after": {…} or null,
                     "where": ["tables/casualties"], "same_place": false}],
         "tables": [TABLE],
         "charts": [{"name": "…", "present": "both", "drawn_differently": false,
                     "only_the_day": false, "rows": TABLE or null,
                     "title": {"before": "…", "after": "…"} or null, "alt": TEXT or null,
                     "picture": {"share_of_pixels": 0.01 or null, "size_a": [1800, 853],
                                 "size_b": […], "problem": ""} or null}],
         "texts": [TEXT],
         "making": {"notebooks_only_in_a": [], "notebooks_only_in_b": [],
                    "outcomes": [{"name": "…", "before": "complete", "after": "failed: …"}],
                    "parameters": [{"name": "…", "before": "7", "after": "14", "notebooks": ["…"]}],
                    "versions": [{"name": "pandas", "before": "3.0", "after": "3.1"}],
                    "inputs": [{"name": "data/casualties.csv", "kind": "table",
                                "change": "changed"}]}}

    TABLE is ``{"name", "present", "rows_a", "rows_b", "matched_by", "note", "columns_only_in_a",
    "columns_only_in_b", "only_in_a", "only_in_b", "cells", "order_changed", "problem"}``; a row of
    `only_in_a` and `only_in_b` is ``{"row": 2, "cells": {column: text}}``, a cell of `cells`
    ``{"row", "row_a", "row_b", "key", "column", "before", "after"}``. Rows are numbered as a
    spreadsheet numbers them (the header is row 1); cells are text, as they stand in the CSV file.
    TEXT is ``{"name", "present", "gone", "new", "order_changed", "problem"}``, with sentences. The
    words and their meaning are those of `analysis.reports.difference.found`; a
    parameter's value is JSON text, null where it was not given.

    Two batches: ``{"kind": "batch", "found", "a": {"name"}, "b": {"name"}, "only_in_a": [names],
    "only_in_b": [names], "problems": [lines], "reports": {name: as above}}``.
    """
    content = _batch(difference) if isinstance(difference, BatchDifference) else _report(difference)
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _batch(batch: BatchDifference) -> dict[str, Any]:
    return {
        "kind": "batch",
        "found": batch.found,
        "a": {"name": batch.name_a},
        "b": {"name": batch.name_b},
        "only_in_a": batch.only_in_a,
        "only_in_b": batch.only_in_b,
        "problems": batch.problems,
        "reports": {name: _report(one) for name, one in batch.reports.items()},
    }


def _report(found: Difference) -> dict[str, Any]:
    kinds = Counter(change.kind for change in found.claims)
    counts = {part: len(getattr(found, part)) for part in ("tables", "charts", "texts")}
    return {
        "kind": "report",
        "found": found.found,
        "parts": found.parts,
        "a": _side(found.a),
        "b": _side(found.b),
        "compared": found.compared,
        "counts": {"claims": {kind: kinds[kind] for kind in KINDS}, **counts},
        "claims": [_claim(change) for change in found.claims],
        "tables": [_table(table) for table in found.tables],
        "charts": [_chart(chart) for chart in found.charts],
        "texts": [asdict(text) for text in found.texts],
        "making": asdict(found.making),
    }


def _side(side: Side) -> dict[str, str]:
    # Not where it lies: that is of the machine, and not of the report.
    return {"name": side.name, "as_of": side.as_of, "status": side.status}


def _claim(change: ClaimChange) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "sentence": say_change(change),
        "before": change.before,
        "after": change.after,
        "where": change.where,
        "same_place": change.same_place,
    }


def _table(table: TableDifference) -> dict[str, Any]:
    shown = {name: value for name, value in vars(table).items() if name not in _FRAMES}
    return shown | {
        "only_in_a": _rows(table.only_in_a),
        "only_in_b": _rows(table.only_in_b),
        "cells": table.cells.to_dict("records"),
    }


_FRAMES = ("only_in_a", "only_in_b", "cells")


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    records = frame.to_dict("records")
    return [
        {"row": int(label) + 2, "cells": cells}
        for label, cells in zip(frame.index, records, strict=True)
    ]


def _chart(chart: ChartDifference) -> dict[str, Any]:
    title = chart.title and {"before": chart.title.before, "after": chart.title.after}
    return {
        "name": chart.name,
        "present": chart.present,
        "drawn_differently": chart.drawn_differently,
        "only_the_day": chart.is_only_the_day,
        "rows": chart.rows and _table(chart.rows),
        "title": title,
        "alt": chart.alt and asdict(chart.alt),
        "picture": chart.picture and asdict(chart.picture),
    }
