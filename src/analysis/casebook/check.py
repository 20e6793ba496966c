"""The casebook as a whole: its tables, what can be made of them, and whether they are sound.

Nothing is registered: the tables are the `Table` objects of the modules of this package,
the charts its `chart_…` and the tabulations its `tabulate_…` functions, so that a new
subject is one new module.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd

import analysis
from analysis.tables import (
    CLAIMANTS,
    SOURCES,
    CasebookErrors,
    CellError,
    Table,
    find_casebook,
    read_checked,
    read_claims,
    suggest,
)

#: The modules that hold a table, a tabulation or a chart, by subject.
_SUBJECTS = (
    "casualties.table",
    "casualties.killed_and_wounded",
    "casualties.over_time",
    "casualties.losses_by_claimant",
    "refugees.table",
    "refugees.over_time",
    "refugees.by_country",
    "refugees.by_origin",
    "refugees.against_population",
    "refugees.running_totals",
    "refugees.shares",
    "refugees.displaced",
    "refugees.population",
    "projections.table",
    "projections.scorecard",
    "projections.scorecard_charts",
    "projections.refugee_projection",
    "projections.backtests",
    "projections.backtest_charts",
    "votes.table",
    "actions.table",
    "actions.totals",
    "statements.places",
    "statements.talks",
    "claims.breaks",
    "casebook.consistency",
    "casebook.changes",
    "casebook.revisions",
    "casebook.revisions_over_time",
)


@dataclass(frozen=True)
class Summary:
    """What a sound casebook holds.

    Attributes
    ----------
    folder : Path
        Where it lies.
    tables : pandas.DataFrame
        One row a table: `table`, `rows`, `claims` (rows with a figure), `claimants`,
        `sources`, `first_known`, `last_known` (days).
    """

    folder: Path
    tables: pd.DataFrame


@cache
def _subjects() -> list[ModuleType]:
    return [import_module(f"analysis.{name}") for name in _SUBJECTS]


def find_tables() -> dict[str, Table]:
    """Return the tables of a casebook by name: sources and claimants, then the subjects'."""
    found = {table.name: table for table in (SOURCES, CLAIMANTS)}
    return found | _tables_of(_subjects())


def _tables_of(modules: Iterable[ModuleType]) -> dict[str, Table]:
    values = [value for module in modules for value in vars(module).values()]
    return {value.name: value for value in values if isinstance(value, Table)}


def find_charts() -> dict[str, Callable[..., Any]]:
    """Return the functions that make a chart (an `Chart`), by name without `chart_`."""
    return _find_functions("chart_")


def find_tabulations() -> dict[str, Callable[..., Any]]:
    """Return the functions that make a DataFrame, by name without `tabulate_`."""
    return _find_functions("tabulate_")


def _find_functions(prefix: str) -> dict[str, Callable[..., Any]]:
    return {
        name.removeprefix(prefix): function
        for module in _subjects()
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if name.startswith(prefix) and function.__module__ == module.__name__
    }


def check(data: str | Path = "") -> Summary:
    """Read every table of a casebook by its rules.

    Parameters
    ----------
    data : str or Path
        The folder of the casebook; "" is the project's own.

    Returns
    -------
    Summary
        What the casebook holds.

    Raises
    ------
    CasebookErrors
        Everything that is wrong in all its tables.
    """
    folder = find_casebook(data)
    tables = find_tables()
    errors = _stray_files(folder, tables)
    frames, unread = {}, []
    for table in (SOURCES, CLAIMANTS):
        frames[table.name], is_table = _read(partial(table.read, folder), table, errors)
        if not is_table:
            unread.append(table.name)
    sources, claimants = frames["sources"], frames["claimants"]
    rows = []
    for table in tables.values():
        if table not in (SOURCES, CLAIMANTS):
            read = partial(read_checked, table, folder, sources, claimants)
            frame, _ = _read(read, table, errors)
            rows.append(_summarise(table, frame))
    # Keys into a table that cannot be read are not wrong: its own error says all there is to say.
    errors = [error for error in errors if not _refers_to(error, unread, tables)]
    if errors:
        raise CasebookErrors(errors)
    return Summary(folder, pd.DataFrame(rows))


def read_loaded(data: str | Path = "") -> list[pd.DataFrame]:
    """Read the tables of claims of the modules in memory, so that they are there when asked for.

    A table that has errors is left out: whoever asks for it is told.
    """
    prefix = f"{analysis.__name__}."
    loaded = [module for name, module in sys.modules.items() if name.startswith(prefix)]
    frames = []
    for table in _tables_of(loaded).values():
        if table not in (SOURCES, CLAIMANTS):
            with suppress(CasebookErrors):
                frames.append(read_claims(table, data))
    return frames


def _read(
    read: Callable[[], Any], table: Table, errors: list[CellError]
) -> tuple[pd.DataFrame, bool]:
    """Return a table's frame and whether its file is a table; add what is wrong to `errors`."""
    try:
        frame, found, *_ = read()
    except CasebookErrors as problem:
        # The file is no table at all: go on with an empty one, to find what else is wrong.
        columns = dict.fromkeys([*table.columns, "published_on"])
        empty = pd.DataFrame(columns=list(columns), dtype="str")
        errors += problem.errors
        return empty.astype({"published_on": "datetime64[us]"}), False
    errors += found
    return pd.DataFrame(frame), True


def _refers_to(error: CellError, targets: list[str], tables: dict[str, Table]) -> bool:
    """Whether an error is about a key into one of `targets`."""
    table = tables.get(error.file.split(".")[0])
    if table is None or error.column not in table.columns or not error.value:
        return False
    return table.metadata(error.column).get("refers_to") in targets


def _stray_files(folder: Path, tables: dict[str, Table]) -> list[CellError]:
    """A misspelt file name would leave its claims out without a word."""
    files = [table.file for table in tables.values()]
    return [
        CellError(path.name, None, "", "", "no table of this name", suggest(path.name, files))
        for path in sorted(folder.glob("*.csv"))
        if path.name.split(".")[0] not in tables
    ]


def _summarise(table: Table, frame: pd.DataFrame) -> dict[str, object]:
    figures = frame["wording"].notna().sum() if "wording" in frame else 0
    return {
        "table": table.name,
        "rows": len(frame),
        "claims": int(figures),
        "claimants": frame["claimant"].nunique() if "claimant" in frame else 0,
        "sources": frame["source_id"].nunique(),
        "first_known": frame["published_on"].min() if len(frame) else pd.NaT,
        "last_known": frame["published_on"].max() if len(frame) else pd.NaT,
    }
