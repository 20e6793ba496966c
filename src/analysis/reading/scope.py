"""The casebook's own claimants, parties, areas and groups: matched strictly, never guessed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from analysis.reading.candidates import Candidate

#: The list of a casebook in which the values of a column are keys, and the column of the keys.
LISTS: Final = {
    "claimant_key": ("claimants", "claimant"),
    "side": ("parties", "party"),
    "area": ("areas", "area"),
    "who": ("groups", "who"),
}


@dataclass(frozen=True)
class Names:
    """The keys of a casebook by column, and by the names that stand for them.

    Attributes
    ----------
    keys : dict
        For each column of `LISTS` its keys, with the words for each (see `name_keys`).
    by_name : dict
        For each such column, a folded name and the keys that it may mean.
    fighters : dict
        What the fighters of a party are called, folded, and the keys of the party.
    """

    keys: dict[str, Mapping[str, str]] = field(default_factory=dict)
    by_name: dict[str, dict[str, set[str]]] = field(default_factory=dict)
    fighters: dict[str, set[str]] = field(default_factory=dict)

    def key_of(self, column: str, name: str) -> str:
        """The one key that a name stands for, or nothing."""
        found = self.by_name.get(column, {}).get(fold(name), set())
        return next(iter(found)) if len(found) == 1 else ""


def read_names(casebook: Path) -> Names:
    """Read the lists of a casebook.

    Raises
    ------
    CasebookErrors
        One of them has errors.
    """
    from analysis.tables import name_keys, read_references

    names, references = Names(), read_references(casebook)
    for column, (table, key) in LISTS.items():
        rows = references[table]
        names.keys[column] = name_keys(rows.to_dict("records"), key)
        spoken = names.by_name.setdefault(column, {})
        for title in (key, "name", "short_name", "singular", "plural", "fighters"):
            for own, word in zip(rows[key], rows.get(title, []), strict=False):
                if isinstance(word, str):
                    if title == "fighters":
                        names.fighters.setdefault(fold(word), set()).add(own)
                    spoken.setdefault(fold(word), set()).add(own)
    return names


def propose(candidates: Iterable[Candidate], names: Names) -> list[Candidate]:
    """Fill in the keys of claimants and areas that the text names as the casebook does.

    What the casebook does not know stays open, with a suggestion in the note where one is close.
    """
    from analysis.tables import suggest_key

    proposed = []
    for one in candidates:
        key = one.claimant_key or names.key_of("claimant_key", one.claimant)
        area = one.area or names.key_of("area", one.place)
        note = one.note
        if (
            one.claimant
            and not key
            and (close := suggest_key(one.claimant, names.keys.get("claimant_key", {})))
        ):
            note = f"{note}; {close}" if note else close
        side = one.side or _side(one, names)
        who = one.who if not names.keys.get("who") or one.who in names.keys["who"] else ""
        proposed.append(replace(one, claimant_key=key, area=area, who=who, side=side, note=note))
    return proposed


def _side(one: Candidate, names: Names) -> str:
    """The party whose fighters the sentence names, if they are those of one party only."""
    if one.who != "fighters":
        return ""
    sentence = f" {fold(one.sentence)} "
    named = {
        key for words, keys in names.fighters.items() if f" {words} " in sentence for key in keys
    }
    return next(iter(named)) if len(named) == 1 else ""


def fold(name: str) -> str:
    """A name without case, accents, points, "the" and possessives."""
    text = unicodedata.normalize("NFKD", name)
    text = "".join(sign for sign in text if not unicodedata.combining(sign)).casefold()
    text = re.sub(r"[’']s?\b", "", text).replace(".", "")
    text = re.sub(r"[^\w]+", " ", text).replace("united nations", "un")
    return " ".join(word for word in text.split() if word != "the")
