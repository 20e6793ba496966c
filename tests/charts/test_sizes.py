"""Named sizes and themes: widths, shapes, and colours that keep their contrast."""

from dataclasses import replace

import pytest
from matplotlib.colors import to_rgb
from matplotlib.text import Text

from analysis.charts import finish, plot_claims
from analysis.charts.sizes import SIZES

from . import frames
from .drawing import collisions, make_chart


def draw(rows, ax):  # type: ignore[no-untyped-def]
    return plot_claims(rows, ax, unit="civilians killed")


@pytest.mark.parametrize("size", SIZES)
def test_nothing_collides_at_a_named_size(size: str) -> None:
    figure = finish(make_chart(frames.CIVILIANS, draw), size)
    assert collisions(figure) == []
    width, height = figure.get_size_inches()
    shape = SIZES[size].shape
    assert shape is None or width / height == pytest.approx(shape)


def test_few_words_keep_the_day_of_the_replay() -> None:
    chart = replace(
        make_chart(frames.CIVILIANS, draw),
        subtitle="People killed. Each claim, as known on 3 March 2022. A note.",
    )
    said = " ".join(text.get_text() for text in finish(chart, "phone").findobj(Text))
    assert "People killed. As known on 3 March 2022." in " ".join(said.split())
    assert "A note" not in said


@pytest.mark.parametrize("theme", ["dark", "grey"])
def test_text_keeps_its_contrast_in_a_theme(theme: str) -> None:
    figure = finish(make_chart(frames.CIVILIANS, draw), "web", theme)
    ground = _light(figure.get_facecolor())
    for text in figure.findobj(Text):
        if isinstance(text, Text) and text.get_text():
            light = _light(text.get_color())
            high, low = max(light, ground), min(light, ground)
            assert (high + 0.05) / (low + 0.05) >= 4.5, text.get_text()


def _light(colour: object) -> float:
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in to_rgb(colour)  # type: ignore[arg-type]
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def test_an_unknown_size_or_theme_is_named() -> None:
    chart = make_chart(frames.CIVILIANS, draw)
    with pytest.raises(ValueError, match="web, print, slide, square, phone, not 'poster'"):
        finish(chart, "poster")
    with pytest.raises(ValueError, match="light, dark, grey, not 'sepia'"):
        finish(chart, "web", "sepia")
