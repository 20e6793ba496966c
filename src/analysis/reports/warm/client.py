"""The one who talks to a warm kernel: papermill's client, with more to say when a kernel dies."""

from __future__ import annotations

import asyncio
from typing import Any

from jupyter_client.manager import AsyncKernelManager
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat.v4 import new_output
from papermill.clientwrap import PapermillNotebookClient
from papermill.log import logger
from papermill.utils import merge_kwargs, remove_args

from analysis.reports.warm.provisioner import forked
from analysis.reports.warm.saving import SparingManager

#: Seconds for a cell that took too long to say where it was, before its kernel is killed.
_LAST_WORDS = 2.0


class WarmClient(PapermillNotebookClient):  # type: ignore[misc]
    """Runs cells as papermill does, and marks the one that did not come to its end."""

    _epitaph: tuple[int, Any] | None = None

    def execute(self, **kwargs: Any) -> Any:
        """Run the cells; what a cell says as its kernel ends stands before what is said of it."""
        try:
            return super().execute(**kwargs)
        finally:
            if self._epitaph is not None:
                index, said = self._epitaph
                self.nb.cells[index].outputs.append(said)

    def papermill_execute_cells(self) -> None:
        """Run the cells in their order up to the first that fails."""
        self.km.idle = False
        for index, cell in enumerate(self.nb.cells):
            try:
                self.nb_man.cell_start(cell, index)
                self.execute_cell(cell, index)
            except CellExecutionError as problem:
                self.nb_man.cell_exception(self.nb.cells[index], index, exception=problem)
                break
            except BaseException as problem:
                self.nb_man.cell_exception(self.nb.cells[index], index, exception=problem)
                if isinstance(problem, (CellTimeoutError, DeadKernelError)):
                    words = str(problem).strip()
                    said = new_output(  # type: ignore[no-untyped-call]
                        "error", ename=type(problem).__name__, evalue=words, traceback=[words]
                    )
                    self._epitaph = (index, said)
                raise
            finally:
                self.nb_man.cell_complete(self.nb.cells[index], index)
        self.km.idle = True

    async def _async_handle_timeout(self, timeout: int, cell: Any = None) -> Any:
        """Interrupt first: a cell that is killed cannot say where it was."""
        if not self.interrupt_on_timeout and cell is not None and self.km is not None:
            await self.km.interrupt_kernel()
            for _ in range(int(_LAST_WORDS / 0.05)):
                if any(output.output_type == "error" for output in cell.outputs):
                    break
                await asyncio.sleep(0.05)
        return await super()._async_handle_timeout(timeout, cell)


def execute(
    nb_man: SparingManager,
    kernel_name: str,
    address: str,
    log_output: bool = False,
    stdout_file: Any = None,
    stderr_file: Any = None,
    start_timeout: int = 60,
    execution_timeout: int | None = None,
    kernel_manager_class: type[AsyncKernelManager] = AsyncKernelManager,
    **kwargs: Any,
) -> None:
    """Run the cells in a kernel of the server at `address`.

    The other parameters are those of papermill's default engine.
    """
    options = merge_kwargs(
        remove_args(["input_path", "timeout", "startup_timeout"], **kwargs),
        timeout=execution_timeout or kwargs.get("timeout"),
        startup_timeout=start_timeout,
        kernel_name=kernel_name,
        log=logger,
        log_output=log_output,
        stdout_file=stdout_file,
        stderr_file=stderr_file,
        kernel_manager_class=forked(kernel_manager_class, address),
    )
    WarmClient(nb_man, **options).execute()
