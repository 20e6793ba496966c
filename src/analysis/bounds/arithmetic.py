"""Interval arithmetic: sums, differences, shares and ratios of figures with bounds, all exact.

The result holds every number that the figures allow, and no other. It takes the figures for
independent of each other. An open end stays open. `best` is kept where both figures have one.
Whether figures may be added at all (one claimant, one definition) is for the caller to know.

Source of the method: R. E. Moore, R. B. Kearfott, M. J. Cloud, Introduction to Interval
Analysis, SIAM 2009, chapters 2 and 4 (with open ends and excluded ends added here).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce

from analysis.bounds.comparing import compare, require_same_unit
from analysis.bounds.value import Bounds, Number, bounds_between, exact


def add(one: Bounds, other: Bounds) -> Bounds:
    """Add one figure to another: 'at least 227' and 'at least 525' are 'at least 752'.

    Raises ValueError when their units differ, as all arithmetic here does.
    """
    require_same_unit(one, other)
    return bounds_between(
        None if one.low is None or other.low is None else one.low + other.low,
        None if one.high is None or other.high is None else one.high + other.high,
        best=None if one.best is None or other.best is None else one.best + other.best,
        low_excluded=one.low_excluded or other.low_excluded,
        high_excluded=one.high_excluded or other.high_excluded,
        unit=one.unit,
    )


def subtract(one: Bounds, other: Bounds) -> Bounds:
    """Say how much greater `one` is than `other`; below zero where it is smaller."""
    return add(one, negative(other))


def sum_bounds(figures: Iterable[Bounds]) -> Bounds:
    """Add up several figures. No figure at all is an error: the sum is missing, not zero."""
    listed = list(figures)
    if not listed:
        raise ValueError("no figures to add: their sum is missing, not zero")
    return reduce(add, listed)


def scale(figure: Bounds, number: Number | float) -> Bounds:
    """Multiply a figure by a number: 'at least 227' times 2 is 'at least 454'."""
    factor = exact(number)
    return replace(multiply(figure, Bounds(factor, factor, factor, "exact")), unit=figure.unit)


def ratio(one: Bounds, other: Bounds) -> Bounds:
    """Divide one figure by another: how many times `other` goes into `one`.

    The unit is that of `one` when `other` has none (dollars a person), and none when both have
    the same. Where `other` may be as small as zero, the ratio has an open end.

    Raises
    ------
    ZeroDivisionError
        When `other` is exactly zero.
    ValueError
        When the units differ.
    """
    if other.unit:
        require_same_unit(one, other)
    unit = "" if other.unit else one.unit
    if other.low == other.high == 0:
        raise ZeroDivisionError("a ratio to zero has no value")
    best = None
    if one.best is not None and other.best:
        best = exact(Fraction(one.best) / other.best)
    quotient = multiply(one, reciprocal(other))
    if quotient.low == quotient.high and quotient.low is not None:
        return replace(quotient, unit=unit)
    return bounds_between(
        quotient.low,
        quotient.high,
        best=best,
        low_excluded=quotient.low_excluded,
        high_excluded=quotient.high_excluded,
        unit=unit,
    )


def share(part: Bounds, whole: Bounds) -> Bounds:
    """Work out what percentage of the whole the part is.

    Parameters
    ----------
    part : Bounds
        The numerator, which the whole contains: refugees from a country.
    whole : Bounds
        The denominator: the population of that country.

    Returns
    -------
    Bounds
        In percent. A high end above 100 is cut to 100, since a part is never more than its
        whole; an open end stays open. `best` is missing where the best figures give above 100.

    Raises
    ------
    ValueError
        When the part is necessarily greater than the whole (are the two swapped?), when either
        may be below zero, or when the units differ.
    ZeroDivisionError
        When the whole is exactly zero.
    """
    require_same_unit(part, whole)
    for name, figure in (("part", part), ("whole", whole)):
        if figure.low is None or figure.low < 0:
            raise ValueError(f"a share needs figures that are not below zero; the {name} may be")
    if whole.high == 0:
        raise ZeroDivisionError("a share of zero has no value")
    if compare(part, whole) == "necessarily greater":
        raise ValueError(
            "the part is necessarily greater than the whole: are the two swapped? "
            "share(part, whole) divides the first by the second"
        )
    percent = scale(ratio(part, whole), 100)
    high, best, high_excluded = percent.high, percent.best, percent.high_excluded
    if high is not None and high > 100:
        high, high_excluded = 100, False
    if best is not None and best > 100:
        best = None
    return bounds_between(
        percent.low,
        high,
        best=best,
        low_excluded=percent.low_excluded,
        high_excluded=high_excluded,
        unit="%",
    )


def negative(figure: Bounds) -> Bounds:
    """Turn a figure's sign round, and so its ends."""
    return bounds_between(
        None if figure.high is None else -figure.high,
        None if figure.low is None else -figure.low,
        best=None if figure.best is None else -figure.best,
        low_excluded=figure.high_excluded,
        high_excluded=figure.low_excluded,
        unit=figure.unit,
    )


@dataclass(frozen=True)
class _End:
    """One end of an interval: sign -1 or 1 with no number is an open end on that side."""

    number: Number | None
    sign: int
    excluded: bool

    def __mul__(self, other: _End) -> _End:
        if self.sign == 0 or other.sign == 0:
            # Zero times anything is zero; it is reached if either zero is.
            reached = (self.sign == 0 and not self.excluded) or (
                other.sign == 0 and not other.excluded
            )
            return _End(0, 0, not reached)
        sign = self.sign * other.sign
        if self.number is None or other.number is None:
            return _End(None, sign, True)
        return _End(self.number * other.number, sign, self.excluded or other.excluded)

    def order(self) -> tuple[int, Number]:
        """Below everything, by number, or above everything."""
        return (self.sign, 0) if self.number is None else (0, self.number)


def _ends(figure: Bounds) -> tuple[_End, _End]:
    return (
        _End(figure.low, -1 if figure.low is None else _sign(figure.low), figure.low_excluded),
        _End(figure.high, 1 if figure.high is None else _sign(figure.high), figure.high_excluded),
    )


def _sign(number: Number) -> int:
    return (number > 0) - (number < 0)


def multiply(one: Bounds, other: Bounds) -> Bounds:
    """Multiply two figures: the ends are among the products of their ends."""
    corners = [a * b for a in _ends(one) for b in _ends(other)]
    # Where two corners meet in the same number, it is excluded only if both exclude it.
    low = min(corners, key=lambda end: (end.order(), end.excluded))
    high = max(corners, key=lambda end: (end.order(), not end.excluded))
    return bounds_between(
        low.number,
        high.number,
        best=None if one.best is None or other.best is None else one.best * other.best,
        low_excluded=low.excluded,
        high_excluded=high.excluded,
    )


def reciprocal(figure: Bounds) -> Bounds:
    """One divided by a figure that is not exactly zero."""
    low, high = figure.low, figure.high
    if (low is None or low < 0) and (high is None or high > 0):
        return bounds_between(None, None)  # zero lies within: anything can come out
    if high is not None and high <= 0:
        return negative(reciprocal(negative(figure)))
    return bounds_between(
        0 if high is None else 1 / Fraction(high),
        1 / Fraction(low) if low else None,
        low_excluded=high is None or figure.high_excluded,
        high_excluded=figure.low_excluded,
    )
