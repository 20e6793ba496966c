"""displaced.iom: people displaced inside Ukraine by macro-region, IOM's survey rounds 1 to 4.

By where they are and by where they come from. The day counted is the survey's; the day known
is the first on which OCHA's page shows the round, since the reports' own days are not in the
file.
"""

from __future__ import annotations

import pandas as pd

from analysis.refugees.displaced import DISPLACED
from analysis.tabulating.part import Part, make_rows

#: Day of the survey -> first snapshot of OCHA's page that shows its figures.
KNOWN_ON = {
    "2022-03-16": "2022-03-20",
    "2022-04-01": "2022-04-05",
    "2022-04-17": "2022-04-21",
    "2022-05-03": "2022-05-11",
}
MEASURES = {
    "current location": "internally displaced, by location",
    "origin": "internally displaced, by origin",
}


def make_survey_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows of displaced.csv from an ``iom-idp`` frame with days of surveys."""
    rows = frame[frame["people"].notna()]
    rows = rows.sort_values(["survey_date", "measure"], kind="stable")
    day = rows["survey_date"].dt.strftime("%Y-%m-%d")
    return make_rows(
        DISPLACED,
        source_id="iom-survey-rounds",
        locator="round of " + day.astype("string"),
        claimant="iom",
        as_of=day,
        place=rows["macro_region"],
        measure=rows["measure"].map(MEASURES),
        wording=rows["people"],
        unit="people",
        standard="estimated",
        status="stated",
        published_on=day.map(KNOWN_ON),
    )


PART = Part(
    file="displaced.iom.csv",
    table=DISPLACED,
    format="iom-idp",
    path="iom-idp/macro_region_rounds_1_to_4.csv",
    rows=make_survey_rows,
)
