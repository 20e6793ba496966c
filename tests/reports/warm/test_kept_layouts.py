"""Texts laid out once: the files that matplotlib draws then are the same to the byte."""

import gc
import io
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from analysis.reports.warm import kept_layouts

pytestmark = pytest.mark.filterwarnings("ignore:Tight layout not applied")

STOCK: Any = Text._get_layout
SETTINGS = {"svg.hashsalt": "test", "font.family": "DejaVu Sans"}


@pytest.fixture(autouse=True)
def stock() -> Iterator[None]:
    """Begin and end with what matplotlib has."""
    Text._get_layout = STOCK
    with mpl.rc_context(SETTINGS):
        yield
    Text._get_layout = STOCK


def new_figure(**options: Any) -> Figure:
    figure = Figure(figsize=(6, 4), **options)
    FigureCanvasAgg(figure)
    return figure


def alignments() -> Figure:
    figure = new_figure()
    for row, va in enumerate(("top", "center", "bottom", "baseline", "center_baseline")):
        for column, ha in enumerate(("left", "center", "right")):
            place = (0.1 + column * 0.4, 0.1 + row * 0.2)
            figure.text(*place, "Two lines,\nyes: Ägypten", ha=ha, va=va, rotation=15 * column)
            figure.text(*place, "anchored", ha=ha, va=va, rotation=40, rotation_mode="anchor")
    return figure


def axes() -> Figure:
    figure = new_figure(layout="tight")
    for place, axes in enumerate(figure.subplots(1, 2), start=1):
        axes.plot(np.arange(10.0) * place, label=f"Line {place}")
        axes.set(title="A title\nof two lines", xlabel="Day", ylabel="Persons")
        axes.tick_params(axis="x", rotation=30 * place, rotation_mode="xtick")
        axes.legend(title="What")
        axes.annotate("here", (4, 4), (2, 20), arrowprops={"arrowstyle": "->"}, bbox={"pad": 3})
    return figure


def oddities() -> Figure:
    figure = new_figure()
    figure.text(0.1, 0.9, r"mathematics $\alpha^2$ and \$5", size=14)
    figure.text(0.1, 0.8, "a long text that is broken into lines where the figure ends", wrap=True)
    figure.text(0.1, 0.4, "bold", weight="bold", linespacing=2.5, multialignment="right")
    figure.text(0.1, 0.3, "")
    figure.text(0.1, 0.2, "Київ fi office", family="DejaVu Serif", style="italic")
    figure.text(0.1, 0.1, "$5 is $6", parse_math=False)
    figure.text(0.5, 0.1, "outlined", transform_rotates_text=True, rotation=30)
    return figure


def save(figure: Figure, suffix: str, **options: Any) -> bytes:
    file = io.BytesIO()
    metadata = {"png": {}, "svg": {"Date": None}, "pdf": {"CreationDate": None}}[suffix]
    figure.savefig(file, format=suffix, metadata=metadata, **options)
    return file.getvalue()


def save_in_every_way(make: Callable[[], Figure]) -> list[bytes]:
    """Save it at several sizes and settings, one after the other, and some of it twice."""
    figure = make()
    files = [save(figure, suffix) for suffix in ("png", "svg", "pdf")]
    files.append(save(figure, "png", dpi=50, bbox_inches="tight"))
    for settings in ({"font.size": 17.0, "font.family": "serif"}, {"text.hinting": "none"}):
        with mpl.rc_context(settings):
            files += [save(figure, "png"), save(make(), "png")]
    with mpl.rc_context({"pdf.use14corefonts": True}):
        files.append(save(figure, "pdf"))
    for text in figure.findobj(Text):
        text.set(color="red", size=text.get_size() + 1)
    return [*files, save(figure, "png")]


@pytest.mark.parametrize("make", [alignments, axes, oddities])
def test_files_are_the_same_to_the_byte(make: Callable[[], Figure]) -> None:
    plain = save_in_every_way(make)
    assert kept_layouts.keep_layouts()
    assert vars(Text)["_get_layout"] is not STOCK
    again = save_in_every_way(make)
    assert not [n for n, (one, two) in enumerate(zip(plain, again, strict=True)) if one != two]


def test_a_text_is_laid_out_once_a_renderer() -> None:
    kept_layouts.keep_layouts()
    kept = vars(Text)["_get_layout"]._kept
    figure = axes()
    save(figure, "png")
    [layouts] = kept.values()
    many = len(layouts)
    assert many > 20
    save(figure, "png")
    assert len(layouts) == many
    del figure, layouts
    gc.collect()
    assert not kept


def test_who_changes_what_it_gets_changes_it_for_nobody_else() -> None:
    kept_layouts.keep_layouts()
    figure = new_figure()
    text: Any = figure.text(0.5, 0.5, "mine")
    renderer = figure._get_renderer()  # type: ignore[attr-defined]
    box, lines, _ = text._get_layout(renderer)
    before = box.get_points().copy()
    box.set_points([[0, 0], [1, 1]])
    lines.clear()
    again, lines, _ = text._get_layout(renderer)
    np.testing.assert_array_equal(again.get_points(), before)
    assert len(lines) == 1


def test_a_text_of_somebody_elses_class_is_asked_itself() -> None:
    class Mine(Text):
        def _get_wrapped_text(self) -> str:
            return "something else"

    kept_layouts.keep_layouts()
    figure = new_figure()
    ours, theirs = Text(0, 0, "the same"), Mine(0, 0, "the same")
    widths = []
    for text in (ours, theirs, ours):
        text.set_figure(figure)
        widths.append(text.get_window_extent().width)
    assert widths[0] == widths[2] != widths[1]


def test_it_is_done_once() -> None:
    assert kept_layouts.keep_layouts()
    ours = vars(Text)["_get_layout"]
    assert kept_layouts.keep_layouts()
    assert vars(Text)["_get_layout"] is ours


def test_a_version_that_was_not_read_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mpl, "__version__", "3.12.0")
    assert not kept_layouts.keep_layouts()
    assert vars(Text)["_get_layout"] is STOCK


def test_a_layout_that_asks_for_more_is_left_as_it_is() -> None:
    def newer(self: Any, renderer: Any) -> Any:
        return self._something_new, renderer

    Text._get_layout = newer
    assert not kept_layouts.keep_layouts()
    assert vars(Text)["_get_layout"] is newer


def test_without_matplotlib_there_is_nothing_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    others = {name: module for name, module in sys.modules.items() if name != "matplotlib.text"}
    monkeypatch.setattr(kept_layouts, "sys", SimpleNamespace(modules=others))
    assert not kept_layouts.keep_layouts()


def test_what_is_warned_of_or_raised_is_so_of_the_same_lines() -> None:
    said = []
    for _ in range(2):
        figure = new_figure()
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            for text in ("\u4e2d", r"$\broken$"):
                for old in list(figure.texts):
                    old.remove()
                figure.text(0.5, 0.5, text, family=["DejaVu Sans"])
                try:
                    figure.draw_without_rendering()
                except ValueError as problem:
                    said.append(traceback.format_tb(problem.__traceback__)[1:])
        said.append([f"{each.filename}:{each.lineno} {each.message}" for each in caught])
        kept_layouts.keep_layouts()
    assert said[:2] == said[2:]
    assert "/kept_layouts.py" not in str(said)
    assert len(said[1]) > 0


def test_a_font_that_is_not_there_is_said_as_often(caplog: pytest.LogCaptureFixture) -> None:
    def say() -> list[str]:
        caplog.clear()
        figure = new_figure()
        figure.text(0.5, 0.5, "a b", family=["No such font", "DejaVu Sans"])
        for _ in range(2):
            save(figure, "png")
        return [record.message for record in caplog.records]

    say()  # the first look says more
    plain = say()
    kept_layouts.keep_layouts()
    assert say() == plain
    assert len(plain) > 2
