"""Scope: what a figure is about, who, where and since when, and in which parts figures differ.

Labels, sentences, titles, lines and comparisons ask `find_differing` and say what it names;
none decides by itself.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.claims.days import format_day
from analysis.claims.prose import write_list
from analysis.tables import Record, to_records

#: The parts of a scope: what is counted, whose, where, how, since when.
SCOPE = (
    "outcome", "who", "side", "area", "origin", "asylum", "measure", "definition", "unit", "since",
)  # fmt: skip

#: What a noun such as "civilians killed" says already.
_IN_NOUN = {"outcome", "who", "side", "measure", "unit", "origin", "definition"}

#: Columns whose name in a sentence stands in another column.
_NAMES = {"area": "area_name", "asylum": "asylum_name", "origin": "origin_name"}


def find_differing(claims: pd.DataFrame) -> list[str]:
    """Return the parts of the scope in which claims differ: columns, in the order of `SCOPE`.

    A part that is not stated differs from one that is. A series of single days is one series: the
    day counted is no difference.
    """
    return [
        part
        for part in SCOPE
        if part in claims and claims[_compared(part, claims)].nunique(dropna=False) > 1
    ]


def _compared(part: str, claims: pd.DataFrame) -> str:
    return "counted_from" if part == "since" and "counted_from" in claims else part


def say_scope(claims: pd.DataFrame, *, noun: bool = True) -> pd.Series:
    """Return for each claim the part of its scope in which the claims differ, in words.

    "children killed in the Gaza Strip since 7 October 2023"; "" where nothing differs. A first day
    that is not stated is not said. Without `noun` only where and since when are, for texts that
    name what is counted anyway.
    """
    differing = find_differing(claims)
    if "since" in differing and not _tell_apart(claims):
        differing.remove("since")
    wanted = {"counted", "as_of", *differing, *(_NAMES.get(part, part) for part in differing)}
    read = [column for column in claims.columns if column in wanted]
    said = [_say(row, differing, noun=noun) for row in to_records(claims, read)]
    return pd.Series(said, index=claims.index, dtype="str")


def say_place(claims: pd.DataFrame) -> str:
    """Return where all claims are about, "in Sudan", or "" if they differ or do not say it.

    A noun that names the place already ("internally displaced people in Sudan") has said it.
    """
    if "area_name" not in claims or claims["area_name"].nunique(dropna=False) != 1:
        return ""
    place = claims["area_name"].iloc[0]
    if not isinstance(place, str) or claims["counted"].str.contains(place, regex=False).any():
        return ""
    return f"in {place}"


def say_places(claims: pd.DataFrame) -> str:
    """Return the places of some claims, "in Gaza and Israel"; "" for none or more than three."""
    if "area_name" not in claims:
        return ""
    said = [str(name) for name in claims["area_name"].dropna().unique()]
    # "Israel and Israel, Palestine and Lebanon" would be read as four places.
    long = any("," in name or " and " in name for name in said)
    return f"in {'; '.join(said) if long else write_list(said)}" if 0 < len(said) <= 3 else ""


def _tell_apart(claims: pd.DataFrame) -> bool:
    """Return whether first days tell claims apart.

    Beside a first day that is not stated, one that is tells no difference that is known,
    unless one claimant gives both.
    """
    first = claims[_compared("since", claims)]
    if first.nunique() > 1:
        return True
    same = [claims[name] for name in ("claimant", "counted") if name in claims]
    return bool(same) and bool((first.groupby(same).nunique(dropna=False) > 1).any())


def _say(row: Record, differing: list[str], *, noun: bool) -> str:
    parts = []
    counted = row.get("counted")
    # A text that names what is counted has named the place too, where the noun ends in it.
    told = str(counted) if not noun and isinstance(counted, str) else ""
    if noun and _IN_NOUN & set(differing) and isinstance(counted, str):
        parts.append(counted)
        told = counted
    for part in ("area", "asylum"):
        place = row.get(_NAMES[part])
        said = isinstance(place, str) and (
            told.endswith(f" {place}") or f"population of {place} " in told
        )
        if part in differing and isinstance(place, str) and not said:
            parts.append(f"in {place}")
    if "since" in differing:
        parts.append(say_first_day(row.get("since"), row.get("as_of")))
    return " ".join(filter(None, parts))


def say_first_day(since: Any, as_of: Any = None) -> str:
    """Return "since 24 February 2022", "on 17 October 2023" for one day, or "" if not stated."""
    if since is None or pd.isna(since):
        return ""
    if as_of is not None and not pd.isna(as_of) and pd.Timestamp(since) == pd.Timestamp(as_of):
        return f"on {format_day(since)}"
    return f"since {format_day(since)}"
