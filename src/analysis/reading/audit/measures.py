"""Two units of one length, changes with both their ends, durations and their days."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from analysis.reading.audit.allowed import (
    exactly,
    fits,
    is_rounded,
    judge,
    multiply,
    percent,
    point,
    rounded,
    widen,
)
from analysis.reading.audit.statements import (
    FIGURE,
    Found,
    Statement,
    Verdict,
    are_alike,
    is_share,
    pick,
    say,
    words,
)
from analysis.reading.dates import read_day
from analysis.reading.figures import Figure

#: Miles and the like, in kilometres; feet in metres; acres in hectares.
_IN_BASE: Final = {
    unit: (kind, Fraction(size))
    for kind, size, units in (
        ("length", "1609.344", ("mile",)),
        ("length", "1000", ("km", "kilometer", "kilometre")),
        ("length", "1", ("meter", "metre")),
        ("length", "0.9144", ("yard",)),
        ("length", "0.3048", ("foot", "feet", "ft")),
        ("length", "0.0254", ("inch",)),
        ("length", "0.01", ("cm", "centimeter", "centimetre")),
        ("length", "0.001", ("mm", "millimeter", "millimetre")),
        ("speed", "1609.344", ("mph",)),
        ("speed", "1000", ("kph",)),
        ("area", "2589988.110336", ("square mile",)),
        ("area", "1000000", ("square kilometer", "square kilometre", "square km")),
        ("area", "10000", ("hectare",)),
        ("area", "4046.8564224", ("acre",)),
        ("area", "1", ("square meter", "square metre")),
        ("area", "0.09290304", ("square foot", "square feet")),
    )
    for unit in units
}
_DAYS: Final = {"days": 1, "weeks": 7, "months": 30, "years": 365}
_FACTORS: Final[dict[str, Fraction | int]] = {
    **{"halved": Fraction(1, 2), "doubled": 2, "tripled": 3, "trebled": 3, "quadrupled": 4},
    **{"halving": Fraction(1, 2), "doubling": 2, "tripling": 3, "quadrupling": 4},
}
_MULTIPLES: Final[dict[str, Fraction | int]] = {
    "twice": 2,
    "double": 2,
    "triple": 3,
    "half": Fraction(1, 2),
}
_FACTOR: Final = re.compile(
    r"\b(?P<how>more than |nearly |almost |about |roughly )?"
    rf"(?P<word>{'|'.join(_FACTORS)})\b"
)
_RISES: Final = re.compile(r"\b(?:rose|risen|grew|grown|climbed|increased|jumped|soared|surged)\b")
_FALLS: Final = re.compile(
    r"\b(?:fell|fallen|dropped|declined|decreased|shrank|plunged|plummeted)\b"
)
_CHANGE: Final = re.compile(
    rf"{_RISES.pattern}|{_FALLS.pattern}|{_FACTOR.pattern}|\b(?:went|up|down|rise|increase|fall|drop|"
    r"decline|jump|gain|decrease|reduction|cut|rising|falling|growing)\b"
)
_NOUN: Final = r"(?:rise|increase|fall|drop|decline|jump|gain|decrease|reduction)"
#: The size of a change: "by 40", "a drop of 40", "jumped 50%", "a 20% drop".
_BY: Final = (
    rf"(?:\bby|\b{_NOUN} of|\b(?:up|down)(?: by)?|{_RISES.pattern}|{_FALLS.pattern}) {FIGURE}"
    rf"|\ban? {FIGURE} {_NOUN}\b|{FIGURE} (?:less|fewer|lower|higher)\b(?! than)"
)
_EVENTS: Final = (
    r"\b(invasion|invaded|war|conflict|siege|fighting|offensive|"
    r"earthquake|quake|floods?|outbreak|coup|ceasefire|truce|attack)\b"
)


def find_two_units(text: Statement) -> Iterator[Found]:
    """Two units of one length: "40-mile-long (64-kilometer-long)"."""
    for found in re.finditer(
        rf"{FIGURE}[^«»‹›.;()]{{0,16}}[(/]{FIGURE}[^«»]{{0,16}}\)?|{FIGURE},? or {FIGURE}",
        text.signs,
    ):
        first, second = pick(text, [number for number in found.groups() if number is not None])
        if first.value is None or second.value is None:
            continue
        one, other = _IN_BASE.get(_length(first)), _IN_BASE.get(_length(second))
        if {_length(first), _length(second)} == {"°c", "°f"}:
            yield _degrees(first, second)
            continue
        if one is None or other is None or one == other:
            continue
        if _both_speeds(text, first, second):
            one, other = ("length", one[1]), ("length", other[1])
        if one[0] != other[0]:
            continue
        factor = one[1] / other[1]
        computed = multiply(rounded(first), factor)
        verdict = judge(rounded(second), computed)
        product = f"{say(first.value)} × {say(factor)} = {say(first.value * factor)}"
        written = f"{product}, the text says {say(second.value)}"
        yield "two units", verdict, written, [first, second]


def _degrees(first: Figure, second: Figure) -> Found:
    celsius, other = (first, second) if _length(first) == "°c" else (second, first)
    degrees = Fraction(celsius.value or 0) * Fraction(9, 5) + 32
    right = abs(degrees - Fraction(other.value or 0)) <= 1
    written = (
        f"{say(celsius.value or 0)} °C are {say(degrees)} °F, the text says {say(other.value or 0)}"
    )
    return "two units", "holds" if right else "fails", written, [first, second]


def _length(one: Figure) -> str:
    unit = re.sub(r"^(?:°|degrees?) ?([cf]).*", r"°\1", one.unit.lower().rstrip("."))
    return re.sub(r"^sq\.? ", "square ", unit)


def _both_speeds(text: Statement, first: Figure, second: Figure) -> bool:
    whole = text.document.text
    words = [whole[one.start : one.end + 8].lower() for one in (first, second)]
    return all(re.search(r"mph|km/h|kph|per hour|an hour", word) for word in words)


def find_changes(text: Statement) -> Iterator[Found]:
    """A change with both its ends: "doubled from 4 to 8", "rose by 5 from 20 to 25, up 25%"."""
    for clause in re.split(r"[.;]", text.signs):
        starts = re.findall(rf"\bfrom {FIGURE}", clause)
        ends = re.findall(rf"\bto {FIGURE}", clause)
        if not ends:
            ends = re.findall(rf"{FIGURE}[^«»]{{0,40}},? (?:up|down)\b", clause)
        if len(starts) != 1 or len(ends) != 1 or not _CHANGE.search(clause):
            continue
        first, last = pick(text, [*starts, *ends])
        if not first.value or last.value is None or first.unit != last.unit:
            continue
        if factor := _FACTOR.search(clause):
            times = Fraction(_FACTORS[factor["word"]])
            yield _changed(first, last, times, (factor["how"] or "").strip(), factor["word"])
        changes = pick(text, ["".join(found) for found in re.findall(_BY, clause)])
        if len(changes) == 1 and changes[0] not in (first, last):
            yield from _changed_by(text, first, last, changes[0])
        rises, falls = _RISES.search(clause), _FALLS.search(clause)
        if (rises and not falls and last.value < first.value) or (
            falls and not rises and last.value > first.value
        ):
            word = str((rises or falls or [""])[0])
            written = f"{say(first.value)} to {say(last.value)}, the text says {word}"
            yield "change", "fails", written, [first, last]


def find_comparisons(text: Statement) -> Iterator[Found]:
    """Two counts and their change: "530 in May, against 500 in April, an increase of 6%"."""
    for found in re.finditer(
        rf"{FIGURE}[^«»‹›.;:()]{{0,40}}\b(?:against|compared (?:with|to)|from) "
        rf"(?:the |just |only )?{FIGURE}[^«»‹›.;:()]{{0,40}}, an? (?:\w+ )?{_NOUN} of {FIGURE}",
        text.signs,
    ):
        last, first, stated = pick(text, list(found.groups()))
        if first.value and are_alike(first, last):
            yield from _changed_by(text, first, last, stated)


def find_differences(text: Statement) -> Iterator[Found]:
    """How much more or less: "310, 45 more than the 265", "a gap of 72: 120 needed, 48 in"."""
    for found in re.finditer(
        rf"{FIGURE}[^«»‹›.;:()]{{0,30}}?,? {FIGURE} (?:(?:more|fewer|less|higher|lower) than "
        rf"(?:the )?)?{FIGURE}"
        rf"|\b(?:gap|shortfall|deficit)"
        rf"\b[^«»‹›.;]{{0,20}}{FIGURE}[^«»‹›.;()]{{0,20}}:? {FIGURE}[^«»‹›.;()]{{0,30}}{FIGURE}"
        rf"|{FIGURE}[^«»‹›.;:()]{{0,40}}{FIGURE}[^«»‹›.;:()]{{0,40}}, (?:a|leaving a) (?:gap|"
        rf"shortfall|deficit) of {FIGURE}",
        text.signs,
    ):
        if found[1]:
            last, stated, first = pick(text, [found[1], found[2], found[3]])
            said = words(text, first) + found[0]
            if not re.search(r"\b(?:more|fewer|less|higher|lower) than\b", said):
                continue
        elif found[4]:
            stated, last, first = pick(text, [found[4], found[5], found[6]])
        else:
            last, first, stated = pick(text, [found[7], found[8], found[9]])
        if not are_alike(first, last, stated):
            continue
        if stated.qualifier != "exact" or last.qualifier != "exact":
            continue
        change = Fraction(last.value or 0) - Fraction(first.value or 0)
        allowed = rounded(stated) if is_rounded(stated) else exactly(stated)
        written = f"{say(last.value or 0)} − {say(first.value or 0)} = {say(change)}"
        verdict = judge(allowed, point(abs(change)))
        written = f"{written}, the text says {words(text, stated)}"
        yield "change", verdict, written, [last, stated, first]


def find_multiples(text: Statement) -> Iterator[Found]:
    """So many times as many: "96 cases, four times the 24 of last year"."""
    for found in re.finditer(
        rf"{FIGURE}[^«»‹›.;:()]{{0,40}}?, (?P<word>twice|double|triple|half) (?:the|that of "
        rf"the) {FIGURE}",
        text.signs,
    ):
        last, first = pick(text, [found[1], found[3]])
        if first.value and are_alike(first, last):
            yield _changed(first, last, Fraction(_MULTIPLES[found["word"]]), "", found["word"])
    for found in re.finditer(
        rf"{FIGURE}[^«»‹›.;:()]{{0,30}}?{FIGURE} times (?:as (?:many|much|high) as |more "
        rf"than )?(?:the |last \w+[’']s )?{FIGURE}",
        text.signs,
    ):
        last, times, first = pick(text, list(found.groups()))
        if times.kind != "multiplier" or not times.value or first.unit != last.unit:
            continue
        if first.value and last.value:
            computed = Fraction(last.value) / Fraction(first.value)
            verdict = judge(rounded(times), widen(computed, first, last))
            quotient = f"{say(last.value)} ÷ {say(first.value)} = {say(computed)}"
            written = f"{quotient}, the text says {say(times.value)} times"
            yield "change", verdict, written, [last, times, first]


def _changed_by(text: Statement, first: Figure, last: Figure, stated: Figure) -> Iterator[Found]:
    """Set "by 40", "up 25%", "a drop of a quarter" against both ends."""
    if stated.value is None or first.value is None or last.value is None:
        return
    change = Fraction(last.value - first.value)
    written = f"{say(last.value)} − {say(first.value)} = {say(change)}"
    points = "point" in words(text, stated)
    relative = (stated.unit == "%" and not points) or (is_share(text, stated) and not stated.unit)
    verdict: Verdict = "fails"
    if not relative or first.unit == "%":
        if stated.unit != first.unit:
            return
        allowed = rounded(stated) if is_rounded(stated) else exactly(stated)
        verdict = judge(allowed, point(abs(change)))
    if relative and verdict == "fails":
        computed = abs(change) * 100 / Fraction(first.value)
        verdict = judge(percent(stated), widen(computed, first, last))
        written = (
            f"({say(last.value)} − {say(first.value)}) ÷ {say(first.value)} = {say(computed)} %"
        )
    written = f"{written}, the text says {words(text, stated)}"
    yield "change", verdict, written, [first, last, stated]


def _changed(first: Figure, last: Figure, factor: Fraction, how: str, word: str) -> Found:
    computed = Fraction(last.value or 0) / Fraction(first.value or 1)
    slack = factor / 10
    if how == "more than":
        right = computed > factor if factor > 1 else computed < factor
    elif how in ("nearly", "almost"):
        least = factor - 3 * slack
        right = (
            least <= computed < factor if factor > 1 else factor < computed <= factor + 3 * slack
        )
    else:
        right = abs(computed - factor) <= (2 * slack if how else slack)
    quotient = f"{say(last.value or 0)} ÷ {say(first.value or 1)} = {say(computed)}"
    written = f"{quotient}, the text says {(how + ' ' + word).strip()}"
    return "change", "holds" if right else "fails", written, [first, last]


def find_durations(text: Statement) -> Iterator[Found]:
    """A duration and its days: "21 days (6–26 February)", "the invasion eight days ago"."""
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
        spelled = re.match(r",?\s(?:\(|from |between )(?P<days>[^()]{5,48})", after) or re.search(
            r"\b(?:from|between)\s(?P<days>[^.;()]{5,40}?),\s(?:or |that is )?$",
            whole[max(text.span.start, one.start - 60) : one.start],
        )
        if spelled and (days := _two_days(spelled["days"], year)):
            counted = (days[1] - days[0]).days
            written = f"{days[0]} to {days[1]} are {counted} or {counted + 1} days"
            written = f"{written}, the text says {words(text, one)}"
            right = fits(one, Fraction(counted, size)) or fits(one, Fraction(counted + 1, size))
            yield "duration", "holds" if right else "fails", written, [one]
        elif text.day is not None and (
            re.match(r"\sago\b|\s(?:in)?to the\b", after)
            or (re.match(r"\safter\b", after) and "‹" not in text.signs)
        ):
            event = _event(text, number)
            if event is None:
                continue
            began, dated = event
            passed = (text.day - began).days
            if passed < 0:
                continue
            right = any(fits(one, Fraction(passed + more, size)) for more in (-1, 0, 1))
            verdict: Verdict = "holds" if right else "fails"
            written = f"{began} to {text.day} are {passed} days, the text says {words(text, one)}"
            yield "duration", verdict, written, [one, dated]


def find_days_between(text: Statement) -> Iterator[Found]:
    """Days from one date to another: "began on ‹0› and ended on ‹1›, 85 days later"."""
    year = text.day.year if text.day else None
    for found in re.finditer(
        rf"‹(?P<first>\d+)›[^‹›«».;]{{0,60}}‹(?P<last>\d+)›,? {FIGURE} (?:later|after)\b"
        rf"|{FIGURE} (?:after|since) [^‹›«».;]{{0,40}}\b(?:of|on) ‹(?P<since>\d+)›,? (?:on )?"
        rf"‹(?P<then>\d+)›"
        rf"|{FIGURE} after (?:the |its )?(?P<event>\w+)[^‹›«».;]{{0,20}},? (?:on )?‹(?P<on>\d+)›"
        rf"|\bon ‹(?P<day>\d+)›,? {FIGURE} after (?:the |its )?(?P<what>\w+)"
        rf"|‹(?P<began>\d+)›[^‹›«».;]{{0,60}}\blasted {FIGURE} (?:by|until|to) ‹(?P<by>\d+)›",
        text.signs,
    ):
        one = pick(text, re.findall(FIGURE, found[0]))[0]
        size = _DAYS.get(one.unit)
        last = _day_of(
            text, next(filter(None, found.group("last", "on", "day", "then", "by"))), year
        )
        named = (found["event"] or found["what"] or "").lower()
        if start := found["first"] or found["since"] or found["began"]:
            first = _day_of(text, start, year)
        else:
            first = _days_of_events(text, year).get(named[:5])
        if size is None or first is None or last is None or first > last or one.value is None:
            continue
        passed = (last - first).days
        right = any(fits(one, Fraction(passed + more, size)) for more in (-1, 0, 1))
        written = f"{first} to {last} are {passed} days, the text says {words(text, one)}"
        yield "duration", "holds" if right else "fails", written, [one]


def _day_of(text: Statement, number: str, year: int | None) -> dt.date | None:
    one = text.figures[int(number)]
    return read_day(text.document.text[one.start : one.end], year)


def _days_of_events(text: Statement, year: int | None) -> dict[str, dt.date]:
    """The days that the text gives for "quake", "siege", …, by their first letters."""
    whole, known = text.document.text, dict[str, dt.date]()
    for one in text.all:
        if one.kind != "date" or one.start >= text.span.end:
            continue
        heard = re.findall(_EVENTS, whole[max(0, one.start - 60) : one.start], re.IGNORECASE)
        near = re.search(
            r"\b(?:struck|hit|began|started|broke out|erupted)\b[^.;]{0,20}$",
            whole[max(0, one.start - 40) : one.start],
        )
        if heard and near and (day := read_day(whole[one.start : one.end], year)):
            known.setdefault(heard[-1].lower()[:5], day)
    return known


def _event(text: Statement, number: int) -> tuple[dt.date, Figure] | None:
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
