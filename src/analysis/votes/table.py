"""The tables of votes: the answer of each member state, and the totals as stated."""

from __future__ import annotations

import pandas as pd

from analysis.tables import Table, columns
from analysis.tables.vocabulary import STATUSES

ANSWERS = {
    "yes": "voted in favour",
    "no": "voted against",
    "abstain": "voted, and abstained",
    "not voting": "was absent, or present without voting",
}

#: The answers as verbs.
SAID = {
    "yes": "voted yes",
    "no": "voted no",
    "abstain": "abstained",
    "not voting": "cast no vote",
}

VOTES = Table(
    name="votes",
    title="the answer of one member state to one resolution",
    key=("resolution", "iso3"),
    schema={
        "source_id": columns.source_id(),
        "locator": columns.locator(),
        "resolution": columns.text("number of the resolution"),
        "vote_date": columns.day("day of the vote"),
        "iso3": columns.iso3("the member state"),
        "member_state": columns.text("its name in plain English"),
        "vote": columns.choice("its answer", ANSWERS),
    },
)


def name_counted(claims: pd.DataFrame) -> pd.Series:
    """Return what each total counts: "states that voted yes on A/RES/ES-10/21"."""
    verbs = claims["vote"].map(SAID)
    return ("states that " + verbs + " on " + claims["resolution"]).astype("str")


VOTE_TOTALS = Table(
    name="vote_totals",
    title="how many states gave one answer, as somebody says",
    key=("source_id", "claimant", "resolution", "vote"),
    series=("claimant", "resolution", "vote"),
    counted=name_counted,
    schema={
        "source_id": columns.source_id(),
        "locator": columns.locator(),
        "claimant": columns.claimant(),
        "resolution": columns.text("number of the resolution"),
        "vote_date": columns.day("day of the vote"),
        "vote": columns.choice("the answer", ANSWERS),
        "wording": columns.wording(empty=False),
        "status": columns.choice("what the source says of it", STATUSES),
        "note": columns.note(),
    },
)
