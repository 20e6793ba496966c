"""Time several ways of doing the same thing in turn, in one session, on one machine.

Runs alternate (a, b, c, a, b, c, …), so that a machine that slows down, slows all of them down.
Medians are compared, and the spread is shown: a ratio means nothing where spreads overlap.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Timing:
    """How long each run of one task took, in seconds."""

    name: str
    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The median of the runs."""
        return statistics.median(self.seconds)

    @property
    def low(self) -> float:
        """The shortest run."""
        return min(self.seconds)

    @property
    def high(self) -> float:
        """The longest run."""
        return max(self.seconds)


def alternate(
    tasks: Mapping[str, Callable[[], object]], rounds: int = 5, warm_up: int = 1
) -> dict[str, Timing]:
    """Run the tasks in turn and return the time of every run.

    Parameters
    ----------
    tasks : mapping of str to callable
        What is timed, by its name; it is called without arguments, and what it returns is
        dropped before the next run.
    rounds : int
        How often each is timed; 5 or more.
    warm_up : int
        Rounds before, which are not timed (first imports, cold caches).

    Raises
    ------
    ValueError
        Fewer than 5 rounds: too few for a median and a spread.
    """
    if rounds < 5:
        raise ValueError(f"rounds: {rounds} are too few; expected 5 or more")
    taken: dict[str, list[float]] = {name: [] for name in tasks}
    for number in range(warm_up + rounds):
        for name, task in tasks.items():
            gc.collect()
            start = time.perf_counter()
            task()
            seconds = time.perf_counter() - start
            if number >= warm_up:
                taken[name].append(seconds)
    return {name: Timing(name, tuple(seconds)) for name, seconds in taken.items()}


def tabulate(timings: Mapping[str, Timing]) -> str:
    """Return a table of the timings; ratios are to the first of them."""
    first = next(iter(timings.values()))
    width = max(len(name) for name in timings)
    lines = [f"{'':{width}}  median s     min s     max s  runs   ratio"]
    for name, timing in timings.items():
        lines.append(
            f"{name:{width}}  {timing.median:8.4f}  {timing.low:8.4f}  {timing.high:8.4f}"
            f"  {len(timing.seconds):4}  {timing.median / first.median:6.2f}"
        )
    return "\n".join(lines)


def summarize(timings: Mapping[str, Timing]) -> dict[str, dict[str, float | int]]:
    """Return the timings for a file of results: numbers only, in seconds, by name."""
    first = next(iter(timings.values()))
    return {
        name: {
            "median": round(timing.median, 5),
            "min": round(timing.low, 5),
            "max": round(timing.high, 5),
            "runs": len(timing.seconds),
            "ratio": round(timing.median / first.median, 3),
        }
        for name, timing in timings.items()
    }
