"""The quick way of drawing: the same pixels, bytes and pages as plain savefig, and no trace."""

import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import threading
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.ft2font import FT2Font, LoadFlags
from PIL import Image

from analysis.charts import (
    Chart,
    drawing,
    matplotlib_names,
    plot_against_population,
    plot_claims,
    plot_fan,
    plot_over_time,
    plot_statements,
    plot_timeline,
    plot_vote,
)
from analysis.charts.finish import STYLE, finish
from analysis.charts.save import FORMATS, PNG_DPI, picture
from analysis.charts.warm import warm_fonts

from . import frames, series
from .drawing import make_chart
from .test_collisions import HOSTILE
from .test_fan import FULL, KNOWN

plot_killed = partial(plot_claims, unit="civilians killed")


def write_hostile(rows: pd.DataFrame, ax: Axes) -> None:
    """Every alignment, at an angle, over lines, with a rim; letters the font has not got."""
    for number, text in enumerate(HOSTILE):
        ax.text(0.1 * number, 0.5, text, rotation=30 * number, ha="center", va="center_baseline")
        ax.text(0.9, 0.1 * number, f"{text}\nsecond line", ha="right", va="top", fontsize=7.3)
    ax.text(0.2, 0.2, "e\u0301", linespacing=2, style="italic")
    ax.text(0.2, 0.3, "$\\alpha^2$", parse_math=True)
    ax.text(0.5, 0.3, "m A5\u0301 x\u0301", rotation=40)
    ax.text(0.3, 0.3, "steps", antialiased=False, rotation=7)
    ax.plot([0, 1], [0, 1], marker="^", alpha=0.5)


CHARTS = {
    "claims": make_chart(frames.CIVILIANS, plot_killed),
    "over time": make_chart(series.EVERY_FORM, partial(plot_over_time, unit="people")),
    "fan": make_chart(FULL, partial(plot_fan, unit="border crossings", known_on=KNOWN)),
    "population": make_chart(frames.AGAINST_POPULATION, plot_against_population),
    "vote": make_chart(frames.VOTES, plot_vote),
    "timeline": make_chart(frames.ACTIONS, plot_timeline, width=6.2),
    "statements": make_chart(frames.STATEMENTS, plot_statements, title="ﬁ ffi fl AVATAR “x” — 1,2"),
    "nothing": make_chart(frames.CIVILIANS.iloc[:0], plot_killed, title=""),
    "hostile": make_chart(frames.CIVILIANS, write_hostile, title="Київ і Львів" * 9),
}
each_chart = pytest.mark.parametrize("chart", CHARTS.values(), ids=list(CHARTS))
pytestmark = pytest.mark.filterwarnings("ignore:Glyph .* missing from font")


# One look at each file is enough: charts are told apart as objects.
_DRAWN: dict[tuple[int, str], bytes] = {}


def draw(chart: Chart, suffix: str) -> bytes:
    return picture(chart, (suffix,))[suffix]


def plain_savefig(chart: Chart, suffix: str) -> bytes:
    if (id(chart), suffix) not in _DRAWN:
        _DRAWN[id(chart), suffix] = savefig(chart, suffix)
    return _DRAWN[id(chart), suffix]


def savefig(chart: Chart, suffix: str) -> bytes:
    """What matplotlib alone writes, with no word of `drawing` in between."""
    buffer = io.BytesIO()
    figure = finish(chart)
    metadata: dict[str, dict[str, str | None]] = {
        "png": {"Software": None, "Title": chart.title, "Description": chart.alt},
        "svg": {"Date": None, "Creator": None, "Format": None, "Type": None},
        "pdf": {"Creator": None, "Producer": None, "CreationDate": None,
                "Title": chart.title, "Subject": chart.alt},
    }  # fmt: skip
    with style.context(STYLE), mpl.rc_context({"svg.hashsalt": chart.name}):
        figure.savefig(buffer, format=suffix, dpi=PNG_DPI, metadata=metadata[suffix])
    return buffer.getvalue()


# The same as plain savefig


def test_the_quick_way_is_taken_here() -> None:
    """Else every comparison below is one of savefig with itself."""
    assert matplotlib_names.all_known()


@each_chart
def test_a_png_has_the_same_pixels_and_texts(chart: Chart) -> None:
    quick, plain = draw(chart, "png"), plain_savefig(chart, "png")
    with Image.open(io.BytesIO(quick)) as one, Image.open(io.BytesIO(plain)) as other:
        assert (one.mode, one.size, one.info) == (other.mode, other.size, other.info)
        assert np.array_equal(np.asarray(one), np.asarray(other))
    assert len(quick) < len(plain)


@each_chart
def test_an_svg_has_the_same_bytes(chart: Chart) -> None:
    quick = draw(chart, "svg").decode()
    described = r' role="img" aria-labelledby="[^>]*>\n <title.*?</title>\n <desc.*?</desc>'
    assert re.sub(described, ">", quick, count=1) == plain_savefig(chart, "svg").decode()


def objects(pdf: bytes) -> dict[int, bytes]:
    found = re.findall(rb"(?<=\n)(\d+) 0 obj\n(.*?)\nendobj\n", pdf, flags=re.DOTALL)
    assert len(found) > 10
    return {int(number): body for number, body in found}


def stream(body: bytes) -> bytes:
    data = re.search(rb"stream\r?\n(.*)\nendstream", body, flags=re.DOTALL)
    assert data
    return zlib.decompress(data[1])


def letters(pdf: dict[int, bytes]) -> Iterator[tuple[int, set[int], list[tuple[object, ...]]]]:
    """Of each font: its number, the objects that hold it, and its letters by their codes."""
    for number, body in pdf.items():
        if b"/CIDToGIDMap" not in body:
            continue
        descriptor = pdf[reference(body, b"FontDescriptor")]
        file, codes = reference(descriptor, b"FontFile2"), reference(body, b"CIDToGIDMap")
        font = FT2Font(io.BytesIO(stream(pdf[file])))
        map_ = np.frombuffer(stream(pdf[codes]), ">u2")
        drawn: list[tuple[object, ...]] = []
        for code, index in enumerate(map_):
            glyph = font.load_glyph(int(index), flags=LoadFlags.NO_SCALE | LoadFlags.NO_HINTING)
            vertices, parts = font.get_path()
            drawn.append((code, glyph.horiAdvance, vertices.tolist(), parts.tolist()))
        yield number, {file, codes}, drawn


def reference(body: bytes, name: bytes) -> int:
    found = re.search(rb"/" + name + rb" (\d+) 0 R", body)
    assert found
    return int(found[1])


@each_chart
def test_a_pdf_differs_in_the_font_files_alone_and_not_in_a_letter(chart: Chart) -> None:
    quick, plain = (objects(way(chart, "pdf")) for way in (draw, plain_savefig))
    fonts, others = list(letters(quick)), list(letters(plain))
    assert any(parts for *_, drawn in fonts for *_, parts in drawn), "there is a letter to see"
    assert fonts == others
    for _, holding, _ in fonts:
        for part in holding:
            del quick[part], plain[part]
    assert quick == plain


@pytest.mark.skipif(not shutil.which("pdftoppm"), reason="needs pdftoppm to see pages")
@pytest.mark.parametrize("name", ["claims", "hostile"])
def test_a_pdf_page_has_the_same_pixels_and_text(tmp_path: Path, name: str) -> None:
    seen = []
    for way in (draw, plain_savefig):
        (tmp_path / "page.pdf").write_bytes(way(CHARTS[name], "pdf"))
        for command in (["pdftoppm", "-r", "100", "page.pdf"], ["pdftotext", "page.pdf", "-"]):
            run = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
            seen.append(run.stdout)
    assert seen[:2] == seen[2:]
    assert all(len(data) > 30 for data in seen)


# The same again


@pytest.mark.parametrize("name", ["claims", "fan", "hostile"])
def test_twice_the_same_chart_has_the_same_bytes(name: str) -> None:
    assert picture(CHARTS[name]) == picture(CHARTS[name])


SAVE = """
import hashlib, os, sys
sys.path[:0] = {path!r}
from analysis.charts.save import picture
from tests.charts.test_save_quickly import CHARTS
def say():
    for data in picture(CHARTS["over time"]).values():
        print(hashlib.sha256(data).hexdigest(), flush=True)
say()
if not os.fork():
    say()
    os._exit(0)
os.wait()
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that forks")
def test_a_fresh_process_a_forked_one_and_a_warm_one_write_the_same_bytes() -> None:
    root = Path(__file__).parents[2]
    code = SAVE.format(path=[str(root), str(root / "src")])
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    warm_fonts()
    drawn = picture(CHARTS["over time"]).values()
    assert run.stdout.split() == [hashlib.sha256(data).hexdigest() for data in drawn] * 2


def test_threads_write_what_they_write_one_after_the_other() -> None:
    names = ("claims", "fan", "vote")
    charts = [replace(CHARTS[name], name=f"chart-{number}") for number, name in enumerate(names)]
    expected = [picture(chart, ("png", "svg")) for chart in charts]
    found: list[dict[str, bytes]] = [{} for _ in charts]
    start = threading.Barrier(len(charts))

    def work(number: int) -> None:
        start.wait()
        found[number] = picture(charts[number], ("png", "svg"))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(len(charts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == expected


# Where the quick way is not known


def wrong_version(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(matplotlib_names, "MATPLOTLIB", "3.12.")


def wrong_font_tools(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(matplotlib_names, "FONTTOOLS", "5.")


def no_canvas(suffix: str) -> None:
    pytest.fail(f"{suffix} was drawn the quick way")


@pytest.mark.parametrize("spoil", [wrong_version, wrong_font_tools])
def test_another_version_switches_the_quick_way_off(
    monkeypatch: pytest.MonkeyPatch, spoil: Callable[[pytest.MonkeyPatch], None]
) -> None:
    chart = CHARTS["claims"]
    svg, plain = draw(chart, "svg"), {s: plain_savefig(chart, s) for s in ("png", "pdf")}
    spoil(monkeypatch)
    assert not matplotlib_names.all_known()
    monkeypatch.setattr(drawing, "_canvas_class", no_canvas)
    assert draw(chart, "svg") == svg
    assert {suffix: draw(chart, suffix) for suffix in ("png", "pdf")} == plain


@pytest.mark.parametrize(
    ("name", "within"),
    [
        ("matplotlib.gone:Anything", ()),
        ("matplotlib.ft2font:FT2Font.gone", ()),
        ("matplotlib.backends.backend_pdf:FigureCanvasPdf.print_pdf", ("Gone",)),
        ("matplotlib.ft2font:FT2Font._layout", ("looked_up_by_C",)),
    ],
)
def test_a_name_that_is_gone_switches_it_off(
    monkeypatch: pytest.MonkeyPatch, name: str, within: tuple[str, ...]
) -> None:
    matplotlib_names._check.cache_clear()
    monkeypatch.setitem(matplotlib_names.NAMES, name, within)
    try:
        assert not matplotlib_names.all_known()
    finally:
        matplotlib_names._check.cache_clear()


# No trace


@pytest.mark.parametrize("suffix", FORMATS)
def test_an_error_while_drawing_leaves_everything_as_it_was(
    monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    from matplotlib.backends import _backend_pdf_ps, backend_pdf, backend_svg

    modules = (_backend_pdf_ps, backend_pdf, backend_svg)
    before = [dict(vars(module)) for module in modules]
    settings = mpl.rcParams.copy()
    chart = CHARTS["claims"]
    figure = finish(chart)
    canvas = figure.canvas

    def fail(renderer: object) -> None:
        raise RuntimeError("no ink")

    monkeypatch.setattr(figure, "draw", fail)
    with pytest.raises(RuntimeError, match="no ink"):
        drawing.draw(figure, suffix, PNG_DPI, {})
    assert figure.canvas is canvas
    assert figure.dpi == 100
    assert [dict(vars(module)) for module in modules] == before
    assert mpl.rcParams == settings
    assert len(draw(chart, suffix)) > 1000
