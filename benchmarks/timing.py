"""Seconds of a command from start to end, and what it and all that it starts take of processors."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

#: The command `figures`, of this checkout.
FIGURES = (sys.executable, "-c", "from analysis.command_line import main; main()")


@dataclass(frozen=True)
class Run:
    """One run.

    Attributes
    ----------
    seconds : float
        By the clock.
    cpu : float
        Seconds of processors, of the command and of every process it has started and waited for.
    output : str
        What it printed.
    """

    seconds: float
    cpu: float
    output: str


@dataclass(frozen=True)
class Timing:
    """Runs of the same thing, or what is worked out from them."""

    seconds: tuple[float, ...]
    cpu: tuple[float, ...]

    @property
    def median(self) -> float:
        """The median by the clock."""
        return statistics.median(self.seconds)

    @property
    def least(self) -> float:
        """The least of the processors: what others do on the machine only adds to it."""
        return min(self.cpu)


def run(command: Sequence[str], **variables: str) -> Run:
    """Run a command of this checkout, with further variables, and wait for its end.

    Raises
    ------
    SystemExit
        It failed.
    """
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")} | variables
    before, start = os.times(), time.perf_counter()
    ended = subprocess.run(
        command, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL, cwd=ROOT
    )
    seconds, after = time.perf_counter() - start, os.times()
    if ended.returncode:
        raise SystemExit(f"{' '.join(command[:6])} … failed:\n{ended.stderr[-2000:]}")
    cpu = after.children_user + after.children_system
    return Run(seconds, cpu - before.children_user - before.children_system, ended.stdout)
