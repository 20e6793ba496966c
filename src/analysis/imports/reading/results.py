"""What an importer hands back: the tidy frame, the rows refused, and the count of both."""

# mypy: disable-error-code="import-untyped"
# pyarrow has no type stubs.

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from analysis.safety import InputError

if TYPE_CHECKING:
    from analysis.imports.reading.file import PublishedFile

#: Called now and then with the bytes read so far and the size of the file in bytes.
Progress = Callable[[int, int], None]


#: More refused rows than this, and the file is refused instead.
MOST_REFUSED = 200_000

#: A cell in a message is cut to so many characters.
SHOWN = 200


class ImportProblem(InputError):
    """The file cannot be imported at all: one line for the person who asked."""

    def __init__(self, message: str) -> None:
        super().__init__(message.replace("\r", " ").replace("\n", " "))


class UnreadableCellError(ValueError):
    """A cell cannot be read as what its column holds; the message says why."""


class RefusedRowError(Exception):
    """A published row cannot be read: the column, what stands there, and the reason."""

    def __init__(self, column: str, value: str, reason: str) -> None:
        super().__init__(f"{column}: {value!r}: {reason}")
        self.column, self.value, self.reason = column, value, reason


@dataclass(frozen=True)
class Refusal:
    """One published row that was not taken over."""

    row: int
    column: str
    value: str
    reason: str


@dataclass
class Refusals:
    """The refused rows of one file, each cell cut to what a message shows."""

    name: str
    rows: list[Refusal] = field(default_factory=list)

    def add(self, row: int, column: str, value: str, reason: str) -> None:
        """Refuse a row; a file with more than `MOST_REFUSED` of them is refused."""
        cut = (column[:SHOWN], value[:SHOWN], reason if len(reason) < 400 else reason[:400] + "…")
        self.rows.append(Refusal(row, *cut))
        if len(self.rows) > MOST_REFUSED:
            raise ImportProblem(
                f"{self.name}: more than {MOST_REFUSED:,} rows cannot be read; row"
                f" {self.rows[0].row}: {self.rows[0].reason}"
            )


@dataclass(frozen=True)
class Imported:
    """A published file, read.

    A *row* is the published record: a line of a CSV file (the header is not a row, nor
    are lines before it or HXL tags under it), or an object of a JSON list. Wide formats
    give several rows of `frame` for one published row; `frame["row"]` says which.
    """

    #: Tidy, as the `COLUMNS` of the format's module say; index 0..n-1.
    frame: pd.DataFrame
    #: One line a refused row: ``row`` (the line of the file where the record begins, the first line
    #: being 1; in JSON the number of the record in its list, from 1), ``column``, ``value``,
    #: ``reason``.
    refused: pd.DataFrame
    #: rows_read, rows_kept: Published rows; ``rows_read == rows_kept + len(refused)``.
    rows_read: int
    rows_kept: int
    #: What a reader of the frame should know: lines left out as headers, the style of dates decided
    #: on, columns not taken over, what was flagged.
    notes: tuple[str, ...] = ()
    #: The format it was read as; names the files written.
    format_name: str = ""

    def __post_init__(self) -> None:
        if self.rows_read != self.rows_kept + len(self.refused):
            raise AssertionError(
                f"{self.rows_read} rows read, {self.rows_kept} kept, {len(self.refused)} refused"
            )

    @property
    def rows_refused(self) -> int:
        """How many published rows were refused."""
        return len(self.refused)

    def say_counts(self) -> str:
        """Return the line a command prints: rows read, kept and refused."""
        return say_counts(self.rows_read, self.rows_kept, self.rows_refused)


@dataclass(frozen=True)
class Importer:
    """One published format."""

    #: The word typed after ``figures import``.
    name: str
    #: The columns or keys the format is known by, for messages.
    expects: str
    #: Whether a file is of this format, judged by its columns.
    recognises: Callable[[PublishedFile], bool]
    #: File to `Imported`; raises `ImportProblem`.
    read: Callable[[PublishedFile], Imported]
    #: The same in parts, for files larger than memory.
    stream: Callable[[PublishedFile], Stream] | None = None


@dataclass
class Stream:
    """A large file read in parts: Arrow batches; the rest is whole once all are read."""

    batches: Iterator[pa.RecordBatch]
    schema: pa.Schema
    refused: Refusals
    notes: list[str]
    rows_kept: int = 0

    @property
    def rows_read(self) -> int:
        """Published rows so far."""
        return self.rows_kept + len(self.refused.rows)


def say_counts(read: int, kept: int, refused: int) -> str:
    """Return the line a command prints."""
    return f"{read:,} rows read = {kept:,} kept + {refused:,} refused"


def say_first(items: Iterable[Any], most: int = 5) -> str:
    """Return "a, b, c" of some items, with the count of those beyond the first few."""
    listed = [str(item) for item in items]
    more = f" and {len(listed) - most:,} more" if len(listed) > most else ""
    return ", ".join(item[:SHOWN] for item in listed[:most]) + more


def make_refused(refusals: Iterable[Refusal]) -> pd.DataFrame:
    """Return refusals as a frame (row, column, value, reason), in the order of the file."""
    ordered = sorted(refusals, key=lambda refusal: refusal.row)
    kinds = {"row": "Int64"} | dict.fromkeys(("column", "value", "reason"), "string")
    return make_frame([vars(refusal) for refusal in ordered], kinds)


def make_frame(rows: Sequence[Mapping[str, object]], columns: Mapping[str, str]) -> pd.DataFrame:
    """Return `rows` as a frame with exactly `columns` (name to dtype); a missing key is missing."""
    return pd.DataFrame(
        {
            name: pd.Series([row.get(name) for row in rows], dtype="object").astype(dtype)  # type: ignore[call-overload]
            for name, dtype in columns.items()
        }
    )
