"""Labels at the right of a fan: the middle and its range, planning figures, what came."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from babel.dates import format_date
from matplotlib.axes import Axes

from analysis.charts.end_labels import spread
from analysis.charts.palette import DETAIL_SIZE, INK, LABEL_SIZE, MUTED, PROJECTION, REFUGEES
from analysis.charts.room import at
from analysis.charts.scale import say_number
from analysis.charts.typeset import height, measure, plain, wrap, write

_BETWEEN = 6.0


@dataclass(frozen=True)
class FanLabel:
    """A label in lines at a height of the scale: a figure in bold, and what it is."""

    value: float
    figure: list[str]
    detail: list[str]
    colour: str

    @property
    def height(self) -> float:
        """Height in points."""
        return height(len(self.figure), LABEL_SIZE) + height(len(self.detail), DETAIL_SIZE)

    @property
    def width(self) -> float:
        """Width in points."""
        widths = [measure(line, LABEL_SIZE, bold=True) for line in self.figure]
        return max(widths + [measure(line, DETAIL_SIZE) for line in self.detail], default=0.0)


def say_rounded(value: float) -> str:
    """Return a number with three digits that count: 4.23 million, 198,000, 52."""
    digits = max(len(str(int(abs(value)))) - 3, 0)
    return say_number(round(value, -digits) if digits else round(value))


def say_span(low: float, high: float) -> str:
    """Return two rounded numbers with their unit once: "3.36 to 6.21 million"."""
    first, last = say_rounded(low), say_rounded(high)
    number, _, unit = first.partition(" ")
    return f"{number if unit and last.endswith(f' {unit}') else first} to {last}"


def make_fan_labels(parts: dict[str, pd.DataFrame], width: float) -> list[FanLabel]:
    """Return the labels of the parts of a fan, broken into lines of at most `width` points."""
    labels = []
    projected = parts["projected"]
    if len(projected):
        end = projected[projected["day"] == projected["day"].max()]
        at_level = {
            round(float(row["quantile"]), 6): float(row["value"]) for row in end.to_dict("records")
        }
        if 0.5 in at_level:
            detail = f"middle, {_say_day(end['day'].iloc[0])}"
            if 0.1 in at_level and 0.9 in at_level:
                ends = at_level[0.1], at_level[0.9]
                detail += f"; 80%: {say_span(*ends)}"
            labels.append(_label(at_level[0.5], "", detail, PROJECTION, width))
    later = parts["counted later"].sort_values("day", kind="stable")
    counted = parts["counted"].sort_values("day", kind="stable")
    for rows, said in ((later, "counted later"), (counted, "counted")):
        if len(rows):
            row = rows.iloc[-1]
            words = f"{said}, {_say_day(row['day'])}"
            labels.append(_label(float(row["value"]), "", words, REFUGEES, width))
    plans = parts["planning figure"]
    # "More than 4 million" is one above it: planning figures stand together once rounded.
    rounded = plans["value"].astype("float64").map(say_rounded)
    for (figure, undated), rows in plans.groupby([rounded, plans["day"].isna()], sort=False):
        told = "; ".join(plain(label) for label in rows["label"])
        opening = "planned for, without a day" if undated else "planned for"
        value = float(rows["value"].min())
        labels.append(_label(value, str(figure), f"{opening}: {told}", INK, width))
    return labels


def _label(value: float, figure: str, detail: str, colour: str, width: float) -> FanLabel:
    said = figure or say_rounded(value)
    return FanLabel(
        value, wrap(said, width, LABEL_SIZE, bold=True), wrap(detail, width, DETAIL_SIZE), colour
    )


def _say_day(day: object) -> str:
    return str(format_date(pd.Timestamp(day).date(), "d MMM y", locale="en_GB"))  # type: ignore[arg-type]


def stack_height(labels: list[FanLabel]) -> float:
    """Return how high labels are that stand on top of each other."""
    return sum(label.height + _BETWEEN for label in labels)


def draw_fan_labels(
    labels: list[FanLabel], ax: Axes, top: float, tall: float, gutter: float
) -> None:
    """Draw the labels in the border on the right, each as near to its height as there is room.

    No line leads to a label: several would make a knot, and a label names its figure.
    """
    a_unit = tall / top
    wanted = [label.value * a_unit for label in labels]
    sizes = [label.height + _BETWEEN for label in labels]
    for label, middle in zip(labels, spread(wanted, sizes, tall), strict=True):
        place = at(ax, 1, middle / a_unit, fraction=True)
        y = label.height / 2
        write(
            ax, gutter, y, label.figure, transform=place, bold=True, colour=label.colour
        )  # fmt: skip
        y -= height(len(label.figure), LABEL_SIZE)
        write(ax, gutter, y, label.detail, transform=place, size=DETAIL_SIZE, colour=MUTED)
