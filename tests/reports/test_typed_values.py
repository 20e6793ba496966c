"""What is typed is read strictly, and what is written is read back as the same value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.reports.typed_values import (
    LONGEST,
    Value,
    find_fault,
    is_of_type,
    read_value,
    write_number,
    write_value,
)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("1,000", "int", 1000),
        ("1,234,567.5", "float", 1234567.5),
        ("-7", "int", -7),
        ("+7", "int", 7),
        ("007", "int", 7),
        ("007", "str", "007"),
        ("  a b ", "str", "a b"),
        ("\u00a0un\u00a0", "str", "un"),
        ("a, b", "list[str]", ["a", "b"]),
        ("a,", "list[str]", ["a", ""]),
        ("  ", "list[str]", []),
        ("YES", "bool", True),
    ],
)
def test_plain_values_are_read(text: str, kind: str, value: Value) -> None:
    read = read_value(text, kind)
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize("kind", ["int", "float"])
@pytest.mark.parametrize(
    "text",
    ["1e3", "0x10", "1_000", "inf", "-inf", "nan", "Infinity", "True", "", " ", "1 000", "1,00",
     "10,00,000", ",1", "--1", "1.", ".5", "１２", "٣", "²", "1\u00a0000", "½", "5%", "1/2"],
)  # fmt: skip
def test_what_a_program_may_take_for_a_number_and_a_reader_not(text: str, kind: str) -> None:
    assert read_value(text, kind) is None


@pytest.mark.parametrize("text", ["1.0", "1.5", "9" * 16, "9" * 5000])
def test_what_is_no_whole_number_of_use(text: str) -> None:
    assert read_value(text, "int") is None


@pytest.mark.parametrize("text", ["on", "2", "ｔｒｕｅ", "", "tru"])
def test_what_is_neither_yes_nor_no(text: str) -> None:
    assert read_value(text, "bool") is None


@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_a_whole_number_is_written_as_it_is_read(number: int) -> None:
    assert read_value(write_value(number), "int") == number
    assert read_value(write_number(number), "int") == number


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e100, max_value=1e100))
def test_a_number_is_written_as_it_is_read(number: float) -> None:
    assert read_value(write_value(number), "float") == number


@given(st.booleans())
def test_a_switch_is_written_as_it_is_read(value: bool) -> None:
    assert read_value(write_value(value), "bool") is value


@given(st.lists(st.text("abc d7'\"$", min_size=1).map(str.strip).filter(bool)))
def test_a_list_is_written_as_it_is_read(items: list[str]) -> None:
    assert read_value(write_value(items), "list[str]") == items


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (True, "int"),
        (1, "bool"),
        (1.0, "int"),
        (float("nan"), "float"),
        (float("inf"), "float"),
        (10**400, "float"),
        ("x", "list[str]"),
        ([1], "list[str]"),
        (("a",), "list[str]"),
        (None, "str"),
        (7, "str"),
    ],
)
def test_what_is_of_another_type(value: object, kind: str) -> None:
    assert not is_of_type(value, kind)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one\ntwo", "one line without tabs"),
        ("one\r", "one line without tabs"),
        ("a\tb", "one line without tabs"),
        ("a\x00b", "text without U+0000"),
        ("\u202egnp", "text without U+202E (right-to-left override)"),
        ("a\u200bb", "text without U+200B"),
        ("half \ud800", "text without U+D800"),
        ("x" * (LONGEST + 1), "at most 1,000 characters"),
    ],
)
def test_what_no_reader_sees_the_whole_of(text: str, expected: str) -> None:
    assert find_fault(text).startswith(expected)


@pytest.mark.parametrize("text", ["", "x" * LONGEST, "Україна – «100 %» $5", "a'b\"c"])
def test_other_texts_have_no_fault(text: str) -> None:
    assert find_fault(text) == ""
