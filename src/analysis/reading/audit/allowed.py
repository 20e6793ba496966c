"""What a figure allows, by its words and its last digit, and what follows from two of them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from analysis.reading.audit.statements import Verdict
from analysis.reading.figures import Figure

if TYPE_CHECKING:
    from analysis.bounds import Bounds


def exactly(one: Figure) -> Bounds:
    """A figure as it stands; "nearly" and "around" with the margins of `bounds`."""
    value = Fraction(one.value or 0)
    if one.qualifier in ("exact", ""):
        return point(value)
    return replace(_qualified(one, value, Fraction(0)), unit="")


def rounded(one: Figure) -> Bounds:
    """A figure with the rounding that it may have: half of its last place, at most a twentieth."""
    value = Fraction(one.value or 0)
    if one.qualifier not in ("exact", ""):
        return _qualified(one, value, min(value / 10, Fraction(1)))
    step = Fraction(1) if value == int(value) else Fraction(1, 10)
    while value and value == int(value) and value % (10 * step) == 0:
        step *= 10
    if value < 10:
        half = step / 2
    else:
        half = Fraction(0) if step == 1 and value >= 1_000 else min(step / 2, value / 20)
    return between(value - half, value + half)


def percent(one: Figure) -> Bounds:
    """A share as a percentage, with the rounding that its last digit allows."""
    if one.value is None and one.low is not None and one.high is not None:
        return between(Fraction(one.low), Fraction(one.high))
    value = Fraction(one.value or 0)
    if one.unit == "%":
        return _qualified(one, value, _step(one))
    return _qualified(one, value * 100, Fraction(6))


def _qualified(one: Figure, value: Fraction, step: Fraction) -> Bounds:
    """What the words allow: the rounding of the last digit, or the side that they leave open."""
    from analysis.bounds import bounds_between

    half = step / 2
    match one.qualifier:
        case "at least":
            return bounds_between(value - half, None)
        case "more than":
            return bounds_between(value, None, low_excluded=True)
        case "up to":
            return bounds_between(0, value + half)
        case "fewer than":
            return bounds_between(0, value, high_excluded=True)
        case "nearly":
            return bounds_between(value - max(value / 10, step), value, high_excluded=False)
        case "around":
            return bounds_between(value - max(value / 10, step), value + max(value / 10, step))
    return bounds_between(value - half, value + half)


def _step(one: Figure) -> Fraction:
    if isinstance(one.value, int):
        return Fraction(1)
    decimals = str(float(one.value or 0)).partition(".")[2]
    return Fraction(1, 10 ** len(decimals)) if len(decimals) < 6 else Fraction(1, 100)


def point(value: Fraction) -> Bounds:
    """One number, and no other."""
    from analysis.bounds import bounds_between

    return bounds_between(value, value)


def between(low: Fraction, high: Fraction) -> Bounds:
    """Every number from one to another."""
    from analysis.bounds import bounds_between

    return bounds_between(low, high)


def multiply(bounds: Bounds, factor: Fraction) -> Bounds:
    """Bounds times a number, without their unit."""
    from analysis.bounds import scale

    return replace(scale(bounds, factor), unit="")


def widen(value: Fraction, first: Figure, last: Figure) -> Bounds:
    """A result, with a twentieth either way where its figures are rounded."""
    slack = value / 20 if is_rounded(first) or is_rounded(last) else Fraction(0)
    return between(value - slack, value + slack)


def judge(stated: Bounds, computed: Bounds) -> Verdict:
    """Whether what is stated follows, is ruled out, or neither."""
    from analysis.bounds import contains, overlaps

    if not overlaps(stated, computed):
        return "fails"
    if contains(stated, computed) or (computed.low is not None and computed.high is not None):
        return "holds"
    return "possible"


def is_rounded(one: Figure) -> bool:
    """Whether a number ends in zeros, or is said in millions: nobody counted it to the one."""
    value = one.value
    return value is None or not isinstance(value, int) or (value >= 10 and value % 10 == 0)


def fits(one: Figure, passed: Fraction) -> bool:
    """Whether a duration is what has passed, in its own unit; weeks and months are rounded."""
    value = Fraction(one.value or 0)
    slack = Fraction(0) if one.unit == "days" else Fraction(3, 5)
    match one.qualifier:
        case "more than":
            return passed > value - slack
        case "nearly":
            return value * Fraction(8, 10) <= passed <= value
        case "around":
            return abs(passed - value) <= max(value / 5, Fraction(1))
    return abs(passed - value) <= slack
