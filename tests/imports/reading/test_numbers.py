import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.imports.reading.numbers import (
    LARGEST,
    Style,
    UnreadableNumberError,
    decide_style,
    read_count,
    read_number,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("498", 498),
        ("3,838", 3838),
        ("1,200,000", 1_200_000),
        (" 4 019 287 ", 4_019_287),
        ("4\u00a0019\u00a0287", 4_019_287),
        ("4\u202f019\u202f287", 4_019_287),
        ("1'200'000", 1_200_000),
        ("85787.00", 85_787),
        ("1e+05", 100_000),
        ("60503889.0", 60_503_889),
        ("+12", 12),
        ("1.200.000", 1_200_000),
        ("1.230", 1230),
        ("1,20,000", 120_000),
        ("١٢٣", 123),
        ("٣٬٨٣٨", 3838),
    ],
)
def test_counts_are_read(text: str, value: int) -> None:
    assert read_count(text).whole == value


@pytest.mark.parametrize(
    ("text", "value", "mark"),
    [("1,207,650*", 1_207_650, "*"), ("306***", 306, "***"), ("12†", 12, "†"), ("7 [a]", 7, "[a]")],
)
def test_footnote_marks_are_kept_apart(text: str, value: int, mark: str) -> None:
    reading = read_count(text)
    assert (reading.whole, reading.mark) == (value, mark)


@pytest.mark.parametrize(
    ("text", "absence"),
    [
        ("", "empty"),
        ("  ", "empty"),
        ("N/A", "not available"),
        ("NA", "not available"),
        ("nan", "not available"),
        ("-", "not available"),
        ("–", "not available"),
        ("..", "not available"),
        ("Data not available", "not available"),
        ("Not applicable", "not applicable"),
        ("Not  Applicable", "not applicable"),
        ("*", "withheld"),
    ],
)
def test_ways_of_saying_that_there_is_no_number(text: str, absence: str) -> None:
    reading = read_count(text)
    assert (reading.value, reading.absence) == (None, absence)


def test_zero_is_a_number_and_not_an_absence() -> None:
    assert (read_count("0").value, read_count("0").absence) == (0, "")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("12,34", "not groups of three"),
        ("1,200 000", "not groups of three"),
        ("12.000", "thousands or decimals"),
        ("12.5", "not a whole number"),
        ("-5", "below zero"),
        ("about 500", "not a number"),
        ("500 people", "not a number alone"),
        ("0x1F", "not a number alone"),
        ("inf", "not a number"),
        ("x١٢٣", "not a number"),
        ("1e99", "larger than any figure"),
        ("9" * 400, "larger than any figure"),
        (str(LARGEST), "larger than any figure"),
        ("12 345 6", "not groups of three"),
        ("1,000,00", "not groups of three"),
    ],
)
def test_what_is_no_count_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(UnreadableNumberError, match=reason):
        read_count(text)


def test_a_correction_may_be_below_zero() -> None:
    assert read_count("-25", negative=True).whole == -25
    assert read_count("\u221225", negative=True).whole == -25
    assert read_number("-1.5").real == -1.5


@given(st.integers(0, LARGEST - 1))
def test_every_count_is_read_back_however_it_is_grouped(number: int) -> None:
    for text in (str(number), f"{number:,}", f"{number:,}".replace(",", "\u00a0")):
        assert read_count(text).whole == number
        assert read_count(f" {text}** ").whole == number


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused_never_anything_else(text: str) -> None:
    try:
        reading = read_number(text)
    except UnreadableNumberError:
        return
    assert (reading.value is None) == bool(reading.absence)


@given(st.integers(1, 999), st.integers(0, 99))
def test_two_digits_behind_a_comma_are_decimals_or_refused_never_thousands(
    whole: int, rest: int
) -> None:
    text = f"{whole},{rest:02d}"
    assert read_number(text).real == pytest.approx(whole + rest / 100)
    with pytest.raises(UnreadableNumberError):
        read_number(text, Style("point", decimals=True))


def test_a_cell_that_is_no_count_still_says_how_its_column_is_written() -> None:
    mixed = decide_style(["1,234", "1.234,5", "12"], whole=True)
    assert mixed.mixed
    assert "'1,234' and '1.234,5'" in mixed.doubt
    assert decide_style(["12.5", "498"], whole=True) == Style()


@pytest.mark.parametrize("cell", ["10+", "10-20", "12%", "5/6"])
def test_more_than_a_number_is_not_called_badly_grouped(cell: str) -> None:
    with pytest.raises(UnreadableNumberError, match="is not a number alone"):
        read_number(cell)
