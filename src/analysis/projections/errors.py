"""Errors of projections in words: how far off at its own day, or why that cannot be said."""

from __future__ import annotations

import pandas as pd

from analysis.claims.days import format_day
from analysis.tables import Record

#: A count so many days before the target day still stands for it; counts are weekly at times.
NEAR = 14


def say_score(row: Record) -> str:
    """Return the score of a projection at its day in words, or why it has none.

    Parameters
    ----------
    row : mapping
        A row of `analysis.projections.scorecard.tabulate_projections_scorecard`.
    """
    if pd.isna(row["series"]):
        return "no count was known"
    if pd.isna(row["target_day"]):
        return "no day stated, so no error at a day"
    if pd.isna(row["outcome_low"]):
        if row["reached_target"]:
            return f"no figure in the {NEAR} days to {format_day(row['target_day'])}"
        return f"no figure as far as {format_day(row['target_day'])} was known"
    return say_error(row["error_low"], row["error_high"])


def say_error(low: float, high: float) -> str:
    """Return an error in percent in words.

    Parameters
    ----------
    low, high : float
        Projection over outcome less one, in percent; a missing end is open, and so is a low
        end of -100, which says no more than that an outcome has no upper limit.

    Returns
    -------
    str
        Such as "5% too high", "51% too low or more", "from 10% too low to 3% too high".
    """
    floor = None if pd.isna(low) or low <= -100 else float(low)
    top = None if pd.isna(high) else float(high)
    if floor is None:
        too_low = top is not None and top < 0
        return f"{_say_end(top or 0.0)} or more" if too_low else "perhaps right: an end is open"
    if top is None:
        return f"{_say_end(floor)} or more" if floor > 0 else "perhaps right: an end is open"
    ends = [_say_end(floor), _say_end(top)]
    return ends[0] if ends[0] == ends[1] else f"from {ends[0]} to {ends[1]}"


def _say_end(percent: float) -> str:
    if round(percent) == 0:
        return "right to within 1%"
    return f"{abs(percent):.0f}% too {'high' if percent > 0 else 'low'}"
