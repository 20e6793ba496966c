"""A batch on a cluster, from beginning to end: as `running`, but workers may be anywhere.

Reports go to a folder that all workers see, or into a store; the index and the manifest of the
batch go to the same place, and what is made there already is left alone.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console

from analysis.reports.batch.addresses import StorageError, find_origin, is_address
from analysis.reports.batch.earlier import Request, Result
from analysis.reports.batch.lock import hold_folder
from analysis.reports.batch.plan import Plan
from analysis.reports.batch.record import count_results
from analysis.reports.batch.running import (
    BatchResult,
    State,
    describe_request,
    find_state,
    remove_mended,
    work_through,
)
from analysis.reports.batch.scheduling import Scheduler, count_workers
from analysis.reports.batch.stopping import hear_requests
from analysis.reports.batch.work_log import WorkLog, sweep
from analysis.reports.cluster.dask_pool import (
    LOCAL,
    DaskPool,
    check_workers,
    open_cluster,
)
from analysis.reports.cluster.jobs import PROBE, Job, Parts, find_parts
from analysis.reports.cluster.store import Store
from analysis.reports.cluster.stored_reports import Lease, find_stored, hold_store
from analysis.reports.folder import INDEX, MARK
from analysis.reports.notebooks import NOTEBOOKS
from analysis.reports.temporary import TemporaryFolder, check_room, sweep_folders
from analysis.safety import write_atomically
from analysis.tables import find_casebook


def run_on_cluster(
    plan: Plan,
    console: Console,
    *,
    out: str,
    address: str,
    again: bool = False,
    verify: bool = False,
    request: Request | None = None,
) -> BatchResult:
    """Make the reports of `plan` that are not complete on a cluster, and list all of them.

    `plan`: what is to be made; its casebooks and notebooks are on this machine, and those that were
    fetched from a store the workers fetch from there too. `console`: where to show how far it is.
    `out`: where reports go, instead of the plan's folder: a path that all workers see, or the
    address of a store. `address`: tcp://HOST:PORT of a Dask scheduler, or "local".
    Raises `StorageError, FolderError`: the place cannot hold a batch, cannot be written, or another
    batch is at work in it; `ClusterError`: the cluster cannot be used, or a worker cannot make
    these reports; `CasebookErrors`: no report can be made, for the casebook has errors.
    """
    with _open_shelf(plan, out) as (shelf, plan), hear_requests() as stop:
        # What is in a store is not looked for the quick way.
        asked = describe_request(request, plan) if request and shelf.store is None else {}
        sweep(plan)
        sweep_folders()
        check_room()
        state = _find_state(plan, shelf, again=again, verify=verify)
        log = ClusterLog(plan, state, asked, shelf)

        @contextmanager
        def open_pool(places: Sequence[int]) -> Iterator[tuple[Scheduler, int]]:
            jobs = _make_jobs(plan, state, places, shelf)
            size = min(plan.workers or count_workers(), len(jobs))
            with open_cluster(address, size) as client:
                if address != LOCAL and shelf.store is not None:
                    console.print(f"reports go to {shelf.out}", highlight=False, markup=False)
                tables = {job.data: job.parts.tables for job in jobs}
                one = jobs[0]
                size = check_workers(client, shelf.out, shelf.token, tables, one.folder, one.parts)
                by_name = {job.name: job for job in jobs}
                tries = 2 if address == LOCAL else 1
                yield DaskPool(client, lambda report: by_name[report.name], tries=tries), size

        made = work_through(plan, state, log, console, stop, open_pool)
        if shelf.store is None:
            remove_mended(plan, log.results)
        sweep(plan)
        log.write()
        page = f"{shelf.out}/{INDEX}" if shelf.store else str(Path(out) / INDEX)
        return BatchResult(page, count_results(log.results), made, bool(stop.asked))


@contextmanager
def _open_shelf(plan: Plan, out: str) -> Iterator[tuple[Shelf, Plan]]:
    """Hold the place of a batch; its plan has the folder of this machine for index and manifest."""
    if is_address(out):
        store = Store(out)
        with hold_store(store) as lease, TemporaryFolder() as folder:
            shelf = Shelf(store.address, lease.token, store, lease)
            yield shelf, replace(plan, out=_make_inside(folder))
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


def _make_inside(folder: str) -> Path:
    """Return a folder whose turns can be taken: a temporary one is locked itself."""
    inside = Path(folder, "out")
    inside.mkdir()
    return inside


def find_stored_state(plan: Plan, *, again: bool = False, verify: bool = False) -> State:
    """Return what there is of a plan whose reports go into a store; parameters as `find_state`."""
    store = Store(plan.store)
    with TemporaryFolder() as folder:
        shelf = Shelf(store.address, "", store)
        return _find_state(
            replace(plan, out=_make_inside(folder)), shelf, again=again, verify=verify
        )


def _find_state(plan: Plan, shelf: Shelf, *, again: bool, verify: bool) -> State:
    state = find_state(plan, again=again, verify=verify)
    if shelf.store is None or again:
        return state
    names = [report.name for report in plan.reports]
    results, notes = find_stored(shelf.store, names, state.identities, verify=verify)
    return replace(state, results=results, notes=[*state.notes, *notes])


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
            plan.timeout, plan.memory or 0, state.identities[place], parts, shelf.token,
        )  # fmt: skip
        jobs.append(job)
    return jobs


def _as_workers_see(folder: Path, own: Path) -> str:
    """Return a folder of this machine as workers find it: "" is the project's own."""
    if folder.resolve() == own.resolve():
        return ""
    return find_origin(folder) or str(folder.resolve())


#: In the manifest of a larger batch the hashes of the files are left to each report's own
#: manifest: they are most of it, and it is written again and again.
_WITH_HASHES = 5_000

#: A putting that took one second is not followed by another for so many.
_SHARE = 50.0


@dataclass(frozen=True)
class Shelf:
    """Where the reports of a batch go."""

    out: str  # a path, or the address of a store
    token: str  # by which workers tell that they see the same place
    store: Store | None = None  # the store, if it is one
    lease: Lease | None = None  # by which the store is held


class ClusterLog(WorkLog):
    """The results of a batch on a cluster."""

    def __init__(self, plan: Plan, state: State, request: Mapping[str, str], shelf: Shelf) -> None:
        super().__init__(plan, state.results, state.identities, request)
        self._shelf = shelf
        self._with_hashes = len(plan.reports) <= _WITH_HASHES
        self.results = [self._keep(result) for result in self.results]

    def tick(self) -> None:
        """Write the index now and then, and go on holding the place.

        Raises `StorageError`: another batch has taken the place.
        """
        with suppress(StorageError):
            super().tick()
        if self._shelf.lease is not None:
            self._shelf.lease.tick()

    def write(self, *, running: bool = False) -> None:
        """Write the index and the manifest where the reports go, each whole or not at all.

        Raises `OSError, StorageError`: the place cannot be written.
        """
        super().write(running=running)
        if self._shelf.store is not None:
            began = time.monotonic()
            for name in (INDEX, MARK):
                self._shelf.store.put({name: self._plan.out / name})
            self._next += _SHARE * (time.monotonic() - began)

    def _keep(self, result: Result) -> Result:
        return result if self._with_hashes else replace(result, outputs={})
