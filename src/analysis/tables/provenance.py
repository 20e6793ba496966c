"""The two tables that every claim points to: what was read, and who says it."""

from __future__ import annotations

from analysis.tables import columns
from analysis.tables.table import Rule, Table
from analysis.tables.vocabulary import CLAIMANT_KINDS

SOURCES = Table(
    name="sources",
    title="one document or published data set that was read",
    key=("source_id",),
    required=True,
    schema={
        "source_id": columns.identifier("key of the document"),
        "publisher": columns.text("who published it"),
        "title": columns.text("its title, or a description where none is recorded"),
        "published_on": columns.day("the day it was published: from then on it is known"),
        "accessed_on": columns.day("the day it was read for this casebook"),
        "url": columns.text("its address, where one is recorded", empty=True),
        "licence": columns.text("the terms under which its figures stand here"),
        "method": columns.text("how it comes by its figures, in a few words"),
        "known_limits": columns.text("what its figures do not show", empty=True),
    },
)

CLAIMANTS = Table(
    name="claimants",
    title="one body or person who says something",
    key=("claimant",),
    required=True,
    rules=(
        Rule(
            "side",
            "the side of a party to the conflict",
            lambda rows: (rows["kind"] == "party") & rows["side"].isna(),
        ),
    ),
    schema={
        "claimant": columns.identifier("key of the claimant"),
        "name": columns.text("the name as it stands in a sentence, with its article"),
        "short_name": columns.text("the name as it stands in a narrow column"),
        "kind": columns.choice("what kind of body it is", CLAIMANT_KINDS),
        "side": columns.side("the party it is or belongs to, or whose ally it is, if any"),
        "note": columns.note(),
    },
)
