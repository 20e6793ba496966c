"""One batch at a time in a folder of a store, which has no locks: a lease that is renewed.

The file that locks a folder of this machine is, in a store, a lease: who is at work, and until
when. It ends by itself when nobody renews it. It keeps out a second batch that was started by
mistake; of two that start within the same second, both may find the folder free, and the one
that reads its own lease back goes on. It takes the clocks of the machines to agree within
minutes: a lease that ends later than any can is told as what it is, a clock that was wrong.
"""

from __future__ import annotations

import json
import os
import socket
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import Any

from analysis.reports.batch.addresses import StorageError
from analysis.reports.cluster.store import Store
from analysis.reports.folder import BATCH_MARK, MARK

#: Seconds for which a lease holds, and after which it is renewed.
_HOLDS, _RENEWED = 600.0, 120.0

#: Seconds by which the clocks of two machines may differ.
_APART = 300.0


class Lease:
    """A folder of a store, held.

    `token`: known to nobody else; by it a worker tells that it sees the same folder.
    """

    def __init__(self, store: Store) -> None:
        self.token = uuid.uuid4().hex
        self._store = store
        self._since = datetime.now(UTC).isoformat(timespec="seconds")
        self._next = 0.0
        self._renew()

    def tick(self) -> None:
        """Renew the lease when it is time; a store that is away for a while is no reason to end.

        Raises `StorageError`: another batch has taken the folder.
        """
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + _RENEWED / 4
        with suppress(StorageError):
            holder = read_holder(self._store)
            if holder and holder.get("token") != self.token:
                self._next = float("inf")
            else:
                self._renew()
        if self._next == float("inf"):
            raise StorageError(
                f"{self._store.address}: another batch has taken over; this one ends"
            )

    def end(self) -> None:
        """Give the folder up; the file stays, and says that a batch was here."""
        with suppress(StorageError):
            if read_holder(self._store).get("token") == self.token:
                self._store.write(BATCH_MARK, _write({"until": 0}))

    def _renew(self) -> None:
        holder = {
            "process": os.getpid(),
            "machine": socket.gethostname(),
            "since": self._since,
            "until": time.time() + _HOLDS,
            "token": self.token,
        }
        self._store.write(BATCH_MARK, _write(holder))
        self._next = time.monotonic() + _RENEWED


@contextmanager
def hold_store(store: Store) -> Iterator[Lease]:
    """Hold the folder of a batch in a store as long as the context lasts.

    Raises `StorageError`: another batch holds it, it is a report itself, or it cannot be written.
    """
    holder = read_holder(store)
    if not holder and store.read(MARK) is not None:
        message = "is a report itself; choose another folder for the batch"
        raise StorageError(f"{store.address} {message}")
    left = _until(holder) - time.time()
    if left > 0:
        process, machine, since = (holder.get(key) for key in ("process", "machine", "since"))
        wait = f"{left / 60:,.0f} minutes, or remove {BATCH_MARK} there"
        if left > _HOLDS + _APART:
            wait = (
                f"remove {BATCH_MARK} there, for the clock of {machine} or of this machine is wrong"
            )
        raise StorageError(
            f"another batch is at work in {store.address} (process {process} on {machine}, since "
            f"{since}); wait for it; if it was killed, {wait}"
        )
    lease = Lease(store)
    if read_holder(store).get("token") != lease.token:
        raise StorageError(f"another batch has just begun in {store.address}; wait for it")
    try:
        yield lease
    finally:
        lease.end()


def read_holder(store: Store) -> dict[str, Any]:
    """Return what the lease of a folder says; nothing when there is none that can be read."""
    content = store.read(BATCH_MARK)
    try:
        holder = json.loads(content or b"{}")
    except ValueError:
        return {}
    return holder if isinstance(holder, dict) else {}


def _until(holder: dict[str, Any]) -> float:
    until = holder.get("until", 0)
    return float(until) if isinstance(until, int | float) else 0.0


def _write(holder: dict[str, Any]) -> bytes:
    return (json.dumps(holder) + "\n").encode()
