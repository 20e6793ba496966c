"""A night of reports on a cluster, simulated: workers that take jobs one by one, and some that die.

Nothing is run. What goes in, how long a report takes and what the scheduler needs for a job, is
measured by `scheduler_load.py`. The same seed gives the same night.
"""

from __future__ import annotations

import heapq
import random
from dataclasses import dataclass

#: The night of docs/scale.md.
REPORTS, HOURS = 100_000, 8.0


@dataclass(frozen=True)
class Night:
    """What is simulated.

    Attributes
    ----------
    reports : int
        Reports to be made.
    workers : int
        Workers; each makes one report at a time.
    seconds : float
        Mean time of a report, with its upload, in seconds.
    spread : float
        Standard deviation of that time by its mean; times are gamma distributed.
    handing_out : float
        Seconds for which the scheduler and the client are busy with one job; they are one queue.
    deaths_an_hour : float
        Deaths of workers in the whole cluster, at random.
    returns_after : float
        Seconds until a dead worker is back, and has a warm fork server again.
    tries : int
        A report whose worker dies so often has failed.
    seed : int
        Of the random numbers.
    """

    reports: int = REPORTS
    workers: int = 30
    seconds: float = 3.0
    spread: float = 0.5
    handing_out: float = 0.005
    deaths_an_hour: float = 0.0
    returns_after: float = 20.0
    tries: int = 2
    seed: int = 1


@dataclass(frozen=True)
class Course:
    """How a night went.

    Attributes
    ----------
    hours : float
        Until the last report.
    busy : float
        Share of the workers' time in which reports were made that were of use.
    scheduler_busy : float
        Share of the time in which the scheduler and the client were busy.
    repeated : int
        Reports begun again because their worker died.
    failed : int
        Reports given up.
    """

    hours: float
    busy: float
    scheduler_busy: float
    repeated: int
    failed: int


def simulate(night: Night) -> Course:
    """Return how `night` goes."""
    dice = random.Random(night.seed)
    shape = 1 / night.spread**2
    death_rate = night.deaths_an_hour / 3600 / night.workers  # of one worker, a second
    waiting: list[int] = []  # reports whose worker died, with their tries so far
    fresh = night.reports
    useful = busy_scheduler = scheduler_free = end = 0.0
    repeated = failed = 0
    # (time at which a worker is free, its number)
    free = [(0.0, worker) for worker in range(night.workers)]
    heapq.heapify(free)
    while fresh or waiting:
        now, worker = heapq.heappop(free)
        tries = waiting.pop() if waiting else 0
        fresh -= tries == 0
        # One queue for all: a job is handed out when those before it have been.
        begins = max(now, scheduler_free) + night.handing_out
        scheduler_free = begins
        busy_scheduler += night.handing_out
        takes = dice.gammavariate(shape, night.seconds / shape)
        lives = dice.expovariate(death_rate) if death_rate else float("inf")
        if lives >= takes:
            useful += takes
            end = max(end, begins + takes)
            heapq.heappush(free, (begins + takes, worker))
            continue
        if tries + 1 < night.tries:
            waiting.append(tries + 1)
            repeated += 1
        else:
            failed += 1
        end = max(end, begins + lives)
        heapq.heappush(free, (begins + lives + night.returns_after, worker))
    return Course(
        end / 3600, useful / (night.workers * end), busy_scheduler / end, repeated, failed
    )


def find_workers(night: Night, hours: float = HOURS) -> int:
    """Return the fewest workers with which `night` takes `hours` at most, whatever they say."""
    few, many = 0, 1
    while simulate(_with(night, many)).hours > hours:
        few, many = many, many * 2
        if many > night.reports:
            raise ValueError(f"no number of workers makes {night.reports:,} reports in {hours} h")
    while many - few > 1:
        middle = (few + many) // 2
        if simulate(_with(night, middle)).hours > hours:
            few = middle
        else:
            many = middle
    return many


def _with(night: Night, workers: int) -> Night:
    return Night(**{**vars(night), "workers": workers})
