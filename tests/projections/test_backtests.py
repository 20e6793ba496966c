"""Backtests: what a day allows to be scored, the table, the charts, and the command."""

from pathlib import Path

import pandas as pd
import pytest

from analysis import chart_backtest, chart_backtest_coverage, open_casebook, write_backtest
from analysis.casebook.new import begin
from analysis.charts.finish import finish
from analysis.projections.backtests import require_file
from tests.commands import run_figures

SHARED = Path(__file__).parents[2] / ".." / "shared" / "data"
needs_shared = pytest.mark.skipif(
    not (SHARED / "unhcr-annual").is_dir(), reason="needs ../shared: UNHCR's annual statistics"
)


def _score(kind: str, day: str = "2026-12-31", folder: str = "") -> pd.DataFrame:
    return open_casebook(as_of=day).projections.backtest(kind, folder=folder)


@pytest.fixture(scope="module")
def annual() -> pd.DataFrame:
    return _score("annual")


def test_the_targets_are_met(annual: pd.DataFrame) -> None:
    ours = annual[(annual["method"] == annual["method"].iloc[0])]
    every = ours[ours["origins"] == "10,000 or more"].set_index("horizon")
    assert list(every.index) == [1, 3, 5, 10]
    assert every["projections"].tolist() == [1501, 1341, 1195, 857]
    assert (every["log_wis"] <= every["target"]).all()
    assert every["coverage_80"].between(77, 85).all()
    assert every["coverage_95"].between(92.5, 97).all()


def test_it_beats_what_it_must(annual: pd.DataFrame) -> None:
    every = annual[annual["origins"] == "10,000 or more"]
    wide = every.pivot(index="horizon", columns="method", values="log_wis")
    assert (wide["pooled by similar crises"] < wide["persistence"]).all()
    assert (wide["pooled by similar crises"] < wide["persistence, conformal intervals"]).all()


def test_an_earlier_day_scores_fewer_years_and_a_very_early_one_none() -> None:
    earlier = _score("annual", "2010-06-30")
    assert earlier["horizon"].max() == 5
    # Cut-offs 2000 to 2008 at one year; the last year known in mid-2010 is 2009.
    assert 0 < earlier["projections"].max() < 700
    none = _score("annual", "1999-06-30")
    assert none.empty
    assert list(none.columns) == list(earlier.columns)
    assert write_backtest(none) == []
    for draw in (chart_backtest, chart_backtest_coverage):
        chart = draw(none)
        assert chart.title == (
            "The casebook holds too few counts published by 30 June 1999 to score a projection"
        )
        finish(chart)


def test_a_new_casebook_has_no_past_to_score(tmp_path: Path) -> None:
    begin(tmp_path / "kesh", title="Floods in Kesh", first_day="2024-03-01", country="PAK")
    book = open_casebook(tmp_path / "kesh", "2026-11-01")
    for kind in ("annual", "daily"):
        scores = book.projections.backtest(kind)
        assert scores.empty
        assert chart_backtest(scores).title == (
            "The casebook holds too few counts published by 1 November 2026 to score a projection"
        )


def test_the_daily_one_scores_nothing_before_its_outcomes_are_known() -> None:
    none = _score("daily", "2022-03-20")
    assert none.empty
    assert {"target_wis", "target_error", "coverage_80"} <= set(none.columns)
    finish(chart_backtest(none))
    assert open_casebook(as_of="2022-03-20").projections.logistic_curve().empty


def test_some_days_of_the_daily_one() -> None:
    # On 8 April the figures of up to 7 April were known: as-of days 6 to 8 March look a month on.
    scores = _score("daily", "2022-04-08")
    assert scores["projections"].max() <= 3
    assert set(scores["data"]) == {"as published", "final figures"}
    assert scores["published_on"].max() <= pd.Timestamp("2022-04-08")
    chart = chart_backtest(scores)
    assert "One crisis" in chart.subtitle
    finish(chart)


def test_a_logistic_curve_is_passed_at_once() -> None:
    curve = open_casebook(as_of="2026-12-31").projections.logistic_curve()
    assert len(curve) == 5
    assert ((curve["passed_on"] - curve["as_of"]).dt.days <= 4).all()
    assert (curve["error"] < -25).all()


def test_scores_in_words(annual: pd.DataFrame) -> None:
    told = write_backtest(annual)
    assert told[0].startswith("What followed in similar crises: score 0.125 at 1 y, 0.292 at 3 y")
    assert "80%" not in next(line for line in told if line.startswith("No change: "))


def test_titles_speak_plainly(annual: pd.DataFrame) -> None:
    for chart in (chart_backtest(annual), chart_backtest_coverage(annual)):
        assert len(chart.title) <= 90
        shown = chart.title + " ".join(chart.rows["method"])
        assert not any(word in shown for word in ("log", "pooled", "conformal", "persistence"))


def test_charts_show_every_method_that_has_ranges(annual: pd.DataFrame) -> None:
    scores = chart_backtest(annual)
    assert scores.rows["method"].nunique() == 4
    covered = chart_backtest_coverage(annual)
    assert "persistence" not in set(covered.rows["method"])
    outside = covered.rows["value"] + covered.rows["coverage_80"].where(
        covered.rows["interval"] == "80%", covered.rows["coverage_95"]
    )
    assert outside.to_numpy() == pytest.approx(100.0)


def test_the_command_prints_the_table_and_writes_files(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    status, printed, told = run_figures(capsys, "backtest", "annual", "--out", tmp_path)
    assert (status, told) == (0, "")
    assert "pooled by similar crises" in printed
    assert "0.125" in printed
    names = {path.name for path in tmp_path.iterdir()}
    assert {"backtest_annual_scores.csv", "backtest_annual.png", "backtest_annual.svg",
            "backtest_annual_coverage.png"} <= names  # fmt: skip
    table = pd.read_csv(tmp_path / "backtest_annual_scores.csv")
    assert len(table) == 32
    assert printed.splitlines()[-1].startswith(str(tmp_path))


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["anual"], "'anual' is not one of"),
        (["annual", "--published", "/nowhere"],
         "--published /nowhere: expected a folder of published files with unhcr-annual"),
        (["daily", "--published", "/nowhere"], "with unhcr-ocha-vintages"),
        (["annual", "--as-of", "2022-02-30"], 'no day "2022-02-30" in the calendar'),
    ],
)  # fmt: skip
def test_slips_are_one_line(
    capsys: pytest.CaptureFixture[str], words: list[str], message: str
) -> None:
    status, printed, told = run_figures(capsys, "backtest", *words)
    assert (status, printed) == (2, "")
    assert message in told
    assert len(told.splitlines()) == 1


def test_the_command_says_when_nothing_could_be_scored(capsys: pytest.CaptureFixture[str]) -> None:
    status, printed, _ = run_figures(capsys, "backtest", "daily", "--as-of", "2022-03-03")
    assert status == 0
    assert printed == "The casebook holds nothing published by that day to score a projection by.\n"


@needs_shared
def test_ones_own_files_give_the_same_scores(annual: pd.DataFrame) -> None:
    assert require_file(str(SHARED), "annual").is_file()
    own = _score("annual", "2026-12-31", str(SHARED))
    numbers = ["projections", "log_wis", "coverage_80", "coverage_95", "median_error"]
    pd.testing.assert_frame_equal(own[numbers], annual[numbers])
