"""How far a batch is: shown while it is at work, and written down now and then."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn

from analysis.reports.batch.earlier import FAILED, Result
from analysis.reports.batch.plan import Plan
from analysis.reports.batch.record import render_index, write_record
from analysis.reports.batch.scheduling import Event, Step
from analysis.reports.folder import INDEX, MARK, remove_drafts
from analysis.reports.identity import find_versions
from analysis.safety import write_atomically

#: Seconds between two writings of the index; and a writing that took one second is not
#: followed by another for so many.
_SELDOM, _SHARE = 15.0, 50.0


class WorkLog:
    """The results of a batch; it is told each step of its scheduler.

    `plan`: what is to be made. `results`: what there is of each report. `identities`: what each is
    made from. `request`: by what the same batch is known again.
    """

    def __init__(
        self,
        plan: Plan,
        results: Sequence[Result],
        identities: Sequence[str],
        request: Mapping[str, str],
    ) -> None:
        self.results = list(results)
        self._plan = plan
        self._identities = identities
        self._request = request
        self._places: Sequence[int] = ()
        self._watcher: BatchWatcher
        self._next = 0.0
        self._began: dict[int, float] = {}

    def begin(self, places: Sequence[int], watcher: BatchWatcher) -> None:
        """Take note that the reports at `places` of the plan go to the pool, in this order.

        Raises `OSError`: the folder cannot be written: better before the work than after it.
        """
        self._places = places
        self._watcher = watcher
        self.write(running=True)

    def take(self, step: Step) -> None:
        """Take note of a step: results are kept, and what a dead worker left is removed."""
        place = step.place
        if step.event is Event.STARTED:
            self._began[place] = time.monotonic()
            self._watcher.started(self._name(place))
        elif step.event is Event.ENDED:
            result = step.result
            if not result.folder:  # there is no manifest that says it
                began = self._began.get(place, time.monotonic())
                result = replace(result, seconds=round(time.monotonic() - began, 1))
            self.results[self._places[place]] = self._keep(result)
            self._watcher.ended(self._name(place), result)
        elif step.event is Event.DIED:
            target = self._plan.reports[self._places[place]].target(self._plan.out)
            remove_drafts(target.parent, {target.name})
            self._watcher.interrupted(self._name(place))
        elif step.event is Event.SAID:
            self._watcher.note(f"{self._name(place)}: {step.words}")
        else:
            self.tick()

    def _keep(self, result: Result) -> Result:
        """Return what is kept of a result."""
        return result

    def tick(self) -> None:
        """Write the index now and then; what cannot be written now is written at the end."""
        self._watcher.tick()
        if time.monotonic() >= self._next:
            with suppress(OSError):
                self.write(running=True)

    def write(self, *, running: bool = False) -> None:
        """Write the index and the manifest, each whole or not at all.

        Raises `OSError`: the folder cannot be written; what was there is whole.
        """
        began = time.monotonic()
        record = write_record(
            self._plan, self.results, self._identities, find_versions(), self._request,
            running=running,
        )  # fmt: skip
        page = render_index(self._plan, self.results, running=running).encode()
        for name, content in ((INDEX, page), (MARK, record)):
            write_atomically(self._plan.out / name, content)
        took = time.monotonic() - began
        self._next = time.monotonic() + max(_SELDOM, took * _SHARE)

    def _name(self, place: int) -> str:
        return self._plan.reports[self._places[place]].name


def sweep(plan: Plan) -> None:
    """Remove what processes that were killed left of the reports of `plan`."""
    names: dict[Path, set[str]] = {}
    for report in plan.reports:
        target = report.target(plan.out)
        names.setdefault(target.parent, set()).add(target.name)
    for parent, inside in names.items():
        remove_drafts(parent, inside)


#: Reports by which the time that is left is judged.
_LATEST = 25


class BatchWatcher:
    """Is told how far a batch is, and says one line for each report."""

    def __init__(self, console: Console, total: int) -> None:
        self._console = console
        self._total = total
        self._ended = 0

    def started(self, name: str) -> None:
        """Take note that the report has begun."""

    def ended(self, name: str, result: Result) -> None:
        """Take note that the report has come to its end, well or not."""
        self._ended += 1
        self.note(f"{self._ended}/{self._total} {say_result(name, result)}")

    def interrupted(self, name: str) -> None:
        """Take note that the report is no longer at work, and will be tried again."""
        self.note(f"{name}: its process is gone")

    def note(self, line: str) -> None:
        """Say something that a person should know."""
        self._console.print(line, highlight=False, markup=False, soft_wrap=True)

    def tick(self) -> None:
        """Show the time that has passed."""


class _Bar(BatchWatcher):
    """One bar for all reports; only what failed has a line."""

    def __init__(self, console: Console, total: int, progress: Progress, workers: int) -> None:
        super().__init__(console, total)
        self._progress = progress
        self._workers = workers
        self._running: set[str] = set()
        self._failed = 0
        self._took: list[float] = []
        self._clock = time.monotonic()
        self._task: TaskID = progress.add_task("", total=total, words="")

    def started(self, name: str) -> None:
        self._running.add(name)
        self.tick()

    def ended(self, name: str, result: Result) -> None:
        self._running.discard(name)
        self._ended += 1
        if result.seconds:
            self._took.append(result.seconds)
        if result.status == FAILED:
            self._failed += 1
            self.note(say_result(name, result))
        self._progress.update(self._task, completed=self._ended)
        self.tick()

    def interrupted(self, name: str) -> None:
        self._running.discard(name)

    def tick(self) -> None:
        left = say_left(self._total - self._ended, self._took[-_LATEST:], self._workers)
        words = f"{self._ended} of {self._total} done, {len(self._running)} running"
        words += f", {self._failed} failed{left}"
        self._progress.update(self._task, words=words, refresh=True)


@contextmanager
def watch_batch(console: Console, total: int, workers: int) -> Iterator[BatchWatcher]:
    """Show on `console` how far a batch is, as long as the context lasts."""
    if not console.is_terminal:
        yield BatchWatcher(console, total)
        return
    columns = (BarColumn(), TextColumn("{task.fields[words]}"))
    # Without a thread of its own: workers are forked while the bar is shown.
    with Progress(*columns, console=console, transient=True, auto_refresh=False) as progress:
        yield _Bar(console, total, progress, workers)


def say_result(name: str, result: Result) -> str:
    """Return what became of a report, as a line."""
    if result.status == FAILED:
        return f"{name}: failed: {result.error}"
    return f"{name}: {result.status} ({result.seconds:.1f} s)"


def say_left(reports: int, took: list[float], workers: int) -> str:
    """Return the time left, judged by the reports made last; "" before there are any."""
    if not took or not reports:
        return ""
    seconds = round(statistics.median(took) * reports / max(1, min(workers, reports)))
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    left = f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
    return f", {left} left"
