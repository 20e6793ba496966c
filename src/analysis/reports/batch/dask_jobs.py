"""One report as a job for a worker anywhere: what is sent, what is done there, what comes back."""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from analysis.reports.batch.dask_kernels import find_fork_server
from analysis.reports.batch.dask_worker import (
    Parts,
    Unfit,
    find_inputs,
    find_parts,
    find_place,
    say_difference,
    sees,
    worker_name,
)
from analysis.reports.batch.earlier import FAILED, Result, read_result
from analysis.reports.batch.storage import Store, fetching, is_address
from analysis.reports.batch.storage.reports import put_report, remove_stored
from analysis.reports.build import make_report
from analysis.reports.manifest import identify_report
from analysis.reports.mistakes import explain
from analysis.reports.notebooks import Notebook, find_notebooks
from analysis.reports.parameters import Value
from analysis.reports.run import Outcome
from analysis.safety import clean_text

#: A worker makes one report at a time, however many threads it was given.
_TURN = threading.Lock()


@dataclass(frozen=True)
class Job:
    """A report to be made; small, and the same for every worker.

    Attributes
    ----------
    name : str
        Its folder in `out`.
    as_of : str
        Its day.
    notebooks : tuple of str
        The names of its notebooks.
    values : mapping of str to dict
        Parameters by name of the notebook, checked.
    folder, data, out : str
        Where the notebooks and the casebook are, and where reports go: paths that the
        worker sees too, or addresses of a store. "" is the project's own.
    timeout : int
        Seconds that a cell may take.
    identity : str
        What the report is made from (see `identify_report`).
    parts : Parts
        The same in parts, to say what is different on a worker.
    token : str
        What stands in the file `dask_worker.PROBE` in `out`.
    """

    name: str
    as_of: str
    notebooks: tuple[str, ...]
    values: Mapping[str, dict[str, Value]]
    folder: str
    data: str
    out: str
    timeout: int
    identity: str
    parts: Parts
    token: str = ""


@dataclass(frozen=True)
class Answer:
    """What became of a job.

    Attributes
    ----------
    result : Result
        What became of the report.
    worker : str
        Who made it.
    """

    result: Result
    worker: str = field(default_factory=worker_name)


class _Silence:
    """A `Watcher` that nobody watches: only the end of a report goes over the network."""

    def cell_done(self, notebook: Notebook) -> None:
        pass

    def notebook_done(self, outcome: Outcome) -> None:
        pass


def run_job(job: Job) -> Answer:
    """Make the report of `job` on this worker and put it in its place.

    Returns
    -------
    Answer
        A report that failed, or that could not be put in its place, is an answer too.

    Raises
    ------
    Unfit
        This worker cannot make the report as the machine that sent it would.
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
            out = Path(job.out)
            try:
                if stored:
                    out = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="figures-")))
                server = find_fork_server(casebook, [each.path for each in notebooks])
                report = make_report(
                    notebooks, job.values, job.as_of, casebook, out, _Silence(), name=job.name,
                    most=1, seconds=job.timeout, fork_server=server, inputs=inputs,
                )  # fmt: skip
                place = report.folder.relative_to(out).as_posix()
                result = read_result(out, place)
                if stored:
                    _put(Store(job.out), report.folder, place, job.name)
            except Exception as problem:
                result = Result(FAILED, error=_say(problem, out))
        return Answer(result)


def _put(store: Store, folder: Path, place: str, name: str) -> None:
    put_report(store, folder, place)
    if place == name:
        remove_stored(store, f"{name}.failed")


def _say(problem: Exception, out: Path) -> str:
    """Return a problem as one line without folders of this machine."""
    try:
        words = explain(problem)[1]
    except Exception:  # a fault of the program: it is this report's alone
        words = f"fault of the program: {type(problem).__name__}: {problem}"
    lines = clean_text(words.replace(f"{out}{os.sep}", "")).strip().splitlines()
    return lines[0][:300] if lines else type(problem).__name__
