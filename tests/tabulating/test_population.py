"""Populations worked out to four digits: the range says so."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.bounds import read_wording
from analysis.tabulating.population import make_population_rows, say_to_digits

from .frames import make_frame, say


@pytest.mark.parametrize(
    ("people", "said"),
    [
        (41_047_912.0, "41050000 (41040000 to 41060000)"),
        (40_000_499.0, "40000000 (39990000 to 40010000)"),
        (10_390.4, "10390 (10380 to 10400)"),
        (9_999.6, "10000 (9999 to 10001)"),
        (800.0, "800 (799 to 801)"),
        (0.0, "0 (0 to 1)"),
    ],
)
def test_say_to_digits(people: float, said: str) -> None:
    assert say_to_digits(people) == said


@given(st.floats(min_value=1, max_value=2e9))
def test_the_range_holds_the_figure(people: float) -> None:
    bounds = read_wording(say_to_digits(people))
    assert bounds.low is not None
    assert bounds.high is not None
    assert bounds.low <= people <= bounds.high
    assert bounds.high - bounds.low <= max(people * 0.0021, 2)


def test_member_states_only_and_names_as_in_the_casebook() -> None:
    frame = make_frame(
        ("iso3", "year", "variant"),
        ("TUR", 2022, "estimate"),
        ("TUR", 2019, "estimate"),
        ("TWN", 2022, "estimate"),
        ("TUR", 2021, "median"),
        ("DEU", 2021, "estimate"),
    ).assign(population=pd.array([84e6, 83e6, 23e6, 84e6, 83_196_078.4], dtype="Float64"))
    rows = make_population_rows(frame.astype({"year": "Int64"}))
    assert say(rows, "area", "country", "year", "edition") == [
        ("DEU", "Germany", "2021", "2025-06-23"),
        ("TUR", "Turkey", "2022", "2025-06-23"),
    ]
