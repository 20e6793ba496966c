"""A frame of claims: a DataFrame that shows first what a person reads."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

import pandas as pd

#: What a person reads, in this order, before anything else.
READ_FIRST = ("claimant_name", "wording", "low", "best", "high", "counted", "day", "status")

#: Keys and places in documents stand last.
READ_LAST = (
    "claimant", "who", "side", "area", "origin", "asylum", "locator", "source_id", "claim_id",
)  # fmt: skip

#: So many columns fit the width of a notebook.
_SHOWN = 9


class Told(dict[Hashable, Any]):
    """What a frame says of itself in its `attrs`, and nobody changes: handed on, never copied.

    pandas copies `attrs` deeply with each column and each row that is taken out of a frame.
    """

    def __deepcopy__(self, memo: dict[int, Any]) -> Told:
        return self


class ClaimsFrame(pd.DataFrame):
    """A DataFrame of claims; a notebook shows its first columns and names how many there are.

    In every other respect it is the DataFrame that it is made of: filtered, sorted and joined
    like any other, it stays a frame of claims.
    """

    @property
    def _constructor(self) -> Callable[..., ClaimsFrame]:
        return ClaimsFrame

    def _repr_html_(self) -> str:
        """Return the first columns as an HTML table, and a line that names the rest."""
        plain = pd.DataFrame(self)
        html = str(plain.iloc[:, :_SHOWN].to_html(max_rows=20, notebook=True, na_rep="–"))
        more = [str(column) for column in plain.columns[_SHOWN:]]
        rows = f"{len(plain):,} row{'' if len(plain) == 1 else 's'}"
        rest = f", {len(more)} more columns: {', '.join(more)}" if more else ""
        return f"{html}<p>{rows}{rest}</p>"


def order_columns(frame: pd.DataFrame) -> ClaimsFrame:
    """Return `frame` with the columns that a person reads first, and keys last.

    A column `day` is added: the last day counted, or else the day published.
    """
    attrs = dict(frame.attrs)
    frame = pd.DataFrame(frame)  # without its `attrs`, which pandas would copy with each column
    if "published_on" in frame and "day" not in frame:
        counted_to = frame["as_of"] if "as_of" in frame else frame["published_on"]
        frame = frame.assign(day=counted_to.fillna(frame["published_on"]))
    first = [column for column in READ_FIRST if column in frame]
    last = [column for column in READ_LAST if column in frame]
    middle = [column for column in frame.columns if column not in {*first, *last}]
    ordered = ClaimsFrame(frame[[*first, *middle, *last]])
    ordered.attrs = attrs
    return ordered
