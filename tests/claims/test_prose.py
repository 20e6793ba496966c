"""Sentences carry claimant, wording and day, and no stronger verb than the status allows."""

import itertools
import re
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.claims import prose
from analysis.claims.absence import shorten_absence
from analysis.claims.days import format_period
from analysis.tables.vocabulary import STANCES, STANDARDS, STATUSES

CLAIM: dict[str, Any] = {
    "claimant_said": "the UN human rights office", "is_party": False, "wording": "at least 227",
    "counted": "civilians killed", "standard": "verified case by case", "status": "stated",
    "since": pd.Timestamp("2022-02-24"),
    "as_of": pd.Timestamp("2022-03-01"),
    "published_on": pd.Timestamp("2022-03-03"),
}  # fmt: skip

#: Verbs that only figures checked or registered one by one can carry, and those of knowing.
STRONG = ["counted", "recorded", "has verified", "verified that", "confirmed", "were killed"]
WORKED_OUT = ["estimated", "projected"]

#: The verbs that a sentence may not hold, by standard (of a figure that nobody doubts).
FORBIDDEN_BY_STANDARD = {
    "verified case by case": ["recorded", "confirmed", "were killed", *WORKED_OUT],
    "registered": ["counted", "has verified", "confirmed", "were killed", *WORKED_OUT],
    "estimated": [*STRONG, "projected"],
    "declared": [*STRONG, *WORKED_OUT],
    "projected": [*STRONG, "estimated"],
}

#: And by status, whatever the standard.
FORBIDDEN_BY_STATUS: dict[str, list[str]] = {
    "stated": [],
    "unverified": [*STRONG, *WORKED_OUT],
    "disputed": [*STRONG, *WORKED_OUT],
    "denied": [*STRONG, *WORKED_OUT, " put "],
    "not released": [*STRONG, *WORKED_OUT, " put ", "227"],
    "withdrawn": [*STRONG, *WORKED_OUT, " put "],
}

#: What a sentence must say, by status.
REQUIRED = {
    "stated": "",
    "unverified": ", a figure that could not be verified",
    "disputed": ", which others dispute",
    "denied": " denies at least 227 civilians killed",
    "not released": " had not released a figure for civilians killed by 3 March 2022",
    "withdrawn": " has withdrawn its figure of at least 227 civilians killed",
}


def test_no_verb_is_stronger_than_the_status() -> None:
    strong = []
    share = {"unit": "percent", "counted": "the share of people who left", "wording": "2%"}
    for standard, status in itertools.product(STANDARDS, STATUSES):
        wording = None if status == "not released" else "at least 227"
        claim = CLAIM | {"standard": standard, "status": status, "wording": wording}
        sentence = prose.write_sentence(claim)
        assert REQUIRED[status] in sentence
        forbidden = FORBIDDEN_BY_STANDARD[standard] + FORBIDDEN_BY_STATUS[status]
        strong += [sentence for verb in forbidden if verb in sentence]
        # A share is worked out: nobody counts or records it.
        sentence = prose.write_sentence(claim | share)
        forbidden = STRONG + (FORBIDDEN_BY_STATUS[status] if status != "not released" else [])
        strong += [sentence for verb in forbidden if verb in sentence]
    assert strong == []


def test_every_standard_and_status_is_looked_at() -> None:
    assert set(FORBIDDEN_BY_STANDARD) == set(STANDARDS)
    assert set(FORBIDDEN_BY_STATUS) == set(REQUIRED) == set(STATUSES)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {},
            "The UN human rights office counted at least 227 civilians killed "
            "from 24 February to 1 March 2022.",
        ),
        (
            {"as_of": pd.NaT, "since": pd.NaT},
            "The UN human rights office counted at least 227 civilians killed "
            "(reported on 3 March 2022).",
        ),
        (
            {"as_of": pd.NaT},
            "The UN human rights office counted at least 227 civilians killed "
            "since 24 February 2022 (reported on 3 March 2022).",
        ),
        (
            {
                "claimant_said": "Russia",
                "is_party": True,
                "wording": "nearly 500",
                "counted": "Russian troops killed",
                "standard": "declared",
                "as_of": pd.NaT,
                "since": pd.NaT,
            },
            "Russia, a party to the conflict, put the number of Russian troops killed at "
            "nearly 500 (reported on 3 March 2022).",
        ),
        (
            {"is_party": True, "claimant_side": "SDN", "claimant_said": "Sudan"},
            "Sudan, a party to the conflict, counted at least 227 civilians killed "
            "from 24 February to 1 March 2022.",
        ),
        (
            # A person speaks for a party, and is none.
            {"is_party": True, "claimant_side": "SDN", "claimant_said": "the mayor"},
            "The mayor, for a party to the conflict, counted at least 227 civilians killed "
            "from 24 February to 1 March 2022.",
        ),
        (
            {"is_party": True, "claimant_side": "rsf", "claimant": "rsf", "claimant_said": "they"},
            "They, a party to the conflict, counted at least 227 civilians killed "
            "from 24 February to 1 March 2022.",
        ),
        (
            {
                "counted": "requirement of the appeal",
                "unit": "US dollars",
                "wording": "1.1 billion",
                "standard": "registered",
            },
            "The UN human rights office put the requirement of the appeal at 1.1 billion "
            "US dollars from 24 February to 1 March 2022.",
        ),
        (
            {
                "counted": "price floated",
                "unit": "US dollars",
                "wording": "$2.5 billion",
                "standard": "declared",
            },
            "The UN human rights office put the price floated at $2.5 billion "
            "from 24 February to 1 March 2022.",
        ),
        (
            {"counted": "sites destroyed", "unit": "sites", "wording": "40"},
            "The UN human rights office counted 40 sites destroyed "
            "from 24 February to 1 March 2022.",
        ),
        (
            {"wording": "in the vicinity of 15,000", "standard": "estimated"},
            "The UN human rights office estimated the number of civilians killed as "
            "in the vicinity of 15,000 from 24 February to 1 March 2022.",
        ),
        (
            {
                "standard": "registered",
                "counted": "refugees from Sudan recorded in Chad",
                "wording": "85,000",
            },
            "The UN human rights office recorded 85,000 refugees from Sudan in Chad "
            "from 24 February to 1 March 2022.",
        ),
        (
            {"wording": "approaching 300,000", "standard": "estimated"},
            "The UN human rights office estimated the number of civilians killed as "
            "approaching 300,000 from 24 February to 1 March 2022.",
        ),
        (
            {"worked_out": True, "wording": "6,993,038", "counted": "border crossings"},
            "The daily figures of the UN human rights office add up to 6,993,038 border "
            "crossings from 24 February to 1 March 2022.",
        ),
        (
            {"is_party": True, "claimant_said": "Ukraine", "status": "not released"},
            "Ukraine, a party to the conflict, had not released a figure for civilians killed "
            "by 3 March 2022.",
        ),
        (
            {"status": "denied"},
            "The UN human rights office denies at least 227 civilians killed "
            "(reported on 3 March 2022).",
        ),
        (
            {"status": "withdrawn"},
            "The UN human rights office has withdrawn its figure of at least 227 civilians "
            "killed (reported on 3 March 2022).",
        ),
        (
            {"status": "unverified"},
            "The UN human rights office gave the number of civilians killed as at least 227 "
            "from 24 February to 1 March 2022, a figure that could not be verified.",
        ),
        (
            {"standard": "estimated", "wording": "around 600"},
            "The UN human rights office estimated the number of civilians killed at around 600 "
            "from 24 February to 1 March 2022.",
        ),
        (
            {"unit": "percent", "counted": "the share that left", "wording": "more than 2%"},
            "The UN human rights office estimated the share that left at more than 2% "
            "from 24 February to 1 March 2022.",
        ),
        (
            {"unit": "percent", "counted": "the share that left", "wording": "more than 2"},
            "The UN human rights office estimated the share that left at more than 2% "
            "from 24 February to 1 March 2022.",
        ),
    ],
)
def test_sentences_by_hand(changes: dict[str, Any], sentence: str) -> None:
    assert prose.write_sentence(CLAIM | changes) == sentence
    assert prose.write_sentences(pd.DataFrame([CLAIM | changes])) == [sentence]


PROJECTION = CLAIM | {
    "claimant_said": "the UN refugee agency", "wording": "up to 4 million",
    "counted": "people who could leave Ukraine", "standard": "projected", "since": pd.NaT,
    "as_of": pd.NaT, "made_on": pd.NaT, "target_day": pd.NaT,
}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, "(no day stated, reported on 3 March 2022)"),
        (
            {"target_day": pd.Timestamp("2022-07-01"), "made_on": pd.Timestamp("2022-02-20")},
            "(for 1 July 2022, made on 20 February 2022, reported on 3 March 2022)",
        ),
    ],
)
def test_a_projection_carries_its_days(changes: dict[str, Any], told: str) -> None:
    projected = "The UN refugee agency projected up to 4 million people who could leave Ukraine"
    assert prose.write_sentence(PROJECTION | changes) == f"{projected} {told}."
    beside = pd.DataFrame([PROJECTION | changes | {"locator": "page 1", "note": None}])
    assert prose.write_sentences(beside) == [f"{projected} {told}."]


@pytest.mark.parametrize(
    ("since", "as_of", "said"),
    [
        ("2022-02-24", "2022-03-01", "from 24 February to 1 March 2022"),
        ("2021-12-24", "2022-03-01", "from 24 December 2021 to 1 March 2022"),
        ("2022-03-01", "2022-03-01", "on 1 March 2022"),
        (None, "2022-03-01", "up to 1 March 2022"),
        ("2022-02-24", None, "since 24 February 2022"),
        (None, None, ""),
    ],
)
def test_a_period_never_gets_an_end_that_is_not_stated(
    since: str | None, as_of: str | None, said: str
) -> None:
    ends = [None if day is None else pd.Timestamp(day) for day in (since, as_of)]
    assert format_period(*ends) == said
    missing = [pd.NaT if day is None else day for day in ends]
    assert format_period(*missing) == said


names = st.text("abcdefghij AÜ", min_size=1, max_size=20).map(str.strip).filter(bool)
days = st.dates(pd.Timestamp("2022-01-01").date(), pd.Timestamp("2023-12-31").date())


@given(
    who=names,
    wording=st.sampled_from(["498", "nearly 500", "up to 4 million", "7,000 to 15,000"]),
    standard=st.sampled_from(list(STANDARDS)),
    status=st.sampled_from([status for status in STATUSES if status != "not released"]),
    party=st.booleans(),
    since=st.none() | days,
    as_of=st.none() | days,
    published_on=days,
)
def test_a_sentence_always_carries_claimant_wording_and_day(
    who: str,
    wording: str,
    standard: str,
    status: str,
    party: bool,
    since: Any,
    as_of: Any,
    published_on: Any,
) -> None:
    sentence = prose.write_sentence(
        CLAIM
        | {
            "claimant_said": who,
            "wording": wording,
            "standard": standard,
            "status": status,
            "is_party": party,
            "since": pd.Timestamp(since) if since else pd.NaT,
            "as_of": pd.Timestamp(as_of) if as_of else pd.NaT,
            "published_on": pd.Timestamp(published_on),
        }
    )
    assert " ".join(who.split())[1:] in sentence
    assert wording in sentence
    assert re.search(r"\d{1,2} [A-Z][a-z]+ 202[23]", sentence)
    assert ("a party to the conflict" in sentence) == party
    assert sentence.endswith(".")
    assert "  " not in sentence
    assert ",," not in sentence
    assert " ," not in sentence
    assert "nan" not in sentence.replace(who, "")
    assert "NaT" not in sentence


STATEMENT = {
    "claimant_said": "Russia", "is_party": True, "stance": "says",
    "statement": "Russian forces have captured Kherson.", "status": "stated", "wording": None,
    "unit": None,
    "published_on": pd.Timestamp("2022-03-03"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {},
            "Russia, a party to the conflict, says: Russian forces have captured Kherson "
            "(reported on 3 March 2022).",
        ),
        (
            {"stance": "denies", "claimant_said": "the mayor", "is_party": False},
            "The mayor denies: Russian forces have captured Kherson (reported on 3 March 2022).",
        ),
        (
            {"stance": "no comment"},
            "Russia, a party to the conflict, did not comment on this: Russian forces have "
            "captured Kherson (reported on 3 March 2022).",
        ),
        (
            {"status": "withdrawn"},
            "Russia, a party to the conflict, has withdrawn this: Russian forces have captured "
            "Kherson (reported on 3 March 2022).",
        ),
        (
            {"wording": "64", "unit": "km"},
            "Russia, a party to the conflict, says: Russian forces have captured Kherson (64 km) "
            "(reported on 3 March 2022).",
        ),
        (
            {"wording": "two"},
            "Russia, a party to the conflict, says: Russian forces have captured Kherson (two) "
            "(reported on 3 March 2022).",
        ),
    ],
)
def test_statements_by_hand(changes: dict[str, Any], sentence: str) -> None:
    assert prose.write_statements(pd.DataFrame([STATEMENT | changes])) == [sentence]


def test_every_stance_has_its_own_verb() -> None:
    rows = pd.DataFrame([STATEMENT | {"stance": stance} for stance in STANCES])
    verbs = {
        sentence.partition("conflict, ")[2].split(":")[0]
        for sentence in prose.write_statements(rows)
    }
    assert verbs == {"says", "denies", "did not comment on this"}


@pytest.mark.parametrize(
    ("status", "mark"),
    [
        ("stated", ""),
        ("unverified", ", unverified"),
        ("disputed", ", disputed"),
        ("denied", ", denies it"),
        ("withdrawn", ", withdrawn"),
        ("not released", ""),
    ],
)
def test_a_title_marks_what_is_doubtful(status: str, mark: str) -> None:
    assert prose.mark_doubt({"status": status}) == mark


def test_a_title_marks_what_a_note_calls_doubtful() -> None:
    noted = {"status": "stated", "note": "doubtful: its day is a guess"}
    assert prose.mark_doubt(noted) == ", doubtful"
    assert prose.mark_doubt(noted | {"note": "Leaves out those who are doubtful"}) == ""


def test_no_claims_make_no_sentences() -> None:
    empty = pd.DataFrame(columns=list(CLAIM))
    assert prose.write_sentences(empty) == []
    assert prose.write_statements(pd.DataFrame(columns=list(STATEMENT))) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")],
)
def test_lists_by_hand(words: list[str], said: str) -> None:
    assert prose.write_list(words) == said


def test_capitals_are_added_and_never_taken() -> None:
    assert prose.capitalise("the UN says") == "The UN says"
    assert prose.capitalise("") == ""


def test_an_old_figure_says_its_age_and_a_fresh_one_none() -> None:
    fresh = prose.write_sentence(CLAIM, pd.Timestamp("2022-04-01"))
    assert fresh == prose.write_sentence(CLAIM)
    old = prose.write_sentence(CLAIM, pd.Timestamp("2022-04-02"))
    assert old.endswith("from 24 February to 1 March 2022 (4 weeks old).")
    undated = prose.write_sentence(CLAIM | {"as_of": pd.NaT}, pd.Timestamp("2022-12-31"))
    assert undated.endswith("since 24 February 2022 (reported on 3 March 2022, 9 months old).")
    rows = pd.DataFrame([CLAIM])
    assert prose.write_sentences(rows) == [fresh]
    rows.attrs["known_on"] = pd.Timestamp("2022-04-02")
    assert prose.write_sentences(rows) == [old]


@pytest.mark.parametrize(
    ("name", "itself"),
    [
        ("the army of Sudan", True),
        ("the Sudanese Armed Forces", True),
        ("the Government of Chad", True),
        ("Israel", True),
        ("the Netherlands", True),
        ("the chief of the army", False),
        ("the army's spokesman", False),
        ("the government of Sudan's delegation", False),
        ("the regional government of Darfur", False),
        ("the military intelligence of Sudan", False),
    ],
)
def test_an_army_is_a_party_and_its_spokesman_speaks_for_one(name: str, itself: bool) -> None:
    row = {"claimant": "x", "claimant_said": name, "claimant_side": "saf", "is_party": True}
    assert (
        prose.name_with_party(row) == f"{name}, {'' if itself else 'for '}a party to the conflict,"
    )


@pytest.mark.parametrize("shown", ["Over time", "Per head"])
def test_two_charts_without_rows_have_two_titles(shown: str) -> None:
    absent = "The casebook holds no figure of children killed published by 10 May 2024; it holds 1."
    assert shorten_absence(absent, shown) == (
        f"{shown}: the casebook holds no figure of children killed published by 10 May 2024"
    )
    place = "people from Türkiye and Syria by country of asylum"
    assert shorten_absence(f"The casebook holds no figure of {place}.", "Per head") == (
        f"Per head: no figure of {place} in the casebook"
    )
