"""Several files of a casebook change together, or none of them does.

New files are written beside the old ones, a journal says which take the place of which, and
then they are renamed, the list of sources first. Whoever is interrupted before the journal is
written has changed nothing. After it the change is decided, and whoever opens the casebook
next finishes it before a table is read. What was replaced is kept until the next time, so
that it can be undone.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from analysis.safety import InputError

#: The folder inside a casebook that holds the journal and what was replaced.
FOLDER = ".accepting"
_JOURNAL = "journal.json"
_LAST = "last.json"


class NotReplaced(InputError):
    """The files cannot be replaced now; none of them was."""


def finish_replacing(casebook: Path) -> None:
    """Finish what was interrupted once it was decided; without a journal there is nothing.

    Raises `NotReplaced` where the folder cannot be written, or a file was changed since.
    """
    if not (casebook / FOLDER / _JOURNAL).is_file():
        return
    try:
        with stand_alone(casebook, wait=True) as folder:
            _finish(casebook, folder)
    except OSError as problem:
        raise NotReplaced(
            f"{casebook}: rows were being accepted when it was interrupted, and it cannot be "
            f"finished here ({problem.strerror})"
        ) from None


@contextmanager
def stand_alone(casebook: Path, *, wait: bool = False) -> Iterator[Path]:
    """Keep others from replacing files; the lock ends with the process.

    Raises `NotReplaced` where somebody else is at it, and `wait` is False.
    """
    import fcntl  # who only reads does so on systems without it too

    folder = casebook / FOLDER
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise NotReplaced(f"{casebook}: somebody else is accepting into it now") from None
        _finish(casebook, folder)
        yield folder


def replace_together(casebook: Path, folder: Path, new: Mapping[str, bytes]) -> None:
    """Replace files of a casebook by name, all or none, and keep what they were.

    `folder` is what `stand_alone` gives.
    """
    # The old ones are of another time once a new one is written: there is no way back to them.
    (folder / _LAST).unlink(missing_ok=True)
    files = {}
    for name, data in new.items():
        old = (casebook / name).read_bytes()
        _write(folder / f"{name}.old", old)
        _write(folder / f"{name}.new", data)
        files[name] = {"old": _hash(old), "new": _hash(data)}
    _decide(casebook, folder, {"files": files, "undo": True})


def undo_replacing(casebook: Path, folder: Path) -> list[str]:
    """Put back what was replaced last, all or none, and return the names of the files.

    Raises `NotReplaced` where there is nothing to undo, or a file has been changed since.
    """
    last = folder / _LAST
    if not last.is_file():
        raise NotReplaced(f"{casebook}: nothing to undo")
    files = json.loads(last.read_text(encoding="utf-8"))["files"]
    back = {}
    for name, hashes in files.items():
        old = (folder / f"{name}.old").read_bytes()
        if _hash_of(casebook / name) != hashes["new"] or _hash(old) != hashes["old"]:
            raise NotReplaced(f"{casebook / name}: changed since it was accepted; not undone")
        _write(folder / f"{name}.new", old)
        back[name] = {"old": hashes["new"], "new": hashes["old"]}
    _decide(casebook, folder, {"files": back, "undo": False})
    return sorted(files)


def _decide(casebook: Path, folder: Path, journal: Mapping[str, object]) -> None:
    written = folder / f"{_JOURNAL}.new"
    _write(written, json.dumps(journal).encode())
    written.replace(folder / _JOURNAL)
    _sync(folder)
    _finish(casebook, folder)


def _finish(casebook: Path, folder: Path) -> None:
    """Finish what a journal has begun; without one, clear away what was left half-written."""
    path = folder / _JOURNAL
    if not path.is_file():
        for left in folder.glob("*.new"):
            left.unlink()
        return
    journal = json.loads(path.read_text(encoding="utf-8"))
    files = journal["files"]
    for name in sorted(files, key=lambda name: name != "sources.csv"):
        target, ready = casebook / name, folder / f"{name}.new"
        now = _hash_of(target)
        if now == files[name]["new"]:
            continue
        if now != files[name]["old"] or _hash_of(ready) != files[name]["new"]:
            raise NotReplaced(f"{target}: changed while rows were being accepted; see {folder}")
        ready.replace(target)
    _sync(casebook)
    if journal["undo"]:
        path.replace(folder / _LAST)
    else:
        (folder / _LAST).unlink(missing_ok=True)
        path.unlink()


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _hash_of(path: Path) -> str:
    return _hash(path.read_bytes()) if path.is_file() else ""
