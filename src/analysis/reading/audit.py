"""Statements of a text that can be recomputed from its own figures, and what comes of it.

Each rule looks for one form of statement in the sentences, with every figure taken for one sign:
a total and its parts, two units, a share and what it is of, votes and members, a duration and a
date, "doubled", a ranking. The sums are those of `analysis.bounds`: what is open stays open.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from analysis.reading.dates import read_day
from analysis.reading.documents import Document, Span
from analysis.reading.figures import Figure, find_figures

if TYPE_CHECKING:
    from analysis.bounds import Bounds

Verdict: TypeAlias = Literal["holds", "fails", "possible", "cannot tell"]

#: Miles and the like, in kilometres; feet in metres; acres in hectares.
_IN_BASE: Final[dict[str, tuple[str, Fraction]]] = {
    "mile": ("length", Fraction("1609.344")),
    "km": ("length", Fraction(1000)),
    "kilometer": ("length", Fraction(1000)),
    "kilometre": ("length", Fraction(1000)),
    "meter": ("length", Fraction(1)),
    "metre": ("length", Fraction(1)),
    "yard": ("length", Fraction("0.9144")),
    "foot": ("length", Fraction("0.3048")),
    "feet": ("length", Fraction("0.3048")),
    "inch": ("length", Fraction("0.0254")),
    "cm": ("length", Fraction("0.01")),
    "centimeter": ("length", Fraction("0.01")),
    "centimetre": ("length", Fraction("0.01")),
    "mm": ("length", Fraction("0.001")),
    "millimeter": ("length", Fraction("0.001")),
    "millimetre": ("length", Fraction("0.001")),
    "mph": ("speed", Fraction("1609.344")),
    "hectare": ("area", Fraction(10_000)),
    "acre": ("area", Fraction("4046.8564224")),
}
_DAYS: Final = {"days": 1, "weeks": 7, "months": 30, "years": 365}
#: How many members vote, where the text does not say it.
_MEMBERS: Final = {"general assembly": 193, "security council": 15, "human rights council": 47}
_TIMES: Final = {
    "halved": Fraction(1, 2),
    "doubled": 2,
    "tripled": 3,
    "trebled": 3,
    "quadrupled": 4,
}

# In a sentence made of signs a figure is «3» and a date ‹2›.
_F: Final = r"«(\d+)»"
_N: Final = r"(?:[^«»‹›.;:()]{0,60}?)"
_PART: Final = rf"{_F}(?:[^«»‹›.;:()]{{0,40}}?)"


@dataclass(frozen=True)
class Finding:
    """A statement that was recomputed.

    Attributes
    ----------
    kind : str
        "total", "two units", "share", "votes", "duration", "change", "average", "ranking",
        "remainder".
    verdict : str
        "holds", "fails", "possible" (open ends or rounding allow it) or "cannot tell".
    sum : str
        The sum, written out.
    spans : tuple of Span
        The characters it stands on, each a figure or a date.
    paragraph : int
        Where it stands.
    sentence : str
        The sentence.
    """

    kind: str
    verdict: Verdict
    sum: str
    spans: tuple[Span, ...]
    paragraph: int
    sentence: str


@dataclass
class _Text:
    """A sentence (or a line) made of signs, and the figures and dates behind them."""

    document: Document
    span: Span
    signs: str
    figures: list[Figure]
    before: list[Figure]
    day: dt.date | None
    all: list[Figure]


_Rule: TypeAlias = Callable[[_Text], Iterator[tuple[str, Verdict, str, list[Figure]]]]


def audit(
    document: Document, day: dt.date | None = None, population: int | None = None
) -> list[Finding]:
    """Recompute what can be recomputed, in the order of the text.

    Parameters
    ----------
    document : Document
        The text.
    day : date, optional
        Its day, for durations that end on it ("eight days ago").
    population : int, optional
        The population that shares of it are of, where the text gives none.
    """
    figures = find_figures(document)
    people = _population(document, figures) or population
    findings = []
    for text in _texts(document, figures, day):
        for rule in (
            _units,
            _totals,
            _votes,
            _shares,
            _changes,
            _averages,
            _rankings,
            _remainders,
            _durations,
        ):
            for kind, verdict, written, used in rule(text):
                findings.append(_finding(document, text, kind, verdict, written, used))
        for kind, verdict, written, used in _of_population(text, people):
            findings.append(_finding(document, text, kind, verdict, written, used))
    findings += _tables(document, figures)
    kept: dict[tuple[str, tuple[Span, ...]], Finding] = {}
    for finding in findings:
        kept.setdefault((finding.kind, finding.spans), finding)
    return sorted(kept.values(), key=lambda one: one.spans[0])


def _finding(
    document: Document, text: _Text, kind: str, verdict: Verdict, written: str, used: list[Figure]
) -> Finding:
    spans = tuple(sorted(Span(one.start, one.end) for one in used))
    sentence = " ".join(document.text[text.span.start : text.span.end].split())
    return Finding(kind, verdict, written, spans, document.paragraph_at(spans[0].start), sentence)


def _texts(document: Document, figures: list[Figure], day: dt.date | None) -> Iterator[_Text]:
    shown = [one for one in figures if one.kind in ("figure", "duration", "date", "multiplier")]
    day = day or _first_day(document, shown)
    for sentence in document.sentences:
        inside = [one for one in shown if sentence.start <= one.start < sentence.end]
        if not inside:
            continue
        signs, at = "", sentence.start
        for number, one in enumerate(inside):
            mark = f"‹{number}›" if one.kind == "date" else f"«{number}»"
            signs += document.text[at : one.start] + mark
            at = one.end
        signs += document.text[at : sentence.end]
        before = [one for one in shown if sentence.start - 400 <= one.start < sentence.start]
        yield _Text(document, sentence, signs, inside, before, day, figures)


# ------------------------------------------------------------------------------------- the rules


def _units(text: _Text) -> Iterator[tuple[str, Verdict, str, list[Figure]]]:
    """Two units of one length: "40-mile-long (64-kilometer-long)"."""
    for found in re.finditer(
        rf"{_F}[^«»‹›.;()]{{0,16}}[(/]{_F}[^«»]{{0,16}}\)?|{_F},? or {_F}", text.signs
    ):
        first, second = _pick(text, [number for number in found.groups() if number is not None])
        if first.value is None or second.value is None:
            continue
        one, other = _IN_BASE.get(_length(text, first)), _IN_BASE.get(_length(text, second))
        if one is None or other is None or one == other or one[0][:1] == "a" != other[0][:1]:
            continue
        if _both_speeds(text, first, second):
            one, other = ("length", one[1]), ("length", other[1])
        if one[0] != other[0]:
            continue
        factor = one[1] / other[1]
        computed = _times(_about(first), factor)
        verdict = _judge(_about(second), computed)
        written = f"{_say(first.value)} × {_say(factor)} = {_say(first.value * factor)}, the text says {_say(second.value)}"
        yield "two units", verdict, written, [first, second]


def _totals(text: _Text) -> Iterator[tuple[str, Verdict, str, list[Figure]]]:
    """A total and its parts: "14,218 casualties: 4,731 killed and 9,487 injured"."""
    patterns = (
        (rf"{_F}{_N}(?:\([^()«»]*\)\s)?{_N}:\s({_PART}(?:(?:,|;| and| plus| as well as)+\s{_PART})+)", True),
        (rf"{_F}{_N}\s\(({_PART}(?:(?:,|;| and| plus| as well as)+\s{_PART})+)\)", True),
        (rf"{_F}{_N},? (?:including|of whom|of which|among them|of them),?\s({_PART}(?:(?:,| and)+\s{_PART})*)", False),
        (rf"({_PART}(?:(?:,| and| plus)+\s{_PART})+)\s?(?:—|–|-|,)?\s?(?:for|making|bringing (?:it|the total) to|in all,|giving) "
         rf"(?:a|the )?(?:combined )?(?:total|overall total|all)?(?: of)? ?{_F}", None),
    )  # fmt: skip
    for pattern, whole in patterns:
        for found in re.finditer(pattern, text.signs):
            numbers = re.findall(_F, found[0])
            picked = _pick(text, numbers)
            if any(one.value is None or one.kind != "figure" for one in picked):
                continue
            if whole and re.search(r"\bincluding\b", found[0]):
                whole = False
            if whole is None:
                total, parts = picked[-1], picked[:-1]
            else:
                total, parts = picked[0], picked[1:]
            if any(one.unit != total.unit or _is_share(text, one) for one in parts) or _is_share(
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
            yield from _total(total, parts, exhaustive=exhaustive)


def _total(
    total: Figure, parts: list[Figure], *, exhaustive: bool
) -> Iterator[tuple[str, Verdict, str, list[Figure]]]:
    from analysis.bounds import contains, subtract, sum_bounds

    bounds = [_exact(one) for one in parts]
    summed, stated = sum_bounds(bounds), _exact(total)
    written = " + ".join(_say(one.value or 0) for one in parts)
    value = sum((one.value or 0) for one in parts)
    written = f"{written} = {_say(value)}, the text says {_say(total.value or 0)}" if len(parts) > 1 else (
        f"{written} of {_say(total.value or 0)}"
    )  # fmt: skip
    if exhaustive:
        verdict = _judge(stated, summed)
        if (
            len(parts) > 2
            and verdict == "fails"
            and value < (total.value or 0)
            and _is_rounded(total)
        ):
            verdict = "possible"
        yield "total", verdict, written, [total, *parts]
        return
    rest = subtract(stated, summed)
    if rest.high is not None and rest.high < 0:
        yield "total", "fails", f"{written}: more than the whole", [total, *parts]
    elif all(b.low is not None for b in (rest,)) and contains(rest, rest):
        yield "total", "holds", f"{written}: a part of it", [total, *parts]


def _votes(text: _Text) -> Iterator[tuple[str, Verdict, str, list[Figure]]]:
    """Votes against members: "141 to 5, with 35 abstentions", of 193."""
    found = re.search(
        rf"\b(?:vote[ds]?|adopted|passed|vote was)\b[^«»]{{0,30}}{_F}[^«»]{{0,25}}?(?:to|in favou?r|for)?[^«»]{{0,25}}?{_F}"
        rf"[^«»]{{0,30}}?(?:with )?{_F} ?(?:abst\w+|countries abstaining)",
        text.signs,
    )
    if found is None:
        return
    votes = _pick(text, list(found.groups()))
    if any(one.value is None for one in votes):
        return
    cast = sum(one.value or 0 for one in votes)
    whole = text.document.text
    near = whole[max(0, text.span.start - 1_200) : text.span.end + 300].lower()
    members = next((size for body, size in _MEMBERS.items() if body in near), None)
    used = list(votes)
    for one in text.all:
        after = whole[one.end : one.end + 24].lower()
        if one.kind == "figure" and re.match(
            r"\s(?:\w+ )?(?:members|countries|states|nations)\b", after
        ):
            if (
                one.value is not None
                and one.value > cast * Fraction(3, 5)
                and abs(one.start - text.span.start) < 600
                and one not in votes
            ):
                members, used = int(one.value), [*votes, one]
    written = " + ".join(_say(one.value or 0) for one in votes) + f" = {_say(cast)}"
    if members is None:
        yield "votes", "cannot tell", f"{written}; the text does not say of how many", used
    elif cast > members:
        yield "votes", "fails", f"{written}, more than {members} members", used
    else:
        missing = members - cast
        silent = re.search(
            rf"{_F}(?:[^«»]{{0,20}}) (?:did not vote|absent|were absent|not voting|not take part)",
            text.signs,
        )
        stated = _pick(text, [silent[1]])[0] if silent else _absent(text)
        if stated is not None and stated.value is not None:
            verdict: Verdict = "holds" if stated.value == missing else "fails"
            yield (
                "votes",
                verdict,
                f"{members} − {_say(cast)} = {_say(missing)}, the text says {_say(stated.value)}",
                [*used, stated],
            )
        else:
            rest = "all accounted for" if not missing else f"{_say(missing)} unaccounted for"
            yield "votes", "holds", f"{written} of {members} members: {rest}", used


def _absent(text: _Text) -> Figure | None:
    """Those who did not vote, in the sentences around."""
    whole = text.document.text
    for one in text.all:
        if one.kind == "figure" and abs(one.start - text.span.start) < 500:
            if re.match(
                r"\s(?:\w+ ){0,2}(?:did not vote|were absent|was absent)",
                whole[one.end : one.end + 40],
            ):
                return one
    return None


def _shares(text: _Text) -> Iterator[tuple[str, Verdict, str, list[Figure]]]:
    """A share beside its part and its whole: "879 cases, of which 57% (499) were female"."""
    for found in re.finditer(rf"{_F}{_N}(?:\([^()«»]*\)\s)?\(?(?:of|out of)\s(?:the |its |his |their |all |a total of )?(?:\w+[’']s? )?{_F}{_N}"
                             rf"(?:\(|,? or |,? (?:that is|which is|making|amounting to|equal to) |— |– ){_F}", text.signs):  # fmt: skip
        part, whole, stated = _pick(text, list(found.groups()))
        yield from _share(text, part, whole, stated)
    for found in re.finditer(
        rf"{_F} (?:funded|covered|complete)\b[^«»]{{0,20}}?[:(,—–-]\s?{_F}[^«»]{{0,20}} (?:of|out of) (?:the )?{_F}",
        text.signs,
    ):
        stated, part, whole = _pick(text, list(found.groups()))
        yield from _share(text, part, whole, stated)
    # "Of the 640 homes, 160, or a quarter, …"; "3.4 million make up 41% of the 8.3 million"
    for found in re.finditer(
        rf"\b[Oo]f (?:the |its )?{_F}{_N},? {_F}{_N}?,? (?:or|that is) {_F}", text.signs
    ):
        whole, part, stated = _pick(text, list(found.groups()))
        yield from _share(text, part, whole, stated)
    for found in re.finditer(
        rf"{_F}{_N}\b(?:make up|makes up|made up|amounts? to|represents?|equals?|accounts? for|(?<=, )or) "
        rf"{_F} of (?:the |its |all |some )?(?:\w+[’']s? )?{_F}",
        text.signs,
    ):
        part, stated, whole = _pick(text, list(found.groups()))
        yield from _share(text, part, whole, stated)
    # "57% (499)", "499 (57%)", of the whole that stands before.
    for found in re.finditer(rf"{_F}[^«»‹›.;:()]{{0,30}}\({_F}\)", text.signs):
        first, second = _pick(text, list(found.groups()))
        stated, part = (first, second) if _is_share(text, first) else (second, first)
        if not _is_share(text, stated) or _is_share(text, part) or part.unit:
            continue
        at = found.start()
        earlier = [f for n, f in enumerate(text.figures) if 0 <= text.signs.find(f"«{n}»") < at]
        yield from _bracketed(text, part, stated, earlier, text.signs[:at])
    # "more than 2% of 44 million, or 880,000"
    for found in re.finditer(
        rf"{_F} of (?:the |its |all )?(?:\w+[’']s? )?{_F}{_N},? (?:or|that is|some|meaning) {_F}",
        text.signs,
    ):
        stated, whole, part = _pick(text, list(found.groups()))
        if _is_share(text, stated):
            yield from _share(text, part, whole, stated)


def _bracketed(
    text: _Text, part: Figure, stated: Figure, earlier: list[Figure], before: str
) -> Iterator[tuple[str, Verdict, str, list[Figure]]]:
    """The whole of "57% (499)" is a figure before it; which one is plain only after "of"."""
    wholes = [
        one
        for one in (*reversed(earlier), *reversed(text.before))
        if one.kind == "figure" and one.value and not one.unit and not _is_share(text, one)
        and one.value >= (part.value or 0) and not _in_brackets(text.document, one)
    ]  # fmt: skip
    tried = [found for whole in wholes for found in _share(text, part, whole, stated)]
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
        yield (
            "share",
            "cannot tell",
            f"{_say(part.value or 0)}: of which whole is not plain",
            [part, stated],
        )


def _share(
    text: _Text, part: Figure, whole: Figure, stated: Figure
) -> Iterator[tuple[str, Verdict, str, list[Figure]]]:
    from analysis.bounds import ratio

    if not _is_share(text, stated) or _is_share(text, part) or _is_share(text, whole):
        return
    if part.value is None or not whole.value or part.unit != whole.unit:
        return
    computed = _times(ratio(_exact(part), _exact(whole)), Fraction(100))
    if part.qualifier == whole.qualifier == "exact":
        computed = _times(ratio(_about(part), _about(whole)), Fraction(100))
    verdict = _judge(_percent(text, stated), computed)
    percent = Fraction(part.value) * 100 / Fraction(whole.value)
    written = f"{_say(part.value)} ÷ {_say(whole.value)} = {_say(percent)} %, the text says {_words(text, stated)}"
    yield "share", verdict, written, [part, whole, stated]


def _of_population(
    text: _Text, people: Figure | int | None
) -> Iterator[tuple[str, Verdict, str, list[Figure]]]:
    """A share of the population, where those counted stand before it."""
    for found in re.finditer(
        rf"{_F} of [^«».;]{{0,30}}\bpopulation\b|{_F} of (?:\w+ )?(?:all )?(?:residents|inhabitants)\b",
        text.signs,
    ):
        stated = _pick(text, [found[1] or found[2]])[0]
        if not _is_share(text, stated):
            continue
        at = found.start()
        earlier = [f for n, f in enumerate(text.figures) if 0 <= text.signs.find(f"«{n}»") < at]
        counted = [f for f in (*text.before, *earlier) if f.kind == "figure" and not f.unit and f.value
                   and f.value > 999 and not _is_share(text, f) and f is not people]  # fmt: skip
        if not counted or people is None:
            yield "share", "cannot tell", "the text does not say of how many", [stated]
            continue
        part = counted[-1]
        whole = (
            people
            if isinstance(people, Figure)
            else Figure(0, 0, "figure", people, people, people, "exact")
        )
        for kind, verdict, written, used in _share(text, part, whole, stated):
            yield kind, verdict, written, [one for one in used if one.end]


def _changes(text: _Text) -> Iterator[tuple[str, Verdict, str, list[Figure]]]:
    """A change with both its ends: "doubled from 4 to 8", "rose from 20 to 25, up 25%"."""
    for found in re.finditer(
        rf"\b(?P<how>more than |nearly |almost |about |roughly )?(?P<word>halved|doubled|tripled|trebled|quadrupled)\b"
        rf"[^«».;]{{0,60}}?(?:from {_F}{_N} to {_F}|to {_F}{_N} from {_F})",
        text.signs,
    ):
        first, last = _pick(
            text, [n for n in (found[3], found[4], found[6], found[5]) if n is not None]
        )
        if not first.value or last.value is None or first.unit != last.unit:
            continue
        factor, how = Fraction(_TIMES[found["word"]]), (found["how"] or "").strip()
        yield _changed(first, last, factor, how, found["word"])
    for found in re.finditer(
        rf"\b(?:rose|risen|grew|increased|climbed|jumped|soared|fell|dropped|declined|decreased|shrank|went)\b[^«».;]{{0,50}}"
        rf"(?P<by>by {_F}[^«».;]{{0,20}})?(?:from {_F}{_N} to {_F}|to {_F}{_N} from {_F})"
        rf"(?:,? (?:an? (?:\w+ )?(?:rise|increase|fall|drop|decline|jump|gain|decrease|reduction) of|"
        rf"(?:up|down)(?: by)?) {_F})?",
        text.signs,
    ):
        by = found[2] or found[7]
        first, last = _pick(text, [found[3] or found[6], found[4] or found[5]])
        if by is None or not first.value or last.value is None or first.unit != last.unit:
            continue
        stated = _pick(text, [by])[0]
        if stated.unit == "%" and first.unit != "%":
            computed = abs(Fraction(last.value - first.value)) * 100 / Fraction(first.value)
            verdict = _judge(_percent(text, stated), _widen(computed, first, last))
            written = f"({_say(last.value)} − {_say(first.value)}) ÷ {_say(first.value)} = {_say(computed)} %"
        elif stated.unit == first.unit and stated.value is not None:
            computed = abs(Fraction(last.value - first.value))
            verdict = _judge(
                _about(stated) if _is_rounded(stated) else _exact(stated), _point(computed)
            )
            written = f"{_say(last.value)} − {_say(first.value)} = {_say(last.value - first.value)}"
        else:
            continue
        yield (
            "change",
            verdict,
            f"{written}, the text says {_words(text, stated)}",
            [first, last, stated],
        )


def _averages(text: _Text) -> Iterator[tuple[str, Verdict, str, list[Figure]]]:
    """So many to each: "12,000 people in 2,400 tents, an average of five per tent"."""
    for found in re.finditer(
        rf"{_F}{_N}{_F}{_N},? (?:or )?(?:an average of|on average|some|about)? ?{_F}[^«».;]{{0,20}}? "
        rf"(?:per|a|for each|for every|to each|to every|to a) \w+",
        text.signs,
    ):
        whole, parts, each = _pick(text, list(found.groups()))
        if (
            None in (whole.value, each.value)
            or not parts.value
            or each.unit
            or _is_share(text, each)
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

        verdict = _judge(_about(each), ratio(_about(whole), _about(parts)))
        result = Fraction(whole.value) / Fraction(parts.value)
        written = f"{_say(whole.value)} ÷ {_say(parts.value)} = {_say(result)}, the text says {_words(text, each)}"
        yield "average", verdict, written, [whole, parts, each]


def _changed(
    first: Figure, last: Figure, factor: Fraction, how: str, word: str
) -> tuple[str, Verdict, str, list[Figure]]:
    computed = Fraction(last.value or 0) / Fraction(first.value or 1)
    slack = factor / 10
    if how == "more than":
        right = computed > factor if factor > 1 else computed < factor
    elif how in ("nearly", "almost"):
        right = (
            factor - 3 * slack <= computed < factor
            if factor > 1
            else factor < computed <= factor + 3 * slack
        )
    else:
        right = abs(computed - factor) <= (2 * slack if how else slack)
    written = f"{_say(last.value or 0)} ÷ {_say(first.value or 1)} = {_say(computed)}, the text says {(how + ' ' + word).strip()}"
    return "change", "holds" if right else "fails", written, [first, last]


def _rankings(text: _Text) -> Iterator[tuple[str, Verdict, str, list[Figure]]]:
    """The largest first: "Belmora hosts the largest group with 174,900, followed by Tarn (96,310)"."""
    for found in re.finditer(
        rf"\b(?P<way>most|largest|highest|biggest|fewest|smallest|lowest)\b[^«».;]{{0,60}}{_F}[^.;]*?"
        rf"\b(?:followed by|ahead of|then|compared with|before)\b(?P<rest>[^;]*)",
        text.signs,
    ):
        numbers = [found[2], *re.findall(_F, found["rest"])]
        picked = [
            one for one in _pick(text, numbers) if one.kind == "figure" and not _is_share(text, one)
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
        in_order = all(
            (a >= b) if down else (a <= b)
            for a, b in zip(numbers_only, numbers_only[1:], strict=False)
        )
        sign = " ≥ " if down else " ≤ "
        yield (
            "ranking",
            "holds" if in_order else "fails",
            sign.join(map(_say, numbers_only)) + "?",
            picked,
        )


def _remainders(text: _Text) -> Iterator[tuple[str, Verdict, str, list[Figure]]]:
    """What is left: "Of the 175 members, 164 voted and the other 11 did not"."""
    for found in re.finditer(
        rf"\b[Oo]f (?:the |its |their )?{_F}{_N},? {_F}{_N}(?:,| and|;| while)+ (?:the )?(?:other|remaining|rest,?) {_F}",
        text.signs,
    ):
        whole, part, rest = _pick(text, list(found.groups()))
        if (
            None in (whole.value, part.value, rest.value)
            or len({whole.unit, part.unit, rest.unit}) > 1
        ):
            continue
        if _is_share(text, part):
            continue
        for _, verdict, written, used in _total(whole, [part, rest], exhaustive=True):
            yield "remainder", verdict, written, used


def _durations(text: _Text) -> Iterator[tuple[str, Verdict, str, list[Figure]]]:
    """A duration and its days: "21 days (6–26 February)", "invaded eight days ago" on 24 February."""
    whole = text.document.text
    for number, one in enumerate(text.figures):
        size = _DAYS.get(one.unit)
        if (
            size is None
            or one.value is None
            or one.qualifier not in ("exact", "around", "nearly", "more than")
        ):
            continue
        after = whole[one.end : one.end + 60]
        year = text.day.year if text.day else None
        spelled = re.match(r"\s(?:\(|from |between )(?P<days>[^()]{5,48})", after)
        if spelled and (days := _two_days(spelled["days"], year)):
            counted = (days[1] - days[0]).days
            written = f"{days[0]} to {days[1]} are {counted} or {counted + 1} days"
            right = _fits(one, Fraction(counted, size)) or _fits(one, Fraction(counted + 1, size))
            yield (
                "duration",
                "holds" if right else "fails",
                f"{written}, the text says {_words(text, one)}",
                [one],
            )
        elif re.match(r"\sago\b|\s(?:in)?to the\b|\safter\b", after) and text.day is not None:
            event = _event(text, number)
            if event is None:
                continue
            began, dated = event
            passed = (text.day - began).days
            if passed < 0:
                continue
            right = any(_fits(one, Fraction(passed + more, size)) for more in (-1, 0, 1))
            verdict: Verdict = "holds" if right else "fails"
            written = f"{began} to {text.day} are {passed} days, the text says {_words(text, one)}"
            yield "duration", verdict, written, [one, dated]


_EVENTS: Final = r"\b(invasion|invaded|war|conflict|siege|fighting|offensive|earthquake|quake|floods?|outbreak|coup|ceasefire|truce|attack)\b"


def _event(text: _Text, number: int) -> tuple[dt.date, Figure] | None:
    """The day on which the event of a duration began, if the text gives it beside the same word."""
    plain = text.signs.split(f"«{number}»")[0][-110:]
    words = re.findall(_EVENTS, plain, re.IGNORECASE)
    if not words:
        return None
    word = words[-1].lower()[:6]
    whole = text.document.text
    for one in text.all:
        if one.kind != "date":
            continue
        near = whole[max(0, one.start - 60) : one.start]
        heard = re.findall(_EVENTS, near, re.IGNORECASE)
        if heard and heard[-1].lower()[:6] == word and re.search(r"\b(?:on|since|from)\s$", near):
            day = read_day(whole[one.start : one.end], text.day.year if text.day else None)
            if day is not None and text.day is not None:
                return (day if day <= text.day else day.replace(year=day.year - 1)), one
    return None


def _two_days(words: str, year: int | None) -> tuple[dt.date, dt.date] | None:
    parts = re.split(r"\s?(?:–|—|-|\bto\b|\band\b|\buntil\b)\s?", words, maxsplit=1)
    if len(parts) != 2:
        return None
    last = read_day(parts[1], year)
    if last is None:
        return None
    first = read_day(parts[0], last.year)
    if first is None and (
        day := re.fullmatch(r"\s*(?:\w+ )?(\d{1,2})(?:st|nd|rd|th)?\s*", parts[0])
    ):
        try:
            first = last.replace(day=int(day[1]))
        except ValueError:
            return None
    if first is None:
        return None
    if first > last:
        first = first.replace(year=first.year - 1)
    return first, last


def _tables(document: Document, figures: list[Figure]) -> list[Finding]:
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
                    for kind, verdict, written, used in _total(total, parts, exhaustive=True):
                        spans = tuple(sorted(Span(u.start, u.end) for u in used))
                        place = document.paragraph_at(total.start)
                        findings.append(
                            Finding(kind, verdict, written, spans, place, words.strip())
                        )
            rows = []
        elif inside:
            rows.append((line, inside))
    return findings


# --------------------------------------------------------------------------------------- figures


def _pick(text: _Text, numbers: list[str]) -> list[Figure]:
    return [text.figures[int(number)] for number in numbers]


def _population(document: Document, figures: list[Figure]) -> Figure | None:
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


def _first_day(document: Document, figures: list[Figure]) -> dt.date | None:
    for one in figures:
        if one.kind == "date" and document.paragraph_at(one.start) == 0:
            return read_day(document.text[one.start : one.end], None)
    return None


def _is_share(text: _Text, one: Figure) -> bool:
    if one.unit == "%":
        return True
    surface = text.document.text[one.start : one.end].lower()
    return (
        one.value is not None
        and 0 < one.value < 1
        and not re.search(r"\d\.\d", surface)
        and not one.unit
    )


def _percent(text: _Text, one: Figure) -> Bounds:
    """A share as a percentage, with the rounding that its last digit allows."""
    if one.value is None and one.low is not None and one.high is not None:
        return _between(Fraction(one.low), Fraction(one.high))
    value = Fraction(one.value or 0)
    if one.unit == "%":
        return _qualified(one, value, _step(one))
    return _qualified(one, value * 100, Fraction(6))


def _step(one: Figure) -> Fraction:
    if isinstance(one.value, int):
        return Fraction(1)
    decimals = str(float(one.value or 0)).partition(".")[2]
    return Fraction(1, 10 ** len(decimals)) if len(decimals) < 6 else Fraction(1, 100)


def _qualified(one: Figure, value: Fraction, step: Fraction) -> Bounds:
    """What the words allow: the rounding of the last digit, or the side that they leave open."""
    from analysis.bounds import bounds_between

    half = step / 2
    match one.qualifier:
        case "at least":
            return bounds_between(value - half, None)
        case "more than":
            return bounds_between(value, None, low_excluded=True)
        case "up to":
            return bounds_between(0, value + half)
        case "fewer than":
            return bounds_between(0, value, high_excluded=True)
        case "nearly":
            return bounds_between(value - max(value / 10, step), value, high_excluded=False)
        case "around":
            return bounds_between(value - max(value / 10, step), value + max(value / 10, step))
    return bounds_between(value - half, value + half)


def _exact(one: Figure) -> Bounds:
    """A figure as it stands; "nearly" and "around" with the margins of `bounds`."""
    value = Fraction(one.value or 0)
    if one.qualifier in ("exact", ""):
        return _point(value)
    return replace(_qualified(one, value, Fraction(0)), unit="")


def _about(one: Figure) -> Bounds:
    """A figure with the rounding that it may have: half of its last place, at most a twentieth."""
    value = Fraction(one.value or 0)
    if one.qualifier not in ("exact", ""):
        return _qualified(one, value, min(value / 10, Fraction(1)))
    step = Fraction(1) if value == int(value) else Fraction(1, 10)
    while value and value == int(value) and value % (10 * step) == 0:
        step *= 10
    if value < 10:
        half = step / 2
    else:
        half = Fraction(0) if step == 1 and value >= 1_000 else min(step / 2, value / 20)
    return _between(value - half, value + half)


def _is_rounded(one: Figure) -> bool:
    """Whether a number ends in zeros, or is said in millions: nobody counted it to the one."""
    value = one.value
    return value is None or not isinstance(value, int) or (value >= 10 and value % 10 == 0)


def _point(value: Fraction) -> Bounds:
    from analysis.bounds import bounds_between

    return bounds_between(value, value)


def _between(low: Fraction, high: Fraction) -> Bounds:
    from analysis.bounds import bounds_between

    return bounds_between(low, high)


def _times(bounds: Bounds, factor: Fraction) -> Bounds:
    from analysis.bounds import scale

    return replace(scale(bounds, factor), unit="")


def _widen(value: Fraction, first: Figure, last: Figure) -> Bounds:
    slack = value / 20 if _is_rounded(first) or _is_rounded(last) else Fraction(0)
    return _between(value - slack, value + slack)


def _judge(stated: Bounds, computed: Bounds) -> Verdict:
    """Whether what is stated follows, is ruled out, or neither."""
    from analysis.bounds import contains, overlaps

    if not overlaps(stated, computed):
        return "fails"
    if contains(stated, computed) or (computed.low is not None and computed.high is not None):
        return "holds"
    return "possible"


def _fits(one: Figure, passed: Fraction) -> bool:
    value = Fraction(one.value or 0)
    slack = Fraction(0) if one.unit == "days" else Fraction(3, 5)
    match one.qualifier:
        case "more than":
            return passed > value - slack
        case "nearly":
            return value * Fraction(8, 10) <= passed <= value
        case "around":
            return abs(passed - value) <= max(value / 5, 1)
    return abs(passed - value) <= slack


def _length(text: _Text, one: Figure) -> str:
    return one.unit.lower().rstrip(".")


def _both_speeds(text: _Text, first: Figure, second: Figure) -> bool:
    whole = text.document.text
    words = [whole[one.start : one.end + 8].lower() for one in (first, second)]
    return all(re.search(r"mph|km/h|kph|per hour|an hour", word) for word in words)


def _in_brackets(document: Document, one: Figure) -> bool:
    return document.text[one.start - 1 : one.start] == "("


def _words(text: _Text, one: Figure) -> str:
    return " ".join(text.document.text[one.start : one.end].split())


def _say(number: int | Fraction) -> str:
    if number == int(number):
        return f"{int(number):,}"
    return f"{float(number):,.4g}"
