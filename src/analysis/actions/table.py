"""The tables of actions and of totals: who does what to whom, and how many are counted.

Announced is not done: each action stands on a rung of `LADDER`, chosen by the words of the
source, and nothing climbs a rung because time has passed.
"""

from __future__ import annotations

from analysis.tables import Table, columns
from analysis.tables.vocabulary import STANDARDS, STATUSES, UNITS

#: The rungs from the least to the most: how far an action has gone in the words of the source.
LADDER = {
    "continuing": "goes on as before",
    "proposed": "needs somebody else's consent",
    "announced": "said that it will; nothing shows that it has happened",
    "pausing": "stops for a time",
    "halting": "stops, without a word on how long",
    "closing": "shuts operations, shops or an airspace",
    "banned": "kept out",
    "cancelled": "an event or a contract is called off",
    "seized": "property has been taken",
}

#: Rungs on which nothing has happened yet.
NOT_DONE = ("continuing", "proposed", "announced")

KINDS = {
    "sanction": "a state or bloc restricts trade, money or movement",
    "company action": "a company changes what it does",
    "asset": "property is taken or offered",
    "sport": "a sports body acts",
    "policy": "another decision of a state or bloc",
}

ACTOR_KINDS = ("state", "bloc", "company", "sport body", "person")

ACTIONS = Table(
    name="actions",
    title="one action of a state, company, sports body or person",
    key=("source_id", "locator", "actor", "action", "target", "description"),
    series=("actor", "target", "description"),
    schema={
        "source_id": columns.source_id(),
        "locator": columns.locator(),
        "claimant": columns.claimant(),
        "actor": columns.text("who acts"),
        "actor_kind": columns.choice("what kind of body acts", ACTOR_KINDS),
        "kind": columns.choice("what kind of action it is", KINDS),
        "action": columns.choice("the rung of the ladder", LADDER),
        "target": columns.text("whom or what it is aimed at"),
        "description": columns.text("what is done, in our words, as the object of the rung"),
        "date": columns.day("the day as the source states it", empty=True),
        "figure_of": columns.text("what the figure counts, where there is one", empty=True),
        "wording": columns.wording(),
        "unit": columns.choice("the unit of the figure", UNITS, empty=True),
        "status": columns.choice("what the source says of it", STATUSES),
        "published_on": columns.published_on(),
        "note": columns.note(),
    },
)

TOPICS = {
    "sanctions": "designations of people, companies, ships and aircraft",
    "company exits": "companies that say they leave, pause or stay",
    "appeal": "money that the United Nations asks for",
    "people in need": "people inside the country who need help",
    "displacement": "people driven from home, inside the country and abroad together",
}

ACTION_TOTALS = Table(
    name="action_totals",
    title="one total of actions, money or people in need, as somebody says",
    key=("source_id", "locator", "claimant", "topic", "measure", "as_of", "wording"),
    series=("claimant", "topic", "measure"),
    counted=lambda claims: claims["measure"].astype("str"),
    schema={
        "source_id": columns.source_id(),
        "locator": columns.locator(),
        "claimant": columns.claimant(),
        "as_of": columns.day("last day counted", empty=True),
        "topic": columns.choice("what the figure is about", TOPICS),
        "measure": columns.text("what is counted, in our words; the same in one series"),
        "wording": columns.wording(),
        "unit": columns.choice("the unit of the figure", UNITS),
        "standard": columns.choice("how the claimant knows", STANDARDS),
        "status": columns.choice("what the source says of the claim", STATUSES),
        "published_on": columns.published_on(),
        "note": columns.note(),
    },
)
