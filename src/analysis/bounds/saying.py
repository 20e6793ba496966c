"""From bounds back to words, so that a result says itself as a claim does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from math import ceil, floor
from typing import Final

from analysis.bounds import words as table
from analysis.bounds.comparing import contains
from analysis.bounds.reading import read_wording
from analysis.bounds.unreadable import UnreadableWording
from analysis.bounds.value import Bounds, Number, bounds_between, exact

#: Decimals that end within as many places are written out; others are said as a fraction.
_LONGEST_DECIMALS: Final = 12

_LARGE: Final = (("trillion", 10**12), ("billion", 10**9), ("million", 10**6))


def say_bounds(bounds: Bounds, digits: int | None = None) -> str:
    """Say bounds in words that `read_wording` reads back.

    Parameters
    ----------
    bounds : Bounds
        Read from words or worked out.
    digits : int, optional
        Round to as many significant digits, outwards: the words never claim more than the
        bounds do. An exact number that needs more digits is said to be "around" the rounded one.
        Without it nothing is rounded, and a share of a third is said as "100/3%".

    Returns
    -------
    str
        "at least 752", "around 1,600", "7,000 to 15,000", "2.5 million (2 million to 3 million)";
        "not known" when both ends are open.
    """
    if digits is not None and digits < 1:
        raise ValueError(f"digits is {digits}: at least one significant digit is needed")
    for words in _own_words(bounds, digits):
        if _reads_as(words, bounds):
            return words
    if digits is None:
        return _say_ends(bounds)
    if _is_point(bounds) or bounds.qualifier == "around":
        rounded = _round(bounds.best or 0, digits, "nearest")
        words = f"around {say_number(rounded, bounds.unit)}"
        if rounded != bounds.best and _allows(words, bounds):
            return words
    return _say_ends(_round_outward(bounds, digits))


def say_number(number: Number, unit: str = "", magnitudes: bool = True) -> str:
    """Say one number exactly: "1,600", "2.5 million", "$3 billion", "12%", "minus 5 km".

    Without magnitudes all digits are written out: "2,500,000".
    """
    size = abs(Fraction(number))
    figure = _say_figure(size) if magnitudes else _say_decimals(size)
    sign = table.MINUS if number < 0 else ""
    if not unit:
        return f"{sign}{figure}"
    if unit in table.SIGNS_BEFORE:
        return f"{sign}{unit}{figure}"
    return f"{sign}{figure}{unit}" if unit == "%" else f"{sign}{figure} {unit}"


def _say_figure(number: Fraction) -> str:
    for name, size in _LARGE:
        # "1.25 million", but "1,234,000": more than two decimals are harder to read than zeros.
        if number >= size and (number * 100) % size == 0:
            return f"{_say_decimals(number / size)} {name}"
    return _say_decimals(number)


def _say_decimals(number: Fraction) -> str:
    for places in range(_LONGEST_DECIMALS + 1):
        scaled = number * 10**places
        if scaled.denominator == 1:
            whole, decimals = divmod(scaled.numerator, 10**places)
            return f"{whole:,}" + (f".{decimals:0{places}d}" if places else "")
    return f"{number.numerator:,}/{number.denominator:,}"


def _own_words(bounds: Bounds, digits: int | None) -> Iterator[str]:
    """Try the words that the qualifier asks for: they count only if they read back the same."""
    low, high, qualifier = bounds.low, bounds.high, bounds.qualifier
    figures: dict[str, Number | None] = {
        "more than": low,
        "fewer than": high,
        "nearly": high,
        "around": bounds.best,
    }
    figure = figures.get(qualifier)
    if figure is not None and (digits is None or _round(figure, digits, "nearest") == figure):
        # People are fewer, percentages are less.
        is_measure = bounds.unit or not isinstance(figure, int)
        words = "less than" if qualifier == "fewer than" and is_measure else qualifier
        yield f"{words} {say_number(figure, bounds.unit)}"
    if qualifier == "vague":
        for words, least in table.VAGUE.items():
            if least == low:
                yield f"{words} of {table.UNITS[bounds.unit][-1]}" if bounds.unit else words


def _allows(words: str, bounds: Bounds) -> bool:
    """Say whether the words, read as a measure, allow every number that the bounds allow."""
    try:
        return contains(read_wording(words, counts=False), bounds)
    except UnreadableWording:
        return False


def _reads_as(words: str, bounds: Bounds) -> bool:
    """Say whether the words give these bounds, as a count or else as a measure."""
    for counts in (True, False):
        try:
            if read_wording(words, counts) == bounds:
                return True
        except UnreadableWording:
            continue
    return False


def _say_ends(bounds: Bounds) -> str:
    """Say what follows from the ends alone."""
    if bounds.best is not None and not _is_point(bounds):
        return f"{say_number(bounds.best, bounds.unit)} ({_say_ends(_without_best(bounds))})"
    low = "" if bounds.low is None else say_number(bounds.low, bounds.unit)
    high = "" if bounds.high is None else say_number(bounds.high, bounds.unit)
    at_least = f"{'more than' if bounds.low_excluded else 'at least'} {low}"
    less = "less than" if bounds.unit or not isinstance(bounds.high, int) else "fewer than"
    up_to = f"{less if bounds.high_excluded else 'up to'} {high}"
    if not low and not high:
        return table.NOT_KNOWN
    if not high:
        return at_least
    if not low:
        return up_to + table.BELOW_ZERO
    if low == high:
        return low
    if bounds.low == 0 and not bounds.low_excluded and bounds.qualifier != "range":
        return up_to
    if bounds.low_excluded or bounds.high_excluded:
        return f"{at_least} but {up_to}"
    return _say_range(bounds, f"{low} to {high}")


def _say_range(bounds: Bounds, words: str) -> str:
    """Say a range, with each end in words of its own where "5 to 3 million" would be misread."""
    low, high = (
        say_number(end, bounds.unit, magnitudes=False)
        for end in (bounds.low, bounds.high)
        if end is not None
    )
    for said in (words, f"{low} to {high}"):
        try:
            read = read_wording(said, counts=False)
        except UnreadableWording:
            continue
        if (read.low, read.high) == (bounds.low, bounds.high):
            return said
    return f"at least {low} and at most {high}"


def _is_point(bounds: Bounds) -> bool:
    return bounds.low is not None and bounds.low == bounds.high


def _without_best(bounds: Bounds) -> Bounds:
    return replace(bounds, best=None, qualifier="range")


def _round_outward(bounds: Bounds, digits: int) -> Bounds:
    low = None if bounds.low is None else _round(bounds.low, digits, "down")
    high = None if bounds.high is None else _round(bounds.high, digits, "up")
    best = None if bounds.best is None else _round(bounds.best, digits, "nearest")
    if low == high:  # one number of few digits
        return bounds
    if _is_point(bounds):
        best = None
    # A best figure that rounds to an end needs that end.
    return bounds_between(
        low,
        high,
        best=best,
        low_excluded=bounds.low_excluded and best != low,
        high_excluded=bounds.high_excluded and best != high,
        unit=bounds.unit,
    )


def _round(number: Number, digits: int, direction: str) -> Number:
    """Round to significant digits: "down", "up" or to the "nearest"."""
    if number == 0:
        return 0
    leading = Fraction(1)  # one unit of the first digit
    size = abs(Fraction(number))
    while size >= leading * 10:
        leading *= 10
    while size < leading:
        leading /= 10
    unit = leading / 10 ** (digits - 1)
    units = number / unit
    if direction == "nearest":
        return exact(floor(units + Fraction(1, 2)) * unit)
    return exact((floor if direction == "down" else ceil)(units) * unit)
