"""casualties.general-staff: Russian losses as the General Staff of Ukraine claims them each day.

Its word is losses of personnel; whether the wounded are among them it does not say, so the
outcome is neither killed nor wounded. Prisoners are stated on 62 days. "about" and "more"
beside a number stay in the wording. Figures of a party to the war.
"""

from __future__ import annotations

import pandas as pd

from analysis.casualties.table import CASUALTIES
from analysis.tabulating.part import Part, make_rows

OUTCOMES = {"personnel": "losses", "POW": "captured"}
FIRST_DAY = "2022-02-24"


def make_general_staff_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows of casualties.csv from a ``general-staff`` frame of personnel."""
    rows = frame[frame["item"].isin(OUTCOMES)]
    return make_rows(
        CASUALTIES,
        source_id="ukraine-general-staff-losses",
        locator="day " + rows["day"].astype("string"),
        claimant="ukraine-general-staff",
        since=FIRST_DAY,
        as_of=rows["as_of"],
        group="military",
        side="RUS",
        place="UKR",
        outcome=rows["item"].map(OUTCOMES),
        wording=rows["wording"].str.replace(",", ""),
        standard="declared",
        status="stated",
        published_on=rows["as_of"],
    )


PART = Part(
    file="casualties.general-staff.csv",
    table=CASUALTIES,
    format="general-staff",
    path="losses-ukraine-general-staff/russia_losses_personnel.json",
    rows=make_general_staff_rows,
)
