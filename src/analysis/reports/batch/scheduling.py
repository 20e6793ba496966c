"""How reports are handed out and come back, whoever the workers are, and to how many at a time."""

from __future__ import annotations

import os
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
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


#: Memory of a worker with the kernel of its notebook, in bytes.
_A_WORKER = 400 * 1024**2

_MEMORY = Path("/proc/meminfo")
#: What a container may use, and uses.
_LIMIT, _USED = (Path("/sys/fs/cgroup") / name for name in ("memory.max", "memory.current"))


def count_workers() -> int:
    """Return how many workers the machine can have, at least one."""
    free = find_free_memory()
    by_memory = free // _A_WORKER if free is not None else _count_cores()
    return max(1, min(_count_cores(), by_memory))


def find_free_memory() -> int | None:
    """Return the bytes of memory that are free, or None where the system doesn't say."""
    free = [bytes_ for bytes_ in (_of_machine(), _of_container()) if bytes_ is not None]
    return max(0, min(free)) if free else None


def _count_cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _of_machine() -> int | None:
    try:
        for line in _MEMORY.read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    except (OSError, ValueError, IndexError):
        pass
    return None


def _of_container() -> int | None:
    try:
        return int(_LIMIT.read_text(encoding="ascii")) - int(_USED.read_text(encoding="ascii"))
    except (OSError, ValueError):  # no container, or one without a limit
        return None
