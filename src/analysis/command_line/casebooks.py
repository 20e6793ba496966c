"""Commands that check, make and describe a casebook."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from analysis.command_line.options import Casebook, CasebookFolder, complain, read_casebook


def check(folder: CasebookFolder = "", data: Casebook = "") -> None:
    """Check a casebook: print what it holds, or everything that is wrong with it."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    from analysis.casebook import check as casebook_check
    from analysis.casebook.consistency import check_consistency
    from analysis.reports.mistakes import list_errors
    from analysis.tables import CasebookErrors

    data = read_casebook(folder, data)
    try:
        summary = casebook_check.check(data)
        findings, errors = check_consistency(data)
        if errors:
            raise CasebookErrors(errors)
    except CasebookErrors as problem:
        complain(list_errors(problem))
        raise typer.Exit(1) from None
    table = Table(box=box.SIMPLE_HEAD)
    for place, column in enumerate(summary.tables.columns):
        side: Literal["left", "right"] = "right" if place else "left"
        table.add_column(str(column).replace("_", " "), justify=side, no_wrap=True)
    for row in summary.tables.to_dict("records"):
        table.add_row(*(_say(cell) for cell in row.values()))
    # A file or a pipe is as wide as the table needs; a terminal is as wide as it is.
    Console(width=None if sys.stdout.isatty() else 120).print(table)
    known, possible = (
        int((findings["verdict"] == verdict).sum()) for verdict in ("violated", "possibly violated")
    )
    print(
        f"No errors. Rules of consistency: {known} violated for reasons named in exceptions.csv, "
        f"{possible} possibly violated because bounds are open or wide."
    )


def new(
    folder: Annotated[Path, typer.Argument(help="A folder that is not there or empty.")],
) -> None:
    """Write an empty casebook with the same tables, for another crisis."""
    from analysis.casebook.new import create

    create(folder)
    print(folder)


def api() -> None:
    """Print the public names by task: docs/api.md is made of it."""
    from analysis.casebook.reference import describe_names

    print(describe_names(), end="")


def datapackage(folder: CasebookFolder = "", data: Casebook = "") -> None:
    """Write datapackage.json, which describes the tables of a casebook to other tools."""
    from analysis.casebook.dictionary import write_data_package
    from analysis.tables import find_casebook

    print(write_data_package(find_casebook(read_casebook(folder, data))))


def dictionary(folder: CasebookFolder = "", data: Casebook = "") -> None:
    """Write the dictionary of the tables into the README.md of a casebook."""
    from analysis.casebook.dictionary import write_dictionary
    from analysis.tables import find_casebook

    print(write_dictionary(find_casebook(read_casebook(folder, data))))


def _say(cell: object) -> str:
    from analysis.display.cells import MISSING, is_missing

    if is_missing(cell):
        return MISSING
    return f"{cell:%Y-%m-%d}" if hasattr(cell, "strftime") else str(cell)
