"""Setting two figures side by side: which is greater, and what both allow."""

from __future__ import annotations

from typing import Literal, TypeAlias

from analysis.bounds.value import Bounds, Number, bounds_between, is_between

Comparison: TypeAlias = Literal["necessarily greater", "possibly greater", "never greater"]


def compare(one: Bounds, other: Bounds) -> Comparison:
    """Say whether `one` is greater than `other`, as far as their bounds tell.

    "necessarily greater": every number that `one` allows is greater than every number `other`
    allows. "never greater": none is (they may be equal). "possibly greater": all else.

    Raises ValueError when the units differ.
    """
    require_same_unit(one, other)
    if one.low is not None and other.high is not None:
        met = one.low == other.high and (one.low_excluded or other.high_excluded)
        if one.low > other.high or met:
            return "necessarily greater"
    if one.high is not None and other.low is not None and one.high <= other.low:
        return "never greater"
    return "possibly greater"


def overlaps(one: Bounds, other: Bounds) -> bool:
    """Say whether both figures can be the same number."""
    return intersection(one, other) is not None


def intersection(one: Bounds, other: Bounds) -> Bounds | None:
    """Find what both figures allow, or None. `best` is kept where it is the same in both."""
    require_same_unit(one, other)
    # Of two equal ends, an excluded one is the narrower.
    lows = [(b.low, b.low_excluded) for b in (one, other) if b.low is not None]
    highs = [(b.high, not b.high_excluded) for b in (one, other) if b.high is not None]
    low, low_excluded = max(lows, default=(None, False))
    high, high_included = min(highs, default=(None, True))
    is_met = low == high and (low_excluded or not high_included)
    if low is not None and high is not None and (low > high or is_met):
        return None
    return bounds_between(
        low,
        high,
        best=one.best if one.best == other.best else None,
        low_excluded=low_excluded,
        high_excluded=not high_included,
        unit=one.unit,
    )


def contains(outer: Bounds, inner: Bounds | Number) -> bool:
    """Say whether `outer` allows the number, or every number that the bounds `inner` allow."""
    if not isinstance(inner, Bounds):
        return is_between(inner, outer)
    both = intersection(outer, inner)
    return both is not None and ends_of(both) == ends_of(inner)


def ends_of(bounds: Bounds) -> tuple[Number | None, bool, Number | None, bool]:
    """Give the low end, whether it is excluded, the high end, whether it is excluded."""
    return bounds.low, bounds.low_excluded, bounds.high, bounds.high_excluded


def require_same_unit(one: Bounds, other: Bounds) -> None:
    """Raise ValueError when two figures are in different units."""
    if one.unit != other.unit:
        units = " and ".join(bounds.unit or "no unit" for bounds in (one, other))
        raise ValueError(f"figures in different units: {units}")
