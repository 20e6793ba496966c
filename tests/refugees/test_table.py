"""Refugees: measures that never stand for one another, as known on a day."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from analysis.refugees.table import MEASURES, REFUGEES
from tests.refugee_rows import COUNT, read

Make = Callable[..., Path]


def test_the_figures_of_the_article_have_their_bounds(casebook: Path) -> None:
    claims = read(casebook, "2022-03-03").claims(origin="UKR")
    claims = claims[claims["source_id"] == "ap-2022-03-03"].reset_index(drop=True)
    assert claims["wording"].tolist() == ["1 million", "more than 2%"]
    assert claims[["low", "best", "high"]].astype(object).fillna(-1).to_numpy().tolist() == [
        [1_000_000, 1_000_000, 1_000_000],
        [2, -1, -1],
    ]
    assert claims["low_excluded"].tolist() == [False, True]
    assert claims["counted"].tolist() == [
        "people who fled Ukraine",
        "the share of the population of Ukraine that left",
    ]


@pytest.mark.parametrize("day", ["2022-02-25", "2022-03-02"])
def test_a_day_before_any_count_is_empty_with_its_columns(casebook: Path, day: str) -> None:
    claims = read(casebook, day).claims(origin="UKR")
    assert len(claims) == 0
    assert (
        claims.columns.tolist()
        == read(casebook, "2022-03-03").claims(origin="UKR").columns.tolist()
    )
    assert len(read(casebook, day).latest(origin="UKR")) == 0


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
    latest = read(folder, "2023-05-15").latest(origin="SDN")
    assert latest["wording"].fillna("").tolist() == ["1 million", "800,000", ""]
    latest = read(folder, "2023-05-20").latest(origin="SDN")
    assert latest["wording"].fillna("").tolist() == ["1.2 million", "800,000", ""]
    everything = read(folder, "2023-05-20").claims(origin="SDN")
    assert len(everything) == 6, "a revised figure stays"
    assert read(folder, "2023-05-20").claims(origin="TCD")["low"].tolist() == [7]
    with pytest.raises(ValueError, match=r"^origin: none was given"):
        read(folder, "2023-05-20").claims()


@pytest.mark.parametrize("measure", MEASURES)
def test_every_measure_is_named_in_words(make_casebook: Make, measure: str) -> None:
    folder = make_casebook(refugees=[COUNT | {"measure": measure}])
    counted = read(folder, "2023-06-01").claims(origin="SDN")["counted"].tolist()
    assert "Sudan" in counted[0]
    assert ("crossings" in counted[0]) == ("crossings" in measure)
    assert ("recorded" in counted[0]) == ("recorded" in measure)


def test_the_table_s_series_is_part_of_its_key() -> None:
    assert set(REFUGEES.series) - {"counted_from"} <= set(REFUGEES.key)
    assert pd.Series(REFUGEES.columns).is_unique


@pytest.mark.parametrize(
    ("row", "noun"),
    [
        ({"asylum": "TCD"}, "border crossings out of Sudan into Chad"),
        ({"who": "children"}, "border crossings of children out of Sudan"),
        (
            {"who": "children", "measure": "refugees recorded", "asylum": "TCD"},
            "children from Sudan recorded as refugees in Chad",
        ),
        ({"origin": "darfur"}, "border crossings out of Darfur"),
    ],
)
def test_the_noun_says_who_and_where(make_casebook: Make, row: dict[str, str], noun: str) -> None:
    folder = make_casebook(refugees=[COUNT | row])
    origin = row.get("origin", "SDN")
    assert read(folder, "2023-06-01").claims(origin=origin)["counted"].tolist() == [noun]


def test_two_figures_of_one_document_stand_both(make_casebook: Make) -> None:
    rows = [COUNT | {"wording": "up to 150,000"}, COUNT | {"wording": "15,000 to 30,000"}]
    for order in (rows, rows[::-1]):
        latest = read(make_casebook(order[0]["wording"], refugees=order), "2023-05-15").latest(
            origin="SDN"
        )
        assert set(latest["wording"]) == {"up to 150,000", "15,000 to 30,000"}
