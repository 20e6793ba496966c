"""From an article to candidate claims, which a person reviews before a casebook takes them.

A candidate is a figure with its bounds, source and characters. A person accepts, corrects or
refuses it (`review`); accepted ones land in the casebook (`accepting`). Statements that can be
recomputed are checked (`audit`). Rules only: no network, and nothing is filled in that the text
does not say. `tracing` leads from a figure back to its sentence. May import `bounds`, `safety`,
`tables`, `claims`, `charts` and `casebook`; only `reports` and the command line import it.
"""

from analysis.reading.candidates import (
    Candidate,
    load_candidates,
    read_candidates,
    write_candidates,
)
from analysis.reading.documents import Document, UnreadableDocument, make_document, read_document

__all__ = [
    "Candidate",
    "Document",
    "UnreadableDocument",
    "load_candidates",
    "make_document",
    "read_candidates",
    "read_document",
    "write_candidates",
]


def __dir__() -> list[str]:
    return __all__
