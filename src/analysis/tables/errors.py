"""What is wrong with a casebook, said once for all cells: file, row, column, value, expected."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from analysis.safety import InputError, clean_text

#: A value in a message is cut after so many characters: the message must fit a line.
_SHOWN = 60

#: Words that agree in so much of their letters may be meant for each other.
_ALIKE = 0.72

#: Words of so many letters are short.
_SHORT = 4

#: More rows than these are not named one by one.
_ROWS_NAMED = 4


def suggest(word: str, known: Iterable[str]) -> str:
    """Return 'did you mean "…"?' for the known word nearest to `word`, or an empty string.

    Near is what most letters of both words agree in; between short words, which are always
    alike, the first two letters must be the same, or all but for their order: SDM is SDN, and
    not WSM.

    >>> suggest("deaths", ["repeats", "outcome"])
    ''
    """
    typed = word[:_SHOWN].casefold()
    choices = {name.casefold(): name for name in known}
    near = difflib.get_close_matches(typed, choices, n=1, cutoff=_ALIKE)
    if not near and len(typed) <= _SHORT:
        begun = [n for n in choices if n[:2] == typed[:2] or sorted(n) == sorted(typed)]
        near = difflib.get_close_matches(typed, begun, n=1, cutoff=0.6)
    return f'did you mean "{choices[near[0]]}"?' if near else ""


def shorten(value: str, longest: int = _SHOWN) -> str:
    """Return `value` as it is shown in a message: one line, cut, without deceiving characters."""
    text = " ".join(clean_text(value[: 4 * longest]).split())
    return text if len(text) <= longest else text[: longest - 1] + "…"


@dataclass(frozen=True)
class CellError:
    """One thing wrong in one table."""

    #: Name of the file, such as "casualties.csv".
    file: str
    #: Row as a spreadsheet numbers it (the header is row 1); None for the whole file.
    row: int | None
    #: Name of the column, or "" for the whole row or file.
    column: str
    #: What stands there.
    value: str
    #: What was expected instead.
    expected: str
    #: 'did you mean "…"?', or "".
    suggestion: str = ""

    def __str__(self) -> str:
        return self.say([] if self.row is None else [self.row])

    def say(self, rows: Sequence[int]) -> str:
        """Return the error as a line, for each of `rows` in which the same is wrong."""
        place = shorten(self.file, 4 * _SHOWN)
        if rows:
            place += f", {_say_rows(rows)}"
        if self.column:
            place += f", column {shorten(self.column)}"
        found = f'"{shorten(self.value)}": ' if self.value else ""
        hint = f"; {self.suggestion}" if self.suggestion else ""
        return f"{place}: {found}expected {self.expected}{hint}"


class CasebookErrors(InputError):
    """Everything that is wrong with a casebook, in `errors`; its text has a line each."""

    def __init__(self, errors: Sequence[CellError]) -> None:
        self.errors = sorted(errors, key=lambda e: (e.file, e.row or 0, e.column))
        super().__init__("\n".join(self.lines))

    @property
    def lines(self) -> list[str]:
        """The errors, a line each; what is wrong in the same way in many rows is said once."""
        same: dict[CellError, list[CellError]] = {}
        for error in self.errors:
            same.setdefault(replace(error, row=None), []).append(error)
        return [
            error.say([one.row for one in alike if one.row is not None])
            for error, alike in same.items()
        ]


class NoCasebook(CasebookErrors):
    """There is no such folder: a mistake of who named it, and nothing wrong in a casebook."""


def _say_rows(rows: Sequence[int]) -> str:
    if len(rows) == 1:
        return f"row {rows[0]}"
    if len(rows) <= _ROWS_NAMED:
        return f"rows {', '.join(map(str, rows[:-1]))} and {rows[-1]}"
    return f"rows {rows[0]} to {rows[-1]} ({len(rows):,} of them)"
