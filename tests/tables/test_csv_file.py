"""A CSV file becomes text cells, or errors that say where."""

from pathlib import Path

import pandas as pd
import pytest

from analysis.tables import CasebookErrors, CellError
from analysis.tables.csv_file import LONGEST_CELL, read_text_frame

COLUMNS = ["who", "wording", "note"]
HEADER = b"who,wording,note\n"


def read(folder: Path, data: bytes) -> pd.DataFrame:
    path = folder / "claims.csv"
    path.write_bytes(data)
    return read_text_frame(path, COLUMNS)


def errors_of(folder: Path, data: bytes) -> list[CellError]:
    with pytest.raises(CasebookErrors) as caught:
        read(folder, data)
    return caught.value.errors


def test_every_cell_is_read_as_it_was_typed(tmp_path: Path) -> None:
    frame = read(tmp_path, HEADER + 'un,"2,000",\nNA,007," a b "\n,nan,é\n'.encode())
    assert frame.columns.tolist() == COLUMNS
    assert frame["who"].tolist()[:2] == ["un", "NA"]
    assert frame["wording"].tolist() == ["2,000", "007", "nan"]
    assert frame["note"].tolist()[1:] == ["a b", "é"]
    assert frame.isna().to_numpy().tolist() == [
        [False, False, True],
        [False, False, False],
        [True, False, False],
    ]


@pytest.mark.parametrize(
    "data",
    [
        HEADER + b"un,1,\nao,2,\n",
        b"\xef\xbb\xbf" + HEADER + b"un,1,\nao,2,\n",
        HEADER.replace(b"\n", b"\r\n") + b"un,1,\r\nao,2,\r\n",
        HEADER.replace(b"\n", b"\r") + b"un,1,\rao,2,\r",
        b"note,wording,who\n,1,un\n,2,ao\n",
        HEADER + b"un,1,\nao,2,",
        HEADER + b"un,1,\nao,2,\n\n\n",
        HEADER + b"un,1,\nao,2,\n,,\n , ,\n",
    ],
    ids=["plain", "bom", "crlf", "cr", "order", "no end", "blank lines", "blank cells"],
)
def test_what_spreadsheets_do_to_a_file_does_not_matter(tmp_path: Path, data: bytes) -> None:
    frame = read(tmp_path, data)
    assert frame.index.tolist() == [0, 1]
    assert frame[["who", "wording"]].to_numpy().tolist() == [["un", "1"], ["ao", "2"]]


def test_a_header_alone_is_an_empty_table_of_text(tmp_path: Path) -> None:
    frame = read(tmp_path, HEADER)
    assert len(frame) == 0
    assert frame.columns.tolist() == COLUMNS
    assert [str(kind) for kind in frame.dtypes] == ["str"] * 3


def test_an_empty_row_counts_as_a_row_of_the_spreadsheet(tmp_path: Path) -> None:
    assert read(tmp_path, HEADER + b"\nun,1,\n,,\nao,2,\n").index.tolist() == [1, 3]
    found = errors_of(tmp_path, HEADER + b"\n\nun,1\n")
    assert [error.row for error in found] == [4]


def test_a_row_of_several_lines_is_one_row(tmp_path: Path) -> None:
    found = errors_of(tmp_path, HEADER + b'un,1,"two\nlines"\nao,2\n')
    assert [error.row for error in found] == [3]


@pytest.mark.parametrize(
    ("header", "errors"),
    [
        (
            b"who,wordng,note",
            [
                ("wording", "this column, but it is missing", ""),
                ("wordng", "no column of this name", 'did you mean "wording"?'),
            ],
        ),
        (b"who,wording", [("note", "this column, but it is missing", "")]),
        (b"who,wording,note,extra", [("extra", "no column of this name", "")]),
        (
            b"who,wording,who,note",
            [("who", "this column once, but it stands there twice", "")],
        ),
        (
            b"who,wording,note,",
            [("", "a column's name in cell 4 of the header, not nothing", "")],
        ),
        (
            b"who;wording;note",
            [("", "columns parted by commas, but they are parted by semicolons", "")],
        ),
        (
            b"who\twording\tnote",
            [("", "columns parted by commas, but they are parted by tabs", "")],
        ),
    ],
)
def test_a_wrong_header_is_said_in_row_1(
    tmp_path: Path, header: bytes, errors: list[tuple[str, str, str]]
) -> None:
    found = errors_of(tmp_path, header + b"\n")
    assert [(error.row, error.file) for error in found] == [(1, "claims.csv")] * len(errors)
    assert [(error.column, error.expected, error.suggestion) for error in found] == errors


@pytest.mark.parametrize(("row", "number"), [(b"un,1", 2), (b"un,1,,", 4), (b"un,2,000,", 4)])
def test_a_ragged_row_is_said(tmp_path: Path, row: bytes, number: int) -> None:
    found = errors_of(tmp_path, HEADER + b"ok,1,\n" + row + b"\n")
    assert [(error.row, error.column) for error in found] == [(3, "")]
    assert found[0].expected == (
        f"3 cells, one a column, but found {number} (quote a cell that holds a comma)"
    )


@pytest.mark.parametrize(
    ("data", "row", "expected"),
    [
        (b"", 1, "a header with the columns' names"),
        (b"\n\n", 1, "a header with the columns' names"),
        (HEADER + b"un,1,\nao,\xe9,\n", 3, "text in UTF-8 (save the file as CSV UTF-8)"),
        (HEADER + b"un,\xed\xa0\x80,\n", 2, "text in UTF-8 (save the file as CSV UTF-8)"),
        (HEADER.decode().encode("utf-16"), 1, "text in UTF-8 (save the file as CSV UTF-8)"),
        (HEADER + b'un,"1"x,\n', 2, "a well-formed CSV row ("),
        (HEADER + b'un,1,\nun,"1,\nao,2,\n', 3, "a well-formed CSV row ("),
        (
            HEADER + b"un,1,\nun,1," + b"x" * 1_000_000 + b"\n",
            3,
            "at most 2,000 characters a cell, but found far more",
        ),
    ],
    ids=["empty", "blank", "latin-1", "surrogate", "utf-16", "after quote", "open quote", "1 MB"],
)
def test_what_is_no_table_is_said_with_its_row(
    tmp_path: Path, data: bytes, row: int, expected: str
) -> None:
    found = errors_of(tmp_path, data)
    assert [(error.file, error.row, error.column) for error in found] == [("claims.csv", row, "")]
    assert found[0].expected.startswith(expected)
    assert len(str(found[0])) < 300


def test_a_cell_is_at_most_so_long(tmp_path: Path) -> None:
    assert len(read(tmp_path, HEADER + b"un,1," + b"x" * LONGEST_CELL + b"\n")) == 1
    found = errors_of(tmp_path, HEADER + b"un,1," + b"x" * (LONGEST_CELL + 1) + b"\n")
    assert [(error.row, error.column) for error in found] == [(2, "note")]
    assert found[0].expected == "at most 2,000 characters, but found 2,001"


def test_an_invisible_character_is_named(tmp_path: Path) -> None:
    found = errors_of(tmp_path, HEADER + "un,\u202e722,\nа\u200bo,2,\n".encode())
    assert [(error.row, error.column, error.expected) for error in found] == [
        (2, "wording", "no invisible character, but found U+202E (right-to-left override)"),
        (3, "who", "no invisible character, but found U+200B (zero width space)"),
    ]
    assert "\u202e" not in str(found[0])


def test_a_sound_cell_beside_a_fault_is_no_fault(tmp_path: Path) -> None:
    quotes = '""' * (LONGEST_CELL + 1)
    rows = f'un,1,\nao,2,\u200b\nok,3,\n"{quotes}",4,\n'
    found = errors_of(tmp_path, HEADER + rows.encode())
    assert [(error.row, error.column, error.expected) for error in found] == [
        (3, "note", "no invisible character, but found U+200B (zero width space)"),
        (5, "who", "at most 2,000 characters, but found 2,001"),
    ]


def test_all_rows_and_cells_are_looked_at(tmp_path: Path) -> None:
    found = errors_of(tmp_path, HEADER + b"un\nao,\x00,\x07\nok,1,\na,b,c,d\n")
    assert [(error.row, error.column) for error in found] == [
        (2, ""),
        (3, "note"),
        (3, "wording"),
        (5, ""),
    ]


def test_a_file_that_is_not_there_or_no_file(tmp_path: Path) -> None:
    with pytest.raises(CasebookErrors) as caught:
        read_text_frame(tmp_path / "claims.csv", COLUMNS)
    assert str(caught.value) == "claims.csv: expected this file to exist"
    (tmp_path / "claims.csv").mkdir()
    with pytest.raises(CasebookErrors, match=r"^claims.csv: expected a file that can be read \("):
        read_text_frame(tmp_path / "claims.csv", COLUMNS)
