"""Charts of whole casebooks: titles, days, heights, and no text on another, wide and on a phone."""

import operator
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from matplotlib.figure import Figure

import analysis
from analysis import open_casebook
from analysis.casebook.subjects import EXPORTS
from analysis.charts import Chart

from .drawing import collisions

TESTS = Path(__file__).parents[1]
UKRAINE, SUDAN = TESTS.parent / "data", TESTS / "casebooks" / "sudan_2023"
LAST = "2023-12-31"
#: Days of which every chart but those of projections is made.
DAYS = [(UKRAINE, LAST), (SUDAN, "2024-12-31")]
LONGEST = 90

#: The fullest charts, which are drawn: of one war many rows and claimants, of another many areas.
DRAWN = {
    (UKRAINE, LAST): (
        "military_losses_by_claimant", "refugees_over_time",
        "refugees_against_population", "sanctions_and_company_actions",
    ),
    (SUDAN, "2024-12-31"): (
        "casualties_by_source", "casualties_over_time", "military_losses_by_claimant",
        "displaced_over_time", "contested_statements", "vote_totals",
    ),
}  # fmt: skip
CASES = [
    pytest.param(folder, day, name, size, id=f"{name}-{folder.name}-{size}")
    for (folder, day), names in DRAWN.items()
    for name in names
    for size in ("web", "phone")
] + [
    pytest.param(UKRAINE, LAST, "vote_totals", "slide", id="vote_totals-data-slide"),
    pytest.param(UKRAINE, LAST, "military_losses_by_claimant", "square", id="losses-data-square"),
]
#: Pixels, at 100 dots an inch.
HIGHEST = {"web": 1_700, "phone": 1_265, "slide": 732, "square": 950}


@cache
def make_chart(folder: Path, day: str, name: str) -> Chart:
    frame = operator.attrgetter(EXPORTS[name].table)(open_casebook(folder, day))()
    chart = getattr(analysis, EXPORTS[name].chart)(frame)
    assert isinstance(chart, Chart)
    return chart


@cache
def make_figure(folder: Path, day: str, name: str, size: str) -> Figure:
    return make_chart(folder, day, name).figure(size)


def make_charts(folder: Path, day: str) -> Iterator[Chart]:
    for name, export in EXPORTS.items():
        skipped = name.startswith("backtest") or "project" in name
        if export.chart and not skipped:
            chart = make_chart(folder, day, name)
            if len(chart.rows):
                yield chart


@pytest.mark.parametrize(("folder", "day"), DAYS)
def test_no_two_charts_of_a_day_share_a_title(folder: Path, day: str) -> None:
    titles = [chart.title for chart in make_charts(folder, day)]
    assert len(titles) > 8
    assert sorted(titles) == sorted(set(titles))


@pytest.mark.parametrize(("folder", "day"), DAYS)
def test_a_title_is_short_and_each_chart_says_its_day_once(folder: Path, day: str) -> None:
    for chart in make_charts(folder, day):
        said = f"{chart.title} {chart.subtitle}"
        assert len(chart.title) <= LONGEST, chart.title
        assert re.search(r"\b\d{1,2} [A-Z][a-z]+", said), said
        assert said.count("as known on") <= 1, said


@pytest.mark.parametrize(("folder", "day", "name", "size"), CASES)
def test_nothing_overlaps_or_is_cut(folder: Path, day: str, name: str, size: str) -> None:
    figure = make_figure(folder, day, name, size)
    assert collisions(figure) == []
    assert figure.get_figheight() * 100 <= HIGHEST[size]


def test_all_claimants_of_a_chart_are_drawn_or_told() -> None:
    chart = make_chart(UKRAINE, LAST, "military_losses_by_claimant")
    figure = make_figure(UKRAINE, LAST, "military_losses_by_claimant", "web")
    drawn = " ".join(text.get_text() for text in figure.axes[0].texts)
    shown = re.sub(r"[\u00a0\s]+", " ", drawn)
    assert [name for name in chart.rows["claimant_short"].unique() if name not in shown] == []
