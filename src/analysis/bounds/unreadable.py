"""What to say about words that cannot be read: the reason, and what may have been meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from itertools import chain
from typing import Final

from analysis.bounds import words as table
from analysis.bounds.numerals import Writing, find_numerals, iter_runs, read_digits

#: As many characters of the words stand in a message.
SHOWN: Final = 60

#: Wordings of more words get no suggestion.
_WORDS_TRIED: Final = 12

_WORD: Final = re.compile(r"[a-z]+")

_KNOWN: Final = frozenset(
    _WORD.findall(
        " ".join(
            chain(
                *table.QUALIFIERS.values(),
                *table.UNITS.values(),
                (pattern.lower() for pattern in table.RANGES),
                *(table.VAGUE, table.TWO_OR_MORE, table.MAGNITUDES, table.NUMBER_WORDS),
                *(table.PARTS, (f"{part}s" for part in table.PARTS), table.TIMES, table.IN_EVERY),
                *(table.BOUND_NOTHING, table.BOUND_NOTHING_AFTER, table.HEDGES, table.NOTHING),
                *(table.JOINED_HEDGED, table.BEST_OF_RANGE, table.BANDS),
                *(table.JOINED_ENDS, (table.MINUS, table.NOT_KNOWN, "and a half")),
            )
        ).replace("N", " ")
    )
)

#: Words that change the size of the number before them.
_MAGNITUDES: Final = sorted(
    word
    for word in (*table.MAGNITUDES, *table.PARTS, *(f"{part}s" for part in table.PARTS))
    if len(word) > 3
)

#: The same in other languages.
_MAGNITUDES_ELSEWHERE: Final = frozenset(
    chain(table.ABBREVIATED, *(language.magnitudes for language in table.LANGUAGES.values()))
)

#: Shorter words behind a figure may be the short form of a magnitude.
_SHORTEST_NOUN: Final = 4

_SORTED: Final = sorted(_KNOWN)


class UnreadableWording(ValueError):
    """Words that cannot be read as a figure with certainty.

    Attributes
    ----------
    words : str
        The words, whole.
    reason : str
        Why they cannot be read.
    suggestion : str or None
        A wording that can be read and may have been meant. It never leaves out or changes the
        size of the figure.
    """

    def __init__(self, words: str, reason: str, suggestion: str | None = None) -> None:
        self.words = words
        self.reason = reason
        self.suggestion = suggestion
        hint = f'; did you mean "{suggestion}"?' if suggestion else ""
        super().__init__(f'cannot read "{shorten(words)}" as a figure: {reason}{hint}')

    def __reduce__(self) -> tuple[type[UnreadableWording], tuple[str, str, str | None]]:
        # Pickled by its own arguments, so that it can come back from another process.
        return type(self), (self.words, self.reason, self.suggestion)


class Refusal(ValueError):
    """A reason why words state no figure, and the wording to write in their place or None."""

    def __init__(self, reason: str, advice: str | None = None) -> None:
        self.reason = reason
        self.advice = advice
        super().__init__(reason)


def shorten(words: str) -> str:
    """Put words on one line, cut to what fits a message, with control characters made visible."""
    shown = words if len(words) <= SHOWN else words[:SHOWN] + "…"
    return "".join(
        sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in shown
    )


def explain(
    text: str, is_readable: Callable[[str], bool], language: str = "en"
) -> tuple[str, str | None]:
    """Find the reason why tidy text cannot be read, and a suggestion or None.

    A suggestion is never used in place of the words: it is only shown. It holds the same
    numerals as the words do (with their spelling corrected).
    """
    writing: Writing = "comma" if table.LANGUAGES[language].decimal == "," else "point"
    run = next((run for run in iter_runs(text) if read_digits(run, writing) is None), None)
    if run is not None:
        how = "1234.5 or 1,234.5" if writing == "point" else "1234,5 or 1 234,5"
        reason = f'"{shorten(run)}" is not written as a number is: {how}'
        other = read_digits(run, "comma" if writing == "point" else "point")
        if other is None or re.search(r"\d \d{3}", run):
            return reason, None
        swapped = text.replace(run, run.translate(str.maketrans(".,", ",.")))
        return reason, swapped if is_readable(swapped) else None
    if text.startswith("-"):
        return "a figure is not below zero, and a range needs two figures", None
    if len(text.split(" ")) > _WORDS_TRIED:
        return "too many words; the wording holds the figure only", None
    strange = [token for token in text.split(" ") if token.isalpha() and token not in _KNOWN]
    for corrected in (_corrected(text), text):
        for dropped, rest in _without_last_words(corrected):
            if is_readable(rest) and _numerals(rest) == _numerals(corrected):
                if dropped and corrected == text:
                    return f'the wording holds the figure only, without "{shorten(dropped)}"', rest
                return _strange(strange), rest
    if not re.search(r"[0-9]", text) and not _KNOWN.intersection(_WORD.findall(text)):
        return "there is no figure in it", None
    if strange and len(_numerals(text)) > 1:
        return "it holds several figures: write a row for each", None
    return _strange(strange), None


def _numerals(text: str) -> list[object]:
    return [numeral.value for numeral in find_numerals(text)]


def has_strange_words(text: str) -> bool:
    """Say whether a word stands in a text that is not in the table of words."""
    return any(word.isalpha() and word not in _KNOWN for word in text.split(" "))


def _strange(words: list[str]) -> str:
    if words:
        return f'"{shorten(words[0])}" is not in the table of words'
    return "the words do not make one figure"


def _corrected(text: str) -> str:
    """Spell unknown words as the nearest known ones, and leave out a closing full stop."""
    return " ".join(
        next(iter(get_close_matches(token, _SORTED, n=1, cutoff=0.8)), token)
        # "2.5 mil" is no misspelt mile: a short word may be a magnitude.
        if len(token) >= _SHORTEST_NOUN and token.isalpha() and token not in _KNOWN
        else token
        for token in text.rstrip(".,;:").split(" ")
    )


def _without_last_words(text: str) -> Iterator[tuple[str, str]]:
    """Leave out closing words that say nothing about the figure: (left out, what remains)."""
    yield "", text
    tokens = text.split(" ")
    while len(tokens) > 1 and not _says_something(tokens[-1]):
        tokens.pop()
        if tokens[-1] == "of":  # "thousands of people"
            tokens.pop()
        left = " ".join(tokens)
        yield text[len(left) + 1 :], left


def _says_something(token: str) -> bool:
    """Say whether a word may belong to the figure, and so must not be left out of advice."""
    if re.search(r"\d", token) or _KNOWN.intersection(_WORD.findall(token)):
        return True
    token = token.strip(".,;:")
    if token in table.NOTHING_OF or not token.isalpha():
        return False
    # "2 lahk", "3 myriad", "5 mio": a magnitude misspelt, or one that the table does not have.
    return (
        len(token) < _SHORTEST_NOUN
        or token in table.LIKE_MAGNITUDES
        or token in _MAGNITUDES_ELSEWHERE
        or bool(get_close_matches(token, _MAGNITUDES, n=1, cutoff=0.6))
    )
