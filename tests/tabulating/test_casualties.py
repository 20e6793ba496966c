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


def test_a_month_of_averages_counts_to_the_day_before_and_is_known_when_posted() -> None:
    rows = make_estimates(
        claimant="UK Ministry of Defence",
        outcome="killed or wounded",
        source_url="https://x.com/DefenceHQ/status/1876584633103507960/photo/2",
    )
    shown = say(rows, "claimant", "since", "as_of", "wording", "best", "published_on")
    assert shown == [
        *[("uk-defence-ministry", "2022-03-01", "2022-03-31", "", "11966", "2025-01-07")]
    ]
    assert "its link is of 2025-01-07; the list dates it 2022-04-01" in rows["note"][0]


def test_numbers_without_words_stay_numbers() -> None:
    shown = say(make_estimates(low=7_000, best=None, high=15_000), "wording", "low", "best", "high")
    assert shown == [("", "7000", "", "15000")]
    assert say(make_estimates(), "wording", "low", "best", "high") == [
        ("", "11966", "11966", "11966")
    ]


def test_words_that_are_known_take_the_place_of_numbers() -> None:
    rows = make_estimates(row=10, low=15_000, best=None)
    shown = say(rows, "wording", "low", "best", "high")
    assert shown == [("in the vicinity of 15,000", "", "", "")]


def test_a_range_from_the_dead_to_the_missing_is_two_claims() -> None:
    rows = make_estimates(row=101, claimant="UALosses", low=70_935, best=None, high=135_930)
    assert say(rows, "outcome", "wording") == [
        ("killed", "70935"),
        ("killed or missing", "135930"),
    ]


def test_without_a_day_in_the_link_the_day_known_is_doubtful() -> None:
    rows = make_estimates(source_url="https://example.org/soldiers/")
    assert say(rows, "published_on") == [("2022-04-01",)]
    assert rows["note"][0].startswith("day doubtful: its link tells none")


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
        ("2022-02-25", 2, "POW", 0, "0"),
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


def test_of_a_date_put_right_only_the_right_figure_is_a_claim() -> None:
    rows = make_updates(
        table("2022-03-04T07:00:00Z", d03=(10, 20), d04=(10, 20)),
        table("2022-03-06T07:00:00Z", d03=(10, 20), d04=(12, 25)),
    )
    assert say(rows[rows["outcome"] == "killed"], "wording", "published_on") == [
        ("10", "2022-03-03"),
        ("12", "2022-03-04"),
    ]


def test_dates_that_are_known_better_have_their_own_days_and_say_what_is_doubtful() -> None:
    def make(date: str) -> list[tuple[str, ...]]:
        day = pd.Timestamp(date)
        before = day - pd.Timedelta(days=1)
        pair = [
            ("2024-01-01T00:00:00Z", day, before, measure, 9_000)
            for measure in ("killed", "injured")
        ]
        rows = make_ohchr_rows(make_frame(TABLE, *pair))
        return say(rows[rows["outcome"] == "killed"], "as_of", "published_on", "note")

    assert make("2022-06-06") == [("2022-06-06", "2022-06-07", "")]
    assert make("2022-06-07") == []
    ((as_of, published_on, note),) = make("2023-06-30")
    assert (as_of, published_on) == ("2023-06-30", "2023-07-07")
    assert note.startswith("day doubtful: ")


def test_a_cell_that_is_empty_at_first_is_no_figure() -> None:
    rows = make_updates(
        table("2022-03-04T07:00:00Z", d03=(10, 20), d04=(None, None)),
        table("2022-03-04T12:00:00Z", d03=(10, 20), d04=(12, 25)),
    )
    assert say(rows[rows["outcome"] == "killed"], "wording", "published_on") == [
        ("10", "2022-03-03"),
        ("12", "2022-03-04"),
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
