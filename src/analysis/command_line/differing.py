"""The command that says what changed between two reports."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analysis.command_line.options import complain


def diff(
    report_a: Annotated[Path, typer.Argument(metavar="REPORT_A", help="The folder of a report.")],
    report_b: Annotated[Path, typer.Argument(metavar="REPORT_B", help="The one to compare.")],
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write a page to read.")
    ] = None,
    as_json: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write it for a program.")
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only", metavar="PART", help="Only claims, tables or charts; may be repeated."
        ),
    ] = None,
) -> None:
    """Print what changed between two reports, by claim; exit 0: nothing, 1: something."""
    from analysis.reports.difference import compare_folders
    from analysis.reports.difference.found import PARTS
    from analysis.reports.difference.page import render_page
    from analysis.reports.difference.telling import write_json, write_summary
    from analysis.reports.parameters import ParameterError
    from analysis.safety import write_atomically
    from analysis.tables import shorten, suggest

    for part in only or []:
        if part not in PARTS:
            hint = f"; {suggestion}" if (suggestion := suggest(part, PARTS)) else ""
            raise ParameterError(f'--only "{shorten(part)}": expected {", ".join(PARTS)}{hint}')
    if html and as_json and html.resolve() == as_json.resolve():
        raise ParameterError(f"--html and --json: expected two files, but both are {html}")
    found = compare_folders(report_a, report_b).cut_down(only or [])
    # Everything is made before the first file is written.
    files = [(html, render_page(found).encode() if html else b"")]
    files.append((as_json, write_json(found) if as_json else b""))
    for path, data in files:
        if path is None:
            continue
        try:
            write_atomically(path, data)
        except OSError as problem:
            complain(f"{path}: expected a place to write to ({problem.strerror or problem})")
            raise typer.Exit(2) from None
    print(write_summary(found))
    raise typer.Exit(1 if found.found else 0)
