"""From a figure back to its row, its document and the sentence; and whether all still stands."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from analysis.reading.documents import (
    SUFFIXES,
    Document,
    Span,
    UnreadableDocument,
    read_document,
)

if TYPE_CHECKING:
    from analysis.charts.thread import Thread

_CHARACTERS: Final = re.compile(r"characters (?P<start>\d+)[-–](?P<end>\d+)")
_HASH: Final = re.compile(r"\b[0-9a-f]{64}\b")


@dataclass(frozen=True)
class Traced:
    """A row of the casebook, and where it was read.

    Attributes
    ----------
    id : str
        The id of its figure (see `analysis.claim_ids`).
    table : str
        The table that it stands in.
    row : dict
        Its cells that are not empty, by the columns of the table.
    said : str
        A hash of what it says.
    source : dict
        What sources.csv says of its document.
    characters : Span or None
        Where the document has it, if the locator says that.
    """

    id: str
    table: str
    row: dict[str, str]
    said: str
    source: dict[str, str]
    characters: Span | None


def list_figures(casebook: Path) -> Iterator[Traced]:
    """Go through every row of the casebook that says where it was read.

    Raises
    ------
    CasebookErrors
        A table cannot be read.
    """
    from analysis.casebook.subjects import list_tables
    from analysis.claim_ids import hash_figures, name_figures
    from analysis.tables import read_claims, read_references

    sources = read_references(casebook)["sources"].set_index("source_id", drop=False)
    said_of = {str(key): _cells(row) for key, row in sources.to_dict("index").items()}
    for table in list_tables():
        if not {"source_id", "locator"} <= set(table.columns):
            continue
        claims = read_claims(table, casebook) if table.holds_claims else table.read(casebook)[0]
        names, hashes = name_figures(claims), hash_figures(claims)
        rows = claims[[name for name in table.columns if name in claims]].to_dict("records")
        for name, said, cells in zip(names, hashes, rows, strict=True):
            row = _cells(cells)
            found = _CHARACTERS.search(row.get("locator", ""))
            characters = Span(int(found["start"]), int(found["end"])) if found else None
            source = said_of.get(row.get("source_id", ""), {})
            yield Traced(name, table.name, row, said, source, characters)


def find_texts(folder: Path) -> dict[str, Document]:
    """Return the texts of a folder that can be read, by the SHA-256 of their files."""
    texts = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in SUFFIXES and path.is_file():
            try:
                document = read_document(path)
            except UnreadableDocument:
                continue
            texts[document.sha256] = document
    return texts


def find_sentence(figure: Traced, texts: dict[str, Document]) -> tuple[str, str]:
    """Say whether the words of a row stand where it says, and give the sentence there.

    Returns
    -------
    tuple of str
        "stands", "says otherwise", or "no text" (the row names no characters, or the folder
        has no text of its hash); then the sentence, or "".
    """
    if figure.characters is None:
        return "no text", ""
    start, end = figure.characters
    hashes = _HASH.findall(figure.source.get("method", ""))
    there = [texts[one] for one in hashes if one in texts]
    for document in there:
        words = " ".join(document.text[start:end].split())
        wording = figure.row.get("wording", "")
        # One qualifier may stand before two figures, and is part of both wordings.
        if words and (not wording or wording == words or wording.endswith(f" {words}")):
            sentence = document.sentences[document.sentence_at(start)]
            return "stands", " ".join(document.text[sentence.start : sentence.end].split())
    if not there:
        return "no text", ""
    found = " ".join(there[0].text[start:end].split())
    return "says otherwise", found


def compare_chart(thread: Thread, casebook: Path) -> list[str]:
    """Return what has changed of the claims that a chart draws, one line each; [] is current."""
    from analysis.tables.parts import hash_table

    by_name: dict[str, list[Traced]] = defaultdict(list)
    for figure in list_figures(casebook):
        by_name[figure.id].append(figure)
    changed = []
    for name, said in thread.claims.items():
        if name.endswith(".csv"):
            if hash_table(casebook, name.removesuffix(".csv"))[name] != said:
                changed.append(f"{name}: other rows than then")
            continue
        figures = by_name.get(name, [])
        if not figures:
            changed.append(f"{name}: not in this casebook; of another one with --data")
        elif said not in {figure.said for figure in figures}:
            row = figures[0].row
            changed.append(
                f"{name}: now {row.get('wording', 'otherwise')} "
                f"({row.get('claimant', '')}, {row['source_id']}, {row['locator']})"
            )
    return changed


def _cells(row: dict[Any, Any]) -> dict[str, str]:
    import pandas as pd

    return {
        str(name): cell.date().isoformat() if isinstance(cell, pd.Timestamp) else str(cell)
        for name, cell in row.items()
        if cell is not None and not pd.isna(cell) and str(cell)
    }
