"""The two clocks of a claim: the day counted (`as_of`) and the day known (`published_on`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from numbers import Integral

import pandas as pd

from analysis.safety import InputError
from analysis.tables.errors import shorten

_ENDS = ["low", "best", "high"]

#: The years that a casebook can be about: a day of another is a slip of the keyboard.
YEARS = range(1800, 2200)

#: Days that somebody may ask for.
_MOST_DAYS = 36_525


def parse_day(text: str | date, name: str = "as_of") -> pd.Timestamp:
    """Return the day that `text` says, as YYYY-MM-DD; `name` opens an `InputError`'s message."""
    if isinstance(text, date) and not pd.isna(text):
        text = f"{text:%Y-%m-%d}".zfill(10)  # a year of one digit has no zeros
    said = str(text)
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", said):
        try:
            day = date.fromisoformat(said)
        except ValueError:
            raise InputError(f'{name}: there is no day "{said}" in the calendar') from None
        if day.year in YEARS:
            return pd.Timestamp(day)
        first, last = YEARS[0], YEARS[-1]
        raise InputError(f'{name}: "{said}" is no day of a report; expected {first} to {last}')
    shown = shorten(said)
    raise InputError(f'{name}: "{shown}" is not a day; expected YYYY-MM-DD such as 2001-12-31')


def as_known_on(claims: pd.DataFrame, day: str | date) -> pd.DataFrame:
    """Return the claims published on `day` or before, in their order, index 0, 1, …."""
    known = claims["published_on"] <= parse_day(day)
    return claims[known].reset_index(drop=True)


def latest_claims(
    claims: pd.DataFrame, series: Sequence[str], *, ties: bool = False
) -> pd.DataFrame:
    """Return the newest claim of each series: the last day counted, then the last day known.

    Where no day counted is stated, the day known stands for it. With `ties`, claims that share
    the newest days all stand; otherwise the last of them does. Claims of different series (see
    `Table.series`) are never set against each other. In the order of the frame, index 0, 1, ….
    """
    counted_to = claims["as_of"].fillna(claims["published_on"])
    known = claims["published_on"]
    # What is sorted is as narrow as it can be: a frame of claims has some thirty columns.
    days = pd.DataFrame(
        {"series": number_series(claims, series), "counted_to": counted_to, "published_on": known},
        index=claims.index,
    )
    order = days.sort_values(["counted_to", "published_on"], kind="stable")
    last = order[~order["series"].duplicated(keep="last")]
    kept = list(last.index)
    if ties:
        kept = list(order.reset_index().merge(last, how="inner")["index"])
    return claims.loc[sorted(kept)].reset_index(drop=True)


def newest_editions(
    claims: pd.DataFrame, series: Sequence[str], *, ties: bool = False
) -> pd.DataFrame:
    """Return each series over time, every day counted once, as the newest edition has it.

    Claims come in the order they were published where that is the same day; to see a series as
    it was known on a day, pass the claims of `as_known_on`. With `ties`, different figures
    published for one period on one day all stand: neither has taken the place of the other.

    One row a series and period counted (`since`, `as_of`; where no last day is stated, the day
    published stands for it), what was withdrawn left out, sorted by series and `counted_to`,
    which is added; index 0, 1, ….
    """
    counted_to = claims["as_of"].fillna(claims["published_on"])
    claims = claims.assign(counted_to=counted_to).sort_values("published_on", kind="stable")
    editions = number_series(claims, [*series, "since", "counted_to"])
    last = ~editions.duplicated(keep="last")
    if ties:
        # Snapshots of one page have an hour: of those of one day the last is the newest.
        hourly = claims["locator"].str.startswith("snapshot ").fillna(False).astype("bool")
        newest_day = claims["published_on"].groupby(editions).transform("max")
        figures = number_series(claims.assign(_edition=editions), ["_edition", *_ENDS])
        same_day = (claims["published_on"] == newest_day) & ~hourly
        last |= same_day & ~figures.duplicated(keep="last")
    newest = claims[last & (claims["status"] != "withdrawn")]
    return newest.sort_values([*series, "counted_to"], kind="stable", ignore_index=True)


def is_newest(rows: pd.DataFrame, series: Sequence[str] = ("series",)) -> pd.Series:
    """Return which rows of `newest_editions` count to their series' last day, all of several."""
    numbers = number_series(rows, series)
    return (rows["counted_to"] == rows["counted_to"].groupby(numbers).transform("max")).astype(
        "bool"
    )


def last_published_claims(claims: pd.DataFrame, series: Sequence[str]) -> pd.DataFrame:
    """Return what each series was last said to be: the claims of its last day of publication.

    Two documents of one day may count to different days, or give one count rounded and to
    the person; both stand, since neither has taken the place of the other. Of a document its
    last day counted stands, all figures of it; in the order of the frame, index 0, 1, ….
    """
    known = claims["published_on"]
    last = known.groupby(number_series(claims, series), sort=False).transform("max")
    return latest_claims(claims[known == last], [*series, "source_id"], ties=True)


def recent_claims(claims: pd.DataFrame, day: str | date, days: int) -> pd.DataFrame:
    """Return the claims published on `day` or in the `days` - 1 days before it; index 0, 1, …."""
    require_days(days, "days")
    end = parse_day(day)
    first = end - pd.Timedelta(days=days - 1)
    return claims[claims["published_on"].between(first, end)].reset_index(drop=True)


def require_days(days: int, name: str) -> None:
    """Refuse what is no number of days from 1 to that of a lifetime; raises `InputError`."""
    if isinstance(days, bool) or not isinstance(days, Integral) or not 1 <= days <= _MOST_DAYS:
        shown = shorten(repr(days))
        raise InputError(f"{name}: {shown} is no number of days; expected 1 to {_MOST_DAYS:,}")


def number_series(claims: pd.DataFrame, series: Sequence[str]) -> pd.Series:
    """Return the number of each row's series: 0, 1, … as met; a missing value is one of its own."""
    if not series:
        raise ValueError("series: expected the columns that name a series, but there are none")
    return claims.groupby(list(series), dropna=False, sort=False).ngroup()
