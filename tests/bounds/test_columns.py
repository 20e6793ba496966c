"""Columns of wordings, and frames of bounds."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.bounds import (
    UnreadableWording,
    bounds_between,
    bounds_of,
    frame_of,
    read_column,
    read_wording,
    try_column,
)
from analysis.bounds import columns as module

from .strategies import figures

COLUMNS = ["low", "best", "high", "qualifier", "low_excluded", "high_excluded"]
WORDINGS = ["498", "at least 227", "nearly 500", "around 1,600", "600 (450 to 900)", "dozens"]


def test_a_column_by_hand():
    words = pd.Series(
        ["498", "at least 227", None, "  ", "up to 4 million", "498"], index=list("abcdef")
    )
    frame = read_column(words)
    assert list(frame.columns) == COLUMNS
    assert frame.index.equals(words.index)
    assert frame["low"].tolist() == [498, 227, pd.NA, pd.NA, 0, 498]
    assert frame["best"].tolist() == [498, pd.NA, pd.NA, pd.NA, pd.NA, 498]
    assert frame["high"].tolist() == [498, pd.NA, pd.NA, pd.NA, 4_000_000, 498]
    assert frame["qualifier"].tolist() == ["exact", "at least", pd.NA, pd.NA, "up to", "exact"]
    assert {str(frame[end].dtype) for end in ("low", "best", "high")} == {"Int64"}


def test_decimals_make_the_numbers_float():
    frame = read_column(pd.Series(["more than 2.5%", "3%"]), counts=False)
    assert {str(frame[end].dtype) for end in ("low", "best", "high")} == {"Float64"}
    assert frame["low"].tolist() == [2.5, 3.0]
    assert frame["low_excluded"].tolist() == [True, False]
    assert frame["low_excluded"].dtype == bool


def test_counts_row_by_row():
    words = pd.Series(["around 12", "around 12", None], index=[5, 5, 7])
    counts = pd.Series([True, False, True], index=words.index)
    frame = read_column(words, counts)
    assert frame["low"].tolist() == [11, 11.5, pd.NA]
    with pytest.raises(ValueError, match="same rows"):
        read_column(words, counts.reset_index(drop=True))
    with pytest.raises(ValueError, match="in every row"):
        read_column(words, pd.Series([True, None, True], index=words.index))


@pytest.mark.parametrize("words", [pd.Series([], dtype="str"), pd.Series([None, "", pd.NA])])
def test_empty_columns_and_columns_without_a_figure(words):
    frame, errors = try_column(words)
    assert len(frame) == len(words)
    assert list(frame.columns) == COLUMNS
    assert frame[COLUMNS[:4]].isna().all(axis=None)
    assert str(frame["low"].dtype) == "Int64"
    assert not frame["low_excluded"].any()
    assert errors == []
    assert bounds_of(frame) == [None] * len(words)


def test_all_errors_are_collected_with_their_rows():
    words = pd.Series(["498", "1,5", "at lest 227", "1,5", None], index=["v", "w", "x", "y", "z"])
    frame, errors = try_column(words)
    assert [(label, error.words) for label, error in errors] == [
        ("w", "1,5"),
        ("x", "at lest 227"),
        ("y", "1,5"),
    ]
    assert errors[1][1].suggestion == "at least 227"
    assert frame["low"].tolist() == [498, pd.NA, pd.NA, pd.NA, pd.NA]
    with pytest.raises(UnreadableWording, match="1,5") as caught:
        read_column(words)
    assert caught.value.__notes__ == ["row w; unreadable wordings in all: 3"]


def test_a_repeated_wording_is_read_once(monkeypatch):
    read = []
    monkeypatch.setattr(
        module,
        "read_wording",
        lambda words, counts: read.append(words) or read_wording(words, counts),
    )
    frame = read_column(pd.Series(["498", " 498", "dozens", "498"] * 100))
    assert read == ["498", "dozens"]
    assert frame["low"].tolist() == [498, 498, 24, 498] * 100


def test_numbers_in_a_column_are_read_as_they_are_written():
    assert read_column(pd.Series([498, 227]))["best"].tolist() == [498, 227]
    assert read_column(pd.Series(["498", 227], dtype=object))["best"].tolist() == [498, 227]


@given(st.lists(st.sampled_from([*WORDINGS, "", None]), max_size=12), st.booleans())
def test_a_column_is_its_wordings_read_one_by_one(words, counts):
    frame = read_column(pd.Series(words, dtype="object"), counts)
    assert bounds_of(frame) == [read_wording(w, counts) if w else None for w in words]


@given(st.lists(st.none() | figures(), max_size=8))
def test_a_frame_gives_back_what_it_was_made_of(bounds):
    index = pd.Index([f"row {n}" for n in range(len(bounds))], dtype="object")
    frame = frame_of(bounds, index)
    assert bounds_of(frame) == bounds
    assert frame.index.equals(index)
    without_qualifier = bounds_of(frame.drop(columns="qualifier"))
    known = [None if b and b.qualifier == "not known" else b for b in bounds]
    assert without_qualifier == known


def test_published_numbers_without_words():
    published = pd.DataFrame({"low": [450, None], "best": [600, 5.5], "high": [900, None], "x": 1})
    first, second = bounds_of(published)
    assert first == bounds_between(450, 900, best=600)
    assert (second.low, second.best, second.high) == (None, 5.5, None)


def test_frames_that_are_none_are_refused():
    with pytest.raises(ValueError, match="column high"):
        bounds_of(pd.DataFrame({"low": [1], "best": [2]}))
    with pytest.raises(ValueError, match="row b: low 5 is more than high 3"):
        bounds_of(pd.DataFrame({"low": [1, 5], "best": None, "high": [2, 3]}, index=["a", "b"]))


def test_numbers_too_large_for_whole_columns_become_decimals():
    frame = frame_of([bounds_between(1, 10**19)])
    assert str(frame["high"].dtype) == "Float64"
    assert frame["high"].tolist() == [1e19]
