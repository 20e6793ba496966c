"""A folder in a store, through fsspec: files are read, put, listed and removed, each whole.

Casebooks and notebooks are fetched once by each process that needs them.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

from analysis.hashes import hash_values
from analysis.reports.batch.addresses import (
    INSTALL,
    StorageError,
    TooLong,
    check_address,
    explaining,
    is_address,
    is_final,
    note_origin,
)
from analysis.reports.temporary import TemporaryFolder
from analysis.tables import shorten

T = TypeVar("T")

#: Seconds to wait before another try, for each try; the library of a store has its own besides.
DELAYS = (0.2, 1.0, 3.0)

#: Files that are asked for at the same time.
_AT_ONCE = 128

#: Seconds after which a store that does not answer, or only with errors, is not tried again.
PATIENCE = 60.0

#: Seconds that one request may take in all: a store that sends a byte now and then never falls
#: silent for as long as its library waits.
LONGEST = 600.0

#: Tries of s3fs, each with so many inside, and each of these with so many of the library beneath:
#: with their own 5 a store that does not answer takes half an hour.
_TRIES_BELOW = 2

#: Files here are small: without this s3fs asks for the size of each before it reads it.
_S3 = {"max_concurrency": 1, "config_kwargs": {"retries": {"total_max_attempts": _TRIES_BELOW}}}
_OPTIONS: dict[str, dict[str, Any]] = {"s3": _S3, "s3a": _S3}


class Store:
    """A folder in a store.

    Who asks, and where an S3-compatible server is (AWS_ENDPOINT_URL), is known to the
    library of the store from the environment and its own files; nothing of it is kept here.

    Raises `StorageError`: it is no such address, fsspec is not installed, or nobody knows such a
    store.
    """

    def __init__(self, address: str) -> None:
        self.address = check_address(address)
        try:
            from fsspec.core import url_to_fs
        except ImportError:
            message = f"{self.address}: stores need the extra scale: {INSTALL}"
            raise StorageError(message) from None
        with explaining(self.address, "opened"):
            options = _OPTIONS.get(self.address.partition(":")[0], {})
            self._fs, root = url_to_fs(self.address, **options)
        if hasattr(self._fs, "retries"):
            self._fs.retries = _TRIES_BELOW
        self._root = str(root).rstrip("/")

    def read(self, name: str) -> bytes | None:
        """Return the bytes of a file, or None when it is not there."""
        return self.read_many([name]).get(name)

    def read_many(self, names: Sequence[str]) -> dict[str, bytes]:
        """Return the bytes of those files that are there, by name."""
        read: dict[str, bytes] = {}
        with explaining(self.address, "read"):
            for start in range(0, len(names), _AT_ONCE):
                paths = {self._path(name): name for name in names[start : start + _AT_ONCE]}
                read |= self._try(lambda paths=paths: self._cat(paths))  # type: ignore[misc]
        return read

    def write(self, name: str, content: bytes) -> None:
        """Write one file; its name decides what kind a browser takes it for."""
        with TemporaryFolder() as folder:
            path = Path(folder) / Path(name).name
            path.write_bytes(content)
            self.put({name: path})

    def put(self, files: Mapping[str, Path]) -> None:
        """Put files of this machine into the store, by their names in it; all or an error."""
        if not files:
            return
        here = [str(path) for path in files.values()]
        there = [self._path(name) for name in files]
        with explaining(self.address, "written"):
            self._try(lambda: self._fs.put(here, there))

    def get(self, files: Mapping[str, Path]) -> None:
        """Fetch files of the store, by their names in it, to paths of this machine."""
        if not files:
            return
        there = [self._path(name) for name in files]
        here = [str(path) for path in files.values()]
        with explaining(self.address, "read"):
            self._try(lambda: self._fs.get(there, here))

    def find(self, folder: str = "", *, deep: bool = True) -> dict[str, dict[str, Any]]:
        """Return what the store says of each file under `folder`, by name from the store's root.

        An empty folder and one that is not there are the same to most stores.
        """
        path = self._path(folder) if folder else self._root
        with explaining(self.address, "read"):
            found = self._try(lambda: self._list(path, deep=deep))
        cut = len(self._root) + 1
        return {str(each["name"])[cut:]: each for each in found}

    def remove(self, names: Iterable[str]) -> None:
        """Remove files; one that is not there is no error."""
        paths = [self._path(name) for name in names]
        if paths:
            with explaining(self.address, "written"):
                self._try(lambda: self._rm(paths))

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}"

    def _cat(self, paths: Mapping[str, str]) -> dict[str, bytes]:
        # Not `cat`, which asks of each path, one after another, whether it is a folder.
        answers = self._fs.cat_ranges(list(paths), None, None, on_error="return")
        read = {}
        for name, answer in zip(paths.values(), answers, strict=True):
            if isinstance(answer, bytes):
                read[name] = answer
            elif not _is_missing(answer):
                raise answer
        return read

    def _list(self, path: str, *, deep: bool) -> list[dict[str, Any]]:
        self._fs.invalidate_cache()
        if deep:
            return list(self._fs.find(path, detail=True).values())
        return [each for each in self._fs.ls(path, detail=True) if each["type"] == "file"]

    def _rm(self, paths: Sequence[str]) -> None:
        try:
            self._fs.rm(list(paths))
        except FileNotFoundError:  # another one was quicker with some: remove the others
            for path in paths:
                if self._fs.exists(path):
                    self._fs.rm_file(path)

    def _try(self, action: Callable[[], T]) -> T:
        until = time.monotonic() + PATIENCE
        for delay in DELAYS:
            try:
                return _within(LONGEST, action)
            except Exception as problem:
                if is_final(problem) or time.monotonic() > until:
                    raise
            time.sleep(delay)
        return _within(LONGEST, action)


def _within(seconds: float, action: Callable[[], T]) -> T:
    """Return what `action` returns, or raise what it raises.

    Raises `TooLong`: it has not ended in that time; it is left to itself, and ends with us.
    """
    future: Future[T] = Future()

    def run() -> None:
        try:
            future.set_result(action())
        except BaseException as problem:
            future.set_exception(problem)

    threading.Thread(target=run, daemon=True).start()
    try:
        return future.result(seconds)
    except TimeoutError:
        if future.done():  # it is the store's own
            raise
    raise TooLong(f"no whole answer within {seconds:,.0f} seconds")


def _is_missing(answer: object) -> bool:
    """Return whether a file is not there; where the bucket is not there, nothing is."""
    return isinstance(answer, FileNotFoundError | KeyError)


#: The endings of the files of a casebook, and of a folder of notebooks.
TABLES, NOTEBOOKS = (".csv", ".toml"), (".ipynb",)

#: More is no casebook, but a bucket of something else.
_MOST_FILES, _MOST_BYTES = 1_000, 1024**3

#: What stores say of the content of a file, the first that there is.
_MARKS = ("ETag", "etag", "md5Hash", "content_md5", "crc32c", "mtime", "LastModified", "created")


#: What this process has fetched, by its address and what the store said of its files.
_FETCHED: dict[tuple[str, str], TemporaryFolder] = {}


def find_folder(place: str, ending: tuple[str, ...]) -> str:
    """Return the folder that was typed: a path as it is, and of a store what was fetched.

    Raises `StorageError`: see `fetch_folder`.
    """
    if not is_address(place):
        return place
    address = check_address(place)
    return str(fetch_folder(address, ending)) if is_address(address) else address


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
