"""Text in charts: made plain, measured in points, wrapped to a width, and written.

Sizes are worked out from the font itself, without a figure, so that the same text breaks
at the same place at any resolution.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patheffects import withStroke
from matplotlib.text import Text
from matplotlib.transforms import Transform

from analysis.charts.letters import outlines
from analysis.charts.palette import INK, LABEL_SIZE, LEADING, PAPER
from analysis.safety import clean_text

#: The font that is shipped with matplotlib, so that widths are the same on every machine.
FONT = "DejaVu Sans"

#: Any white space but the no-break space.
_SPACES = re.compile(r"[^\S\u00a0]+")

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
    font = FontProperties(
        family=FONT,
        size=size,
        weight="bold" if bold else "normal",
        style="italic" if italic else "normal",
    )
    width, _, _ = outlines().get_text_width_height_descent(text, font, ismath=False)
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
    lines: list[str] = []
    words = [word for word in plain(text).split(" ") if word]
    while words:
        count = _count_words(words, limit, size, bold, italic)
        if count:
            lines.append(" ".join(words[:count]))
            del words[:count]
        else:
            fits = _count_fitting(words[0], limit, size, bold, italic)
            lines.append(words[0][:fits])
            words[0] = words[0][fits:]
    return lines


def _count_words(words: list[str], limit: float, size: float, bold: bool, italic: bool) -> int:
    """Return how many of `words` fit into a line of `limit` points.

    One letter always fits, however small the line; 0 says that the first word is too long.
    """

    def fits(count: int) -> bool:
        return measure(" ".join(words[:count]), size, bold, italic) <= limit

    # Laying out a line takes long. The widths of its letters, looked up, tell nearly where it
    # ends; what is true is asked for there alone.
    rest = limit / size
    count = 0
    for word in words:
        rest -= sum(
            measure(letter, 1.0, bold, italic) for letter in (f" {word}" if count else word)
        )
        if rest < 0:
            break
        count += 1
    count = max(count, 1)
    while count and not fits(count):
        count -= 1
    while 0 < count < len(words) and fits(count + 1):
        count += 1
    return 1 if count == 0 and len(words[0]) == 1 else count


def _count_fitting(word: str, limit: float, size: float, bold: bool, italic: bool) -> int:
    """Return how many letters of `word` fit into `limit` points, at least one."""
    for count in range(2, len(word) + 1):
        if measure(word[:count], size, bold, italic) > limit:
            return count - 1
    return len(word)


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
        Whether a white rim keeps the text clear of lines behind it.
    """
    block = [lines] if isinstance(lines, str) else list(lines)
    top = y + {"top": 0.0, "center": 0.5, "bottom": 1.0}[va] * height(len(block), size)
    options: dict[str, Any] = {
        "ha": ha,
        "va": "baseline",
        "fontsize": size,
        "color": colour,
        "family": FONT,
        "weight": "bold" if bold else "normal",
        "style": "italic" if italic else "normal",
        "linespacing": 1.0,
        "parse_math": False,
        "clip_on": False,
        "transform": transform,
    }
    if halo:
        options["path_effects"] = [withStroke(linewidth=3.0, foreground=PAPER)]
    return [
        place.text(x, top - (number * LEADING + _BASELINE) * size, line, **options)
        for number, line in enumerate(block)
    ]
