"""What a person typed as text, a number, a yes or no, or a list: read strictly, and said again.

Numbers are digits as people write them. What some program would take and a reader would not
(1e3, 0x10, 1_000, inf, digits of another script) is refused rather than guessed at.
"""

from __future__ import annotations

import re
import sys
from decimal import Decimal
from typing import TypeAlias

from analysis.safety import find_deceiving

Value: TypeAlias = str | int | float | bool | list[str]

TYPES = ("str", "int", "float", "bool", "list[str]")

EXPECTED = {
    "int": "a whole number in digits, such as 7 or 1,000",
    "float": "a number in digits, such as 7 or 0.5",
    "bool": "true or false",
    "str": "text",
    "list[str]": "texts, with commas between them",
}

#: A longer text is no parameter: it is the contents of some file.
LONGEST = 1000

_WORDS_FOR_BOOL = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_DIGITS = r"(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)"
_WHOLE = re.compile(rf"[+-]?{_DIGITS}")
_NUMBER = re.compile(rf"[+-]?{_DIGITS}(?:\.[0-9]+)?")

#: A whole number of more digits is a slip, and no table or spreadsheet would keep it whole.
_MOST_DIGITS = 15


def read_value(text: str, kind: str) -> Value | None:
    """Return what `text` says as one of `TYPES`, or None; blanks around it do not count.

    Parameters
    ----------
    text : str
        As typed: 007 is the text "007" and the number 7.
    kind : str
        One of `TYPES`.
    """
    said = text.strip()
    if kind == "list[str]":
        return [item.strip() for item in said.split(",")] if said else []
    if kind == "bool":
        return _WORDS_FOR_BOOL.get(said.lower())
    if kind == "str":
        return said
    digits = said.replace(",", "")
    if kind == "float":
        return float(digits) if _NUMBER.fullmatch(said) else None
    is_whole = _WHOLE.fullmatch(said) and len(digits.lstrip("+-")) <= _MOST_DIGITS
    return int(digits) if is_whole else None


def write_value(value: Value) -> str:
    """Return `value` as a person would type it: `read_value` reads the same value from it."""
    if isinstance(value, list):
        return ",".join(value)
    if isinstance(value, bool):
        return str(value).lower()
    return f"{Decimal(repr(value)):f}" if isinstance(value, float) else str(value)


def write_number(number: float) -> str:
    """Return a number as help writes it: 3,650 and 0.5."""
    return f"{int(number):,}" if number == int(number) else write_value(number)


def is_of_type(value: object, kind: str) -> bool:
    """Return whether `value` is of one of `TYPES`; True is no number, and 1 is a float too."""
    if kind == "list[str]":
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    if isinstance(value, bool):
        return kind == "bool"
    if kind == "float":
        return isinstance(value, int | float) and abs(value) <= sys.float_info.max
    return isinstance(value, {"str": str, "int": int, "bool": bool}[kind])


def find_fault(text: str) -> str:
    """Return what is expected instead of a text that no parameter can be, or "".

    A parameter is written into pages, tables and command lines, so it is one line that a
    reader can see the whole of.
    """
    if len(text) > LONGEST:
        return f"at most {LONGEST:,} characters"
    if re.search(r"[\n\r\t]", text):
        return "one line without tabs"
    deceiving = find_deceiving(text)
    return f"text without {deceiving}" if deceiving else ""
