"""Running totals: what a claimant's daily figures add up to, and the totals stated beside them.

Daily figures are revised for weeks, and with them every total after. The totals here are
worked out from the newest edition of each day that was known.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.claims.breaks import split_at_breaks, tabulate_breaks
from analysis.claims.kept import keep
from analysis.claims.scope import say_first_day
from analysis.refugees.table import DAILY, REFUGEES, TOTAL, name_counted, read_refugees
from analysis.tables import newest_editions, number_series, parse_day
from analysis.tables.known import Known
from analysis.tables.scope import ALL, EVERYBODY


def read_running_total(known: Known, origin: str) -> pd.DataFrame:
    """Return the running total of border crossings day by day, as known on the day.

    One row a series and day: `since` (the first day), `as_of` (the day counted to), low, best, high
    (people), `wording`, `in_one_day` (that day's own figure), `published_on` (the newest edition in
    the sum), `worked_out` (true: the claimant did not say the sum) and `missing_days`: a day
    without a figure leaves the total open above.
    """
    claims = read_refugees(known, origin)
    return add_up(claims[claims["measure"] == DAILY])


@keep
def read_refugees_over_time(known: Known, origin: str) -> pd.DataFrame:
    """Return running totals and stated totals of all countries of asylum together, by day.

    See `Refugees.over_time`.
    """
    claims = read_refugees(known, origin)
    stated = claims[
        (claims["asylum"] == ALL) & (claims["unit"] == "people") & (claims["measure"] != DAILY)
    ]
    stated = newest_editions(stated[stated["wording"].notna()], REFUGEES.series, ties=True)
    totals = add_up(claims[(claims["measure"] == DAILY) & (claims["asylum"] == ALL)])
    frames = [totals, stated.assign(worked_out=False)]
    rows = pd.concat([frame for frame in frames if len(frame)] or [frames[1]], ignore_index=True)
    how = rows["measure"].map({TOTAL: ", total stated"}).fillna("")
    how = how.mask(rows["worked_out"].astype("bool"), ", days added up")
    group = (", " + rows["who_plural"]).mask(rows["who"] == EVERYBODY, "")
    rows = rows.assign(series=name_series(rows, rows["measure"] + group, how))
    return split_at_breaks(rows, tabulate_breaks(known), REFUGEES.name)


def name_series(rows: pd.DataFrame, noun: pd.Series, how: pd.Series | str = "") -> pd.Series:
    """Return the name of each row's series: "UNHCR: border crossings, total stated".

    The first day counted is named where series differ in nothing else.
    """
    plain = (rows["claimant_short"] + ": " + noun + how).astype("str")
    differ = rows["counted_from"].groupby(plain).transform(lambda days: days.nunique(dropna=False))
    since = [f", {say_first_day(day)}" if not pd.isna(day) else "" for day in rows["counted_from"]]
    return plain.mask(differ > 1, plain + pd.Series(since, index=rows.index, dtype="str"))


def add_up(daily: pd.DataFrame, series: Sequence[str] = REFUGEES.series) -> pd.DataFrame:
    """Return the running totals of daily claims (see `read_running_total`), one a `series`.

    From the first day without a figure, or without an upper end, the total has no upper end.
    """
    days = newest_editions(daily, series)
    groups = days.groupby(list(series), dropna=False, sort=False)
    first = groups["as_of"].transform("min")
    missing = (days["as_of"] - first).dt.days + 1 - (groups.cumcount() + 1)
    keys = [days[name] for name in series]
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
        counted_from=first,
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
        counted=name_counted(days.assign(measure=TOTAL)),
        worked_out=True,
    )


def find_day_revised(known: Known, origin: str) -> str:
    """Return the last day counted that was counted anew, else the last counted; "" for none."""
    daily = _read_daily(known, origin)
    anew = daily[daily.groupby(["claimant", "as_of"])["low"].transform("nunique") > 1]
    last = (anew if len(anew) else daily)["as_of"].max()
    return "" if pd.isna(last) else f"{last:%Y-%m-%d}"


def _read_daily(known: Known, origin: str) -> pd.DataFrame:
    claims = read_refugees(known, origin)
    return claims[(claims["measure"] == DAILY) & (claims["asylum"] == ALL)]


def read_running_total_revisions(known: Known, origin: str, counted_to: str) -> pd.DataFrame:
    """Return the running total through one day, as it stood on each day it was published.

    See `Refugees.running_total_revisions`.
    """
    end = parse_day(counted_to, "counted_to") if counted_to else pd.NaT
    daily = _read_daily(known, origin)
    daily = daily[daily["as_of"] <= end]
    daily = daily.assign(number=number_series(daily, REFUGEES.series))
    # Each day of publication with all that was known by then: an edition of the series.
    editions = daily[["number", "published_on"]].drop_duplicates()
    known_then = daily.merge(editions.rename(columns={"published_on": "edition"}), on="number")
    known_then = known_then[known_then["published_on"] <= known_then["edition"]]
    totals = add_up(known_then, ["number", "edition"])
    # Before the day itself has a figure there is no total through it.
    table = totals[totals["as_of"] == end].reset_index(drop=True)
    table = table.assign(published_on=table["edition"]).drop(columns=["number", "edition"])
    table["series"] = name_series(table, table["counted"])
    by = table.groupby("series", sort=False)["low"]
    table["change"] = by.diff()
    first = by.transform("first")
    table["change_percent"] = (table["low"] - first) / first * 100
    kept = table["change"].isna() | (table["change"] != 0)
    return table[kept].reset_index(drop=True)


def find_day_passed(totals: pd.DataFrame, threshold: int) -> pd.Timestamp | None:
    """Return the first day counted to on which a running total is necessarily at `threshold`.

    Of one series of `read_running_total`; None where the total stays below.
    """
    reached = totals.loc[totals["low"] >= threshold, "as_of"]
    return None if reached.empty else pd.Timestamp(reached.min())
