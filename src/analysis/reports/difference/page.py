"""What differs between two reports as one HTML page that needs nothing but itself."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from analysis.reports.difference.files import UnreadablePicture, shrink
from analysis.reports.difference.found import (
    KINDS,
    BatchDifference,
    ChartDifference,
    ClaimChange,
    Difference,
    Side,
    TableDifference,
    TextDifference,
)
from analysis.reports.difference.report_folder import read_bytes
from analysis.reports.difference.rows import name_rows
from analysis.reports.difference.summary import count_parts, list_reasons
from analysis.reports.difference.telling import (
    ARROW,
    count,
    group_claims,
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

_HEADINGS = {
    "revised": "Revised",
    "updated": "Updated to another day",
    "standing": "Other status or standard",
    "republished": "Published again",
    "new": "New",
    "gone": "Gone",
}


@dataclass
class _Page:
    """What is known while a page is made: how many pictures it has."""

    pictures: int = 0
    anchors: set[str] = field(default_factory=set)

    def take_anchor(self, text: str) -> str:
        """Return an anchor that no other part of the page has."""
        anchor, number = slug(text), 2
        while anchor in self.anchors:
            anchor, number = f"{slug(text)}-{number}", number + 1
        self.anchors.add(anchor)
        return anchor


def _arrow(text: str) -> str:
    return str(text).replace(ARROW, "→")


def render_page(difference: Difference | BatchDifference) -> str:
    """Return a page of all that differs: the counts on top, then claims, charts, tables, texts.

    Every figure stands with its claimant and its day. Text of the reports is escaped, and
    the page loads nothing. The same reports give the same page.
    """
    template = read_template("analysis.reports.difference", "difference.html.j2", arrow=_arrow)
    page = _Page()
    if isinstance(difference, BatchDifference):
        names = (difference.name_a, difference.name_b)
        reports = [_view(one, name, page) for name, one in difference.reports.items()]
        alone = [
            {"what": f"Only in the {which} batch", "names": [say_cell(name) for name in of_batch]}
            for which, of_batch in (
                ("first", difference.only_in_a), ("second", difference.only_in_b),
            )
            if of_batch
        ]  # fmt: skip
        problems = [say_cell(problem) for problem in difference.problems]
    else:
        names = (difference.a.name, difference.b.name)
        reports = [_view(difference, "", page)]
        alone, problems = [], []
    return template.render(
        a=say_cell(names[0]),
        b=say_cell(names[1]),
        found=difference.found,
        reports=reports,
        alone=alone,
        problems=problems,
    )


def _view(found: Difference, name: str, page: _Page) -> dict[str, Any]:
    """One report as the template shows it."""
    prefix = f"{name} " if name else ""
    anchors = {
        part: page.take_anchor(prefix + part) for part in ("claims", "charts", "tables", "texts")
    }
    return {
        "name": say_cell(name),
        "anchor": page.take_anchor(f"report {name}"),
        "anchors": anchors,
        "found": found.found,
        "sides": [_say_side(found.a), _say_side(found.b)],
        "counts": [
            (part, told, anchors[part.lower()], bool(getattr(found, part.lower())))
            for part, told in count_parts(found)
        ],
        "reasons": list_reasons(found),
        "claims": [
            {
                "heading": _HEADINGS[kind],
                "about": KINDS[kind],
                "groups": [_group(title, changes) for title, changes in group_claims(found, kind)],
            }
            for kind in KINDS
            if any(change.kind == kind for change in found.claims)
        ],
        "tables": [show_table(table) for table in found.tables],
        "charts": [
            _chart(chart, found, page) for chart in found.charts if not chart.is_only_the_day
        ],
        "only_the_day": [say_cell(c.name) for c in found.charts if c.is_only_the_day],
        "texts": [show_text(text) for text in found.texts],
    }  # fmt: skip


def _say_side(side: Side) -> str:
    return f"{say_cell(side.name)} (as known on {say_day(side.as_of)})"


def _group(title: str, changes: list[ClaimChange]) -> dict[str, Any]:
    shown = changes[-MOST:]  # the newest are the last
    return {
        "title": f"{title}: {count(len(changes), 'claim')}",
        "changes": [(say_change(change), _say_where(change)) for change in shown],
        "left_out": len(changes) - len(shown),
        "is_long": len(changes) > 1 and changes[0].kind in ("new", "gone"),
    }


def _say_where(change: ClaimChange) -> str:
    return ", ".join(say_cell(name).replace("/", " ", 1) for name in change.where)


def _chart(chart: ChartDifference, found: Difference, page: _Page) -> dict[str, Any]:
    pictures = []
    for side in (found.a, found.b):
        files = side.folder / "charts"
        picture, alt = files / f"{chart.name}.png", files / f"{chart.name}.txt"
        wanted = chart.picture is not None or chart.present != "both"
        if not wanted or not picture.is_file() or page.pictures >= _MOST_PICTURES:
            continue
        try:
            small = base64.b64encode(shrink(read_bytes(picture))).decode("ascii")
        except UnreadablePicture:
            continue
        page.pictures += 1
        described = read_bytes(alt).decode("utf-8", "replace") if alt.is_file() else ""
        described = say_cell(described) or "A chart without a description"
        pictures.append({"side": say_cell(side.name), "data": small, "alt": described})
    return {
        "name": say_cell(chart.name),
        "told": say_chart(chart),
        "title": chart.title and [cut(t or "") for t in (chart.title.before, chart.title.after)],
        "alt": chart.alt and show_text(chart.alt),
        "rows": chart.rows and show_table(chart.rows),
        "pictures": pictures,
    }


#: More rows, sentences or claims than these of one kind are counted, and not shown.
MOST = 100

#: A longer cell is cut, and so are the columns of a row that is shown whole.
_LONGEST_CELL = 300
_COLUMNS_SHOWN = 8


def show_table(table: TableDifference) -> dict[str, Any]:
    """Return a table: changed cells by row, rows added and gone."""
    rows: dict[int, dict[str, Any]] = {}
    shown, changed = table.cells, 0
    if len(shown):
        numbers = shown["row_a"].drop_duplicates()
        shown, changed = shown[shown["row_a"].isin(numbers.head(MOST))], len(numbers)
    for cell in shown.to_dict("records"):
        number = int(cell["row_a"])
        row = rows.setdefault(number, {"name": cut(cell["row"]) or f"row {number}", "cells": []})
        row["cells"].append((cut(cell["column"]), cut(cell["before"]), cut(cell["after"])))
    return {
        "name": say_cell(table.name),
        "told": say_table(table),
        "note": table.note,
        "matched_by": [say_cell(name) for name in table.matched_by],
        "rows": list(rows.values()),
        "left_out": changed - len(rows),
        "alone": [
            {
                "heading": heading,
                "rows": _say_rows(frame.head(MOST), table.matched_by),
                "left_out": max(len(frame) - MOST, 0),
            }
            for heading, frame in (("Added", table.only_in_b), ("Gone", table.only_in_a))
            if len(frame)
        ],
    }


def _say_rows(frame: pd.DataFrame, key: tuple[str, ...]) -> list[str]:
    names = name_rows(frame, key)
    lines = []
    for name, cells in zip(names, frame.to_dict("records"), strict=True):
        said = str(cells.get("wording") or cells.get("stance") or cells.get("action") or "")
        if "claimant" in cells and said:
            lines.append(f"{cut(str(name))}: {cut(said)}")
        else:
            filled = [(str(c), str(text)) for c, text in cells.items() if text]
            filled = filled[:_COLUMNS_SHOWN]
            lines.append("; ".join(f"{say_cell(c)}: {cut(text)}" for c, text in filled))
    return lines


def cut(text: str) -> str:
    """Return a cell as it is shown, at most `_LONGEST_CELL` characters of it."""
    shown = say_cell(str(text)[: 4 * _LONGEST_CELL])
    return shown if len(shown) <= _LONGEST_CELL else f"{shown[: _LONGEST_CELL - 1]}…"


def show_text(text: TextDifference) -> dict[str, Any]:
    """Return a text: the sentences that are new and gone."""
    return {
        "name": say_cell(text.name).replace("/", " ", 1),
        "problem": text.problem,
        "order_changed": text.order_changed,
        "lists": [
            {
                "heading": heading,
                "sentences": [say_cell(sentence) for sentence in sentences[:MOST]],
                "left_out": max(len(sentences) - MOST, 0),
            }
            for heading, sentences in (("New", text.new), ("Gone", text.gone))
            if sentences
        ],
    }
