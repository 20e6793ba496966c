import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.imports.reading.dates import (
    UnreadableDateError,
    find_order,
    is_numeric_date,
    read_day,
    read_moment,
    read_month,
)

MARCH_2 = date(2022, 3, 2)


@pytest.mark.parametrize(
    "text",
    [
        "2022-03-02",
        "2022-3-2",
        "2022/03/02",
        "2022-03-02 00:00:00.000",
        "2022-03-02T22:58:29Z",
        "March 2, 2022",
        "Mar 2 2022",
        "2 March 2022",
        "02 March 2022",
        "2nd March 2022",
        "02-Mar-2022",
        "2022-03-02 0:00",
        "2022-03-02T22:58:29.123+02:00",
        "2022/3/2 9:05:01 PM",
        "2022.03.02",
        "20220302",
        "Wednesday, 2 March 2022",
        "Wed Mar 2, 2022",
        "March 2, 2022, 12:00 a.m.",
        "2. March 2022",
        " 2\u00a0March 2022 ".replace("\u00a0", " "),
    ],
)
def test_styles_that_need_no_rule(text: str) -> None:
    assert read_day(text) == MARCH_2


@pytest.mark.parametrize(
    "text",
    ["2/3/2022 0:00", "02.03.2022 00:00:00", "2/3/2022", "02/03/2022", "02.03.2022", "2-3-2022"],
)
def test_numeric_dates_need_an_order(text: str) -> None:
    assert read_day(text, "day first") == MARCH_2
    assert read_day(text, "month first") == date(2022, 2, 3)
    with pytest.raises(UnreadableDateError, match="day or month first"):
        read_day(text)


def test_a_year_of_two_digits_is_read_beside_the_name_of_a_month() -> None:
    assert read_day("5-Mar-22") == read_day("5 Mar 22") == date(2022, 3, 5)
    assert read_day("31-Dec-99") == date(1999, 12, 31)
    assert read_month("Mar-22") == read_month("Mar '22") == "2022-03"
    assert read_month("Mar 22") is None


def test_a_numeric_date_that_can_be_read_one_way_needs_no_order() -> None:
    assert read_day("13/02/2022") == date(2022, 2, 13)
    assert read_day("02/13/2022") == date(2022, 2, 13)
    assert read_day("17/9/2024", "month first") == date(2024, 9, 17)
    assert read_day("04/04/2022") == date(2022, 4, 4)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no date"),
        ("2022-02-30", "no such day"),
        ("31/04/2022", "no such day"),
        ("13/13/2022", "no such day"),
        ("0202-03-02", "the year 202"),
        ("02/03/22", "two digits"),
        ("44622", "spreadsheet"),
        ("Mar-22", "a month"),
        ("07-2022", "a month"),
        ("2022-07", "a month"),
        ("July 2022", "a month"),
        ("2 Mars 2022", "not a month"),
        ("yesterday", "not a date"),
        ("2022-03-02 and later", "not a date"),
        ("2022-03-02 25:00", "not a date"),
        ("2022-03-02 13:00 pm", "not a date"),
    ],
)
def test_other_texts_are_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(UnreadableDateError, match=reason):
        read_day(text)


def test_a_column_of_both_orders_reads_no_numeric_date() -> None:
    with pytest.raises(UnreadableDateError, match="days before months and months before days"):
        read_day("31/12/2022", "both")
    assert read_day("2022-12-31", "both") == date(2022, 12, 31)


def test_the_order_of_a_column_is_what_a_row_proves() -> None:
    assert find_order(["01/04/2022", "17/9/2024"]) == "day first"
    assert find_order(["01/04/2022", "9/17/2024"]) == "month first"
    assert find_order(["17/9/2024", "9/17/2024"]) == "both"
    assert find_order(["12/04/2022", "04/12/2022"]) is None
    assert find_order(["01/04/2022", "2022-12-31", "13 March 2022", ""]) is None
    assert find_order(["12/31/2022 0:00"]) == "month first"
    assert is_numeric_date("1/4/2022 0:00")
    assert not any(is_numeric_date(text) for text in ("", "2022-04-01", "1 April 2022"))


@pytest.mark.parametrize("text", ["07-2022", "7/2022", "2022-07", "July 2022", "Jul 2022"])
def test_months(text: str) -> None:
    assert read_month(text) == "2022-07"


def test_a_day_is_no_month_and_a_thirteenth_month_is_refused() -> None:
    assert read_month("5 July 2022") is None
    assert read_month("2022-07-05") is None
    with pytest.raises(UnreadableDateError, match="no such day"):
        read_month("13-2022")


def test_moments_are_told_in_utc() -> None:
    assert read_moment("2022-03-06T22:58:29Z") == "2022-03-06T22:58:29Z"
    assert read_moment("2022-03-07 00:58:29+02:00") == "2022-03-06T22:58:29Z"
    with pytest.raises(UnreadableDateError, match="without its time zone"):
        read_moment("2022-03-06T22:58:29")
    with pytest.raises(UnreadableDateError, match="not a moment"):
        read_moment("noon")


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_day_is_read_back_in_every_style(day: date) -> None:
    assert read_day(day.isoformat()) == day
    assert read_day(f"{day:%B} {day.day}, {day.year}") == day
    assert read_day(f"{day.day} {day:%b} {day.year}") == day
    assert read_day(f"{day.day}/{day.month}/{day.year}", "day first") == day
    assert read_day(f"{day.month}/{day.day}/{day.year}", "month first") == day


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_without_an_order_a_numeric_date_is_right_or_refused(day: date) -> None:
    text = f"{day.day}/{day.month}/{day.year}"
    try:
        assert read_day(text) == day
    except UnreadableDateError:
        assert day.day <= 12
        assert day.day != day.month


@given(st.text(max_size=25))
def test_any_text_is_a_day_or_refused(text: str) -> None:
    with contextlib.suppress(UnreadableDateError):
        assert isinstance(read_day(text), date)
