"""From the bytes of a published file to text: gzip by its magic, byte-order marks, UTF-8.

Nothing is guessed: a file in an undeclared other encoding is refused with the line, and a
ZIP, Excel, PDF or web page is named as what it is.
"""

from __future__ import annotations

import codecs
import difflib
import gzip
import io
import zlib
from pathlib import Path
from typing import IO, Any, cast

from analysis.imports.imported import ImportProblem, Progress

GZIP_MAGIC = b"\x1f\x8b"

#: Formats read whole are a few megabytes; a text beyond this (in bytes) is not one of them.
LARGEST_TEXT = 1_000_000_000

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


class CountedFile(io.RawIOBase):
    """A binary file that reports how far it has been read, in bytes of the file on disk."""

    def __init__(self, path: Path, progress: Progress | None) -> None:
        self._file = path.open("rb")
        self._size = path.stat().st_size
        self._progress = progress

    def readinto(self, buffer: Any) -> int:
        """Fill `buffer` and report the position."""
        count = self._file.readinto(buffer)
        if self._progress is not None:
            self._progress(self._file.tell(), self._size)
        return count

    def readable(self) -> bool:
        """Whether it can be read: always."""
        return True

    def seekable(self) -> bool:
        """Whether it can be rewound: gzip asks."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move in the file."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """Return the position in the file."""
        return self._file.tell()

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        super().close()


def open_bytes(path: Path, progress: Progress | None = None) -> IO[bytes]:
    """Open a published file for reading its bytes, unpacked if it is gzipped.

    Raises
    ------
    ImportProblem
        If it is missing, a folder, unreadable, empty, or a known other kind of file.
    """
    if path.is_dir():
        raise ImportProblem(f"{path}: a folder, where a published file is expected")
    try:
        with path.open("rb") as file:
            start = file.read(8)
    except FileNotFoundError:
        raise ImportProblem(f"{path}: there is no such file{_suggest_neighbour(path)}") from None
    except OSError as error:
        raise ImportProblem(f"{path}: cannot be read ({error.strerror})") from error
    if not start:
        raise ImportProblem(f"{path}: the file is empty")
    for magic, kind in _OTHERS.items():
        if start.startswith(magic):
            raise ImportProblem(f"{path}: expected CSV or JSON, found {kind}")
    counted = io.BufferedReader(CountedFile(path, progress), 1 << 20)
    if start.startswith(GZIP_MAGIC):
        return cast("IO[bytes]", gzip.GzipFile(fileobj=counted, mode="rb"))
    return counted


def read_text(path: Path, progress: Progress | None = None, *, limit: int | None = None) -> str:
    """Read a published file as text.

    Parameters
    ----------
    path : Path
        Plain or gzipped, whatever its name.
    progress : callable, optional
        Told the bytes read.
    limit : int, optional
        Read only about so many bytes from the start, up to the end of a line: to look
        at a file without reading all of it.

    Raises
    ------
    ImportProblem
        Also for bytes that are not UTF-8 (or UTF-16 with its mark), with the line.
    """
    with open_bytes(path, progress) as file:
        try:
            data = file.read(LARGEST_TEXT + 1 if limit is None else limit)
        except (OSError, EOFError, zlib.error) as error:
            raise ImportProblem(f"{path}: a damaged gzip file ({error})") from error
    if limit is None and len(data) > LARGEST_TEXT:
        raise ImportProblem(f"{path}: more than {LARGEST_TEXT:,} bytes, too large for this format")
    return decode(data, str(path), cut=limit is not None and len(data) == limit)


def find_encoding(path: Path) -> str:
    """Return the encoding the file's mark declares: "utf-8" or "utf-16"."""
    with open_bytes(path) as file:
        start = file.read(2)
    return "utf-16" if start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8"


def peek_text(path: Path) -> str:
    """Return the start of a file, enough to see its columns; all of it if it is JSON."""
    start = read_text(path, limit=1_000_000)
    return read_text(path) if looks_like_json(start) else start


def looks_like_json(text: str) -> bool:
    """Whether the text begins as JSON does."""
    return text.lstrip()[:1] in ("{", "[")


def decode(data: bytes, name: str, *, cut: bool = False) -> str:
    """Return the text of `data`; `cut` says that the end is missing, maybe inside a character."""
    encoding = "utf-8"
    for mark, marked in _MARKS:
        if data.startswith(mark):
            data, encoding = data[len(mark) :], marked
            break
    else:
        if b"\x00" in data[:1000]:
            raise ImportProblem(
                f"{name}: found zero bytes at the start: UTF-16 without its mark, or no text"
            )
    try:
        return codecs.getincrementaldecoder(encoding)().decode(data, final=not cut)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ImportProblem(
            f"{name}, line {line}: expected {encoding.upper()} text, found the byte"
            f" 0x{data[error.start]:02x}; save the file as UTF-8"
        ) from error


def _suggest_neighbour(path: Path) -> str:
    """Return ', did you mean …?' for a file of nearly that name in the same folder."""
    folder = path.parent
    names = sorted(each.name for each in folder.iterdir()) if folder.is_dir() else []
    close = difflib.get_close_matches(path.name, names, n=1)
    return f"; did you mean {folder / close[0]}?" if close else ""
