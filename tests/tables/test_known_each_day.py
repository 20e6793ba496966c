"""The latest claim of each series on each of many days, set against the loop over the days."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analysis.casualties import CASUALTIES
from analysis.tables import (
    as_known_on,
    known_each_day,
    latest_claims,
    parse_day,
    read_claims,
    standing_rows,
)

FIRST = date(2022, 2, 24)
SERIES = ["claimant", "side"]
days = st.dates(FIRST, FIRST + timedelta(days=9))
asked = st.dates(FIRST - timedelta(days=2), FIRST + timedelta(days=12))
rows = st.lists(
    st.tuples(
        st.sampled_from(["un", "army", "ngo", None]),
        st.sampled_from(["RUS", "UKR", None]),
        # A claim may be about days to come, and may say no day counted or known at all.
        st.none() | asked,
        st.none() | days,
    ),
    max_size=14,
)


def make_claims(
    rows: Sequence[tuple[str | None, str | None, date | None, date | None]],
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "claimant": pd.Series([row[0] for row in rows], dtype="str"),
            "side": pd.Series([row[1] for row in rows], dtype="object"),
            "as_of": pd.to_datetime([row[2] for row in rows]).as_unit("us"),
            "published_on": pd.to_datetime([row[3] for row in rows]).as_unit("us"),
            "row": range(len(rows)),
        }
    )


def loop(claims: pd.DataFrame, series: list[str], days: Sequence[date]) -> list[pd.DataFrame]:
    """The meaning: each day on its own."""
    return [latest_claims(as_known_on(claims, day), series) for day in days]


def check_against_the_loop(claims: pd.DataFrame, series: list[str], days: Sequence[date]) -> None:
    before = claims.copy(deep=True)
    known = known_each_day(claims, series, days)
    pd.testing.assert_frame_equal(claims, before)
    assert known.rows.shape == (len(days), len(known.series))
    assert list(known.days) == [pd.Timestamp(day) for day in days]
    assert not known.series.duplicated().any()
    met = claims[series].drop_duplicates(ignore_index=True)
    pd.testing.assert_frame_equal(known.series, met)
    frames = loop(claims, series, days)
    for line, (day, frame) in enumerate(zip(days, frames, strict=True)):
        pd.testing.assert_frame_equal(known.of_day(day), frame)
        standing = known.rows[line][known.rows[line] >= 0]
        assert sorted(claims["row"].to_numpy()[standing]) == frame["row"].tolist()
    told = known.long(["row"])
    assert told["row"].tolist() == [row for frame in frames for row in frame["row"]]
    assert told["known_on"].tolist() == [
        pd.Timestamp(day)
        for day, frame in zip(days, frames, strict=True)
        for _ in range(len(frame))
    ]
    line, number = np.nonzero(known.rows >= 0)
    pd.testing.assert_frame_equal(
        claims[series].take(known.rows[line, number]).reset_index(drop=True),
        known.series.take(number).reset_index(drop=True),
    )


NONE: list[tuple[str | None, str | None, date | None, date | None]] = []


@settings(max_examples=40)
@given(rows, st.lists(asked, max_size=8))
@example(NONE, [FIRST])
@example([("un", None, None, FIRST)], [])
@example([("un", None, FIRST, None)], [FIRST])
@example([("un", None, FIRST, FIRST), ("un", None, FIRST, FIRST)], [FIRST, FIRST])
def test_every_day_is_as_the_loop_has_it(
    rows: list[tuple[str | None, str | None, date | None, date | None]], days: list[date]
) -> None:
    check_against_the_loop(make_claims(rows), SERIES, days)


@settings(max_examples=40)
@given(rows, st.lists(asked, max_size=4), st.sampled_from(["s", "ms", "us", "ns"]))
def test_columns_may_be_of_other_kinds(
    rows: list[tuple[str | None, str | None, date | None, date | None]],
    days: list[date],
    unit: str,
) -> None:
    claims = make_claims(rows)
    claims["claimant"] = claims["claimant"].astype(
        # "nobody" says nothing: an unobserved category is no series.
        pd.CategoricalDtype(["nobody", "un", "army", "ngo"])
    )
    claims["side"] = pd.array(
        [None if side is None else len(side) + (side == "RUS") for side in claims["side"]],
        dtype="Int64",
    )
    claims["as_of"] = claims["as_of"].astype(f"datetime64[{unit}]")
    check_against_the_loop(claims, SERIES, days)


@settings(max_examples=40)
@given(rows, st.lists(asked, max_size=4), st.lists(st.integers(0, 47), min_size=14, max_size=14))
def test_a_time_of_day_is_known_on_the_next_day(
    rows: list[tuple[str | None, str | None, date | None, date | None]],
    days: list[date],
    hours: list[int],
) -> None:
    claims = make_claims(rows)
    claims["published_on"] += pd.to_timedelta(hours[: len(rows)], unit="h").as_unit("us")
    check_against_the_loop(claims, SERIES, days)
    claims["as_of"] += pd.to_timedelta(hours[: len(rows)], unit="min").as_unit("us")
    check_against_the_loop(claims, SERIES, days)


def test_a_time_of_day_may_come_late(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first rows are of whole days, and are put in order once more with the others."""
    monkeypatch.setattr(standing_rows, "_ROWS_AT_ONCE", 2)
    counted = [date(2022, 3, day) for day in (9, 8, 1, 2)]
    claims = make_claims([("un", None, day, FIRST) for day in counted])
    claims.loc[3, "published_on"] += pd.Timedelta(hours=1)
    check_against_the_loop(claims, SERIES, [FIRST, FIRST + timedelta(days=1)])


@settings(max_examples=40)
@given(rows, st.lists(asked, min_size=1, max_size=4), st.integers(1, 5))
def test_so_many_rows_at_a_time_change_nothing(
    rows: list[tuple[str | None, str | None, date | None, date | None]],
    days: list[date],
    at_once: int,
) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(standing_rows, "_ROWS_AT_ONCE", at_once)
        check_against_the_loop(make_claims(rows), SERIES, days)
        # And where the days lie too far apart for a table of them.
        patched.setattr(standing_rows, "_LONGEST_TABLE", 1)
        check_against_the_loop(make_claims(rows), SERIES, days)


def test_days_of_all_times_are_put_in_order_too() -> None:
    rows = [("un", None, date(1 + 31 * n % 9998, 1, 1), FIRST) for n in range(3)]
    rows += [("un", None, date(9999, 12, 31), date(9999, 1, 1)), ("un", None, None, date(1, 1, 1))]
    days = [date(1, 1, 1), FIRST, date(9999, 1, 1)]
    claims = make_claims(rows)
    check_against_the_loop(claims, SERIES, days)
    # A thousand million years apart, the days do not fit one number with the row.
    far = np.array([0, 2**40, -(2**40), 1, 0]) * 86_400
    claims = claims.astype({"published_on": "datetime64[s]"})
    claims["as_of"] = far.view("datetime64[s]")
    check_against_the_loop(claims, SERIES, days)


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_many_columns_of_many_values_make_no_two_series_one(count: int) -> None:
    """With 2**16 values each, the first columns fall off a number of 32 or 64 bits."""
    kind = pd.CategoricalDtype(range(2**16 - 1))
    codes = np.array(list(product([-1, 0, 2**16 - 2], repeat=count)))
    columns = [f"column {n}" for n in range(count)]
    claims = pd.DataFrame(
        {name: pd.Categorical.from_codes(codes[:, n], dtype=kind) for n, name in enumerate(columns)}
    ).assign(as_of=pd.NaT, published_on=pd.Timestamp(FIRST), row=range(len(codes)))
    check_against_the_loop(claims, columns, [FIRST])
    assert len(known_each_day(claims, columns, []).series) == 3**count


# By hand, from the casebook


def test_what_was_known_of_civilians_killed_in_the_first_days() -> None:
    claims = read_claims(CASUALTIES, "")
    days = pd.date_range("2022-02-24", "2022-03-03")
    known = known_each_day(claims, CASUALTIES.series, days)
    killed = {"group": "civilian", "place": "UKR", "outcome": "killed"}
    ohchr = known.of_series(claimant="ohchr", **killed)
    said = zip(ohchr["known_on"].dt.strftime("%d.%m."), ohchr["wording"], strict=True)
    # On the 24th nothing yet. "136" and "142" were published on one day and count to one day:
    # the later row stands. "At least 227" came again on the 3rd, with 249 counted a day further.
    assert list(said) == [
        ("25.02.", "at least 25"),
        ("26.02.", "at least 25"),
        ("27.02.", "at least 25"),
        ("28.02.", "102"),
        ("01.03.", "142"),
        ("02.03.", "at least 227"),
        ("03.03.", "249"),
    ]
    rescuers = known.of_series(claimant="ukraine-emergency-service", **killed)
    assert rescuers["known_on"].tolist() == list(days[-2:])
    assert rescuers["wording"].tolist() == ["more than 2,000"] * 2
    assert rescuers["source_id"].tolist() == ["reuters-2022-03-02", "ap-2022-03-03"]
    first = known.of_day("2022-02-24")
    assert not first["claimant"].isin(["ohchr"]).any()


def test_every_day_of_the_casebook_is_as_the_loop_has_it() -> None:
    claims = read_claims(CASUALTIES, "")
    days = [*pd.date_range("2022-02-20", "2022-03-20"), parse_day("2023-01-01")]
    known = known_each_day(claims, CASUALTIES.series, days)
    for day in days:
        there = latest_claims(as_known_on(claims, day), CASUALTIES.series)
        pd.testing.assert_frame_equal(known.of_day(day), there)


def test_a_withdrawn_or_denied_claim_is_a_claim_like_others() -> None:
    claims = make_claims(
        [("un", None, date(2022, 3, day), date(2022, 3, day)) for day in (1, 2, 3)]
    ).assign(status=["stated", "withdrawn", "denied"])
    known = known_each_day(claims, ["claimant"], pd.date_range("2022-03-01", "2022-03-03"))
    assert known.long(["status"])["status"].tolist() == ["stated", "withdrawn", "denied"]


def test_days_are_told_in_the_order_in_which_they_are_asked() -> None:
    claims = make_claims([("un", None, None, date(2022, 3, day)) for day in (1, 3)])
    known = known_each_day(claims, ["claimant"], ["2022-03-03", "2022-02-28", "2022-03-02"] * 2)
    assert known.rows.tolist() == [[1], [-1], [0]] * 2
    assert known.rows.dtype == np.int32
    of = known.of_series(claimant="un")
    assert of["row"].tolist() == [1, 0, 1, 0]
    assert of["known_on"].dt.day.tolist() == [3, 2, 3, 2]


@pytest.mark.parametrize(
    "days",
    [
        pd.DatetimeIndex(["2022-03-02", "2022-03-01"]),
        pd.Series(pd.DatetimeIndex(["2022-03-02 23:59", "2022-03-01"]).as_unit("ns")),
        pd.DatetimeIndex(["2022-03-02 23:59", "2022-03-01 01:00"], tz="Europe/Kyiv"),
        ["2022-03-02", date(2022, 3, 1)],
    ],
)
def test_days_may_be_written_in_many_ways(days: pd.DatetimeIndex) -> None:
    claims = make_claims([("un", None, None, date(2022, 3, 2))])
    known = known_each_day(claims, ["claimant"], days)
    assert known.rows.tolist() == [[0], [-1]]
    assert known.days.tolist() == [pd.Timestamp("2022-03-02"), pd.Timestamp("2022-03-01")]


def test_what_is_done_to_the_claims_later_does_not_change_the_answer() -> None:
    claims = make_claims([("un", None, None, FIRST)])
    known = known_each_day(claims, ["claimant"], [FIRST])
    claims["row"] = 99
    assert known.of_day(FIRST)["row"].tolist() == [0]


# What is refused


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (["2022-03-01", "3 March"], 'days: "3 March" is not a day; expected YYYY-MM-DD'),
        (["2022-03-01", pd.NaT], 'days: "NaT" is not a day'),
        (pd.DatetimeIndex(["2022-03-01", "NaT"]), "days: one of them is missing"),
        ("2022-03-01", "days: expected a list of days"),
        (FIRST, "days: expected a list of days"),
    ],
)
def test_no_day_is_refused(days: list[str], said: str) -> None:
    refused(said, make_claims([("un", None, None, FIRST)]), ["claimant"], days)


def refused(said: str, claims: pd.DataFrame, series: Sequence[str], days: list[str]) -> None:
    with pytest.raises(ValueError, match=f"^{said}") as caught:
        known_each_day(claims, series, days)
    assert len(str(caught.value).splitlines()) == 1


def test_columns_that_are_not_there_or_hold_no_days_are_refused() -> None:
    claims = make_claims([("un", None, None, FIRST)])
    day = ["2022-03-01"]
    refused(
        'claims: there is no column "claimnt"; did you mean "claimant', claims, ["claimnt"], day
    )
    less = claims.drop(columns="as_of")
    refused('claims: there is no column "as_of"', less, ["claimant"], day)
    refused("series: expected a list of columns", claims, "claimant", day)
    refused("series: expected a list of columns", claims, [], day)
    wrong = claims.assign(published_on="2022-03-01")
    refused("published_on: expected a column of days", wrong, ["claimant"], day)
    zoned = claims.assign(published_on=claims["published_on"].dt.tz_localize("UTC"))
    refused("published_on: expected a column of days", zoned, ["claimant"], day)


def test_a_day_or_series_that_was_not_asked_for_is_refused() -> None:
    claims = make_claims([("un", None, None, FIRST), ("un", "UKR", None, FIRST)])
    known = known_each_day(claims, SERIES, [FIRST])
    with pytest.raises(ValueError, match=r"^day: 2022-03-01 is not among the 1 days"):
        known.of_day("2022-03-01")
    with pytest.raises(ValueError, match=r"^of_series: 2 series are claimant=un; expected one"):
        known.of_series(claimant="un")
    with pytest.raises(ValueError, match=r"^of_series: 0 series are claimant=me; expected one"):
        known.of_series(claimant="me")
    with pytest.raises(ValueError, match=r'^of_series: there is no column "sid"; did you mean'):
        known.of_series(sid="UKR")
    with pytest.raises(ValueError, match=r'^claims: there is no column "rows"; did you mean "row"'):
        known.long(["rows"])
    assert known.of_series(claimant="un", side=None)["row"].tolist() == [0]
    assert known.of_series(side="UKR")["row"].tolist() == [1]
