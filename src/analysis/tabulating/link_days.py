"""The day that a link tells: a date in its address, or the moment inside the number of a post."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

#: Post numbers of X (Twitter) hold the milliseconds since this moment, above 22 other bits
#: (X developer documentation, "Snowflake IDs").
_FIRST_MOMENT = datetime(2010, 11, 4, 1, 42, 54, 657_000, tzinfo=UTC)
_OTHER_BITS = 22

_POST = re.compile(r"(?:twitter|x)\.com/[^/]+/status/([0-9]{15,20})")
_DATES = (
    re.compile(r"/(20[0-9]{2})[/-]([01]?[0-9])[/-]([0-3]?[0-9])(?![0-9])"),
    re.compile(r"-(20[0-9]{2})-([01][0-9])-([0-3][0-9])(?![0-9])"),
    re.compile(r"/(20[0-9]{2})([01][0-9])([0-3][0-9])(?![0-9])"),
)


def find_link_day(url: str) -> date | None:
    """Return the day on which the linked page was published, if its address tells.

    >>> find_link_day("https://example.org/2022/03/24/losses/")
    datetime.date(2022, 3, 24)
    """
    post = _POST.search(url)
    if post:
        moment = _FIRST_MOMENT + timedelta(milliseconds=int(post[1]) >> _OTHER_BITS)
        return moment.date()
    for pattern in _DATES:
        found = pattern.search(url)
        if found:
            try:
                return date(int(found[1]), int(found[2]), int(found[3]))
            except ValueError:
                continue
    return None
