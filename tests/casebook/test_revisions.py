"""Revisions: what changed afterwards, when, by how much and which way."""

from collections.abc import Callable
from pathlib import Path

import pytest
from analysis.casebook.revisions_over_time import (
    chart_revisions_of_running_total,
    write_running_total_revisions,
)

from analysis.casebook.revisions import (
    find_revisions,
    read_series,
    tabulate_revision_summary,
    tabulate_revisions,
    write_revisions,
)
from analysis.refugees.running_totals import tabulate_running_total_revisions
from tests.series import Row, break_on, crossing, killed, total

Make = Callable[..., Path]

#: One day counted, in three editions, and a day that nobody changed.
ROWS: list[Row] = [
    crossing("2023-04-15", "200", "2023-04-16"),
    crossing("2023-04-15", "150", "2023-04-18"),
    crossing("2023-04-15", "180", "2023-05-06"),
    crossing("2023-04-16", "70", "2023-04-18"),
]


def read(folder: Path, day: str = "2023-06-01") -> list[list[object]]:
    found = tabulate_revisions(folder, day, claimant="office")
    return found[["was", "became", "change", "days_after"]].astype(object).to_numpy().tolist()


@pytest.fixture
def folder(make_casebook: Make) -> Path:
    return make_casebook(refugees=[row | {"origin": "UKR"} for row in ROWS])


def test_each_change_has_its_day_amount_and_direction(folder: Path) -> None:
    assert read(folder) == [[200, 150, -50, 2], [150, 180, 30, 20]]
    percents = tabulate_revisions(folder, "2023-06-01", claimant="office")["change_percent"]
    assert percents.tolist() == [-25, 20]


def test_only_what_was_known_on_the_day(folder: Path) -> None:
    assert read(folder, "2023-04-17") == []
    assert read(folder, "2023-04-18") == [[200, 150, -50, 2]]
    assert len(tabulate_revisions(folder, "2023-06-01", claimant="clinic")) == 0


def test_first_against_last_value_of_each_day(folder: Path) -> None:
    (row,) = tabulate_revision_summary(folder, "2023-06-01").to_dict("records")
    assert row["claimant_name"] == "Relief Office"
    assert (row["days"], row["revised_days"], row["raised_days"], row["lowered_days"]) == (
        *(2, 1, 0, 1),
    )
    assert row["largest_fall_percent"] == -10, "from 200 to 180, whatever lay between"
    assert row["largest_rise_percent"] == 0
    assert row["longest_days_after"] == 20
    assert len(tabulate_revision_summary(folder, "2023-04-17")) == 0


def test_it_is_said_beside_the_newest_figure(folder: Path) -> None:
    assert write_revisions(tabulate_revision_summary(folder, "2023-06-01")) == [
        "Relief Office, border crossings per day: of 2 days counted 1 was revised; "
        "figures fell by up to 10.0% within 2 weeks."
    ]
    early = write_revisions(tabulate_revision_summary(folder, "2023-04-18"))
    assert early[0].endswith("fell by up to 25.0% within 2 days.")


def test_a_series_without_a_side_keeps_its_claimant(make_casebook: Make) -> None:
    """Civilians belong to no force: a missing key must not lose the row's name and days."""
    folder = make_casebook(
        casualties=[
            killed("2023-04-20", "40", "2023-04-21"),
            killed("2023-04-20", "44", "2023-05-01"),
        ]
    )
    (row,) = tabulate_revision_summary(folder, "2023-06-01", table="casualties").to_dict("records")
    assert row["claimant_name"] == "Relief Office"
    assert row["longest_days_after"] == 10
    assert row["largest_rise_percent"] == 10


def test_what_is_withdrawn_is_a_change(make_casebook: Make) -> None:
    rows = [
        ROWS[0],
        ROWS[0] | {"published_on": "2023-04-19", "locator": "x", "status": "withdrawn"},
    ]
    claims, series = read_series(
        make_casebook(refugees=[row | {"origin": "UKR"} for row in rows]), "2023-06-01", "refugees"
    )
    found = find_revisions(claims, series)
    assert found[["change", "status"]].to_numpy().tolist() == [[0, "withdrawn"]]


def test_a_new_meaning_is_no_revision(make_casebook: Make) -> None:
    rows = [
        total("2023-04-20", "100", "2023-04-21", origin="UKR"),
        total("2023-04-20", "900", "2023-05-02", origin="UKR"),
    ]
    folder = make_casebook(refugees=rows)
    assert [row[2] for row in read(folder)] == [800]
    broken = make_casebook(
        "broken", refugees=rows, breaks=[break_on("2023-05-01", clock="day known")]
    )
    assert read(broken) == []
    assert len(tabulate_revision_summary(broken, "2023-06-01")) == 0


def test_figures_without_one_number_or_a_day_are_left_out(make_casebook: Make) -> None:
    rows = [
        total("2023-04-20", "at least 100", "2023-04-21", origin="UKR"),
        total("2023-04-20", "at least 200", "2023-04-22", origin="UKR"),
        total("", "300", "2023-04-23", origin="UKR"),
        total("", "400", "2023-04-24", origin="UKR"),
    ]
    assert read(make_casebook(refugees=rows)) == []


def test_a_table_without_series_is_a_clear_mistake(folder: Path) -> None:
    with pytest.raises(ValueError, match=r'^table: "votes" is not one of: refugees, casualties$'):
        tabulate_revisions(folder, table="votes")


def test_the_chart_says_first_and_last_total(folder: Path) -> None:
    chart = chart_revisions_of_running_total(
        folder, "2023-06-01", counted_to="2023-04-16", claimant="office"
    )
    assert chart.name == "revisions_of_running_total"
    assert chart.rows["low"].tolist() == [220, 250]
    assert chart.title == (
        "Office's border crossings out of Ukraine through 16 April 2023: 220 at first, 250 after "
        "1 revision (+13.6%); as known on 1 June 2023"
    )
    assert "Published by 6 May 2023: 250, up by 30." in chart.alt
    nothing = chart_revisions_of_running_total(folder, "2023-04-01", claimant="office")
    assert len(nothing.rows) == 0
    assert nothing.title.startswith("The casebook holds no daily figures")


def test_each_publication_in_words(folder: Path) -> None:
    rows = tabulate_running_total_revisions(folder, "2023-06-01", counted_to="2023-04-15")
    assert write_running_total_revisions(rows) == [
        "Published by 16 April 2023: 200.",
        "Published by 18 April 2023: 150, down by 50.",
        "Published by 6 May 2023: 180, up by 30.",
    ]
