"""What a source says can be entered as it says it: one test a form, from row to sentence."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis import (
    chart_displaced_by_source,
    chart_vote_totals,
    open_casebook,
    write_answers,
    write_sentences,
)
from analysis.casebook.adding import append_rows
from analysis.casebook.book import Casebook
from analysis.casebook.check import check
from analysis.tables import CasebookErrors

Row = dict[str, str]
Make = Callable[..., Path]
DAY = "2023-05-21"
SAID = {"source_id": "report-1", "locator": "p. 1", "claimant": "office", "status": "stated"}
KILLED = SAID | {"who": "everybody", "area": "SDN", "outcome": "killed", "standard": "declared"}
DISPLACED = SAID | {
    **{"who": "everybody", "area": "SDN", "measure": "internally displaced, by location"},
    **{"unit": "people", "standard": "estimated"},
}
VOTE = {"source_id": "report-1", "resolution": "A/RES/1", "vote_date": "2023-05-09"}
GAZA = {"area": "gaza-strip", "name": "the Gaza Strip", "within": "PSE"}


def enter(make: Make, table: str, *rows: Row, **tables: list[Row]) -> Casebook:
    """Append rows as the command does, check the casebook, and open it."""
    folder = make(**tables)
    append_rows(table, rows, folder)
    check(folder)
    return open_casebook(folder, DAY)


def say(book: Casebook, **asked: Any) -> list[str]:
    return write_sentences(book.casualties.by_source(**({"who": "", "outcome": ""} | asked)))


@pytest.mark.parametrize(
    ("wording", "unit", "ends", "said"),
    [
        ("1.9 million of 2.2 million", "people", (1_900_000, 1_900_000, 1_900_000),
         "The Relief Office estimated the number of internally displaced people in Sudan at "
         "1.9 million of 2.2 million (reported on 10 May 2023)."),
        ("half", "percent", (50, 50, 50),
         "The Relief Office estimated the share of the population of Sudan that is displaced at "
         "half (reported on 10 May 2023)."),
        ("two thirds", "percent", (66.7, 66.7, 66.7), "displaced at two thirds (reported"),
        ("1 in 8", "percent", (12.5, 12.5, 12.5), "displaced at 1 in 8 (reported"),
        ("more than a quarter of the population", "percent", (25, None, None),
         "displaced at more than a quarter of the population (reported"),
        ("85", "percent", (85, 85, 85), "displaced at 85% (reported"),
    ],
)  # fmt: skip
def test_people_of_a_whole_and_shares(
    make_casebook: Make, wording: str, unit: str, ends: tuple[float | None, ...], said: str
) -> None:
    book = enter(make_casebook, "displaced", DISPLACED | {"wording": wording, "unit": unit})
    rows = book.refugees.displaced_by_source()
    row = rows.iloc[0]
    found = [None if pd.isna(row[end]) else round(row[end], 1) for end in ("low", "best", "high")]
    assert found == list(ends)
    assert said in write_sentences(rows)[0]
    assert wording in chart_displaced_by_source(rows).title
    # A share is no point on a line of people.
    assert len(book.refugees.displaced_over_time()) == (unit == "people")


def test_an_estimate_with_its_interval(make_casebook: Make) -> None:
    wording = "64,260 (95 % CI 55,298 to 78,525)"
    book = enter(make_casebook, "casualties", KILLED | {"wording": wording})
    row = book.casualties.by_source(who="").iloc[0]
    assert (row["low"], row["best"], row["high"]) == (55_298, 64_260, 78_525)
    assert f"people killed in Sudan at {wording}" in say(book)[0]


@pytest.mark.parametrize(
    "wording",
    ["more than 12,000, including 5,000 children", "more than 12,000 (incl. 5,000 children)"],
)
def test_a_whole_and_a_part_are_two_claims(make_casebook: Make, wording: str) -> None:
    book = enter(make_casebook, "casualties", KILLED | {"wording": wording})
    rows = book.casualties.by_source(who="", outcome="")
    assert list(rows["who"]) == ["everybody", "children"]
    assert list(rows["wording"]) == ["more than 12,000", "5,000"]


def test_a_part_of_nobody_known_is_refused_with_advice(make_casebook: Make) -> None:
    with pytest.raises(CasebookErrors, match=r"a row for each.*did you mean \"12\""):
        enter(make_casebook, "casualties", KILLED | {"wording": "12, including 5 astronauts"})


def test_denied_zero_silent_and_missing_are_four_things(make_casebook: Make) -> None:
    book = enter(
        make_casebook,
        "casualties",
        KILLED | {"wording": "no deaths"},
        KILLED | {"claimant": "clinic", "status": "denied"},
        KILLED | {"claimant": "army", "status": "not released"},
    )
    rows = book.casualties.by_source(who="").set_index("claimant")
    assert (rows.at["office", "low"], rows.at["office", "high"]) == (0, 0)
    assert rows.loc[["clinic", "army"], ["low", "high"]].isna().all(axis=None)
    assert say(book) == [
        "The Relief Office put the number of people killed in Sudan at zero "
        "(reported on 10 May 2023).",
        "The Field Clinic denies what others say of people killed in Sudan "
        "(reported on 10 May 2023).",
        "The army of Sudan, a party to the conflict, had not released a figure for people "
        "killed in Sudan by 10 May 2023.",
    ]
    assert book.casualties.by_source(who="children").empty
    with pytest.raises(CasebookErrors, match="expected a figure, or the status denied"):
        append_rows("casualties", [KILLED | {"locator": "p. 2"}], book.folder)


def test_one_announcement_in_three_papers_is_one_claim(make_casebook: Make) -> None:
    paper = {"licence": "facts", "method": "read", "accessed_on": "2023-05-11", "title": "News"}
    papers = [
        paper | {"source_id": f"paper-{n}", "publisher": f"Paper {n}", "published_on": DAY}
        for n in (1, 2, 3)
    ]
    rows = [KILLED | {"source_id": "paper-1", "wording": "528"}]
    rows += [
        KILLED | {"source_id": f"paper-{n}", "wording": "more than 500", "repeats": "paper-1"}
        for n in (2, 3)
    ]
    book = enter(make_casebook, "casualties", *rows, sources=papers)
    claims = book.casualties.by_source(who="")
    assert claims[["wording", "documents", "repeated_by"]].to_numpy().tolist() == [
        ["528", 3, "Paper 2; Paper 3"]
    ]


def test_a_vote_by_its_totals_alone(make_casebook: Make) -> None:
    total = SAID | VOTE
    book = enter(
        make_casebook, "vote_totals", *(total | {"vote": vote, "wording": number}
        for vote, number in (("yes", "14"), ("abstain", "one")))
    )  # fmt: skip
    chart = chart_vote_totals(book.votes.totals())
    assert chart.title == "A/RES/1, 9 May 2023: 14 voted yes, 1 abstained"
    by_state = book.votes.on_resolution(resolution="A/RES/1")
    assert by_state.attrs["absent"] == (
        "The casebook holds no votes by state on A/RES/1 published by 21 May 2023; it holds the "
        "totals."
    )
    answers = book.votes.by_answer(resolution="A/RES/1").set_index("vote")
    assert answers["states"].isna().all()
    assert answers.at["yes", "stated"] == 14


def test_a_roll_call_of_which_only_the_no_votes_are_known(make_casebook: Make) -> None:
    rows = [
        VOTE | {"locator": "p. 1", "iso3": iso3, "member_state": name, "vote": "no"}
        for iso3, name in (("TCD", "Chad"), ("EGY", "Egypt"))
    ]
    book = enter(make_casebook, "votes", *rows)
    answers = book.votes.by_answer(resolution="A/RES/1").set_index("vote")["states"]
    assert answers["no"] == 2
    assert answers.drop("no").isna().all(), "of the others nothing is known, not zero"
    said = " ".join(write_answers(book.votes.on_resolution(resolution="A/RES/1")))
    assert "2 states voted no: Chad and Egypt." in said
    assert "voted yes" not in said


def test_the_population_of_a_part_of_a_country(make_casebook: Make) -> None:
    people = SAID | {"area": "gaza-strip", "country": "Gaza Strip", "wording": "2.2 million"}
    people |= {"territory": "Gaza", "year": "2022"}
    displaced = [DISPLACED | {"area": "gaza-strip", "wording": "1.1 million"}]
    areas = [{"area": "PSE", "name": "Palestine", "iso3": "PSE"}, GAZA]
    del people["status"]
    book = enter(make_casebook, "population", people, displaced=displaced, areas=areas)
    shares = book.refugees.against_population("gaza-strip")
    assert shares[["wording", "share"]].to_numpy().tolist() == [["1.1 million", "50.0%"]]


@pytest.mark.parametrize("wording", ["٣٠٬٠٠٠", "३०,०००", "30 000", "30,000"])
def test_numerals_of_any_script(make_casebook: Make, wording: str) -> None:
    book = enter(make_casebook, "casualties", KILLED | {"wording": wording})
    assert book.casualties.by_source(who="")["best"].item() == 30_000


@pytest.mark.parametrize(
    ("wording", "advice"),
    [("environ 30 000", "read as French.*around 30,000"), ("30.000", "write 30,000, or say which")],
)
def test_words_of_another_language_are_refused_with_advice(
    make_casebook: Make, wording: str, advice: str
) -> None:
    with pytest.raises(CasebookErrors, match=advice) as refused:
        enter(make_casebook, "casualties", KILLED | {"wording": wording})
    assert "15" not in str(refused.value), "it advised a number that nobody said"
