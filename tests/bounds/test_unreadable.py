"""What cannot be read is an error that helps, and never a guess."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.bounds import Bounds, UnreadableWording, find_numerals, read_wording


def refusal(wording, counts=True):
    with pytest.raises(UnreadableWording) as caught:
        read_wording(wording, counts)
    error = caught.value
    assert error.words == wording
    assert str(error).isprintable()
    assert len(str(error)) < 350
    return error


@pytest.mark.parametrize(
    ("wording", "reason"),
    [
        ("1,5", "not written as a number"),
        ("1,2345", "not written as a number"),
        ("12,34", "not written as a number"),
        ("1,000 000", "not written as a number"),
        ("07", "not written as a number"),
        ("-5", "below zero"),
        ("−5", "below zero"),
        ("minus 5", "below zero"),
        ("15,000 to 7,000", "backwards"),
        ("2 million to 3", "backwards"),
        ("900 to 1.2 million", "not clear"),
        ("600 (700 to 900)", "outside its bounds"),
        ("$2 to $3", "not a count"),
        ("under 0", "nothing is below zero"),
        ("", "no words"),
        ("  ", "no words"),
        ("hello", "no figure"),
        ("227\n525", "line break"),
        ("227\t525", "tab"),
        ("1\u200b597", "control character"),
        ("9" * 30, "too large"),
        ("x" * 1_000_000, "longer than 200"),
        ("4 9 8 " * 5, "too many words"),
        ("24/2", "one figure"),
        ("up to dozens", "no upper end"),
        ("600 (450 (400) to 900)", "one figure"),
        ("up to 5 to 10", "one figure"),
        ("more than 5 but at least 6", "one figure"),
        ("nearly 5 but less than 6", "one figure"),
        ("up to 5, perhaps below zero", "never below zero"),
        ("a", "one figure"),
    ],
)
def test_the_reason(wording, reason):
    error = refusal(wording)
    assert reason in error.reason
    assert error.reason in str(error)


@pytest.mark.parametrize(
    ("wording", "suggestion"),
    [
        ("at least 227 civilians", "at least 227"),
        ("7,000 to 15,000 soldiers killed", "7,000 to 15,000"),
        ("more than 2,000 (unverified)", "more than 2,000"),
        ("at lest 227", "at least 227"),
        ("aroud 1,600", "around 1,600"),
        ("Nerly 500", "nearly 500"),
        ("4 milion people", "4 million"),
        ("498.", "498"),
        ("at lest 227 civilians", "at least 227"),
    ],
)
def test_the_suggestion_can_be_read(wording, suggestion):
    error = refusal(wording)
    assert error.suggestion == suggestion
    assert f'did you mean "{suggestion}"?' in str(error)
    assert isinstance(read_wording(error.suggestion), Bounds)


@pytest.mark.parametrize("wording", ["1,5 to 3", "12,34 people", "500 perhaps 600"])
def test_no_suggestion_leaves_out_a_part_of_the_figure(wording):
    assert refusal(wording).suggestion is None


def test_the_reason_names_what_was_not_understood():
    assert '"civilians"' in refusal("at least 227 civilians").reason
    assert '"lest"' in refusal("at lest 227").reason


def test_a_unit_is_not_mixed_with_another():
    assert "two units" in refusal("$2 to €3", counts=False).reason


def test_long_and_hostile_words_are_shortened_in_the_message():
    error = refusal("\x1b[31m\u202e" + "7" * 500)
    assert "\\x1b" in str(error)
    assert "…" in str(error)
    assert len(str(error)) < 200


@pytest.mark.parametrize(
    "piece", ["1-", "1 to ", "1,", "(", "1 (", "at least ", "minus ", "$", "twenty-", "9", "1/"]
)
def test_repeated_pieces_are_refused(piece):
    for counts in (True, False):
        refusal((piece * 200)[:199].strip(), counts)
        refusal(piece * 100_000, counts)


def test_an_error_survives_its_way_between_processes():
    error = refusal("at lest 227")
    copy = pickle.loads(pickle.dumps(error))
    assert (copy.words, copy.reason, copy.suggestion) == (
        error.words,
        error.reason,
        error.suggestion,
    )
    assert str(copy) == str(error)


NUMERALS = st.sampled_from(
    [
        "498",
        "2 lakh",
        "two dozen",
        "1.5 million",
        "five score",
        "two thirds",
        "30.000",
        "12,5 million",
    ]
)
BEHIND = st.sampled_from(
    [
        "people",
        "civilians killed",
        "laks",
        "milion",
        "thirds",
        "of whom 3",
        "gross",
        "dozn",
        "a day",
    ]
)
BEFORE = st.sampled_from(["", "nearly", "aroud", "may exceed", "environ", "only"])


@given(BEFORE, NUMERALS, BEHIND)
def test_advice_is_readable_and_never_loses_the_size_of_the_figure(before, numeral, behind):
    words = f"{before} {numeral} {behind}".strip()
    sizes = {"30.000": 30_000, "12,5 million": 12_500_000}
    try:
        read_wording(words)
    except UnreadableWording as error:
        if error.suggestion is None:
            return
        advised = read_wording(error.suggestion)
        figures = [n for n in (advised.low, advised.best, advised.high) if n]
        meant = sizes.get(numeral) or find_numerals(numeral)[0].value
        # A magnitude misspelt behind the figure is spelt out, and multiplies it.
        behind_it = {"milion": ("million", 10**6), "laks": ("lakhs", 10**5), "dozn": ("dozen", 12)}
        spelt, times = behind_it.get(behind, ("", 1))
        factor = times if error.suggestion.endswith(spelt) else 1
        if factor > 1 and numeral == "30.000":
            meant = 30  # before a magnitude a point parts decimals
        assert any(meant * factor * 9 / 10 <= n <= meant * factor * 11 / 10 for n in figures)


@given(st.text(max_size=80) | st.text("0123456789,.-– abcdefillmnorst%$()/", max_size=40))
def test_any_text_is_read_or_refused(text):
    for counts in (True, False):
        try:
            outcome = read_wording(text, counts)
        except UnreadableWording as error:
            outcome = error
        assert isinstance(outcome, Bounds) or (outcome.words, str(outcome).isprintable()) == (
            text,
            True,
        )
