"""One grammar of numerals: alone, in running text, and in the column of a file."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.bounds import find_numerals, ways_to_read
from analysis.bounds.numerals import plain, read_numeral

TEXT = (
    "On 2022-03-03 at 10:30 the 3rd B-52 and A4 of ES-11/1 (https://x.y/2022) said nearly 500 "
    "soldiers, two thirds of 1.5 million; 64km away 20-30,000, five hundred and six. The "
    "twenty-third of the 1990s: 30.000, half a million, 1 in 8, 2 lakh and ٣٠٬٠٠٠, no one, "
    "several hundred.\nTwo\nmillion 227\n525"
)


def test_numerals_are_found_with_their_places() -> None:
    found = [(TEXT[n.start : n.end], n.value) for n in find_numerals(TEXT)]
    assert found == [
        ("500", 500),
        ("two thirds", Fraction(2, 3)),
        ("1.5 million", 1_500_000),
        ("64", 64),
        ("20", 20),
        ("30,000", 30_000),
        ("five hundred and six", 506),
        ("30.000", 30),
        ("half a million", 500_000),
        ("1 in 8", Fraction(1, 8)),
        ("2 lakh", 200_000),
        ("٣٠٬٠٠٠", 30_000),
        ("one", 1),
        ("Two\nmillion", 2_000_000),
        ("227", 227),
        ("525", 525),
    ]


def test_what_a_numeral_says_of_itself() -> None:
    share, grouped, doubtful, word = (
        find_numerals(text)[0] for text in ("two thirds", "30,000", "30.000", "two dozen")
    )
    assert (share.is_share, share.in_words) == (True, True)
    assert (grouped.is_grouped, grouped.step, grouped.in_words) == (True, 10_000, False)
    assert doubtful.is_ambiguous
    assert (word.value, word.step, word.number, word.magnitude) == (24, 12, 2, 12)
    assert find_numerals("30.000", "de")[0].value == 30_000
    both = find_numerals("1.234.567")[0]
    assert (both.value, both.is_ambiguous) == (1_234_567, True)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "24/2",
            "1,000 000",
            "07",
            "million",
            "hundred",
            "a",
            "twenty-five-thirty",
            "one hundred and",
        ),
        *(
            "thousand two",
            "two two",
            "twenty eleven",
            "five and six",
            "1,23,45",
            "half million half",
        ),
        "two thousand million thousand",
    ],
)
def test_what_is_no_numeral(text: str) -> None:
    assert read_numeral(text) is None


@given(st.integers(0, 10**15 - 1), st.sampled_from([",", " ", "'", "\u202f", ""]))
def test_every_whole_number_is_read_however_it_is_grouped(number: int, group: str) -> None:
    written = f"{number:,}".replace(",", group)
    read = read_numeral(plain(written))
    assert read is not None
    assert read.value == number
    assert [n.value for n in find_numerals(f"of {written} people")] == [number]


ONES = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def in_words(number: int) -> str:
    """Spell a number, written anew here, to hold the reader against."""
    for size, name in (
        (10**9, "billion"),
        (10**6, "million"),
        (10**3, "thousand"),
        (100, "hundred"),
    ):
        if number >= size:
            rest = number % size
            join = " and " if 0 < rest < 100 else " "
            return f"{in_words(number // size)} {name}" + (join + in_words(rest) if rest else "")
    if number < 20:
        return ONES[number - 1]
    return TENS[number // 10 - 2] + (f"-{ONES[number % 10 - 1]}" if number % 10 else "")


@given(st.integers(1, 10**12 - 1))
def test_every_number_in_words_is_read(number: int) -> None:
    read = read_numeral(in_words(number))
    assert read is not None
    assert read.value == number


@given(st.text("0123456789 .,'-/abefhlmnotuw½%\n", max_size=60))
def test_what_is_found_is_read_again(text: str) -> None:
    last = 0
    for numeral in find_numerals(text):
        assert last <= numeral.start < numeral.end <= len(text)
        last = numeral.end
        again = read_numeral(plain(text[numeral.start : numeral.end].replace("\n", " ")))
        assert again is not None
        assert again.value == numeral.value


@pytest.mark.parametrize(
    ("cell", "ways"),
    [
        ("12.000", {"point": 12, "comma": 12_000}),
        ("12,000", {"point": 12_000, "comma": 12}),
        ("1.230", {"point": Fraction(123, 100), "comma": 1_230}),
        ("0.125", {"point": Fraction(1, 8)}),
        ("1.234.567", {"comma": 1_234_567}),
        ("1,234,567.8", {"point": Fraction(12_345_678, 10)}),
        ("12,34,567", {"point": 1_234_567}),
        ("1 234,5", {"comma": Fraction(2469, 2)}),
        ("1’234.5", {"point": Fraction(2469, 2)}),
        ("85787.00", {"point": 85_787}),
        (" −5 ", {"point": -5, "comma": -5}),
        ("1e+05", {"point": 100_000, "comma": 100_000}),
        ("007", {"point": 7, "comma": 7}),
        ("٣٠٬٠٠٠", {"point": 30_000, "comma": 30}),
        *[(cell, {}) for cell in ("N/A", "", "+", "--5", "12 34", "1,2,3", "5 people", "1e", "e5")],
    ],
)
def test_ways_to_read_a_cell(cell: str, ways: dict[str, int | Fraction]) -> None:
    assert ways_to_read(cell) == ways
