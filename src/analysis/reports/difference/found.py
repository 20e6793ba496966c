"""What can differ between two reports, A and B: claims, files, and how they were made.

"before" is what stands in report A, "after" what stands in report B, whichever is older.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from analysis.tables import Record

#: Where something stands: in both reports, or in one of them alone.
BOTH, ONLY_A, ONLY_B = "both", "a", "b"


@dataclass(frozen=True)
class ValueChange:
    """A value with a name: what it was (None: absent) and what it is."""

    name: str
    before: str | None
    after: str | None


@dataclass(frozen=True, eq=False)
class TableDifference:
    """How the rows of one CSV file differ."""

    name: str  # name of the file without its ending
    present: str  # both, a or b
    #: How many rows it has.
    rows_a: int = 0
    rows_b: int = 0
    #: The columns by which rows were matched; () where no columns name a row.
    matched_by: tuple[str, ...] = ()
    note: str = ""  # how rows were matched, where columns alone could not; else ""
    #: Columns that are gone, and that were added.
    columns_only_in_a: tuple[str, ...] = ()
    columns_only_in_b: tuple[str, ...] = ()
    #: Rows without a match: the columns of their file, as text; the label `i` is row `i + 2` of a
    #: spreadsheet.
    only_in_a: pd.DataFrame = field(default_factory=pd.DataFrame)
    only_in_b: pd.DataFrame = field(default_factory=pd.DataFrame)
    #: One row a cell that changed: `row` (what the row is about, in words), `row_a`, `row_b` (as a
    #: spreadsheet counts), `key` (tuple, the cells of `matched_by`), `column`, `before`, `after`.
    cells: pd.DataFrame = field(default_factory=pd.DataFrame)
    order_changed: bool = False  # whether matched rows, or columns, stand in another order
    problem: str = ""  # why the files could not be compared; else ""

    @property
    def has_other_content(self) -> bool:
        """Whether more than the order of rows or columns differs."""
        frames = (self.only_in_a, self.only_in_b, self.cells)
        columns = self.columns_only_in_a + self.columns_only_in_b
        return bool(self.present != BOTH or self.problem or columns or any(map(len, frames)))

    @property
    def found(self) -> bool:
        """Whether anything differs."""
        return self.has_other_content or self.order_changed


@dataclass(frozen=True)
class TextDifference:
    """Sentences that only A (`gone`) or only B (`new`) has, or that changed their order."""

    name: str
    present: str
    gone: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    order_changed: bool = False
    problem: str = ""

    @property
    def found(self) -> bool:
        """Whether anything differs."""
        return bool(
            self.present != BOTH or self.gone or self.new or self.order_changed or self.problem
        )


@dataclass(frozen=True)
class PictureDifference:
    """A picture that looks different."""

    #: Pixels that differ, of all pixels, from 0 to 1; None for pictures of two sizes.
    share_of_pixels: float | None
    #: Width and height in pixels, where the picture could be read.
    size_a: tuple[int, int] | None = None
    size_b: tuple[int, int] | None = None
    problem: str = ""  # why a picture could not be read; else ""


@dataclass(frozen=True, eq=False)
class ChartDifference:
    """How one chart differs: rows drawn, title, alt text, picture; None is "the same".

    `is_only_the_day` where title and alt text differ in nothing but the day of the report,
    and the rows drawn are the same.
    """

    name: str
    present: str
    rows: TableDifference | None = None
    title: ValueChange | None = None
    alt: TextDifference | None = None
    picture: PictureDifference | None = None
    is_only_the_day: bool = False

    @property
    def drawn_differently(self) -> bool:
        """Whether the same rows under the same words make another picture."""
        is_same = self.present == BOTH and not (self.rows or self.title or self.alt)
        return is_same and self.picture is not None

    @property
    def found(self) -> bool:
        """Whether anything differs."""
        return self.present != BOTH or any((self.rows, self.title, self.alt, self.picture))


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
    """One claim that changed."""

    kind: str  # one of `KINDS`
    #: The claim in A and in B: the columns of `analysis.reports.difference.claims.KEPT` as text,
    #: `said` and `what`; None for a new claim, and for one that is gone.
    before: Record | None
    after: Record | None
    where: tuple[str, ...]  # the tables and charts that hold it, such as "tables/casualties"
    same_place: bool = False  # whether both stand in the same place of the same document


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
    """All that differs between two reports; a part holds only what differs."""

    a: Side
    b: Side
    claims: tuple[ClaimChange, ...] = ()
    tables: tuple[TableDifference, ...] = ()
    charts: tuple[ChartDifference, ...] = ()
    texts: tuple[TextDifference, ...] = ()
    making: MakingDifference = MakingDifference()
    #: How many `tables`, `charts` and `texts` were looked at.
    compared: dict[str, int] = field(default_factory=dict)
    parts: tuple[str, ...] = ()  # the parts it was cut down to, () for all

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
