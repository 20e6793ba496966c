"""How long a hundred reports take: papermill as it is, the warm engine, and a plain script.

    python benchmarks/engines.py                 # all of it, about an hour on two cores
    python benchmarks/engines.py --reports 24 --only ours

Every way runs in a process of its own, from its start to its end, on the same parameters. The
warm engine and `figures batch` make all the reports. Ways that take long make a few, and nothing
at all, in the same round: what start-up takes is counted once, and what a report takes beyond it
as often as there are reports, as if they had made all of them.
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

#: Reports that a way makes at most: papermill's own take seconds each.
MOST = {"loop": 3, "command": 1, "pool": 4, "script": 8}

#: Ways whose start-up is timed by itself; each report of the others starts anew.
STARTS = ("loop", "pool", "script")

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
    ours = ROOT / "notebooks" / f"{OURS}.ipynb"
    plain = write_plain_notebook(scratch / "plain.ipynb")
    try:
        for number in given.reports:
            is_first = number == min(given.reports)
            if given.only in (None, "ours"):
                jobs = [{"as_of": day} for day in list_days(number)]
                batch = {
                    "batch": lambda number=number: run_batch(scratch, number),
                    "batch, again": lambda number=number: run_batch(scratch, number, again=False),
                }
                ways = (_ways(ours, jobs, scratch) if is_first else {}) | batch
                title = f"{OURS}, {number} reports"
                results[title] = _compare(title, ways, number, given.rounds, "batch")
            if given.only in (None, "plain"):
                jobs = [{"seed": n} for n in range(number)]
                warm = {"warm": _task("warm", plain, jobs, scratch)}
                ways = _ways(plain, jobs, scratch) if is_first else warm
                title = f"somebody else's notebook, {number} reports"
                results[title] = _compare(title, ways, number, given.rounds, "warm")
        if given.only in (None, "small"):
            results |= _small(scratch, given.rounds)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return results


def list_days(number: int) -> list[str]:
    """Return so many days from the first on which anything was published."""
    return [str(FIRST_DAY + timedelta(days=n)) for n in range(number)]


def _ways(notebook: Path, jobs: list[dict[str, Any]], scratch: Path) -> dict[str, Task]:
    names = ("loop", "command", "pool", "script", "warm")
    tasks = {name: _task(name, notebook, jobs[: MOST.get(name)], scratch) for name in names}
    return tasks | {_start_of(name): _task(name, notebook, [], scratch) for name in STARTS}


def _start_of(way: str) -> str:
    return f"{way}, start-up"


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


def _compare(
    title: str, ways: Mapping[str, Task], number: int, rounds: int, ours: str
) -> dict[str, Any]:
    timings = alternate(ways, rounds=rounds, warm_up=0)
    nothing = Timing("", (0.0,) * rounds)
    whole = {}
    for name, timing in timings.items():
        few = min(number, MOST.get(name, number))
        starts = timings.get(_start_of(name), nothing)
        if not name.endswith("start-up"):
            pairs = zip(timing.seconds, starts.seconds, strict=True)
            seconds = tuple(start + (all_ - start) / few * number for all_, start in pairs)
            whole[name] = Timing(name, seconds)
        else:
            whole[name] = timing
    rows = {
        name: {
            "seconds": round(timing.median, 2),
            "shortest": round(timing.low, 2),
            "longest": round(timing.high, 2),
            "times ours": round(timing.median / whole[ours].median, 4),
        }
        for name, timing in whole.items()
    }
    print(f"\n{title}")
    for name, row in rows.items():
        made = min(number, MOST.get(name, number)) if not name.endswith("start-up") else 0
        print(f"{name:18}", *(f"{key} {value:8}  " for key, value in row.items()),
              f"made {made}", flush=True)  # fmt: skip
    return rows


def _small(scratch: Path, rounds: int) -> dict[str, Any]:
    """Overhead, many cells, a cold start, a batch again with nothing changed, and memory."""
    one = write_trivial_notebook(scratch / "one.ipynb", 1)
    many = write_trivial_notebook(scratch / "many.ipynb", 200)
    plain = write_plain_notebook(scratch / "plain.ipynb")
    ours = ROOT / "notebooks" / f"{OURS}.ipynb"
    jobs: list[dict[str, Any]] = [{} for _ in range(24)]
    tasks: dict[str, Task] = {
        "1 of one cell, warm": _task("warm", one, [{}], scratch),
        "24 of one cell, warm": _task("warm", one, jobs, scratch),
        "24 of one cell, warm, one at a time": _task("alone", one, jobs, scratch),
        "1 of 200 cells, warm": _task("warm", many, [{}], scratch),
        "1 of 200 cells, papermill": _task("loop", many, [{}], scratch),
        "papermill's command, somebody else's notebook": _task("command", plain, [{}], scratch),
        "one from a cold start, warm": _task("warm", plain, [{}], scratch),
        f"papermill's command, {OURS}": _task("command", ours, [{"as_of": "2022-03-03"}], scratch),
        f"one from a cold start, {OURS}": _task("warm", ours, [{"as_of": "2022-03-03"}], scratch),
        "one report by figures batch, with page, workbook and manifest": lambda: run_batch(
            scratch, 1, 1
        ),
    }
    timings = alternate(tasks, rounds=rounds, warm_up=0)
    median = {name: timing.median for name, timing in timings.items()}
    rows: dict[str, Any] = {
        name: {
            "seconds": round(t.median, 3), "shortest": round(t.low, 3), "longest": round(t.high, 3)
        }
        for name, t in timings.items()
    }  # fmt: skip
    first = median["1 of one cell, warm"]  # with the start of the fork server, which is waited for
    for title, name in (("two at a time", "24 of one cell, warm"),
                        ("one at a time", "24 of one cell, warm, one at a time")):  # fmt: skip
        overhead = round(1000 * (median[name] - first) / 23, 1)
        rows[f"milliseconds of overhead a report, {title}"] = overhead
    rows["seconds for 199 cells more"] = round(median["1 of 200 cells, warm"] - first, 3)
    for title, cold in (("somebody else's notebook", "one from a cold start, warm"),
                        (OURS, f"one from a cold start, {OURS}")):  # fmt: skip
        ratio = round(median[cold] / median[f"papermill's command, {title}"], 2)
        rows[f"cold start by papermill's command, {title}"] = ratio
    rows["MB a further concurrent report"] = measure_memory(
        [lambda workers=workers: run_batch(scratch, 12, workers) for workers in (2, 4)], (2, 4)
    )
    for name, row in rows.items():
        print(f"{name:50}", row, flush=True)
    return {"small": rows}


if __name__ == "__main__":
    main()
