"""Running totals: what a claimant's daily figures add up to, as known on any day.

Daily figures are revised for weeks, and with them every total after. The totals here are
worked out from the newest edition of each day that was known.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from analysis.refugees.table import REFUGEES, tabulate_refugees
from analysis.tables import as_known_on, newest_editions, parse_day

#: The measure whose figures count one day each, and the running total that they add up to.
DAILY, TOTAL = "border crossings per day", "border crossings"


def tabulate_running_total(
    data: str | Path = "", as_of: str | date = "2022-03-03", *, origin: str = "UKR"
) -> pd.DataFrame:
    """Return the running total of border crossings day by day, as known on a day.

    Parameters
    ----------
    data : str or Path
        The folder of the casebook; "" is the project's own.
    as_of : str or datetime.date
        The day of the replay.
    origin : str
        ISO 3166 alpha-3 code of the country that people left.

    Returns
    -------
    pandas.DataFrame
        One row a claimant, country of asylum and day: a claims frame with `since` (the first
        day), `as_of` (the day counted to), low, best, high (people), `wording`, `in_one_day`
        (that day's own figure), `published_on` (the newest edition in the sum) and
        `missing_days`: a day without a figure leaves the total open above.
    """
    claims = tabulate_refugees(data, as_of, origin=origin)
    return add_up(claims[claims["measure"] == DAILY])


def add_up(daily: pd.DataFrame) -> pd.DataFrame:
    """Return the running totals of daily claims (see `tabulate_running_total`).

    From the first day without a figure, or without an upper end, the total has no upper end.
    """
    days = newest_editions(daily, REFUGEES.series)
    groups = days.groupby(list(REFUGEES.series), dropna=False, sort=False)
    first = groups["as_of"].transform("min")
    missing = (days["as_of"] - first).dt.days + 1 - (groups.cumcount() + 1)
    keys = [days[name] for name in REFUGEES.series]
    # cumsum passes over a missing end, so that what follows one has to be told apart.
    closed, named = (
        days[end].notna().groupby(keys, dropna=False, sort=False).cummin() & (missing == 0)
        for end in ("high", "best")
    )
    low = groups["low"].cumsum()
    high = groups["high"].cumsum().where(closed)
    exact = closed & (low == high).fillna(False)
    return days.assign(
        since=first,
        measure=TOTAL,
        in_one_day=days["best"],
        low=low,
        best=groups["best"].cumsum().where(closed & named),
        high=high,
        wording=[
            f"{least:,.0f}"
            if is_exact
            else f"{least:,.0f} to {most:,.0f}"
            if is_closed
            else f"at least {least:,.0f}"
            for least, most, is_exact, is_closed in zip(low, high, exact, closed, strict=True)
        ],
        qualifier=pd.Series("at least", index=days.index, dtype="str")
        .mask(closed, "range")
        .mask(exact, "exact"),
        published_on=groups["published_on"].cummax(),
        missing_days=missing,
        counted=days["counted"].str.replace(" on that day", ""),
    )


def tabulate_running_total_revisions(
    data: str | Path = "",
    as_of: str | date = "2022-06-30",
    *,
    counted_to: str = "2022-03-02",
    origin: str = "UKR",
) -> pd.DataFrame:
    """Return the running total through one day, as it stood on each day it was published.

    Parameters
    ----------
    data, as_of, origin
        As in `tabulate_running_total`.
    counted_to : str
        The last day counted.

    Returns
    -------
    pandas.DataFrame
        One row a claimant and day of publication on which the total changed (and the first):
        `claimant_name`, `publisher`, `published_on`, `as_of` (the day counted to), low, best,
        high, `wording`, `change` (people, from the row before), `change_percent` (from the
        first publication).
    """
    end = parse_day(counted_to, "counted_to")
    claims = tabulate_refugees(data, as_of, origin=origin)
    daily = claims[(claims["measure"] == DAILY) & (claims["asylum"] == "all")]
    rows = []
    for _, of_claimant in daily.groupby("claimant", sort=False):
        for day in sorted(of_claimant["published_on"].unique()):
            totals = add_up(as_known_on(of_claimant, pd.Timestamp(day)))
            # Before the day itself has a figure there is no total through it.
            reached = totals[totals["as_of"] == end]
            if len(reached):
                rows.append(reached.assign(published_on=day))
    if not rows:
        none = pd.Series(dtype="Float64")
        return add_up(daily[:0]).assign(change=none, change_percent=none)
    table = pd.concat(rows, ignore_index=True)
    by = table.groupby("claimant", sort=False)["low"]
    table["change"] = by.diff()
    first = by.transform("first")
    table["change_percent"] = (table["low"] - first) / first * 100
    kept = table["change"].isna() | (table["change"] != 0)
    return table[kept].reset_index(drop=True)


def find_day_passed(totals: pd.DataFrame, threshold: int) -> pd.Timestamp | None:
    """Return the first day on which a running total is necessarily at least `threshold`.

    Parameters
    ----------
    totals : pandas.DataFrame
        One series of `tabulate_running_total`.
    threshold : int
        A number of people.

    Returns
    -------
    pandas.Timestamp or None
        The day counted to, None where the total stays below.
    """
    reached = totals.loc[totals["low"] >= threshold, "as_of"]
    return None if reached.empty else pd.Timestamp(reached.min())
