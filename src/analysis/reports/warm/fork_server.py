"""A fork server, seen from outside: started, found by its address, asked for kernels."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from analysis.reports.kernel import kernel_environment

#: What the charts and tables of most notebooks import, in a form that starts no thread.
LIBRARIES = (
    "numpy", "numpy.random", "pandas", "matplotlib", "matplotlib.figure", "matplotlib.pyplot",
    "matplotlib.dates", "matplotlib.backends.backend_agg", "matplotlib.backends.backend_svg",
    "matplotlib.backends.backend_pdf", "matplotlib.backends.backend_mixed", "PIL.PngImagePlugin",
    "jinja2",
)  # fmt: skip

#: What the project's own notebooks import besides.
_PROJECT = ("analysis.casebook", "analysis.display", "analysis.prose", "analysis.compare")

#: A server that has not answered by then has something wrong with it.
_PATIENCE = 60.0


class CannotFork(Exception):
    """The fork server does not fork this kernel, or there is none; the message says why."""


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

    Parameters
    ----------
    modules : sequence of str
        What it imports before it forks; "package.module:function=text" is called.
    package : str
        Of this package kernels must not run what has changed on the disk since.
    environment : mapping of str to str, optional
        Its environment; this process's by default.
    options : sequence of str
        Options of the interpreter.

    Raises
    ------
    CannotFork
        This system cannot.
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
        self._folder = tempfile.mkdtemp(prefix="figures-")
        self.address = str(Path(self._folder) / "fork-server")
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            listener.bind(self.address)
            listener.listen(128)
            # It listens before it has begun: who asks early waits, and is not turned away.
            script = str(Path(__file__).with_name("server.py"))
            numbers = [str(listener.fileno()), str(os.getpid())]
            self._process = subprocess.Popen(
                [sys.executable, *options, script, *numbers, package, *modules],
                stdin=subprocess.PIPE,
                cwd=self._folder,
                env=dict(os.environ if environment is None else environment),
                pass_fds=[listener.fileno()],
                start_new_session=True,
            )
        except BaseException:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise
        finally:
            listener.close()

    @property
    def is_alive(self) -> bool:
        """Whether the process runs, as far as the one who started it can see."""
        return self._owner == os.getpid() and self._process.poll() is None

    def close(self) -> None:
        """End the server and all its kernels; done by the process that started it alone."""
        if self._owner != os.getpid():
            return
        if self._process.stdin:
            with contextlib.suppress(OSError):
                self._process.stdin.close()
        try:
            self._process.wait(2)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)


class ForkedProcess:
    """A kernel forked by a server; looks like `subprocess.Popen` to jupyter_client.

    Parameters
    ----------
    address : str
        The address of the server.
    arguments : sequence of str
        Of the kernel.
    folder : str
        In which it works.
    environment : mapping of str to str
        All of its environment.

    Raises
    ------
    CannotFork
        The server is not there, or does not fork this kernel.
    """

    stdin = stdout = stderr = None

    def __init__(
        self, address: str, arguments: Sequence[str], folder: str, environment: Mapping[str, str]
    ) -> None:
        self.returncode: int | None = None
        self._text = b""
        # poll() comes from the event loop and from kill_all() at the same time.
        self._lock = threading.Lock()
        self._connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        request = {
            "arguments": list(arguments),
            "folder": folder,
            "environment": dict(environment),
        }
        try:
            self._connection.settimeout(_PATIENCE)
            self._connection.connect(address)
            self._connection.sendall(json.dumps(request).encode() + b"\n")
            answer = self._hear()
        except OSError as problem:
            self._connection.close()
            raise CannotFork(f"the fork server does not answer ({problem})") from None
        if "pid" not in answer:
            self._connection.close()
            raise CannotFork(str(answer.get("refused", "the fork server has ended")))
        self.pid = int(str(answer["pid"]))

    def poll(self) -> int | None:
        """Return how the kernel has ended: its status, minus a signal, or None while it runs."""
        with self._lock:
            if self.returncode is None and select.select([self._connection], [], [], 0)[0]:
                # Without its server a kernel ends too.
                self._ended(int(str(self._hear().get("status", -signal.SIGKILL))))
            return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Return how the kernel has ended, as soon as it has."""
        with self._lock:
            if self.returncode is None:
                if not select.select([self._connection], [], [], timeout)[0]:
                    raise subprocess.TimeoutExpired("kernel", timeout or 0)
                self._ended(int(str(self._hear().get("status", -signal.SIGKILL))))
            assert self.returncode is not None
            return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal to the kernel; its number belongs to no other as long as it is known."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask the kernel to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the kernel."""
        self.send_signal(signal.SIGKILL)

    def _ended(self, status: int) -> None:
        self.returncode = status
        self._connection.close()

    def _hear(self) -> dict[str, object]:
        """Return the next line that the server sends; nothing when it has gone."""
        while b"\n" not in self._text:
            part = self._connection.recv(4096)
            if not part:
                return {}
            self._text += part
        line, _, self._text = self._text.partition(b"\n")
        answer = json.loads(line)
        return answer if isinstance(answer, dict) else {}


@contextmanager
def open_fork_server(casebook: Path | None = None) -> Iterator[str]:
    """Give the address of a fork server for the project's notebooks; "" where none can be.

    It has imported the modules of the project as well, and a kernel imports them again when
    one has changed on the disk since.

    Parameters
    ----------
    casebook : Path, optional
        Its tables are read before the first fork, so that no notebook waits for them; a
        notebook reads a table again that has changed since.
    """
    entries = [*LIBRARIES, *_PROJECT, "analysis.charts.warm:warm_fonts"]
    if casebook is not None:
        entries.append(f"analysis.casebook:read_all={casebook.resolve()}")
    try:
        server = ForkServer(entries, "analysis", os.environ | kernel_environment())
    except (CannotFork, OSError) as reason:
        logging.getLogger("analysis").warning("notebooks start cold: %s", reason)
        yield ""
        return
    try:
        yield server.address
    finally:
        server.close()
