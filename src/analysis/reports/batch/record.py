"""What became of the reports of a batch: as its manifest, and as a page, the failed ones first."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from analysis.reports.batch.addresses import find_origin
from analysis.reports.batch.earlier import COMPLETE, FAILED, WAITING, Result
from analysis.reports.batch.naming import say_value
from analysis.reports.batch.plan import Plan, Planned
from analysis.reports.batch.plan_file import AS_OF
from analysis.reports.build import PAGE
from analysis.reports.template import read_template
from analysis.safety import clean_text

#: What a batch says of itself: besides those of a report, that it is at work, or was stopped.
RUNNING, STOPPED = "running", "stopped"


def count_results(results: Sequence[Result]) -> dict[str, int]:
    """Return how many reports are complete, failed and waiting."""
    counts = Counter(result.status for result in results)
    return {status: counts[status] for status in (COMPLETE, FAILED, WAITING)}


def find_status(results: Sequence[Result], *, running: bool) -> str:
    """Return the status of a batch."""
    counts = count_results(results)
    if running:
        return RUNNING
    if counts[WAITING]:
        return STOPPED
    return FAILED if counts[FAILED] else COMPLETE


def write_record(
    plan: Plan,
    results: Sequence[Result],
    identities: Sequence[str],
    versions: Mapping[str, str],
    request: Mapping[str, str],
    *,
    running: bool = False,
) -> bytes:
    """Return the manifest of a batch as JSON; paths in it start from the folder of the batch.

    `plan`: what is to be made. `results`: what became of each report, in the order of the plan.
    `identities`: what each is made from, in the same order. `request`: by what the same batch is
    known again (see `unchanged`). `running`: whether the batch is still at work.
    """
    content = {
        "status": find_status(results, running=running),
        "counts": count_results(results),
        "request": dict(request),
        "axes": list(plan.axes),
        "casebooks": list(dict.fromkeys(_casebook(each, plan.out) for each in plan.reports)),
        "versions": dict(versions),
        "reports": [
            _report(planned, result, identity, plan.out)
            for planned, result, identity in zip(plan.reports, results, identities, strict=True)
        ],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _report(planned: Planned, result: Result, identity: str, out: Path) -> dict[str, Any]:
    return {
        "name": planned.name,
        "status": result.status,
        "seconds": result.seconds,
        "error": result.error,
        "folder": result.folder,
        "page": f"{result.folder}/{PAGE}" if result.folder else "",
        "executed": result.executed,
        "as_of": planned.as_of,
        "parameters": dict(planned.shown),
        "notebooks": [notebook.name for notebook in planned.notebooks],
        "casebook": _casebook(planned, out),
        "identity": identity,
        "outputs": dict(result.outputs),
    }


def _casebook(planned: Planned, out: Path) -> str:
    """Return the folder of a report's casebook from `out`, or its address; "" is our own."""
    if not planned.data:
        return ""
    folder = Path(planned.data).expanduser().resolve()
    if origin := find_origin(folder):
        return origin
    try:
        return Path(os.path.relpath(folder, out.resolve())).as_posix()
    except ValueError:  # another drive on Windows
        return folder.as_posix()


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
