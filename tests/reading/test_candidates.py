import datetime as dt

import pytest

from analysis.reading import load_candidates, make_document, read_candidates, write_candidates
from analysis.reading.candidates import Candidate, UnreadableCandidates
from analysis.reading.scope import Names, propose


def read(text, day=None):
    return read_candidates(make_document(text), day)


def figures(text, day=None):
    return [one for one in read(text, day) if one.kind == "figure"]


def test_what_is_counted_and_who():
    killed, wounded = figures("At least 227 civilians have been killed and 525 wounded in Tarn.")
    assert (killed.table, killed.outcome, killed.who) == ("casualties", "killed", "civilians")
    assert (wounded.outcome, wounded.who, wounded.place) == ("wounded", "civilians", "Tarn")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A third of the district’s 60,000 people are without water.",
            [("share", "", "without water"), ("people", "", "")],
        ),
        ("Half of them lack clean drinking water.", [("share", "", "without water")]),
        ("The flood drove 48,000 people from their homes.", [("", "displaced", "")]),
        # Where to is not said: neither refugees nor displaced people.
        ("Another 5,000 fled.", [("fled", "", "fled")]),
        ("Some 3,000 fled their homes.", [("", "displaced", "")]),
        ("In May 3,000 fled the country.", [("", "refugees", "refugees")]),
        ("At least 63 people drowned.", [("people_killed", "casualties", "")]),
        ("The river killed 11,000 head of cattle.", [("head", "", "")]),
        ("He counted 200 returnees.", [("returnees", "", "")]),
    ],
)
def test_what_a_figure_counts_beyond_the_dead(text, expected):
    found = [(one.unit, one.table, one.measure) for one in figures(text)]
    for own, (unit, table, measure) in zip(found, expected, strict=True):
        assert own[1] == table
        assert own[0] == (unit or own[0])
        assert own[2] == (measure or own[2])


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("More than 2,000 died, which was impossible to verify.", "unverified"),
        ("They say 150 died. The number could not be verified.", "unverified"),
        ("Up to 4 million could leave.", "predicted"),
        ("The minister denied the 50 figure.", "denied"),
        ("Twelve people died.", "stated"),
        ("They say 150 died. Of 12 others nothing could be verified.", "stated"),
    ],
)
def test_how_a_claim_stands(text, status):
    assert figures(text)[0].status == status


def test_a_silence_is_a_candidate_of_its_own():
    (one,) = [c for c in read("Tarn has not released a casualty figure.") if c.kind == "silence"]
    assert (one.claimant, one.status, one.value) == ("Tarn", "not released", "")


def test_the_day_counted_is_the_one_that_is_stated():
    text = "As of 20 October, 148 cases were reported. Another 12 died."
    first, second = figures(text, dt.date(2030, 10, 21))
    assert (first.as_of, second.as_of) == ("2030-10-20", "")
    assert figures(text)[0].as_of == ""  # no year is filled in from today


def test_candidates_come_back_as_they_were_written(tmp_path):
    written = read("Dead: -5 or @12.\nThe ministry said “at least 12” died, 7 of them boys.")
    path = tmp_path / "candidates.csv"
    path.write_text(write_candidates(written), encoding="utf-8")
    loaded = load_candidates(path)
    assert [(c.surface, c.start, c.claimant, c.sentence) for c in loaded] == [
        (c.surface, c.start, c.claimant, c.sentence) for c in written
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("decision,", "decison,", "row 1: no column is named"),
        ("\n,", "\nacept,", "row 2, decision: expected accept, refuse or nothing"),
        (",1,4,6,", ",1,four,6,", 'row 2, start: expected a whole number, found "four"'),
    ],
)
def test_a_slip_in_the_file_is_named(tmp_path, old, new, message):
    path = tmp_path / "candidates.csv"
    text = write_candidates(read("All 12 died."))
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UnreadableCandidates, match=message):
        load_candidates(path)


def test_a_span_of_days_gives_the_first_and_the_last():
    text = "The office said 331 were killed between 24 February and 3 March 2022."
    (one,) = (c for c in read_candidates(make_document(text)) if c.kind == "figure")
    assert (one.since, one.as_of) == ("2022-02-24", "2022-03-03")


def test_a_silence_is_of_whom_its_own_sentence_names():
    text = "Troops of Tarvos were killed. Kesh has not released a new figure."
    (one,) = (c for c in read_candidates(make_document(text)) if c.kind == "silence")
    assert one.claimant == "Kesh"


def test_the_side_is_that_whose_fighters_the_sentence_names():
    names = Names(fighters={"russian troops": {"RUS"}, "ukrainian troops": {"UKR"}})
    one = Candidate(who="fighters", sentence="It said 20 Russian troops were killed.")
    both = Candidate(who="fighters", sentence="Russian troops killed 20 Ukrainian troops.")
    assert [found.side for found in propose([one, both], names)] == ["RUS", ""]
