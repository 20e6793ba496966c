"""The fork server of the project's own notebooks: started first, told later what they need."""

from __future__ import annotations

import json
import logging
import os
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from analysis.reports.kernel_environment import kernel_environment
from analysis.reports.temporary import check_room, sweep_folders
from analysis.reports.warm.fork_server import LIBRARIES, ForkServer
from analysis.reports.warm.forked_process import CannotFork


class ProjectServer:
    """A fork server that has the project's modules and tables in memory before it forks.

    It imports the libraries at once, while the one who started it still finds out which
    notebooks there are. A kernel imports the modules again when one has changed on the disk
    since; a notebook reads a table again that has changed.

    `address`: its address; "" where nothing can be forked, and notebooks start cold.
    """

    def __init__(self) -> None:
        sweep_folders()
        self.address = ""
        self._server: ForkServer | None = None
        self._told: list[str] = []
        self._turn = threading.Lock()
        try:
            environment = os.environ | kernel_environment()
            self._server = ForkServer(LIBRARIES, "analysis", environment)
            self.address = self._server.address
        except (CannotFork, OSError) as reason:
            logging.getLogger("analysis").warning("notebooks start cold: %s", reason)

    def prepare(self, notebooks: Iterable[Path], casebook: Path | None = None) -> None:
        """Have the modules imported that `notebooks` import, before the next kernel is forked.

        `casebook`: its tables of those modules are read as well.
        """
        if self._server is not None:
            told = {
                "notebooks": [str(path.resolve()) for path in notebooks],
                "casebook": str(casebook.resolve()) if casebook else "",
            }
            self._told.append(f"analysis.reports.warming:warm_up={json.dumps(told)}")
            self._server.preload(self._told[-1:])

    def revive(self) -> bool:
        """Start it again if it has died, with all that it had ready; return whether it had."""
        with self._turn:
            if self._server is None or not self._server.has_died:
                return False
            self._server.restart()
            if self._told:
                self._server.preload(self._told)
            return True

    def close(self) -> None:
        """End it, and all its kernels."""
        if self._server is not None:
            self._server.close()


@contextmanager
def open_project_server() -> Iterator[ProjectServer]:
    """Give a fork server for the project's notebooks, and end it.

    Raises `OSError`: there is no room for it (see `check_room`).
    """
    check_room()
    server = ProjectServer()
    try:
        yield server
    finally:
        server.close()
