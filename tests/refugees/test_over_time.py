"""Refugees over time: totals stated and added up are two lines, measures never one."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from analysis.charts import finish
from analysis.refugees.over_time import (
    chart_refugees_over_time,
    tabulate_refugees_over_time,
    write_refugees_over_time,
)
from tests.series import break_on, crossing, total

Make = Callable[..., Path]
END = "2023-06-01"
ROWS = [
    crossing("2023-04-15", "900000", "2023-04-18"),
    crossing("2023-04-16", "300000", "2023-04-18"),
    crossing("2023-04-16", "50000", "2023-04-18", asylum="TCD"),
    total("2023-04-16", "1.1 million", "2023-04-17"),
    total("", "1.3 million", "2023-04-19"),
    total("2023-04-20", "at least 20", "2023-04-21", asylum="TCD"),
    total("2023-05-01", "800000", "2023-05-02", since="", measure="refugees recorded"),
    total("2023-05-01", "2%", "2023-05-02", measure="share of population", unit="percent"),
]


@pytest.fixture
def folder(make_casebook: Make) -> Path:
    return make_casebook(refugees=ROWS, breaks=[break_on("2023-04-18", clock="day known")])


def tabulate(folder: Path, day: str = END) -> pd.DataFrame:
    return tabulate_refugees_over_time(folder, day, origin="SDN")


def test_each_series_is_whose_figures_of_what(folder: Path) -> None:
    rows = tabulate(folder)
    assert rows[["series", "worked_out", "low"]].to_numpy().tolist() == [
        ["Office: border crossings, days added up", True, 900_000],
        ["Office: border crossings, days added up", True, 1_200_000],
        ["Office: border crossings, total stated", False, 1_100_000],
        ["Office: border crossings, total stated", False, 1_300_000],
        ["Office: refugees recorded", False, 800_000],
    ]
    assert rows["counted_to"].dt.day.tolist() == [15, 16, 16, 19, 1]


def test_as_known_on_a_day(folder: Path) -> None:
    assert tabulate(folder, "2023-04-17")["wording"].tolist() == ["1.1 million"]
    assert len(tabulate(folder, "2023-04-18")) == 3
    empty = tabulate(folder, "2023-04-16")
    assert len(empty) == 0
    assert {"series", "segment", "counted_to"} <= set(empty.columns)


def test_breaks_go_with_the_series(folder: Path) -> None:
    rows = tabulate(folder)
    stated = rows[rows["series"].str.endswith("stated")]
    assert stated["segment"].tolist() == [0, 1]
    assert rows[rows["measure"] == "refugees recorded"]["segment"].tolist() == [0]


def test_the_title_has_the_total_and_the_last_million_passed(folder: Path) -> None:
    chart = chart_refugees_over_time(folder, END, origin="SDN")
    assert chart.title == (
        "Office's daily figures add up to 1,200,000 border crossings out of Sudan by 16 April "
        "2023; 1 million passed on 16 April 2023; 800,000 refugees recorded (Office, 1 May 2023); "
        "as known on 1 June 2023"
    )
    assert "Break on 18 April 2023: all arrivals from here on." in chart.alt
    finish(chart)


def test_before_there_are_daily_figures_the_stated_total_is_the_title(folder: Path) -> None:
    chart = chart_refugees_over_time(folder, "2023-04-17", origin="SDN")
    assert chart.title == (
        "1.1 million border crossings out of Sudan (Office, 16 April 2023); as known on "
        "17 April 2023"
    )


def test_a_day_with_nothing_is_an_empty_chart(folder: Path) -> None:
    chart = chart_refugees_over_time(folder, "2023-04-01", origin="SDN")
    assert len(chart.rows) == 0
    assert (
        chart.title
        == "The casebook holds no total of people who left Sudan published by 1 April 2023"
    )
    finish(chart)


def test_the_last_figure_of_each_series_in_words(folder: Path) -> None:
    said = write_refugees_over_time(tabulate(folder))
    assert said[0] == (
        "The Relief Office recorded 1,200,000 border crossings out of Sudan from 15 April to "
        "16 April 2023."
    )
    assert len(said) == 3
