"""Daily flows and levels come in one published file and are never mixed."""

from analysis.tabulating.refugees_daily import make_daily_rows
from analysis.tabulating.refugees_levels import make_level_rows

from .frames import make_frame, say

FRAME = make_frame(
    ("snapshot_utc", "data_date", "kind", "people"),
    ("2022-03-06T22:58:29Z", "2022-03-01", "daily flow", 85_787),
    ("2022-03-06T22:58:29Z", "2022-03-02", "daily flow", 194_483),
    ("2022-03-07T18:03:30Z", "2022-03-01", "daily flow", 85_787),
    ("2022-03-07T18:03:30Z", "2022-03-02", "daily flow", 167_563),
    ("2023-08-17T07:29:47Z", "2022-04-25", "level", 85_000),
    ("2023-12-21T07:27:29Z", "2022-04-25", "level", 85_000),
    ("2023-12-21T07:27:29Z", "2023-12-19", "level", 5_931_474),
)


def test_a_day_counts_itself_and_only_changes_are_kept() -> None:
    assert say(make_daily_rows(FRAME), "locator", "since", "as_of", "wording", "published_on") == [
        ("snapshot 2022-03-06T22:58Z", "2022-03-01", "2022-03-01", "85787", "2022-03-06"),
        ("snapshot 2022-03-06T22:58Z", "2022-03-02", "2022-03-02", "194483", "2022-03-06"),
        ("snapshot 2022-03-07T18:03Z", "2022-03-02", "2022-03-02", "167563", "2022-03-07"),
    ]
    assert set(make_daily_rows(FRAME)["measure"]) == {"border crossings per day"}


def test_a_level_has_no_first_day() -> None:
    rows = make_level_rows(FRAME)
    assert say(rows, "since", "as_of", "wording", "measure", "published_on") == [
        ("", "2022-04-25", "85000", "refugees recorded", "2023-08-17"),
        ("", "2023-12-19", "5931474", "refugees recorded", "2023-12-21"),
    ]


def test_a_day_that_a_snapshot_leaves_out_is_withdrawn() -> None:
    shorter = FRAME.iloc[[0, 1, 2]]
    assert say(make_daily_rows(shorter), "as_of", "wording", "status", "published_on")[-1] == (
        *("2022-03-02", "194483", "withdrawn", "2022-03-07"),
    )


def test_no_daily_flow_gives_no_row() -> None:
    assert make_daily_rows(FRAME.iloc[4:]).empty
    assert make_level_rows(FRAME.iloc[:4]).empty
