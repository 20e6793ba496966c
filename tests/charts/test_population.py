"""Refugees against populations: one scale from zero, bounds kept, shares in words."""

import pytest
from matplotlib.colors import to_hex

from analysis.charts import plot_against_population, plot_per_thousand, style
from analysis.charts.population import say_ends

from .drawing import bars, named, new_axes, texts, words
from .frames import AGAINST_POPULATION, PER_THOUSAND


def test_all_bars_stand_on_one_scale_from_zero() -> None:
    ax = new_axes()
    assert plot_against_population(AGAINST_POPULATION, ax) is ax
    assert bars(ax) == {
        "row-0-low": (0, 43_500_000),
        "row-0-range": (43_500_000, 44_500_000),
        "row-1-range": (0, 4_000_000),
        "row-2-low": (0, 950_000),
        "row-2-range": (950_000, 1_050_000),
    }
    assert ax.get_xlim()[0] == 0
    assert ax.get_xlim()[1] >= 44_500_000
    assert ax.get_xscale() == "linear"


def test_each_kind_has_its_colour_and_its_words() -> None:
    ax = plot_against_population(AGAINST_POPULATION, new_axes())
    edges = {str(p.get_gid()): to_hex(p.get_edgecolor()).upper() for p in ax.patches}
    assert edges["row-0-low"] == style.POPULATION
    assert edges["row-1-range"] == style.PROJECTION
    assert edges["row-2-low"] == style.REFUGEES
    assert {"44 million", "up to 4 million", "up to 9.2% of 44 million"} <= set(texts(ax))


def test_an_unknown_kind_is_refused() -> None:
    rows = AGAINST_POPULATION.assign(kind="tourists")
    with pytest.raises(ValueError, match="population, refugees, projection, not tourists"):
        plot_against_population(rows, new_axes())


def test_refugees_for_a_thousand_keep_their_bounds() -> None:
    ax = new_axes()
    assert plot_per_thousand(PER_THOUSAND, ax) is ax
    drawn = bars(ax)
    assert drawn["row-0-low"] == (0, 21.3)
    assert drawn["row-0-range"] == pytest.approx((21.3, 24.1))
    assert drawn["row-1-low"] == (0, 22.6)
    assert named(ax, "open-high") == ["row-2-open-high"]
    assert {"22.7 (21.3 to 24.1)", "22.6", "at least 24.1"} <= set(texts(ax))
    assert "refugees per 1,000 inhabitants" in words(ax)


def test_words_of_the_frame_come_before_written_ones() -> None:
    rows = PER_THOUSAND.assign(wording="in words")
    shown = texts(plot_per_thousand(rows, new_axes()))
    assert shown.count("in words") == 3
    assert "22.6" not in shown


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        ((22.72, 22.72, 22.72), "22.7"),
        ((22.5, None, 23.06), "22.5 to 23.1"),
        ((24.1, None, 26.0), "24.1 to 26.0"),
        ((21.3, 22.7, 24.1), "22.7 (21.3 to 24.1)"),
        ((22.5, None, None), "at least 22.5"),
        ((None, None, 90.9), "at most 90.9"),
        ((0, None, 90.9), "up to 90.9"),
        ((0.0004, 0.0004, 0.0004), "0.0004"),
        ((0, 0, 0), "0"),
        ((None, None, None), ""),
    ],
)
def test_ends_in_words(ends: tuple[float | None, ...], said: str) -> None:
    assert say_ends(*ends) == said


@pytest.mark.parametrize("plot", [plot_against_population, plot_per_thousand])
def test_empty_and_incomplete_frames(plot) -> None:  # type: ignore[no-untyped-def]
    ax = plot(AGAINST_POPULATION.iloc[:0], new_axes(), empty="Nobody had fled.")
    assert texts(ax) == ["Nobody had fled."]
    with pytest.raises(ValueError, match="needs the column label; the frame has"):
        plot(AGAINST_POPULATION.drop(columns="label"), new_axes())
