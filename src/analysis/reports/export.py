"""One chart or one table as files, without running a notebook."""

from __future__ import annotations

import inspect
import json
import logging
import operator
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pandas as pd

import analysis
from analysis.display.cells import is_missing, kind_of
from analysis.reports.gather import find_sources, read_text, source_sheet
from analysis.reports.parameters import TYPES, Parameter, ParameterError, Value, read_day
from analysis.reports.workbook import Sheet, make_workbook
from analysis.safety import clean_text, format_csv, write_atomically
from analysis.tables import CasebookErrors, InputError, shorten, suggest
from analysis.tables.settings import refuse_early, say_if_outside

if TYPE_CHECKING:
    from analysis.casebook.book import Casebook

_log = logging.getLogger("analysis.reports")

CHART_FORMATS = ("png", "svg", "pdf")
TABLE_FORMATS = ("csv", "xlsx", "json")


class ExportError(InputError):
    """What cannot be exported, and why; the message is one line."""


def find_exports() -> dict[str, list[str]]:
    """Return what can be exported, with its formats, by name."""
    from analysis.casebook.subjects import EXPORTS

    return {
        name: [*(CHART_FORMATS if made.chart else ()), *TABLE_FORMATS]
        for name, made in sorted(EXPORTS.items())
    }


def export(
    name: str,
    formats: Sequence[str],
    as_of: str,
    data: str | Path = "",
    out: Path = Path(),
    options: Mapping[str, str] | None = None,
    size: str = "web",
    theme: str = "light",
) -> list[Path]:
    """Write the chart or table called `name` into the folder `out`.

    `name`: a name of `find_exports`. `formats`: png, svg and pdf make the chart (with its rows and
    its alt text beside it); csv, xlsx and json the table, or the rows drawn where there is only a
    chart. Without any, the first that `name` has. `as_of`: the day, as YYYY-MM-DD; "" is the
    casebook's own. `data`: the casebook; "" is the project's own. `out`: where the files go.
    `options`: the tabulation's arguments, as typed. `size`, `theme`: of the chart, see
    `analysis.charts.finish`. Returns the files, in the order of `formats`.
    Raises `ExportError`, `ParameterError`: there is no such name, format or option, or the function
    refuses a value; `CasebookErrors`: the casebook has errors.
    """
    from analysis.casebook.book import open_casebook
    from analysis.casebook.subjects import EXPORTS
    from analysis.charts.save import save
    from analysis.charts.sizes import SIZES, THEMES

    known = find_exports()
    _refuse_unknown(name, formats, known)
    if as_of:
        read_day(as_of, "--as-of")
    formats = formats or known[name][:1]
    pictures = [one for one in dict.fromkeys(formats) if one in CHART_FORMATS]
    tables = [one for one in dict.fromkeys(formats) if one in TABLE_FORMATS]
    for word, known_words, what in ((size, SIZES, "size"), (theme, THEMES, "theme")):
        if word not in known_words:
            raise ExportError(f'there is no {what} "{shorten(word)}"; {", ".join(known_words)}')
    book = open_casebook(data, as_of)
    refuse_early(f"{book.day:%Y-%m-%d}", book.settings.first_day)
    if not_yet := say_if_outside(book.day.date(), None):
        _log.warning(not_yet)
    frame = _tabulate(book, EXPORTS[name].table, name, options or {})
    written: dict[str, Path] = {}
    # The table is written last: a chart brings a CSV of its own.
    if pictures:
        chart = getattr(analysis, EXPORTS[name].chart)(frame)
        written |= dict(zip(pictures, save(chart, out, pictures, size, theme), strict=False))
    for one in tables:
        path = out / f"{name}.{one}"
        write_atomically(path, _render(frame, name, one, data))
        written[one] = path
    return [written[one] for one in dict.fromkeys(formats)]


def describe_exports() -> str:
    """Return a line for each thing that can be exported, with its formats."""
    known = find_exports()
    wide = max(map(len, known))
    return "\n".join(f"{name:{wide}}  {', '.join(formats)}" for name, formats in known.items())


def _refuse_unknown(name: str, formats: Sequence[str], known: Mapping[str, list[str]]) -> None:
    if name not in known:
        hint = suggest(name, known) or f"there are {', '.join(known)}"
        raise ExportError(f'nothing to export is called "{shorten(name)}"; {hint}')
    for one in formats:
        if one not in known[name]:
            allowed = ", ".join(known[name])
            raise ExportError(f'{name} cannot be exported as "{shorten(one)}"; expected {allowed}')


def _tabulate(book: Casebook, table: str, name: str, typed: Mapping[str, str]) -> pd.DataFrame:
    method = operator.attrgetter(table)(book)
    known = find_options(method)
    options: dict[str, Value] = {}
    for option, text in typed.items():
        if option not in known:
            hint = suggest(option, known) or f"there are {', '.join(known) or 'none'}"
            raise ParameterError(f'{name} has no option "{shorten(option)}"; {hint}')
        options[option] = known[option].read(text)
    try:
        frame = method(**options)
    except CasebookErrors:
        raise
    except ValueError as refusal:
        raise ExportError(f"{name}: {refusal}") from refusal
    return cast("pd.DataFrame", frame)


def find_options(method: Callable[..., Any]) -> dict[str, Parameter]:
    """Return the arguments of a tabulation that can be typed, by name."""
    options = {}
    for argument in inspect.signature(method).parameters.values():
        kind = inspect.formatannotation(argument.annotation).strip("'")
        if argument.default is not argument.empty and kind in TYPES:
            options[argument.name] = Parameter(argument.name, kind, argument.default)
    return options


def _render(frame: pd.DataFrame, name: str, one: str, data: str | Path) -> bytes:
    if one == "csv":
        return format_csv(frame).encode("utf-8-sig")  # Excel asks for the mark
    if one == "json":
        rows = [
            {str(column): _plain(cell) for column, cell in row.items()}
            for row in frame.to_dict("records")
        ]
        return (json.dumps(rows, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()
    kinds = {str(column): kind_of(frame[column]) for column in frame.columns}
    cells = read_text(StringIO(format_csv(frame)))
    sources = find_sources([cells], data)
    return make_workbook([Sheet(name, cells, kinds), source_sheet(sources)])


def _plain(cell: object) -> object:
    """Return a cell as JSON has it: a day as text, what is missing as null."""
    if is_missing(cell):
        return None
    if isinstance(cell, date):  # a Timestamp is one too
        return f"{cell:%Y-%m-%d}"
    said = cell.item() if isinstance(cell, np.generic) else cell
    return said if isinstance(said, bool | int | float) else clean_text(str(said))
