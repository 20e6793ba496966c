"""Claims with their bounds, their source and their claimant: what every subject starts from."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

import pandas as pd

from analysis.bounds import try_column
from analysis.tables.errors import CasebookErrors, CellError, suggest
from analysis.tables.joining import join_claimant, join_source
from analysis.tables.parts import Places, list_parts
from analysis.tables.provenance import CLAIMANTS, SOURCES
from analysis.tables.table import Table
from analysis.tables.vocabulary import MEASURED_UNITS

#: The project's own casebook: the war in Ukraine from 24 February 2022.
CASEBOOK = Path(__file__).resolve().parents[3] / "data"

#: Statuses under which a claimant gives no figure.
_WITHOUT_FIGURE = ("not released",)

#: The files of a table, each with what changes when the file does.
Marks: TypeAlias = tuple[tuple[str, int, int], ...]

#: A whole number of four digits or more, written without commas.
_BARE_DIGITS = re.compile(r"(?<![\d.,])\d{4,}(?![\d,])")


def _group_digits(found: re.Match[str]) -> str:
    return f"{int(found.group()):,}"


def find_casebook(data: str | Path) -> Path:
    """Return the folder of a casebook; "" is the project's own.

    Raises
    ------
    CasebookErrors
        There is no such folder.
    """
    try:
        folder = Path(data).expanduser() if str(data) else CASEBOOK
        if folder.is_dir():
            return folder
    except (OSError, RuntimeError):  # a name too long for a folder, or "~" of nobody
        pass
    expected = "the folder of a casebook, but there is none of this name"
    raise CasebookErrors([CellError(str(data) or str(CASEBOOK), None, "", "", expected)])


def read_claims(table: Table, data: str | Path = "") -> pd.DataFrame:
    """Read a table of claims with the bounds of its wordings, its sources and its claimants.

    Parameters
    ----------
    table : Table
        A table with `claimant` and `source_id`.
    data : str or Path
        The folder of the casebook; "" is the project's own.

    Returns
    -------
    pandas.DataFrame
        The table's columns; `low`, `best`, `high`, `qualifier`, `low_excluded`,
        `high_excluded` where it has a `wording`; `claimant_said` (the name as it stands in a
        sentence), `claimant_name` (without its article), `claimant_short`, `claimant_kind`,
        `claimant_side`, `is_party`; `publisher` and `title` of the source; `published_on`,
        the claim's own day known or else its source's.

    Raises
    ------
    CasebookErrors
        Everything that is wrong with the table, its sources or its claimants.
    """
    folder = find_casebook(data).resolve()
    provenance = _marks(folder, "sources") + _marks(folder, "claimants")
    return _read_once(_Key(table), folder, provenance, _marks(folder, table.name)).copy()


def _marks(folder: Path, name: str) -> Marks:
    return tuple((path.name, *_mark(path)) for path in list_parts(folder, name))


def _mark(path: Path) -> tuple[int, int]:
    """What changes when the file does: its time and size; a missing file has neither."""
    try:
        found = path.stat()
    except OSError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_size)


class _Key:
    """A table as a key of the cache: tables are the same when their names are."""

    def __init__(self, table: Table) -> None:
        self.table = table

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.table is other.table

    def __hash__(self) -> int:
        return hash(self.table.name)


# A notebook asks for the same table many times; the marks see to it that a changed file is
# read again.
@lru_cache(maxsize=32)
def _read_once(key: _Key, folder: Path, provenance: Marks, _own: Marks) -> pd.DataFrame:
    sources, claimants, problems = _read_provenance(folder, provenance)
    frame, errors = read_checked(key.table, folder, sources, claimants)
    if problems or errors:
        raise CasebookErrors([*problems, *errors])
    return frame


# Every table of claims points to the same two; nobody changes the frames given out here.
@lru_cache(maxsize=4)
def _read_provenance(
    folder: Path, _marks: Marks
) -> tuple[pd.DataFrame, pd.DataFrame, tuple[CellError, ...]]:
    sources, source_errors, _ = SOURCES.read(folder)
    claimants, claimant_errors, _ = CLAIMANTS.read(folder)
    return sources, claimants, (*source_errors, *claimant_errors)


def read_checked(
    table: Table, folder: Path, sources: pd.DataFrame, claimants: pd.DataFrame
) -> tuple[pd.DataFrame, list[CellError]]:
    """Read `table` and join it to `sources` and `claimants`; return it with what is wrong.

    The frame is as `read_claims` says; with errors, rows may lack what could not be joined.
    """
    frame, errors, places = table.read(folder)
    known = {"sources": sources["source_id"], "claimants": claimants["claimant"]}
    for column in table.columns_of("key"):
        target = table.metadata(column).get("refers_to")
        if target:
            errors += _reference_errors(frame, places, column, target, known[target])
    if "wording" in table.columns:
        bounds, bound_errors = _bounds(table, frame, places)
        # Published data sets give bare digits; a reader gets them in thousands.
        frame["wording"] = frame["wording"].str.replace(_BARE_DIGITS, _group_digits, regex=True)
        frame = frame.join(bounds)
        errors += bound_errors + _figure_errors(table, frame, places)
    frame = join_source(frame, sources)
    if "claimant" in table.columns:
        frame = join_claimant(frame, claimants)
    return frame, errors + _clock_errors(frame, places)


def _reference_errors(
    frame: pd.DataFrame, places: Places, column: str, target: str, keys: pd.Series
) -> list[CellError]:
    unknown = frame[column].notna() & ~frame[column].isin(keys)
    expected = f"a key that stands in {target}.csv"
    values = frame.loc[unknown, column]
    hints = {value: suggest(value, keys) for value in values.unique()}
    return [
        places.error(label, column, value, expected, hints[value])
        for label, value in values.items()
    ]


def _bounds(
    table: Table, frame: pd.DataFrame, places: Places
) -> tuple[pd.DataFrame, list[CellError]]:
    counts: bool | pd.Series = True
    if "unit" in table.columns:
        counts = ~frame["unit"].isin(MEASURED_UNITS)
    bounds, unreadable = try_column(frame["wording"], counts)
    errors = []
    for label, problem in unreadable:
        expected = f"a figure that can be read ({problem.reason})"
        hint = f'did you mean "{problem.suggestion}"?' if problem.suggestion else ""
        errors.append(places.error(label, "wording", str(problem.words), expected, hint))
    return bounds, errors


def _figure_errors(table: Table, frame: pd.DataFrame, places: Places) -> list[CellError]:
    """Zero, missing and "has not released a figure" are three different things."""
    if "status" not in table.columns:
        return []
    silent = frame["status"].isin(_WITHOUT_FIGURE)
    rules = [(silent & frame["wording"].notna(), "no figure where the status is not released")]
    # Statements and actions may stand without a figure; counts may not.
    if table.schema.columns["wording"].nullable and not {"stance", "action"} & set(table.columns):
        rules.append((~silent & frame["wording"].isna(), "a figure, or the status not released"))
    return [
        places.error(label, "wording", str(value), expected)
        for broken, expected in rules
        for label, value in frame.loc[broken, "wording"].fillna("").items()
    ]


def _clock_errors(frame: pd.DataFrame, places: Places) -> list[CellError]:
    rules = [
        ("since", "as_of", "a first day not after the last day counted"),
        ("as_of", "published_on", "a last day counted not after the day it was published"),
    ]
    for name in ("since", "said_on", "made_on", "vote_date"):
        rules.append((name, "published_on", "a day not after the day it was published"))
    errors = []
    for earlier, later, expected in rules:
        if earlier in frame and later in frame:
            broken = frame[earlier] > frame[later]
            errors += [
                places.error(label, earlier, f"{value:%Y-%m-%d}", expected)
                for label, value in frame.loc[broken, earlier].items()
            ]
    return errors
