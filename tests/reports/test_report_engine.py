"""The engine of reports: what it saves tells no folder, and is read once."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import analysis
from analysis.reports.notebooks import Notebook, read_notebook
from analysis.reports.run import Outcome, run_notebooks
from analysis.reports.warm.fork_server import ForkServer
from tests.reports.toys import CODE, write_notebook

#: What a cell finds on the disk while it runs.
LOOK = """\
import json, os
record = json.load(open("toy.ipynb", encoding="utf-8"))["metadata"]["papermill"]
print(record["input_path"], record["output_path"])
"""


class _Silent:
    def cell_done(self, notebook: Notebook) -> None:
        pass

    def kernel_died(self, notebook: Notebook) -> None:
        pass

    def notebook_done(self, outcome: Outcome) -> None:
        pass


@pytest.fixture(scope="module", params=["cold", "warm"])
def address(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a fork server with a kernel alone, or none."""
    if request.param == "cold":
        yield ""
    elif sys.platform != "linux":
        pytest.skip("nothing is forked here")
    else:
        server = ForkServer(())
        yield server.address
        server.close()


@pytest.mark.parametrize(
    ("last", "error"),
    [("1", ""), ("1 / 0", "ZeroDivisionError"), ("os._exit(1)", "DeadKernelError")],
)
def test_no_copy_tells_a_folder_however_it_ends(
    last: str, error: str, address: str, tmp_path: Path
) -> None:
    notebook = read_notebook(write_notebook(tmp_path / "toy.ipynb", (CODE, LOOK), (CODE, last)))
    folder = tmp_path / "a {place}"
    (outcome,) = run_notebooks([notebook], {}, folder, _Silent(), fork_server=address)
    assert outcome.error.partition(":")[0] == error
    text = outcome.executed.read_text("utf-8")
    record = json.loads(text)["metadata"]["papermill"]
    assert (record["input_path"], record["output_path"]) == ("toy.ipynb", "toy.ipynb")
    assert text.endswith("}\n")
    (looked,) = (cell for cell in outcome.cells if "".join(cell["source"]) == LOOK)
    assert looked["outputs"][0]["text"] == ["toy.ipynb toy.ipynb\n"]


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
raise OSError(f"cannot write {pathlib.Path('a.csv').absolute()} by {analysis.__file__}")
"""


def test_what_is_said_tells_no_folder_of_the_installation(address: str, tmp_path: Path) -> None:
    notebook = read_notebook(write_notebook(tmp_path / "toy.ipynb", (CODE, SAYING)))
    folder = tmp_path / "draft" / "notebooks"
    (outcome,) = run_notebooks([notebook], {}, folder, _Silent(), fork_server=address)
    said = "cannot write notebooks/a.csv by analysis/__init__.py"
    assert outcome.error == f"OSError: {said}"
    text = outcome.executed.read_text("utf-8")
    assert "analysis/__init__.py:1: UserWarning: a letter is missing" in text
    for place in (Path(analysis.__file__).parents[1], sys.prefix, tmp_path):
        assert f"{place}/" not in text
    json.loads(text)
