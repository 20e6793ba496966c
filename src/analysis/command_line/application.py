"""The application: its commands, and leaving with the right exit status."""

from __future__ import annotations

import gc
import signal
import sys
from collections.abc import Sequence
from typing import Annotated, NoReturn

import typer

from analysis.command_line import (
    batching,
    casebooks,
    publications,
    reporting,
    texts,
    tracing,
)
from analysis.command_line.options import complain

#: Objects made since, after which it is looked which of them are needed no more.
_SELDOM = 100_000

app = typer.Typer(
    help="Contested figures: claims side by side, as charts, tables and reports for any day.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

for name, command in (
    ("report", reporting.report),
    ("brief", reporting.brief),
    ("batch", batching.batch),
    ("pack", reporting.pack),
    ("site", reporting.site),
    ("export", reporting.export),
    ("notebooks", reporting.list_notebooks),
    ("check", casebooks.check),
    ("new", casebooks.new),
    ("add", casebooks.add),
    ("dictionary", casebooks.dictionary),
    ("api", casebooks.api),
    ("datapackage", casebooks.datapackage),
    ("import", publications.import_published),
    ("rebuild", publications.rebuild),
    ("backtest", casebooks.backtest),
    ("diff", reporting.diff),
    ("read", texts.read),
    ("review", texts.review),
    ("accept", texts.accept),
    ("audit", texts.audit),
    ("trace", tracing.trace),
    ("verify", tracing.verify),
):
    app.command(name=name)(command)


@app.callback(invoke_without_command=True)
def _figures(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    if version:
        from analysis.hashes import find_version

        print(f"figures {find_version('contested-figures')}")
        raise typer.Exit


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command `figures` and leave Python with its exit status."""
    # A polite request to end is treated as Ctrl-C is: nothing half-written stays behind.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    # What is imported and read stays till the end: to look again and again whether it may go
    # takes a tenth of a command, and to take it apart at the end another tenth.
    gc.set_threshold(_SELDOM)
    try:
        status = app(args=arguments, prog_name="figures", standalone_mode=False) or 0
        message = "stopped; nothing was changed" if status == 130 else ""
    except (KeyboardInterrupt, typer.Abort):  # Ctrl-C, and Ctrl-D where something is asked
        status, message = 130, "stopped; nothing was changed"
    except Exception as problem:
        # What typer says about options; the class has had several names.
        if hasattr(problem, "format_message"):
            status, message = 2, problem.format_message()
        else:
            from analysis.reports.mistakes import explain

            status, message = explain(problem)
    if message:
        complain(message)
    gc.freeze()
    sys.exit(status)
