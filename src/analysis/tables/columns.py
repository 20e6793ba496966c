"""The kinds of column that the tables are made of, with plain words of what is expected.

Every column is read as text and checked as text, so that an error can show what was
typed; `analysis.tables.table` then turns days and numbers into their types.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.tables.countries import list_countries
from analysis.tables.record import Record

_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_KEY = r"[a-z0-9][a-z0-9-]{0,79}"


@dataclass(frozen=True)
class Check:
    """What each cell of a column must be, unless it is empty."""

    #: Takes the cells, as text, and returns which of them pass.
    passes: Callable[[pd.Series], pd.Series]
    #: What was expected, in words.
    expected: str


@dataclass(frozen=True)
class Column:
    """A column of a table."""

    #: What stands in it.
    description: str
    checks: tuple[Check, ...]
    #: Whether a cell may be empty.
    nullable: bool
    #: Its `kind`, and what there is of `choices`, `meanings`, `refers_to` and `also`.
    metadata: dict[str, Any]


def _column(
    kind: str, description: str, checks: Iterable[Check], *, empty: bool, **metadata: object
) -> Column:
    return Column(description, tuple(checks), empty, {"kind": kind, **metadata})


def _match(pattern: str, expected: str) -> Check:
    return Check(lambda values: values.str.match(pattern), expected)


def _be_one_of(words: list[str], expected: str) -> Check:
    return Check(lambda values: values.isin(words), expected)


def find_failures(frame: pd.DataFrame, columns: Mapping[str, Column]) -> list[Record]:
    """Return the cells of a frame of text that do not pass, as pandera reports them.

    `column`, `index` (its label), `failure_case` (the cell) and `check`: what was expected, or
    "not_nullable".
    """
    if _is_sound(frame, columns):
        return []
    import pandera.pandas as pa  # takes longer to import than most tables to check

    schema = {
        name: pa.Column(
            str,
            [pa.Check(check.passes, error=check.expected) for check in column.checks],
            nullable=column.nullable,
        )
        for name, column in columns.items()
    }
    try:
        pa.DataFrameSchema(schema).validate(frame, lazy=True)
    except pa.errors.SchemaErrors as problem:
        failures: list[Record] = problem.failure_cases.to_dict("records")
        return failures
    return []


def _is_sound(frame: pd.DataFrame, columns: Mapping[str, Column]) -> bool:
    for name, column in columns.items():
        cells = frame[name]
        if cells.dtype != "str" or (cells.hasnans and not column.nullable):
            return False
        filled = cells.dropna()
        if not all(check.passes(filled).all() for check in column.checks):
            return False
    return True


def _look_like_days(values: pd.Series) -> pd.Series:
    return values.str.fullmatch(_DAY)


def _are_in_calendar(values: pd.Series) -> pd.Series:
    parsed = pd.to_datetime(values, format="%Y-%m-%d", errors="coerce")
    return ~values.str.fullmatch(_DAY) | parsed.notna()


def text(description: str, *, empty: bool = False) -> Column:
    """A column of free text; `empty` says whether a cell may be left empty."""
    return _column("text", description, [], empty=empty)


def identifier(description: str) -> Column:
    """A column of short keys: at most 80 lower case letters, digits and hyphens."""
    check = _match(rf"^{_KEY}$", "a key of lower case letters, digits and hyphens")
    return _column("key", description, [check], empty=False)


def refers_to(
    table: str, description: str, *, empty: bool = False, also: Iterable[str] = ()
) -> Column:
    """A column of keys into `table`, or one of the words in `also`.

    The casebook's reader checks that the key stands there.
    """
    return _column("key", description, [], empty=empty, refers_to=table, also=list(also))


def day(description: str, *, empty: bool = False) -> Column:
    """A column of days, as YYYY-MM-DD."""
    checks = [
        Check(_look_like_days, "a day as YYYY-MM-DD"),
        Check(_are_in_calendar, "a day that there is: this one is not in the calendar"),
    ]
    return _column("day", description, checks, empty=empty)


def whole_number(description: str, *, empty: bool = False) -> Column:
    """A column of whole numbers of four digits at most, such as years."""
    check = _match(r"^[0-9]{1,4}$", "a whole number such as 2020")
    return _column("whole number", description, [check], empty=empty)


def count(description: str, *, empty: bool = False) -> Column:
    """A column of counts of people or things, as plain digits; kind "whole number"."""
    check = _match(r"^[0-9]{1,12}$", "a count in plain digits, such as 1500000")
    return _column("whole number", description, [check], empty=empty)


def choice(
    description: str, words: Mapping[str, str] | Iterable[str], *, empty: bool = False
) -> Column:
    """A column that holds one of `words`; a mapping gives each word's meaning too."""
    allowed = list(words)
    check = _be_one_of(allowed, "one of: " + ", ".join(allowed))
    meanings = dict(words) if isinstance(words, Mapping) else {}
    return _column("choice", description, [check], empty=empty, choices=allowed, meanings=meanings)


def iso3(description: str, *, empty: bool = False) -> Column:
    """A column of ISO 3166 alpha-3 codes."""
    expected = "an ISO 3166 alpha-3 code (three letters)"
    check = _be_one_of(list(list_countries().index), expected)
    return _column("iso3", description, [check], empty=empty)


def who() -> Column:
    """Whose figures they are."""
    return refers_to("groups", "whose figures: civilians, children, everybody; key into groups.csv")


def side(description: str) -> Column:
    """The side that people belong to."""
    return refers_to("parties", f"{description}; key into parties.csv", empty=True)


def area(description: str, *, empty: bool = False, also: Iterable[str] = ()) -> Column:
    """Where people are, or were counted: a key of areas.csv, or the code of any country."""
    words = list(also)
    others = "".join(f', or "{word}"' for word in words)
    said = f"{description}; an ISO 3166 alpha-3 code, or a key of areas.csv{others}"
    return refers_to("areas", said, empty=empty, also=[*list_countries().index, *words])


def bound(end: str) -> Column:
    """An end of a published figure that came as numbers and not as words."""
    check = _match(r"^[0-9]{1,12}(\.[0-9]+)?$", "a number in plain digits")
    return _column(
        "number", f"the {end} figure where numbers and no words were published", [check],
        empty=True,
    )  # fmt: skip


def repeats() -> Column:
    """The document whose claim a row repeats."""
    return refers_to(
        "sources",
        "the document whose claim (same claimant, same scope) this row repeats, rounded or not",
        empty=True,
    )


def source_id() -> Column:
    """The document that was read."""
    return refers_to("sources", "the document read; key into sources.csv")


def locator() -> Column:
    """The place in the document."""
    return text('where in the document: "paragraph 4" counts every block from 1, headings too')


def claimant() -> Column:
    """Who says it."""
    return refers_to("claimants", "who says it; key into claimants.csv")


def wording(*, empty: bool = True) -> Column:
    """The figure in the claimant's words, from which low, best and high are worked out."""
    return _column(
        "wording",
        'the figure in the claimant\'s words ("nearly 500"); empty where there is none',
        [],
        empty=empty,
    )


def published_on() -> Column:
    """The day the figure became known, where it is not the day of the source."""
    return day(
        "the day the figure became known, where that is not the source's published_on", empty=True
    )


def note() -> Column:
    """Doubts and remarks."""
    return text(
        'remarks, and what was read elsewhere; one that begins "doubtful:" or "day doubtful:" '
        "marks the figure, or its day, wherever it is shown",
        empty=True,
    )
