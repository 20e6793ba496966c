"""What is in a folder of a store: reports, and the lease of the batch that makes them.

A report is there when its manifest is, which comes last and goes first.

Stores rename nothing. So a report is made on this machine by the same code as any other, and
its files are put one by one. While that lasts there is no manifest, and a reader who looks for
the manifest sees no report; what a process that was killed left is replaced by the next.

A store has no locks. The file that locks a folder of this machine is, in a store, a lease that
is renewed: who is at work, and until when. It ends by itself when nobody renews it. It keeps out
a second batch that was started by mistake; of two that start within the same second, both may
find the folder free, and the one that reads its own lease back goes on. It takes the clocks of
the machines to agree within minutes: a lease that ends later than any can is told as what it is,
a clock that was wrong.
"""

from __future__ import annotations

import hashlib
import json
import os
import socket
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from analysis.reports.batch.addresses import StorageError
from analysis.reports.batch.earlier import COMPLETE, WAITING, Result
from analysis.reports.cluster.store import Store
from analysis.reports.folder import (
    BATCH_MARK,
    MARK,
    load_manifest,
    parse_manifest,
    refuse_other_casebook,
)

#: A file that is there while a report is put: so far the folder is ours, and no report yet.
BEGUN = ".begun"

#: Manifests that are read at the same time.
_AT_ONCE = 256


def put_report(store: Store, folder: Path, name: str) -> None:
    """Put the report in `folder` of this machine to `name` in the store.

    Files of an earlier report that the new one has not are removed when the new one is whole.

    Raises `StorageError`: something that is no report is there, or the store refuses; then there is
    no report.
    """
    files = {
        f"{name}/{path.relative_to(folder).as_posix()}": path
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    manifest = {f"{name}/{MARK}": files.pop(f"{name}/{MARK}")}
    there = store.find(name)
    _refuse_foreign(store, name, there)
    mark = f"{name}/{MARK}"
    if mark in there:
        earlier, new = parse_manifest(store.read(mark) or b"")[0], load_manifest(manifest[mark])[0]
        refuse_other_casebook(f"{store.address}/{name}", earlier, str(new.get("casebook", "")))
    store.write(f"{name}/{BEGUN}", b"This report is being put here.\n")
    store.remove(each for each in manifest if each in there)
    store.put(files)
    store.put(manifest)
    store.remove([*(each for each in there if each not in files | manifest), f"{name}/{BEGUN}"])


def remove_stored(store: Store, name: str) -> None:
    """Remove the report `name` or what is left of one, if there is any."""
    there = store.find(name)
    mark = f"{name}/{MARK}"
    if mark in there:
        store.write(f"{name}/{BEGUN}", b"This report is being removed.\n")
        store.remove([mark])
    elif f"{name}/{BEGUN}" not in there:
        return
    store.remove(each for each in there if each not in (mark, f"{name}/{BEGUN}"))
    store.remove([f"{name}/{BEGUN}"])


def find_stored(
    store: Store, names: Sequence[str], identities: Sequence[str], *, verify: bool = False
) -> tuple[list[Result], list[str]]:
    """Return which of the reports are there already, whole and from the same.

    `store`: the folder of the batch. `names`, `identities`: the reports, and what each would be
    made from now. `verify`: read all files of the reports and hash them; otherwise their manifests
    say it. Returns complete or waiting, in the order of `names`; what a person should know, a line
    each.
    """
    results: list[Result] = []
    notes: list[str] = []
    manifests: dict[str, bytes] = {}
    for place, (name, identity) in enumerate(zip(names, identities, strict=True)):
        if place % _AT_ONCE == 0:  # those of all reports would fill the memory
            some = names[place : place + _AT_ONCE]
            manifests = store.read_many([f"{each}/{MARK}" for each in some])
        content = manifests.get(f"{name}/{MARK}")
        manifest, note = parse_manifest(content) if content is not None else ({}, "")
        outputs = manifest.get("outputs")
        if not note and manifest.get("status") == COMPLETE and not isinstance(outputs, dict):
            note = "is not whole"
        is_made = not note and bool(outputs) and manifest.get("status") == COMPLETE
        is_made = is_made and manifest.get("identity") == identity
        if is_made and verify and (changed := _find_changed(store, name, outputs or {})):
            is_made, note = False, f"has another {changed} beside it"
        if note:
            notes.append(f"{store.address}/{name}/{MARK} {note}; the report is made again")
        made = Result(COMPLETE, name, _seconds(manifest), outputs=outputs or {})
        results.append(made if is_made else Result(WAITING))
    return results, notes


def _seconds(manifest: dict[str, Any]) -> float:
    seconds = manifest.get("seconds", 0)
    return float(seconds) if isinstance(seconds, int | float) else 0.0


def _find_changed(store: Store, name: str, outputs: dict[str, str]) -> str:
    """Return the first file that is missing or not the one of the manifest, or ""."""
    files = store.read_many([f"{name}/{file}" for file in outputs])
    for file, digest in outputs.items():
        content = files.get(f"{name}/{file}")
        if content is None or hashlib.sha256(content).hexdigest() != digest:
            return file
    return ""


def _refuse_foreign(store: Store, name: str, there: dict[str, Any]) -> None:
    place = f"{store.address}/{name}"
    if f"{name}/{BATCH_MARK}" in there:
        raise StorageError(f"{place} holds a batch of reports, not one; choose another folder")
    if there and f"{name}/{MARK}" not in there and f"{name}/{BEGUN}" not in there:
        message = f"{place} is there and is no report (it has no {MARK}); move it away first"
        raise StorageError(message)


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
    return parse_manifest(store.read(BATCH_MARK) or b"{}")[0]


def _until(holder: dict[str, Any]) -> float:
    until = holder.get("until", 0)
    return float(until) if isinstance(until, int | float) else 0.0


def _write(holder: dict[str, Any]) -> bytes:
    return (json.dumps(holder) + "\n").encode()
