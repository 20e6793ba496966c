"""Totals and their parts, votes and members, what is left, averages and rankings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Final

from analysis.reading.audit.allowed import exactly, is_rounded, judge, rounded
from analysis.reading.audit.statements import (
    BETWEEN,
    FIGURE,
    PART,
    Finding,
    Statement,
    Verdict,
    is_share,
    pick,
    say,
    words,
)
from analysis.reading.documents import Document, Span
from analysis.reading.figures import Figure

#: How many members vote, where the text does not say it.
_MEMBERS: Final = {"general assembly": 193, "security council": 15, "human rights council": 47}


def find_totals(text: Statement) -> Iterator[tuple[str, Verdict, str, list[Figure]]]:
    """A total and its parts: "14,218 casualties: 4,731 killed and 9,487 injured"."""
    patterns = (
        (rf"{FIGURE}{BETWEEN}(?:\([^()«»]*\)\s)?{BETWEEN}:\s({PART}(?:(?:,|;| and| plus| as well "
         rf"as)+\s{PART})+)", True),
        (rf"{FIGURE}{BETWEEN}\s\(({PART}(?:(?:,|;| and| plus| as well as)+\s{PART})+)\)", True),
        (rf"{FIGURE}{BETWEEN},? (?:including|of whom|of which|among them|of "
         rf"them),?\s({PART}(?:(?:,| and)+\s{PART})*)", False),
        (rf"({PART}(?:(?:,| and| plus)+\s{PART})+)\s?(?:—|–|-|,)?\s?(?:for|making|bringing (?:it|"
         rf"the total) to|in all,|giving) "
         rf"(?:a|the )?(?:combined )?(?:total|overall total|all)?(?: of)? ?{FIGURE}", None),
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
            yield from compare_total(total, parts, exhaustive=exhaustive)


def compare_total(
    total: Figure, parts: list[Figure], *, exhaustive: bool
) -> Iterator[tuple[str, Verdict, str, list[Figure]]]:
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
        ):
            verdict = "possible"
        yield "total", verdict, written, [total, *parts]
        return
    rest = subtract(stated, summed)
    if rest.high is not None and rest.high < 0:
        yield "total", "fails", f"{written}: more than the whole", [total, *parts]
    elif all(b.low is not None for b in (rest,)) and contains(rest, rest):
        yield "total", "holds", f"{written}: a part of it", [total, *parts]


def find_votes(text: Statement) -> Iterator[tuple[str, Verdict, str, list[Figure]]]:
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
        if re.match(r"\s(?:\w+ )?(?:members|countries|states|nations)\b", after):
            members, used = int(one.value), [*votes, one]
    written = " + ".join(say(one.value or 0) for one in votes) + f" = {say(cast)}"
    if members is None:
        yield "votes", "cannot tell", f"{written}; the text does not say of how many", used
    elif cast > members:
        yield "votes", "fails", f"{written}, more than {members} members", used
    else:
        missing = members - cast
        silent = re.search(
            rf"{FIGURE}(?:[^«»]{{0,20}}) (?:did not vote|absent|were absent|not voting|not take "
            rf"part)",
            text.signs,
        )
        stated = pick(text, [silent[1]])[0] if silent else _absent(text)
        if stated is not None and stated.value is not None:
            verdict: Verdict = "holds" if stated.value == missing else "fails"
            yield (
                "votes",
                verdict,
                f"{members} − {say(cast)} = {say(missing)}, the text says {say(stated.value)}",
                [*used, stated],
            )
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


def find_remainders(text: Statement) -> Iterator[tuple[str, Verdict, str, list[Figure]]]:
    """What is left: "Of the 175 members, 164 voted and the other 11 did not"."""
    for found in re.finditer(
        rf"\b[Oo]f (?:the |its |their )?{FIGURE}{BETWEEN},? {FIGURE}{BETWEEN}(?:,| and|;| "
        rf"while)+ (?:the )?(?:other|remaining|rest,?) {FIGURE}",
        text.signs,
    ):
        whole, part, rest = pick(text, list(found.groups()))
        if (
            None in (whole.value, part.value, rest.value)
            or len({whole.unit, part.unit, rest.unit}) > 1
        ):
            continue
        if is_share(text, part):
            continue
        for _, verdict, written, used in compare_total(whole, [part, rest], exhaustive=True):
            yield "remainder", verdict, written, used


def find_rankings(text: Statement) -> Iterator[tuple[str, Verdict, str, list[Figure]]]:
    """The largest first: "the largest group with 174,900, followed by Tarn (96,310)"."""
    for found in re.finditer(
        rf"\b(?P<way>most|largest|highest|biggest|fewest|smallest|"
        rf"lowest)\b[^«».;]{{0,60}}{FIGURE}[^.;]*?"
        rf"\b(?:followed by|ahead of|then|compared with|before)\b(?P<rest>[^;]*)",
        text.signs,
    ):
        numbers = [found[2], *re.findall(FIGURE, found["rest"])]
        picked = [
            one for one in pick(text, numbers) if one.kind == "figure" and not is_share(text, one)
        ]
        values = [one.value for one in picked]
        if (
            len(values) < 2
            or any(value is None for value in values)
            or len({p.unit for p in picked}) > 1
        ):
            continue
        numbers_only = [value for value in values if value is not None]
        down = found["way"] in ("most", "largest", "highest", "biggest")
        in_order = all((a >= b) if down else (a <= b) for a, b in pairwise(numbers_only))
        sign = " ≥ " if down else " ≤ "
        yield (
            "ranking",
            "holds" if in_order else "fails",
            sign.join(map(say, numbers_only)) + "?",
            picked,
        )


def find_averages(text: Statement) -> Iterator[tuple[str, Verdict, str, list[Figure]]]:
    """So many to each: "12,000 people in 2,400 tents, an average of five per tent"."""
    for found in re.finditer(
        rf"{FIGURE}{BETWEEN}{FIGURE}{BETWEEN},? (?:or )?(?:an average of|on average|some|about)? "
        rf"?{FIGURE}[^«».;]{{0,20}}? "
        rf"(?:per|a|for each|for every|to each|to every|to a) \w+",
        text.signs,
    ):
        whole, parts, each = pick(text, list(found.groups()))
        if (
            None in (whole.value, each.value)
            or not parts.value
            or each.unit
            or is_share(text, each)
        ):
            continue
        if (
            whole.value is None
            or parts.value is None
            or whole.value <= parts.value
            or parts.kind == "date"
        ):
            continue
        if "average" not in found[0] and " per " not in found[0]:
            continue
        from analysis.bounds import ratio

        verdict = judge(rounded(each), ratio(rounded(whole), rounded(parts)))
        result = Fraction(whole.value) / Fraction(parts.value)
        quotient = f"{say(whole.value)} ÷ {say(parts.value)} = {say(result)}"
        written = f"{quotient}, the text says {words(text, each)}"
        yield "average", verdict, written, [whole, parts, each]


def find_tables(document: Document, figures: list[Figure]) -> list[Finding]:
    """Columns of a table in a text, against the line that begins with "Total"."""
    findings: list[Finding] = []
    rows: list[tuple[Span, list[Figure]]] = []
    for line in document.paragraphs:
        words = document.text[line.start : line.end]
        if words.count("|") < 2 and "\t" not in words:
            rows = []
            continue
        inside = [
            one for one in figures if one.kind == "figure" and line.start <= one.start < line.end
        ]
        if re.match(r"[|\s*]*(?:grand |sub-?)?total\b", words, re.IGNORECASE) and len(rows) > 1:
            for column, total in enumerate(inside):
                parts = [row[column] for _, row in rows if len(row) == len(inside)]
                if (
                    len(parts) == len(rows)
                    and total.unit == ""
                    and all(p.value is not None for p in parts)
                ):
                    for kind, verdict, written, used in compare_total(
                        total, parts, exhaustive=True
                    ):
                        spans = tuple(sorted(Span(u.start, u.end) for u in used))
                        place = document.paragraph_at(total.start)
                        findings.append(
                            Finding(kind, verdict, written, spans, place, words.strip())
                        )
            rows = []
        elif inside:
            rows.append((line, inside))
    return findings
