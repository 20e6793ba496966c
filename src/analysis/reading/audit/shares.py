"""Shares beside their part and their whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from analysis.reading.audit.allowed import exactly, judge, multiply, percent, rounded
from analysis.reading.audit.statements import (
    BETWEEN,
    FIGURE,
    Found,
    Statement,
    in_brackets,
    is_share,
    pick,
    say,
    words,
)
from analysis.reading.documents import Document
from analysis.reading.figures import Figure

_OF: Final = r"(?:the |its |his |their |all |a total of )?"
_NEAR: Final = r"[^«»‹›.;:()]{0,30}?"
#: How a share stands beside its part and its whole, and which figure is which.
_SHARES: Final = tuple(
    (re.compile(pattern), order)
    for pattern, order in (
        # "22.4 million of the 61 million needed (37 per cent)"
        (
            rf"{FIGURE}{BETWEEN}(?:\([^()«»]*\)\s)?\(?(?:of|out of)\s{_OF}(?:\w+[’']s? "
            rf")?{FIGURE}{BETWEEN}"
            rf"(?:\(|,? or |,? (?:that is|which is|making|amounting to|equal to) |— |– ){FIGURE}",
            ("part", "whole", "share"),
        ),
        # "11% funded: $48.7 million of $443 million"
        (
            rf"{FIGURE} (?:funded|covered|complete)"
            rf"\b[^«»]{{0,20}}?[:(,—–-]\s?{FIGURE}[^«»]{{0,20}} (?:of|out of) (?:the )?{FIGURE}",
            ("share", "part", "whole"),
        ),
        # "Of the 640 homes, 160, or a quarter, …"
        (
            rf"\b[Oo]f (?:the |its )?{FIGURE}{BETWEEN},? {FIGURE}{BETWEEN}?(?:,? (?:or|that is)"
            rf"|\s[—–]) {FIGURE}",
            ("whole", "part", "share"),
        ),
        # "3.4 million make up 41% of the 8.3 million"
        (
            rf"{FIGURE}{BETWEEN}\b(?:make up|makes up|made up|amounts? to|represents?|equals?|"
            rf"accounts? for|(?<=, )or) {FIGURE} of (?:the |its |all |some )?(?:\w+[’']s? "
            rf")?{FIGURE}",
            ("part", "share", "whole"),
        ),
        # "stands at 84 million, 70% of its target of 120 million"
        (
            rf"{FIGURE}{BETWEEN}(?:,|\bor|—|–) {FIGURE} of (?:the |its )?(?:\w+ )?(?:target|goal|"
            rf"appeal|total|plan|requirement|need)s? of {FIGURE}",
            ("part", "share", "whole"),
        ),
        # "One in ten of its 44 million, some 4.4 million"; "a third of the 1,200 (400)"
        (
            rf"{FIGURE} of (?:the |its |all |their )?(?:[\w’']+ ){{0,3}}{FIGURE}{_NEAR}"
            rf"(?:\s\(|,? (?:or|that is|meaning) |, |\s[—–-]\s)(?:about |some )?{FIGURE}"
            r"(?:(?: [a-z]+)?(?:\)|[,.;]|\s[—–-])| (?:people|in all)\b)",
            ("share", "whole", "part"),
        ),
        # "20 deaths among 400 patients, a fatality rate of 5 per cent"
        (
            rf"{FIGURE}{BETWEEN}(?:among|out of|of|in) {FIGURE}{BETWEEN},? (?:an?|the) (?:\w+ "
            rf"){{0,2}}"
            rf"(?:rate|ratio|share|proportion) of {FIGURE}",
            ("part", "whole", "share"),
        ),
        # "2.1 million of the 2.3 million residents, more than 90 per cent, are displaced."
        (
            rf"{FIGURE}{BETWEEN} (?:out )?of (?:the |its |all |"
            rf"their )?(?:[\w’']+ ){{0,2}}{FIGURE}{_NEAR}, {FIGURE}[,.;]",
            ("part", "whole", "share"),
        ),
        # "more than 2% of 44 million, or 880,000"
        (
            rf"{FIGURE} of (?:the |its |all )?(?:\w+[’']s? )?{FIGURE}{BETWEEN},? (?:or|that is|"
            rf"some|meaning) {FIGURE}",
            ("share", "whole", "part"),
        ),
    )
)
_SAID_TWICE: Final = re.compile(
    rf"{FIGURE}(?:\s[\w’']+){{0,3}}(?:(?:,? or |\s\(){FIGURE}|, {FIGURE}[,.;])"
)
_WITH_BRACKETS: Final = re.compile(rf"{FIGURE}{_NEAR}\s?\({FIGURE}\)")


def find_shares(text: Statement) -> Iterator[Found]:
    """A share beside its part and its whole: "879 cases, of which 57% (499) were female"."""
    for pattern, order in _SHARES:
        for found in pattern.finditer(text.signs):
            said = dict(zip(order, pick(text, list(found.groups())), strict=True))
            yield from compare_share(text, said["part"], said["whole"], said["share"])
    # "One in five homes, or 20 per cent"
    for found in _SAID_TWICE.finditer(text.signs):
        one, other = pick(text, [found[1], found[2] or found[3]])
        if is_share(text, one) and is_share(text, other) and one.unit != other.unit:
            written = f"{words(text, one)}, or {words(text, other)}"
            yield "share", judge(percent(other), percent(one)), written, [one, other]
    # "57% (499)", "499 (57%)", of the whole that stands before.
    for found in _WITH_BRACKETS.finditer(text.signs):
        first, second = pick(text, list(found.groups()))
        stated, part = (first, second) if is_share(text, first) else (second, first)
        if not is_share(text, stated) or is_share(text, part) or part.unit:
            continue
        earlier = [one for one in text.figures if one.start < min(first.start, second.start)]
        yield from _bracketed(text, part, stated, earlier, text.signs[: found.start()])


#: A share put in beside its part ("36 of which, or half,"), or before both ("64%: 5 of 10").
_PUT_IN: Final = re.compile(
    rf"(?:,|\bor|\(|[—–-])\s?(?:an? (?:\w+ ){{0,3}}(?:ratio|rate|share|proportion) of )?"
    rf"{FIGURE}(?:\s?[,.:;)—–]|\s-|$|\sof (?:its|their|them|whom|which|the «))"
    rf"|(?:\bis|\bwas|\bat) {FIGURE}:|, {FIGURE} (?:is|are|was|were) (?:covered|funded|met|done)\b"
)


def find_lone_shares(text: Statement) -> Iterator[Found]:
    """A share in a sentence with two counts and no other: the smaller is its part."""
    counts = [one for one in text.figures if one.kind == "figure" and not is_share(text, one)]
    shares = [
        (number, one)
        for number, one in enumerate(text.figures)
        if one.kind == "figure" and is_share(text, one)
    ]
    if len(shares) != 1 or len(counts) != 2 or any(one.value is None for one in counts):
        return
    number, stated = shares[0]
    put_in = next(
        (one for one in _PUT_IN.finditer(text.signs) if str(number) in (one[1], one[2])), None
    )
    part, whole = sorted(counts, key=lambda one: one.value or 0)
    first, second = text.figures.index(part), text.figures.index(whole)
    linked = re.search(
        rf"«{first}»[^«»]{{0,30}}(?:«{number}»[^«»]{{0,12}})?\bof (?:the |its |all |their "
        rf")?(?:[\w’']+ )?«{second}»"
        rf"|«{second}»[^«»]{{0,40}}«{first}»[^«»]{{0,12}} of (?:which|whom|them)\b"
        rf"|«{second}»[^«»]{{0,40}}«{first}»[^«»]{{0,40}}«{number}» of (?:its|their|them)\b"
        rf"|\b[Oo]f (?:the |its |all )?«{second}»[^«».;]{{0,40}}«{first}»[^«».;]{{0,40}}«{number}»"
        rf"|«{second}»[^«».;]{{0,40}}\b(?:received|raised|secured|collected|paid)\b[^«».;]{{0,20}}"
        rf"«{first}»",
        text.signs,
    )
    if put_in is not None and linked and not _OF_CHANGE.search(text.signs):
        yield from compare_share(text, part, whole, stated)


_OF_CHANGE: Final = re.compile(
    r"\b(?:more|fewer|less|higher|lower|rose|fell|up|down|from|increas\w+|decreas\w+|drop\w*|ris\w+|"
    r"compared|children|women|men|than)\b"
)


def _bracketed(
    text: Statement, part: Figure, stated: Figure, earlier: list[Figure], before: str
) -> Iterator[Found]:
    """The whole of "57% (499)" is a figure before it; which one is plain only after "of"."""
    wholes = [
        one
        for one in (*reversed(earlier), *reversed(text.before))
        if one.kind == "figure" and one.value and not one.unit and not is_share(text, one)
        and one.value >= (part.value or 0) and not in_brackets(text.document, one)
    ]  # fmt: skip
    tried = [found for whole in wholes for found in compare_share(text, part, whole, stated)]
    for found in tried:
        if found[1] == "holds":
            yield found
            return
    of_it = re.search(
        r"\bof (?:which|whom|these|them|the «\d+»|«\d+»)|\b[Oo]f (?:the )?«\d+»", before
    )
    if tried and of_it and wholes[0] in earlier:
        yield tried[0]
    else:
        written = f"{say(part.value or 0)}: of which whole is not plain"
        yield "share", "cannot tell", written, [part, stated]


def compare_share(text: Statement, part: Figure, whole: Figure, stated: Figure) -> Iterator[Found]:
    """Set a share against the part and the whole that it may be of."""
    from analysis.bounds import ratio

    if not is_share(text, stated) or is_share(text, part) or is_share(text, whole):
        return
    if part.value is None or not whole.value or part.unit != whole.unit:
        return
    computed = multiply(ratio(exactly(part), exactly(whole)), Fraction(100))
    if part.qualifier == whole.qualifier == "exact":
        computed = multiply(ratio(rounded(part), rounded(whole)), Fraction(100))
    verdict = judge(percent(stated), computed)
    hundredths = Fraction(part.value) * 100 / Fraction(whole.value)
    quotient = f"{say(part.value)} ÷ {say(whole.value)} = {say(hundredths)} %"
    written = f"{quotient}, the text says {words(text, stated)}"
    yield "share", verdict, written, [part, whole, stated]


def find_shares_of_population(text: Statement, people: Figure | int | None) -> Iterator[Found]:
    """A share of the population, where those counted stand before it."""
    for found in re.finditer(
        rf"{FIGURE} of [^«».;]{{0,30}}\bpopulation\b|{FIGURE} of (?:\w+ )?(?:all )?(?:residents|"
        rf"inhabitants)\b",
        text.signs,
    ):
        stated = pick(text, [found[1] or found[2]])[0]
        if not is_share(text, stated):
            continue
        at = found.start()
        earlier = [f for n, f in enumerate(text.figures) if 0 <= text.signs.find(f"«{n}»") < at]
        counted = [
            one
            for one in (*text.before, *earlier)
            if one.kind == "figure"
            and not one.unit
            and (one.value or 0) > 999
            and one is not people
        ]
        if not counted or people is None:
            yield "share", "cannot tell", "the text does not say of how many", [stated]
            continue
        part = counted[-1]
        whole = (
            people
            if isinstance(people, Figure)
            else Figure(0, 0, "figure", people, people, people, "exact")
        )
        for kind, verdict, written, used in compare_share(text, part, whole, stated):
            yield kind, verdict, written, [one for one in used if one.end]


def find_population(document: Document, figures: list[Figure]) -> Figure | None:
    """The population that the text gives, if it gives one."""
    for one in figures:
        if one.kind == "figure" and one.value is not None and not one.unit:
            near = document.text[max(0, one.start - 40) : one.start]
            after = document.text[one.end : one.end + 20]
            if re.search(
                r"\bpopulation (?:of|is|was|stands at|numbers)\s(?:\w+\s)?$", near
            ) or re.match(r"\s(?:inhabitants|residents)\b", after):
                return one
    return None
