"""A chart with all that belongs to it: rows, drawing, title, subtitle, alternative text, size."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.finish import finish
from analysis.charts.save import USUAL, bundle, picture, save
from analysis.charts.typeset import plain
from analysis.safety import InputError

#: Width of a chart in inches unless a subject asks for another.
WIDTH = 9.0

#: Inches that title, subtitle, key, axis and footer take together, at the least.
_AROUND = 2.6

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")


@dataclass(frozen=True, repr=False, eq=False)
class Chart:
    """One chart and what belongs to it; as the last line of a cell it shows itself.

    Attributes
    ----------
    name
        Name of the export and of its files: lower-case letters, digits, "_" and "-".
    rows
        Exactly the rows drawn, saved as CSV beside the chart. The footer is worked out
        from `publisher`, `published_on` and, where the column is there, `claimant_name`.
    draw
        A plot function, or a call of one: takes the rows and an Axes.
    title
        The finding, with claimant and day.
    subtitle
        What is measured and until when.
    alt
        The alternative text: what the chart shows, for those who can't see it.
    size
        Width and height of the figure in inches. The width holds; the height is a wish,
        since `finish` makes a figure as high as its text and rows need.
    """

    name: str
    rows: pd.DataFrame
    draw: Callable[[pd.DataFrame, Axes], object]
    title: str
    subtitle: str
    alt: str
    size: tuple[float, float]

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise InputError(
                f"a chart cannot be named {self.name!r}: it becomes a file name, so it is "
                "made of lower-case letters, digits, '_' and '-'"
            )
        width, height = self.size
        if not (2 <= width <= 60 and 0 < height <= 300):
            raise InputError(
                f"chart {self.name}: a size of {width} by {height} inches; the width is "
                "2 to 60, the height more than 0 and at most 300"
            )

    def __repr__(self) -> str:
        """Return name, title and number of rows."""
        return f"Chart({self.name!r}, {plain(self.title)!r}, {len(self.rows)} rows)"

    def _repr_mimebundle_(
        self,
        include: object = None,  # noqa: ARG002
        exclude: object = None,  # noqa: ARG002
    ) -> tuple[dict[str, str], dict[str, object]]:
        """Return the picture and the alternative text, as a notebook asks for them."""
        return bundle(self, picture(self, ("png",))["png"])

    def figure(self, size: str = "web", theme: str = "light") -> Figure:
        """Return the finished figure: title, subtitle, drawing and footer.

        See `analysis.charts.finish` for the sizes and themes.

        Raises
        ------
        InputError
            When a row drawn has no publisher or no day of publication.
        """
        return finish(self, size, theme)

    def save(
        self,
        folder: str | Path,
        formats: Sequence[str] = USUAL,
        size: str = "web",
        theme: str = "light",
    ) -> list[Path]:
        """Save the chart in `folder` as NAME.png and NAME.svg, with NAME.csv and NAME.txt.

        See `analysis.charts.save` for the parameters, the files and the errors.
        """
        return save(self, folder, formats, size, theme)


def size_for_rows(rows: int, *, row_height: float = 0.4) -> tuple[float, float]:
    """Return a size in inches for a chart of `rows` rows; `finish` fits the height to the text.

    Parameters
    ----------
    rows
        Rows, lanes or groups drawn.
    row_height
        Inches a row.
    """
    return WIDTH, round(_AROUND + row_height * max(rows, 1), 2)
