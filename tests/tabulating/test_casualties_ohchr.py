"""OHCHR's updates: the day before, carried figures, corrections, and the error that stayed."""

import pandas as pd

from analysis.tabulating.casualties_ohchr import make_ohchr_rows

from .frames import make_frame, say

COLUMNS = ("snapshot_utc", "published_on", "as_of", "measure", "value")
SHOWN = ("as_of", "outcome", "wording", "published_on")


def table(snapshot: str, **dates: tuple[int | None, int | None]) -> list[tuple[object, ...]]:
    """A snapshot of the table: d03=(249, 553) is the row of 3 March 2022."""
    rows: list[tuple[object, ...]] = []
    for name, (killed, injured) in dates.items():
        day = pd.Timestamp(f"2022-03-{name[1:]}")
        for measure, value in (("killed", killed), ("injured", injured)):
            rows.append((snapshot, day, day - pd.Timedelta(days=1), measure, value))
    return rows


def make(*snapshots: list[tuple[object, ...]]) -> pd.DataFrame:
    return make_ohchr_rows(make_frame(COLUMNS, *(row for rows in snapshots for row in rows)))


def test_the_count_runs_to_the_day_before() -> None:
    rows = make(table("2022-03-30T21:34:10Z", d03=(249, 553)))
    assert say(rows, *SHOWN) == [
        ("2022-03-02", "killed", "249", "2022-03-03"),
        ("2022-03-02", "wounded", "553", "2022-03-03"),
    ]
    assert set(rows["locator"]) == {"table row 2022-03-03"}


def test_carried_figures_have_no_row_but_a_pair_stays_a_pair() -> None:
    rows = make(table("2022-03-30T21:34:10Z", d03=(1, 2), d04=(1, 2), d05=(1, 3), d06=(4, 3)))
    assert say(rows, *SHOWN) == [
        ("2022-03-02", "killed", "1", "2022-03-03"),
        ("2022-03-02", "wounded", "2", "2022-03-03"),
        ("2022-03-04", "killed", "1", "2022-03-05"),
        ("2022-03-04", "wounded", "3", "2022-03-05"),
        ("2022-03-05", "killed", "4", "2022-03-06"),
        ("2022-03-05", "wounded", "3", "2022-03-06"),
    ]


def test_a_date_put_right_has_both_figures_with_the_day_each_was_known() -> None:
    rows = make(
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
    rows = make(
        table("2022-03-30T21:34:10Z", d03=(10, 20), d04=(12, 25), d05=(10, 20), d06=(13, 26))
    )
    killed = rows[rows["outcome"] == "killed"]
    assert say(killed, "wording") == [("10",), ("12",), ("10",), ("13",)]
    assert [bool(note) for (note,) in say(killed, "note")] == [False, False, True, False]


def test_a_cell_that_is_empty_at_first_is_no_figure() -> None:
    rows = make(
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
    assert len(make(rows)) == 2
