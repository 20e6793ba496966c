"""The memory of a process and all that it has started, while it runs (Linux)."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path


def measure_memory(tasks: Sequence[Callable[[], object]], sizes: Sequence[int]) -> float:
    """Return the MB that each further unit of size takes: the slope between two tasks' medians.

    Memory is the sum of the proportional set sizes (a page that n processes share counts a nth
    in each) of all processes below this one, looked at ten times a second; the upper quartile
    over a task's run stands for it.
    """
    small, large = (_watch(task) for task in tasks)
    return round((large - small) / (sizes[1] - sizes[0]), 1)


def _watch(task: Callable[[], object]) -> float:
    seen: list[float] = []
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            seen.append(sum(_share(child) for child in _below(os.getpid())) / 1024)
            time.sleep(0.1)

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        task()
    finally:
        done.set()
        watcher.join()
    return sorted(seen)[len(seen) * 3 // 4]


def _below(parent: int) -> list[int]:
    """Return all processes that `parent` and those below it have started."""
    found = []
    for task in Path(f"/proc/{parent}/task").glob("*/children"):
        try:
            children = [int(number) for number in task.read_text().split()]
        except OSError:
            continue
        for child in children:
            found += [child, *_below(child)]
    return found


def _share(process: int) -> float:
    """Return the proportional set size of a process in kB; 0 when it has ended."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(float(line.split()[1]) for line in lines if line.startswith("Pss:"))
