"""``un-roll-call``: how each member state voted on a resolution, names as people write them.

Reads a CSV with a column of names (``member_state``, ``country``, ``state``, the digital
library's ``ms_name`` …) or of codes (``iso3``, ``ms_code`` …) and one of votes (``vote``,
``ms_vote``), with or without ``resolution`` and a date; wide tables with one row a state and
one column a resolution, or one row a resolution and one column a state; and the text of a
voting record, "Y AFGHANISTAN" a line.

Names are read strictly (`reading.countries`): whatever the case, the accents and "the", as a
whole or abbreviated word by word; "Korea" and misspellings are refused with a suggestion,
never guessed. A code beside the name must agree with it. A vote left blank, "X", "-" or
"absent" is not voting; the numbers some data sets use are refused, because they do not use the
same ones. The notes count the votes and name the member states that are missing from the file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from contextlib import suppress

from analysis.imports.reading.countries import (
    UnknownCountryError,
    find_member,
    known_codes,
    member_codes,
)
from analysis.imports.reading.file import PublishedFile
from analysis.imports.reading.results import Imported, Importer, Refusals, RefusedRowError
from analysis.imports.reading.rows import (
    Cells,
    Row,
    add_notes,
    finish,
    read_rows,
    refuse_repeats,
)
from analysis.imports.reading.table import PublishedTable, Record, open_table, recognises_table

EXPECTS = (
    "a column of member states (member_state, country, iso3) and one of votes (vote), or one"
    " column a resolution"
)
#: The frame: one row a member state and resolution, in the order of the file.
COLUMNS = {
    "row": "Int64",  # published row
    "resolution": "string",  # as published; missing if the file does not say
    "vote_date": "datetime64[s]",  # missing if the file does not say
    "iso3": "string",  # ISO 3166 alpha-3
    "member_state": "string",  # as published
    "vote": "string",  # yes, no, abstain, not voting
    "flag": "string",  # always "" in this format
}
_NAMES = ("member state", "ms name", "member", "country", "country name", "state", "name")
_VOTES = ("vote", "ms vote", "votes")
_CODES = (
    *("iso3", "iso 3", "iso3 code", "iso alpha 3", "iso a3", "ms code", "iso code"),
    *("country code", "code", "iso"),
)
_RESOLUTIONS = ("resolution", "resolution number", "unres", "res")
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


#: The title of a column for one resolution: A/RES/ES-11/1, ES-11/1, es11_1, 68/262.
_RESOLUTION = re.compile(
    r"(?:a/)?(?:res(?:olution)?[/ ])?(?:es ?-? ?)?[0-9]{1,3}[/ -][0-9]{1,3}\b(?!/[0-9]{4}).*"
)

#: So many columns of states, and a table is one of resolutions.
_ENOUGH_STATES = 5


def _is_list(columns: frozenset[str]) -> bool:
    return bool(columns.intersection(_VOTES) and columns.intersection((*_NAMES, *_CODES)))


def _is_wide(columns: frozenset[str]) -> bool:
    states = columns.intersection((*_NAMES, *_CODES))
    return bool(states) and any(_RESOLUTION.fullmatch(name) for name in columns - states)


def _is_of_states(columns: frozenset[str]) -> bool:
    """Whether most columns are states, and one says the resolution."""
    others = columns - {*_RESOLUTIONS, *_DATES}
    if not columns.intersection(_RESOLUTIONS) or not others:
        return False
    states = sum(_find_state(name) is not None for name in others)
    return states >= _ENOUGH_STATES or (states > 1 and states == len(others))


def _wanted(columns: frozenset[str]) -> bool:
    return _is_list(columns) or _is_wide(columns) or _is_of_states(columns)


def _find_state(name: str) -> str | None:
    """Return the code of a state by its name or code, whatever its case; None if it is none."""
    if name.upper() in member_codes():
        return name.upper()
    with suppress(UnknownCountryError):
        return find_member(name)
    return None


def _is_record_text(text: str) -> bool:
    """Whether the text is a voting record: lines of a vote letter and a name."""
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    marked = sum(bool(re.match(r"[YNAX][ \t]+[^\W\d]", line)) for line in lines)
    return marked > 0 and all(_RECORD_LINE.fullmatch(line) for line in lines[:50])


def recognises(file: PublishedFile) -> bool:
    """Whether the file has such columns, or is the text of a voting record."""
    return recognises_table(file, wanted=_wanted) or _is_record_text(file.head)


def _open(file: PublishedFile) -> PublishedTable:
    """Return the file as a table; the text of a voting record has one vote a line."""
    if file.is_json or not _is_record_text(file.head):
        return open_table(file, wanted=_wanted, expects=EXPECTS)
    name = str(file.path)
    table = PublishedTable(name, {"vote": "vote", "member state": "member state"})
    table.refused, records = Refusals(name), []
    for number, line in enumerate(file.text.splitlines(), start=1):
        found = _RECORD_LINE.fullmatch(line.rstrip())
        if found:
            cells = {"vote": found["vote"] or "", "member state": found["name"] or found["only"]}
            records.append(Record(number, cells))
        elif line.strip():
            records.append(Record(number, {"vote": "", "member state": line}))
    table.records = records
    return table


def _find_votes(table: PublishedTable) -> tuple[Callable[[Record], list[Record]], set[str]]:
    """Return what makes a record into records of one vote, and the columns it takes them from."""
    if _is_list(table.columns):
        return lambda record: [record], set()
    wide = _is_wide(table.columns)
    key, others = ("resolution" if wide else "member state"), {*_NAMES, *_CODES, *_RESOLUTIONS}
    votes = {
        name: title
        for name, title in table.titles.items()
        if (_RESOLUTION.fullmatch(name) if wide else _find_state(name)) and name not in others
    }
    table.titles |= {key: key, "vote": "vote"}
    table.notes.append(f"a wide table: {len(votes)} columns of votes, one a {key}")

    def split(record: Record) -> list[Record]:
        return [
            Record(record.row, record.cells | {key: title, "vote": record.get(name)})
            for name, title in votes.items()
        ]

    return split, set(votes)


def read(file: PublishedFile) -> Imported:
    """Read a file of this format; `COLUMNS` describes the frame."""
    table = _open(file)
    find_votes, wide = _find_votes(table)
    name_column, code_column = table.find(_NAMES), table.find(_CODES)
    vote_column, date_column = table.find(_VOTES), table.find(_DATES)
    resolution = table.find(_RESOLUTIONS)
    cells = Cells(table)

    def read_vote(record: Record) -> Row:
        name, code = record.get(name_column), record.get(code_column).upper()
        vote = VOTES.get(" ".join(record.get(vote_column).lower().replace("_", " ").split()))
        iso3 = code if code in member_codes() else ""
        if not (name or code):
            raise cells.refuse(record, name_column or code_column, "no name")
        if name or not iso3:
            column = name_column if name else code_column
            iso3 = cells.take(record, column, lambda _: _read_state(name or code))
        if code in known_codes() and code != iso3:
            raise RefusedRowError(table.titles[code_column], code, f"{name} is {iso3}")
        if vote is None:
            reason = "not a vote: expected yes, no, abstain, not voting, or Y, N, A, X"
            raise cells.refuse(record, vote_column, reason)
        return {
            "resolution": record.get(resolution) or None,
            "vote_date": cells.day(record, date_column) if record.get(date_column) else None,
            "iso3": iso3,
            "member_state": " ".join(name.split()) or code,
            "vote": vote,
        }

    rows = read_rows(table, lambda record: map(read_vote, find_votes(record)))
    rows = refuse_repeats(table, rows, ("resolution", "iso3"), "{iso3}")
    by_resolution: dict[str | None, list[Row]] = {}
    for row in rows:
        by_resolution.setdefault(row["resolution"], []).append(row)
    add_notes(table, [_say_totals(votes) for votes in by_resolution.values()])
    used = {name_column, vote_column, code_column, date_column, resolution}
    return finish(table, rows, COLUMNS, used | wide)


def _read_state(name: str) -> str:
    """Return the code of a state by its name, or by its code in capitals."""
    return name if name in member_codes() else find_member(name)


def _say_totals(rows: list[Row]) -> str:
    counts = Counter(row["vote"] for row in rows)
    totals = ", ".join(f"{counts[vote]} {vote}" for vote in ("yes", "no", "abstain", "not voting"))
    absent = sorted(member_codes() - {row["iso3"] for row in rows})
    named = ", ".join(absent[:10]) + (" …" if len(absent) > 10 else "")
    missing = f"; {len(absent)} member states are not in the file: {named}" if absent else ""
    return f"{rows[0]['resolution'] or 'the vote'}: {totals}{missing}"


IMPORTER = Importer("un-roll-call", EXPECTS, recognises, read)
