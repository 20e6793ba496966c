from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.reading import make_document
from analysis.reading.figures import find_figures


def read(text, kind="figure"):
    return [one for one in find_figures(make_document(text)) if one.kind == kind]


def surfaces(text, kind="figure"):
    return [text[one.start : one.end] for one in read(text, kind)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nearly 500 troops were killed", ("nearly 500", 500, None, 500)),
        ("at least $2.5 billion was paid", ("at least $2.5 billion", 2_500_000_000, 2.5e9, None)),
        ("more than 2% of them left", ("more than 2%", 2, 2, None)),
        ("up to 4 million could leave", ("up to 4 million", 4_000_000, None, 4e6)),
        ("fewer than 20 remain", ("fewer than 20", 20, None, 20)),
        ("around 1,600 wounded", ("around 1,600", 1600, None, None)),
        ("a 40-mile-long convoy", ("40-mile-long", 40, 40, 40)),
        ("412 000 people fled", ("412 000", 412_000, 412_000, 412_000)),
        ("forty-two wounded", ("forty-two", 42, 42, 42)),
        ("half of the bridges", ("half", 0.5, 0.5, 0.5)),
        ("one in five children", ("one in five", Fraction(1, 5), 0.2, 0.2)),
        ("20 at least died", ("20 at least", 20, 20, None)),
        ("at least one person died", ("at least one", 1, 1, None)),
        ("two seaports", ("two", 2, 2, 2)),
        ("the number exceeded 1,000", ("exceeded 1,000", 1000, 1000, None)),
        ("it cost P366.77 million", ("P366.77 million", 366_770_000, 366_770_000, 366_770_000)),
        ("Rs500 for each", ("Rs500", 500, 500, 500)),
        ("the loss of at least 189lives", ("at least 189", 189, 189, None)),
        (
            "four people out of every five",
            ("four people out of every five", Fraction(4, 5), 0.8, 0.8),
        ),
        ("the town of KP 305 died", ("305", 305, 305, 305)),
        ("the toll of the north rose to 2032.", ("2032", 2032, 2032, 2032)),
        ("losses over three days", ("three days", 3, 3, 3)),
        ("lasted for over three days", ("over three days", 3, 3, None)),
        ("a fire of 50 square kilometres", ("50 square kilometres", 50, 50, 50)),
        ("it was 40°C there", ("40°C", 40, 40, 40)),
    ],
)
def test_a_figure_with_its_qualifier_and_unit(text, expected):
    (one,) = read(text)
    words = text[one.start : one.end]
    ends = [None if end is None else float(end) for end in (one.low, one.high)]
    assert (words, one.value, *ends) == expected


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("between 900 and 1,200 a day", 900, 1200),
        ("20-30,000 people", 20_000, 30_000),
        ("from $120 million to $150 million", 120_000_000, 150_000_000),
        ("30 to 40 per cent", 30, 40),
        ("2–3 million people", 2_000_000, 3_000_000),
    ],
)
def test_a_range_is_one_figure_without_a_value(text, low, high):
    (one,) = read(text)
    assert (one.low, one.high, one.value, one.qualifier) == (low, high, None, "range")


def test_metres_are_no_millions():
    metres, feet = read("The bus fell 250m (820ft) into the river.")
    assert (metres.value, metres.unit, feet.value, feet.unit) == (250, "metre", 820, "ft")
    (money,) = read("It cost $250m in all.")
    assert money.value == 250_000_000


def test_counts_in_brackets_in_a_row_are_no_ages():
    assert surfaces("Cases are in Palo (116), Tanu (18), Sera (13) and Besk (7).") == [
        *("116", "18", "13", "7")
    ]
    assert surfaces("Petra Halvan (45), a nurse, left.") == []


def test_a_text_says_by_itself_how_it_writes_decimals():
    assert [one.value for one in read("Some 3,5 million of 12.500.000 euros; 1.240 homes.")] == [
        *(3_500_000, 12_500_000, 1240)
    ]
    assert [one.value for one in read("A rate of 1.240, of 12,500 homes.")] == [
        Fraction(124, 100),
        12_500,
    ]


def test_one_beside_other_counts_is_a_count():
    assert surfaces("They sent five trucks of flour to Palo, and one surgical team.") == [
        *("five", "one")
    ]
    assert surfaces("Two each died in Palo and one in Tanu.") == ["Two", "one"]
    assert surfaces("It was the one thing, and one way to go.") == []


@pytest.mark.parametrize(
    "text",
    [
        "The rate is high per 10,000 people.",
        "It was wide (95% CI was not given).",
        "A state of emergency for three months began.",
        "A girl of 12, at school, lived.",
        "The worst since records began 140 years ago.",
        "Those in IPC Phase 3, 4 and 5 are hungry.",
        "It went on as of september 14.",
    ],
)
def test_what_only_looks_like_a_figure(text):
    assert surfaces(text) == []


def test_a_change_is_two_figures_and_no_range():
    assert surfaces("The toll rose from 410 to 1,025.") == ["410", "1,025"]
    assert surfaces("The vote was 141 to 5.") == ["141", "5"]
    assert surfaces("It rose by 12,000 to 45,000.") == ["12,000", "45,000"]


def test_a_qualifier_over_a_gapped_figure_holds_for_both():
    first, second = read("At least 12 people were killed and 121 injured.")
    assert (second.qualifier, second.low, second.high, second.shared) == (
        "at least",
        121,
        None,
        True,
    )
    _, own = read("At least 12 people were killed and 121 people were injured.")
    assert (first.low, own.qualifier) == (12, "exact")


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("on 24 February 2022", "24 February 2022", "date"),
        ("between 9 and 12 June", "9 and 12 June", "date"),
        ("it began in 2014 there", "2014", "date"),
        ("at 6:30 a.m. they left", "6:30 a.m.", "time"),
        ("blew up at 0815 local time", "0815 local time", "time"),
        ("a 52-year-old leader", "52-year-old", "age"),
        ("children under five years", "five years", "age"),
        ("Ana, 34, an accountant", "34", "age"),
        ("the second time", "second", "ordinal"),
        ("Flash Update No. 7 came", "7", "name"),
        ("people in Phase 3 or above", "3", "name"),
        ("Formula One cancelled it", "One", "name"),
        ("an Mi-8 helicopter", "8", "name"),
        ("rebels of the M23 group", "M23", "name"),
        ("call +355 4 555 0148 now", "call +355 4 555 0148", "address"),
        ("1. Shelter is short", "1.", "list number"),
        ("rose 2.5 times in all", "2.5", "multiplier"),
        ("a two-day visit", "two-day", "duration"),
        ("within 48 hours", "48 hours", "duration"),
        ("no one trusts them", "one", "word"),
        ("in the second half of it", "half", "word"),
        ("dozens of trucks", "dozens", "vague"),
    ],
)
def test_what_is_no_figure_is_named(text, words, kind):
    assert words in surfaces(text, kind)
    assert words not in surfaces(text)


@pytest.mark.parametrize(
    "text",
    ["in the past seven days", "the invasion eight days ago", "after 16 months of war",
     "a 12-year civil war", "for more than 40 years"],
)  # fmt: skip
def test_how_long_a_crisis_has_lasted_is_a_figure(text):
    assert len(read(text)) == 1


@given(st.text(alphabet="0123456789 .,-%$abcAB(\n’–½٣أ", max_size=60))
def test_places_are_places_whatever_the_text(text):
    document = make_document(text)
    for one in find_figures(document):
        assert 0 <= one.start < one.end <= len(text)
        assert document.paragraph_at(one.start) >= 1
