"""The latest claim of each series on each day, from Parquet files that do not fit the memory.

Dask reads a few groups of rows at a time and finds what stands on each day among them alone. A
claim that stands among all claims stands among those of its own group too, so that the groups
can be laid over each other in a grid of days by series, and nothing else is kept.
"""

# mypy: disable-error-code="import-untyped"
# pyarrow has no type stubs. It is read when it is needed: `analysis.tables` opens in a moment.

from __future__ import annotations

import errno
import importlib
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.tables.known_each_day import (
    KnownEachDay,
    Take,
    check_series,
    read_days,
    require,
)
from analysis.tables.standing_grid import Standing, StandingGrid, find_standing
from analysis.tables.standing_rows import Ints

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class _Piece:
    """A group of rows of a file: a fragment of a pyarrow data set, and its first row's place."""

    fragment: Any
    schema: Any
    start: int
    rows: int

    def read(self, columns: list[str] | None) -> pa.Table:
        return self.fragment.to_table(schema=self.schema, columns=columns)

    def read_rows(self, columns: list[str] | None, rows: Ints) -> pa.Table:
        return self.read(columns).take(rows)

    def find_standing(
        self, columns: list[str], series: list[str], days: npt.NDArray[np.int64]
    ) -> Standing:
        return find_standing(self.read(columns).to_pandas(), series, days, self.start)


def known_each_day_partitioned(
    path: str | Path,
    series: Sequence[str],
    days: pd.DatetimeIndex | pd.Series | Iterable[str | date],
    *,
    at_once: int = 2,
) -> KnownEachDay:
    """Return what `known_each_day` does, from a folder of Parquet files, through Dask.

    The claims are in the order of the files' names (part.2 before part.10), as Dask reads
    them; places of rows count from the first row of the first file. Tasks run wherever Dask is
    told to run them (`dask.config.set(scheduler=...)`, or a cluster); the answer is the same.

    Parameters
    ----------
    path : str or pathlib.Path
        A Parquet file or a folder of them, folders named `column=value` included.
    series, days
        As in `known_each_day`.
    at_once : int
        How many groups of rows are read at a time.

    Returns
    -------
    KnownEachDay
        Its frames are read from the files when they are asked for. While it is made, it takes
        about 30 bytes a day and series, and about 100 bytes a row of `at_once` groups of rows,
        however many groups there are.

    Raises
    ------
    ModuleNotFoundError
        Dask is not installed; the message names the extra that brings it.
    FileNotFoundError
        There is nothing at `path`.
    ValueError
        No Parquet, a column missing in a file, or one of `days` is no day.
    """
    check_series(series)
    if at_once < 1:
        raise ValueError(f"at_once: expected 1 group of rows or more, not {at_once}")
    asked = read_days(days)
    delay, compute = _load_dask(at_once)
    columns = list(dict.fromkeys([*series, "as_of", "published_on"]))
    pieces = _list_pieces(Path(path), columns)
    whole = asked.to_numpy(dtype="datetime64[D]").astype(np.int64)
    each, which = np.unique(whole, return_inverse=True)
    grid = StandingGrid(len(each))
    tasks = [delay(piece.find_standing)(columns, list(series), each) for piece in pieces]
    for standing in compute(tasks):
        grid.lay(standing)
    rows = grid.carry_on()
    if not np.array_equal(each, whole):
        rows = rows[which]
    take = _take_from(pieces, at_once)
    return KnownEachDay(asked, take(grid.first, list(series)), rows, take)


def _load_dask(
    at_once: int,
) -> tuple[Callable[..., Any], Callable[[Sequence[Any]], Iterator[Any]]]:
    """Return Dask's `delayed`, and what computes so many tasks at a time, in their order."""
    try:
        dask = importlib.import_module("dask")
    except ModuleNotFoundError:
        raise ModuleNotFoundError(
            "known_each_day_partitioned: Dask is not installed; it comes with the extra scale: "
            "pip install 'contested-figures[scale]'"
        ) from None

    def compute(tasks: Sequence[Any]) -> Iterator[Any]:
        for start in range(0, len(tasks), at_once):
            yield from dask.compute(*tasks[start : start + at_once])

    return dask.delayed, compute


def _list_pieces(path: Path, columns: list[str]) -> list[_Piece]:
    """Return the groups of rows of the files, in the order of their names."""
    import pyarrow as pa
    from pyarrow import dataset

    if not path.exists():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
    try:
        files = dataset.dataset(path, format="parquet", partitioning="hive")
        fragments = sorted(files.get_fragments(), key=lambda one: _read_numbers(one.path))
        pieces: list[_Piece] = []
        start = 0
        for fragment in fragments:
            inside = [*fragment.physical_schema.names, *_of_folders(fragment)]
            require(inside, columns, Path(fragment.path).name)
            for group in fragment.split_by_row_group():
                # Its own rows: count_rows() of a group says those of the whole file.
                rows = sum(info.num_rows for info in group.row_groups)
                pieces.append(_Piece(group, files.schema, start, rows))
                start += rows
    except pa.ArrowInvalid as problem:
        said = " ".join(str(problem).split())
        raise ValueError(f"{path}: expected Parquet files: {said}") from None
    if not pieces:
        raise ValueError(f"{path}: there are no Parquet files with claims in it")
    return pieces


def _read_numbers(name: str) -> list[str | int]:
    """Return what sorts names as people count: part.2 stands before part.10."""
    return [int(part) if part.isdigit() else part for part in re.split("([0-9]+)", name)]


def _of_folders(fragment: Any) -> list[str]:
    """Return the columns that the names of the folders give, as in claimant=ohchr/part.0."""
    from pyarrow import dataset

    return list(dataset.get_partition_keys(fragment.partition_expression))


def _take_from(pieces: list[_Piece], at_once: int) -> Take:
    """Return what reads rows by their place, group by group."""

    def take(rows: Ints, columns: list[str] | None) -> pd.DataFrame:
        require(pieces[0].schema.names, columns or [], "claims")
        import pyarrow as pa

        delay, compute = _load_dask(at_once)
        wanted, place = np.unique(rows, return_inverse=True)
        tasks = []
        for piece in pieces:
            ends = np.searchsorted(wanted, [piece.start, piece.start + piece.rows])
            inside = wanted[slice(*ends)] - piece.start
            if len(inside) or piece is pieces[0]:
                tasks.append(delay(piece.read_rows)(columns, inside))
        table = pa.concat_tables(compute(tasks))
        frame: pd.DataFrame = table.to_pandas()
        return frame.take(place).reset_index(drop=True)

    return take
