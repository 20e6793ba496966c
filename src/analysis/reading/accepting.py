"""Accepted candidates become rows of the casebook: all of them, or none.

How the tables change together is told in `analysis.tables.together`.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from analysis.casebook.adding import put_behind
from analysis.locks import taking_turns
from analysis.reading.candidates import Candidate
from analysis.reading.scope import LISTS, Names, read_names
from analysis.tables import CasebookErrors, InputError, read_records
from analysis.tables.together import (
    FOLDER,
    NotReplaced,
    replace_together,
    stand_alone,
    undo_replacing,
)

TABLES: Final = ("casualties", "displaced", "refugees")
STATUSES: Final = ("stated", "unverified", "disputed", "denied", "not released")

_SCOPE: Final = (
    *("claimant", "since", "as_of", "who", "side", "area", "origin", "asylum"),
    *("outcome", "measure", "wording", "unit", "status"),
)


class NotAccepted(InputError):
    """What keeps candidates from being accepted: one line for each row, with column and words."""


@dataclass(frozen=True)
class Source:
    """The document that candidates were read from, as sources.csv lists it."""

    source_id: str
    publisher: str
    title: str
    published_on: str
    accessed_on: str
    url: str = ""
    licence: str = "facts and figures only; text not carried over"
    method: str = "Read by rules, each figure accepted by a person."
    known_limits: str = ""


@dataclass(frozen=True)
class Accepted:
    """How many rows went into each table."""

    rows: dict[str, int]


def accept(
    candidates: list[Candidate],
    casebook: Path,
    source: Source,
    check: Callable[[Path], None] | None = None,
) -> Accepted:
    """Append the accepted candidates to the casebook, and their document to its sources.

    Parameters
    ----------
    candidates : list of Candidate
        Those whose decision is "accept" are taken.
    casebook : Path
        The folder of the tables.
    source : Source
        The document.
    check : callable, optional
        Called with a copy of the casebook as it would be; it raises what is wrong with it.

    Raises
    ------
    NotAccepted
        When a row lacks something, names what the casebook does not have, or is there already.
        Nothing is changed then.
    """
    with _alone(casebook) as folder:
        chosen = [(n, one) for n, one in enumerate(candidates, start=2) if one.decision == "accept"]
        if not chosen:
            raise NotAccepted("no candidate is marked accept")
        new, counts = _new_tables(chosen, casebook, source, read_names(casebook))
        if check is not None:
            _check(casebook, folder, new, check)
        replace_together(casebook, folder, new)
        return Accepted(counts)


def undo(casebook: Path) -> list[str]:
    """Take back what was accepted last, and name the files.

    Raises
    ------
    NotAccepted
        When there is nothing to undo, or a file has been changed since.
    """
    with _alone(casebook) as folder:
        return undo_replacing(casebook, folder)


@contextmanager
def _alone(casebook: Path) -> Iterator[Path]:
    if not casebook.is_dir():
        raise NotAccepted(f"{casebook}: expected the folder of a casebook")
    try:
        with stand_alone(casebook) as folder, taking_turns(casebook):  # nobody adds a row
            yield folder
    except NotReplaced as problem:
        raise NotAccepted(str(problem)) from None


def list_missing(one: Candidate) -> list[str]:
    """Return the columns that are still to be filled in before a candidate can be accepted."""
    if one.table not in TABLES:
        return ["table"]
    counted = "outcome" if one.table == "casualties" else "measure"
    needed = ("claimant_key", "who", "area", counted, "standard", "status")
    return [name for name in needed if not getattr(one, name)]


def _new_tables(
    chosen: list[tuple[int, Candidate]], casebook: Path, source: Source, names: Names
) -> tuple[dict[str, bytes], dict[str, int]]:
    problems: list[str] = []
    rows: dict[str, list[dict[str, str]]] = {}
    for number, one in chosen:
        row, wrong = _row(one, source, names)
        problems += [f"row {number}, {words}" for words in wrong]
        if one.table in TABLES:
            rows.setdefault(one.table, []).append({**row, "row": str(number)})
    new: dict[str, bytes] = {}
    for table, listed in rows.items():
        path = casebook / f"{table}.csv"
        header, there = _read(path)
        problems += _missing_columns(path, header, listed)
        seen = {_claim(row): row.get("source_id", "") for row in there}
        for row in listed:
            claim, place = _claim(row), row.pop("row")
            if claim in seen and not row.get("repeats"):
                problems.append(
                    f"row {place}: this claim is there already (source {seen[claim]}); refuse it, "
                    "or name that source under repeats"
                )
            seen[claim] = row["source_id"]
        new[f"{table}.csv"] = put_behind(path.read_bytes(), listed)
    if problems:
        raise NotAccepted("\n".join(problems))
    path = casebook / "sources.csv"
    there = _read(path)[1]
    if source.source_id not in {row.get("source_id") for row in there}:
        new["sources.csv"] = put_behind(path.read_bytes(), [vars(source)])
    return new, {table: len(listed) for table, listed in rows.items()}


def _row(one: Candidate, source: Source, names: Names) -> tuple[dict[str, str], list[str]]:
    from analysis.bounds import UnreadableWording, read_wording
    from analysis.tables import shorten, suggest, suggest_key

    problems = []
    wording = "" if one.kind == "silence" else " ".join(one.surface.split())
    if "the qualifier stands before another figure" in one.note and one.qualifier not in (
        "",
        "exact",
    ):
        wording = f"{one.qualifier} {wording}"
    area = one.area
    row = {
        "source_id": source.source_id,
        "locator": f"paragraph {one.paragraph}, characters {one.start}-{one.end}",
        "claimant": one.claimant_key,
        "since": one.since,
        "as_of": one.as_of,
        "who": one.who,
        "side": one.side,
        "area": area if one.table != "refugees" else "",
        "origin": area if one.table == "refugees" else "",
        "asylum": "all" if one.table == "refugees" else "",
        "outcome": one.outcome,
        "measure": one.measure,
        "wording": wording,
        "unit": "people" if one.table in ("displaced", "refugees") else "",
        "standard": one.standard,
        "status": one.status,
        "repeats": one.repeats,
        "published_on": source.published_on,
    }
    if one.table not in TABLES:
        hint = f"; {close}" if (close := suggest(one.table, TABLES)) else ""
        return row, [f'table: expected {", ".join(TABLES)}, found "{shorten(one.table)}"{hint}']
    problems += [f"{column}: expected a value; it is empty" for column in list_missing(one)]
    for column in LISTS:
        value = getattr(one, column)
        if value and column in names.keys and value not in names.keys[column]:
            hint = f"; {close}" if (close := suggest_key(value, names.keys[column])) else ""
            problems.append(f'{column}: "{shorten(value)}" is not in {LISTS[column][0]}.csv{hint}')
    if one.status not in STATUSES:
        more = "; a forecast belongs into projections.csv" if one.status == "predicted" else ""
        problems.append(
            f'status: expected {", ".join(STATUSES)}, found "{shorten(one.status)}"{more}'
        )
    for column in ("since", "as_of"):
        try:
            dt.date.fromisoformat(row[column] or "2000-01-01")
        except ValueError:
            problems.append(f'{column}: expected a day, YYYY-MM-DD, found "{shorten(row[column])}"')
    if wording:
        try:
            read_wording(wording)
        except UnreadableWording as problem:
            problems.append(f"surface: {problem}")
    return row, problems


def _missing_columns(path: Path, header: list[str], rows: list[dict[str, str]]) -> list[str]:
    filled = {name for row in rows for name, cell in row.items() if cell and name != "row"}
    return [f"{path.name}: has no column {name}" for name in sorted(filled - set(header))]


def _claim(row: dict[str, str]) -> tuple[str, ...]:
    cells = [row.get(name) or "" for name in _SCOPE]
    if not row.get("as_of"):
        # Without a day two documents may mean two days: only the same document repeats itself.
        cells.append(row.get("source_id") or "")
    return tuple(cells)


def _read(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    try:
        return read_records(path)
    except CasebookErrors as problem:
        raise NotAccepted(str(problem)) from None


def _check(
    casebook: Path, folder: Path, new: dict[str, bytes], check: Callable[[Path], None]
) -> None:
    copy = folder / "checked"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(casebook, copy, ignore=shutil.ignore_patterns(FOLDER))
    try:
        for name, data in new.items():
            (copy / name).write_bytes(data)
        check(copy)
    finally:
        shutil.rmtree(copy, ignore_errors=True)
