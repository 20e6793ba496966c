"""Worker processes: reports are handed out, and a worker that dies costs only its report."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
import warnings
from collections import deque
from collections.abc import Generator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkContext, SpawnContext
from multiprocessing.process import BaseProcess

from analysis.reports.batch.earlier import FAILED, Result
from analysis.reports.batch.plan import Planned
from analysis.reports.batch.scheduling import Event, Step
from analysis.reports.batch.stopping import Stop
from analysis.reports.batch.worker import Setup, Sign, work
from analysis.reports.temporary import TemporaryFolder

#: Seconds beyond the time for a cell in which a worker gives no sign, and then is ended: for
#: the start of a kernel, for its end after a cell took too long, and for the last files.
GRACE = 120.0

#: Seconds that workers have to put their things in order once they are told to end.
LAST_WORDS = 10.0

#: Seconds between two looks at the clock.
_TICK = 0.5

#: A report whose worker died is tried so often in all.
_TRIES = 2


@dataclass
class _Seat:
    process: BaseProcess
    pipe: Connection
    temporary: TemporaryFolder
    place: int | None = None
    last_sign: float = field(default_factory=time.monotonic)


class Pool:
    """Workers of this machine that make reports; a `Scheduler`.

    `size`: how many there are at the same time.
    """

    def __init__(self, setup: Setup, size: int) -> None:
        # A forked worker has everything imported already; elsewhere it imports for itself.
        # macOS has fork, but its own libraries do not survive it.
        self._is_fork = sys.platform == "linux"
        self._context: ForkContext | SpawnContext = (
            multiprocessing.get_context("fork")
            if self._is_fork
            else multiprocessing.get_context("spawn")
        )
        self._setup = setup
        self._size = size
        self._news: list[Step] = []
        self._seats: list[_Seat] = []
        self._waiting: deque[int] = deque()
        self._tries: dict[int, int] = {}
        # Nobody ever writes: it ends when this process does, however it ends.
        self._life, self._alive = self._context.Pipe(duplex=False)

    def make(self, reports: Sequence[Planned], stop: Stop) -> Generator[Step, None, None]:
        """Make `reports`, and tell what happens (see `Scheduler.make`)."""
        self._waiting = deque(range(len(reports)))
        self._tries = dict.fromkeys(self._waiting, 0)
        try:
            while not stop.asked and (self._waiting or self._busy()):
                self._hand_out(reports)
                yield from self._tell()
                self._listen([stop.reader])
                self._end_silent()
                yield from self._tell()
            if self._waiting or self._busy():
                self._interrupt(stop)
            else:
                self._dismiss()
            self._kill()
            yield from self._tell()
        finally:
            self._kill()
            self._life.close()
            self._alive.close()

    def _tell(self) -> list[Step]:
        news, self._news = self._news, []
        return [*news, Step(Event.PASSED)]

    def _busy(self) -> list[_Seat]:
        return [seat for seat in self._seats if seat.place is not None]

    def _hand_out(self, reports: Sequence[Planned]) -> None:
        while self._waiting:
            idle = [seat for seat in self._seats if seat.place is None]
            if not idle and len(self._seats) >= self._size:
                return
            try:
                seat = idle[0] if idle else self._start()
            except OSError:  # no memory, or too many processes: go on with those there are
                if not self._seats:
                    raise
                self._size = len(self._seats)
                return
            place = self._waiting.popleft()
            seat.place, seat.last_sign = place, time.monotonic()
            self._tries[place] += 1
            self._news.append(Step(Event.STARTED, place))
            with suppress(OSError):  # it died while idle: `_listen` finds out
                seat.pipe.send(reports[place])

    def _start(self) -> _Seat:
        ours, theirs = self._context.Pipe()
        temporary = TemporaryFolder()
        foreign = [self._alive, ours, *(seat.pipe for seat in self._seats)] if self._is_fork else []
        arguments = (theirs, self._life, foreign, temporary.name, self._setup)
        process = self._context.Process(target=work, args=arguments, daemon=False)
        try:
            with warnings.catch_warnings():
                # The threads are those of numpy and pyarrow, which know what a fork is.
                warnings.simplefilter("ignore", DeprecationWarning)
                process.start()
        except OSError:
            ours.close()
            temporary.cleanup()
            raise
        finally:
            theirs.close()
        seat = _Seat(process, ours, temporary)
        self._seats.append(seat)
        return seat

    def _listen(self, others: Sequence[Connection], seconds: float = _TICK) -> None:
        pipes = {seat.pipe: seat for seat in self._seats}
        for ready in wait([*pipes, *others], seconds):
            if isinstance(ready, Connection) and ready in pipes:
                seat = pipes[ready]
                try:
                    said = seat.pipe.recv()
                except (EOFError, OSError):
                    self._bury(seat)
                    continue
                seat.last_sign = time.monotonic()
                if isinstance(said, Sign) and said.words and seat.place is not None:
                    self._news.append(Step(Event.SAID, seat.place, words=said.words))
                if isinstance(said, Result) and seat.place is not None:
                    place, seat.place = seat.place, None
                    self._news.append(Step(Event.ENDED, place, said))

    def _end_silent(self) -> None:
        """End the workers that have given no sign for too long."""
        longest = self._setup.timeout + GRACE
        for seat in self._busy():
            if time.monotonic() - seat.last_sign > longest and seat.place is not None:
                _interrupt(seat.process)
                seat.process.join(LAST_WORDS)
                self._tries[seat.place] = _TRIES  # another try would take as long again
                self._bury(seat, f"no sign of life for {longest:,.0f} seconds; it was ended")

    def _bury(self, seat: _Seat, why: str = "") -> None:
        """Clear up after a worker that is gone; its report is tried again, or has failed."""
        place = seat.place
        self._remove(seat)
        if place is None:
            return
        self._news.append(Step(Event.DIED, place))
        if self._tries[place] < _TRIES:
            self._waiting.appendleft(place)
            return
        code = seat.process.exitcode
        end = f"was killed (signal {-code})" if code is not None and code < 0 else "ended early"
        error = why or f"the process that made the report {end}"
        self._news.append(Step(Event.ENDED, place, Result(FAILED, error=error)))

    def _remove(self, seat: _Seat) -> None:
        self._seats.remove(seat)
        seat.pipe.close()
        seat.process.join(LAST_WORDS)
        if seat.process.is_alive():
            seat.process.kill()
            seat.process.join()
        seat.temporary.cleanup()

    def _dismiss(self) -> None:
        for seat in self._seats:
            with suppress(OSError):
                seat.pipe.send(None)
        for seat in list(self._seats):
            self._remove(seat)

    def _interrupt(self, stop: Stop) -> None:
        """Have all workers end in order, as Ctrl-C does; a second request ends them at once."""
        self._tries = dict.fromkeys(self._tries, 0)  # what they leave is no failure
        for seat in self._seats:
            _interrupt(seat.process)
        until = time.monotonic() + LAST_WORDS
        while self._seats and stop.asked < 2 and time.monotonic() < until:
            self._listen([], 0.1)

    def _kill(self) -> None:
        for seat in list(self._seats):
            seat.process.kill()
            place = seat.place
            self._remove(seat)
            if place is not None:
                self._news.append(Step(Event.DIED, place))


def _interrupt(process: BaseProcess) -> None:
    """Tell a worker to put its things in order and end, where a system has a word for it."""
    if os.name != "posix" or not process.pid:
        process.terminate()
        return
    with suppress(ProcessLookupError):
        os.kill(process.pid, signal.SIGINT)
