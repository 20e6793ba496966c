"""Named sizes and themes: widths, shapes, and colours that keep their contrast."""

import re
from dataclasses import replace

import pandas as pd
import pytest
from matplotlib.colors import to_rgb
from matplotlib.text import Text

from analysis.charts import Fold, finish, plot_claims
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
    assert "Each claim, as known on 3 March 2022." in " ".join(said.split())
    assert "A note" not in said
    assert "People killed. " not in said


MANY = pd.concat([frames.CIVILIANS] * 30, ignore_index=True)


@pytest.mark.parametrize("size", ["slide", "square", "phone"])
def test_rows_without_room_are_left_out_and_counted(size: str) -> None:
    figure = finish(make_chart(MANY, draw), size)
    said = " ".join(text.get_text() for text in figure.findobj(Text))
    found = re.search(r"The first (\d+) of 60 are drawn; the table holds all\.", said)
    assert found is not None, said
    width, height = figure.get_size_inches()
    assert height <= width * (SIZES[size].tallest or 1 / (SIZES[size].shape or 1)) + 1e-6
    drawn = sum(str(patch.get_gid()).endswith("-low") for patch in figure.axes[0].patches)
    assert drawn == int(found[1]) > 3


def test_what_stays_is_the_newest_and_what_always_stays() -> None:
    days = pd.to_datetime(["2022-01-01", "2022-03-01", "2022-02-01", "2022-01-09"])
    rows = pd.DataFrame({"series": [1, 2, 3, 1], "counted_to": days, "kind": ["a", "b", "b", "b"]})
    assert Fold("first").take(rows, 2).index.tolist() == [0, 1]
    assert Fold("newest").take(rows, 2).index.tolist() == [1, 2]
    assert Fold("newest", ("series",)).take(rows, 2).index.tolist() == [1, 2]
    assert Fold("newest", ("series",)).count(rows) == 3
    assert Fold("newest", always="a").take(rows, 1).index.tolist() == [0, 1]
    assert Fold("newest", always="a").count(rows) == 3
    assert Fold().count(rows[:0]) == 0


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
