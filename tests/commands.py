"""The command `figures`, run in the process of a test, and what modules import."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import analysis
from analysis.command_line import main


def run_figures(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    """Run the command: its exit status, what it printed, what it complained of."""
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(SystemExit) as ended:
        main([str(word) for word in words])
    signal.signal(signal.SIGTERM, before)
    printed = capsys.readouterr()
    assert isinstance(ended.value.code, int)
    return ended.value.code, printed.out, printed.err


def find_imported(module: str) -> set[str]:
    """Return the names of all modules that are in memory once `module` is imported."""
    source = str(Path(analysis.__file__).parents[1])
    loaded = subprocess.run(
        [sys.executable, "-c", f"import {module}, sys; print(*sys.modules)"],
        env={**os.environ, "PYTHONPATH": source}, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    return set(loaded.split())
