"""A chart with all that belongs to it: rows, drawing, title, subtitle, alternative text, size."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
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


@dataclass(frozen=True)
class Fold:
    """Which rows a chart draws where there is no room for all.

    Attributes
    ----------
    word
        "first": in the order of the rows; "newest": by the last day counted or published.
    unit
        Columns that tell apart what stays or goes as a whole, such as a series; without
        them each row is one.
    always
        A `kind` of rows that stays in any case, such as what others are measured by.
    """

    word: str = "first"
    unit: tuple[str, ...] = ()
    always: str = ""

    def count(self, rows: pd.DataFrame) -> int:
        """Return how many units `rows` are, not counting those that always stay."""
        return int(self._rank(rows).max()) + 1 if len(rows) else 0

    def take(self, rows: pd.DataFrame, number: int) -> pd.DataFrame:
        """Return the rows of the first `number` units, in the order of `rows`."""
        return rows[self._rank(rows) < number]

    def say(self, rows: pd.DataFrame, number: int) -> str:
        """Return what the subtitle says of rows of which `number` units are drawn."""
        return f"The {self.word} {number} of {self.count(rows)} are drawn; the table holds all."

    def _rank(self, rows: pd.DataFrame) -> pd.Series:
        """Return the place of each row's unit, from 0 on; -1 for what always stays."""
        stays = rows["kind"].eq(self.always) if self.always else pd.Series(False, index=rows.index)
        told = rows[~stays]
        unit = pd.Series(range(len(told)), index=told.index, dtype="int64")
        if self.unit:
            unit = told.groupby(list(self.unit), sort=False, dropna=False).ngroup()
        if self.word == "newest":
            days = pd.Series(pd.NaT, index=told.index, dtype="datetime64[ns]")
            for column in ("counted_to", "as_of", "published_on"):
                if column in told:
                    days = days.fillna(told[column])
            newest = days.groupby(unit).max().sort_values(ascending=False, kind="stable")
            unit = unit.map({number: place for place, number in enumerate(newest.index)})
        return unit.reindex(rows.index, fill_value=-1)


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
    fold
        Which rows stay where a size has no room for all; None: all rows stay.
    """

    name: str
    rows: pd.DataFrame
    draw: Callable[[pd.DataFrame, Axes], object]
    title: str
    subtitle: str
    alt: str
    size: tuple[float, float]
    fold: Fold | None = field(default_factory=Fold)

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
