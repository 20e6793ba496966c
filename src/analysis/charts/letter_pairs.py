"""What each letter adds to a line, learned from lines that were laid out, for the next ones.

FreeType takes some fifteen microseconds a letter to lay out a line. In the font of the charts
the place of a letter follows from the one before it alone, so that a line can be put together
from pairs of letters that are known, to the same 1/64 of a pixel. What is kept is numbers: it
holds in a forked process as well, where fonts are opened anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from matplotlib.ft2font import FT2Font, LoadFlags

#: The font for which this holds; a test looks at every pair of letters of English text.
FAMILY = "DejaVu Sans"

#: Two letters that become one in it.
JOINED = ("ff", "fi", "fl")

#: Fonts at one size, and boxes of letters, that are kept: far more than a set of charts has.
_SCALES_KEPT = 500
_BOXES_KEPT = 20_000

Extents = tuple[float, float, float]


class Letter(NamedTuple):
    """A letter in its place; has the names of matplotlib's `LayoutItem`.

    Attributes
    ----------
    ft_object
        The font.
    char
        The letter.
    glyph_index
        Its number in the font.
    x, y
        Its place from the start of the line, in pixels.
    prev_kern
        How far it was moved towards the one before it, in pixels.
    """

    ft_object: FT2Font
    char: str
    glyph_index: Any
    x: float
    y: float
    prev_kern: float


class _Step(NamedTuple):
    """A letter after another one: its number, how far on it stands, kerning, and its box."""

    number: Any
    on: float
    kern: float
    low: int
    high: int
    advance: int


#: Steps by font file, face, size and dots an inch, then by a pair of letters; by the letter
#: alone where it is the first of a line.
_STEPS: dict[tuple[object, ...], dict[str, _Step]] = {}
#: Box and advance of a letter in 1/64 pixels, by font file, face, size, dots an inch and number.
_BOXES: dict[tuple[object, ...], tuple[int, int, int]] = {}


def assemble(
    font: FT2Font, text: str, size: float, dpi: float
) -> tuple[list[Letter], Extents] | None:
    """Return the letters of `text`, and its width, height and descent in pixels.

    None where a pair of letters is not known, or there is no letter.
    """
    steps = _STEPS.get((font.fname, font.face_index, size, dpi))
    if not steps or not text:
        return None
    letters = []
    x, before = 0.0, ""
    lowest, highest, advance = 32_000, -32_000, 0
    for char in text:
        step = steps.get(before + char)
        if step is None:
            return None
        number, on, kern, low, high, advance = step
        x += on
        letters.append(Letter(font, char, number, x, 0.0, kern))
        lowest, highest = min(lowest, low), max(highest, high)
        before = char
    return letters, (x + advance / 64, (highest - lowest) / 64, -lowest / 64)


def learn(font: FT2Font, text: str, items: Sequence[Any], size: float, dpi: float) -> None:
    """Keep the pairs of a line that was laid out without hinting, if they hold for others.

    Not kept: lines in other fonts, of letters that may join or be set apart from the line, and
    those in which two letters became one.
    """
    if font.family_name != FAMILY or len(items) != len(text) or not all(map(is_plain, text)):
        return
    if any(item.ft_object is not font or item.y for item in items):
        return
    if len(_STEPS) > _SCALES_KEPT:
        _STEPS.clear()
    steps = _STEPS.setdefault((font.fname, font.face_index, size, dpi), {})
    x, before = 0.0, ""
    for char, item in zip(text, items, strict=True):
        if char not in steps:  # a line begins at 0
            box = find_box(font, item.glyph_index, size, dpi)
            steps[char] = _Step(item.glyph_index, 0.0, 0.0, *box)
        if before and before + char not in steps:
            steps[before + char] = steps[char]._replace(on=item.x - x, kern=item.prev_kern)
        x, before = item.x, char


def is_plain(char: str) -> bool:
    """Whether `char` is a letter, digit or mark of Latin text that stands by itself."""
    return (
        (char < "\u0250" or "\u2010" <= char < "\u2028") and char.isprintable()
    ) or char == "\xa0"


def find_box(font: FT2Font, number: Any, size: float, dpi: float) -> tuple[int, int, int]:
    """Return the lowest and highest place and the advance of a letter, in 1/64 pixels."""
    key = (font.fname, font.face_index, size, dpi, number)
    box = _BOXES.get(key)
    if box is None:
        if len(_BOXES) > _BOXES_KEPT:
            _BOXES.clear()
        glyph = font.load_glyph(number, flags=LoadFlags.NO_HINTING)
        box = _BOXES[key] = glyph.bbox[1], glyph.bbox[3], glyph.horiAdvance
    return box
