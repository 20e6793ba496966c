"""The claims of a report: what names each, and what is kept of it.

The same claim stands in several tables and charts of a report.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import pandas as pd

from analysis.reports.difference.matching import list_claim_tables
from analysis.tables import Table
from analysis.tables.countries import name_country

#: What is kept of a claim; a column that its table does not have is empty.
KEPT = (
    "table", "claimant", "claimant_name", "claimant_short", "claimant_said", "is_party", "counted",
    "statement", "wording", "unit", "stance", "action", "status", "standard", "since", "as_of",
    "made_on", "target_day", "published_on", "publisher", "title", "source_id", "locator",
)  # fmt: skip

#: Parts the cells of a key; no cell of a CSV file that a person wrote holds it.
_MARK = "\x1f"

#: What is worked out beside a claim: who says it is the same, and what it is called.
_NAMES = ["claim", "edition", "series", "said", "what"]


@dataclass(frozen=True)
class Claims:
    """The claims of one report.

    Attributes
    ----------
    rows : pandas.DataFrame
        One row a claim and file: `claim` (names it), `edition` (claimant, series and day
        counted; a number where no day is stated), `series`, `said` (figure or stance), `what`
        (the series in words), `file`, and `KEPT`.
    widths : dict of str to int
        Columns of each file: the fewest are nearest to the casebook.
    """

    rows: pd.DataFrame
    widths: Mapping[str, int]


def gather_claims(files: Mapping[str, pd.DataFrame]) -> Claims:
    """Return the claims in the tables and charts of a report.

    Parameters
    ----------
    files : mapping of str to pandas.DataFrame
        Cells as text by "tables/NAME" and "charts/NAME".
    """
    found = []
    for file, cells in files.items():
        left = pd.Series(True, index=cells.index)
        for table, needed in _list_tables():
            if {*table.key, *table.series, "wording"} <= set(cells.columns):
                is_claim = left & (cells[needed] != "").all(axis=1)
                left &= ~is_claim
                found.append(_name_claims(cells[is_claim], file, table))
    empty = pd.DataFrame(columns=[*_NAMES, "file", *KEPT], dtype="str")
    rows = pd.concat([empty, *found], ignore_index=True).drop_duplicates(["claim", "file"])
    return Claims(rows, {file: len(cells.columns) for file, cells in files.items()})


@cache
def _list_tables() -> list[tuple[Table, list[str]]]:
    """The tables of claims, each with the columns of its key that are always filled.

    A row of a frame in which several tables stand one below the other is of the table that
    asks for the most.
    """
    asked = [
        (table, [name for name in table.key if not table.schema.columns[name].nullable])
        for table in list_claim_tables()
    ]
    return sorted(asked, key=lambda pair: (-len(pair[1]), pair[0].name))


def _name_claims(rows: pd.DataFrame, file: str, table: Table) -> pd.DataFrame:
    """The rows of a file that are claims of `table`, with their names."""
    if "worked_out" in rows:
        rows = rows[rows["worked_out"] != "True"]
    rows = rows.reset_index(drop=True)
    kept = rows.reindex(columns=list(KEPT[1:]), fill_value="")
    other = [name for name in table.series if name != "claimant"]
    series = _join(rows, ["claimant", *other], table.name)
    claim = _join(rows, list(dict.fromkeys([*table.key, *table.series])), table.name)
    edition = series
    if "as_of" in table.columns and "as_of" in rows:
        # Where no day is stated, nobody knows that two figures count the same days.
        edition = (series + _MARK + rows["as_of"]).where(rows["as_of"] != "", claim)
    said = kept["wording"]
    for name in ("stance", "action", "status"):
        said = said.where(said != "", kept[name])
    what = kept["counted"].where(kept["counted"] != "", kept["statement"])
    what = what.where(what != "", _say_series(rows, other, table.name))
    place = _say_place(rows)
    what = what + (" (" + place + ")").where(place != "", "")
    names = {"claim": claim, "edition": edition, "series": series, "said": said, "what": what}
    return kept.assign(table=table.name, file=file, **names)


def _join(rows: pd.DataFrame, names: list[str], table: str) -> pd.Series:
    joined = pd.Series(table, index=rows.index, dtype="str")
    for name in names:
        joined = joined + _MARK + rows[name]
    return joined


def _say_series(rows: pd.DataFrame, names: list[str], table: str) -> pd.Series:
    said = pd.Series(table.replace("_", " "), index=rows.index, dtype="str")
    for name in names:
        said = said + (", " + rows[name]).where(rows[name] != "", "")
    return said


def _say_place(rows: pd.DataFrame) -> pd.Series:
    """The part of the whole that a count is of, which the noun of a figure does not say.

    A country of asylum by its name, or a named place; a code of a country is the whole.
    """
    empty = pd.Series("", index=rows.index, dtype="str")
    asylum = rows.get("asylum", empty)
    names = {code: name_country(code) for code in asylum.unique() if code not in ("", "all")}
    place = rows["place"] if "place" in rows and "statement" not in rows else empty
    place = place.where(~place.str.fullmatch("[A-Z]{3}"), "")
    named = asylum.map(names).astype("str")
    return named.where(asylum.isin(list(names)), place)
