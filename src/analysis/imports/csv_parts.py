"""A large CSV file as parts of some thousand records, columns of text, in bounded memory.

The same rules as `published_table` (true header, HXL tags, rows of another length refused),
read by Arrow. Rows are numbered by record: the line of the file, as long as no cell holds
a line break.
"""

# mypy: disable-error-code="import-untyped"
# pyarrow has no type stubs.

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv

from analysis.imports.arrow_columns import Part
from analysis.imports.imported import ImportProblem, Progress, Refusal
from analysis.imports.malformed_rows import Malformed
from analysis.imports.published_file import find_encoding, open_bytes, peek_text
from analysis.imports.published_table import (
    HEADER_WITHIN,
    Wanted,
    describe_start,
    find_header,
    is_tag_row,
    plain,
    read_lines,
)

#: Bytes of text read at a time; a record must fit in, and memory is a few times this.
BLOCK = 4 << 20


@dataclass
class Parts:
    """The parts of a file, each with the malformed rows met since the last, and notes."""

    parts: Iterator[tuple[Part, list[Refusal]]]
    notes: list[str]


def open_parts(
    path: Path,
    *,
    wanted: Wanted,
    expects: str,
    columns: Sequence[str],
    progress: Progress | None = None,
    block: int = BLOCK,
) -> Parts:
    """Open a CSV file for reading in parts.

    Parameters
    ----------
    path : Path
        Plain or gzipped; UTF-8, or UTF-16 with its mark.
    wanted, expects
        As for `published_table.read_csv_table`.
    columns : sequence of str
        Plain names of the columns to read, if the file has them; the others are noted.
    progress : callable, optional
        Told the bytes read.
    block : int
        Bytes of text a part is made from.

    Raises
    ------
    ImportProblem
        At once if there is no such header; while reading, if a quoted cell never ends or
        the text is not UTF-8.
    """
    start = peek_text(path)
    found = find_header(start, wanted, path)
    if found is None:
        raise ImportProblem(f"{path}: expected {expects}; found {describe_start(start)}")
    delimiter, header_line = found
    head = []
    for line, cells in read_lines(start, delimiter, path):
        head.append((line, cells))
        if line > HEADER_WITHIN:
            break
    return _open(path, head, header_line, delimiter, columns, progress, block)


def _open(
    path: Path,
    head: list[tuple[int, list[str]]],
    header_line: int,
    delimiter: str,
    columns: Sequence[str],
    progress: Progress | None,
    block: int,
) -> Parts:
    index = next(n for n, (line, _) in enumerate(head) if line == header_line)
    titles = [" ".join(cell.strip("\ufeff").split()) for cell in head[index][1]]
    # Arrow needs a distinct name for every column, an unnamed one at the end too.
    names = [plain(title) or f"unnamed {n}" for n, title in enumerate(titles)]
    doubles = sorted({name for name in names if names.count(name) > 1})
    if doubles:
        raise ImportProblem(f"{path}, line {header_line}: {doubles[0]!r} stands there twice")
    notes = [] if index == 0 else [f"the header is line {header_line}; those before are no rows"]
    last = index
    for n in range(index + 1, len(head)):
        if is_tag_row(head[n][1]):
            notes.append(f"line {head[n][0]} holds HXL tags, not a row")
            if n > index + 1:
                between = n - index - 1
                notes.append(f"{between} lines between the header and the HXL tags are no rows")
            last = n
            break
    # Lines, not records: a title may hold a line break.
    skip = head[last + 1][0] - 1 if last + 1 < len(head) else head[last][0]
    # The last column too: a quote that never ends takes the rest of the file into it.
    read = [name for name in names if name in columns or name == names[-1]]
    left = [
        title for name, title in zip(names, titles, strict=True) if name not in columns and title
    ]
    if left:
        notes.append(f"columns not taken over: {', '.join(left)}")
    missing = [name.replace(" ", "_") for name in columns if name not in names]
    if missing:
        notes.append(f"columns the file does not have: {', '.join(missing)}")
    malformed = Malformed()
    options = {
        "read_options": arrow_csv.ReadOptions(
            use_threads=False,
            block_size=block,
            column_names=names,
            skip_rows=skip,
            encoding=find_encoding(path),
        ),
        "parse_options": arrow_csv.ParseOptions(
            delimiter=delimiter,
            newlines_in_values=True,
            ignore_empty_lines=False,
            invalid_row_handler=malformed.keep,
        ),
        "convert_options": arrow_csv.ConvertOptions(
            column_types={name: pa.string() for name in read},
            include_columns=read,
            strings_can_be_null=False,
        ),
    }
    return Parts(_read(path, options, malformed, skip, progress), notes)


def _read(
    path: Path,
    options: dict[str, Any],
    malformed: Malformed,
    skip: int,
    progress: Progress | None,
) -> Iterator[tuple[Part, list[Refusal]]]:
    done, names = 0, options["convert_options"].include_columns
    part = Part(np.empty(0, np.int64), {name: pa.array([], pa.string()) for name in names})
    with open_bytes(path, progress) as file:
        try:
            for batch in arrow_csv.open_csv(pa.PythonFile(file, mode="r"), **options):
                rows = malformed.number_rows(done, batch.num_rows, skip)
                done += batch.num_rows
                part = Part(rows, dict(zip(batch.schema.names, batch.columns, strict=True)))
                yield part, malformed.take()
        except (pa.ArrowInvalid, OSError, EOFError) as error:
            where = f"after row {skip + done + len(malformed.numbers)}"
            words = str(error).splitlines()[0]
            if "straddling" in words:
                words = "a quoted cell begins and never ends"
            raise ImportProblem(f"{path}, {where}: {words}") from error
    last = part.texts[names[-1]]
    if len(last) and "\n" in last[-1].as_py():
        malformed.endless = int(part.rows[-1])
    if malformed.endless is not None:
        row = malformed.endless
        raise ImportProblem(f"{path}, row {row}: a quoted cell begins and never ends")
    nothing = {name: texts[:0] for name, texts in part.texts.items()}
    yield Part(part.rows[:0], nothing), malformed.take()
