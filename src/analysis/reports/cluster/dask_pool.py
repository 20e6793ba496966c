"""The workers of a cluster: of a scheduler that runs already, or processes of this machine.

Jobs are handed out a few at a time, and no worker's death stops a batch.
"""

from __future__ import annotations

import logging
import queue
import re
import time
import uuid
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from analysis.reports.batch.addresses import INSTALL
from analysis.reports.batch.earlier import FAILED, Result
from analysis.reports.batch.plan import Planned
from analysis.reports.batch.scheduling import Event, Step
from analysis.reports.batch.stopping import Stop
from analysis.reports.cluster.jobs import Job, Parts, Unfit, look, run_job
from analysis.reports.parameters import ParameterError
from analysis.safety import clean_text
from analysis.tables import shorten

#: What stands for a cluster of processes of this machine.
LOCAL = "local"

_SCHEDULER = re.compile(r"(tcp|tls|ucx|ws|wss)://[^\s/]+:[0-9]+/?")

#: Seconds in which a scheduler answers, and in which the first worker joins.
_ANSWERS, _JOINS = 15.0, 60.0

#: A job whose worker dies is given back at once: `DaskPool` says so, and tries again.
MORE_TRIES = 0


class ClusterError(ParameterError):
    """A cluster cannot be used as it was asked; the message is one line."""


@contextmanager
def open_cluster(address: str, workers: int) -> Iterator[Any]:
    """Give a client of a cluster that has at least one worker.

    `address`: tcp://HOST:PORT of a scheduler, or "local". `workers`: processes of a local cluster.
    Raises `ClusterError`: it is no address, nobody answers, no worker is there, or Dask is not
    installed.
    """
    if address != LOCAL and not _SCHEDULER.fullmatch(address):
        shown = shorten(address)
        raise ClusterError(f'--dask: "{shown}" is not allowed; expected tcp://HOST:PORT or local')
    try:
        import cryptography  # noqa: F401, the keys of a local cluster
        import dask
        import distributed
    except ImportError:
        raise ClusterError(f"--dask needs the extra scale: {INSTALL}") from None
    make_cluster: Any = distributed.LocalCluster
    make_client: Any = distributed.Client
    # Workers that die are told of in words of our own.
    logger = logging.getLogger("distributed")
    level = logger.level
    settings = {"distributed.scheduler.allowed-failures": MORE_TRIES}
    logger.setLevel(logging.CRITICAL)
    try:
        with dask.config.set(settings if address == LOCAL else {}):
            if address == LOCAL:
                with (
                    make_cluster(
                        n_workers=workers,
                        threads_per_worker=1,
                        processes=True,
                        host="127.0.0.1",
                        # A free port that this machine alone can reach.
                        dashboard_address="127.0.0.1:0",
                        # Kernels are processes of their own, which a worker's limit knows not.
                        memory_limit=0,
                        # Who reaches a scheduler runs code on its workers: with keys that only
                        # these processes have, no other user of the machine does.
                        security=True,
                        silence_logs=logging.CRITICAL,
                        preload=["analysis.reports.cluster.jobs"],
                    ) as cluster,
                    make_client(cluster, set_as_default=False) as client,
                ):
                    yield client
                return
            try:
                client = make_client(address, timeout=_ANSWERS, set_as_default=False)
            except (OSError, TimeoutError, ValueError) as problem:
                line = (clean_text(str(problem)).strip().splitlines() or ["no answer"])[0]
                message = f"no scheduler of this version answers at {address} ({shorten(line, 80)})"
                raise ClusterError(message) from None
            with client:
                _wait_for_one(client, address)
                yield client
    finally:
        logger.setLevel(level)


def _wait_for_one(client: Any, address: str) -> None:
    until = time.monotonic() + _JOINS
    while not client.nthreads():
        if time.monotonic() > until:
            raise ClusterError(f"no worker has joined the scheduler at {address}")
        time.sleep(0.2)


def count_threads(client: Any) -> int:
    """Return how many jobs the workers of a cluster take at the same time: one a worker."""
    try:
        return len(client.nthreads())
    except Exception:  # the scheduler is away; whether it comes back is told by the jobs
        return 0


def check_workers(
    client: Any, out: str, token: str, data: Mapping[str, str], folder: str, parts: Parts
) -> int:
    """Have every worker look at what a batch needs, before it begins; return how many there are.

    Raises `ClusterError`: a worker cannot make these reports, and why.
    """
    answers = client.run(look, out, token, dict(data), folder, parts, on_error="return")
    for worker, answer in sorted(answers.items()):
        if isinstance(answer, ImportError):
            raise ClusterError(
                f"the worker {worker} cannot import contested-figures ({answer}); "
                "install the same on every worker, and start the workers again"
            )
        if isinstance(answer, BaseException):
            said = f"{type(answer).__name__}: {answer}"
            raise ClusterError(f"the worker {worker} does not answer ({shorten(said, 120)})")
        if answer:
            raise ClusterError(f"{answer} (worker {worker})")
    return len(answers)


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
