"""The casebook as a whole: its tables, and whether they are sound."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.casebook.subjects import find_table, list_followed, list_loaded, list_tables
from analysis.tables import (
    REFERENCES,
    CasebookErrors,
    CellError,
    Table,
    find_casebook,
    read_checked,
    read_claims,
    suggest,
)
from analysis.tables.claims import try_references
from analysis.tables.keys import name_countries, name_keys, suggest_key
from analysis.tables.settings import FILE, read_settings


@dataclass(frozen=True)
class Summary:
    """What a sound casebook holds."""

    #: Where it lies.
    folder: Path
    #: One row a table: `table`, `rows`, `claims` (rows with a figure), `claimants`, `sources`,
    #: `first_known`, `last_known` (days).
    tables: pd.DataFrame


def say_what_comes_first(summary: Summary) -> str:
    """Return what to add to a casebook in which nobody says anything yet; "" for any other."""
    rows = summary.tables.set_index("table")["claims"]
    followed = [table.name for table in list_followed()]
    if rows.reindex(followed).fillna(0).sum():
        return ""
    return (
        f"the casebook {summary.folder.name} holds no claim yet; add first the document read "
        "(figures add sources), then who speaks in it (figures add claimants), then what they say "
        "(figures add casualties, figures add refugees or figures add displaced)"
    )


def find_tables() -> dict[str, Table]:
    """Return the tables of a casebook by name: what claims point to, then the subjects'."""
    return {table.name: table for table in list_tables()}


def check(data: str | Path = "") -> Summary:
    """Read every table of a casebook ("" is the project's own) by its rules.

    Raises `CasebookErrors`: everything that is wrong in all its tables.
    """
    folder = find_casebook(data)
    tables = find_tables()
    errors = _stray_files(folder, tables)
    references, found, unread = try_references(folder.resolve())
    errors += found
    errors += _settings_errors(folder, references)
    rows = []
    for table in tables.values():
        if table not in REFERENCES:
            if not errors:
                # What is sound is kept, for whoever reads the same tables next.
                with suppress(CasebookErrors):
                    rows.append(_summarise(table, read_claims(table, folder)))
                    continue
            frame, found = _read(table, folder, references, unread)
            errors += found
            rows.append(_summarise(table, frame))
    if errors:
        raise CasebookErrors(errors)
    return Summary(folder, pd.DataFrame(rows))


def read_loaded(data: str | Path = "") -> list[pd.DataFrame]:
    """Read the tables of claims of the subjects in memory, so that they are there when asked for.

    A table that has errors is left out: whoever asks for it is told.
    """
    frames = []
    for table in list_loaded():
        with suppress(CasebookErrors):
            frames.append(read_claims(table, data))
    return frames


def _read(
    table: Table, folder: Path, references: dict[str, pd.DataFrame], unread: list[str]
) -> tuple[pd.DataFrame, list[CellError]]:
    """Return a table's frame and what is wrong with it."""
    try:
        return read_checked(table, folder, references, unread)
    except CasebookErrors as problem:
        # The file is no table at all: go on with an empty one, to find what else is wrong.
        columns = dict.fromkeys([*table.columns, "published_on"])
        empty = pd.DataFrame(columns=list(columns), dtype="str")
        return empty.astype({"published_on": "datetime64[us]"}), problem.errors


def _settings_errors(folder: Path, references: dict[str, pd.DataFrame]) -> list[CellError]:
    """What is wrong with casebook.toml, by itself and against the tables."""
    try:
        settings = read_settings(folder)
    except CasebookErrors as problem:
        return list(problem.errors)
    parties = name_keys(references["parties"].to_dict("records"), "party")
    areas = {**name_countries(), **name_keys(references["areas"].to_dict("records"), "area")}
    tables = [table.name for table in list_tables() if table.holds_claims]
    errors = [
        CellError(FILE, None, "colours", party, "a key of parties.csv", suggest_key(party, parties))
        for party in settings.colours
        if party not in parties
    ]
    if settings.origin and settings.origin not in areas:
        expected = "a key of areas.csv, or an ISO 3166 alpha-3 code"
        hint = suggest_key(settings.origin, areas)
        errors.append(CellError(FILE, None, "origin", settings.origin, expected, hint))
    for number, headline in enumerate(settings.headline, start=1):
        place = f"headline.{number}"
        if headline.table not in tables:
            hint = suggest(headline.table, tables)
            expected = "a table of claims"
            errors.append(CellError(FILE, None, f"{place}.table", headline.table, expected, hint))
            continue
        columns = find_table(headline.table).columns
        errors += [
            CellError(FILE, None, f"{place}.{name}", "", f"a column of {headline.table}.csv",
                      suggest(name, columns))
            for name in headline.scope
            if name not in columns
        ]  # fmt: skip
    return errors


def _stray_files(folder: Path, tables: dict[str, Table]) -> list[CellError]:
    """A misspelt file name would leave its claims out without a word."""
    files = [table.file for table in tables.values()]
    return [
        CellError(path.name, None, "", "", "no table of this name", suggest(path.name, files))
        for path in sorted(folder.glob("*.csv"))
        if path.name.split(".")[0] not in tables
    ]


def _summarise(table: Table, frame: pd.DataFrame) -> dict[str, object]:
    figures = frame["wording"].notna().sum() if "wording" in frame else 0
    return {
        "table": table.name,
        "rows": len(frame),
        "claims": int(figures),
        "claimants": frame["claimant"].nunique() if "claimant" in frame else 0,
        "sources": frame["source_id"].nunique(),
        "first_known": frame["published_on"].min() if len(frame) else pd.NaT,
        "last_known": frame["published_on"].max() if len(frame) else pd.NaT,
    }
