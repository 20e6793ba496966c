"""Batches of toy notebooks for a cluster, and work that means harm to its workers."""

import os
import signal
from collections.abc import Mapping
from pathlib import Path

from analysis.reports.batch.earlier import COMPLETE, Result
from analysis.reports.batch.plan import Choice, Plan, plan_days
from analysis.reports.cluster.jobs import Job, Parts
from analysis.reports.cluster.store import Store
from analysis.reports.cluster.stored_reports import put_report
from analysis.reports.notebooks import find_notebooks
from tests.reports.toys import CODE, DECLARED, DRAWING, MARKDOWN, PARAMETERS, write_notebook

#: Says that it has begun, and goes on when it is allowed to.
WAITING = """\
import time
from pathlib import Path
folder = Path(FOLDER)
if (folder / "wait").exists():
    (folder / f"begun-{as_of}").touch()
    until = time.monotonic() + 120
    while (folder / "wait").exists() and time.monotonic() < until:
        time.sleep(0.02)
"""

TABLE = """\
show_table(pd.DataFrame({"source_id": ["s1"], "day": [as_of], "low": [5]}), "rows", "Rows", out)
"""


def write_toy(folder: Path, waits_in: Path) -> Path:
    """Write a notebook with a chart and a table that waits while `waits_in`/wait is there."""
    write_notebook(
        folder / "toy.ipynb",
        (MARKDOWN, "# How many?\n\nA question."),
        (PARAMETERS, DECLARED),
        (CODE, WAITING.replace("FOLDER", repr(str(waits_in)))),
        (CODE, "if group == 'unicorns':\n    raise ValueError('nobody counts unicorns')"),
        (CODE, DRAWING.replace("HEIGHT", "int(as_of[-2:])").replace("says int", "says x int")),
        (CODE, TABLE),
    )
    return folder


def plan(days: str, notebooks: Path, casebook: Path | str, out: Path) -> Plan:
    """Return the plan of a report a day."""
    return plan_days(days, find_notebooks(notebooks), {}, out, Choice(data=str(casebook)))


def make_jobs(count: int) -> list[Job]:
    """Return jobs that `work_or_die` understands."""
    parts = Parts("", "", "", {})
    return [Job(str(n), "", (), {}, "", "", "", 1, 0, "", parts) for n in range(count)]


def work_or_die(job: Job) -> Result:
    """Kill the worker with the third job, whoever has it."""
    if job.name == "2":
        os.kill(os.getpid(), signal.SIGKILL)
    return Result(COMPLETE, job.name)


def work_badly(job: Job) -> Result:
    """Fail in the program, not in a report."""
    raise RuntimeError(f"a fault\nwith job {job.name}")


class _Dying(Store):
    """A store whose first user is killed when the first of several files has been put."""

    died: Path

    def put(self, files: Mapping[str, Path]) -> None:
        if len(files) > 1 and not self.died.exists():
            self.died.touch()
            super().put(dict(list(files.items())[:1]))
            os.kill(os.getpid(), signal.SIGKILL)
        super().put(files)


def put_or_die(job: Job) -> Result:
    """Put the report in the job's folder into its store; the first who tries is killed."""
    store = _Dying(job.out)
    store.died = Path(job.data)
    put_report(store, Path(job.folder), job.name)
    return Result(COMPLETE, job.name)
