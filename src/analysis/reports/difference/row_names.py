"""What a row of a table is about, in words: who says it, what is counted, to which day."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

#: The first of these that has a word is who, what, and the day; the mark stands before it.
_PARTS = (
    ("", ("claimant_name", "claimant", "actor")),
    ("", ("counted", "statement", "description", "what", "member_state", "country", "iso3")),
    ("to ", ("as_of", "counted_to", "target_day")),
    ("published ", ("published_on",)),
)

#: Cells of a row that are shown where it has no words of that kind.
_SHOWN = 4


def name_rows(frame: pd.DataFrame, key: Sequence[str]) -> pd.Series:
    """Return a text for each row, such as "UN refugee agency, border crossings, to 2022-03-02".

    Parameters
    ----------
    frame : pandas.DataFrame
        All columns text; "" is an empty cell.
    key : sequence of str
        The columns that name a row: they are told where the row has no claimant.

    Returns
    -------
    pandas.Series
        Text, with the index of `frame`.
    """
    if any(name in frame for name in _PARTS[0][1]):
        label = pd.Series("", index=frame.index, dtype="str")
        for mark, names in _PARTS:
            part = _first_filled(frame, names)
            # The day known stands in only for the day counted.
            if mark == "published ":
                part = part.where(~label.str.contains(", to ", regex=False), "")
            label = _append(label, part, mark)
        return label
    label = pd.Series("", index=frame.index, dtype="str")
    for name in list(key) or [str(column) for column in frame.columns[:_SHOWN]]:
        label = _append(label, frame[name], f"{name}: ")
    return label


def _first_filled(frame: pd.DataFrame, names: Sequence[str]) -> pd.Series:
    part = pd.Series("", index=frame.index, dtype="str")
    for name in names:
        if name in frame:
            part = part.where(part != "", frame[name])
    return part


def _append(label: pd.Series, part: pd.Series, mark: str) -> pd.Series:
    said = (mark + part).where(part != "", "")
    comma = pd.Series(", ", index=label.index).where((label != "") & (said != ""), "")
    return label + comma + said
