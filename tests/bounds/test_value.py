"""The value itself: exact numbers, ends in order, and the qualifier that follows from them."""

from dataclasses import FrozenInstanceError
from fractions import Fraction

import pytest

from analysis.bounds import Bounds, bounds_between, exact


def test_numbers_are_exact_and_whole_where_they_can_be():
    assert exact(0.1) == Fraction(1, 10)
    assert isinstance(exact(2.0), int)
    bounds = Bounds(Fraction(4, 2), None, 2.5, "range")
    assert isinstance(bounds.low, int)
    assert bounds.high == Fraction(5, 2)


@pytest.mark.parametrize(
    ("low", "best", "high", "flags"),
    [
        (3, None, 2, (False, False)),
        (1, 3, 2, (False, False)),
        (1, 0, 2, (False, False)),
        (2, None, 2, (True, False)),
        (2, None, 2, (False, True)),
        (1, 1, 2, (True, False)),
        (1, 2, 2, (False, True)),
    ],
)
def test_ends_out_of_order_are_refused(low, best, high, flags):
    with pytest.raises(ValueError, match=r"low|best|no number"):
        Bounds(low, best, high, "range", *flags)


def test_a_qualifier_is_one_of_the_list():
    with pytest.raises(ValueError, match="at lest"):
        Bounds(1, None, None, "at lest")


def test_a_single_point_is_its_own_best():
    assert Bounds(2, None, 2, "range").best == 2


def test_an_open_end_excludes_nothing():
    assert Bounds(None, None, None, "not known", True, True) == bounds_between(None, None)


def test_bounds_do_not_change():
    with pytest.raises(FrozenInstanceError):
        bounds_between(1, 2).low = 5


@pytest.mark.parametrize(
    ("bounds", "qualifier"),
    [
        (bounds_between(2, 2), "exact"),
        (bounds_between(2, 2, best=2), "exact"),
        (bounds_between(2, None), "at least"),
        (bounds_between(2, None, low_excluded=True), "more than"),
        (bounds_between(0, 2), "up to"),
        (bounds_between(None, 2), "up to"),
        (bounds_between(0, 2, high_excluded=True), "fewer than"),
        (bounds_between(0, 2, low_excluded=True), "range"),
        (bounds_between(1, 2), "range"),
        (bounds_between(1, 3, best=2), "estimate with range"),
        (bounds_between(None, None, best=2), "estimate with range"),
        (bounds_between(None, None), "not known"),
    ],
)
def test_the_qualifier_follows_from_the_ends(bounds, qualifier):
    assert bounds.qualifier == qualifier
