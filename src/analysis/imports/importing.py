"""Reading a file in a format, and writing it: FORMAT.csv or FORMAT.parquet, FORMAT.refused.csv."""

# mypy: disable-error-code="import-untyped"
# pyarrow has no type stubs.

from __future__ import annotations

import difflib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.imports.formats import FORMATS
from analysis.imports.reading.file import PublishedFile
from analysis.imports.reading.parts import PANDAS_TYPES
from analysis.imports.reading.results import (
    Imported,
    Importer,
    ImportProblem,
    Progress,
    Stream,
    make_refused,
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


def get_importer(format_name: str) -> Importer:
    """Return the importer of a format, or raise `ImportProblem` with a suggestion."""
    if format_name in FORMATS:
        return FORMATS[format_name]
    close = difflib.get_close_matches(format_name.lower(), FORMATS, n=1, cutoff=0.5)
    hint = f"did you mean {close[0]!r}? " if close else ""
    raise ImportProblem(f"no format {format_name!r}; {hint}formats: {', '.join(FORMATS)}")


def sniff_formats(file: PublishedFile) -> list[str]:
    """Return the names of the formats a file looks like, by its columns."""
    names = []
    for name, importer in FORMATS.items():
        with suppress(ImportProblem):
            if importer.recognises(file):
                names.append(name)
    # Any tagged CSV is HXL: say so only if it is nothing more particular.
    return [name for name in names if name != "hxl"] or names


@contextmanager
def _suggesting(file: PublishedFile, tried: str) -> Iterator[None]:
    """Add to a problem the format that a file looks like."""
    try:
        yield
    except ImportProblem as problem:
        others = [repr(name) for name in sniff_formats(file) if name != tried]
        hint = f"; did you mean format {' or '.join(others)}?" if others else ""
        raise ImportProblem(f"{problem}{hint}") from problem


def import_file(
    format_name: str, path: Path | str, *, progress: Progress | None = None
) -> Imported:
    """Read a published file, plain or gzipped, into a tidy frame of a format (a key of `FORMATS`).

    The `COLUMNS` of the format's module describe the frame; `progress` is told the bytes read and
    the size of the file. `ImportProblem` where the format or file does not exist, or the file is
    not of that format, with the format it looks like.
    """
    importer = get_importer(format_name)
    file = PublishedFile(Path(path), progress)
    with _suggesting(file, format_name):
        return replace(importer.read(file), format_name=format_name)


def write_imported(imported: Imported, out_folder: Path | str) -> Written:
    """Write an import to a folder, each file whole or not at all.

    ``FORMAT.csv`` (``FORMAT.parquet`` beyond `LARGEST_CSV` rows) and ``FORMAT.refused.csv``,
    which is written even if nothing was refused.
    """
    folder = Path(out_folder)
    with _writing_to(folder):
        if len(imported.frame) > LARGEST_CSV:
            data = folder / f"{imported.format_name}.parquet"
            with _complete_or_absent(data) as temporary:
                imported.frame.to_parquet(temporary, index=False)
        else:
            data = folder / f"{imported.format_name}.csv"
            write_csv(imported.frame, data)
        counts = imported.rows_read, imported.rows_kept
        return _finish(data, imported.refused, *counts, imported.notes)


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
    importer, folder = get_importer(format_name), Path(out_folder)
    with _writing_to(folder):
        # Before a large file is read.
        folder.mkdir(parents=True, exist_ok=True)
    if importer.stream is None:
        return write_imported(import_file(format_name, path, progress=progress), folder)
    file = PublishedFile(Path(path), progress)
    with _writing_to(folder), _suggesting(file, format_name):
        return _write_stream(importer.name, importer.stream(file), folder)


@contextmanager
def _writing_to(folder: Path) -> Iterator[None]:
    """Say in one line why nothing can be written to a folder."""
    try:
        yield
    except OSError as error:
        if folder.exists() and not folder.is_dir():
            raise ImportProblem(
                f"{folder}: a file, where a folder to write to is expected"
            ) from error
        where = error.filename or folder
        raise ImportProblem(f"{where}: cannot be written ({error.strerror or error})") from error


def _write_stream(name: str, stream: Stream, folder: Path) -> Written:
    data = folder / f"{name}.parquet"
    with _complete_or_absent(data) as temporary:
        with pq.ParquetWriter(temporary, stream.schema) as writer:
            for table in _group(stream):
                writer.write_table(table)
        if stream.rows_kept <= LARGEST_CSV:
            table = pq.read_table(temporary)
            data = folder / f"{name}.csv"
            write_csv(table.to_pandas(types_mapper=PANDAS_TYPES.get), data)
            temporary.unlink()
    refused = make_refused(stream.refused.rows)
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
