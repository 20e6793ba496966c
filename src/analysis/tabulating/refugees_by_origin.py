"""Parts of refugees_by_origin.csv: totals by origin as each earlier release of UNHCR had them.

The newest release, with all its years, is made by
`analysis.refugees.by_origin.build_refugees_by_origin`.
"""

from __future__ import annotations

import pandas as pd

from analysis.refugees.by_origin import (
    LAST_RELEASE,
    REFUGEES_BY_ORIGIN,
    SMALLEST,
    keep_countries,
)
from analysis.tabulating.part import PLAIN_TABLE, Part, make_rows

#: Releases of this month hold ends of years only.
_YEAR_END_MONTH = 6


def make_release_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows of refugees_by_origin.csv from totals by release, origin and year.

    Releases of other months than June put figures of the middle of their newest year under
    that year's label: their last day counted is 30 June.
    """
    rows = keep_countries(frame[frame["release_date"] < LAST_RELEASE], "coo_iso")
    people = rows["refugees"].astype("int64") + rows["asylum_seekers"].astype("int64")
    most = people.groupby(rows["coo_iso"]).transform("max")
    rows = rows[(people > 0) & (most >= SMALLEST)]
    rows = rows.sort_values(["release_date", "coo_iso", "year"], kind="stable")
    released = rows["release_date"]
    newest = rows["year"] == rows.groupby("release_date")["year"].transform("max")
    half = newest & (released.str[5:7].astype("int64") != _YEAR_END_MONTH)
    return make_rows(
        REFUGEES_BY_ORIGIN,
        source_id="unhcr-annual-" + released.str[:7],
        origin=rows["coo_iso"],
        year=rows["year"],
        counted_to=(rows["year"] + "-06-30").where(half, ""),
        refugees=rows["refugees"],
        asylum_seekers=rows["asylum_seekers"],
    )


PARTS = (
    Part(
        file="refugees_by_origin.releases.csv",
        table=REFUGEES_BY_ORIGIN,
        format=PLAIN_TABLE,
        path="unhcr-annual/origin_totals_by_release.csv",
        rows=make_release_rows,
    ),
)
