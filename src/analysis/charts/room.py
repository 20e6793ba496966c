"""Room on an Axes, in points: how wide it is, how much of it labels take, how high it must be.

Whatever a plot function draws (labels, key, axis) stays inside the rectangle that the Axes
had when it was handed over, if that is as high as `needed_height` says. `finish` makes it so.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, cast
from weakref import WeakKeyDictionary

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.transforms import Affine2D, Affine2DBase, Bbox, ScaledTranslation, Transform

from analysis.charts.style import LABEL_SIZE, MUTED
from analysis.charts.typeset import height, wrap, write
from analysis.safety import InputError

POINTS_PER_INCH = 72.0

#: On fewer points than this, as on a phone, words stand above what they name, not beside it.
NARROW = 400.0

#: What an empty chart says.
NOTHING_KNOWN = "The casebook holds no claim published by this day."

_NEEDED: WeakKeyDictionary[Axes, float] = WeakKeyDictionary()
_DRAWN: WeakKeyDictionary[Axes, pd.DataFrame] = WeakKeyDictionary()


class Inset:
    """Keep a border of so many points round the data of an Axes, for its labels.

    An Axes asks its locator for its place each time it is drawn, so the border keeps its
    size when the figure changes.
    """

    def __init__(
        self, left: float, right: float, top: float, bottom: float, whole: Axes | None = None
    ) -> None:
        self.left, self.right, self.top, self.bottom = left, right, top, bottom
        self.whole = whole  # of which the Axes is a part

    def __call__(self, ax: Any, renderer: Any = None) -> Bbox:  # noqa: ARG002
        """Return the place of the data of `ax`, as fractions of its figure."""
        ax = self.whole or ax
        place = ax.get_position(original=True)
        scale_x, scale_y = _points_per_figure(ax)
        x0, x1 = place.x0 + self.left / scale_x, place.x1 - self.right / scale_x
        y0, y1 = place.y0 + self.bottom / scale_y, place.y1 - self.top / scale_y
        # An Axes that is too small keeps a sliver: a plot out of proportion beats an error.
        return Bbox.from_extents(x0, y0, max(x1, x0 + 1e-3), max(y1, y0 + 1e-3))


def _points_per_figure(ax: Axes) -> tuple[float, float]:
    # The bbox of the parent, since an Axes may stand in a part of a figure.
    scale = POINTS_PER_INCH / _figure_of(ax).dpi
    return float(ax.figure.bbox.width) * scale, float(ax.figure.bbox.height) * scale


def _figure_of(ax: Axes) -> Figure:
    figure = ax.get_figure(root=True)
    if figure is None:
        raise InputError("a chart is drawn on an Axes that belongs to a figure")
    return figure


def width_of(ax: Axes) -> float:
    """Return the width of the rectangle `ax` was given, in points."""
    return float(ax.get_position(original=True).width) * _points_per_figure(ax)[0]


def take_room(
    ax: Axes,
    rows: float,
    *,
    left: float = 0.0,
    right: float = 0.0,
    top: float = 0.0,
    bottom: float = 0.0,
) -> None:
    """Set the border round the data, and y in points from the top of the rows to `rows`."""
    inset = Inset(left, right, top, bottom)
    ax.set_axes_locator(inset)
    ax.apply_aspect(inset(ax))
    ax.set_ylim(rows, 0)
    ax.set_yticks([])
    for spine in ax.spines.values():
        spine.set_visible(False)
    _NEEDED[ax] = rows + top + bottom


def add_panel(
    ax: Axes, rows: float, *, left: float, right: float, top: float, bottom: float
) -> Axes:
    """Return an Axes of its own for a part of `ax`: what is left of it by a border in points."""
    inset = Inset(left, right, top, bottom, whole=ax)
    panel = _figure_of(ax).add_axes(inset(ax).bounds)
    take_room(panel, rows)
    panel.set_axes_locator(inset)
    panel.patch.set_visible(False)
    return panel


def needed_height(ax: Axes) -> float | None:
    """Return the height in points that the plot drawn on `ax` needs, None if nobody said."""
    return _NEEDED.get(ax)


def note_drawn(ax: Axes, rows: pd.DataFrame) -> None:
    """Remember the rows that a plot drew on `ax`, where it leaves some out."""
    _DRAWN[ax] = rows


def rows_drawn(ax: Axes, rows: pd.DataFrame) -> pd.DataFrame:
    """Return which of the `rows` given to a plot it drew on `ax`: all, unless it said otherwise."""
    drawn = _DRAWN.get(ax)
    if drawn is None:
        return rows
    # A plot may be given other days than the rows have: the sources are those of the rows.
    kept = rows.index.isin(drawn.index)
    return rows[kept] if rows.index.is_unique and kept.sum() == len(drawn) else drawn


def as_canvas(ax: Axes, rows: float, width: float) -> None:
    """Make `ax` a plain sheet: x and y in points from the top left corner, no axis."""
    take_room(ax, rows)
    ax.set_xlim(0, width)
    ax.set_axis_off()


def at(ax: Axes, x: float, y: float, *, fraction: bool = False) -> Transform:
    """Return a transform in points, x to the right and y up, from (`x`, `y`) in data.

    With `fraction` x is a fraction of the width of `ax` (0 left, 1 right) instead of data.
    """
    anchor = ax.get_yaxis_transform() if fraction else ax.transData
    return _in_points(_figure_of(ax)) + ScaledTranslation(x, y, cast(Affine2DBase, anchor))


def at_top(figure: Figure) -> Transform:
    """Return a transform in points, x to the right and y up, from the top left of `figure`."""
    return _in_points(figure) + ScaledTranslation(0, 1, cast(Affine2DBase, figure.transFigure))


def _in_points(figure: Figure) -> Transform:
    return Affine2D().scale(1 / POINTS_PER_INCH) + cast(Transform, figure.dpi_scale_trans)


def say_nothing(ax: Axes, text: str) -> Axes:
    """Say `text` in the middle of an Axes that has nothing to show."""
    width = width_of(ax)
    lines = wrap(text, 0.9 * width)
    tall = height(len(lines), LABEL_SIZE) + 40
    as_canvas(ax, tall, width)
    write(
        ax, 0, 0, lines,
        transform=at(ax, width / 2, tall / 2),
        colour=MUTED, italic=True, ha="center", va="center",
    )  # fmt: skip
    return ax


def require(frame: pd.DataFrame, columns: Collection[str], who: str) -> None:
    """Raise InputError naming the columns that `who` needs and `frame` lacks."""
    missing = [name for name in columns if name not in frame.columns]
    if missing:
        raise InputError(
            f"{who} needs the column{'s' if len(missing) > 1 else ''} {', '.join(missing)}; "
            f"the frame has {', '.join(map(str, frame.columns)) or 'none'}"
        )
