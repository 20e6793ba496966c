"""A finished chart as files: PNG, SVG and PDF, its rows as CSV, its alternative text."""

from __future__ import annotations

import base64
import io
import logging
import os
import re
import struct
import threading
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from matplotlib import style
from matplotlib.figure import Figure

from analysis.charts.finish import STYLE, cite, finish
from analysis.charts.fonts import say_missing
from analysis.charts.sizes import choose_size
from analysis.charts.thread import format_rows, write_thread
from analysis.charts.typeset import plain
from analysis.safety import InputError, clean_text, write_atomically

if TYPE_CHECKING:
    from analysis.charts.chart import Chart

#: What a chart can be saved as, and what it is saved as unless somebody asks for more.
FORMATS = ("png", "svg", "pdf")
USUAL = ("png", "svg")

#: Dots an inch of a PNG: twice those of a screen of 100 dots an inch.
PNG_DPI = 200

#: Charts are flat colours: a third of the time of the usual level for files hardly larger.
_COMPRESSION = 3

_log = logging.getLogger("analysis.charts")


class _Turn:
    """Whose turn it is to draw: one thread at a time, since matplotlib's style is one for all."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        # A process forked while another thread drew would wait for that thread for ever.
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._renew)

    def _renew(self) -> None:
        self.lock = threading.RLock()


_TURN = _Turn()


def save(
    chart: Chart,
    folder: str | Path,
    formats: Sequence[str] = USUAL,
    size: str = "web",
    theme: str = "light",
) -> list[Path]:
    """Save a chart in `folder` as NAME.png and NAME.svg, with NAME.csv and NAME.txt.

    The CSV file holds the rows drawn, safe to open in a spreadsheet; the text file the
    alternative text. Every file is made before the first is written, each appears whole or
    not at all, and the same chart gives the same bytes.

    Parameters
    ----------
    chart
        The chart.
    folder
        Where the files go; it is made where it is missing.
    formats
        Some of png, svg and pdf. Text stays text in SVG, for other programs to edit; a PDF
        takes its fonts along.
    size, theme
        See `analysis.charts.finish`; a name other than web and light is part of the files'.

    Returns
    -------
    list of Path
        The files written: the charts in the order asked for, then CSV and text.

    Raises
    ------
    InputError
        For a format other than png, svg and pdf, and where `finish` refuses the rows.
    """
    unknown = [name for name in formats if name not in FORMATS]
    if unknown:
        raise InputError(
            f"charts are saved as {', '.join(FORMATS)}, not as {', '.join(map(str, unknown))}"
        )
    rows = format_rows(chart.rows)
    files = picture(chart, formats, size, theme, rows=rows)
    named = [chart.name, *([size] if size != "web" else []), *([theme] if theme != "light" else [])]
    files["csv"] = rows.encode("utf-8-sig")
    files["txt"] = f"{plain(chart.alt)}\n".encode()
    paths = []
    for suffix, data in files.items():
        stem = "-".join(named) if suffix in FORMATS else chart.name
        path = Path(folder) / f"{stem}.{suffix}"
        write_atomically(path, data)
        paths.append(path)
    return paths


def picture(
    chart: Chart,
    formats: Sequence[str] = USUAL,
    size: str = "web",
    theme: str = "light",
    *,
    rows: str = "",
) -> dict[str, bytes]:
    """Return the finished chart as the bytes of a file in each of `formats`.

    Letters that no font has are named in a line of the log, once a chart. `rows` is the CSV text
    of its rows, where somebody has it already.

    Raises
    ------
    InputError
        Where `finish` refuses the rows.
    """
    if not formats:
        finish(chart, size, theme)  # rows that cannot be shown are refused all the same
        return {}
    with _TURN.lock:
        figure = finish(chart, size, theme)
        texts = [*figure.texts, *(text for ax in figure.axes for text in ax.texts)]
        if said := say_missing(text.get_text() for text in texts):
            _log.warning("%s: %s", chart.name, said)
        # All sources, of which the footer has room for some, and the ids of the claims drawn.
        named = {
            "Source": cite(chart.rows, chart.name),
            "Keywords": write_thread(chart, rows),
        }
        pixels = choose_size(size).pixels
        dpi = pixels / figure.get_figwidth() if pixels else PNG_DPI
        # Names inside an SVG file come from the salt: one for each chart, so that two charts can
        # stand in one HTML page without sharing them.
        with (
            style.context([STYLE, {"svg.hashsalt": chart.name}]),
            warnings.catch_warnings(),
        ):
            # It is said already, in words for those who read charts.
            warnings.filterwarnings("ignore", message="Glyph .* missing from font")
            return {
                name: _render(chart, figure, name, named, dpi) for name in dict.fromkeys(formats)
            }


def bundle(chart: Chart, png: bytes) -> tuple[dict[str, str], dict[str, object]]:
    """Return what a notebook shows of a chart: its picture `png` and its alternative text.

    The picture stands there twice. JupyterLab gives an alternative text to none but the one in
    HTML; other programs read `image/png`, and the text beside it.

    The second part says of the picture how it is shown: half as wide as it is drawn, so that
    it is sharp on any screen.
    """
    alt = clean_text(chart.alt)
    # A PNG says its size in its first bytes.
    width, height = (pixels // 2 for pixels in struct.unpack(">II", png[16:24]))
    shown: dict[str, object] = {"image/png": {"alt": alt, "width": width, "height": height}}
    data = base64.b64encode(png).decode("ascii")
    html = (
        f'<img src="data:image/png;base64,{data}" alt={quoteattr(alt)} '
        f'width="{width}" height="{height}">'
    )
    return {"text/html": html, "image/png": data, "text/plain": alt}, shown


def _render(
    chart: Chart, figure: Figure, suffix: str, named: Mapping[str, str], dpi: float
) -> bytes:
    """Return a finished `figure` as the bytes of a png, svg or pdf file, without date or version.

    Title, alternative text and what is `named` go into the file.
    """
    title, alt = plain(chart.title), plain(chart.alt)
    options: dict[str, dict[str, Any]] = {
        "png": {
            "dpi": dpi,
            "metadata": {"Software": None, "Title": title, "Description": alt, **named},
            "pil_kwargs": {"compress_level": _COMPRESSION},
        },
        "svg": {"metadata": {"Date": None, "Creator": None, "Format": None, "Type": None, **named}},
        "pdf": {
            "metadata": {
                "Creator": None, "Producer": None, "CreationDate": None, "Title": title,
                "Subject": alt, "Author": named["Source"], "Keywords": named["Keywords"],
            }
        },
    }  # fmt: skip
    buffer = io.BytesIO()
    figure.savefig(buffer, format=suffix, facecolor=figure.get_facecolor(), **options[suffix])
    data = buffer.getvalue()
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
