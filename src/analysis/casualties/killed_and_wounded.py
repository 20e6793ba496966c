"""Killed and wounded together: the one sum of casualties that may be made.

Only figures that one claimant gives of the same people and days are added, and the result
is called killed or wounded.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from analysis.bounds import add_columns, say_column
from analysis.casualties.table import tabulate_casualties
from analysis.tables import last_published_claims, latest_claims


def tabulate_killed_and_wounded(
    data: str | Path = "", as_of: str | date = "2022-03-03"
) -> pd.DataFrame:
    """Return each claimant's own latest killed plus wounded, as "killed or wounded".

    Only figures of one claimant in one source about the same people and days, with the same
    status, are added; what is denied or withdrawn is not. The result is never called killed.

    Returns
    -------
    pandas.DataFrame
        `claimant_name`, `group`, `side`, `place`, `since`, `as_of`, `killed`, `wounded` (the
        two wordings), `outcome` ("killed or wounded"), `wording`, low, best, high (people),
        `status`, `publisher`, `published_on`.
    """
    claims = tabulate_casualties(data, as_of)
    claims = claims[claims["wording"].notna() & ~claims["status"].isin(["denied", "withdrawn"])]
    # Two figures without a last day counted are of the same days only if known on the same day.
    claims = claims.assign(
        side=claims["side"].fillna(""), counted_to=claims["as_of"].fillna(claims["published_on"])
    )
    same = ["source_id", "claimant", "group", "side", "place", "since", "as_of", "counted_to"]
    same += ["standard", "status"]
    killed, wounded = (
        latest_claims(claims[claims["outcome"] == outcome], same)
        for outcome in ("killed", "wounded")
    )
    ends = ["low", "best", "high", "low_excluded", "high_excluded"]
    of_wounded = wounded[[*same, "wording", *ends]]
    both = killed.merge(of_wounded, on=same, suffixes=("", "_wounded"))
    both = last_published_claims(both, ["claimant", "group", "side", "place"])
    other = both[[f"{end}_wounded" for end in ends]].set_axis(ends, axis="columns")
    total = add_columns(both[ends], other)
    return pd.DataFrame(
        {
            "claimant_name": both["claimant_name"],
            "is_party": both["is_party"],
            "counted": both["counted"].str.replace(" killed", " killed or wounded"),
            "group": both["group"],
            "side": both["side"],
            "place": both["place"],
            "since": both["since"],
            "as_of": both["as_of"],
            "killed": both["wording"],
            "wounded": both["wording_wounded"],
            "outcome": "killed or wounded",
            "wording": say_column(total),
            "low": total["low"],
            "best": total["best"],
            "high": total["high"],
            "status": both["status"],
            "publisher": both["publisher"],
            "published_on": both["published_on"],
        }
    )
