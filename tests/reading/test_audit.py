import csv
import datetime as dt

import pytest

from analysis.reading import make_document
from analysis.reading.audit import audit
from tests.reading.scoring import TEXTS, load_gold

DAY = dt.date(2022, 3, 3)


def load_pairs():
    """Statements that are true, and the same with one number changed."""
    with (TEXTS / "audit-pairs.csv").open(encoding="utf-8", newline="") as file:
        return [(row["true"], row["planted"]) for row in csv.DictReader(file)]


def verdicts(text):
    return [one.verdict for one in audit(make_document(text), DAY)]


@pytest.mark.parametrize(("true", "planted"), load_pairs())
def test_a_planted_error_is_caught_and_a_true_statement_is_left(true, planted):
    assert "fails" not in verdicts(true)
    assert "fails" in verdicts(planted)


def test_nearly_every_true_statement_is_recomputed():
    pairs = load_pairs()
    assert sum("holds" in verdicts(true) for true, _ in pairs) >= 0.95 * len(pairs)


@pytest.mark.parametrize(
    "text", (TEXTS / "audit-true.txt").read_text(encoding="utf-8").splitlines()
)
def test_figures_that_only_stand_together_are_no_alarm(text):
    assert "fails" not in verdicts(text)


def test_no_alarm_on_the_marked_texts():
    parts = ("tuning", "held-back", "later")
    for name in {row["doc"] for part in parts for row in load_gold(part)}:
        document = make_document((TEXTS / f"{name}.txt").read_text(encoding="utf-8"), name)
        assert [one.sum for one in audit(document) if one.verdict == "fails"] == []


def test_the_sum_is_written_out_with_its_characters():
    text = "The monitor recorded 14 casualties: 4 killed and 9 injured."
    (one,) = audit(make_document(text))
    assert (one.kind, one.verdict) == ("total", "fails")
    assert one.sum == "4 + 9 = 13, the text says 14"
    assert [text[span.start : span.end] for span in one.spans] == ["14", "4", "9"]


def test_open_ends_are_possible_and_not_wrong():
    assert verdicts("Some 50 miles, or more than 70 km, of road.") == ["holds"]
    assert verdicts("A line of more than 1,000 km (about 620 miles).") == ["possible"]


def test_a_population_that_is_given_makes_a_share_checkable():
    text = "Some 1 million people have fled. This is more than 2% of the population."
    (open_question,) = audit(make_document(text))
    assert open_question.verdict == "cannot tell"
    (one,) = audit(make_document(text), population=44_000_000)
    assert one.verdict == "holds"
