"""The options that several commands share, and reading NAME=VALUE."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from analysis.safety import InputError

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
Only = Annotated[
    list[str] | None,
    typer.Option("--notebook", "-n", metavar="NAME", help="Only this one; may be repeated."),
]
Memory = Annotated[
    int | None,
    typer.Option(min=1, metavar="GB", help="That a notebook may take; without it, any."),
]
#: Control characters, of which colours and titles of a terminal are made, and turns of direction.
_COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

Pairs = list[str]
Parameters = Annotated[
    Pairs | None,
    typer.Option("--parameter", "-p", metavar="NAME=VALUE", help="A parameter; may be repeated."),
]

#: Parameters that have an option of their own, and so are not given by -p.
OWN_OPTIONS = {"as_of": "--as-of", "data": "--data", "out": "--out"}


def read_casebook(folder: str, data: str) -> str:
    """Return the casebook that was typed after --data or alone; not two of them."""
    if folder and data and folder != data:
        raise InputError(f"two casebooks, {folder} and --data {data}; expected one")
    return folder or data


def read_pairs(pairs: Sequence[str] | None, option: str) -> dict[str, str]:
    """Return what was typed as NAME=VALUE, each name once, or raise a one-line `InputError`."""
    from analysis.tables import shorten

    typed: dict[str, str] = {}
    for pair in pairs or []:
        name, equals, value = pair.partition("=")
        name = name.strip()
        if not equals:
            raise InputError(f'{option} "{pair[:60]}": expected NAME=VALUE')
        if name in typed:
            message = f"{option} gives {shorten(name)} twice; expected each parameter once"
            raise InputError(message)
        typed[name] = value
    return typed


def read_parameters(pairs: Sequence[str] | None) -> dict[str, str]:
    """Return what was typed after -p, or raise a one-line `InputError`."""
    typed = read_pairs(pairs, "-p")
    for name, option in OWN_OPTIONS.items():
        if name in typed:
            raise InputError(f"{name} is given by {option}, not by -p")
    return typed


def read_place(out: str | Path, option: str, *, stores: bool = False) -> Path:
    """Return the folder that was typed after `option`; a shell leaves `--out=~/x` as it is.

    Raises `InputError`: no files can go there.
    """
    from analysis.reports.out_folder import find_fault

    fault = find_fault(str(out), stores=stores)
    if fault:
        raise InputError(f"{option}: {fault}")
    return Path(out).expanduser()


def complain(message: str) -> None:
    """Print what is wrong on the error stream, without what a terminal would obey."""
    shown = _COMMANDS.sub("\N{REPLACEMENT CHARACTER}", message)
    print(f"figures: {shown}", file=sys.stderr)
