"""One figure with its qualifier, or vague words without a figure: "at least 227", "dozens"."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import Final

from analysis.bounds import words as table
from analysis.bounds.figures import Figure, read_figure, read_magnitude, split_unit
from analysis.bounds.value import Bounds, bounds_between

#: What stands before and after the figure in every pattern, in the order of the table.
AROUND_FIGURE: Final = {
    qualifier: [(before, after) for before, _, after in (p.partition("N") for p in patterns)]
    for qualifier, patterns in table.QUALIFIERS.items()
}


def read_qualified(text: str, counts: bool) -> Bounds | None:
    """Read one figure with its qualifier: 'at least 227', '2,000+', '498'."""
    for qualifier, patterns in AROUND_FIGURE.items():
        for before, after in patterns:
            rest = inside(text, before, after)
            figure = read_figure(rest) if rest else None
            if figure is not None:
                return bounds_of_figure(qualifier, figure, counts)
    return None


def read_upper_end(text: str, counts: bool) -> Bounds | None:
    """Read 'up to 5' or 'less than 5' as an upper end alone, without the zero below it."""
    for qualifier in ("up to", "fewer than"):
        for before, after in AROUND_FIGURE[qualifier]:
            rest = inside(text, before, after)
            figure = read_figure(rest) if rest else None
            if figure is not None:
                excluded = qualifier == "fewer than"
                if counts:
                    _require_count(figure)
                high = figure.value - 1 if counts and excluded else figure.value
                excluded = excluded and not counts
                return bounds_between(None, high, high_excluded=excluded, unit=figure.unit)
    return None


def read_vague(text: str, counts: bool) -> Bounds | None:
    """Read 'hundreds', 'several hundred', 'tens of billions of dollars'."""
    text, unit = split_unit(text)
    low = table.VAGUE.get(text)
    for several in table.TWO_OR_MORE:
        rest = text.removeprefix(several + " ")
        if low is None and rest != text:
            magnitude = read_magnitude(rest.split(" "))
            low = table.VAGUE.get(rest) if magnitude is None else 2 * magnitude
    if low is None:
        return None
    if counts:
        _refuse_unit(unit)
    return Bounds(low, None, None, "vague", unit=unit)


def bounds_of_figure(qualifier: str, figure: Figure, counts: bool) -> Bounds:
    """Work out the bounds that follow from a qualifier and its figure: what the words mean."""
    number, step, unit = figure.value, figure.step, figure.unit
    if counts:
        _require_count(figure)
    if qualifier == "exact":
        return Bounds(number, number, number, qualifier, unit=unit)
    if qualifier == "at least":
        return Bounds(number, None, None, qualifier, unit=unit)
    if qualifier == "up to":
        return Bounds(0, None, number, qualifier, unit=unit)
    if qualifier == "around":
        least, most = max(number - Fraction(step, 2), Fraction(0)), number + Fraction(step, 2)
        if counts:
            return Bounds(floor(least), number, ceil(most), qualifier)
        return Bounds(least, number, most, qualifier, unit=unit)
    # The others leave the figure itself out. In counts the next whole number is the end.
    if qualifier == "more than":
        if counts:
            return Bounds(number + 1, None, None, qualifier)
        return Bounds(number, None, None, qualifier, low_excluded=True, unit=unit)
    low = max(number - step, 0) if qualifier == "nearly" else 0
    if number <= 0:
        raise ValueError("nothing is below zero")
    if counts:
        return Bounds(floor(low), None, number - 1, qualifier)
    return Bounds(low, None, number, qualifier, high_excluded=True, unit=unit)


def inside(text: str, before: str, after: str) -> str | None:
    """Find what stands between two texts, or None where the text does not begin and end so."""
    if text.startswith(before) and text.endswith(after) and len(text) > len(before) + len(after):
        return text[len(before) : len(text) - len(after)].strip()
    return None


def _require_count(figure: Figure) -> None:
    _refuse_unit(figure.unit)
    if not isinstance(figure.value, int):
        raise ValueError("a count is a whole number")
    if figure.value < 0:
        raise ValueError("a count is never below zero")


def _refuse_unit(unit: str) -> None:
    if unit:
        raise ValueError(f"{unit} is not a count of people or things")
