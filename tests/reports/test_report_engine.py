"""The engine of reports: what it saves tells no folder, and is read once."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import analysis
from analysis.reports.kernel_environment import kernel_environment
from analysis.reports.notebooks import Notebook, read_notebook
from analysis.reports.run import Outcome, Watcher, run_notebooks
from analysis.reports.warm.fork_server import ForkServer
from tests.reports.toys import CODE, write_notebook


@pytest.fixture(scope="module", params=["cold", "warm"])
def address(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a fork server with a kernel alone, or none."""
    if request.param == "cold":
        yield ""
    elif sys.platform != "linux":
        pytest.skip("nothing is forked here")
    else:
        server = ForkServer((), environment=os.environ | kernel_environment())
        yield server.address
        server.close()


ENDS = [
    ("1", "", ["completed"] * 3),
    ("1 / 0", "ZeroDivisionError", ["completed", "failed", "pending"]),
    ("os._exit(1)", "DeadKernelError", ["completed", "failed", "pending"]),
    ("bytearray(30 * 10**9)", "MemoryError", ["completed", "failed", "pending"]),
    ("import time; time.sleep(60)", "CellTimeoutError", ["completed", "failed", "pending"]),
]


@pytest.mark.parametrize(("last", "error", "statuses"), ENDS)
def test_the_copy_says_where_it_ended_and_tells_no_folder(
    last: str, error: str, statuses: list[str], address: str, tmp_path: Path
) -> None:
    cells = [(CODE, "import os"), (CODE, last), (CODE, "2")]
    notebook = read_notebook(write_notebook(tmp_path / "toy.ipynb", *cells))
    folder = tmp_path / "a {place}"
    seconds = 1 if "Timeout" in error else None
    (outcome,) = run_notebooks(
        [notebook], {}, folder, Watcher(), fork_server=address, seconds=seconds, memory=2
    )
    assert outcome.error.partition(":")[0] == error
    text = outcome.executed.read_text("utf-8")
    record = json.loads(text)["metadata"]["papermill"]
    assert (record["input_path"], record["output_path"]) == ("toy.ipynb", "toy.ipynb")
    assert bool(record["exception"]) == bool(error)
    # papermill puts a mark at the top, and one above the cell that failed.
    ran = [cell for cell in outcome.cells if cell["cell_type"] == "code"]
    assert [cell["metadata"]["papermill"]["status"] for cell in ran] == statuses
    said = [out.get("ename") for cell in ran for out in cell["outputs"] if "ename" in out]
    hung = "Timeout" in error
    assert said == ([error, "KeyboardInterrupt"] if hung else [error][: len(error)])


def test_the_copy_is_read_once(tmp_path: Path) -> None:
    path = write_notebook(tmp_path / "toy.ipynb", (CODE, "1"))
    outcome = Outcome(read_notebook(path), {}, path, "", 0)
    cells = outcome.cells
    assert [cell["source"] for cell in cells] == [["1"]]
    path.unlink()
    assert outcome.cells is cells
    assert Outcome(outcome.notebook, {}, path, "never started", 0).cells == []


#: What a library and a cell may say of where they are.
SAYING = """\
import pathlib, sys, warnings
import analysis, pandas
for module in (analysis, pandas):
    warnings.warn_explicit("a letter is missing", UserWarning, module.__file__, 1)
warnings.warn("of this cell")
raise OSError(f"cannot write {pathlib.Path('a.csv').absolute()} by {analysis.__file__}")
"""


def test_what_is_said_tells_no_folder_of_the_installation(address: str, tmp_path: Path) -> None:
    notebook = read_notebook(write_notebook(tmp_path / "toy.ipynb", (CODE, SAYING)))
    folder = tmp_path / "draft" / "notebooks"
    (outcome,) = run_notebooks([notebook], {}, folder, Watcher(), fork_server=address)
    said = "cannot write notebooks/a.csv by analysis/__init__.py"
    assert outcome.error == f"OSError: {said}"
    text = outcome.executed.read_text("utf-8")
    assert "analysis/__init__.py:1: UserWarning: a letter is missing" in text
    assert re.search(r'"\d+\.py:5: UserWarning: of this cell', text)
    for place in (Path(analysis.__file__).parents[1], sys.prefix, tmp_path):
        assert f"{place}/" not in text
    json.loads(text)


#: A cell that ends the fork server, and its own kernel with it, the first time.
ENDS_SERVER = """\
import os, pathlib, signal, time
if "warm" in pathlib.Path(f"/proc/{os.getppid()}/cmdline").read_text() and not (
    pathlib.Path("../once").exists()
):
    pathlib.Path("../once").touch()
    os.kill(os.getppid(), signal.SIGKILL)
    time.sleep(60)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="nothing is forked here")
def test_a_fork_server_that_died_is_started_again_said_and_the_notebook_run_once_more(
    tmp_path: Path,
) -> None:
    told = []

    class Told(Watcher):
        def note(self, notebook: Notebook, words: str) -> None:
            told.append(f"{notebook.name}: {words}")

    def revive() -> bool:
        if not server.has_died:
            return False
        server.restart()
        return True

    notebook = read_notebook(write_notebook(tmp_path / "toy.ipynb", (CODE, ENDS_SERVER)))
    server = ForkServer((), environment=os.environ | kernel_environment())
    try:
        (outcome,) = run_notebooks(
            [notebook], {}, tmp_path / "run", Told(), fork_server=server.address, revive=revive
        )
    finally:
        server.close()
    assert outcome.error == ""
    assert told == [
        "toy: its kernel died; it is run once more",
        "toy: the fork server had died; it was started again",
    ]


def test_a_server_starts_before_anything_heavy_and_a_report_needs_no_matplotlib() -> None:
    code = (
        "import sys, analysis.command_line, analysis.reports.report_engine\n"
        "print([name for name in ('pandas', 'pydantic', 'papermill') if name in sys.modules])\n"
        "import analysis.reports.assembling\n"
        "print([name for name in ('matplotlib', 'IPython') if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split("\n")[:2] == ["[]", "[]"]
