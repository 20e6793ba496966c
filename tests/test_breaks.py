"""Breaks: nothing is reckoned across one, and the error says why."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from analysis.breaks import (
    AcrossBreakError,
    add_over_time,
    find_differences_over_time,
    join_series,
    require_unbroken,
    split_at_breaks,
    tabulate_breaks,
)
from analysis.refugees import tabulate_refugees
from tests.series import Row, break_on, crossing, total

Make = Callable[..., Path]
TOTALS = [
    total("2023-04-20", "100", "2023-04-21"),
    total("2023-04-25", "250", "2023-04-26"),
    total("2023-05-05", "900", "2023-05-06"),
]
REASON = "1 May 2023: all arrivals from here on"


def read(make: Make, rows: list[Row], *breaks: Row, day: str = "2023-06-01") -> pd.DataFrame:
    folder = make(f"{len(rows)} {len(breaks)}", refugees=rows, breaks=list(breaks))
    claims = tabulate_refugees(folder, day, origin="SDN")
    return split_at_breaks(claims, tabulate_breaks(folder, day), "refugees")


def test_claims_know_the_breaks_before_them(make_casebook: Make) -> None:
    rows = read(make_casebook, TOTALS, break_on("2023-05-01"))
    assert rows["segment"].tolist() == [0, 0, 1]
    assert rows["break_reason"].tolist() == ["", "", REASON]
    assert rows["breaks_on"].isna().tolist() == [True, True, False]
    assert rows["breaks_on"].iloc[2] == pd.Timestamp("2023-05-01")


def test_the_day_of_the_break_has_the_new_meaning(make_casebook: Make) -> None:
    rows = read(make_casebook, TOTALS, break_on("2023-05-05"))
    assert rows["segment"].tolist() == [0, 0, 1]
    assert read(make_casebook, TOTALS[:2], break_on("2023-05-05"))["segment"].tolist() == [0, 0]


def test_a_break_of_the_other_clock_goes_by_the_day_of_publication(make_casebook: Make) -> None:
    late = total("2023-04-21", "120", "2023-05-02")
    known = read(make_casebook, [*TOTALS, late], break_on("2023-05-01", clock="day known"))
    assert known["segment"].tolist() == [0, 0, 1, 1]
    counted = read(
        make_casebook, [*TOTALS, late, TOTALS[0] | {"locator": "x"}], break_on("2023-05-01")
    )
    assert counted["segment"].tolist() == [0, 0, 1, 0, 0]


@pytest.mark.parametrize(
    "other",
    [
        {"claimant": "clinic"},
        {"measure": "refugees recorded"},
        {"place": "TCD"},
        {"table": "casualties"},
    ],
)
def test_another_series_has_no_break(make_casebook: Make, other: Row) -> None:
    rows = read(make_casebook, TOTALS, break_on("2023-05-01", **other))
    assert set(rows["segment"]) == {0}


def test_a_break_of_any_place_is_one_of_every_place(make_casebook: Make) -> None:
    rows = read(make_casebook, TOTALS, break_on("2023-05-01", place="any"))
    assert rows["segment"].tolist() == [0, 0, 1]


def test_a_break_is_known_from_its_own_day_on(make_casebook: Make) -> None:
    folder = make_casebook(breaks=[break_on("2023-05-01")])
    assert len(tabulate_breaks(folder, "2023-04-30")) == 0
    assert tabulate_breaks(folder, "2023-05-01")["claimant_name"].tolist() == ["Relief Office"]


def test_a_difference_across_a_break_raises_with_the_reason(make_casebook: Make) -> None:
    rows = read(make_casebook, TOTALS, break_on("2023-05-01"))
    with pytest.raises(AcrossBreakError, match=REASON):
        find_differences_over_time(rows)
    with pytest.raises(AcrossBreakError, match=REASON):
        require_unbroken(rows)
    with pytest.raises(AcrossBreakError, match=REASON):
        join_series(rows.iloc[:1], rows.iloc[2:])
    assert len(join_series(rows.iloc[:1], rows.iloc[1:2])) == 2


def test_a_difference_on_one_side_of_a_break(make_casebook: Make) -> None:
    rows = read(make_casebook, TOTALS, break_on("2023-05-01")).iloc[:2]
    (found,) = find_differences_over_time(rows).to_dict("records")
    assert (found["low"], found["best"], found["high"]) == (150, 150, 150)
    assert found["growth_best"] == pytest.approx(1.5)
    assert (found["from_day"].day, found["to_day"].day) == (20, 25)


def test_a_difference_keeps_its_bounds(make_casebook: Make) -> None:
    rows = read(
        make_casebook,
        [
            total("2023-04-20", "100 to 150", "2023-04-21"),
            total("2023-04-25", "at least 400", "2023-04-26"),
        ],
    )
    (found,) = find_differences_over_time(rows).to_dict("records")
    assert found["low"] == 250, "400 less 150"
    assert pd.isna(found["high"])


DAYS = [
    crossing("2023-04-15", "100", "2023-04-18"),
    crossing("2023-04-16", "at least 20", "2023-04-18"),
    crossing("2023-04-17", "3 to 5", "2023-04-18"),
]


def test_days_of_their_own_are_added(make_casebook: Make) -> None:
    (added,) = add_over_time(read(make_casebook, DAYS)).to_dict("records")
    assert added["low"] == 123
    assert pd.isna(added["high"])
    (two,) = add_over_time(read(make_casebook, [DAYS[0], DAYS[2]])).to_dict("records")
    assert (two["low"], two["high"]) == (103, 105)


def test_overlapping_days_are_never_added(make_casebook: Make) -> None:
    with pytest.raises(ValueError, match="the days counted overlap"):
        add_over_time(read(make_casebook, TOTALS))
    with pytest.raises(ValueError, match="the days counted overlap"):
        add_over_time(read(make_casebook, [DAYS[0], DAYS[0] | {"locator": "again"}]))


def test_days_that_are_not_stated_are_never_added(make_casebook: Make) -> None:
    rows = [DAYS[0], DAYS[1] | {"since": ""}]
    with pytest.raises(ValueError, match="does not state its first and last day"):
        add_over_time(read(make_casebook, rows))


def test_two_claimants_are_never_added_subtracted_or_joined(make_casebook: Make) -> None:
    rows = read(make_casebook, [DAYS[0], DAYS[2] | {"claimant": "clinic"}])
    with pytest.raises(ValueError, match="set side by side, never added"):
        add_over_time(rows)
    with pytest.raises(ValueError, match="set side by side, never subtracted"):
        find_differences_over_time(rows)
    with pytest.raises(ValueError, match="set side by side, never joined"):
        join_series(rows.iloc[:1], rows.iloc[1:])


def test_two_measures_are_never_added_or_joined(make_casebook: Make) -> None:
    rows = read(make_casebook, [DAYS[0], DAYS[2] | {"measure": "refugees recorded"}])
    said = "border crossings per day and refugees recorded are different measures"
    with pytest.raises(ValueError, match=said):
        add_over_time(rows)
    with pytest.raises(AcrossBreakError, match=said):
        join_series(rows.iloc[:1], rows.iloc[1:])


def test_adding_across_a_break_raises(make_casebook: Make) -> None:
    rows = read(make_casebook, DAYS, break_on("2023-04-17", measure="border crossings per day"))
    with pytest.raises(AcrossBreakError, match="17 April 2023: all arrivals from here on"):
        add_over_time(rows)
