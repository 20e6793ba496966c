"""Which row of one table is which row of another: by what names a claim, or the best there is.

Nothing here goes from row to row: a column becomes whole numbers (the same cell, the same
number, in both tables), and columns together become one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.casebook.check import find_tables
from analysis.tables import Table

Numbers = npt.NDArray[np.int64]

#: Words in the name of a column that holds what is said, or is worked out from it: it names
#: no row, for it is what may change.
_SAID = {
    "wording", "low", "best", "high", "qualifier", "excluded", "note", "status", "standard",
    "stance", "value", "label", "detail", "reason", "score", "percent", "error", "share",
}  # fmt: skip

#: How well a column may name a row, from the best.
_WORDS, _NUMBERS, _SAID_WORDS, _NEVER = range(4)

#: Columns that are tried together as a key, from the left: of a small table and of a long one.
_TRIED = 24
_TRIED_OF_LONG = 8
_LONG = 5_000
_TOGETHER = 3

_SHARED_KEY = (
    "several rows agree in these columns: equal rows were matched first, the rest in order"
)
_NO_KEY = "no columns name a row: equal rows were matched first, the rest by their position"


@dataclass(frozen=True)
class Matching:
    """Pairs of rows by position in A (`a`, rising) and B (`b`), by which columns, and a note."""

    a: Numbers
    b: Numbers
    key: tuple[str, ...]
    note: str


@cache
def list_claim_tables() -> tuple[Table, ...]:
    """Return the tables of a casebook that hold claims of a series."""
    return tuple(t for t in find_tables().values() if t.holds_claims and t.series)


class TwoTables:
    """Two frames of text, their shared columns as whole numbers.

    Parameters
    ----------
    a, b : pandas.DataFrame
        Any columns, all text, without missing cells.
    """

    def __init__(self, a: pd.DataFrame, b: pd.DataFrame) -> None:
        self.a, self.b = a, b
        place = {str(name): i for i, name in enumerate(a.columns)}
        there = {str(name): i for i, name in enumerate(b.columns)}
        # The same order whichever comes first, so that B against A mirrors A against B.
        self.shared = sorted(
            (name for name in place if name in there), key=lambda n: (place[n] + there[n], n)
        )
        self._codes: dict[str, Numbers] = {}

    def number_column(self, name: str) -> Numbers:
        """Return one number a row, of A and then of B: equal cells, equal numbers."""
        if name not in self._codes:
            both = pd.concat([self.a[name], self.b[name]], ignore_index=True)
            self._codes[name] = pd.factorize(both)[0].astype(np.int64)
        return self._codes[name]

    def number_rows(self, names: Sequence[str]) -> tuple[Numbers, Numbers]:
        """Return numbers of the rows of A and of B that are equal where all `names` are."""
        codes = np.zeros(len(self.a) + len(self.b), dtype=np.int64)
        for name in names:
            column = self.number_column(name)
            codes = pd.factorize(codes * (column.max(initial=0) + 1) + column)[0].astype(np.int64)
        return codes[: len(self.a)], codes[len(self.a) :]

    def match(self) -> Matching:
        """Return which row of A is which row of B."""
        nothing = np.zeros(0, dtype=np.int64)
        if not len(self.a) or not len(self.b) or not self.shared:
            return Matching(nothing, nothing, (), "")
        claim_key = self._find_claim_key()
        key = self._find_key(claim_key)
        if key:
            a, b = _pair(*self.number_rows(key))
            return Matching(a, b, key, "")
        # Equal rows first: a row that is gone does not shift all that come after it.
        a, b = _pair(*_count_equal(*self.number_rows(self.shared)))
        rest_a = np.setdiff1d(np.arange(len(self.a)), a)
        rest_b = np.setdiff1d(np.arange(len(self.b)), b)
        codes_a, codes_b = self.number_rows(claim_key)
        more_a, more_b = _pair(*_count_equal(codes_a[rest_a], codes_b[rest_b]))
        all_a = np.concatenate([a, rest_a[more_a]])
        all_b = np.concatenate([b, rest_b[more_b]])
        order = np.argsort(all_a, kind="stable")
        note = _SHARED_KEY if claim_key else _NO_KEY
        return Matching(all_a[order], all_b[order], claim_key, note)

    def _find_claim_key(self) -> tuple[str, ...]:
        """The columns that name a claim: of every table of claims that these rows may be of."""
        named = {"source_id", "locator", "claimant"}
        fitting = [t for t in list_claim_tables() if set(t.key) <= set(self.shared)]
        for table in fitting:
            named |= {*table.key, *table.series}
        if not fitting:
            others = [t for t in find_tables().values() if set(t.key) <= set(self.shared)]
            named |= {name for table in others for name in table.key}
        return tuple(name for name in self.shared if name in named)

    def _find_key(self, claim_key: tuple[str, ...]) -> tuple[str, ...]:
        """The columns that name each row once in both tables and match the most; () for none."""
        if claim_key and self._are_unique(*self.number_rows(claim_key)):
            return claim_key
        rows = len(self.a) + len(self.b)
        tried = _TRIED if rows <= _LONG else _TRIED_OF_LONG
        kinds = {name: self._kind_of(name) for name in self.shared if name not in claim_key}
        # Another wording of a claim is a change of it, and not another claim.
        for worst in (_WORDS, _NUMBERS) if claim_key else (_WORDS, _NUMBERS, _SAID_WORDS):
            names = [name for name, kind in kinds.items() if kind <= worst][:tried]
            best = self._find_best(claim_key, names)
            if best:
                return best
        return ()

    def _find_best(self, claim_key: tuple[str, ...], names: list[str]) -> tuple[str, ...]:
        best: tuple[str, ...] = ()
        most = -1
        together = range(1, (_TOGETHER - 1 if claim_key else _TOGETHER) + 1)
        for more in (more for count in together for more in combinations(names, count)):
            a, b = self.number_rows((*claim_key, *more))
            if not self._are_unique(a, b):
                continue
            matched = int(np.isin(a, b).sum())
            if matched > most:
                best, most = (*claim_key, *more), matched
            if matched == min(len(a), len(b)):
                break
        return best

    @staticmethod
    def _are_unique(a: Numbers, b: Numbers) -> bool:
        return len(np.unique(a)) == len(a) and len(np.unique(b)) == len(b)

    def _kind_of(self, name: str) -> int:
        """How well a column may name a row: words best, what is said only where nothing else."""
        if not self.number_column(name).any():
            return _NEVER
        if _SAID & set(name.split("_")):
            return _SAID_WORDS
        cells = pd.concat([self.a[name], self.b[name]])
        # A measured number may happen to be unique; it still names nothing.
        if cells.str.fullmatch(r"-?\d+\.\d+(e[+-]?\d+)?").any():
            return _NEVER
        return _NUMBERS if cells.str.fullmatch(r"-?\d*").all() else _WORDS


def _pair(a: Numbers, b: Numbers) -> tuple[Numbers, Numbers]:
    """The positions of equal numbers, each of which stands at most once in `a` and in `b`."""
    found = pd.Index(b).get_indexer(pd.Index(a)).astype(np.int64)
    here = np.flatnonzero(found >= 0).astype(np.int64)
    return here, found[here]


def _count_equal(a: Numbers, b: Numbers) -> tuple[Numbers, Numbers]:
    """Numbers of their own for the first, second, … of equal numbers, alike in `a` and `b`."""
    counts = [pd.Series(codes).groupby(codes).cumcount().to_numpy() for codes in (a, b)]
    width = max(int(count.max(initial=0)) for count in counts) + 1
    return a * width + counts[0], b * width + counts[1]
