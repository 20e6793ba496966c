"""A text to be read: its characters, its paragraphs and its sentences."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple

from analysis.reading import vocabulary
from analysis.safety import InputError, read_whole

#: What `read_document` takes; HTML needs the extra "reading".
SUFFIXES: Final = (".txt", ".text", ".md", ".markdown", ".html", ".htm")

#: A file of more bytes is no article; it is refused at once.
_LARGEST: Final = 10_000_000

_LINE: Final = re.compile(r"[^\r\n]*[^\s][^\r\n]*")

#: A line of a list or of a table.
_STARTS_ANEW: Final = re.compile(r"\s*(?:[-•*▪●–—>|#]|\(?\d{1,3}[.)]\s|[a-z][.)]\s)|.*[|\t]")
_FIRST_WORD: Final = re.compile(r"\S+")
_SENTENCE_END: Final = re.compile(r"[.!?…]+[\"”’')\]]*(?=\s+[\"“‘'(\[•–—-]*\s*[A-Z0-9~>])")


#: A sentence of more characters is none; it is cut, so that reading takes a time that grows with
#: the length of the text and no faster.
LONGEST: Final = 2_000


class Span(NamedTuple):
    """Characters of a text, from `start` up to and without `end`."""

    start: int
    end: int


class UnreadableDocument(InputError):
    """A file that cannot be read as a text; the message says why."""


@dataclass(frozen=True)
class Document:
    """A text, exactly as decoded, so that offsets hold in the file itself.

    Attributes
    ----------
    name : str
        The name of the file without its suffix.
    text : str
        Every character of it.
    sha256 : str
        Of the file as it was.
    """

    name: str
    text: str
    sha256: str

    @cached_property
    def paragraphs(self) -> list[Span]:
        """Its lines that are not blank."""
        return [Span(*found.span()) for found in _LINE.finditer(self.text)]

    @cached_property
    def blocks(self) -> list[Span]:
        """Its paragraphs, those that were broken into lines of a page put together."""
        return _join_lines(self.text, self.paragraphs)

    @cached_property
    def sentences(self) -> list[Span]:
        """Its sentences; none runs over the end of a block."""
        return [part for block in self.blocks for part in _split(self.text, block)]

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [paragraph.start for paragraph in self.paragraphs]

    @cached_property
    def _block_starts(self) -> list[int]:
        return [block.start for block in self.blocks]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def paragraph_at(self, offset: int) -> int:
        """The number of the paragraph that holds a character; the first is paragraph 1."""
        return max(bisect_right(self._paragraph_starts, offset), 1)

    def block_at(self, offset: int) -> int:
        """The number of the block that holds a character."""
        return max(bisect_right(self._block_starts, offset) - 1, 0)

    def sentence_at(self, offset: int) -> int:
        """The number of the sentence that holds a character."""
        return max(bisect_right(self._sentence_starts, offset) - 1, 0)


def make_document(text: str, name: str = "text") -> Document:
    """Make a document of a text that stands in no file."""
    return Document(name, text, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())


def read_document(path: Path) -> Document:
    """Read a file of plain text, Markdown or HTML.

    Raises
    ------
    UnreadableDocument
        When it is not UTF-8, holds no text or too much of it, or is HTML and the extra "reading"
        is missing.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise UnreadableDocument(f"{path}: expected a text ({', '.join(SUFFIXES)})")
    try:
        data = read_whole(path, _LARGEST)
        text = data.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise UnreadableDocument(f"{path}: expected UTF-8 (byte {problem.start + 1})") from None
    except OSError as problem:
        raise UnreadableDocument(f"{path}: {problem.strerror or problem}") from None
    if path.suffix.lower() in (".html", ".htm"):
        text = _text_of_page(text, path)
    if not text.strip():
        raise UnreadableDocument(f"{path}: expected a text; it is empty")
    if "\0" in text:
        raise UnreadableDocument(f"{path}: expected a text; it holds bytes that are none")
    return Document(path.stem, text, hashlib.sha256(data).hexdigest())


def _text_of_page(page: str, path: Path) -> str:
    """The article of a page. Its offsets are those of this text, not of the page."""
    try:
        import trafilatura
    except ImportError:
        raise UnreadableDocument(
            f'{path}: to read HTML, pip install "contested-figures[reading]"'
        ) from None
    return str(trafilatura.extract(page, include_tables=True, include_comments=False) or "")


def _join_lines(text: str, lines: list[Span]) -> list[Span]:
    """Put lines together where a sentence was broken to fit a page.

    So it is where a line goes on with a small letter; and beside such lines, where the first word
    of a line would not have fitted on the one before.
    """
    joined: list[Span] = []
    for run in _runs(text, lines):
        width = max(line.end - line.start for line in run)
        is_broken = 50 <= width <= 110 and any(text[line.start].islower() for line in run[1:])
        for number, line in enumerate(run):
            before = run[number - 1] if number else None
            if before is not None and not _STARTS_ANEW.match(text, line.start, line.end):
                ended = text[before.start : before.end].rstrip()[-1:] in ".!?:;|"
                word = _FIRST_WORD.match(text, line.start, line.end)
                room = width - (before.end - before.start) - 1
                full = is_broken and word is not None and len(word[0]) > room
                full = full or (is_broken and not ended and 5 * room < 2 * width)
                if full or (text[line.start].islower() and not ended):
                    joined[-1] = Span(joined[-1].start, line.end)
                    continue
            joined.append(line)
    return joined


def _runs(text: str, lines: list[Span]) -> Iterator[list[Span]]:
    """Lines that follow one another with no blank line between."""
    run: list[Span] = []
    for line in lines:
        if run and text.count("\n", run[-1].end, line.start) > 1:
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _split(text: str, line: Span) -> list[Span]:
    parts: list[Span] = []
    start = line.start
    for found in _SENTENCE_END.finditer(text, line.start, line.end):
        if found[0].startswith(".") and _is_abbreviation(text, found.start(), found.end()):
            continue
        parts += _cut(text, start, found.end())
        start = found.end()
        while start < line.end and text[start].isspace():
            start += 1
    if start < line.end:
        parts += _cut(text, start, line.end)
    return parts


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    """A sentence, in pieces where it has no end: a list of names or a table in one line."""
    while end - start > LONGEST:
        at = text.rfind(" ", start + 1, start + LONGEST)
        at = at if at > start else start + LONGEST
        yield Span(start, at)
        start = at
    yield Span(start, end)


def _is_abbreviation(text: str, point: int, end: int) -> bool:
    """Whether the point at `point` belongs to the word before it."""
    start = point
    while start > 0 and (text[start - 1].isalpha() or text[start - 1] == "."):
        start -= 1
    word = text[start:point]
    initials = re.fullmatch(r"[A-Za-z](?:\.[A-Za-z])+", word) is not None
    if initials or word.lower() in vocabulary.ABBREVIATIONS:
        after = text[end:].lstrip()[:14] if initials else ""
        # "at 6 p.m. The …" ends a sentence, "the U.S. Army" does not.
        return not (after and re.match(r"(?:The|A|An|It|He|She|They|In|On|But|No)\b", after))
    if word.lower() in ("no", "co") or not word:
        return False
    # An initial: "John F. Kennedy", "J. Smith".
    return len(word) == 1 and word.isupper() and (start == 0 or not text[start - 1].isdigit())
