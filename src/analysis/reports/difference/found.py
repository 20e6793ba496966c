"""What can differ between two reports, A and B: claims, files, and how they were made.

"before" is what stands in report A, "after" what stands in report B, whichever is older.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from pathlib import Path

from analysis.reports.difference.found_files import (
    ChartDifference,
    TableDifference,
    TextDifference,
    ValueChange,
)
from analysis.tables import Record

#: Kinds of changes of a claim, in the order in which they are told, and what each means.
KINDS = {
    "revised": "the same claimant, series and day counted: another figure",
    "updated": "the same claimant and series: the last figure counts another day",
    "standing": "the same figure: another status, or another way of knowing it",
    "republished": "the same figure for the same day, from another document or day",
    "new": "claims that only the second report has",
    "gone": "claims that only the first report has",
}

#: The parts to which a difference can be cut down.
PARTS = ("claims", "tables", "charts")


@dataclass(frozen=True)
class Side:
    """One of the two reports: name of its folder, its day, how its run ended, where it lies."""

    name: str
    as_of: str
    status: str
    folder: Path


@dataclass(frozen=True)
class ClaimChange:
    """One claim that changed.

    Attributes
    ----------
    kind : str
        One of `KINDS`.
    before, after : dict or None
        The claim in A and in B: the columns of `analysis.reports.difference.claim_rows.KEPT`
        as text, `said` and `what`; None for a new claim, and for one that is gone.
    where : tuple of str
        The tables and charts that hold it, such as "tables/casualties".
    same_place : bool
        Whether both stand in the same place of the same document.
    """

    kind: str
    before: Record | None
    after: Record | None
    where: tuple[str, ...]
    same_place: bool = False


@dataclass(frozen=True)
class ParameterChange:
    """A parameter that was given another value, as JSON text, and to which notebooks."""

    name: str
    before: str | None
    after: str | None
    notebooks: tuple[str, ...]


@dataclass(frozen=True)
class InputChange:
    """A file a report is made from (`kind`: table, notebook or code): changed, gone or new."""

    name: str
    kind: str
    change: str


@dataclass(frozen=True)
class MakingDifference:
    """What the manifests say: notebooks, how they ended, parameters, versions and inputs."""

    notebooks_only_in_a: tuple[str, ...] = ()
    notebooks_only_in_b: tuple[str, ...] = ()
    outcomes: tuple[ValueChange, ...] = ()
    parameters: tuple[ParameterChange, ...] = ()
    versions: tuple[ValueChange, ...] = ()
    inputs: tuple[InputChange, ...] = ()

    @property
    def found(self) -> bool:
        """Whether anything differs."""
        return any(bool(part) for part in vars(self).values())


@dataclass(frozen=True, eq=False)
class Difference:
    """All that differs between two reports; a part holds only what differs.

    Attributes
    ----------
    compared : dict
        How many `tables`, `charts` and `texts` were looked at.
    parts : tuple of str
        The parts it was cut down to, () for all.
    """

    a: Side
    b: Side
    claims: tuple[ClaimChange, ...] = ()
    tables: tuple[TableDifference, ...] = ()
    charts: tuple[ChartDifference, ...] = ()
    texts: tuple[TextDifference, ...] = ()
    making: MakingDifference = MakingDifference()
    compared: dict[str, int] = field(default_factory=dict)
    parts: tuple[str, ...] = ()

    @property
    def days_differ(self) -> bool:
        """Whether the reports speak of two days, or ended in two ways."""
        return (self.a.as_of, self.a.status) != (self.b.as_of, self.b.status)

    @property
    def found(self) -> bool:
        """Whether anything differs in the parts that were asked for."""
        content = (self.claims, self.tables, self.charts)
        if self.parts:
            return any(content)
        return any((*content, self.texts, self.making.found, self.days_differ))

    def cut_down(self, parts: Collection[str]) -> Difference:
        """Return only some of `PARTS`; all of it for no part."""
        if not parts:
            return self
        return replace(
            self,
            claims=self.claims if "claims" in parts else (),
            tables=self.tables if "tables" in parts else (),
            charts=self.charts if "charts" in parts else (),
            texts=(),
            parts=tuple(part for part in PARTS if part in parts),
        )


@dataclass(frozen=True, eq=False)
class BatchDifference:
    """Two batches of reports: what differs in each report that both have, by its name."""

    name_a: str
    name_b: str
    reports: dict[str, Difference]
    only_in_a: tuple[str, ...] = ()
    only_in_b: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def found(self) -> bool:
        """Whether anything differs."""
        alone = self.only_in_a or self.only_in_b or self.problems
        return bool(alone) or any(one.found for one in self.reports.values())

    def cut_down(self, parts: Collection[str]) -> BatchDifference:
        """Return only some of `PARTS` of each report."""
        return replace(
            self, reports={name: one.cut_down(parts) for name, one in self.reports.items()}
        )
