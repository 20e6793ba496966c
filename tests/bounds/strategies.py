"""Figures with bounds for the properties, and the same figures as intervals of `portion`."""

from fractions import Fraction

import portion
from hypothesis import strategies as st

from analysis.bounds import Bounds, bounds_between, contains

#: Ends between -5 and 5, so that few points tell everything about them.
SMALL = st.integers(-5, 5).map(Fraction)

#: Points at quarters, beyond the ends: every interval of such ends has three or more within it.
POINTS = [Fraction(n, 4) for n in range(-24, 25)]

#: Whole numbers and decimals of every size that claims have.
NUMBERS = st.one_of(
    st.integers(-10, 10),
    st.integers(-(10**12), 10**12),
    st.integers(-9999, 9999).map(lambda n: n * 10_000),
    st.integers(-(10**6), 10**6).map(lambda n: Fraction(n, 100)),
    st.fractions(-1000, 1000, max_denominator=1000),
)


@st.composite
def figures(draw, numbers=SMALL, closed=False):
    """Bounds of every kind: open, excluded, exact, with and without a best figure."""
    low, high = sorted([draw(numbers), draw(numbers)])
    if low == high:
        return bounds_between(low, high)
    quarter = draw(st.none() | st.integers(0, 4))
    best = None if quarter is None else low + (high - low) * Fraction(quarter, 4)
    low_excluded, high_excluded = draw(st.booleans()), draw(st.booleans())
    if not closed:
        low, high = draw(st.sampled_from([(low, high), (None, high), (low, None), (None, None)]))
    return bounds_between(
        low,
        high,
        best=best,
        low_excluded=low_excluded and low is not None and best != low,
        high_excluded=high_excluded and high is not None and best != high,
    )


def as_portion(figure: Bounds) -> portion.Interval:
    left = portion.OPEN if figure.low_excluded or figure.low is None else portion.CLOSED
    right = portion.OPEN if figure.high_excluded or figure.high is None else portion.CLOSED
    low = -portion.inf if figure.low is None else figure.low
    high = portion.inf if figure.high is None else figure.high
    return portion.Interval.from_atomic(left, low, high, right)


def points_in(figure: Bounds) -> list[Fraction]:
    return [point for point in POINTS if contains(figure, point)]


def ends(figure: Bounds) -> tuple:
    """What must survive saying and reading: everything but the qualifier and the unit."""
    return figure.low, figure.best, figure.high, figure.low_excluded, figure.high_excluded
