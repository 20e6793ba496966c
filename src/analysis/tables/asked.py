"""What a person asks for, refused in one line where it cannot be had."""

from __future__ import annotations

from numbers import Integral

from analysis.safety import InputError
from analysis.tables.errors import shorten


def require_number(number: int, name: str, least: int) -> None:
    """Refuse, as an `InputError`, what is no whole number of `least` or more."""
    is_whole = isinstance(number, Integral) and not isinstance(number, bool)
    if not is_whole or number < least:
        said = f'{name}: "{shorten(str(number))}"'
        raise InputError(f"{said} was given; expected a whole number of {least} or more")


def require_yes_or_no(value: bool, name: str) -> None:
    """Refuse, as an `InputError`, what is neither True nor False."""
    if not isinstance(value, bool):
        said = f'{name}: "{shorten(str(value))}"'
        raise InputError(f"{said} was given; expected True or False")
