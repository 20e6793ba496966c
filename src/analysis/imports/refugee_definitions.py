"""When UNHCR's figures for Ukraine changed what they count.

Facts of the publisher's series, for the format ``unhcr-countries``: a change of definition
is a break, and no difference may be taken across it.
"""

from __future__ import annotations

from datetime import date

from analysis.imports.published_rows import Row, add_flag

#: Country, first day of a snapshot under the new definition, and what it counts.
BREAKS = (
    ("MDA", date(2022, 3, 15), "from here all arrivals, before it people still there"),
    ("ROU", date(2022, 3, 15), "from here all arrivals, before it people still there"),
    ("BLR", date(2022, 5, 26), "cut by the publisher, from 27,308 on 12 May 2022 to 16,547"),
)
_LAST_CROSSINGS, _FIRST_RECORDED = date(2022, 6, 14), date(2023, 8, 1)


def measure_by_date(day: date | None) -> str:
    """Return what ``individuals`` counted on a day; "not stated" where it is not known."""
    if day is not None and day <= _LAST_CROSSINGS:
        return "border crossings"
    if day is not None and day >= _FIRST_RECORDED:
        return "refugees recorded"
    return "not stated"


def flag_breaks(rows: list[Row]) -> None:
    """Flag the first row of a country under a new definition, if the file has older ones."""
    for iso3, first, words in BREAKS:
        own = [
            row
            for row in rows
            if row["iso3"] == iso3 and row["snapshot"] and row["measure"] == "border crossings"
        ]
        own.sort(key=lambda row: row["snapshot"])
        new = [row for row in own if row["snapshot"] >= first.isoformat()]
        if new and len(new) < len(own):
            add_flag(new[0], f"new definition: {words}")
    for iso3 in {row["iso3"] for row in rows if row["snapshot"]}:
        own = [row for row in rows if row["iso3"] == iso3]
        if {"border crossings", "refugees recorded"} == {row["measure"] for row in own}:
            first_recorded = next(row for row in own if row["measure"] == "refugees recorded")
            add_flag(first_recorded, "new definition: from here people recorded, not crossings")
