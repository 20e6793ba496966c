"""Reviewing candidates one by one: what a terminal and a notebook both do."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

from analysis.reading.candidates import COLUMNS, Candidate, load_candidates, write_candidates
from analysis.safety import InputError

#: What a person may correct. Where a figure stands and what its text is stay as they were read.
EDITABLE: Final = tuple(
    name
    for name in COLUMNS
    if name not in ("document", "sha256", "paragraph", "start", "end", "sentence", "kind")
)


class Review:
    """A file of candidates, at one of them. Every decision is on disk before the next is shown.

    Parameters
    ----------
    path : Path
        candidates.csv.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.candidates = load_candidates(path)
        #: The rows to decide: figures and silences. Others stay in the file, to be seen.
        self.rows = [
            number
            for number, one in enumerate(self.candidates)
            if one.kind in ("figure", "silence")
        ]
        open_rows = [at for at, row in enumerate(self.rows) if not self.candidates[row].decision]
        self.at = open_rows[0] if open_rows else len(self.rows)

    @property
    def current(self) -> Candidate | None:
        """The candidate to decide, or None when all are decided."""
        return self.candidates[self.rows[self.at]] if self.at < len(self.rows) else None

    @property
    def decided(self) -> int:
        """How many have a decision."""
        return sum(bool(self.candidates[row].decision) for row in self.rows)

    def decide(self, decision: str) -> None:
        """Accept or refuse the current candidate, and go on to the next."""
        self._change(decision=decision)
        self.at += 1

    def edit(self, column: str, value: str) -> None:
        """Correct a column of the current candidate.

        Raises
        ------
        InputError
            When it is none that a person may correct.
        """
        from analysis.tables import suggest

        if column not in EDITABLE:
            hint = f"; {close}" if (close := suggest(column, EDITABLE)) else ""
            raise InputError(f'"{column}" cannot be corrected{hint}')
        self._change(**{column: value.strip()})

    def skip(self) -> None:
        """Go on without a decision."""
        self.at = min(self.at + 1, len(self.rows))

    def back(self) -> None:
        """Go back to the candidate before."""
        self.at = max(self.at - 1, 0)

    def _change(self, **columns: str) -> None:
        from analysis.safety import write_atomically

        if self.at >= len(self.rows):
            return
        row = self.rows[self.at]
        self.candidates[row] = replace(self.candidates[row], **columns)  # type: ignore[arg-type]
        write_atomically(self.path, write_candidates(self.candidates).encode("utf-8"))
