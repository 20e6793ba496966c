"""Rows of a table from some of its columns."""

import pandas as pd

from analysis.refugees.table import REFUGEES
from analysis.tabulating.part import Part, make_rows


def test_what_is_not_given_is_empty_and_single_values_are_repeated() -> None:
    rows = make_rows(
        REFUGEES,
        claimant="unhcr",
        as_of=pd.Series(pd.to_datetime(["2022-03-02", None])),
        wording=pd.Series([167_563, None], dtype="Int64"),
    )
    assert list(rows.columns) == REFUGEES.columns
    assert rows["claimant"].tolist() == ["unhcr", "unhcr"]
    assert rows["as_of"].tolist() == ["2022-03-02", ""]
    assert rows["wording"].tolist() == ["167563", ""]
    assert rows["note"].tolist() == ["", ""]


def test_labels_of_the_imported_frame_do_not_matter() -> None:
    rows = make_rows(REFUGEES, claimant="unhcr", wording=pd.Series(["1", "2"], index=[7, 3]))
    assert rows["wording"].tolist() == ["1", "2"]
    assert list(rows.index) == [0, 1]


def test_no_row_gives_the_columns() -> None:
    rows = make_rows(REFUGEES, claimant="unhcr", wording=pd.Series([], dtype="Int64"))
    assert list(rows.columns) == REFUGEES.columns
    assert rows.empty


def test_the_name_of_a_part_is_its_file_without_the_ending() -> None:
    assert Part("refugees.a-b.csv", REFUGEES, "", "x.csv", lambda f: f).name == "refugees.a-b"
