"""Text in charts: made plain, measured in points, wrapped to a width, and written.

Sizes are worked out from the font itself, without a figure, so that the same text breaks
at the same place at any resolution.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.textpath import TextToPath
from matplotlib.transforms import Transform

from analysis.charts.fonts import choose_families, find_missing, look
from analysis.charts.style import DETAIL_SIZE, INK, LABEL_SIZE, LEADING, MUTED, PAPER
from analysis.safety import clean_text

#: What letters look like, whatever the size: only their widths are asked for.
_OUTLINES = TextToPath()

#: Any white space but the no-break space.
_SPACES = re.compile(r"[^\S\u00a0]+")

#: What stands on one line: a word, but also a day ("3 March 2022"), an age and "4 million".
_HELD = re.compile(
    r"[^ ]*\d (?:(?:million|billion)[^ ]*|(?:year|month|week|day)s? old[^ ]*|"
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*[^ ]*(?: \d{4}[^ ]*)?)|[^ ]+"
)

#: Lines are kept this much shorter than the space, since screens round letters to pixels.
_SAFETY = 0.98

#: From the top of a line down to its baseline, as a multiple of its size.
_BASELINE = (LEADING - 1) / 2 + 0.76


def plain(value: object) -> str:
    """Return `value` as one line of text: no control characters, single spaces, NA is empty.

    A no-break space stays, so that what it holds together is not torn apart.
    """
    if value is None or bool(pd.isna(value)):  # type: ignore[call-overload]
        return ""
    return clean_text(_SPACES.sub(" ", str(value))).strip()


@lru_cache(maxsize=20_000)
def measure(text: str, size: float = LABEL_SIZE, bold: bool = False, italic: bool = False) -> float:
    """Return the width of one line of `text` in points."""
    return _measure_one(text, bold, italic) * size


@lru_cache(maxsize=20_000)
def _measure_one(text: str, bold: bool, italic: bool) -> float:
    """Return the width of `text` in a size of one point; widths grow evenly with the size."""
    # A box is drawn for what no font has.
    for letter in find_missing(text, bold, italic):
        text = text.replace(letter, "\ufffd")
    font = look(bold, italic).copy()
    font.set_family(list(choose_families(text, bold, italic)))
    font.set_size(1.0)
    width, _, _ = _OUTLINES.get_text_width_height_descent(text, font, ismath=False)
    return float(width)


def wrap(
    text: str,
    width: float,
    size: float = LABEL_SIZE,
    bold: bool = False,
    italic: bool = False,
) -> list[str]:
    """Break `text` into lines of at most `width` points; a word that is too long is broken.

    An empty text has no lines. No line is empty, even where `width` is too small for a letter.
    """
    limit = width * _SAFETY
    space = measure(" ", size, bold, italic)
    lines: list[str] = []
    used = 0.0
    words = _HELD.findall(plain(text))
    while words:
        word = words.pop(0)
        wide = measure(word, size, bold, italic)
        if lines and used + space + wide <= limit:
            lines[-1] += f" {word}"
            used += space + wide
            continue
        if wide > limit and " " in word:
            words[:0] = word.split(" ")
            continue
        rest = word
        while wide > limit and len(rest) > 1:
            fits = _count_fitting(rest, limit, size, bold, italic)
            lines.append(rest[:fits])
            rest = rest[fits:]
            wide = measure(rest, size, bold, italic)
        if rest:
            lines.append(rest)
            used = wide
    return lines


def wrap_evenly(text: str, width: float, size: float, bold: bool = False) -> list[str]:
    """Break `text` as `wrap` does, into as many lines, and these of about the same length."""
    lines = wrap(text, width, size, bold)
    for part in range(50, 100, 5):
        evened = wrap(text, width * part / 100, size, bold)
        if len(evened) == len(lines):
            return evened
    return lines


def _count_fitting(word: str, limit: float, size: float, bold: bool, italic: bool) -> int:
    """Return how many letters of `word` fit into `limit` points, at least one."""
    counts = range(2, len(word) + 1)
    return 1 + bisect_right(counts, limit, key=lambda n: measure(word[:n], size, bold, italic))


def height(lines: int, size: float) -> float:
    """Return the height of a block of `lines` lines in points."""
    return lines * size * LEADING


def write(
    place: Axes | Figure,
    x: float,
    y: float,
    lines: str | Sequence[str],
    *,
    transform: Transform,
    size: float = LABEL_SIZE,
    colour: str = INK,
    bold: bool = False,
    italic: bool = False,
    ha: str = "left",
    va: str = "top",
    halo: bool = False,
) -> list[Text]:
    """Write lines of text at (`x`, `y`) of `transform`, which is in points with y up.

    Each line stands on its own baseline, since matplotlib spaces the lines of one text by
    the letters that they happen to hold. Nothing is read as mathematics or clipped.

    Parameters
    ----------
    place
        Axes or figure.
    x, y
        The point at which the block of lines is aligned.
    lines
        One line, or lines from the top down.
    transform
        See `analysis.charts.room.at`.
    size, colour, bold, italic
        How the text looks.
    ha
        left, center or right of the point.
    va
        The point is at the top, the center or the bottom of the block.
    halo
        Whether the text stands on white, clear of lines behind it.
    """
    block = [lines] if isinstance(lines, str) else list(lines)
    top = y + {"top": 0.0, "center": 0.5, "bottom": 1.0}[va] * height(len(block), size)
    options: dict[str, Any] = {
        "ha": ha,
        "va": "baseline",
        "fontsize": size,
        "color": colour,
        "weight": "bold" if bold else "normal",
        "style": "italic" if italic else "normal",
        "linespacing": 1.0,
        "parse_math": False,
        "clip_on": False,
        "transform": transform,
    }
    if halo:
        options["bbox"] = {"facecolor": PAPER, "edgecolor": "none", "pad": 0.5}
    return [
        place.text(
            x,
            top - (number * LEADING + _BASELINE) * size,
            line,
            # Other programs that open an SVG file go on with the families of the style.
            family=[*choose_families(line, bold, italic), "sans-serif"],
            **options,
        )
        for number, line in enumerate(block)
    ]


def write_small(
    place: Axes | Figure, x: float, y: float, lines: str | Sequence[str], transform: Transform,
    **look: Any,
) -> None:  # fmt: skip
    """Write lines as `write` does, in the small grey type of what stands beside a figure."""
    write(place, x, y, lines, transform=transform, size=DETAIL_SIZE, colour=MUTED, **look)
