"""Claims set side by side: one row a claim, from its low to its high end, never averaged."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import pandas as pd
from matplotlib.axes import Axes

from analysis.charts.bars import DOUBTS, Bar, draw_bars, read_status, say_doubt, to_flag, to_number
from analysis.charts.room import NOTHING_KNOWN, note_drawn, require, say_nothing
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
        are there: `is_party`; `scope`, the part in which the claims differ: those of one
        stand together under it; `counted`, named in each row where it differs and no scope
        does; `since`, `as_of` and `published_on`, the days; `age`, how old a figure is,
        which makes it paler.
    unit
        What the numbers count, under the scale: "civilians killed".
    """
    require(claims, COLUMNS, "plot_claims")
    if claims.empty:
        return say_nothing(ax, empty)
    claims, headed = group_by_scope(claims.assign(status=read_status(claims)))
    note_drawn(ax, claims)
    name_counted = not headed and "counted" in claims.columns and claims["counted"].nunique() > 1
    bars = [_as_bar(row, name_counted, headed) for row in claims.to_dict("records")]
    return draw_bars(bars, ax, unit=unit)


def group_by_scope(claims: pd.DataFrame) -> tuple[pd.DataFrame, bool]:
    """Return claims with those of one `scope` together, and whether a heading tells them apart.

    Where only the first days differ no heading is needed: each row has its days. Claims
    whose scope is left open come first, above every heading.
    """
    if "scope" not in claims.columns:
        return claims, False
    scope = claims["scope"].map(plain)
    if all(said.startswith(("since ", "on ")) for said in scope if said) or scope.nunique() < 2:
        return claims, False
    order = {said: number for number, said in enumerate(dict.fromkeys(["", *scope]))}
    places = scope.map(order).sort_values(kind="stable").index
    return claims.loc[places], True


def _as_bar(row: Mapping[Hashable, object], name_counted: bool, headed: bool) -> Bar:
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
    scope, age = plain(row.get("scope")) if headed else "", plain(row.get("age"))
    return Bar(
        name=plain(row["claimant_name"]),
        detail=", ".join(filter(None, [counted, say_period(row), age])),
        low=low, best=best, high=high,
        wording=wording,
        colour=PARTY if party else OTHER_CLAIMANT,
        party=party,
        doubt=say_doubt(status),
        withdrawn=status == "withdrawn" and not absent,
        aside="withdrawn" if status == "withdrawn" and not absent else "",
        heading=scope[:1].upper() + scope[1:],
        faded=bool(age),
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
