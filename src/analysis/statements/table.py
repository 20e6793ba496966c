"""The tables of statements about places and about talks, and who takes which stance on them.

A statement is one sentence of ours, the same in the rows of everybody who takes a stance
on it, so that who says, denies or keeps silent can be set side by side.
"""

from __future__ import annotations

from analysis.tables import Table, columns
from analysis.tables.vocabulary import STANCES, STATUSES, UNITS

PLACES = Table(
    name="places",
    title="one stance of one claimant on one statement about a place",
    key=("source_id", "locator", "claimant", "place", "statement", "unit"),
    series=("claimant", "place", "statement", "unit"),
    schema={
        "source_id": columns.source_id(),
        "locator": columns.locator(),
        "claimant": columns.claimant(),
        "place": columns.text("the place"),
        "place_in": columns.area("the area it lies in"),
        "as_of": columns.day("the day the statement speaks about", empty=True),
        "topic": columns.text("what the statement is about, in a word or two"),
        "statement": columns.text("the statement in our words, the same for all who answer it"),
        "stance": columns.choice("what the claimant does with it", STANCES),
        "wording": columns.wording(),
        "unit": columns.choice("the unit of the figure", UNITS, empty=True),
        "status": columns.choice("what the source says of it", STATUSES),
        "published_on": columns.published_on(),
        "note": columns.note(),
    },
)

#: One length in two units must agree: the international mile in kilometres.
KM_PER_MILE = 1.609344

TALKS = Table(
    name="talks",
    title="one stance of one claimant on one statement about the talks",
    key=("source_id", "locator", "claimant", "statement"),
    series=("claimant", "statement"),
    schema={
        "source_id": columns.source_id(),
        "locator": columns.locator(),
        "claimant": columns.claimant(),
        "said_on": columns.day("the day it was said; empty where not stated", empty=True),
        "topic": columns.text("what the statement is about, in a word or two"),
        "statement": columns.text("the statement in our words, the same for all who answer it"),
        "stance": columns.choice("what the claimant does with it", STANCES),
        "wording": columns.wording(),
        "unit": columns.choice("the unit of the figure", UNITS, empty=True),
        "status": columns.choice("what the source says of it", STATUSES),
        "published_on": columns.published_on(),
        "note": columns.note(),
    },
)
