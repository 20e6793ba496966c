"""Claims set side by side: one row a claim, from its low to its high end, never averaged."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import pandas as pd
from matplotlib.axes import Axes

from analysis.charts.bars import DOUBTS, Bar, draw_bars, say_doubt, to_flag, to_number
from analysis.charts.room import NOTHING_KNOWN, require, say_nothing
from analysis.charts.style import OTHER_CLAIMANT, PARTY
from analysis.charts.typeset import plain
from analysis.safety import SHORT_DAY, format_day, format_days

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
    since, as_of = (format_day(row.get(name), SHORT_DAY) for name in ("since", "as_of"))
    if as_of:
        period = format_days(row.get("since"), row.get("as_of"), SHORT_DAY)
        return period if since and since != as_of else f"{'on' if since else 'to'} {as_of}"
    published = format_day(row.get("published_on"), SHORT_DAY)
    said = f"published {published}" if published else ""
    return ", ".join(filter(None, [f"since {since}" if since else "", said]))
