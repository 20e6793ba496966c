"""The kinds of column: what each takes and what it says of the rest."""

import pandas as pd
import pytest

from analysis.tables import columns
from analysis.tables.columns import Column


def fails(column: Column, value: str | None) -> str:
    """What a column says of one cell; "" if it takes it."""
    frame = pd.DataFrame({"cell": pd.Series([value], dtype="str")})
    return "; ".join(case["check"] for case in columns.find_failures(frame, {"cell": column}))


@pytest.mark.parametrize("day", ["2022-02-28", "2024-02-29", "0999-01-01", "2100-12-31"])
def test_a_day_that_was_or_will_be(day: str) -> None:
    assert fails(columns.day("a day"), day) == ""


@pytest.mark.parametrize(
    "day",
    [
        "2022-3-1",
        "03.03.2022",
        "03/03/2022",
        "20220303",
        "2022-03-03T00:00:00",
        "2022-03-03 12:00",
        "today",
        "٢٠٢٢-٠٣-٠١",
    ],
)
def test_no_day(day: str) -> None:
    assert fails(columns.day("a day"), day) == "a day as YYYY-MM-DD"


@pytest.mark.parametrize("day", ["2022-02-30", "2023-02-29", "2022-13-01", "2022-00-10"])
def test_a_day_that_is_not_in_the_calendar(day: str) -> None:
    said = fails(columns.day("a day"), day)
    assert said == "a day that there is: this one is not in the calendar"


@pytest.mark.parametrize(
    ("column", "good", "bad", "expected"),
    [
        (
            columns.identifier("a key"),
            ["ohchr", "ap-2022-03-03", "7"],
            ["OHCHR", "a b", "-a", "a_b", "é"],
            "a key of lower case letters, digits and hyphens",
        ),
        (
            columns.whole_number("a year"),
            ["2020", "0", "9999"],
            ["2020.0", "-1", "12345", "2,020", "MMXX", "٢٠٢٠"],
            "a whole number such as 2020",
        ),
        (
            columns.iso3("a country"),
            ["UKR", "RUS", "NAM", "XKX"],
            ["UKA", "ukr", "UA", "Ukraine", "all"],
            "an ISO 3166 alpha-3 code (three letters)",
        ),
        (
            columns.choice("an answer", ["yes", "no"]),
            ["yes", "no"],
            ["Yes", "y"],
            "one of: yes, no",
        ),
    ],
    ids=["key", "whole number", "iso3", "choice"],
)
def test_what_a_column_takes(
    column: Column, good: list[str], bad: list[str], expected: str
) -> None:
    assert [fails(column, value) for value in good] == [""] * len(good)
    assert [fails(column, value) for value in bad] == [expected] * len(bad)


@pytest.mark.parametrize("kind", [columns.text, columns.day, columns.whole_number, columns.iso3])
def test_a_cell_is_empty_only_where_it_may_be(kind: object) -> None:
    assert callable(kind)
    assert fails(kind("x", empty=True), None) == ""
    assert fails(kind("x"), None) == "not_nullable"


def test_a_choice_notes_its_words_and_their_meanings() -> None:
    explained = columns.choice("x", {"yes": "for it", "no": "against it"})
    assert explained.metadata["choices"] == ["yes", "no"]
    assert explained.metadata["meanings"] == {"yes": "for it", "no": "against it"}
    assert columns.choice("x", ["a", "b"]).metadata["meanings"] == {}


@pytest.mark.parametrize(
    ("column", "table"), [(columns.source_id(), "sources"), (columns.claimant(), "claimants")]
)
def test_a_key_names_its_table_and_may_not_be_empty(column: Column, table: str) -> None:
    assert column.metadata["refers_to"] == table
    assert not column.nullable
