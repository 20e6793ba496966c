"""A difference as JSON: the same reports give the same bytes, whenever they are compared.

Two reports::

    {"kind": "report", "found": true, "parts": [],
     "a": {"name": "2022-03-03", "as_of": "2022-03-03", "status": "complete"}, "b": {…},
     "compared": {"tables": 39, "charts": 30, "texts": 14},
     "counts": {"claims": {"revised": 2, …}, "tables": 27, "charts": 30, "texts": 10},
     "claims": [{"kind": "revised", "sentence": "…", "before": {…} or null, "after": {…} or null,
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
words and their meaning are those of `analysis.reports.difference.found` and `found_files`; a
parameter's value is JSON text, null where it was not given.

Two batches: ``{"kind": "batch", "found", "a": {"name"}, "b": {"name"}, "only_in_a": [names],
"only_in_b": [names], "problems": [lines], "reports": {name: as above}}``.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from typing import Any

import pandas as pd

from analysis.reports.difference.found import KINDS, BatchDifference, ClaimChange, Difference, Side
from analysis.reports.difference.found_files import ChartDifference, TableDifference
from analysis.reports.difference.telling import say_change


def write_json(difference: Difference | BatchDifference) -> bytes:
    """Return a difference as JSON in UTF-8; the module says what stands where."""
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
