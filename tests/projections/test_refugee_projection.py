"""Projections of our own: what a day shows, what it may not show, and refusals in one line."""

import csv
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from analysis import chart_refugee_projection, open_casebook, write_refugee_projection
from analysis.charts.finish import finish

DATA = Path(__file__).parents[2] / "data"

DAYS = {
    "UKR": "2022-03-15",
    "SYR": "2015-06-30",
    "VEN": "2019-06-30",
    "SDN": "2024-06-30",
}


def _project(
    day: str, origin: str = "", *, data: str | Path = "", **chosen: object
) -> pd.DataFrame:
    book = open_casebook(data, day)
    return book.projections.refugee_projection(origin=origin, **chosen)  # type: ignore[arg-type]


#: The same of the project's own casebook, worked out once for all tests, which change nothing.
_find = cache(_project)


def _part(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    return frame[frame["part"] == name]


@pytest.mark.parametrize(("origin", "day"), DAYS.items())
def test_ranges_nest_grow_and_stay_possible(origin: str, day: str) -> None:
    frame = _find(day, origin)
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
    frame = _find("2015-06-30", "SYR", horizon=5)
    counted = _part(frame, "counted")
    assert counted["day"].max() == pd.Timestamp("2014-12-31")
    assert counted["value"].iloc[-1] == 3_967_139
    made = _part(frame, "projected")
    assert sorted(made["day"].dt.year.unique()) == [2015, 2016, 2017, 2018, 2019]
    assert _part(frame, "counted later").empty


def test_what_came_later_is_shown_only_when_asked_and_changes_nothing_else() -> None:
    hidden = _find("2015-06-30", "SYR")
    shown = _find("2015-06-30", "SYR", reveal=True)
    later = _part(shown, "counted later")
    assert later["day"].dt.year.tolist() == [2015, 2016, 2017, 2018]
    rest = shown[shown["part"] != "counted later"].reset_index(drop=True)
    pd.testing.assert_frame_equal(rest, hidden)
    chart = chart_refugee_projection(_find("2015-06-30", "SYR"))
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

    before = _find("2015-06-30", "SYR")
    after = _project("2015-06-30", "SYR", data=changed("refugees_by_origin.csv", edit))
    pd.testing.assert_frame_equal(before, after)


def test_a_known_year_does_change_it(changed: Changed) -> None:
    def edit(row: dict[str, str]) -> None:
        if row["origin"] == "SYR" and row["year"] == "2014":
            row["refugees"] = "1000000"

    before = _find("2015-06-30", "SYR")
    after = _project("2015-06-30", "SYR", data=changed("refugees_by_origin.csv", edit))
    assert not before["value"].equals(after["value"])


def test_figures_published_later_change_no_daily_projection(changed: Changed) -> None:
    def edit(row: dict[str, str]) -> None:
        if row["published_on"] > "2022-03-15":
            row["wording"] = "1"

    before = _find("2022-03-15")
    after = _project("2022-03-15", data=changed("refugees.unhcr-daily.csv", edit))
    pd.testing.assert_frame_equal(before, after)
    assert _part(before, "counted")["value"].iloc[-1] == 3_012_392
    assert (before["published_on"] <= pd.Timestamp("2022-03-15")).all()


def test_on_3_march_too_little_was_known_and_that_is_said() -> None:
    frame = _find("2022-03-03")
    assert _part(frame, "projected").empty
    # The newest count is of people, and the crossings counted by then stay beside it.
    assert _part(frame, "counted")["value"].tolist()[-2:] == [875_000, 1_000_000]
    assert len(_part(frame, "planning figure")) >= 5
    chart = chart_refugee_projection(frame)
    assert chart.title == (
        "No projection; the newest count is 1 million people who fled (UNHCR, 2 March 2022)"
    )
    none = "no count day by day published by 3 March 2022, only totals of some days"
    assert none in chart.subtitle
    assert any(
        "No projection was made" in line for line in write_refugee_projection(_find("2022-03-03"))
    )
    finish(chart)


def test_planning_figures_stand_at_the_day_they_speak_about_or_at_none() -> None:
    plans = _part(_find("2022-05-01"), "planning figure")
    days = dict(zip(plans["wording"], plans["day"], strict=True))
    assert days["8.3 million"] == pd.Timestamp("2022-12-31")
    assert pd.isna(days["up to 4 million"])
    of_a_range = plans[plans["wording"] == "1 million to 5 million"]
    assert of_a_range["value"].tolist() == [5_000_000]
    by_year = _part(_find("2023-06-30"), "planning figure")
    assert by_year["day"].notna().all()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"horizon": 0}, "horizon: 0 weeks ahead; expected 1 to 12"),
        ({"horizon": 13}, "horizon: 13 weeks ahead; expected 1 to 12"),
        ({"horizon": 0, "by": "year"}, "horizon: 0 years ahead; expected 1 to 10"),
        ({"by": "yaer"}, 'by: "yaer" is not one of: auto, year, day; did you mean "year"'),
        ({"measure": "people"}, 'measure: "people" is not one of'),
    ],
)
def test_slips_are_refused_in_one_line(options: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=r"not one of|expected") as refused:
        _project("2022-03-15", **options)  # type: ignore[arg-type]
    assert str(refused.value).startswith(message)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("origin", "day", "reason"),
    [
        ("AND", "2022-01-01", "The casebook holds no end-year count of people from Andorra"),
        ("SYR", "1981-06-30", "No projection was made"),
    ],
)
def test_an_origin_or_a_day_without_data_is_an_empty_chart_with_the_reason(
    origin: str, day: str, reason: str
) -> None:
    frame = _find(day, origin)
    assert _part(frame, "projected").empty
    assert any(reason in line for line in write_refugee_projection(_find(day, origin)))
    finish(chart_refugee_projection(_find(day, origin)))


def test_the_explanation_names_past_cases_and_what_cannot_be_known() -> None:
    told = " ".join(write_refugee_projection(_find("2015-06-30", "SYR")))
    assert "past crisis-years that grew by more than 15%" in told
    assert "from Syria were abroad" in told
    assert "onset of a crisis cannot be projected" in told
    assert "factor of eight" in told
    assert "e+" not in told


def test_the_share_names_its_whole() -> None:
    daily = _find("2022-03-15")
    assert set(daily["denominator"]) == {
        "the population of Ukraine, 44 million (AP, year not stated; territory: not stated)"
    }
    row = _part(daily, "counted").iloc[-1]
    assert row["share"] == pytest.approx(100 * 3_012_392 / 44_000_000)


@pytest.mark.parametrize(("day", "cut_off"), [("2023-01-05", 2021), ("2023-12-31", 2022)])
def test_by_year_the_share_is_of_the_edition_known_then(day: str, cut_off: int) -> None:
    frame = _find(day)
    # World Bank 2020 as of April 2022, and the 56,582 abroad at the end of 2020: whoever left
    # by the cut-off is among them, and counted once.
    assert frame.attrs["whole"] == 44_134_693 + 56_582
    assert "World Bank 2020, edition of 8 April 2022" in frame.attrs["whole_name"]
    assert "2026" not in frame.attrs["whole_name"]
    assert frame["value"].max() <= frame.attrs["whole"]
    assert "counts of past years are in part those" in chart_refugee_projection(frame).subtitle


def test_a_population_published_later_is_called_so() -> None:
    frame = _find("2015-06-30", "SYR")
    assert "6 March 2026, published after the day of the report" in frame.attrs["whole_name"]
    assert "counts of past years, and the population," in chart_refugee_projection(frame).subtitle


def test_the_same_twice() -> None:
    first, again = _find("2022-03-15"), _project("2022-03-15")
    pd.testing.assert_frame_equal(first, again)


def test_a_crisis_that_the_last_count_knows_nothing_of_is_not_projected() -> None:
    day = "2022-02-25"
    rows = _find(day, "UKR")
    assert (rows["part"] != "projected").all()
    said = " ".join(write_refugee_projection(_find(day, "UKR")))
    assert "No projection was made: the newest count known is " in said


def test_the_newest_count_of_whatever_release_is_the_start_and_is_named() -> None:
    frame = _find("2023-01-05")
    counted = _part(frame, "counted").iloc[-1]
    assert (counted["value"], counted["day"]) == (7_896_825, pd.Timestamp("2022-12-27"))
    named = "7,896,825 refugees recorded, countries added up (UNHCR, 27 December 2022)"
    assert frame.attrs["start"] == named
    made = _part(frame, "projected")
    assert sorted(made["day"].dt.year.unique()) == [2023, 2024, 2025, 2026]
    assert set(made["counted_to"]) == {pd.Timestamp("2022-12-27")}
    plan = _part(frame, "planning figure")
    assert plan["day"].tolist() == [pd.Timestamp("2022-12-31")]
    chart = chart_refugee_projection(frame)
    assert named in chart.subtitle
    assert (chart.rows["published_on"] <= pd.Timestamp("2026-06-25")).all()


def test_a_count_of_the_middle_of_a_year_is_the_start_where_none_is_newer() -> None:
    frame = _find("2023-12-31", "SYR", horizon=1)
    assert frame.attrs["start"] == (
        "6,654,350 refugees and asylum-seekers (UNHCR, 30 June 2023, 6 months old)"
    )
    told = " ".join(frame.attrs["explanation"])
    assert "different ways" not in told
    assert "those of 2020 to 2022 are of UNHCR's releases of June 2023 and October 2023" in told
    assert "those of 2012 to 2019 are of UNHCR's release of June 2026, the first after" in told
    assert (_part(frame, "projected")["published_on"] <= pd.Timestamp("2023-12-31")).all()


def test_the_middle_stands_in_the_title_and_a_limit_is_no_end_of_a_range() -> None:
    frame = _find("2023-01-05", horizon=6)
    chart = chart_refugee_projection(frame)
    made = _part(frame, "projected")
    end = made[made["day"] == made["day"].max()].set_index("quantile")["value"]
    assert f"{end[0.5] / 1e6:.3g} million" in chart.title
    assert len(chart.title) <= 90
    assert end[0.9] <= frame.attrs["whole"]
    # Six years on, the range reaches all who could leave: said, with the reason.
    assert chart.title.endswith("million or more)")
    assert "grew by more: a limit, no forecast." in chart.subtitle
    near = chart_refugee_projection(_find("2023-12-31", horizon=1))
    assert "or more" not in near.title
    assert "limit" not in near.subtitle


def test_a_range_from_a_newest_count_is_of_use() -> None:
    made = _part(_find("2023-12-31", horizon=1), "projected").set_index("quantile")["value"]
    assert made[0.1] > 4_000_000
    assert made[0.9] < 10_000_000


def test_a_chart_is_made_from_its_frame_alone() -> None:
    frame = _find("2022-05-01")
    kept = frame[frame["part"] != "planning figure"]
    chart = chart_refugee_projection(kept)
    assert "planning" not in chart.alt.lower()
    assert chart.rows["part"].nunique() == 2
    assert (
        "5,483,403 border crossings out of Ukraine, daily figures added up (UNHCR, 29 April 2022)"
        in chart.subtitle
    )


def test_a_new_wave_is_not_projected_by_years() -> None:
    frame = _find("2022-03-03", by="year")
    assert _part(frame, "projected").empty
    assert "people began to leave on 24 February 2022" in frame.attrs["reason"]
