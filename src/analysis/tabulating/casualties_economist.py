"""casualties.economist: estimates of military losses by source, from The Economist's list.

The list's "deaths" are killed, its "casualties" killed or wounded. Its date is the last day
counted; the day known is that of the link where the address tells one (the UK's monthly
figures were all posted on 7 January 2025), and never before the list's date. The NATO rows
keep their date of 23 April 2022, although their link is of 24 March: their note says so, and
the statement itself stands in the hand-typed table.
"""

from __future__ import annotations

from datetime import date

import pandas as pd

from analysis.casualties.table import CASUALTIES
from analysis.safety import slug
from analysis.tables import Record
from analysis.tabulating.link_days import find_link_day
from analysis.tabulating.part import Part, make_rows

FIRST_DAY = "2022-02-24"

#: One name of a source in the imported frame -> claimant of the casebook.
CLAIMANTS = {
    "Armed Forces of Ukraine": "ukraine-general-staff",
    "BBC News Russian": "bbc-russian",
    "CIA": "cia",
    "CSIS": "csis",
    "Excess deaths estimate": "kobak",
    "French foreign minister": "france-foreign-minister",
    "IISS": "iiss",
    "Lostarmour": "lostarmour",
    "MIVD (Netherlands)": "mivd",
    "Mediazona and Meduza": "mediazona-meduza",
    "NATO nations": "nato-nations",
    "NATO officials": "nato-officials",
    "Norwegian Defense Intelligence": "norway-intelligence",
    "Office of the President of Ukraine": "ukraine-president-office",
    "Pentagon leak": "us-leaked-documents",
    "Russian Ministry of Defense": "russia-defence-ministry",
    "The Memory Book": "memory-book",
    "UALosses": "ualosses",
    "UK Ministry of Defence": "uk-defence-ministry",
    "US Department of Defense": "us-defence-department",
    "US intelligence services": "us-intelligence",
    "US officials": "us-officials",
    "Ukrainian estimate": "ukraine-leaked-estimate",
    "Western intelligence agencies": "western-intelligence",
    "Yurii Butosov": "butusov",
}

#: Who passed an estimate on, where the list has letters for it.
OUTLETS = {
    "NYT": "the New York Times",
    "WP": "the Washington Post",
    "WSJ": "the Wall Street Journal",
}

#: Offices of the parties declare; these keep lists of names; the others estimate.
DECLARING = (
    "ukraine-general-staff",
    "ukraine-president-office",
    "russia-defence-ministry",
)
LISTING = ("ualosses", "memory-book")


def make_estimate_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows of casualties.csv from an ``economist-estimates`` frame."""
    claimants = [CLAIMANTS.get(name, slug(name)) for name in frame["claimant"]]
    records = frame.assign(claimant=claimants).to_dict("records")
    links = [find_link_day(str(row["source_url"])) for row in records]
    return make_rows(
        CASUALTIES,
        source_id="economist-estimates",
        locator="row " + frame["row"].astype("string"),
        claimant=pd.Series(claimants, index=frame.index),
        since=FIRST_DAY,
        as_of=frame["as_of"],
        group="military",
        side=frame["side"],
        place="UKR",
        outcome=frame["outcome"],
        wording=frame["wording"].str.replace(",", ""),
        standard=pd.Series([_name_standard(row) for row in records], index=frame.index),
        status="stated",
        published_on=pd.Series(
            [_find_day_known(row, link) for row, link in zip(records, links, strict=True)],
            index=frame.index,
        ),
        note=pd.Series(
            [_write_note(row, link) for row, link in zip(records, links, strict=True)],
            index=frame.index,
        ),
    )


def _name_standard(row: Record) -> str:
    if row["claimant"] in DECLARING:
        return "declared"
    # A list of names gives one number; the upper end of a range is not on the list.
    if row["claimant"] in LISTING and pd.isna(row["high"]):
        return "verified case by case"
    return "estimated"


def _find_day_known(row: Record, link: date | None) -> str:
    counted = f"{row['as_of']:%Y-%m-%d}"
    return max(counted, link.isoformat()) if link else counted


def _write_note(row: Record, link: date | None) -> str:
    counted = f"{row['as_of']:%Y-%m-%d}"
    via = row["via"]
    parts = [f"passed on by {OUTLETS.get(via, via)}"] if isinstance(via, str) else []
    if row["flag"]:
        parts.append(str(row["flag"]))
    elif link and link.isoformat() != counted:
        parts.append(f"its link is of {link.isoformat()}")
    note = "; ".join(parts)
    return note[:1].upper() + note[1:]


PART = Part(
    file="casualties.economist.csv",
    table=CASUALTIES,
    format="economist-estimates",
    path="losses-economist/estimates_by_source.csv",
    rows=make_estimate_rows,
)
