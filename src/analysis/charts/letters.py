"""Lines of text as letters in their places: laid out once, then measured and drawn from that.

FreeType takes longest of all that draws a chart, and matplotlib asks it for the same letters
up to three times a format: to measure a line, to lay it out, to draw it. What it answered is
kept here as long as the process lives. All of it is for unhinted text, which the style of the
charts asks for; for other text `extents` is None, and the caller measures in matplotlib's way.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Sequence
from typing import Any, NamedTuple

from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font, LoadFlags
from matplotlib.textpath import TextToPath, text_to_path

from analysis.charts.letter_pairs import Extents, assemble, find_box, learn
from analysis.charts.matplotlib_names import all_known

#: Lines kept for one font and, in all, shapes of letters: far more than a set of charts has.
_LINES_KEPT = 5_000
_SHAPES_KEPT = 20_000


class Line(NamedTuple):
    """A line of text, laid out: its letters from left to right, and its extents.

    Attributes
    ----------
    items
        matplotlib's `LayoutItem`s, places in pixels.
    extents
        Width, height and descent in pixels; None for text that is not measured here.
    """

    items: Sequence[Any]
    extents: Extents | None


#: Lines by font (an object of one thread alone), then by text and how it is set.
_LINES: dict[FT2Font, dict[tuple[object, ...], Line]] = {}
_OUTLINES: dict[tuple[object, ...], Any] = {}

# A forked process makes its own fonts, as matplotlib does: a font reads its file, and its place
# in the file is shared with the parent's. Pairs, boxes and outlines are numbers and stay.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_LINES.clear)


def lay_out(
    font: FT2Font,
    text: str,
    size: float,
    dpi: float,
    flags: LoadFlags = LoadFlags.NO_HINTING,
    features: tuple[str, ...] | None = None,
    language: Any = None,
) -> Line:
    """Return `text` laid out in `font`, which must have been set to `size` and `dpi`."""
    lines = _LINES.get(font)
    if lines is None:
        if len(_LINES) > 100:  # threads that ended leave their fonts behind
            _LINES.clear()
        lines = _LINES.setdefault(font, {})
    language = tuple(language) if isinstance(language, list) else language
    key = (text, size, dpi, flags.value, features, language)
    line = lines.get(key)
    if line is None:
        if len(lines) > _LINES_KEPT:
            lines.clear()
        line = lines[key] = _lay_out_anew(font, text, size, dpi, flags, features, language)
    return line


def _lay_out_anew(
    font: FT2Font,
    text: str,
    size: float,
    dpi: float,
    flags: LoadFlags,
    features: tuple[str, ...] | None,
    language: Any,
) -> Line:
    is_usual = flags == LoadFlags.NO_HINTING and features is None and language is None
    known = assemble(font, text, size, dpi) if is_usual else None
    if known is not None:
        return Line(*known)
    items = font._layout(text, flags, features=features, language=language)
    extents = None
    if flags == LoadFlags.NO_HINTING and _is_simple(text):
        extents = _measure(items, size, dpi)
    if is_usual:
        learn(font, text, items, size, dpi)
    return Line(items, extents)


def _is_simple(text: str) -> bool:
    """Return whether `text` runs from left to right and ends in a letter with a width.

    Else the place of the last letter does not tell how wide the line is.
    """
    return not text or (
        all(letter < "\u0590" or "\u2000" <= letter < "\u2c00" for letter in text)
        and not any("\u200b" <= letter <= "\u206f" and not letter.isprintable() for letter in text)
        and unicodedata.category(text[-1])[0] != "M"
    )


def _measure(items: Sequence[Any], size: float, dpi: float) -> Extents:
    """Return width, height and descent in pixels, as `FT2Font.set_text` works them out.

    The width runs from the origin to where the next letter would stand; height and descent
    are those of the boxes round the letters.
    """
    if not items:
        return 0.0, 0.0, 0.0
    lowest, highest, advance = 32_000, -32_000, 0
    for item in items:
        low, high, advance = find_box(item.ft_object, item.glyph_index, size, dpi)
        up = round(item.y * 64)
        lowest, highest = min(lowest, low + up), max(highest, high + up)
    width = round(items[-1].x * 64) + advance
    return width / 64, (highest - lowest) / 64, -lowest / 64


class KeptOutlines(TextToPath):
    """Text as outlines, each line laid out and each letter loaded once in a process."""

    def get_text_width_height_descent(self, s: str, prop: FontProperties, ismath: Any) -> Extents:
        """Return width, height and descent of `s` in points."""
        if not ismath:
            stock: Any = self
            font = stock._get_font(prop)
            line = lay_out(font, s, self.FONT_SCALE, self.DPI)
            if line.extents is not None:
                scale = prop.get_size_in_points() / self.FONT_SCALE
                width, height, descent = line.extents
                return width * scale, height * scale, descent * scale
        return super().get_text_width_height_descent(s, prop, ismath)

    def get_glyphs_with_font(
        self,
        font: FT2Font,
        s: str,
        glyph_map: dict[str, Any] | None = None,
        return_new_glyphs_only: bool = False,
        *,
        features: tuple[str, ...] | None = None,
        language: Any = None,
    ) -> tuple[list[tuple[str, float, float, float]], dict[str, Any], list[Any]]:
        """Return names and places of the letters of `s`, and the outlines by name."""
        glyph_map = {} if glyph_map is None else glyph_map
        outlines = {} if return_new_glyphs_only else glyph_map
        places = []
        stock: Any = self
        for item in lay_out(
            font, s, self.FONT_SCALE, self.DPI, features=features, language=language
        ).items:
            key = (item.ft_object.fname, item.ft_object.face_index, item.glyph_index)
            kept = _OUTLINES.get(key)
            if kept is None:
                if len(_OUTLINES) > _SHAPES_KEPT:
                    _OUTLINES.clear()
                item.ft_object.load_glyph(item.glyph_index, flags=LoadFlags.NO_HINTING)
                name = stock._get_glyph_repr(item.ft_object, item.glyph_index)
                kept = _OUTLINES[key] = name, item.ft_object.get_path()
            name, outline = kept
            places.append((name, item.x, item.y, 1.0))
            if name not in glyph_map:
                outlines[name] = outline
        return places, outlines, []


_KEPT_OUTLINES = KeptOutlines()


def outlines() -> TextToPath:
    """Return what turns text into outlines: the quick way where its names are known."""
    return _KEPT_OUTLINES if all_known() else text_to_path
