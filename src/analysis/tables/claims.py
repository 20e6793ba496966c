"""Claims with their bounds, their source and their claimant: what every subject starts from."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

import pandas as pd

from analysis.bounds import try_column
from analysis.claim_ids import name_figures
from analysis.hashes import CASEBOOK, Look, hash_once, look_at
from analysis.tables.errors import CasebookErrors, CellError, NoCasebook
from analysis.tables.joining import join_claimant, join_scope, join_source
from analysis.tables.kept import find_key, keep_frame, read_frame
from analysis.tables.keys import name_countries, name_keys, suggest_key
from analysis.tables.parts import Places, list_parts
from analysis.tables.provenance import CLAIMANTS, SOURCES
from analysis.tables.scope import AREAS, GROUPS, PARTIES, find_circles
from analysis.tables.table import Table
from analysis.tables.together import finish_replacing
from analysis.tables.vocabulary import MEASURED_UNITS

#: The tables that claims point to, in the order they are read.
REFERENCES = (SOURCES, CLAIMANTS, GROUPS, PARTIES, AREAS)

#: Statuses under which a claimant gives no figure.
_WITHOUT_FIGURE = ("not released",)

#: The files of a table: name, how each looks, and its SHA-256.
Marks: TypeAlias = tuple[tuple[str, Look, str], ...]

_ENDS = ["low", "best", "high"]

#: A whole number of four digits or more, written without commas.
_BARE_DIGITS = re.compile(r"(?<![\d.,])\d{4,}(?![\d,])")


def _group_digits(found: re.Match[str]) -> str:
    return f"{int(found.group()):,}"


def find_casebook(data: str | Path) -> Path:
    """Return the folder of a casebook; "" is the project's own.

    Raises `NoCasebook` where there is no such folder, and `NotReplaced` where rows were being
    accepted into it when that was interrupted, and it cannot be finished.
    """
    try:
        folder = Path(data).expanduser() if str(data) else CASEBOOK
        if folder.is_dir():
            finish_replacing(folder)
            return folder
    except (OSError, RuntimeError):  # a name too long for a folder, or "~" of nobody
        pass
    expected = "the folder of a casebook, but there is none of this name"
    raise NoCasebook([CellError(str(data) or str(CASEBOOK), None, "", "", expected)])


def read_claims(table: Table, data: str | Path = "") -> pd.DataFrame:
    """Read a table of claims with the bounds of its wordings, its sources and its claimants.

    Returns the table's columns; `low`, `best`, `high`, `qualifier`, `low_excluded`,
    `high_excluded` where it has a `wording`; `claimant_said` (the name as it stands in a
    sentence), `claimant_name` (without its article), `claimant_short`, `claimant_kind`,
    `claimant_side`, `is_party`; `publisher` and `title` of the source; `published_on`, the
    claim's own day known or else its source's; the names of its scope (`who_plural`,
    `who_singular`, `side_name`, `side_fighters`, and `area_name`, `origin_name`, `asylum_name`)
    for the columns it has; `counted_from`, its `since`, or missing for a measure that counts one
    day at a time; `claim_id`, by which `figures trace` knows the row.

    Raises `CasebookErrors`: everything that is wrong with the table, its sources or its claimants.
    """
    folder = find_casebook(data).resolve()
    found = _read_once(table, folder, mark_files(table, folder))
    return found.copy(deep=False)  # who writes to it has a copy of what is written then


def read_references(data: str | Path = "") -> dict[str, pd.DataFrame]:
    """Return the tables that claims point to, by name: sources, claimants, groups, parties, areas.

    Raises `CasebookErrors`: everything that is wrong with them.
    """
    folder = find_casebook(data).resolve()
    frames, problems, _ = try_references(folder)
    if problems:
        raise CasebookErrors(problems)
    return {name: frame.copy(deep=False) for name, frame in frames.items()}


def mark_files(table: Table, folder: Path) -> Marks:
    """Return what changes when a file does that the claims of `table` are read from."""
    tables = dict.fromkeys([*REFERENCES, table])
    return tuple(_mark(path) for one in tables for path in list_parts(folder, one.name))


def _mark(path: Path) -> tuple[str, Look, str]:
    """The name, the look and the hash of a file; of one that is not there, or cannot be read, why.

    A folder in the place of a file is not the same as no file.
    """
    try:
        return path.name, look_at(path), hash_once(path)
    except OSError as problem:
        return path.name, (0, 0, 0, 0), f"{problem.strerror}"


# A notebook asks for the same table many times; the marks see to it that a changed file is
# read again.
@lru_cache(maxsize=32)
def _read_once(table: Table, folder: Path, marks: Marks) -> pd.DataFrame:
    key = find_key("claims of", table, {name: digest for name, _, digest in marks})
    kept = read_frame(key)
    if kept is not None:
        return kept
    references, problems, unread = try_references(folder)
    frame, errors = read_checked(table, folder, references, unread)
    if problems or errors:
        raise CasebookErrors([*problems, *errors])
    frame = frame.assign(claim_id=name_figures(frame))
    if mark_files(table, folder) == marks:  # no file was written meanwhile
        keep_frame(key, frame)
    return frame


def try_references(folder: Path) -> tuple[dict[str, pd.DataFrame], list[CellError], list[str]]:
    """Read the tables that claims point to; return them by name, what is wrong, and the unread.

    A file that is no table at all gives an empty frame, so that the others can be read; keys
    into it are not wrong. Nobody changes the frames given out here.
    """
    return _try_references(folder, mark_files(SOURCES, folder))


# Every table of claims points to the same few.
@lru_cache(maxsize=4)
def _try_references(
    folder: Path, marks: Marks
) -> tuple[dict[str, pd.DataFrame], list[CellError], list[str]]:
    files = {name: digest for name, _, digest in marks}
    keys = {table.name: find_key("table", table, files) for table in REFERENCES}
    kept = {name: frame for name in keys if (frame := read_frame(keys[name])) is not None}
    if len(kept) == len(keys):
        return kept, [], []
    frames: dict[str, pd.DataFrame] = {}
    where: dict[str, Places] = {}
    errors: list[CellError] = []
    for table in REFERENCES:
        try:
            frames[table.name], found, where[table.name] = table.read(folder)
            errors += found
        except CasebookErrors as problem:
            errors += problem.errors
            frames[table.name] = table.make_empty()
    unread = [table.name for table in REFERENCES if table.name not in where]
    for table in REFERENCES:
        if table.name in where:
            frame, places = frames[table.name], where[table.name]
            errors += _key_errors(table, frame, places, frames, unread)
    for name, key, whole in (("groups", "who", "part_of"), ("areas", "area", "within")):
        expected = f"a {name[:-1]} that is not part of itself"
        errors += [
            CellError(f"{name}.csv", None, whole, circle, expected)
            for circle in find_circles(frames[name], key, whole)
        ]
    if not errors and mark_files(SOURCES, folder) == marks:
        for name, frame in frames.items():
            keep_frame(keys[name], frame)
    return frames, errors, unread


def _key_errors(
    table: Table,
    frame: pd.DataFrame,
    places: Places,
    references: dict[str, pd.DataFrame],
    unread: Collection[str] = (),
) -> list[CellError]:
    """Keys that do not stand in the table they point to; of an unread table nothing is said."""
    keys = {reference.name: reference.key[0] for reference in REFERENCES}
    errors = []
    for column in table.columns_of("key"):
        metadata = table.metadata(column)
        target = metadata.get("refers_to")
        if target in keys and target not in unread:
            also = metadata.get("also", [])
            rows = references[target]
            errors += _reference_errors(frame, places, column, target, rows, keys[target], also)
    return errors


def read_checked(
    table: Table,
    folder: Path,
    references: dict[str, pd.DataFrame],
    unread: Collection[str] = (),
) -> tuple[pd.DataFrame, list[CellError]]:
    """Read `table` and join it to what its rows point to; return it with everything that is wrong.

    The frame is as `read_claims` says; with errors, rows may lack what could not be joined. Keys
    into the tables named in `unread` are not wrong.
    """
    frame, errors, places = table.read(folder)
    if frame.empty:
        return _join_nothing(table).copy(), errors
    joined, wrong = _join(table, frame, places, references, unread)
    return joined, errors + wrong


# Most tables of most casebooks hold nothing, and nothing comes out the same each time.
@lru_cache
def _join_nothing(table: Table) -> pd.DataFrame:
    references = {reference.name: reference.make_empty() for reference in REFERENCES}
    return _join(table, table.make_empty(), Places((), (), ()), references, ())[0]


def _join(
    table: Table,
    frame: pd.DataFrame,
    places: Places,
    references: dict[str, pd.DataFrame],
    unread: Collection[str],
) -> tuple[pd.DataFrame, list[CellError]]:
    errors = _key_errors(table, frame, places, references, unread)
    numbers = frame[[end for end in _ENDS if end in frame]]
    frame = frame.drop(columns=numbers.columns)
    if "wording" in table.columns:
        bounds, bound_errors = _bounds(table, frame, places)
        # Published data sets give bare digits; a reader gets them in thousands.
        frame["wording"] = frame["wording"].str.replace(_BARE_DIGITS, _group_digits, regex=True)
        frame = frame.join(bounds)
        if len(numbers.columns):
            errors += _number_errors(frame, numbers, places)
            frame = _fill_numbers(frame, numbers)
        errors += bound_errors + _figure_errors(table, frame, places)
    frame = join_source(frame, references["sources"])
    if "claimant" in table.columns:
        frame = join_claimant(frame, references["claimants"])
    frame = join_scope(frame, references)
    if "repeats" in frame:
        errors += _repeat_errors(frame, places)
    return frame, errors + _clock_errors(frame, places)


def _reference_errors(
    frame: pd.DataFrame,
    places: Places,
    column: str,
    target: str,
    rows: pd.DataFrame,
    key: str,
    also: Collection[str],
) -> list[CellError]:
    unknown = frame[column].notna() & ~frame[column].isin(rows[key].dropna())
    if also:
        unknown &= ~frame[column].isin(also)
    if not unknown.any():
        return []
    expected = f"a key that stands in {target}.csv"
    expected += ", or an ISO 3166 alpha-3 code" if target == "areas" and also else ""
    values = frame.loc[unknown, column]
    meant = {word: name_countries().get(word, "") for word in also}
    meant |= name_keys(rows.to_dict("records"), key)
    hints = {value: suggest_key(value, meant) for value in values.unique()}
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


def _number_errors(frame: pd.DataFrame, numbers: pd.DataFrame, places: Places) -> list[CellError]:
    """Words or numbers: where a figure has words, its bounds are worked out from them."""
    both = frame["wording"].notna() & numbers.notna().any(axis="columns")
    expected = "nothing: the bounds are worked out from the wording"
    errors = [
        places.error(label, str(numbers.loc[label].first_valid_index()), "", expected)
        for label in frame.index[both]
    ]
    ends = numbers.apply(pd.to_numeric, errors="coerce")
    for lower, upper in (("low", "best"), ("best", "high"), ("low", "high")):
        errors += [
            places.error(label, lower, str(numbers.at[label, lower]), f"no more than {upper}")
            for label in frame.index[ends[lower] > ends[upper]]
        ]
    return errors


def _fill_numbers(frame: pd.DataFrame, numbers: pd.DataFrame) -> pd.DataFrame:
    """Put published numbers where there are no words, and say them plainly as a wording."""
    ends = numbers.apply(pd.to_numeric, errors="coerce").astype("Float64")
    bare = frame["wording"].isna() & ends.notna().any(axis="columns")
    frame["in_words"] = ~bare
    if not bare.any():
        return frame
    # A lone best figure is the figure; a lone bound stays a bound.
    alone = ends["best"].notna() & ends["low"].isna() & ends["high"].isna()
    for end in ("low", "high"):
        ends[end] = ends[end].mask(alone, ends["best"])
    whole = (ends.loc[bare].fillna(0) % 1 == 0).all(axis=None)
    for end in _ENDS:
        column = frame[end].astype("Float64").mask(bare, ends[end])
        integers = whole and str(frame[end].dtype) == "Int64"
        frame[end] = column.astype("Int64") if integers else column
    said = [_say_numbers(low, best, high) for low, best, high in ends[bare].to_numpy(dtype=object)]
    frame.loc[bare, "wording"] = said
    exact = bare & (frame["low"] == frame["high"]).fillna(False)
    frame["qualifier"] = frame["qualifier"].mask(bare & ~exact, "published bounds")
    frame["qualifier"] = frame["qualifier"].mask(exact, "exactly")
    return frame


def _say_numbers(*ends: Any) -> str:
    """Say a low, a best and a high end, any of which may be missing."""
    said = ["" if pd.isna(end) else f"{float(end):,.10g}" for end in ends]
    low_said, best_said, high_said = said
    if low_said and low_said == high_said:
        return low_said
    if low_said and high_said:
        span = f"{low_said} to {high_said}"
        return f"{best_said} ({span})" if best_said else span
    bound = f"{low_said} as a lower bound" if low_said else f"{high_said} as an upper bound"
    return f"{best_said} ({bound})" if best_said else bound


def _repeat_errors(frame: pd.DataFrame, places: Places) -> list[CellError]:
    """A row repeats a claim of the same claimant in another document of the same table."""
    rows = frame[frame["repeats"].notna()]
    if rows.empty:
        return []
    documents = set(zip(frame["claimant"], frame["source_id"], strict=True))
    # Rows that repeat one another in a circle would all be repeats, and the claim be lost.
    circles = {
        (claimant, document)
        for claimant, own in rows.groupby("claimant")
        for document in find_circles(own, "source_id", "repeats")
    }
    errors = []
    for label, row in zip(rows.index, rows.to_dict("records"), strict=True):
        first = (row["claimant"], row["repeats"])
        if row["repeats"] == row["source_id"]:
            expected = "another document: a claim does not repeat itself"
        elif first not in documents:
            expected = f"a document that holds a claim of {row['claimant']} in this table"
        elif (row["claimant"], row["source_id"]) in circles:
            expected = "the first document: this one is named in a circle"
        else:
            continue
        errors.append(places.error(label, "repeats", str(row["repeats"]), expected))
    return errors


def _figure_errors(table: Table, frame: pd.DataFrame, places: Places) -> list[CellError]:
    """Zero, missing and "has not released a figure" are three different things."""
    if "status" not in table.columns:
        return []
    silent = frame["status"].isin(_WITHOUT_FIGURE)
    rules = [(silent & frame["wording"].notna(), "no figure where the status is not released")]
    # Statements and actions may stand without a figure; counts may not.
    if table.schema["wording"].nullable and not {"stance", "action"} & set(table.columns):
        without = ~silent & frame["wording"].isna() & (frame["status"] != "denied")
        rules.append((without, "a figure, or the status denied or not released"))
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
