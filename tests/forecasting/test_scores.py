"""Scoring rules against cases worked by hand, and what must hold for any."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.forecasting.scores import (
    FAN_LEVELS,
    HUB_LEVELS,
    LEVELS,
    absolute_percentage_error,
    coverage,
    interval_score,
    median_absolute_percentage_error,
    pinball_loss,
    to_log,
    weighted_interval_score,
    width_factor,
)

PEOPLE = st.floats(0, 1e7)


def test_pinball_loss_by_hand():
    # 100 came, 80 was said at 0.9: 20 short, 0.9 x 20. 120 was said: 20 over, 0.1 x 20.
    assert pinball_loss([100, 100], [80, 120], 0.9) == pytest.approx([18, 2])
    assert pinball_loss(100, 100, 0.3) == 0


def test_interval_score_by_hand():
    # An 80% interval of 90 to 110 costs its width; 120 lies 10 outside: 20 + 2 / 0.2 x 10.
    assert interval_score([100, 120, 85], 90, 110, 0.2) == pytest.approx([20, 120, 70])


def test_wis_by_hand():
    # Levels 0.1, 0.5, 0.9 with 90, 100, 110 and 130 came:
    # |130 - 100| / 2 = 15; 0.1 x (20 + 10 x 20) = 22; (15 + 22) / 1.5.
    assert weighted_interval_score([130], [[90, 100, 110]], (0.1, 0.5, 0.9)) == pytest.approx(
        37 / 1.5
    )
    # 104 came: 2 + 0.1 x 20 = 4; 4 / 1.5. An implementation that adds the median, 100,
    # instead of its error would give (50 + 2) / 1.5.
    assert weighted_interval_score([104], [[90, 100, 110]], (0.1, 0.5, 0.9)) == pytest.approx(
        4 / 1.5
    )


def test_wis_of_two_intervals_by_hand():
    # 0.25 x (40 + 8 x 5): 20 to 60 is left by 5; 0.5 levels: 30 to 50, left by 15.
    levels = (0.125, 0.25, 0.5, 0.75, 0.875)
    wide = 0.125 * (40 + 2 / 0.25 * 5)
    narrow = 0.25 * (20 + 2 / 0.5 * 15)
    expected = (25 / 2 + wide + narrow) / 2.5
    assert weighted_interval_score([65], [[20, 30, 40, 50, 60]], levels) == pytest.approx(expected)


def test_wis_on_the_log_scale_by_hand():
    # Everything shifts by the same ratio: one thousand or one million people score alike.
    small = weighted_interval_score([2_000], [[500, 1_000, 1_500]], (0.1, 0.5, 0.9), log=True)
    large = weighted_interval_score([2e6], [[5e5, 1e6, 1.5e6]], (0.1, 0.5, 0.9), log=True)
    median, outside, width = np.log(2), np.log(2 / 1.5), np.log(3)
    by_hand = (median / 2 + 0.1 * (width + 10 * outside)) / 1.5
    assert small == pytest.approx(by_hand)
    assert large == pytest.approx(by_hand)


def test_a_point_scores_its_absolute_error():
    assert weighted_interval_score([70], [[100] * len(LEVELS)]) == pytest.approx(30)


@pytest.mark.parametrize("levels", [LEVELS, FAN_LEVELS, HUB_LEVELS])
@given(came=PEOPLE, said=st.lists(PEOPLE, min_size=23, max_size=23))
def test_wis_is_twice_the_mean_pinball_loss(levels, came, said):
    quantiles = np.sort(said[: len(levels)])
    mean = pinball_loss(came, quantiles, np.asarray(levels)).mean()
    assert weighted_interval_score([came], [quantiles], levels) == pytest.approx(2 * mean, abs=1e-6)


@given(came=PEOPLE, said=st.lists(PEOPLE, min_size=3, max_size=3), by=st.floats(-1e6, 1e6))
def test_wis_moves_with_the_origin(came, said, by):
    levels, quantiles = (0.1, 0.5, 0.9), np.sort(said)
    here = weighted_interval_score([came], [quantiles], levels)
    there = weighted_interval_score([came + by], [quantiles + by], levels)
    assert there == pytest.approx(here, abs=1e-3)


@pytest.mark.parametrize("levels", [(0.1, 0.9), (0.1, 0.5, 0.8), (0.9, 0.5, 0.1)])
def test_levels_that_do_not_pair_up_are_refused(levels):
    with pytest.raises(ValueError, match="pair up"):
        weighted_interval_score([1], [np.ones(len(levels))], levels)


def test_another_number_of_quantiles_is_refused():
    with pytest.raises(ValueError, match="1 rows of 13"):
        weighted_interval_score([1], [[1, 2, 3]])


def test_coverage_counts_the_ends_of_an_interval_as_inside():
    assert coverage([90, 110, 111], 90, 110) == pytest.approx(2 / 3)
    assert coverage([90, 110, 111, 0], 90, 110) == 0.5
    assert np.isnan(coverage([], [], []))


def test_width_is_a_ratio_with_one_person_as_the_floor():
    assert width_factor([100, 0], [900, 50]) == pytest.approx([9, 50])


def test_percentage_errors():
    assert absolute_percentage_error([200, 50], [150, 60]) == pytest.approx([25, 20])
    assert np.isnan(absolute_percentage_error([0], [10])).all()
    assert median_absolute_percentage_error([100, 100, 100, 0], [110, 130, 80, 5]) == pytest.approx(
        20
    )
    assert np.isnan(median_absolute_percentage_error([], []))


def test_nobody_stands_as_one_person_on_the_log_scale():
    assert to_log([0, 0.4, 1, np.e]).tolist() == [0, 0, 0, 1]
