"""Bounds say themselves, and what they say is read back."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analysis.bounds import (
    add,
    bounds_between,
    contains,
    ratio,
    read_wording,
    say_bounds,
    say_number,
    scale,
    subtract,
)

from .strategies import NUMBERS, ends, figures


@pytest.mark.parametrize(
    ("wording", "said"),
    [
        ("498", "498"),
        ("none", "0"),
        ("no fewer than 227", "at least 227"),
        ("over 2,000", "more than 2,000"),
        ("as many as 4m", "up to 4 million"),
        ("under 300", "fewer than 300"),
        ("almost 500", "nearly 500"),
        ("c. 1,600", "around 1,600"),
        ("about 7", "around 7"),
        ("7,000–15,000", "7,000 to 15,000"),
        ("0-5", "0 to 5"),
        ("600 (450–900)", "600 (450 to 900)"),
        ("several hundred", "hundreds"),
        ("1.25 million", "1.25 million"),
        ("1,234,000", "1,234,000"),
        ("2-3 million", "2 million to 3 million"),
        ("around 2.50 million", "2.5 million (2,495,000 to 2,505,000)"),
    ],
)
def test_a_wording_said_again(wording, said):
    assert say_bounds(read_wording(wording)) == said


@pytest.mark.parametrize(
    ("wording", "said"),
    [
        ("over 2 per cent", "more than 2%"),
        ("under 2 per cent", "less than 2%"),
        ("nearly 2.5 billion dollars", "nearly $2.5 billion"),
        ("about 60 kilometres", "around 60 km"),
        ("hundreds of euro", "hundreds of euros"),
        ("0.10", "0.1"),
        ("minus 5 dollars", "minus $5"),
        ("not known", "not known"),
    ],
)
def test_a_measure_said_again(wording, said):
    assert say_bounds(read_wording(wording, counts=False)) == said


@pytest.mark.parametrize(
    ("bounds", "digits", "said"),
    [
        (bounds_between(Fraction(100, 44), None, low_excluded=True), 2, "more than 2.2"),
        (bounds_between(Fraction(100, 44), Fraction(100, 43)), 2, "2.2 to 2.4"),
        (bounds_between(Fraction(100, 3), Fraction(100, 3)), 2, "around 33"),
        (bounds_between(1_234_567, 1_234_567), 2, "around 1.2 million"),
        (bounds_between(-1_234, -1_234), 2, "around minus 1,200"),
        (bounds_between(500, 500), 1, "500"),
        (bounds_between(25, 25), 1, "20 to 30"),  # 25 is not within a tenth of 30
        (bounds_between(1_949, 2_149, best=2_049), 2, "2,000 (1,900 to 2,200)"),
        (bounds_between(Fraction(9, 4), 9, best=Fraction(9, 4)), 1, "2 (2 to 9)"),
        (bounds_between(2, 3, best=Fraction(201, 100), low_excluded=True), 1, "2 (2 to 3)"),
        (read_wording("around 1,600"), 2, "around 1,600"),
        (read_wording("around 1,600"), 1, "2,000 (1,000 to 2,000)"),
        (read_wording("nearly 1,550"), 2, "at least 1,500 but fewer than 1,600"),
        (read_wording("hundreds"), 1, "hundreds"),
    ],
)
def test_rounding_never_claims_more(bounds, digits, said):
    assert say_bounds(bounds, digits) == said


def test_digits_are_at_least_one():
    with pytest.raises(ValueError, match="digits"):
        say_bounds(read_wording("498"), digits=0)


def test_a_range_of_ones_and_millions_is_not_taken_for_millions():
    assert say_bounds(bounds_between(5, 6_000_000)) == "at least 5 and at most 6,000,000"
    assert say_bounds(bounds_between(5, 6_000)) == "at least 5 and at most 6,000"
    assert say_bounds(bounds_between(12, 6_000)) == "12 to 6,000"
    assert say_bounds(bounds_between(500_000, 6_000_000)) == "500,000 to 6 million"


def test_numbers_by_themselves():
    assert say_number(2_500_000) == "2.5 million"
    assert say_number(2_500_000, magnitudes=False) == "2,500,000"
    assert say_number(-1_600, "km") == "minus 1,600 km"
    assert say_number(Fraction(1, 8), "%") == "0.125%"
    assert say_number(10**12, "$") == "$1 trillion"


@given(figures(NUMBERS))
def test_everything_said_is_read_back(figure):
    assert ends(read_wording(say_bounds(figure), counts=False)) == ends(figure)


@given(figures(NUMBERS), figures(NUMBERS), st.sampled_from([add, subtract, ratio]))
def test_every_result_is_read_back(one, other, function):
    assume(not other.low == other.high == 0)
    result = function(one, other)
    numbers = [n for n in (result.low, result.best, result.high) if n is not None]
    assume(all(abs(Fraction(n)) < 10**18 for n in numbers))
    assert ends(read_wording(say_bounds(result), counts=False)) == ends(result)


@given(
    st.integers(1, 10**10),
    st.sampled_from(["{}", "at least {}", "over {}", "up to {}", "under {}", "nearly {}", "~{}"]),
    st.booleans(),
    st.integers(1, 4),
)
def test_wordings_are_read_back_as_they_were_meant(number, pattern, counts, digits):
    read = read_wording(pattern.format(number), counts)
    assert read_wording(say_bounds(read), counts) == read
    assert contains(read_wording(say_bounds(read, digits), counts), read)


@given(figures(NUMBERS), st.integers(1, 5))
def test_rounded_words_allow_all_that_the_bounds_allow(figure, digits):
    assert contains(read_wording(say_bounds(figure, digits), counts=False), figure)


@given(figures(NUMBERS), st.sampled_from(["%", "$", "km"]))
def test_the_unit_is_read_back(figure, unit):
    figure = scale(figure, 1)
    with_unit = bounds_between(figure.low, figure.high, best=figure.best, unit=unit)
    read = read_wording(say_bounds(with_unit), counts=False)
    assert read.unit == unit or read.qualifier == "not known"
