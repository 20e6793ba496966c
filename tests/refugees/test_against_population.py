"""Charts of refugees against population: titles that claim no more than the rows."""

from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.refugees.against_population import (
    chart_refugees_against_population,
    chart_refugees_per_thousand,
)

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
PEOPLE = {
    "source_id": "report-1",
    "locator": "page 2",
    "claimant": "office",
    "iso3": "SDN",
    "country": "Sudan",
    "year": "2022",
    "territory": "all of it",
    "wording": "40 million",
}
DAY = "2023-05-15"


def test_a_title_spans_the_denominators_of_one_claimant_and_no_others(make_casebook: Make) -> None:
    folder = make_casebook(
        refugees=[COUNT, COUNT | {"claimant": "clinic", "wording": "2 million"}],
        population=[PEOPLE, PEOPLE | {"year": "2021", "wording": "20 million"}],
    )
    chart = chart_refugees_per_thousand(folder, DAY, origin="SDN")
    # 1 million of 40 and of 20 million: 25 and 50 of 1,000; the clinic's would be up to 100.
    assert chart.title.startswith(
        "1 million border crossings (Office) are 25.0 to 50.0 for every 1,000"
    )
    assert "as known on 15 May 2023" in chart.title
    assert len(chart.rows) == 4


@pytest.mark.parametrize(
    ("status", "mark"),
    [
        ("unverified", "(Office, unverified)"),
        ("disputed", "(Office, disputed)"),
        ("withdrawn", "(Office, withdrawn)"),
    ],
)
def test_a_title_marks_a_doubtful_count(make_casebook: Make, status: str, mark: str) -> None:
    folder = make_casebook(refugees=[COUNT | {"status": status}], population=[PEOPLE])
    assert mark in chart_refugees_against_population(folder, DAY, origin="SDN").title


@pytest.mark.parametrize("chart", [chart_refugees_against_population, chart_refugees_per_thousand])
def test_a_day_before_any_claim_says_so(make_casebook: Make, chart: Callable[..., object]) -> None:
    folder = make_casebook(refugees=[COUNT], population=[PEOPLE])
    title = str(chart(folder, "2023-05-09", origin="SDN").title)  # type: ignore[attr-defined]
    assert title == (
        "No count or projection of refugees from Sudan had been published by 9 May 2023"
    )
