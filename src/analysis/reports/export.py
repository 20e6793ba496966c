"""One chart or one table as files, without running a notebook."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from io import StringIO
from numbers import Integral, Real
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.display.cells import is_missing, kind_of
from analysis.reports.gather import find_sources, read_text, source_sheet
from analysis.reports.parameters import TYPES, Parameter, ParameterError, Value, read_day
from analysis.reports.workbook import Sheet, make_workbook
from analysis.safety import clean_text, format_csv, write_atomically
from analysis.tables import CasebookErrors, shorten, suggest

CHART_FORMATS = ("png", "svg", "pdf")
TABLE_FORMATS = ("csv", "xlsx", "json")


class ExportError(ValueError):
    """What cannot be exported, and why; the message is one line."""


def find_exports() -> dict[str, list[str]]:
    """Return what can be exported, with its formats, by name."""
    from analysis.casebook.check import find_charts, find_tabulations

    charts, tables = find_charts(), find_tabulations()
    return {
        name: [*(CHART_FORMATS if name in charts else ()), *TABLE_FORMATS]
        for name in sorted({*charts, *tables})
    }


def export(
    name: str,
    formats: Sequence[str],
    as_of: str,
    data: str | Path = "",
    out: Path = Path(),
    options: Mapping[str, str] | None = None,
) -> list[Path]:
    """Write the chart or table called `name` into the folder `out`.

    Parameters
    ----------
    name : str
        A `chart_…` or `tabulate_…` function, without its prefix.
    formats : sequence of str
        png, svg and pdf make the chart (with its rows and its alt text beside it); csv,
        xlsx and json the table, or the rows drawn where there is only a chart. Without
        any, the first that `name` has.
    as_of : str
        The day, as YYYY-MM-DD; "" is the one that the function declares.
    data : str or Path
        The casebook; "" is the project's own.
    out : Path
        Where the files go.
    options : mapping of str to str
        The function's further arguments, as typed.

    Returns
    -------
    list of Path
        The files, in the order of `formats`.

    Raises
    ------
    ExportError, ParameterError
        There is no such name, format or option, or the function refuses a value.
    CasebookErrors
        The casebook has errors.
    """
    from analysis.casebook.check import find_charts, find_tabulations
    from analysis.charts.save import save

    charts, tabulations = find_charts(), find_tabulations()
    known = find_exports()
    _refuse_unknown(name, formats, known)
    if as_of:
        read_day(as_of, "--as-of")
    formats = formats or known[name][:1]
    pictures = [one for one in dict.fromkeys(formats) if one in CHART_FORMATS]
    tables = [one for one in dict.fromkeys(formats) if one in TABLE_FORMATS]
    written: dict[str, Path] = {}
    # The table is written last: a chart brings a CSV of its own.
    chart = None
    if pictures or name not in tabulations:
        chart = _call(charts[name], name, data, as_of, options or {})
        paths = save(chart, out, pictures) if pictures else []
        written |= dict(zip(pictures, paths, strict=False))
    if tables:
        frame = chart.rows if chart is not None and name not in tabulations else None
        if frame is None:
            frame = _call(tabulations[name], name, data, as_of, options or {})
        for one in tables:
            path = out / f"{name}.{one}"
            write_atomically(path, _render(frame, name, one, data))
            written[one] = path
    return [written[one] for one in dict.fromkeys(formats)]


def _refuse_unknown(name: str, formats: Sequence[str], known: Mapping[str, list[str]]) -> None:
    if name not in known:
        hint = suggest(name, known) or f"there are {', '.join(known)}"
        raise ExportError(f'nothing to export is called "{shorten(name)}"; {hint}')
    for one in formats:
        if one not in known[name]:
            allowed = ", ".join(known[name])
            raise ExportError(f'{name} cannot be exported as "{shorten(one)}"; expected {allowed}')


def _call(
    function: Callable[..., Any], name: str, data: str | Path, as_of: str, typed: Mapping[str, str]
) -> Any:
    known = find_options(function)
    options: dict[str, Value] = {}
    for option, text in typed.items():
        if option not in known:
            hint = suggest(option, known) or f"there are {', '.join(known) or 'none'}"
            raise ParameterError(f'{name} has no option "{shorten(option)}"; {hint}')
        options[option] = known[option].read(text)
    try:
        return function(data, as_of, **options) if as_of else function(data, **options)
    except CasebookErrors:
        raise
    except ValueError as refusal:
        raise ExportError(f"{name}: {refusal}") from refusal


def find_options(function: Callable[..., Any]) -> dict[str, Parameter]:
    """Return the options of a chart or tabulate function: what follows `data` and `as_of`."""
    options = {}
    for argument in list(inspect.signature(function).parameters.values())[2:]:
        kind = inspect.formatannotation(argument.annotation).strip("'")
        if argument.default is not argument.empty:
            shown = kind if kind in TYPES else "str"
            options[argument.name] = Parameter(argument.name, shown, argument.default)
    return options


def _render(frame: pd.DataFrame, name: str, one: str, data: str | Path) -> bytes:
    if one == "csv":
        return format_csv(frame).encode()
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
    if isinstance(cell, bool | np.bool_):
        return bool(cell)
    if isinstance(cell, Integral):
        return int(cell)
    if isinstance(cell, Real):
        return float(cell)
    return clean_text(str(cell))
