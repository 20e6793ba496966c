"""In which formats a report comes, and what must be installed for each."""

from __future__ import annotations

import importlib
from collections.abc import Sequence

from analysis.reports.parameters import ParameterError
from analysis.tables import shorten, suggest

#: Every report has its page; the workbook is made unless other formats are asked for.
FORMATS = ("html", "docx", "pdf", "xlsx")
USUAL = ("html", "xlsx")

#: The module that a format needs, and the package that has it.
_NEEDED = {"docx": ("docx", "python-docx"), "pdf": ("weasyprint", "WeasyPrint")}


class MissingPackage(ParameterError):
    """A format needs a package that is not installed; the message is one line."""


def read_formats(typed: str) -> list[str]:
    """Return the formats in "html,docx", each once; those of `USUAL` where nothing is typed.

    Raises
    ------
    ParameterError
        There is no such format, or what it needs is not installed.
    """
    formats = list(dict.fromkeys(part.strip().lower() for part in typed.split(",") if part.strip()))
    for one in formats:
        if one not in FORMATS:
            hint = suggest(one, FORMATS) or f"expected {', '.join(FORMATS)}"
            raise ParameterError(f'--format "{shorten(one)}" is not known; {hint}')
    refuse_missing(formats)
    return formats or list(USUAL)


def refuse_missing(formats: Sequence[str]) -> None:
    """Raise `MissingPackage` if a format needs what is not installed."""
    for one in formats:
        module, package = _NEEDED.get(one, ("", ""))
        if not module:
            continue
        try:
            importlib.import_module(module)
        except (ImportError, OSError) as problem:  # OSError: a library of the machine is missing
            why = "" if isinstance(problem, ModuleNotFoundError) else f" ({_first_line(problem)})"
            raise MissingPackage(
                f"{one} needs {package}, which cannot be used here{why}: "
                'pip install "contested-figures[files]"'
            ) from problem


def _first_line(problem: Exception) -> str:
    return (str(problem).strip().splitlines() or [type(problem).__name__])[0][:120]
