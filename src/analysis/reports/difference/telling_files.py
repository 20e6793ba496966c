"""What changed in a table or a chart, in a line."""

from __future__ import annotations

from analysis.reports.difference.found_files import BOTH, ChartDifference, TableDifference
from analysis.reports.difference.telling import ARROW, count, say_cell


def say_table(table: TableDifference) -> str:
    """Return what changed in a table, in a line: "3 rows added, 2 cells changed in 1 row"."""
    if table.present != BOTH:
        side, rows = ("first", table.rows_a) if table.present == "a" else ("second", table.rows_b)
        return f"only in the {side} report ({count(rows, 'row')})"
    if table.problem:
        return f"could not be compared: {table.problem}"
    told = []
    if len(table.only_in_b):
        told.append(f"{count(len(table.only_in_b), 'row')} added")
    if len(table.only_in_a):
        told.append(f"{count(len(table.only_in_a), 'row')} gone")
    if len(table.cells):
        rows = table.cells["row_a"].nunique()
        told.append(f"{count(len(table.cells), 'cell')} changed in {count(rows, 'row')}")
    for names, word in ((table.columns_only_in_b, "added"), (table.columns_only_in_a, "gone")):
        if names:
            told.append(f"{'column' if len(names) == 1 else 'columns'} {word}: {_list(names)}")
    if table.order_changed:
        told.append("another order" if told else "only the order changed")
    return ", ".join(told)


def say_chart(chart: ChartDifference) -> str:
    """Return what changed in a chart, in a line."""
    if chart.present != BOTH:
        return f"only in the {'first' if chart.present == 'a' else 'second'} report"
    if chart.is_only_the_day:
        return "only the day of the report, in its words"
    told = [f"rows drawn: {say_table(chart.rows)}"] if chart.rows else []
    if chart.title:
        told.append("another title")
    if chart.alt:
        told.append("another description")
    if chart.picture:
        look = "drawn differently" if chart.drawn_differently else "another picture"
        told.append(f"{look}{_say_picture(chart)}")
    return "; ".join(told)


def _say_picture(chart: ChartDifference) -> str:
    picture = chart.picture
    if picture is None:
        return ""
    if picture.problem:
        return f" ({picture.problem})"
    if picture.share_of_pixels is None and picture.size_a and picture.size_b:
        sizes = ["{} by {}".format(*size) for size in (picture.size_a, picture.size_b)]
        return f" ({sizes[0]} {ARROW} {sizes[1]} pixels)"
    percent = 100 * (picture.share_of_pixels or 0)
    shown = f"{percent:.1f}%" if percent >= 0.1 else "less than 0.1%"
    return f" ({shown} of pixels)"


def _list(names: tuple[str, ...]) -> str:
    return ", ".join(say_cell(name) for name in names)
