"""Nothing is not nothing: what a casebook does not hold, and why, in one sentence."""

from __future__ import annotations

import pandas as pd

from analysis.claims.days import format_day
from analysis.claims.findings import choose_title

#: So many kinds of figure are named that the casebook does hold.
_NAMED = 3


def explain_absence(
    noun: str,
    day: pd.Timestamp,
    known: pd.DataFrame,
    *,
    figures: bool = True,
    party_claims: int = 0,
) -> str:
    """Return that the casebook holds no figure of `noun`, and what it does hold.

    "The casebook holds no figure of children killed published by 12 November 2023; it holds 4 of
    people killed." `known` are the claims of the same table that were known on the day, with
    `counted`; `party_claims` of what was asked for were left out as those of parties. Without
    `figures` the noun is itself what the casebook would hold: statements, votes, sanctions.
    """
    held = f"figure of {noun}" if figures else noun
    said = f"The casebook holds no {held} published by {format_day(day)}"
    if party_claims:
        claims = "1 claim" if party_claims == 1 else f"{party_claims:,} claims"
        return f"{said} by others than the parties to the conflict; {claims} of theirs left out."
    if len(known) and "counted" in known:
        stated = known[known["wording"].notna()] if "wording" in known else known
        counts = stated["counted"].value_counts(sort=True).head(_NAMED)
        others = [f"{number:,} of {counted}" for counted, number in counts.items()]
        if others:
            said += f"; it holds {', '.join(others)}"
    return f"{said}."


def explain_window(noun: str, day: pd.Timestamp, days: int, older: int) -> str:
    """Return that nothing was published in the days up to the day, and how much before them."""
    said = f"The casebook holds no figure of {noun} published in the {days:,} days to "
    return f"{said}{format_day(day)}; it holds {older:,} published before."


def say_absent(frame: pd.DataFrame, noun: str = "figure") -> str:
    """Return why a frame has no rows: as its maker said, or that those chosen hold none."""
    return str(frame.attrs.get("absent") or f"The rows chosen hold no {noun}.")


def shorten_absence(absent: str, shown: str = "") -> str:
    """Return an absence as a title: its first part, without the day where it is long.

    `shown` is what the chart would show, "Over time", so that two of one report are unlike.
    """
    first = absent.split(";")[0].rstrip(".")
    titles = [first, first.rpartition(" published by ")[0] or first]
    if shown:
        titles = [f"{shown}: {title[:1].lower()}{title[1:]}" for title in titles]
        brief = titles[-1].replace(": the casebook holds no ", ": no ")
        titles += [f"{brief} in the casebook"] if brief != titles[-1] else []
    return choose_title(titles)
