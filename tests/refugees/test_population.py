"""Population: the denominators, each with its year, edition and territory."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from analysis.refugees.population import find_yardsticks, tabulate_population
from analysis.tables import CellError

Make = Callable[..., Path]
PEOPLE = {
    "source_id": "report-1",
    "locator": "page 2",
    "claimant": "office",
    "iso3": "SDN",
    "country": "Sudan",
    "territory": "all of it",
    "wording": "around 46 million",
}


def test_the_denominators_of_the_casebook(casebook: Path) -> None:
    figures = tabulate_population(casebook).set_index("denominator")
    article = figures.loc["AP, year not stated"]
    assert (article["low"], article["best"], article["high"]) == (44_000_000,) * 3
    assert pd.isna(article["year"])
    then = figures.loc["World Bank 2020, edition of 8 April 2022"]
    assert then["best"] == 44_134_693
    assert figures["known"].to_dict()["AP, year not stated"] is True
    assert not then["known"]
    assert figures.index.is_unique
    assert figures["territory"].notna().all()


@pytest.mark.parametrize(
    ("day", "known"), [("2022-03-02", 0), ("2022-03-03", 1), ("2022-04-07", 1), ("2022-04-08", 2)]
)
def test_an_edition_is_known_from_its_day_on(casebook: Path, day: str, known: int) -> None:
    figures = tabulate_population(casebook, day)
    assert int(figures["known"].sum()) == known
    only = tabulate_population(casebook, day, known_only=True)
    assert len(only) == known
    assert only.index.tolist() == list(range(known))


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({}, "Office, year not stated"),
        ({"year": "2022"}, "Office 2022"),
        ({"year": "2022", "edition": "2023-01-05"}, "Office 2022, edition of 5 January 2023"),
        ({"edition": "2023-01-05"}, "Office, edition of 5 January 2023"),
    ],
)
def test_a_denominator_is_named_by_what_is_stated(
    make_casebook: Make, change: dict[str, str], name: str
) -> None:
    folder = make_casebook(population=[PEOPLE | change])
    figures = tabulate_population(folder, "2023-06-01", iso3="SDN")
    assert figures["denominator"].tolist() == [name]
    assert figures[["low", "best", "high"]].to_numpy().tolist() == [
        [45_500_000, 46_000_000, 46_500_000]
    ]


def test_a_country_without_a_figure_has_none(casebook: Path) -> None:
    assert len(tabulate_population(casebook, iso3="SDN")) == 0


def test_a_figure_needs_a_territory(
    make_casebook: Make, find_errors: Callable[[Path], list[CellError]]
) -> None:
    errors = find_errors(make_casebook(population=[PEOPLE | {"territory": ""}]))
    assert [str(error) for error in errors] == [
        "population.csv, row 2, column territory: expected a value: this cell may not be empty"
    ]


def test_without_a_figure_known_the_first_one_published_later_is_the_yardstick(
    casebook: Path,
) -> None:
    assert find_yardsticks(casebook, "2022-03-03")["known"].tolist() == [True]
    later = find_yardsticks(casebook, "2022-03-02")
    assert later["known"].tolist() == [False]
    assert later["wording"].tolist() == ["44 million"]
    assert len(find_yardsticks(casebook, "2022-03-02", iso3="XKX")) == 0
