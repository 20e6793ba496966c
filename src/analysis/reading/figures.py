"""The figures of a text: numerals with qualifier and unit, and what only looks like one.

Numerals and qualifiers are those of `analysis.bounds`: one grammar for wordings and texts.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from analysis.reading import vocabulary
from analysis.reading.dates import Dated, find_dates, is_year
from analysis.reading.documents import Document, Span

if TYPE_CHECKING:
    from analysis.bounds.numerals import Numeral, Writing

#: Kinds of what is found. Only the first is a figure for a table; the others say why they are not.
KINDS: Final = (
    *("figure", "vague", "date", "time", "age", "ordinal", "name", "list number", "address"),
    *("duration", "multiplier", "word"),
)

_PERCENT: Final = re.compile(r"\s?(?:%|per ?cent\b|pct\b|percentage points?\b)", re.IGNORECASE)
_TIMES: Final = re.compile(r"(?:\s|-)?(?:times\b|fold\b|x\b|×)", re.IGNORECASE)
_DURATION: Final = re.compile(
    r"(?P<join>[ -])(?:(?:straight|consecutive|full|more|long|whole|calendar|working)\s)?"
    r"(?P<unit>minute|hour|day|night|week|month|year|decade|fortnight)s?\b"
    r"(?P<old>[ -](?:old|olds)\b)?(?:-long\b)?",
    re.IGNORECASE,
)
_LENGTH: Final = re.compile(
    r"[ -]?(?P<unit>(?:square |sq\.? )?(?:kilomet(?:er|re)|km|mile|met(?:er|re)|feet|foot|ft)|"
    r"(?:°|degrees?)\s?(?:[CF](?=\W|$)|Celsius|Fahrenheit)|inch|centimet(?:er|re)|cm|millimet(?:er|re)|mm|mph|kph|yard|hectare|acre)(?:e?s)?\b(?:/h\b|-(?:long|wide|deep|high|"
    r"thick)\b)?",
    re.IGNORECASE,
)
#: "250m (820ft)", "20m high": metres, and no millions.
_IN_METRES: Final = re.compile(
    r"m(?:\s\([^()]{0,12}(?:ft|feet|foot|yards?|miles?)\)|\s(?:high|deep|tall|long|wide|thick|below|"
    r"above|away)\b)"
)
_PERIOD: Final = re.compile(
    r"\b(?:past|last|previous|preceding|recent|first|latest|period of|now|into its)\s+$",
    re.IGNORECASE,
)
#: What lasts so long is no war: a sentence, an emergency, a time in the rubble.
_NO_WAR: Final = re.compile(
    r"\b(?:trapped|buried|emergency|curfew|mourning|sentenced?|closed|shut|jail\w*|prison|extend\w*|renew\w*|"
    r"mandate|visas?|suspend\w*|ban(?:ned)?|permits?|training|quarantine|career|worked|served|"
    r"director|manager|married|lived)\b[^.;:]*\s$",
    re.IGNORECASE,
)
_OF_WAR: Final = re.compile(
    r"\s(?:\w+\s)?(?:war|conflict|siege|fighting|invasion|offensive|blockade|bombardment|drought)\b"
)
_IN_WAR: Final = re.compile(
    r"\s(?:of|into|after|since)\s(?:the\s|a\s)?(?:\w+\s)?(?:war|conflict|siege|fighting|invasion|"
    r"offensive|blockade|bombardment|hostilities|violence|clashes)\b"
)
#: "More than a month ago": with a qualifier "a" is a number too.
_A_PERIOD: Final = re.compile(
    r"\b(?:more than|over|nearly|almost|about|around|less than|at least|just over|just "
    r"under)\s(?P<a>an?)"
    r"(?=\s(?:day|week|month|year)\b)",
    re.IGNORECASE,
)
_NOT_A_PERIOD: Final = re.compile(
    r"\b(?:within|next|coming|following|another|every|each|per|a further|than|under|take|takes|"
    r"about)\s+$",
    re.IGNORECASE,
)
_NO_PERIOD_AFTER: Final = (
    r"\s(?:high|low|sentence|term|deal|visit|jail|in (?:prison|jail|office|power)|of age|a day|"
    r"per day|"
    r"of (?:age|supplies|stock|fuel|food|experience|prison)|away|ahead|behind|notice|from now)\b"
)
_LABELS: Final = "|".join(sorted(vocabulary.LABELS | vocabulary.LABELS_IN_CAPITALS))
_LABEL: Final = re.compile(
    rf"(?:\b(?P<label>{_LABELS})\.?,?\s(?:(?:\d+,?|and|or|to|[-–&])\s)*|#\s?|№\s?|n[°º]\s?)$",
    re.IGNORECASE,
)
#: "In week 21", "epidemiological week 22"; "last week 22 people" is none.
_WEEK: Final = re.compile(
    r"\b(?:in|of|epi(?:demiological)?|since|by|for|to|from)\s(?:week|day)s?\s$", re.I
)
_LETTERS_BEFORE: Final = re.compile(
    r"[A-Za-z][-/_]$|(?i:\b(?:flight|plane|jet|train|bus|road|highway|vessel|form))"
    r"\b.{0,12}\b[A-Z]{2} $"
)
_AGED: Final = re.compile(
    r"\bage[ds]?\s(?:(?:less|more|younger|older) than\s|under\s|over\s|\w+\s(?:and|to|or|-)\s|"
    r"between\s|of\s|from\s)?$|\b(?:girl|boy|man|woman|child|youth|son|daughter|baby)\sof\s$",
    re.I,
)
_AGE_AFTER: Final = re.compile(
    r"[ -]?years?[ -](?:old|olds|of age)\b|-(?:month|week|day)s?-old\b", re.I
)
_UNDER_AGE: Final = re.compile(
    r"\b(?:children|girls|boys|those|people|women|men|anyone|infants|kids)\s(?:aged\s)?"
    r"(?:under|over|below|above|younger than|older than)(?:\sthe age of)?\s$",
    re.IGNORECASE,
)
#: "73 were under five": of years, where the clause ends.
_YOUNG: Final = re.compile(r"\b(?:is|are|was|were)\s(?:aged\s)?(?:under|over)\s$", re.IGNORECASE)
_ENDS: Final = re.compile(r"\s?[.,;:)]|\sand\b|$")
_AFTER_NAME: Final = re.compile(r"[A-Z][\w’'-]+(?:\s\([^)]*\))?,\s$|[A-Z][\w’'-]+\s\($")
#: "Brings the known toll in the north to 2032": no year.
_TOTAL: Final = re.compile(
    r"\b(?:toll|total|tally|count|number|figure)s?\b[^.;:]{0,50}\b(?:to|at|of|reached)\s$"
)
_IN_BRACKETS: Final = re.compile(r"\w\s\(\d[\d,.]*\)")
#: The base of a rate ("2 deaths per 10,000 people"), and the level of an interval ("95% CI").
_PER: Final = re.compile(r"(?:\bper\s|/)$")
_LEVEL: Final = re.compile(r"\s(?:CI|CrI|UI|confidence|credible|uncertainty)\b")
_NUMBERED: Final = re.compile(r"^[ \t]*\(?(?:\d{1,3})[.)][ \t]+(?=\S)", re.MULTILINE)
_FOOTNOTE: Final = re.compile(r"\[\d{1,3}\]|(?<=\w)\(\d\)(?=\s?[A-Za-z])")
_ADDRESS: Final = re.compile(
    r"https?://\S+|www\.\S+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+|#\w+|@\w+|\+\d[\d\s().-]{6,}\d"
    r"|\b(?:tel|phone|telephone|fax|hotline|dial|call|card|iban|account|p\.?o\.? box|box|"
    r"zip)\b\.?:?"
    r"\s+(?:no\.?\s+)?\+?\d[\d\s().-]*\d"
    r"|\(\d{3}\)\s?\d{3}-\d{4}|\b\d{3}-\d{3}-\d{4}\b|\b\d{4} \d{4} \d{4}(?: \d{4})?\b"
    r"|\b\d{1,5}[A-Z]?\s(?:[A-Z][\w’'-]+\s){1,3}(?:Street|Avenue|Road|Lane|Boulevard|Square|St\.|"
    r"Ave\.)"
)
_ORDINAL: Final = re.compile(
    r"\b(?:\d+(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\b"
    r"(?!-?hand|s\b)",
    re.IGNORECASE,
)
_GLUED_NAME: Final = re.compile(r"\b[A-Z][A-Za-z]*-?\d+[A-Za-z]?\b")
_NOT_HALF_BEFORE: Final = re.compile(
    r"\b(?:first|second|latter|other|later|earlier|better|in|an?|one|two|three|\w+ing)[\s-]$", re.I
)
_HALF_AFTER: Final = re.compile(
    r"(?:\s(?:of|the|a\b(?! hour| day| year| century| time)|an\b(?! hour)|its|their|his|her|all|"
    r"those|as|were|are|is|was|have|had|has|that|this|what|say|said|these|in|on|under|living|our|"
    r"do|did|must|still|came|come|will|could|would|from|to)\b|\s*[.,;:)!?%—–]|\s*$)"
)
_PART_AFTER: Final = re.compile(
    r"(?:\s(?:of|are|is|was|were|have|had|has|in|to|lower|higher|more|less|fewer|below|above|"
    r"between|"
    r"as|that|said|say|since|on|over|by|from|the|live|lack|cannot|do|did|could|would|will)\b"
    r"|\s*[.,;:)!?—–]|\s*$)"
)
#: What "one" counts where it is a count, behind two words at most: "one unnamed aid worker".
_ONE_AFTER: Final = re.compile(
    r"\seach\b|\s(?:(?!(?:of|in|to|from|by|the|a|an|and|or|who|that|which|is|was|said|day|way|"
    r"thing)\b)[\w-]+\s){0,3}?(?:person|man|woman|child|girl|boy|baby|infant|civilian|soldier|"
    r"officer|policeman|worker|staff|member|doctor|nurse|teacher|student|journalist|reporter|"
    r"cameraman|driver|guard|fighter|militant|rebel|hostage|prisoner|suspect|victim|survivor|body|"
    r"death|casualty|fatality|injury|attack|strike|airstrike|rocket|missile|drone|shell|bomb|mine|"
    r"tank|plane|aircraft|helicopter|ship|vessel|boat|vehicle|truck|convoy|bus|car|train|house|"
    r"home|building|hospital|clinic|school|church|mosque|bridge|road|town|village|city|camp|"
    r"shelter|case|patient|refugee|migrant|family|household|tonne|ton|litre|liter|country|state|"
    r"province|district|region|crossing|border|facility|site|centre|center|factory|plant|villager|"
    r"farmer|paramedic|medic|firefighter|rescuer|crew|pilot|athlete|mother|father|brother|sister|"
    r"son|daughter|employee|contractor|personnel|partner|volunteer|deputy|passenger|resident|bank|"
    r"port|airport|station|warehouse|ambulance|generator|dead|killed|wounded|injured|missing|"
    r"suspected|probable|million|abstention|abstained|against|in favou?r|other|more)\b"
    r"|\s(?:was killed|was wounded)\b"
    r"|\sof\s(?:them|whom|which|only|its|his|her|their|our|those|these|\d+|(?:the\s)?(?:two|"
    r"three|four|five|six|seven|eight|nine|ten|\d+))\b"
)
#: "Five helicopters and one medical team": beside another count, one is a count too.
_ONE_MORE: Final = re.compile(
    r"(?:\b(?:two|three|four|five|six|seven|eight|nine|ten|\d+)\s[^.;:]{3,60}\b(?:and|including|"
    r"plus)|,|\bonly)\s$",
    re.IGNORECASE,
)
_ONE_THING: Final = re.compile(
    r"\s(?!(?:of|day|night|morning|time|way|thing|another|such|by|in|on|can|has|was|is|said|who|"
    r"official|expert|analyst|resident|witness|man said|woman said|side|hand|point)\b)[a-z]"
    r"|\s(?:in|from|at|on)\s(?:the\s|[A-Z])"
)
_NO_COUNT_COMPOUND: Final = re.compile(
    r"-(?:sided|way|off|time|dimensional|state|star|fold|handed|page|point|man|woman|size|step|"
    r"pronged|party|tier|tiered|track|piece|minded|tone|up|on)\b",
    re.IGNORECASE,
)
_CHANGE: Final = re.compile(
    r"\b(?:r[io]se|risen|rises|rising|increas\w+|jump\w*|climb\w*|grew|grown|grow|f[ae]ll(?:en|s|"
    r"ing)?|dropp?\w*|declin\w+|decreas\w+|went|up|down|reduc\w+|chang\w+|expand\w+|shr[aiu]nk\w*|"
    r"cut|soar\w*|surg\w+|swell\w*|swollen|doubl\w+|tripl\w+|revis\w+|rais\w+|lower\w*|slid\w*|"
    r"plung\w+|mov\w+|widen\w*)\b[^.;]*$",
    re.IGNORECASE,
)
#: "The shipwrecks over three days": within, and not more than; "for over three days" is more.
_DURING: Final = re.compile(
    r"(?<!\bfor)(?<!\bafter)(?<!\bin)(?<!\bof)(?<!\band)(?<!\bor)(?<!\bto)(?<!\bis)(?<!\bwas)"
    r"(?<!\blasted)(?<!\blast)(?<!\btook)(?<!\btaken)(?<!\btakes)(?<!\bbeen)(?<!\bspan)"
    r"(?<![.,;:(])(?<=[\w)])\sover\s$"
)
#: Decimals behind a comma, or thousands behind points; and the other way.
_COMMA: Final = re.compile(
    r"(?<![\d.,])\d{1,3}(?:\.\d{3}){2,}(?![\d.,])|(?<![\d.,])\d+,\d{1,2}\s?(?:%|per ?cent|million|"
    r"thousand|billion|m\b|bn\b|km\b|euros?\b)"
)
_POINT: Final = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])|\d\.\d{1,2}(?![\d.])")
_GAP: Final = re.compile(r"\s?(?:[-–—‑‒]|to|and|or)\s?", re.IGNORECASE)
_OUT_OF: Final = re.compile(r"\s(?:out of|in)\s", re.IGNORECASE)
_SHARED_GAP: Final = re.compile(
    r"[^.;:!?()\n]{0,70}?(?:,|\band\b|\bor\b)\s(?:a (?:further|total of)\s)?", re.I
)
_SHARED_AFTER: Final = re.compile(
    r"\s(?:(?:other|others|more|people|civilians|children|persons)\s){0,2}(?:\w+ly\s)?(?:killed|"
    r"wounded|"
    r"injured|hurt|missing|displaced|dead|arrested|detained|destroyed|damaged|hospitali[sz]ed)\b",
    re.IGNORECASE,
)
_FINITE: Final = re.compile(r"\b(?:said|says|which|who|while|but|of whom|including|among)\b", re.I)
_NEXT_WORD: Final = re.compile(r"\s*([^\W\d_][\w’'-]*)?")
_PREVIOUS_WORD: Final = re.compile(r"([^\W\d_][\w’'-]*|\d+)[\s]*$")

#: Qualifiers that running text has besides those of a wording.
_OF_TEXT: Final[dict[str, tuple[str, ...]]] = {
    "more than": (
        *("exceed", "exceeding", "surpass", "surpassed", "surpasses", "exceeds", "exceeded"),
        *("topped", "tops", "passes", "passed"),
    ),
    "up to": ("not exceed", "did not exceed", "not more than", "does not exceed"),
}
#: Of those above, the words of a wording that in a text are mostly something else.
_NOT_IN_TEXT: Final = frozenset(
    {"near", "perhaps", "maybe", "possibly", "probably", "likely", "beyond", "short of", "c", "ca",
     "a likely", "a possible", "could reach", "may reach", "minimum", "maximum"}
)  # fmt: skip


#: The place of what has no numeral.
NOWHERE: Final = Span(0, 0)


@dataclass(frozen=True)
class Figure:
    """A number in a text, or what looks like one.

    Attributes
    ----------
    start, end : int
        Its characters, with qualifier, magnitude and unit.
    kind : str
        One of `KINDS`.
    value : int, Fraction or None
        The number written, in plain units; per cent as printed. None for a range, a date, a name.
    low, high : int, Fraction or None
        The ends that the words state; None is an open end.
    qualifier : str
        A key of `bounds.QUALIFIERS`, "range", or empty for what is no figure.
    unit : str
        "%", "USD", "days", "miles" … as written, or empty.
    number : Span
        The numeral alone.
    shared : bool
        Whether the qualifier stands before another figure and holds for this one too.
    """

    start: int
    end: int
    kind: str
    value: int | Fraction | None = None
    low: int | Fraction | None = None
    high: int | Fraction | None = None
    qualifier: str = ""
    unit: str = ""
    number: Span = NOWHERE
    shared: bool = False


@dataclass
class _Found:
    """A numeral while it is being read."""

    start: int
    end: int
    value: int | Fraction
    numeral: Numeral
    unit: str = ""
    qualifier: str = "exact"
    high: int | Fraction | None = None
    shared: bool = False
    duration: re.Match[str] | None = None
    first: int = 0
    last: int = 0
    measured: int = 0


def find_figures(document: Document) -> list[Figure]:
    """Find every figure of a text, and whatever has the look of one, in their order."""
    text = document.text
    dates = find_dates(text)
    taken = _mask(text, dates)
    numbers = list(_numbers(text, taken))
    numbers = _join_ranges(text, numbers)
    for one in numbers:
        _qualify(text, one)
    _share_qualifiers(text, numbers)
    figures = [_figure(document, one) for one in numbers]
    for span, kind in taken:
        figures.append(Figure(span.start, span.end, kind))
    spans = sorted((figure.start, figure.end) for figure in figures)
    starts = [start for start, _ in spans]
    for pattern, kind in ((_vague(), "vague"), (_ORDINAL, "ordinal"), (_GLUED_NAME, "name")):
        for found in pattern.finditer(text):
            at = bisect_right(starts, found.end() - 1) - 1
            if at < 0 or spans[at][1] <= found.start():
                figures.append(Figure(found.start(), found.end(), kind))
    return sorted(figures, key=lambda figure: (figure.start, figure.end))


@lru_cache(maxsize=1)
def _vague() -> re.Pattern[str]:
    """Magnitudes without a number: "dozens", "tens of thousands", "several hundred"."""
    from analysis.bounds import words as table

    few = "|".join(table.TWO_OR_MORE)
    alone = [one for one in table.VAGUE if one.endswith("s") and one != "several"]
    great = "|".join(sorted(alone, key=len, reverse=True))
    return re.compile(
        rf"\b(?:(?:{few}|tens of|hundreds of)\s)?(?:{great})\b"
        rf"|\b(?:{few})\s(?:dozen|hundred|thousand|million|billion)\b",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _currency() -> re.Pattern[str]:
    """A currency before a figure: its sign, its code, or a letter that touches it."""
    from analysis.bounds import words as table

    codes = "|".join(re.escape(code) for code in table.CURRENCIES)
    return re.compile(
        rf"(?:(?:US|AU|CA|C|A|NZ|HK|S)?\$|[€£¥₽₴₹₦₱₩৳]|\b(?:{codes}))\s?$"
        rf"|(?<![\w.])[{table.CURRENCY_LETTERS}]$",
        re.IGNORECASE,
    )


def _mask(text: str, dates: list[Dated]) -> list[tuple[Span, str]]:
    """Characters in which no figure begins: dates, times, addresses, list numbers."""
    taken = [(Span(*found.span()), "address") for found in _ADDRESS.finditer(text)]
    taken += [(Span(date.start, date.end), date.kind) for date in dates]
    for found in _NUMBERED.finditer(text):
        start = found.start() + len(found[0]) - len(found[0].lstrip())
        taken.append((Span(start, start + len(found[0].strip())), "list number"))
    taken += [(Span(*found.span()), "list number") for found in _FOOTNOTE.finditer(text)]
    taken.sort()
    kept: list[tuple[Span, str]] = []
    for span, kind in taken:
        if not kept or span.start >= kept[-1][0].end:
            kept.append((span, kind))
    return kept


def _numbers(text: str, taken: list[tuple[Span, str]]) -> Iterator[_Found]:
    from analysis.bounds.numerals import Numeral, find_numerals

    starts, currency = [span.start for span, _ in taken], _currency()
    numerals = list(_split_counts(text, find_numerals(text, writing=_writing(text))))
    found_at = {numeral.start for numeral in numerals}
    for found in _COMMA.finditer(text):  # "3,5 thousand" beside "1,200": decimals by themselves
        if found.start() not in found_at:
            alone = find_numerals(found[0], writing="comma")
            numerals += [_moved(numeral, found.start()) for numeral in alone]
    for found in _A_PERIOD.finditer(text):
        numerals.append(Numeral(1, 1, 1, in_words=True, start=found.start("a"), end=found.end("a")))
    for numeral in sorted(numerals, key=lambda numeral: numeral.start):
        at = bisect_right(starts, numeral.start) - 1
        if at >= 0 and numeral.start < taken[at][0].end:
            continue
        if at + 1 < len(taken) and starts[at + 1] < numeral.end:
            continue
        value = numeral.value
        one = _Found(
            numeral.start, numeral.end, value, numeral, first=numeral.start, last=numeral.end
        )
        before = text[max(0, one.start - 8) : one.start]
        if numeral.magnitude == 1_000_000 and text[numeral.end - 1] == "M" and numeral.number < 10:
            # "5.4M": the strength of an earthquake where one is spoken of.
            around = text[max(0, one.start - 30) : one.end + 14]
            if re.search(r"magnitude|quake|tremor|strength", around):
                one.value = numeral.number
        if _IN_METRES.match(text, numeral.end - 1) and text[numeral.end - 2].isdigit():
            one.value, one.end, one.unit = numeral.number, numeral.end, "metre"
        if money := currency.search(before):
            one.start -= len(money[0])
            one.unit = money[0].strip()
        if percent := _PERCENT.match(text, one.end):
            one.end, one.unit = percent.end(), "%"
        elif duration := _DURATION.match(text, one.end):
            one.duration, one.unit = duration, duration["unit"].lower() + "s"
            one.end = duration.end()
        elif length := _LENGTH.match(text, one.end):
            one.end, one.unit = length.end(), length["unit"].lower()
        one.measured = one.end
        yield one


def _writing(text: str) -> Writing | None:
    """How a text writes its decimals, where it has them behind a comma and nowhere else."""
    if _COMMA.search(text) and not _POINT.search(text):
        return "comma"
    return None


def _split_counts(text: str, numerals: list[Numeral]) -> Iterator[Numeral]:
    """Take "28 out of 36 hospitals" for two counts, and leave "one in five" a share."""
    from analysis.bounds.numerals import find_numerals

    for numeral in numerals:
        joint = _OUT_OF.search(text, numeral.start, numeral.end) if numeral.is_share else None
        if joint is not None and "every" not in text[joint.start() : numeral.end].lower():
            below = find_numerals(text[joint.end() : numeral.end])
            usual = {2, 3, 4, 5, 6, 7, 8, 9, 10, 100, 1_000, 10_000, 100_000}
            size = below[0].value if below else 0
            plural = re.match(
                r"\s(?:(?:[a-z-]+\s){0,2})(?:locations|districts|governorates|states|sites|"
                r"provinces|"
                r"regions|towns|villages|counties|countries|camps|hospitals|facilities|members)\b",
                text[numeral.end : numeral.end + 50],
            )
            above = numeral.value * size
            if below and ((size not in usual and above != 1) or plural):
                for start, end in ((numeral.start, joint.start()), (joint.end(), numeral.end)):
                    for part in find_numerals(text[start:end]):
                        yield _moved(part, start)
                continue
        yield numeral


def _moved(numeral: Numeral, by: int) -> Numeral:
    return replace(numeral, start=numeral.start + by, end=numeral.end + by)


def _join_ranges(text: str, numbers: list[_Found]) -> list[_Found]:
    joined: list[_Found] = []
    for one in numbers:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.high is None
            and (high := _range_to(text, last, one)) is not None
        ):
            last.high = high[1]
            last.value = high[0]
            last.end, last.last = one.end, one.last
            last.unit = last.unit or one.unit
            last.duration = one.duration
            before = text[max(0, last.start - 24) : last.start].lower()
            if opened := re.search(
                r"\b(?:(?:any|some)where )?(?:from|between)\s(?:between\s)?$", before
            ):
                last.start -= len(opened[0])
            continue
        joined.append(one)
    return joined


def _range_to(
    text: str, first: _Found, last: _Found
) -> tuple[int | Fraction, int | Fraction] | None:
    gap = text[first.end : last.start]
    if len(gap) > 5 or not _GAP.fullmatch(gap):
        return None
    if first.unit and last.unit and first.unit != last.unit:
        return None
    if first.unit and not last.unit and first.measured > first.last:
        return None  # "grew 10% to 55,000"
    word = gap.strip().lower()
    before = text[max(0, first.start - 60) : first.start]
    opened = re.search(r"\b(between|from|in the range of)\s$", before, re.IGNORECASE)
    if word == "and" and not (opened and opened[1].lower() == "between"):
        return None
    if word == "to" and opened and opened[1].lower() == "from" and _CHANGE.search(before):
        return None
    if word == "to" and re.search(r"\bby\s(?:\w+\s)?$", before, re.IGNORECASE):
        return None  # "rose by 40 to 160"
    if word in ("to", "-", "–", "—") and re.search(
        r"\b(?:voted?|vote was|won|beat|lost|score)\b", before
    ):
        return None
    low = first.value
    if last.numeral.magnitude > 1 and first.numeral.magnitude == 1 and low < last.numeral.number:
        low = first.numeral.times(last.numeral.magnitude).value
    elif (
        word not in ("and", "to")
        and last.numeral.is_grouped
        and low < 1_000
        and low * 1_000 < last.value
    ):
        low = low * 1_000
    if word == "or" and not (low < last.value <= low + 10 and first.numeral.in_words):
        return None
    return (low, last.value) if low < last.value and not first.numeral.is_share else None


@lru_cache(maxsize=1)
def _qualifiers() -> tuple[re.Pattern[str], re.Pattern[str], Mapping[str, str]]:
    """Patterns of the words before and after a figure, and what each of them means."""
    from analysis.bounds import words as table

    before: dict[str, str] = {}
    after: dict[str, str] = {}
    for meaning, ways in table.QUALIFIERS.items():
        for way in ways:
            left, _, right = way.partition("N")
            left, right = left.strip(), right.strip()
            if left and not right and left not in _NOT_IN_TEXT:
                before[left] = meaning
            elif right and not left and right not in ("odd", "minimum", "maximum", "at most"):
                after[right] = meaning
    for meaning, extra in _OF_TEXT.items():
        before.update(dict.fromkeys(extra, meaning))
    fillers = sorted(table.BOUND_NOTHING, key=len, reverse=True)
    filler = "|".join(re.escape(word) for word in fillers)
    ahead = "|".join(re.escape(word) for word in sorted(before, key=len, reverse=True))
    behind = "|".join(re.escape(word) for word in sorted(after, key=len, reverse=True))
    return (
        re.compile(
            rf"(?:(?<=[\s(\[\"“‘'—–|-])|^)(?P<words>{ahead})(?:\s(?:{filler}))?\s?$", re.IGNORECASE
        ),
        re.compile(rf"[\s-]?(?P<words>{behind})(?!\w)", re.IGNORECASE),
        {**before, **{"\0" + words: meaning for words, meaning in after.items()}},
    )


def _qualify(text: str, one: _Found) -> None:
    """Read the qualifier before or after a figure, and take it into its span."""
    before, after, meanings = _qualifiers()
    window = max(0, one.start - 48)
    found = before.search(text, window, one.start)
    if found is not None and one.duration and _DURING.search(text, window, one.start):
        found = None
    if found is not None:
        words = " ".join(found["words"].lower().split())
        one.qualifier = meanings[words]
        one.start = found.start()
    elif (found := after.match(text, one.end)) is not None:
        one.qualifier = meanings["\0" + found["words"].lower()]
        one.end = found.end()


def _share_qualifiers(text: str, numbers: list[_Found]) -> None:
    """Let "at least" hold for the second figure of "at least 12 killed and 121 injured"."""
    for first, second in pairwise(numbers):
        if first.qualifier == "exact" or second.qualifier != "exact" or second.unit != first.unit:
            continue
        gap = text[first.end : second.start]
        if len(gap) > 75 or not _SHARED_GAP.fullmatch(gap) or _FINITE.search(gap):
            continue
        if _SHARED_AFTER.match(text, second.end) and not first.high:
            second.qualifier, second.shared = first.qualifier, True


def _figure(document: Document, one: _Found) -> Figure:
    text = document.text
    kind = _kind(document, one)
    number = Span(one.first, one.last)
    if kind not in ("figure", "duration", "multiplier"):
        return Figure(one.first, max(one.measured, one.last), kind, number=number)
    low, high = _ends(one)
    value = None if one.high is not None else one.value
    qualifier = "range" if one.high is not None else one.qualifier
    if text[one.start : one.end] != text[one.start : one.end].strip():
        one.start += len(text[one.start : one.end]) - len(text[one.start : one.end].lstrip())
    return Figure(
        one.start, one.end, kind, value, low, high, qualifier, one.unit, number, one.shared
    )


def _ends(one: _Found) -> tuple[int | Fraction | None, int | Fraction | None]:
    """The bounds that the words state; what "nearly" and "around" leave open stays open."""
    if one.high is not None:
        return one.value, one.high
    match one.qualifier:
        case "exact":
            return one.value, one.value
        case "at least" | "more than":
            return one.value, None
        case "up to" | "fewer than" | "nearly":
            return None, one.value
    return None, None


def _kind(document: Document, one: _Found) -> str:
    text = document.text
    surface = text[one.first : one.last]
    line = document.blocks[document.block_at(one.first)].start
    before = text[max(line, one.start - 40) : one.start]
    plain_before = text[max(line, one.first - 40) : one.first]
    after = text[one.last : one.last + 40]
    small = one.value < 130
    if one.duration is not None and one.duration["old"] and _OF_WAR.match(text, one.end):
        return "figure"
    if small and (_AGE_AFTER.match(after) or (one.duration is not None and one.duration["old"])):
        return "age"
    if one.value <= 18 and not one.unit and _YOUNG.search(plain_before) and _ENDS.match(after):
        return "age"
    if small and (_AGED.search(plain_before) or _UNDER_AGE.search(plain_before)):
        return "age"
    if (
        small
        and one.qualifier == "exact"
        and _AFTER_NAME.search(plain_before)
        and re.match(r"[,)](?!\d)", after)
        and not one.numeral.in_words
        and one.value > 3
        and not _is_counted_list(document, one)
    ):
        return "age"
    if (
        one.unit == ""
        and surface.isdigit()
        and len(surface) == 4
        and one.qualifier in ("exact", "around", "more than")
    ):
        previous, following = _PREVIOUS_WORD.search(before), _NEXT_WORD.match(after)
        words = previous[1] if previous else "", (following[1] or "") if following else ""
        if is_year(surface, *words) and not _TOTAL.search(
            text, max(line, one.first - 90), one.first
        ):
            return "date"
        if re.match(r"\s(?:[A-Z][\w-]+\s){2}", after) and re.search(r"[’']s?\s$", before):
            return "date"
    if one.unit == "" and _WEEK.search(plain_before):
        return "name"
    label = _LABEL.search(plain_before)
    if label and one.unit == "" and not re.match(r"\s(?:people|civilians|killed)", after):
        word = label["label"] or "No"
        if not (word.islower() and word in vocabulary.LABELS_IN_CAPITALS):
            return "name"
    if (
        not one.unit
        and not one.numeral.in_words
        and _LETTERS_BEFORE.search(plain_before)
        and (plain_before[-1:] != " " or (surface.isdigit() and len(surface) < 5))
    ):
        return "name"
    if (
        after[:1] in ("”", '"')
        and re.search(r"[A-Z]\w+\s$", plain_before)
        and one.start == one.first
    ):
        return "name"
    if _TIMES.match(text, one.last):
        return "multiplier"
    if _PER.search(plain_before) and re.fullmatch("10{2,6}", surface.replace(",", "")):
        return "word"
    if one.unit == "%" and _LEVEL.match(text, one.end):
        return "word"
    if _NO_COUNT_COMPOUND.match(after) or re.match(r"\smin(?:ute)? read\b", after):
        return "word"
    if one.duration is not None:
        return _kind_of_duration(document, one)
    if one.numeral.is_share:
        return _kind_of_share(text, one)
    if surface.lower() == "one" and one.qualifier == "exact":
        counted = _ONE_AFTER.match(text, one.last) or (
            _ONE_MORE.search(text, max(line, one.first - 120), one.first)
            and _ONE_THING.match(text, one.last)
        )
        return "figure" if counted else "word"
    if surface.lower() == "one" and re.match(
        r"\s(?:of the (?:most|largest|biggest|worst)|day|way)", after
    ):
        return "word"
    return "figure"


def _is_counted_list(document: Document, one: _Found) -> bool:
    """Whether it is one of a row of numbers: "Tarn, 96, Isk, 31", "Tarn (96), Isk (31)"."""
    text = document.text
    block = document.blocks[document.block_at(one.start)].start
    line = text[max(block, one.start - 200) : one.start]
    near = text[max(0, one.start - 90) : one.end + 90]
    return len(re.findall(r"\d", line)) > 12 or len(_IN_BRACKETS.findall(near)) > 2


def _kind_of_duration(document: Document, one: _Found) -> str:
    """A duration is a figure when a crisis or a reporting period has lasted so long."""
    text = document.text
    sentence = document.sentences[document.sentence_at(one.start)]
    before = text[max(sentence.start, one.start - 30) : one.start]
    after = text[one.end : one.end + 30]
    if one.unit == "years" and one.value >= 100:
        return "duration"
    if _NO_WAR.search(text, max(sentence.start, one.start - 70), one.start):
        return "duration"
    if _PERIOD.search(before):
        return "figure"
    if re.search(
        r"\b(?:\w{3,}est|worst|first|most)\b[^.,;]{0,40}\b(?:in|for)\s$",
        text[sentence.start : one.start],
    ):
        return "duration"
    if one.duration is not None and one.duration["join"] == "-":
        return "figure" if _OF_WAR.match(after) else "duration"
    if re.match(
        r"\s(?:of (?:relative )?(?:calm|truce|ceasefire|fighting)|ago)\b", after
    ) or _IN_WAR.match(after):
        return "figure"
    if _NOT_A_PERIOD.search(before) or re.match(_NO_PERIOD_AFTER, after):
        return "duration"
    if re.match(r"\s(?:ago|earlier|later|of\s|since|into|after|on\b|before|leading)", after):
        return "figure"
    if one.qualifier != "exact" or re.search(
        r"\b(?:lasted|lasting|force|after|for|over|in|in just)\s*$", before
    ):
        return "figure"
    return "duration"


def _kind_of_share(text: str, one: _Found) -> str:
    surface = text[one.first : one.last].lower()
    before = text[max(0, one.first - 14) : one.first]
    if surface == "half":
        fits = _HALF_AFTER.match(text, one.last) and not _NOT_HALF_BEFORE.search(before)
        return "figure" if fits else "word"
    if surface.startswith(("a ", "one ")) and " in " not in surface and " of " not in surface:
        if surface == "a quarter" and re.match(r"\s\w+ed\b", text[one.last : one.last + 24]):
            return "figure"
        if surface == "a quarter" or _PART_AFTER.match(text, one.last):
            return "figure" if _PART_AFTER.match(text, one.last) else "word"
        return "ordinal"
    return "figure"
