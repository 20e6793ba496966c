"""Writing what was imported: FORMAT.csv or FORMAT.parquet, and FORMAT.refused.csv."""

# mypy: disable-error-code="import-untyped"
# pyarrow has no type stubs.

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.imports.arrow_columns import PANDAS_TYPES, join_refused
from analysis.imports.discovery import get_importer, import_file, suggest_format
from analysis.imports.imported import (
    Imported,
    Importer,
    ImportProblem,
    Progress,
    Stream,
    say_counts,
)
from analysis.safety import write_csv

#: Frames with more rows than this are written as Parquet: no spreadsheet opens them anyway.
LARGEST_CSV = 200_000

#: Rows of a row group of a Parquet file, at least: few enough to stay small in memory.
ROWS_A_GROUP = 100_000


@dataclass(frozen=True)
class Written:
    """The files written, and the counts: ``rows_read == rows_kept + rows_refused``."""

    data: Path
    refused: Path
    rows_read: int
    rows_kept: int
    rows_refused: int
    notes: tuple[str, ...]

    def say_counts(self) -> str:
        """Return the line a command prints: rows read, kept and refused."""
        return say_counts(self.rows_read, self.rows_kept, self.rows_refused)


def write_imported(imported: Imported, out_folder: Path | str) -> Written:
    """Write an import to a folder, each file whole or not at all.

    ``FORMAT.csv`` (``FORMAT.parquet`` beyond `LARGEST_CSV` rows) and ``FORMAT.refused.csv``,
    which is written even if nothing was refused.

    Parameters
    ----------
    imported : Imported
        What `import_file` returned.
    out_folder : Path or str
        Made if it is missing.
    """
    folder = Path(out_folder)
    if len(imported.frame) > LARGEST_CSV:
        data = folder / f"{imported.format_name}.parquet"
        with _complete_or_absent(data) as temporary:
            imported.frame.to_parquet(temporary, index=False)
    else:
        data = folder / f"{imported.format_name}.csv"
        write_csv(imported.frame, data)
    return _finish(data, imported.refused, imported.rows_read, imported.rows_kept, imported.notes)


def import_into(
    format_name: str,
    path: Path | str,
    out_folder: Path | str,
    *,
    progress: Progress | None = None,
) -> Written:
    """Read a published file and write it to a folder, in bounded memory where files are large.

    A format with a stream (``ucdp-ged``) is written to Parquet part by part, and becomes a
    CSV file if it has no more than `LARGEST_CSV` rows. Files and errors are those of
    `write_imported` and `import_file`.
    """
    importer, file, folder = get_importer(format_name), Path(path), Path(out_folder)
    if importer.stream is None:
        imported = import_file(format_name, file, progress=progress)
        return write_imported(imported, folder)
    try:
        return _write_stream(importer, file, folder, progress)
    except ImportProblem as problem:
        hint = suggest_format(file, format_name) if file.is_file() else ""
        raise ImportProblem(f"{problem}{hint}") from problem


def _write_stream(
    importer: Importer, path: Path, folder: Path, progress: Progress | None
) -> Written:
    assert importer.stream is not None
    stream = importer.stream(path, progress)
    data = folder / f"{importer.name}.parquet"
    with _complete_or_absent(data) as temporary:
        with pq.ParquetWriter(temporary, stream.schema) as writer:
            for table in _group(stream):
                writer.write_table(table)
        if stream.rows_kept <= LARGEST_CSV:
            table = pq.read_table(temporary)
            data = folder / f"{importer.name}.csv"
            write_csv(table.to_pandas(types_mapper=PANDAS_TYPES.get), data)
            temporary.unlink()
    refused = join_refused(stream)
    return _finish(data, refused, stream.rows_read, stream.rows_kept, tuple(stream.notes))


def _group(stream: Stream) -> Iterator[pa.Table]:
    """Yield the batches of a stream in groups large enough to read back fast."""
    waiting: list[pa.RecordBatch] = []
    for batch in stream.batches:
        waiting.append(batch)
        if sum(each.num_rows for each in waiting) >= ROWS_A_GROUP:
            yield pa.Table.from_batches(waiting)
            waiting = []
    if waiting:
        yield pa.Table.from_batches(waiting)


def _finish(
    data: Path, refused: pd.DataFrame, rows_read: int, rows_kept: int, notes: tuple[str, ...]
) -> Written:
    refused_path = data.with_name(f"{data.stem}.refused.csv")
    write_csv(refused, refused_path)
    # A file of an earlier import with the other ending would contradict this one.
    other = data.with_suffix(".csv" if data.suffix == ".parquet" else ".parquet")
    other.unlink(missing_ok=True)
    return Written(data, refused_path, rows_read, rows_kept, len(refused), notes)


@contextmanager
def _complete_or_absent(path: Path) -> Iterator[Path]:
    """Give a temporary file beside `path` that takes its name when the block ends well.

    If the block removes the temporary file, nothing takes the name.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        if temporary.exists():
            temporary.chmod(0o644)
            temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
