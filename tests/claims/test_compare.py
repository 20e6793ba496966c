"""What may be compared, and how far claimants are apart; nothing is added across claimants."""

import inspect
import math
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.bounds import read_column
from analysis.casebook.book import open_casebook
from analysis.claims import compare
from analysis.claims.compare import (
    COMPARED,
    NotComparable,
    count_once,
    find_differences,
    measure_disagreement,
    require_comparable,
    side_by_side,
    without_parties,
)

OHCHR = {
    "claimant": "ohchr",
    "claimant_name": "UN human rights office",
    "is_party": False,
    "who": "civilians",
    "area": "UKR",
    "outcome": "killed",
    "since": pd.Timestamp("2022-02-24"),
    "as_of": pd.Timestamp("2022-03-01"),
    "standard": "verified case by case",
    "wording": "at least 227",
}
SERVICE = OHCHR | {
    "claimant": "ukraine-emergency-service",
    "claimant_name": "State Emergency Service of Ukraine",
    "is_party": True,
    "since": pd.NaT,
    "as_of": pd.NaT,
    "standard": "declared",
    "wording": "more than 2,000",
}


def frame(*claims: dict[str, Any]) -> pd.DataFrame:
    rows = pd.DataFrame(list(claims))
    return rows.join(read_column(rows["wording"].astype("str")))


def test_counts_of_other_days_and_standards_are_not_comparable() -> None:
    claims = frame(OHCHR, SERVICE)
    parts = {
        "since": ["24 February 2022", "not stated"],
        "as_of": ["1 March 2022", "not stated"],
        "standard": ["verified case by case", "declared"],
    }
    assert find_differences(claims) == parts
    with pytest.raises(NotComparable) as caught:
        measure_disagreement(claims)
    assert caught.value.parts == parts
    message = str(caught.value)
    assert "since: 24 February 2022 / not stated" in message
    assert "as_of: 1 March 2022 / not stated" in message
    assert "standard: verified case by case / declared" in message
    assert len(message.splitlines()) == 1


def test_despite_its_differences_a_disagreement_can_be_measured() -> None:
    apart = measure_disagreement(frame(OHCHR, SERVICE), despite=["since", "as_of", "standard"])
    row = apart.to_dict("records")[0]
    assert len(apart) == 1
    # Both are open above, so that both can be true.
    assert row["overlap"] is True
    assert row["gap_ratio"] == 1
    assert row["low_ratio"] == 2000 / 227
    assert row["differs_in"] == "first day counted, last day counted, standard"
    assert (row["wording_a"], row["wording_b"]) == ("at least 227", "more than 2,000")


def test_what_is_not_accepted_is_still_refused() -> None:
    with pytest.raises(NotComparable) as caught:
        require_comparable(frame(OHCHR, SERVICE), despite=["standard", "since"])
    assert list(caught.value.parts) == ["as_of"]
    with pytest.raises(ValueError, match='"standards"; did you mean "standard"'):
        require_comparable(frame(OHCHR, SERVICE), despite=["standards"])


@pytest.mark.parametrize("name", COMPARED)
def test_every_part_of_the_scope_is_looked_at(name: str) -> None:
    claims = frame(OHCHR, OHCHR | {"claimant": "other"}).assign(**{name: ["one", "another"]})
    assert find_differences(claims) == {name: ["one", "another"]}
    with pytest.raises(NotComparable, match=name):
        require_comparable(claims)
    assert require_comparable(claims, despite=[name]) is claims


def test_what_agrees_is_comparable_as_it_is() -> None:
    claims = frame(OHCHR, OHCHR | {"claimant": "other"})
    assert find_differences(claims) == {}
    assert require_comparable(claims) is claims
    assert side_by_side(claims)["differs_in"].tolist() == ["", ""]


@pytest.mark.parametrize(
    ("one", "other", "overlap", "gap_ratio", "low_ratio"),
    [
        ("498", "1,600", False, 1600 / 498, 1600 / 498),
        ("up to 500", "at least 2,000", False, 4, math.nan),
        ("7,000 to 15,000", "15,000 to 20,000", True, 1, 15 / 7),
        ("7,000 to 15,000", "30,000 to 40,000", False, 2, 30 / 7),
        ("fewer than 500", "at least 500", False, 1, math.nan),
        ("498", "498", True, 1, 1),
        ("0", "10", False, math.nan, math.nan),
    ],
)
def test_disagreements_by_hand(
    one: str, other: str, overlap: bool, gap_ratio: float, low_ratio: float
) -> None:
    # Declared figures: what is verified case by case is a floor, whatever its words are.
    said = OHCHR | {"standard": "declared"}
    claims = frame(said | {"wording": one}, said | {"claimant": "x", "wording": other})
    for rows in (claims, claims[::-1]):
        row = measure_disagreement(rows).to_dict("records")[0]
        assert row["overlap"] is overlap
        assert row["gap_ratio"] == pytest.approx(gap_ratio, nan_ok=True)
        assert row["low_ratio"] == pytest.approx(low_ratio, nan_ok=True)


def test_each_pair_of_claimants_is_measured_and_nobody_against_himself() -> None:
    later = OHCHR | {"wording": "at least 300"}
    silent = OHCHR | {"claimant": "silent", "wording": None}
    claims = frame(OHCHR, later, OHCHR | {"claimant": "b"}, OHCHR | {"claimant": "c"}, silent)
    apart = measure_disagreement(claims)
    assert len(apart) == 5  # two figures of one, and b, and c: six pairs less one
    assert len(measure_disagreement(claims[:2])) == 0


def test_no_claims_differ_in_nothing() -> None:
    empty = frame(OHCHR)[:0]
    assert find_differences(empty) == {}
    assert side_by_side(empty)["differs_in"].tolist() == []
    apart = measure_disagreement(empty)
    assert len(apart) == 0
    assert {"overlap", "gap_ratio", "low_ratio", "differs_in"} <= set(apart)
    assert len(without_parties(empty)) == 0


def test_side_by_side_always_works_and_says_each_row_its_part() -> None:
    shown = side_by_side(frame(OHCHR, SERVICE))
    assert shown["differs_in"].tolist() == [
        "first day counted: 24 February 2022; last day counted: 1 March 2022; "
        "standard: verified case by case",
        "first day counted: not stated; last day counted: not stated; standard: declared",
    ]


def test_the_parties_can_be_left_out() -> None:
    kept = without_parties(frame(SERVICE, OHCHR))
    assert kept["claimant"].tolist() == ["ohchr"]
    assert kept.index.tolist() == [0]


scopes = st.fixed_dictionaries(
    {
        "outcome": st.sampled_from(["killed", "wounded"]),
        "area": st.sampled_from(["UKR", "Mariupol", None]),
        "as_of": st.sampled_from([pd.NaT, pd.Timestamp("2022-03-01"), pd.Timestamp("2022-03-02")]),
        "standard": st.sampled_from(["declared", "estimated"]),
    }
)


@given(st.lists(scopes, min_size=1, max_size=5))
def test_differences_are_the_same_from_either_side(rows: list[dict[str, Any]]) -> None:
    claims = pd.DataFrame(rows)
    forward, backward = find_differences(claims), find_differences(claims[::-1])
    assert {name: set(values) for name, values in forward.items()} == {
        name: set(values) for name, values in backward.items()
    }
    assert list(forward) == [name for name in COMPARED if name in forward]
    assert all(len(values) > 1 for values in forward.values())
    assert find_differences(pd.concat([claims, claims])) == forward
    assert find_differences(claims[:1]) == {}


def test_nothing_adds_or_averages_across_claimants() -> None:
    offered = [name for name, _ in inspect.getmembers(compare, inspect.isfunction)]
    forbidden = ("sum", "total", "add", "mean", "average", "rank", "median")
    assert [name for name in offered if any(word in name for word in forbidden)] == []


def test_the_article_s_two_counts_stand_side_by_side_and_are_not_compared(casebook: Path) -> None:
    claims = open_casebook(casebook, "2022-03-03").casualties.by_source()
    two = claims[claims["claimant"].isin(["ohchr", "ukraine-emergency-service"])]
    assert len(two) == 2
    with pytest.raises(NotComparable) as caught:
        measure_disagreement(two)
    assert set(caught.value.parts) == {"since", "as_of", "standard"}


def test_what_many_documents_repeat_is_one_claim() -> None:
    def told(publisher: str, day: str, **changes: Any) -> dict[str, Any]:
        source = {"source_id": publisher.lower(), "publisher": publisher}
        return OHCHR | source | {"published_on": pd.Timestamp(day)} | changes

    claims = frame(
        told("Paper", "2022-03-03", as_of=pd.NaT),
        told("Office", "2022-03-02"),
        told("Radio", "2022-03-04"),
        told("Wire", "2022-03-04", wording="249", as_of=pd.Timestamp("2022-03-02")),
        told("Blog", "2022-03-04", claimant="x"),
        told("Site", "2022-03-04", outcome="wounded"),
    )
    once = count_once(claims)
    assert once["publisher"].tolist() == ["Office", "Wire", "Blog", "Site"]
    assert once["documents"].tolist() == [3, 1, 1, 1]
    assert once["repeated_by"].tolist() == ["Paper; Radio", "", "", ""]
    assert len(count_once(claims[:0])) == 0


def test_a_count_verified_case_by_case_is_a_floor_in_every_disagreement() -> None:
    row = {"claimant": "a", "claimant_name": "A", "outcome": "killed", "wording": "249"}
    row |= {"low": 249, "best": 249, "high": 249, "qualifier": "exact"}
    other = row | {"claimant": "b", "claimant_name": "B", "wording": "more than 2,000"}
    other |= {"low": 2000, "best": pd.NA, "high": pd.NA, "qualifier": "more than"}
    checked, said = "verified case by case", "declared"
    both = pd.DataFrame([row | {"standard": checked}, other | {"standard": said}])
    apart = compare.measure_disagreement(both, despite=["standard"])
    assert apart[["overlap", "gap_ratio"]].to_numpy().tolist() == [[True, 1.0]]
    exact = pd.DataFrame([row | {"standard": said}, other | {"standard": said}])
    assert compare.measure_disagreement(exact)["overlap"].tolist() == [False]
