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
    assert [cell.value for cell in sheet[1]] == ["Short", "Long", "=head"]
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
    assert [cell.value for cell in sheet[1]] == ["A"]


def test_the_same_sheets_give_the_same_bytes() -> None:
    sheets = [_sheet("text", "a"), _sheet("number", "1", name="u")]
    assert make_workbook(sheets) == make_workbook(sheets)


def _table(*rows: dict[str, str], name: str = "t", **about: Any) -> Sheet:
    return Sheet(name, pd.DataFrame(list(rows), dtype="str"), about.pop("kinds", {}), **about)


def test_the_contents_link_to_every_table_and_list_those_without_rows() -> None:
    full = _table({"a": "1"}, name="votes_by_region", caption="Votes.")
    empty = Sheet("breaks", pd.DataFrame({"a": []}, dtype="str"), {}, "Breaks.")
    data = make_workbook([empty, full], "Figures of a day")
    workbook = openpyxl.load_workbook(io.BytesIO(data))
    assert workbook.sheetnames == ["Contents", "Votes by region"]
    rows = [[cell.value for cell in row] for row in workbook["Contents"].iter_rows()]
    assert rows[0][0] == "Figures of a day"
    assert rows[3:] == [
        ["Votes by region", "Votes.", 1],
        ["Breaks", "Breaks. (no rows, so no sheet)", 0],
    ]
    link = workbook["Contents"]["A4"].hyperlink
    assert link.location == "'Votes by region'!A1"
    assert workbook["Contents"]["A5"].hyperlink is None


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("projections--projections_scorecard", "Projections scorecard"),
        ("refugees_against_the_population_of_hosts", "Refugees against the population"),
        ("casualties_by_source_and_day_of_the_month", "Casualties by source and day"),
        ("x" * 40, "X" + "x" * 30),
    ],
)
def test_a_name_of_a_sheet_is_cut_between_words(name: str, shown: str) -> None:
    assert _read(_sheet("text", "a", name=name)).sheetnames == [shown]


def test_what_a_reader_sees_stands_first_and_is_printed_one_page_wide() -> None:
    table = _table({"source_id": "s", "low": "1", "claimant": "un"}, shown={"low": "At least"})
    sheet = _read(table).worksheets[0]
    assert [cell.value for cell in sheet[1]] == ["At least", "Source", "Claimant"]
    assert [cell.comment and cell.comment.text for cell in sheet[1]] == [
        "low", "source_id", "claimant",
    ]  # fmt: skip
    assert sheet.print_area == "'T'!$A$1:$A$2"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.auto_filter.ref == "A1:C2"


def test_two_columns_of_one_heading_are_told_apart() -> None:
    sheet = _read(_table({"claimant_name": "UN", "claimant_short": "un"})).worksheets[0]
    assert [cell.value for cell in sheet[1]] == ["Claimant", "claimant_short"]


@pytest.mark.parametrize(
    ("column", "texts", "number_format"),
    [
        ("people", ["4000000", ""], "#,##0"),
        ("share", ["2.5", "100"], "#,##0.00"),
        ("share", ["0.00012"], "General"),
        ("year", ["2022"], "0"),
        ("census_year", ["2001"], "0"),
    ],
)
def test_numbers_have_the_format_of_their_column(
    column: str, texts: list[str], number_format: str
) -> None:
    table = _table(*({column: text} for text in texts), kinds={column: "number"})
    assert _read(table).worksheets[0]["A2"].number_format == number_format


def test_a_row_is_as_high_as_its_longest_text() -> None:
    heights = _read(_table({"note": "few words"}, {"note": "a word " * 20})).worksheets[0]
    rows = [heights.row_dimensions[number].height for number in (1, 2, 3)]
    assert rows == [None, None, 60]
