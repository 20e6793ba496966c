"""Claims set side by side: one row a claim, from its low to its high end, never averaged."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import pandas as pd
from babel.dates import format_date
from matplotlib.axes import Axes

from analysis.charts.bar import DOUBTS, Bar, say_doubt, to_flag, to_number
from analysis.charts.bars import draw_bars
from analysis.charts.palette import OTHER_CLAIMANT, PARTY
from analysis.charts.room import NOTHING_KNOWN, require, say_nothing
from analysis.charts.typeset import plain

COLUMNS = ("claimant_name", "low", "best", "high", "wording", "status")

#: What stands in a row without a figure, by status.
_NO_FIGURE = {
    "not released": "has not released a figure",
    "denied": "denies, and gives no figure",
    "withdrawn": "has withdrawn its figure",
}
_NO_FIGURE_STATED = "no figure stated"


def plot_claims(claims: pd.DataFrame, ax: Axes, *, unit: str, empty: str = NOTHING_KNOWN) -> Axes:
    """Draw one row a claim, in the order of the frame, on a scale from zero.

    A bar is solid to `low` and pale from `low` to `high`, with a dot at `best` where a range
    has one; an open end is a fading arrow. No middle is invented. A claim that is
    unverified, disputed or denied is hatched, a withdrawn one empty and struck through, and
    a claimant without a figure keeps an empty row that says so. Parties to the conflict
    have their own colour and a diamond.

    Parameters
    ----------
    claims
        Needs `claimant_name`, `low`, `best`, `high`, `wording`, `status`. Used where they
        are there: `is_party`; `counted`, named in each row where it differs; `since`,
        `as_of` and `published_on`, the days.
    ax
        Axes of the width at which it will be shown; its labels and its scale take room
        inside it.
    unit
        What the numbers count, under the scale: "civilians killed".
    empty
        What an empty frame says.

    Returns
    -------
    Axes
        The same `ax`.
    """
    require(claims, COLUMNS, "plot_claims")
    if claims.empty:
        return say_nothing(ax, empty)
    name_counted = "counted" in claims.columns and claims["counted"].nunique() > 1
    bars = [_as_bar(row, name_counted) for row in claims.to_dict("records")]
    return draw_bars(
        bars, ax, unit=unit,
        solid="the figure, or the least it can be", ranged="up to this many",
    )  # fmt: skip


def _as_bar(row: Mapping[Hashable, object], name_counted: bool) -> Bar:
    party = to_flag(row.get("is_party"))
    status = plain(row["status"])
    low, best, high = (to_number(row[end]) for end in ("low", "best", "high"))
    wording = plain(row["wording"])
    absent = low is None and best is None and high is None
    if absent:
        wording = wording or _NO_FIGURE.get(status, _NO_FIGURE_STATED)
    elif status in DOUBTS:
        wording = f"{wording}, {status}"
    counted = plain(row.get("counted")) if name_counted else ""
    return Bar(
        name=plain(row["claimant_name"]),
        detail=", ".join(filter(None, [counted, say_period(row)])),
        low=low, best=best, high=high,
        wording=wording,
        colour=PARTY if party else OTHER_CLAIMANT,
        party=party,
        doubt=say_doubt(status),
        withdrawn=status == "withdrawn" and not absent,
        aside="withdrawn" if status == "withdrawn" and not absent else "",
    )  # fmt: skip


def say_period(row: Mapping[Hashable, object]) -> str:
    """Return the days of a claim in few words: "24 Feb to 1 Mar 2022", "published 3 Mar 2022"."""
    since, as_of, published = (row.get(name) for name in ("since", "as_of", "published_on"))
    start, end = _say_day(since), _say_day(as_of)
    if start and end:
        same_year = start[-5:] == end[-5:]
        return f"{start[:-5] if same_year else start} to {end}"
    if end:
        return f"to {end}"
    said = f"published {_say_day(published)}" if _say_day(published) else ""
    return ", ".join(filter(None, [f"since {start}" if start else "", said]))


def _say_day(day: object) -> str:
    if day is None or bool(pd.isna(day)):  # type: ignore[call-overload]
        return ""
    return str(format_date(pd.Timestamp(day).date(), "d MMM y", locale="en_GB"))  # type: ignore[arg-type]
