"""Folders of this machine that hold what was fetched: private, by content, bounded in size."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from analysis.locks import taking_turns
from analysis.reports.batch.addresses import StorageError
from analysis.reports.identity import hash_file
from analysis.safety import write_atomically

#: The environment variable that says where the cache is, instead of the folder for temporary files.
CACHE = "FIGURES_CACHE"

#: Bytes that all fetched folders may take together.
MOST_BYTES = 2 * 1024**3

#: Seconds since its last use in which a folder is never removed.
_IN_USE = 3600.0

#: The file that ends a fetched folder: the SHA-256 of each of its files.
_HASHES = ".hashes.json"


def find_cache() -> Path:
    """Return the folder of the cache; it is made for its owner alone.

    Raises
    ------
    StorageError
        It belongs to somebody else, who could change what is read from it.
    """
    owner = os.getuid() if hasattr(os, "getuid") else 0
    given = os.environ.get(CACHE, "")
    folder = Path(given) if given else Path(tempfile.gettempdir()) / f"contested-figures-{owner}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        is_foreign = folder.is_symlink() or (owner and folder.stat().st_uid != owner)
    except OSError as problem:
        message = f"{folder}: no cache can be made there ({problem.strerror}); set {CACHE}"
        raise StorageError(message) from None
    if is_foreign:
        raise StorageError(f"{folder} is not a folder of yours; set {CACHE} to one that is")
    return folder


def find_entry(cache: Path, key: str) -> dict[str, str] | None:
    """Return the hashes of the files of an entry that is whole, or None.

    Its files are hashed again, and an entry that has been damaged is removed.
    """
    entry = cache / key
    hashes = _read_whole(entry)
    if hashes is None and entry.exists():
        with taking_turns(cache):  # another process may have put a whole one there meanwhile
            hashes = _read_whole(entry)
            if hashes is None:
                _remove(entry)
    if hashes is not None:
        touch(entry)
    return hashes


def _read_whole(entry: Path) -> dict[str, str] | None:
    try:
        hashes: dict[str, str] = json.loads((entry / _HASHES).read_bytes())
        is_whole = all(hash_file(entry / name) == digest for name, digest in hashes.items())
    except (OSError, ValueError, AttributeError):
        return None
    return hashes if is_whole else None


def add_entry(cache: Path, key: str, draft: Path, names: Iterable[str]) -> dict[str, str]:
    """Give a folder with all its files the place of an entry; return their hashes.

    Of two processes that fetch the same, the first one's folder stays.
    """
    hashes = {name: hash_file(draft / name) for name in names}
    write_atomically(draft / _HASHES, json.dumps(hashes).encode())
    try:
        with taking_turns(cache):
            draft.rename(cache / key)
    except OSError:
        found = find_entry(cache, key)
        if found != hashes:
            raise
    return hashes


def touch(entry: Path) -> None:
    """Take note that an entry is in use."""
    with suppress(OSError):
        os.utime(entry)


def make_room(cache: Path, most: int | None = None) -> None:
    """Remove the entries that were used longest ago, until the others take at most `most`."""
    used: list[tuple[float, int, Path]] = []
    for entry in cache.iterdir():
        with suppress(OSError):
            size = sum(path.stat().st_size for path in entry.rglob("*"))
            used.append((entry.stat().st_mtime, size, entry))
    total = sum(size for _, size, _ in used)
    for last, size, entry in sorted(used):
        if total <= (MOST_BYTES if most is None else most) or time.time() - last < _IN_USE:
            return
        _remove(entry)
        total -= size


def _remove(entry: Path) -> None:
    # Out of its place at once: half an entry would be taken for a whole one by nobody,
    # but it would stand in the way.
    aside = Path(tempfile.mkdtemp(prefix=".old-", dir=entry.parent))
    with suppress(OSError):
        entry.rename(aside / "entry")
    shutil.rmtree(aside, ignore_errors=True)
