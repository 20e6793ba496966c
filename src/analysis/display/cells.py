"""A cell as a reader sees it: thousands with commas, days in words, and three kinds of nothing."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping
from datetime import date
from numbers import Integral, Real
from typing import cast

import pandas as pd

from analysis.safety import clean_text

#: Headings of columns that many tables share; any other column is headed by its name.
HEADINGS = {
    "as_of": "Counted to",
    "claimant_a": "First claimant",
    "claimant_b": "Second claimant",
    "claimant_kind": "Kind of claimant",
    "claimant_name": "Claimant",
    "claimant_short": "Claimant",
    "counted": "What is counted",
    "high": "Highest",
    "is_party": "Party to the conflict",
    "iso3": "Country code",
    "locator": "Where in the source",
    "low": "Lowest",
    "publisher": "Published by",
    "since": "Counted from",
    "source_id": "Source",
    "standard": "How it is known",
    "was_day": "Was counted to",
    "wording": "In the claimant's words",
    "wording_a": "The first's words",
    "wording_b": "The second's words",
}

#: The marks of what is not there; zero is "0".
NOT_RELEASED = "has not released a figure"
MISSING = "–"
OPEN = "open"

_OTHER_END = {"low": "high", "high": "low"}


def say_heading(column: str) -> str:
    """Return the heading of a column: the usual one, or its name as words."""
    words = column.replace("_", " ")
    return HEADINGS.get(column, words[:1].upper() + words[1:])


def is_year(column: str) -> bool:
    """Return whether the numbers of a column are years, which have no commas."""
    return column == "year" or column.endswith("_year")


def kind_of(column: pd.Series) -> str:
    """Return what a column holds: number, day, yes or no, or text."""
    if pd.api.types.is_bool_dtype(column):
        return "yes or no"
    if pd.api.types.is_datetime64_any_dtype(column):
        return "day"
    if pd.api.types.is_numeric_dtype(column):
        return "number"
    if isinstance(column.dtype, pd.StringDtype):
        return "text"
    present = list(column.dropna())
    for kind, types in (("yes or no", bool), ("number", Real), ("day", date)):
        if present and all(isinstance(value, types) for value in present):
            return kind
    return "text"


def say_cell(row: Mapping[Hashable, object], column: str) -> str:
    """Return the cell of `row` in `column` as a reader sees it."""
    value = row[column]
    if is_missing(value):
        return _say_missing(row, column)
    if isinstance(value, date):  # a Timestamp is one too
        return f"{value.day} {value:%B %Y}"
    if pd.api.types.is_bool(value):
        return "yes" if value else "no"
    if isinstance(value, Real):
        return _say_number(value, grouped=not is_year(column))
    return clean_text(str(value))


def columns_read(columns: Iterable[str]) -> set[str]:
    """Return the columns that `say_cell` looks at to say those in `columns`."""
    read = {"status", *columns}
    for column in columns:
        end = column.rpartition("_")[2]
        if end in _OTHER_END:
            read.add(column.removesuffix(end) + _OTHER_END[end])
    return read


def is_missing(value: object) -> bool:
    """Return whether a cell holds nothing: None, NA, NaN or NaT."""
    return pd.api.types.is_scalar(value) and bool(pd.isna(cast("str", value)))


def _say_missing(row: Mapping[Hashable, object], column: str) -> str:
    last = column.rpartition("_")[2]
    end = last if last in ("low", "best", "high") else ""
    if row.get("status") == "not released" and (end or column == "wording"):
        return NOT_RELEASED if column == "wording" else "not released"
    other = _OTHER_END.get(end)
    if other and not is_missing(row.get(column.removesuffix(end) + other)):
        return OPEN
    return MISSING


def _say_number(value: Real, *, grouped: bool) -> str:
    number = int(value) if isinstance(value, Integral) else float(value)
    if math.isinf(number):
        return OPEN
    if number == int(number):
        return f"{int(number):,}" if grouped else str(int(number))
    # Two decimals, or two digits of what is smaller: 0.00012 must not read as zero.
    text = f"{number:,.2f}" if abs(number) >= 0.01 else f"{number:.2g}"
    return text.rstrip("0").rstrip(".") if "e" not in text else text
