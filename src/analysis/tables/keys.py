"""The keys of a table, and the one that a person meant by other letters, a name or a word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache
from typing import Any

from analysis.tables.countries import list_countries

#: Columns whose words stand for a key; the first of `_NAMES` that a row has is its name.
_NAMES = ("name", "title", "note")
_WORDS = (*_NAMES, "short_name", "plural", "singular", "fighters")

#: A longer word is nobody's name, and comparing it would take long.
_LONGEST = 60

#: A shorter word stands in too many names and notes.
_SHORTEST = 4


@cache
def name_countries() -> Mapping[str, str]:
    """Return the name of each country by its ISO 3166 alpha-3 code."""
    return {str(code): str(name) for code, name in list_countries()["name_short"].items()}


def name_keys(rows: Iterable[Mapping[Any, Any]], key: str, table: str = "") -> dict[str, str]:
    """Return the keys of a table with the words for each: its name, and lines of other words.

    `rows`: of the table. `key`: its column. `table`: of "areas" any country is a key too, once
    there is one.

    >>> name_keys([{"who": "men", "singular": "man", "note": "adults"}], "who")["men"].splitlines()
    ['adults', 'man']
    """
    known: dict[str, str] = {}
    for row in rows:
        if isinstance(row.get(key), str) and row[key]:
            said = {name: row[name] for name in _WORDS if isinstance(row.get(name), str)}
            first = next((said[name] for name in _NAMES if said.get(name)), "")
            others = (word for word in said.values() if word and word not in (first, row[key]))
            known[row[key]] = "\n".join([first, *others])
    return {**name_countries(), **known} if table == "areas" and known else known


def suggest_key(word: str, known: Mapping[str, str]) -> str:
    """Return 'did you mean "SDN" (Sudan)?' for what is no key, or an empty string.

    `known`: the words of each key, see `name_keys`. A key in other letters, a country's
    two-letter code, a name and a word that stands in the words of one key alone lead to the key.
    Of codes that are nearly the same only one that begins alike is offered, and none if there
    are more.

    >>> suggest_key("soldiers", {"men": "adults", "fighters": "Soldiers, rebels"})
    'did you mean "fighters" (Soldiers, rebels)?'
    """
    key = _find_key(word.strip()[:_LONGEST].casefold(), known)
    name = known.get(key, "").partition("\n")[0]
    return f'did you mean "{key}"{f" ({name})" if name else ""}?' if key else ""


def _find_key(word: str, known: Mapping[str, str]) -> str:
    keys = {key.casefold(): key for key in known}
    if word in keys or not word:
        return keys.get(word, "")
    lines = {line: key for key, words in known.items() for line in words.casefold().splitlines()}
    lines |= keys | {n.casefold(): key for key, n in name_countries().items() if key in known}
    by_name = get_close_matches(word, [each for each in lines if each not in keys], n=1, cutoff=0.8)
    if by_name:
        return lines[by_name[0]]
    if len(word) == 2:
        pairs = list_countries()["ISO2"].fillna("").str.casefold()
        return next((str(c) for c in pairs.index[pairs == word] if c in known), "")
    swapped = [each for each in keys if each[0] == word[0] and sorted(each) == sorted(word)]
    if len(swapped) == 1:
        return keys[swapped[0]]
    alike = [each for each in keys if each[:2] == word[:2] and abs(len(each) - len(word)) < 2]
    close = get_close_matches(word, alike, n=2, cutoff=0.6)
    if len(close) == 1 or (close and word.startswith(close[0])):
        return keys[close[0]]
    if len(word) < _SHORTEST:
        return ""
    holding = {key for line, key in lines.items() if f" {word} " in f" {_plain(line)} "}
    if len(holding) == 1:
        return holding.pop()
    nearest = get_close_matches(word, keys, n=1, cutoff=0.72)
    return keys[nearest[0]] if nearest else ""


def _plain(line: str) -> str:
    return "".join(sign if sign.isalnum() else " " for sign in line)
