"""Projections of refugees: who made them when, about which day, and what they would count."""

from __future__ import annotations

import pandas as pd

from analysis.claims.days import format_day
from analysis.claims.kept import keep
from analysis.refugees.table import TOTAL
from analysis.tables import Rule, Table, columns
from analysis.tables.countries import say_country
from analysis.tables.known import Known
from analysis.tables.scope import ALL
from analysis.tables.vocabulary import STATUSES

#: What a projection would be counted by, beside the border crossings of `analysis.refugees`.
NOT_STATED, RECORDED, OFFICIAL = (
    "not stated",
    "refugees recorded",
    "refugees at the end of the year",
)
TO_BE_HELPED, FLED = "people to be helped", "people who fled"

#: What a projection counts, as a noun.
_COUNTED = {
    NOT_STATED: "people who could leave {origin}",
    TOTAL: "border crossings out of {origin}",
    RECORDED: "refugees from {origin} who could be recorded",
    FLED: "people who could flee {origin}",
    TO_BE_HELPED: "people to be helped, refugees from {origin} among them",
}

#: How a noun goes on to where they would go.
_WAYS = {NOT_STATED: " for", TOTAL: " into", RECORDED: " in", FLED: " for", TO_BE_HELPED: ", in"}


def name_projected(claims: pd.DataFrame) -> pd.Series:
    """Return what each projection counts, as a noun: "people who could leave Sudan for Chad"."""
    names = claims[["measure", "origin_name", "asylum", "asylum_name"]]
    said = []
    for measure, origin, asylum, host in names.itertuples(index=False, name=None):
        noun = _COUNTED[measure].format(origin=say_country(origin))
        in_area = isinstance(asylum, str) and asylum != ALL
        said.append(f"{noun}{_WAYS[measure]} {say_country(host)}" if in_area else noun)
    return pd.Series(said, index=claims.index, dtype="str")


PROJECTIONS = Table(
    name="projections",
    title="one projection or planning figure of refugees",
    key=(
        "source_id", "locator", "claimant", "origin", "asylum", "measure", "made_on",
        "target_day", "wording",
    ),
    series=("claimant", "origin", "asylum", "measure", "target_day"),
    counted=name_projected,
    rules=(
        Rule(
            "target_day",
            "a day not before the projection was made",
            lambda rows: (rows["target_day"] < rows["made_on"]).fillna(False).astype(bool),
        ),
    ),
    schema={
            "source_id": columns.source_id(),
            "locator": columns.locator(),
            "claimant": columns.claimant(),
            "made_on": columns.day("the day it was made; empty where not stated", empty=True),
            "target_day": columns.day("the day it speaks about; empty where none", empty=True),
            "origin": columns.area("the area the people leave"),
            "asylum": columns.area(
                "where they would be; empty where the source does not say", empty=True, also=[ALL]
            ),
            "measure": columns.choice(
                "what it would be counted by",
                {
                    NOT_STATED: "the source names no measure",
                    TOTAL: "movements out of the country",
                    RECORDED: "people recorded in the countries of asylum",
                    FLED: "people who fled, by whatever count",
                    TO_BE_HELPED: "people whom a plan is to reach, hosts among them; no series "
                    "counts them",
                },
            ),
            "definition": columns.text("who is meant, in our words"),
            "wording": columns.wording(empty=False),
            "standard": columns.choice("how the claimant knows", {"projected": "a projection"}),
            "status": columns.choice("what the source says of it", STATUSES),
            "published_on": columns.published_on(),
            "note": columns.note(),
        },
)  # fmt: skip


@keep
def read_projections(known: Known, origin: str) -> pd.DataFrame:
    """Return the projections known on the day of people who leave an area."""
    claims = known.claims(PROJECTIONS)
    claims = claims[claims["origin"] == origin].reset_index(drop=True)
    spoken_about = [
        "no day stated" if pd.isna(day) else f"about {format_day(day)}"
        for day in claims["target_day"]
    ]
    missing = pd.Series(pd.NaT, index=claims.index, dtype="datetime64[us]")
    return claims.assign(
        horizon=pd.Series(spoken_about, index=claims.index, dtype="str"),
        dated=claims["made_on"].fillna(claims["published_on"]),
        since=missing,
        as_of=missing,
    )
