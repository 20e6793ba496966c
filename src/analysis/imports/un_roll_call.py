"""``un-roll-call``: how each member state voted on a resolution, names as people write them.

Reads a CSV with a column of names (``member_state``, ``country``, ``state``, the digital
library's ``ms_name`` …) and one of votes (``vote``, ``ms_vote``), with or without
``resolution``, a date and a code; and the text of a voting record, "Y AFGHANISTAN" a line.

Frame (one row a member state and resolution, in the order of the file):

============ ============= ======================================================
row          Int64         published row
resolution   string        as published; missing if the file does not say
vote_date    datetime64[s] missing if the file does not say
iso3         string        ISO 3166 alpha-3
member_state string        as published
vote         string        yes, no, abstain, not voting
flag         string        always "" in this format
============ ============= ======================================================

Names are read strictly (`country_names`): whatever the case, the accents and "the", but as
a whole; "Korea" and misspellings are refused with a suggestion, never guessed. A code beside
the name must agree with it. A vote left blank, "X", "-" or "absent" is not voting; the
numbers some data sets use are refused, because they do not use the same ones. The notes
count the votes and name the member states that are missing from the file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from analysis.imports.country_names import (
    UnknownCountryError,
    find_member,
    known_codes,
    member_codes,
)
from analysis.imports.imported import Imported, Importer, Progress, RefusedRowError
from analysis.imports.published_file import peek_text, read_text
from analysis.imports.published_json import open_table, recognises_table
from analysis.imports.published_rows import (
    Cells,
    Row,
    decide_order,
    finish,
    read_rows,
    refuse_repeats,
)
from analysis.imports.published_table import PublishedTable, Record

EXPECTS = "a column of member states (member_state, country, ms_name) and one of votes (vote)"
COLUMNS = {
    "row": "Int64",
    "resolution": "string",
    "vote_date": "datetime64[s]",
    "iso3": "string",
    "member_state": "string",
    "vote": "string",
    "flag": "string",
}
_NAMES = ("member state", "ms name", "member", "country", "country name", "state", "name")
_VOTES = ("vote", "ms vote", "votes")
_CODES = ("iso3", "ms code", "iso code", "country code")
_DATES = ("vote date", "date")

#: What a vote may say, in lower case, and what it is called in the frame.
VOTES = {
    **dict.fromkeys(("y", "yes", "in favour", "in favor", "for", "favour"), "yes"),
    **dict.fromkeys(("n", "no", "against"), "no"),
    **dict.fromkeys(("a", "abstain", "abstained", "abstention", "abstaining"), "abstain"),
    **dict.fromkeys(("", "x", "-", "–", "—", "not voting", "non-voting"), "not voting"),
    **dict.fromkeys(("non voting", "did not vote", "absent", "no vote recorded"), "not voting"),
}
_RECORD_LINE = re.compile(r"(?P<vote>[YNAX]?)[ \t]+(?P<name>[^\d,;]{3,})|(?P<only>[^\d,;]{3,})")


def _first(columns: frozenset[str], names: Iterable[str]) -> str | None:
    return next((name for name in names if name in columns), None)


def _wanted(columns: frozenset[str]) -> bool:
    return _first(columns, _NAMES) is not None and _first(columns, _VOTES) is not None


def _is_record_text(text: str) -> bool:
    """Whether the text is a voting record: lines of a vote letter and a name."""
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    marked = sum(bool(re.match(r"[YNAX][ \t]+[^\W\d]", line)) for line in lines)
    return marked > 0 and all(_RECORD_LINE.fullmatch(line) for line in lines[:50])


def recognises(path: Path) -> bool:
    """Whether the file has such columns, or is the text of a voting record."""
    return recognises_table(path, wanted=_wanted) or _is_record_text(peek_text(path))


def _open(path: Path, progress: Progress | None) -> PublishedTable:
    text = read_text(path, progress)
    if not _is_record_text(text):
        return open_table(path, None, wanted=_wanted, expects=EXPECTS)
    table = PublishedTable(path, {"vote": "vote", "member state": "member state"})
    for number, line in enumerate(text.splitlines(), start=1):
        found = _RECORD_LINE.fullmatch(line.rstrip())
        if found:
            cells = {"vote": found["vote"] or "", "member state": found["name"] or found["only"]}
            table.records.append(Record(number, cells))
        elif line.strip():
            table.records.append(Record(number, {"vote": "", "member state": line}))
    return table


def read(path: Path, progress: Progress | None = None) -> Imported:
    """Read a file of this format; the frame is described at the head of the module."""
    table = _open(path, progress)
    name_column = _first(table.columns, _NAMES) or "member state"
    vote_column = _first(table.columns, _VOTES) or "vote"
    code_column = _first(table.columns, _CODES)
    date_column = _first(table.columns, _DATES)
    cells = Cells(table, decide_order(table, date_column) if date_column else None)

    def read_one(record: Record) -> Iterable[Row]:
        name = record.get(name_column)
        if not name:
            raise cells.refuse(record, name_column, "no name")
        try:
            iso3 = find_member(name)
        except UnknownCountryError as error:
            raise cells.refuse(record, name_column, str(error)) from error
        code = record.get(code_column) if code_column else ""
        if code and code in known_codes() and code != iso3:
            raise RefusedRowError(table.titles[code_column or ""], code, f"{name} is {iso3}")
        vote = VOTES.get(" ".join(record.get(vote_column).lower().replace("_", " ").split()))
        if vote is None:
            reason = "not a vote: expected yes, no, abstain, not voting, or Y, N, A, X"
            raise cells.refuse(record, vote_column, reason)
        day: date | None = None
        if date_column and record.get(date_column):
            day = cells.day(record, date_column)
        yield {
            "resolution": record.get("resolution") or None,
            "vote_date": day,
            "iso3": iso3,
            "member_state": " ".join(name.split()),
            "vote": vote,
        }

    rows = read_rows(table, read_one)
    rows = refuse_repeats(table, rows, ("resolution", "iso3"), "{iso3}")
    for resolution in dict.fromkeys(row["resolution"] for row in rows):
        _note_totals(table, [row for row in rows if row["resolution"] == resolution])
    used = {name_column, vote_column, code_column or "", date_column or "", "resolution"}
    return finish(table, rows, COLUMNS, used)


def _note_totals(table: PublishedTable, rows: list[Row]) -> None:
    counts = Counter(row["vote"] for row in rows)
    totals = ", ".join(f"{counts[vote]} {vote}" for vote in ("yes", "no", "abstain", "not voting"))
    absent = sorted(member_codes() - {row["iso3"] for row in rows})
    named = ", ".join(absent[:10]) + (" …" if len(absent) > 10 else "")
    missing = f"; {len(absent)} member states are not in the file: {named}" if absent else ""
    table.notes.append(f"{rows[0]['resolution'] or 'the vote'}: {totals}{missing}")


IMPORTER = Importer("un-roll-call", EXPECTS, recognises, read)
