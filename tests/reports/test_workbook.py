"""The workbook: texts stay texts, numbers are numbers, and nothing runs."""

import datetime
import io
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.reports.workbook import Sheet, make_workbook
from analysis.safety import guard_cell
from tests.reports.toys import HOSTILE


def _read(*sheets: Sheet) -> Any:
    return openpyxl.load_workbook(io.BytesIO(make_workbook(sheets)))


def _sheet(kind: str, *texts: str, name: str = "t") -> Sheet:
    return Sheet(name, pd.DataFrame({"column": texts}, dtype="str"), {"column": kind})


def _cells(sheet: Sheet) -> list[Any]:
    workbook = _read(sheet)
    return [
        row[0] for row in workbook.worksheets[0].iter_rows(min_row=2, max_row=len(sheet.cells) + 1)
    ]


def test_numbers_days_and_switches_are_what_they_are() -> None:
    assert [c.value for c in _cells(_sheet("number", "498", "0", "-2.5", "", "1e3"))] == [
        498, 0, -2.5, None, 1000,
    ]  # fmt: skip
    day = _cells(_sheet("day", "2022-03-01"))[0]
    assert day.value == datetime.datetime(2022, 3, 1)
    assert day.number_format == "yyyy-mm-dd"
    assert [c.value for c in _cells(_sheet("yes or no", "True", "False", ""))] == [
        True,
        False,
        None,
    ]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("text", "498"),
        ("text", "007"),
        ("text", "2022-03-01"),
        ("text", "TRUE"),
        ("text", "https://example.org"),
        ("number", "1/3"),
        ("number", "inf"),
        ("number", "nan"),
        ("number", "12345678901234567890"),
        ("day", "1899-12-31"),
        ("day", "soon"),
        ("yes or no", "perhaps"),
    ],
)
def test_what_is_no_number_or_day_stays_a_text(kind: str, text: str) -> None:
    cell = _cells(_sheet(kind, text))[0]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:12]))
def test_a_hostile_cell_is_text(text: str) -> None:
    guarded = str(guard_cell(text))
    cell = _cells(_sheet("text", guarded))[0]
    assert cell.data_type == "s"
    assert len(cell.value) <= 32_767
    assert "\u202e" not in cell.value
    if text.startswith(("=", "+", "-", "@")):
        assert cell.value == text, "the quote of the CSV file is not needed here"


@given(st.lists(st.text(max_size=20), min_size=1, max_size=5), st.sampled_from(
    ["text", "number", "day", "yes or no"]))  # fmt: skip
def test_no_text_becomes_a_formula_or_a_link(texts: list[str], kind: str) -> None:
    for cell in _cells(_sheet(kind, *(str(guard_cell(text)) for text in texts))):
        assert cell.data_type in "snbd"
        assert cell.hyperlink is None


def test_a_sheet_has_a_bold_frozen_header_and_sensible_widths() -> None:
    frame = pd.DataFrame({"short": ["a"], "long": ["x" * 500], "=head": ["b"]}, dtype="str")
    sheet = _read(Sheet("t", frame, {})).worksheets[0]
    assert [cell.value for cell in sheet[1]] == ["short", "long", "=head"]
    assert all(cell.font.bold and cell.data_type == "s" for cell in sheet[1])
    assert sheet.freeze_panes == "A2"
    assert 5 < sheet.column_dimensions["A"].width < 15
    assert 40 < sheet.column_dimensions["B"].width < 70


def test_names_of_sheets_are_short_allowed_and_each_its_own() -> None:
    names = ["a" * 40, "a" * 41, "A" * 42, "b/c*d[e]?", "History", "'q'", "", ""]
    shown = _read(*(_sheet("text", "x", name=name) for name in names)).sheetnames
    assert len({name.casefold() for name in shown}) == len(names)
    assert all(0 < len(name) <= 31 for name in shown)


def test_an_empty_table_is_a_sheet_with_a_header() -> None:
    sheet = _read(Sheet("t", pd.DataFrame({"a": []}, dtype="str"), {})).worksheets[0]
    assert [cell.value for cell in sheet[1]] == ["a"]


def test_the_same_sheets_give_the_same_bytes() -> None:
    sheets = [_sheet("text", "a"), _sheet("number", "1", name="u")]
    assert make_workbook(sheets) == make_workbook(sheets)
