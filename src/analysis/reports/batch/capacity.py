"""How many reports a machine can make at the same time: by its cores and its free memory."""

from __future__ import annotations

import os
from pathlib import Path

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
