"""The memory of a process and all that it has started, while it runs (Linux)."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence

import psutil


def measure_memory(tasks: Sequence[Callable[[], object]], sizes: Sequence[int]) -> float:
    """Return the MB that each further unit of size takes: the slope between two tasks."""
    small, large = (watch_memory(task) for task in tasks)
    return round((large - small) / (sizes[1] - sizes[0]), 1)


def watch_memory(task: Callable[[], object]) -> float:
    """Return the MB (proportional set size) of all processes that `task` starts.

    A page that n processes share counts a nth in each. Looked at five times a second; of what
    was seen, the upper quartile.
    """
    seen = [0.0]
    done = threading.Event()

    def look() -> None:
        while not done.wait(0.2):
            total = 0.0
            for child in psutil.Process(os.getpid()).children(recursive=True):
                try:
                    total += child.memory_full_info().pss / 1e6
                except psutil.Error:
                    continue
            seen.append(total)

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        task()
    finally:
        done.set()
        watcher.join()
    return sorted(seen)[len(seen) * 3 // 4]
