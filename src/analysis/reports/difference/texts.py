"""Sentences: which ones only one of two texts has."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence

from analysis.reports.difference.found_files import BOTH, ONLY_A, ONLY_B, TextDifference
from analysis.reports.difference.report_folder import UnreadableFile

#: A sentence ends at its full stop, where a capital or a digit opens the next one.
_NEXT_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9\"“(])")

#: The mark of sentences that a notebook shows (see `analysis.display.text`).
_SENTENCES = 'class="figures-text"'


def compare_texts(name: str, a: bytes | None, b: bytes | None) -> TextDifference | None:
    """Return how two texts in UTF-8 differ, None where they do not; None is no such text."""
    if a == b:
        return None
    try:
        of_a, of_b = (split_sentences(_decode(data)) for data in (a, b))
    except UnreadableFile as problem:
        return TextDifference(name, _present(a, b), problem=str(problem))
    return compare_sentences(name, of_a, of_b, _present(a, b))


def compare_notebooks(name: str, a: bytes | None, b: bytes | None) -> TextDifference | None:
    """Return how the sentences that two executed notebooks show differ; None is no notebook."""
    if a == b:
        return None
    try:
        of_a, of_b = (_read_shown(data) for data in (a, b))
    except UnreadableFile as problem:
        return TextDifference(name, _present(a, b), problem=str(problem))
    # That a notebook is only in one report is told where the notebooks are.
    return compare_sentences(name, of_a, of_b) if a and b else None


def compare_sentences(
    name: str, a: Sequence[str], b: Sequence[str], present: str = BOTH
) -> TextDifference | None:
    """Return which sentences are only in `a` or `b`, in their order; None where none is."""
    count_a, count_b = Counter(a), Counter(b)
    gone, new = _only(a, count_a - count_b), _only(b, count_b - count_a)
    turned = not gone and not new and list(a) != list(b)
    found = TextDifference(name, present, gone, new, turned)
    return found if found.found else None


def split_sentences(text: str) -> list[str]:
    """Return the sentences of a text; a blank line ends one too."""
    paragraphs = (" ".join(part.split()) for part in re.split(r"\n\s*\n", text))
    return [s for part in paragraphs if part for s in _NEXT_SENTENCE.split(part)]


def _only(sentences: Sequence[str], count: Counter[str]) -> tuple[str, ...]:
    left = count.copy()
    found = []
    for sentence in sentences:
        if left[sentence] > 0:
            left[sentence] -= 1
            found.append(sentence)
    return tuple(found)


def _present(a: bytes | None, b: bytes | None) -> str:
    return ONLY_B if a is None else ONLY_A if b is None else BOTH


def _decode(data: bytes | None) -> str:
    try:
        return (data or b"").decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableFile("it is not UTF-8") from None


def _read_shown(data: bytes | None) -> list[str]:
    sentences: list[str] = []
    try:
        cells = json.loads(_decode(data))["cells"] if data else []
        for cell in cells:
            for output in cell.get("outputs", []):
                shown = output.get("data", {})
                if _SENTENCES in "".join(shown.get("text/html", "")):
                    sentences += split_sentences("".join(shown.get("text/plain", "")))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise UnreadableFile("it is no notebook that can be read") from None
    return sentences
