"""Revisions: what a source changed afterwards, when, by how much and which way.

A revised figure keeps its old row, so that for every day counted the casebook holds each
value that was ever published for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pandas as pd

from analysis.casualties.table import CASUALTIES, tabulate_casualties
from analysis.claims import prose
from analysis.claims.breaks import split_at_breaks, tabulate_breaks
from analysis.refugees.table import REFUGEES, tabulate_refugees
from analysis.tables.countries import name_country


def find_revisions(claims: pd.DataFrame, series: Sequence[str]) -> pd.DataFrame:
    """Return every change of a figure after it was first published.

    Parameters
    ----------
    claims : pandas.DataFrame
        Claims with `since`, `as_of`, `published_on`, `best`, `wording`; rows without a single
        number (`best`) or without a day counted are left out. With `segment` (see
        `analysis.claims.breaks.split_at_breaks`) a new meaning is no revision.
    series : sequence of str
        The columns that name a series.

    Returns
    -------
    pandas.DataFrame
        One row a change, by series, day counted and day of the change: the columns of
        `series`, `claimant_name`, `publisher`, `as_of`, `first_published_on`, `published_on`
        (of the change), `days_after` (since the first publication), `was`, `became` (people),
        `change`, `change_percent` (negative: downwards), `status` ("stated" or "withdrawn").
    """
    numbered = claims[claims["best"].notna() & claims["as_of"].notna()]
    ordered = numbered.sort_values("published_on", kind="stable")
    groups = ordered.groupby(_name_edition(ordered, series), dropna=False, sort=False)
    was = groups["best"].shift()
    changed = was.notna() & ((was != ordered["best"]) | (ordered["status"] == "withdrawn"))
    first = groups["published_on"].transform("first")
    rows = ordered.assign(
        first_published_on=first,
        days_after=(ordered["published_on"] - first).dt.days,
        was=was,
        became=ordered["best"],
        change=ordered["best"] - was,
        change_percent=(ordered["best"] - was) / was.where(was != 0) * 100,
    )[changed]
    kept = [*series, "claimant_name", "publisher", "as_of", "first_published_on", "published_on"]
    kept += ["days_after", "was", "became", "change", "change_percent", "status"]
    return rows.sort_values([*series, "as_of", "published_on"], kind="stable")[kept].reset_index(
        drop=True
    )


def summarise_revisions(claims: pd.DataFrame, series: Sequence[str]) -> pd.DataFrame:
    """Return how much each series was revised between first and last publication.

    Returns
    -------
    pandas.DataFrame
        One row a series in which a day was published more than once: the columns of
        `series`, `claimant_name`, `days` (days counted), `revised_days`, `raised_days`,
        `lowered_days` (first value against last), `largest_fall_percent`,
        `largest_rise_percent`, `longest_days_after` (days from the first publication of a
        figure to its last change).
    """
    numbered = claims[claims["best"].notna() & claims["as_of"].notna()]
    ordered = numbered.sort_values("published_on", kind="stable")
    keys = _name_edition(ordered, series)
    days = ordered.groupby(keys, dropna=False, sort=False)["best"]
    net = days.agg(["first", "last", "size"])
    net["claimant_name"] = ordered.groupby(keys, dropna=False, sort=False)["claimant_name"].first()
    net = net.reset_index()
    net["percent"] = (net["last"] - net["first"]) / net["first"].where(net["first"] != 0) * 100
    revised = find_revisions(claims, series).groupby(list(series), dropna=False, as_index=False)
    longest = revised[["days_after"]].max().rename(columns={"days_after": "longest_days_after"})
    summary = net.groupby(list(series), dropna=False, sort=False, as_index=False).agg(
        claimant_name=("claimant_name", "first"),
        days=("size", "size"),
        revised_days=("size", lambda sizes: int((sizes > 1).sum())),
        raised_days=("percent", lambda p: int((p > 0).sum())),
        lowered_days=("percent", lambda p: int((p < 0).sum())),
        largest_fall_percent=("percent", lambda p: float(min(p.min(), 0))),
        largest_rise_percent=("percent", lambda p: float(max(p.max(), 0))),
    )
    # Joined by columns: an index with missing keys (no side, for civilians) would not match.
    summary = summary.merge(longest, on=list(series), how="left")
    return summary[summary["revised_days"] > 0].reset_index(drop=True)


def tabulate_revisions(
    data: str | Path = "",
    as_of: str | date = "2022-03-03",
    *,
    table: str = "refugees",
    claimant: str = "unhcr",
) -> pd.DataFrame:
    """Return the revisions of a claimant's figures that were known on a day.

    Parameters
    ----------
    data : str or Path
        The folder of the casebook; "" is the project's own.
    as_of : str or datetime.date
        The day of the replay.
    table : str
        refugees or casualties.
    claimant : str
        The key of the claimant.

    Returns
    -------
    pandas.DataFrame
        See `find_revisions`.
    """
    claims, series = read_series(data, as_of, table)
    return find_revisions(claims[claims["claimant"] == claimant], series)


def tabulate_revision_summary(
    data: str | Path = "", as_of: str | date = "2022-03-03", *, table: str = "refugees"
) -> pd.DataFrame:
    """Return how much each claimant's series in a table was revised, as known on a day.

    Returns
    -------
    pandas.DataFrame
        See `summarise_revisions`.
    """
    claims, series = read_series(data, as_of, table)
    return summarise_revisions(claims, series)


def write_revisions(summary: pd.DataFrame) -> list[str]:
    """Return one sentence a revised series, to stand beside its newest figure."""
    sentences = []
    for row in summary.to_dict("records"):
        what = str(row.get("measure") or row.get("outcome"))
        place = row.get("asylum") if row.get("asylum") != "all" else ""
        place = place or row.get("side")
        where = f", {name_country(place)}" if isinstance(place, str) and place else ""
        days = int(row["longest_days_after"]) if pd.notna(row["longest_days_after"]) else 0
        within = f"{days // 7} weeks" if days >= 14 else "1 day" if days == 1 else f"{days} days"
        moved = []
        if row["largest_fall_percent"] < 0:
            moved.append(f"fell by up to {-row['largest_fall_percent']:.1f}%")
        if row["largest_rise_percent"] > 0:
            moved.append(f"rose by up to {row['largest_rise_percent']:.1f}%")
        if moved:
            sentences.append(
                f"{prose.capitalise(str(row['claimant_name']))}, {what}{where}: of "
                f"{_count(row['days'], 'day')} counted {_count(row['revised_days'])} revised; "
                f"figures {' or '.join(moved)} within {within}."
            )
    return sentences


def _count(number: int, noun: str = "") -> str:
    """Return "3 days" or, without a noun, "3 were"."""
    if noun:
        return f"{number} {noun}{'' if number == 1 else 's'}"
    return f"{number} {'was' if number == 1 else 'were'}"


def _name_edition(claims: pd.DataFrame, series: Sequence[str]) -> list[str]:
    """The columns that editions of one figure share.

    What another document says of the same day is another account, and no revision.
    """
    kept = [name for name in ("source_id", "segment") if name in claims]
    return [*series, "since", "as_of", *kept]


def read_series(
    data: str | Path, as_of: str | date, table: str
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Return the claims of a table as known on a day, and the columns that name its series.

    The claims have `segment` (see `analysis.claims.breaks.split_at_breaks`).

    Raises
    ------
    ValueError
        The table holds no series over time.
    """
    readers = {
        "refugees": (tabulate_refugees, REFUGEES),
        "casualties": (tabulate_casualties, CASUALTIES),
    }
    if table not in readers:
        raise ValueError(f'table: "{table}" is not one of: {", ".join(readers)}')
    tabulate, rules = readers[table]
    breaks = tabulate_breaks(data, as_of)
    return split_at_breaks(tabulate(data, as_of), breaks, rules.name), rules.series
