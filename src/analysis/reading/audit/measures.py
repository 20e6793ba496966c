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
from analysis.reading.audit.statements import BETWEEN, FIGURE, Statement, Verdict, pick, say, words
from analysis.reading.dates import read_day
from analysis.reading.figures import Figure

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


_FACTORS: Final[dict[str, Fraction | int]] = {
    "halved": Fraction(1, 2),
    "doubled": 2,
    "tripled": 3,
    "trebled": 3,
    "quadrupled": 4,
}


_EVENTS: Final = (
    r"\b(invasion|invaded|war|conflict|siege|fighting|offensive|"
    r"earthquake|quake|floods?|outbreak|coup|ceasefire|truce|attack)\b"
)


def find_two_units(text: Statement) -> Iterator[tuple[str, Verdict, str, list[Figure]]]:
    """Two units of one length: "40-mile-long (64-kilometer-long)"."""
    for found in re.finditer(
        rf"{FIGURE}[^«»‹›.;()]{{0,16}}[(/]{FIGURE}[^«»]{{0,16}}\)?|{FIGURE},? or {FIGURE}",
        text.signs,
    ):
        first, second = pick(text, [number for number in found.groups() if number is not None])
        if first.value is None or second.value is None:
            continue
        one, other = _IN_BASE.get(_length(first)), _IN_BASE.get(_length(second))
        if one is None or other is None or one == other or one[0][:1] == "a" != other[0][:1]:
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


def _length(one: Figure) -> str:
    return one.unit.lower().rstrip(".")


def _both_speeds(text: Statement, first: Figure, second: Figure) -> bool:
    whole = text.document.text
    words = [whole[one.start : one.end + 8].lower() for one in (first, second)]
    return all(re.search(r"mph|km/h|kph|per hour|an hour", word) for word in words)


def find_changes(text: Statement) -> Iterator[tuple[str, Verdict, str, list[Figure]]]:
    """A change with both its ends: "doubled from 4 to 8", "rose from 20 to 25, up 25%"."""
    for found in re.finditer(
        rf"\b(?P<how>more than |nearly |almost |about |roughly )?(?P<word>halved|doubled|tripled|"
        rf"trebled|quadrupled)\b"
        rf"[^«».;]{{0,60}}?(?:from {FIGURE}{BETWEEN} to {FIGURE}|to {FIGURE}{BETWEEN} from "
        rf"{FIGURE})",
        text.signs,
    ):
        first, last = pick(
            text, [n for n in (found[3], found[4], found[6], found[5]) if n is not None]
        )
        if not first.value or last.value is None or first.unit != last.unit:
            continue
        factor, how = Fraction(_FACTORS[found["word"]]), (found["how"] or "").strip()
        yield _changed(first, last, factor, how, found["word"])
    for found in re.finditer(
        rf"\b(?:rose|risen|grew|increased|climbed|jumped|soared|fell|dropped|declined|decreased|"
        rf"shrank|went)\b[^«».;]{{0,50}}"
        rf"(?P<by>by {FIGURE}[^«».;]{{0,20}})?(?:from {FIGURE}{BETWEEN} to {FIGURE}|to "
        rf"{FIGURE}{BETWEEN} from {FIGURE})"
        rf"(?:,? (?:an? (?:\w+ )?(?:rise|increase|fall|drop|decline|jump|gain|decrease|"
        rf"reduction) of|"
        rf"(?:up|down)(?: by)?) {FIGURE})?",
        text.signs,
    ):
        by = found[2] or found[7]
        first, last = pick(text, [found[3] or found[6], found[4] or found[5]])
        if by is None or not first.value or last.value is None or first.unit != last.unit:
            continue
        stated = pick(text, [by])[0]
        if stated.unit == "%" and first.unit != "%":
            computed = abs(Fraction(last.value - first.value)) * 100 / Fraction(first.value)
            verdict = judge(percent(stated), widen(computed, first, last))
            written = (
                f"({say(last.value)} − {say(first.value)}) ÷ {say(first.value)} = {say(computed)} %"
            )
        elif stated.unit == first.unit and stated.value is not None:
            computed = abs(Fraction(last.value - first.value))
            verdict = judge(
                rounded(stated) if is_rounded(stated) else exactly(stated), point(computed)
            )
            written = f"{say(last.value)} − {say(first.value)} = {say(last.value - first.value)}"
        else:
            continue
        yield (
            "change",
            verdict,
            f"{written}, the text says {words(text, stated)}",
            [first, last, stated],
        )


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
    quotient = f"{say(last.value or 0)} ÷ {say(first.value or 1)} = {say(computed)}"
    written = f"{quotient}, the text says {(how + ' ' + word).strip()}"
    return "change", "holds" if right else "fails", written, [first, last]


def find_durations(text: Statement) -> Iterator[tuple[str, Verdict, str, list[Figure]]]:
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
        spelled = re.match(r"\s(?:\(|from |between )(?P<days>[^()]{5,48})", after)
        if spelled and (days := _two_days(spelled["days"], year)):
            counted = (days[1] - days[0]).days
            written = f"{days[0]} to {days[1]} are {counted} or {counted + 1} days"
            right = fits(one, Fraction(counted, size)) or fits(one, Fraction(counted + 1, size))
            yield (
                "duration",
                "holds" if right else "fails",
                f"{written}, the text says {words(text, one)}",
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
            right = any(fits(one, Fraction(passed + more, size)) for more in (-1, 0, 1))
            verdict: Verdict = "holds" if right else "fails"
            written = f"{began} to {text.day} are {passed} days, the text says {words(text, one)}"
            yield "duration", verdict, written, [one, dated]


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
