"""Titles of charts of claims: one finding, each figure with its claimant, doubt and day."""

from typing import Any

import pandas as pd
import pytest

from analysis.claims.findings import LONGEST_TITLE, write_finding

CLAIM: dict[str, Any] = {
    "claimant": "ohchr",
    "claimant_short": "OHCHR",
    "wording": "at least 227",
    "low": 227,
    "high": None,
    "counted": "civilians killed",
    "status": "stated",
    "area": "UKR",
    "area_name": "Ukraine",
    "since": pd.Timestamp("2022-02-24"),
    "as_of": pd.Timestamp("2022-03-01"),
    "published_on": pd.Timestamp("2022-03-03"),
}
OTHER = {"claimant": "x", "claimant_short": "X"}


def finding(*changes: dict[str, Any], day: str = "2022-03-03") -> tuple[str, str]:
    claims = pd.DataFrame([CLAIM, *(CLAIM | change for change in changes)])
    claims.attrs["known_on"] = pd.Timestamp(day)
    found = write_finding(claims)
    return found.title, found.rest


@pytest.mark.parametrize(
    ("change", "title", "rest"),
    [
        ({}, "Civilians killed in Ukraine: at least 227 (OHCHR, 1 March 2022)", ""),
        (
            OTHER | {"wording": "12", "status": "disputed"},
            "Civilians killed in Ukraine: at least 227 (OHCHR) or 12 (X, disputed), 1 Mar",
            "",
        ),
        (
            {"wording": "249", "as_of": pd.Timestamp("2022-03-02")},
            "Civilians killed in Ukraine: 249 (OHCHR, 2 March 2022)",
            "Civilians killed: at least 227 (OHCHR, 1 March 2022).",
        ),
        (
            OTHER | {"wording": None, "status": "not released"},
            "Civilians killed in Ukraine: at least 227 (OHCHR, 1 March 2022)",
            "No figure released: X (3 March 2022).",
        ),
        (
            {"counted": "Russian troops killed", "wording": "12"},
            "Civilians killed in Ukraine: at least 227 (OHCHR, 1 March 2022)",
            "Russian troops killed: 12 (OHCHR, 1 March 2022).",
        ),
        (
            {"area": "m", "area_name": "Mariupol", "wording": "12"},
            "Civilians killed in Ukraine: at least 227 (OHCHR, 1 March 2022)",
            "Civilians killed in Mariupol: 12 (OHCHR, 1 March 2022).",
        ),
        (
            {"since": pd.Timestamp("2022-01-01"), "wording": "12"},
            "Civilians killed in Ukraine since 24 February 2022: at least 227 "
            "(OHCHR, 1 March 2022)",
            "Civilians killed since 1 January 2022: 12 (OHCHR, 1 March 2022).",
        ),
        (
            {"since": pd.Timestamp("2022-03-01"), "wording": "12"},
            "Civilians killed in Ukraine since 24 February 2022: at least 227 "
            "(OHCHR, 1 March 2022)",
            "Civilians killed on 1 March 2022: 12 (OHCHR, 1 March 2022).",
        ),
    ],
)
def test_findings_by_hand(change: dict[str, Any], title: str, rest: str) -> None:
    assert finding(*([change] if change else [])) == (title, rest)


def test_where_days_do_not_fit_they_stand_once() -> None:
    change = {
        "claimant": "ses", "claimant_short": "Emergency Service", "wording": "more than 2,000",
        "status": "unverified", "as_of": pd.Timestamp("2022-03-03"),
    }  # fmt: skip
    claims = pd.DataFrame([CLAIM | {"wording": "249"}, CLAIM | change])
    claims.attrs["known_on"] = pd.Timestamp("2022-03-03")
    title = write_finding(claims).title
    assert title == (
        "Civilians killed: 249 (OHCHR) or more than 2,000 (Emergency Service, unverified), 1–3 Mar"
    )
    assert len(title) <= LONGEST_TITLE


def test_no_figure_is_no_finding() -> None:
    silent = pd.DataFrame([CLAIM | {"wording": None, "status": "not released"}])
    assert write_finding(silent).title == ""
    assert write_finding(silent[:0]).title == ""


def test_a_title_never_sets_a_fresh_figure_against_an_old_one() -> None:
    old = OTHER | {"wording": "2,000", "as_of": pd.NaT, "published_on": pd.Timestamp("2022-03-03")}
    new = {"wording": "9,701", "as_of": pd.Timestamp("2023-09-24")}
    title, rest = finding(old, new, day="2023-10-01")
    assert title == "Civilians killed in Ukraine: 9,701 (OHCHR, 24 September 2023)"
    assert "2,000 (X, 3 March 2022, 18 months old)" in rest


def test_where_all_is_old_the_newest_is_named_with_its_age() -> None:
    title, rest = finding(OTHER | {"wording": "300"}, day="2024-12-31")
    assert title == "Civilians killed in Ukraine: at least 227 (OHCHR, 1 March 2022, 2 years old)"
    assert "300 (X, 1 March 2022, 2 years old)" in rest


def test_of_many_claims_the_newest_is_named_and_not_the_greatest() -> None:
    changes = [
        {"claimant": f"c{n}", "claimant_short": f"Claimant {n}", "wording": f"{9_000 - n:,}",
         "as_of": pd.Timestamp(f"2022-03-0{day}")}
        for n, day in enumerate((1, 3, 2, 2, 1))
    ]  # fmt: skip
    title, rest = finding(*changes, day="2022-03-04")
    assert (
        title
        == "Civilians killed in Ukraine: 6 claimants, the newest 8,999 (Claimant 1, 3 March 2022)"
    )
    assert len(title) <= LONGEST_TITLE
    assert rest.count("Claimant") == 4


def test_a_unit_that_the_noun_does_not_say_stands_with_the_figure() -> None:
    appeal = {"counted": "requirement of the regional refugee response plan", "unit": "US dollars"}
    title = write_finding(pd.DataFrame([CLAIM | appeal | {"wording": "1.85 billion"}])).title
    assert title.startswith("Requirement of the regional refugee response plan: 1.85 billion US ")


def test_a_long_noun_is_cut_before_the_claimant_and_the_day_are() -> None:
    noun = "people displaced inside and outside the country and the regions beside it if it goes on"
    title = write_finding(
        pd.DataFrame([CLAIM | {"counted": noun, "wording": "over 7 million"}])
    ).title
    assert title.startswith("People displaced inside and outside the country")
    assert "\N{HORIZONTAL ELLIPSIS}: over 7 million (OHCHR, 1 Mar" in title
    assert len(title) <= 90


def test_an_age_leaves_the_title_before_what_is_counted_is_cut() -> None:
    claim = CLAIM | {"counted": "companies announcing that they leave the country", "area": None}
    claims = pd.DataFrame([claim | {"area_name": None, "since": None}])
    claims.attrs["known_on"] = pd.Timestamp("2023-12-31")
    assert write_finding(claims).title == (
        "Companies announcing that they leave the country: at least 227 (OHCHR, 1 Mar 2022)"
    )
