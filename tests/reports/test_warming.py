"""What a fork server reads ahead: what the notebooks that will run import, and no more."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.reports.notebooks import NOTEBOOKS
from analysis.reports.warming import find_imports

LOOK = """
import json, sys
from analysis.reports.warming import warm_up
from analysis.tables import claims
warm_up(sys.argv[1])
read = claims._read_once.cache_info().currsize
print(json.dumps([sorted(name for name in sys.modules if name.startswith("analysis.")), read]))
"""


def _write(path: Path, *cells: tuple[str, str]) -> Path:
    made = [{"cell_type": kind, "source": [source]} for kind, source in cells]
    path.write_text(json.dumps({"cells": made}), encoding="utf-8")
    return path


def test_modules_are_found_in_code_cells_alone(tmp_path: Path) -> None:
    one = _write(
        tmp_path / "one.ipynb",
        ("code", "from analysis.votes.table import chart_votes as c\nimport pandas"),
        ("markdown", "import analysis.statements.talks"),
        ("code", "!ls\nimport analysis.statements.places"),
        ("code", "if 1:\n    import analysis.claims.prose, os\nfrom . import x\nimport analysisx"),
    )
    broken = tmp_path / "broken.ipynb"
    broken.write_text("{", encoding="utf-8")
    paths = [one, broken, tmp_path / "gone.ipynb"]
    assert find_imports(paths) == ["analysis.claims.prose", "analysis.votes.table:chart_votes"]


def test_each_notebook_of_the_project_imports_something_that_is_found() -> None:
    for path in NOTEBOOKS.glob("*.ipynb"):
        assert find_imports([path])


@pytest.mark.parametrize("with_casebook", [True, False])
def test_only_the_tables_that_will_be_asked_for_are_read(
    tmp_path: Path, with_casebook: bool
) -> None:
    data = str(NOTEBOOKS.parent / "data") if with_casebook else ""
    cell = ("code", "import analysis.votes.table, analysis.no_such_module")
    told = {"notebooks": [str(_write(tmp_path / "a.ipynb", cell))], "casebook": data}
    ran = subprocess.run(
        [sys.executable, "-c", LOOK, json.dumps(told)], capture_output=True, text=True, check=True
    )
    modules, read = json.loads(ran.stdout)
    assert "analysis.votes.table" in modules
    assert "analysis.casualties.table" not in modules
    assert read in range(1, 5) if with_casebook else read == 0  # of some fifteen
