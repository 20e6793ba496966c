"""A finished figure as a PNG, SVG or PDF file, by the quick way where it is known.

The quick way is matplotlib's own: its canvases, its renderers, the same calls in the same
order. Only what asks fonts is exchanged (`letters`, `embedding`), and how pixels become a PNG
file (`png`). Where `all_known` says no, `savefig` draws alone.

The figure is walked once a format. A walk alone takes a millisecond or two; what takes long,
letters, differs: PNG has its own dots an inch, SVG lays out at one size and scales, PDF lays
out at each size, so that lines set to the right or the center stand at other places.
"""

from __future__ import annotations

import io
import math
from functools import cache
from types import SimpleNamespace
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.backend_bases import FigureCanvasBase
from matplotlib.backends import backend_agg
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.backends.backend_pdf import FigureCanvasPdf, PdfFile, RendererPdf
from matplotlib.backends.backend_svg import FigureCanvasSVG, RendererSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import RenderMode
from matplotlib.text import Text

from analysis.charts import embedding
from analysis.charts.letter_pairs import Extents
from analysis.charts.letters import Line, lay_out, outlines
from analysis.charts.matplotlib_names import all_known, with_names
from analysis.charts.png import encode


def draw(figure: Figure, suffix: str, dpi: float, metadata: dict[str, str | None]) -> bytes:
    """Return `figure` as the bytes of a png, svg or pdf file, as `savefig` would draw it.

    SVG files are the same to the byte, PNG files and pages to the pixel. The figure is left
    as it was.
    """
    # matplotlib writes an SVG file in some thousand pieces, each encoded if it must be.
    buffer: io.StringIO | io.BytesIO = io.StringIO() if suffix == "svg" else io.BytesIO()
    before = figure.canvas
    try:
        if all_known():
            _canvas_class(suffix)(figure)
        figure.savefig(buffer, format=suffix, dpi=dpi, metadata=metadata)
    finally:
        figure.set_canvas(before)
    data = buffer.getvalue()
    return data.encode() if isinstance(data, str) else data


@cache
def _canvas_class(suffix: str) -> type[FigureCanvasBase]:
    return {"png": lambda: _PngCanvas, "svg": _make_svg_canvas, "pdf": _make_pdf_canvas}[suffix]()


class _PngRenderer(RendererAgg):
    def get_text_width_height_descent(self, s: str, prop: FontProperties, ismath: Any) -> Extents:
        extents = None if ismath else self._lay_out(s, prop, None).extents
        stock: Any = super().get_text_width_height_descent
        return extents or stock(s, prop, ismath)

    def draw_text(
        self,
        gc: Any,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: Any = False,
        mtext: Text | None = None,
    ) -> None:
        stock: Any = super()
        if ismath:
            stock.draw_text(gc, x, y, s, prop, angle, ismath, mtext)
            return
        self._draw_letters(gc, x, y, angle, self._lay_out(s, prop, mtext).items, prop)

    def _draw_letters(
        self, gc: Any, x: float, y: float, angle: float, items: Any, prop: FontProperties
    ) -> None:
        """Draw letters as matplotlib does, with what is the same for all worked out once."""
        agg: Any = self._renderer
        hinting: Any = backend_agg.get_hinting_flag
        flags, smooth = hinting(), gc.get_antialiased()
        mode = RenderMode.NORMAL if smooth else RenderMode.MONO
        turn = math.radians(angle)
        cos, sin = math.cos(turn), math.sin(turn)
        matrix = (0x10000 * np.array([[cos, -sin], [sin, cos]])).round().astype(int)
        size, bottom = prop.get_size_in_points(), int(self.height)
        for font in {item.ft_object for item in items}:
            font.set_size(size, self.dpi)
        for item in items:
            # In 1/64 pixels; y runs upwards here, downwards in the picture.
            right = x + item.x * cos - item.y * sin
            up = self.height - y + item.x * sin + item.y * cos
            item.ft_object._set_transform(matrix, [round(0x40 * right), round(0x40 * up)])
            bitmap = item.ft_object._render_glyph(item.glyph_index, flags, mode)
            letter = bitmap.buffer
            if not smooth:
                letter *= 0xFF
            agg.draw_text_image(letter, bitmap.left, bottom - bitmap.top + letter.shape[0], 0, gc)

    def _lay_out(self, s: str, prop: FontProperties, mtext: Text | None) -> Line:
        stock: Any = super()
        hinting: Any = backend_agg.get_hinting_flag
        how: Any = (None, None)
        if mtext is not None:
            how = mtext.get_fontfeatures(), mtext.get_language()
        font = stock._prepare_font(prop)
        return lay_out(font, s, prop.get_size_in_points(), self.dpi, hinting(), *how)


class _PngCanvas(FigureCanvasAgg):
    def print_png(self, filename_or_obj: Any, *, metadata: Any = None, **_: object) -> None:
        make: Any = _PngRenderer
        renderer = make(*self.get_width_height(physical=True), self.figure.dpi)
        self.figure.draw(renderer)
        pixels = np.asarray(renderer.buffer_rgba())
        filename_or_obj.write(encode(pixels, self.figure.dpi, metadata or {}))


class _SvgRenderer(RendererSVG):
    def __init__(self, *args: Any, **options: Any) -> None:
        stock: Any = super().__init__
        stock(*args, **options)
        self._text2path = outlines()


def _make_svg_canvas() -> type[FigureCanvasBase]:
    class Canvas(FigureCanvasSVG):
        print_svg = with_names(FigureCanvasSVG.print_svg, RendererSVG=_SvgRenderer)

    return Canvas


class _PdfRenderer(RendererPdf):
    def __init__(self, *args: Any, **options: Any) -> None:
        stock: Any = super().__init__
        stock(*args, **options)
        self._size = 0.0  # of the text that is drawn
        letters = SimpleNamespace(layout=self._lay_out)
        self._draw_text = with_names(RendererPdf.draw_text, _text_helpers=letters)

    def get_text_width_height_descent(self, s: str, prop: FontProperties, ismath: Any) -> Extents:
        stock: Any = super()
        extents = None
        if not ismath and not mpl.rcParams["pdf.use14corefonts"]:
            font = stock._get_font_ttf(prop)
            extents = lay_out(font, s, prop.get_size_in_points(), 72).extents
        return extents or stock.get_text_width_height_descent(s, prop, ismath)

    def draw_text(
        self, gc: Any, x: float, y: float, s: str, prop: Any, *rest: Any, **options: Any
    ) -> None:
        self._size = prop.get_size_in_points()
        self._draw_text(self, gc, x, y, s, prop, *rest, **options)

    def _lay_out(self, text: str, font: Any, *, features: Any, language: Any) -> Any:
        return lay_out(font, text, self._size, 72, features=features, language=language).items


def _make_pdf_canvas() -> type[FigureCanvasBase]:
    class File(PdfFile):
        embedTTF = with_names(  # noqa: N815
            PdfFile.embedTTF, _backend_pdf_ps=embedding.STAND_IN
        )

    class Canvas(FigureCanvasPdf):
        print_pdf = with_names(FigureCanvasPdf.print_pdf, PdfFile=File, RendererPdf=_PdfRenderer)

    return Canvas
