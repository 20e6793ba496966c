"""Mistakes of a person and errors in data, in the words in which a command prints them."""

from __future__ import annotations

import errno

from analysis.reports.folder import FolderError
from analysis.tables import CasebookErrors, InputError, NoCasebook, shorten

#: What was typed is wrong, or is not there.
_TYPED = (InputError, FolderError, FileExistsError)

#: What the system says of a place that cannot be what it was named for; of others, such as a
#: full disk, nobody's words are the cause.
_OF_PLACES = {
    errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.EEXIST, errno.EACCES, errno.EPERM,
    errno.EROFS, errno.ENAMETOOLONG, errno.ELOOP,
}  # fmt: skip

#: Characters of a place that is shown.
_LONGEST = 200

#: Lines about a casebook that a command prints which is not about its errors.
_MOST = 20


def explain(problem: Exception) -> tuple[int, str]:
    """Return the exit status for `problem` and what to print.

    The status is 2 for a mistake in what was typed, 1 for something wrong with the data or
    the machine. The text is one line, or a heading and the first errors of a casebook.

    Raises `Exception`: `problem` itself, when it is a fault of the program.
    """
    if isinstance(problem, CasebookErrors):
        return 2 if isinstance(problem, NoCasebook) else 1, list_errors(problem, _MOST)
    if isinstance(problem, OSError) and problem.filename:
        where = shorten(str(problem.filename), _LONGEST)
        if problem.errno in _OF_PLACES:
            return 2, f"{where}: it cannot be read or written ({problem.strerror})"
        return 1, f"{where}: {problem.strerror or problem}"
    if isinstance(problem, _TYPED):
        return 2, str(problem)
    if isinstance(problem, OSError):
        return 1, str(problem.strerror or problem)
    raise problem


def list_errors(problem: CasebookErrors, most: int | None = None) -> str:
    """Return what is wrong with a casebook, a line each under a heading; one alone has none."""
    lines = str(problem).splitlines()
    if len(lines) == 1:
        return lines[0]
    shown = [f"the casebook has {len(problem.errors):,} errors:", *lines[:most]]
    if most is not None and len(lines) > most:
        shown.append(f"and {len(lines) - most:,} more lines, which figures check prints")
    return "\n".join(shown)
