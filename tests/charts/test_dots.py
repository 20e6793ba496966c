"""What plot_dots draws: a mark a method in a lane of its own, what is wanted behind them."""

import pandas as pd
import pytest
from matplotlib.axes import Axes

from analysis.charts import finish, plot_dots

from .drawing import artist, collisions, make_chart, named, new_axes, texts, words

ROWS = pd.DataFrame(
    [
        {"group": group, "method": method, "value": value, "wanted": 0.3, "publisher": "UNHCR",
         "published_on": pd.Timestamp("2026-06-25")}
        for group, values in {"1 year": (0.1, 0.1, 0.4), "3 years": (0.2, 0.3, 0.9)}.items()
        for method, value in zip(("ours", "plain", "nothing changes"), values, strict=True)
    ]
)  # fmt: skip


def draw(rows: pd.DataFrame) -> Axes:
    return plot_dots(rows, new_axes(), unit="log-WIS", wanted="at most", empty="None was scored.")


def test_each_value_is_a_mark_and_equal_values_do_not_hide_each_other() -> None:
    ax = draw(ROWS)
    assert len(named(ax, "ours")) == len(named(ax, "plain")) == 2
    ax.figure.draw_without_rendering()  # type: ignore[union-attr]
    spots = []
    for name in ("row-0-ours", "row-0-plain"):
        mark = artist(ax, name)
        x, y = mark.get_transform().transform(mark.get_xydata())[0]  # type: ignore[union-attr]
        spots.append(y)
        assert ax.transData.inverted().transform((x, y))[0] == pytest.approx(0.1)
    assert abs(spots[0] - spots[1]) > 8


def test_the_value_wanted_is_a_tick_or_a_lane() -> None:
    assert list(artist(draw(ROWS), "row-1-wanted").get_xdata()) == [0.3, 0.3]  # type: ignore[union-attr]
    lanes = ROWS.drop(columns=["wanted"]).assign(wanted_low=0.15, wanted_high=0.23)
    lane = artist(draw(lanes), "row-0-lane")
    assert (lane.get_x(), lane.get_width()) == (0.15, pytest.approx(0.08))  # type: ignore[union-attr]
    assert "at most" in words(draw(lanes))


def test_methods_differ_in_shape_and_fill_and_are_named_once() -> None:
    ax = draw(ROWS)
    assert all(texts(ax).count(name) == 1 for name in ("ours", "plain", "nothing changes"))
    looks = {
        (artist(ax, f"row-0-{name}").get_marker(), artist(ax, f"row-0-{name}").get_fillstyle())  # type: ignore[union-attr]
        for name in ("ours", "plain", "nothing changes")
    }
    assert len(looks) == 3


def test_the_scale_begins_at_zero() -> None:
    assert draw(ROWS).get_xlim()[0] == 0


def test_what_has_no_value_is_left_out_and_nothing_says_so() -> None:
    assert words(draw(ROWS[:0])) == "None was scored."
    assert words(draw(ROWS.assign(value=float("nan")))) == "None was scored."
    some = ROWS.assign(value=ROWS["value"].where(ROWS["method"] != "plain"))
    assert "plain" not in words(draw(some))


def test_a_missing_column_is_named() -> None:
    with pytest.raises(ValueError, match="plot_dots needs the column method"):
        draw(ROWS.drop(columns=["method"]))


def test_nothing_collides() -> None:
    chart = make_chart(ROWS, lambda rows, ax: plot_dots(rows, ax, unit="log-WIS", wanted="at most"))
    assert collisions(finish(chart)) == []
