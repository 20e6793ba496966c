"""The fork server: a process of one thread that has imported what notebooks need, and forks.

It is started as a script, never imported, and imports nothing of this package of its own: code
that has changed on the disk must not live on in a kernel. `fork_server` starts it and
`provisioner` asks it for kernels.

A request is one line of JSON on a connection to its socket: `arguments` (of the kernel),
`folder` and `environment`. The answer is a line with the `pid` of the kernel, or with a reason
why it is `refused`; when the kernel has ended, a line with its `status` follows. A connection
that is closed ends its kernel, and the end of the one who started the server ends them all.
A line with `preload` asks for more to be imported, or called, before the next fork; it has no
answer.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import selectors
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

# The folder of this file is no place for a notebook's imports: only its neighbours are
# taken from there, and in a kernel their names are free for others.
if sys.flags.safe_path:
    sys.path.insert(0, str(Path(__file__).resolve().parent))
import forked_kernel  # type: ignore[import-not-found]
import preloading  # type: ignore[import-not-found]

del sys.path[0]
del sys.modules["forked_kernel"], sys.modules["preloading"]

#: Seconds after which it looks whether the one who started it has ended without a word.
_LOOK = 1.0

#: Of a request: a text that is longer than that is none.
_LONGEST = 10_000_000

_PARTS = {"arguments": list, "folder": str, "environment": dict}


class Server:
    """Takes requests from a socket and forks a kernel for each.

    `listener`: where the requests come in. `own`: the environment in which the libraries were
    imported. `started_by`: the process with whose end it ends. `preload`: takes what is to be
    imported or called, a list of texts.
    """

    def __init__(
        self,
        listener: socket.socket,
        own: dict[str, str],
        started_by: int,
        preload: Callable[[list[str]], None],
    ) -> None:
        self._listener = listener
        self._own = own
        self._started_by = started_by
        self._preload = preload
        self._kernels: dict[int, socket.socket] = {}
        self._told: set[int] = set()
        self._texts: dict[socket.socket, bytes] = {}
        self._watched = selectors.DefaultSelector()

    def serve(self) -> dict[str, Any]:
        """Fork a kernel for each request; return in the kernel, with its request."""
        lifeline = os.dup(0)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)
        ended_reads, ended_writes = os.pipe()
        os.set_blocking(ended_writes, False)
        os.set_blocking(ended_reads, False)
        signal.signal(signal.SIGTERM, lambda *_: self._end())
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(ended_writes, warn_on_full_buffer=False)
        self._listener.setblocking(False)
        for file in (self._listener, lifeline, ended_reads):
            self._watched.register(file, selectors.EVENT_READ)
        while True:
            for key, _ in self._watched.select(timeout=_LOOK):
                if key.fileobj is self._listener:
                    with contextlib.suppress(OSError):
                        connection = self._listener.accept()[0]
                        connection.settimeout(5)
                        self._texts[connection] = b""
                        self._watched.register(connection, selectors.EVENT_READ)
                elif key.fileobj == lifeline:
                    self._end()
                elif key.fileobj == ended_reads:
                    with contextlib.suppress(BlockingIOError):
                        os.read(ended_reads, 4096)
                elif isinstance(key.fileobj, socket.socket):
                    request = self._receive(key.fileobj)
                    if request and self._fork(request, key.fileobj):
                        signal.set_wakeup_fd(-1)
                        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                        signal.signal(signal.SIGTERM, signal.SIG_DFL)
                        self._watched.close()
                        for file in (lifeline, ended_reads, ended_writes):
                            os.close(file)
                        for one in (self._listener, *self._texts):
                            one.close()
                        return request
            self._tell_ends()
            if os.getppid() != self._started_by:
                self._end()

    def _receive(self, connection: socket.socket) -> dict[str, Any] | None:
        """Return the request that is complete now, if any; forget a connection that was closed."""
        try:
            part = connection.recv(65536)
        except OSError:
            part = b""
        self._texts[connection] += part
        if not part or len(self._texts[connection]) > _LONGEST:
            self._forget(connection)
            return None
        if not self._texts[connection].endswith(b"\n"):
            return None
        text, self._texts[connection] = self._texts[connection], b""
        try:
            request = json.loads(text)
            if list(request) == ["preload"]:
                self._preload([str(entry) for entry in request["preload"]])
                return None
            sound = all(isinstance(request[name], kind) for name, kind in _PARTS.items())
        except (ValueError, TypeError, LookupError, RecursionError):
            sound = False
        if not sound:
            say(connection, refused="the request cannot be read")
            return None
        return dict(request)

    def _fork(self, request: dict[str, Any], connection: socket.socket) -> bool:
        """Return whether this is the kernel now; in the server, say what became of the request."""
        reason = preloading.refusal(request, self._own)
        if reason:
            say(connection, refused=reason)
            return False
        try:
            pid = os.fork()
        except OSError as problem:
            say(connection, refused=f"the system does not fork ({problem.strerror})")
            return False
        if pid:
            self._kernels[pid] = connection
            say(connection, pid=pid)
        return pid == 0

    def _forget(self, connection: socket.socket) -> None:
        """End the kernel of a connection that was closed."""
        self._watched.unregister(connection)
        connection.close()
        del self._texts[connection]
        for pid in [pid for pid, other in self._kernels.items() if other is connection]:
            kill(pid)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, 0)
            del self._kernels[pid]

    def _tell_ends(self) -> None:
        """Say of each kernel that has ended how; its number stays taken until nobody asks more."""
        self._told &= set(self._kernels)
        for pid, connection in self._kernels.items():
            if pid in self._told:
                continue
            ended = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            if ended is not None:
                died = ended.si_code in (os.CLD_KILLED, os.CLD_DUMPED)
                say(connection, status=-ended.si_status if died else ended.si_status)
                self._told.add(pid)

    def _end(self) -> NoReturn:
        """Kill all kernels and leave; nobody else may be there to remove the socket's folder."""
        for pid in self._kernels:
            kill(pid)
        address = Path(self._listener.getsockname())
        with contextlib.suppress(OSError):
            address.unlink()
            address.parent.rmdir()
        os._exit(0)


def say(connection: socket.socket, **words: object) -> None:
    """Send a line of JSON; who has gone does not hear it."""
    with contextlib.suppress(OSError):
        connection.sendall(json.dumps(words).encode() + b"\n")


def kill(pid: int) -> None:
    """Kill a kernel with all that it has started."""
    with contextlib.suppress(OSError):
        os.killpg(pid, signal.SIGKILL)
    with contextlib.suppress(OSError):
        os.kill(pid, signal.SIGKILL)


def main() -> None:
    """Import, then fork; the arguments: number of the socket, starter, package, modules, calls."""
    number, started_by, package, *entries = sys.argv[1:]
    own = dict(os.environ)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for who started the server
    listener = socket.socket(fileno=int(number))
    # One thread only: others would be missing in the kernels, with whatever they hold.
    os.environ.update(OPENBLAS_NUM_THREADS="1", JE_ARROW_MALLOC_CONF="background_thread:false")
    # A kernel sets it before a cell can import matplotlib, which looks at it once.
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    gc.disable()
    variables = preloading.load_kernel()
    memory = preloading.Memory(package)
    memory.preload(entries)
    request = Server(listener, own, int(started_by), memory.preload).serve()
    memory.forget_changed()
    status: object = 0
    try:
        forked_kernel.run_kernel(request, variables)
    except SystemExit as leaving:
        status = leaving.code
    except OSError:  # a full disk, too many files: who asked for the kernel is told that it died
        status = 1
    forked_kernel.leave(status)


if __name__ == "__main__":
    main()
