"""Asking for what was not given, in a terminal: one line a question, with what is known offered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import typer

#: So many of the words that fit are named; so many of all that there are.
_NAMED, _LISTED = 8, 40

#: What may stand in a column of a kind that has no list of words.
_HELP = {
    "text": "any text of one line; empty where nothing is to be said",
    "key": "a short key of lower case letters, digits and hyphens, such as who-2023-05-01",
    "day": "a day as 2023-05-01",
    "wording": "the figure alone, as it was said: nearly 500, at least 227, 7,000 to 15,000",
    "whole number": "a whole number in plain digits",
    "iso3": "a country by its code of three letters",
}

#: Columns that are not asked for: worked out, or for published data sets.
_NOT_ASKED = ("low", "best", "high")


def ask_casebook(
    given: Mapping[str, str], parties: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Ask for title, first day and country of a new casebook, and for its parties by key.

    Only what was not `given` is asked for; parties only where none was given.
    """
    from analysis.casebook.new import find_country
    from analysis.tables import parse_day

    print("First day and parties may stay empty; Ctrl-C leaves everything as it was.")
    title = given["title"] or typer.prompt("Title of the crisis, in a few words")
    first_day = given["first_day"] or _ask_until(
        "First day, as 2023-04-15", lambda said: f"{parse_day(said, 'first day'):%Y-%m-%d}"
    )
    country = given["country"]
    while not country:
        country = _ask_until("Country, by name or code *", find_country)
    if parties:
        return {"title": title, "first_day": first_day, "country": country}, dict(parties)
    parties = {}
    while said := _ask('A side that fights, as "rsf=the RSF" (empty: no more)'):
        key, equals, name = (part.strip() for part in said.partition("="))
        if not equals or not key or not name:
            print('  expected a short key, "=" and a name, as in rsf=the RSF')
            continue
        parties = {**parties, key: name}
    return {"title": title, "first_day": first_day, "country": country}, parties


def ask_row(name: str, data: str, known: Mapping[str, str] | None = None) -> dict[str, str]:
    """Ask for a row, but for the columns known, and say the bounds read from its wording."""
    from analysis.casebook.adding import USUAL, find_table, say_bounds, split_including
    from analysis.tables import find_casebook, read_references
    from analysis.tables.settings import read_settings

    table = find_table(name)
    references = read_references(find_casebook(data))
    row = dict(known or {})
    print(f"A row of {table.file}; * is needed. A few letters of a key or a name are enough.")
    for column, rule in table.schema.items():
        if column in row or column in _NOT_ASKED:
            continue
        about = rule.metadata
        words = _list_words(about, references)
        usual = USUAL.get(column, "")
        if column == "source_id" and about.get("refers_to") and len(references["sources"]):
            usual = str(references["sources"]["source_id"].iloc[-1])
        if column in ("area", "origin"):
            usual = read_settings(find_casebook(data)).origin
        while True:
            said = _ask(f"{rule.description}\n  {column}{'' if rule.nullable else ' *'}", usual)
            target = about.get("refers_to", "")
            if said == "?" and not words:
                print(f"  {rule.description}: {_HELP.get(str(about.get('kind')), '')}")
                continue
            if said and target and not words:
                print(f"  there are no {target} yet; figures add {target} adds one")
                continue
            if said == "?" or (said and words):
                said, told = choose_word(said, words)
                if told:
                    print(f"  {told}")
                if not said:
                    continue
            if not said and not rule.nullable and about.get("kind") != "wording":
                print("  this cannot be left empty")
                continue
            try:
                if about.get("kind") == "day" and said:
                    from analysis.tables import parse_day

                    parse_day(said, column)
                if column == "wording" and said:
                    for part in split_including({"wording": said}, references["groups"]):
                        # The unit is asked for later: a share is read as one where it can be.
                        wide = "percent" if "unit" in table.columns and _is_share(said) else ""
                        print(f"  read as {say_bounds(part['wording'], wide)}")
            except ValueError as problem:
                print(f"  {problem}")
                continue
            row[column] = said
            break
    return row


def choose_word(said: str, words: Mapping[str, str]) -> tuple[str, str]:
    """Return the word that was meant, or "", and what to tell.

    Said is a word, a few letters of it or of its name, or "?"; `words` have each their name.

    >>> choose_word("health", {"who": "the World Health Organization", "un": "the UN"})
    ('who', 'who: the World Health Organization')
    """
    from analysis.tables import suggest_key

    if said in words:
        return said, ""
    letters = "" if said == "?" else said.casefold()
    exact = [key for key, name in words.items() if name.casefold() == letters]
    if letters and len(exact) == 1:
        return exact[0], _name(exact[0], words)
    near = [key for key, name in words.items() if letters in f"{key}\n{name}".casefold()]
    if len(near) == 1:
        return near[0], _name(near[0], words)
    if near:
        most = _NAMED if letters else _LISTED
        more = f", and {len(near) - most} more" if len(near) > most else ""
        return "", f"which one? {'; '.join(_name(key, words) for key in near[:most])}{more}"
    hint = suggest_key(said, words) or "? shows those that there are"
    return "", f'nothing here is called "{said}"; {hint}'


def _name(key: str, words: Mapping[str, str]) -> str:
    return f"{key}: {words[key]}" if words[key] else key


def _list_words(about: Mapping[str, Any], references: Mapping[str, object]) -> dict[str, str]:
    """Return the words allowed in a column, each with what it means or is called."""
    import pandas as pd

    from analysis.tables.countries import list_countries, name_country

    words: dict[str, str] = {}
    target = str(about.get("refers_to", ""))
    frame = references.get(target)
    if isinstance(frame, pd.DataFrame):
        named = next((name for name in ("name", "title", "plural") if name in frame), "")
        names = frame[named].fillna("") if named else [""] * len(frame)
        words = dict(zip(frame.iloc[:, 0].astype(str), map(str, names), strict=True))
    also: Iterable[str] = about.get("also", ())
    choices: Iterable[str] = about.get("choices", ())
    meanings: Mapping[object, object] = about.get("meanings", {})
    codes = list_countries().index
    if about.get("kind") == "iso3":
        also = codes
    for word in (*choices, *also):
        said = name_country(word) if word in codes else str(meanings.get(word, ""))
        words.setdefault(str(word), said)
    return words


def _ask(question: str, usual: str = "") -> str:
    return str(typer.prompt(question, default=usual, show_default=bool(usual))).strip()


def _ask_until(question: str, read: Callable[[str], object]) -> str:
    """Ask until the answer is empty or can be read."""
    while said := _ask(question):
        try:
            return str(read(said))
        except ValueError as problem:
            print(f"  {problem}")
    return ""


def _is_share(wording: str) -> bool:
    from analysis.bounds import read_wording

    try:
        return read_wording(wording, counts=False).unit == "%"
    except ValueError:
        return False
