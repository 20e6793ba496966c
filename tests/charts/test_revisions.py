"""Revisions of one figure: a step each, its signed amount, and a scale that says it is cut."""

from functools import partial

import pandas as pd
import pytest
from matplotlib.lines import Line2D

from analysis.charts import finish, plot_revisions
from analysis.charts.revisions import CUT_SCALE

from .drawing import collisions, make_chart, new_axes, spots, texts, words
from .frames import make
from .series import EDITIONS, START, claim

draw = partial(plot_revisions, unit="border crossings through 2 March 2022")


@pytest.mark.parametrize("width", [6.2, 9, 14])
@pytest.mark.parametrize("rows", [0, 1, 2, 5, 9])
def test_nothing_collides(rows: int, width: float) -> None:
    for height in (0.5, 100):
        figure = finish(make_chart(EDITIONS.iloc[:rows], draw, width=width, height=height))
        assert collisions(figure) == []


def test_many_revisions_in_a_few_days_have_no_label_on_another() -> None:
    rows = make([claim(day, at=1000 + (day * 37) % 11 * 5) for day in range(60)])
    assert collisions(finish(make_chart(rows, draw))) == []


def test_each_edition_is_a_point_and_a_step() -> None:
    ax = draw(EDITIONS, new_axes(), until=START + pd.Timedelta(days=70))
    assert len(spots(ax, "editions")) == 9
    steps = next(a for a in ax.get_children() if a.get_gid() == "steps")
    assert isinstance(steps, Line2D)
    assert steps.get_drawstyle() == "steps-post"
    ys = [float(y) for y in steps.get_ydata()]  # type: ignore[union-attr]
    assert ys == [*EDITIONS["best"], 989_500], "up to the last day the last figure stands"


def test_changes_are_signed_and_the_first_and_last_figure_written() -> None:
    said = texts(draw(EDITIONS, new_axes(14, 9)))
    assert {"1,012,381", "989,500", "+28,019", "−26,110", "−20,992"} <= set(said)
    assert "as published on 21 Apr 2022" in words(draw(EDITIONS, new_axes(14, 9)))


def test_a_cut_scale_says_so_and_one_from_zero_does_not() -> None:
    ax = draw(EDITIONS, new_axes())
    assert ax.get_ylim()[0] > 0
    assert CUT_SCALE in words(ax)
    ax = draw(make([claim(0, at=100), claim(9, at=300)]), new_axes())
    assert ax.get_ylim()[0] == 0
    assert "start at zero" not in words(ax)
    ax = draw(EDITIONS.iloc[:1], new_axes())
    assert ax.get_ylim()[0] == 0, "one figure has no change to show"
    assert texts(ax).count("1,012,381") == 1, "the last figure, which is the first"


def test_editions_of_two_figures_are_refused() -> None:
    rows = make([claim(0, "A", at=1), claim(0, "B", at=2)])
    with pytest.raises(ValueError, match="the editions of one figure, not of A, B"):
        draw(rows, new_axes())


def test_empty_and_incomplete_frames() -> None:
    assert texts(draw(EDITIONS.iloc[:0], new_axes(), empty="Nothing.")) == ["Nothing."]
    with pytest.raises(ValueError, match="plot_revisions needs the column low"):
        draw(EDITIONS.drop(columns="low"), new_axes())
