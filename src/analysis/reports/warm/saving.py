"""The executed copy of a notebook, saved now and then and not at each cell's start and end."""

from __future__ import annotations

from typing import Any

from papermill.engines import NotebookExecutionManager


class SparingManager(NotebookExecutionManager):  # type: ignore[misc]
    """Saves at the start, at a failure, at the end, and now and then between them.

    papermill writes and checks the whole notebook twice a cell, which takes longer with each
    cell that has run.

    What became of a cell stands in its metadata as papermill writes it, but for a cell that did
    not come to its end: papermill calls it completed, and here it is failed, as those after it
    are pending.
    """

    _may_wait = False

    def __init__(self, nb: Any, *, seconds_between_saves: float, **options: Any) -> None:
        super().__init__(nb, **options)
        self._seconds_between_saves = seconds_between_saves

    def save(self, **kwargs: Any) -> None:
        """Save, unless that was done a short while ago and can wait."""
        if self._may_wait:
            since = (self.now() - self.last_save_time).total_seconds()
            if since < self._seconds_between_saves:
                return
        super().save(**kwargs)

    def cell_start(self, cell: Any, cell_index: int | None = None, **kwargs: Any) -> None:
        """Note that a cell starts."""
        self._sparingly(super().cell_start, cell, cell_index, **kwargs)

    def cell_complete(self, cell: Any, cell_index: int | None = None, **kwargs: Any) -> None:
        """Note that a cell has ended; a failed one is saved at once."""
        if cell.metadata.papermill["status"] == self.FAILED:
            super().cell_complete(cell, cell_index, **kwargs)
        else:
            self._sparingly(super().cell_complete, cell, cell_index, **kwargs)

    def _sparingly(self, step: Any, *arguments: Any, **kwargs: Any) -> None:
        self._may_wait = True
        try:
            step(*arguments, **kwargs)
        finally:
            self._may_wait = False
