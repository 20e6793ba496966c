"""Sums, differences, ratios and shares: by hand, by corner points, and by points within."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analysis.bounds import (
    Bounds,
    add,
    bounds_between,
    contains,
    ratio,
    read_wording,
    say_bounds,
    scale,
    share,
    subtract,
    sum_bounds,
)

from .strategies import SMALL, ends, figures, points_in


def words(figure):
    return read_wording(figure, counts="%" not in figure)


@pytest.mark.parametrize(
    ("function", "one", "other", "result"),
    [
        (add, "at least 227", "at least 525", "at least 752"),
        (add, "nearly 500", "around 1,600", "at least 2,000 but fewer than 2,150"),
        (add, "more than 2,000", "498", "more than 2,498"),
        (add, "up to 4 million", "fewer than 300", "fewer than 4,000,300"),
        (add, "at least 227", "up to 500", "at least 227"),
        (add, "around 1,600", "600 (450 to 900)", "2,200 (2,000 to 2,550)"),
        (add, "more than 2%", "at least 3%", "more than 5%"),
        (subtract, "498", "227", "271"),
        (subtract, "227", "498", "minus 271"),
        (subtract, "at least 500", "at least 227", "not known"),
        (subtract, "at least 500", "up to 227", "at least 273"),
        (subtract, "up to 500", "at least 227", "up to 273, perhaps below zero"),
        (subtract, "7,000 to 15,000", "1,000 to 2,000", "5,000 to 14,000"),
        (ratio, "1,000", "500", "2"),
        (ratio, "7,000 to 15,000", "500", "14 to 30"),
        (ratio, "at least 1,000", "at least 500", "more than 0"),
        (ratio, "100", "0 to 50", "at least 2"),
        (ratio, "100", "at least 50", "more than 0 but up to 2"),
        (ratio, "0", "up to 50", "0"),
        (ratio, "0 to 5", "at least 1", "up to 5"),
        (share, "1 million", "40 million", "2.5%"),
        (share, "more than 1 million", "40 million", "more than 2.5%"),
        (share, "up to 4 million", "40 million", "up to 10%"),
        (share, "20 to 60", "50 to 100", "20% to 100%"),
        (share, "60 (50 to 70)", "100", "60% (50% to 70%)"),
        (share, "600 (450 to 900)", "500 (400 to 700)", "450/7% to 100%"),
        (share, "100", "up to 100", "at least 100%"),
        (share, "0", "at least 5", "0%"),
    ],
)
def test_by_hand(function, one, other, result):
    assert say_bounds(function(words(one), words(other))) == result


def test_a_sum_of_many_and_of_none():
    assert sum_bounds(words(w) for w in ("227", "525", "at least 1")).low == 753
    assert sum_bounds([words("498")]) == words("498")
    with pytest.raises(ValueError, match="missing, not zero"):
        sum_bounds([])


def test_scaling():
    assert ends(scale(words("7,000 to 15,000"), 2)) == (14_000, None, 30_000, False, False)
    assert ends(scale(words("up to 10"), -1)) == (-10, None, 0, False, False)
    assert scale(words("more than 2%"), 0.5).low == 1
    assert scale(words("more than 2%"), 0.5).unit == "%"
    assert ends(scale(words("at least 5"), 0)) == (0, 0, 0, False, False)


def test_a_share_of_swapped_figures_is_refused():
    with pytest.raises(ValueError, match="swapped"):
        share(words("44 million"), words("1 million"))
    with pytest.raises(ValueError, match="swapped"):
        share(words("more than 2,000"), words("up to 2,000"))
    assert share(words("at least 2,000"), words("up to 2,000")).low == 100


def test_a_share_needs_figures_from_zero_up():
    with pytest.raises(ValueError, match="the part may be"):
        share(bounds_between(None, 5), words("10"))
    with pytest.raises(ValueError, match="the whole may be"):
        share(words("5"), bounds_between(-1, 10))


def test_nothing_is_divided_by_zero():
    for function in (ratio, share):
        with pytest.raises(ZeroDivisionError):
            function(words("5"), words("0"))
    assert ratio(words("5"), bounds_between(-1, 1)).qualifier == "not known"
    assert ends(ratio(words("5"), bounds_between(-5, 0))) == (None, None, -1, False, False)


def test_an_end_that_one_pair_reaches_is_not_excluded():
    assert ends(ratio(bounds_between(-5, 0), words("at least 1"))) == (-5, None, 0, False, False)


def test_units():
    percent, dollars = words("2%"), read_wording("$10", counts=False)
    for function in (add, subtract, ratio, share):
        with pytest.raises(ValueError, match="different units"):
            function(percent, dollars)
    assert ratio(dollars, dollars).unit == ""
    assert ratio(dollars, words("5")).unit == "$"
    assert share(words("5"), words("10")).unit == "%"
    assert subtract(percent, percent).unit == "%"


@given(figures(closed=True), figures(closed=True))
def test_sums_and_differences_are_those_of_the_corner_points(one, other):
    corners = list(product((one.low, one.high), (other.low, other.high)))
    total, difference = add(one, other), subtract(one, other)
    assert (total.low, total.high) == (min(map(sum, corners)), max(map(sum, corners)))
    differences = [x - y for x, y in corners]
    assert (difference.low, difference.high) == (min(differences), max(differences))
    if one.best is not None and other.best is not None:
        assert (total.best, difference.best) == (one.best + other.best, one.best - other.best)
    else:
        assert total.best is None or total.low == total.high


@given(figures(), figures(), st.sampled_from([add, subtract, ratio]))
def test_results_hold_every_pair_of_points(one, other, function):
    assume(not other.low == other.high == 0)
    result = function(one, other)
    by_points = {add: lambda x, y: x + y, subtract: lambda x, y: x - y, ratio: Fraction.__truediv__}
    pairs = [(x, y) for x in points_in(one)[::3] for y in points_in(other)[::3]]
    assert all(
        contains(result, by_points[function](x, y)) for x, y in pairs if function is not ratio or y
    )


@given(figures(), figures())
def test_an_end_is_reached_or_excluded(one, other):
    """No wider than need be: a sum's end is the sum of two ends, and excluded if either is."""
    total = add(one, other)
    assert (total.low is None) == (one.low is None or other.low is None)
    if total.low is not None:
        assert total.low_excluded == (one.low_excluded or other.low_excluded)
    difference = subtract(one, other)
    assert (difference.high is None) == (one.high is None or other.low is None)
    if difference.high is not None:
        assert difference.high_excluded == (one.high_excluded or other.low_excluded)


@given(figures(closed=True), figures(closed=True))
def test_ratios_are_those_of_the_corner_points(one, other):
    assume(other.low > 0 or other.high < 0)
    quotients = [Fraction(x) / y for x, y in product((one.low, one.high), (other.low, other.high))]
    result = ratio(one, other)
    assert (result.low, result.high) == (min(quotients), max(quotients))
    if one.best is not None and other.best:
        assert result.best == Fraction(one.best) / other.best


@given(figures(), SMALL)
def test_scaling_holds_every_point_and_can_be_undone(figure, number):
    scaled = scale(figure, number)
    assert all(contains(scaled, point * number) for point in points_in(figure))
    if number:
        assert ends(scale(scaled, 1 / number)) == ends(figure)


@given(figures(SMALL.map(abs)), figures(SMALL.map(abs)))
def test_shares_hold_every_part_of_every_whole(part, whole):
    assume(part.low is not None and whole.low is not None and whole.high != 0)
    pairs = [(x, y) for x in points_in(part) for y in points_in(whole) if x <= y and y]
    if not pairs:
        with pytest.raises(ValueError, match="swapped"):
            share(part, whole)
        return
    percent = share(part, whole)
    assert all(contains(percent, 100 * x / y) for x, y in pairs[::3])
    assert percent.low >= 0
    assert percent.high is None or percent.high <= 100


def test_results_are_exact():
    third = ratio(Bounds(1, 1, 1, "exact"), Bounds(3, 3, 3, "exact"))
    assert scale(third, 3).best == 1
    assert isinstance(scale(third, 3).best, int)
