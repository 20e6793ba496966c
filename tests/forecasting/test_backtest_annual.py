"""The annual backtest on the casebook's own table: protocol, targets, and the table of scores."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.forecasting import (
    BY_STATE,
    LEVELS,
    SIMILAR,
    build_history,
    preregister,
    project_all,
    tabulate_backtest,
)
from analysis.forecasting.annual import CONFORMAL, PERSISTENCE
from analysis.forecasting.backtests import ALL_ORIGINS, LARGE_ORIGINS, STRETCH, TARGETS
from analysis.forecasting.scores import tabulate_scores

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="module")
def counts():
    return pd.read_csv(DATA / "refugees_by_origin.csv")


@pytest.fixture(scope="module")
def projections(counts):
    return project_all(build_history(counts))


@pytest.fixture(scope="module")
def scores(projections):
    table = tabulate_backtest(projections)
    return table.set_index(["method", "origins", "horizon"])


def test_the_protocol(projections):
    ours = projections[projections["method"] == SIMILAR.name]
    assert ours.groupby("horizon").size().to_dict() == {1: 1501, 3: 1341, 5: 1195, 10: 857}
    assert ours["cut_off"].min() == 2000
    assert (ours["cut_off"] + ours["horizon"]).max() == 2024
    assert ours["last"].min() >= 10_000
    assert not {"UNK", "XXA", "TIB", "PSE"} & set(ours["origin"])
    syria = ours[(ours["origin"] == "SYR") & (ours["cut_off"] == 2013) & (ours["horizon"] == 1)]
    assert syria[["last", "observed"]].to_numpy().tolist() == [[2_509_342, 3_967_139]]


@pytest.mark.parametrize("horizon", [1, 3, 5, 10])
def test_the_targets_are_met(scores, horizon):
    row = scores.loc[(SIMILAR.name, ALL_ORIGINS, horizon)]
    assert row["log_wis"] <= TARGETS[horizon]
    assert row["log_wis"] <= 1.05 * STRETCH.get(horizon, np.inf)
    assert 77 <= row["coverage_80"] <= 85
    assert 92.5 <= row["coverage_95"] <= 97
    large = scores.loc[(SIMILAR.name, LARGE_ORIGINS, horizon)]
    assert 77 <= large["coverage_80"] <= 86
    assert scores.loc[(SIMILAR.name, ALL_ORIGINS, 10), "width_80"] < 30


def test_on_cut_offs_after_those_it_was_chosen_on(projections):
    later = tabulate_backtest(projections[projections["cut_off"] >= 2010])
    ours = later[(later["method"] == SIMILAR.name) & (later["origins"] == ALL_ORIGINS)]
    score = ours.set_index("horizon")["log_wis"]
    assert score[1] <= STRETCH[1]
    assert score[5] <= STRETCH[5]
    # Better than what was used before, on the same rows.
    assert (score < pd.Series({1: 0.1125, 3: 0.2796, 5: 0.3953, 10: 0.6436})).all()


@pytest.mark.parametrize("horizon", [1, 3, 5, 10])
def test_it_beats_what_is_simpler(scores, horizon):
    methods = [SIMILAR.name, BY_STATE.name, CONFORMAL, PERSISTENCE]
    score = {name: scores.loc[(name, ALL_ORIGINS, horizon), "log_wis"] for name in methods}
    assert min(score, key=score.get) == SIMILAR.name
    assert max(score, key=score.get) == PERSISTENCE


def test_what_is_said_of_five_years_holds(scores):
    assert 7.5 <= scores.loc[(SIMILAR.name, ALL_ORIGINS, 5), "width_80"] <= 8.5


def test_no_projection_uses_a_later_value(counts, projections):
    cut_off = 2012
    rng = np.random.default_rng(0)
    changed = counts.copy()
    later = changed["year"] > cut_off
    for column in ("refugees", "asylum_seekers"):
        changed.loc[later, column] = rng.permutation(changed.loc[later, column])
    again = project_all(build_history(changed), first_cut_off=2011, last_target=2015)
    columns = ["method", "origin", "cut_off", "horizon", *LEVELS]
    made = again.loc[again["cut_off"] <= cut_off, columns]
    before = projections.merge(made[columns[:4]], on=columns[:4])[columns]
    made = made.sort_values(columns[:4], ignore_index=True)
    before = before.sort_values(columns[:4], ignore_index=True)
    assert len(made) > 100
    pd.testing.assert_frame_equal(made, before)


def test_scores_by_hand():
    rows = pd.DataFrame({"method": ["a", "a"], "observed": [100.0, 400.0]})
    for level in (0.025, 0.1, 0.5, 0.9, 0.975):
        rows[level] = 200.0
    row = tabulate_scores(rows, ["method"], (0.025, 0.1, 0.5, 0.9, 0.975)).iloc[0]
    assert row["wis"] == pytest.approx(150)
    assert row["pinball"] == pytest.approx(75)
    assert row["log_wis"] == pytest.approx(np.log(2))
    assert row["coverage_80"] == 0
    assert row["median_error"] == row["mean_error"] == pytest.approx(75)
    assert row["width_80"] == pytest.approx(1)


def test_the_preregistration_is_what_the_data_give(counts):
    stored = pd.read_csv(DATA / "preregistration_2026.csv")
    made = preregister(counts)
    assert stored["value"].tolist() == made["value"].tolist()
    assert stored["origin"].tolist() == made["origin"].tolist()
    assert stored["source_id"].unique().tolist() == made["data_vintage"].unique().tolist()
    assert made["origin"].nunique() == 30
    assert len(made) == 30 * 2 * len(LEVELS)
    assert set(made["target_day"]) == {pd.Timestamp("2026-12-31")}
    assert made["origin"].iloc[0] == "UKR"
    assert (made["value"] > 0).all()
