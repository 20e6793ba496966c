"""One figure, written in numerals or words, without a qualifier: "1.5 million", "two dozen"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from math import gcd
from typing import Final

from analysis.bounds import words as table
from analysis.bounds.value import Number, exact

#: Groups of exactly three digits, or none; a point and decimals. "1,5" and "12,34" do not match.
_NUMERAL: Final = re.compile(
    r"(?P<whole>0|[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]{0,2}(?: [0-9]{3})+|[1-9][0-9]*)"
    r"(?:\.(?P<decimals>[0-9]+))?"
)
_DIGIT_THEN_LETTER: Final = re.compile(r"(?<=[0-9])(?=[a-z])")

#: Figures from here on are taken for a mistake: 1 followed by 18 zeros.
_TOO_LARGE: Final = 10**18

_FORMS_OF_UNITS: Final = sorted(
    ((form, unit) for unit, forms in table.UNITS.items() for form in forms),
    key=lambda pair: -len(pair[0]),
)

#: The characters that a unit begins and ends with.
_STARTS_OF_UNITS: Final = frozenset(form[0] for form, _ in _FORMS_OF_UNITS)
_ENDS_OF_UNITS: Final = frozenset(form[-1] for form, _ in _FORMS_OF_UNITS)


@dataclass(frozen=True)
class Figure:
    """A number, and one unit of the last digit it was written with.

    "1,600" is written to the hundred, "1.5 million" to the hundred thousand, "498" to the one.
    """

    value: Number
    step: Number
    unit: str = ""
    #: The number before its magnitude ("3" in "3 million"), and the magnitude (or 1).
    number: Number = 0
    magnitude: int = 1


def read_figure(text: str) -> Figure | None:
    """Read one figure from tidy text; None when it is not a figure."""
    minus = text.startswith(table.MINUS)
    text, unit = split_unit(text.removeprefix(table.MINUS))
    tokens = _DIGIT_THEN_LETTER.sub(" ", text).split(" ")
    for cut in range(len(tokens), 0, -1):
        magnitude = read_magnitude(tokens[cut:])
        if magnitude is None:
            continue
        written = _read_number(" ".join(tokens[:cut]), before_magnitude=cut < len(tokens))
        if written is None:
            continue
        number, step = written
        if number * magnitude >= _TOO_LARGE:
            raise ValueError("the figure is too large to be meant")
        number = -number if minus else number
        return Figure(exact(number * magnitude), exact(step * magnitude), unit, number, magnitude)
    return None


def split_unit(text: str) -> tuple[str, str]:
    """Take the unit off a figure: "$2.5 billion" gives "2.5 billion" and "$"."""
    if text[:1] not in _STARTS_OF_UNITS and text[-1:] not in _ENDS_OF_UNITS:
        return text, ""
    for form, unit in _FORMS_OF_UNITS:
        if text.startswith(form) and not (form[-1].isalpha() and text[len(form) :][:1].isalpha()):
            return text[len(form) :].strip(), unit
        if text.endswith(form) and not (form[0].isalpha() and text[: -len(form)][-1:].isalpha()):
            return text[: -len(form)].strip().removesuffix(" of"), unit
    return text, ""


def read_magnitude(tokens: list[str]) -> int | None:
    """One magnitude, or "hundred" and another; 1 for no words; None for anything else."""
    match tokens:
        case []:
            return 1
        case [word]:
            return table.MAGNITUDES.get(word)
        case ["hundred", ("thousand" | "million" | "billion") as word]:
            return 100 * table.MAGNITUDES[word]
    return None


def _read_number(text: str, *, before_magnitude: bool) -> tuple[Number, Number] | None:
    """Read a number and one unit of its last digit; None when it is not a number."""
    if before_magnitude:
        text = table.BEFORE_MAGNITUDE.get(text, text)
    if text.endswith(table.AND_A_HALF):
        whole = _read_number(text.removesuffix(table.AND_A_HALF), before_magnitude=False)
        if whole is None or not isinstance(whole[0], int):
            return None
        return whole[0] + Fraction(1, 2), Fraction(1, 10)
    if numeral := _NUMERAL.fullmatch(text):
        return _read_numeral(numeral)
    if "/" in text:
        return _read_fraction(text)
    tens, _, ones = text.partition("-")
    value = table.NUMBER_WORDS.get(tens)
    if value is not None and ones:
        one = table.NUMBER_WORDS.get(ones, 0)
        value = value + one if value >= 20 and 1 <= one <= 9 else None
    return None if value is None else (value, _last_digit(value))


def _read_numeral(numeral: re.Match[str]) -> tuple[Number, Number]:
    whole = int(numeral["whole"].replace(",", "").replace(" ", ""))
    if numeral["decimals"] is None:
        return whole, _last_digit(whole)
    step = Fraction(1, 10 ** len(numeral["decimals"]))
    return exact(whole + int(numeral["decimals"]) * step), step


def _read_fraction(text: str) -> tuple[Number, Number] | None:
    """Read a fraction in lowest terms, such as 100/3: the exact result of a division.

    Others ("24/2", perhaps a day) are not read; so a fraction is never a whole number.
    """
    above, below = (_NUMERAL.fullmatch(part) for part in text.split("/", 1))
    if above is None or below is None or above["decimals"] or below["decimals"]:
        return None
    numerator, denominator = _read_numeral(above)[0], _read_numeral(below)[0]
    if not isinstance(numerator, int) or not isinstance(denominator, int) or denominator < 2:
        return None
    if gcd(numerator, denominator) != 1:
        return None
    fraction = Fraction(numerator, denominator)
    return fraction, Fraction(1, denominator)


def _last_digit(whole: int) -> int:
    """One unit of the last digit that is not a closing zero: 100 for 1,600."""
    step = 1
    while whole and whole % (10 * step) == 0:
        step *= 10
    return step
