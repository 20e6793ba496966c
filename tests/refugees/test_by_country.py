"""Refugees by country of asylum: the latest figure of each, beside the people who live there."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from analysis.charts import finish
from analysis.refugees.by_country import (
    chart_refugees_by_country,
    chart_refugees_per_thousand_of_host,
    tabulate_refugees_by_country,
)
from tests.conftest import SOURCES
from tests.series import Row, total

Make = Callable[..., Path]
END = "2023-06-01"
LATER: Row = {**SOURCES[0], "source_id": "census", "title": "Census", "published_on": "2023-07-01"}


def people(iso3: str, wording: str, **row: str) -> Row:
    return {
        "source_id": "report-1",
        "locator": f"{iso3} {wording}",
        "claimant": "office",
        "iso3": iso3,
        "country": iso3,
        "year": "2022",
        "edition": "2023-01-01",
        "territory": "as the office delimits it",
        "wording": wording,
        **row,
    }


ROWS = [
    total("2023-05-01", "10000", "2023-05-02", asylum="TCD"),
    total("2023-05-08", "20000", "2023-05-09", asylum="TCD"),
    total("2023-05-08", "at least 50000", "2023-05-09", asylum="EGY"),
    total("2023-05-08", "300", "2023-05-09", asylum="LBY"),
    total("2023-05-08", "70000", "2023-05-09"),
    total("2023-05-08", "9000", "2023-05-09", asylum="TCD", measure="refugees recorded"),
    total("2023-05-08", "4000", "2023-05-09", asylum="ETH", claimant="clinic"),
]
PEOPLE = [
    people("TCD", "10 million"),
    people("TCD", "16000000", source_id="report-2", edition="2023-05-01"),
    people("EGY", "100000000"),
    people("ETH", "120000000"),
    people("LBY", "6000000", source_id="census", edition="2023-07-01"),
]


@pytest.fixture
def folder(make_casebook: Make) -> Path:
    return make_casebook(refugees=ROWS, population=PEOPLE, sources=[*SOURCES, LATER])


def tabulate(folder: Path, day: str = END) -> pd.DataFrame:
    rows = tabulate_refugees_by_country(folder, day, origin="SDN")
    return rows.set_index(["asylum", "measure"])


def test_the_latest_claim_of_each_country_and_measure(folder: Path) -> None:
    rows = tabulate(folder)
    assert rows["low"].to_dict() == {
        ("TCD", "border crossings"): 20_000,
        ("EGY", "border crossings"): 50_000,
        ("LBY", "border crossings"): 300,
        ("TCD", "refugees recorded"): 9_000,
        ("ETH", "border crossings"): 4_000,
    }
    assert rows["country"].tolist() == ["Chad", "Egypt", "Libya", "Chad", "Ethiopia"]
    assert tabulate(folder, "2023-05-05")["low"].tolist() == [10_000]


def test_the_denominator_is_the_newest_that_was_known(folder: Path) -> None:
    before, after = (
        tabulate(folder, day).loc[("TCD", "border crossings")]
        for day in ("2023-05-19", "2023-05-20")
    )
    assert before["population"] == "10 million"
    assert after["population"] == "16,000,000"
    assert after["per_thousand_best"] == pytest.approx(1.25)
    assert (before["known"], after["known"]) == (True, True)


def test_a_population_published_later_is_told(folder: Path) -> None:
    row = tabulate(folder).loc[("LBY", "border crossings")]
    assert not row["known"]
    assert row["per_thousand_best"] == pytest.approx(0.05)


def test_an_open_end_stays_open_for_a_thousand(folder: Path) -> None:
    row = tabulate(folder).loc[("EGY", "border crossings")]
    assert row["per_thousand_low"] == pytest.approx(0.5)
    assert pd.isna(row["per_thousand_high"])


def test_a_country_without_a_population_has_no_ratio(make_casebook: Make) -> None:
    folder = make_casebook(refugees=ROWS)
    rows = tabulate_refugees_by_country(folder, END, origin="SDN")
    assert rows["per_thousand_low"].isna().all()
    assert len(chart_refugees_per_thousand_of_host(folder, END, origin="SDN").rows) == 0


def test_claimants_stand_apart_and_each_has_its_largest_first(folder: Path) -> None:
    chart = chart_refugees_by_country(folder, END, origin="SDN", measure="border crossings")
    assert chart.rows["country"].tolist() == ["Egypt", "Chad", "Libya", "Ethiopia"]
    assert chart.title == (
        "Border crossings, says Office: at least 50,000 in Egypt, 20,000 in Chad and 300 in "
        "Libya; as known on 1 June 2023"
    )
    assert chart.rows["wording"].tolist()[0] == "at least 50,000"
    finish(chart)


def test_only_so_many_countries_and_the_chart_says_so(folder: Path) -> None:
    chart = chart_refugees_by_country(folder, END, origin="SDN", measure="border crossings", most=1)
    assert chart.rows["country"].tolist() == ["Egypt", "Ethiopia"]
    assert "2 of 4 countries, the largest" in chart.subtitle


def test_measures_are_never_mixed_and_the_newest_is_chosen(folder: Path) -> None:
    chart = chart_refugees_by_country(folder, END, origin="SDN")
    assert set(chart.rows["measure"]) == {"refugees recorded"}, "equally new, and recorded"
    early = chart_refugees_by_country(folder, "2023-05-05", origin="SDN")
    assert set(early.rows["measure"]) == {"border crossings"}
    with pytest.raises(ValueError, match=r'^measure: "people" is not one of: border crossings'):
        chart_refugees_by_country(folder, END, origin="SDN", measure="people")


def test_for_a_thousand_of_the_host_names_the_denominator(folder: Path) -> None:
    chart = chart_refugees_per_thousand_of_host(
        folder, END, origin="SDN", measure="border crossings"
    )
    wording = dict(zip(chart.rows["country"], chart.rows["wording"], strict=True))
    assert wording == {
        "Chad": "1.2",
        "Egypt": "at least 0.5",
        "Libya": "0.05",
        "Ethiopia": "0.03",
    }
    details = dict(zip(chart.rows["country"], chart.rows["detail"], strict=True))
    assert "Office 2022, edition of 1 May 2023" in details["Chad"]
    assert "(published later)" in details["Libya"]
    finish(chart)


def test_a_day_with_nothing(folder: Path) -> None:
    for chart in (chart_refugees_by_country, chart_refugees_per_thousand_of_host):
        chart = chart(folder, "2023-04-01", origin="SDN")
        assert len(chart.rows) == 0
        assert chart.title.startswith(
            "The casebook holds no figure by country of people from Sudan published by 1 April 2023"
        )
        finish(chart)
