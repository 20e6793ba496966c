"""The kinds of column that the tables are made of, as pandera columns with plain words.

Every column is read as text and checked as text, so that an error can show what was
typed; `analysis.tables.table` then turns days and numbers into their types.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd
import pandera.pandas as pa

from analysis.tables.countries import list_countries

_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_KEY = r"[a-z0-9][a-z0-9-]{0,79}"


def _column(
    kind: str, description: str, checks: list[pa.Check], *, empty: bool, **metadata: object
) -> pa.Column:
    return pa.Column(
        str,
        checks,
        nullable=empty,
        description=description,
        metadata={"kind": kind, **metadata},
    )


def _look_like_days(values: pd.Series) -> pd.Series:
    return values.str.fullmatch(_DAY)


def _are_in_calendar(values: pd.Series) -> pd.Series:
    parsed = pd.to_datetime(values, format="%Y-%m-%d", errors="coerce")
    return ~values.str.fullmatch(_DAY) | parsed.notna()


def text(description: str, *, empty: bool = False) -> pa.Column:
    """A column of free text; `empty` says whether a cell may be left empty."""
    return _column("text", description, [], empty=empty)


def identifier(description: str) -> pa.Column:
    """A column of short keys: at most 80 lower case letters, digits and hyphens."""
    check = pa.Check.str_matches(
        rf"^{_KEY}$", error="a key of lower case letters, digits and hyphens"
    )
    return _column("key", description, [check], empty=False)


def refers_to(
    table: str, description: str, *, empty: bool = False, also: Iterable[str] = ()
) -> pa.Column:
    """A column of keys into `table`, or one of the words in `also`.

    The casebook's reader checks that the key stands there.
    """
    return _column("key", description, [], empty=empty, refers_to=table, also=list(also))


def day(description: str, *, empty: bool = False) -> pa.Column:
    """A column of days, as YYYY-MM-DD."""
    checks = [
        pa.Check(_look_like_days, error="a day as YYYY-MM-DD"),
        pa.Check(_are_in_calendar, error="a day that there is: this one is not in the calendar"),
    ]
    return _column("day", description, checks, empty=empty)


def whole_number(description: str, *, empty: bool = False) -> pa.Column:
    """A column of whole numbers of four digits at most, such as years."""
    check = pa.Check.str_matches(r"^[0-9]{1,4}$", error="a whole number such as 2020")
    return _column("whole number", description, [check], empty=empty)


def count(description: str, *, empty: bool = False) -> pa.Column:
    """A column of counts of people or things, as plain digits; kind "whole number"."""
    check = pa.Check.str_matches(r"^[0-9]{1,12}$", error="a count in plain digits, such as 1500000")
    return _column("whole number", description, [check], empty=empty)


def choice(
    description: str, words: Mapping[str, str] | Iterable[str], *, empty: bool = False
) -> pa.Column:
    """A column that holds one of `words`; a mapping gives each word's meaning too."""
    allowed = list(words)
    check = pa.Check.isin(allowed, error="one of: " + ", ".join(allowed))
    meanings = dict(words) if isinstance(words, Mapping) else {}
    return _column("choice", description, [check], empty=empty, choices=allowed, meanings=meanings)


def iso3(description: str, *, empty: bool = False) -> pa.Column:
    """A column of ISO 3166 alpha-3 codes."""
    expected = "an ISO 3166 alpha-3 code (three letters)"
    check = pa.Check.isin(list(list_countries().index), error=expected)
    return _column("iso3", description, [check], empty=empty)


def who() -> pa.Column:
    """Whose figures they are."""
    return refers_to("groups", "whose figures: civilians, children, everybody; key into groups.csv")


def side(description: str) -> pa.Column:
    """The side that people belong to."""
    return refers_to("parties", f"{description}; key into parties.csv", empty=True)


def area(description: str, *, empty: bool = False, also: Iterable[str] = ()) -> pa.Column:
    """Where people are, or were counted: a key of areas.csv, or the code of any country."""
    words = list(also)
    others = "".join(f', or "{word}"' for word in words)
    said = f"{description}; an ISO 3166 alpha-3 code, or a key of areas.csv{others}"
    return refers_to("areas", said, empty=empty, also=[*list_countries().index, *words])


def bound(end: str) -> pa.Column:
    """An end of a published figure that came as numbers and not as words."""
    check = pa.Check.str_matches(r"^[0-9]{1,12}(\.[0-9]+)?$", error="a number in plain digits")
    return _column(
        "number", f"the {end} figure where numbers and no words were published", [check],
        empty=True,
    )  # fmt: skip


def repeats() -> pa.Column:
    """The document whose claim a row repeats."""
    return refers_to(
        "sources",
        "the document whose claim (same claimant, same scope) this row repeats, rounded or not",
        empty=True,
    )


def source_id() -> pa.Column:
    """The document that was read."""
    return refers_to("sources", "the document read; key into sources.csv")


def locator() -> pa.Column:
    """The place in the document."""
    return text('where in the document: "paragraph 4" counts every block from 1, headings too')


def claimant() -> pa.Column:
    """Who says it."""
    return refers_to("claimants", "who says it; key into claimants.csv")


def wording(*, empty: bool = True) -> pa.Column:
    """The figure in the claimant's words, from which low, best and high are worked out."""
    return _column(
        "wording",
        'the figure in the claimant\'s words ("nearly 500"); empty where there is none',
        [],
        empty=empty,
    )


def published_on() -> pa.Column:
    """The day the figure became known, where it is not the day of the source."""
    return day(
        "the day the figure became known, where that is not the source's published_on", empty=True
    )


def note() -> pa.Column:
    """Doubts and remarks."""
    return text(
        'remarks, and what was read elsewhere; one that begins "doubtful:" or "day doubtful:" '
        "marks the figure, or its day, wherever it is shown",
        empty=True,
    )
