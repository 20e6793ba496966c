"""Refugees: measures that never stand for one another, as known on a day."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from analysis.refugees.table import MEASURES, REFUGEES, tabulate_latest_refugees, tabulate_refugees

Make = Callable[..., Path]
COUNT = {
    "source_id": "report-1",
    "locator": "page 1",
    "claimant": "office",
    "as_of": "2023-05-08",
    "origin": "SDN",
    "asylum": "all",
    "measure": "border crossings",
    "wording": "1 million",
    "unit": "people",
    "standard": "registered",
    "status": "stated",
}


def test_the_figures_of_the_article_have_their_bounds(casebook: Path) -> None:
    claims = tabulate_refugees(casebook)
    claims = claims[claims["source_id"] == "ap-2022-03-03"].reset_index(drop=True)
    assert claims["wording"].tolist() == ["1 million", "more than 2%"]
    assert claims[["low", "best", "high"]].astype(object).fillna(-1).to_numpy().tolist() == [
        [1_000_000, 1_000_000, 1_000_000],
        [2, -1, -1],
    ]
    assert claims["low_excluded"].tolist() == [False, True]
    assert claims["counted"].tolist() == [
        "border crossings out of Ukraine",
        "the share of the population of Ukraine that left",
    ]


@pytest.mark.parametrize("day", ["2022-02-25", "2022-03-02"])
def test_a_day_before_any_count_is_empty_with_its_columns(casebook: Path, day: str) -> None:
    claims = tabulate_refugees(casebook, day)
    assert len(claims) == 0
    assert claims.columns.tolist() == tabulate_refugees(casebook).columns.tolist()
    assert len(tabulate_latest_refugees(casebook, day)) == 0


def test_only_people_of_all_countries_and_the_newest_of_each_measure(make_casebook: Make) -> None:
    folder = make_casebook(
        refugees=[
            COUNT,
            COUNT | {"as_of": "2023-05-18", "source_id": "report-2", "wording": "1.2 million"},
            COUNT | {"measure": "refugees recorded", "wording": "800,000"},
            COUNT | {"asylum": "TCD", "wording": "600,000"},
            COUNT | {"measure": "share of population", "unit": "percent", "wording": "2%"},
            COUNT | {"origin": "TCD", "wording": "7"},
            COUNT | {"claimant": "clinic", "wording": "", "status": "not released"},
        ]
    )
    latest = tabulate_latest_refugees(folder, "2023-05-15", origin="SDN")
    assert latest["wording"].fillna("").tolist() == ["1 million", "800,000", ""]
    latest = tabulate_latest_refugees(folder, "2023-05-20", origin="SDN")
    assert latest["wording"].fillna("").tolist() == ["1.2 million", "800,000", ""]
    everything = tabulate_refugees(folder, "2023-05-20", origin="SDN")
    assert len(everything) == 6, "a revised figure stays"
    assert tabulate_refugees(folder, "2023-05-20", origin="TCD")["low"].tolist() == [7]
    assert len(tabulate_refugees(folder, "2023-05-20")) == 0, "nobody left the default country"


@pytest.mark.parametrize("measure", MEASURES)
def test_every_measure_is_named_in_words(make_casebook: Make, measure: str) -> None:
    folder = make_casebook(refugees=[COUNT | {"measure": measure}])
    counted = tabulate_refugees(folder, "2023-06-01", origin="SDN")["counted"].tolist()
    assert "Sudan" in counted[0]
    assert ("crossings" in counted[0]) == ("crossings" in measure)
    assert ("recorded" in counted[0]) == ("recorded" in measure)


def test_the_table_s_series_is_part_of_its_key() -> None:
    assert set(REFUGEES.series) <= set(REFUGEES.key)
    assert pd.Series(REFUGEES.columns).is_unique
