"""Wordings in running text, and the parts of a wording with several figures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.bounds import (
    UnreadableWording,
    find_wordings,
    read_wording,
    split_wording,
    touching,
)

TEXT = (
    "They lost well over 2,000 men, nearly 500 soldiers; 7,000–15,000 others and between 5 and 10 "
    "million left. Dozens died, several hundred were hurt, tens of thousands fled: only about 64 "
    "km, $2.5 billion or 12 per cent, 20-30,000, at least 227 civilians; 300 or more; more than\n"
    "two thirds; as many as 40 of them; some of the 5 ships; nothing of 30.000."
)


def test_wordings_are_found_with_all_that_touches_them() -> None:
    assert [found.words for found in find_wordings(TEXT)] == [
        *("well over 2,000", "nearly 500", "7,000–15,000", "between 5 and 10 million", "Dozens"),
        *("several hundred", "tens of thousands", "only about 64 km", "$2.5 billion"),
        *("12 per cent", "20-30,000", "at least 227", "300 or more", "more than two thirds"),
        *("as many as 40", "5"),  # "30.000" may be thirty: find_numerals has it
    ]


def test_a_wording_found_is_the_text_at_its_place_and_reads_the_same() -> None:
    for found in find_wordings(TEXT):
        words = " ".join(TEXT[found.start : found.end].split())
        assert words == found.words
        assert found.bounds in [
            read_wording(words, counts) for counts in (True, False) if _reads(words, counts)
        ]


def _reads(words: str, counts: bool) -> bool:
    try:
        read_wording(words, counts)
    except UnreadableWording:
        return False
    return True


@given(st.text("0123456789 .,-abefhlmnostuvx%$\n", max_size=80))
def test_any_text_can_be_looked_through(text: str) -> None:
    last = 0
    for found in find_wordings(text):
        assert last <= found.start < found.end
        last = found.end


def test_what_touches_a_figure() -> None:
    start = TEXT.index("2,000")
    assert TEXT[slice(*touching(TEXT, start, start + 5))] == "well over 2,000"
    start = TEXT.index("64")
    assert TEXT[slice(*touching(TEXT, start, start + 2))] == "only about 64 km"
    assert touching("500", 0, 3) == (0, 3)


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("498", [("498", "", "figure")]),
        (
            "more than 12,000, including 5,000 children",
            [("more than 12,000", "", "figure"), ("5,000", "children", "part")],
        ),
        (
            "12,300 people, including at least 5,000 children and 2,000 women",
            [
                ("12,300", "people", "figure"),
                ("at least 5,000", "children", "part"),
                ("2,000", "women", "part"),
            ],
        ),
        (
            "500 dead, of whom 12 women and children",
            [("500", "dead", "figure"), ("12", "women and children", "part")],
        ),
        (
            "1.9 million of 2.2 million people",
            [("1.9 million", "", "figure"), ("2.2 million", "people", "whole")],
        ),
    ],
)
def test_a_wording_with_several_figures_is_split(
    words: str, parts: list[tuple[str, str, str]]
) -> None:
    assert split_wording(words) == parts
    for part in split_wording(words):
        read_wording(part.words)


def test_a_part_without_a_figure_is_refused() -> None:
    with pytest.raises(UnreadableWording, match="no figure"):
        split_wording("12,000, including children")
    with pytest.raises(UnreadableWording):
        split_wording("hello")
