"""Fonts looked up and letters measured before the first chart, for a process that forks others."""

from __future__ import annotations

import string
from collections.abc import Iterable, Sequence
from itertools import pairwise

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties, findfont, get_font

from analysis.charts.chart import Chart
from analysis.charts.letter_pairs import JOINED, is_plain
from analysis.charts.letters import lay_out, outlines
from analysis.charts.matplotlib_names import all_known
from analysis.charts.palette import (
    DETAIL_SIZE,
    FOOTER_SIZE,
    LABEL_SIZE,
    NAME_SIZE,
    SUBTITLE_SIZE,
    TITLE_SIZE,
)
from analysis.charts.room import as_canvas, at, width_of
from analysis.charts.save import PNG_DPI, picture
from analysis.charts.typeset import FONT, measure, write

#: What charts are written in, mostly.
_LETTERS = string.ascii_letters + string.digits + " .,:;()[]%&/+-–−’‘“”…é\u00a0"

#: Words that charts say of every table.
_WORDS = (
    "Civilians killed and wounded, refugees and military losses in Ukraine, as known on 3 March "
    "2022, by claimant. 24 February, 10 April, 15 May, 26 June, 7 July, 18 August, 29 September, "
    "30 October, 11 November, 13 December 2023. Counted to; at least 1,890, more than 4,567; "
    "published by; says, not verified; has not released a figure; a party to the conflict; open; "
    "Claimants: Sources: (14 and 16 to 25 March 2022, 60 days). No claim 0 2 3 4 5 6 7 8 9 k"
)

#: Weights in which most charts are written, and the sizes.
_LOOKS = {"normal": (SUBTITLE_SIZE, DETAIL_SIZE, FOOTER_SIZE),
          "bold": (TITLE_SIZE, NAME_SIZE, LABEL_SIZE)}  # fmt: skip

#: Dots an inch of a PDF file and of letters as outlines.
_POINTS = 72.0


def warm_fonts(texts: Sequence[str] = ()) -> None:
    """Draw a small chart in every format and throw it away, so that the next is drawn quickly.

    The fonts of the style are found, their tables read and their letters measured; forked
    processes share what was found. No thread is started, no window or notebook is set up, and
    settings, open figures and the state of random numbers stay as they were.

    Parameters
    ----------
    texts : sequence of str
        What charts will say: pairs of letters of it are laid out in the usual sizes.
    """
    for letter in _LETTERS:
        for bold in (False, True):
            measure(letter, 1.0, bold)
    rows = pd.DataFrame({"publisher": [_LETTERS], "published_on": [pd.Timestamp(2022, 2, 24)]})
    picture(Chart("warm", rows, _draw, _LETTERS, _LETTERS, _LETTERS, (9.0, 2.0)))
    if all_known():
        _lay_out_pairs(chain_pairs((_WORDS, *texts)))


def chain_pairs(texts: Iterable[str]) -> list[str]:
    """Return lines that have each pair of letters of `texts` once, as few letters as may be.

    Left out are letters that join, and those of other scripts.
    """
    after: dict[str, list[str]] = {}
    for pair in dict.fromkeys(pair for text in texts for pair in pairwise(text)):
        if "".join(pair) not in JOINED and all(map(is_plain, pair)):
            after.setdefault(pair[0], []).append(pair[1])
    lines = []
    while after:
        line = next(iter(after))
        while line[-1] in after:
            last = line[-1]
            line += after[last].pop()
            if not after[last]:
                del after[last]
        lines.append(line)
    return lines


def _lay_out_pairs(texts: Sequence[str]) -> None:
    scale = outlines().FONT_SCALE
    for weight, sizes in _LOOKS.items():
        font = get_font(findfont(FontProperties(family=FONT, weight=weight)))
        scales = [(size, dpi) for size in sizes for dpi in (PNG_DPI, _POINTS)]
        for size, dpi in [*scales, (scale, _POINTS)]:
            font.set_size(size, dpi)
            for text in texts:
                lay_out(font, text, size, dpi)


def _draw(rows: pd.DataFrame, ax: Axes) -> None:  # noqa: ARG001
    as_canvas(ax, 4 * LABEL_SIZE, width_of(ax))
    for number, italic in enumerate((False, True)):
        place = at(ax, 0, (number + 1) * LABEL_SIZE)
        write(ax, 0, 0, _LETTERS, transform=place, italic=italic)
