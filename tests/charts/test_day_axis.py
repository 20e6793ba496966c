"""The axis of days: labels that stand side by side, for three days as for four years."""

import pandas as pd
import pytest

from analysis.charts.days import draw_day_axis, set_days
from analysis.charts.room import take_room

from .drawing import new_axes, texts


def labels(days: int, start: str = "2022-02-24", width: float = 500.0) -> list[str]:
    first = (pd.Timestamp(start) - pd.Timestamp("1970-01-01")).days
    ax = new_axes()
    take_room(ax, 100)
    set_days(ax, first, first + days)
    draw_day_axis(ax, first, first + days, width, 0)
    return texts(ax)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, ["24 Feb", "2022"]),
        (2, ["24 Feb", "2022", "25 Feb", "26 Feb"]),
        (30, ["28 Feb", "2022", "7 Mar", "14 Mar", "21 Mar"]),
        (330, ["Mar", "2022", "Apr", "May"]),
        (1600, ["Jul", "2022", "Jan", "2023", "Jul"]),
        (9000, ["2024", "2026", "2028"]),
    ],
)
def test_the_finest_ticks_that_have_room(days: int, said: list[str]) -> None:
    assert labels(days)[: len(said)] == said


@pytest.mark.parametrize("days", [0, 1, 5, 17, 43, 90, 181, 400, 900, 2000, 20_000])
@pytest.mark.parametrize("width", [60.0, 250.0, 900.0])
def test_there_is_always_a_label_and_each_year_stands_once(days: int, width: float) -> None:
    said = labels(days, width=width)
    assert said
    years = [label for label in said if label.isdigit()]
    assert years == sorted(set(years))
