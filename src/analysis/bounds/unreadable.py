"""What to say about words that cannot be read: the reason, and what may have been meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from itertools import chain
from typing import Final

from analysis.bounds import words as table

#: As many characters of the words stand in a message.
SHOWN: Final = 60

#: Wordings of more words get no suggestion.
_WORDS_TRIED: Final = 12

_WORD: Final = re.compile(r"[a-z]+")
_NUMERALS: Final = re.compile(r"[0-9][0-9.,]*[0-9]")
_GROUPED: Final = re.compile(r"(?:0|[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]*)(?:\.[0-9]+)?")

_KNOWN: Final = frozenset(
    _WORD.findall(
        " ".join(
            chain(
                *table.QUALIFIERS.values(),
                *table.UNITS.values(),
                (pattern.lower() for pattern in table.RANGES),
                table.VAGUE,
                table.TWO_OR_MORE,
                table.MAGNITUDES,
                table.NUMBER_WORDS,
                table.BEFORE_MAGNITUDE,
                (table.AND_A_HALF, table.MINUS, *table.JOINED_ENDS, table.NOT_KNOWN),
            )
        ).replace("N", " ")
    )
)

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
        A wording that can be read and may have been meant.
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


def shorten(words: str) -> str:
    """Put words on one line, cut to what fits a message, with control characters made visible."""
    shown = words if len(words) <= SHOWN else words[:SHOWN] + "…"
    return "".join(
        sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in shown
    )


def explain(text: str, is_readable: Callable[[str], bool]) -> tuple[str, str | None]:
    """Find the reason why tidy text cannot be read, and a suggestion or None.

    A suggestion is never used in place of the words: it is only shown.
    """
    numerals = next((n for n in _NUMERALS.findall(text) if not _GROUPED.fullmatch(n)), None)
    if numerals is not None:
        return f'"{shorten(numerals)}" is not written as a number is: 1234.5 or 1,234.5', None
    if text.startswith("-"):
        return "a figure is not below zero, and a range needs two figures", None
    if len(text.split(" ")) > _WORDS_TRIED:
        return "too many words; the wording holds the figure only", None
    strange = [token for token in text.split(" ") if token.isalpha() and token not in _KNOWN]
    for corrected in (_corrected(text), text):
        for dropped, rest in _without_last_words(corrected):
            if is_readable(rest):
                if dropped and corrected == text:
                    return f'the wording holds the figure only, without "{shorten(dropped)}"', rest
                return _strange(strange), rest
    if not re.search(r"[0-9]", text) and not _KNOWN.intersection(_WORD.findall(text)):
        return "there is no figure in it", None
    return _strange(strange), None


def _strange(words: list[str]) -> str:
    if words:
        return f'"{shorten(words[0])}" is not in the table of words'
    return "the words do not make one figure"


def _corrected(text: str) -> str:
    """Spell unknown words as the nearest known ones, and leave out a closing full stop."""
    return " ".join(
        next(iter(get_close_matches(token, _SORTED, n=1, cutoff=0.8)), token)
        if len(token) > 2 and token.isalpha() and token not in _KNOWN
        else token
        for token in text.rstrip(".,;:").split(" ")
    )


def _without_last_words(text: str) -> Iterator[tuple[str, str]]:
    """Leave out closing words that say nothing about the figure: (left out, what remains)."""
    yield "", text
    tokens = text.split(" ")
    while len(tokens) > 1 and not _says_something(tokens[-1]):
        tokens.pop()
        left = " ".join(tokens)
        yield text[len(left) + 1 :], left


def _says_something(token: str) -> bool:
    return bool(re.search(r"[0-9]", token)) or bool(_KNOWN.intersection(_WORD.findall(token)))
