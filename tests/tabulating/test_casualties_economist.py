"""The Economist's list: who, which day known, open ends, and dates that contradict their link."""

import pandas as pd

from analysis.tabulating.casualties_economist import make_estimate_rows

from .frames import make_frame, say

COLUMNS = ("row", "as_of", "side", "outcome", "low", "best", "high", "wording", "claimant", "via",
           "source_url", "flag")  # fmt: skip


def make(**cells: object) -> pd.DataFrame:
    usual: dict[str, object] = {
        "row": 4,
        "as_of": "2022-04-01",
        "side": "RUS",
        "outcome": "killed",
        "wording": "11,966",
        "best": 11_966,
        "claimant": "CIA",
        "flag": "",
    }
    row = {**usual, **cells}
    return make_estimate_rows(make_frame(COLUMNS, [row.get(name) for name in COLUMNS]))


def test_a_figure_posted_later_is_known_later() -> None:
    rows = make(
        claimant="UK Ministry of Defence",
        outcome="killed or wounded",
        source_url="https://x.com/DefenceHQ/status/1876584633103507960/photo/2",
    )
    assert say(rows, "claimant", "as_of", "wording", "published_on", "note") == [
        *[("uk-defence-ministry", "2022-04-01", "11966", "2025-01-07", "Its link is of 2025-01-07")]
    ]


def test_a_figure_dated_after_its_link_keeps_its_date_and_says_so() -> None:
    rows = make(
        as_of="2022-04-23",
        wording="7,000 to 15,000",
        claimant="NATO officials",
        via="WP",
        source_url="https://example.org/world/2022/03/24/nato/",
        flag="dated 2022-04-23, but its link is of 2022-03-24",
    )
    assert say(rows, "as_of", "published_on", "wording", "note") == [
        (
            *("2022-04-23", "2022-04-23", "7000 to 15000"),
            "Passed on by the Washington Post; dated 2022-04-23, but its link is of 2022-03-24",
        )
    ]


def test_without_a_day_in_the_link_the_date_stands_for_it() -> None:
    rows = make(wording="at least 15,000", source_url="https://example.org/soldiers/")
    assert say(rows, "published_on", "wording", "note") == [("2022-04-01", "at least 15000", "")]


def test_a_party_declares_and_a_list_of_names_verifies_its_own_number_only() -> None:
    assert say(make(claimant="Armed Forces of Ukraine"), "standard") == [("declared",)]
    assert say(make(claimant="UALosses", low=1, high=None), "standard") == [
        ("verified case by case",)
    ]
    assert say(make(claimant="UALosses", low=1, high=9), "standard") == [("estimated",)]
    assert say(make(claimant="CIA"), "standard") == [("estimated",)]


def test_an_unknown_source_becomes_a_key_that_the_rules_will_ask_for() -> None:
    assert say(make(claimant="A New Institute"), "claimant") == [("a-new-institute",)]
