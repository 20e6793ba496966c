"""A folder that appears whole or not at all, and takes the place of an earlier one."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import tempfile
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from analysis.locks import NO_LOCK, lock_folder, taking_turns, unlock

#: The file by which a folder is known as one of ours, and may be replaced.
MARK = "manifest.json"

#: The page that lists the reports of a batch.
INDEX = "index.html"

#: The file that says that a folder holds a batch of reports.
BATCH_MARK = ".batch.lock"

#: A draft of the report NAME is called .NAME.xxxxxxxx.
_DRAFT = re.compile(r"\.(?P<name>.+)\.[a-z0-9_]{8}", re.DOTALL)

#: In a draft: the report that is just being replaced.
_EARLIER = "earlier"

#: Files that are sent to the disk together.
_AT_A_TIME = 16

#: What a file system says that cannot send a folder to the disk: nothing can be done there.
_NOT_FOR_FOLDERS = {errno.EINVAL, errno.ENOTSUP, errno.EBADF}

#: Where folders cannot be locked, a draft so old (in seconds) is nobody's any more.
_ABANDONED = 24 * 3600


class FolderError(ValueError):
    """A folder stands in the way; the message is one line."""


@contextmanager
def draft_beside(target: Path) -> Iterator[Path]:
    """Give an empty folder beside `target` to work in; it is gone at the end unless moved.

    It is locked as long as the context lasts, so that `remove_drafts` of another process
    leaves it alone, and knows it for abandoned when this process was killed.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    draft, lock = _make_draft(target)
    try:
        draft.chmod(0o755)  # mkdtemp makes it for the owner alone
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        unlock(lock)


def _make_draft(target: Path) -> tuple[Path, int]:
    while True:
        draft = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
        with suppress(FileNotFoundError):
            lock = lock_folder(draft)
            if lock is not None and draft.exists():
                return draft, lock
            unlock(lock)
        # Another process took it for abandoned before it was locked: try once more.


def remove_drafts(parent: Path, names: Collection[str]) -> list[Path]:
    """Remove the drafts in `parent` that processes which were killed left of reports `names`.

    A report that was being replaced at that moment gets its place back. Drafts that a living
    process holds are left alone.

    Returns the drafts removed.
    """
    if not parent.is_dir():
        return []
    removed = []
    for draft in sorted(parent.iterdir()):
        found = _DRAFT.fullmatch(draft.name)
        name = found["name"] if found else ""
        if name.removesuffix(".failed") not in names or draft.is_symlink() or not draft.is_dir():
            continue
        try:
            lock = lock_folder(draft)
            if lock is None or (lock == NO_LOCK and _is_young(draft)):
                continue
        except OSError:  # it has just gone, or is not ours to touch
            continue
        try:
            earlier, target = draft / _EARLIER, parent / name
            with taking_turns(parent):
                if (earlier / MARK).exists() and not target.exists():
                    earlier.rename(target)
            shutil.rmtree(draft, ignore_errors=True)
            removed.append(draft)
        finally:
            unlock(lock)
    return removed


def _is_young(draft: Path) -> bool:
    return time.time() - draft.stat().st_mtime < _ABANDONED


def write_in_draft(path: Path, data: bytes) -> None:
    """Write a file of a draft; it reaches the disk with all others, in `put_in_place`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    path.chmod(0o644)  # others may read what is exported, whatever the person's mask


def refuse_foreign(target: Path, casebook: str = "") -> None:
    """Raise FolderError if `target` holds something else than an earlier report of `casebook`."""
    if target.parent.is_dir():  # without one there is nothing to look at
        with taking_turns(target.parent):
            _refuse_foreign(target, casebook)


def refuse_other_casebook(place: object, manifest: dict[str, Any], casebook: str) -> None:
    """Raise FolderError if the manifest of the report at `place` is of another casebook."""
    other = manifest.get("casebook")
    if casebook and other and other != casebook:
        raise FolderError(
            f'{place} is a report of another casebook, "{other}", and not of "{casebook}"; '
            "give each casebook a folder of its own"
        )


def _refuse_foreign(target: Path, casebook: str) -> None:
    if not target.exists():
        return
    if (target / BATCH_MARK).exists():
        raise FolderError(f"{target} holds a batch of reports, not one; choose another folder")
    if not target.is_dir() or (any(target.iterdir()) and not (target / MARK).exists()):
        message = f"{target} is there and is no report (it has no {MARK}); move it away first"
        raise FolderError(message)
    refuse_other_casebook(target, load_manifest(target / MARK)[0], casebook)


def load_manifest(path: Path) -> tuple[dict[str, Any], str]:
    """Return what a manifest says, and a line if it cannot be read; nothing where there is none."""
    try:
        manifest, fault = parse_manifest(path.read_bytes())
    except FileNotFoundError:
        return {}, ""
    except OSError:
        manifest, fault = {}, "cannot be read"
    return manifest, f"{path} {fault} and is taken for missing" if fault else ""


def parse_manifest(content: bytes) -> tuple[dict[str, Any], str]:
    """Return what the bytes of a manifest say, and why they cannot be read."""
    try:
        manifest = json.loads(content)
    except (ValueError, RecursionError):
        return {}, "cannot be read"
    return (manifest, "") if isinstance(manifest, dict) else ({}, "is no manifest")


def put_in_place(draft: Path, target: Path) -> None:
    """Move `draft` to `target`; what stood there goes only when the new one is in its place.

    All of it has reached the disk before it gets its name: after a power cut there is the
    earlier report or the new one, and never a part. Two processes take turns.
    """
    _open_to_readers(draft)
    _send_tree_to_disk(draft)
    casebook = load_manifest(draft / MARK)[0].get("casebook", "")
    with taking_turns(target.parent):
        _refuse_foreign(target, casebook)
        swap(draft, target)
    send_folder_to_disk(target.parent)


def swap(draft: Path, target: Path) -> None:
    """Give `draft` the place of `target`; what stood there is back if that fails."""
    if not target.exists():
        draft.rename(target)
        return
    with draft_beside(target) as aside:
        earlier = aside / _EARLIER
        target.rename(earlier)
        try:
            draft.rename(target)
        except BaseException:
            earlier.rename(target)
            raise


def _open_to_readers(folder: Path) -> None:
    """Let all read what is in a report alike: kernels write by the person's mask."""
    for path in folder.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() else 0o644)


def _send_tree_to_disk(folder: Path) -> None:
    # Only here: who finds that nothing has changed needs no threads.
    from concurrent.futures import ThreadPoolExecutor

    paths = [path for path in folder.rglob("*") if not path.is_symlink()]
    # The disk takes what comes at the same time in one go: in a tenth of the time.
    with ThreadPoolExecutor(_AT_A_TIME) as threads:
        list(threads.map(_send_file_to_disk, [path for path in paths if path.is_file()]))
    for path in (*[path for path in paths if path.is_dir()], folder):
        send_folder_to_disk(path)


def _send_file_to_disk(path: Path) -> None:
    # Windows sends only what is open for writing.
    descriptor = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def send_folder_to_disk(folder: Path) -> None:
    """Have the names in `folder` reach the disk; Windows does so by itself."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as problem:
        if problem.errno not in _NOT_FOR_FOLDERS:
            raise
    finally:
        os.close(descriptor)


def remove_report(target: Path) -> None:
    """Remove the report at `target`, if there is one."""
    if not (target / MARK).exists():
        return
    # Out of sight at once: a report that is half removed would be nobody's report.
    with draft_beside(target) as aside, taking_turns(target.parent), suppress(OSError):
        if (target / MARK).exists():
            target.rename(aside / "removed")
