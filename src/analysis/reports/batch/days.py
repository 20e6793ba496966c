"""Days as a person types them: one, several, a range, every seventh of a range."""

from __future__ import annotations

import re
from datetime import date, timedelta

from analysis.reports.parameters import ParameterError, read_day
from analysis.tables import shorten

#: More reports than these in one batch are a slip of the pen.
MOST_REPORTS = 100_000

#: What is expected where days are typed.
EXPECTED_DAYS = (
    'days as YYYY-MM-DD, with commas between them, or FIRST..LAST, or "FIRST..LAST by 7"'
)

_RANGE = re.compile(r"(?P<first>.*?)\s*\.\.\s*(?P<last>.*?)(?:\s+by\s+(?P<step>\S+))?")


def read_days(text: str, name: str) -> list[str]:
    """Return the days that `text` says, as YYYY-MM-DD, each once and in their order.

    `text`: a day; several with commas; a range "2024-01-05..2024-03-31", which holds both ends; a
    range "… by 7", which holds every seventh day from its first. `name`: what the days are for; it
    opens the error message.
    Raises `ParameterError`: `text` says no days, or more than `MOST_REPORTS`.
    """
    days: dict[str, None] = {}
    for part in text.split(","):
        days |= dict.fromkeys(_read_part(part.strip(), name))
    if len(days) > MOST_REPORTS:
        raise _too_many(text, name)
    return list(days)


def _read_part(text: str, name: str) -> list[str]:
    found = _RANGE.fullmatch(text)
    if found is None:
        return [_read_one(text, name)]
    first, last = (date.fromisoformat(_read_one(found[end], name)) for end in ("first", "last"))
    step = found["step"] or "1"
    if not re.fullmatch(r"[0-9]{1,6}", step) or not int(step):
        shown = shorten(step)
        raise ParameterError(f'{name}: "by {shown}" is no step; expected a number of days')
    if last < first:
        shown = shorten(text)
        raise ParameterError(f'{name}: "{shown}" ends before it begins; expected FIRST..LAST')
    count = (last - first).days // int(step) + 1
    if count > MOST_REPORTS:
        raise _too_many(text, name)
    return [(first + timedelta(days=int(step) * n)).isoformat() for n in range(count)]


def _read_one(text: str, name: str) -> str:
    try:
        return read_day(text.strip(), name)
    except ParameterError as problem:
        if " " in text.strip() or "." in text:
            shown = shorten(text)
            message = f'{name}: "{shown}" are no days; expected {EXPECTED_DAYS}'
            raise ParameterError(message) from None
        raise problem from None


def _too_many(text: str, name: str) -> ParameterError:
    return ParameterError(f'{name}: "{shorten(text)}" are more than {MOST_REPORTS:,} days')
