"""Displaced people: area, group and first day name a series; a region is no country."""

from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.charts import finish
from analysis.refugees.charts import chart_displaced_by_source, chart_displaced_over_time
from tests.refugee_rows import displaced, read

Make = Callable[..., Path]

#: In all, and since the fighting began: one claimant, two series.
TWO_SERIES = [
    displaced("SDN", "10,095,054"),
    displaced("SDN", "7,262,187", "2023-04-28", since="2023-04-15", locator="since April"),
    displaced("SDN", "9,000,000", "2023-04-20", locator="round 1"),
    displaced("SDN", "6,000,000", "2023-04-20", since="2023-04-15", locator="round 1, since"),
]


def test_the_noun_names_the_area_and_the_group(make_casebook: Make) -> None:
    rows = [
        displaced("SDN", "900"),
        displaced("darfur", "around 300", who="children"),
        displaced("darfur", "200", measure="internally displaced, by origin", locator="origin"),
    ]
    folder = make_casebook(displaced=rows)
    claims = read(folder, "2023-05-10").displaced("darfur")
    assert claims["counted"].tolist() == [
        "internally displaced children in Darfur",
        "internally displaced people from Darfur",
    ]
    assert read(folder, "2023-05-10").displaced()["wording"].tolist() == ["900"], (
        "no region stands beside its country"
    )


def test_regions_stand_where_nobody_counts_the_country(make_casebook: Make) -> None:
    folder = make_casebook(displaced=[displaced("darfur", "7"), displaced("khartoum", "8")])
    assert read(folder, "2023-05-10").displaced()["area"].tolist() == ["darfur", "khartoum"]


def test_only_what_was_known(make_casebook: Make) -> None:
    later = displaced("SDN", "1000", "2023-05-15", source_id="report-2")
    folder = make_casebook(displaced=[displaced("SDN", "900"), later])
    assert read(folder, "2023-05-19").displaced()["wording"].tolist() == ["900"]
    assert read(folder, "2023-05-20").displaced_by_source()["wording"].tolist() == ["1,000"]
    empty = read(folder, "2023-05-09")
    for chart in (
        chart_displaced_by_source(empty.displaced_by_source()),
        chart_displaced_over_time(empty.displaced_over_time()),
    ):
        assert len(chart.rows) == 0
        assert "he casebook holds no figure of internally displaced people" in chart.title
        finish(chart)


def test_displaced_since_two_days_are_two_series(make_casebook: Make) -> None:
    refugees = read(make_casebook(displaced=TWO_SERIES), "2023-05-10")
    latest = refugees.displaced_by_source()
    assert latest["wording"].tolist() == ["10,095,054", "7,262,187"]
    chart = chart_displaced_by_source(latest)
    assert chart.title == "Internally displaced people in Sudan: 10,095,054 (Office, 1 May 2023)"
    assert (
        "Internally displaced people in Sudan since 15 April 2023: 7,262,187 (Office"
        in chart.subtitle
    )
    over_time = refugees.displaced_over_time()
    assert over_time.groupby("series")["low"].apply(list).to_dict() == {
        "Office: internally displaced people in Sudan": [9_000_000, 10_095_054],
        "Office: internally displaced people in Sudan, since 15 April 2023": [6_000_000, 7_262_187],
    }
    finish(chart_displaced_over_time(over_time))


def test_two_figures_of_one_document_stand_both(make_casebook: Make) -> None:
    rows = [displaced("SDN", "up to 900"), displaced("SDN", "500 to 700")]
    assert len(read(make_casebook(displaced=rows), "2023-05-10").displaced()) == 2


def test_a_chart_draws_the_rows_it_is_given(make_casebook: Make) -> None:
    rows = [displaced("SDN", "900"), displaced("SDN", "400", claimant="clinic")]
    latest = read(make_casebook(displaced=rows), "2023-05-10").displaced_by_source()
    chart = chart_displaced_by_source(latest[latest["claimant"] == "clinic"])
    assert chart.title == "Internally displaced people in Sudan: 400 (Clinic, 1 May 2023)"
    assert "Office" not in chart.alt + chart.subtitle


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ({"measure": "displaced"}, "one of: internally displaced, by location"),
        ({"wording": ""}, "a figure, or the status"),
        ({"as_of": "2023-05-11"}, "a last day counted not after the day it was published"),
        ({"area": ""}, "this cell may not be empty"),
    ],
)
def test_faults_are_found(
    make_casebook: Make,
    find_errors: Callable[[Path], list[object]],
    fault: dict[str, str],
    message: str,
) -> None:
    folder = make_casebook(displaced=[{**displaced("SDN", "900"), **fault}])
    (error,) = find_errors(folder)
    assert message in str(error)
    assert "displaced.csv, row 2" in str(error)
