"""Dates as people publish them: ISO, "March 2, 2022", "2-Mar-22", D/M/YYYY, MM-YYYY.

Whether 03/04/2022 is in March or in April is decided for a whole column, and only if some
row proves it (a number above 12). Where no row does, the format's own rule holds, which its
module states; a format without a rule refuses such a date rather than guess. A column whose
rows prove both is refused. A column that holds nothing but the day numbers of a spreadsheet is
read as days (`are_serials`); among written dates they are refused, because the spreadsheet may
have taken the day for the month where it could.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from analysis.imports.reading.results import UnreadableCellError

Order = Literal["day first", "month first", "both"]

#: No figure the formats hold is dated outside these years.
FIRST_YEAR, LAST_YEAR = 1900, 2100

_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december"),
)
_WEEKDAY = re.compile(
    r"^(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[.,]* ", re.IGNORECASE
)
_TIME = re.compile(
    r"(?:T|,? )(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,][0-9]+)?)?"
    r" ?(?P<half>[AaPp]\.?[Mm]\.?)?(?: ?(?:Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2}))?$"
)
_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_COMPACT = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})")
_NUMERIC = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})")
_SHORT_YEAR = re.compile(r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2}")
_SERIAL = re.compile(r"[2-6][0-9]{4}(?:\.[0-9]+)?")
_NAME_FIRST = re.compile(r"([A-Za-z]+)\.? +([0-9]{1,2})(?:st|nd|rd|th)?,? +([0-9]{4})")
_DAY_FIRST = re.compile(
    r"([0-9]{1,2})(?:st|nd|rd|th|\.)?[ -]*([A-Za-z]+)\.?,?[ -]*([0-9]{4}|[0-9]{2})"
)
_MONTH_YEAR = re.compile(r"([0-9]{1,2})[-/]([0-9]{4})")
_YEAR_MONTH = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})")
#: "Mar-22" is how spreadsheets write a month; "Mar 22" would be a day without its year.
_NAMED_MONTH = re.compile(r"([A-Za-z]+)\.?,?(?:[ -]+([0-9]{4})|(?:-| ?['’])([0-9]{2}))")

#: Day 0 of a spreadsheet's day numbers, from March 1900 on.
_DAY_ZERO = date(1899, 12, 30)


class UnreadableDateError(UnreadableCellError):
    """The text is no date in a style known here, or one that can be read two ways."""


def find_order(texts: Iterable[str]) -> Order | None:
    """Return what the numeric dates of a column prove.

    ``"day first"`` or ``"month first"`` if some row proves it and none the other way,
    ``"both"`` if rows prove both, None if no row proves anything.
    """
    proofs: set[Order] = set()
    for text in texts:
        found = _NUMERIC.fullmatch(_take_day(text))
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


def is_numeric_date(text: str) -> bool:
    """Whether a text is a date of three numbers with the year last."""
    return _NUMERIC.fullmatch(_take_day(text)) is not None


def read_day(text: str, order: Order | None = None) -> date:
    """Read one day; a day of the week before it and a time of day behind it are left out.

    `order` is for dates of three numbers with the year last, as `find_order` says. None reads only
    those that can be read one way (13/02/2022, 02/02/2022), "both" none of them.
    """
    bare = _take_day(text)
    if not bare:
        raise UnreadableDateError("no date")
    if found := _YEAR_FIRST.fullmatch(bare):
        return _make_day(int(found[1]), int(found[3]), int(found[4]))
    if found := _COMPACT.fullmatch(bare):
        return _make_day(int(found[1]), int(found[2]), int(found[3]))
    if found := _NAME_FIRST.fullmatch(bare):
        return _make_day(int(found[3]), _month_number(found[1]), int(found[2]))
    if found := _DAY_FIRST.fullmatch(bare):
        return _make_day(_full_year(found[3]), _month_number(found[2]), int(found[1]))
    if found := _NUMERIC.fullmatch(bare):
        return _read_numeric(int(found[1]), int(found[3]), int(found[4]), order)
    if _SHORT_YEAR.fullmatch(bare):
        raise UnreadableDateError("a year of two digits")
    if is_serial(bare):
        raise UnreadableDateError("the day number of a spreadsheet, among written dates")
    if _MONTH_YEAR.fullmatch(bare) or _YEAR_MONTH.fullmatch(bare) or _NAMED_MONTH.fullmatch(bare):
        raise UnreadableDateError("a month, where a day is expected")
    raise UnreadableDateError("not a date")


def is_serial(text: str) -> bool:
    """Whether a text may be the day number of a spreadsheet: 44621 is 1 March 2022."""
    return _SERIAL.fullmatch(text.strip()) is not None


def are_serials(texts: Iterable[str]) -> bool:
    """Whether a column of days holds day numbers of a spreadsheet, and no written date."""
    digits = [text for text in texts if re.search(r"[0-9]", text)]
    return bool(digits) and all(map(is_serial, digits))


def read_serial(text: str) -> date:
    """Return the day of a spreadsheet's day number; its time of day is left out.

    >>> read_serial("44621")
    datetime.date(2022, 3, 1)
    """
    return _DAY_ZERO + timedelta(days=int(text.strip().partition(".")[0]))


def read_month(text: str) -> str | None:
    """Return "2022-07" for "07-2022", "7/2022", "2022-07" or "July 2022"; None if no month."""
    bare = " ".join(text.split())
    if found := _MONTH_YEAR.fullmatch(bare):
        month, year = int(found[1]), int(found[2])
    elif found := _YEAR_MONTH.fullmatch(bare):
        year, month = int(found[1]), int(found[2])
    elif found := _NAMED_MONTH.fullmatch(bare):
        month, year = _month_number(found[1]), _full_year(found[2] or found[3])
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


def _take_day(text: str) -> str:
    """Return a text without blanks at its ends, its day of the week and its time of day."""
    bare = _WEEKDAY.sub("", " ".join(text.strip().strip("\ufeff").split()), count=1)
    found = _TIME.search(bare)
    if found is None:
        return bare
    hour, minute, second = (int(found[name] or 0) for name in ("hour", "minute", "second"))
    # 24:00 is the midnight that ends the day; 12 hours with a.m. or p.m., 24 without.
    sound = 1 <= hour <= 12 if found["half"] else hour < 24 or (hour, minute, second) == (24, 0, 0)
    return bare[: found.start()] if sound and minute < 60 and second <= 60 else bare


def _read_numeric(first: int, second: int, year: int, order: Order | None) -> date:
    if order == "both":
        raise UnreadableDateError("the column has days before months and months before days")
    if first > 12 or (second <= 12 and (order == "day first" or first == second)):
        return _make_day(year, second, first)
    if second > 12 or order == "month first":
        return _make_day(year, first, second)
    raise UnreadableDateError("day or month first? No row of the column proves it")


def _full_year(digits: str) -> int:
    """Return a year; of two digits, beside the name of a month, one from 1970 to 2069."""
    year = int(digits)
    return year if len(digits) == 4 else year + (2000 if year < 70 else 1900)


def _month_number(name: str) -> int:
    lower = name.lower()
    if len(lower) >= 3:
        for number, month in enumerate(_MONTHS, start=1):
            if month == lower or (month.startswith(lower) and len(lower) <= 4):
                return number
    raise UnreadableDateError(f"{name[:40]!r} is not a month")


def _make_day(year: int, month: int, day: int) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UnreadableDateError(f"the year {year} is not meant")
    try:
        return date(year, month, day)
    except ValueError as error:
        raise UnreadableDateError(f"no such day in the calendar ({error})") from error
