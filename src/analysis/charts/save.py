"""A finished chart as files: PNG, SVG and PDF, its rows as CSV, its alternative text."""

from __future__ import annotations

import gc
import os
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from xml.sax.saxutils import escape

import matplotlib as mpl
from matplotlib import style
from matplotlib.figure import Figure

from analysis.charts.chart import Chart
from analysis.charts.drawing import draw
from analysis.charts.finish import STYLE, finish
from analysis.charts.typeset import plain
from analysis.safety import format_csv, write_atomically

FORMATS = ("png", "svg", "pdf")

#: Dots an inch of a PNG: twice those of a screen of 100 dots an inch.
PNG_DPI = 200

_ONE_AT_A_TIME = threading.RLock()
# A process forked while another thread drew would wait for that thread for ever.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_ONE_AT_A_TIME._at_fork_reinit)  # type: ignore[attr-defined]


def save(chart: Chart, folder: str | Path, formats: Sequence[str] = FORMATS) -> list[Path]:
    """Save a chart in `folder` as NAME.png, .svg and .pdf, with NAME.csv and NAME.txt.

    The CSV file holds the rows drawn, safe to open in a spreadsheet; the text file the
    alternative text. Every file is made before the first is written, each appears whole or
    not at all, and the same chart gives the same bytes.

    Returns
    -------
    list of Path
        The files written: the charts in the order asked for, then CSV and text.

    Raises
    ------
    ValueError
        For a format other than png, svg and pdf, and where `finish` refuses the rows.
    """
    unknown = [name for name in formats if name not in FORMATS]
    if unknown:
        raise ValueError(
            f"charts are saved as {', '.join(FORMATS)}, not as {', '.join(map(str, unknown))}"
        )
    files = picture(chart, formats)
    files["csv"] = format_csv(chart.rows).encode("utf-8")
    files["txt"] = f"{plain(chart.alt)}\n".encode()
    paths = []
    for suffix, data in files.items():
        path = Path(folder) / f"{chart.name}.{suffix}"
        write_atomically(path, data)
        paths.append(path)
    return paths


def picture(chart: Chart, formats: Sequence[str] = FORMATS) -> dict[str, bytes]:
    """Return the finished chart as the bytes of a file in each of `formats`.

    Threads draw one after the other: the style that matplotlib draws by is one for them all.

    Raises
    ------
    ValueError
        Where `finish` refuses the rows.
    """
    with _ONE_AT_A_TIME, _no_collections():
        figure = finish(chart)
        return {name: render(chart, figure, name) for name in dict.fromkeys(formats)}


@contextmanager
def _no_collections() -> Iterator[None]:
    """Put off the collection of garbage: a chart makes many objects that live as long as it."""
    is_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if is_on:
            gc.enable()


def render(chart: Chart, figure: Figure, suffix: str) -> bytes:
    """Return a finished `figure` as the bytes of a png, svg or pdf file, without date or version.

    Title and alternative text of the chart go into the file.
    """
    title, alt = plain(chart.title), plain(chart.alt)
    all_metadata: dict[str, dict[str, str | None]] = {
        "png": {"Software": None, "Title": title, "Description": alt},
        "svg": {"Date": None, "Creator": None, "Format": None, "Type": None},
        "pdf": {
            "Creator": None, "Producer": None, "CreationDate": None,
            "Title": title, "Subject": alt,
        },
    }  # fmt: skip
    # Names inside an SVG file come from the salt: one for each chart, so that two charts can
    # stand in one HTML page without sharing them.
    with style.context(STYLE), mpl.rc_context({"svg.hashsalt": chart.name}):
        data = draw(figure, suffix, PNG_DPI, all_metadata[suffix])
    return _describe_svg(data.decode("utf-8"), chart).encode() if suffix == "svg" else data


def _describe_svg(svg: str, chart: Chart) -> str:
    """Put title and alternative text where screen readers look for them in an SVG file."""
    name = chart.name
    opening = re.search(r"<svg\b[^>]*>", svg)
    if opening is None:
        raise ValueError(f"{name}: matplotlib wrote an SVG file without an svg element")
    tag = opening.group()[:-1] + f' role="img" aria-labelledby="{name}-title {name}-desc">'
    described = (
        f'{tag}\n <title id="{name}-title">{escape(plain(chart.title))}</title>'
        f'\n <desc id="{name}-desc">{escape(plain(chart.alt))}</desc>'
    )
    return svg[: opening.start()] + described + svg[opening.end() :]
