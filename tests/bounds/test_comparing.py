"""Which is greater, and what both allow: against `portion`, and against points."""

import pytest
from hypothesis import given

from analysis.bounds import (
    bounds_between,
    compare,
    contains,
    intersection,
    overlaps,
    read_wording,
)

from .strategies import SMALL, as_portion, figures, points_in


@given(figures(), figures())
def test_overlap_and_intersection_are_those_of_portion(one, other):
    expected = as_portion(one) & as_portion(other)
    assert overlaps(one, other) == (not expected.empty)
    both = intersection(one, other)
    assert expected.empty if both is None else as_portion(both) == expected


@given(figures(), figures(), SMALL)
def test_containment_is_that_of_portion(one, other, number):
    assert contains(one, other) == (as_portion(other) in as_portion(one))
    assert contains(one, number) == (number in as_portion(one))


@given(figures(), figures())
def test_comparison_holds_for_every_pair_of_points(one, other):
    greater = {x > y for x in points_in(one) for y in points_in(other)}
    expected = {
        frozenset({True}): "necessarily greater",
        frozenset({False}): "never greater",
        frozenset({True, False}): "possibly greater",
    }[frozenset(greater)]
    assert compare(one, other) == expected
    assert (compare(one, other) == "necessarily greater") == (as_portion(one) > as_portion(other))


@pytest.mark.parametrize(
    ("one", "other", "counts", "answer"),
    [
        ("more than 2,000", "at least 227", True, "possibly greater"),
        ("more than 2,000", "up to 2,000", True, "necessarily greater"),
        ("at least 2,000", "up to 2,000", True, "possibly greater"),
        ("up to 2,000", "at least 2,000", True, "never greater"),
        ("498", "498", True, "never greater"),
        ("more than 2", "2", False, "necessarily greater"),
        ("2", "more than 2", False, "never greater"),
        ("at least 2", "less than 2", False, "necessarily greater"),
        ("nearly 500", "498", True, "possibly greater"),
    ],
)
def test_comparison_by_hand(one, other, counts, answer):
    assert compare(read_wording(one, counts), read_wording(other, counts)) == answer


def test_a_best_figure_is_kept_where_it_is_the_same():
    five = bounds_between(4, 6, best=5)
    assert intersection(five, bounds_between(3, None, best=5)).best == 5
    assert intersection(five, bounds_between(3, None)).best is None
    assert intersection(bounds_between(1, 2), bounds_between(3, 4)) is None


def test_different_units_are_not_compared():
    percent, dollars = read_wording("2%", counts=False), read_wording("$2", counts=False)
    for function in (compare, overlaps, intersection, contains):
        with pytest.raises(ValueError, match="different units"):
            function(percent, dollars)
