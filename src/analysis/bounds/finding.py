"""Wordings in running text: where they stand, and the parts of one that holds several figures."""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from analysis.bounds import words as table
from analysis.bounds.numerals import find_numerals, plain_lines
from analysis.bounds.reading import SEVERAL_CLAIMS, patterns_of, read_wording, try_wording
from analysis.bounds.unreadable import UnreadableWording
from analysis.bounds.value import Bounds

#: Qualifiers of more characters than this are not looked for.
_REACH: Final = 60

_AND: Final = re.compile(r",? and |, ")


class FoundWording(NamedTuple):
    """A wording in a text: its place, its words, and what they mean."""

    start: int
    end: int
    words: str
    bounds: Bounds


class Part(NamedTuple):
    """One figure of a wording that holds several.

    `words` can be read by `read_wording`; `label` is what stands behind them ("children");
    `role` is "figure" for the first, "part" for what is included in it, "whole" for what it is
    included in.
    """

    words: str
    label: str
    role: str


def find_wordings(text: str, language: str = "") -> list[FoundWording]:
    """Find figures with their qualifiers, units and ranges in running text.

    Parameters
    ----------
    text : str
        Any text. "nearly 500 soldiers and 7,000 to 15,000 others" gives "nearly 500" and
        "7,000 to 15,000"; vague words without a numeral ("dozens") are found as well.
    language : str
        A key of `words.LANGUAGES`; empty for English.

    Returns
    -------
    list of FoundWording
        In the order of the text, none within another. A figure that cannot be read with
        certainty ("30.000") is left out: `numerals.find_numerals` has it.
    """
    lower = plain_lines(text)
    numerals = find_numerals(text, language or "en")
    spans = [(n.start, n.end) for n in numerals if not n.is_ambiguous]
    spans += [match.span() for match in _vague_words().finditer(lower)]
    spans.sort(key=lambda span: (span[0], -span[1]))
    found: list[FoundWording] = []
    index = 0
    while index < len(spans):
        start, end = spans[index]
        follower = spans[index + 1] if index + 1 < len(spans) else None
        taken = None
        if follower is not None and _joins(lower[end : follower[0]]):
            taken = _read_around(text, lower, start, follower[1], language)
        index += 2 if taken else 1
        taken = taken or _read_around(text, lower, start, end, language)
        if taken is not None and (not found or taken.start >= found[-1].end):
            found.append(taken)
    return found


def touching(text: str, start: int, end: int, language: str = "") -> tuple[int, int]:
    """Widen the place of a figure by the qualifier, adverbs and unit that touch it.

    >>> text = "They lost well over 2,000 men."
    >>> first, last = touching(text, 20, 25)
    >>> text[first:last]
    'well over 2,000'
    """
    return _touching(plain_lines(text[max(0, start - _REACH) : end + _REACH]), start, end, language)


def split_wording(words: str, language: str = "") -> list[Part]:
    """Split a wording with several figures into its parts, one for each row of a table.

    Parameters
    ----------
    words : str
        "more than 12,000, including 5,000 children"; "1.9 million of 2.2 million".
    language : str
        As for `find_wordings`.

    Returns
    -------
    list of Part
        The whole wording as the only part where it holds one figure.

    Raises
    ------
    UnreadableWording
        When a part holds no figure that can be read.
    """
    first, *rest = SEVERAL_CLAIMS.split(words.strip(table.BLANKS), maxsplit=1)
    found = find_wordings(first, language)
    match found:
        case [figure, whole] if re.fullmatch(
            r" (?:out )?of (?:the |its |a total of )?", plain_lines(first)[figure.end : whole.start]
        ):
            parts = [
                Part(figure.words, "", "figure"),
                Part(whole.words, first[whole.end :].strip(" ,;."), "whole"),
            ]
        case _ if not rest:
            read_wording(words, counts=False, language=language)
            return [Part(words.strip(table.BLANKS), "", "figure")]
        case _:
            parts = [_part(first, "figure", language)]
    for text in rest:
        pieces: list[str] = []
        for piece in _AND.split(text):
            # "5,000 women and children": what has no figure belongs to the piece before it.
            if pieces and not find_wordings(piece, language):
                pieces[-1] += f" and {piece}"
            else:
                pieces.append(piece)
        parts += [_part(piece, "part", language) for piece in pieces]
    return parts


def _part(text: str, role: str, language: str) -> Part:
    found = find_wordings(text, language)
    if len(found) != 1:
        reason = f"it holds {len(found)} figures" if found else "there is no figure in it"
        raise UnreadableWording(text, reason)
    label = f"{text[: found[0].start].strip()} {text[found[0].end :].strip(' ,;.')}".strip()
    return Part(found[0].words, label, role)


def _read_around(text: str, lower: str, start: int, end: int, language: str) -> FoundWording | None:
    """Read a figure with all that touches it, or else with less, or None."""
    first, last = _touching(lower[max(0, start - _REACH) : end + _REACH], start, end, language)
    for left, right in dict.fromkeys(((first, last), (first, end), (start, last), (start, end))):
        words = " ".join(text[left:right].split())
        for counts in (True, False):
            bounds = try_wording(words, counts, language)
            if bounds is not None:
                return FoundWording(left, right, words, bounds)
    return None


def _touching(window: str, start: int, end: int, language: str) -> tuple[int, int]:
    """Widen a place within a window that begins `_REACH` before it, or at the text's beginning."""
    offset = start - min(start, _REACH)
    before, after, units = _around_figures(language or "en")
    left, right = start - offset, end - offset
    while left and (match := before.match(window[left - 1 :: -1])):
        left -= match.end()
    for pattern in (units, after):
        if match := pattern.match(window, right):
            right = match.end()
    return left + offset, right + offset


def _joins(between: str) -> bool:
    """Say whether the text between two figures can be that of a range or of an interval."""
    return between in _BETWEEN


_BETWEEN: Final = frozenset(
    between
    for pattern in table.RANGES
    for joint in (re.split(r"\b[AB]\b", pattern)[1],)
    for between in (joint, f" {joint} ")
)


@cache
def _vague_words() -> re.Pattern[str]:
    several = "|".join(map(re.escape, table.TWO_OR_MORE))
    vague = sorted((w for w in table.VAGUE if w.endswith("s")), key=len, reverse=True)
    magnitudes = "|".join(m for m in table.MAGNITUDES if len(m) > 3)
    return re.compile(
        rf"\b(?:{'|'.join(vague)}|(?:{several}) (?:{magnitudes}))\b(?! of (?:thou|mill))"
    )


@cache
def _around_figures(language: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Compile what may stand before a figure (written backwards), after it, and its units."""
    befores, afters = set(), set()
    for patterns in patterns_of(language).values():
        for _, before, after in patterns:
            befores.add(before)
            afters.add(after)
    befores |= {f"{words} " for words in table.BOUND_NOTHING}
    befores |= {re.split(r"\b[AB]\b", pattern)[0] for pattern in table.RANGES}
    backwards = sorted((words[::-1] for words in befores if words), key=len, reverse=True)
    forms = [form for forms in table.UNITS.values() for form in forms]
    signs = [form[::-1] for form in forms if not form[-1].isalpha() and form != "%"]
    behind = sorted((f for f in forms if f not in table.SIGNS_BEFORE), key=len, reverse=True)
    return (
        re.compile(rf"(?:(?:{_any(backwards)})(?![^\W_])|(?:{_any(signs)}))"),
        re.compile(
            rf"(?:{_any(sorted((a for a in afters if a), key=len, reverse=True))})(?![^\W_])"
        ),
        re.compile(rf" ?(?:{_any(behind)})(?![^\W_])"),
    )


def _any(words: list[str]) -> str:
    return "|".join(map(re.escape, words))
