"""Building the parts of a casebook again from the published files."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from analysis.imports import Imported, ImportProblem, import_file
from analysis.safety import write_csv
from analysis.tables import (
    CasebookErrors,
    CellError,
    InputError,
    find_casebook,
    read_checked,
    read_references,
    suggest,
)
from analysis.tabulating import (
    casualties,
    displaced,
    population,
    refugees,
    refugees_by_origin,
    votes,
)
from analysis.tabulating.part import PLAIN_TABLE, Part, Rebuilt

#: Name to part, in alphabetical order.
PARTS: dict[str, Part] = {
    part.name: part
    for part in sorted(
        (
            *casualties.PARTS,
            *displaced.PARTS,
            *population.PARTS,
            *refugees.PARTS,
            *refugees_by_origin.PARTS,
            *votes.PARTS,
        ),
        key=lambda part: part.name,
    )
}


def rebuild(
    published: Path | str, data: Path | str = "", names: Iterable[str] | None = None
) -> list[Rebuilt]:
    """Build parts of a casebook again from the published files; sources and claimants stay.

    Without `names` (with or without ".csv") all parts are built. One entry a part: one that cannot
    be built says so in `problem`, its file stays as it was, and the others are built. `InputError`
    where there is no part of a name, or no folder of published files.
    """
    wanted = [name.removesuffix(".csv") for name in names] if names is not None else list(PARTS)
    for name in wanted:
        if name not in PARTS:
            hint = suggest(name, PARTS)
            known = f"; {hint}" if hint else f"; parts: {', '.join(PARTS)}"
            raise InputError(f'no part "{name}"{known}')
    files = Path(published)
    if not files.is_dir():
        raise InputError(f"{published}: expected the folder of the published files")
    folder = find_casebook(data)
    references = read_references(folder)
    return [_rebuild_part(PARTS[name], files, folder, references) for name in wanted]


def _rebuild_part(
    part: Part, files: Path, folder: Path, references: dict[str, pd.DataFrame]
) -> Rebuilt:
    path = files / part.path
    if not path.is_file():
        return Rebuilt(part.file, problem=f"{part.path}: this published file is missing")
    try:
        imported = _import(part, path)
        rows = part.rows(imported.frame)
    except ImportProblem as problem:
        return Rebuilt(part.file, problem=str(problem))
    errors = check_part(part, rows, folder, references)
    if errors:
        more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        return Rebuilt(part.file, problem=f"{errors[0]}{more}")
    target = folder / part.file
    try:
        write_csv(rows, target)
    except OSError as problem:
        return Rebuilt(part.file, problem=f"{target}: cannot be written ({problem.strerror})")
    return Rebuilt(
        part.file,
        imported.rows_read,
        imported.rows_kept,
        imported.rows_refused,
        len(rows),
        target.stat().st_size,
    )


def _import(part: Part, path: Path) -> Imported:
    if part.format != PLAIN_TABLE:
        return import_file(part.format, path)
    try:
        frame = pd.read_csv(path, dtype="string", keep_default_na=False)
    except (ValueError, OSError) as problem:
        raise ImportProblem(f"{part.path}: not a CSV table ({problem})") from problem
    return Imported(frame, pd.DataFrame(), len(frame), len(frame))


def check_part(
    part: Part, rows: pd.DataFrame, casebook: Path, references: dict[str, pd.DataFrame]
) -> list[CellError]:
    """Read the rows as they will be read from the casebook, and return what is wrong in them."""
    with tempfile.TemporaryDirectory() as name:
        folder, table = Path(name), part.table
        write_csv(rows, folder / part.file)
        # A claim may repeat one of another file of the table.
        for path in (casebook / table.file, *casebook.glob(f"{table.name}.*.csv")):
            if path.is_file() and path.name != part.file:
                shutil.copy(path, folder)
        if not (folder / table.file).exists():
            write_csv(rows[:0], folder / table.file)
        try:
            errors = read_checked(table, folder, references)[1]
        except CasebookErrors as problem:
            errors = list(problem.errors)
        return [error for error in errors if error.file == part.file]
