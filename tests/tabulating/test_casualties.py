"""OHCHR's updates and four lists of losses: who, which day known, open ends, errors that stay."""

from datetime import date

import pandas as pd
import pytest

from analysis.tabulating.casualties import (
    find_link_day,
    make_estimate_rows,
    make_general_staff_rows,
    make_mediazona_rows,
    make_ohchr_rows,
)

from .frames import make_frame, say

ESTIMATES = ("row", "as_of", "side", "outcome", "low", "best", "high", "wording", "claimant", "via",
           "source_url", "flag")  # fmt: skip


def make_estimates(**cells: object) -> pd.DataFrame:
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
    return make_estimate_rows(make_frame(ESTIMATES, [row.get(name) for name in ESTIMATES]))


def test_a_figure_posted_later_is_known_later() -> None:
    rows = make_estimates(
        claimant="UK Ministry of Defence",
        outcome="killed or wounded",
        source_url="https://x.com/DefenceHQ/status/1876584633103507960/photo/2",
    )
    assert say(rows, "claimant", "as_of", "wording", "published_on", "note") == [
        *[("uk-defence-ministry", "2022-04-01", "11966", "2025-01-07", "Its link is of 2025-01-07")]
    ]


def test_a_figure_dated_after_its_link_keeps_its_date_and_says_so() -> None:
    rows = make_estimates(
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
    rows = make_estimates(wording="15,000", source_url="https://example.org/soldiers/")
    assert say(rows, "published_on", "wording", "note") == [("2022-04-01", "15000", "")]


def test_a_lone_end_is_a_number_without_words_that_nobody_said() -> None:
    shown = ("wording", "low", "best", "high")
    lower = make_estimates(wording="at least 15,000", best=None, low=15_000)
    assert say(lower, *shown) == [("", "15000", "", "")]
    upper = make_estimates(wording="up to 25,000", best=None, high=25_000)
    assert say(upper, *shown) == [("", "", "", "25000")]
    both = make_estimates(wording="15,000 to 25,000", best=None, low=15_000, high=25_000)
    assert say(both, *shown) == [("15000 to 25000", "", "", "")]


def test_a_party_declares_and_a_list_of_names_verifies_its_own_number_only() -> None:
    assert say(make_estimates(claimant="Armed Forces of Ukraine"), "standard") == [("declared",)]
    assert say(make_estimates(claimant="UALosses", low=1, high=None), "standard") == [
        ("verified case by case",)
    ]
    assert say(make_estimates(claimant="UALosses", low=1, high=9), "standard") == [("estimated",)]
    assert say(make_estimates(claimant="CIA"), "standard") == [("estimated",)]


def test_an_unknown_source_becomes_a_key_that_the_rules_will_ask_for() -> None:
    assert say(make_estimates(claimant="A New Institute"), "claimant") == [("a-new-institute",)]


def test_losses_and_prisoners() -> None:
    frame = make_frame(
        ("as_of", "day", "item", "value", "wording"),
        ("2022-03-02", 7, "personnel", 5_840, "about 5,840"),
        ("2022-03-02", 7, "POW", 200, "200"),
        ("2022-03-07", 12, "personnel", 11_000, "more than 11,000"),
        ("2022-03-07", 12, "tank", 290, "290"),
    )
    rows = make_general_staff_rows(frame)
    assert say(rows, "locator", "as_of", "outcome", "wording", "published_on") == [
        ("day 7", "2022-03-02", "losses", "about 5840", "2022-03-02"),
        ("day 7", "2022-03-02", "captured", "200", "2022-03-02"),
        ("day 12", "2022-03-07", "losses", "more than 11000", "2022-03-07"),
    ]
    assert set(rows["side"]) == {"RUS"}


WEEKS = ("week", "measure", "kind", "best")


def test_only_names_and_only_running_totals() -> None:
    frame = make_frame(
        WEEKS,
        ("2022-02-21", "deaths confirmed by name", "running total", 6),
        ("2022-02-21", "estimate from the probate registry", "running total", 674),
        ("2022-02-28", "deaths confirmed by name", "running total", 112),
        ("2022-02-28", "deaths confirmed by name", "weekly number", 592),
    )
    rows = make_mediazona_rows(frame)
    assert say(rows, "locator", "as_of", "wording", "published_on") == [
        ("week 2022-02-21", "2022-02-27", "6", "2022-03-06"),
        ("week 2022-02-28", "2022-03-06", "112", "2022-03-06"),
    ]


def test_an_edition_without_names_gives_no_row() -> None:
    assert make_mediazona_rows(make_frame(WEEKS)).empty


TABLE = ("snapshot_utc", "published_on", "as_of", "measure", "value")
SHOWN = ("as_of", "outcome", "wording", "published_on")


def table(snapshot: str, **dates: tuple[int | None, int | None]) -> list[tuple[object, ...]]:
    """A snapshot of the table: d03=(249, 553) is the row of 3 March 2022."""
    rows: list[tuple[object, ...]] = []
    for name, (killed, injured) in dates.items():
        day = pd.Timestamp(f"2022-03-{name[1:]}")
        for measure, value in (("killed", killed), ("injured", injured)):
            rows.append((snapshot, day, day - pd.Timedelta(days=1), measure, value))
    return rows


def make_updates(*snapshots: list[tuple[object, ...]]) -> pd.DataFrame:
    return make_ohchr_rows(make_frame(TABLE, *(row for rows in snapshots for row in rows)))


def test_the_count_runs_to_the_day_before() -> None:
    rows = make_updates(table("2022-03-30T21:34:10Z", d03=(249, 553)))
    assert say(rows, *SHOWN) == [
        ("2022-03-02", "killed", "249", "2022-03-03"),
        ("2022-03-02", "wounded", "553", "2022-03-03"),
    ]
    assert set(rows["locator"]) == {"table row 2022-03-03"}


def test_carried_figures_have_no_row_but_a_pair_stays_a_pair() -> None:
    rows = make_updates(
        table("2022-03-30T21:34:10Z", d03=(1, 2), d04=(1, 2), d05=(1, 3), d06=(4, 3))
    )
    assert say(rows, *SHOWN) == [
        ("2022-03-02", "killed", "1", "2022-03-03"),
        ("2022-03-02", "wounded", "2", "2022-03-03"),
        ("2022-03-04", "killed", "1", "2022-03-05"),
        ("2022-03-04", "wounded", "3", "2022-03-05"),
        ("2022-03-05", "killed", "4", "2022-03-06"),
        ("2022-03-05", "wounded", "3", "2022-03-06"),
    ]


def test_a_date_put_right_has_both_figures_with_the_day_each_was_known() -> None:
    rows = make_updates(
        table("2022-03-04T07:00:00Z", d03=(10, 20), d04=(10, 20)),
        table("2022-03-06T07:00:00Z", d03=(10, 20), d04=(12, 25)),
    )
    shown = say(rows[rows["outcome"] == "killed"], "locator", "wording", "published_on", "note")
    assert shown == [
        ("table row 2022-03-03", "10", "2022-03-03", ""),
        ("table row 2022-03-04", "10", "2022-03-04", ""),
        (
            *("table row 2022-03-04, snapshot 2022-03-06T07:00Z", "12"),
            *("2022-03-06", "First entered as 10"),
        ),
    ]


def test_a_figure_below_the_one_before_stays_and_says_so() -> None:
    rows = make_updates(
        table("2022-03-30T21:34:10Z", d03=(10, 20), d04=(12, 25), d05=(10, 20), d06=(13, 26))
    )
    killed = rows[rows["outcome"] == "killed"]
    assert say(killed, "wording") == [("10",), ("12",), ("10",), ("13",)]
    assert [bool(note) for (note,) in say(killed, "note")] == [False, False, True, False]


def test_a_cell_that_is_empty_at_first_is_no_figure() -> None:
    rows = make_updates(
        table("2022-03-04T07:00:00Z", d03=(10, 20), d04=(None, None)),
        table("2022-03-04T12:00:00Z", d03=(10, 20), d04=(12, 25)),
    )
    assert say(rows[rows["outcome"] == "killed"], "wording", "published_on", "note") == [
        ("10", "2022-03-03", ""),
        ("12", "2022-03-04", ""),
    ]


def test_other_measures_of_the_sheet_are_left_out() -> None:
    rows = table("2022-03-30T21:34:10Z", d03=(249, 553))
    rows.append(("2022-03-30T21:34:10Z", pd.Timestamp("2022-03-03"), pd.NaT, "refugees", 1_000_000))
    assert len(make_updates(rows)) == 2


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://example.org/europe/2022/07/24/how-heavy", date(2022, 7, 24)),
        ("https://example.org/news/2024/2/6/losses/", date(2024, 2, 6)),
        ("https://example.org/killed-2022-07-20/#:~:text=Burns", date(2022, 7, 20)),
        ("https://example.org/en/europe/20240503-france-estimates", date(2024, 5, 3)),
        # Posted on 7 January 2025, 11:00 UTC.
        ("https://x.com/DefenceHQ/status/1876584633103507960/photo/2", date(2025, 1, 7)),
        ("https://twitter.com/DefenceHQ/status/1731611263799537767", date(2023, 12, 4)),
    ],
)
def test_a_link_tells_its_day(url: str, day: date) -> None:
    assert find_link_day(url) == day


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/military-balance/2025/02/combat-losses/",
        "https://example.org/news/2024/13/45/nothing",
        "https://example.org/soldiers/",
        "(via email)",
        "",
        "<NA>",
        "https://example.org/posts/status/1876584633103507960",
    ],
)
def test_other_links_tell_none(url: str) -> None:
    assert find_link_day(url) is None
