"""Outcomes of projections: every series of counts that a planning figure could have meant.

A figure such as "8.3 million refugees" names no series. Border crossings, people recorded and
the official count at the end of the year differ by a factor of three, so each is kept apart.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from analysis.claims.breaks import split_at_breaks, tabulate_breaks
from analysis.claims.days import format_day
from analysis.refugees.by_origin import tabulate_refugees_by_origin
from analysis.refugees.over_time import tabulate_refugees_over_time
from analysis.refugees.running_totals import TOTAL
from analysis.refugees.table import REFUGEES, tabulate_refugees
from analysis.tables import newest_editions

RECORDED = "refugees recorded"
OFFICIAL = "refugees at the end of the year"

_COLUMNS = [
    "series", "measure", "counted_to", "low", "best", "high", "low_excluded", "high_excluded",
    "wording", "claimant_name", "publisher", "published_on", "segment",
]  # fmt: skip


def tabulate_projection_outcomes(
    data: str | Path = "", as_of: str | date = "2022-03-03", *, origin: str = "UKR"
) -> pd.DataFrame:
    """Return the series that a projection could be held against, as known on a day.

    Parameters
    ----------
    data : str or Path
        The folder of the casebook; "" is the project's own.
    as_of : str or datetime.date
        The day of the replay; nothing published later is used.
    origin : str
        ISO 3166 alpha-3 code of the country that people left.

    Returns
    -------
    pandas.DataFrame
        One row a series and day: `series`, `measure` (border crossings, refugees recorded,
        refugees at the end of the year), `counted_to`, low, best, high (people), `wording`,
        `publisher`, `published_on`, `segment` (figures of one number mean the same) and
        `change`, the break between a figure and the one before it, else ""; by series and day.
    """
    totals = tabulate_refugees_over_time(data, as_of, origin=origin)
    totals = totals[totals["measure"].isin([TOTAL, RECORDED])]
    totals = totals.assign(counted_to=totals["as_of"].fillna(totals["counted_to"]))
    claims = tabulate_refugees(data, as_of, origin=origin)
    breaks = tabulate_breaks(data, as_of)
    parts = [totals, _add_up_countries(claims, breaks), _read_official(data, as_of, origin)]
    # A part without rows has no types to give to the whole.
    filled = [part[_COLUMNS] for part in parts if len(part)] or [totals[_COLUMNS]]
    return _tell_changes(pd.concat(filled, ignore_index=True), breaks)


def _tell_changes(outcomes: pd.DataFrame, breaks: pd.DataFrame) -> pd.DataFrame:
    """Add `change`: the last break that lies between a figure of a series and the one before."""
    by = outcomes.groupby("series", sort=False)
    before = by["counted_to"].shift()
    new = (by["segment"].diff() > 0).tolist()
    ours = breaks[(breaks["table"] == REFUGEES.name) & breaks["place"].isin(["all", "any"])]
    told = []
    for row, previous, is_new in zip(outcomes.to_dict("records"), before, new, strict=True):
        days = ours["breaks_on"]
        here = ours[(days > previous) & (days <= row["counted_to"])] if is_new else ours[:0]
        here = here[here["measure"] == row["measure"]]
        last = here.sort_values("breaks_on").tail(1).to_dict("records")
        told += [f"{format_day(one['breaks_on'])}: {one['reason']}" for one in last] or [""]
    return outcomes.assign(change=pd.Series(told, index=outcomes.index, dtype="str"))


def _add_up_countries(claims: pd.DataFrame, breaks: pd.DataFrame) -> pd.DataFrame:
    """Return each claimant's crossings into single countries, added up.

    UNHCR's own total is this sum. A country that has not reported up to a day stands with
    its last figure, which makes the sum a floor: crossings so far can only grow.
    """
    single = claims[(claims["measure"] == TOTAL) & (claims["asylum"] != "all")]
    newest = newest_editions(single, REFUGEES.series)
    parts = [
        _add_up_one(rows, str(name)) for name, rows in newest.groupby("claimant_short", sort=False)
    ]
    table = pd.concat([part for part in parts if len(part)] or [newest.assign(series="")])
    return split_at_breaks(table.reset_index(drop=True), breaks, REFUGEES.name)


def _add_up_one(newest: pd.DataFrame, claimant: str) -> pd.DataFrame:
    # The day counted is both the place in time and, of each country, the day it goes up to.
    by_day = newest.set_index(["counted_to", "asylum"])[["low", "published_on", "publisher"]]
    by_day["counted_to"] = by_day.index.get_level_values("counted_to")
    by_day = by_day[~by_day.index.duplicated(keep="last")]
    wide = {str(name): by_day[name].unstack("asylum").ffill() for name in by_day.columns}
    complete = wide["low"].notna().all(axis="columns")
    if not complete.any():
        return newest[:0].assign(series="")
    people = wide["low"][complete].astype("float64").sum(axis="columns").astype("Int64")
    counted = wide["counted_to"][complete]
    exact = counted.eq(pd.Series(counted.index, index=counted.index), axis="index").all(axis=1)
    upper = people.where(exact)
    publishers = wide["publisher"][complete].apply(
        lambda row: "; ".join(dict.fromkeys(row)), axis=1
    )
    return pd.DataFrame(
        {
            "series": f"{claimant}: {TOTAL}, countries added up",
            "claimant": newest["claimant"].iloc[0],
            "claimant_name": newest["claimant_name"].iloc[0],
            "measure": TOTAL,
            "asylum": "sum of countries",
            "as_of": people.index,
            "counted_to": people.index,
            "low": people,
            "best": upper,
            "high": upper,
            "low_excluded": False,
            "high_excluded": False,
            "wording": [
                f"{value:,}" if whole else f"at least {value:,}"
                for value, whole in zip(people, exact, strict=True)
            ],
            "publisher": publishers,
            "published_on": wide["published_on"][complete].max(axis="columns"),
        }
    )


def _read_official(data: str | Path, as_of: str | date, origin: str) -> pd.DataFrame:
    """Return the official counts at year end, of a release that was out on the day only."""
    counts = tabulate_refugees_by_origin(data, as_of, origin=origin)
    counts = counts[counts["known"]]
    return counts.assign(
        series="UNHCR: " + OFFICIAL,
        claimant_name="UN refugee agency",
        measure=OFFICIAL,
        counted_to=counts["as_of"],
        low=counts["refugees"],
        best=counts["refugees"],
        high=counts["refugees"],
        low_excluded=False,
        high_excluded=False,
        wording=[f"{value:,}" for value in counts["refugees"]],
        segment=0,
    )
