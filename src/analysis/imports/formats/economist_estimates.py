"""``economist-estimates``: The Economist's list of estimates of military losses, by source.

Dates are D/M/YYYY with or without zeros; day first is the rule of the format and is proved
by any real edition. Commas in thousands are read. The rows are in no order. An estimate
without any number is refused. A link older than the date by more than two weeks is flagged:
the NATO range of 7,000 to 15,000 is dated 23 April 2022, its link 24 March.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from analysis.imports.reading.results import Imported, say_first
from analysis.imports.reading.rows import (
    Cells,
    Row,
    add_flag,
    finish,
    note_order,
    read_rows,
)
from analysis.imports.reading.table import PublishedTable, Record, make_importer

EXPECTS = "columns date, estimate_low, estimate_high, estimate, type, source, country"
#: The frame: one row an estimate; sorted by day, then in the order of the file.
COLUMNS = {
    "row": "Int64",  # published row
    "as_of": "datetime64[s]",  # the list's date
    "side": "string",  # RUS or UKR: whose losses
    "outcome": "string",  # killed (type "deaths"), or killed or wounded ("casualties")
    "low": "Int64",  # people, ``estimate_low`` as published; missing if not given
    "best": "Int64",  # people, ``estimate``
    "high": "Int64",  # people, ``estimate_high``
    # the claim: "60,000", "15,000 to 20,000", "at least 15,000" (low alone), "up to 25,000" (high
    # alone), "320,000 (290,000 to 350,000)"
    "wording": "string",
    "source": "string",  # as published
    "claimant": "string",  # one name for the aliases of a source (`ALIASES`), without "via …"
    "via": "string",  # who passed it on: "NYT" in "US officials (via NYT)"; else missing
    "warring_party": "boolean",  # the list's mark for data from warring parties
    "source_url": "string",  # as published (sometimes a remark)
    "flag": "string",  # low above high; a link of another day than the date; …
}
#: Names of one source in lower case, without "(via …)" and remarks -> one name.
ALIASES = {
    "uk mod": "UK Ministry of Defence",
    "uk ministry of defence": "UK Ministry of Defence",
    # The list's third name for it; the linked statement is one of the British government.
    "the centre for strategic and international studies": "CSIS",
    "csis": "CSIS",
    "us dod": "US Department of Defense",
    "us sec of def": "US Department of Defense",
    "ualosses": "UALosses",
    "mediazona; meduza": "Mediazona and Meduza",
    "bbc russia": "BBC News Russian",
    "armed forces of ukraine": "Armed Forces of Ukraine",
    "nato officials": "NATO officials",
    "dutch military intelligence and security service": "MIVD (Netherlands)",
}
OUTCOMES = {"deaths": "killed", "casualties": "killed or wounded"}
_FIGURES = ("estimate low", "estimate", "estimate high")
_NEEDED = frozenset({"date", "type", "source", "country", *_FIGURES})
_PARTY = "ignore for chart, data from warring parties"
_VIA = re.compile(r"\(via ([^)]+)\)")
_LINK_DAY = re.compile(r"/(20[0-9]{2})/([01]?[0-9])/([0-3]?[0-9])(?:/|-)")
_FAR = 14


def _wanted(columns: frozenset[str]) -> bool:
    return columns >= _NEEDED


def read(table: PublishedTable) -> Imported:
    """Read a table of this format; `COLUMNS` describes the frame."""
    cells = Cells(table, "day first", alike=_FIGURES)
    rows = read_rows(table, lambda record: _read_estimate(cells, record))
    seen: dict[tuple[object, ...], int] = {}
    for row in rows:
        content = tuple(value for name, value in row.items() if name not in ("row", "flag"))
        if content in seen:
            add_flag(row, f"the same as row {seen[content]}")
        seen.setdefault(content, row["row"])
    note_order(table, [row["as_of"] for row in rows])
    rows.sort(key=lambda row: row["as_of"])
    _note_aliases(table, rows)
    return finish(table, rows, COLUMNS, {*_NEEDED, "source url", _PARTY})


def _read_estimate(cells: Cells, record: Record) -> Iterable[Row]:
    low, best, high = (cells.count(record, column).whole for column in _FIGURES)
    if low is None and best is None and high is None:
        raise cells.refuse(record, "estimate", "no figure in any of the three columns")
    outcome = OUTCOMES.get(record.get("type").lower())
    if outcome is None:
        raise cells.refuse(record, "type", f"expected one of: {', '.join(OUTCOMES)}")
    side = cells.country(record, "country")
    source, as_of = record.get("source"), cells.day(record, "date")
    if not source:
        raise cells.refuse(record, "source", "no source")
    via = _VIA.search(source)
    row: Row = {
        "as_of": as_of,
        "side": side,
        "outcome": outcome,
        "low": low,
        "best": best,
        "high": high,
        "wording": say_estimate(low, best, high),
        "source": source,
        "claimant": name_claimant(source),
        "via": via[1] if via else None,
        "warring_party": record.get(_PARTY).lower() == "yes",
        "source_url": record.get("source url") or None,
        "flag": "",
    }
    given = [value for value in (low, best, high) if value is not None]
    if given != sorted(given):
        add_flag(row, "low, estimate and high are not in order")
    if best is not None and (low is None) != (high is None):
        add_flag(row, "an estimate with one bound: the wording has the estimate only")
    linked = _LINK_DAY.search(record.get("source url"))
    if linked:
        _flag_link(row, as_of, (int(linked[1]), int(linked[2]), int(linked[3])))
    yield row


def say_estimate(low: int | None, best: int | None, high: int | None) -> str:
    """Return the words of an estimate, as `analysis.bounds` reads them again."""
    said = {None: ""} | {value: f"{value:,}" for value in (low, best, high) if value is not None}
    if best is not None:
        if low is not None and high is not None:
            return f"{said[best]} ({said[low]} to {said[high]})"
        return said[best]
    if low is not None and high is not None:
        return f"{said[low]} to {said[high]}"
    return f"at least {said[low]}" if high is None else f"up to {said[high]}"


def name_claimant(source: str) -> str:
    """Return one name for the aliases of a source, without remarks in brackets."""
    bare = " ".join(re.sub(r"\([^)]*\)", " ", source).split())
    return ALIASES.get(bare.lower(), bare)


def _flag_link(row: Row, as_of: date, parts: tuple[int, int, int]) -> None:
    try:
        linked = date(*parts)
    except ValueError:
        return
    # A later link is usual: figures are published after their day.
    if (as_of - linked).days > _FAR:
        add_flag(row, f"dated {as_of}, but its link is of {linked}")


def _note_aliases(table: PublishedTable, rows: list[Row]) -> None:
    names: dict[str, set[str]] = {}
    for row in rows:
        names.setdefault(row["claimant"], set()).add(row["source"])
    for claimant, sources in sorted(names.items()):
        if len(sources) > 1:
            table.notes.append(f"{claimant}: listed as {say_first(map(repr, sorted(sources)))}")


IMPORTER = make_importer("economist-estimates", EXPECTS, read, wanted=_wanted)
