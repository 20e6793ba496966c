"""Rows of a large CSV file that cannot be cut into the right number of cells, by number."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from analysis.imports.imported import Refusal


@dataclass
class Malformed:
    """Rows that Arrow could not cut into cells, by number; some belong to parts still to come."""

    numbers: list[int] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    endless: int | None = None

    def keep(self, found: Any) -> str:
        """Take one invalid row from Arrow, and skip it."""
        reason = f"{found.actual_columns} cells, where the header has {found.expected_columns}"
        if "\n" in found.text and found.text.count('"') % 2:
            self.endless = found.number
        self.numbers.append(found.number)
        self.refusals.append(Refusal(found.number, "", str(found.text)[:200], reason))
        return "skip"

    def take(self) -> list[Refusal]:
        """Return the refusals since the last call."""
        taken, self.refusals = self.refusals, []
        return taken

    def number_rows(self, done: int, count: int, skip: int) -> Any:
        """Return the row numbers of the next `count` well-formed records after `done` of them.

        `skip` is the number of lines before the first record. A record is later in the file
        by one for each malformed row before it.
        """
        position = np.arange(done, done + count, dtype=np.int64)
        gaps = np.array(self.numbers, dtype=np.int64) - skip - 1 - np.arange(len(self.numbers))
        before = np.searchsorted(gaps, position, side="right")
        return position + before + skip + 1
