"""A request to stop (Ctrl-C, SIGTERM, a closed terminal), heard between two steps of the work."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, Pipe
from types import FrameType

_SIGNALS = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
]


class Stop:
    """Counts the requests; `reader` becomes readable with the first.

    `asked`: how often: once to end in order, twice to end at once. `reader`: to be waited for
    beside others.
    """

    def __init__(self) -> None:
        self.asked = 0
        self.reader: Connection
        self._writer: Connection
        self.reader, self._writer = Pipe(duplex=False)

    def ask(self, _number: int = 0, _frame: FrameType | None = None) -> None:
        """Ask to stop; a handler of signals."""
        self.asked += 1
        if self.asked <= 2:
            with suppress(OSError):
                self._writer.send_bytes(b"!")

    def close(self) -> None:
        """Close the pipe."""
        self.reader.close()
        self._writer.close()


@contextmanager
def hear_requests() -> Iterator[Stop]:
    """Give a Stop that hears the signals of this process as long as the context lasts."""
    stop = Stop()
    earlier = {}
    if threading.current_thread() is threading.main_thread():
        # A process that was started to ignore a closed terminal (nohup) goes on ignoring it.
        ignored = [number for number in _SIGNALS if signal.getsignal(number) is signal.SIG_IGN]
        for number in set(_SIGNALS) - set(ignored):
            earlier[number] = signal.signal(number, stop.ask)
    try:
        yield stop
    finally:
        for number, handler in earlier.items():
            signal.signal(number, handler)
        stop.close()


def be_interruptible() -> None:
    """Let signals interrupt this process, a worker, and not the terminal's: its parent tells it."""
    if hasattr(os, "setsid"):
        with suppress(OSError):
            os.setsid()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
