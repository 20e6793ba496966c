"""A folder in a store, through fsspec: files are read, put, listed and removed, each whole."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

from analysis.reports.batch.addresses import (
    INSTALL,
    StorageError,
    TooLong,
    check_address,
    explaining,
    is_final,
)
from analysis.reports.temporary import TemporaryFolder

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
