"""The options that several commands share, and reading NAME=VALUE."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

AsOf = Annotated[
    str,
    typer.Option(
        "--as-of",
        metavar="DAY",
        help="Only what was known on this day, YYYY-MM-DD; without it, the day that the "
        "notebook or table declares.",
    ),
]
Casebook = Annotated[
    str, typer.Option("--data", metavar="FOLDER", help="A casebook other than the project's own.")
]
CasebookFolder = Annotated[
    str, typer.Argument(metavar="[FOLDER]", help="A casebook other than the project's own.")
]
NotebookFolder = Annotated[
    str, typer.Option("--notebooks", metavar="FOLDER", help="Notebooks other than the project's.")
]
Pairs = list[str]


def read_pairs(pairs: Sequence[str] | None, option: str) -> dict[str, str]:
    """Return what was typed as NAME=VALUE, or raise a one-line `ParameterError`."""
    from analysis.reports.parameters import ParameterError

    for pair in pairs or []:
        if "=" not in pair:
            raise ParameterError(f'{option} "{pair[:60]}": expected NAME=VALUE')
    return {name.strip(): value for name, _, value in (pair.partition("=") for pair in pairs or [])}


def complain(message: str) -> None:
    """Print what is wrong on the error stream."""
    print(f"figures: {message}", file=sys.stderr)
