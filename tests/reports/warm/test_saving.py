"""The executed copy is saved when something would be lost otherwise, and not at every cell."""

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import papermill.engines
import pytest

from analysis.reports.warm.fork_server import ForkServer
from tests.reports.warm.running import run_cells


@pytest.fixture
def saved(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What the engine has saved: the states of the cells, a list for each time."""
    times: list[list[str]] = []
    write: Callable[..., None] = papermill.engines.write_ipynb

    def note(nb: Any, path: str) -> None:
        times.append([cell.metadata.papermill["status"] for cell in nb.cells])
        write(nb, path)

    monkeypatch.setattr(papermill.engines, "write_ipynb", note)
    return times


def test_what_ends_well_is_saved_at_the_start_and_by_papermill(
    server: ForkServer, tmp_path: Path, saved: list[list[str]]
) -> None:
    run = run_cells(tmp_path, server.address, "1", "2", seconds_between_saves=math.inf)
    assert saved == [["pending", "pending"]]
    assert run.statuses == ["completed", "completed"]
    assert run.text() == "2"
    assert run.notebook["metadata"]["papermill"]["duration"] > 0


def test_cells_are_saved_as_often_as_one_asks(
    server: ForkServer, tmp_path: Path, saved: list[list[str]]
) -> None:
    run_cells(tmp_path, server.address, "1", "2", seconds_between_saves=0)
    assert saved[1:3] == [["running", "pending"], ["completed", "pending"]]
    assert len(saved) == 5


@pytest.mark.parametrize(
    ("cell", "error"), [("1 / 0", "PapermillExecutionError"), ("os._exit(1)", "DeadKernelError")]
)
def test_a_failure_is_saved_at_once(
    cell: str, error: str, server: ForkServer, tmp_path: Path, saved: list[list[str]]
) -> None:
    cells = "import os", cell, "3"
    run = run_cells(tmp_path, server.address, *cells, seconds_between_saves=math.inf)
    assert run.raised.startswith(error)
    assert saved[0] == ["pending"] * 3
    assert set(map(tuple, saved[1:])) == {("completed", "failed", "pending")}
    assert run.statuses == ["completed", "failed", "pending"]
    assert error != "DeadKernelError" or len(saved) == 3, "papermill saves nothing then"
    assert "DeadKernelError" not in run.raised or "DeadKernelError" in str(run.notebook["cells"])
