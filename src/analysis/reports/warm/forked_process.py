"""A kernel forked by a fork server, asked for and watched from outside."""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import threading
from collections.abc import Mapping, Sequence

#: Seconds; a server that has not answered by then has something wrong with it.
_PATIENCE = 60.0


class CannotFork(Exception):
    """The fork server does not fork this kernel, or there is none; the message says why."""


class ForkedProcess:
    """A kernel forked by a server; looks like `subprocess.Popen` to jupyter_client.

    `address`: the address of the server.
    Raises `CannotFork`: the server is not there, or does not fork this kernel.
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
            if self.returncode is None and self._has_heard(0):
                return self._hear_end()
            return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Return how the kernel has ended, as soon as it has."""
        with self._lock:
            if self.returncode is not None:
                return self.returncode
            if not self._has_heard(timeout):
                raise subprocess.TimeoutExpired("kernel", timeout or 0)
            return self._hear_end()

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

    def _has_heard(self, seconds: float | None) -> bool:
        """Whether the server says something, or has gone, in that time."""
        heard = select.poll()  # select.select() knows no more than a thousand files
        heard.register(self._connection, select.POLLIN)
        return bool(heard.poll(None if seconds is None else 1000 * seconds))

    def _hear_end(self) -> int:
        # Without its server a kernel ends too.
        self.returncode = status = int(str(self._hear().get("status", -signal.SIGKILL)))
        self._connection.close()
        return status

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
