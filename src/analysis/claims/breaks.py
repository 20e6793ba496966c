"""Breaks: where the meaning of a series changes, so that nothing may be reckoned across.

A break is declared in `breaks.csv` with its reason. Figures of one `segment` mean the same; a
chart draws the break.
"""

from __future__ import annotations

import pandas as pd

from analysis.claims.days import format_day
from analysis.claims.kept import keep
from analysis.tables import Table, as_known_on, columns
from analysis.tables.known import Known

#: The place of a break that concerns every place, and of one that only their sum has.
ANY_PLACE, PLACES_ADDED_UP = "any", "countries added up"

CLOCKS = {
    "day counted": "the break lies between two days counted (`as_of`)",
    "day known": "the break lies between two days of publication (`published_on`)",
}

BREAKS = Table(
    name="breaks",
    title="one change of what a series means",
    key=("table", "claimant", "measure", "place", "breaks_on"),
    schema={
        "source_id": columns.source_id(),
        "locator": columns.locator(),
        "table": columns.text("the table that holds the series"),
        "claimant": columns.claimant(),
        "measure": columns.text("the measure or outcome of the series"),
        "place": columns.text(
            'the country of asylum, side or place of the series; "any" for all', empty=False
        ),
        "clock": columns.choice("which of the two days the break is of", CLOCKS),
        "breaks_on": columns.day("the first day with the new meaning"),
        "before": columns.text("what was counted before"),
        "after": columns.text("what is counted from then on"),
        "reason": columns.text("why, in a few words for a chart"),
        "note": columns.note(),
    },
)

_ENDS = ["low", "best", "high", "low_excluded", "high_excluded"]


@keep
def tabulate_breaks(known: Known) -> pd.DataFrame:
    """Return the breaks that lie on the day of a casebook or before it."""
    breaks = known.claims(BREAKS, later=True)
    # A break is known from its own day on, whenever the page that tells of it was read.
    return as_known_on(breaks.assign(published_on=breaks["breaks_on"]), known.day)


def name_measure(claims: pd.DataFrame) -> pd.Series:
    """Return what each claim measures: its `measure`, or else its `outcome`."""
    column = "measure" if "measure" in claims else "outcome"
    return claims[column].rename("measure")


def name_place(claims: pd.DataFrame) -> pd.Series:
    """Return where each series is about: country of asylum, side, or place."""
    if "asylum" in claims:
        return claims["asylum"].rename("place")
    area = claims["area"]
    return (claims["side"].fillna(area) if "side" in claims else area).rename("place")


def split_at_breaks(claims: pd.DataFrame, breaks: pd.DataFrame, table: str) -> pd.DataFrame:
    """Return claims of a table with the number of breaks (of `tabulate_breaks`) before each.

    `segment` (claims of one series and one segment mean the same), `break_reason`, why the last
    break before the claim is there ("" in segment 0), and `breaks_on`, its day (missing there).
    """
    measure, place = name_measure(claims), name_place(claims)
    segment = pd.Series(0, index=claims.index)
    reason = pd.Series("", index=claims.index, dtype="str")
    breaks_on = pd.Series(pd.NaT, index=claims.index, dtype="datetime64[us]")
    # Along the days counted a reader meets the breaks of those days: their reasons come last.
    ours = breaks[breaks["table"] == table].sort_values("breaks_on")
    ours = ours.sort_values("clock", ascending=False, kind="stable")
    for row in ours.to_dict("records"):
        counted = claims["as_of"].fillna(claims["published_on"])
        day = counted if row["clock"] == "day counted" else claims["published_on"]
        hit = (claims["claimant"] == row["claimant"]) & (measure == row["measure"])
        hit &= (place == row["place"]) | (row["place"] == ANY_PLACE)
        hit &= day >= row["breaks_on"]
        segment += hit.astype(int)
        reason = reason.mask(hit, f"{format_day(row['breaks_on'])}: {row['reason']}")
        breaks_on = breaks_on.mask(hit, row["breaks_on"])
    return claims.assign(segment=segment, break_reason=reason, breaks_on=breaks_on)
