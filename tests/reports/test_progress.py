"""Progress: a bar in a terminal, a line a notebook elsewhere, and never markup."""

import io
from pathlib import Path

import pytest
from rich.console import Console

from analysis.reports.notebooks import Notebook, find_notebooks
from analysis.reports.progress import watch
from analysis.reports.run import Outcome
from tests.reports.toys import CODE, write_notebook


@pytest.fixture
def notebooks(tmp_path: Path) -> list[Notebook]:
    write_notebook(tmp_path / "one.ipynb", (CODE, "1"), (CODE, "2"))
    write_notebook(tmp_path / "two.ipynb", (CODE, "1"))
    return find_notebooks(tmp_path)


def _outcome(notebook: Notebook, error: str = "") -> Outcome:
    return Outcome(notebook, {}, notebook.path, error, 2.04)


def test_lines_where_there_is_no_terminal(notebooks: list[Notebook]) -> None:
    text = io.StringIO()
    with watch(notebooks, Console(file=text, width=20)) as watcher:
        watcher.cell_done(notebooks[0])
        watcher.notebook_done(_outcome(notebooks[0]))
        watcher.notebook_done(_outcome(notebooks[1], "ValueError: [red]no[/red] such column"))
    assert text.getvalue().splitlines() == [
        "one: done (2.0 s)",
        "two: failed: ValueError: [red]no[/red] such column (2.0 s)",
    ]


def test_a_bar_in_a_terminal_ends_full_when_notebooks_stop_early(notebooks: list[Notebook]) -> None:
    text = io.StringIO()
    with watch(notebooks, Console(file=text, force_terminal=True, width=80)) as watcher:
        for _ in range(9):
            watcher.cell_done(notebooks[0])
        watcher.notebook_done(_outcome(notebooks[0]))
        watcher.notebook_done(_outcome(notebooks[1], "stopped"))
    assert "5/5" in text.getvalue()
    assert "6/5" not in text.getvalue()
    assert "two: failed: stopped" in text.getvalue()
