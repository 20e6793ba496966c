"""What a claim is about: whose figures, which side, where; three tables that claims point to.

Each group and each area may lie within another. What follows from that, a part is never more
than its whole, is asked of these tables and of nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis.tables import columns
from analysis.tables.table import Rule, Table

#: The group that holds everybody.
EVERYBODY = "everybody"

#: The word for every country of asylum together.
ALL = "all"

GROUPS = Table(
    name="groups",
    title="one group of people that figures are about",
    key=("who",),
    schema={
        "who": columns.text("key of the group, in plain words: civilians, health workers"),
        "singular": columns.text("one of them: civilian, health worker"),
        "plural": columns.text("several of them, as they stand in a sentence: civilians"),
        "part_of": columns.refers_to(
            "groups", "the next larger group that they all belong to", empty=True
        ),
        "note": columns.note(),
    },
)

PARTIES = Table(
    name="parties",
    title="one side that fights: a state, an armed group, an alliance",
    key=("party",),
    schema={
        "party": columns.text("key of the party, such as rsf"),
        "name": columns.text("its name in a sentence, with its article"),
        "fighters": columns.text("what its fighters are called, such as troops of Sudan"),
        "area": columns.area("the area it belongs to, if any", empty=True),
        "note": columns.note(),
    },
)

AREAS = Table(
    name="areas",
    title="one area that figures are about: a country, a region, a city, a building",
    key=("area",),
    rules=(
        Rule(
            "area",
            f'another key: "{ALL}" stands for every country of asylum',
            lambda rows: rows["area"] == ALL,
        ),
    ),
    schema={
        "area": columns.text("key of the area: an ISO 3166 alpha-3 code, or gaza-strip"),
        "name": columns.text("its name in a sentence: the Gaza Strip"),
        "within": columns.area("the next larger area it lies in, if any", empty=True),
        "iso3": columns.iso3("its ISO 3166 alpha-3 code, if it has one", empty=True),
        "note": columns.note(),
    },
)


def find_wholes(rows: pd.DataFrame, key: str, whole: str) -> dict[str, list[str]]:
    """Return for each `key` of a table what it is part of, the next larger first.

    A circle ends where it closes.
    """
    return {name: [w for w in above if w != name] for name, above in _climb(rows, key, whole)}


def find_circles(rows: pd.DataFrame, key: str, whole: str) -> list[str]:
    """Return the keys that are part of themselves, by way of others or at once."""
    return [name for name, above in _climb(rows, key, whole) if name in above]


def _climb(rows: pd.DataFrame, key: str, whole: str) -> Iterator[tuple[str, list[str]]]:
    above = dict(zip(rows[key], rows[whole], strict=True))
    for name in above:
        found: list[str] = []
        current = above[name]
        while isinstance(current, str) and current not in found:
            found.append(current)
            current = above.get(current)
        yield str(name), found
