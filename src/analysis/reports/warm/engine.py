"""The engine `warm` of papermill: notebooks run in kernels that are forked, not started.

Any papermill can use it, once this package is installed beside it:

    papermill --engine warm in.ipynb out.ipynb
    papermill.execute_notebook("in.ipynb", "out.ipynb", engine_name="warm")

Cells run in ipykernel, and nbclient and papermill handle their messages: the executed copy is
that of the default engine, and so are what papermill raises and what is on the disk after it.
Where nothing can be forked the default engine runs it, or the kernel starts cold, and a line
says why. What differs:

- A cell in which the kernel died, that took too long or was ended by Ctrl-C is marked as failed,
  with the error and where it was, and those after it as pending; papermill calls them completed.
- A cell that hangs is interrupted before its kernel is killed, so that its copy has the traceback
  of where it was; how deep a recursion goes before Python ends it differs by the frames of the
  server, and with it the number of lines that its traceback repeats.
- The copy is saved at the start, at a failure, at the end and every two seconds, not twice a cell.
- What the server has imported is in `sys.modules` from the start, with the warning filters that
  libraries set up; memory, module counts and the times of imports show it.
- Linear algebra runs in one thread. Where PYTHONHASHSEED is not set all kernels of a server
  share the seed of `hash`, and with it the order of sets.
- Sockets in a private folder are used, not ports; `ps` shows the command of the server.
- An idle kernel is not interrupted before it ends, and what it leaves running in its process
  group is killed after it. Objects are finalized with their modules still there, and generators
  that were left half-way do not go on.
- Limits, priority, umask and open terminals are those of the moment when the server started.

Nothing of papermill is imported before it is needed: papermill loads this module as it is itself
imported, and may be imported by it.
"""

from __future__ import annotations

import atexit
import logging
import os
import threading
from typing import Any

from analysis.reports.warm.fork_server import ForkServer
from analysis.reports.warm.forked_process import CannotFork


class WarmEngine:
    """Runs a notebook in a forked kernel; see the module.

    Options beside those of papermill's default engine: `fork_server`, the address of a server
    that runs already; without it one is started at the first notebook, and serves this process;
    and `seconds_between_saves`, while cells run.
    """

    @classmethod
    def execute_notebook(
        cls,
        nb: Any,
        kernel_name: str,
        output_path: str | None = None,
        progress_bar: bool | dict[str, Any] = True,
        log_output: bool = False,
        autosave_cell_every: int = 30,
        fork_server: str = "",
        seconds_between_saves: float = 2.0,
        **kwargs: Any,
    ) -> Any:
        """Run `nb` and return it; parameters are those of papermill's engines."""
        from papermill.engines import NBClientEngine

        from analysis.reports.warm.client import execute
        from analysis.reports.warm.saving import SparingManager

        try:
            address = fork_server or own_address()
        except (CannotFork, OSError) as reason:
            logging.getLogger("papermill").warning("The warm engine is not used: %s.", reason)
            given = (nb, kernel_name, output_path, progress_bar, log_output, autosave_cell_every)
            return NBClientEngine.execute_notebook(*given, **kwargs)
        manager = SparingManager(
            nb,
            output_path=output_path,
            progress_bar=progress_bar,
            log_output=log_output,
            autosave_cell_every=autosave_cell_every,
            seconds_between_saves=seconds_between_saves,
        )
        manager.notebook_start()
        try:
            execute(manager, kernel_name, address, log_output=log_output, **kwargs)
            # What is returned papermill saves next, whatever its engine has saved.
            manager.output_path = None
        finally:
            manager.cleanup_pbar()
            manager.notebook_complete()
        return manager.nb

    @staticmethod
    def nb_kernel_name(nb: Any, name: str | None = None) -> str:
        """Return the name of the kernel that `nb` asks for."""
        from papermill.utils import nb_kernel_name

        return str(nb_kernel_name(nb, name))

    @staticmethod
    def nb_language(nb: Any, language: str | None = None) -> str:
        """Return the language of `nb`."""
        from papermill.utils import nb_language

        return str(nb_language(nb, language))


_own: ForkServer | None = None
_starting = threading.Lock()


def own_address() -> str:
    """Return the address of the fork server of this process; it is started where there is none.

    Raises
    ------
    CannotFork
        This system cannot.
    """
    global _own
    with _starting:
        if _own is None or not _own.is_alive:
            if _own is not None:
                _own.close()
            _own = ForkServer()
            atexit.register(_own.close)
        return _own.address


def _forget() -> None:
    """A process forked from this one has no fork server: its parent's is not its to end."""
    global _own, _starting
    _own, _starting = None, threading.Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
