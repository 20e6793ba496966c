"""The two clocks: the day counted and the day known."""

from datetime import date, datetime, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.core.groupby import DataFrameGroupBy

from analysis.tables import (
    as_known_on,
    last_published_claims,
    latest_claims,
    newest_editions,
    parse_day,
    recent_claims,
)

FIRST = date(2022, 2, 24)
days = st.dates(FIRST, FIRST + timedelta(days=12))


@st.composite
def claims(draw: st.DrawFn) -> pd.DataFrame:
    """Claims of a few claimants, of days counted (or none) and days known."""
    rows = draw(
        st.lists(
            st.tuples(st.sampled_from(["un", "army", None]), st.none() | days, days), max_size=12
        )
    )
    return pd.DataFrame(
        {
            "claimant": pd.Series([row[0] for row in rows], dtype="str"),
            "as_of": pd.to_datetime([row[1] for row in rows]),
            "published_on": pd.to_datetime([row[2] for row in rows]),
            "row": range(len(rows)),
        }
    )


@pytest.mark.parametrize(
    "day",
    ["2022-03-03", date(2022, 3, 3), datetime(2022, 3, 3, 23, 59), pd.Timestamp("2022-03-03")],
)
def test_a_day_is_read(day: date | str) -> None:
    assert parse_day(day) == pd.Timestamp("2022-03-03")


@pytest.mark.parametrize(
    "text",
    [
        "3 March 2022",
        "2022-3-3",
        "20220303",
        "2022-03-03T00:00",
        "٢٠٢٢-٠٣-٠٣",
        "",
        " 2022-03-03",
        "2022-03-03\n",
        "x" * 1000,
        None,
        20220303,
        pd.NaT,
    ],
)
def test_no_day_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(ValueError, match=r"^until: .* expected YYYY-MM-DD such as") as caught:
        parse_day(text, "until")
    assert len(str(caught.value).splitlines()) == 1
    assert len(str(caught.value)) < 150


def test_what_is_published_on_the_day_itself_is_known() -> None:
    frame = pd.DataFrame(
        {"published_on": pd.to_datetime(["2022-03-04", "2022-03-03", "2022-03-02"]), "n": [4, 3, 2]}
    )
    assert as_known_on(frame, "2022-03-01")["n"].tolist() == []
    assert as_known_on(frame, "2022-03-02")["n"].tolist() == [2]
    known = as_known_on(frame, "2022-03-03")
    assert known["n"].tolist() == [3, 2]
    assert known.index.tolist() == [0, 1]


@given(claims(), days, days)
def test_what_was_known_stays_known(frame: pd.DataFrame, one: date, other: date) -> None:
    earlier, later = sorted([one, other])
    before, after = as_known_on(frame, earlier), as_known_on(frame, later)
    assert set(before["row"]) <= set(after["row"])
    assert (after["published_on"] <= pd.Timestamp(later)).all()
    again = as_known_on(after, earlier)
    pd.testing.assert_frame_equal(again, before)


def test_the_latest_claim_is_of_the_last_day_counted_then_known() -> None:
    frame = pd.DataFrame(
        [
            ("un", "2022-03-01", "2022-03-05", "revised"),
            ("un", "2022-03-01", "2022-03-02", "first"),
            ("un", "2022-02-27", "2022-03-06", "late news of an early day"),
            ("army", None, "2022-03-03", "no day counted"),
            ("army", "2022-03-02", "2022-03-04", "counted before that day"),
        ],
        columns=["claimant", "as_of", "published_on", "said"],
    ).assign(
        as_of=lambda rows: pd.to_datetime(rows["as_of"]),
        published_on=lambda rows: pd.to_datetime(rows["published_on"]),
    )
    latest = latest_claims(frame, ["claimant"])
    assert latest["said"].tolist() == ["revised", "no day counted"]
    assert latest.columns.tolist() == frame.columns.tolist()
    before = latest_claims(as_known_on(frame, "2022-03-04"), ["claimant"])
    assert before["said"].tolist() == ["first", "no day counted"]


@given(claims())
def test_latest_claims_invents_and_loses_no_series(frame: pd.DataFrame) -> None:
    latest = latest_claims(frame, ["claimant"])
    assert not latest.duplicated(["claimant"]).any()
    assert set(latest["claimant"].fillna("")) == set(frame["claimant"].fillna(""))
    merged = latest.merge(frame, on="row", suffixes=("", "_in"))
    assert len(merged) == len(latest), "every row is one of the frame"
    assert latest["row"].is_monotonic_increasing
    counted = frame["as_of"].fillna(frame["published_on"]).groupby(frame["claimant"]).max()
    for row in latest[latest["claimant"].notna()].to_dict("records"):
        day = row["published_on"] if pd.isna(row["as_of"]) else row["as_of"]
        assert day == counted[row["claimant"]]


def test_no_claims_have_no_latest() -> None:
    empty = pd.DataFrame(
        {
            "claimant": pd.Series([], dtype="str"),
            "as_of": pd.to_datetime([]),
            "published_on": pd.to_datetime([]),
        }
    )
    assert len(latest_claims(empty, ["claimant"])) == 0
    assert len(as_known_on(empty, "2022-03-03")) == 0


def series(*rows: tuple[str, str | None, str, str, str]) -> pd.DataFrame:
    columns = ["claimant", "as_of", "published_on", "source_id", "said"]
    frame = pd.DataFrame(list(rows), columns=columns).assign(status="stated", since=pd.NaT)
    for day in ("as_of", "published_on", "since"):
        frame[day] = pd.to_datetime(frame[day])
    return frame


def test_each_day_counted_stands_once_as_its_newest_edition_has_it() -> None:
    frame = series(
        ("un", "2022-03-02", "2022-03-03", "a", "2 March"),
        ("un", "2022-03-01", "2022-03-09", "c", "1 March, revised"),
        ("un", "2022-03-01", "2022-03-02", "b", "1 March"),
        ("un", None, "2022-03-05", "d", "no day counted"),
        ("army", "2022-03-01", "2022-03-02", "e", "of somebody else"),
        ("un", "2022-03-04", "2022-03-05", "f", "withdrawn"),
    )
    frame.loc[5, "status"] = "withdrawn"
    newest = newest_editions(frame, ["claimant"])
    assert newest["said"].tolist() == [
        "of somebody else",
        "1 March, revised",
        "2 March",
        "no day counted",
    ]
    assert newest["counted_to"].dt.day.tolist() == [1, 1, 2, 5]
    then = newest_editions(as_known_on(frame, "2022-03-03"), ["claimant"])
    assert then["said"].tolist() == ["of somebody else", "1 March", "2 March"]


def test_a_day_that_is_withdrawn_brings_no_older_edition_back() -> None:
    frame = series(
        ("un", "2022-03-01", "2022-03-02", "a", "first"),
        ("un", "2022-03-01", "2022-03-05", "b", "taken back"),
    )
    frame.loc[1, "status"] = "withdrawn"
    assert len(newest_editions(frame, ["claimant"])) == 0
    assert newest_editions(frame[:1], ["claimant"])["said"].tolist() == ["first"]


def test_two_documents_of_the_last_day_both_stand() -> None:
    frame = series(
        ("un", "2022-03-01", "2022-03-03", "paper", "in a newspaper, to 1 March"),
        ("un", "2022-03-02", "2022-03-03", "table", "in a table, to 2 March"),
        ("un", "2022-03-01", "2022-03-03", "table", "in the same table, to 1 March"),
        ("un", "2022-03-02", "2022-03-02", "old", "of the day before"),
        ("army", None, "2022-02-25", "old", "of somebody else"),
    )
    last = last_published_claims(frame, ["claimant"])
    assert last["said"].tolist() == [
        "in a newspaper, to 1 March",
        "in a table, to 2 March",
        "of somebody else",
    ]


def test_recent_claims_are_of_so_many_days_with_the_day_itself() -> None:
    frame = series(
        *[("un", None, f"2022-03-0{day}", "a", str(day)) for day in (1, 2, 3, 4)],
    )
    assert recent_claims(frame, "2022-03-03", 2)["said"].tolist() == ["2", "3"]
    assert recent_claims(frame, "2022-03-03", 1)["said"].tolist() == ["3"]


def group(frame: pd.DataFrame, keys: list[str]) -> DataFrameGroupBy:
    return frame.groupby(keys, dropna=False, sort=False)


@given(claims(), st.sampled_from([["claimant"], ["claimant", "side"], ["side", "claimant"]]))
def test_series_are_told_apart_as_pandas_groups_them(
    frame: pd.DataFrame, series: list[str]
) -> None:
    side = pd.Series(["RUS", None, "UKR", "RUS", ""] * 3, dtype="object")[: len(frame)]
    frame = frame.assign(side=side, since=pd.NaT, status="stated")[::-1]
    counted_to = frame["as_of"].fillna(frame["published_on"])
    ordered = frame.assign(counted_to=counted_to).sort_values(
        ["counted_to", "published_on"], kind="stable"
    )
    latest = frame.loc[sorted(group(ordered, series).tail(1).index)].reset_index(drop=True)
    pd.testing.assert_frame_equal(latest_claims(frame, series), latest)
    known = frame.assign(source_id="")
    last = group(known, series)["published_on"].transform("max")
    newest = known[known["published_on"] == last]
    kept = latest_claims(newest, [*series, "source_id"], ties=True)
    pd.testing.assert_frame_equal(last_published_claims(known, series), kept)
    editions = frame.assign(counted_to=counted_to).sort_values("published_on", kind="stable")
    newest = group(editions, [*series, "since", "counted_to"]).tail(1)
    newest = newest.sort_values([*series, "counted_to"], kind="stable", ignore_index=True)
    pd.testing.assert_frame_equal(newest_editions(frame, series), newest)


def test_a_series_has_a_name() -> None:
    empty = pd.DataFrame({"as_of": pd.to_datetime([]), "published_on": pd.to_datetime([])})
    with pytest.raises(ValueError, match="the columns that name a series"):
        latest_claims(empty, [])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2022-02-29", 'as_of: there is no day "2022-02-29" in the calendar'),
        ("9999-12-31", 'as_of: "9999-12-31" is no day of a report; expected 1800 to 2199'),
    ],
)
def test_a_day_that_there_is_not_or_of_another_age(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=r"^as_of: ") as caught:
        parse_day(text)
    assert str(caught.value) == message
