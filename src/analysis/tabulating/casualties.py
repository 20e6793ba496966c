"""Parts of casualties.csv: OHCHR's updates, and four lists of military losses.

casualties.economist
    Estimates by source. The list's "deaths" are killed, its "casualties" killed or wounded.
    Its date is the last day counted; the day known is that of the link where the address tells
    one, and never before the list's date. The list has numbers and no words, so the rows have
    numbers and no words; what is known better (words, days, who said it, what was counted)
    stands in economist_corrections.csv.
casualties.general-staff
    Russian losses as the General Staff of Ukraine claims them each day. Its word is losses of
    personnel; whether the wounded are among them it does not say, so the outcome is neither
    killed nor wounded. "about" and "more" beside a number stay in the wording. Prisoners are
    given on 58 days; the 0 of four days before them is no statement and has no row.
casualties.mediazona
    Russian soldiers whose death Mediazona found by name, edition of 2024, a running total. A week
    is named by its Monday and counts to its Sunday: the week of 21 February 2022, before the
    invasion, already holds the first deaths. The edition's day of publication is not recorded,
    so every figure is known from the last Sunday it counts.
casualties.ohchr
    Civilians killed and wounded that OHCHR verified, as OCHA's table had them. A date of the
    table is the day of OHCHR's update, which counts to the midnight before. That holds from 3 March
    2022 on, save on the dates of ohchr_updates.csv; each was looked up in OHCHR's own update, or
    in a report of it (the Office publishes on working days, from July 2022 mostly on Mondays,
    counting to Sunday). Dates on which neither count changed have no row. Where OCHA entered the
    figures of the day before and put them right in a later snapshot, only the right ones stand,
    known from the day of OHCHR's update: OHCHR never said the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib.resources import files

import pandas as pd

from analysis.casualties.table import CASUALTIES
from analysis.safety import slug
from analysis.tables import Record
from analysis.tabulating.part import Part, make_rows

FIRST_DAY = "2022-02-24"

#: The post with the British averages of each month: the list adds them up from March 2022 and
#: dates each sum on the first of the next month.
MONTHLY_AVERAGES = "DefenceHQ/status/1876584633103507960"

#: Dates of OCHA's table that hold no update: 7 June 2022 repeats 3 June (an entry error; the
#: update of that day stands at 6 June), 26 March 2023 has the killed of the next day with the
#: wounded of the week before.
NO_UPDATE = ["2022-06-07", "2023-03-26"]

#: Cells typed wrongly: the update of 15 April 2022 has 2,651 wounded (the table's own 16 April
#: gives it, with the link to the update of the 15th).
MISTYPED = {("2022-04-15", "injured"): 2_651}

_LOSSES = {"personnel": "losses", "POW": "captured"}
_VERIFIED = {"killed": "killed", "injured": "wounded"}

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


@cache
def _read_known(file: str) -> pd.DataFrame:
    """Return a table that stands beside this module, every cell as text."""
    with (files("analysis.tabulating") / file).open(encoding="utf-8") as table:
        return pd.read_csv(table, dtype="str", keep_default_na=False)


def read_claimants() -> dict[str, str]:
    """Return the claimants of the casebook by the one name that the list has for each."""
    known = _read_known("economist_claimants.csv")
    return dict(zip(known["listed"], known["claimant"], strict=True))


def read_corrections() -> dict[str, list[Record]]:
    """Return what is known better than The Economist's list has it, by row of the list.

    Dates, claimants, outcomes and words come from the row's own link or from reports of the same
    statement; `says` is added to the note. A row may become two: the list's range of UALosses
    runs from the dead to the dead and missing.
    """
    corrections: dict[str, list[Record]] = {}
    for row in _read_known("economist_corrections.csv").to_dict("records"):
        given = {name: cell for name, cell in row.items() if cell and name != "row"}
        corrections.setdefault(row["row"], []).append(given)
    return corrections


def make_estimate_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows of casualties.csv from an ``economist-estimates`` frame."""
    rows = pd.DataFrame([row for record in frame.to_dict("records") for row in _make(record)])
    # The order of the frame is by the list's dates; ours is by the days counted.
    rows = rows.sort_values("as_of", kind="stable", ignore_index=True)
    constant = {"source_id": "economist-estimates", "who": "fighters", "area": "UKR"}
    return make_rows(CASUALTIES, **constant, status="stated", **{n: rows[n] for n in rows.columns})


def _make(record: Record) -> Iterator[Record]:
    listed: date = record["as_of"].date()
    url = str(record["source_url"])
    link = find_link_day(url)
    claimant = read_claimants().get(record["claimant"], slug(record["claimant"]))
    usual: dict[str, object] = {
        "locator": f"row {record['row']}",
        "claimant": claimant,
        "since": FIRST_DAY,
        "as_of": listed.isoformat(),
        "side": record["side"],
        "outcome": record["outcome"],
        **_read_numbers(record),
        "standard": _name_standard(claimant, record),
        "published_on": max(listed, link or listed).isoformat(),
    }
    says = (
        [f"passed on by {OUTLETS.get(record['via'], record['via'])}"] if _has(record, "via") else []
    )
    if MONTHLY_AVERAGES in url:
        # A sum to the first of a month counts the months before it.
        usual |= {"since": "2022-03-01", "as_of": (listed - timedelta(days=1)).isoformat()}
        says.append("worked out by the list from the Ministry's daily averages of each month")
    if link and link != listed:
        says.append(f"its link is of {link.isoformat()}")
    for corrected in read_corrections().get(str(int(record["row"])), [{}]):
        row = usual | {name: value for name, value in corrected.items() if name != "says"}
        if "wording" in corrected:
            row |= dict.fromkeys(("low", "best", "high"), "")
        notes = list(says)
        if row["as_of"] != listed.isoformat():
            notes.append(f"the list dates it {listed.isoformat()}")
        if "says" in corrected:
            notes.append(corrected["says"])
        if not link and "published_on" not in corrected:
            notes.insert(
                0, "day doubtful: its link tells none, the list's date stands for the day known"
            )
        note = "; ".join(notes)
        if not note.startswith("day doubtful"):
            note = note[:1].upper() + note[1:]
        yield row | {"note": note}


def _has(record: Record, column: str) -> bool:
    return not pd.isna(record[column])


def _read_numbers(record: Record) -> dict[str, object]:
    low, best, high = (
        record[name] if _has(record, name) else "" for name in ("low", "best", "high")
    )
    # One number is the figure; its ends are not open.
    ends = (best, best) if low == high == "" else (low, high)
    return {"wording": "", "low": ends[0], "best": best, "high": ends[1]}


def _name_standard(claimant: str, record: Record) -> str:
    if claimant in DECLARING:
        return "declared"
    # A list of names gives one number; the upper end of a range is not on the list.
    if claimant in LISTING and not _has(record, "high"):
        return "verified case by case"
    return "estimated"


def make_general_staff_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows of casualties.csv from a ``general-staff`` frame of personnel."""
    unsaid = (frame["item"] == "POW") & (frame["value"] == 0)
    rows = frame[frame["item"].isin(_LOSSES) & ~unsaid]
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
    ours = frame[frame["measure"].isin(_VERIFIED)].dropna(subset=["value"])
    ours = ours.sort_values("snapshot_utc", kind="stable")
    ours = ours.assign(date=ours["published_on"].dt.strftime("%Y-%m-%d"))
    final = ours.groupby(["date", "measure"])["value"].last().unstack()
    for (row, measure), value in MISTYPED.items():
        if row in final.index:
            final.loc[row, measure] = value
    final = final.drop(index=final.index.intersection(NO_UPDATE))
    final = final[(final != final.shift()).fillna(True).any(axis="columns")]
    # A date of the table is the day of the update, which counts to the midnight before.
    day_before = (pd.to_datetime(final.index) - pd.Timedelta(days=1)).strftime("%Y-%m-%d")
    looked_up = _read_known("ohchr_updates.csv").set_index("date").reindex(final.index)
    known = final.assign(
        counted_to=looked_up["counted_to"].fillna(pd.Series(day_before, final.index)),
        published_on=looked_up["published_on"].fillna(final.index.to_series()),
        note=("day doubtful: " + looked_up["doubt"]).where(looked_up["doubt"].fillna("") != "", ""),
    ).reset_index()
    rows = known.melt(
        ["date", "counted_to", "published_on", "note"], list(_VERIFIED), "measure"
    ).dropna(subset=["value"])
    rows = rows.sort_values(["date", "measure"], ascending=[True, False], kind="stable")
    return make_rows(
        CASUALTIES,
        source_id="ocha-ohchr-table",
        locator="table row " + rows["date"],
        claimant="ohchr",
        since=FIRST_DAY,
        as_of=rows["counted_to"],
        who="civilians",
        area="UKR",
        outcome=rows["measure"].map(_VERIFIED),
        wording=rows["value"].astype("Int64"),
        standard="verified case by case",
        status="stated",
        published_on=rows["published_on"],
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
