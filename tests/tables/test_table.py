"""A table is read by its own rules: types, empty cells, closed lists, rows that stand once."""

from pathlib import Path

import pandas as pd
import pytest

from analysis.tables import CasebookErrors, CellError, Table, columns

GAUGES = Table(
    name="gauges",
    title="one reading of a gauge",
    key=("gauge", "day"),
    schema={
        "gauge": columns.identifier("which gauge"),
        "day": columns.day("when", empty=True),
        "level": columns.choice("how high", ["low", "high"]),
        "year": columns.whole_number("since when", empty=True),
        "note": columns.note(),
    },
)
HEADER = "gauge,day,level,year,note\n"

NO_DAY = "a day that there is: this one is not in the calendar"


def read(folder: Path, rows: str) -> tuple[pd.DataFrame, list[CellError]]:
    (folder / "gauges.csv").write_text(HEADER + rows, encoding="utf-8")
    frame, errors, _ = GAUGES.read(folder)
    return frame, errors


def test_days_and_numbers_get_their_types(tmp_path: Path) -> None:
    frame, errors = read(tmp_path, "a,2022-03-01,low,2020,\nb,,high,,é\n")
    assert errors == []
    assert frame["day"].tolist() == [pd.Timestamp("2022-03-01"), pd.NaT]
    assert frame["year"].dtype == "Int64"
    assert frame["year"].tolist() == [2020, pd.NA]
    assert frame["level"].tolist() == ["low", "high"]
    assert frame["note"].isna().tolist() == [True, False]


def test_an_empty_table_has_the_same_types(tmp_path: Path) -> None:
    frame, errors = read(tmp_path, "")
    filled, _ = read(tmp_path, "a,2022-03-01,low,2020,x\n")
    assert errors == []
    assert len(frame) == 0
    assert frame.dtypes.tolist() == filled.dtypes.tolist()


@pytest.mark.parametrize(
    ("row", "column", "value", "expected", "hint"),
    [
        ("A,,low,,", "gauge", "A", "a key of lower case letters, digits and hyphens", ""),
        ("a,2022-02-30,low,,", "day", "2022-02-30", NO_DAY, ""),
        ("a,,hihg,,", "level", "hihg", "one of: low, high", 'did you mean "high"?'),
        ("a,,,,", "level", "", "a value: this cell may not be empty", ""),
        ("a,,low,MMXX,", "year", "MMXX", "a whole number such as 2020", ""),
    ],
)
def test_a_wrong_cell_is_said(
    tmp_path: Path, row: str, column: str, value: str, expected: str, hint: str
) -> None:
    _, errors = read(tmp_path, f"b,,low,,\n{row}\n")
    assert errors == [CellError("gauges.csv", 3, column, value, expected, hint)]


def test_all_wrong_cells_are_said(tmp_path: Path) -> None:
    frame, errors = read(tmp_path, "A,1 March,hihg,x,\n\nb,,,,\n")
    assert {(error.row, error.column) for error in errors} == {
        (2, "gauge"),
        (2, "day"),
        (2, "level"),
        (2, "year"),
        (4, "level"),
    }
    assert frame[["day", "year"]].isna().all(axis=None), "a wrong cell is missing, never guessed"


def test_a_row_stands_once_even_where_its_key_is_empty(tmp_path: Path) -> None:
    _, errors = read(tmp_path, "a,,low,,\nb,,low,,\na,,high,,x\na,2022-03-01,low,,\n a ,,low,,\n")
    expected = "another gauge, day than in gauges.csv, row 2: a row stands once"
    assert errors == [
        CellError("gauges.csv", 4, "", "", expected),
        CellError("gauges.csv", 6, "", "", expected),
    ]


def test_parts_are_read_after_the_first_file_and_errors_say_which(tmp_path: Path) -> None:
    (tmp_path / "gauges.north.csv").write_text(HEADER + "c,,low,,\n\nC,,low,,\n")
    (tmp_path / "gauges.east.csv").write_text(HEADER + "b,,low,,\na,,low,,\n")
    (tmp_path / "gauges.csv").write_text(HEADER + "a,,low,,\n")
    frame, errors, places = GAUGES.read(tmp_path)
    assert frame["gauge"].tolist() == ["a", "b", "a", "c", "C"]
    assert [places.find(label) for label in frame.index] == [
        ("gauges.csv", 2),
        ("gauges.east.csv", 2),
        ("gauges.east.csv", 3),
        ("gauges.north.csv", 2),
        ("gauges.north.csv", 4),
    ]
    assert {(error.file, error.row, error.column) for error in errors} == {
        ("gauges.east.csv", 3, ""),
        ("gauges.north.csv", 4, "gauge"),
    }


def test_a_part_without_rows_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "gauges.csv").write_text(HEADER)
    (tmp_path / "gauges.east.csv").write_text(HEADER)
    (tmp_path / "gauges.north.csv").write_text(HEADER + "a,,low,,\n")
    frame, errors, places = GAUGES.read(tmp_path)
    assert errors == []
    assert frame["gauge"].tolist() == ["a"]
    assert places.find(0) == ("gauges.north.csv", 2)


def test_all_parts_that_are_no_tables_are_said(tmp_path: Path) -> None:
    (tmp_path / "gauges.csv").write_text("")
    (tmp_path / "gauges.east.csv").write_text("gauge\n")
    (tmp_path / "gauges.north.csv").write_bytes(b"\xff")
    with pytest.raises(CasebookErrors) as caught:
        GAUGES.read(tmp_path)
    files = {error.file for error in caught.value.errors}
    assert files == {"gauges.csv", "gauges.east.csv", "gauges.north.csv"}


def test_a_table_says_what_it_is() -> None:
    assert GAUGES.file == "gauges.csv"
    assert GAUGES.columns == ["gauge", "day", "level", "year", "note"]
    assert GAUGES.columns_of("day") == ["day"]
    assert GAUGES.metadata("level")["choices"] == ["low", "high"]
    assert not GAUGES.holds_claims
