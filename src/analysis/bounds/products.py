"""Products of figures with bounds, where ends may be open or excluded."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from analysis.bounds.value import Bounds, Number, bounds_between


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
