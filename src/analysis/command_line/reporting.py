"""Commands that make reports, charts and tables."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analysis.command_line.options import AsOf, Casebook, NotebookFolder, Pairs, read_pairs


def report(
    as_of: AsOf = "",
    data: Casebook = "",
    out: Annotated[Path, typer.Option(metavar="FOLDER", help="Where reports go.")] = Path(
        "reports"
    ),
    only: Annotated[
        list[str] | None,
        typer.Option("--notebook", "-n", metavar="NAME", help="Only this one; may be repeated."),
    ] = None,
    given: Annotated[
        Pairs | None,
        typer.Option(
            "--parameter", "-p", metavar="NAME=VALUE", help="A parameter; may be repeated."
        ),
    ] = None,
    notebooks: NotebookFolder = "",
) -> None:
    """Run the notebooks for a day: OUT/DAY gets one page, charts, tables and a manifest."""
    from rich.console import Console

    from analysis import casebook
    from analysis.reports.build import make_report
    from analysis.reports.notebooks import NOTEBOOKS, find_day, find_notebooks
    from analysis.reports.parameters import ParameterError, read_day, read_values
    from analysis.reports.progress import watch

    found = find_notebooks(Path(notebooks) if notebooks else NOTEBOOKS, only or [])
    typed = read_pairs(given, "-p")
    for name, option in (("as_of", "--as-of"), ("data", "--data"), ("out", "--out")):
        if name in typed:
            raise ParameterError(f"{name} is given by {option}, not by -p")
    values = read_values(typed, {notebook.name: notebook.parameters for notebook in found})
    day = read_day(as_of, "--as-of") if as_of else find_day(found)
    casebook.check(data)
    with watch(found, Console(stderr=True)) as watcher:
        made = make_report(found, values, day, data, out, watcher)
    print(made.page)
    raise typer.Exit(1 if made.failed else 0)


def export(
    name: Annotated[str, typer.Argument(help="A chart or table, such as casualties_by_source.")],
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format", "-f", metavar="FORMAT",
            help="png, svg or pdf for the chart; csv, xlsx or json for the table; may be repeated.",
        ),
    ] = None,
    as_of: AsOf = "",
    data: Casebook = "",
    out: Annotated[Path, typer.Option(metavar="FOLDER", help="Where the files go.")] = Path(),
    options: Annotated[
        Pairs | None,
        typer.Option("--set", "-s", metavar="NAME=VALUE", help="An option; may be repeated."),
    ] = None,
) -> None:  # fmt: skip
    """Write one chart or table, without running a notebook."""
    from analysis.reports.export import export as write

    for path in write(name, formats or [], as_of, data, out, read_pairs(options, "--set")):
        print(path)


def list_notebooks(
    names: Annotated[list[str] | None, typer.Argument(help="Only these notebooks.")] = None,
    notebooks: NotebookFolder = "",
) -> None:
    """Print the notebooks with their questions, parameters, types, defaults and help."""
    from analysis.reports.notebooks import NOTEBOOKS, find_notebooks

    found = find_notebooks(Path(notebooks) if notebooks else NOTEBOOKS, names or [])
    print("\n\n".join(notebook.describe() for notebook in found))
