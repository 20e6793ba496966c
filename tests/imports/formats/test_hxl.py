from pathlib import Path

import pandas as pd
import pytest

from analysis.imports import ImportProblem, import_file

from ..published_data import DATA, check_counts, load, needs_data, reasons, write


def test_tags_give_columns_and_types(tmp_path: Path) -> None:
    text = (
        "Day,Where,Killed,Share,Year,Remark\n#date,#adm1+name,#affected +killed,#value+pct,"
        '#date+year,\n2022-03-02,Kyiv,"1,200",0.5,2022,x\n2022-03-03,,N/A,1,2022,y\n'
    )
    imported = import_file("hxl", write(tmp_path, text))
    check_counts(imported)
    frame = imported.frame
    assert list(frame.columns) == [
        *("row", "#date", "#adm1+name", "#affected+killed", "#value+pct", "#date+year", "flag"),
    ]
    assert frame["#date"].dtype == "datetime64[s]"
    assert list(frame["#affected+killed"].fillna(-1)) == [1200, -1]
    assert isinstance(frame["#affected+killed"].dtype, pd.Int64Dtype)
    assert isinstance(frame["#value+pct"].dtype, pd.Float64Dtype)
    assert list(frame["#date+year"]) == [2022, 2022]
    assert any(note.endswith("not taken over: Remark") for note in imported.notes)


def test_the_tag_row_may_stand_anywhere_in_the_first_lines(tmp_path: Path) -> None:
    text = "Title of the sheet\n\nDay;Killed\n(UTC);(persons)\n#date;#affected\n2022-03-02;5\n"
    frame = import_file("hxl", write(tmp_path, text)).frame
    assert list(frame["row"]) == [6]
    assert list(frame["#affected"]) == [5]
    first = import_file("hxl", write(tmp_path, "#date,#affected\n2022-03-02,5\n")).frame
    assert list(first["row"]) == [2]
    late = "x,y\n" * 40 + "#date,#affected\n2022-03-02,5\n"
    with pytest.raises(ImportProblem, match="expected a row of HXL tags"):
        import_file("hxl", write(tmp_path, late))


def test_a_footnote_among_or_beside_the_tags_is_noted(tmp_path: Path) -> None:
    text = "Day,Killed,Where\n#date,#affected,see note 2,(of 3 March)\n2022-03-02,5,Kyiv\n"
    imported = import_file("hxl", write(tmp_path, text))
    assert list(imported.frame.columns) == ["row", "#date", "#affected", "flag"]
    assert list(imported.frame["#affected"]) == [5]
    assert "no tag, in the row of HXL tags: 'see note 2', '(of 3 March)'" in imported.notes
    assert any(note.endswith("not taken over: Where") for note in imported.notes)


def test_a_column_says_how_its_numbers_and_days_are_written(tmp_path: Path) -> None:
    text = (
        "#date,#affected,#geo+lat,#inneed\n3/4/2022 0:00,12.000,48.123,12.000\n"
        "12/31/2022 0:00,1.230,50.450,13.000\n"
    )
    imported = import_file("hxl", write(tmp_path, text))
    assert reasons(imported).keys() == {2, 3}
    assert "can be read two ways" in reasons(imported)[2]
    imported = import_file("hxl", write(tmp_path, text.replace("13.000", "1.234.000")))
    assert list(imported.frame["#affected"]) == [12_000, 1_230]
    assert list(imported.frame["#geo+lat"]) == [48.123, 50.45]
    assert list(imported.frame["#date"].dt.strftime("%m-%d")) == ["03-04", "12-31"]


def test_a_tag_twice_is_told_apart_by_its_heading(tmp_path: Path) -> None:
    text = "Men,Women\n#affected,#affected\n1,2\n"
    frame = import_file("hxl", write(tmp_path, text)).frame
    assert list(frame.columns) == ["row", "#affected (Men)", "#affected (Women)", "flag"]


def test_what_is_refused(tmp_path: Path) -> None:
    text = "Day,Killed\n#date,#affected\nx,many\n2022-03-02,5\n,\n2022-03-03\n#date,#affected\n"
    imported = import_file("hxl", write(tmp_path, text))
    check_counts(imported)
    assert reasons(imported) == {
        3: "#affected: not a number",
        5: "an empty row",
        6: "1 cells, where the tag row has 2",
        7: "HXL tags again",
    }


def test_a_column_of_dates_with_other_words_stays_text(tmp_path: Path) -> None:
    text = "#date,#affected\nMARCH – MAY 2022,5\n2022-03-02,6\n"
    frame = import_file("hxl", write(tmp_path, text)).frame
    assert list(frame["#date"]) == ["MARCH – MAY 2022", "2022-03-02"]


def test_json_of_lists_and_of_objects(tmp_path: Path) -> None:
    lists = '[["Day", "Killed"], ["#date", "#affected"], ["2022-03-02", 5]]'
    objects = '[{"#date": "2022-03-02", "#affected": 5}, {"#date": "2022-03-03"}]'
    assert list(import_file("hxl", write(tmp_path, lists, "a.json")).frame["#affected"]) == [5]
    frame = import_file("hxl", write(tmp_path, objects, "b.json")).frame
    assert list(frame["#affected"].fillna(0)) == [5, 0]
    assert list(frame["row"]) == [1, 2]


@needs_data
def test_a_ged_extract_as_plain_hxl() -> None:
    imported = load("hxl", "ucdp-ged-ukraine/hdx_ucdp_ukr_to_2021.csv.gz")
    assert (imported.rows_kept, imported.rows_refused) == (2989, 0)
    assert imported.frame["#affected+killed"].sum() == 7882
    assert str(imported.frame["#date+start"].max().date()) <= "2021-12-31"


@needs_data
def test_ocha_s_snapshot_holds_several_tables() -> None:
    path = DATA / "unhcr-ocha-vintages" / "ocha_hxl_snapshot_2024-04-14.json"
    with pytest.raises(ImportProblem, match="did you mean format 'ohchr' or 'unhcr-countries'"):
        import_file("hxl", path)


def test_a_row_named_a_total_is_flagged(tmp_path: Path) -> None:
    text = "Where,Killed\n#adm1+name,#affected\nNorth,10\nTotalan,5\nGrand total,15\n"
    imported = import_file("hxl", write(tmp_path, text))
    assert list(imported.frame["flag"]) == ["", "", "named a total: of other rows?"]
    assert any("1 rows are named a total" in note for note in imported.notes)


def test_percent_signs_are_left_out_of_a_share(tmp_path: Path) -> None:
    text = "Where,Share\n#adm1+name,#value+pct\nNorth,12%\nSouth,12.5 %\n"
    assert list(import_file("hxl", write(tmp_path, text)).frame["#value+pct"]) == [12.0, 12.5]


def test_a_column_of_days_that_stays_text_says_why(tmp_path: Path) -> None:
    text = "Day,Killed\n#date,#affected\n2022-03-01,1\n44621,2\n"
    imported = import_file("hxl", write(tmp_path, text))
    assert list(imported.frame["#date"]) == ["2022-03-01", "44621"]
    assert any("'44621' is no day that can be read" in note for note in imported.notes)


def test_money_that_can_be_read_two_ways_refuses_its_column_and_another_column_settles_it(
    tmp_path: Path,
) -> None:
    head = "Area,Asked,Given\n#adm1+name,#value+asked,#value+given\nNorth,1.234,"
    alone = import_file("hxl", write(tmp_path, f"{head}0\nSouth,2.500,0\n"))
    assert alone.rows_kept == 0
    assert "#value+asked: the column is refused" in alone.notes[-1]
    settled = import_file("hxl", write(tmp_path, f'{head}"3,5"\nSouth,2.500,0\n'))
    assert list(settled.frame["#value+asked"]) == [1234, 2500]
    assert list(settled.frame["#value+given"]) == [3.5, 0]


def test_a_note_below_the_table_is_no_row(tmp_path: Path) -> None:
    text = "#adm1+name,#adm1+code,#affected\nNorth,N1,5\nSource: survey of May,,\nSouth,S1,\n"
    imported = import_file("hxl", write(tmp_path, text))
    assert reasons(imported) == {3: "one cell alone: a note, not a row"}
    assert list(imported.frame["#adm1+name"]) == ["North", "South"]
