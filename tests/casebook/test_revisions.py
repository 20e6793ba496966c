"""Revisions: what changed afterwards, when, by how much and which way."""

from collections.abc import Callable
from pathlib import Path

import pytest

from analysis import chart_revisions_of_running_total, open_casebook, write_revisions
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
    found = open_casebook(folder, day).revisions(claimant="office")
    return found[["was", "became", "change", "days_after"]].astype(object).to_numpy().tolist()


@pytest.fixture
def folder(make_casebook: Make) -> Path:
    return make_casebook(refugees=ROWS)


def test_each_change_has_its_day_amount_and_direction(folder: Path) -> None:
    assert read(folder) == [["200", "150", -50, 2], ["150", "180", 30, 20]]
    percents = open_casebook(folder, "2023-06-01").revisions(claimant="office")["change_percent"]
    assert percents.tolist() == [-25, 20]


def test_only_what_was_known_on_the_day(folder: Path) -> None:
    assert read(folder, "2023-04-17") == []
    assert read(folder, "2023-04-18") == [["200", "150", -50, 2]]
    assert len(open_casebook(folder, "2023-06-01").revisions(claimant="clinic")) == 0


def test_first_against_last_value_of_each_day(folder: Path) -> None:
    (row,) = open_casebook(folder, "2023-06-01").revision_summary().to_dict("records")
    assert row["claimant_name"] == "Relief Office"
    assert (row["days"], row["revised_days"], row["raised_days"], row["lowered_days"]) == (
        *(2, 1, 0, 1),
    )
    assert row["largest_fall_percent"] == pytest.approx(-10), (
        "from 200 to 180, whatever lay between"
    )
    assert row["largest_rise_percent"] == 0
    assert row["longest_days_after"] == 20
    assert len(open_casebook(folder, "2023-04-17").revision_summary()) == 0


def test_it_is_said_beside_the_newest_figure(folder: Path) -> None:
    assert write_revisions(open_casebook(folder, "2023-06-01").revision_summary()) == [
        "Relief Office, border crossings in one day out of Sudan: of 2 days counted 1 was revised; "
        "figures fell by up to 10.0% within 3 weeks."
    ]
    early = write_revisions(open_casebook(folder, "2023-04-18").revision_summary())
    assert early[0].endswith("fell by up to 25.0% within 2 days.")


def test_a_series_without_a_side_keeps_its_claimant(make_casebook: Make) -> None:
    """Civilians belong to no force: a missing key must not lose the row's name and days."""
    folder = make_casebook(
        casualties=[
            killed("2023-04-20", "40", "2023-04-21"),
            killed("2023-04-20", "44", "2023-05-01"),
        ]
    )
    (row,) = (
        open_casebook(folder, "2023-06-01").revision_summary(table="casualties").to_dict("records")
    )
    assert row["claimant_name"] == "Relief Office"
    assert row["longest_days_after"] == 10
    assert row["largest_rise_percent"] == pytest.approx(10)


def test_what_is_withdrawn_is_a_change(make_casebook: Make) -> None:
    rows = [
        ROWS[0],
        ROWS[0] | {"published_on": "2023-04-19", "locator": "x", "status": "withdrawn"},
    ]
    found = open_casebook(make_casebook(refugees=rows), "2023-06-01").revisions()
    assert found[["change", "status"]].to_numpy().tolist() == [[0, "withdrawn"]]


def test_a_new_meaning_is_no_revision(make_casebook: Make) -> None:
    rows = [
        total("2023-04-20", "100", "2023-04-21"),
        total("2023-04-20", "900", "2023-05-02"),
    ]
    folder = make_casebook(refugees=rows)
    assert [row[2] for row in read(folder)] == [800]
    broken = make_casebook(
        "broken", refugees=rows, breaks=[break_on("2023-05-01", clock="day known")]
    )
    assert read(broken) == []
    assert len(open_casebook(broken, "2023-06-01").revision_summary()) == 0


def test_a_floor_is_raised_and_what_has_no_day_is_not(make_casebook: Make) -> None:
    rows = [
        total("2023-04-20", "at least 100", "2023-04-21"),
        total("2023-04-20", "at least 200", "2023-04-22"),
        total("", "300", "2023-04-23"),
        total("", "400", "2023-04-24"),
    ]
    assert read(make_casebook(refugees=rows)) == [["at least 100", "at least 200", 100, 1]]


def test_a_table_without_series_is_a_clear_mistake(folder: Path) -> None:
    with pytest.raises(
        ValueError, match=r'^table: "votes" is not one of: refugees, casualties, displaced$'
    ):
        open_casebook(folder).revisions(table="votes")


def test_the_chart_says_first_and_last_total(folder: Path) -> None:
    book = open_casebook(folder, "2023-06-01")
    chart = chart_revisions_of_running_total(
        book.refugees.running_total_revisions("2023-04-16", origin="SDN")
    )
    assert chart.name == "revisions_of_running_total_2023_04_16_sdn"
    assert chart.rows["low"].tolist() == [220, 250]
    assert chart.title == (
        "Office's border crossings through 16 April 2023: 220 at first, 250 after 1 revision"
    )
    assert chart.alt.startswith(f"Step chart by day of publication: {chart.title}. Border")
    nothing = chart_revisions_of_running_total(
        open_casebook(folder, "2023-04-01").refugees.running_total_revisions(
            "2023-04-16", origin="SDN"
        )
    )
    assert len(nothing.rows) == 0
    assert nothing.title.startswith("The casebook holds no figure of border crossings in one day")
