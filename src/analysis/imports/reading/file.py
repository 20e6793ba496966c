"""A published file, opened once: its first text decides the format, and one cap holds for all.

Nothing is guessed: a file in an undeclared other encoding is refused with the line, and a
ZIP, Excel, PDF or web page is named as what it is.
"""

from __future__ import annotations

import codecs
import difflib
import gzip
import io
import json
import re
import zlib
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from analysis.imports.reading.results import ImportProblem, Progress

GZIP_MAGIC = b"\x1f\x8b"

#: Bytes of text that are looked at to tell the format.
HEAD = 300_000

#: A gzip file may unpack to so many bytes, or to so many times its size if that is more:
#: tables pack to a tenth or a twentieth, bombs to a thousandth.
UNPACKED, TIMES = 64_000_000, 50

#: JSON and voting records are read whole; a text beyond this (in bytes) is not one of them.
LARGEST_TEXT = 256_000_000

_OTHERS = {
    b"PK\x03\x04": "a ZIP archive or an Excel workbook: unpack it, or save the sheet as CSV",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook: save the sheet as CSV",
    b"%PDF": "a PDF",
    b"PAR1": "a Parquet file",
}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HALF = re.compile("[\ud800-\udfff]")


class PublishedFile:
    """A published file, plain or gzipped, whatever its name.

    `progress` is told the bytes read of the file, and its size. `ImportProblem` where it is
    missing, a folder, no file that can be read twice, unreadable, empty, or a known other kind of
    file. Its properties raise it for text that is no UTF-8 (or UTF-16 with its mark), with the
    line, for a damaged gzip, and beyond the caps.
    """

    def __init__(self, path: Path, progress: Progress | None = None) -> None:
        self.path, self.progress = path, progress
        if path.is_dir():
            raise ImportProblem(f"{path}: a folder, where a published file is expected")
        if not path.exists():
            raise ImportProblem(f"{path}: there is no such file{_suggest_neighbour(path)}")
        if not path.is_file():
            raise ImportProblem(f"{path}: not a plain file; save what it gives as one")
        try:
            with path.open("rb") as file:
                start = file.read(8)
        except OSError as error:
            raise ImportProblem(f"{path}: cannot be read ({error.strerror})") from error
        if not start:
            raise ImportProblem(f"{path}: the file is empty")
        for magic, kind in _OTHERS.items():
            if start.startswith(magic):
                raise ImportProblem(f"{path}: expected CSV or JSON, found {kind}")

    @cached_property
    def head(self) -> str:
        """The text of the first `HEAD` bytes, the last character maybe cut."""
        with self.open() as file:
            data = file.read(HEAD)
        mark, encoding = _find_mark(data)
        if not mark and b"\x00" in data[:1000]:
            raise ImportProblem(
                f"{self.path}: found zero bytes at the start: UTF-16 without its mark, or no text"
            )
        try:
            decoder = codecs.getincrementaldecoder(encoding)()
            return decoder.decode(data[len(mark) :], final=len(data) < HEAD)
        except UnicodeDecodeError as error:
            raise self._not_text() from error

    @cached_property
    def is_json(self) -> bool:
        """Whether the text begins as JSON does."""
        return self.head.lstrip()[:1] in ("{", "[")

    @cached_property
    def text(self) -> str:
        """All of the text."""
        _ = self.head
        with self.open(self.progress) as file:
            data = file.read(LARGEST_TEXT + 1)
        if len(data) > LARGEST_TEXT:
            raise ImportProblem(
                f"{self.path}: more than {LARGEST_TEXT:,} bytes, too large for this format"
            )
        mark, encoding = _find_mark(data)
        try:
            return data[len(mark) :].decode(encoding)
        except UnicodeDecodeError as error:
            raise self._not_text() from error

    @property
    def data(self) -> Any:
        """The file as JSON, every number as the text that was published."""
        loaded, problem = self._loaded
        if problem is not None:
            raise problem
        return loaded

    @cached_property
    def _loaded(self) -> tuple[Any, ImportProblem | None]:
        """The JSON or what is wrong with it: asked by every format, read once."""
        try:
            text = self.text
            loaded = json.loads(
                text,
                parse_int=str,
                parse_float=str,
                parse_constant=str,
                object_pairs_hook=_keep_pairs,
            )
            if re.search(r"\\u[dD][89a-fA-F]", text):
                loaded = _mend(loaded)
        except ImportProblem as problem:
            return None, problem
        except (ValueError, RecursionError) as error:
            return None, ImportProblem(f"{self.path}: not readable as JSON ({error})")
        return loaded, None

    def open(self, progress: Progress | None = None) -> io.BufferedReader:
        """Open the file for reading its bytes, unpacked, within the cap."""
        return io.BufferedReader(_Unpacked(self.path, progress), 1 << 20)

    def read_lines(self, progress: Progress | None = None) -> Iterator[str]:
        """Yield the lines of the text, as they end in the file, without holding it whole."""
        _ = self.head
        with self.open(progress) as file:
            _, encoding = _find_mark(file.peek(4))
            encoding = {"utf-8": "utf-8-sig"}.get(encoding, "utf-16")
            try:
                yield from io.TextIOWrapper(file, encoding, newline="")
            except UnicodeDecodeError as error:
                raise self._not_text() from error

    def _not_text(self) -> ImportProblem:
        """Say on which line the first byte stands that is no text."""
        with self.open() as file:
            _, encoding = _find_mark(file.peek(4))
            where, found = "", ""
            if encoding == "utf-8":
                for number, line in enumerate(file, start=1):
                    try:
                        line.decode()
                    except UnicodeDecodeError as error:
                        where = f", line {number}"
                        found = f", found the byte 0x{line[error.start]:02x}"
                        break
        return ImportProblem(
            f"{self.path}{where}: expected {encoding.upper()} text{found}; save the file as UTF-8"
        )


class _Unpacked(io.RawIOBase):
    """The bytes of a file, unpacked; tells how far the file on disk has been read."""

    def __init__(self, path: Path, progress: Progress | None) -> None:
        self._path, self._progress = path, progress
        self._disk = io.BufferedReader(path.open("rb", buffering=0), 1 << 20)
        self._size = path.stat().st_size
        self._read: Any = self._disk
        self._left: int | None = None
        if self._disk.peek(2).startswith(GZIP_MAGIC):
            self._read = gzip.GzipFile(fileobj=self._disk, mode="rb")
            self._left = max(UNPACKED, TIMES * self._size)

    def readinto(self, buffer: Any) -> int:
        """Fill `buffer` and report the position."""
        try:
            count: int = self._read.readinto(buffer)
        except (OSError, EOFError, zlib.error) as error:
            raise ImportProblem(f"{self._path}: a damaged gzip file ({error})") from error
        if self._left is not None:
            self._left -= count
            if self._left < 0:
                raise ImportProblem(
                    f"{self._path}: a gzip file of {self._size:,} bytes that unpacks to more than"
                    f" {max(UNPACKED, TIMES * self._size):,}: not a published table"
                )
        if self._progress is not None:
            self._progress(self._disk.tell(), self._size)
        return count

    def readable(self) -> bool:
        """Whether it can be read: always."""
        return True

    def close(self) -> None:
        """Close the file."""
        self._disk.close()
        super().close()


def _find_mark(data: bytes) -> tuple[bytes, str]:
    """Return the byte-order mark at the start ("" if none) and the encoding it declares."""
    return next((pair for pair in _MARKS if data.startswith(pair[0])), (b"", "utf-8"))


def _keep_pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        double = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"an object has the key {double[:80]!r} twice")
    return found


def _mend(value: Any) -> Any:
    """Return JSON with U+FFFD for each half of a character: no file could hold it."""
    if isinstance(value, str):
        return _HALF.sub("\ufffd", value)
    if isinstance(value, dict):
        return {_HALF.sub("\ufffd", key): _mend(item) for key, item in value.items()}
    return [_mend(item) for item in value] if isinstance(value, list) else value


def _suggest_neighbour(path: Path) -> str:
    """Return ', did you mean …?' for a file of nearly that name in the same folder."""
    folder = path.parent
    names = sorted(each.name for each in folder.iterdir()) if folder.is_dir() else []
    close = difflib.get_close_matches(path.name, names, n=1)
    return f"; did you mean {folder / close[0]}?" if close else ""
