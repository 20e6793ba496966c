"""Commands that check, make and describe a casebook, and score the projections in it."""

from __future__ import annotations

import json
import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import typer

from analysis.command_line.options import (
    AsOf,
    Casebook,
    CasebookFolder,
    complain,
    read_casebook,
    read_pairs,
)
from analysis.safety import InputError

#: So many days with two figures of one claimant are named.
_TIES = 10


def check(
    folder: CasebookFolder = "",
    data: Casebook = "",
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Read everything again, whatever is kept of it.")
    ] = False,
) -> None:
    """Check a casebook: print what it holds, or everything that is wrong with it."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    from analysis.kept import OFF, VARIABLE

    if fresh:
        os.environ[VARIABLE] = OFF
    columns, rows, lines = _check(read_casebook(folder, data))
    table = Table(box=box.SIMPLE_HEAD)
    for place, column in enumerate(columns):
        side: Literal["left", "right"] = "right" if place else "left"
        table.add_column(column, justify=side, no_wrap=True)
    for row in rows:
        table.add_row(*row)
    # A file or a pipe is as wide as the table needs; a terminal is as wide as it is.
    Console(width=None if sys.stdout.isatty() else 120).print(table)
    print(*lines, sep="\n")


def _check(data: str) -> tuple[list[str], list[list[str]], list[str]]:
    """Return what a sound casebook holds, columns and rows, and what else there is to say of it.

    What was found is kept, so that nothing heavy is imported while no file changes.
    """
    from analysis.kept import keep, read_kept

    key = _identify(data)
    kept = read_kept(key) if key else None
    if kept is not None:
        told: tuple[list[str], list[list[str]], list[str]] = json.loads(kept)
        return told
    from analysis.casebook import check as casebook_check
    from analysis.casebook.consistency import TIE, check_consistency
    from analysis.reports.mistakes import list_errors
    from analysis.tables import CasebookErrors, NoCasebook

    try:
        summary = casebook_check.check(data).tables
        findings, errors = check_consistency(data)
        if errors:
            raise CasebookErrors(errors)
    except NoCasebook:
        raise
    except CasebookErrors as problem:
        complain(list_errors(problem))
        raise typer.Exit(1) from None
    known, possible = (
        int((findings["verdict"] == verdict).sum()) for verdict in ("violated", "possibly violated")
    )
    lines = [
        f"No errors. Rules of consistency: {known} violated for reasons named in exceptions.csv, "
        f"{possible} possibly violated because bounds are open or wide."
    ]
    ties = findings[findings["rule"] == TIE]
    for row in ties.head(_TIES).to_dict("records"):
        day = _say(row["as_of"])
        lines.append(
            f"{row['table']}: {row['claimant']}, {row['measure']}, {row['place']}, {day}: "
            f"{row['detail']}"
        )
    if len(ties) > _TIES:
        lines.append(f"and {len(ties) - _TIES} more days with two figures of one claimant")
    columns = [str(column).replace("_", " ") for column in summary.columns]
    rows = [[_say(cell) for cell in row] for row in summary.itertuples(index=False)]
    if key and _identify(data) == key:  # no file was written meanwhile
        keep(key, json.dumps([columns, rows, lines]).encode())
    return columns, rows, lines


def _identify(data: str) -> str:
    """Return the key of what is kept of a casebook's check; "" where its folder is to be seen to.

    There is no such folder, or rows were being accepted into it when that was interrupted.
    """
    from analysis.hashes import CASEBOOK
    from analysis.kept import hash_casebook, make_key

    try:
        folder = Path(data).expanduser() if data else CASEBOOK
        files = hash_casebook(folder)
        return "" if (folder / ".accepting" / "journal.json").exists() else make_key("check", files)
    except (OSError, RuntimeError):
        return ""


def new(
    folder: Annotated[Path, typer.Argument(help="A folder that is not there or empty.")],
    title: Annotated[str, typer.Option(help="The crisis in a few words.")] = "",
    first_day: Annotated[str, typer.Option(metavar="DAY", help="YYYY-MM-DD.")] = "",
    country: Annotated[str, typer.Option(help="Its name or ISO code, such as SDN.")] = "",
    party: Annotated[
        list[str] | None,
        typer.Option(metavar="KEY=NAME", help="A side that fights; may be repeated."),
    ] = None,
) -> None:
    """Begin a casebook for another crisis; asks for what is not given, in a terminal."""
    from analysis.casebook.new import begin, refuse_folder
    from analysis.command_line.asking import ask_casebook

    given = {"title": title, "first_day": first_day, "country": country}
    parties = read_pairs(party, "--party")
    try:
        refuse_folder(folder)
        if sys.stdin.isatty() and not all(given.values()):
            given, parties = ask_casebook(given, parties)
        if not given["country"]:
            raise ValueError(
                "--country: the casebook of which country? Give its name or its code, such as "
                "--country Sudan"
            )
        begin(folder, **given, parties=parties)
    except (ValueError, FileExistsError) as problem:
        raise InputError(str(problem)) from None
    print(f"{folder}: begun; figures add sources --data {folder} adds the first document")


def add(
    table: Annotated[str, typer.Argument(help="The table: casualties, sources, claimants.")],
    given: Annotated[
        list[str] | None,
        typer.Argument(metavar="[COLUMN=VALUE]...", help="The row; asked for in a terminal."),
    ] = None,
    data: Casebook = "",
    file: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help="Take the rows of a .csv or .xlsx file."),
    ] = None,
) -> None:
    """Add a row to a table, or the rows of a file; shows the bounds that were read."""
    from analysis.casebook.adding import append_rows, find_table, read_rows
    from analysis.command_line.asking import ask_row
    from analysis.reports.mistakes import list_errors
    from analysis.tables import CasebookErrors, NoCasebook

    asked = False
    try:
        find_table(table)
        row = read_pairs(given, "the row")
        if file is not None:
            rows = [{**one, **row} for one in read_rows(file)]
        elif row:
            rows = [row]
        elif sys.stdin.isatty():
            rows, asked = [ask_row(table, data)], True
        else:
            raise ValueError("nothing to add; give COLUMN=VALUE for each column, or --from FILE")
        while True:
            try:
                path, read = append_rows(table, rows, data)
                break
            except NoCasebook:
                raise
            except CasebookErrors as problem:
                complain(f"nothing was added\n{list_errors(problem)}")
                wrong = {error.column for error in problem.errors} & set(rows[0])
                if not asked or not wrong:
                    raise typer.Exit(1) from None
                right = {name: said for name, said in rows[0].items() if name not in wrong}
                rows = [ask_row(table, data, right)]
    except NoCasebook:
        raise
    except ValueError as problem:
        raise InputError(str(problem)) from None
    for said in read:
        print(said)
    number = max(len(rows), len(read))
    print(f"{path}: {number:,} row{'s' if number != 1 else ''} added")


def api() -> None:
    """Print the public names by task: docs/api.md is made of it."""
    from analysis.casebook.api import describe_api

    print(describe_api(), end="")


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


#: A day by which everything in a casebook is known.
_EVERYTHING = "2100-01-01"


class Kind(StrEnum):
    """The backtests there are."""

    annual = "annual"
    daily = "daily"


def backtest(
    kind: Annotated[Kind, typer.Argument(help="annual: any origin; daily: one crisis.")],
    as_of: AsOf = "",
    data: Casebook = "",
    published: Annotated[
        str,
        typer.Option(
            metavar="FOLDER",
            help="Published files of your own, with unhcr-annual/ or unhcr-ocha-vintages/.",
        ),
    ] = "",
    out: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Where the table and charts go.")
    ] = None,
) -> None:
    """Score the projections that could have been made in the past; print the table."""
    from analysis.casebook.book import open_casebook
    from analysis.charts import save
    from analysis.projections.backtests import require_file
    from analysis.projections.charts import chart_backtest, chart_backtest_coverage
    from analysis.reports.parameters import read_day
    from analysis.safety import write_csv

    day = read_day(as_of, "--as-of") if as_of else _EVERYTHING
    if published:
        try:
            require_file(published, kind.value)
        except ValueError as refusal:
            raise InputError(f"--published {refusal}") from None
    scores = open_casebook(data, day).projections.backtest(kind.value, folder=published)
    if kind is Kind.annual:
        charts = [chart_backtest, chart_backtest_coverage]
        columns = ["method", "origins", "horizon", "projections", "log_wis", "target"]
        columns += ["coverage_80", "coverage_95", "median_error", "width_80"]
    else:
        charts = [chart_backtest]
        columns = ["data", "counted_from", "method", "horizon", "projections", "wis"]
        columns += ["target_wis", "mean_error", "target_error", "coverage_80", "coverage_95"]
    if scores.empty:
        print("The casebook holds nothing published by that day to score a projection by.")
        return
    print(scores.reindex(columns=columns).round(3).to_string(index=False, na_rep="–"))
    if out is None:
        return
    table = out / f"backtest_{kind.value}_scores.csv"
    pictures = [path for draw in charts for path in save(draw(scores), out)]
    write_csv(scores, table)
    for path in [table, *pictures]:
        print(path)
