"""Temporary folders that the next run removes if the process that made them was killed."""

from __future__ import annotations

import errno
import os
import shutil
import sys
import tempfile
import time
import weakref
from contextlib import suppress
from pathlib import Path

if sys.platform != "win32":
    import resource

from analysis.locks import NO_LOCK, lock_folder, unlock

#: Another one than that of folders which nobody locks.
PREFIX = "figures_"

#: Bytes of the disk, and open files, without which not even one notebook runs.
_ROOM, _FILES = 20_000_000, 256

#: Bytes of a disk that is full: the next file does not fit.
_FULL = 100_000

#: Seconds in which a folder may not be locked yet, and after which one is nobody's any more
#: where folders cannot be locked.
_YOUNG, _ABANDONED = 10.0, 24 * 3600.0


class TemporaryFolder(tempfile.TemporaryDirectory[str]):
    """A folder for the owner alone, locked as long as this process and its children live.

    Nobody can take turns in it (`taking_turns`), for it is locked: make a folder inside for that.
    """

    def __init__(self) -> None:
        super().__init__(prefix=PREFIX, ignore_cleanup_errors=True)
        self._unlock = weakref.finalize(self, unlock, lock_folder(Path(self.name)))

    def renew(self) -> None:
        """Make it again if somebody has removed it."""
        if not Path(self.name).is_dir():
            Path(self.name).mkdir(mode=0o700)
            self._unlock()
            self._unlock = weakref.finalize(self, unlock, lock_folder(Path(self.name)))

    def cleanup(self) -> None:
        """Remove it."""
        super().cleanup()
        self._unlock()


def sweep_folders(parent: Path | None = None) -> list[Path]:
    """Remove the folders of this person that processes which were killed left behind.

    Returns those removed.
    """
    removed = []
    for folder in (parent or Path(tempfile.gettempdir())).glob(f"{PREFIX}*"):
        with suppress(OSError):
            about = folder.stat()
            age = time.time() - about.st_mtime
            is_own = not hasattr(os, "getuid") or about.st_uid == os.getuid()
            if not is_own or folder.is_symlink() or not folder.is_dir() or 0 <= age < _YOUNG:
                continue
            lock = lock_folder(folder)
            if lock is not None and (lock != NO_LOCK or age > _ABANDONED):
                shutil.rmtree(folder, ignore_errors=True)
                removed.append(folder)
            unlock(lock)
    return removed


def say_full(folder: Path) -> str:
    """Return which disk is full, that of temporary files or of `folder`, or ""."""
    places = {"for temporary files (TMPDIR)": Path(tempfile.gettempdir()), "of the reports": folder}
    full = [name for name, place in places.items() if shutil.disk_usage(place).free < _FULL]
    return f"the disk {' and that '.join(full)} is full" if full else ""


def check_room() -> None:
    """Look whether this process can have the files that kernels need, before any of them starts.

    The limit of open files is raised as far as it may be.

    Raises `OSError`: the disk for temporary files is full, or too few files may be open; one line
    says which.
    """
    folder = tempfile.gettempdir()
    free = shutil.disk_usage(folder).free
    if free < _ROOM:
        words = f"only {free / 1e6:.1f} MB are free for temporary files; free some, or set TMPDIR"
        raise OSError(errno.ENOSPC, words, folder)
    if sys.platform == "win32":
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _FILES if hard == resource.RLIM_INFINITY else min(_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    if soft != resource.RLIM_INFINITY and soft < _FILES:
        words = f"only {soft} files may be open at a time, and notebooks need {_FILES}"
        raise OSError(errno.EMFILE, f"{words}; raise the limit (ulimit -n)")
