"""A large file a part at a time: columns of whole numbers, decimals, days, texts.

Cells in the usual style are read by Arrow, many at a time; the odd ones one by one, by the
same rules as everywhere (`numbers`, `dates`), so that a star or a comma in one cell of
millions is read or refused, never lost. The first odd number or date of a column makes the
whole column be read once, to decide how it is written.
"""

# mypy: disable-error-code="import-untyped"
# pyarrow has no type stubs.

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.imports.reading.results import Imported, Stream, UnreadableCellError, make_refused
from analysis.imports.reading.rows import Cells
from analysis.imports.reading.table import Record

#: Records of a part.
PART = 20_000

#: How pandas holds the Arrow types used here: missing values stay missing, ints stay ints.
PANDAS_TYPES: dict[pa.DataType, Any] = {
    pa.int64(): pd.Int64Dtype(),
    pa.float64(): pd.Float64Dtype(),
    pa.string(): pd.StringDtype(),
}
DAY = pa.timestamp("s")

_WHOLE = "^[0-9]{1,15}$"
_DECIMAL = "^-?[0-9]{1,15}([.][0-9]*)?$"
_DAY = "^[0-9]{4}-[0-9]{2}-[0-9]{2}([ T]00:00:00([.]0+)?)?$"


@dataclass
class Part:
    """Some records of a large file as columns of text, and those refused so far."""

    #: counts, measures: Read the odd cells of the table's columns of counts and days, and of
    #: decimals.
    counts: Cells
    measures: Cells
    #: The records.
    records: list[Record]
    #: Place of a record among them to column, value and reason; its first reason stands.
    refused: dict[int, tuple[str, str, str]] = field(default_factory=dict)

    def refuse(self, index: int, column: str, value: str, reason: str) -> None:
        """Refuse a record; its first reason stands."""
        self.refused.setdefault(index, (column, value, reason))

    def count(self, column: str) -> pa.Array:
        """Return a column of counts as int64; empty cells are missing."""
        read_one = self.counts.read_count
        return self._read(column, _WHOLE, pa.int64(), lambda text: read_one(text, column).whole)

    def decimal(self, column: str) -> pa.Array:
        """Return a column of decimals as float64; empty cells are missing."""
        read_one = self.measures.read_number
        return self._read(column, _DECIMAL, pa.float64(), lambda text: read_one(text, column).real)

    def day(self, column: str) -> pa.Array:
        """Return a column of days (`dates`); empty cells are missing."""
        read_one = self.counts.read_day
        return self._read(column, _DAY, DAY, lambda text: read_one(text, column))

    def text(self, column: str) -> pa.Array:
        """Return a column of texts; empty cells are missing."""
        if column not in self.counts.table.titles:
            return pa.nulls(len(self.records), pa.string())
        texts = pa.array([record.cells[column] for record in self.records], pa.string())
        trimmed = pc.utf8_trim_whitespace(texts)
        return pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, pa.string()), trimmed)

    def _read(
        self,
        column: str,
        usual: str,
        kind: pa.DataType,
        read_one: Callable[[str], int | float | date | None],
    ) -> pa.Array:
        texts = self.text(column)
        fits = pc.fill_null(pc.match_substring_regex(texts, usual), True)
        plain = texts if kind != DAY else pc.utf8_slice_codeunits(texts, 0, 10)
        if pc.all(fits, min_count=0).as_py():
            try:
                return plain.cast(pa.date32()).cast(kind) if kind == DAY else plain.cast(kind)
            except pa.ArrowInvalid:
                pass  # A day such as 2022-02-30: found below, cell by cell.
        values: list[int | float | date | None] = []
        for index, text in enumerate(texts.to_pylist()):
            value = None
            if text is not None:
                try:
                    value = read_one(text)
                except UnreadableCellError as error:
                    self.refuse(index, column, text, str(error))
            values.append(value)
        return pa.array(values, pa.date32()).cast(DAY) if kind == DAY else pa.array(values, kind)


def take_parts(records: Iterable[Record]) -> Iterator[list[Record]]:
    """Yield records in lists of `PART`; the last one is shorter, and may be empty."""
    iterator = iter(records)
    while True:
        part = list(islice(iterator, PART))
        yield part
        if len(part) < PART:
            return


def collect(stream: Stream) -> Imported:
    """Return a whole stream as one `Imported`, for files that fit into memory."""
    table = pa.Table.from_batches(list(stream.batches), schema=stream.schema)
    frame = table.to_pandas(types_mapper=PANDAS_TYPES.get)
    refused = make_refused(stream.refused.rows)
    return Imported(frame, refused, stream.rows_read, stream.rows_kept, tuple(stream.notes))
