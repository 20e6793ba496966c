"""What a figure counts, how it stands with the claim, and what of its scope the text says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from analysis.reading import vocabulary
from analysis.reading.documents import Document
from analysis.reading.figures import Figure

#: The outcomes of casualties.csv, and the words of a text for each. The first that fits counts.
_OUTCOMES: Final = (
    ("killed or wounded", r"killed (?:or|and) (?:wounded|injured)|killed or maimed"),
    ("killed or missing", r"(?:dead|killed) or missing"),
    ("killed", r"kill\w*|dead|died|die|deaths?|fatalit\w+|bodies|lost their lives|lives lost|toll|"
               r"slain|executed|victims|funerals|drowned|perished|suffocated"),
    ("wounded", r"wound\w*|injur\w+|hurt"),
    ("missing", r"missing|unaccounted"),
    ("captured", r"captured|captives?|hostages?|prisoners? of war"),
)  # fmt: skip
_MEASURES: Final = (
    ("casualties", r"casualt\w+"),
    ("without water", r"(?:without|no|lack\w*|cut off from) (?:\w+ ){0,3}water"),
    ("without power", r"(?:without|no|lack\w*) (?:\w+ ){0,2}(?:power|electricity|heating)"),
    ("without shelter", r"(?:without|no|lack\w*) (?:\w+ ){0,2}(?:shelter|housing)"),
    ("out of school", r"out of school"),
    ("internally displaced", r"displac\w+|idps?|homeless|evacuat\w+|uprooted"
                             r"|(?:from|out of|fled|flee|left|lost) their homes"),
    ("refugees", r"refugees?|asylum|(?:fled|flee|crossed|left|fleeing) (?:\w+ ){0,3}?"
                 r"(?:abroad|the country|the border|borders)"
                 r"|crossed into (?-i:[A-Z]\w+)"),
    ("fled", r"fled|flee|fleeing"),
    ("people in need", r"(?:in|need\w*) (?:of )?(?:humanitarian )?(?:aid|assistance|help)|need|"
                       r"hunger|food[- ]insecure|starv\w+|malnutrition|malnourished|at risk"),
    ("cases", r"cases?|infected|infections?"),
    ("affected", r"affected"),
    ("votes", r"votes?|voted|abstentions?|abstained"),
    ("population", r"population|inhabitants"),
)  # fmt: skip
_GROUPS: Final = (
    ("children", r"children|child|boys?|girls?|infants?|babies|kids|minors"),
    ("health workers", r"(?:health|medical)(?:care)? (?:workers?|personnel|staff)|medics?|"
                       r"paramedics?|doctors?|nurses?"),
    ("aid workers", r"aid workers?|humanitarian workers?|relief workers?"),
    ("journalists", r"journalists?|reporters?|cameram[ae]n|media workers?"),
    ("women", r"women|woman"),
    ("fighters", r"soldiers?|troops|fighters?|militants?|rebels?|gunmen|servicem[ae]n|service "
                 r"members|combatants?"),
    ("civilians", r"civilians?|residents|villagers"),
    ("prisoners", r"prisoners?|detainees?"),
    ("foreigners", r"foreigners?|foreign nationals|third[- ]country nationals"),
    ("everybody", r"people|persons?|others?|men|"
                  r"(?-i:[A-Z][a-z]+(?:ans|ese|elis|stanis|enis|aqis|alis|udis|eshis))"),
)  # fmt: skip
#: What is killed, lost and displaced, and is nobody: "11,000 head of cattle drowned".
_NOBODY: Final = re.compile(
    r"[\s-]*(?:head of )?(?:(?!fled|left|lost|their|the|from|in)[a-z]+ ){0,2}"
    r"(?:cattle|livestock|animals?|sheep|goats?|cows?|camels?|pigs|poultry|chickens|houses?|homes|buildings?|hectares?|vehicles?|tanks?|schools?|villages?)\b"
)
#: "A third of the district's 60,000 people": the whole of a share stands behind it.
_OF_WHOLE: Final = re.compile(r"\sof\s[^.;:]{0,60}?\d[\d,. ]*")
_PEOPLE: Final = frozenset({"killed", "wounded", "missing", "captured", "killed or wounded"})
_MONEY: Final = {"$": "usd", "US$": "usd", "USD": "usd", "€": "eur", "EUR": "eur", "£": "gbp"}

_OUTCOME: Final = re.compile(
    "|".join(f"(?P<o{n}>\\b(?:{p})\\b)" for n, (_, p) in enumerate(_OUTCOMES)), re.I
)
_MEASURE: Final = re.compile(
    "|".join(f"(?P<m{n}>\\b(?:{p})\\b)" for n, (_, p) in enumerate(_MEASURES)), re.I
)
_GROUP: Final = re.compile(
    "|".join(f"(?P<g{n}>\\b(?:{p})\\b)" for n, (_, p) in enumerate(_GROUPS)), re.I
)
_NOUN: Final = re.compile(
    r"[\s-]*(?:of (?:the |its |their |our |his |her |them)?)?(?P<words>(?:[\w’'-]+\s?){1,6})"
)
_PLACE: Final = re.compile(
    r"\b(?:in|across|throughout|inside|near|around|from)\s(?:the\s)?(?P<place>(?:(?:northern|"
    r"southern|eastern|western|central|north|south|east|"
    r"west)\s)?[A-Z][\w’-]+(?:\s(?:and\s)?(?:[A-Z][\w’-]+|of|el|al)){0,4})"
)
_SINCE: Final = re.compile(
    r"\bsince\s(?P<since>[^,.;]{3,40})|\b(?:between\s(?P<between>[^,.;]{3,20}?)\sand"
    r"|from\s(?P<from>[^,.;]{3,20}?)\s(?:to|until|through))\s(?P<until>[^,;]{3,20})",
    re.IGNORECASE,
)
_PREDICTED: Final = re.compile(
    r"\b(?:could|may|might|expect\w*|predict\w*|forecast\w*|project(?:s|ed|ions?)|plans? to|"
    r"aims? to|targets?|targeted|likely to|at risk of|fears?|feared|seeks to|by the end of)\b",
    re.IGNORECASE,
)
_UNVERIFIED: Final = re.compile(
    r"\b(?:could not be (?:independently )?(?:verified|confirmed|checked)|not (?:been "
    r")?(?:independently )?"
    r"verified|unverified|unconfirmed|impossible to (?:independently )?verify|no way of verifying|"
    r"not possible to (?:independently )?verify|yet to be (?:verified|corroborated|confirmed)|"
    r"allegations?|cannot (?:independently )?verify|could not (?:independently )?(?:verify|"
    r"confirm)|neither figure)\b",
    re.IGNORECASE,
)
_DENIED: Final = re.compile(
    r"\b(?:den(?:ied|ies|y)|reject(?:s|ed)|dismiss(?:es|ed)|refut(?:es|ed))\b", re.I
)
_NOT_RELEASED: Final = re.compile(
    r"(?<![\w’'-])(?P<who>[A-Z](?:[\w’' -]|\.(?!\s+[A-Z])){1,40}?"
    r"|It|They|He|She)\s(?P<words>(?:has|have|had|did)\s(?:not|n[o’']t)\s(?:yet\s)?"
    r"(?:release[d]?|give[n]?|disclose[d]?|publish(?:ed)?|provide[d]?|say|said)|hasn[’']t released|"
    r"declined to (?:give|say|release))\b[^.]{0,200}\b(?:figures?|numbers?|toll|count|how many|"
    r"casualt\w+|losses)\b"
)


@dataclass(frozen=True)
class Counted:
    """What is counted, as far as the text says it plainly; an empty text is an open question."""

    unit: str
    outcome: str = ""
    measure: str = ""
    who: str = ""
    place: str = ""
    since: str = ""
    until: str = ""
    status: str = "stated"


def find_counted(document: Document, figures: list[Figure], at: int) -> Counted:
    """Say what the figure at a place in the list counts, from the words beside it."""
    text, figure = document.text, figures[at]
    sentence = document.sentences[document.sentence_at(figure.start)]
    line = document.blocks[document.block_at(figure.start)]
    numbers = [
        f for f in figures[max(0, at - 4) : at + 5] if f.kind in ("figure", "duration", "date")
    ]
    later = [f.start for f in numbers if f.start >= figure.end]
    earlier = [f.end for f in numbers if f.end <= figure.start]
    stop = min([*later, sentence.end, figure.end + 110])
    is_share = _is_share(figure)
    if is_share and (whole := _OF_WHOLE.match(text, figure.end, sentence.end)):
        stop = min(sentence.end, whole.end() + 110)
    start = max([*earlier, sentence.start, figure.start - 70])
    after, before = text[figure.end : stop], text[start : figure.start]
    is_whole = (
        at > 0
        and _is_share(figures[at - 1])
        and (re.fullmatch(r"\sof\s[^.;:,]{0,60}", text[figures[at - 1].end : figure.start]))
    )
    if is_whole or _NOBODY.match(after):
        return Counted(_unit(figure, after, "", "", ""), status=_status(document, figure, line.end))
    kind, name = _kind(_until_clause(after), "")
    if not kind and not after.startswith("-"):
        kind, name = _kind(after, before)
    if not kind and not after.startswith("-") and later and min(later) < sentence.end:
        # "at least 227 civilians and 525 children were killed": what follows both.
        kind, name = _kind(text[min(later) : sentence.end][:110], "")
    group = _first(_GROUP, _GROUPS, "g", _until_clause(after)) or ""
    if (
        not group
        and kind == "outcome"
        and (heard := _first(_GROUP, _GROUPS, "g", text[sentence.start : figure.start]))
    ):
        group = heard
    place = _PLACE.search(text, figure.end, min(sentence.end, figure.end + 120))
    since = _SINCE.search(text, sentence.start, sentence.end)
    return Counted(
        "share" if is_share else _unit(figure, after, kind, name, group),
        outcome=name if kind == "outcome" else "",
        measure=name if kind == "measure" else "",
        who=group if kind else "",
        place=place["place"] if place else "",
        since=(since["since"] or since["between"] or since["from"]).strip() if since else "",
        until=(since["until"] or "").strip() if since else "",
        status=_status(document, figure, line.end),
    )


def _is_share(figure: Figure) -> bool:
    return isinstance(figure.value, Fraction) and figure.value < 1 and not figure.unit


def find_silences(document: Document) -> list[tuple[int, int, str]]:
    """Find where a text says that somebody has given no figure: start, end, who."""
    return [
        (found.start("words"), found.end("words"), found["who"].strip())
        for found in _NOT_RELEASED.finditer(document.text)
    ]


def _kind(after: str, before: str) -> tuple[str, str]:
    """The first word after a figure that says what it counts, else the last one before it."""
    hits = []
    for pattern, table, letter, kind in (
        (_OUTCOME, _OUTCOMES, "o", "outcome"),
        (_MEASURE, _MEASURES, "m", "measure"),
    ):
        if found := pattern.search(after):
            hits.append((found.start(), kind, _name(found, table, letter)))
    if hits:
        return min(hits)[1:]
    for pattern, table, letter, kind in (
        (_OUTCOME, _OUTCOMES, "o", "outcome"),
        (_MEASURE, _MEASURES, "m", "measure"),
    ):
        all_found = list(pattern.finditer(before))
        if all_found:
            hits.append((-all_found[-1].start(), kind, _name(all_found[-1], table, letter)))
    return min(hits)[1:] if hits else ("", "")


def _name(found: re.Match[str], table: tuple[tuple[str, str], ...], letter: str) -> str:
    return table[int((found.lastgroup or letter + "0").removeprefix(letter))][0]


def _first(
    pattern: re.Pattern[str], table: tuple[tuple[str, str], ...], letter: str, words: str
) -> str:
    found = pattern.search(words)
    return _name(found, table, letter) if found else ""


def _until_clause(words: str) -> str:
    return re.split(r"[,;:.(]", words, maxsplit=1)[0]


def _unit(figure: Figure, after: str, kind: str, name: str, group: str) -> str:
    if figure.unit == "%":
        return "share_pct"
    if figure.unit:
        return _MONEY.get(figure.unit, figure.unit.strip(".").lower())
    if kind == "outcome":
        people = "people" if group in ("", "everybody") else group.replace(" ", "_")
        return f"{people}_{name.replace(' ', '_')}"
    if kind == "measure":
        return name.replace(" ", "_")
    noun = _NOUN.match(after)
    if noun is None:
        return ""
    words = []
    for word in noun["words"].split():
        if word.lower() in vocabulary.NOUN_STOPS or not word[0].isalpha():
            break
        words.append(word.lower().strip("’'"))
    return "_".join(words[-2:]) if words else ""


def _status(document: Document, figure: Figure, line_end: int) -> str:
    text = document.text
    number = document.sentence_at(figure.start)
    sentence = document.sentences[number]
    clause = max(sentence.start, figure.start - 90)
    if _DENIED.search(text, figure.end, min(sentence.end, figure.end + 60)) and not _DENIED.search(
        text, sentence.start, figure.start
    ):
        return "denied"
    if re.search(r"\bdenied\s(?:the\s)?$", text[clause : figure.start]):
        return "denied"
    if _UNVERIFIED.search(text, sentence.start, sentence.end):
        return "unverified"
    if number + 1 < len(document.sentences):
        following = document.sentences[number + 1]
        if (
            following.start < line_end
            and not re.search(r"\d", text[following.start : following.end])
            and _UNVERIFIED.search(text, following.start, following.end)
        ):
            return "unverified"
    led = re.split(r"[,—–]\s(?=(?:an?|the|which)\s)", text[clause : figure.start])[-1]
    near = led + text[figure.end : min(sentence.end, figure.end + 50)]
    return "predicted" if _PREDICTED.search(near) else "stated"
