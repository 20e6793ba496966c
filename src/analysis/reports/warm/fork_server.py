"""A fork server, seen from outside: started, found by its address, ended."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from analysis.reports.temporary import TemporaryFolder
from analysis.reports.warm.forked_process import CannotFork

#: What the charts and tables of most notebooks import, in a form that starts no thread.
LIBRARIES = (
    "numpy", "numpy.random", "pandas", "matplotlib", "matplotlib.figure", "matplotlib.pyplot",
    "matplotlib.dates", "matplotlib.backends.backend_agg", "matplotlib.backends.backend_svg",
    "PIL.PngImagePlugin", "jinja2",
)  # fmt: skip


def can_fork() -> str:
    """Return why kernels cannot be forked on this system, or "" where they can."""
    if sys.platform != "linux":
        # On macOS a forked process that calls a system library may crash; Windows has no fork.
        return f"forking a process is not safe on {sys.platform}"
    if not hasattr(os, "waitid") or not hasattr(socket, "AF_UNIX"):
        return "this Python has no waitid or no Unix sockets"
    return ""


class ForkServer:
    """A process that forks kernels; it ends with `close`, or with the process that started it.

    `modules`: what it imports before it forks; "package.module:function=text" is called. `package`:
    of this package kernels must not run what has changed on the disk since. `environment`: its
    environment; this process's by default.
    Raises `CannotFork`: this system cannot.
    """

    def __init__(
        self,
        modules: Sequence[str] = LIBRARIES,
        package: str = "",
        environment: Mapping[str, str] | None = None,
        options: Sequence[str] = (),
    ) -> None:
        reason = can_fork()
        if reason:
            raise CannotFork(reason)
        self._owner = os.getpid()
        # A folder for the owner alone: nobody else reaches the socket in it.
        self._folder = TemporaryFolder()
        self.address = str(Path(self._folder.name) / "fork-server")
        self._words = [*options, str(Path(__file__).with_name("server.py"))]
        self._given = [package, *modules]
        self._environment = dict(os.environ if environment is None else environment)
        try:
            self._start()
        except BaseException:
            self._folder.cleanup()
            raise

    def _start(self) -> None:
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            listener.bind(self.address)
            listener.listen(128)
            # It listens before it has begun: who asks early waits, and is not turned away.
            numbers = [str(listener.fileno()), str(os.getpid())]
            self._process = subprocess.Popen(
                [sys.executable, *self._words, *numbers, *self._given],
                stdin=subprocess.PIPE,
                cwd=self._folder.name,
                env=self._environment,
                pass_fds=[listener.fileno()],
                start_new_session=True,
            )
        finally:
            listener.close()

    def restart(self) -> None:
        """Start it again after it has died, at the same address; its kernels ended with it.

        Raises `OSError`: the system does not let it.
        """
        if self._process.stdin:
            self._process.stdin.close()
        self._folder.renew()  # a server that ends in order removes it
        Path(self.address).unlink(missing_ok=True)
        self._start()

    @property
    def has_died(self) -> bool:
        """Whether the process has ended, as the one who started it sees."""
        return self._owner == os.getpid() and self._process.poll() is not None

    @property
    def is_alive(self) -> bool:
        """Whether the process runs, as far as the one who started it can see."""
        return self._owner == os.getpid() and self._process.poll() is None

    def preload(self, entries: Sequence[str]) -> None:
        """Have more imported, or called, before the next kernel is forked; does not wait for it."""
        request = json.dumps({"preload": list(entries)}).encode() + b"\n"
        # A server that has ended says so to the first who asks it for a kernel.
        with (
            socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection,
            contextlib.suppress(OSError),
        ):
            connection.connect(self.address)
            connection.sendall(request)

    def close(self) -> None:
        """End the server and all its kernels; done by the process that started it alone."""
        if self._owner != os.getpid():
            return
        # It hears this while it imports as well.
        self._process.terminate()
        if self._process.stdin:
            with contextlib.suppress(OSError):
                self._process.stdin.close()
        try:
            self._process.wait(2)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._folder.cleanup()
