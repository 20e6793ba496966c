"""``iom-idp``: internally displaced people by macro-region, from IOM's population survey.

"Centre" and "Center" are one region. The notes give each survey's totals and name those
whose origins and locations differ (1 April 2022: 7,138,715 and 7,138,716).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from analysis.imports.reading.results import Imported
from analysis.imports.reading.rows import (
    Cells,
    Row,
    add_notes,
    finish,
    read_rows,
    refuse_repeats,
)
from analysis.imports.reading.table import PublishedTable, Record, make_importer

EXPECTS = "columns macro_region, idps, and survey_date and measure, or snapshot_utc"
#: The frame: one row a region, survey and measure; in the order of the file.
COLUMNS = {
    "row": "Int64",  # published row
    "snapshot_utc": "string",  # moment the table was read; missing if the file has none
    "survey_date": "datetime64[s]",  # missing in tables of snapshots
    "measure": "string",  # origin or current location (snapshots: current location)
    "macro_region": "string",  # Kyiv, East, South, Center, North, West, or Not provided
    "published_as": "string",  # the region as published ("CENTER", "Centre")
    "people": "Int64",  # persons, a survey estimate with sampling error
    "absence": "string",  # "empty" … where there is no number
    "flag": "string",  # always "" in this format
}
REGIONS = {
    **{name.lower(): name for name in ("Kyiv", "East", "South", "Center", "North", "West")},
    "centre": "Center",
    "not provided": "Not provided",
}
MEASURES = {"origin": "origin", "current location": "current location", "": "current location"}


def _wanted(columns: frozenset[str]) -> bool:
    return {"macro region", "idps"} <= columns and bool(columns & {"survey date", "snapshot utc"})


def read(table: PublishedTable) -> Imported:
    """Read a table of this format; `COLUMNS` describes the frame."""
    surveyed = "survey date" in table.columns
    cells = Cells(table)

    def read_one(record: Record) -> Iterable[Row]:
        region = REGIONS.get(" ".join(record.get("macro region").lower().rstrip("*†").split()))
        if region is None:
            expected = ", ".join(dict.fromkeys(REGIONS.values()))
            raise cells.refuse(record, "macro region", f"expected one of: {expected}")
        measure = MEASURES.get(record.get("measure").lower().replace("_", " "))
        if measure is None:
            raise cells.refuse(record, "measure", "expected origin or current_location")
        reading = cells.count(record, "idps")
        yield {
            "snapshot_utc": cells.moment(record, "snapshot utc"),
            "survey_date": cells.day(record, "survey date") if surveyed else None,
            "measure": measure,
            "macro_region": region,
            "published_as": record.get("macro region"),
            "people": reading.whole,
            "absence": reading.absence,
        }

    rows = read_rows(table, read_one)
    key = ("snapshot_utc", "survey_date", "measure", "macro_region")
    rows = refuse_repeats(table, rows, key, "{macro_region}, {measure}")
    _note_totals(table, rows)
    used = {"macro region", "idps", "survey date", "snapshot utc", "measure"}
    return finish(table, rows, COLUMNS, used)


def _note_totals(table: PublishedTable, rows: list[Row]) -> None:
    totals: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        totals[str(row["survey_date"] or row["snapshot_utc"])][row["measure"]] += row["people"] or 0
    notes = []
    for when, sums in sorted(totals.items()):
        said = ", ".join(f"{total:,} by {measure}" for measure, total in sorted(sums.items()))
        differ = " (the two differ)" if len(set(sums.values())) > 1 else ""
        notes.append(f"{when}: {said}{differ}")
    add_notes(table, notes)


IMPORTER = make_importer("iom-idp", EXPECTS, read, wanted=_wanted)
