"""Commands that read files as others published them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from analysis.command_line.options import Casebook, complain, read_pairs
from analysis.safety import InputError

#: Rows of an import that are printed where nothing is written.
_SHOWN = 10


def import_published(
    format_name: Annotated[str, typer.Argument(metavar="FORMAT", help="See --list.")] = "",
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="The file as it was published.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Where FORMAT.csv and FORMAT.refused.csv go."),
    ] = None,
    into: Annotated[
        Path | None,
        typer.Option(
            metavar="CASEBOOK",
            help="Make rows of this casebook, as TABLE.SOURCE.csv; needs --source.",
        ),
    ] = None,
    source: Annotated[str, typer.Option(metavar="ID", help="The file's key in sources.csv.")] = "",
    table: Annotated[str, typer.Option(help="The table, where the format does not say it.")] = "",
    given: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="COLUMN=VALUE",
            help="What the file does not say: origin=SDN, wording=#affected+killed.",
        ),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(metavar="COLUMN=VALUE", help="Take only these rows, such as iso3=SDN."),
    ] = None,
    show_list: Annotated[bool, typer.Option("--list", help="Print the formats.")] = False,
) -> None:
    """Read a published file into a tidy table; every row is kept, or refused with its reason."""
    from analysis.imports import FORMATS, ImportProblem, Written, import_file, import_into

    if show_list or file is None:
        for name, importer in FORMATS.items():
            print(f"{name:24}{importer.expects}")
        raise typer.Exit(0 if show_list else 2)
    if into is not None:
        _import_into_casebook(format_name, file, into, source, table, given or [], only or [])
        return
    try:
        with _watch(file) as progress:
            result = (
                import_file(format_name, file, progress=progress)
                if out is None
                else import_into(format_name, file, out, progress=progress)
            )
    except ImportProblem as problem:
        complain(str(problem))
        raise typer.Exit(1 if file.exists() else 2) from None
    print(result.say_counts())
    for note in result.notes:
        print(f"note: {note}")
    if isinstance(result, Written):
        print(result.data)
        print(result.refused)
        return
    for refused in result.refused.head(_SHOWN).to_dict("records"):
        cell = f'row {refused["row"]}, column {refused["column"]}, "{refused["value"]}"'
        print(f"refused: {cell}: {refused['reason']}")
    if result.rows_refused > _SHOWN:
        print(f"… and {result.rows_refused - _SHOWN:,} more; --out FOLDER writes all of them")
    print(result.frame.head(_SHOWN).to_string(index=False, max_cols=8))
    if len(result.frame) > _SHOWN:
        print(f"… the first {_SHOWN} rows; --out FOLDER writes all of them")


def _import_into_casebook(
    format_name: str,
    file: Path,
    casebook: Path,
    source: str,
    table: str,
    given: list[str],
    only: list[str],
) -> None:
    from analysis.tabulating import add_rows, import_rows

    try:
        if not source:
            raise InputError("--into needs --source ID, the key of the file in sources.csv")
        added = import_rows(
            format_name,
            file,
            casebook,
            source_id=source,
            table=table,
            given=read_pairs(given, "--set"),
            only=read_pairs(only, "--only"),
        )
        path = add_rows(added, casebook)
    except ValueError as problem:
        complain(str(problem))
        raise typer.Exit(1) from None
    print(added.imported.say_counts())
    for note in added.imported.notes:
        print(f"note: {note}")
    print(f"{path}: {len(added.rows):,} rows")


def rebuild(
    published: Annotated[Path, typer.Argument(help="The folder of the published files.")],
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[PART]...", help="Only these parts.")
    ] = None,
    data: Casebook = "",
) -> None:
    """Build the parts of a casebook again from the published files they were made of."""
    from analysis.tabulating import rebuild as build

    try:
        built = build(published, data, names or None)
    except ValueError as problem:
        complain(str(problem))
        raise typer.Exit(2) from None
    for part in built:
        if part.problem:
            complain(f"{part.file}: {part.problem}")
        else:
            counts = f"{part.rows_read:,} rows read = {part.rows_kept:,} kept"
            counts += f" + {part.rows_refused:,} refused"
            print(f"{part.file}: {counts}; {part.rows_written:,} rows, {part.bytes:,} bytes")
    if any(part.problem for part in built):
        raise typer.Exit(1)


@contextmanager
def _watch(file: Path) -> Iterator[Callable[[int, int], None]]:
    """Show how much of a file has been read, where there is a terminal to show it on."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task(file.name)
        yield lambda done, total: bar.update(task, completed=done, total=total)
