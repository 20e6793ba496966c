"""Fonts looked up and letters measured before the first chart, for a process that forks others."""

from __future__ import annotations

import string

import pandas as pd
from matplotlib.axes import Axes

from analysis.charts.exhibit import Exhibit
from analysis.charts.palette import LABEL_SIZE
from analysis.charts.room import as_canvas, at, width_of
from analysis.charts.save import picture
from analysis.charts.typeset import measure, write

#: What charts are written in, mostly.
_LETTERS = string.ascii_letters + string.digits + " .,:;()[]%&/+-–−’‘“”…é\u00a0"


def warm_fonts() -> None:
    """Draw a small chart in every format and throw it away, so that the next is drawn quickly.

    The fonts of the style are found, their tables read and their letters measured; forked
    processes share what was found. No thread is started, no window or notebook is set up, and
    settings, open figures and the state of random numbers stay as they were.
    """
    for letter in _LETTERS:
        for bold in (False, True):
            measure(letter, 1.0, bold)
    rows = pd.DataFrame({"publisher": [_LETTERS], "published_on": [pd.Timestamp(2022, 2, 24)]})
    picture(Exhibit("warm", rows, _draw, _LETTERS, _LETTERS, _LETTERS, (9.0, 2.0)))


def _draw(rows: pd.DataFrame, ax: Axes) -> None:  # noqa: ARG001
    as_canvas(ax, 4 * LABEL_SIZE, width_of(ax))
    for number, italic in enumerate((False, True)):
        place = at(ax, 0, (number + 1) * LABEL_SIZE)
        write(ax, 0, 0, _LETTERS, transform=place, italic=italic)
