"""How far a batch is: one bar in a terminal, a line a report elsewhere."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn

from analysis.reports.batch.earlier import FAILED, Result

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
