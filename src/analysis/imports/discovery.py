"""The formats there are: every module of the package that defines an ``IMPORTER``.

A new format is one new module; no list is edited.
"""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from dataclasses import replace
from functools import cache
from pathlib import Path

from analysis.imports.imported import Imported, Importer, ImportProblem, Progress


@cache
def find_formats() -> dict[str, Importer]:
    """Return the importers by name, in alphabetical order."""
    import analysis.imports as package

    found = {}
    for module in pkgutil.iter_modules(package.__path__):
        importer = getattr(
            importlib.import_module(f"{package.__name__}.{module.name}"), "IMPORTER", None
        )
        if isinstance(importer, Importer):
            found[importer.name] = importer
    return dict(sorted(found.items()))


def get_importer(format_name: str) -> Importer:
    """Return the importer of a format, or raise `ImportProblem` with a suggestion."""
    formats = find_formats()
    if format_name in formats:
        return formats[format_name]
    close = difflib.get_close_matches(format_name.lower(), formats, n=1, cutoff=0.5)
    hint = f"did you mean {close[0]!r}? " if close else ""
    raise ImportProblem(f"no format {format_name!r}; {hint}formats: {', '.join(formats)}")


def sniff_formats(path: Path) -> list[str]:
    """Return the names of the formats a file looks like, by its columns."""
    names = []
    for name, importer in find_formats().items():
        try:
            if importer.recognises(path):
                names.append(name)
        except ImportProblem:
            continue
    # Any tagged CSV is HXL: say so only if it is nothing more particular.
    return [name for name in names if name != "hxl"] or names


def suggest_format(path: Path, tried: str) -> str:
    """Return '; did you mean format …?' for a file that another format reads, or ''."""
    others = [repr(name) for name in sniff_formats(path) if name != tried]
    return f"; did you mean format {' or '.join(others)}?" if others else ""


def import_file(
    format_name: str, path: Path | str, *, progress: Progress | None = None
) -> Imported:
    """Read a published file into a tidy frame.

    Parameters
    ----------
    format_name : str
        A key of ``FORMATS``.
    path : Path or str
        The file, plain or gzipped.
    progress : callable, optional
        Called with the bytes read and the size of the file.

    Returns
    -------
    Imported
        The frame (columns: see the format's module), the refused rows, the counts.

    Raises
    ------
    ImportProblem
        One line: the format or file does not exist, or the file is not of that format,
        with the format it looks like.
    """
    importer = get_importer(format_name)
    file = Path(path)
    try:
        return replace(importer.read(file, progress), format_name=format_name)
    except ImportProblem as problem:
        hint = suggest_format(file, format_name) if file.is_file() else ""
        raise ImportProblem(f"{problem}{hint}") from problem
