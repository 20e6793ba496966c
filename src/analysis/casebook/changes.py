"""What changed since: new, revised, withdrawn and newly denied claims between two days.

The same question about two versions of a casebook is answered row by row of its tables.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from analysis.actions.totals import ACTION_TOTALS
from analysis.casualties.table import CASUALTIES
from analysis.claims import prose
from analysis.projections.table import PROJECTIONS
from analysis.refugees.displaced import DISPLACED
from analysis.refugees.table import REFUGEES
from analysis.statements.places import PLACES
from analysis.statements.talks import TALKS
from analysis.tables import (
    Record,
    Table,
    as_known_on,
    latest_claims,
    parse_day,
    read_claims,
)
from analysis.tables.countries import name_country

_KEPT = ["claimant_name", "claimant_said", "is_party", "wording", "stance", "status", "as_of"]
_KEPT += ["published_on", "publisher", "source_id", "locator"]

#: Tables whose claims are followed over time.
_WITH_SERIES = (CASUALTIES, REFUGEES, DISPLACED, PROJECTIONS, ACTION_TOTALS, PLACES, TALKS)


def find_changes(
    claims: pd.DataFrame, table: Table, since: str | date, until: str | date
) -> pd.DataFrame:
    """Return the series of one table whose latest claim is another on `until` than on `since`.

    Parameters
    ----------
    claims : pandas.DataFrame
        All claims of the table (see `analysis.tables.read_claims`).
    table : Table
        Its rules; `table.series` must name its series.
    since, until : str or datetime.date
        The two days known; `since` is the earlier.

    Returns
    -------
    pandas.DataFrame
        One row a series: `table`, `what` (the series in words), `change` ("new", "updated":
        a later day is counted, "revised": the same days, another figure, "withdrawn",
        "newly denied"), `was` and `became` (wordings, or the stance where there is no
        figure), `was_as_of`, and claimant, status, days and source of the newer claim.
    """
    if parse_day(since, "since") > parse_day(until):
        raise ValueError(f"since: {since} is after {until}; expected the earlier day first")
    if "as_of" not in claims:
        claims = claims.assign(as_of=pd.Series(pd.NaT, index=claims.index, dtype="datetime64[ns]"))
    series = list(table.series)
    before = latest_claims(as_known_on(claims, since), series)
    after = latest_claims(as_known_on(claims, until), series)
    pairs = after.merge(before, on=series, how="left", suffixes=("", "_before"), indicator=True)
    rows = []
    for row in pairs.to_dict("records"):
        change = _name_change(row)
        if change:
            new = row["_merge"] == "left_only"
            kept = {name: row[name] for name in _KEPT if name in row}
            was = None if new else _say(row, "_before")
            rows.append(
                {"table": table.name, "what": _name_series(row, series), "change": change,
                 "was": was, "became": _say(row, ""),
                 "was_as_of": pd.NaT if new else row["as_of_before"], **kept}
            )  # fmt: skip
    columns = ["table", "what", "change", "was", "became", "was_as_of", *_KEPT]
    return pd.DataFrame(rows, columns=columns)


def tabulate_changes(
    data: str | Path = "", as_of: str | date = "2022-03-03", *, since: str | date = "2022-02-24"
) -> pd.DataFrame:
    """Return what changed between two days in every table of claims that holds series.

    Parameters
    ----------
    data : str or Path
        The folder of the casebook; "" is the project's own.
    as_of : str or datetime.date
        The later day.
    since : str or datetime.date
        The earlier day.

    Returns
    -------
    pandas.DataFrame
        See `find_changes`; table after table, in each by day of publication.
    """
    found = [find_changes(read_claims(table, data), table, since, as_of) for table in _WITH_SERIES]
    found = [changes for changes in found if len(changes)] or found[:1]
    return pd.concat(
        [changes.sort_values("published_on", kind="stable") for changes in found],
        ignore_index=True,
    )


def write_changes(changes: pd.DataFrame) -> list[str]:
    """Return one sentence a change: who, what, from which figure to which, and when known."""
    sentences = []
    for row in changes.to_dict("records"):
        day = prose.format_day(row["published_on"])
        was = f" (before: {row['was']})" if isinstance(row["was"], str) and row["was"] else ""
        said = row["became"] or row["status"]
        sentences.append(f"{prose.capitalise(row['change'])}: {row['what']}: {said}{was}, {day}.")
    return sentences


def _name_change(row: Record) -> str:
    if row["status"] == "withdrawn":
        return "" if row.get("status_before") == "withdrawn" else "withdrawn"
    if row["_merge"] == "left_only":
        return "newly denied" if _is_denial(row, "") else "new"
    if _is_denial(row, "") and not _is_denial(row, "_before"):
        return "newly denied"
    if _say(row, "") == _say(row, "_before") and row["status"] == row["status_before"]:
        return ""
    same_days = row["as_of"] == row["as_of_before"] or (
        pd.isna(row["as_of"]) and pd.isna(row["as_of_before"])
    )
    return "revised" if same_days else "updated"


def _is_denial(row: Record, suffix: str) -> bool:
    return row.get(f"stance{suffix}") == "denies" or row.get(f"status{suffix}") == "denied"


def _say(row: Record, suffix: str) -> str:
    wording = row.get(f"wording{suffix}")
    if isinstance(wording, str):
        return wording
    stance = row.get(f"stance{suffix}")
    return stance if isinstance(stance, str) else ""


def _name_series(row: Record, series: list[str]) -> str:
    parts = [str(row["claimant_name"])]
    for name in series:
        if name != "claimant" and isinstance(row[name], str):
            # A code of a country reads as its name; other words stay as they are.
            parts.append("all countries" if row[name] == "all" else name_country(row[name]))
    return ", ".join(parts)
