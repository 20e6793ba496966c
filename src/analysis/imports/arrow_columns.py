"""Columns of a large file, read many cells at a time: whole numbers, decimals, days, texts.

Cells in the usual style are read by Arrow; the odd ones one by one, by the same rules as
everywhere (`published_numbers`, `published_dates`), so that a star or a comma in one cell
of millions is read or refused, never lost.
"""

# mypy: disable-error-code="import-untyped"
# pyarrow has no type stubs.

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.imports.imported import Imported, Refusal, Stream, make_refused
from analysis.imports.published_dates import UnreadableDateError, read_day
from analysis.imports.published_numbers import UnreadableNumberError, read_count, read_number

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

    rows: np.ndarray[Any, np.dtype[np.int64]]
    texts: dict[str, pa.Array]
    refused: dict[int, Refusal] = field(default_factory=dict)

    def refuse(self, index: int, column: str, value: str, reason: str) -> None:
        """Refuse a record; its first reason stands."""
        self.refused.setdefault(index, Refusal(int(self.rows[index]), column, value, reason))

    def count(self, column: str) -> pa.Array:
        """Return a column of counts as int64; empty cells are missing."""
        return self._read(column, _WHOLE, pa.int64(), lambda text: read_count(text).whole)

    def decimal(self, column: str) -> pa.Array:
        """Return a column of decimals as float64; empty cells are missing."""
        return self._read(column, _DECIMAL, pa.float64(), lambda text: read_number(text).real)

    def day(self, column: str) -> pa.Array:
        """Return a column of days; ISO, or with the month in words; others are refused."""
        return self._read(column, _DAY, DAY, lambda text: read_day(text) if text.strip() else None)

    def text(self, column: str) -> pa.Array:
        """Return a column of texts; empty cells are missing."""
        texts = self.texts.get(column)
        if texts is None:
            return pa.nulls(len(self.rows), pa.string())
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
                except (UnreadableNumberError, UnreadableDateError) as error:
                    self.refuse(index, column, text, str(error))
            values.append(value)
        return pa.array(values, pa.date32()).cast(DAY) if kind == DAY else pa.array(values, kind)


@dataclass
class KnownIds:
    """The ids met so far, in sorted runs that are merged as they grow (few, never copied often)."""

    runs: list[tuple[Any, Any]] = field(default_factory=list)

    def find_repeats(self, ids: Any, rows: Any) -> dict[int, int]:
        """Return position to earlier row, for each id met before; then remember the new ones.

        Parameters
        ----------
        ids, rows : numpy arrays of int64
            Ids of some records, and their rows in the file.
        """
        repeats: dict[int, int] = {}
        order = np.argsort(ids, kind="stable")
        ordered, ordered_rows = ids[order], rows[order]
        same = np.flatnonzero(ordered[1:] == ordered[:-1]) + 1
        first = np.searchsorted(ordered, ordered[same], side="left")
        for position, earlier in zip(order[same], ordered_rows[first], strict=True):
            repeats[int(position)] = int(earlier)
        for known, known_rows in self.runs:
            at = np.minimum(np.searchsorted(known, ids), len(known) - 1)
            for position in np.flatnonzero(known[at] == ids):
                repeats[int(position)] = int(known_rows[at[position]])
        new = np.ones(len(ids), dtype=bool)
        new[list(repeats)] = False
        keep = new[order]
        if keep.any():
            self.runs.append((ordered[keep], ordered_rows[keep]))
        while len(self.runs) > 1 and len(self.runs[-2][0]) <= 2 * len(self.runs[-1][0]):
            (ids_a, rows_a), (ids_b, rows_b) = self.runs[-2:]
            merged = np.concatenate([ids_a, ids_b])
            place = np.argsort(merged, kind="stable")
            self.runs[-2:] = [(merged[place], np.concatenate([rows_a, rows_b])[place])]
        return repeats


def join_refused(stream: Stream) -> pd.DataFrame:
    """Return all refused rows of a stream that has been read, in the order of the file."""
    joined = pd.concat([make_refused([]), *stream.refused], ignore_index=True)
    return joined.sort_values("row", kind="stable", ignore_index=True)


def collect(stream: Stream) -> Imported:
    """Return a whole stream as one `Imported`, for files that fit into memory."""
    table = pa.Table.from_batches(list(stream.batches), schema=stream.schema)
    frame = table.to_pandas(types_mapper=PANDAS_TYPES.get)
    refused = join_refused(stream)
    return Imported(frame, refused, stream.rows_read, stream.rows_kept, tuple(stream.notes))
