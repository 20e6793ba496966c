"""Nothing is not nothing: what a casebook does not hold, and why, in one sentence."""

from __future__ import annotations

import pandas as pd

from analysis.claims.days import format_day

#: So many kinds of figure are named that the casebook does hold.
_NAMED = 3


def explain_absence(
    noun: str,
    day: pd.Timestamp,
    known: pd.DataFrame,
    later: pd.DataFrame | None = None,
    *,
    figures: bool = True,
) -> str:
    """Return that the casebook holds no figure, and what it does hold.

    Parameters
    ----------
    noun : str
        What was asked for: "children killed".
    day : pandas.Timestamp
        The day of the replay.
    known : pandas.DataFrame
        The claims of the same table that were known on the day, with `counted`.
    later : pandas.DataFrame, optional
        Claims of what was asked for that were published after the day.
    figures : bool
        Whether figures were asked for; if not, the noun is itself what the casebook would
        hold: statements, votes, sanctions.

    Returns
    -------
    str
        Such as "The casebook holds no figure of children killed published by 12 November
        2023; it holds 4 of people killed."
    """
    held = f"figure of {noun}" if figures else noun
    said = f"The casebook holds no {held} published by {format_day(day)}"
    if later is not None and len(later):
        said += f"; its first was published on {format_day(later['published_on'].min())}"
    elif len(known) and "counted" in known:
        stated = known[known["wording"].notna()] if "wording" in known else known
        counts = stated["counted"].value_counts(sort=True).head(_NAMED)
        others = [f"{number:,} of {counted}" for counted, number in counts.items()]
        if others:
            said += f"; it holds {', '.join(others)}"
    return f"{said}."
