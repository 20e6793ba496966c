"""Dates, years and clock times in running text: found, so that they are not taken for figures."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final, NamedTuple

from analysis.reading import vocabulary

_MONTHS: Final = (
    *("jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
)
MONTH: Final = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May\.?|June?\.?|July?\.?|"
    r"Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?|"
    r"JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?|AUG(?:UST)?|"
    r"SEPT?(?:EMBER)?|OCT(?:OBER)?|NOV(?:EMBER)?|DEC(?:EMBER)?|"
    r"(?:jan|febr)uary|april|june|july|august|(?:sept|nov|dec)ember|october)"
)
WEEKDAY: Final = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DAY: Final = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_YEAR: Final = r"(?:1[89]|20|21)\d\d"
_TO: Final = r"\s?(?:[-–—/]|to|and|or|until|through|till)\s?"

#: Every way to write a date or a time. The names of the groups are the kinds.
_FOUND: Final = re.compile(
    rf"(?P<date>\b{_YEAR}-\d\d-\d\d(?:T[\d:.]+Z?)?\b"
    rf"|(?<![\w.,/])\d{{1,2}}(?P<mark>[./-])\d{{1,2}}(?P=mark)(?:{_YEAR}|\d\d)(?![\w/]|[.,]\d)"
    rf"|(?<![\w.,])(?:{_DAY}(?:\s{MONTH})?(?:\s{_YEAR})?(?:{_TO}|"
    rf",\s))?{_DAY}(?:\sof)?[\s-]{MONTH}\b"
    rf"(?:,?[\s-](?:{_YEAR})\b|[\s-]\d\d\b(?!\s[a-z]))?"
    rf"|\b{MONTH}(?:\s{_YEAR})?{_TO}{MONTH}\s{_YEAR}\b"
    rf"|\b{MONTH}\s{_DAY}(?:{_TO}(?:{MONTH}\s)?{_DAY})?(?![\d%]|[,.]?\d|\s(?:million|people|per))"
    rf"(?:,?\s{_YEAR}\b)?"
    rf"|\b{MONTH},?\s(?:of\s)?{_YEAR}\b"
    rf"|\b(?:mid|early|late)-{_YEAR}\b"
    rf"|(?<![\w.,/-]){_YEAR}\s?[-–/]\s?(?:{_YEAR}|\d\d)(?![\w/-]|[,.]\d)"
    rf"|(?<=\()\d{{1,2}}/\d{{1,2}}(?=\))|\b9/11\b|\b{_YEAR}s\b|\bFY\s?(?:{_YEAR}|\d\d)\b|"
    rf"\bQ[1-4]\b)"
    r"|(?P<time>(?m:^)(?:[01]?\d|2[0-3])\.[0-5]\d(?=\s+[A-Z•‘“'])|(?<![\w.,:])(?:\d{1,2}[:.]\d\d(?::\d\d)?(?:\s?(?:a|p)\.?m\b\.?|\s?h(?:rs|ours)?\b)"
    r"|[012]?\d:[0-5]\d(?::[0-5]\d)?(?![\d:])"
    r"|\d{1,2}(?:\s?[-–]\s?\d{1,2})?\s?(?:a\.m\.|p\.m\.|am|pm|AM|PM)(?!\w)"
    r"|\d{1,2}\so[’']clock|[012]\d[0-5]\d(?=\s?(?:local time|GMT|UTC|hrs|hours|h\b|EST|CET))"
    r"|24/7)(?:\s(?:local time|GMT|UTC))?)"
)
_LONE_YEAR: Final = re.compile(r"(?:1[89]|20)\d\d$")
#: Of the words before a year, those that stand before a count as well; and what is then counted.
_BEFORE_BOTH: Final = frozenset({"of", "to", "and", "than", "by", "the", "for", "between"})
_COUNTED: Final = frozenset(
    {
        *("people", "civilians", "killed", "children", "refugees", "families", "households"),
        *("cases", "deaths", "troops", "soldiers", "houses"),
    }
)
_AS_OF: Final = re.compile(
    r"\b(?:as of|as at|up to|until|by|through|to)\s+(?:(?:\d{1,2}:\d\d|"
    r"\d{1,2}\s?[ap]\.?m\.?)\s+(?:on\s+)?)?"
    r"(?P<day>[^.;()]{4,24})",
    re.IGNORECASE,
)


class Dated(NamedTuple):
    """Characters that are a date or a time."""

    start: int
    end: int
    kind: str


def find_dates(text: str) -> list[Dated]:
    """Find the dates and clock times of a text, in their order."""
    return [
        Dated(found.start(), found.end(), "date" if found["date"] else "time")
        for found in _FOUND.finditer(text)
    ]


def is_year(surface: str, word_before: str, word_after: str) -> bool:
    """Whether bare digits are a year: "in 2014", and not "2014 people"."""
    if not _LONE_YEAR.match(surface):
        return False
    before, after = word_before.lower(), word_after.lower()
    if before in vocabulary.BEFORE_YEAR:
        return not (before in _BEFORE_BOTH and after in _COUNTED)
    # "the revised 2023 Sudan Humanitarian Response Plan"
    return (
        word_before.islower()
        and word_before.lower() in ("revised", "new", "its")
        and (word_after[:1].isupper())
    )


def read_day(words: str, year: int | None) -> dt.date | None:
    """Read "3 March 2022", "Feb. 24", "2022-03-03"; the year of the text where none is written."""
    if iso := re.search(r"\b(\d{4})-(\d\d)-(\d\d)\b", words):
        return _day(int(iso[1]), int(iso[2]), int(iso[3]))
    if dotted := re.search(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b", words):
        return _day(int(dotted[3]), int(dotted[2]), int(dotted[1]))
    month = re.search(rf"\b{MONTH}", words)
    if month is None:
        return None
    number = _MONTHS.index(month[0][:3].lower()) + 1
    written = re.search(rf"\b{_YEAR}\b", words)
    rest = words.replace(written[0], " ") if written else words
    # Of "9 to 12 June" the last day counts; of "June 9-12" too.
    days = re.findall(r"\b(3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\b", rest)
    in_year = int(written[0]) if written else year
    return _day(in_year, number, int(days[-1])) if days and in_year else None


def find_last_day(sentence: str, year: int | None) -> dt.date | None:
    """The last day counted, where a sentence states it: "as of 20 October", "up to 3 March"."""
    for found in _AS_OF.finditer(sentence):
        day = read_day(found["day"], year)
        if day is not None:
            return day
    return None


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
