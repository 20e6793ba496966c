"""Parts of casualties.csv: OHCHR's updates, and four lists of military losses.

casualties.economist
    Estimates by source. The list's "deaths" are killed, its "casualties" killed or wounded.
    Its date is the last day counted; the day known is that of the link where the address tells
    one (the UK's monthly figures were all posted on 7 January 2025), and never before the list's
    date. The NATO rows keep their date of 23 April 2022, although their link is of 24 March:
    their note says so, and the statement itself stands in the hand-typed table.
    Where only a lower or an upper end is listed, the row has the number and no words.
casualties.general-staff
    Russian losses as the General Staff of Ukraine claims them each day. Its word is losses of
    personnel; whether the wounded are among them it does not say, so the outcome is neither
    killed nor wounded. "about" and "more" beside a number stay in the wording.
casualties.mediazona
    Russian soldiers whose death Mediazona found by name, edition of 2024, a running total. A week
    is named by its Monday and counts to its Sunday: the week of 21 February 2022, before the
    invasion, already holds the first deaths. The edition's day of publication is not recorded,
    so every figure is known from the last Sunday it counts.
casualties.ohchr
    Civilians killed and wounded that OHCHR verified, as OCHA's table had them. The table's
    dates are days of publication; the count runs to the midnight before. Days on which neither
    count changed have no row. Where a date was entered with the figures of the day before and
    put right in a later snapshot, both stand, each with the day it was known; 7 June 2022, which
    repeats 3 June and was never put right, stays as published.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pandas as pd

from analysis.casualties.table import CASUALTIES
from analysis.safety import slug
from analysis.tables import Record
from analysis.tabulating.part import Part, keep_changes, make_rows

FIRST_DAY = "2022-02-24"

_LOSSES = {"personnel": "losses", "POW": "captured"}
_VERIFIED = {"killed": "killed", "injured": "wounded"}
_BELOW = "Below the figure before it: the table repeats an older update here"

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

#: Post numbers of X (Twitter) hold the milliseconds since this moment, above 22 other bits
#: (X developer documentation, "Snowflake IDs").
_FIRST_MOMENT = datetime(2010, 11, 4, 1, 42, 54, 657_000, tzinfo=UTC)
_OTHER_BITS = 22

_POST = re.compile(r"(?:twitter|x)\.com/[^/]+/status/([0-9]{15,20})")
_DATES = (
    re.compile(r"/(20[0-9]{2})[/-]([01]?[0-9])[/-]([0-3]?[0-9])(?![0-9])"),
    re.compile(r"-(20[0-9]{2})-([01][0-9])-([0-3][0-9])(?![0-9])"),
    re.compile(r"/(20[0-9]{2})([01][0-9])([0-3][0-9])(?![0-9])"),
)


def find_link_day(url: str) -> date | None:
    """Return the day on which the linked page was published, if its address tells.

    >>> find_link_day("https://example.org/2022/03/24/losses/")
    datetime.date(2022, 3, 24)
    """
    post = _POST.search(url)
    if post:
        moment = _FIRST_MOMENT + timedelta(milliseconds=int(post[1]) >> _OTHER_BITS)
        return moment.date()
    for pattern in _DATES:
        found = pattern.search(url)
        if found:
            try:
                return date(int(found[1]), int(found[2]), int(found[3]))
            except ValueError:
                continue
    return None


def make_estimate_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows of casualties.csv from an ``economist-estimates`` frame."""
    claimants = [CLAIMANTS.get(name, slug(name)) for name in frame["claimant"]]
    records = frame.assign(claimant=claimants).to_dict("records")
    links = [find_link_day(str(row["source_url"])) for row in records]
    # "At least" and "up to" would be words that nobody said: such a row holds its number.
    lone = frame["best"].isna() & (frame["low"].isna() | frame["high"].isna())
    return make_rows(
        CASUALTIES,
        source_id="economist-estimates",
        locator="row " + frame["row"].astype("string"),
        claimant=pd.Series(claimants, index=frame.index),
        since=FIRST_DAY,
        as_of=frame["as_of"],
        who="fighters",
        side=frame["side"],
        area="UKR",
        outcome=frame["outcome"],
        wording=frame["wording"].str.replace(",", "").mask(lone),
        low=frame["low"].where(lone),
        high=frame["high"].where(lone),
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


def make_general_staff_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows of casualties.csv from a ``general-staff`` frame of personnel."""
    rows = frame[frame["item"].isin(_LOSSES)]
    return make_rows(
        CASUALTIES,
        source_id="ukraine-general-staff-losses",
        locator="day " + rows["day"].astype("string"),
        claimant="ukraine-general-staff",
        since=FIRST_DAY,
        as_of=rows["as_of"],
        who="fighters",
        side="RUS",
        area="UKR",
        outcome=rows["item"].map(_LOSSES),
        wording=rows["wording"].str.replace(",", ""),
        standard="declared",
        status="stated",
        published_on=rows["as_of"],
    )


def make_mediazona_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows of casualties.csv from a ``meduza`` frame: names found, running total."""
    named = frame["measure"] == "deaths confirmed by name"
    rows = frame[named & (frame["kind"] == "running total")]
    sunday = rows["week"] + pd.Timedelta(days=6)
    return make_rows(
        CASUALTIES,
        source_id="meduza-2024",
        locator="week " + rows["week"].dt.strftime("%Y-%m-%d").astype("string"),
        claimant="mediazona",
        since=FIRST_DAY,
        as_of=sunday,
        who="fighters",
        side="RUS",
        area="UKR",
        outcome="killed",
        wording=rows["best"].astype("Int64"),
        standard="verified case by case",
        status="stated",
        published_on=f"{sunday.max():%Y-%m-%d}" if len(rows) else "",
    )


def make_ohchr_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows of casualties.csv from an ``ohchr`` frame of snapshots."""
    ours = frame[frame["measure"].isin(_VERIFIED)]
    changes = keep_changes(
        ours,
        snapshot="snapshot_utc",
        key=["measure", "published_on"],
        value="value",
        whole=False,
    )
    changes = changes.sort_values(
        ["measure", "published_on"], ascending=[False, True], kind="stable"
    )
    dates = pd.MultiIndex.from_frame(changes[["measure", "published_on"]])
    by_date = changes.groupby(["measure", "published_on"], sort=False)["value"]
    entered = "First entered as " + by_date.shift().astype("string")
    # What a date says in the end, against what the date before it says in the end.
    final = by_date.last()
    before = final.groupby("measure").shift()
    below = (final < before).fillna(False).reindex(dates).to_numpy(dtype=bool)
    moved = ((final != before).fillna(True) | (by_date.size() > 1)).groupby("published_on").any()
    kept = changes["published_on"].map(moved).to_numpy(dtype=bool)
    revised = (changes["change"] == "revised").to_numpy()
    table_row = changes["published_on"].dt.strftime("%Y-%m-%d").astype("string")
    moment = changes["snapshot_utc"].str[:16] + "Z"
    changes = changes.assign(
        known_on=table_row.mask(revised, changes["snapshot_utc"].str[:10]),
        locator=("table row " + table_row).mask(
            revised, "table row " + table_row + ", snapshot " + moment
        ),
        note=pd.Series("", index=changes.index)
        .mask(revised, entered)
        .mask(below & ~revised, _BELOW),
    )
    rows = changes[kept].sort_values(
        ["known_on", "published_on", "measure", "snapshot_utc"],
        ascending=[True, True, False, True],
        kind="stable",
    )
    return make_rows(
        CASUALTIES,
        source_id="ocha-ohchr-table",
        locator=rows["locator"],
        claimant="ohchr",
        since=FIRST_DAY,
        as_of=rows["as_of"],
        who="civilians",
        area="UKR",
        outcome=rows["measure"].map(_VERIFIED),
        wording=rows["value"],
        standard="verified case by case",
        status="stated",
        published_on=rows["known_on"],
        note=rows["note"],
    )


PARTS = (
    Part(
        file="casualties.economist.csv",
        table=CASUALTIES,
        format="economist-estimates",
        path="losses-economist/estimates_by_source.csv",
        rows=make_estimate_rows,
    ),
    Part(
        file="casualties.general-staff.csv",
        table=CASUALTIES,
        format="general-staff",
        path="losses-ukraine-general-staff/russia_losses_personnel.json",
        rows=make_general_staff_rows,
    ),
    Part(
        file="casualties.mediazona.csv",
        table=CASUALTIES,
        format="meduza",
        path="losses-economist/meduza_2024.csv",
        rows=make_mediazona_rows,
    ),
    Part(
        file="casualties.ohchr.csv",
        table=CASUALTIES,
        format="ohchr",
        path="ohchr-civilian-casualties/ohchr_casualties_ocha_vintages.csv.gz",
        rows=make_ohchr_rows,
    ),
)
