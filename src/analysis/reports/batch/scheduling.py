"""How reports are handed out and come back: one interface, whoever the workers are."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

from analysis.reports.batch.earlier import WAITING, Result
from analysis.reports.batch.plan import Planned
from analysis.reports.batch.stopping import Stop

_NONE = Result(WAITING)


class Event(Enum):
    """What may happen to a report while a batch is at work."""

    STARTED = auto()
    ENDED = auto()
    #: Its worker is gone, and what it left may be removed; it is tried again, or ends next.
    DIED = auto()
    #: Its worker goes on, but there is something to be said of it.
    SAID = auto()
    #: A moment has passed: nothing happened.
    PASSED = auto()


@dataclass(frozen=True)
class Step:
    """One thing that happened."""

    event: Event  # what
    place: int = -1  # the place of the report in what was handed out; -1 where a moment passed
    result: Result = _NONE  # what became of it, once it has ended
    words: str = ""  # what is to be said of it


class Scheduler(Protocol):
    """Hands reports to workers, as many as there are; no worker's death stops it."""

    def make(self, reports: Sequence[Planned], stop: Stop) -> Generator[Step, None, None]:
        """Have `reports` made and tell each step; close the iterator to end all workers.

        A report that fails has ended as any other. When `stop` is asked, those at work may end,
        and the others are left.
        """
