"""Tables and texts that differ, as the template of the page shows them: cut, cleaned, counted."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.reports.difference.found_files import TableDifference, TextDifference
from analysis.reports.difference.row_names import name_rows
from analysis.reports.difference.telling import say_cell
from analysis.reports.difference.telling_files import say_table

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
