"""A published file becomes rows of a casebook: whoever's crisis, in the columns of a table.

The frame of a format says some columns of a table; the rest (the source, the claimant, and
what is counted where the file does not say it) is given. The rows are checked as the casebook
checks them, and become a file TABLE.SOURCE.csv beside the hand-typed one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.casualties.table import CASUALTIES
from analysis.imports import Imported, ImportProblem, import_file
from analysis.refugees.displaced import DISPLACED
from analysis.refugees.population import POPULATION
from analysis.refugees.table import REFUGEES
from analysis.safety import slug, write_csv
from analysis.tables import Table, find_casebook, read_references, suggest
from analysis.tabulating.displaced import AREAS, MEASURES
from analysis.tabulating.part import Part, keep_changes, make_rows
from analysis.tabulating.rebuilding import check_part
from analysis.votes.table import VOTES


@dataclass(frozen=True)
class Draft:
    """What the frame of a format says of a table."""

    #: The table.
    table: Table
    #: The column of the frame without which a row says nothing.
    figure: str
    #: The frame to columns of the table.
    columns: Callable[[pd.DataFrame], dict[str, object]]
    #: In a frame of snapshots, what tells one figure from another; only changes are rows.
    snapshots: Sequence[str] = ()


_CROSSINGS = {
    "daily flow": "border crossings per day",
    "running total": "border crossings",
    "level": "refugees recorded",
}
_CASUALTIES = {"killed": "killed", "injured": "wounded", "personnel": "losses", "POW": "captured"}


def _list_votes(frame: pd.DataFrame) -> dict[str, object]:
    names = ("resolution", "vote_date", "iso3", "member_state", "vote")
    return {name: frame[name] for name in names}


def _list_people(frame: pd.DataFrame) -> dict[str, object]:
    counted = {name: frame[name] for name in ("country", "year")} | {"area": frame["iso3"]}
    whole = frame["population"].round().astype("Int64")
    return counted | {"edition": frame.get("edition", ""), "wording": whole}


def _list_refugees(frame: pd.DataFrame) -> dict[str, object]:
    if "data_date" in frame:
        flow = frame["kind"] == "daily flow"
        where: dict[str, object] = {
            "since": frame["data_date"].where(flow),
            "as_of": frame["data_date"],
            "asylum": "all",
            "measure": frame["kind"].map(_CROSSINGS),
        }
    else:
        where = {name: frame[name] for name in ("as_of", "measure")} | {"asylum": frame["iso3"]}
    fixed = {"who": "everybody", "unit": "people", "standard": "registered"}
    return where | fixed | {"wording": frame["people"]}


def _list_displaced(frame: pd.DataFrame) -> dict[str, object]:
    return {
        "as_of": frame["survey_date"],
        "who": "everybody",
        "area": frame["macro_region"].map(AREAS),
        "measure": frame["measure"].map(MEASURES),
        "wording": frame["people"],
        "unit": "people",
        "standard": "estimated",
    }


def _list_verified(frame: pd.DataFrame) -> dict[str, object]:
    return {
        "as_of": frame["as_of"],
        "who": "civilians",
        "outcome": frame["measure"].map(_CASUALTIES),
        "wording": frame["value"],
        "standard": "verified case by case",
        "published_on": frame["published_on"],
    }


def _list_losses(frame: pd.DataFrame) -> dict[str, object]:
    return {
        "as_of": frame["as_of"],
        "who": "fighters",
        "outcome": frame["item"].map(_CASUALTIES),
        "wording": frame["wording"].str.replace(",", ""),
        "standard": "declared",
    }


def _list_estimates(frame: pd.DataFrame) -> dict[str, object]:
    same = {name: frame[name] for name in ("as_of", "side", "outcome", "low", "best", "high")}
    return same | {
        "claimant": frame["claimant"].map(slug),
        "who": "fighters",
        "standard": "estimated",
    }


def _list_events(frame: pd.DataFrame) -> dict[str, object]:
    return {
        **{name: frame[name] for name in ("low", "best", "high")},
        "locator": "event " + frame["event_id"].astype("string"),
        "since": frame["since"],
        "as_of": frame["as_of"],
        "who": "everybody",
        "outcome": "killed",
        "standard": "estimated",
    }


#: Format to what its frame says of a table; the formats that are not here need `table`.
DRAFTS = {
    "economist-estimates": Draft(CASUALTIES, "wording", _list_estimates),
    "general-staff": Draft(CASUALTIES, "value", _list_losses),
    "iom-idp": Draft(DISPLACED, "people", _list_displaced, ("macro_region", "measure")),
    "ohchr": Draft(CASUALTIES, "value", _list_verified, ("measure", "published_on")),
    "ucdp-ged": Draft(CASUALTIES, "best", _list_events),
    "un-roll-call": Draft(VOTES, "vote", _list_votes),
    "unhcr-countries": Draft(REFUGEES, "people", _list_refugees, ("iso3", "measure", "as_of")),
    "unhcr-series": Draft(REFUGEES, "people", _list_refugees, ("measure", "data_date")),
    "world-bank-population": Draft(POPULATION, "population", _list_people),
    "wpp-population": Draft(POPULATION, "population", _list_people),
}
_TABLES = {table.name: table for table in (CASUALTIES, DISPLACED, POPULATION, REFUGEES, VOTES)}


@dataclass(frozen=True)
class Added:
    """Rows of a casebook made of a published file."""

    #: The table, and the name of the file the rows belong into.
    part: Part
    #: The rows, in the table's columns, as text.
    rows: pd.DataFrame
    #: The published file as it was read, with the rows refused.
    imported: Imported


def import_rows(
    format_name: str,
    path: Path | str,
    data: Path | str = "",
    *,
    source_id: str,
    table: str = "",
    given: Mapping[str, str] | None = None,
    only: Mapping[str, str] | None = None,
) -> Added:
    """Return a published file as rows of a casebook, checked as the casebook checks them.

    The casebook's sources and claimants must know those of the rows; `source_id` is the file's key.
    `table` is said where the format does not: "casualties" for a file with HXL tags. `given` goes
    before what the format says: column of the table to what stands in it, or to the name of a
    column of the imported frame (``{"origin": "SDN"}``, ``{"wording": "#affected+killed"}``).
    `only` takes the rows with one value in a column of that frame. Nothing is written.

    `ImportProblem` where the file cannot be read, a column is unknown, or for the first row that
    the casebook would not take, with the number of others.
    """
    given, folder = given or {}, find_casebook(data)
    imported = import_file(format_name, path)
    frame, draft = imported.frame, DRAFTS.get(format_name)
    if draft is not None and table and table != draft.table.name:
        raise ImportProblem(f"{format_name} makes rows of {draft.table.name}, not of {table}")
    if draft is None and table not in _TABLES:
        raise ImportProblem(f"say the table of {format_name}: one of {', '.join(_TABLES)}")
    target = draft.table if draft is not None else _TABLES[table]
    for name in given:
        _find(name, target.columns, f"{target.name} has no column")
    for name, value in (only or {}).items():
        column = frame[_find(name, frame.columns, f"a frame of {format_name} has no column")]
        frame = frame[(column.astype("string") == value).fillna(False)]
    columns: dict[str, object] = {}
    if draft is not None:
        frame = frame[frame[draft.figure].notna()]
        for moment in ("snapshot_utc", "snapshot"):
            if moment in frame and draft.snapshots and frame[moment].notna().any():
                key = list(draft.snapshots)
                frame = keep_changes(
                    frame, snapshot=moment, key=key, value=draft.figure, whole=False
                )
                columns["published_on"] = frame[moment].str.extract(r"^(\d{4}-\d\d-\d\d)")[0]
        columns = draft.columns(frame) | columns
    columns = {"locator": "row " + frame["row"].astype("string"), "status": "stated"} | columns
    columns |= {name: frame.get(value, value) for name, value in given.items()}
    rows = make_rows(target, **(columns | {"source_id": source_id}))
    part = Part(f"{target.name}.{source_id}.csv", target, format_name, str(path), lambda _: rows)
    errors = check_part(part, rows, folder, read_references(folder))
    if errors:
        more = f" (and {len(errors) - 1:,} more)" if len(errors) > 1 else ""
        raise ImportProblem(f"{errors[0]}{more}")
    return Added(part, rows, imported)


def add_rows(added: Added, data: Path | str = "") -> Path:
    """Write imported rows into a casebook as TABLE.SOURCE.csv, whole or not at all."""
    target = find_casebook(data) / added.part.file
    try:
        write_csv(added.rows, target)
    except OSError as error:
        raise ImportProblem(f"{target}: cannot be written ({error.strerror})") from error
    return target


def _find(name: str, names: Sequence[str] | pd.Index, words: str) -> str:
    if name not in names:
        hint = suggest(name, list(names))
        raise ImportProblem(f'{words} "{name}"; {hint or "columns: " + ", ".join(names)}')
    return name
