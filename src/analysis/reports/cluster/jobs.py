"""One report as a job for a worker anywhere: what is sent, what is done there, what comes back."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from analysis.reports.batch.addresses import is_address
from analysis.reports.batch.earlier import FAILED, Result, read_result
from analysis.reports.batch.worker import say_problem
from analysis.reports.build import make_report
from analysis.reports.cluster import fetching
from analysis.reports.cluster.kernels import find_fork_server
from analysis.reports.cluster.store import Store
from analysis.reports.cluster.stored_reports import put_report, remove_stored
from analysis.reports.cluster.worker import (
    Parts,
    Unfit,
    find_inputs,
    find_parts,
    find_place,
    say_difference,
    sees,
    worker_name,
)
from analysis.reports.manifest import identify_report
from analysis.reports.notebooks import Notebook, find_notebooks
from analysis.reports.parameters import Value
from analysis.reports.run import Watcher
from analysis.reports.temporary import TemporaryFolder

#: A worker makes one report at a time, however many threads it was given.
_TURN = threading.Lock()


@dataclass(frozen=True)
class Job:
    """A report to be made; small, and the same for every worker."""

    name: str  # its folder in `out`
    as_of: str  # its day
    notebooks: tuple[str, ...]  # the names of its notebooks
    values: Mapping[str, dict[str, Value]]  # parameters by name of the notebook, checked
    #: Where the notebooks and the casebook are, and where reports go: paths that the worker sees
    #: too, or addresses of a store. "" is the project's own.
    folder: str
    data: str
    out: str
    #: Seconds that a cell and GB that a kernel may take; 0 is any.
    timeout: int
    memory: int
    identity: str  # what the report is made from (see `identify_report`)
    parts: Parts  # the same in parts, to say what is different on a worker
    token: str = ""  # what stands in the file `worker.PROBE` in `out`


class _Notes(Watcher):
    """Keeps what is to be said: only the end of a report goes over the network."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def note(self, notebook: Notebook, words: str) -> None:
        self.lines.append(f"{notebook.name}: {words}")


def run_job(job: Job) -> Result:
    """Make the report of `job` on this worker and put it in its place.

    A report that failed, or that could not be put in its place, is a result too.
    Raises `Unfit`: this worker cannot make the report as the machine that sent it would.
    """
    with _TURN:
        casebook = find_place(job.data, fetching.TABLES)
        folder = find_place(job.folder, fetching.NOTEBOOKS)
        notebooks = find_notebooks(Path(folder), job.notebooks)
        inputs = find_inputs(tuple(each.path for each in notebooks), casebook, job.parts)
        parts = find_parts(inputs)
        identity = identify_report(notebooks, job.values, job.as_of, inputs, parts.versions)
        if identity != job.identity:
            raise Unfit(say_difference(job.parts, parts, job.data, job.folder))
        stored = is_address(job.out)
        if not stored and not sees(job.out, job.token):
            raise Unfit(f"{worker_name()} does not see {job.out}")
        with ExitStack() as stack:
            out, watcher = Path(job.out), _Notes()
            try:
                if stored:
                    out = Path(stack.enter_context(TemporaryFolder()), "out")
                server = find_fork_server(casebook, [each.path for each in notebooks])
                report = make_report(
                    notebooks, job.values, job.as_of, casebook, out, watcher, name=job.name,
                    most=1, seconds=job.timeout, memory=job.memory or None,
                    fork_server=server.address, revive=server.revive, inputs=inputs,
                )  # fmt: skip
                place = report.folder.relative_to(out).as_posix()
                result = read_result(out, place)
                if stored:
                    _put(Store(job.out), report.folder, place, job.name)
            except Exception as problem:
                result = Result(FAILED, error=say_problem(problem, out))
        return replace(result, notes=tuple(watcher.lines))


def _put(store: Store, folder: Path, place: str, name: str) -> None:
    put_report(store, folder, place)
    if place == name:
        remove_stored(store, f"{name}.failed")
