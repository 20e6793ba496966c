"""Casebooks and notebooks of a store, fetched once by each process that needs them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analysis.hashes import hash_values
from analysis.reports.batch.addresses import StorageError, note_origin
from analysis.reports.cluster.store import Store
from analysis.reports.temporary import TemporaryFolder
from analysis.tables import shorten

#: The endings of the files of a casebook, and of a folder of notebooks.
TABLES, NOTEBOOKS = (".csv", ".toml"), (".ipynb",)

#: More is no casebook, but a bucket of something else.
_MOST_FILES, _MOST_BYTES = 1_000, 1024**3

#: What stores say of the content of a file, the first that there is.
_MARKS = ("ETag", "etag", "md5Hash", "content_md5", "crc32c", "mtime", "LastModified", "created")


#: What this process has fetched, by its address and what the store said of its files.
_FETCHED: dict[tuple[str, str], TemporaryFolder] = {}


def fetch_folder(address: str, ending: tuple[str, ...]) -> Path:
    """Return a folder of this machine with the files with these endings in a folder of a store.

    It goes with this process. What has been fetched before is used again as long as the store
    names the same files with the same sizes and marks of their content.

    `ending`: `TABLES` or `NOTEBOOKS`; other files and folders in it are left alone.
    Raises `StorageError`: there is no such file, a name is not that of a file, there is too much,
    or it changes while it is fetched.
    """
    store = Store(address)
    listed = _list(store, ending)
    key = store.address, hash_values(listed)
    if key not in _FETCHED:
        folder = TemporaryFolder()
        try:
            store.get({name: Path(folder.name, name) for name in listed})
            for name, size in listed.items():
                if Path(folder.name, name).stat().st_size != size["size"]:
                    raise StorageError(f"{store.address}/{name}: not all of it came")
            if _list(store, ending) != listed:
                raise StorageError(f"{store.address} was changed while it was read; try again")
        except BaseException:
            folder.cleanup()
            raise
        _FETCHED[key] = folder
    found = Path(_FETCHED[key].name)
    note_origin(found, store.address)
    return found


def _list(store: Store, ending: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    listed: dict[str, dict[str, Any]] = {
        name: {"size": int(each.get("size") or 0), "mark": _mark(each)}
        for name, each in sorted(store.find(deep=False).items())
        if name.endswith(ending)
    }
    if not listed:
        raise StorageError(f"{store.address}: there is no file *{ending} in it")
    for name in listed:
        if not _is_plain(name):
            raise StorageError(f'{store.address}: "{shorten(name)}" is not the name of a file')
    if len({name.casefold() for name in listed}) < len(listed):
        raise StorageError(f"{store.address}: two names differ in capital letters alone")
    size = sum(each["size"] for each in listed.values())
    if len(listed) > _MOST_FILES or size > _MOST_BYTES:
        raise StorageError(
            f"{store.address}: {len(listed):,} files of {size / 1e6:,.0f} MB are too much; "
            f"expected {_MOST_FILES:,} and {_MOST_BYTES / 1e6:,.0f} MB at most"
        )
    return listed


def _is_plain(name: str) -> bool:
    """Return whether a name stays in the folder to which it is fetched, on any system."""
    return (
        name.isprintable()
        and not name.startswith(".")
        and not set(name) & set('/\\:"<>|*?')
        and len(name.encode()) <= 200
    )


def _mark(said: Mapping[str, Any]) -> str:
    return next((str(said[mark]) for mark in _MARKS if said.get(mark)), "")
