"""Totals and their parts, votes and members, what is left, averages and rankings."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Final

from analysis.reading.audit.allowed import between, exactly, is_rounded, judge, rounded
from analysis.reading.audit.statements import (
    BETWEEN,
    FIGURE,
    Finding,
    Found,
    Statement,
    Verdict,
    are_alike,
    is_share,
    pick,
    say,
    words,
)
from analysis.reading.documents import Document, Span
from analysis.reading.figures import Figure

#: How many members vote, where the text does not say it.
_MEMBERS: Final = {"general assembly": 193, "security council": 15, "human rights council": 47}


#: Counts in a row: "41 men, 21 women and 12 children".
_SERIES: Final = rf"{FIGURE}(?:[^«»‹›.,;:()]{{0,40}}?(?:,|;| and| plus| as well as)+\s{FIGURE})+"
#: Of what a count includes, the row ends with its clause.
_INCLUDED: Final = rf"{FIGURE}(?:[^«»‹›.,;:()]{{0,40}}?(?:,| and)+\s{FIGURE})*"


def find_totals(text: Statement) -> Iterator[Found]:
    """A total and its parts: "14,218 casualties: 4,731 killed and 9,487 injured"."""
    patterns = (
        (rf"{FIGURE}{BETWEEN}(?:\([^()«»]*\)\s)?{BETWEEN}:\s{_SERIES}", True),
        (rf"{FIGURE}{BETWEEN}\s\({_SERIES}[^«»‹›.;:()]{{0,40}}\)", True),
        (rf"{FIGURE}{BETWEEN}\s\((?:[a-z]+:? {FIGURE}(?:,|;| and)*\s?){{2,}}\)", True),
        (rf"{FIGURE}{BETWEEN},? (?:including|of whom|of which|among them|of them)"
         rf",?\s{_INCLUDED}", False),
        (rf"{FIGURE}{BETWEEN} (?:includes?|included|comprises?|comprised) {_INCLUDED}", False),
        (rf"{_SERIES}[^«»‹›.;:()]{{0,40}}?\s?(?:—|–|-|,)?\s?(?:for|making|bringing (?:it|the "
         rf"total) to|in all,|"
         rf"giving) (?:a|the )?(?:combined )?(?:total|overall total|all)?(?: of)? ?{FIGURE}", None),
    )  # fmt: skip
    for pattern, whole in patterns:
        for found in re.finditer(pattern, text.signs):
            numbers = re.findall(FIGURE, found[0])
            picked = pick(text, numbers)
            if any(one.value is None or one.kind != "figure" for one in picked):
                continue
            if whole and re.search(r"\bincluding\b", found[0]):
                whole = False
            if whole is None:
                total, parts = picked[-1], picked[:-1]
            else:
                total, parts = picked[0], picked[1:]
            if any(one.unit != total.unit or is_share(text, one) for one in parts) or is_share(
                text, total
            ):
                continue
            if whole and _FINITE.search(found[0].partition(":")[2]):
                continue  # "a gap of $72 million: $120 million is needed and $48 million came"
            end = text.signs.find(f"«{numbers[-1]}»") + len(f"«{numbers[-1]}»")
            if whole is None and not _CLOSED.match(text.signs, end):
                continue
            exhaustive = whole is None or (whole and len(parts) > 1)
            start = text.signs.find(f"«{numbers[0]}»")
            others = [
                f.value or 0
                for n, f in enumerate(text.figures)
                if 0 <= text.signs.find(f"«{n}»") < start
            ]
            if (
                whole is False
                and any((one.value or 0) > (total.value or 0) for one in parts)
                and others
            ):
                continue  # "12 dead and 3 injured, including 5 children": of both
            yield from compare_total(total, parts, exhaustive=exhaustive, named=whole is None)


def compare_total(
    total: Figure, parts: list[Figure], *, exhaustive: bool, named: bool = False
) -> Iterator[Found]:
    """Set a total against its parts: all of them, or some that it includes."""
    from analysis.bounds import contains, subtract, sum_bounds

    bounds = [exactly(one) for one in parts]
    summed, stated = sum_bounds(bounds), exactly(total)
    written = " + ".join(say(one.value or 0) for one in parts)
    value = sum((one.value or 0) for one in parts)
    if len(parts) > 1:
        written = f"{written} = {say(value)}, the text says {say(total.value or 0)}"
    else:
        written = f"{written} of {say(total.value or 0)}"
    if exhaustive:
        verdict = judge(stated, summed)
        if (
            len(parts) > 2
            and verdict == "fails"
            and value < (total.value or 0)
            and is_rounded(total)
            and (not named or (total.value or 0) - value <= Fraction(total.value or 0) / 20)
        ):
            verdict = "possible"
        yield "total", verdict, written, [total, *parts]
        return
    rest = subtract(stated, summed)
    if rest.high is not None and rest.high < 0:
        yield "total", "fails", f"{written}: more than the whole", [total, *parts]
    elif all(b.low is not None for b in (rest,)) and contains(rest, rest):
        yield "total", "holds", f"{written}: a part of it", [total, *parts]


def find_votes(text: Statement) -> Iterator[Found]:
    """Votes against members: "141 to 5, with 35 abstentions", of 193."""
    found = re.search(
        rf"\b(?:vote[ds]?|adopted|passed|vote was)\b[^«»]{{0,30}}{FIGURE}[^«»]{{0,25}}?(?:to|in "
        rf"favou?r|for)?[^«»]{{0,25}}?{FIGURE}"
        rf"[^«»]{{0,30}}?(?:with )?{FIGURE} ?(?:abst\w+|countries abstaining)",
        text.signs,
    )
    if found is None:
        return
    votes = pick(text, list(found.groups()))
    if any(one.value is None for one in votes):
        return
    cast = sum(one.value or 0 for one in votes)
    whole = text.document.text
    around = whole[max(0, text.span.start - 1_200) : text.span.end + 300].lower()
    members = next((size for body, size in _MEMBERS.items() if body in around), None)
    used = list(votes)
    for one in text.all:
        after = whole[one.end : one.end + 24].lower()
        near = abs(one.start - text.span.start) < 600 and one.kind == "figure" and one not in votes
        if not near or one.value is None or one.value <= cast * Fraction(3, 5):
            continue
        if re.match(r"[\s-](?:\w+ )?(?:members?|countries|states|nations?)\b", after):
            members, used = int(one.value), [*votes, one]
    written = " + ".join(say(one.value or 0) for one in votes) + f" = {say(cast)}"
    if members is None:
        yield "votes", "cannot tell", f"{written}; the text does not say of how many", used
    elif cast > members:
        yield "votes", "fails", f"{written}, more than {members} members", used
    else:
        missing = members - cast
        silent = re.search(
            rf"{FIGURE}(?: of (?:the )?«\d+»)?(?:[^«»]{{0,20}}) (?:did not vote|absent|were absent|"
            rf"not voting|not take part)",
            text.signs,
        )
        stated = pick(text, [silent[1]])[0] if silent else _absent(text)
        if stated is not None and stated.value is not None:
            verdict: Verdict = "holds" if stated.value == missing else "fails"
            written = f"{members} − {say(cast)} = {say(missing)}"
            written = f"{written}, the text says {say(stated.value)}"
            yield "votes", verdict, written, [*used, stated]
        else:
            rest = "all accounted for" if not missing else f"{say(missing)} unaccounted for"
            yield "votes", "holds", f"{written} of {members} members: {rest}", used


def _absent(text: Statement) -> Figure | None:
    """Those who did not vote, in the sentences around."""
    whole = text.document.text
    for one in text.all:
        after = whole[one.end : one.end + 40]
        silent = re.match(r"\s(?:\w+ ){0,2}(?:did not vote|were absent|was absent)", after)
        if silent and one.kind == "figure" and abs(one.start - text.span.start) < 500:
            return one
    return None


def find_remainders(text: Statement) -> Iterator[Found]:
    """What is left: "Of the 175 members, 164 voted and the other 11 did not"."""
    for found in re.finditer(
        rf"\b[Oo]f (?:the |its |their )?{FIGURE}{BETWEEN},? {FIGURE}{BETWEEN}(?:,| and|;| "
        rf"while)+ (?:the )?(?:other|remaining|rest,?) {FIGURE}",
        text.signs,
    ):
        whole, part, rest = pick(text, list(found.groups()))
        if not are_alike(whole, part, rest) or is_share(text, part):
            continue
        for _, verdict, written, used in compare_total(whole, [part, rest], exhaustive=True):
            yield "remainder", verdict, written, used


def find_partitions(text: Statement) -> Iterator[Found]:
    """Parts that cannot overlap: "of 100 guards 41 escaped; 59 died", "28 of 36 are closed"."""
    for found in re.finditer(
        rf"\b[Oo](?:ut o)?f (?:the |its |their |a total of "
        rf")?{FIGURE}(?P<rest>[^«».;]{{0,40}}?,? (?:only |just )?"
        rf"{FIGURE}.*)|{FIGURE} of (?:the |its |their )?{FIGURE}(?P<then>.*)"
        rf"|(?P<all>{FIGURE})[^«».;]{{0,30}}, (?P<some>{FIGURE}) of (?:them|these|whom|which)"
        rf"(?P<others>.*)",
        text.signs,
    ):
        if found["all"]:
            whole = pick(text, [found[8]])[0]
            stated = found["some"] + found["others"]
        elif found[1]:
            whole, stated = pick(text, [found[1]])[0], found["rest"]
        else:
            part, whole = pick(text, [found[4], found[5]])
            stated = f"«{found[4]}»" + found["then"]
        parts = pick(text, re.findall(FIGURE, stated))
        phrases = re.split(FIGURE, stated)[2::2]
        if (
            not 2 <= len(parts) <= 5
            or not whole.value
            or any(not _counts(one, whole) for one in parts)
        ):
            continue
        if any(is_share(text, one) for one in parts) or re.search(
            r"\b(?:includ|of wh|of them|other)", stated
        ):
            continue
        places = sum(
            bool(re.match(r"[^,;]{0,20}\b(?:in|from|elsewhere)\b", phrase)) for phrase in phrases
        )
        ends = [_END_OF.search(phrase) for phrase in phrases]
        votes = len(_VOTED.findall(stated)) >= len(parts)
        opposite = len(parts) == 2 and all(ends) and bool(ends[0]["bad"]) != bool(ends[1]["bad"])  # type: ignore[index]
        denied = [bool(_DENIED.search(phrase)) for phrase in phrases]
        opposite = opposite or denied == [False, True]
        if not (opposite or votes or _exclude_each_other(phrases)) and places < len(parts):
            continue
        complete = (opposite and "only " in stated) or re.search(
            r"\b(?:elsewhere|the rest)\b", stated
        )
        total = sum(one.value or 0 for one in parts)
        sums = " + ".join(say(one.value or 0) for one in parts)
        written = f"{sums} = {say(total)} of {say(whole.value)}"
        if total > whole.value or (complete and total < whole.value):
            yield "total", "fails", written, [whole, *parts]
        elif total == whole.value:
            yield "total", "holds", written, [whole, *parts]
    for found in re.finditer(rf"{FIGURE} (?:out )?of (?:the|its|their|all) {FIGURE}", text.signs):
        part, whole = pick(text, list(found.groups()))
        if _counts(whole, part) and part.value != whole.value and not is_share(text, part):
            written = f"{say(part.value or 0)} of {say(whole.value or 0)}: more than the whole"
            yield "total", "fails", written, [part, whole]
    for found in re.finditer(
        rf"{FIGURE}{_ANY}{FIGURE} (?:were|was|are|of them|of whom|died|survived|had|\w+ed)"
        rf"\b[^«».;]{{0,40}}?,? leaving (?:another |the other |some )?{FIGURE} (?:still |others? |"
        r"people )*(?:missing|unaccounted|dead|alive|trapped|on board|open|closed|to be|in "
        r"(?:custody|hospital|detention|prison|place)|held|behind|active)"
        rf"|(?P<part>{FIGURE}) of (?:the |its |their )?{FIGURE}{_ANY},? leaving (?:another |the "
        rf"other |some )?{FIGURE} (?:in|without|to|still|under|at)\b",
        text.signs,
    ):
        numbers = [number for number in found.groups() if number and number.isdigit()]
        whole, part, rest = pick(text, numbers)
        if found["part"]:
            whole, part = part, whole
        if _counts(part, whole) and rest.qualifier == "exact" and rest.unit == whole.unit:
            for _, verdict, written, used in compare_total(whole, [part, rest], exhaustive=True):
                yield "remainder", verdict, written, used


#: Between two figures of one sum, a semicolon too.
_ANY: Final = r"(?:[^«»‹›.:()]{0,60}?)"
#: Who is one of them is none of the others.
_EXCLUSIVE: Final = (
    frozenset({"men", "women", "children"}),
    frozenset({"men", "women", "boys", "girls"}),
    frozenset({"children", "adults"}),
    frozenset({"civilians", "soldiers", "police", "militants"}),
)


def _exclude_each_other(phrases: list[str]) -> bool:
    """Whether the parts are groups that do not overlap: "80 women, 41 men and 27 children"."""
    nouns = [re.findall(r"[a-z]+", phrase.lower()) for phrase in phrases]
    return any(
        len({word for words in nouns for word in words if word in family}) == len(nouns)
        and all(sum(word in family for word in words) == 1 for words in nouns)
        for family in _EXCLUSIVE
    )


_VOTED: Final = re.compile(r"\b(?:in favou?r|against|abstain\w*|abstention\w*|voted for)\b")
#: "60 have returned and 15 have not".
_DENIED: Final = re.compile(r"\b(?:ha(?:s|ve|d)|do|does|did|is|are|was|were|could|can) ?not\b")
#: How a count ends, well or ill: no one is in both.
_END_OF: Final = re.compile(
    r"(?P<bad>\b(?:closed|shut|destroyed|died|dead|killed|drowned|missing|lost|out of service|shot "
    r"down|intercepted|downed)\b)|\b(?:got through|operat\w+|open|work|working|works|function\w*|"
    r"survived|escaped|rescued|saved|alive|intact|stand|standing)\b"
)


def _counts(one: Figure, whole: Figure) -> bool:
    """Whether a figure may be a part of another: counted alike, exact, and no larger."""
    return (
        one.kind == whole.kind == "figure"
        and one.value is not None
        and whole.value is not None
        and one.unit == whole.unit
        and one.qualifier == whole.qualifier == "exact"
        and one.value <= whole.value
    )


def find_sums_of_rows(text: Statement) -> Iterator[Found]:
    """A row of counts and their sum: "in Palo 41, in Tanu 12 and in Sera six, a total of 59"."""
    numbers = list(re.finditer(FIGURE, text.signs))
    for at, found in enumerate(numbers):
        total = text.figures[int(found[1])]
        after = text.signs[found.end() : found.end() + 40]
        named = _TOTAL_OF.match(words(text, total))
        if not named and not re.match(r"[^«».;]{0,20}\b(?:in all|in total|altogether)\b", after):
            continue
        parts: list[Figure] = []
        end = found.start()
        for earlier in reversed(numbers[:at]):
            gap = text.signs[earlier.end() : end]
            joined = re.fullmatch(r"[^«».:()]{0,45}?(?:[,;—–]|\band\b)[^«».:()]{0,25}", gap)
            one = text.figures[int(earlier[1])]
            if not joined or _NOT_A_PART.search(gap) or not _counts(one, total):
                break
            parts.insert(0, one)
            end = earlier.start()
        if len(parts) > 1 and _CLOSED.match(text.signs, found.end()):
            yield from compare_total(total, parts, exhaustive=True, named=True)


#: After a sum: the end, or one noun and the end; "a total of 300 were hurt" is another.
_CLOSED: Final = re.compile(
    r"(?:\s[\w-]+)?(?:\s(?:in all|in total|altogether|so far))?\s*(?:[.,;)—–]|$)"
)
_FINITE: Final = re.compile(r"\b(?:is|are|has|have|was|were|will)\b")
_TOTAL_OF: Final = re.compile(r"a (?:combined )?total of\b", re.IGNORECASE)
_NOT_A_PART: Final = re.compile(r"\b(?:includ\w+|of wh\w+|among|from|up|down|to|than|of)\b")


def find_unions(text: Statement) -> Iterator[Found]:
    """Two counts and both together: "63 dead and 121 missing: 184 are dead or missing"."""
    for found in re.finditer(
        rf"{FIGURE}[^«».;:]{{0,20}}? (?P<one>[a-z]+)(?:,| and) {FIGURE}[^«».;:]{{0,20}}? "
        rf"(?P<other>[a-z]+)[^«».]{{0,30}}?{FIGURE}[^«».;]{{0,40}}?\b(?P=one) (?:or|and) "
        rf"(?P=other)\b"
        rf"|{FIGURE}[^«».;:]{{0,20}} and [^«».;:]{{0,20}}{FIGURE}[^«».;:]{{0,20}} ma(?:de|ke) up "
        rf"(?:the |all )?{FIGURE}",
        text.signs,
    ):
        one, other, both = pick(text, [each for each in found.groups() if each and each.isdigit()])
        if _counts(one, both) and _counts(other, both):
            yield from compare_total(both, [one, other], exhaustive=True, named=True)


#: Where how many, how much to each, and all of it stand among the numbers found; else in order.
_ORDERS: Final = {
    "of": (1, -1, 0),
    "people": (1, -1, 0),
    "with": (0, 2, 1),
    "sum": (2, 1, 0),
    "per": (2, 0, 1),
}


def find_products(text: Statement) -> Iterator[Found]:
    """So much to each: "each of the 250 families received $400, $100,000 in all"."""
    for found in re.finditer(
        rf"\b[Ee]ach of (?:the |its |their )?{FIGURE}{BETWEEN}{FIGURE}{BETWEEN}{FIGURE} (?:in all|"
        rf"in total|altogether)|{FIGURE}{BETWEEN}{FIGURE} each,? (?:or |for )?(?:a total "
        rf"of )?{FIGURE}(?: in all| in total| altogether|[,.;])"
        rf"|(?P<of>{FIGURE}){BETWEEN} (?:in|into|for|to|among|across) {FIGURE}{BETWEEN}, (?:or "
        rf")?{FIGURE} (?:\w+ )?each\b"
        rf"|(?P<people>{FIGURE}){BETWEEN}{FIGURE}{BETWEEN}, (?:or |there is |that is )?(?:one|"
        rf"«\d+»)(?: \w+)? (?:for every|per) {FIGURE}"
        rf"|(?P<with>{FIGURE}){BETWEEN} with {FIGURE}{BETWEEN}, (?:or )?{FIGURE} (?:\w+ )?each\b"
        rf"|(?P<sum>{FIGURE}){BETWEEN}, {FIGURE} (?:\w+ )?in each of (?:the |its |all )?{FIGURE}"
        rf"|per (?:head|person|capita|family)\b[^«»]{{0,30}}(?P<per>{FIGURE})"
        rf": {FIGURE}{BETWEEN}{FIGURE}",
        text.signs,
    ):
        numbers = re.findall(FIGURE, found[0])
        orders = (order for name, order in _ORDERS.items() if found[name])
        numbers = [numbers[place] for place in next(orders, range(len(numbers)))]
        number, each, total = pick(text, numbers)
        if number.unit or number.value is None or not are_alike(each, total):
            continue
        value = Fraction(number.value or 0) * Fraction(each.value or 0)
        written = f"{say(number.value or 0)} × {say(each.value or 0)} = {say(value)}"
        verdict = judge(rounded(total), between(value * Fraction(19, 20), value * Fraction(21, 20)))
        written = f"{written}, the text says {words(text, total)}"
        yield "average", verdict, written, [number, each, total]


def find_rankings(text: Statement) -> Iterator[Found]:
    """The largest first: "the largest group with 174,900, followed by Tarn (96,310)"."""
    for found in re.finditer(
        r"\b(?P<way>most|largest|highest|biggest|(?:worst|hardest)[- ](?:hit|affected)|fewest|"
        rf"smallest|lowest)\b[^«».;]{{0,60}}{FIGURE}[^.;]*?"
        rf"\b(?:followed by|ahead of|then|compared with|before)\b(?P<rest>[^;]*)",
        text.signs,
    ):
        numbers = [found[2], *re.findall(FIGURE, found["rest"])]
        picked = [
            one for one in pick(text, numbers) if one.kind == "figure" and not is_share(text, one)
        ]
        if len(picked) < 2 or not are_alike(*picked):
            continue
        values = [one.value for one in picked if one.value is not None]
        down = found["way"] not in ("fewest", "smallest", "lowest")
        in_order = all((a >= b) if down else (a <= b) for a, b in pairwise(values))
        sign = " ≥ " if down else " ≤ "
        verdict: Verdict = "holds" if in_order else "fails"
        yield "ranking", verdict, sign.join(map(say, values)) + "?", picked


def find_averages(text: Statement) -> Iterator[Found]:
    """So many to each: "12,000 people in 2,400 tents, an average of five per tent"."""
    for found in re.finditer(
        rf"{FIGURE}{BETWEEN}{FIGURE}{BETWEEN},? (?:or )?(?:an average of|on average|some|about)? "
        rf"?{FIGURE}[^«».;]{{0,20}}? (?:per|a|for each|for every|to each|to every|to a) \w+",
        text.signs,
    ):
        whole, parts, each = pick(text, list(found.groups()))
        if whole.value is None or not parts.value or parts.unit or parts.kind == "date":
            continue
        if not are_alike(whole, each) or is_share(text, each):
            continue
        if whole.value <= parts.value and not whole.unit:
            continue
        if not re.search(r"average| per | a head\b", found[0]):
            continue
        from analysis.bounds import ratio

        verdict = judge(rounded(each), ratio(rounded(whole), rounded(parts)))
        result = Fraction(whole.value) / Fraction(parts.value)
        quotient = f"{say(whole.value)} ÷ {say(parts.value)} = {say(result)}"
        written = f"{quotient}, the text says {words(text, each)}"
        yield "average", verdict, written, [whole, parts, each]


#: A line of a list with one count: "- Palo: 41 dead".
_ROW: Final = re.compile(r"\s*(?:[•*▪●–—-]\s*)?[^\W\d][\w’' ()]{1,40}\s?[:–—-]\s?[^.;:]{1,40}$")


def find_tables(document: Document, figures: list[Figure]) -> list[Finding]:
    """Columns of a table in a text, against the line that begins with "Total"."""
    findings: list[Finding] = []
    starts = [one.start for one in figures]
    rows: list[tuple[Span, list[Figure]]] = []
    for line in document.paragraphs:
        words = document.text[line.start : line.end]
        if words.count("|") < 2 and "\t" not in words and not _ROW.match(words):
            rows = []
            continue
        first, last = (bisect_left(starts, place) for place in line)
        inside = [one for one in figures[first:last] if one.kind == "figure"]
        if re.match(r"[|\s*•-]*(?:grand |sub-?)?total\b", words, re.IGNORECASE) and len(rows) > 1:
            for column, total in enumerate(inside):
                parts = [row[column] for _, row in rows if len(row) == len(inside)]
                if len(parts) < len(rows) or total.unit or any(p.value is None for p in parts):
                    continue
                place = document.paragraph_at(total.start)
                for kind, verdict, written, used in compare_total(total, parts, exhaustive=True):
                    spans = tuple(sorted(Span(one.start, one.end) for one in used))
                    finding = Finding(kind, verdict, written, spans, place, words.strip())
                    findings.append(finding)
            rows = []
        elif inside:
            rows.append((line, inside))
    return findings
