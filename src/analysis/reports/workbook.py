"""All tables of a report as one Excel workbook: a sheet a table, and a sheet of the sources."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from analysis.safety import clean_text, unguard_cell

#: Excel's own limits: the name of a sheet, and the first day that it knows.
_LONGEST_NAME = 31
_FIRST_DAY = datetime(1900, 3, 1)

_WIDEST = 60
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

#: Excel writes when a workbook was made; the same tables must give the same bytes.
_MADE_ON = datetime(2000, 1, 1)


@dataclass(frozen=True)
class Sheet:
    """A table as text, and what its columns hold.

    Attributes
    ----------
    name : str
        Name of the table.
    cells : pandas.DataFrame
        Text as it stands in the CSV file; missing is missing.
    kinds : mapping of str to str
        Column to number, day, yes or no, or text; a column not named is text.
    """

    name: str
    cells: pd.DataFrame
    kinds: Mapping[str, str]


def make_workbook(sheets: Sequence[Sheet]) -> bytes:
    """Return an XLSX file with `sheets`, in their order.

    Numbers are numbers and days are days; every text is written as a text, so that nothing
    is run as a formula or followed as a link. The same sheets give the same bytes.
    """
    import xlsxwriter

    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    workbook = xlsxwriter.Workbook(buffer, options)
    workbook.set_properties({"created": _MADE_ON})
    styles = {
        "head": workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
        "text": workbook.add_format({"valign": "top", "text_wrap": True}),
        "number": workbook.add_format({"valign": "top"}),
        "day": workbook.add_format({"valign": "top", "num_format": "yyyy-mm-dd"}),
    }
    taken: set[str] = set()
    for sheet in sheets:
        name = _sheet_name(sheet.name, taken)
        taken.add(name.casefold())
        worksheet = workbook.add_worksheet(name)
        worksheet.freeze_panes(1, 0)
        for place, (column, cells) in enumerate(sheet.cells.fillna("").items()):
            texts = [unguard_cell(str(text)) for text in cells.tolist()]
            heading = unguard_cell(str(column))
            width = max([len(heading), *(len(text) for text in texts)])
            worksheet.set_column(place, place, min(max(width + 2, 8), _WIDEST))
            worksheet.write_string(0, place, clean_text(heading), styles["head"])
            for row, text in enumerate(texts, start=1):
                _write(worksheet, row, place, text, sheet.kinds.get(str(column), "text"), styles)
    workbook.close()
    return buffer.getvalue()


def _write(
    sheet: Any, row: int, place: int, text: str, kind: str, styles: Mapping[str, object]
) -> None:
    if not text:
        return
    number = _read_number(text) if kind == "number" else None
    day = _read_day(text) if kind == "day" else None
    if number is not None:
        sheet.write_number(row, place, number, styles["number"])
    elif day is not None:
        sheet.write_datetime(row, place, day, styles["day"])
    elif kind == "yes or no" and text in ("True", "False"):
        sheet.write_boolean(row, place, text == "True", styles["number"])
    else:
        sheet.write_string(row, place, clean_text(text), styles["text"])


def _read_number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    # Excel has 15 digits and no infinity: what it cannot hold exactly stays a text.
    return number if abs(number) < 1e15 else None


def _read_day(text: str) -> datetime | None:
    if not _DAY.fullmatch(text):
        return None
    day = datetime.fromisoformat(text)
    return day if day >= _FIRST_DAY else None


def _sheet_name(name: str, taken: set[str]) -> str:
    """Return a name that Excel takes and that no other sheet has."""
    plain = re.sub(r"[\[\]:*?/\\']", " ", clean_text(name)).strip() or "table"
    shown, number = plain[:_LONGEST_NAME], 2
    while shown.casefold() in taken or shown.casefold() == "history":
        end = f" {number}"
        shown, number = plain[: _LONGEST_NAME - len(end)] + end, number + 1
    return shown
