"""All tables of a report as one Excel workbook: the contents, a sheet a table, the sources."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from textwrap import wrap
from typing import Any

import pandas as pd

from analysis.display.cells import is_year, say_heading
from analysis.safety import clean_text, unguard_cell

#: Excel's own limits: the name of a sheet, and the first day that it knows.
_LONGEST_NAME = 31
_FIRST_DAY = datetime(1900, 3, 1)

#: Widths of columns, in characters: a longer text goes on in the next line of its cell.
_NARROWEST = 8
_WIDEST = 44
_DAY_WIDTH = 13
_CAPTION_WIDTH = 90

#: Heights of rows, in points: one line, and Excel's own limit.
_LINE = 15
_HIGHEST = 409

_CONTENTS = "Contents"
_A4 = 9

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

#: Words at which the name of a sheet does not end.
_SMALL_WORDS = {"a", "against", "and", "as", "at", "by", "for", "in", "of", "on", "since", "the"}

#: Excel writes when a workbook was made; the same tables must give the same bytes.
_MADE_ON = datetime(2000, 1, 1)

_FORMATS: dict[str, dict[str, object]] = {
    "title": {"bold": True, "font_size": 14},
    "head": {
        "bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#EEF1F5",
    },
    "text": {"valign": "top", "text_wrap": True, "indent": 1},
    "one line": {"valign": "top", "indent": 1},
    # Excel says TRUE and FALSE of itself; others take them for 1 and 0.
    "yes or no": {"valign": "top", "num_format": '"yes";;"no"', "align": "left", "indent": 1},
    "link": {"valign": "top", "font_color": "#0B57A4", "underline": 1},
    "plain number": {"valign": "top"},
    "whole number": {"valign": "top", "num_format": "#,##0"},
    "number": {"valign": "top", "num_format": "#,##0.00"},
    "year": {"valign": "top", "num_format": "0"},
    "day": {"valign": "top", "num_format": "yyyy-mm-dd", "align": "left", "indent": 1},
}  # fmt: skip


@dataclass(frozen=True)
class Sheet:
    """A table as text, and what its columns hold.

    `name`: name of the table. `cells`: text as it stands in the CSV file; missing is missing.
    `kinds`: column to number, day, yes or no, or text; a column not named is text. `caption`: what
    the table holds, in one sentence. `shown`: the columns that a reader sees first, with their
    headings; all where there is none.
    """

    name: str
    cells: pd.DataFrame
    kinds: Mapping[str, str]
    caption: str = ""
    shown: Mapping[str, str] = field(default_factory=dict)


def make_workbook(sheets: Sequence[Sheet], title: str = "") -> bytes:
    """Return an XLSX file with `sheets`, in their order.

    Numbers are numbers and days are days; every text is written as a text, so that nothing
    is run as a formula or followed as a link. A column is headed as a reader knows it, with its
    name in the CSV file as a note. The columns shown to a reader stand first, and they are
    printed, one page wide; the others stand beside them. The same sheets give the same bytes.

    `sheets`: the tables. `title`: heads a first sheet that links to every table and lists those
    without rows, which have no sheet then. Without it there is no such sheet, and each table has
    its own.
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
    workbook.set_properties({"created": _MADE_ON, "title": clean_text(title)})
    styles = {name: workbook.add_format(about) for name, about in _FORMATS.items()}
    names: list[str] = []
    for sheet in sheets:
        is_shown = not title or len(sheet.cells) > 0
        names.append(_sheet_name(sheet.name, {_CONTENTS, *names}) if is_shown else "")
    if title:
        contents = workbook.add_worksheet(_CONTENTS)
        _write_contents(contents, clean_text(title), sheets, names, styles)
    for sheet, name in zip(sheets, names, strict=True):
        if name:
            _write_sheet(workbook.add_worksheet(name), sheet, styles)
    workbook.close()
    return buffer.getvalue()


def _write_contents(
    worksheet: Any,
    title: str,
    sheets: Sequence[Sheet],
    names: Sequence[str],
    styles: Mapping[str, object],
) -> None:
    worksheet.set_column(0, 0, _LONGEST_NAME + 2)
    worksheet.set_column(1, 1, _CAPTION_WIDTH)
    worksheet.set_column(2, 2, 9)
    worksheet.write_string(0, 0, title, styles["title"])
    for place, heading in enumerate(("Table", "What it holds", "Rows")):
        worksheet.write_string(2, place, heading, styles["head"])
    worksheet.freeze_panes(3, 0)
    # Those with rows first: what the casebook lacks stands at the end.
    listed = sorted(zip(sheets, names, strict=True), key=lambda pair: not pair[1])
    for row, (sheet, name) in enumerate(listed, start=3):
        if name:
            target = name.replace("'", "''")
            worksheet.write_url(row, 0, f"internal:'{target}'!A1", styles["link"], name)
        else:
            worksheet.write_string(row, 0, clean_text(_say_name(sheet.name)), styles["text"])
        about = clean_text(sheet.caption if name else f"{sheet.caption} (no rows, so no sheet)")
        worksheet.write_string(row, 1, about.strip(), styles["text"])
        worksheet.write_number(row, 2, len(sheet.cells), styles["whole number"])
        worksheet.set_row(row, _LINE * _count_lines(about, _CAPTION_WIDTH))
    _set_page(worksheet, 2, (0, 0, len(listed) + 2, 2))


def _write_sheet(worksheet: Any, sheet: Sheet, styles: Mapping[str, object]) -> None:
    shown = [column for column in sheet.shown if column in sheet.cells]
    columns = [*shown, *(str(column) for column in sheet.cells if column not in shown)]
    if not columns:
        return
    headings = _say_headings(columns, sheet.shown)
    lines = [1] * (len(sheet.cells) + 1)
    for place, (column, heading) in enumerate(zip(columns, headings, strict=True)):
        cells = sheet.cells[column].fillna("").tolist()
        texts = [clean_text(unguard_cell(str(text))) for text in cells]
        kind = sheet.kinds.get(column, "text")
        width = _find_width(heading, kind, texts)
        worksheet.set_column(place, place, width)
        worksheet.write_string(0, place, heading, styles["head"])
        name = clean_text(unguard_cell(column))
        if name and name != heading:
            # As large as the name: a larger note covers the next ones.
            size = {"width": 14 + 7 * min(len(name), 60), "height": 22, "font_size": 9}
            worksheet.write_comment(0, place, name, {"author": "", **size})
        # What is not printed makes no row higher.
        is_seen = place < (len(shown) or len(columns))
        as_text = styles["text" if is_seen else "one line"]
        style = styles[_choose_format(column, kind, texts)] if kind != "text" else as_text
        for row, text in enumerate(texts, start=1):
            _write(worksheet, row, place, text, kind, style, as_text)
        if not is_seen:
            continue
        # The arrow of the filter takes two letters of a heading's width.
        needed = [_count_lines(heading, width - 2), *(_count_lines(text, width) for text in texts)]
        lines = [max(pair) for pair in zip(lines, needed, strict=True)]
    for row, most in enumerate(lines):
        worksheet.set_row(row, min(_LINE * most, _HIGHEST))
    last = len(sheet.cells), len(columns) - 1
    worksheet.freeze_panes(1, 0)
    worksheet.autofilter(0, 0, *last)
    _set_page(worksheet, 0, (0, 0, last[0], (len(shown) or len(columns)) - 1))


def _set_page(worksheet: Any, heading: int, area: tuple[int, int, int, int]) -> None:
    """Print `area` on sheets of A4, one page wide, with the row `heading` on each page."""
    worksheet.set_paper(_A4)
    worksheet.set_landscape()
    worksheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    worksheet.fit_to_pages(1, 0)
    worksheet.repeat_rows(heading)
    worksheet.print_area(*area)
    worksheet.set_footer("&L&A&Rpage &P of &N")


def _say_headings(columns: Sequence[str], given: Mapping[str, str]) -> list[str]:
    """Return the headings of columns: where two would read the same, the second is its name."""
    said = [clean_text(given.get(c) or say_heading(unguard_cell(c))) for c in columns]
    return [
        clean_text(unguard_cell(column)) if heading in said[:place] else heading
        for place, (column, heading) in enumerate(zip(columns, said, strict=True))
    ]


def _choose_format(column: str, kind: str, texts: Sequence[str]) -> str:
    if kind in ("day", "yes or no"):
        return kind
    if kind != "number":
        return "text"
    if is_year(column):
        return "year"
    numbers = [number for number in map(_read_number, texts) if number is not None]
    if all(number.is_integer() for number in numbers):
        return "whole number"
    # Two decimals would make 0.00012 read as zero.
    return (
        "number"
        if all(not number or abs(number) >= 0.01 for number in numbers)
        else ("plain number")
    )


def _count_lines(text: str, width: int) -> int:
    """Return how many lines a text takes: readers of XLSX files do not all work that out."""
    if len(text) < width and "\n" not in text:
        return 1
    return sum(len(wrap(line, width)) or 1 for line in text.split("\n"))


def _find_width(heading: str, kind: str, texts: Sequence[str]) -> int:
    """Return the width of a column: a heading is wrapped, a word of it is not torn."""
    # The arrow of the filter stands beside the heading.
    needed = [len(word) + 3 for word in heading.split()]
    if kind == "day":
        needed.append(_DAY_WIDTH)
    else:
        longest = max((len(text) for text in texts), default=0)
        # Thousands take a comma each.
        needed.append(longest + (longest // 3 if kind == "number" else 0) + 3)
    return min(max([_NARROWEST, *needed]), _WIDEST)


def _write(
    sheet: Any, row: int, place: int, text: str, kind: str, style: object, as_text: object
) -> None:
    if not text:
        return
    number = _read_number(text) if kind == "number" else None
    day = _read_day(text) if kind == "day" else None
    if number is not None:
        sheet.write_number(row, place, number, style)
    elif day is not None:
        sheet.write_datetime(row, place, day, style)
    elif kind == "yes or no" and text in ("True", "False"):
        sheet.write_boolean(row, place, text == "True", style)
    else:
        sheet.write_string(row, place, text, as_text)


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


def _say_name(name: str) -> str:
    """Return the name of a table as words, each once: a file may be called A--A_of_B."""
    words = dict.fromkeys(clean_text(name).replace("--", "_").replace("_", " ").split())
    return say_heading(" ".join(words))


def _sheet_name(name: str, taken: set[str]) -> str:
    """Return a name of whole words that Excel takes and that no other sheet has."""
    plain = re.sub(r"[\[\]:*?/\\']", " ", _say_name(name)).strip() or "Table"
    used = {other.casefold() for other in taken} | {"history"}
    shown, number = _cut(plain, _LONGEST_NAME), 2
    while shown.casefold() in used:
        end = f" {number}"
        shown, number = _cut(plain, _LONGEST_NAME - len(end)) + end, number + 1
    return shown


def _cut(text: str, most: int) -> str:
    """Return the first words of `text`, as many as `most` characters hold."""
    if len(text) <= most:
        return text
    words = text[: most + 1].split(" ")[:-1]
    while len(words) > 1 and words[-1] in _SMALL_WORDS:
        words.pop()
    return " ".join(words).strip() or text[:most]
