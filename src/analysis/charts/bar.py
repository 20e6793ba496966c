"""One row of a bar chart: its bounds, its words, its doubts; and the key of several of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.charts.key import Entry
from analysis.charts.palette import INK, OTHER_CLAIMANT, PARTY, Mark

#: The statuses that take something away from a figure: its bar is hatched.
DOUBTS = ("unverified", "disputed", "denied")


@dataclass(frozen=True)
class Bar:
    """One row of a bar chart; an end that is None is open, both None: there is no figure."""

    name: str
    detail: str
    low: float | None
    best: float | None
    high: float | None
    wording: str
    aside: str = ""  # under the wording, in lighter type
    colour: str = OTHER_CLAIMANT
    party: bool = False
    doubt: str = ""  # one of DOUBTS: the bar is hatched
    withdrawn: bool = False  # the bar is empty, its words are struck through

    @property
    def absent(self) -> bool:
        """Whether there is no figure to draw."""
        return self.low is None and self.best is None and self.high is None

    @property
    def end(self) -> float:
        """The largest number drawn."""
        return max((x for x in (self.low, self.best, self.high) if x is not None), default=0.0)

    @property
    def has_range(self) -> bool:
        """Whether two different ends are claimed."""
        return self.low is not None and self.high is not None and self.high > self.low

    @property
    def dot(self) -> float | None:
        """Where the dot stands: the best figure inside a range, or a figure of zero."""
        return self.best if self.has_range or not self.end else None

    @property
    def open_high(self) -> bool:
        """Whether no upper end is claimed."""
        return not self.absent and self.high is None

    @property
    def open_low(self) -> bool:
        """Whether no lower end is claimed."""
        return not self.absent and self.low is None


def to_number(value: object) -> float | None:
    """Return a cell as a number, None where it is missing."""
    return None if bool(pd.isna(value)) else float(value)  # type: ignore[call-overload, arg-type]


def to_flag(value: object) -> bool:
    """Return a cell as yes or no, missing is no."""
    return bool(to_number(value))


def say_doubt(status: str) -> str:
    """Return the status where it is a doubt, else nothing."""
    return status if status in DOUBTS else ""


def explain(bars: Sequence[Bar], *, solid: str, ranged: str) -> list[Entry]:
    """Return the key: an entry for each mark that the bars use, and for no other."""
    entries = []
    known = [bar for bar in bars if not bar.absent]
    plain = [bar for bar in known if not bar.doubt and not bar.withdrawn]
    if any(bar.low for bar in plain):
        entries.append(Entry("solid", solid))
    if any(bar.has_range for bar in plain):
        entries.append(Entry("pale", ranged))
    doubts = [doubt for doubt in DOUBTS if any(bar.doubt == doubt for bar in known)]
    if doubts:
        entries.append(Entry("hatched", " or ".join(doubts)))
    if any(bar.open_low or bar.open_high for bar in known):
        entries.append(Entry("open", "no limit given at this end"))
    if any(bar.dot is not None for bar in known):
        entries.append(Entry(Mark("o", INK, False, 6.5), "figure named, or best estimate"))
    if any(bar.party for bar in bars):
        entries.append(Entry("party", "party to the conflict", PARTY))
    return entries
