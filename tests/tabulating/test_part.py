"""Rows of a table from some of its columns, and snapshots that become changes."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.refugees.table import REFUGEES
from analysis.tabulating.part import Part, keep_changes, make_rows, say_snapshot, say_status

from .frames import make_frame


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


def changes(*rows: tuple[object, ...], whole: bool = True) -> list[tuple[object, ...]]:
    frame = make_frame(("snapshot", "counted", "people"), *rows)
    kept = keep_changes(frame, snapshot="snapshot", key=["counted"], value="people", whole=whole)
    return [tuple(row) for row in kept.itertuples(index=False)]


def test_a_repeat_has_no_second_row() -> None:
    assert changes(("s1", "d1", 5), ("s2", "d1", 5)) == [("s1", "d1", 5, "new")]


def test_a_figure_that_goes_and_comes_back_has_a_row_each_time() -> None:
    assert changes(("s1", "d1", 5), ("s2", "d1", 6), ("s3", "d1", 5)) == [
        ("s1", "d1", 5, "new"),
        ("s2", "d1", 6, "revised"),
        ("s3", "d1", 5, "revised"),
    ]


def test_a_figure_that_disappears_is_withdrawn_with_the_words_it_had() -> None:
    assert changes(("s1", "d1", 5), ("s1", "d2", 7), ("s2", "d2", 7), ("s3", "d1", 4)) == [
        ("s1", "d1", 5, "new"),
        ("s1", "d2", 7, "new"),
        ("s2", "d1", 5, "withdrawn"),
        ("s3", "d1", 4, "new"),
        ("s3", "d2", 7, "withdrawn"),
    ]


def test_snapshots_of_changes_withdraw_nothing() -> None:
    assert changes(("s1", "d1", 5), ("s2", "d2", 7), whole=False) == [
        ("s1", "d1", 5, "new"),
        ("s2", "d2", 7, "new"),
    ]


def test_snapshots_are_read_in_the_order_of_time() -> None:
    assert changes(("s2", "d1", 6), ("s1", "d1", 5)) == [
        ("s1", "d1", 5, "new"),
        ("s2", "d1", 6, "revised"),
    ]


def test_a_missing_figure_is_no_figure() -> None:
    assert changes(("s1", "d1", 5), ("s2", "d1", None), ("s2", "d2", 0)) == [
        ("s1", "d1", 5, "new"),
        ("s2", "d2", 0, "new"),
        ("s2", "d1", 5, "withdrawn"),
    ]


@pytest.mark.parametrize("whole", [True, False])
def test_no_snapshot_gives_no_row_and_keeps_the_types(whole: bool) -> None:
    frame = make_frame(("snapshot", "counted", "people"))
    kept = keep_changes(frame, snapshot="snapshot", key=["counted"], value="people", whole=whole)
    assert kept.empty
    assert kept["people"].dtype == frame["people"].dtype
    assert list(kept.columns) == ["snapshot", "counted", "people", "change"]


SNAPSHOT = st.dictionaries(st.sampled_from("abc"), st.integers(0, 2), min_size=1)


@given(st.lists(SNAPSHOT, min_size=1, max_size=6))
def test_the_changes_replay_every_snapshot(snapshots: list[dict[str, int]]) -> None:
    rows = [
        (f"s{i}", day, n) for i, snap in enumerate(snapshots) for day, n in sorted(snap.items())
    ]
    kept = changes(*rows)
    for i, snapshot in enumerate(snapshots):
        state: dict[object, object] = {}
        for moment, day, people, change in kept:
            if str(moment) <= f"s{i}":
                state[day] = people
                if change == "withdrawn":
                    del state[day]
        assert state == snapshot


def test_the_locator_is_the_minute_of_the_snapshot() -> None:
    moments = pd.Series(["2022-03-07T18:03:30Z"], dtype="string")
    assert say_snapshot(moments).tolist() == ["snapshot 2022-03-07T18:03Z"]


def test_only_what_is_gone_is_withdrawn() -> None:
    said = say_status(pd.Series(["new", "revised", "withdrawn"]))
    assert said.tolist() == ["stated", "stated", "withdrawn"]
