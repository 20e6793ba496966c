"""The table of casualties: who says how many were killed, wounded, missing or captured.

Casualties are not deaths: killed, wounded and "killed or wounded" are different outcomes, and
only one claimant's own killed and wounded may be added.
"""

from __future__ import annotations

import pandas as pd

from analysis.tables import Rule, Table, columns
from analysis.tables.vocabulary import STANDARDS, STATUSES

OUTCOMES = {
    "killed": "died of what was done to them",
    "wounded": "injured and alive",
    "killed or wounded": "both together: casualties in the strict sense",
    "dead of any cause": "died, of violence or of hunger, illness or anything else",
    "missing": "not accounted for",
    "killed or missing": "dead and not accounted for together",
    "captured": "held by the other side",
    "losses": "out of action; whether killed only or also wounded, captured or missing is not "
    "stated, or all of them together",
}

#: What stands after the people in a sentence, where it is not the outcome itself.
_SAID = {"losses": "out of action", "missing": "missing", "dead of any cause": "dead of any cause"}


def name_people(claims: pd.DataFrame) -> pd.Series:
    """Return whose figures each claim gives: "civilians", "troops of a side", "children"."""
    people = claims["who_plural"].mask(claims["who"] == "everybody", "people")
    fighters = (claims["who"] == "fighters") & claims["side"].notna()
    of_side = claims["side"].notna() & ~fighters
    people = people.mask(fighters, claims["side_fighters"])
    return people.mask(of_side, people + " of " + claims["side_name"]).astype("str")


def name_counted(claims: pd.DataFrame) -> pd.Series:
    """Return what each claim counts, as a noun: "civilians killed", "children wounded"."""
    outcome = claims["outcome"].replace(_SAID)
    return (name_people(claims) + " " + outcome.astype("str")).astype("str")


CASUALTIES = Table(
    name="casualties",
    title="one claim of people killed, wounded, missing or captured",
    key=(
        "source_id", "locator", "claimant", "who", "side", "area", "outcome", "since", "as_of",
        "wording",
    ),
    series=("claimant", "who", "side", "area", "outcome", "counted_from"),
    counted=name_counted,
    rules=(
        Rule(
            "side",
            "the side that fighters belong to",
            lambda rows: (rows["who"] == "fighters") & rows["side"].isna(),
        ),
    ),
    schema={
            "source_id": columns.source_id(),
            "locator": columns.locator(),
            "claimant": columns.claimant(),
            "since": columns.day("first day counted", empty=True),
            "as_of": columns.day("last day counted", empty=True),
            "who": columns.who(),
            "side": columns.side("the side that fighters belong to; empty where none is meant"),
            "area": columns.area("where they were killed, wounded or captured"),
            "outcome": columns.choice("what happened to them", OUTCOMES),
            "wording": columns.wording(),
            "low": columns.bound("lowest"),
            "best": columns.bound("best"),
            "high": columns.bound("highest"),
            "standard": columns.choice("how the claimant knows", STANDARDS),
            "status": columns.choice("what the source says of the claim", STATUSES),
            "repeats": columns.repeats(),
            "published_on": columns.published_on(),
            "note": columns.note(),
        },
)  # fmt: skip
