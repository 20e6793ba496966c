"""Days as people type them."""

import pytest

from analysis.reports.batch.days import read_days
from analysis.reports.parameters import ParameterError


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2022-02-24", ["2022-02-24"]),
        ("2022-02-27..2022-03-01", ["2022-02-27", "2022-02-28", "2022-03-01"]),
        (" 2024-02-28 .. 2024-03-01 ", ["2024-02-28", "2024-02-29", "2024-03-01"]),
        ("2022-02-24..2022-03-10 by 7", ["2022-02-24", "2022-03-03", "2022-03-10"]),
        ("2022-02-24..2022-03-09 by 7", ["2022-02-24", "2022-03-03"]),
        ("2022-03-03,2022-02-24, 2022-03-03", ["2022-03-03", "2022-02-24"]),
        ("2022-03-02..2022-03-03, 2022-03-01..2022-03-02",
         ["2022-03-02", "2022-03-03", "2022-03-01"]),
        ("2022-03-03..2022-03-03 by 100", ["2022-03-03"]),
    ],
)  # fmt: skip
def test_days_are_read(text: str, days: list[str]) -> None:
    assert read_days(text, "x") == days


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", 'x: "" is not a day'),
        ("3 March", 'x: "3 March" are no days; expected days as YYYY-MM-DD, with commas'),
        ("2022-02-30", 'x: there is no day "2022-02-30" in the calendar'),
        ("2022-02-24,", 'x: "" is not a day'),
        ("2022-03-03..2022-02-24", "ends before it begins"),
        ("2022-02-24..2022-03-03 by 0", '"by 0" is no step; expected a number of days'),
        ("2022-02-24..2022-03-03 by -7", '"by -7" is no step'),
        ("2022-02-24..2022-03-03 by week", '"by week" is no step'),
        ("2022-02-24..", 'x: "" is not a day'),
        ("2022-02-24...2022-03-03", '".2022-03-03" are no days'),
        ("1800-01-01..2199-12-31", "more than 100,000 days"),
        ("9999-12-31", "is no day of a report; expected 1800 to 2199"),
    ],
)
def test_what_is_no_day_is_said(text: str, message: str) -> None:
    with pytest.raises(ParameterError) as raised:
        read_days(text, "x")
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)
