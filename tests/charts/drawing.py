"""What was drawn: texts and their boxes, marks by name, and whether anything collides."""

import re
from collections.abc import Callable

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from analysis.charts import Chart


def new_axes(width: float = 9, height: float = 6) -> Axes:
    figure = Figure(figsize=(width, height), dpi=100)
    FigureCanvasAgg(figure)
    return figure.add_axes((0.05, 0.05, 0.9, 0.9))


def make_chart(
    rows: pd.DataFrame,
    draw: Callable[[pd.DataFrame, Axes], object],
    *,
    title: str = "At least 227 civilians killed by 1 March 2022, says the UN human rights office",
    width: float = 9,
    height: float = 3,
) -> Chart:
    return Chart(
        name="chart",
        rows=rows,
        draw=draw,
        title=title,
        subtitle="What is measured, and until when.",
        alt="What the chart shows.",
        size=(width, height),
    )


def texts(place: Figure | Axes) -> list[str]:
    return [text.get_text() for text in _shown(place)]


def words(place: Figure | Axes) -> str:
    """All text as one line, as a reader takes lines that were wrapped; without fixed spaces."""
    return " ".join(texts(place)).replace("\u00a0", " ")


def _shown(place: Figure | Axes) -> list[Text]:
    return [
        text
        for text in place.findobj(Text)
        if isinstance(text, Text) and text.get_visible() and text.get_text().strip()
    ]


def bars(ax: Axes) -> dict[str, tuple[float, float]]:
    """Start and end of every bar by its name, in data."""
    return {
        str(patch.get_gid()): (patch.get_x(), patch.get_x() + patch.get_width())
        for patch in ax.patches
        if isinstance(patch, Rectangle) and str(patch.get_gid()).startswith("row-")
        and not str(patch.get_gid()).endswith("empty")
    }  # fmt: skip


def named(ax: Axes, ending: str) -> list[str]:
    """Names of the artists that end so, in the order drawn."""
    return [str(a.get_gid()) for a in ax.get_children() if str(a.get_gid()).endswith(ending)]


def artist(ax: Axes, name: str) -> Line2D | Rectangle:
    found = [a for a in ax.get_children() if a.get_gid() == name]
    assert len(found) == 1, f"{len(found)} artists are named {name}"
    assert isinstance(found[0], Line2D | Rectangle)
    return found[0]


def spots(ax: Axes, name: str) -> list[float]:
    """Where on the x axis the points of a mark stand, in data."""
    line = artist(ax, name)
    assert isinstance(line, Line2D)
    return [float(x) for x in np.asarray(line.get_xdata())]


def collisions(figure: Figure) -> list[str]:
    """Every text that leaves the figure, overlaps another or lies under a mark or on a bar."""
    own = [*figure.texts, *(text for ax in figure.axes for text in ax.texts)]
    # Laying out each text is most of the work, and what follows does it anyway.
    for text in own:
        text.set_visible(False)
    figure.draw_without_rendering()
    for text in own:
        text.set_visible(True)
    renderer = FigureCanvasAgg(figure).get_renderer()  # type: ignore[no-untyped-call]
    boxes = [(text.get_text(), _ink(text, renderer)) for text in _shown(figure)]
    marks = [
        (f"mark {line.get_gid() or line.get_label()}", box)
        for line in figure.findobj(Line2D)
        if isinstance(line, Line2D) and line.get_marker() not in ("None", "", None)
        for box in _marks(line, figure)
    ]
    parts = [
        (f"bar {patch.get_gid()}", patch.get_window_extent(renderer))
        for patch in figure.findobj(Rectangle)
        if re.fullmatch(r"(?:row|vote)-.*(?<!-empty)", str(patch.get_gid()))
    ]
    edge = figure.bbox
    found = [
        f"outside: {said!r}"
        for said, box in boxes + marks
        if box.x0 < edge.x0 or box.x1 > edge.x1 or box.y0 < edge.y0 or box.y1 > edge.y1
    ]
    others = boxes + marks + parts
    overlap = _overlaps([box for _, box in boxes], [box for _, box in others])
    # Of two texts each pair once.
    return found + [
        f"overlap: {boxes[one][0]!r} and {others[other][0]!r}"
        for one, other in zip(*np.nonzero(overlap), strict=True)
        if other > one
    ]


def _ink(text: Text, renderer: object) -> Bbox:
    """The box of the letters themselves, a little smaller than the line they stand on."""
    box = text.get_window_extent(renderer)  # type: ignore[arg-type]
    return Bbox.from_extents(box.x0 + 1, box.y0 + 1, box.x1 - 1, box.y1 - 1)


def _marks(line: Line2D, figure: Figure) -> list[Bbox]:
    half = line.get_markersize() / 2 * figure.dpi / 72 * 0.9
    points = line.get_transform().transform(line.get_xydata())
    return [Bbox.from_extents(x - half, y - half, x + half, y + half) for x, y in points]


def _overlaps(one: list[Bbox], other: list[Bbox]) -> np.ndarray:
    """Which boxes of `one` overlap which of `other`, as a table of yes and no."""
    x0, y0, x1, y1 = np.array([box.extents for box in one]).reshape(-1, 4).T[:, :, None]
    u0, v0, u1, v1 = np.array([box.extents for box in other]).reshape(-1, 4).T[:, None, :]
    return (x0 < u1) & (u0 < x1) & (y0 < v1) & (v0 < y1)
