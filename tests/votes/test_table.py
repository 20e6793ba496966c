"""Votes: every state by name, and totals that must agree with them."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from analysis import chart_vote_on_resolution, open_casebook
from analysis.votes.charts import write_answers
from analysis.votes.table import ANSWERS

Make = Callable[..., Path]
VOTE = {
    "source_id": "report-1",
    "locator": "record",
    "resolution": "A/RES/1",
    "vote_date": "2023-05-09",
}
TOTAL = VOTE | {"claimant": "office", "status": "stated"}


def cast(iso3: str, name: str, vote: str) -> dict[str, str]:
    return VOTE | {"iso3": iso3, "member_state": name, "vote": vote}


VOTES = [
    cast("SDN", "Sudan", "no"),
    cast("TCD", "Chad", "yes"),
    cast("EGY", "Egypt", "yes"),
    cast("FRA", "France", "abstain"),
]
OPTIONS = {"resolution": "A/RES/1"}


def test_the_vote_of_2_march_by_hand(casebook: Path) -> None:
    assert 141 + 5 + 35 + 12 == 193
    votes = open_casebook(casebook).votes.on_resolution()
    assert len(votes) == 193
    assert votes["iso3"].is_unique
    assert votes["region"].notna().all()
    by_answer = open_casebook(casebook).votes.by_answer()
    assert by_answer["vote"].tolist() == list(ANSWERS)
    assert by_answer["states"].tolist() == [141, 5, 35, 12]
    assert by_answer["stated"].tolist() == [141, 5, 35, 12]
    assert by_answer["agrees"].tolist() == [True] * 4
    against = votes.loc[votes["vote"] == "no", "iso3"]
    assert sorted(against) == ["BLR", "ERI", "PRK", "RUS", "SYR"]


def test_the_regions_add_up_to_all_states(casebook: Path) -> None:
    regions = open_casebook(casebook).votes.by_region().set_index("region")
    assert regions.index[-1] == "all regions"
    assert regions.loc["all regions"].tolist() == [141, 5, 35, 12, 193]
    parts = regions.drop("all regions")
    assert parts.sum().tolist() == [141, 5, 35, 12, 193]
    assert parts.index.tolist() == ["Africa", "Americas", "Asia", "Europe", "Oceania"]
    assert (parts[["yes", "no", "abstain", "not_voting"]].sum(axis=1) == parts.iloc[:, -1]).all()


@pytest.mark.parametrize(("day", "states"), [("2022-03-01", 0), ("2022-03-02", 193)])
def test_the_vote_is_known_from_its_day_on(casebook: Path, day: str, states: int) -> None:
    assert len(open_casebook(casebook, day).votes.on_resolution()) == states
    assert len(open_casebook(casebook, day).votes.by_answer()) == (4 if states else 0)
    assert len(open_casebook(casebook, day).votes.by_region()) == (6 if states else 0)


def test_before_anybody_told_a_total_it_is_missing_and_not_wrong(casebook: Path) -> None:
    by_answer = open_casebook(casebook, "2022-03-02").votes.by_answer().set_index("vote")
    assert by_answer["states"].tolist() == [141, 5, 35, 12]
    assert by_answer["stated"].isna().tolist() == [True, True, True, False]
    assert by_answer["agrees"].isna().tolist() == [True, True, True, False]


def test_a_total_that_does_not_agree_says_so(make_casebook: Make) -> None:
    totals = [TOTAL | {"vote": "yes", "wording": "3"}, TOTAL | {"vote": "no", "wording": "1"}]
    folder = make_casebook(votes=VOTES, vote_totals=totals)
    by_answer = open_casebook(folder, "2023-05-10").votes.by_answer(**OPTIONS).set_index("vote")
    assert by_answer["states"].to_dict() == {"yes": 2, "no": 1, "abstain": 1, "not voting": 0}
    assert by_answer["agrees"].astype(object).fillna("").to_dict() == {
        "yes": False,
        "no": True,
        "abstain": "",
        "not voting": "",
    }


def test_people_behind_an_answer_are_missing_where_nobody_counted_them(make_casebook: Make) -> None:
    people = {
        "source_id": "report-1",
        "locator": "table",
        "claimant": "office",
        "country": "x",
        "territory": "all",
        "edition": "2023-01-01",
        "year": "2022",
    }
    rows = [
        people | {"area": "TCD", "wording": "17,000,000"},
        people | {"area": "SDN", "wording": "46,000,000"},
    ]
    folder = make_casebook(votes=VOTES, population=rows)
    by_answer = open_casebook(folder, "2023-05-10").votes.by_answer(**OPTIONS).set_index("vote")
    # Yes: one of two states has a figure; abstain: none has; not voting: no state, so nobody.
    assert by_answer["population"].astype(object).fillna("").to_dict() == {
        "yes": 17_000_000,
        "no": 46_000_000,
        "abstain": "",
        "not voting": 0,
    }
    assert by_answer["states_without_population"].tolist() == [1, 0, 1, 0]


def test_a_state_without_a_region_is_not_lost(
    make_casebook: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "analysis.votes.tabulations.find_regions",
        lambda iso3: iso3.map({"SDN": "Africa", "TCD": "Africa"}),
    )
    regions = open_casebook(make_casebook(votes=VOTES), "2023-05-10").votes.by_region(**OPTIONS)
    assert regions["region"].tolist() == ["Africa", "region not known", "all regions"]
    assert regions["member_states"].tolist() == [2, 2, 4]


def test_a_resolution_that_is_not_there_is_refused_with_those_that_are(casebook: Path) -> None:
    with pytest.raises(ValueError, match=r'"A/RES/9" is not one of: A/RES/ES-11/1'):
        open_casebook(casebook).votes.on_resolution(resolution="A/RES/9")
    with pytest.raises(ValueError, match=r'^by: "answer" is not one of: vote, region$'):
        chart_vote_on_resolution(open_casebook(casebook).votes.on_resolution(), by="answer")


def test_the_title_says_body_day_and_every_answer(casebook: Path) -> None:
    chart = chart_vote_on_resolution(open_casebook(casebook).votes.on_resolution())
    assert chart.title == ("A/RES/ES-11/1, 2 March 2022: 141 states for, 5 against, 35 abstained")
    assert "193 in these rows; 12 did not vote" in chart.subtitle
    assert "5 states voted no: Belarus, " in " ".join(write_answers(chart.rows))
    assert chart.alt.startswith(
        f"Dots, one a member state: {chart.title}. UN General Assembly: one dot"
    )
    assert len(chart.rows) == 193
    before = chart_vote_on_resolution(open_casebook(casebook, "2022-03-01").votes.on_resolution())
    assert "holds no votes on A/RES/ES-11/1 published by 1 March 2022" in before.title
    assert (
        chart_vote_on_resolution(open_casebook(casebook).votes.on_resolution(), by="region").name
        != chart.name
    )


def test_answers_in_sentences(make_casebook: Make) -> None:
    votes = open_casebook(make_casebook(votes=VOTES), "2023-05-10").votes.on_resolution(**OPTIONS)
    told = write_answers(votes)
    assert "A/RES/1 on 9 May 2023" in told[0]
    assert told[1:] == [
        "2 states voted yes: Chad and Egypt.",
        "1 state voted no: Sudan.",
        "1 state abstained: France.",
        "0 states cast no vote.",
    ]
    assert write_answers(votes[:0]) == []
    assert isinstance(votes, pd.DataFrame)
