"""What plot_claims draws: bars from low to high, arrows at open ends, words for what is absent."""

from collections.abc import Hashable

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from analysis.charts import plot_claims, style
from analysis.charts.claims import say_period

from .drawing import artist, bars, named, new_axes, spots, texts, words
from .frames import ALL_KINDS, CIVILIANS, TROOPS, make, one


def draw(claims: pd.DataFrame) -> Axes:
    return plot_claims(claims, new_axes(), unit="civilians killed")


def patch(ax: Axes, name: str) -> Rectangle:
    found = [p for p in ax.patches if p.get_gid() == name]
    assert len(found) == 1
    assert isinstance(found[0], Rectangle)
    return found[0]


def test_it_returns_the_axes_it_was_given() -> None:
    ax = new_axes()
    assert plot_claims(CIVILIANS, ax, unit="civilians killed") is ax


def test_at_least_is_a_bar_to_its_low_end_with_an_arrow() -> None:
    ax = draw(one(wording="at least 227", low=227))
    assert bars(ax) == {"row-0-low": (0, 227)}
    assert named(ax, "open-high") == ["row-0-open-high"]
    assert "at least 227" in texts(ax)


def test_nearly_is_drawn_from_its_low_to_its_high_end_and_has_no_middle() -> None:
    ax = draw(one(wording="nearly 500", low=400, high=499))
    assert bars(ax) == {"row-0-low": (0, 400), "row-0-range": (400, 499)}
    assert named(ax, "open-high") == []
    assert named(ax, "best") == []


def test_up_to_is_a_pale_bar_from_zero() -> None:
    ax = draw(one(wording="up to 4 million", low=0, high=4_000_000))
    assert bars(ax) == {"row-0-range": (0, 4_000_000)}
    colour = to_hex(patch(ax, "row-0-range").get_facecolor()).upper()
    assert colour == style.pale(style.OTHER_CLAIMANT).upper() != style.OTHER_CLAIMANT


def test_a_best_figure_is_a_dot_inside_its_range() -> None:
    ax = draw(one(wording="600 (450 to 900)", low=450, best=600, high=900))
    assert bars(ax) == {"row-0-low": (0, 450), "row-0-range": (450, 900)}
    assert spots(ax, "row-0-best") == [600]


def test_an_end_open_below_has_its_arrow_on_the_left() -> None:
    ax = draw(one(wording="fewer than before", high=300))
    assert named(ax, "open-low") == ["row-0-open-low"]
    assert named(ax, "open-high") == []
    assert artist(ax, "row-0-open-low").get_marker() == "<"  # type: ignore[union-attr]


def test_zero_missing_and_not_released_look_different() -> None:
    ax = draw(
        make(
            [
                {"claimant_name": "A", "wording": "0", "low": 0, "best": 0, "high": 0},
                {"claimant_name": "B"},
                {"claimant_name": "C", "status": "not released"},
            ]
        )
    )
    assert bars(ax) == {}
    assert spots(ax, "row-0-best") == [0]
    assert named(ax, "empty") == ["row-1-empty", "row-2-empty"]
    shown = texts(ax)
    assert {"no figure stated", "has not released a figure"} <= set(shown)
    assert shown.count("has not released a figure") == 1


@pytest.mark.parametrize("status", ["unverified", "disputed", "denied"])
def test_a_doubtful_claim_is_hatched_and_hollow_and_says_so(status: str) -> None:
    ax = draw(one(wording="more than 2,000", low=2001, status=status))
    bar = patch(ax, "row-0-low")
    assert bar.get_hatch()
    assert to_hex(bar.get_facecolor()).upper() == style.PAPER
    assert f"more than 2,000, {status}" in words(ax)
    assert patch(draw(one(wording="more than 2,000", low=2001)), "row-0-low").get_hatch() is None


def test_a_withdrawn_claim_is_empty_and_struck_through() -> None:
    ax = draw(one(wording="352", low=352, best=352, high=352, status="withdrawn"))
    assert to_hex(patch(ax, "row-0-low").get_facecolor()).upper() == style.PAPER
    assert named(ax, "struck-0") == ["row-0-struck-0"]
    assert {"352", "withdrawn"} <= set(texts(ax))
    assert named(draw(CIVILIANS), "struck-0") == []


def test_a_party_has_its_mark_and_its_colour() -> None:
    ax = draw(CIVILIANS)
    assert "◆ State Emergency Service of Ukraine" in words(ax)
    assert "◆ UN human rights office" not in words(ax)
    assert to_hex(patch(ax, "row-1-low").get_edgecolor()).upper() == style.PARTY
    assert to_hex(patch(ax, "row-0-low").get_edgecolor()).upper() == style.OTHER_CLAIMANT


def test_the_key_explains_the_marks_that_are_used_and_no_other() -> None:
    plain = words(draw(one(wording="498", low=498, best=498, high=498)))
    assert "no limit given at this end" not in plain
    assert "party to the conflict" not in plain
    everything = words(draw(ALL_KINDS))
    for meaning in (
        "the figure, or the least it can be",
        "up to this many",
        "unverified or disputed or denied",
        "no limit given at this end",
        "figure named, or best estimate",
        "party to the conflict",
    ):
        assert meaning in everything


def test_what_is_counted_is_named_where_it_differs() -> None:
    assert "Russian troops killed" in words(draw(TROOPS))
    assert words(draw(CIVILIANS)).count("civilians killed") == 1


def test_without_any_figure_there_is_no_scale() -> None:
    ax = draw(TROOPS.iloc[1:].reset_index(drop=True))
    assert list(ax.get_xticks()) == []
    assert "civilians killed" not in words(ax)


def test_an_empty_frame_says_so() -> None:
    ax = draw(CIVILIANS.iloc[:0])
    assert texts(ax) == ["The casebook holds no claim published by this day."]
    ax = plot_claims(CIVILIANS.iloc[:0], new_axes(), unit="x", empty="Nobody knew.")
    assert texts(ax) == ["Nobody knew."]


def test_a_missing_column_is_named() -> None:
    with pytest.raises(ValueError, match="plot_claims needs the columns best, wording; the frame"):
        draw(CIVILIANS.drop(columns=["best", "wording"]))


def test_the_frame_is_left_as_it_was() -> None:
    before = ALL_KINDS.copy(deep=True)
    draw(ALL_KINDS)
    pd.testing.assert_frame_equal(ALL_KINDS, before)


@pytest.mark.parametrize(
    ("since", "as_of", "said"),
    [
        ("2022-02-24", "2022-03-01", "24 Feb to 1 Mar 2022"),
        ("2014-04-14", "2022-03-01", "14 Apr 2014 to 1 Mar 2022"),
        (None, "2022-03-01", "to 1 Mar 2022"),
        ("2022-02-24", None, "since 24 Feb 2022, published 3 Mar 2022"),
        (None, None, "published 3 Mar 2022"),
    ],
)
def test_the_days_of_a_claim_in_few_words(since: str, as_of: str, said: str) -> None:
    row: dict[Hashable, object] = {
        "since": pd.Timestamp(since) if since else pd.NaT,
        "as_of": pd.Timestamp(as_of) if as_of else pd.NaT,
        "published_on": pd.Timestamp("2022-03-03"),
    }
    assert say_period(row) == said


_ENDS = st.lists(st.integers(0, 10**8), min_size=3, max_size=3).map(sorted)


@settings(max_examples=25)
@given(ends=_ENDS, has=st.tuples(st.booleans(), st.booleans(), st.booleans()))
def test_bars_stand_at_the_bounds_and_arrows_at_the_open_ends(
    ends: list[int], has: tuple[bool, bool, bool]
) -> None:
    low, best, high = (end if kept else pd.NA for end, kept in zip(ends, has, strict=True))
    ax = draw(one(wording="words", low=low, best=best, high=high))
    stated = any(has)
    assert ax.get_xlim()[0] == 0
    assert bool(named(ax, "open-low")) == (stated and low is pd.NA)
    assert bool(named(ax, "open-high")) == (stated and high is pd.NA)
    assert bool(named(ax, "empty")) == (not stated)
    expected = {}
    if has[0] and ends[0] > 0:
        expected["row-0-low"] = (0, ends[0])
    if has[0] and has[2] and ends[2] > ends[0]:
        expected["row-0-range"] = (ends[0], ends[2])
    assert bars(ax) == expected
    for start, end in bars(ax).values():
        assert 0 <= start <= end <= ax.get_xlim()[1]
