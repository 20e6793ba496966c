"""One batch at a time in a folder: the second says who is there."""

from __future__ import annotations

import json
import os
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from analysis.locks import lock_file, taking_turns, unlock
from analysis.reports.folder import BATCH_MARK, INDEX, MARK, FolderError, load_manifest

#: Workers of a batch that was killed hold its lock until they have ended; wait so long for them.
_PATIENCE = 20.0


@contextmanager
def hold_folder(out: Path) -> Iterator[None]:
    """Hold the folder of a batch as long as the context lasts; make it if need be.

    Raises `FolderError`: another batch holds it, or it is a report itself.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    path = out / BATCH_MARK
    with taking_turns(out.parent):  # no report takes this place between the look and the mark
        refuse_report(out)
        is_new = not out.exists()
        out.mkdir(exist_ok=True)
        lock = lock_file(path)
    until = time.monotonic() + _PATIENCE
    while lock is None:
        holder = _read_holder(path)
        if not _has_ended(holder) or time.monotonic() > until:
            raise FolderError(_say(out, holder))
        time.sleep(0.1)
        lock = lock_file(path)
    try:
        os.truncate(path, 0)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        holder = {"process": os.getpid(), "machine": socket.gethostname(), "since": now}
        path.write_text(json.dumps(holder) + "\n", encoding="utf-8")
        yield
    finally:
        with taking_turns(out.parent), suppress(OSError):
            os.truncate(path, 0)
            if is_new and [entry.name for entry in out.iterdir()] == [BATCH_MARK]:
                shutil.rmtree(out)  # nothing was made, and nobody else is there
        unlock(lock)


def refuse_report(out: Path) -> None:
    """Raise FolderError if `out` cannot hold a batch: a file, a report, or a site."""
    if out.exists() and not out.is_dir():
        raise FolderError(f"{out} is a file; expected a folder for the reports")
    there = [name for name in (INDEX, MARK) if (out / name).exists()]
    if not there or (out / BATCH_MARK).exists():
        return
    content = load_manifest(out / MARK)[0]
    if "notebooks" in content:
        raise FolderError(f"{out} is a report itself; choose another folder for the batch")
    if not {"request", "reports"} <= set(content):  # else a batch that was copied without its mark
        message = f"{out / there[0]} is there and is of no batch"
        raise FolderError(f"{message}; move it away, or choose another folder")


def _read_holder(path: Path) -> dict[str, object]:
    try:
        holder = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return holder if isinstance(holder, dict) else {}


def _has_ended(holder: dict[str, object]) -> bool:
    process = holder.get("process")
    if os.name != "posix" or not isinstance(process, int) or process <= 0:
        return False
    if holder.get("machine") != socket.gethostname():
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def _say(out: Path, holder: dict[str, object]) -> str:
    who = ""
    if holder:
        process, machine, since = (holder.get(key) for key in ("process", "machine", "since"))
        who = f" (process {process} on {machine}, since {since})"
    return f"another batch is at work in {out}{who}; wait for it or choose another folder"
