"""The page of a batch: its reports by day and by what else differs, the failed ones first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from analysis.reports.batch.earlier import COMPLETE, FAILED, WAITING, Result
from analysis.reports.batch.naming import say_value
from analysis.reports.batch.plan import Plan, Planned
from analysis.reports.batch.plan_file import AS_OF
from analysis.reports.batch.record import count_results
from analysis.reports.build import PAGE
from analysis.reports.template import read_template
from analysis.safety import clean_text

_WORDS = {COMPLETE: "complete", FAILED: "failed", WAITING: "not made yet"}


def render_index(plan: Plan, results: Sequence[Result], *, running: bool = False) -> str:
    """Return the page that lists the reports of a batch.

    `plan`: what was to be made. `results`: what became of each report, in the same order.
    `running`: whether the batch is still at work. Returns HTML that needs nothing but itself; its
    links start from the folder of the batch.
    """
    axes = [name for name in plan.axes if name != AS_OF]
    days = sorted({report.as_of for report in plan.reports})
    rows = [_row(*each, axes, plan) for each in zip(plan.reports, results, strict=True)]
    return read_template("analysis.reports.batch", "index.html.j2").render(
        first=days[0],
        last=days[-1],
        columns=["Day", *(name.replace("_", " ").capitalize() for name in axes)],
        counts=count_results(results),
        total=len(rows),
        running=running,
        failed=[row for row in rows if row["status"] == FAILED],
        rows=[row for row in rows if row["status"] != FAILED],
    )


def _row(planned: Planned, result: Result, axes: Sequence[str], plan: Plan) -> dict[str, Any]:
    shown = {AS_OF: planned.as_of, **planned.shown}
    cells = [clean_text(say_value(shown.get(name, ""))) for name in (AS_OF, *axes)]
    earlier = ""
    if result.status == FAILED and (planned.target(plan.out) / PAGE).exists():
        earlier = quote(f"{planned.name}/{PAGE}")
    return {
        "status": result.status,
        "words": _WORDS.get(result.status, result.status),
        "cells": cells,
        "page": quote(f"{result.folder}/{PAGE}") if result.folder else "",
        "error": clean_text(result.error),
        "executed": quote(result.executed),
        "earlier": earlier,
    }
