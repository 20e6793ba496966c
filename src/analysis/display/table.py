"""A table in a notebook: a caption, header cells, one row a claim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from analysis.display.cells import columns_read, kind_of, say_cell, say_heading
from analysis.display.publish import publish, read_template
from analysis.safety import clean_text, write_csv
from analysis.tables import InputError, to_records
from analysis.tables.errors import suggest

#: A longer table is folded: a reader opens it, and does not scroll past it.
_LONGEST_OPEN = 25

#: Of a table that is longer by more than a few rows, the page of a report shows so many.
_MOST_ROWS, _LONGEST_WHOLE = 12, 15

_EMPTY = "No row to show."


def show_table(
    frame: pd.DataFrame,
    name: str,
    caption: str,
    out: str | Path = "",
    columns: Mapping[str, str] | Sequence[str] | None = None,
) -> None:
    """Display `frame` as a table with a caption and header cells, and save it under `out`.

    Zero is "0"; a missing cell is "–"; an open end beside a stated one is "open"; and a
    claimant who keeps silent "has not released a figure".

    Parameters
    ----------
    frame : pandas.DataFrame
        Any frame; its index is not shown.
    name : str
        Name of the file: all columns are saved as `out`/tables/`name`.csv.
    caption : str
        What the table holds, in one sentence.
    out : str or Path
        A folder to save in. Empty: show only.
    columns : mapping or sequence of str, optional
        The columns shown, in this order; a mapping gives them headings too, where an
        empty one stands for the usual. Without it all columns are shown.

    Raises
    ------
    InputError
        `columns` names one that the frame does not have.
    """
    chosen = [str(column) for column in (frame.columns if columns is None else columns)]
    if columns and "claim_id" in frame and frame["claim_id"].fillna("").any():
        chosen.append("claim_id")  # the thread back: `figures trace ID`
    for column in chosen:
        if column not in frame:
            hint = suggest(column, [str(known) for known in frame.columns])
            raise InputError(f'table {name} has no column "{column}"; {hint}'.rstrip("; "))
    given = columns if isinstance(columns, Mapping) else {}
    headings = [given.get(column) or say_heading(column) for column in chosen]
    kinds = {str(column): kind_of(frame[column]) for column in frame.columns}
    records = to_records(frame, columns_read(chosen))
    rows = [[say_cell(record, column) for column in chosen] for record in records]
    caption = clean_text(caption)
    # Why there is no row, where the maker of the frame said it.
    empty = clean_text(str(frame.attrs.get("absent") or _EMPTY))
    heads = list(zip(headings, [kinds[column] for column in chosen], strict=True))
    html = read_template("table.html.j2").render(
        caption=caption, heads=heads, rows=rows, empty=empty, longest=_LONGEST_OPEN
    )
    if out:
        write_csv(frame, Path(out) / "tables" / f"{name}.csv", for_people=True)
    text = _as_text(headings, rows) if rows else empty
    publish(
        {"text/html": html, "text/plain": f"{caption}\n\n{text}"},
        # The report's workbook learns from this which cells are numbers and which days, and
        # which columns a reader sees first.
        metadata={
            "table": {
                "name": name,
                "caption": caption,
                "kinds": kinds,
                "rows": len(rows),
                **_choose_rows(frame, chosen, headings, kinds),
                # Pairs, since a notebook sorts the keys of what it keeps.
                "columns": [list(pair) for pair in zip(chosen, headings, strict=True)],
            }
        },
    )


def _choose_rows(
    frame: pd.DataFrame, chosen: list[str], headings: list[str], kinds: Mapping[str, str]
) -> dict[str, object]:
    """Return which rows of a long table stand for it: the newest by a column of days.

    That is the first in which every row has its day, for a row without one is not old; or else
    the first of all. Without days that differ, the first rows. `newest_by` is its heading.
    """
    if len(frame) <= _LONGEST_WHOLE:
        return {}
    days = [
        (frame[column].isna().any(), place)
        for place, column in enumerate(chosen)
        if kinds[column] == "day" and frame[column].nunique() > 1
    ]
    if not days:
        return {"kept": list(range(_MOST_ROWS)), "newest_by": ""}
    place = min(days)[1]
    column = pd.to_datetime(frame[chosen[place]]).reset_index(drop=True)
    newest = column.sort_values(ascending=False, kind="stable").index[:_MOST_ROWS]
    return {"kept": sorted(newest.tolist()), "newest_by": headings[place]}


def _as_text(headings: list[str], rows: list[list[str]]) -> str:
    cells = pd.DataFrame(rows, columns=pd.Index(headings))
    return cells.to_string(index=False, max_colwidth=60)
