"""A batch from beginning to end: what is made is left alone, and workers make the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from analysis.casebook import check as casebook_check
from analysis.reports.batch.earlier import (
    COMPLETE,
    FAILED,
    WAITING,
    Request,
    Result,
    find_made,
)
from analysis.reports.batch.lock import hold_folder, refuse_report
from analysis.reports.batch.plan import Plan
from analysis.reports.batch.pool import Pool
from analysis.reports.batch.record import count_results
from analysis.reports.batch.scheduling import Event, Scheduler, count_workers
from analysis.reports.batch.stopping import Stop, hear_requests
from analysis.reports.batch.work_log import WorkLog, sweep, watch_batch
from analysis.reports.batch.worker import Setup
from analysis.reports.folder import (
    INDEX,
    MARK,
    load_manifest,
    refuse_other_casebook,
    remove_report,
)
from analysis.reports.identity import find_versions
from analysis.reports.manifest import (
    find_folders,
    hash_inputs,
    identify_report,
    name_casebook,
)
from analysis.reports.report_engine import ProjectServer, open_project_server
from analysis.tables import CasebookErrors, find_casebook
from analysis.tables.settings import read_settings, refuse_early


@dataclass(frozen=True)
class BatchResult:
    """What became of a batch."""

    page: str | Path  # the page that lists its reports: a path, or an address in a store
    counts: Mapping[str, int]  # how many are complete, failed and waiting
    made: int  # how many were made this time, well or not; the others were complete already
    stopped: bool = False  # whether somebody asked it to stop


@dataclass(frozen=True)
class State:
    """What is there before a batch begins."""

    #: For each casebook, the hashes of what its reports are made from.
    inputs: dict[str, Mapping[str, str]]
    identities: list[str]  # what each report would be made from, in the order of the plan
    results: list[Result]  # what there is of each
    notes: list[str]  # what a person should know, a line each

    @property
    def to_make(self) -> list[int]:
        """The places in the plan of the reports that are not complete."""
        return [place for place, each in enumerate(self.results) if each.status != COMPLETE]


def find_state(plan: Plan, *, again: bool = False, verify: bool = False) -> State:
    """Return what is there of `plan`, without changing anything.

    `plan`: what is to be made. `verify`: hash the files of what is made, instead of comparing their
    sizes.
    Raises `FolderError`: the folder cannot hold a batch; `CasebookErrors`: there is no such
    casebook; `OSError`: a table or a notebook cannot be read.
    """
    refuse_report(plan.out)
    notebooks = list({n.path: n for report in plan.reports for n in report.notebooks}.values())
    casebooks = dict.fromkeys(report.data for report in plan.reports)
    inputs: dict[str, Mapping[str, str]] = {
        data: hash_inputs(notebooks, find_casebook(data)) for data in casebooks
    }
    versions = find_versions()
    identities = [
        identify_report(each.notebooks, each.values, each.as_of, inputs[each.data], versions)
        for each in plan.reports
    ]
    notes = list(plan.notes)
    notes.append(load_manifest(plan.out / MARK)[1])
    results = []
    for report, identity in zip(plan.reports, identities, strict=True):
        made, note = find_made(plan.out, report.name, identity, verify=verify)
        notes.append(note)
        results.append(made if made is not None and not again else Result(WAITING))
    return State(inputs, identities, results, [note for note in notes if note])


def run_batch(
    plan: Plan,
    console: Console,
    *,
    again: bool = False,
    verify: bool = False,
    request: Request | None = None,
    server: ProjectServer | None = None,
) -> BatchResult:
    """Make the reports of `plan` that are not complete, and list all of them.

    `plan`: what is to be made. `console`: where to show how far it is. `request`: by what the same
    batch is known again. `server`: a fork server that is there already; without it, one is opened.
    Returns what became of it. A report that failed is no exception.
    Raises `FolderError`: the folder cannot hold a batch, or another batch is at work in it;
    `CasebookErrors`: no report can be made, for the casebook has errors; `OSError`: the folder
    cannot be written; an earlier manifest is whole.
    """
    with hold_folder(plan.out), hear_requests() as stop, ExitStack() as stack:
        sweep(plan)
        # Before the state: what changes meanwhile makes the next batch look again.
        asked = describe_request(request, plan) if request else {}
        state = find_state(plan, again=again, verify=verify)
        log = WorkLog(plan, state.results, state.identities, asked)
        # First: it warms up while the casebooks are checked.
        used = _prepare_server(plan, state, stack, server) if state.to_make else None
        address = used.address if used else ""

        @contextmanager
        def open_pool(places: Sequence[int]) -> Iterator[tuple[Scheduler, int]]:
            # Before the workers are forked, for each of them needs it.
            import papermill  # noqa: F401

            from analysis.reports import assembling  # noqa: F401

            size = min(plan.workers or count_workers(), len(places))
            setup = Setup(plan.out, plan.timeout, state.inputs, plan.memory, address)
            yield Pool(setup, size), size

        made = work_through(plan, state, log, console, stop, open_pool, used)
        remove_mended(plan, log.results)
        sweep(plan)
        log.write()
        return BatchResult(plan.out / INDEX, count_results(log.results), made, bool(stop.asked))


def work_through(
    plan: Plan,
    state: State,
    log: WorkLog,
    console: Console,
    stop: Stop,
    open_scheduler: Callable[[Sequence[int]], AbstractContextManager[tuple[Scheduler, int]]],
    server: ProjectServer | None = None,
) -> int:
    """Have the reports made that are not complete; return how many those are.

    `log`: takes what becomes of them. `stop`: by which somebody asks to end. `open_scheduler`:
    takes the places of the reports; gives who makes them, and how many at the same time. `server`:
    started again whenever it has died.
    Raises `CasebookErrors`: no report can be made.
    """
    for note in state.notes:
        console.print(note, highlight=False, markup=False, soft_wrap=True)
    broken = check_casebooks(plan, state)
    for place, problem in broken.items():
        log.results[place] = Result(FAILED, error=problem)
    places = [place for place in state.to_make if place not in broken]
    if places and not stop.asked:
        reports = [plan.reports[place] for place in places]
        with (
            open_scheduler(places) as (scheduler, size),
            watch_batch(console, len(places), size) as watcher,
            closing(scheduler.make(reports, stop)) as steps,
        ):
            log.begin(places, watcher)
            for step in steps:
                log.take(step)
                if server is not None and step.event is Event.PASSED and server.revive():
                    watcher.note("the fork server had died; it was started again")
    return len(places)


def remove_mended(plan: Plan, results: Sequence[Result]) -> None:
    """Remove what is left of an earlier try that failed where a report is complete now."""
    for report, result in zip(plan.reports, results, strict=True):
        if result.status == COMPLETE:
            remove_report(report.failed(plan.out))


def describe_request(request: Request, plan: Plan) -> dict[str, str]:
    """Return by what the same batch is known again; nothing if the quick way can't tell."""
    if any(find_folders(report.notebooks, report.values) for report in plan.reports):
        return {}  # there is more to look at than the quick way does
    casebooks = dict.fromkeys(report.data for report in plan.reports)
    return request.describe([Path(data).expanduser() if data else None for data in casebooks])


def _prepare_server(
    plan: Plan, state: State, stack: ExitStack, server: ProjectServer | None
) -> ProjectServer:
    reports = [plan.reports[place] for place in state.to_make]
    casebooks = {report.data for report in reports}
    # Only one can be read before the first fork.
    casebook = find_casebook(casebooks.pop()) if len(casebooks) == 1 else None
    notebooks = dict.fromkeys(n.path for report in reports for n in report.notebooks)
    server = server or stack.enter_context(open_project_server())
    server.prepare(notebooks, casebook)
    return server


def check_casebooks(plan: Plan, state: State) -> dict[int, str]:
    """Return why reports cannot be made, by their places: their casebook has errors.

    Raises `CasebookErrors`: no report can be made; `FolderError`: another casebook's report or
    something else is in the place of one; `InputError`: a day is before the first of its casebook.
    """
    problems: dict[str, CasebookErrors] = {}
    places = state.to_make
    for data in dict.fromkeys(plan.reports[place].data for place in places):
        try:
            casebook_check.check(data)
        except CasebookErrors as problem:
            problems[data] = problem
            continue
        name = name_casebook(find_casebook(data))
        first_day = read_settings(data).first_day
        for report in (plan.reports[place] for place in places):
            if report.data == data:
                refuse_early(report.as_of, first_day)
                folder = plan.out / report.name
                refuse_other_casebook(folder, load_manifest(folder / MARK)[0], name)
    broken = [place for place in places if plan.reports[place].data in problems]
    if broken and len(broken) == len(plan.reports):
        raise problems[plan.reports[broken[0]].data]
    return {place: f"casebook: {problems[plan.reports[place].data].lines[0]}" for place in broken}
