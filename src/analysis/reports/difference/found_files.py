"""What can differ between two files of one name: tables, texts, charts and their pictures.

"before" is what stands in report A, "after" what stands in report B, whichever is older.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

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
    """How the rows of one CSV file differ.

    Attributes
    ----------
    name : str
        Name of the file without its ending.
    present : str
        both, a or b.
    rows_a, rows_b : int
        How many rows it has.
    matched_by : tuple of str
        The columns by which rows were matched; () where no columns name a row.
    note : str
        How rows were matched, where columns alone could not; else "".
    columns_only_in_a, columns_only_in_b : tuple of str
        Columns that are gone, and that were added.
    only_in_a, only_in_b : pandas.DataFrame
        Rows without a match: the columns of their file, as text; the label `i` is row
        `i + 2` of a spreadsheet.
    cells : pandas.DataFrame
        One row a cell that changed: `row` (what the row is about, in words), `row_a`, `row_b`
        (as a spreadsheet counts), `key` (tuple, the cells of `matched_by`), `column`, `before`,
        `after`.
    order_changed : bool
        Whether matched rows, or columns, stand in another order.
    problem : str
        Why the files could not be compared; else "".
    """

    name: str
    present: str
    rows_a: int = 0
    rows_b: int = 0
    matched_by: tuple[str, ...] = ()
    note: str = ""
    columns_only_in_a: tuple[str, ...] = ()
    columns_only_in_b: tuple[str, ...] = ()
    only_in_a: pd.DataFrame = field(default_factory=pd.DataFrame)
    only_in_b: pd.DataFrame = field(default_factory=pd.DataFrame)
    cells: pd.DataFrame = field(default_factory=pd.DataFrame)
    order_changed: bool = False
    problem: str = ""

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
    """A picture that looks different.

    Attributes
    ----------
    share_of_pixels : float or None
        Pixels that differ, of all pixels, from 0 to 1; None for pictures of two sizes.
    size_a, size_b : tuple of int or None
        Width and height in pixels, where the picture could be read.
    problem : str
        Why a picture could not be read; else "".
    """

    share_of_pixels: float | None
    size_a: tuple[int, int] | None = None
    size_b: tuple[int, int] | None = None
    problem: str = ""


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
