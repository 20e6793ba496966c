"""The warm kernels of a worker process: one fork server, from its first report to its end."""

from __future__ import annotations

import atexit
import os
import threading
import warnings
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from analysis.reports.report_engine import ProjectServer

#: Libraries of linear algebra start a thread a core; here the workers fill the cores.
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")


class _Server:
    """The fork server of this process: it starts with its first report, and ends with it."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._server: ProjectServer | None = None
        self._prepared: set[tuple[Path, str]] = set()

    def find(self, casebook: str, notebooks: Sequence[Path]) -> ProjectServer:
        with self._turn:
            if self._server is None:
                os.environ.update(dict.fromkeys(_THREADS, "1"))
                with warnings.catch_warnings():
                    # A worker has nobody to say it to; kernels start cold then.
                    warnings.simplefilter("ignore")
                    self._server = ProjectServer()
            new = {(path, casebook) for path in notebooks} - self._prepared
            if new:
                self._server.prepare(sorted(path for path, _ in new), Path(casebook))
                self._prepared |= new
            return self._server

    def end(self) -> None:
        with self._turn, suppress(OSError):
            if self._server is not None:
                self._server.close()
            self._server, self._prepared = None, set()


_SERVER = _Server()
atexit.register(_SERVER.end)


def find_fork_server(casebook: str, notebooks: Sequence[Path]) -> ProjectServer:
    """Return the fork server of this process; without an address where kernels start cold.

    Parameters
    ----------
    casebook : str
        The folder of the tables that are read before the next fork.
    notebooks : sequence of Path
        What will run: what it imports is there before that.
    """
    return _SERVER.find(casebook, notebooks)
