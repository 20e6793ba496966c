"""Country names as people write them -> ISO3, strictly: a known name or a refusal.

Names and codes come from the table inside country_converter; its matching by regular
expression is not used, because it always finds something. country_names.csv adds other names in
use (in the United Nations "Congo" alone is the Republic of the Congo), and names that are never
read as a country, because two share them or it never votes. A name matches only as a whole,
whatever its case, accents, commas or "the"; its words may be abbreviated ("S. Sudan", "Eq.
Guinea", "Rep. of Congo") where only one country can be meant.
"""

from __future__ import annotations

import csv
import difflib
import io
import re
import unicodedata
from functools import cache
from importlib import resources

from analysis.imports.reading.results import UnreadableCellError

#: Words that tell no country from another.
_SMALL = frozenset({"of", "and", "the"})


class UnknownCountryError(UnreadableCellError):
    """The name is of no country known here, or of two; the message suggests, never chooses."""


def simplify(name: str) -> str:
    """Return a name for comparison: no accents, case, punctuation, "the" or footnote stars."""
    folded = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(letter for letter in folded if not unicodedata.combining(letter)).replace(
        "ı", "i"
    )
    words = re.sub(r"[^a-z]+", " ", re.sub(r"['’`.*†]", "", letters).replace("&", " and ")).split()
    words = ["saint" if word == "st" else word for word in words if word != "the"]
    return " ".join(words)


def find_member(name: str) -> str:
    """Return the ISO3 code of a member state of the United Nations.

    Raises
    ------
    UnknownCountryError
        For a name that is not exactly one member state's, with a suggestion.
    """
    return _find(name, _members())


def find_country(name: str) -> str:
    """Return the ISO3 code of a country or territory, members and others."""
    return _find(name, _countries())


def code_of(name: str) -> str:
    """Return the ISO3 code of a country's whole name or code, "" if it is none; no advice."""
    code = name.strip().upper()
    return code if code in known_codes() else _countries().get(simplify(name), "")


def is_country(name: str) -> bool:
    """Whether a text is the whole name or the ISO3 code of a country or territory."""
    return bool(code_of(name))


@cache
def known_codes() -> frozenset[str]:
    """Return the ISO3 codes of present countries and territories, with XKX for Kosovo."""
    return frozenset(row["ISO3"] for row in _table() if not row["obsolete"]) | {"XKX"}


@cache
def _short_codes() -> dict[str, str]:
    """Return the ISO3 codes by the codes of two letters."""
    return {row["ISO2"]: row["ISO3"] for row in _table() if row["ISO2"] and not row["obsolete"]}


@cache
def member_codes() -> frozenset[str]:
    """Return the ISO3 codes of the member states of the United Nations."""
    return frozenset(_members().values())


def _find(name: str, names: dict[str, str]) -> str:
    key = simplify(name)
    # "Korea, Republic of" and "Iran (Islamic Republic of)" are names turned round.
    turned = re.fullmatch(r"([^,(]+)[,(]([^,()]+)\)?", name.strip())
    tried = [name, f"{turned[2]} {turned[1]}"] if turned else [name]
    for each in tried:
        if (found := names.get(simplify(each))) is not None:
            return found
    # Two capitals alone are a code: "UA" is no misspelt name.
    if re.fullmatch(r"[A-Z]{2}", name.strip()) and (code := _short_codes().get(name.strip())):
        if code in names.values():
            return code
        raise UnknownCountryError(
            _never_read().get(simplify(_short_names()[code]), "not on the list")
        )
    if key in _never_read():
        raise UnknownCountryError(_never_read()[key])
    for each in tried:
        codes = _expand(each, names)
        if len(codes) == 1:
            return codes[0]
        if codes:
            raise UnknownCountryError(f"could be several: {_name_codes(codes)}")
    close = _suggest(key, names)
    hint = f"; did you mean {_name_codes(close)}?" if close else ""
    raise UnknownCountryError(f"no country of that name is known{hint}")


def _name_codes(codes: list[str]) -> str:
    return " or ".join(f"{_short_names()[code]} ({code})" for code in codes[:4])


def _expand(name: str, names: dict[str, str]) -> list[str]:
    """Return the countries whose name, word by word, the words of `name` shorten.

    A word with a point, or of at most three letters, may stand for a longer one with the same
    first letter and its own letters in their order ("Herz.", "Sts."). One word must be whole.
    """
    parts = re.sub(r"\.(?=\S)", ". ", name).split()
    words = [(simplify(part), "." in part) for part in parts]
    typed = [(word, dotted) for word, dotted in words if word not in _SMALL and word]
    if len(typed) < 2:
        return []
    codes: dict[str, None] = {}
    for known, code in names.items():
        full = [word for word in known.split() if word not in _SMALL]
        if len(full) != len(typed) or not any(
            word == other for (word, _), other in zip(typed, full, strict=True)
        ):
            continue
        if all(
            word == other or ((dotted or len(word) <= 3) and _shortens(word, other))
            for (word, dotted), other in zip(typed, full, strict=True)
        ):
            codes[code] = None
    return list(codes)


def _shortens(short: str, word: str) -> bool:
    letters = iter(word)
    return short[:1] == word[:1] and all(letter in letters for letter in short)


def _suggest(key: str, names: dict[str, str]) -> list[str]:
    """Return the countries that may be meant by an unknown name, at most three.

    No word is dropped: the names that have all its words and one more (Sudan South, Macedonia),
    and the closest of those with a counterpart for every word.
    """
    typed = [word for word in key.split() if word not in _SMALL]
    if not typed:
        return []
    longer: dict[str, None] = {}
    close: dict[str, float] = {}
    for known, code in names.items():
        full = [word for word in known.split() if word not in _SMALL]
        if set(typed) <= set(full) and len(full) <= len(typed) + 1:
            longer[code] = None
        elif len(full) == len(typed):
            alike = [
                difflib.SequenceMatcher(None, word, other).ratio()
                for word, other in zip(typed, full, strict=True)
            ]
            if min(alike) >= 0.75:
                close[code] = max(close.get(code, 0), sum(alike) / len(alike))
    best = max(close.values(), default=0)
    codes = [code for code, ratio in close.items() if ratio > best - 0.02]
    codes += [code for code in longer if code not in codes]
    return codes if len(codes) <= 3 else []


@cache
def _table() -> tuple[dict[str, str], ...]:
    # The file is read, not the package's converter: that would match by regular expression.
    text = (resources.files("country_converter") / "country_data.tsv").read_text("utf-8")
    return tuple(csv.DictReader(io.StringIO(text, newline=""), delimiter="\t"))


@cache
def _other_names() -> tuple[dict[str, str], ...]:
    file = resources.files("analysis.imports.reading") / "country_names.csv"
    return tuple(csv.DictReader(io.StringIO(file.read_text("utf-8"), newline="")))


@cache
def _never_read() -> dict[str, str]:
    """Return the reason why a simplified name is not read, by the name."""
    return {row["name"]: row["never_read"] for row in _other_names() if row["never_read"]}


@cache
def _short_names() -> dict[str, str]:
    return {row["ISO3"]: row["name_short"] for row in _table()}


@cache
def _members() -> dict[str, str]:
    return _collect(tuple(row for row in _table() if row["UNmember"]))


@cache
def _countries() -> dict[str, str]:
    return _collect(tuple(row for row in _table() if not row["obsolete"]))


def _collect(rows: tuple[dict[str, str], ...]) -> dict[str, str]:
    """Return simplified name -> ISO3; a name two rows would share is left out."""
    found: dict[str, set[str]] = {}
    listed = {row["ISO3"] for row in rows}
    named = [(row["ISO3"], row[name]) for row in rows for name in ("name_short", "name_official")]
    others = [(row["iso3"], row["name"]) for row in _other_names() if row["iso3"] in listed]
    for code, name in (*named, *others):
        found.setdefault(simplify(name), set()).add(code)
    return {name: codes.copy().pop() for name, codes in found.items() if len(codes) == 1}
