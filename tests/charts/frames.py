"""Frames of invented and of known claims, as the subjects hand them to the charts."""

from typing import Any

import pandas as pd

NOTHING_ELSE = {
    "is_party": False,
    "since": pd.NaT,
    "as_of": pd.NaT,
    "published_on": pd.Timestamp("2022-03-03"),
    "publisher": "Associated Press", "status": "stated", "counted": "civilians killed",
    "low": pd.NA, "best": pd.NA, "high": pd.NA, "wording": pd.NA,
}  # fmt: skip

LONG = (
    "The Inter-Agency Working Group for the Joint Registration, Verification and Publication "
    "of Figures of People Killed, Wounded, Missing or Captured in the Course of Hostilities "
    "on the Territory of the State and in the Waters and the Airspace that are Subject to its "
    "Jurisdiction, Secretariat of the Second Division"
)


def make(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Rows with the columns of a claims frame and its types."""
    frame = pd.DataFrame([NOTHING_ELSE | row for row in rows], columns=_columns(rows))
    return frame.astype(dict.fromkeys(("low", "best", "high"), "Float64"))


def _columns(rows: list[dict[str, Any]]) -> list[str]:
    return list(dict.fromkeys([*(name for row in rows for name in row), *NOTHING_ELSE]))


def one(**row: Any) -> pd.DataFrame:
    return make([{"claimant_name": "Monitor", **row}])


CIVILIANS = make(
    [
        {
            "claimant_name": "UN human rights office",
            "wording": "at least 227",
            "low": 227,
            "since": pd.Timestamp("2022-02-24"),
            "as_of": pd.Timestamp("2022-03-01"),
        },
        {
            "claimant_name": "State Emergency Service of Ukraine",
            "wording": "more than 2,000",
            "low": 2001,
            "status": "unverified",
            "is_party": True,
            "since": pd.Timestamp("2022-02-24"),
        },
    ]
)
TROOPS = make(
    [
        {
            "claimant_name": "Ministry of Defence of Russia", "wording": "nearly 500", "low": 400,
            "high": 499, "is_party": True, "counted": "Russian troops killed",
        },
        {
            "claimant_name": "Armed Forces of Ukraine",
            "status": "not released",
            "is_party": True,
            "counted": "Ukrainian troops killed",
        },
    ]
)  # fmt: skip
_STATUSES = ("stated", "unverified", "disputed", "denied", "not released", "withdrawn")
_ENDS = (
    ("498", 498, 498, 498),
    ("at least 227", 227, None, None),
    ("up to 4 million", 0, None, 4_000_000),
    ("600 (450 to 900)", 450, 600, 900),
    ("7,000 to 15,000", 7_000, None, 15_000),
    ("0", 0, 0, 0),
    ("no more than nine hundred and ninety-nine thousand, by a count of our own", None, None, 9e5),
)
#: Every form of a figure with every status, and a long name now and then.
ALL_KINDS = make(
    [
        {
            "claimant_name": LONG if number % 5 == 0 else f"Claimant number {number}",
            "wording": pd.NA if status == "not released" else words,
            "low": pd.NA if status == "not released" or low is None else low,
            "best": pd.NA if status == "not released" or best is None else best,
            "high": pd.NA if status == "not released" or high is None else high,
            "status": status,
            "is_party": number % 2 == 0,
            "counted": "civilians killed" if number % 3 else "people killed or wounded",
            "as_of": pd.Timestamp("2022-03-01") + pd.Timedelta(days=number),
        }
        for number, (status, (words, low, best, high)) in enumerate(
            (status, ends) for status in _STATUSES for ends in _ENDS
        )
    ]
)
AGAINST_POPULATION = make(
    [
        {"label": "Population of Ukraine", "kind": "population", "wording": "44 million"}
        | {"low": 43_500_000, "best": 44_000_000, "high": 44_500_000, "detail": "no year stated"},
        {"label": "Could leave", "kind": "projection", "wording": "up to 4 million"}
        | {"low": 0, "high": 4_000_000, "share": "up to 9.2% of 44 million"},
        {"label": "Have left", "kind": "refugees", "wording": "1 million"}
        | {"low": 950_000, "best": 1_000_000, "high": 1_050_000, "share": "2.1% to 2.5%"},
    ]
)
PER_THOUSAND = make(
    [
        {"label": "Agency, year not stated", "low": 21.3, "best": 22.7, "high": 24.1},
        {"label": "World Bank 2020, edition of 8 April 2022", "low": 22.6, "high": 22.6},
        {"label": "World Bank 2021", "low": 24.1},
    ]
)

_REGIONS = ("Africa", "Americas", "Asia", "Europe", "Oceania")
_COUNTS = {"yes": 141, "no": 5, "abstain": 35, "not voting": 12}
#: 193 states with invented names and the counts of the vote of 2 March 2022.
VOTES = pd.DataFrame(
    [
        {
            "member_state": f"State {number} of {answer}",
            "vote": answer,
            "region": _REGIONS[(number * 7 + len(answer)) % 5],
            "publisher": "UN Digital Library",
            "published_on": pd.Timestamp("2022-03-02"),
        }
        for answer, count in _COUNTS.items()
        for number in range(1, count + 1)
    ]
)

LADDER = (
    "continuing", "proposed", "announced", "pausing", "halting", "closing", "banned", "cancelled",
    "seized",
)  # fmt: skip
#: 20 actions: every rung, with and without a day, short and long.
ACTIONS = pd.DataFrame(
    [
        {
            "actor": LONG if number == 7 else f"Actor {number}",
            "kind": ("sanction", "company action", "asset", "sport")[number // 5],
            "action": LADDER[number % 9],
            "action_order": number % 9,
            "target": "Russia",
            "description": "stops trade"
            if number % 2
            else "keeps away from what it bought, "
            "sold, insured and carried, wherever it did so before, with few exceptions",
            "date": pd.Timestamp("2022-02-24") + pd.Timedelta(days=number % 8)
            if number % 3
            else pd.NaT,
            "publisher": "Associated Press",
            "published_on": pd.Timestamp("2022-03-03"),
        }
        for number in range(20)
    ]
)
_CLAIMANTS = (
    ("Russian government", "RUS", True),
    ("Ukrainian military", "UKR", True),
    ("Associated Press", "", False),
    ("President of Ukraine", "UKR", True),
    ("UN refugee agency", pd.NA, False),
)
#: 8 statements of 5 claimants, who take a stance on about half of them.
STATEMENTS = pd.DataFrame(
    [
        {
            "statement": f"Statement {number} is that a place was taken, lost or is held on",
            "claimant_short": name,
            "claimant_name": name,
            "claimant_side": side,
            "is_party": party,
            "stance": ("says", "denies", "no comment")[(number + place) % 3],
            "publisher": "Associated Press",
            "published_on": pd.Timestamp("2022-03-03"),
        }
        for number in range(8)
        for place, (name, side, party) in enumerate(_CLAIMANTS)
        if (number * 5 + place) % 2 == 0
    ]
)
