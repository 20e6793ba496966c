"""Named sizes and themes of a finished chart: where it is shown, and on what ground."""

from __future__ import annotations

import colorsys
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import Collection
from matplotlib.colors import to_rgba, to_rgba_array
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Text

from analysis.safety import InputError


@dataclass(frozen=True)
class Size:
    """How a chart is laid out for one place.

    Attributes
    ----------
    widths
        Least and greatest width in inches at the usual sizes of text: type is larger, seen
        beside the chart, the smaller the width. None for what the chart asks for.
    shape
        Width over height that the figure has; None for as high as it needs.
    tallest
        Height over width at the most; None for no limit.
    pixels
        Width of a PNG in pixels; None for the usual dots an inch.
    brief
        Whether the subtitle is its first sentence only.
    """

    widths: tuple[float, float] | None = None
    shape: float | None = None
    tallest: float | None = None
    pixels: int | None = None
    brief: bool = False


SIZES = {
    "web": Size(),
    "print": Size((6.5, 6.5)),
    "slide": Size((6.4, 13.0), shape=16 / 9, pixels=2400),
    "square": Size((4.4, 9.5), shape=1.0, pixels=1600, brief=True),
    "phone": Size((4.6, 4.6), tallest=2.75, brief=True),
}

THEMES = ("light", "dark", "grey")

_Recolour = Callable[[tuple[float, float, float]], tuple[float, float, float]]


def choose_size(size: str) -> Size:
    """Return the named size.

    Raises
    ------
    InputError
        There is no such size.
    """
    if size not in SIZES:
        raise InputError(f"the sizes of a chart are {', '.join(SIZES)}, not {size!r}")
    return SIZES[size]


def set_theme(figure: Figure, theme: str) -> None:
    """Give a finished figure the colours of a theme: shapes, hatches and words stay.

    Raises
    ------
    InputError
        There is no such theme.
    """
    if theme not in THEMES:
        raise InputError(f"the themes of a chart are {', '.join(THEMES)}, not {theme!r}")
    if theme == "light":
        return
    change = _turn_dark if theme == "dark" else _turn_grey
    for artist in figure.findobj():
        _recolour(artist, change)


def _turn_grey(colour: tuple[float, float, float]) -> tuple[float, float, float]:
    red, green, blue = colour
    grey = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return grey, grey, grey


def _turn_dark(colour: tuple[float, float, float]) -> tuple[float, float, float]:
    """Return the same hue with its lightness turned over, from almost black to almost white."""
    hue, light, strength = colorsys.rgb_to_hls(*colour)
    return colorsys.hls_to_rgb(hue, 0.08 + 0.85 * (1 - light), strength)


def _recolour(artist: Artist, change: _Recolour) -> None:
    def turn(colour: object) -> tuple[float, float, float, float]:
        *rgb, alpha = to_rgba(colour)  # type: ignore[arg-type]
        return (*change((rgb[0], rgb[1], rgb[2])), alpha)

    if isinstance(artist, Text):
        artist.set_color(turn(artist.get_color()))
        box = artist.get_bbox_patch()
        if box is not None:
            box.set_facecolor(turn(box.get_facecolor()))
    elif isinstance(artist, Line2D):
        face = artist.get_markerfacecolor()
        edge = artist.get_markeredgecolor()
        artist.set_color(turn(artist.get_color()))
        artist.set_markerfacecolor(turn(face))
        artist.set_markeredgecolor(turn(edge))
    elif isinstance(artist, Patch):
        face, edge = turn(artist.get_facecolor()), turn(artist.get_edgecolor())
        artist.set_facecolor(face)
        artist.set_edgecolor(edge)
    elif isinstance(artist, Collection):
        for colours, give in (
            (artist.get_facecolor(), artist.set_facecolor),
            (artist.get_edgecolor(), artist.set_edgecolor),
        ):
            rows = to_rgba_array(np.asarray(colours))
            give([turn(row) for row in rows])
