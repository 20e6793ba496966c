"""Refugees over time: totals stated and added up are two lines, measures never one."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from analysis.charts import finish
from analysis.refugees.charts import chart_refugees_over_time
from tests.refugee_rows import read
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
    return read(folder, day).over_time(origin="SDN")


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
    chart = chart_refugees_over_time(tabulate(folder))
    assert chart.title == "Refugees from Sudan recorded: 800,000 (Office, 1 May 2023)"
    assert (
        "Border crossings: 1,200,000 (Office's days added up, 16 April 2023, 6 weeks old)."
        in chart.subtitle
    )
    early = chart_refugees_over_time(tabulate(folder, "2023-04-20"))
    # Nobody said the sum.
    assert early.title == (
        "Border crossings out of Sudan: 1,200,000 (Office's days added up, 16 April 2023)"
    )
    assert "1 million passed on 16 April 2023." in early.subtitle
    assert chart.title in chart.alt
    finish(chart)


def test_before_there_are_daily_figures_the_stated_total_is_the_title(folder: Path) -> None:
    chart = chart_refugees_over_time(tabulate(folder, "2023-04-17"))
    assert chart.title == "Border crossings out of Sudan: 1.1 million (Office, 16 April 2023)"


def test_a_day_with_nothing_is_an_empty_chart(folder: Path) -> None:
    chart = chart_refugees_over_time(tabulate(folder, "2023-04-01"))
    assert len(chart.rows) == 0
    assert chart.title == (
        "The casebook holds no figure of people who left Sudan published by 1 April 2023"
    )
    finish(chart)


def test_figures_since_two_days_and_of_two_groups_are_not_joined(make_casebook: Make) -> None:
    rows = [
        total("2023-05-01", "100", "2023-05-02"),
        total("2023-05-08", "40", "2023-05-09", since="2023-05-01"),
        total("2023-05-08", "30", "2023-05-09", who="children"),
    ]
    made = tabulate(make_casebook(refugees=rows))
    assert sorted(made["series"]) == [
        "Office: border crossings, children, total stated",
        "Office: border crossings, total stated, since 1 May 2023",
        "Office: border crossings, total stated, since 15 April 2023",
    ]


def test_a_chart_draws_the_rows_it_is_given(folder: Path) -> None:
    rows = tabulate(folder)
    chart = chart_refugees_over_time(rows[rows["measure"] == "refugees recorded"])
    assert len(chart.rows) == 1
    assert "crossings out" not in chart.alt + chart.title
