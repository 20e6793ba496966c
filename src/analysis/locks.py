"""Locks of the operating system: they end with the process that holds them, however it ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

#: Windows locks bytes, and what is locked cannot be read: so lock far behind the text.
_BEHIND = 1 << 30

#: Held where a system cannot lock a folder: nobody else can hold it either.
NO_LOCK = -1


def lock_file(path: Path) -> int | None:
    """Open `path` and lock it; return its descriptor, or None when another process holds it.

    The file is made if need be and keeps its text. The lock ends with `unlock` or with the
    process.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        if sys.platform == "win32":
            os.lseek(descriptor, _BEHIND, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            os.lseek(descriptor, 0, os.SEEK_SET)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor


def lock_folder(folder: Path, *, wait: bool = False) -> int | None:
    """Lock `folder` itself; return a descriptor, or None when another process holds it.

    The lock moves with the folder when it is renamed. Windows has none: `NO_LOCK`.

    Raises
    ------
    FileNotFoundError
        There is no such folder.
    """
    if sys.platform == "win32":
        return NO_LOCK
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        os.close(descriptor)
        return None
    except OSError:  # a file system without locks
        os.close(descriptor)
        return NO_LOCK
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def unlock(descriptor: int | None) -> None:
    """Give up a lock; None and `NO_LOCK` are no locks."""
    if descriptor is not None and descriptor != NO_LOCK:
        os.close(descriptor)


@contextmanager
def taking_turns(folder: Path) -> Iterator[None]:
    """Hold `folder` while something in it is looked at and then changed; others wait.

    What was looked at before the lock may be another thing by the time it is changed. Turns of
    one folder are never taken one inside the other. A folder that others own has no turns.
    """
    try:
        turn = lock_folder(folder, wait=True)
    except PermissionError:  # it may be passed through, but not read
        turn = NO_LOCK
    try:
        yield
    finally:
        unlock(turn)
