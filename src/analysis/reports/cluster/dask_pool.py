"""Jobs on the workers of a cluster: handed out a few at a time, and no worker's death stops it."""

from __future__ import annotations

import queue
import time
import uuid
from collections import Counter, deque
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from typing import Any

from analysis.reports.batch.earlier import FAILED, Result
from analysis.reports.batch.plan import Planned
from analysis.reports.batch.scheduling import Event, Step
from analysis.reports.batch.stopping import Stop
from analysis.reports.cluster.dask_cluster import ClusterError, count_threads
from analysis.reports.cluster.jobs import Job, run_job
from analysis.reports.cluster.worker import Unfit

#: Seconds between two looks at the clock, and at how many workers there are.
_TICK, _COUNT = 0.5, 5.0

#: Seconds without any worker after which a batch ends, and for reports to end that are at work.
_NOBODY, _LAST_WORDS = 300.0, 10.0


class DaskPool:
    """The workers of a cluster, as a batch sees them; a `Scheduler`.

    As many jobs as there are workers are with the scheduler at a time: it never holds more than
    that of a batch, and no job waits behind one of which its worker dies.

    `describe`: returns the job of a report. `work`: what a worker does with a job. `tries`: how
    often a job goes to a worker that dies; the scheduler may have tries of its own.
    """

    def __init__(
        self,
        client: Any,
        describe: Callable[[Planned], Job],
        work: Callable[[Job], Result] = run_job,
        tries: int = 1,
    ) -> None:
        self._client = client
        self._describe = describe
        self._news: list[Step] = []
        self._work = work
        self._most_tries = tries
        self._tries: Counter[int] = Counter()
        self._waiting: deque[int] = deque()
        self._ended: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._running: dict[Any, int] = {}
        self._size = 0
        self._counted = 0.0
        self._seen = time.monotonic()
        # Jobs of two batches are never taken for one another.
        self._batch = uuid.uuid4().hex

    def make(self, reports: Sequence[Planned], stop: Stop) -> Generator[Step, None, None]:
        """Have `reports` made, and tell what happens (see `Scheduler.make`).

        Raises `ClusterError`: the scheduler is gone, or a worker is not fit for the batch.
        """
        self._waiting = waiting = deque(range(len(reports)))
        try:
            while (waiting or self._running) and not stop.asked:
                self._count()
                while waiting and len(self._running) < self._size:
                    self._submit(waiting[0], self._describe(reports[waiting.popleft()]))
                yield from self._tell()
                self._hear(_TICK)
                yield from self._tell()
            until = time.monotonic() + _LAST_WORDS
            while self._running and stop.asked == 1 and time.monotonic() < until:
                self._hear(0.1)
            yield from self._tell()
        finally:
            if self._running:
                with suppress(Exception):
                    self._client.cancel(list(self._running), force=True)

    def _tell(self) -> list[Step]:
        news, self._news = self._news, []
        return [*news, Step(Event.PASSED)]

    def _submit(self, place: int, job: Job) -> None:
        self._tries[place] += 1
        key = f"report-{self._batch}-{place}-{self._tries[place]}"
        future = self._client.submit(self._work, job, key=key, pure=False)
        self._running[future] = place
        self._news.append(Step(Event.STARTED, place))
        future.add_done_callback(self._ended.put)

    def _hear(self, seconds: float) -> None:
        with suppress(queue.Empty):
            self._end(self._ended.get(timeout=seconds))
            while True:
                self._end(self._ended.get_nowait())

    def _end(self, future: Any) -> None:
        from distributed import KilledWorker

        place = self._running.pop(future, None)
        if place is None:
            return
        try:
            answer = future.result()
        except KilledWorker:
            self._news.append(Step(Event.DIED, place))
            if self._tries[place] < self._most_tries:
                self._waiting.appendleft(place)
            else:
                self._news.append(Step(Event.ENDED, place, Result(FAILED, error=_KILLED)))
        except Unfit as problem:
            raise ClusterError(str(problem)) from None
        except Exception as problem:
            if future.cancelled() or self._client.status != "running":
                message = "the scheduler is gone; start the batch again when it is back"
                raise ClusterError(message) from None
            words = f"fault of the program: {type(problem).__name__}: {problem}"
            failed = Result(FAILED, error=words.splitlines()[0][:300])
            self._news.append(Step(Event.ENDED, place, failed))
        else:
            self._news += [Step(Event.SAID, place, words=words) for words in answer.notes]
            self._news.append(Step(Event.ENDED, place, answer))

    def _count(self) -> None:
        """Look how many workers there are: some join later, some are gone."""
        now = time.monotonic()
        if now < self._counted + _COUNT:
            return
        self._size, self._counted = count_threads(self._client), now
        if self._size:
            self._seen = now
        elif now > self._seen + _NOBODY:
            raise ClusterError(f"no worker has been there for {_NOBODY:,.0f} seconds")


_KILLED = "the worker that made the report was killed, and so was the next"
