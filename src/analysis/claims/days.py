"""Days and periods in words: the one place that writes them for sentences and titles."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

import pandas as pd
from babel.dates import format_date


def format_day(day: pd.Timestamp | date | str) -> str:
    """Return a day as "1 March 2022"; a text must be an ISO day."""
    return _say_day(pd.Timestamp(day).date())


@lru_cache(maxsize=10_000)  # sentences say the same days again and again
def _say_day(day: date) -> str:
    return str(format_date(day, "d MMMM y", locale="en"))


def format_period(since: pd.Timestamp | None, as_of: pd.Timestamp | None) -> str:
    """Return the days counted: "from 24 February to 1 March 2022", "up to 1 March 2022", "".

    A missing end is left out, never guessed.
    """
    first = None if since is None or pd.isna(since) else since
    last = None if as_of is None or pd.isna(as_of) else as_of
    if first is not None and last is not None:
        if first == last:
            return f"on {format_day(last)}"
        if first.year == last.year:
            opening = str(format_date(first.date(), "d MMMM", locale="en"))
        else:
            opening = format_day(first)
        return f"from {opening} to {format_day(last)}"
    if last is not None:
        return f"up to {format_day(last)}"
    return f"since {format_day(first)}" if first is not None else ""


def say_known(known_on: pd.Timestamp | None) -> str:
    """Return ", as known on 3 March 2022", or "" where no day is known."""
    return "" if known_on is None else f", as known on {format_day(known_on)}"


def say_age(day: pd.Timestamp, known_on: pd.Timestamp) -> str:
    """Return how old a figure is: "3 weeks old", "4 months old", "2 years old"."""
    days = (known_on - day).days
    for length, unit in ((365.25, "year"), (30.44, "month"), (7, "week"), (1, "day")):
        number = int(days / length)
        if number >= (1 if unit == "day" else 2):  # 22 months are not a year
            return f"{number} {unit}{'' if number == 1 else 's'} old"
    return "new"


#: A figure older than this on the day of the report stands apart from fresh ones.
OLD_AFTER = pd.Timedelta(days=31)


def day_of(row: Mapping[Any, Any]) -> pd.Timestamp:
    """Return the day of a claim: the last it counts, else that it was made, else published."""
    days = (row.get("as_of"), row.get("made_on"))
    return pd.Timestamp(next((day for day in days if not pd.isna(day)), row["published_on"]))


def say_old_age(row: Mapping[Any, Any], known_on: pd.Timestamp) -> str:
    """Return how old a claim is, by its day (see `day_of`); "" if fresh."""
    day = day_of(row)
    return say_age(day, known_on) if known_on - day > OLD_AFTER else ""
