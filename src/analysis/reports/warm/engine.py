"""The engine `warm` of papermill: notebooks run in kernels that are forked, not started.

Any papermill can use it, once this package is installed beside it:

    papermill --engine warm in.ipynb out.ipynb
    papermill.execute_notebook("in.ipynb", "out.ipynb", engine_name="warm")

Cells run in ipykernel, and papermill's own engine runs them and saves: only the kernel comes from
elsewhere. Where nothing can be forked that kernel starts cold too, and a line says why. What
cells can tell of it:

- How deep a recursion goes before Python ends it differs by the frames of the server, and with
  it the number of lines that its traceback repeats.
- What the server has imported is in `sys.modules` from the start, with the warning filters that
  libraries set up; memory, module counts and the times of imports show it.
- Linear algebra runs in one thread. Where PYTHONHASHSEED is not set all kernels of a server
  share the seed of `hash`, and with it the order of sets.
- Sockets in a private folder are used, not ports; `ps` shows the command of the server.
- A kernel is not interrupted before it ends, and what it leaves running in its process group is
  killed after it. Objects are finalized with their modules still there, and generators
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
    """Papermill's own engine with a forked kernel; see the module.

    `fork_server` is the address of a server that runs already; without it one is started at the
    first notebook, and serves this process.
    """

    @classmethod
    def execute_notebook(
        cls, nb: Any, kernel_name: str, *arguments: Any, fork_server: str = "", **options: Any
    ) -> Any:
        """Run `nb` and return it; the other parameters are those of papermill's own engine."""
        from jupyter_client.manager import AsyncKernelManager
        from papermill.engines import NBClientEngine

        try:
            address = fork_server or own_address()
        except (CannotFork, OSError) as reason:
            logging.getLogger("papermill").warning("The warm engine is not used: %s.", reason)
        else:
            from analysis.reports.warm.provisioner import forked

            manager = options.get("kernel_manager_class", AsyncKernelManager)
            options["kernel_manager_class"] = forked(manager, address)
        return NBClientEngine.execute_notebook(nb, kernel_name, *arguments, **options)

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

    Raises `CannotFork`: this system cannot.
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
