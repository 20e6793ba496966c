"""Numbers as people publish them: commas in thousands, stars, "N/A", spaces, dashes.

A cell is read as a number, or as one of the ways of saying that there is none, or it is
refused. Zero, an empty cell and "not applicable" stay three different things.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

#: What a cell without a number may say, in lower case, and how the frame calls it.
ABSENCES = {
    "": "empty",
    "n/a": "not available",
    "na": "not available",
    "#n/a": "not available",
    "n.a.": "not available",
    "nan": "not available",
    "null": "not available",
    "none": "not available",
    "-": "not available",
    "–": "not available",
    "—": "not available",
    "..": "not available",
    "...": "not available",
    "…": "not available",
    "no data": "not available",
    "not available": "not available",
    "data not available": "not available",
    "not applicable": "not applicable",
    "not stated": "not available",
    # UNHCR prints a lone star where one to four people would be recognisable.
    "*": "withheld",
}

#: Beyond this no count of people, deaths or dollars is meant; it also fits 64 bits.
LARGEST = 10**15

# Space, no-break space, narrow no-break space, thin space, figure space, apostrophes.
_GROUPING = "[ \u00a0\u202f\u2009\u2007'\u2019]"
_GROUPED = re.compile(rf"[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]{{1,3}}(?:{_GROUPING}[0-9]{{3}})+")
_PLAIN = re.compile(r"[0-9]+")
_DECIMALS = re.compile(r"\.[0-9]*")
_EXPONENT = re.compile(r"[eE]\+?-?[0-9]{1,2}")
_MARKS = re.compile(r"(?:\*+|[†‡]+|\[[0-9a-z]{1,2}\])$")


class UnreadableNumberError(ValueError):
    """The text is neither a number nor a way of saying that there is none."""


@dataclass(frozen=True)
class Reading:
    """A cell, read: `value` with `absence` "", or no value and the kind of absence.

    `mark` holds footnote stars or daggers that stood behind the number.
    """

    value: Decimal | None
    absence: str
    mark: str = ""

    @property
    def whole(self) -> int | None:
        """The value as an int; only for readings of `read_count`."""
        return None if self.value is None else int(self.value)

    @property
    def real(self) -> float | None:
        """The value as a float."""
        return None if self.value is None else float(self.value)


def read_number(text: str) -> Reading:
    """Read one published number, with decimals allowed and a minus sign.

    Raises
    ------
    UnreadableNumberError
        With the reason, in words for the refused row.
    """
    bare = text.strip().strip("\ufeff")
    absence = ABSENCES.get(" ".join(bare.casefold().split()))
    if absence is not None:
        return Reading(None, absence)
    marks = _MARKS.search(bare)
    mark = marks.group() if marks else ""
    bare = bare.removesuffix(mark).rstrip()
    negative = bare.startswith(("-", "\u2212"))
    digits = bare[1:] if bare.startswith(("-", "\u2212", "+")) else bare
    value = _read_digits(digits, text)
    if value >= LARGEST:
        raise UnreadableNumberError(f"larger than any figure expected ({LARGEST:.0e})")
    return Reading(-value if negative else value, "", mark)


def read_count(text: str, *, negative: bool = False) -> Reading:
    """Read a count: a whole number, not below zero unless `negative` allows it.

    "85787.00" and "1e+05" (as R writes 100000) are whole; "12.5" is refused.
    """
    reading = read_number(text)
    if reading.value is None:
        return reading
    if reading.value != reading.value.to_integral_value():
        raise UnreadableNumberError("not a whole number, where a count is expected")
    if reading.value < 0 and not negative:
        raise UnreadableNumberError("below zero, where a count is expected")
    return reading


def _read_digits(digits: str, text: str) -> Decimal:
    """Return the value of digits with separators, or raise with the reason."""
    start = _GROUPED.match(digits) or _PLAIN.match(digits)
    if start is None:
        raise UnreadableNumberError("not a number")
    whole = re.sub(r"[^0-9]", "", start.group())
    rest = digits[start.end() :]
    decimals = _DECIMALS.match(rest)
    fraction = decimals.group() if decimals else ""
    rest = rest[len(fraction) :]
    exponent = _EXPONENT.fullmatch(rest)
    if rest and exponent is None:
        if re.search(rf",|{_GROUPING}", digits) and not re.search(r"[^\W0-9]", digits):
            raise UnreadableNumberError(
                "not groups of three digits: a decimal comma, or a slip; write it with a point"
            )
        if re.fullmatch(r"(?:\.[0-9]{3})+", fraction + rest):
            raise UnreadableNumberError("points between the digits: thousands or decimals?")
        raise UnreadableNumberError(f"{text.strip()!r} is not a number alone")
    if len(whole) > 40 or (exponent and abs(int(rest[1:])) > 18):
        raise UnreadableNumberError(f"larger than any figure expected ({LARGEST:.0e})")
    return Decimal(f"{whole}{fraction if fraction != '.' else ''}{rest}")
