"""How far a report is: a bar in a terminal, a line a notebook elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from analysis.reports.notebooks import Notebook
from analysis.reports.run import Outcome, Watcher


class _Lines(Watcher):
    def __init__(self, console: Console) -> None:
        self._console = console

    def notebook_done(self, outcome: Outcome) -> None:
        end = f"failed: {outcome.error}" if outcome.error else "done"
        self.note(outcome.notebook, f"{end} ({outcome.seconds:.1f} s)")

    def note(self, notebook: Notebook, words: str) -> None:
        line = f"{notebook.name}: {words}"
        self._console.print(line, highlight=False, markup=False, soft_wrap=True)


class _Bar(_Lines):
    def __init__(self, progress: Progress, notebooks: Sequence[Notebook]) -> None:
        super().__init__(progress.console)
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
        super().notebook_done(outcome)

    def _move(self, notebook: Notebook, cells: int) -> None:
        cells = min(cells, self._cells[notebook.name])
        self._progress.advance(self._task, cells - self._seen[notebook.name])
        self._seen[notebook.name] = cells


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
