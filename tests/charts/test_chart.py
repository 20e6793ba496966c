"""A chart as the last line of a cell, as a figure and as files."""

import base64
import io
from functools import partial
from pathlib import Path

from IPython.core.formatters import DisplayFormatter
from matplotlib.figure import Figure
from PIL import Image

from analysis.charts import plot_claims
from analysis.charts.save import picture

from .drawing import make_chart, words
from .frames import CIVILIANS

CHART = make_chart(CIVILIANS, partial(plot_claims, unit="civilians killed"))


def test_a_chart_shows_itself_with_its_alternative_text() -> None:
    data, about = DisplayFormatter().format(CHART)
    png = base64.b64decode(data["image/png"])
    assert png == picture(CHART, ("png",))["png"]
    assert data["text/plain"] == "What the chart shows."
    with Image.open(io.BytesIO(png)) as image:
        assert about["image/png"] == {
            "alt": "What the chart shows.",
            "width": image.width // 2,
            "height": image.height // 2,
        }


def test_it_says_in_short_what_it_is() -> None:
    title = "At least 227 civilians killed by 1 March 2022, says the UN human rights office"
    assert repr(CHART) == f"Chart('chart', {title!r}, 2 rows)"


def test_it_is_a_figure_and_files(tmp_path: Path) -> None:
    figure = CHART.figure()
    assert isinstance(figure, Figure)
    assert CHART.title in words(figure)
    assert [path.name for path in CHART.save(tmp_path, ["pdf"])] == [
        "chart.pdf", "chart.csv", "chart.txt",
    ]  # fmt: skip


def test_charts_of_the_same_rows_are_told_apart() -> None:
    assert CHART == CHART
    assert make_chart(CIVILIANS, CHART.draw) != CHART
    assert len({CHART, CHART}) == 1
