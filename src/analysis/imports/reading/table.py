"""From a published file to records: the delimiter, the true header, second headers, HXL tags.

CSV and JSON come out alike: a `PublishedTable` whose records are texts by column, so that a
number is read in one place only, exactly as it was published.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Any

from analysis.imports.reading.file import PublishedFile
from analysis.imports.reading.results import (
    Imported,
    Importer,
    ImportProblem,
    Refusals,
    say_first,
)

#: A header, or a row of HXL tags, is looked for in so many lines (the HXL standard says 25).
HEADER_WITHIN = 30

#: So many empty rows in a row are refused one by one; the others are counted in a note.
EMPTY_ROWS = 3

#: More empty rows than a spreadsheet holds: the file is no table.
MOST_EMPTY = 2_000_000

#: Whether these columns (plain names) are the ones a format needs.
Wanted = Callable[[frozenset[str]], bool]

#: Finds the list of a format's records in loaded JSON, or returns None.
FindList = Callable[[Any], list[Any] | None]

#: The line a record begins on, and its cells.
Line = tuple[int, list[str]]

_HXL_TAG = re.compile(r"#[A-Za-z][A-Za-z0-9_]*(?:\s*[+][A-Za-z0-9_]+)*")


@dataclass(frozen=True)
class Record:
    """One published row: its line (or number, in JSON) and its cells by plain column name."""

    row: int
    cells: dict[str, str]

    def get(self, column: str) -> str:
        """Return the text of a cell without spaces at its ends; "" if there is no such column."""
        return self.cells.get(column, "").strip()


@dataclass
class PublishedTable:
    """The records of a published file, and what was found on the way."""

    name: str
    #: Plain name of a column to its title as published.
    titles: dict[str, str]
    #: A list, or in a table that is streamed an iterable that reads the file again each time.
    records: Iterable[Record] = ()
    refused: Refusals = field(default_factory=lambda: Refusals(""))
    notes: list[str] = field(default_factory=list)
    tags: dict[str, str] = field(default_factory=dict)
    preamble: list[list[str]] = field(default_factory=list)

    @property
    def columns(self) -> frozenset[str]:
        """The plain names of the columns."""
        return frozenset(self.titles)

    def find(self, names: Iterable[str]) -> str:
        """Return the first of some plain names that is a column; "" if none is."""
        return next((name for name in names if name in self.titles), "")


def plain(title: str) -> str:
    """Return a column title for comparison: lower case, one space for spaces and underscores."""
    return re.sub(r"[\s_]+", " ", title.strip("\ufeff \t").casefold()).strip()


def is_tag(cell: str) -> bool:
    """Whether a cell is an HXL tag."""
    return _HXL_TAG.fullmatch(cell.strip()) is not None


def is_tag_row(cells: list[str]) -> bool:
    """Whether the cells are a row of HXL tags: mostly tags, beside a footnote or two."""
    filled = [cell for cell in cells if cell.strip()]
    tags = sum(map(is_tag, filled))
    return 0 < tags == len(filled) or (tags >= 2 and 2 * tags >= len(filled))


def read_csv(lines: Iterable[str], delimiter: str, name: str) -> Iterator[Line]:
    """Yield the records of CSV text given as lines; a record's line is the one it begins on."""
    csv.field_size_limit(1_000_000)
    since: list[str] = []

    def keep() -> Iterator[str]:
        for line in lines:
            since.append(line)
            yield line

    reader, begins, last = csv.reader(keep(), delimiter=delimiter), 1, [""]
    tail: list[str] = []
    try:
        for last in reader:
            yield begins, last
            begins, tail = reader.line_num + 1, since.copy()
            since.clear()
    except csv.Error as error:
        raise ImportProblem(f"{name}, line {begins}: not CSV ({error})") from error
    if any("\n" in cell for cell in last) and "".join(tail).count('"') % 2:
        begun = reader.line_num + 1 - len(tail)
        raise ImportProblem(f"{name}, line {begun}: a quoted cell begins and never ends")


def read_start(file: PublishedFile) -> list[str]:
    """Return the first lines of the file."""
    return list(islice(io.StringIO(file.head, newline=""), HEADER_WITHIN + 1))


def find_line(file: PublishedFile, is_it: Callable[[list[str]], bool]) -> tuple[str, int] | None:
    """Return the delimiter with which one of the first lines is the one, and that line."""
    start = read_start(file)[:HEADER_WITHIN]
    for delimiter in ",;\t|":
        try:
            for line, cells in read_csv(start, delimiter, str(file.path)):
                if is_it(cells):
                    return delimiter, line
        except ImportProblem:
            continue  # The last of these lines may be cut inside a quoted cell.
    return None


def recognises_table(
    file: PublishedFile, *, wanted: Wanted, find_list: FindList | None = None
) -> bool:
    """Whether `open_table` would find its columns or keys."""
    if file.is_json:
        return find_list is not None and find_list(file.data) is not None
    return _find_header(file, wanted) is not None


def open_table(
    file: PublishedFile,
    *,
    wanted: Wanted,
    expects: str,
    find_list: FindList | None = None,
    streamed: bool = False,
) -> PublishedTable:
    """Read a published CSV or JSON file as a table.

    In CSV, lines before the header and a row of HXL tags under it are no rows; the notes
    name them. A row with another number of cells than the header, an empty row and a header
    that comes again are refused. `find_list` says where in JSON the records are; without it JSON
    is not of this format. With `streamed` the records stay in the file: reading them fills
    `refused` and `notes`. `ImportProblem` where the file is not of this format, with the columns
    expected and found.
    """
    if file.is_json:
        items = find_list(file.data) if find_list else None
        if items is None:
            raise ImportProblem(
                f"{file.path}: expected {expects}; found JSON {describe_start(file)}"
            )
        return _table_of_objects(file, items)
    found = _find_header(file, wanted)
    if found is None:
        raise ImportProblem(f"{file.path}: expected {expects}; found {describe_start(file)}")
    table = _open_csv(file, *found)
    if not streamed:
        table.records = list(table.records)
    return table


def make_importer(
    name: str,
    expects: str,
    read: Callable[[PublishedTable], Imported],
    *,
    wanted: Wanted,
    find_list: FindList | None = None,
) -> Importer:
    """Return the importer of a format whose files are tables: `read` takes the table opened."""

    def open_and_read(file: PublishedFile) -> Imported:
        return read(open_table(file, wanted=wanted, expects=expects, find_list=find_list))

    recognises = partial(recognises_table, wanted=wanted, find_list=find_list)
    return Importer(name, expects, recognises, open_and_read)


def list_of_objects(data: Any, wanted: Wanted) -> list[Any] | None:
    """Return `data` if it is a list whose objects have the wanted keys, or None."""
    if not isinstance(data, list):
        return None
    first = next((item for item in data if isinstance(item, dict)), None)
    if first is None or not wanted(frozenset(plain(key) for key in first)):
        return None
    return data


def describe_start(file: PublishedFile) -> str:
    """Return what a message says was found: the first line's columns, shortened."""
    first = next((line for line in file.head.splitlines() if line.strip()), "")
    if first.lstrip().startswith("<"):
        return "a web page or XML"
    return f"{first.strip()[:120]!r}"


def _find_header(file: PublishedFile, wanted: Wanted) -> tuple[str, int] | None:
    return find_line(
        file, lambda cells: len(cells) > 1 and wanted(frozenset(plain(cell) for cell in cells))
    )


def _open_csv(file: PublishedFile, delimiter: str, header_line: int) -> PublishedTable:
    """Read the heading of a table; its records are read from behind it."""
    name = str(file.path)
    table = PublishedTable(name, {}, refused=Refusals(name))
    header: list[str] = []
    last = header_line
    between: list[int] = []
    for line, cells in _until_cut(read_csv(read_start(file), delimiter, name)):
        if line < header_line:
            table.preamble.append(cells)
        elif line == header_line:
            header = _keep_header(table, line, cells)
        elif line <= HEADER_WITHIN and is_tag_row(cells):
            last = line
            _keep_tags(table, header, line, cells, between)
            break
        else:
            between.append(line)
    table.records = _CsvRecords(file, table, delimiter, header, last)
    return table


def _until_cut(lines: Iterator[Line]) -> Iterator[Line]:
    """Yield records of the start of a file, whose last may be cut inside a quoted cell."""
    try:
        yield from lines
    except ImportProblem:
        return


def _keep_header(table: PublishedTable, line: int, cells: list[str]) -> list[str]:
    header = [plain(cell) for cell in cells]
    while header and not header[-1]:
        header.pop()
    doubles = {name for name in header if name and header.count(name) > 1}
    if doubles:
        raise ImportProblem(
            f"{table.name}, line {line}: the column {min(doubles)!r} stands there twice"
        )
    pairs = zip(header, cells, strict=False)
    table.titles = {name: " ".join(cell.strip("\ufeff").split()) for name, cell in pairs if name}
    if line > 1:
        table.notes.append(f"the header is line {line}; the lines before it are no rows")
    return header


def _keep_tags(
    table: PublishedTable, header: list[str], line: int, cells: list[str], between: list[int]
) -> None:
    pairs = list(zip(header, cells, strict=False))
    table.tags = {name: tag.strip() for name, tag in pairs if name and is_tag(tag)}
    table.notes.append(f"line {line} holds HXL tags, not a row")
    others = [cell.strip() for cell in cells if cell.strip() and not is_tag(cell)]
    if others:
        table.notes.append(f"no tag, in the row of HXL tags: {say_first(map(repr, others))}")
    if between:
        # Everything above the tags is heading, by the HXL standard.
        table.notes.append(
            f"line {say_first(between)} stands between the header and the HXL tags: no row"
        )


@dataclass
class _CsvRecords:
    """The records of a CSV file behind its heading; only the first reading refuses and notes."""

    file: PublishedFile
    table: PublishedTable
    delimiter: str
    header: list[str]
    last: int
    _read: bool = False

    def __iter__(self) -> Iterator[Record]:
        table, progress = PublishedTable("", {}, refused=Refusals(self.table.name)), None
        if not self._read:
            self._read, table, progress = True, self.table, self.file.progress
        width, empty, more = len(self.header), 0, 0
        lines = self.file.read_lines(progress)
        for line, cells in read_csv(lines, self.delimiter, self.table.name):
            if line <= self.last:
                continue
            joined = "".join(cells)
            if not joined.strip():
                empty += 1
                more += empty > EMPTY_ROWS
                if empty <= EMPTY_ROWS:
                    table.refused.add(line, "", "", "an empty row")
                elif empty > MOST_EMPTY:
                    raise ImportProblem(f"{self.table.name}: more than {MOST_EMPTY:,} empty rows")
                continue
            empty, reason = 0, ""
            if "#" in joined and is_tag_row(cells):
                reason = "HXL tags again"
            elif not cells[0][:1].isdigit() and (
                [plain(cell) for cell in cells[:width]] == self.header
            ):
                reason = "the header again"
            elif len(cells) != width and (
                len(cells) < width or any(cell.strip() for cell in cells[width:])
            ):
                reason = f"{len(cells)} cells, where the header has {width}"
            if reason:
                table.refused.add(line, "", ",".join(cells), reason)
            else:
                yield Record(line, dict(zip(self.header, cells, strict=False)))
        if more:
            table.notes.append(f"{more:,} more empty rows, each after {EMPTY_ROWS} others: no rows")


def _table_of_objects(file: PublishedFile, items: list[Any]) -> PublishedTable:
    """Return a JSON list of objects as a table; anything else in the list is refused."""
    name = str(file.path)
    table, records = PublishedTable(name, {}, refused=Refusals(name)), []
    for number, item in enumerate(items, start=1):
        if not isinstance(item, dict):
            table.refused.add(number, "", str(item), "not an object")
            continue
        cells: dict[str, str] = {}
        for key, value in item.items():
            table.titles.setdefault(plain(key), key)
            cells[plain(key)] = "" if value is None else str(value)
        if len(cells) < len(item):
            table.refused.add(number, "", "", "two keys that differ in case or spaces only")
        else:
            records.append(Record(number, cells))
    table.records = records
    return table
