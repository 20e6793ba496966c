"""Commands that make reports, charts and tables, and compare reports."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from analysis.command_line.options import (
    OWN_OPTIONS,
    AsOf,
    Casebook,
    Memory,
    NotebookFolder,
    Only,
    Pairs,
    Parameters,
    complain,
    read_pairs,
    read_parameters,
    read_place,
)
from analysis.safety import InputError

Formats = Annotated[
    str,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMATS",
        help="html, docx, pdf, xlsx, with commas; html is always made. Usually html,xlsx.",
    ),
]
Reports = Annotated[Path, typer.Option(metavar="FOLDER", help="Where reports go.")]


def report(
    context: typer.Context,
    as_of: AsOf = "",
    data: Casebook = "",
    out: Reports = Path("reports"),
    only: Only = None,
    given: Parameters = None,
    notebooks: NotebookFolder = "",
    memory: Memory = None,
    formats: Formats = "",
    show_help: Annotated[
        bool,
        typer.Option(
            "--help", "-h", help="Show this message; with -n, the notebook's parameters too."
        ),
    ] = False,
) -> None:
    """Run the notebooks for a day: OUT/DAY gets one page, charts, tables and a manifest.

    With -n NAME only some, in OUT/DAY-NAME: the report of the day stays as it is.
    """
    if show_help:
        parameters = _describe_parameters(only, notebooks) if only else ""
        print("\n\n".join(part for part in (context.get_help(), parameters) if part))
        raise typer.Exit
    _make(as_of, data, out, only, given, notebooks, formats, memory)


def brief(
    as_of: AsOf = "",
    data: Casebook = "",
    out: Reports = Path("reports"),
    only: Only = None,
    given: Parameters = None,
    notebooks: NotebookFolder = "",
    memory: Memory = None,
    formats: Formats = "",
) -> None:
    """Make two pages for a day, OUT/DAY-brief: figures, what is new, contested, old; charts."""
    _make(as_of, data, out, only, given, notebooks, formats, memory, brief=True)


def _make(
    as_of: str,
    data: str,
    out: Path,
    only: list[str] | None,
    given: list[str] | None,
    notebooks: str,
    formats: str,
    memory: int | None,
    *,
    brief: bool = False,
) -> None:
    """Make a report or a brief, print its page, and leave with the exit status."""
    out = read_place(out, "--out")
    from analysis.reports.report_engine import open_project_server

    # First: it imports its libraries while the notebooks are found and the casebook is checked.
    with open_project_server() as server:
        from rich.console import Console

        from analysis.casebook import check as casebook_check
        from analysis.reports.build import make_report
        from analysis.reports.formats import read_formats
        from analysis.reports.notebooks import (
            NOTEBOOKS,
            find_day,
            find_notebooks,
            find_report_day,
            name_report,
        )
        from analysis.reports.parameters import read_day, read_values
        from analysis.reports.progress import watch
        from analysis.reports.values import read_keys
        from analysis.tables import find_casebook
        from analysis.tables.settings import say_if_outside

        wanted = read_formats(formats)
        folder = Path(notebooks) if notebooks else NOTEBOOKS
        found = find_notebooks(folder, only or [], brief=brief)
        typed = read_parameters(given)
        declared = {notebook.name: notebook.parameters for notebook in found}
        values = read_values(typed, declared, read_keys(data))
        report_day = partial(find_report_day, data)
        day = read_day(as_of, "--as-of") if as_of else find_day(found, report_day)
        some = [notebook.name for notebook in found] if only else []
        server.prepare([notebook.path for notebook in found], find_casebook(data))
        summary = casebook_check.check(data)
        not_yet = say_if_outside(date.fromisoformat(day), None)
        for told in (casebook_check.say_what_comes_first(summary), not_yet):
            if told:
                complain(told)
        with watch(found, Console(stderr=True)) as watcher:
            made = make_report(
                found, values, day, data, out, watcher, name=name_report(day, some, brief=brief),
                memory=memory, fork_server=server.address, revive=server.revive,
                formats=wanted, brief=brief,
            )  # fmt: skip
    print(*made.find_files(wanted), sep="\n")
    raise typer.Exit(1 if made.failed else 0)


def pack(
    as_of: AsOf = "",
    data: Casebook = "",
    out: Annotated[
        Path, typer.Option(metavar="FOLDER", help="Where reports are, and the ZIP file goes.")
    ] = Path("reports"),
) -> None:
    """Pack the report of a day as a ZIP file: page, charts, tables, read-me, checksums."""
    out = read_place(out, "--out")
    from analysis.reports.folder import refuse_other_casebook
    from analysis.reports.manifest import name_casebook, read_manifest
    from analysis.reports.notebooks import find_report_day
    from analysis.reports.pack import pack_report
    from analysis.reports.parameters import read_day

    day = read_day(as_of, "--as-of") if as_of else find_report_day(data)
    if data:
        refuse_other_casebook(out / day, read_manifest(out / day), name_casebook(Path(data)))
    packed = out / f"contested-figures-{day}.zip"
    left_out = pack_report(out / day, packed)
    print(f"{packed} ({packed.stat().st_size / 1e6:.1f} MB)")
    if left_out:
        complain(f"left out, to stay below 3 MB: {', '.join(left_out)}")


def site(
    days: Annotated[
        str,
        typer.Option(
            "--days",
            metavar="DAYS",
            help='Such as 2024-01-05..2024-03-31, "… by 7", or days with commas; all by default.',
        ),
    ] = "",
    data: Casebook = "",
    reports: Annotated[Path, typer.Option(metavar="FOLDER", help="Where the reports are.")] = Path(
        "reports"
    ),
    out: Annotated[Path, typer.Option(metavar="FOLDER", help="Where the site goes.")] = Path(
        "site"
    ),
    notebooks: NotebookFolder = "",
) -> None:
    """Build a site from reports: a page a day, a subject and a claimant, search and a feed.

    Days without a report get a brief first.
    """
    out = read_place(out, "--out")
    from rich.console import Console

    from analysis.reports.batch.days import read_days
    from analysis.reports.build import make_report
    from analysis.reports.folder import FolderError
    from analysis.reports.notebooks import NOTEBOOKS, find_notebooks
    from analysis.reports.progress import watch
    from analysis.reports.report_engine import open_project_server
    from analysis.reports.site import build_site, find_reports

    wanted = read_days(days, "--days") if days else []
    folders, missing = find_reports(reports, wanted)
    if not folders and not missing:
        raise FolderError(f"{reports} holds no complete report with headline figures; say --days")
    found = find_notebooks(Path(notebooks) if notebooks else NOTEBOOKS, brief=True)
    if missing:
        with open_project_server() as server:
            for day in missing:
                with watch(found, Console(stderr=True)) as watcher:
                    made = make_report(
                        found, {}, day, data, reports, watcher,
                        fork_server=server.address, brief=True,
                    )  # fmt: skip
                if made.failed:
                    raise FolderError(f"the brief of {day} failed: {made.failed[0].error}")
        folders, _ = find_reports(reports, wanted)
    first = build_site(folders, out, data, [notebook.name for notebook in found])
    print(f"{first} ({len(folders)} day{'' if len(folders) == 1 else 's'})")


def _describe_parameters(names: list[str], notebooks: str) -> str:
    """Return the parameters of some notebooks, for the help of `figures report`."""
    from analysis.reports.notebooks import NOTEBOOKS, find_notebooks

    found = find_notebooks(Path(notebooks) if notebooks else NOTEBOOKS, names)
    of = " and ".join(notebook.name for notebook in found)
    options = ", ".join(f"{name} by {option}" for name, option in OWN_OPTIONS.items())
    opening = f"Parameters of {of}, given by -p NAME=VALUE\n({options}):"
    return "\n\n".join([opening, *(notebook.describe() for notebook in found)])


def export(
    name: Annotated[
        str, typer.Argument(help="A chart or table, such as casualties_by_source.")
    ] = "",
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format", "-f", metavar="FORMAT",
            help="png, svg or pdf for the chart; csv, xlsx or json for the table; may be repeated.",
        ),
    ] = None,
    as_of: AsOf = "",
    data: Casebook = "",
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER", show_default=False,
            help="Where the files go; usually exports, and exports/NAME for another casebook NAME.",
        ),
    ] = None,
    options: Annotated[
        Pairs | None,
        typer.Option("--set", "-s", metavar="NAME=VALUE", help="An option; may be repeated."),
    ] = None,
    size: Annotated[
        str, typer.Option(help="Of the chart: web, print, slide, square or phone.")
    ] = "web",
    theme: Annotated[str, typer.Option(help="Of the chart: light, dark or grey.")] = "light",
    listed: Annotated[bool, typer.Option("--list", help="Print what can be exported.")] = False,
) -> None:  # fmt: skip
    """Write one chart or table, without running a notebook."""
    own = Path("exports", Path(data).expanduser().resolve().name if data else "")
    out = read_place(out or own, "--out")
    from analysis.reports.export import describe_exports
    from analysis.reports.export import export as write

    if listed:
        print(describe_exports())
        return
    pairs = read_pairs(options, "--set")
    for path in write(name, formats or [], as_of, data, out, pairs, size, theme):
        print(path)


def list_notebooks(
    names: Annotated[list[str] | None, typer.Argument(help="Only these notebooks.")] = None,
    notebooks: NotebookFolder = "",
    markdown: Annotated[
        bool, typer.Option("--markdown", help="As a page with tables, in Markdown.")
    ] = False,
) -> None:
    """Print the notebooks with their questions, parameters, types, defaults and help."""
    from analysis.reports.notebooks import NOTEBOOKS, find_notebooks, tabulate_parameters

    found = find_notebooks(Path(notebooks) if notebooks else NOTEBOOKS, names or [])
    if markdown:
        print(tabulate_parameters(found), end="")
    else:
        print("\n\n".join(notebook.describe() for notebook in found))


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
    from analysis.safety import write_atomically
    from analysis.tables import shorten, suggest

    for part in only or []:
        if part not in PARTS:
            hint = f"; {suggestion}" if (suggestion := suggest(part, PARTS)) else ""
            raise InputError(f'--only "{shorten(part)}": expected {", ".join(PARTS)}{hint}')
    if html and as_json and html.resolve() == as_json.resolve():
        raise InputError(f"--html and --json: expected two files, but both are {html}")
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
