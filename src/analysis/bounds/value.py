"""The value of a figure with bounds: what is certain of it, and nothing more."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from numbers import Integral, Rational
from typing import Final, TypeAlias

#: An exact number: whole numbers are int, decimals are Fraction.
Number: TypeAlias = int | Fraction

#: Everything a figure can be. "not known" has two open ends and comes from arithmetic only.
ALL_QUALIFIERS: Final[tuple[str, ...]] = (
    *("exact", "at least", "more than", "up to", "fewer than", "nearly", "around"),
    *("range", "estimate with range", "vague", "not known"),
)


def exact(number: Rational | float) -> Number:
    """Give the number without a rounding error: an int where whole, a Fraction otherwise.

    A float is taken as the decimal it is written as: 0.1 is one tenth.
    """
    if type(number) is int:  # the usual case, much faster than asking for an Integral
        return number
    if isinstance(number, Integral):
        return int(number)
    fraction = Fraction(number) if isinstance(number, Rational) else Fraction(str(number))
    return fraction.numerator if fraction.denominator == 1 else fraction


@dataclass(frozen=True)
class Bounds:
    """The least and the most that a figure can be, and the best estimate if there is one.

    Attributes
    ----------
    low, high : int, Fraction or None
        The ends; None is an open end.
    best : int, Fraction or None
        The claimant's own best figure, between the ends. Where the ends meet, it is that number.
    qualifier : str
        One of `ALL_QUALIFIERS`.
    low_excluded, high_excluded : bool
        True when the end itself is not meant: "more than 2%" excludes 2.
    unit : str
        "%", "$", "km" … as read from the words; empty for counts and where none is written.

    Raises
    ------
    ValueError
        When no number lies between the ends, or `best` lies outside them.
    """

    low: Number | None
    best: Number | None
    high: Number | None
    qualifier: str
    low_excluded: bool = False
    high_excluded: bool = False
    unit: str = ""

    def __post_init__(self) -> None:
        if self.qualifier not in ALL_QUALIFIERS:
            raise ValueError(f"qualifier {self.qualifier!r} is none of {', '.join(ALL_QUALIFIERS)}")
        for name in ("low", "best", "high"):
            number = getattr(self, name)
            if number is not None:
                object.__setattr__(self, name, exact(number))
        # An open end has nothing to exclude.
        object.__setattr__(self, "low_excluded", self.low_excluded and self.low is not None)
        object.__setattr__(self, "high_excluded", self.high_excluded and self.high is not None)
        if self.low is not None and self.high is not None:
            if self.low > self.high:
                raise ValueError(f"low {self.low} is more than high {self.high}")
            if self.low == self.high:
                if self.low_excluded or self.high_excluded:
                    raise ValueError(f"no number lies between {self.low} and itself")
                if self.best is None:
                    object.__setattr__(self, "best", self.low)
        if self.best is not None and not is_between(self.best, self):
            raise ValueError(f"best {self.best} lies outside its bounds")


def is_between(number: Number, bounds: Bounds) -> bool:
    """Whether the number lies between the ends (an excluded end does not)."""
    low, high = bounds.low, bounds.high
    above = low is None or number > low or (number == low and not bounds.low_excluded)
    below = high is None or number < high or (number == high and not bounds.high_excluded)
    return above and below


def bounds_between(
    low: Number | None,
    high: Number | None,
    *,
    best: Number | None = None,
    low_excluded: bool = False,
    high_excluded: bool = False,
    unit: str = "",
) -> Bounds:
    """Bounds with the qualifier that follows from their ends.

    For results of arithmetic and for published numbers, where no words give the qualifier.
    """
    if best is not None and not low == best == high:
        qualifier = "estimate with range"
    elif low is not None and low == high:
        qualifier = "exact"
    elif low is None and high is None:
        qualifier = "not known"
    elif high is None:
        qualifier = "more than" if low_excluded else "at least"
    elif low is None or (low == 0 and not low_excluded):
        qualifier = "fewer than" if high_excluded else "up to"
    else:
        qualifier = "range"
    return Bounds(low, best, high, qualifier, low_excluded, high_excluded, unit)
