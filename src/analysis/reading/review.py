"""Reviewing candidates one by one: what a terminal and a notebook both do."""

from __future__ import annotations

import re
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

    def mark(self) -> tuple[str, str, str]:
        """Return the sentence of the current candidate: before its figure, the figure, after it.

        Where the same words stand in the sentence twice, it is the figure itself that is marked.
        """
        one = self.current
        if one is None:
            return "", "", ""
        words = " ".join(one.surface.split())
        earlier = sum(
            (other.document, other.paragraph, other.sentence, other.surface)
            == (one.document, one.paragraph, one.sentence, one.surface)
            and other.start < one.start
            for other in self.candidates
        )
        # Not the 8 of 18, nor the 2 of 2,000.
        whole = re.compile(rf"(?<![\w.,]){re.escape(words)}(?![.,]?\w)")
        places = [found.start() for found in whole.finditer(one.sentence)]
        if not places and words in one.sentence:
            places = [one.sentence.index(words)]
        if not places:
            return one.sentence, "", ""
        at = places[min(earlier, len(places) - 1)]
        return one.sentence[:at], words, one.sentence[at + len(words) :]

    @property
    def decided(self) -> int:
        """How many have a decision."""
        return sum(bool(self.candidates[row].decision) for row in self.rows)

    def say_next(self) -> str:
        """Return the command that takes what was accepted into the casebook."""
        return f"figures accept {self.path} --publisher NAME --title TITLE --date DAY"

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
        changed, row = list(self.candidates), self.rows[self.at]
        changed[row] = replace(changed[row], **columns)  # type: ignore[arg-type]
        write_atomically(self.path, write_candidates(changed).encode("utf-8"))
        self.candidates = changed
