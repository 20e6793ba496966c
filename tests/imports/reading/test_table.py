from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from analysis.imports import ImportProblem
from analysis.imports.reading import results
from analysis.imports.reading.file import PublishedFile
from analysis.imports.reading.table import (
    PublishedTable,
    is_tag_row,
    list_of_objects,
    open_table,
    plain,
)

from ..published_data import write


def _read(text: str) -> PublishedTable:
    with TemporaryDirectory() as folder:
        path = write(Path(folder), text)
        return open_table(
            PublishedFile(path),
            wanted=lambda columns: columns >= {"date", "value"},
            expects="date and value",
            find_list=lambda data: list_of_objects(data, lambda _: True),
        )


def _values(table: PublishedTable) -> list[tuple[int, str]]:
    return [(record.row, record.get("value")) for record in table.records]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_gives_the_header(delimiter: str) -> None:
    table = _read("Date,Value\n2022-03-02,5\n".replace(",", delimiter))
    assert _values(table) == [(2, "5")]


def test_the_header_may_stand_below_others() -> None:
    table = _read("Flash Appeal,,Update\n,,\nDate,Value,Note\n2022-03-02,5,\n")
    assert _values(table) == [(4, "5")]
    assert table.notes == ["the header is line 3; the lines before it are no rows"]
    assert table.preamble == [["Flash Appeal", "", "Update"], ["", "", ""]]


def test_hxl_tags_below_the_header_are_no_row() -> None:
    table = _read("Date,Value\n#date,#affected +killed\n2022-03-02,5\n")
    assert _values(table) == [(3, "5")]
    assert table.tags == {"date": "#date", "value": "#affected +killed"}


def test_what_stands_between_header_and_tags_is_heading_too() -> None:
    table = _read("Date,Value\nDay,Persons\n#date,#affected\n2022-03-02,5\n")
    assert _values(table) == [(4, "5")]
    assert any("between the header and the HXL tags" in note for note in table.notes)
    assert not table.refused.rows


def test_rows_that_are_none_are_refused_with_their_line() -> None:
    table = _read(
        "Date,Value\n2022-03-02,5\n,\n\n2022-03-03\n2022-03-04,7,8\nDate,Value\n"
        "#date,#affected\n#date,#affected\n2022-03-05,9,\n"
    )
    # The first row of tags, in the first lines, makes everything above it heading.
    assert _values(table) == [(10, "9")]
    table = _read("Date,Value\n2022-03-02,5\n,\n\n2022-03-03\n2022-03-04,7,8\nDate,Value\n")
    assert _values(table) == [(2, "5")]
    assert [(refusal.row, refusal.reason) for refusal in table.refused.rows] == [
        (3, "an empty row"),
        (4, "an empty row"),
        (5, "1 cells, where the header has 2"),
        (6, "3 cells, where the header has 2"),
        (7, "the header again"),
    ]


def test_tags_far_down_are_refused_not_believed() -> None:
    lines = [f"2022-03-{day:02d},{day}" for day in range(1, 31)]
    table = _read("\n".join(["Date,Value", *lines, "#date,#affected", "2022-04-01,1"]))
    assert len(table.records) == 31
    assert [(refusal.row, refusal.reason) for refusal in table.refused.rows] == [
        (32, "HXL tags again")
    ]


def test_a_record_with_line_breaks_has_the_line_it_begins_on() -> None:
    table = _read('Date,Value,Note\n2022-03-02,5,"a\nb\nc"\n2022-03-03,6,x\n')
    assert _values(table) == [(2, "5"), (5, "6")]


def test_mac_and_windows_line_ends() -> None:
    for end in ("\r\n", "\r"):
        assert _values(_read(end.join(["Date,Value", "2022-03-02,5", ""]))) == [(2, "5")]


def test_a_quote_that_never_ends_is_told_with_its_line() -> None:
    with pytest.raises(ImportProblem, match="line 3: a quoted cell begins and never ends"):
        _read('Date,Value\n2022-03-02,5\n2022-03-03,"6\n2022-03-04,7\n')


def test_a_column_twice_is_refused() -> None:
    with pytest.raises(ImportProblem, match="'value' stands there twice"):
        _read("Date,Value,VALUE\n2022-03-02,5,6\n")


def test_another_file_is_told_with_what_was_found() -> None:
    with pytest.raises(ImportProblem, match=r"expected date and value; found 'a,b'"):
        _read("a,b\n1,2\n")
    with pytest.raises(ImportProblem, match="found a web page or XML"):
        _read("<!DOCTYPE html>\n<html></html>\n")


def test_titles_are_compared_without_case_and_underscores() -> None:
    assert plain("\ufeff Data_Date  ") == plain("data date") == "data date"
    assert plain("personnel*") != plain("personnel")


def test_tag_rows() -> None:
    assert is_tag_row(["", "#date", "#affected +killed +f"])
    assert not is_tag_row(["", ""])
    assert not is_tag_row(["#1 in the list", "#date"])
    assert not is_tag_row(["#date", "2022"])
    assert is_tag_row(["#date", "#affected", "see note 2"])
    assert not is_tag_row(["#date", "a", "b"])


def test_json_numbers_stay_as_published_and_odd_items_are_refused() -> None:
    table = _read('[{"Date": "d", "value": 60503889.0}, 7, {"value": null}]')
    assert _values(table) == [(1, "60503889.0"), (3, "")]
    assert [(refusal.row, refusal.reason) for refusal in table.refused.rows] == [
        (2, "not an object")
    ]
    with pytest.raises(ImportProblem, match="not readable as JSON"):
        _read("[1,")


def test_a_footnote_in_the_row_of_tags_is_noted_and_the_table_read() -> None:
    table = _read("Date,Value,Where\n#date,#affected,(as of 2 March)\n2022-03-02,5,Kyiv\n")
    assert _values(table) == [(3, "5")]
    assert table.tags == {"date": "#date", "value": "#affected"}
    assert "no tag, in the row of HXL tags: '(as of 2 March)'" in table.notes


def test_empty_rows_at_the_end_of_a_sheet_are_counted_not_listed() -> None:
    table = _read("Date,Value\n2022-03-02,5\n" + ",\n" * 5_000)
    assert [refusal.row for refusal in table.refused.rows] == [3, 4, 5]
    assert any(note.startswith("4,997 more empty rows") for note in table.notes)


def test_cells_in_messages_are_cut_and_a_file_of_refusals_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    table = _read(f"Date,Value\n2022-03-02,5,{'x' * 5_000}\n")
    assert len(table.refused.rows[0].value) == results.SHOWN
    monkeypatch.setattr(results, "MOST_REFUSED", 10)
    with pytest.raises(ImportProblem, match="more than 10 rows cannot be read; row 2: 1 cells"):
        _read("Date,Value\n" + "a\n" * 11)


def test_two_keys_of_one_name_are_refused_in_json() -> None:
    table = _read('[{"Date": "d", "value": 1, "VALUE": 2}, {"Date": "d", "value": 3}]')
    assert _values(table) == [(2, "3")]
