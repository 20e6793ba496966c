"""Real reports on a cluster of two workers: seconds, files, bytes and memory."""

from __future__ import annotations

import io
import json
import resource
import statistics
import tempfile
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from memory import watch_memory
from rich.console import Console

from analysis.reports.batch.plan import Choice, plan_days
from analysis.reports.cluster.running import run_on_cluster
from analysis.reports.notebooks import Notebook

WORKERS = 2


def measure_reports(days: int, notebooks: Sequence[Notebook]) -> dict[str, float]:
    """Return what one report a day, of these notebooks, takes."""
    first = date(2022, 3, 3)
    last = first + timedelta(days=days - 1)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        plan = plan_days(f"{first}..{last}", notebooks, {}, out, Choice(workers=WORKERS))
        before = _processor()
        peak = watch_memory(
            lambda: run_on_cluster(plan, Console(file=io.StringIO()), out=str(out), address="local")
        )
        processor = _processor() - before
        reports = [path for path in out.iterdir() if (path / "manifest.json").exists()]
        files = [[path for path in report.rglob("*") if path.is_file()] for report in reports]
        sizes = [sum(path.stat().st_size for path in each) for each in files]
        manifests = [(report / "manifest.json").read_bytes() for report in reports]
        return {
            "complete reports": len(reports),
            "seconds, median": statistics.median(json.loads(each)["seconds"] for each in manifests),
            "processor seconds, with the start": processor / days,
            "files": statistics.median(len(each) for each in files),
            "MB": statistics.median(sizes) / 1e6,
            "KB of its manifest": statistics.median(len(each) for each in manifests) / 1e3,
            "MB of memory a worker": peak / WORKERS,
        }


def _processor() -> float:
    """Return the processor seconds of all processes that have been started and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
