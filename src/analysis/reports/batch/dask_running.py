"""A batch on a cluster, from beginning to end: as `running`, but workers may be anywhere.

Reports go to a folder that all workers see, or into a store; the index and the manifest of the
batch go to the same place, and what is made there already is left alone.
"""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console

from analysis.reports.batch.capacity import count_workers
from analysis.reports.batch.dask_cluster import (
    LOCAL,
    check_workers,
    open_cluster,
)
from analysis.reports.batch.dask_jobs import Job
from analysis.reports.batch.dask_log import ClusterLog, Shelf
from analysis.reports.batch.dask_pool import DaskPool
from analysis.reports.batch.dask_worker import PROBE, Parts, find_parts
from analysis.reports.batch.earlier import COMPLETE, FAILED, Result
from analysis.reports.batch.lock import hold_folder
from analysis.reports.batch.plan import Plan
from analysis.reports.batch.record import count_results
from analysis.reports.batch.running import (
    State,
    check_casebooks,
    describe_request,
    find_state,
)
from analysis.reports.batch.stopping import Stop, hear_requests
from analysis.reports.batch.storage import Store, find_origin, is_address
from analysis.reports.batch.storage.lease import hold_store
from analysis.reports.batch.storage.reports import find_stored
from analysis.reports.batch.unchanged import Request
from analysis.reports.batch.watching import watch_batch
from analysis.reports.batch.work_log import sweep
from analysis.reports.folder import INDEX, remove_report
from analysis.reports.notebooks import NOTEBOOKS
from analysis.safety import write_atomically
from analysis.tables import find_casebook


@dataclass(frozen=True)
class ClusterResult:
    """What became of a batch.

    Attributes
    ----------
    page : str
        The page that lists its reports: a path, or an address in the store.
    counts : mapping of str to int
        How many are complete, failed and waiting.
    made : int
        How many were to be made this time; the others were complete already.
    stopped : bool
        Whether somebody asked it to stop.
    """

    page: str
    counts: Mapping[str, int]
    made: int
    stopped: bool = False


def run_on_cluster(
    plan: Plan,
    console: Console,
    *,
    out: str,
    address: str,
    again: bool = False,
    verify: bool = False,
    request: Request | None = None,
) -> ClusterResult:
    """Make the reports of `plan` that are not complete on a cluster, and list all of them.

    Parameters
    ----------
    plan : Plan
        What is to be made; its casebooks and notebooks are on this machine, and those that
        were fetched from a store the workers fetch from there too.
    console : rich.console.Console
        Where to show how far it is.
    out : str
        Where reports go, instead of the plan's folder: a path that all workers see, or the
        address of a store.
    address : str
        tcp://HOST:PORT of a Dask scheduler, or "local".
    again, verify, request
        See `running.run_batch`.

    Raises
    ------
    StorageError, FolderError
        The place cannot hold a batch, cannot be written, or another batch is at work in it.
    ClusterError
        The cluster cannot be used, or a worker cannot make these reports.
    CasebookErrors
        No report can be made, for the casebook has errors.
    """
    with _open_shelf(plan, out) as (shelf, plan), hear_requests() as stop:
        # What is in a store is not looked for the quick way.
        asked = describe_request(request, plan) if request and shelf.store is None else {}
        sweep(plan)
        state = _find_state(plan, shelf, again=again, verify=verify)
        log = ClusterLog(plan, state, asked, shelf)
        for note in state.notes:
            console.print(note, highlight=False, markup=False, soft_wrap=True)
        broken = check_casebooks(plan, state)
        for place, problem in broken.items():
            log.results[place] = Result(FAILED, error=problem)
        places = [place for place in state.to_make if place not in broken]
        if places and not stop.asked:
            _make(plan, state, places, address, shelf, log, console, stop)
        if shelf.store is None:
            for report, result in zip(plan.reports, log.results, strict=True):
                if result.status == COMPLETE:
                    remove_report(report.failed(plan.out))
        sweep(plan)
        log.write()
        page = f"{shelf.out}/{INDEX}" if shelf.store else str(Path(out) / INDEX)
        return ClusterResult(page, count_results(log.results), len(places), bool(stop.asked))


@contextmanager
def _open_shelf(plan: Plan, out: str) -> Iterator[tuple[Shelf, Plan]]:
    """Hold the place of a batch; its plan has the folder of this machine for index and manifest."""
    if is_address(out):
        store = Store(out)
        with hold_store(store) as lease, tempfile.TemporaryDirectory(prefix="figures-") as folder:
            shelf = Shelf(store.address, lease.token, store, lease)
            yield shelf, replace(plan, out=Path(folder))
        return
    place = Path(out)
    with hold_folder(place):
        token = uuid.uuid4().hex
        write_atomically(place / PROBE, token.encode())
        try:
            yield Shelf(str(place.resolve()), token), replace(plan, out=place)
        finally:
            with suppress(OSError):
                (place / PROBE).unlink(missing_ok=True)


def find_stored_state(plan: Plan, *, again: bool = False, verify: bool = False) -> State:
    """Return what there is of a plan whose reports go into a store; parameters as `find_state`."""
    store = Store(plan.store)
    with tempfile.TemporaryDirectory(prefix="figures-") as folder:
        shelf = Shelf(store.address, "", store)
        return _find_state(replace(plan, out=Path(folder)), shelf, again=again, verify=verify)


def _find_state(plan: Plan, shelf: Shelf, *, again: bool, verify: bool) -> State:
    state = find_state(plan, again=again, verify=verify)
    if shelf.store is None or again:
        return state
    names = [report.name for report in plan.reports]
    results, notes = find_stored(shelf.store, names, state.identities, verify=verify)
    return replace(state, results=results, notes=[*state.notes, *notes])


def _make(
    plan: Plan,
    state: State,
    places: Sequence[int],
    address: str,
    shelf: Shelf,
    log: ClusterLog,
    console: Console,
    stop: Stop,
) -> None:
    jobs = _make_jobs(plan, state, places, shelf)
    size = min(plan.workers or count_workers(), len(jobs))
    with open_cluster(address, size) as client:
        if address != LOCAL and shelf.store is not None:
            console.print(f"reports go to {shelf.out}", highlight=False, markup=False)
        tables = {job.data: job.parts.tables for job in jobs}
        size = check_workers(client, shelf.out, shelf.token, tables, jobs[0].folder, jobs[0].parts)
        with watch_batch(console, len(jobs), size) as watcher:
            log.begin(places, watcher)
            DaskPool(client, log).run(jobs, stop)


def _make_jobs(plan: Plan, state: State, places: Sequence[int], shelf: Shelf) -> list[Job]:
    shared: dict[tuple[str, tuple[str, ...]], tuple[str, str, Parts]] = {}
    jobs = []
    for place in places:
        report = plan.reports[place]
        names = tuple(notebook.name for notebook in report.notebooks)
        # Where things are and what they are is the same for many reports.
        if (report.data, names) not in shared:
            own = {f"notebooks/{notebook.path.name}" for notebook in report.notebooks}
            inputs = state.inputs[report.data].items()
            shared[report.data, names] = (
                _as_workers_see(report.notebooks[0].path.parent, NOTEBOOKS),
                _as_workers_see(find_casebook(report.data), find_casebook("")),
                find_parts({k: v for k, v in inputs if k in own or not k.startswith("notebooks/")}),
            )
        folder, data, parts = shared[report.data, names]
        job = Job(
            report.name, report.as_of, names, report.values, folder, data, shelf.out,
            plan.timeout, state.identities[place], parts, shelf.token,
        )  # fmt: skip
        jobs.append(job)
    return jobs


def _as_workers_see(folder: Path, own: Path) -> str:
    """Return a folder of this machine as workers find it: "" is the project's own."""
    if folder.resolve() == own.resolve():
        return ""
    return find_origin(folder) or str(folder.resolve())
