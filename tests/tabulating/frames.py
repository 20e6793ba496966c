"""Tiny imported frames for the recipes, and how their rows are read back."""

from collections.abc import Sequence

import pandas as pd

Cells = dict[str, str]

_DAYS = ("data_date", "as_of", "published_on", "survey_date", "week")
_COUNTS = ("people", "value", "low", "best", "high", "row", "day")


def make_frame(columns: Sequence[str], *rows: Sequence[object]) -> pd.DataFrame:
    """A frame with the column types of `analysis.imports`."""
    frame = pd.DataFrame([list(row) for row in rows], columns=list(columns), dtype="object")
    for name in frame.columns:
        if name in _DAYS:
            frame[name] = pd.to_datetime(frame[name]).astype("datetime64[s]")
        elif name in _COUNTS:
            frame[name] = frame[name].astype("Int64")
        else:
            frame[name] = frame[name].astype("string")
    return frame


def say(rows: pd.DataFrame, *columns: str) -> list[tuple[str, ...]]:
    """Some columns of the rows that a recipe made, as tuples of text."""
    assert not rows.isna().any(axis=None)
    assert rows.map(lambda cell: isinstance(cell, str)).all(axis=None)
    return [tuple(row) for row in rows[list(columns)].itertuples(index=False)]
