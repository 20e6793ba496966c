"""What a refugee series counts: a day's number, a running total, or the number at a time.

The rules are those of the module `unhcr_series`; here they are applied and the reason noted.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from analysis.imports.published_rows import Row, days_between
from analysis.imports.published_table import PublishedTable

#: A bare column shorter than this proves nothing: a flow can rise for some days.
ENOUGH_DAYS = 10

#: A total that falls on more than this share of its steps is no total.
FALLS_OF_A_TOTAL = 0.1


def decide_kinds(table: PublishedTable, rows: list[Row]) -> None:
    """Fill the kind of every row, series by series, and note what decided."""
    series: dict[tuple[str | None, str], list[Row]] = defaultdict(list)
    for row in rows:
        series[(row["snapshot_utc"], row["measure"])].append(row)
    notes: dict[tuple[str, str, str], int] = defaultdict(int)
    for (snapshot, measure), members in series.items():
        stated = {row["kind"] for row in members}
        if stated == {""}:
            daily = _find_daily(series, snapshot, measure)
            kind, reason = _decide_bare(members, daily)
        elif stated == {"running total"} and _share_of_falls(members) > FALLS_OF_A_TOTAL:
            kind = "level"
            reason = "its name says cumulative, but it falls: people present, not a running total"
        else:
            continue
        notes[measure, kind, reason] += 1
        for row in members:
            row["kind"] = kind
    for (measure, kind, reason), count in notes.items():
        times = f" in {count} snapshots" if count > 1 else ""
        table.notes.append(f"{measure}: {kind}{times} ({reason})")


def _find_daily(
    series: dict[tuple[str | None, str], list[Row]], snapshot: str | None, measure: str
) -> list[Row] | None:
    """Return the daily column beside a bare one, if the file has exactly one."""
    others = [
        members
        for (other_snapshot, other), members in series.items()
        if other_snapshot == snapshot and other != measure and members[0]["kind"] == "daily flow"
    ]
    return others[0] if len(others) == 1 else None


def _decide_bare(members: list[Row], daily: list[Row] | None) -> tuple[str, str]:
    figures = [row["people"] for row in members]
    if None in figures:
        known = [row for row in members if row["people"] is not None]
        return _decide_bare(known, None) if known else ("not stated", "there is no figure")
    if daily is not None and len(daily) == len(members) > 1:
        steps = [later - earlier for earlier, later in pairwise(figures)]
        if steps == [row["people"] for row in daily][1:]:
            return "running total", "its steps equal the daily column beside it"
    if len(figures) < ENOUGH_DAYS:
        return "not stated", f"{len(figures)} days are too few to tell; do not sum"
    if _share_of_falls(members) == 0:
        return "running total", "it never falls"
    gap = any(
        days_between(earlier["data_date"], later["data_date"])
        for earlier, later in pairwise(members)
    )
    if gap:
        return "level", "it falls, and days are missing"
    return "daily flow", "it falls, and no day is missing"


def _share_of_falls(members: list[Row]) -> float:
    figures = [row["people"] for row in members if row["people"] is not None]
    steps = list(pairwise(figures))
    return sum(later < earlier for earlier, later in steps) / len(steps) if steps else 0.0
