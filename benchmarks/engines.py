"""How long a hundred reports take: papermill as it is, the warm engine, and a plain script.

    python benchmarks/engines.py                 # all of it, some forty minutes on two cores
    python benchmarks/engines.py --rounds 5 --only plain

Every way runs in a process of its own, from its start to its end, on the same parameters. Ways
that take long run only some of the reports, and the time of a report is compared, not the sum;
their start-up counts in full, so that this is in favour of none but the slow ones.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from alternating import Timing, alternate
from memory import measure_memory
from plain_notebook import write_plain_notebook, write_trivial_notebook

ROOT = Path(__file__).resolve().parents[1]
OURS = "casualties_by_source"
FIRST_DAY = date(2022, 2, 25)

#: Reports that a way runs at most: papermill's own take seconds each.
MOST = {"loop": 6, "command": 4, "pool": 12}

Task = Callable[[], object]


def main(arguments: Sequence[str] | None = None) -> dict[str, Any]:
    """Measure, print and return the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--reports", type=int, nargs="*", default=[24, 120])
    parser.add_argument("--only", choices=("ours", "plain", "small"))
    given = parser.parse_args(arguments)
    results: dict[str, Any] = {}
    scratch = Path(tempfile.mkdtemp(prefix="figures-benchmark-"))
    try:
        if given.only in (None, "plain"):
            plain = write_plain_notebook(scratch / "plain.ipynb")
            for number in given.reports:
                jobs = [{"seed": n} for n in range(number)]
                ways = _ways(plain, jobs, scratch, slow=number == min(given.reports))
                results[f"somebody else's notebook, {number} reports"] = _compare(
                    ways, number, given.rounds, "warm"
                )
        if given.only in (None, "ours"):
            notebook = ROOT / "notebooks" / f"{OURS}.ipynb"
            for number in given.reports:
                jobs = [{"as_of": day} for day in list_days(number)]
                slow = number == min(given.reports)
                ways = _ways(notebook, jobs, scratch, slow=slow)
                ways |= {"batch": lambda number=number: run_batch(scratch, number)}
                results[f"{OURS}, {number} reports"] = _compare(ways, number, given.rounds, "batch")
        if given.only in (None, "small"):
            results |= _small(scratch, given.rounds)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return results


def list_days(number: int) -> list[str]:
    """Return so many days from the first on which anything was published."""
    return [str(FIRST_DAY + timedelta(days=n)) for n in range(number)]


def _ways(
    notebook: Path, jobs: list[dict[str, Any]], scratch: Path, *, slow: bool
) -> dict[str, Task]:
    names = ("loop", "command", "pool", "script", "warm") if slow else ("script", "warm")
    return {name: _task(name, notebook, jobs[: MOST.get(name)], scratch) for name in names}


def _task(way: str, notebook: Path, jobs: list[dict[str, Any]], scratch: Path) -> Task:
    command = [sys.executable, str(Path(__file__).with_name("engine_ways.py")), way]

    def run() -> None:
        out = scratch / "out"
        shutil.rmtree(out, ignore_errors=True)
        _call([*command, str(notebook), str(out), json.dumps(jobs)])

    return run


def run_batch(scratch: Path, number: int, workers: int = 2, *, again: bool = True) -> None:
    """Make so many reports of our notebook by `figures batch`, pages and workbooks included."""
    out = scratch / "batch"
    if again:
        shutil.rmtree(out, ignore_errors=True)
    days = list_days(number)
    _call(
        [sys.executable, "-c", "from analysis.command_line import main; main()", "batch", "--as-of",
         f"{days[0]}..{days[-1]}", "--notebook", OURS, "--out", str(out), "--workers", str(workers)]
    )  # fmt: skip


def _call(command: list[str]) -> None:
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    ended = subprocess.run(
        command, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    if ended.returncode:
        raise SystemExit(f"{' '.join(command[:4])} failed:\n{ended.stderr[-2000:]}")


def _compare(ways: Mapping[str, Task], number: int, rounds: int, ours: str) -> dict[str, Any]:
    timings = alternate(ways, rounds=rounds, warm_up=0)
    each = {
        name: Timing(name, tuple(s / min(number, MOST.get(name, number)) for s in timing.seconds))
        for name, timing in timings.items()
    }
    rows = {
        name: {
            "seconds a report": round(timing.median, 4),
            "shortest": round(timing.low, 4),
            "longest": round(timing.high, 4),
            "times ours": round(timing.median / each[ours].median, 2),
        }
        for name, timing in each.items()
    }
    for name, row in rows.items():
        print(f"{name:10}", row, flush=True)
    return rows


def _small(scratch: Path, rounds: int) -> dict[str, Any]:
    """Overhead, many cells, a cold start, a batch again with nothing changed, and memory."""
    one = write_trivial_notebook(scratch / "one.ipynb", 1)
    many = write_trivial_notebook(scratch / "many.ipynb", 200)
    plain = write_plain_notebook(scratch / "plain.ipynb")
    jobs: list[dict[str, Any]] = [{} for _ in range(24)]
    tasks: dict[str, Task] = {
        "no report": _task("warm", one, [], scratch),
        "24 of one cell, warm": _task("warm", one, jobs, scratch),
        "1 of 200 cells, warm": _task("warm", many, [{}], scratch),
        "1 of 200 cells, papermill": _task("loop", many, [{}], scratch),
        "papermill's command, somebody else's notebook": _task("command", plain, [{}], scratch),
        "one from a cold start, warm": _task("warm", plain, [{}], scratch),
        f"papermill's command, {OURS}": _task(
            "command", ROOT / "notebooks" / f"{OURS}.ipynb", [{"as_of": "2022-03-03"}], scratch
        ),
        "one report by figures batch": lambda: run_batch(scratch, 1, 1),
        "24 reports by figures batch": lambda: run_batch(scratch, 24),
        "24 reports again": lambda: run_batch(scratch, 24, again=False),
    }
    timings = alternate(tasks, rounds=rounds, warm_up=0)
    median = {name: timing.median for name, timing in timings.items()}
    rows: dict[str, Any] = {
        name: {
            "seconds": round(t.median, 3), "shortest": round(t.low, 3), "longest": round(t.high, 3)
        }
        for name, t in timings.items()
    }  # fmt: skip
    empty = median["no report"]
    rows["milliseconds of overhead a report, two at a time"] = round(
        1000 * (median["24 of one cell, warm"] - empty) / 24, 1
    )
    rows["seconds for 200 cells, start-up apart"] = round(median["1 of 200 cells, warm"] - empty, 3)
    rows["again is so many times faster"] = round(
        median["24 reports by figures batch"] / median["24 reports again"], 1
    )
    rows["MB a further concurrent report"] = measure_memory(
        [lambda workers=workers: run_batch(scratch, 12, workers) for workers in (2, 4)], (2, 4)
    )
    for name, row in rows.items():
        print(f"{name:50}", row, flush=True)
    return {"small": rows}


if __name__ == "__main__":
    print(json.dumps(main(), indent=1))
