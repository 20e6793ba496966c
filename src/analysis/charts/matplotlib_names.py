"""What the quick ways of drawing know about matplotlib: the versions read, the names reached for.

Some of the names are private, so another version may have changed them without a word. They
are used only where `all_known` says so; elsewhere charts go the way that matplotlib offers to
all, more slowly and to the same pixels.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import lru_cache
from types import CodeType, FunctionType
from typing import Any

import fontTools
import matplotlib as mpl

#: The versions whose code was read, as far as it counts: matplotlib 3.11.x, fontTools 4.x.
MATPLOTLIB = "3.11."
FONTTOOLS = "4."

#: The names reached for. After a function, the names that its code must look up for a
#: stand-in to be found.
NAMES: dict[str, tuple[str, ...]] = {
    "matplotlib.ft2font:FT2Font._layout": (),
    "matplotlib.ft2font:FT2Font._render_glyph": (),
    "matplotlib.ft2font:FT2Font._set_transform": (),
    "matplotlib.ft2font:LayoutItem.ft_object": (),
    "matplotlib.ft2font:LayoutItem.glyph_index": (),
    "matplotlib.ft2font:LayoutItem.prev_kern": (),
    "matplotlib.textpath:TextToPath._get_font": (),
    "matplotlib.textpath:TextToPath._get_glyph_repr": (),
    "matplotlib.backends.backend_agg:get_hinting_flag": (),
    "matplotlib.backends.backend_agg:RendererAgg._prepare_font": (),
    "matplotlib.backends.backend_agg:RendererAgg._draw_text_glyphs_and_boxes": (
        "_set_transform",
        "_render_glyph",
        "draw_text_image",
    ),
    "matplotlib.backends.backend_pdf:FigureCanvasPdf.print_pdf": ("PdfFile", "RendererPdf"),
    "matplotlib.backends.backend_pdf:PdfFile.embedTTF": ("_backend_pdf_ps", "get_glyphs_subset"),
    "matplotlib.backends.backend_pdf:RendererPdf.draw_text": ("_text_helpers", "layout"),
    "matplotlib.backends.backend_pdf:RendererPdf._get_font_ttf": (),
    "matplotlib.backends._backend_pdf_ps:get_glyphs_subset": (),
    "matplotlib.backends._backend_pdf_ps:font_as_file": (),
    "matplotlib.backends.backend_svg:FigureCanvasSVG.print_svg": ("RendererSVG",),
    "matplotlib.backends.backend_svg:RendererSVG._draw_text_as_path": ("_text2path",),
    "fontTools.ttLib:TTFont": (),
    "fontTools.ttLib.sfnt:SFNTWriter": (),
}


def all_known() -> bool:
    """Return whether this matplotlib and this fontTools are those whose code was read."""
    return _check(mpl.__version__, fontTools.version, MATPLOTLIB, FONTTOOLS)


@lru_cache
def _check(matplotlib: str, font_tools: str, known: str, known_font_tools: str) -> bool:
    if not (matplotlib.startswith(known) and font_tools.startswith(known_font_tools)):
        return False
    return all(_has(name, within) for name, within in NAMES.items())


def _has(name: str, within: tuple[str, ...]) -> bool:
    """Return whether `name`, "module:Class.function", is there and its code looks up `within`."""
    module, _, path = name.partition(":")
    try:
        found: Any = importlib.import_module(module)
        for part in path.split("."):
            found = getattr(found, part)
    except (ImportError, AttributeError):
        return False
    return not within or (
        isinstance(found, FunctionType)
        and not found.__code__.co_freevars
        and set(within) <= _looked_up(found.__code__)
    )


def _looked_up(code: CodeType) -> set[str]:
    inner = (const for const in code.co_consts if isinstance(const, CodeType))
    return set(code.co_names).union(*map(_looked_up, inner))


def with_names(function: Callable[..., Any], **names: object) -> Any:
    """Return a copy of `function` that finds `names` where it looked up its module's own.

    Nothing is changed in the module, so nobody else sees the stand-ins, no other thread
    either, and there is nothing to put back.
    """
    if not isinstance(function, FunctionType):
        raise TypeError(f"{function!r} is not written in Python, so it looks no name up")
    copy = FunctionType(
        function.__code__,
        {**function.__globals__, **names},
        function.__name__,
        function.__defaults__,
        function.__closure__,
    )
    copy.__kwdefaults__ = function.__kwdefaults__
    copy.__qualname__ = function.__qualname__
    return copy
