"""Consistency: planted faults are found, named exceptions stand, idle ones do not."""

from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.casebook.consistency import RULES, check_consistency, find_violations
from tests.series import Row, break_on, crossing, killed, total

Make = Callable[..., Path]
RISE = [total("2023-04-20", "100", "2023-04-21"), total("2023-04-25", "250", "2023-04-26")]
FALL = [*RISE, total("2023-05-05", "240", "2023-05-06")]
EXCEPTION: Row = {
    "source_id": "report-1", "rule": "a running total never falls", "table": "refugees",
    "claimant": "office", "measure": "border crossings", "place": "all", "as_of": "2023-05-05",
    "reason": "corrected by the office",
}  # fmt: skip


def verdicts(folder: Path) -> list[tuple[str, str]]:
    found = find_violations(folder)
    return list(zip(found["rule"], found["verdict"], strict=True))


def test_figures_that_only_rise_are_fine(make_casebook: Make) -> None:
    folder = make_casebook(refugees=RISE, casualties=[killed("2023-04-20", "5", "2023-04-21")])
    findings, errors = check_consistency(folder)
    assert len(findings) == 0
    assert errors == []


def test_an_empty_casebook_is_fine(make_casebook: Make) -> None:
    findings, errors = check_consistency(make_casebook())
    assert (len(findings), errors) == (0, [])
    assert "reason" in findings


def test_a_running_total_that_falls_is_found(make_casebook: Make) -> None:
    findings, errors = check_consistency(make_casebook(refugees=FALL))
    assert findings[["verdict", "as_of", "detail"]].astype("str").to_numpy().tolist() == [
        ["violated", "2023-05-05", "240 after at least 250"]
    ]
    (error,) = errors
    assert error.file == "refugees.csv"
    assert "office, border crossings, all, 2023-05-05" in error.value
    assert "name it in exceptions.csv with its reason" in str(error)


def test_casualties_must_not_fall_either(make_casebook: Make) -> None:
    rows = [killed("2023-04-20", "40", "2023-04-21"), killed("2023-04-25", "39", "2023-04-26")]
    assert verdicts(make_casebook(casualties=rows)) == [("a running total never falls", "violated")]


def test_a_corrected_edition_of_the_same_day_is_no_fall(make_casebook: Make) -> None:
    rows = [
        *RISE,
        total("2023-04-25", "240", "2023-04-27"),
        total("2023-05-05", "241", "2023-05-06"),
    ]
    assert verdicts(make_casebook(refugees=rows)) == []


@pytest.mark.parametrize("measure", ["refugees recorded", "temporary protection"])
def test_people_who_are_there_may_become_fewer(make_casebook: Make, measure: str) -> None:
    rows = [row | {"measure": measure} for row in FALL]
    assert verdicts(make_casebook(refugees=rows)) == []


def test_single_days_may_be_smaller(make_casebook: Make) -> None:
    rows = [
        crossing("2023-04-15", "200", "2023-04-18"),
        crossing("2023-04-16", "100", "2023-04-18"),
    ]
    assert verdicts(make_casebook(refugees=rows)) == []


def test_a_fall_across_a_break_is_no_fall(make_casebook: Make) -> None:
    folder = make_casebook(refugees=FALL, breaks=[break_on("2023-05-01")])
    assert verdicts(folder) == []


@pytest.mark.parametrize(
    ("after", "verdict"),
    [
        ("240", "violated"),
        ("up to 249", "violated"),
        ("240 to 260", "possibly violated"),
        ("at least 240", "possibly violated"),
        ("about 250", "possibly violated"),
        ("250", ""),
        ("at least 250", ""),
        ("251 to 300", ""),
    ],
)
def test_bounds_decide_between_violated_and_possibly(
    make_casebook: Make, after: str, verdict: str
) -> None:
    rows = [*RISE, total("2023-05-05", after, "2023-05-06")]
    findings, errors = check_consistency(make_casebook(refugees=rows))
    assert findings["verdict"].tolist() == ([verdict] if verdict else [])
    assert len(errors) == (verdict == "violated"), "what is only possible is told, but no fault"


def test_a_named_exception_stands_with_its_reason(make_casebook: Make) -> None:
    findings, errors = check_consistency(make_casebook(refugees=FALL, exceptions=[EXCEPTION]))
    assert errors == []
    assert findings["reason"].tolist() == ["corrected by the office"]


@pytest.mark.parametrize(
    "other",
    [
        {"as_of": "2023-05-04"},
        {"measure": "refugees recorded"},
        {"place": "TCD"},
        {"claimant": "clinic"},
        {"table": "casualties"},
    ],
)
def test_an_exception_is_for_one_violation_only(make_casebook: Make, other: Row) -> None:
    folder = make_casebook(refugees=FALL, exceptions=[EXCEPTION | other])
    _, errors = check_consistency(folder)
    assert [error.file for error in errors] == ["refugees.csv", "exceptions.csv"]


def test_an_exception_that_no_longer_applies_fails(make_casebook: Make) -> None:
    _, errors = check_consistency(make_casebook(refugees=RISE, exceptions=[EXCEPTION]))
    (error,) = errors
    assert (error.file, error.row) == ("exceptions.csv", 2)
    assert "this exception no longer applies" in str(error)


def test_countries_together_are_no_more_than_the_whole(make_casebook: Make) -> None:
    rows = [
        total("2023-04-20", "100", "2023-04-21"),
        total("2023-04-20", "70", "2023-04-21", asylum="TCD"),
        total("2023-04-20", "30", "2023-04-21", asylum="EGY"),
    ]
    assert verdicts(make_casebook(refugees=rows)) == []
    rows[2] |= {"wording": "31"}
    (found,) = find_violations(make_casebook("over", refugees=rows)).to_dict("records")
    assert found["rule"] == "parts do not exceed the whole"
    assert found["detail"] == "TCD, EGY: 101; all: 100"


def test_no_more_are_killed_than_killed_or_wounded(make_casebook: Make) -> None:
    both = killed("2023-04-20", "40", "2023-04-21", outcome="killed or wounded")
    fine = make_casebook(casualties=[killed("2023-04-20", "40", "2023-04-21"), both])
    assert verdicts(fine) == []
    wrong = make_casebook("wrong", casualties=[killed("2023-04-20", "41", "2023-04-21"), both])
    assert verdicts(wrong) == [("killed are no more than killed or wounded", "violated")]


def test_stated_vote_totals_are_counted(casebook: Path) -> None:
    before = verdicts(casebook)
    path = casebook / "vote_totals.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(",yes,141,", ",yes,142,", 1), encoding="utf-8")
    added = [found for found in verdicts(casebook) if found not in before]
    assert added == [("totals equal their parts", "violated")]


def test_miles_and_kilometres_of_one_claim_agree(make_casebook: Make) -> None:
    length: Row = {
        "source_id": "report-1", "locator": "page 1", "claimant": "office", "place": "Khartoum",
        "place_in": "SDN", "as_of": "2023-05-01", "topic": "convoy",
        "statement": "A convoy is on the road", "stance": "says", "wording": "40", "unit": "miles",
        "status": "stated",
    }  # fmt: skip
    fine = make_casebook(places=[length, length | {"unit": "km", "wording": "64"}])
    assert verdicts(fine) == []
    wrong = make_casebook("wrong", places=[length, length | {"unit": "km", "wording": "46"}])
    assert verdicts(wrong) == [("one length in two units", "violated")]


def test_every_rule_says_in_words_what_holds() -> None:
    assert len(RULES) == 6
    assert all(len(words.split()) >= 5 for words in RULES.values())


def test_the_project_s_own_casebook_has_no_fault() -> None:
    findings, errors = check_consistency()
    assert errors == []
    violated = findings[findings["verdict"] == "violated"]
    assert (violated["reason"] != "").all()
