"""Arithmetic on columns agrees with arithmetic on single figures."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.bounds import (
    add,
    add_columns,
    bounds_of,
    compare,
    compare_columns,
    frame_of,
    ratio,
    ratio_columns,
    read_column,
    read_wording,
    say_bounds,
    say_column,
    share,
    share_columns,
    subtract,
    subtract_columns,
)

from .strategies import SMALL, figures

KILLED = read_column(pd.Series(["at least 227", "nearly 500", None], index=list("abc")))
WOUNDED = read_column(pd.Series(["at least 525", "around 1,600", "7"], index=list("abc")))
PAIRS = [(add, add_columns), (subtract, subtract_columns), (ratio, ratio_columns)]


def test_by_hand():
    total = add_columns(KILLED, WOUNDED)
    assert total.index.tolist() == ["a", "b", "c"]
    assert total["low"].tolist() == [752, 2_000, pd.NA]
    assert total["high"].tolist() == [pd.NA, 2_150, pd.NA]
    assert say_column(total).tolist() == [
        "at least 752",
        "at least 2,000 but fewer than 2,150",
        pd.NA,
    ]
    assert say_column(total, digits=1).tolist() == [
        "at least 700",
        "at least 2,000 but fewer than 3,000",
        pd.NA,
    ]
    assert say_column(total, unit="km").tolist()[0] == "at least 752 km"
    assert compare_columns(KILLED, WOUNDED).tolist() == [
        "possibly greater",
        "never greater",
        pd.NA,
    ]


def test_a_share_of_one_population():
    refugees = read_column(pd.Series(["1 million", "up to 4 million", ""]))
    percent = share_columns(refugees, read_wording("40 million"))
    assert percent["low"].tolist() == [2.5, 0, pd.NA]
    assert percent["high"].tolist() == [2.5, 10, pd.NA]
    assert say_column(percent, unit="%").tolist() == ["2.5%", "up to 10%", pd.NA]


def test_a_swapped_share_is_refused_with_its_row():
    part = read_column(pd.Series(["1 million", "44 million"], index=["right", "wrong"]))
    whole = read_column(pd.Series(["44 million", "1 million"], index=["right", "wrong"]))
    with pytest.raises(ValueError, match=r"row wrong: .*swapped"):
        share_columns(part, whole)
    with pytest.raises(ZeroDivisionError, match="row right"):
        ratio_columns(part, read_wording("0"))


def test_rows_must_be_the_same():
    for function in (add_columns, subtract_columns, ratio_columns, share_columns, compare_columns):
        with pytest.raises(ValueError, match="same rows"):
            function(KILLED, WOUNDED.iloc[::-1])


def test_empty_frames():
    empty = read_column(pd.Series([], dtype="str"))
    for function in (add_columns, subtract_columns, ratio_columns, share_columns):
        assert list(function(empty, empty).columns) == list(empty.columns)
    assert len(compare_columns(empty, empty)) == 0
    assert len(say_column(empty)) == 0


@given(
    st.lists(st.tuples(st.none() | figures(), st.none() | figures()), max_size=6),
    st.sampled_from(PAIRS),
)
def test_columns_agree_with_single_figures(rows, functions):
    single, column = functions
    rows = [(a, b) for a, b in rows if b is None or not b.low == b.high == 0]
    one, other = frame_of([a for a, _ in rows]), frame_of([b for _, b in rows])
    expected = [single(a, b) if a and b else None for a, b in rows]
    pd.testing.assert_frame_equal(column(one, other), frame_of(expected))
    answers = [compare(a, b) if a and b else pd.NA for a, b in rows]
    assert compare_columns(one, other).tolist() == answers
    assert say_column(one).tolist() == [say_bounds(a) if a else pd.NA for a, _ in rows]


@given(st.lists(figures(SMALL.map(abs), closed=True), min_size=1, max_size=6))
def test_shares_agree_with_single_figures(parts):
    whole = read_wording("5 to 20")
    expected = [share(part, whole) for part in parts]
    pd.testing.assert_frame_equal(share_columns(frame_of(parts), whole), frame_of(expected))
    assert bounds_of(frame_of(parts)) == parts
