"""Charts of refugees against population: titles that claim no more than the rows."""

from collections.abc import Callable
from pathlib import Path

import pytest

from analysis import open_casebook
from analysis.charts import Chart, finish
from analysis.charts.finish import cite
from analysis.refugees.population_charts import (
    chart_refugees_against_population,
    chart_refugees_per_thousand,
)
from tests.refugee_rows import COUNT, SUDAN, displaced, people, read

Make = Callable[..., Path]
PEOPLE = SUDAN | {"wording": "40 million"}
DAY = "2023-05-15"


def test_a_title_spans_the_denominators_of_one_claimant_and_no_others(make_casebook: Make) -> None:
    folder = make_casebook(
        refugees=[COUNT, COUNT | {"claimant": "clinic", "wording": "2 million"}],
        population=[PEOPLE, PEOPLE | {"year": "2021", "wording": "20 million"}],
    )
    chart = chart_refugees_per_thousand(read(folder, DAY).against_population("SDN"))
    # 1 million of 40 and of 20 million: 25 and 50 of 1,000; the clinic's would be up to 100.
    assert chart.title == (
        "1 million border crossings (Office, 8 May): 25.0 to 50.0 per 1,000 inhabitants (Office)"
    )
    assert "as known on 15 May 2023" in chart.subtitle
    assert len(chart.rows) == 4


@pytest.mark.parametrize(
    ("status", "mark"),
    [
        ("unverified", ", unverified)"),
        ("disputed", ", disputed)"),
        ("withdrawn", ", withdrawn)"),
    ],
)
def test_a_title_marks_a_doubtful_count(make_casebook: Make, status: str, mark: str) -> None:
    folder = make_casebook(refugees=[COUNT | {"status": status}], population=[PEOPLE])
    chart = chart_refugees_against_population(read(folder, DAY).against_population("SDN"))
    assert mark in chart.title
    assert len(chart.title) <= 90


@pytest.mark.parametrize("make", [chart_refugees_against_population, chart_refugees_per_thousand])
def test_a_day_before_any_claim_says_so(make_casebook: Make, make: Callable[..., Chart]) -> None:
    folder = make_casebook(refugees=[COUNT], population=[PEOPLE])
    chart = make(read(folder, "2023-05-09").against_population("SDN"))
    assert chart.title.endswith(
        "he casebook holds no figure of people who left Sudan published by 9 May 2023"
    )
    finish(chart)


def test_titles_of_one_page_go_by_the_figures_known_on_the_day(make_casebook: Make) -> None:
    later = people("SDN", "10 million", source_id="report-2", claimant="clinic")
    folder = make_casebook(refugees=[COUNT], population=[PEOPLE, later])
    shares = read(folder, DAY).against_population("SDN")
    scale, thousand = chart_refugees_against_population(shares), chart_refugees_per_thousand(shares)
    assert ": 2.5% of the population (Office)" in scale.title
    assert ": 25.0 per 1,000 inhabitants (Office)" in thousand.title
    assert "Clinic" not in cite(scale.rows) + scale.title + scale.alt, "not drawn, not named"
    assert "1 population figure is not drawn" in scale.subtitle
    assert "Clinic" not in cite(thousand.rows) + thousand.title, "not drawn, not named"
    assert "1 population figure is not drawn" in thousand.subtitle


def test_a_population_published_later_is_said_in_the_title(make_casebook: Make) -> None:
    folder = make_casebook(refugees=[COUNT], population=[PEOPLE | {"source_id": "report-2"}])
    shares = read(folder, DAY).against_population("SDN")
    for make in (chart_refugees_against_population, chart_refugees_per_thousand):
        chart = make(shares)
        assert "published later" in chart.title
        assert len(chart.title) <= 90
        assert "published later" in chart.alt


def test_displaced_people_stand_beside_the_population_of_their_area(make_casebook: Make) -> None:
    folder = make_casebook(
        displaced=[displaced("darfur", "1.1 million", "2023-05-08")],
        population=[people("darfur", "2.2 million")],
    )
    chart = chart_refugees_against_population(read(folder, DAY).against_population())
    assert ": 50.0% of the population (Office)" in chart.title
    assert chart.rows["label"].tolist()[0] == "Population of Darfur: Office"
    finish(chart)


def test_the_title_speaks_of_the_newest_count_known() -> None:
    rows = open_casebook(as_of="2022-03-30").refugees.against_population()
    title = chart_refugees_against_population(rows).title
    assert title.startswith("4,019,287 border crossings (UNHCR, 30 March 2022): 9.1 to 10.9%")


def test_a_projection_for_a_part_of_the_world_says_for_which() -> None:
    rows = open_casebook(as_of="2022-03-30").refugees.against_population()
    chart = chart_refugees_against_population(rows)
    planned = chart.rows[chart.rows["kind"] == "projection"].set_index("wording")["detail"]
    assert planned["five million"].startswith("to the European Union; no day stated")
    assert planned["as many as 5 million"].startswith("no day stated")


def test_crossings_are_called_movements_where_they_are_set_against_people() -> None:
    rows = open_casebook(as_of="2022-03-30").refugees.against_population()
    said = "Border crossings are movements: a person may be counted twice."
    for make in (chart_refugees_against_population, chart_refugees_per_thousand):
        assert said in make(rows).subtitle
        assert said not in make(rows[rows["measure"] != "border crossings"]).subtitle
