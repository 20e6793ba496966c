"""From the words of a figure to its bounds. The words themselves are in `words`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from analysis.bounds import words as table
from analysis.bounds.figures import Figure, read_figure
from analysis.bounds.qualified import (
    AROUND_FIGURE,
    bounds_of_figure,
    inside,
    read_qualified,
    read_upper_end,
    read_vague,
)
from analysis.bounds.unreadable import UnreadableWording, explain
from analysis.bounds.value import Bounds, bounds_between, exact

#: A figure takes a few words; what is longer is something else, and is not looked into.
LONGEST_WORDING: Final = 200

_PLAIN: Final = str.maketrans(
    dict.fromkeys(table.SPACES, " ") | dict.fromkeys(table.DASHES, "-") | {"[": "(", "]": ")"}
)


#: A whole number in plain digits, too short to be too large: most wordings are no more than this.
_WHOLE_NUMBER: Final = re.compile(r"0|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,5}|[1-9][0-9]{0,17}")

#: What stands before, between and after the figures of a range, for every way to write one.
_AROUND_RANGE: Final = [pattern.replace("B", "A").split("A") for pattern in table.RANGES]

#: "15.000": fifteen to some readers, fifteen thousand to others.
_POINT_IN_THOUSANDS: Final = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3})+(?![\d.])(?! ?[a-z])")


def read_wording(words: str, counts: bool = True) -> Bounds:
    """Read a figure in its claimant's words.

    Parameters
    ----------
    words : str
        The figure only, without what is counted: "nearly 500", "7,000 to 15,000".
    counts : bool
        True when people or things are counted: the ends are whole numbers, rounded outwards
        so that nothing possible is excluded, and "more than 2,000" begins at 2,001. False for
        measures (percent, km, dollars): decimals are kept, and "more than 2%" excludes 2 itself.

    Raises
    ------
    UnreadableWording
        When the words cannot be read with certainty. It says why, and what may have been meant.

    Examples
    --------
    >>> nearly = read_wording("nearly 500")
    >>> nearly.low, nearly.best, nearly.high
    (400, None, 499)
    """
    if not isinstance(words, str):
        raise TypeError(f"a wording is text, not {type(words).__name__}")
    if _WHOLE_NUMBER.fullmatch(words):
        number = int(words.replace(",", ""))
        return Bounds(number, number, number, "exact")
    try:
        text = _tidy(words)
        if counts and _POINT_IN_THOUSANDS.search(text):
            raise ValueError("a point parts decimals here, and thousands elsewhere: write 15,000")
        bounds = _read(text, counts)
    except ValueError as error:
        raise UnreadableWording(words, str(error)) from None
    if bounds is None:
        raise UnreadableWording(words, *explain(text, lambda other: _is_readable(other, counts)))
    return bounds


def _tidy(words: str) -> str:
    """Bring words to lower case, single spaces, plain hyphens; refuse what no figure contains."""
    if len(words) > LONGEST_WORDING:
        raise ValueError(f"longer than {LONGEST_WORDING} characters; a wording holds one figure")
    text = words.strip(table.BLANKS).translate(_PLAIN)
    if not text:
        raise ValueError("no words")
    if not text.isprintable():
        # A line break would otherwise join two figures into one.
        raise ValueError("a line break, tab or other control character between the words")
    return " ".join(text.lower().split())


def _read(text: str, counts: bool) -> Bounds | None:
    """Give the bounds of tidy text, or None when no way of reading it fits."""
    if text == table.NOT_KNOWN:
        return bounds_between(None, None)
    for read in (read_vague, read_qualified, _read_range, _read_estimate, _read_joined_ends):
        bounds = read(text, counts)
        if bounds is not None:
            return bounds
    return _read_below_zero(text, counts)


def _is_readable(text: str, counts: bool) -> bool:
    try:
        return _read(text, counts) is not None
    except ValueError:
        return False


def _read_range(text: str, counts: bool) -> Bounds | None:
    """Read '7,000 to 15,000', '2-3 million', 'around 10-12', where both ends are rounded."""
    for qualifier in ("exact", "around"):
        for around in AROUND_FIGURE[qualifier]:
            rest = inside(text, *around)
            for left, right in _split_ranges(rest) if rest else ():
                first, last = read_figure(left), read_figure(right)
                if first is not None and last is not None:
                    first = _with_magnitude_of(last, first)
                    unit = _same_unit(first.unit, last.unit)
                    low = bounds_of_figure(qualifier, first, counts).low
                    high = bounds_of_figure(qualifier, last, counts).high
                    if first.value > last.value:
                        raise ValueError(f"the range runs backwards: {left} is more than {right}")
                    return Bounds(low, None, high, "range", unit=unit)
    return None


def _split_ranges(text: str) -> Iterator[tuple[str, str]]:
    for before, between, after in _AROUND_RANGE:
        rest = inside(text, before, after)
        parts = rest.split(between) if rest else []
        # "twenty-five-thirty" may be cut at either hyphen; a figure on both sides decides.
        for cut in range(1, len(parts)):
            yield between.join(parts[:cut]).strip(), between.join(parts[cut:]).strip()


def _with_magnitude_of(last: Figure, first: Figure) -> Figure:
    """Take '2-3 million' for 2 million to 3 million, and '500,000 to 2 million' as it stands."""
    if first.magnitude > 1 or last.magnitude == 1 or first.value == 0:
        return first
    if abs(Fraction(first.number)) < abs(Fraction(last.number)):
        value, step = exact(first.value * last.magnitude), exact(first.step * last.magnitude)
        return Figure(value, step, first.unit, first.number, last.magnitude)
    if abs(Fraction(first.value)) >= 1_000:
        return first
    raise ValueError("it is not clear whether the first figure is in thousands, millions or ones")


def _read_estimate(text: str, counts: bool) -> Bounds | None:
    """Read a best figure and its bounds in brackets: '600 (450 to 900)', '600 (at least 450)'."""
    estimate, bracket, rest = text.partition("(")
    figure = read_figure(estimate.strip())
    if figure is None or not bracket or "(" in rest or not rest.endswith(")"):
        return None
    within = _read(rest[:-1].strip(), counts)
    if within is None or within.qualifier in ("exact", "nearly", "around", "vague"):
        return None
    best = bounds_of_figure("exact", figure, counts).best
    unit = figure.unit if within.qualifier == "not known" else _same_unit(figure.unit, within.unit)
    ends = within.low_excluded, within.high_excluded
    return Bounds(within.low, best, within.high, "estimate with range", *ends, unit=unit)


def _read_joined_ends(text: str, counts: bool) -> Bounds | None:
    """Read a wording for each end: 'more than 2% but less than 3%'."""
    for joint in table.JOINED_ENDS:
        left, joined, right = text.partition(joint)
        upper = read_upper_end(right, counts) if joined else None
        lower = read_qualified(left, counts) if upper else None
        if upper and lower and lower.qualifier in ("at least", "more than"):
            ends = lower.low_excluded, upper.high_excluded
            unit = _same_unit(lower.unit, upper.unit)
            return Bounds(lower.low, None, upper.high, "range", *ends, unit=unit)
    return None


def _read_below_zero(text: str, counts: bool) -> Bounds | None:
    """Read 'up to 5, perhaps below zero', what a difference of two open figures says of itself."""
    rest = text.removesuffix(table.BELOW_ZERO)
    upper = read_upper_end(rest, counts) if rest != text else None
    if upper and counts:
        raise ValueError("a count is never below zero")
    return upper


def _same_unit(one: str, other: str) -> str:
    """Give the unit of a range: written once or twice, but the same."""
    if one and other and one != other:
        raise ValueError(f"two units, {one} and {other}")
    return one or other
