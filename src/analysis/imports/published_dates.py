"""Dates as people publish them: ISO, "March 2, 2022", "2 March 2022", D/M/YYYY, MM-YYYY.

Whether 03/04/2022 is in March or in April is decided for a whole column, and only if some
row proves it (a number above 12). Where no row does, the format's own rule holds, which its
module states; a format without a rule refuses such a date rather than guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Literal

Order = Literal["day first", "month first"]

#: No figure the formats hold is dated outside these years.
FIRST_YEAR, LAST_YEAR = 1900, 2100

_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december"),
)
_TIME = r"(?:[T ]+[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?"
_ISO = re.compile(rf"([0-9]{{4}})-([0-9]{{1,2}})-([0-9]{{1,2}}){_TIME}")
_YEAR_FIRST = re.compile(r"([0-9]{4})[/.]([0-9]{1,2})[/.]([0-9]{1,2})")
_NUMERIC = re.compile(rf"([0-9]{{1,2}})([/.-])([0-9]{{1,2}})\2([0-9]{{4}}){_TIME}")
_SHORT_YEAR = re.compile(r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2}")
_NAME_FIRST = re.compile(r"([A-Za-z]+)\.? +([0-9]{1,2})(?:st|nd|rd|th)?,? +([0-9]{4})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[ -]+([A-Za-z]+)\.?,?[ -]+([0-9]{4})")
_MONTH_YEAR = re.compile(r"([0-9]{1,2})[-/]([0-9]{4})")
_YEAR_MONTH = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})")
_NAMED_MONTH = re.compile(r"([A-Za-z]+)\.?,? +([0-9]{4})")


class UnreadableDateError(ValueError):
    """The text is no date in a style known here, or one that can be read two ways."""


def find_order(texts: Iterable[str]) -> Order | Literal["both"] | None:
    """Return what the numeric dates of a column prove.

    ``"day first"`` or ``"month first"`` if some row proves it and none the other way,
    ``"both"`` if rows prove both, None if no row proves anything.
    """
    proofs: set[Order] = set()
    for text in texts:
        found = _NUMERIC.fullmatch(text.strip())
        if found is None:
            continue
        first, second = int(found[1]), int(found[3])
        if first > 12 >= second:
            proofs.add("day first")
        elif second > 12 >= first:
            proofs.add("month first")
    if len(proofs) == 2:
        return "both"
    return proofs.pop() if proofs else None


def has_numeric_dates(texts: Iterable[str]) -> bool:
    """Whether any text is a date of three numbers with the year last."""
    return any(_NUMERIC.fullmatch(text.strip()) for text in texts)


def read_day(text: str, order: Order | None = None) -> date:
    """Read one day; a time of day behind it is left out.

    Parameters
    ----------
    text : str
        In any of the styles of this module.
    order : "day first", "month first" or None
        For dates of three numbers with the year last. None reads only those that can be
        read one way (13/02/2022, 02/02/2022) and refuses the others.

    Raises
    ------
    UnreadableDateError
        With the reason.
    """
    bare = " ".join(text.strip().strip("\ufeff").split())
    if not bare:
        raise UnreadableDateError("no date")
    if found := _ISO.fullmatch(bare) or _YEAR_FIRST.fullmatch(bare):
        return _make_day(int(found[1]), int(found[2]), int(found[3]))
    if found := _NAME_FIRST.fullmatch(bare):
        return _make_day(int(found[3]), _month_number(found[1]), int(found[2]))
    if found := _DAY_FIRST.fullmatch(bare):
        return _make_day(int(found[3]), _month_number(found[2]), int(found[1]))
    if found := _NUMERIC.fullmatch(bare):
        return _read_numeric(int(found[1]), int(found[3]), int(found[4]), order)
    if _SHORT_YEAR.fullmatch(bare):
        raise UnreadableDateError("a year of two digits")
    if re.fullmatch(r"[34][0-9]{4}(\.[0-9]+)?", bare):
        raise UnreadableDateError("not a date: a day number from a spreadsheet?")
    if _MONTH_YEAR.fullmatch(bare) or _YEAR_MONTH.fullmatch(bare) or _NAMED_MONTH.fullmatch(bare):
        raise UnreadableDateError("a month, where a day is expected")
    raise UnreadableDateError("not a date")


def read_month(text: str) -> str | None:
    """Return "2022-07" for "07-2022", "7/2022", "2022-07" or "July 2022"; None if no month."""
    bare = " ".join(text.split())
    if found := _MONTH_YEAR.fullmatch(bare):
        month, year = int(found[1]), int(found[2])
    elif found := _YEAR_MONTH.fullmatch(bare):
        year, month = int(found[1]), int(found[2])
    elif found := _NAMED_MONTH.fullmatch(bare):
        month, year = _month_number(found[1]), int(found[2])
    else:
        return None
    _make_day(year, month, 1)
    return f"{year:04d}-{month:02d}"


def read_moment(text: str) -> str:
    """Return a moment with its zone as "2022-03-06T22:58:29Z", in UTC."""
    bare = text.strip()
    try:
        moment = datetime.fromisoformat(bare)
    except ValueError as error:
        raise UnreadableDateError("not a moment such as 2022-03-06T22:58:29Z") from error
    if moment.tzinfo is None:
        raise UnreadableDateError("a moment without its time zone")
    if not FIRST_YEAR < moment.year < LAST_YEAR:
        raise UnreadableDateError(f"the year {moment.year} is not meant")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _read_numeric(first: int, second: int, year: int, order: Order | None) -> date:
    if first > 12 or (second <= 12 and (order == "day first" or first == second)):
        return _make_day(year, second, first)
    if second > 12 or order == "month first":
        return _make_day(year, first, second)
    raise UnreadableDateError("day or month first? No row of the column proves it")


def _month_number(name: str) -> int:
    lower = name.lower()
    if len(lower) >= 3:
        for number, month in enumerate(_MONTHS, start=1):
            if month == lower or (month.startswith(lower) and len(lower) <= 4):
                return number
    raise UnreadableDateError(f"{name!r} is not a month")


def _make_day(year: int, month: int, day: int) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UnreadableDateError(f"the year {year} is not meant")
    try:
        return date(year, month, day)
    except ValueError as error:
        raise UnreadableDateError(f"no such day in the calendar ({error})") from error
