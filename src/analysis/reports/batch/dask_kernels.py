"""The warm kernels of a worker process: one fork server, from its first report to its end."""

from __future__ import annotations

import atexit
import os
import socket
import threading
import warnings
from contextlib import ExitStack, suppress
from pathlib import Path

from analysis.reports.warm import open_fork_server

#: Libraries of linear algebra start a thread a core; here the workers fill the cores.
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")


class _Server:
    """The fork server of this process: it starts with its first report, and ends with it."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._stack: ExitStack | None = None
        self._address = ""

    def find(self, casebook: str) -> str:
        with self._turn:
            if self._address and not _answers(self._address):
                self._end()
            if self._stack is None:
                os.environ.update(dict.fromkeys(_THREADS, "1"))
                self._stack = ExitStack()
                with warnings.catch_warnings():
                    # A worker has nobody to say it to; kernels start cold then.
                    warnings.simplefilter("ignore")
                    server = open_fork_server(Path(casebook))
                    self._address = self._stack.enter_context(server)
            return self._address

    def end(self) -> None:
        with self._turn:
            self._end()

    def _end(self) -> None:
        if self._stack is not None:
            with suppress(OSError):
                self._stack.close()
        self._stack, self._address = None, ""


def _answers(address: str) -> bool:
    """Return whether a server listens; the name of its socket outlives one that was killed."""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(5)
            connection.connect(address)
    except OSError:
        return False
    return True


_SERVER = _Server()
atexit.register(_SERVER.end)


def find_fork_server(casebook: str) -> str:
    """Return the address of the fork server of this process; "" where kernels start cold."""
    return _SERVER.find(casebook)
