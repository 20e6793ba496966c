"""A notebook comes out of a warm kernel as it comes out of papermill's default engine."""

from collections import Counter
from pathlib import Path

import pytest

from analysis.reports.warm.fork_server import ForkServer
from tests.reports.warm import nasty
from tests.reports.warm.running import COLD, Run, mask, run_cells, run_nasty

PENDING, COMPLETED, FAILED = "pending", "completed", "failed"


def _files(folder: Path) -> dict[str, bytes]:
    """What a run has left in its folder, beside the notebooks."""
    return {
        path.name: path.read_bytes()
        for path in folder.iterdir()
        if path.is_file() and path.suffix != ".ipynb"
    }


@pytest.mark.parametrize("name", ["outputs", "charts", "facts", "stops", "leaves"])
def test_a_nasty_notebook_comes_out_the_same(name: str, server: ForkServer, tmp_path: Path) -> None:
    folders = tmp_path / "cold" / name, tmp_path / "warm" / name
    cold = run_nasty(folders[0], name, COLD)
    warm = run_nasty(folders[1], name, server.address)
    assert warm.raised.replace(str(folders[1]), "") == cold.raised.replace(str(folders[0]), "")
    expected, got = mask(cold, folders[0]), mask(warm, folders[1])
    for number, (cell, other) in enumerate(zip(expected, got, strict=True)):
        assert other == cell, f"cell {number}"
    assert len([cell for cell in warm.notebook["cells"] if cell.get("outputs")]) > 0
    assert _files(folders[1]) == _files(folders[0])
    check = {"outputs": _check_outputs, "facts": _check_facts, "stops": _check_stop}
    check.get(name, lambda *_: None)(cold, warm, folders[1])


def _check_outputs(cold: Run, warm: Run, folder: Path) -> None:
    """That the comparison has compared something, and that the end came after all was written."""
    assert set(warm.statuses) == {COMPLETED}
    files = _files(folder)
    assert files["at_exit.txt"] == b"done"
    assert files["unclosed.txt"] == b"waits in memory"
    assert files["module.log"] == b"written by a module"
    assert files["farewell.txt"] == b"good bye" * 2
    assert not list(folder.glob("temporary-*")) + list(folder.glob("folder-*"))


def _check_facts(cold: Run, warm: Run, folder: Path) -> None:
    """That no file of the server is open in its kernels."""
    at = next(n for n, cell in enumerate(nasty.FACTS) if "/proc/self/fd" in cell)
    leaked = Counter(warm.text(at).split()) - Counter(cold.text(at).split())
    assert not leaked


def _check_stop(cold: Run, warm: Run, folder: Path) -> None:
    assert warm.statuses == [COMPLETED, FAILED, PENDING]
    assert "papermill-error-cell" in str(warm.notebook["cells"])


def test_a_folder_in_which_a_library_would_be_another_starts_cold(
    server: ForkServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "pandas.py").write_text("shadow = True\n", encoding="utf-8")
    run = run_cells(tmp_path, server.address, "import pandas; pandas.shadow")
    assert run.text() == "True"
    assert "starts cold: its folder has a module called pandas" in caplog.text
