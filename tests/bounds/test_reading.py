"""What wordings mean: the table of the documentation, row by row, and its edges."""

from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from analysis.bounds import UnreadableWording, contains, read_wording
from analysis.bounds import reading as module

DESIGN = [
    ("498", 498, 498, 498),
    ("at least 227", 227, None, None),
    ("227 or more", 227, None, None),
    ("more than 2,000", 2_000, None, None),
    ("over 2,000", 2_000, None, None),
    ("exceeding 2,000", 2_000, None, None),
    ("up to 4 million", 0, None, 4_000_000),
    ("as many as 4 million", 0, None, 4_000_000),
    ("at most 4 million", 0, None, 4_000_000),
    ("no more than 4 million", 0, None, 4_000_000),
    ("fewer than 300", 0, None, 300),
    ("less than 300", 0, None, 300),
    ("under 300", 0, None, 300),
    ("nearly 500", 450, None, 500),
    ("almost 500", 450, None, 500),
    ("close to 500", 450, None, 500),
    ("just under 500", 450, None, 500),
    ("around 1,600", 1_550, 1_600, 1_650),
    ("about 1,600", 1_550, 1_600, 1_650),
    ("some 1,600", 1_550, 1_600, 1_650),
    ("roughly 1,600", 1_550, 1_600, 1_650),
    ("approximately 1,600", 1_550, 1_600, 1_650),
    ("an estimated 1,600", 1_550, 1_600, 1_650),
    ("7,000 to 15,000", 7_000, None, 15_000),
    ("between 7,000 and 15,000", 7_000, None, 15_000),
    ("600 (450 to 900)", 450, 600, 900),
    ("dozens", 24, None, None),
    ("hundreds", 200, None, None),
    ("thousands", 2_000, None, None),
    ("tens of thousands", 20_000, None, None),
]

#: Wordings that must stay readable, whatever happens to the table of words.
KEPT = {
    "at least": "no fewer than 9|no less than 9|not less than 9|a minimum of 9|9 or more|9+",
    "more than": "over 9|exceeding 9|in excess of 9|upwards of 9|well over 9",
    "up to": "not more than 9|a maximum of 9|9 or fewer|9 or less",
    "fewer than": "less than 9|under 9|below 9",
    "nearly": "almost 9|close to 9|just under 9|approaching 9",
    "around": "about 9|some 9|roughly 9|an estimated 9|circa 9|c. 9|c.9|ca. 9|~9",
    "range": "7 to 9|7-9|7–9|between 7 and 9|from 7 to 9",
    "vague": "scores|millions|several hundred|a few dozen|tens of thousands|hundreds of thousands",
    "exact": "zero|no|none|one|twenty|half a million|a dozen|2mn|2bn|2k|2m|2 trillion",
}


@pytest.mark.parametrize(("qualifier", "wordings"), KEPT.items())
def test_usual_wordings(qualifier, wordings):
    for wording in wordings.split("|"):
        assert read_wording(wording).qualifier == qualifier


@pytest.mark.parametrize(("wording", "low", "best", "high"), DESIGN)
def test_the_table_of_the_documentation(wording, low, best, high):
    read = read_wording(wording)
    assert (read.low, read.best, read.high) == (low, best, high)
    assert all(isinstance(end, int | None) for end in (read.low, read.best, read.high))


@pytest.mark.parametrize(
    ("wording", "low", "high"),
    [
        ("nearly 1,600", 1_500, 1_600),  # one unit of the last digit that is not a closing zero
        ("nearly 498", 497, 498),
        ("nearly 1.5 million", 1_400_000, 1_500_000),
        ("nearly 2.50 billion", 2_490_000_000, 2_500_000_000),
        ("nearly 10", 9, 10),  # at most a tenth
        ("nearly 1,000", 900, 1_000),
        ("nearly 1", 0, 1),
        ("around 498", 497, 499),  # half a person is not: rounded outwards
        ("around 7", 6, 8),
        ("around 2.50 million", 2_495_000, 2_505_000),
        ("around twenty", 18, 22),
        ("about 9,000", 8_500, 9_500),
        ("about 10,000", 9_000, 11_000),
        ("around two dozen", 21, 27),  # written to the dozen: at most a tenth
        ("around a million", 900_000, 1_100_000),
        ("around 1", 0, 2),
        ("around 0", 0, 0),
        ("fewer than 1", 0, 1),
        ("around 7,000 to 15,000", 6_500, 15_500),
        ("an estimated 2–3 million", 1_800_000, 3_200_000),  # both ends by the finer
        ("around 20-25 thousand", 19_500, 25_500),
    ],
)
def test_the_last_digit_says_how_precise_a_count_is(wording, low, high):
    read = read_wording(wording)
    assert (read.low, read.high) == (low, high)


@pytest.mark.parametrize(
    ("wording", "number"),
    [
        ("half a million", 500_000),
        ("half a dozen", 6),
        ("two and a half million", 2_500_000),
        ("2 and a half thousand", 2_500),
        ("a hundred thousand", 100_000),
        ("five hundred thousand", 500_000),
        ("twenty-five", 25),
        ("ninety-nine", 99),
        ("1,234,567", 1_234_567),
        ("1234567", 1_234_567),
        ("4.0 million", 4_000_000),
        ("1.5k", 1_500),
        ("0", 0),
        ("No", 0),
    ],
)
def test_exact_figures_in_words(wording, number):
    read = read_wording(wording)
    assert (read.low, read.best, read.high) == (number, number, number)


@pytest.mark.parametrize(
    ("wording", "low", "high"),
    [
        ("2-3 million", 2_000_000, 3_000_000),  # the magnitude goes for both
        ("1 to 5 million", 1_000_000, 5_000_000),
        ("1.5 to 2 million", 1_500_000, 2_000_000),
        ("800 to 1,000 thousand", 800_000, 1_000_000),
        ("500,000 to 2 million", 500_000, 2_000_000),  # except for thousands written out
        ("500 thousand to 2 million", 500_000, 2_000_000),
        ("0 to 2 million", 0, 2_000_000),
        ("between two and a half million and three million", 2_500_000, 3_000_000),
        ("twenty-five-thirty", 25, 30),
        ("ten to twenty-five", 10, 25),
        ("more than 500 but fewer than 600", 500, 600),
        ("at least 500 and no more than 600", 500, 600),
        ("5 to 5", 5, 5),
        ("20-30,000", 20_000, 30_000),  # so does the thousand
        ("5-6,000", 5_000, 6_000),
        ("10 to 12 000", 10_000, 12_000),
        ("500-1,000", 500, 1_000),
        ("1 to 1,000", 1, 1_000),
        ("900 to 6,000,000", 900, 6_000_000),
    ],
)
def test_ranges_of_counts(wording, low, high):
    read = read_wording(wording)
    assert (read.low, read.high, read.qualifier) == (low, high, "range")


@pytest.mark.parametrize(
    ("wording", "low", "best", "high", "unit"),
    [
        ("more than 2%", 2, None, None, "%"),
        ("around 2.5 per cent", Fraction(245, 100), Fraction(5, 2), Fraction(255, 100), "%"),
        ("nearly 0.3%", Fraction(27, 100), None, Fraction(3, 10), "%"),
        ("2-3%", 2, None, 3, "%"),
        ("2% to 3%", 2, None, 3, "%"),
        ("$2-3 billion", 2_000_000_000, None, 3_000_000_000, "$"),
        ("at least US$2.5bn", 2_500_000_000, None, None, "$"),
        ("64km", 64, 64, 64, "km"),
        ("0.1", Fraction(1, 10), Fraction(1, 10), Fraction(1, 10), ""),
        ("minus 5 km", -5, -5, -5, "km"),
        ("100/3%", Fraction(100, 3), Fraction(100, 3), Fraction(100, 3), "%"),
        ("tens of billions of dollars", 20_000_000_000, None, None, "$"),
        ("5% (4% to 6%)", 4, 5, 6, "%"),
        ("5 (4 to 6%)", 4, 5, 6, "%"),
        ("600 (at least 450)", 450, 600, None, ""),
        ("600 [450–900]", 450, 600, 900, ""),
        ("not known", None, None, None, ""),
    ],
)
def test_measures_keep_their_decimals_and_units(wording, low, best, high, unit):
    read = read_wording(wording, counts=False)
    assert (read.low, read.best, read.high, read.unit) == (low, best, high, unit)


def test_measures_exclude_the_end_that_is_not_meant():
    assert read_wording("more than 2%", counts=False).low_excluded
    assert read_wording("nearly 500 km", counts=False).high_excluded
    assert read_wording("fewer than 300", counts=False).high_excluded
    assert not read_wording("at least 2%", counts=False).low_excluded
    both = read_wording("more than 2% but less than 3%", counts=False)
    assert (both.low, both.high, both.low_excluded, both.high_excluded) == (2, 3, True, True)


@pytest.mark.parametrize("wording", ["2%", "$5", "5 km", "dozens of miles", "2-3%", "1.5", "1/3"])
def test_measures_are_not_read_as_counts(wording):
    read_wording(wording, counts=False)
    with pytest.raises(UnreadableWording):
        read_wording(wording)


@given(st.integers(1, 10**9), st.sampled_from(["nearly", "around"]), st.booleans())
def test_wordings_near_a_number_stay_near_it(number, qualifier, counts):
    read = read_wording(f"{qualifier} {number:,}", counts)
    assert 0 <= read.low <= read.high
    assert contains(read, number) == (qualifier == "around")
    step = 10 ** (len(str(number)) - len(str(number).rstrip("0")))
    assert number - read.low < min(step, Fraction(number, 10)) + 1
    assert read.high - number < min(Fraction(step, 2), Fraction(number, 10)) + 1


def test_only_text_is_a_wording():
    with pytest.raises(TypeError, match="int"):
        read_wording(498)


@pytest.mark.parametrize("words", ["15.000", "at least 1.000", "1.234.567", "7.000 to 15.000"])
def test_a_point_between_thousands_is_never_guessed_at(words: str) -> None:
    with pytest.raises(UnreadableWording, match="a point parts decimals"):
        read_wording(words)


def test_a_point_before_decimals_is_read() -> None:
    assert read_wording("1.234 million").low == 1_234_000
    assert read_wording("1.234", counts=False).low is not None


WHOLE_NUMBERS = st.integers(0, 10**20).flatmap(lambda n: st.sampled_from([str(n), f"{n:,}"]))


@given(st.text("0123456789,", max_size=24) | WHOLE_NUMBERS, st.booleans())
@example("0", True)
@example("007", True)
@example("12,34", True)
@example("1,234,5678", True)
@example("999,999,999,999,999,999", True)
@example("1,000,000,000,000,000,000", True)
@example(str(10**18 - 1), False)
@example(str(10**18), False)
@example("4９8", True)
def test_a_plain_number_is_read_as_all_words_are(words, counts):
    try:
        quick = read_wording(words, counts)
    except UnreadableWording:
        quick = None
    try:
        full = module._Reader(counts, "en").read(module.tidy(words))
    except ValueError:
        full = None
    assert quick == full


@given(
    st.integers(1, 10**9),
    st.sampled_from(
        [
            *("{}", "at least {}", "over {}", "up to {}", "under {}", "nearly {}", "~{}"),
            *("{} to {other}", "some {} to {other}", "over {} but under {other}"),
            "{}, maybe {other}",
        ]
    ),
)
def test_ten_times_the_figure_has_ten_times_the_bounds(number, pattern):
    once, tenfold = (
        read_wording(pattern.format(f"{n:,}", other=f"{3 * n:,}"), counts=False)
        for n in (number, 10 * number)
    )
    for end in ("low", "best", "high"):
        one, ten = getattr(once, end), getattr(tenfold, end)
        assert ten == (None if one is None else 10 * one)
    assert (once.low_excluded, once.high_excluded) == (tenfold.low_excluded, tenfold.high_excluded)
    # Counts are the same, rounded outwards to whole people.
    count = read_wording(pattern.format(f"{number:,}", other=f"{3 * number:,}"))
    for end in ("low", "high"):
        one, whole = getattr(once, end), getattr(count, end)
        assert one == whole or abs(one - whole) < 1
    assert count.best == once.best
