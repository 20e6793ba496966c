"""How far a report is: a bar in a terminal, a line a notebook elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from analysis.reports.notebooks import Notebook
from analysis.reports.run import Outcome, Watcher


class _Bar:
    def __init__(self, progress: Progress, notebooks: Sequence[Notebook]) -> None:
        self._progress = progress
        # papermill adds a cell with the parameters given.
        self._cells = {n.name: n.code_cells + 1 for n in notebooks}
        self._seen = dict.fromkeys(self._cells, 0)
        self._task = progress.add_task("Running notebooks", total=sum(self._cells.values()))

    def cell_done(self, notebook: Notebook) -> None:
        self._move(notebook, self._seen[notebook.name] + 1)

    def notebook_done(self, outcome: Outcome) -> None:
        # A notebook that stopped early, or had no parameters given, is done all the same.
        self._move(outcome.notebook, self._cells[outcome.notebook.name])
        self._progress.console.print(_say(outcome), highlight=False, markup=False)

    def kernel_died(self, notebook: Notebook) -> None:
        self._progress.console.print(_say_died(notebook), highlight=False, markup=False)

    def _move(self, notebook: Notebook, cells: int) -> None:
        cells = min(cells, self._cells[notebook.name])
        self._progress.advance(self._task, cells - self._seen[notebook.name])
        self._seen[notebook.name] = cells


class _Lines:
    def __init__(self, console: Console) -> None:
        self._console = console

    def cell_done(self, notebook: Notebook) -> None:
        pass

    def notebook_done(self, outcome: Outcome) -> None:
        self._console.print(_say(outcome), highlight=False, markup=False, soft_wrap=True)

    def kernel_died(self, notebook: Notebook) -> None:
        words = _say_died(notebook)
        self._console.print(words, highlight=False, markup=False, soft_wrap=True)


@contextmanager
def watch(notebooks: Sequence[Notebook], console: Console) -> Iterator[Watcher]:
    """Show on `console` how far the notebooks are, as long as the context lasts."""
    if not console.is_terminal:
        yield _Lines(console)
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("cells"),
    )
    with Progress(*columns, TimeElapsedColumn(), console=console, transient=True) as progress:
        yield _Bar(progress, notebooks)


def _say_died(notebook: Notebook) -> str:
    return f"{notebook.name}: its kernel died; it is run once more"


def _say(outcome: Outcome) -> str:
    end = f"failed: {outcome.error}" if outcome.error else "done"
    return f"{outcome.notebook.name}: {end} ({outcome.seconds:.1f} s)"
