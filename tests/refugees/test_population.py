"""Population: the denominators, each with its year, edition and territory."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from analysis import open_casebook
from analysis.refugees.population import read_newest_populations
from analysis.tables import CellError
from tests.refugee_rows import read

Make = Callable[..., Path]
PEOPLE = {
    "source_id": "report-1",
    "locator": "page 2",
    "claimant": "office",
    "area": "SDN",
    "country": "Sudan",
    "territory": "all of it",
    "wording": "around 46 million",
}


def test_the_denominators_of_the_casebook(casebook: Path) -> None:
    figures = read(casebook, "2022-03-03").population("UKR").set_index("denominator")
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
    figures = read(casebook, day).population("UKR")
    assert int(figures["known"].sum()) == known
    only = read(casebook, day).population("UKR", known_only=True)
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
    figures = read(folder, "2023-06-01").population("SDN")
    assert figures["denominator"].tolist() == [name]
    assert figures[["low", "best", "high"]].to_numpy().tolist() == [
        [45_500_000, 46_000_000, 46_500_000]
    ]


def test_a_country_without_a_figure_has_none(casebook: Path) -> None:
    assert len(read(casebook, "2022-03-03").population("SDN")) == 0


def test_a_figure_needs_a_territory(
    make_casebook: Make, find_errors: Callable[[Path], list[CellError]]
) -> None:
    errors = find_errors(make_casebook(population=[PEOPLE | {"territory": ""}]))
    assert [str(error) for error in errors] == [
        "population.csv, row 2, column territory: expected a value: this cell may not be empty"
    ]


def test_an_area_has_one_newest_population_and_the_first_later_one_where_none_is_known(
    make_casebook: Make,
) -> None:
    rows = [
        PEOPLE | {"wording": "1", "year": "2021"},
        PEOPLE | {"wording": "2", "year": "2022"},
        PEOPLE | {"wording": "3"},
        PEOPLE | {"wording": "4", "year": "2022", "area": "darfur", "source_id": "report-2"},
    ]
    folder = make_casebook(population=rows)
    newest = read_newest_populations(open_casebook(folder, "2023-05-15")._known)
    assert newest["wording"].to_dict() == {"SDN": "2", "darfur": "4"}
    assert newest["known"].to_dict() == {"SDN": True, "darfur": False}
