"""Parts of displaced.csv: people displaced inside Ukraine by macro-region, IOM's surveys.

displaced.iom
    Rounds 1 to 4, by where people are and where they come from. The day counted is the
    survey's; the day known is the first on which OCHA's page shows the round, since the
    reports' own days are not in the file.
displaced.ocha
    Later rounds, as OCHA's page showed them. The snapshots up to May 2022 repeat rounds 1 to 4
    and are left out; the later ones do not tell the day of the survey.
"""

from __future__ import annotations

import pandas as pd

from analysis.refugees.displaced import DISPLACED
from analysis.tabulating.part import Part, keep_changes, make_rows, say_snapshot

#: Day of the survey -> first snapshot of OCHA's page that shows its figures.
KNOWN_ON = {
    "2022-03-16": "2022-03-20",
    "2022-04-01": "2022-04-05",
    "2022-04-17": "2022-04-21",
    "2022-05-03": "2022-05-11",
}
#: Macro-region as the surveys call it -> key of areas.csv.
AREAS = {
    "Kyiv": "kyiv",
    "East": "ukraine-east",
    "South": "ukraine-south",
    "Center": "ukraine-center",
    "North": "ukraine-north",
    "West": "ukraine-west",
    "Not provided": "ukraine-region-not-stated",
}
MEASURES = {
    "current location": "internally displaced, by location",
    "origin": "internally displaced, by origin",
}
#: The last snapshot that shows round 4.
LAST_REPEAT = "2022-05-11"


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
        who="everybody",
        as_of=day,
        area=rows["macro_region"].map(AREAS),
        measure=rows["measure"].map(MEASURES),
        wording=rows["people"],
        unit="people",
        standard="estimated",
        status="stated",
        published_on=day.map(KNOWN_ON),
    )


def make_snapshot_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows of displaced.csv from an ``iom-idp`` frame of snapshots."""
    later = frame[frame["snapshot_utc"].str[:10] > LAST_REPEAT]
    changes = keep_changes(
        later, snapshot="snapshot_utc", key=["macro_region"], value="people", whole=False
    )
    return make_rows(
        DISPLACED,
        source_id="ocha-iom-regions",
        locator=say_snapshot(changes["snapshot_utc"]),
        claimant="iom",
        who="everybody",
        area=changes["macro_region"].map(AREAS),
        measure=changes["measure"].map(MEASURES),
        wording=changes["people"],
        unit="people",
        standard="estimated",
        status="stated",
        published_on=changes["snapshot_utc"].str[:10],
    )


PARTS = (
    Part(
        file="displaced.iom.csv",
        table=DISPLACED,
        format="iom-idp",
        path="iom-idp/macro_region_rounds_1_to_4.csv",
        rows=make_survey_rows,
    ),
    Part(
        file="displaced.ocha.csv",
        table=DISPLACED,
        format="iom-idp",
        path="iom-idp/ocha_macro_region_vintages.csv",
        rows=make_snapshot_rows,
    ),
)
