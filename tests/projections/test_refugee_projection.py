"""Projections of our own: what a day shows, what it may not show, and refusals in one line."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from analysis.charts.finish import finish
from analysis.projections.refugee_projection import (
    chart_refugee_projection,
    tabulate_refugee_projection,
    write_refugee_projection,
)

DATA = Path(__file__).parents[2] / "data"

DAYS = {
    "UKR": "2022-03-15",
    "SYR": "2015-06-30",
    "VEN": "2019-06-30",
    "SDN": "2024-06-30",
}


def _part(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    return frame[frame["part"] == name]


@pytest.mark.parametrize(("origin", "day"), DAYS.items())
def test_ranges_nest_grow_and_stay_possible(origin: str, day: str) -> None:
    frame = tabulate_refugee_projection("", day, origin=origin)
    made = _part(frame, "projected")
    wide = made.pivot(index="day", columns="quantile", values="value").astype("float64")
    assert list(wide.columns) == [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975]
    assert (wide.diff(axis="columns").iloc[:, 1:] >= 0).all(axis=None)
    assert (made["share"].astype("float64") <= 100).all()
    assert set(made["origin"]) == {origin}
    assert set(made["known_as_of"]) == {pd.Timestamp(day)}
    assert (made["day"] > made["counted_to"]).all()
    for column in ("definition", "method", "data_vintage", "publisher"):
        assert made[column].ne("").all()


def test_syria_as_of_mid_2015_starts_from_the_count_of_2014() -> None:
    frame = tabulate_refugee_projection("", "2015-06-30", origin="SYR", horizon=5)
    counted = _part(frame, "counted")
    assert counted["day"].max() == pd.Timestamp("2014-12-31")
    assert counted["value"].iloc[-1] == 3_967_139
    made = _part(frame, "projected")
    assert sorted(made["day"].dt.year.unique()) == [2015, 2016, 2017, 2018, 2019]
    assert _part(frame, "counted later").empty


def test_what_came_later_is_shown_only_when_asked_and_changes_nothing_else() -> None:
    hidden = tabulate_refugee_projection("", "2015-06-30", origin="SYR")
    shown = tabulate_refugee_projection("", "2015-06-30", origin="SYR", reveal=True)
    later = _part(shown, "counted later")
    assert later["day"].dt.year.tolist() == [2015, 2016, 2017, 2018]
    rest = shown[shown["part"] != "counted later"].reset_index(drop=True)
    pd.testing.assert_frame_equal(rest, hidden)
    chart = chart_refugee_projection("", "2015-06-30", origin="SYR")
    assert "later" not in chart.alt
    assert chart.rows["day"].max() == pd.Timestamp("2018-12-31")


@pytest.fixture
def changed(tmp_path: Path) -> Callable[[str, Callable[[dict[str, str]], None]], Path]:
    """A copy of the casebook in which every row of one table went through a change."""

    def change(file: str, edit: Callable[[dict[str, str]], None]) -> Path:
        folder = tmp_path / "data"
        shutil.copytree(DATA, folder)
        with (folder / file).open(encoding="utf-8", newline="") as text:
            rows = list(csv.DictReader(text))
        for row in rows:
            edit(row)
        with (folder / file).open("w", encoding="utf-8", newline="") as text:
            writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        return folder

    return change


Changed = Callable[[str, Callable[[dict[str, str]], None]], Path]


def test_later_years_change_nothing(changed: Changed) -> None:
    def edit(row: dict[str, str]) -> None:
        if int(row["year"]) > 2014:
            row["refugees"] = str(int(row["refugees"]) * 7 + 3)
            row["population"] = ""

    before = tabulate_refugee_projection("", "2015-06-30", origin="SYR")
    after = tabulate_refugee_projection(
        changed("refugees_by_origin.csv", edit), "2015-06-30", origin="SYR"
    )
    pd.testing.assert_frame_equal(before, after)


def test_a_known_year_does_change_it(changed: Changed) -> None:
    def edit(row: dict[str, str]) -> None:
        if row["origin"] == "SYR" and row["year"] == "2014":
            row["refugees"] = "1000000"

    before = tabulate_refugee_projection("", "2015-06-30", origin="SYR")
    after = tabulate_refugee_projection(
        changed("refugees_by_origin.csv", edit), "2015-06-30", origin="SYR"
    )
    assert not before["value"].equals(after["value"])


def test_figures_published_later_change_no_daily_projection(changed: Changed) -> None:
    def edit(row: dict[str, str]) -> None:
        if row["published_on"] > "2022-03-15":
            row["wording"] = "1"

    before = tabulate_refugee_projection("", "2022-03-15")
    after = tabulate_refugee_projection(changed("refugees.unhcr-daily.csv", edit), "2022-03-15")
    pd.testing.assert_frame_equal(before, after)
    assert _part(before, "counted")["value"].iloc[-1] == 3_012_392
    assert (before["published_on"] <= pd.Timestamp("2022-03-15")).all()


def test_on_3_march_too_little_was_known_and_that_is_said() -> None:
    frame = tabulate_refugee_projection("", "2022-03-03")
    assert _part(frame, "projected").empty
    assert _part(frame, "counted")["value"].iloc[-1] == 1_000_000
    assert len(_part(frame, "planning figure")) >= 5
    chart = chart_refugee_projection("", "2022-03-03")
    assert chart.title.startswith("Too little was known on 3 March 2022")
    assert "1 million by 2 March 2022, says the UN refugee agency" in chart.title
    assert any(
        "No projection was made" in line for line in write_refugee_projection("", "2022-03-03")
    )
    finish(chart)


def test_planning_figures_stand_at_the_day_they_speak_about_or_at_none() -> None:
    plans = _part(tabulate_refugee_projection("", "2022-05-01"), "planning figure")
    days = dict(zip(plans["wording"], plans["day"], strict=True))
    assert days["8.3 million"] == pd.Timestamp("2022-12-31")
    assert pd.isna(days["up to 4 million"])
    of_a_range = plans[plans["wording"] == "1 million to 5 million"]
    assert of_a_range["value"].tolist() == [5_000_000]
    by_year = _part(tabulate_refugee_projection("", "2023-06-30"), "planning figure")
    assert by_year["day"].notna().all()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"horizon": 0}, "horizon: 0 weeks ahead; expected 1 to 12"),
        ({"horizon": 13}, "horizon: 13 weeks ahead; expected 1 to 12"),
        ({"horizon": 0, "by": "year"}, "horizon: 0 years ahead; expected 1 to 10"),
        ({"by": "yaer"}, 'by: "yaer" is not allowed; did you mean "year"'),
        ({"measure": "people"}, 'measure: "people" is not allowed'),
    ],
)
def test_slips_are_refused_in_one_line(options: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=r"not allowed|expected") as refused:
        tabulate_refugee_projection("", "2022-03-15", **options)  # type: ignore[arg-type]
    assert str(refused.value).startswith(message)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("origin", "day", "reason"),
    [
        ("AND", "2022-01-01", "No end-year count of people from Andorra was known."),
        ("SYR", "1981-06-30", "No projection was made"),
    ],
)
def test_an_origin_or_a_day_without_data_is_an_empty_chart_with_the_reason(
    origin: str, day: str, reason: str
) -> None:
    frame = tabulate_refugee_projection("", day, origin=origin)
    assert _part(frame, "projected").empty
    assert any(reason in line for line in write_refugee_projection("", day, origin=origin))
    finish(chart_refugee_projection("", day, origin=origin))


def test_the_explanation_names_past_cases_and_what_cannot_be_known() -> None:
    told = " ".join(write_refugee_projection("", "2015-06-30", origin="SYR"))
    assert "past crisis-years that grew by more than 15%" in told
    assert "from Syria were abroad" in told
    assert "onset of a crisis cannot be projected" in told
    assert "factor of nine" in told
    assert "e+" not in told


def test_the_share_names_its_whole() -> None:
    daily = tabulate_refugee_projection("", "2022-03-15")
    assert set(daily["denominator"]) == {
        "the population of Ukraine, 44 million (AP, year not stated; territory: not stated)"
    }
    row = _part(daily, "counted").iloc[-1]
    assert row["share"] == pytest.approx(100 * 3_012_392 / 44_000_000)


def test_the_same_twice() -> None:
    first, again = (tabulate_refugee_projection("", "2022-03-15") for _ in range(2))
    pd.testing.assert_frame_equal(first, again)


@pytest.mark.parametrize("day", ["2022-02-25", "2023-01-05"])
def test_a_crisis_that_the_last_count_knows_nothing_of_is_not_projected(day: str) -> None:
    rows = tabulate_refugee_projection("", day, origin="UKR")
    assert (rows["part"] != "projected").all()
    said = " ".join(write_refugee_projection("", day, origin="UKR"))
    assert "No projection was made: the last end-year count known is of 20" in said
