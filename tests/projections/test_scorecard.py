"""Projections scored: by hand on a tiny crisis, on the own figures of the project, with no leak."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from analysis import (
    Casebook,
    chart_projections_passed,
    chart_projections_scorecard,
    open_casebook,
    write_projections_scorecard,
)
from analysis.charts.finish import finish
from analysis.projections.scorecard import find_passing, say_error

Make = Callable[..., Path]


def _count(
    day: str, wording: str, measure: str = "border crossings", **other: str
) -> dict[str, str]:
    return {
        "source_id": "report-2", "locator": f"row {day} {measure}", "claimant": "office",
        "since": "2023-04-15" if measure == "border crossings" else "", "as_of": day,
        "who": "everybody", "origin": "SDN", "asylum": "all", "measure": measure,
        "wording": wording, "unit": "people", "standard": "registered", "status": "stated",
        "published_on": day,
        **other,
    }  # fmt: skip


def _projection(wording: str, target: str = "", **other: str) -> dict[str, str]:
    return {
        "source_id": "report-1", "locator": f"paragraph {wording}", "claimant": "office",
        "target_day": target, "origin": "SDN", "measure": "not stated",
        "definition": "people who could leave", "wording": wording, "standard": "projected",
        "status": "stated", "published_on": "2023-05-10", **other,
    }  # fmt: skip


def _score(folder: Path, as_of: str = "2023-12-31") -> pd.DataFrame:
    return open_casebook(folder, as_of).projections.scorecard(origin="SDN")


def test_an_error_worked_out_by_hand(make_casebook: Make) -> None:
    # 120,000 projected, 100,000 counted ten days before the day: 20% too high.
    folder = make_casebook(
        projections=[_projection("120,000", "2023-08-31")],
        refugees=[_count("2023-06-01", "60,000"), _count("2023-08-21", "100,000"),
                  _count("2023-09-15", "130,000")],
    )  # fmt: skip
    (row,) = _score(folder).to_dict("records")
    assert row["outcome_counted_to"] == pd.Timestamp("2023-08-21")
    assert row["error_low"] == row["error_high"] == pytest.approx(20.0)
    assert row["score"] == "20% too high"
    assert row["passed_on"] == pd.Timestamp("2023-09-15")


def test_an_open_count_leaves_the_error_open(make_casebook: Make) -> None:
    folder = make_casebook(
        projections=[_projection("60,000", "2023-08-31")],
        refugees=[_count("2023-08-31", "at least 100,000")],
    )
    (row,) = _score(folder).to_dict("records")
    assert row["error_high"] == pytest.approx(-40.0)
    assert row["score"] == "40% too low or more"


def test_a_count_too_long_before_the_day_is_no_outcome(make_casebook: Make) -> None:
    folder = make_casebook(
        projections=[_projection("120,000", "2023-08-31")],
        refugees=[_count("2023-08-16", "100,000"), _count("2023-10-01", "150,000")],
    )
    (row,) = _score(folder).to_dict("records")
    assert pd.isna(row["outcome_low"])
    assert row["score"] == (
        "the casebook holds no figure counted to a day in the 14 days to 31 August 2023"
    )


def test_a_day_that_has_not_come_has_no_error(make_casebook: Make) -> None:
    folder = make_casebook(
        projections=[_projection("120,000", "2023-12-31")],
        refugees=[_count("2023-08-21", "100,000")],
    )
    (row,) = _score(folder, "2023-09-01").to_dict("records")
    assert row["score"] == "the casebook holds no figure that late"
    assert pd.isna(row["error_best"])


def test_a_projection_without_a_day_is_only_passed(make_casebook: Make) -> None:
    folder = make_casebook(
        projections=[_projection("50,000 to 90,000")],
        refugees=[_count("2023-06-01", "60,000"), _count("2023-07-01", "up to 95,000"),
                  _count("2023-08-01", "at least 90,000")],
    )  # fmt: skip
    (row,) = _score(folder).to_dict("records")
    # "Up to 95,000" may be less than 90,000: only on 1 August was it necessarily there.
    assert row["passed_on"] == pd.Timestamp("2023-08-01")
    assert row["score"] == "no day stated, so no error at a day"
    (said,) = write_projections_scorecard(_score(folder))
    assert "Reached on 1 August 2023 by Office's count of border crossings (total stated)" in said
    assert "could leave Sudan (no day stated, reported on 10 May 2023)." in said


def test_a_stated_measure_is_held_against_no_other(make_casebook: Make) -> None:
    folder = make_casebook(
        projections=[_projection("60,000", measure="refugees recorded")],
        refugees=[_count("2023-06-01", "90,000"),
                  _count("2023-06-01", "50,000", "refugees recorded")],
    )  # fmt: skip
    scores = _score(folder)
    assert scores["series_measure"].tolist() == ["refugees recorded"]
    assert scores["passed_on"].isna().all()


def test_without_any_count_the_projection_still_has_its_row(make_casebook: Make) -> None:
    folder = make_casebook(projections=[_projection("60,000", "2023-08-31")])
    scores = _score(folder)
    assert scores["score"].tolist() == ["not scored: the casebook holds no count it could mean"]
    finish(chart_projections_scorecard(scores))
    finish(chart_projections_passed(scores))


def test_before_any_projection_there_is_an_empty_frame_with_all_columns() -> None:
    empty = open_casebook(as_of="2022-01-01").projections.scorecard()
    assert empty.empty
    assert list(empty.columns) == list(
        open_casebook(as_of="2022-03-03").projections.scorecard().columns
    )
    assert write_projections_scorecard(empty) == []
    finish(chart_projections_scorecard(empty))
    finish(chart_projections_passed(empty))


def test_nothing_published_after_the_day_is_used(make_casebook: Make) -> None:
    rows = [_count("2023-06-01", "60,000")]
    late = _count("2023-05-30", "999,000", locator="late", published_on="2023-11-01")
    told = [_projection("60,000", "2023-06-01")]
    before = _score(make_casebook("a", projections=told, refugees=rows), "2023-10-31")
    after = _score(make_casebook("b", projections=told, refugees=[*rows, late]), "2023-10-31")
    pd.testing.assert_frame_equal(before, after)
    assert before["score"].tolist() == ["right to within 1%"]


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (5.17, 5.17, "5% too high"),
        (-50.8, -50.8, "51% too low"),
        (-100.0, -50.8, "51% too low or more"),
        (-100.0, 12.0, "perhaps right: an end is open"),
        (10.0, None, "10% too high or more"),
        (-10.0, 3.0, "from 10% too low to 3% too high"),
        (5.2, 46.1, "5 to 46% too high"),
        (-46.1, -5.2, "5 to 46% too low"),
        (0.2, 0.2, "right to within 1%"),
        (None, None, "perhaps right: an end is open"),
    ],
)
def test_errors_in_words(low: float | None, high: float | None, said: str) -> None:
    assert say_error(low, high) == said  # type: ignore[arg-type]


def test_a_figure_passed_with_a_new_meaning_says_so() -> None:
    series = pd.DataFrame(
        {
            "low": [10, 30],
            "counted_to": pd.to_datetime(["2023-05-01", "2023-05-02"]),
            "change": ["", "2 May 2023: more countries"],
        }
    )
    assert find_passing(series, 20) == (pd.Timestamp("2023-05-02"), "2 May 2023: more countries")
    assert find_passing(series, 5) == (pd.Timestamp("2023-05-01"), "")
    assert find_passing(series, 31) == (None, "")


# The project's own figures


@cache
def find_book(day: str) -> Casebook:
    return open_casebook(as_of=day)


@pytest.fixture(scope="module")
def scorecard() -> pd.DataFrame:
    return find_book("2026-12-31").projections.scorecard()


def test_eight_million_is_too_low_and_too_high_by_definition(scorecard: pd.DataFrame) -> None:
    rows = scorecard[(scorecard["wording"] == "8.3 million") & scorecard["outcome_low"].notna()]
    found = {
        (row["series_measure"], row["outcome_low"]): row["score"] for row in rows.to_dict("records")
    }
    assert found == {
        ("border crossings", 16_867_334): "51% too low or more",
        ("refugees recorded", 7_891_853): "5% too high",
        ("refugees recorded", 6_276_837): "32% too high",
        ("refugees recorded", 6_315_061): "31% too high",
        ("refugees at the end of the year", 5_684_177): "46% too high",
    }
    notes = rows.set_index("outcome_low")["outcome_note"]
    assert notes[7_891_853] == "before the change of 31 December 2022: Russia counted another way"
    assert notes[6_276_837].startswith("after the change of 31 December 2022")


def test_four_million_was_passed_after_a_month(scorecard: pd.DataFrame) -> None:
    first = scorecard[scorecard["source_id"] == "ap-2022-03-03"].set_index("series")["passed_on"]
    assert first["UNHCR: border crossings, total stated"] == pd.Timestamp("2022-03-30")
    assert first["UNHCR: border crossings, days added up"] == pd.Timestamp("2022-03-31")


def test_on_3_march_nothing_had_been_passed_and_the_share_names_what_was_known() -> None:
    scores = find_book("2022-03-03").projections.scorecard()
    assert len(scores) >= 5
    assert scores["passed_on"].isna().all()
    assert set(scores["latest_wording"].dropna()) == {"1 million", "about 875,000"}
    # Of a day after the last crossings, and still held against them: they went on.
    said = scores[scores["source_id"] == "ap-2022-03-03"]["latest_wording"]
    assert set(said) == {"1 million", "about 875,000"}
    assert set(scores["denominators"]) == {"AP, year not stated; OCHA, year not stated"}


def test_the_official_count_is_used_only_once_its_release_is_out() -> None:
    before = find_book("2023-04-26").projections.outcomes()
    after = find_book("2023-12-31").projections.outcomes()
    measure = "refugees at the end of the year"
    assert measure not in set(before["measure"])
    assert (before["published_on"] <= pd.Timestamp("2023-04-26")).all()
    counts = after[after["measure"] == measure]
    assert (after["published_on"] <= pd.Timestamp("2023-12-31")).all()
    assert counts["counted_to"].max() == pd.Timestamp("2022-12-31")
    # The refugees of the release of June 2023; a year later they were 5,684,177.
    assert counts["wording"].iloc[-1] == "5,679,880"


def test_countries_added_up_are_a_floor_where_one_reported_earlier() -> None:
    outcomes = find_book("2026-12-31").projections.outcomes()
    added = outcomes[outcomes["series"] == "UNHCR: border crossings, countries added up"]
    row = added[added["counted_to"] == pd.Timestamp("2022-12-27")].iloc[0]
    # Belarus, Hungary, Moldova, Poland, Romania, Russia, Slovakia; Russia last on 3 October.
    parts = [16_705, 1_972_885, 732_939, 8_506_801, 1_737_719, 2_852_395, 1_047_890]
    assert row["low"] == sum(parts) == 16_867_334
    assert pd.isna(row["high"])
    assert row["wording"] == "at least 16,867,334"


def test_charts_name_the_day_and_every_score(scorecard: pd.DataFrame) -> None:
    chart = chart_projections_scorecard(scorecard)
    assert len(chart.title) <= 90
    # Neither of the two series alone: the source did not say which it meant.
    assert "51% too low or more (crossings), 5 to 46% too high (people)" in chart.title
    for said in ("46% too high against refugees at the end of the year", "31 December 2026"):
        assert said in chart.subtitle
    assert chart.rows["publisher"].notna().all()
    with pytest.raises(ValueError, match='measure: "crossings" is not one of'):
        chart_projections_passed(scorecard, measure="crossings")


def test_people_recorded_in_countries_were_known_with_the_crossings() -> None:
    book = find_book("2023-01-05")
    outcomes = book.projections.outcomes()
    recorded = outcomes[outcomes["measure"] == "refugees recorded"].iloc[-1]
    assert (recorded["wording"], recorded["counted_to"]) == (
        "7,896,825",
        pd.Timestamp("2022-12-27"),
    )
    # The one claimant who counts no more than some countries has no sum.
    assert set(outcomes["claimant"]) == {"unhcr"}


def test_one_series_alone_stands_in_no_title(make_casebook: Make) -> None:
    told = [_projection("60,000", "2023-06-01")]
    folder = make_casebook(projections=told, refugees=[_count("2023-06-01", "120,000")])
    chart = chart_projections_scorecard(_score(folder))
    assert "50%" not in chart.title
    assert "50% too low against border crossings" in chart.subtitle
    only = [_projection("60,000", "2023-06-01", measure="border crossings")]
    folder = make_casebook("b", projections=only, refugees=[_count("2023-06-01", "120,000")])
    assert chart_projections_scorecard(_score(folder)).title == (
        "Office's 60,000 for 1 June 2023: 50% too low (crossings)"
    )


def test_an_area_is_held_against_its_own_counts_only(make_casebook: Make) -> None:
    told = [_projection("60,000", "2023-06-01", asylum="TCD", measure="refugees recorded")]
    counts = [
        _count("2023-06-01", "500,000", "refugees recorded"),
        _count("2023-06-01", "80,000", "refugees recorded", asylum="TCD", locator="row 2"),
    ]
    (row,) = _score(make_casebook(projections=told, refugees=counts)).to_dict("records")
    assert row["series"] == "Office: refugees recorded in Chad"
    assert row["score"] == "25% too low"
    (row,) = _score(make_casebook("b", projections=told, refugees=counts[:1])).to_dict("records")
    assert row["score"] == ("not scored: the casebook holds no count for the whole of Chad")


def test_people_to_be_helped_are_scored_against_nothing(make_casebook: Make) -> None:
    told = [_projection("60,000", "2023-06-01", measure="people to be helped")]
    scores = _score(make_casebook(projections=told, refugees=[_count("2023-06-01", "50,000")]))
    assert scores["score"].tolist() == ["not scored: no series counts people to be helped"]
    assert scores["share"].tolist() == [""]
    assert scores["series"].isna().all()
    finish(chart_projections_scorecard(scores))
