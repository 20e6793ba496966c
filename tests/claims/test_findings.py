"""Titles of charts of claims: each figure with its claimant, its doubt and the day."""

from typing import Any

import pandas as pd
import pytest

from analysis.claims.findings import write_finding

CLAIM: dict[str, Any] = {
    "claimant_said": "the UN human rights office",
    "is_party": False,
    "wording": "at least 227",
    "counted": "civilians killed",
    "standard": "verified case by case",
    "status": "stated",
    "since": pd.Timestamp("2022-02-24"),
    "as_of": pd.Timestamp("2022-03-01"),
    "published_on": pd.Timestamp("2022-03-03"),
}

FINDING = CLAIM | {"claimant": "ohchr", "claimant_short": "OHCHR", "place": "UKR"}


@pytest.mark.parametrize(
    ("changes", "title"),
    [
        ([], "Civilians killed: at least 227 (OHCHR); as known on 3 March 2022"),
        (
            [{"claimant": "x", "claimant_short": "X", "wording": "12", "status": "disputed"}],
            "Civilians killed: at least 227 (OHCHR), or 12 (X, disputed); as known on 3 March 2022",
        ),
        (
            [{"wording": "249", "as_of": pd.Timestamp("2022-03-02")}],
            "Civilians killed: at least 227 (OHCHR, to 1 March 2022), or 249 (OHCHR, to "
            "2 March 2022); as known on 3 March 2022",
        ),
        (
            [{"claimant": "x", "claimant_short": "X", "wording": None}],
            "Civilians killed: at least 227 (OHCHR), no figure from X; as known on 3 March 2022",
        ),
        (
            [{"counted": "Russian troops killed", "wording": "12"}],
            "Civilians killed: at least 227 (OHCHR); Russian troops killed: 12 (OHCHR); "
            "as known on 3 March 2022",
        ),
        (
            [{"place": "Mariupol", "wording": "12"}],
            "Civilians killed in Ukraine: at least 227 (OHCHR); civilians killed in Mariupol: "
            "12 (OHCHR); as known on 3 March 2022",
        ),
    ],
)
def test_findings_by_hand(changes: list[dict[str, Any]], title: str) -> None:
    claims = pd.DataFrame([FINDING, *(FINDING | change for change in changes)])
    assert write_finding(claims, "3 March 2022") == title


def test_no_figure_is_no_finding() -> None:
    silent = pd.DataFrame([FINDING | {"wording": None}])
    assert write_finding(silent, "3 March 2022") == ""
    assert write_finding(silent[:0], "3 March 2022") == ""


def test_of_many_claims_the_newest_is_named_and_not_the_greatest() -> None:
    days = ["2022-03-01", "2022-03-04", "2022-03-03", "2022-03-02", "2022-03-01"]
    claims = pd.DataFrame(
        [
            FINDING | {"claimant": f"c{n}", "claimant_short": f"C{n}", "wording": str(900 - n)}
            for n in range(5)
        ]
    ).assign(published_on=pd.to_datetime(days))
    title = write_finding(claims, "4 March 2022")
    assert title == "Civilians killed: 5 claims, the newest 899 (C1); as known on 4 March 2022"
    assert write_finding(claims[:4], "4 March 2022").count(", or ") == 3
