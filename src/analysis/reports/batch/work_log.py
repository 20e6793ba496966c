"""What becomes of the reports of a batch while it is at work, written down now and then."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from analysis.reports.batch.earlier import Result
from analysis.reports.batch.index_page import render_index
from analysis.reports.batch.plan import Plan
from analysis.reports.batch.record import write_record
from analysis.reports.batch.scheduling import Event, Step
from analysis.reports.batch.watching import BatchWatcher
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
