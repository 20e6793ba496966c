"""What a batch of 100,000 reports asks of a scheduler, of memory, of a store and of a night.

Measures, on this machine: the scheduler's and the client's time for a job that makes nothing,
with descriptions and answers as large as real ones; real reports on two workers, with their
files, bytes and memory; the index and the manifest of 100,000 reports. With that a night is
simulated (`night.py`), without deaths and with many.
"""

from __future__ import annotations

import argparse
import os
import pickle
import platform
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

from cluster_reports import measure_reports
from night import HOURS, REPORTS, Night, find_workers, simulate

from analysis.reports.batch.earlier import COMPLETE, Result
from analysis.reports.batch.plan import Plan, Planned
from analysis.reports.batch.record import render_index, write_record
from analysis.reports.batch.stopping import Stop
from analysis.reports.cluster.dask_pool import DaskPool, open_cluster
from analysis.reports.cluster.jobs import Job, Parts
from analysis.reports.identity import find_versions
from analysis.reports.notebooks import NOTEBOOKS, Notebook, find_notebooks

#: What stands for a SHA-256, and files of a report of all notebooks.
DIGEST = "0123456789abcdef" * 4
FILES = 200


def answer_at_once(job: Job) -> Result:
    """Make nothing, and answer as a worker does that has made a report."""
    outputs = {f"charts/chart_of_claims_{n}.svg": f"{n:04}{DIGEST[4:]}" for n in range(FILES)}
    return Result(COMPLETE, job.name, 1.5, outputs=outputs)


def make_jobs(count: int, notebooks: Sequence[Notebook]) -> list[Job]:
    """Return jobs as large as real ones."""
    names = tuple(notebook.name for notebook in notebooks)
    values: dict[str, dict[str, Any]] = {name: {"origin": "UKR", "party": True} for name in names}
    parts = Parts(DIGEST, DIGEST, DIGEST, find_versions())
    place = "s3://a-bucket-of-reports/nights/2022-03-03"
    return [
        Job(f"{n:06}/UKR", "2022-03-03", names, values, "", place, place, 600, DIGEST, parts, "t")
        for n in range(count)
    ]


def count_complete(client: Any, jobs: Sequence[Job]) -> int:
    """Have jobs done one a worker, and return how many are complete."""
    by_name = {job.name: job for job in jobs}
    reports = [Planned(name, (), {}, "", "") for name in by_name]
    pool = DaskPool(client, lambda report: by_name[report.name], answer_at_once)
    return sum(step.result.status == COMPLETE for step in pool.make(reports, Stop()))


def measure_tasks(count: int, notebooks: Sequence[Notebook]) -> dict[str, float]:
    """Return milliseconds a job, and bytes of a job and its answer.

    The scheduler and the client are threads of this process; the processor time of the process
    is what both of them need for a job, whatever else the machine does.
    """
    jobs = make_jobs(count, notebooks)
    found = {
        "job, bytes": float(len(pickle.dumps(jobs[0]))),
        "answer, bytes": float(len(pickle.dumps(answer_at_once(jobs[0])))),
    }
    with open_cluster("local", 2) as client:
        count_complete(client, jobs[:200])

        def few() -> None:
            assert count_complete(client, jobs) == count

        def all_at_once() -> None:
            futures = client.map(answer_at_once, jobs, pure=False, key="all-at-once")
            assert len(client.gather(futures)) == count

        for name, task in (("one a worker", few), ("all at once", all_at_once)):
            clock, processor = time.perf_counter(), time.process_time()
            task()
            found[f"{name}, ms"] = (time.perf_counter() - clock) / count * 1000
            found[f"{name}, ms of processor"] = (time.process_time() - processor) / count * 1000
    return found


def measure_index(count: int, notebooks: Sequence[Notebook]) -> dict[str, float]:
    """Return seconds and bytes of the index and the manifest of `count` reports."""
    days = [f"{date(2022, 2, 24) + timedelta(days=n % 365)}" for n in range(count)]
    reports = tuple(
        Planned(
            f"{day}/place-{n // 365:03}", tuple(notebooks), {}, day, "",
            {"as_of": day, "place": f"place-{n // 365:03}"},
        )
        for n, day in enumerate(days)
    )  # fmt: skip
    plan = Plan(reports, Path("out"), ("as_of", "place"))
    outputs = answer_at_once(make_jobs(1, notebooks)[0]).result.outputs
    short = [Result(COMPLETE, each.name, 1.5) for each in reports]
    found = {}
    for name, results in (
        ("manifest", short),
        ("manifest with hashes", [replace(each, outputs=outputs) for each in short]),
    ):
        clock = time.perf_counter()
        size = len(write_record(plan, results, [DIGEST] * count, find_versions(), {}))
        found[f"{name}, s"], found[f"{name}, MB"] = time.perf_counter() - clock, size / 1e6
    clock = time.perf_counter()
    size = len(render_index(plan, short).encode())
    found["index, s"], found["index, MB"] = time.perf_counter() - clock, size / 1e6
    return found


def tabulate_nights(handing_out: float) -> list[str]:
    """Return a table of simulated nights; `handing_out` is in seconds."""
    lines = [
        f"s a report  deaths/h  workers needed in {HOURS:.0f} h   begun again  failed  scheduler"
    ]
    for seconds in (1.5, 3.0, 10.0, 17.0):
        for deaths in (0, 10, 100):
            night = Night(seconds=seconds, handing_out=handing_out, deaths_an_hour=deaths)
            workers = find_workers(night)
            course = simulate(replace(night, workers=workers))
            lines.append(
                f"{seconds:10.1f}  {deaths:8}  {workers:22}   {course.repeated:11}"
                f"  {course.failed:6}  {course.scheduler_busy:8.1%}"
            )
    return lines


def main() -> None:
    """Measure, simulate, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tasks", type=int, default=10_000, help="jobs that make nothing")
    parser.add_argument("--days", type=int, default=6, help="real reports, one a day")
    parser.add_argument("--rows", type=int, default=REPORTS, help="rows of index and manifest")
    given = parser.parse_args()
    names = ("distributed", "dask", "pandas", "matplotlib", "papermill")
    print(f"{os.cpu_count()} cores, Python {platform.python_version()},",
          ", ".join(f"{name} {version(name)}" for name in names))  # fmt: skip
    print("load before:", ", ".join(f"{load:.1f}" for load in os.getloadavg()))
    notebooks = find_notebooks(NOTEBOOKS)
    one = find_notebooks(NOTEBOOKS, ["casualties_by_source"])
    tasks = measure_tasks(given.tasks, notebooks)
    some = 4 * given.days
    for title, found in (
        (f"{given.tasks:,} jobs that make nothing, 2 workers", tasks),
        (f"{some} reports of one notebook", measure_reports(some, one)),
        (f"{given.days} reports of all notebooks", measure_reports(given.days, notebooks)),
        (f"index and manifest of {given.rows:,} reports", measure_index(given.rows, notebooks)),
    ):
        print(f"\n{title}")
        for name, value in found.items():
            print(f"  {name:32}{value:14,.2f}")
    handing_out = tasks["one a worker, ms of processor"] / 1000
    print(f"\n{REPORTS:,} reports, {handing_out * 1000:.1f} ms a job, simulated")
    print("\n".join(f"  {line}" for line in tabulate_nights(handing_out)))


if __name__ == "__main__":
    main()
