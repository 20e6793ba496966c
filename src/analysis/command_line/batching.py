"""The command that makes many reports, here, on a cluster, or into a store."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analysis.command_line.options import (
    Casebook,
    Memory,
    NotebookFolder,
    Only,
    Parameters,
    complain,
    read_parameters,
    read_place,
)
from analysis.safety import InputError

if TYPE_CHECKING:
    from analysis.reports.batch.earlier import Request
    from analysis.reports.batch.plan import Choice, Plan
    from analysis.reports.report_engine import ProjectServer


def batch(
    plan: Annotated[
        Path | None, typer.Argument(metavar="[PLAN.yml]", help="A plan; or say --as-of.")
    ] = None,
    as_of: Annotated[
        str,
        typer.Option(
            "--as-of",
            metavar="DAYS",
            help='One report a day, such as 2024-01-05..2024-03-31, "… by 7", or days with commas.',
        ),
    ] = "",
    only: Only = None,
    given: Parameters = None,
    data: Casebook = "",
    out: Annotated[
        str, typer.Option(metavar="FOLDER", help="Where reports go; s3://BUCKET/FOLDER too.")
    ] = "",
    notebooks: NotebookFolder = "",
    workers: Annotated[
        int | None, typer.Option(min=1, help="Reports made at the same time.")
    ] = None,
    timeout: Annotated[
        int | None, typer.Option(min=1, metavar="SECONDS", help="For a cell; 600 by default.")
    ] = None,
    memory: Memory = None,
    again: Annotated[
        bool, typer.Option("--again", help="Make complete reports again too.")
    ] = False,
    verify: Annotated[
        bool, typer.Option("--verify", help="Compare the contents of complete reports' files.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print what would be made, and make nothing.")
    ] = False,
    dask: Annotated[
        str,
        typer.Option(
            "--dask",
            metavar="ADDRESS",
            help="Make reports on a cluster: tcp://HOST:PORT of a Dask scheduler, or local.",
        ),
    ] = "",
    schema: Annotated[
        bool, typer.Option("--schema", help="Print the JSON Schema of plans, for editors.")
    ] = False,
) -> None:
    """Make many reports; a second time, only what is missing, has failed or has changed."""
    from analysis.reports.batch.earlier import Request, find_unchanged, read_plan_bytes

    if plan:
        read_plan_bytes(plan)
    place, store = split_out(out)
    data, notebooks = _fetch(data), _fetch(notebooks, notebooks=True)
    folder = Path(notebooks) if notebooks else None
    options = {"as_of": as_of, "only": only or [], "given": given or [], "data": data}
    request = Request(options, plan, folder, place or Path("reports"), place is not None)
    if not (schema or again or dry_run or store):
        unchanged = find_unchanged(request, verify=verify)
        if unchanged:
            print(f"{unchanged[1]} complete, nothing to do", file=sys.stderr)
            print(unchanged[0] / "index.html")
            return
    if schema:
        _print_schema(folder)
        return
    with ExitStack() as stack:
        server = None
        if (plan or as_of) and not (dry_run or dask or store):
            from analysis.reports.report_engine import open_project_server

            # First: it imports its libraries while plan, notebooks and casebooks are read.
            server = stack.enter_context(open_project_server())
        from analysis.reports.batch.plan import Choice

        choice = Choice(data, place, timeout, workers, store, memory)
        planned = _read_plan(request, as_of, only, given, choice)
        if dry_run:
            _print_state(planned, again=again, verify=verify)
            return
        status = _make(planned, request, dask, server, again=again, verify=verify)
    # Not by an exception: what was done is said already.
    sys.exit(status)


def _read_plan(
    request: Request, as_of: str, only: list[str] | None, given: list[str] | None, choice: Choice
) -> Plan:
    from analysis.reports.batch.plan import plan_days, read_plan
    from analysis.reports.notebooks import NOTEBOOKS, find_notebooks

    folder = request.notebooks or NOTEBOOKS
    if request.plan is not None:
        if as_of or only or given:
            option = "--as-of" if as_of else "--notebook" if only else "-p"
            raise InputError(f"{option} and a plan don't go together; write it into the plan")
        return read_plan(request.plan, folder, request.out, choice)
    if not as_of:
        raise InputError("say --as-of DAYS, or name a plan; figures batch --help")
    typed = read_parameters(given)
    found = find_notebooks(folder, only or [])
    return plan_days(as_of, found, typed, request.out, choice, some=bool(only))


def _make(
    plan: Plan,
    request: Request,
    dask: str,
    server: ProjectServer | None,
    *,
    again: bool,
    verify: bool,
) -> int:
    from rich.console import Console

    from analysis.reports.batch.running import run_batch

    make = partial(run_batch, server=server)
    if dask or plan.store:
        from analysis.reports.cluster.running import run_on_cluster

        # What goes into a store is made by processes that hold no more than one report at a time.
        make = partial(run_on_cluster, out=plan.store or str(plan.out), address=dask or "local")
    result = make(plan, Console(stderr=True), again=again, verify=verify, request=request)
    print(result.page)
    words = ", ".join(f"{count:,} {status}" for status, count in result.counts.items() if count)
    if result.stopped:
        complain(f"stopped: {words}; the same command goes on")
        return 130
    print(f"{words}; {result.made:,} made this time", file=sys.stderr)
    return 1 if result.counts["complete"] < len(plan.reports) else 0


def _print_state(plan: Plan, *, again: bool, verify: bool) -> None:
    if plan.store:
        from analysis.reports.cluster.running import find_stored_state as find_state
    else:
        from analysis.reports.batch.running import find_state

    state = find_state(plan, again=again, verify=verify)
    for note in state.notes:
        complain(note)
    to_make = set(state.to_make)
    for place, report in enumerate(plan.reports):
        print(f"{'make' if place in to_make else 'complete':10}{report.name}")
    made = len(plan.reports) - len(to_make)
    print(
        f"{len(to_make):,} to make, {made:,} complete, in {plan.store or plan.out}", file=sys.stderr
    )


def _print_schema(notebooks: Path | None) -> None:
    import json

    from analysis.reports.batch.plan_file import plan_schema
    from analysis.reports.notebooks import NOTEBOOKS, find_notebooks

    schema = plan_schema(find_notebooks(notebooks or NOTEBOOKS))
    print(json.dumps(schema, ensure_ascii=False, indent=2))


#: By this the address of a store is told from a path, before anything is imported.
_ADDRESS = "://"


def split_out(out: str) -> tuple[Path | None, str]:
    """Return the folder that was typed for reports, or None, and the address of a store, or ""."""
    place = read_place(out, "--out", stores=True)
    if _ADDRESS not in out:
        return (place if out else None), ""
    from analysis.reports.batch.addresses import check_address, is_address

    address = check_address(out)
    return (None, address) if is_address(address) else (Path(address), "")


def _fetch(folder: str, *, notebooks: bool = False) -> str:
    """Return a folder of a casebook or of notebooks on this machine; of a store it is fetched."""
    if _ADDRESS not in folder:
        return folder
    from analysis.reports.cluster.store import NOTEBOOKS, TABLES, find_folder

    return find_folder(folder, NOTEBOOKS if notebooks else TABLES)
