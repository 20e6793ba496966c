"""A text as its statements are looked for: every figure one sign, every date another."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal, TypeAlias

from analysis.reading.dates import read_day
from analysis.reading.documents import Document, Span
from analysis.reading.figures import Figure

Verdict: TypeAlias = Literal["holds", "fails", "possible", "cannot tell"]


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
class Statement:
    """A sentence (or a line) made of signs, and the figures and dates behind them."""

    document: Document
    span: Span
    signs: str
    figures: list[Figure]
    before: list[Figure]
    day: dt.date | None
    all: list[Figure]


#: What a rule has found: kind, verdict, the sum written out, and the figures it stands on.
Found: TypeAlias = tuple[str, Verdict, str, list[Figure]]


def list_statements(
    document: Document, figures: list[Figure], day: dt.date | None
) -> Iterator[Statement]:
    """Every sentence that has a figure."""
    shown = [one for one in figures if one.kind in ("figure", "duration", "date", "multiplier")]
    day = day or _first_day(document, shown)
    starts = [one.start for one in shown]
    for sentence in document.sentences:
        first, last = (bisect_left(starts, place) for place in sentence)
        inside = shown[first:last]
        if not inside:
            continue
        signs, at = "", sentence.start
        for number, one in enumerate(inside):
            mark = f"‹{number}›" if one.kind == "date" else f"«{number}»"
            signs += document.text[at : one.start] + mark
            at = one.end
        signs += document.text[at : sentence.end]
        before = shown[bisect_left(starts, sentence.start - 400) : first]
        yield Statement(document, sentence, signs, inside, before, day, figures)


def pick(text: Statement, numbers: list[str]) -> list[Figure]:
    """The figures behind the signs that a rule has found."""
    return [text.figures[int(number)] for number in numbers]


def _first_day(document: Document, figures: list[Figure]) -> dt.date | None:
    for one in figures:
        if one.kind == "date" and document.paragraph_at(one.start) == 1:
            return read_day(document.text[one.start : one.end], None)
    return None


def is_share(text: Statement, one: Figure) -> bool:
    """Whether a figure is a part of a whole: "57%", "half", "one in five"."""
    if one.unit == "%":
        return True
    surface = text.document.text[one.start : one.end].lower()
    return (
        one.value is not None
        and 0 < one.value < 1
        and not re.search(r"\d\.\d", surface)
        and not one.unit
    )


def are_alike(*figures: Figure) -> bool:
    """Whether figures are numbers in one unit, so that they can be set against each other."""
    return len({one.unit for one in figures}) == 1 and all(one.value is not None for one in figures)


def words(text: Statement, one: Figure) -> str:
    """A figure as the text writes it, on one line."""
    return " ".join(text.document.text[one.start : one.end].split())


def say(number: int | Fraction) -> str:
    """A number as a sum shows it."""
    if number == int(number):
        return f"{int(number):,}"
    return f"{float(number):,.4g}"


def in_brackets(document: Document, one: Figure) -> bool:
    """Whether a bracket stands before a figure."""
    return document.text[one.start - 1 : one.start] == "("


# In a sentence made of signs a figure is «3» and a date ‹2›.
FIGURE: Final = r"«(\d+)»"


BETWEEN: Final = r"(?:[^«»‹›.;:()]{0,60}?)"
