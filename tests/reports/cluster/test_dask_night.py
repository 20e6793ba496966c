"""The simulated night of docs/scale.md: its arithmetic where it can be done by hand."""

import pytest

from benchmarks.night import Night, find_workers, simulate


def test_without_accidents_a_night_is_division() -> None:
    course = simulate(Night(reports=10_000, workers=10, seconds=3.0, handing_out=0.0))
    assert course.hours == pytest.approx(10_000 * 3.0 / 10 / 3600, rel=0.02)
    assert course.busy == pytest.approx(1.0, abs=0.01)
    assert (course.repeated, course.failed) == (0, 0)


def test_the_same_seed_is_the_same_night() -> None:
    night = Night(reports=2_000, workers=8, deaths_an_hour=500)
    assert simulate(night) == simulate(night)
    assert simulate(night) != simulate(Night(**{**vars(night), "seed": 2}))


def test_the_scheduler_is_the_end_of_more_workers() -> None:
    course = simulate(Night(reports=20_000, workers=1_000, seconds=1.0, handing_out=0.01))
    assert course.hours == pytest.approx(20_000 * 0.01 / 3600, rel=0.05)
    assert course.scheduler_busy > 0.95
    with pytest.raises(ValueError, match="no number of workers"):
        find_workers(Night(reports=1_000, seconds=1.0, handing_out=0.01), hours=5 / 3600)


def test_deaths_cost_the_time_lost_and_repeat_reports() -> None:
    # A worker lives 40 reports on average: about one in 40 is begun again, one in 1,600 fails.
    night = Night(reports=20_000, workers=10, seconds=3.0, deaths_an_hour=300, returns_after=12)
    course = simulate(night)
    assert course.repeated == pytest.approx(20_000 / 40, rel=0.2)
    assert 0 < course.failed < 40
    calm = simulate(Night(**{**vars(night), "deaths_an_hour": 0}))
    # Each death costs half a report and the return: some 13.5 of 120 seconds.
    assert course.hours / calm.hours == pytest.approx(1 + 13.5 / 120, rel=0.05)


def test_as_many_workers_as_are_needed() -> None:
    night = Night(reports=3_000, seconds=2.0)
    workers = find_workers(night, hours=0.25)
    assert simulate(Night(**{**vars(night), "workers": workers})).hours <= 0.25
    assert simulate(Night(**{**vars(night), "workers": workers - 1})).hours > 0.25
    assert workers == pytest.approx(3_000 * 2.0 / 900, abs=2)
