"""Which row is which: properties that hold for every table, and tables that mean harm."""

import io

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.casebook.check import find_tables
from analysis.reports.difference.report_folder import read_cells
from analysis.reports.difference.rows import compare_table_files, compare_tables
from tests.reports.difference.folders import CLAIMS, COLUMNS, claim, frame
from tests.reports.toys import hostile_frame

CELLS = st.sampled_from(["", "a", "b", "1", "2.5", "=1+1", "<b>", "ö\u202e"])
NAMES = ["claimant", "day", "wording", "value"]
TABLES = st.builds(
    lambda rows: pd.DataFrame(rows, columns=pd.Index(NAMES, dtype="str"), dtype="str"),
    st.lists(st.tuples(*[CELLS] * len(NAMES)), max_size=6),
)


def _text(table: pd.DataFrame) -> list[dict[str, str]]:
    return [dict(row) for row in table.to_dict("records")]


@settings(max_examples=15)
@given(TABLES)
def test_a_table_does_not_differ_from_itself(table: pd.DataFrame) -> None:
    assert not compare_tables("t", table, table.copy()).found


@settings(max_examples=20)
@given(TABLES, TABLES, st.permutations(NAMES))
def test_b_against_a_mirrors_a_against_b(
    a: pd.DataFrame, b: pd.DataFrame, order: list[str]
) -> None:
    b = b[order]
    there, back = compare_tables("t", a, b), compare_tables("t", b, a)
    assert (there.matched_by, there.note) == (back.matched_by, back.note)
    assert _text(there.only_in_a) == _text(back.only_in_b)
    assert _text(there.only_in_b) == _text(back.only_in_a)
    columns = ["row_a", "row_b", "column", "before", "after"]
    mirrored = ["row_b", "row_a", "column", "after", "before"]
    assert sorted(there.cells[columns].to_numpy().tolist()) == sorted(
        back.cells[mirrored].to_numpy().tolist()
    )
    assert there.order_changed == back.order_changed


@settings(max_examples=20)
@given(TABLES, TABLES)
def test_what_differs_turns_one_table_into_the_other(a: pd.DataFrame, b: pd.DataFrame) -> None:
    found = compare_tables("t", a, b)
    made = a.drop(index=found.only_in_a.index)
    for cell in found.cells.to_dict("records"):
        assert made.at[cell["row_a"] - 2, cell["column"]] == cell["before"]
        made.at[cell["row_a"] - 2, cell["column"]] = cell["after"]
    rows = [tuple(row) for row in [*made.to_numpy().tolist(), *found.only_in_b.to_numpy().tolist()]]
    assert sorted(rows) == sorted(tuple(row) for row in b.to_numpy().tolist())


NO_KEY = sorted(
    set(COLUMNS)
    - {"source_id", "locator", "claimant", "since", "as_of", "who", "side", "area", "outcome"}
    - {"counted_from"}
)


@settings(max_examples=15)
@given(
    st.integers(0, len(CLAIMS) - 1),
    st.sampled_from(NO_KEY),
    st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=20),
)
def test_a_planted_cell_is_found_and_only_it(row: int, column: str, text: str) -> None:
    a, b = frame(*CLAIMS), frame(*CLAIMS)
    b.at[row, column] = text
    cells = compare_tables("t", a, b).cells
    expected = [(row + 2, column, a.at[row, column], text)] if a.at[row, column] != text else []
    assert [tuple(c) for c in cells[["row_a", "column", "before", "after"]].to_numpy()] == expected


def test_rows_that_share_what_names_them_are_matched_in_order() -> None:
    a = frame(claim(), claim(wording="7"), claim(wording="8"))
    found = compare_tables("t", a, a.drop(index=0).reset_index(drop=True))
    assert "several rows agree" in found.note
    assert _text(found.only_in_a) == [claim()]
    assert not len(found.cells)


def test_a_table_is_matched_by_the_key_that_it_declares() -> None:
    columns = ["resolution", "member_state", "iso3", "choice", "source_id"]
    rows = [
        ["ES-11/1", "Kenya", "KEN", "for", "un"],
        ["ES-11/1", "India", "IND", "abstained", "un"],
    ]
    a = pd.DataFrame(rows, columns=columns, dtype="str")
    key = find_tables()["votes"].key
    assert set(key) <= set(columns)
    found = compare_tables("votes", a, a.assign(source_id="other")[::-1].reset_index(drop=True))
    assert set(found.matched_by) >= set(key)
    assert found.order_changed
    assert list(found.cells["column"]) == ["source_id", "source_id"]


def test_a_table_that_is_worked_out_is_matched_by_its_words() -> None:
    columns = ["method", "days_ahead", "error", "rows"]
    rows = [["last value", "7", "0.5", "9"], ["last value", "14", "0.9", "9"]]
    a = pd.DataFrame(rows, columns=columns, dtype="str")
    found = compare_tables("scores", a, a.assign(error=["0.6", "0.9"]))
    assert found.matched_by == ("method", "days_ahead", "rows")
    assert found.cells[["before", "after"]].to_numpy().tolist() == [["0.5", "0.6"]]


def test_where_nothing_names_a_row_only_equal_rows_are_matched() -> None:
    a = pd.DataFrame({"n": ["x", "x", "x"], "value": ["1", "2", "3"]}, dtype="str")
    found = compare_tables("t", a, a.drop(index=0).assign(value=["2", "4"]))
    assert found.note == "no columns name a row: only equal rows were matched"
    assert found.only_in_a["value"].to_list() == ["1", "3"]
    assert found.only_in_b["value"].to_list() == ["4"]


def test_cells_that_mean_harm_are_cells() -> None:
    frame_of_objects = hostile_frame().astype("object")
    kept = ["\ud800" not in note for note in frame_of_objects["note"]]
    hostile = frame_of_objects[kept].fillna("").astype("str")
    hostile["note"] = hostile["note"].str.slice(0, 9_000)
    data = hostile.to_csv(index=False, lineterminator="\n").encode()
    assert compare_table_files("t", data, data + b"\n") is None
    found = compare_table_files("t", data, data.replace(b"half a", b"x").replace(b"onerror", b"on"))
    assert found is not None
    assert (len(found.only_in_a), len(found.only_in_b), len(found.cells)) in {(0, 0, 1), (1, 1, 0)}


def test_headers_without_a_name_or_of_one_name() -> None:
    assert list(read_cells(b"a,a,,\n1,2,3,4\n").columns) == ["a", "a (2)", "column 3", "column 4"]


def test_a_hundred_thousand_rows_have_their_one_change_found() -> None:
    count = 100_000
    numbers = np.arange(count).astype(str)
    table = pd.DataFrame({"locator": numbers, "claimant": "ohchr", "wording": "5"}, dtype="str")
    other = table.copy()
    other.at[77_777, "wording"] = "6"
    found = compare_tables("t", table, other.sample(frac=1, random_state=1, ignore_index=True))
    assert found.cells[["row_a", "before", "after"]].to_numpy().tolist() == [[77_779, "5", "6"]]
    # Rows that nothing names.
    same = table.drop(columns="locator")
    same_but_one = other.drop(columns="locator")
    buffers = [io.BytesIO(t.to_csv(index=False).encode()) for t in (same, same_but_one)]
    nameless = compare_table_files("t", *(buffer.getvalue() for buffer in buffers))
    assert nameless is not None
    assert len(nameless.cells) == 1


def test_the_key_is_the_same_whichever_table_comes_first() -> None:
    a = pd.DataFrame({"x": ["p", "q"], "y": ["r", "s"], "wording": ["1", "2"]}, dtype="str")
    b = a.assign(wording="3")[["wording", "y", "x"]]
    there, back = compare_tables("t", a, b), compare_tables("t", b, a)
    assert there.matched_by == back.matched_by == ("x", "y")
