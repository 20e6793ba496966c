"""What plot_fan draws: bands that nest, counts known and later, planning figures, two scales."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection

from analysis.charts import finish, plot_fan, say_rounded, say_rounded_range
from analysis.charts.fan import find_bands
from analysis.charts.room import needed_height

from .drawing import artist, collisions, make_chart, named, new_axes, texts, words

LEVELS = (0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975)
KNOWN = pd.Timestamp("2022-03-15")


def counted(part: str = "counted", start: str = "2022-03-01", days: int = 15) -> pd.DataFrame:
    when = pd.date_range(start, periods=days)
    values = np.arange(1, days + 1) * 100_000
    return pd.DataFrame({"part": part, "day": when, "quantile": np.nan, "value": values})


def projected(start: str = "2022-03-16", days: int = 14, last: float = 1_500_000) -> pd.DataFrame:
    rows = [
        {"part": "projected", "day": day, "quantile": level,
         "value": last + (number + 1) * 60_000 * level * 2}
        for number, day in enumerate(pd.date_range(start, periods=days))
        for level in LEVELS
    ]  # fmt: skip
    return pd.DataFrame(rows)


def planned(value: float, day: str | None = None, label: str = "up to 4 million (UNHCR)"):
    return pd.DataFrame(
        {
            "part": "planning figure", "day": [pd.Timestamp(day) if day else pd.NaT],
            "quantile": np.nan, "value": value, "label": label,
            "published_on": pd.Timestamp("2022-03-05"),
        }
    )  # fmt: skip


def join(*parts: pd.DataFrame) -> pd.DataFrame:
    rows = pd.concat(parts, ignore_index=True)
    return rows.assign(publisher="UNHCR", published_on=pd.Timestamp("2022-03-05"))


FULL = join(
    counted(), projected(), planned(4_000_000), planned(2_000_000, "2022-03-25", "2 million (A)"),
    counted("counted later", "2022-03-16", 10),
)  # fmt: skip


def draw(rows: pd.DataFrame, **options: object) -> Axes:
    return plot_fan(rows, new_axes(), unit="border crossings", **options)  # type: ignore[arg-type]


def band(ax: Axes, name: str) -> PolyCollection:
    (found,) = [c for c in ax.collections if c.get_gid() == name]
    assert isinstance(found, PolyCollection)
    return found


def test_it_returns_the_axes_it_was_given() -> None:
    ax = new_axes()
    assert plot_fan(FULL, ax, unit="people") is ax
    assert needed_height(ax)


def test_a_band_goes_from_its_low_to_its_high_quantile() -> None:
    ax = draw(FULL)
    assert [name for name in named(ax, "") if name.startswith("band-")] == [
        "band-95", "band-80", "band-50",
    ]  # fmt: skip
    y = band(ax, "band-80").get_paths()[0].vertices[:, 1]
    assert y.max() == pytest.approx(1_500_000 + 14 * 60_000 * 0.9 * 2)
    assert 1_500_000 in y  # it begins at the last count


def test_wider_bands_are_paler_and_lie_below() -> None:
    ax = draw(FULL)
    light = [band(ax, f"band-{n}").get_facecolor()[0][:3].mean() for n in (95, 80, 50)]
    assert light == sorted(light, reverse=True)
    # Told apart in grey too.
    assert np.abs(np.diff(light)).min() > 0.05


def test_the_middle_is_the_median() -> None:
    line = artist(draw(FULL), "middle")
    assert line.get_ydata()[-1] == pytest.approx(1_500_000 + 14 * 60_000)  # type: ignore[union-attr]


def test_a_planning_figure_with_a_day_stands_there_and_one_without_runs_on() -> None:
    ax = draw(FULL)
    day = (pd.Timestamp("2022-03-25") - pd.Timestamp("1970-01-01")).days
    assert artist(ax, "plan-1").get_xdata() == [day]  # type: ignore[union-attr]
    assert named(ax, "-level") == ["plan-0-level"]
    assert "planned for, without a day: up to 4 million (UNHCR)" in words(ax)


def test_planning_figures_of_one_height_share_a_label() -> None:
    ax = draw(join(counted(), planned(4_000_000, label="a"), planned(4_000_001, label="b")))
    assert "a; b" in words(ax)
    assert texts(ax).count("4 million") == 2  # the scale and the label


def test_only_marks_that_are_used_are_explained() -> None:
    bare = words(draw(join(counted())))
    assert "counted, as known on the day" in bare
    assert "outcomes expected" not in bare
    assert "planning" not in bare
    assert "later" not in bare
    full = words(draw(FULL))
    for said in ("95% of outcomes", "planning figure as published", "counted later, not known"):
        assert said in full


def test_the_second_scale_is_labelled_and_agrees_with_the_first() -> None:
    ax = draw(FULL, whole=40_000_000.0, whole_name="the population of A, 40 million (B 2021)")
    assert "Outer scale: % of the population of A, 40 million (B 2021)" in words(ax)
    (ten,) = [text for text in ax.texts if text.get_text() == "10%"]
    ax.figure.draw_without_rendering()  # type: ignore[union-attr]
    y = ten.get_window_extent().get_points()[:, 1].mean()
    assert ax.transData.inverted().transform((0, y))[1] == pytest.approx(4_000_000, rel=0.03)
    assert "share-scale" not in [a.get_gid() for a in draw(FULL).get_children()]


def test_the_scale_begins_at_zero() -> None:
    assert draw(FULL).get_ylim()[0] == 0


def test_years_are_named_by_their_end() -> None:
    years = pd.DataFrame(
        {"part": "counted", "day": pd.to_datetime(["2012-12-31", "2013-12-31", "2014-12-31"]),
         "quantile": np.nan, "value": [1, 2, 3]}
    )  # fmt: skip
    ax = draw(join(years), by_year=True)
    assert {"2012", "2013", "2014"} <= set(texts(ax))
    assert "at the end of the year" in texts(ax)


@pytest.mark.parametrize("rows", [FULL[:0], join(planned(4_000_000))], ids=["empty", "plans"])
def test_nothing_to_draw_says_so(rows: pd.DataFrame) -> None:
    assert words(draw(rows, empty="Nothing was known.")) == "Nothing was known."


@pytest.mark.parametrize("rows", [join(counted(days=1)), join(projected()), FULL])
def test_one_count_or_no_count_is_drawn(rows: pd.DataFrame) -> None:
    draw(rows, known_on=KNOWN)


def test_a_missing_column_is_named() -> None:
    with pytest.raises(ValueError, match="plot_fan needs the column quantile"):
        draw(FULL.drop(columns=["quantile"]))


def test_bands_need_both_ends() -> None:
    assert find_bands(projected()) == [(0.025, 0.975), (0.1, 0.9), (0.25, 0.75)]
    one_sided = projected().query("quantile >= 0.25")
    assert find_bands(one_sided) == [(0.25, 0.75)]


@pytest.mark.parametrize("width", [7.0, 9.0, 12.0])
def test_nothing_collides(width: float) -> None:
    chart = make_chart(
        FULL,
        lambda rows, ax: plot_fan(
            rows, ax, unit="border crossings", known_on=KNOWN,
            whole=44e6, whole_name="the population of Ukraine, 44 million (AP, year not stated)",
        ),
        width=width,
    )  # fmt: skip
    found = [one for one in collisions(finish(chart)) if not one.startswith("overlap: 'mark")]
    assert found == []


def test_numbers_in_words() -> None:
    assert [say_rounded(n) for n in (4_234_567, 197_623, 52, 0)] == [
        "4.23 million", "198,000", "52", "0",
    ]  # fmt: skip
    assert say_rounded_range(3_361_000, 6_210_000) == "3.36 to 6.21 million"
    assert say_rounded_range(727_000, 24_200_000) == "727,000 to 24.2 million"
