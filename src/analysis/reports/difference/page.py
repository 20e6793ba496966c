"""What differs between two reports as one HTML page that needs nothing but itself."""

from __future__ import annotations

import base64
import io

import pandas as pd

from analysis.reports.difference.comparing import read_picture
from analysis.reports.difference.found import (
    BOTH,
    KINDS,
    BatchDifference,
    ChartDifference,
    Difference,
    Side,
    TableDifference,
)
from analysis.reports.difference.rows import name_rows
from analysis.reports.difference.telling import (
    ARROW,
    count,
    count_parts,
    group_claims,
    list_reasons,
    say_cell,
    say_change,
    say_chart,
    say_day,
    say_table,
)
from analysis.reports.template import read_template
from analysis.safety import slug

#: More pictures than these would make a page that no browser opens gladly.
_MOST_PICTURES = 160

#: Width in pixels of a picture beside another.
_WIDTH = 800

#: More rows, sentences or claims than these of one kind are counted, and not shown.
_MOST = 100

#: A longer cell is cut, and so are the columns of a row that is shown whole.
_LONGEST_CELL = 300
_COLUMNS_SHOWN = 8

_HEADINGS = {
    "revised": "Revised",
    "updated": "Updated to another day",
    "standing": "Other status or standard",
    "republished": "Published again",
    "new": "New",
    "gone": "Gone",
}


class _Page:
    """What is known while a page is made: its anchors, and how many pictures it has."""

    def __init__(self) -> None:
        self._anchors: set[str] = set()
        self._pictures = 0

    def take_anchor(self, text: str) -> str:
        """Return an anchor that no other part of the page has."""
        anchor, number = slug(text), 2
        while anchor in self._anchors:
            anchor, number = f"{slug(text)}-{number}", number + 1
        self._anchors.add(anchor)
        return anchor

    def take_anchors(self, name: str) -> dict[str, str]:
        """Return the anchors of a report and of its parts."""
        parts = {part: f"{name} {part}" for part in ("claims", "charts", "tables", "texts")}
        parts["report"] = f"report {name}"
        return {part: self.take_anchor(text) for part, text in parts.items()}

    def show_pictures(self, chart: ChartDifference, found: Difference) -> list[dict[str, str]]:
        """Return the pictures of a chart that looks different: whose, PNG in base64, alt text."""
        shown = []
        for side in (found.a, found.b):
            picture, alt = (side.folder / "charts" / f"{chart.name}{s}" for s in (".png", ".txt"))
            wanted = chart.picture is not None or chart.present != BOTH
            if not wanted or not picture.is_file() or self._pictures >= _MOST_PICTURES:
                continue
            drawn = read_picture(picture.read_bytes())
            if drawn is None:
                continue
            self._pictures += 1
            # Each pixel the mean of those it stands for.
            small = io.BytesIO()
            drawn.reduce(-(-drawn.width // _WIDTH)).save(small, "PNG")
            described = alt.read_bytes().decode("utf-8", "replace") if alt.is_file() else ""
            shown.append({
                "side": say_cell(side.name),
                "data": base64.b64encode(small.getvalue()).decode("ascii"),
                "alt": say_cell(described) or "A chart without a description",
            })  # fmt: skip
        return shown


def render_page(difference: Difference | BatchDifference) -> str:
    """Return a page of all that differs: the counts on top, then claims, charts, tables, texts.

    Every figure stands with its claimant and its day. Text of the reports is escaped, and
    the page loads nothing. The same reports give the same page.
    """
    template = read_template(
        "analysis.reports.difference", "difference.html.j2", cell=say_cell, cut=_cut, count=count,
        arrow=_arrow, say_side=_say_side, say_change=say_change, say_chart=say_chart,
        say_table=say_table, count_parts=count_parts, list_reasons=list_reasons,
        group_claims=group_claims, group_cells=_group_cells, say_rows=_say_rows,
    )  # fmt: skip
    if isinstance(difference, BatchDifference):
        names, reports = (difference.name_a, difference.name_b), difference.reports
        alone = [("first", difference.only_in_a), ("second", difference.only_in_b)]
        problems = difference.problems
    else:
        names, reports = (difference.a.name, difference.b.name), {"": difference}
        alone, problems = [], ()
    page = _Page()
    return template.render(
        a=names[0],
        b=names[1],
        found=difference.found,
        alone=alone,
        problems=problems,
        reports=[(name, one, page.take_anchors(name)) for name, one in reports.items()],
        kinds=[(kind, _HEADINGS[kind], about) for kind, about in KINDS.items()],
        most=_MOST,
        show_pictures=page.show_pictures,
    )


def _arrow(text: str) -> str:
    return str(text).replace(ARROW, "→")


def _say_side(side: Side) -> str:
    return f"{say_cell(side.name)} (as known on {say_day(side.as_of)})"


def _cut(text: object) -> str:
    """Return a cell as it is shown, at most `_LONGEST_CELL` characters of it."""
    shown = say_cell(str(text)[: 4 * _LONGEST_CELL])
    return shown if len(shown) <= _LONGEST_CELL else f"{shown[: _LONGEST_CELL - 1]}…"


def _group_cells(table: TableDifference) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Return the rows with changed cells: their names, and column, before, after of each cell."""
    if not len(table.cells):
        return []
    rows = []
    for number, cells in table.cells.groupby("row_a", sort=False):
        changed = zip(cells["column"], cells["before"], cells["after"], strict=True)
        rows.append((cells["row"].iloc[0] or f"row {number}", list(changed)))
    return rows


def _say_rows(frame: pd.DataFrame, key: tuple[str, ...]) -> list[str]:
    """Return the first rows of a frame, each in a line."""
    shown = frame.head(_MOST)
    lines = []
    for name, cells in zip(name_rows(shown, key), shown.to_dict("records"), strict=True):
        said = cells.get("wording") or cells.get("stance") or cells.get("action")
        if "claimant" in cells and said:
            lines.append(f"{_cut(name)}: {_cut(said)}")
        else:
            filled = [(str(c), text) for c, text in cells.items() if text][:_COLUMNS_SHOWN]
            lines.append("; ".join(f"{say_cell(c)}: {_cut(text)}" for c, text in filled))
    return lines
