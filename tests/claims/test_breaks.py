"""Breaks: nothing is reckoned across one, and the error says why."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from analysis import open_casebook
from analysis.claims.breaks import (
    split_at_breaks,
    tabulate_breaks,
)
from analysis.refugees.table import read_refugees
from tests.series import Row, break_on, total

Make = Callable[..., Path]
TOTALS = [
    total("2023-04-20", "100", "2023-04-21"),
    total("2023-04-25", "250", "2023-04-26"),
    total("2023-05-05", "900", "2023-05-06"),
]
REASON = "1 May 2023: all arrivals from here on"


def read(make: Make, rows: list[Row], *breaks: Row, day: str = "2023-06-01") -> pd.DataFrame:
    folder = make(f"{len(rows)} {len(breaks)}", refugees=rows, breaks=list(breaks))
    known = open_casebook(folder, day)._known
    return split_at_breaks(read_refugees(known, "SDN"), tabulate_breaks(known), "refugees")


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


def test_along_the_days_counted_a_break_of_those_days_gives_the_reason(make_casebook: Make) -> None:
    known = break_on("2023-05-20", clock="day known", reason="another page", place="any")
    rows = read(make_casebook, TOTALS, break_on("2023-05-01"), known)
    assert REASON in rows["break_reason"].iloc[-1]


def test_a_break_is_known_from_its_own_day_on(make_casebook: Make) -> None:
    folder = make_casebook(breaks=[break_on("2023-05-01")])
    before, then = (open_casebook(folder, day)._known for day in ("2023-04-30", "2023-05-01"))
    assert len(tabulate_breaks(before)) == 0
    assert tabulate_breaks(then)["claimant_name"].tolist() == ["Relief Office"]
