"""Tables that were read and passed all their checks, kept as Arrow (see `analysis.kept`)."""

# pyarrow has no type stubs.
# mypy: disable-error-code="import-untyped"

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import cache

import pandas as pd
import pyarrow as pa

from analysis.kept import keep, make_key, read_kept
from analysis.tables.table import Table


def find_key(what: str, table: Table, files: Mapping[str, str]) -> str:
    """Return the key of what was made by a table from `files` (name to SHA-256).

    "" where it is not kept: the rules of the table are not those of this package.
    """
    return make_key(f"{what} {table.name}", files) if _is_own(table) else ""


def read_frame(key: str) -> pd.DataFrame | None:
    """Return the frame that was kept under a key, or None."""
    data = read_kept(key) if key else None
    if data is None:
        return None
    try:
        return _unpack(data)
    except pa.ArrowException:
        return None


def keep_frame(key: str, frame: pd.DataFrame) -> None:
    """Keep a frame under a key, if exactly this frame comes back."""
    if key and not frame.attrs and "object" not in set(map(str, frame.dtypes)):
        data = _pack(frame)
        back = _unpack(data)
        same = [*back.dtypes] == [*frame.dtypes] and type(back.index) is type(frame.index)
        if same and back.equals(frame):
            keep(key, data)


# A library that starts a thread would take from a process what can be forked.
def _pack(frame: pd.DataFrame) -> bytes:
    table = pa.Table.from_pandas(frame, nthreads=1)
    sink = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression="lz4", use_threads=False)
    with pa.ipc.new_stream(sink, table.schema, options=options) as stream:
        stream.write_table(table)
    return bytes(sink.getvalue())


def _unpack(data: bytes) -> pd.DataFrame:
    with pa.ipc.open_stream(data, options=pa.ipc.IpcReadOptions(use_threads=False)) as stream:
        frame: pd.DataFrame = stream.read_all().to_pandas(use_threads=False)
    return frame


@cache
def _is_own(table: Table) -> bool:
    """Whether the rules of a table are code of this package, which a key holds."""
    own = [vars(module) for name, module in [*sys.modules.items()] if name.startswith("analysis.")]
    return any(table is held for names in own for held in names.values())
