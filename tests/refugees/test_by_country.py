"""Refugees by country of asylum: the latest figure of each, beside the people who live there."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from analysis.charts import Chart, finish
from analysis.charts.finish import cite
from analysis.refugees.charts import chart_refugees_by_country
from analysis.refugees.population_charts import chart_refugees_per_thousand_of_host
from tests.conftest import SOURCES
from tests.refugee_rows import people, read
from tests.series import Row, total

Make = Callable[..., Path]
END = "2023-06-01"
LATER: Row = {**SOURCES[0], "source_id": "census", "title": "Census", "published_on": "2023-07-01"}


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
    rows = read(folder, day).by_country(origin="SDN", measure="all")
    return rows.set_index(["asylum", "measure"])


def chart(folder: Path, day: str = END, measure: str = "", **options: int) -> Chart:
    rows = read(folder, day).by_country(origin="SDN", measure=measure)
    return chart_refugees_by_country(rows, **options)


def chart_hosts(folder: Path, day: str = END, measure: str = "") -> Chart:
    rows = read(folder, day).per_thousand(origin="SDN", measure=measure)
    return chart_refugees_per_thousand_of_host(rows)


def test_the_latest_claim_of_each_country_and_measure(folder: Path) -> None:
    rows = tabulate(folder)
    assert rows["low"].to_dict() == {
        ("TCD", "border crossings"): 20_000,
        ("EGY", "border crossings"): 50_000,
        ("LBY", "border crossings"): 300,
        ("TCD", "refugees recorded"): 9_000,
        ("ETH", "border crossings"): 4_000,
    }
    assert rows["asylum_name"].tolist() == ["Egypt", "Chad", "Libya", "Ethiopia", "Chad"]
    assert tabulate(folder, "2023-05-05")["low"].tolist() == [10_000]


def test_the_denominator_is_the_newest_that_was_known(folder: Path) -> None:
    before, after = (
        tabulate(folder, day).loc[("TCD", "border crossings")]
        for day in ("2023-05-19", "2023-05-20")
    )
    assert before["population_wording"] == "10 million"
    assert after["population_wording"] == "16,000,000"
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
    assert tabulate(folder)["per_thousand_low"].isna().all()
    nothing = chart_hosts(folder)
    assert len(nothing.rows) == 0
    assert "no population figure of the countries of asylum; it holds" in nothing.alt


def test_claimants_stand_apart_and_each_has_its_largest_first(folder: Path) -> None:
    drawn = chart(folder, measure="border crossings")
    assert drawn.rows["label"].tolist() == ["Egypt", "Chad", "Libya", "Ethiopia"]
    assert drawn.title == (
        "Border crossings out of Sudan into Egypt: at least 50,000 (Office, 8 May 2023)"
    )
    assert "Also Chad: 20,000 (Office, 8 May 2023); Libya: 300 (Office" in drawn.subtitle
    assert drawn.rows["wording"].tolist()[0] == "at least 50,000"
    finish(drawn)


def test_a_ceiling_is_ordered_by_its_end(make_casebook: Make) -> None:
    rows = [
        total("2023-05-08", "300", "2023-05-09", asylum="LBY"),
        total("2023-05-08", "up to 900", "2023-05-09", asylum="TCD"),
        total("2023-05-08", "500", "2023-05-09", asylum="EGY"),
    ]
    ordered = tabulate(make_casebook(refugees=rows))
    assert ordered["asylum_name"].tolist() == ["Chad", "Egypt", "Libya"]


def test_a_title_takes_a_fresh_figure_and_an_old_one_has_its_age(make_casebook: Make) -> None:
    rows = [
        total("2023-05-08", "300", "2023-05-09", asylum="LBY"),
        total("2023-08-08", "200", "2023-08-09", asylum="TCD"),
    ]
    drawn = chart(make_casebook(refugees=rows), "2023-08-10")
    assert drawn.title == "Border crossings out of Sudan into Chad: 200 (Office, 8 August 2023)"
    assert drawn.rows["detail"].tolist()[0] == "Office, 8 May 2023, 3 months old"


def test_only_so_many_countries_and_the_chart_says_so(folder: Path) -> None:
    drawn = chart(folder, measure="border crossings", most=1)
    assert drawn.rows["label"].tolist() == ["Egypt", "Ethiopia"]
    assert "2 of 4" in drawn.subtitle


def test_measures_are_never_mixed_and_the_newest_is_chosen(folder: Path) -> None:
    assert set(chart(folder).rows["measure"]) == {"refugees recorded"}, "equally new, and recorded"
    assert set(chart(folder, "2023-05-05").rows["measure"]) == {"border crossings"}
    with pytest.raises(ValueError, match=r'^measure: "people" is not one of: border crossings'):
        chart(folder, measure="people")


def test_for_a_thousand_of_the_host_names_who_counted_and_whose_population(folder: Path) -> None:
    drawn = chart_hosts(folder, measure="border crossings")
    wording = dict(zip(drawn.rows["label"], drawn.rows["wording"], strict=True))
    assert wording == {
        "Chad": "1.2",
        "Egypt": "at least 0.5",
        "Libya": "0.05",
        "Ethiopia": "0.03",
    }
    details = dict(zip(drawn.rows["label"], drawn.rows["detail"], strict=True))
    assert "Office 2022, edition of 1 May 2023" in details["Chad"]
    assert "(published later)" in details["Libya"]
    assert drawn.title.startswith(
        "Border crossings per 1,000 inhabitants of Chad: 1.2 (Office, 8 May"
    )
    assert drawn.title.endswith("population: Office)")
    finish(drawn)


def test_a_population_published_later_is_in_the_title_and_the_alt_text(folder: Path) -> None:
    drawn = chart_hosts(folder, "2023-05-09", measure="border crossings")
    libya = drawn.rows[drawn.rows["label"] == "Libya"]
    only = chart_refugees_per_thousand_of_host(libya.assign(wording=libya["people"]))
    assert "published later" in only.title
    assert only.title in only.alt
    assert len(only.title) <= 90


def test_the_footer_of_a_ratio_cites_the_population_and_that_of_a_count_does_not(
    make_casebook: Make,
) -> None:
    folder = make_casebook(
        refugees=ROWS, population=[people("TCD", "10 million", claimant="clinic")]
    )
    rows = read(folder, END).by_country(origin="SDN", measure="refugees recorded")
    assert "Field Clinic" not in cite(chart_refugees_by_country(rows).rows)
    assert "Field Clinic" in cite(chart_refugees_per_thousand_of_host(rows).rows)


def test_a_day_with_nothing(folder: Path) -> None:
    for drawn in (chart(folder, "2023-04-01"), chart_hosts(folder, "2023-04-01")):
        assert len(drawn.rows) == 0
        assert "he casebook holds no figure of people from Sudan by country of" in drawn.title
        finish(drawn)
