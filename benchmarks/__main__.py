"""Time what is asked of the project and write RESULTS.md: `make bench`, or `python benchmarks`.

    python benchmarks            # some ten minutes on two cores that do nothing else
    python benchmarks --quick    # under three: each once, and batches of eight

Everything is run in turn, round after round, so that a machine that slows down slows all of it
down; a ratio is of two medians of one run of the benchmarks. RESULTS.md holds the newest run alone.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

from many_claims import CLAIMS, LAST_DAY, write_many_claims
from memory import measure_memory
from parts import measure_parts
from plain_notebook import write_plain_notebook
from timing import FIGURES, ROOT, Run, Timing, run

RESULTS = Path(__file__).with_name("RESULTS.md")
OURS = "casualties_by_source"
DAY = "2022-03-03"
FIRST_DAY = date(2022, 2, 25)

_PACKAGES = (
    "pandas", "numpy", "matplotlib", "papermill", "nbclient", "jupyter_client", "ipykernel",
    "jsonschema",
)  # fmt: skip

#: Names of tasks that are told more than once.
COMMAND = "papermill's command"
CHECK, CHECK_MANY = "figures check", "figures check, many claims"
TABLE, TABLE_MANY = "in a notebook", "in a notebook, many claims"

#: What is added to the name of a task that finds kept what the one before it has read.
AGAIN = ", again"

Task = Callable[[], Run]


@dataclass
class Plan:
    """What is run, how often, and where.

    Attributes
    ----------
    rounds : int
        Runs of each task.
    reports : int
        Reports of a batch.
    few : int
        Reports that papermill's loop makes; as many as a batch would take it ten times as long.
    scratch : Path
        A folder for all that is written.
    """

    rounds: int
    reports: int
    few: int
    scratch: Path
    many: Path = field(init=False)
    plain: Path = field(init=False)

    def __post_init__(self) -> None:
        self.many = write_many_claims(self.scratch / "many")
        self.plain = write_plain_notebook(self.scratch / "plain.ipynb")

    def out(self, name: str, *, keep: bool = False) -> str:
        """Return a folder for what a task writes, empty unless it is kept."""
        folder = self.scratch / name
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)
        return str(folder)


def list_tasks(plan: Plan) -> dict[str, Task]:
    """Return what is timed, by name, in the order in which it runs."""
    ours = str(ROOT / "notebooks" / f"{OURS}.ipynb")
    our_jobs = [{"as_of": str(FIRST_DAY + timedelta(days=n))} for n in range(plan.few)]
    plain_jobs: list[dict[str, Any]] = [{"seed": n} for n in range(plan.reports)]

    def report(*options: str) -> Task:
        return lambda: run([*FIGURES, "report", "--out", plan.out("report"), *options])

    def way(name: str, notebook: str, jobs: list[dict[str, Any]]) -> Task:
        command = [sys.executable, str(Path(__file__).with_name("ways.py")), name, notebook]
        return lambda: run([*command, plan.out("ways"), json.dumps(jobs)])

    def papermill(*options: str) -> Task:
        command = [sys.executable, "-m", "papermill", "--no-progress-bar", *options]

        def task() -> Run:
            out = plan.out("papermill")
            Path(out).mkdir()
            return run([*command, "-p", "as_of", DAY, "-p", "out", out, ours, f"{out}/one.ipynb"])

        return task

    def notebook(folder: Path | str, day: str, charts: int) -> list[str]:
        script = str(Path(__file__).with_name("in_a_notebook.py"))
        return [sys.executable, script, str(folder), day, str(charts)]

    def twice(name: str, command: list[str]) -> dict[str, Task]:
        """Run a command with nothing kept, and once more with what it has kept."""
        return {
            name: lambda: run(command, FIGURES_CACHE=plan.out("kept")),
            name + AGAIN: lambda: run(command, FIGURES_CACHE=plan.out("kept", keep=True)),
        }

    return {
        "all notebooks, 3 March 2022": report("--as-of", DAY),
        "all notebooks, 31 December 2023": report("--as-of", "2023-12-31"),
        "loop, start": way("loop", ours, []),
        "loop, ours": way("loop", ours, our_jobs),
        "batch, ours": lambda: run(_batch(plan.out("batch"), plan.reports)),
        "batch, ours, again": lambda: run(_batch(plan.out("batch", keep=True), plan.reports)),
        "loop, plain": way("loop", str(plan.plain), plain_jobs[: plan.few]),
        "warm, plain": way("warm", str(plan.plain), plain_jobs),
        COMMAND: papermill(),
        "papermill's command, warm": papermill("--engine", "warm"),
        "figures report, one notebook": report("--as-of", DAY, "--notebook", OURS),
        **twice(TABLE, notebook("data", DAY, 4)),
        **twice(CHECK, [*FIGURES, "check"]),
        "figures --help": lambda: run([*FIGURES, "--help"]),
        **twice(CHECK_MANY, [*FIGURES, "check", str(plan.many)]),
        **twice(TABLE_MANY, notebook(plan.many, str(LAST_DAY), 1)),
    }


def _batch(out: str, reports: int, workers: int = 2) -> list[str]:
    """Return the command that makes so many reports of our notebook, pages and workbooks too."""
    days = f"{FIRST_DAY}..{FIRST_DAY + timedelta(days=reports - 1)}"
    options = ["--as-of", days, "--notebook", OURS, "--out", out, "--workers", str(workers)]
    return [*FIGURES, "batch", *options]


def time_tasks(tasks: Mapping[str, Task], rounds: int) -> dict[str, list[Run]]:
    """Run the tasks round after round, and say how far it is."""
    runs: dict[str, list[Run]] = {name: [] for name in tasks}
    for number in range(1, rounds + 1):
        for place, (name, task) in enumerate(tasks.items(), start=1):
            say(f"round {number} of {rounds}, {place:2} of {len(tasks)}: {name} …", end=" ")
            done = task()
            say(f"{done.seconds:.2f} s, {done.cpu:.2f} CPU s")
            runs[name].append(done)
    return runs


def say(line: str, end: str = "\n") -> None:
    """Print how far it is, at once."""
    print(line, end=end, file=sys.stderr, flush=True)


@dataclass(frozen=True)
class Asked:
    """One line of the table: what was asked, and what was found.

    Attributes
    ----------
    what : str
        What is measured.
    asked, found : float
        The figures; met when found is no more than asked, or no less where `least`.
    unit : str
        " s", " ×", " MB" or "" of both.
    note : str
        What the figure is made of.
    least : bool
        Whether more is better.
    """

    what: str
    asked: float
    found: float
    unit: str
    note: str = ""
    least: bool = False

    def row(self) -> str:
        """Return the line of the table."""
        met = self.found >= self.asked if self.least else self.found <= self.asked
        sign = "≥" if self.least else "≤"
        digits = 0 if self.found >= 100 else 1 if self.found >= 10 else 2
        found = f"{self.found:.{digits}f}{self.unit}"
        verdict = "yes" if met else "**no**"
        asked = f"{sign} {self.asked:g}{self.unit}"
        return f"| {self.what} | {asked} | {found} | {verdict} | {self.note} |"


def compare(runs: Mapping[str, list[Run]], plan: Plan, memory: float) -> list[Asked]:
    """Return the table: what was asked for, beside what was found."""
    of = {
        name: Timing(tuple(one.seconds for one in each), tuple(one.cpu for one in each))
        for name, each in runs.items()
    }
    inside = {
        name: _medians([json.loads(one.output) for one in runs[name]])
        for name in (TABLE, TABLE + AGAIN, TABLE_MANY, TABLE_MANY + AGAIN)
    }
    number = plan.reports

    def cpu(name: str) -> str:
        return f"{of[name].least:.1f} CPU s"

    def loop_of(name: str) -> tuple[float, float]:
        """Seconds by the clock, and of processors, as if the loop had made all reports."""
        start, few = of["loop, start"], of[name]
        pairs = ((start.median, few.median), (start.least, few.least))
        clock, cpus = (first + (all_ - first) / plan.few * number for first, all_ in pairs)
        return clock, cpus

    def against(name: str, loop: tuple[float, float]) -> str:
        ratio = loop[1] / of[name].least
        return f"{loop[0]:.1f} s against {of[name].median:.1f}; in CPU seconds {ratio:.1f} ×"

    loop, plain = loop_of("loop, ours"), loop_of("loop, plain")
    batch, again, warm = (
        of[name].median for name in ("batch, ours", "batch, ours, again", "warm, plain")
    )
    command = of[COMMAND].median
    rows = [
        Asked(f"`figures report`, {name}", asked, of[name].median, " s", cpu(name))
        for name, asked in (
            ("all notebooks, 3 March 2022", 6.0), ("all notebooks, 31 December 2023", 9.0)
        )
    ]  # fmt: skip
    rows += [
        Asked(
            f"batch of {number}, `{OURS}`, against papermill's loop", 6, loop[0] / batch, " ×",
            against("batch, ours", loop), least=True,
        ),
        Asked(
            f"batch of {number}, somebody else's notebook, against papermill's loop", 5,
            plain[0] / warm, " ×", against("warm, plain", plain), least=True,
        ),
        Asked(
            f"batch of {number}, nothing changed, against papermill's loop", 100, loop[0] / again,
            " ×", f"{again:.2f} s", least=True,
        ),
    ]  # fmt: skip
    rows += [
        Asked(f"{what}, against `papermill`", 0.4, of[name].median / command, "",
              f"{of[name].median:.2f} s against {command:.2f}; {cpu(name)} against "
              f"{cpu(COMMAND)}")
        for what, name in (
            ("one report cold, `papermill --engine warm`", "papermill's command, warm"),
            ("one report cold, `figures report`, with page and workbook",
             "figures report, one notebook"),
        )
    ]  # fmt: skip
    first, many = inside[TABLE + AGAIN], inside[TABLE_MANY + AGAIN]
    times = (("", "first time"), (AGAIN, "again, nothing changed"))
    rows += [
        *(
            Asked(f"`open_casebook` and the first table, {time_}", 0.9,
                  inside[TABLE + end]["table"], " s", "imports too")
            for end, time_ in times
        ),
        Asked("the first chart after it", 0.25, first["chart"], " s", "its imports too"),
        Asked("each further chart", 0.15, first["further"], " s", "mean of three"),
        *(
            Asked(f"`figures check`, {time_}", 1.2, of[CHECK + end].median, " s", cpu(CHECK + end))
            for end, time_ in times
        ),
        Asked("`figures --help`", 0.15, of["figures --help"].median, " s", cpu("figures --help")),
        Asked("a further concurrent report", 80, memory, " MB", "proportional set size"),
        *(
            Asked(f"{CLAIMS:,} claims: `figures check`, {time_}", 5,
                  of[CHECK_MANY + end].median, " s", cpu(CHECK_MANY + end))
            for end, time_ in times
        ),
        *(
            Asked(f"{CLAIMS:,} claims: the first table, {time_}", 1,
                  inside[TABLE_MANY + end]["table"], " s", "imports and reading the casebook too")
            for end, time_ in times
        ),
        Asked(f"{CLAIMS:,} claims: a chart", 1, many["chart"], " s", "of 20 claims"),
    ]  # fmt: skip
    return rows


def _medians(told: list[dict[str, float]]) -> dict[str, float]:
    return {name: Timing(tuple(one[name] for one in told), (0.0,)).median for name in told[0]}


def write_results(rows: list[Asked], runs: Mapping[str, list[Run]], parts: str, head: str) -> None:
    """Write RESULTS.md, of this run alone."""
    spread = [
        f"{name:34}{min(s):9.2f}{Timing(s, c).median:9.2f}{max(s):9.2f}{min(c):9.2f}"
        for name, each in runs.items()
        for s, c in [(tuple(r.seconds for r in each), tuple(r.cpu for r in each))]
    ]
    text = [
        "# Results of the benchmarks\n",
        "Written by `make bench`; nothing in it is typed by hand, and all of it is of one run.\n",
        f"{head}\n",
        "| | asked | found | met | |",
        "| --- | --- | --- | --- | --- |",
        *(row.row() for row in rows),
        "\nFirst time: nothing that was read before is kept. All else is timed with what was read "
        "before\nkept by its hash, for papermill's loop too.\n",
        "\nTimes are medians by the clock. CPU seconds are of the command and all that it "
        "starts, the\nleast of the runs: on a machine that does other things too they say more.\n",
        "## All runs\n",
        "```text",
        f"{'seconds':34}{'least':>9}{'median':>9}{'most':>9}{'CPU s':>9}",
        *spread,
        "```\n",
        "## Where the CPU seconds go\n",
        parts,
    ]
    RESULTS.write_text("\n".join(text), "utf-8")


def describe_machine(plan: Plan, seconds: float) -> str:
    """Return on what it ran, and how."""
    versions = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    system = f"{platform.system()} {platform.machine()}"
    how = f"{plan.rounds} runs each" if plan.rounds > 1 else "One run each"
    return (
        f"{date.today()}, {system}, Python {platform.python_version()}; {describe_cores()}\n"
        f"{versions}.\n{how}, batches of {plan.reports} "
        f"reports, in {seconds / 60:.0f} minutes; load of the machine at the end "
        f"{os.getloadavg()[0]:.1f}."
    )


def describe_cores() -> str:
    """Return how many processors there are, and whether they are threads of one core."""
    try:
        told = subprocess.run(["lscpu", "--json"], capture_output=True, text=True, check=True)
        fields = {
            entry["field"].rstrip(":"): entry["data"]
            for entry in _flatten(json.loads(told.stdout)["lscpu"])
        }
        threads = int(fields["Thread(s) per core"])
    except (OSError, subprocess.CalledProcessError, LookupError, ValueError):
        return f"{os.cpu_count()} processors."
    kind = "each a core of its own" if threads == 1 else f"{threads} threads a core"
    virtual = " (of a virtual machine, whose host may share them)" if fields.get(
        "Hypervisor vendor"
    ) else ""  # fmt: skip
    return f"{os.cpu_count()} processors, {kind}, says lscpu{virtual}."


def _flatten(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [each for entry in entries for each in (entry, *_flatten(entry.get("children", [])))]


def main(arguments: list[str] | None = None) -> None:
    """Run everything and write the results."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="each once, and batches of eight")
    quick = parser.parse_args(arguments).quick
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="figures-benchmark-") as folder:
        few, rounds, reports = (2, 1, 8) if quick else (3, 3, 24)
        plan = Plan(rounds, reports, few, Path(folder))
        os.environ["FIGURES_CACHE"] = plan.out("kept of reports")
        runs = time_tasks(list_tasks(plan), plan.rounds)
        say("memory of a further report …")
        sizes = (2, 4)
        batches = [
            lambda size=size: run(_batch(plan.out("memory"), 2 * size, size)) for size in sizes
        ]
        memory = measure_memory(batches, sizes)
        say("where the CPU seconds go …")
        parts = measure_parts(plan.rounds)
        rows = compare(runs, plan, memory)
    write_results(rows, runs, parts, describe_machine(plan, time.monotonic() - start))
    say("\n".join(row.row() for row in rows))
    print(RESULTS)


if __name__ == "__main__":
    main()
