"""From CSV text to records: the delimiter, the true header, second headers, HXL tags.

CSV and JSON (`published_json`) come out alike: a `PublishedTable` whose records are texts by
column, so that a number is read in one place only, exactly as it was published.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from analysis.imports.imported import ImportProblem, Refusal

#: A header, or a row of HXL tags, is looked for in so many lines (the HXL standard says 25).
HEADER_WITHIN = 30

#: Whether these columns (plain names) are the ones a format needs.
Wanted = Callable[[frozenset[str]], bool]

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

    path: Path
    titles: dict[str, str]
    records: list[Record] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    tags: dict[str, str] = field(default_factory=dict)
    preamble: list[list[str]] = field(default_factory=list)

    @property
    def columns(self) -> frozenset[str]:
        """The plain names of the columns."""
        return frozenset(self.titles)


def plain(title: str) -> str:
    """Return a column title for comparison: lower case, one space for spaces and underscores."""
    return re.sub(r"[\s_]+", " ", title.strip("\ufeff \t").casefold()).strip()


def is_tag_row(cells: list[str]) -> bool:
    """Whether the cells are HXL tags: at least one, and nothing but tags and empty cells."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    return bool(filled) and all(_HXL_TAG.fullmatch(cell) for cell in filled)


def read_lines(text: str, delimiter: str, path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield (line, cells) of CSV text; a record's line is the one it begins on."""
    csv.field_size_limit(10_000_000)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    begins = 1
    try:
        for cells in reader:
            yield begins, cells
            ends, begun, begins = reader.line_num, begins, reader.line_num + 1
            last = cells
    except csv.Error as error:
        raise ImportProblem(f"{path}, line {begins}: not CSV ({error})") from error
    if begins > 1 and ends > begun and any("\n" in cell for cell in last):
        tail = "".join(islice(io.StringIO(text, newline=""), begun - 1, None))
        if tail.count('"') % 2:
            raise ImportProblem(f"{path}, line {begun}: a quoted cell begins and never ends")


def find_header(text: str, wanted: Wanted, path: Path) -> tuple[str, int] | None:
    """Return the delimiter and the line of the first line that has the wanted columns."""
    start = "".join(islice(io.StringIO(text, newline=""), HEADER_WITHIN))
    for delimiter in ",;\t|":
        try:
            for line, cells in read_lines(start, delimiter, path):
                if len(cells) > 1 and wanted(frozenset(plain(cell) for cell in cells)):
                    return delimiter, line
        except ImportProblem:
            continue
    return None


def read_csv_table(path: Path, text: str, wanted: Wanted, expects: str) -> PublishedTable:
    """Read CSV text whose header has the wanted columns, wherever in the first lines it is.

    Lines before the header, and a row of HXL tags under it, are no rows; the notes name
    them. A row with another number of cells than the header, an empty row and a header
    that comes again are refused.

    Raises
    ------
    ImportProblem
        If there is no such header, with the columns expected and found.
    """
    found = find_header(text, wanted, path)
    if found is None:
        raise ImportProblem(f"{path}: expected {expects}; found {describe_start(text)}")
    delimiter, header_line = found
    lines = read_lines(text, delimiter, path)
    table = PublishedTable(path, {})
    header: list[str] = []
    for line, cells in lines:
        if line < header_line:
            table.preamble.append(cells)
            continue
        if not header:
            header = _keep_header(table, line, cells)
        elif not table.tags and line <= HEADER_WITHIN and is_tag_row(cells):
            _keep_tags(table, header, line, cells)
        else:
            _keep_record(table, header, line, cells)
    return table


def describe_start(text: str) -> str:
    """Return what a message says was found: the first line's columns, shortened."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    if first.lstrip().startswith("<"):
        return "a web page or XML"
    return f"{first.strip()[:120]!r}"


def _keep_header(table: PublishedTable, line: int, cells: list[str]) -> list[str]:
    header = [plain(cell) for cell in cells]
    while header and not header[-1]:
        header.pop()
    doubles = {name for name in header if name and header.count(name) > 1}
    if doubles:
        raise ImportProblem(
            f"{table.path}, line {line}: the column {min(doubles)!r} stands there twice"
        )
    table.titles = {
        name: " ".join(cell.split()) for name, cell in zip(header, cells, strict=False) if name
    }
    if line > 1:
        table.notes.append(f"the header is line {line}; the lines before it are no rows")
    return header


def _keep_tags(table: PublishedTable, header: list[str], line: int, cells: list[str]) -> None:
    pairs = zip(header, cells, strict=False)
    table.tags = {name: tag.strip() for name, tag in pairs if tag.strip()}
    table.notes.append(f"line {line} holds HXL tags, not a row")
    between = [record.row for record in table.records]
    between += [refusal.row for refusal in table.refused]
    if between:
        # Everything above the tags is heading, by the HXL standard.
        named = ", ".join(str(row) for row in sorted(between))
        table.notes.append(f"line {named} stands between the header and the HXL tags: no row")
        table.records.clear()
        table.refused.clear()


def _keep_record(table: PublishedTable, header: list[str], line: int, cells: list[str]) -> None:
    if not any(cell.strip() for cell in cells):
        table.refused.append(Refusal(line, "", "", "an empty row"))
    elif is_tag_row(cells):
        table.refused.append(Refusal(line, "", ",".join(cells)[:200], "HXL tags again"))
    elif [plain(cell) for cell in cells][: len(header)] == header:
        table.refused.append(Refusal(line, "", ",".join(cells)[:200], "the header again"))
    elif len(cells) < len(header) or any(cell.strip() for cell in cells[len(header) :]):
        reason = f"{len(cells)} cells, where the header has {len(header)}"
        table.refused.append(Refusal(line, "", ",".join(cells)[:200], reason))
    else:
        pairs = zip(header, cells, strict=False)
        table.records.append(Record(line, {name: cell for name, cell in pairs if name}))
