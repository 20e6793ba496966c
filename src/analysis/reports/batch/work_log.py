"""What becomes of the reports of a batch while it is at work, written down now and then."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from analysis.reports.batch.earlier import FAILED, Result, read_result
from analysis.reports.batch.index_page import render_index
from analysis.reports.batch.plan import Plan
from analysis.reports.batch.record import write_record
from analysis.reports.batch.watching import BatchWatcher
from analysis.reports.batch.worker import Done
from analysis.reports.folder import INDEX, MARK, remove_drafts
from analysis.reports.identity import find_versions
from analysis.safety import write_atomically

#: Seconds between two writings of the index; and a writing that took one second is not
#: followed by another for so many.
_SELDOM, _SHARE = 15.0, 50.0


class WorkLog:
    """The results of a batch; it is told by the pool what happens (`pool.Events`).

    Parameters
    ----------
    plan : Plan
        What is to be made.
    results : sequence of Result
        What there is of each report.
    identities : sequence of str
        What each is made from.
    request : mapping of str to str
        By what the same batch is known again.
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

        Raises
        ------
        OSError
            The folder cannot be written: better before the work than after it.
        """
        self._places = places
        self._watcher = watcher
        self.write(running=True)

    def started(self, place: int) -> None:
        """Take note that a worker has begun a report."""
        self._began[place] = time.monotonic()
        self._watcher.started(self._name(place))

    def ended(self, place: int, done: Done) -> None:
        """Take note that a report has come to its end."""
        if done.folder:
            result = read_result(self._plan.out, done.folder)
        else:
            seconds = time.monotonic() - self._began.get(place, time.monotonic())
            result = Result(FAILED, seconds=round(seconds, 1), error=done.error)
        self.results[self._places[place]] = result
        self._watcher.ended(self._name(place), result)

    def died(self, place: int) -> None:
        """Remove what a worker that is gone left of its report."""
        target = self._plan.reports[self._places[place]].target(self._plan.out)
        remove_drafts(target.parent, {target.name})
        self._watcher.interrupted(self._name(place))

    def tick(self) -> None:
        """Write the index now and then; what cannot be written now is written at the end."""
        self._watcher.tick()
        if time.monotonic() >= self._next:
            with suppress(OSError):
                self.write(running=True)

    def write(self, *, running: bool = False) -> None:
        """Write the index and the manifest, each whole or not at all.

        Raises
        ------
        OSError
            The folder cannot be written; what was there is whole.
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
