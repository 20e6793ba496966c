"""Running totals: daily figures added up, as they were known; a missing day leaves them open."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from analysis.charts import finish
from analysis.refugees.charts import (
    chart_revisions_of_running_total,
)
from analysis.refugees.running_totals import find_day_passed
from tests.refugee_rows import read
from tests.series import Row, crossing, total

Make = Callable[..., Path]
THREE_DAYS = [
    crossing("2023-04-15", "100", "2023-04-18"),
    crossing("2023-04-16", "200", "2023-04-18"),
    crossing("2023-04-17", "300", "2023-04-18"),
]


def add(make: Make, rows: list[Row], day: str = "2023-06-01") -> pd.DataFrame:
    return read(make(refugees=rows), day).running_total(origin="SDN")


def ends(totals: pd.DataFrame) -> list[list[float]]:
    return totals[["low", "best", "high"]].astype(object).fillna(-1).to_numpy().tolist()


def test_days_are_added_up(make_casebook: Make) -> None:
    totals = add(make_casebook, THREE_DAYS)
    assert totals["low"].tolist() == [100, 300, 600]
    assert ends(totals) == [[n, n, n] for n in (100, 300, 600)]
    assert totals["wording"].tolist() == ["100", "300", "600"]
    assert totals["in_one_day"].tolist() == [100, 200, 300]
    assert set(totals["since"]) == {pd.Timestamp("2023-04-15")}
    assert totals["as_of"].dt.day.tolist() == [15, 16, 17]
    assert set(totals["measure"]) == {"border crossings"}
    assert set(totals["counted"]) == {"border crossings out of Sudan"}
    assert set(totals["qualifier"]) == {"exact"}


def test_a_revised_day_counts_as_it_was_known(make_casebook: Make) -> None:
    folder = make_casebook(
        refugees=[*THREE_DAYS, crossing("2023-04-16", "150", "2023-04-20", locator="later")]
    )
    before, after = (
        read(folder, day).running_total(origin="SDN") for day in ("2023-04-19", "2023-04-20")
    )
    assert before["low"].tolist() == [100, 300, 600]
    assert after["low"].tolist() == [100, 250, 550]
    assert before["published_on"].dt.day.tolist() == [18, 18, 18]
    assert after["published_on"].dt.day.tolist() == [18, 20, 20], "the newest edition in the sum"
    assert len(read(folder, "2023-04-17").running_total(origin="SDN")) == 0


def test_two_editions_of_one_day_stand_in_their_order(make_casebook: Make) -> None:
    rows = [
        crossing("2023-04-15", "100", "2023-04-18", locator="at noon"),
        crossing("2023-04-15", "90", "2023-04-18", locator="at night"),
    ]
    assert add(make_casebook, rows)["low"].tolist() == [90]


def test_a_day_without_a_figure_leaves_the_total_open(make_casebook: Make) -> None:
    totals = add(make_casebook, [THREE_DAYS[0], THREE_DAYS[2]])
    assert totals["missing_days"].tolist() == [0, 1]
    assert ends(totals) == [[100, 100, 100], [400, -1, -1]]
    assert totals["wording"].tolist() == ["100", "at least 400"]


def test_a_withdrawn_day_is_a_missing_day(make_casebook: Make) -> None:
    gone = crossing("2023-04-16", "200", "2023-04-19", status="withdrawn", locator="later")
    totals = add(make_casebook, [*THREE_DAYS, gone])
    assert totals["low"].tolist() == [100, 400]
    assert totals["wording"].tolist()[-1] == "at least 400"


def test_bounds_are_added_and_an_open_end_stays_open(make_casebook: Make) -> None:
    rows = [
        crossing("2023-04-15", "100 to 150", "2023-04-18"),
        crossing("2023-04-16", "10", "2023-04-18"),
        crossing("2023-04-17", "at least 5", "2023-04-18"),
        crossing("2023-04-18", "1", "2023-04-18"),
    ]
    totals = add(make_casebook, rows)
    assert ends(totals) == [[100, -1, 150], [110, -1, 160], [115, -1, -1], [116, -1, -1]]
    assert totals["wording"].tolist() == [
        "100 to 150",
        "110 to 160",
        "at least 115",
        "at least 116",
    ]
    assert totals["qualifier"].tolist() == ["range", "range", "at least", "at least"]


def test_countries_and_claimants_are_never_added(make_casebook: Make) -> None:
    rows = [
        *THREE_DAYS,
        crossing("2023-04-15", "40", "2023-04-18", asylum="TCD"),
        crossing("2023-04-15", "7", "2023-04-18", claimant="clinic"),
        total("2023-04-17", "999", "2023-04-18"),
    ]
    totals = add(make_casebook, rows)
    last = totals.groupby(["claimant", "asylum"])["low"].last().to_dict()
    assert last == {("clinic", "all"): 7, ("office", "TCD"): 40, ("office", "all"): 600}


def test_the_total_through_a_day_by_day_of_publication(make_casebook: Make) -> None:
    rows = [
        *THREE_DAYS,
        crossing("2023-04-18", "50", "2023-04-19"),  # no part of the total through the 17th
        crossing("2023-04-16", "140", "2023-04-20", locator="second"),
        crossing("2023-04-16", "260", "2023-04-25", locator="third"),
    ]
    folder = make_casebook(refugees=rows)
    table = read(folder, "2023-05-01").running_total_revisions("2023-04-17", origin="SDN")
    assert table["published_on"].dt.day.tolist() == [18, 20, 25]
    assert table["low"].tolist() == [600, 540, 660]
    assert table["change"].fillna(0).tolist() == [0, -60, 120]
    assert table["change_percent"].tolist() == [0, -10, 10]
    known = read(folder, "2023-04-20").running_total_revisions("2023-04-17", origin="SDN")
    assert known["low"].tolist() == [600, 540], "as known on a day"
    usual = read(folder, "2023-05-01").running_total_revisions(origin="SDN")
    assert set(usual["as_of"].dt.day) == {16}, "the last day that was counted anew"
    early = read(folder, "2023-05-01").running_total_revisions("2023-04-30", origin="SDN")
    assert "through 30 April 2023" in early.attrs["absent"]
    assert len(early) == 0, "the day has no figure yet"
    assert {"change", "change_percent"} <= set(early.columns)


def test_a_threshold_is_passed_on_the_first_day_that_is_necessarily_there(
    make_casebook: Make,
) -> None:
    totals = add(make_casebook, THREE_DAYS)
    assert find_day_passed(totals, 300) == pd.Timestamp("2023-04-16")
    assert find_day_passed(totals, 301) == pd.Timestamp("2023-04-17")
    assert find_day_passed(totals, 601) is None


def test_no_daily_figures_give_an_empty_table_with_its_columns(make_casebook: Make) -> None:
    empty = add(make_casebook, [total("2023-04-17", "999", "2023-04-18")])
    assert len(empty) == 0
    assert {"in_one_day", "missing_days", "low", "wording", "since"} <= set(empty.columns)


def test_the_chart_of_revisions_says_the_first_and_the_last_total(make_casebook: Make) -> None:
    later = crossing("2023-04-16", "150", "2023-04-20", locator="later")
    folder = make_casebook(refugees=[*THREE_DAYS, later])
    rows = read(folder, "2023-06-01").running_total_revisions("2023-04-16", origin="SDN")
    chart = chart_revisions_of_running_total(rows)
    assert chart.title == (
        "Office's border crossings through 16 April 2023: 300 at first, 250 after 1 revision"
    )
    assert len(chart.title) <= 90
    finish(chart)
    early = read(folder, "2023-04-01").running_total_revisions("2023-04-16", origin="SDN")
    finish(chart_revisions_of_running_total(early))
