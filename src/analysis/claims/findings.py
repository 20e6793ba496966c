"""Findings: the titles of charts of claims, each figure with its claimant and its doubt."""

from __future__ import annotations

from collections import Counter
from operator import itemgetter

import pandas as pd

from analysis.claims.prose import capitalise, format_day, mark_doubt, write_list
from analysis.tables import Record, to_records
from analysis.tables.countries import name_country

#: More figures of the same people than these are counted in a title, and the newest named.
_NAMED = 4

#: The columns that a title is written from.
_READ = (
    "counted", "place", "claimant", "claimant_short", "wording", "status", "as_of",
    "published_on",
)  # fmt: skip


def write_finding(claims: pd.DataFrame, day: str) -> str:
    """Return a title: the figures with their claimants, and who gives none; "" for no figure.

    Up to four figures of the same people are all named. Of more, the newest is: it is the
    one published last, not the greatest or the least.

    Parameters
    ----------
    claims : pandas.DataFrame
        A claims frame with `counted` and `place`. "Or" stands between figures of the same
        people only: those that agree in both.
    day : str
        The day of the replay, in words.
    """
    if claims["wording"].isna().all():
        return ""
    people: dict[tuple[str, str], list[Record]] = {}
    for row in to_records(claims.dropna(subset=["counted", "place"]), _READ):
        people.setdefault((row["counted"], row["place"]), []).append(row)
    parts = []
    for (counted, place), rows in people.items():
        where = f" in {name_country(str(place))}" if claims["place"].nunique() > 1 else ""
        times = Counter(row["claimant"] for row in rows)
        stated = [row for row in rows if not pd.isna(row["wording"])]
        said = [_cite(row, with_day=times[row["claimant"]] > 1) for row in stated]
        silent = [row["claimant_short"] for row in rows if pd.isna(row["wording"])]
        if len(said) > _NAMED:
            newest = sorted(stated, key=itemgetter("published_on"))[-1]
            said = [f"{len(said)} claims, the newest {_cite(newest, with_day=False)}"]
        told = [", or ".join(said)] if said else []
        told += [f"no figure from {write_list(silent)}"] if silent else []
        parts.append(f"{counted}{where}: {', '.join(told)}")
    return f"{capitalise('; '.join(parts))}; as known on {day}"


def _cite(row: Record, *, with_day: bool) -> str:
    last = row["as_of"]
    counted_to = f", to {format_day(last)}" if with_day and not pd.isna(last) else ""
    return f"{row['wording']} ({row['claimant_short']}{counted_to}{mark_doubt(row)})"
