"""Text: plain, measured, wrapped to a width, and nothing of it lost."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.charts.room import at
from analysis.charts.scales import say_number
from analysis.charts.typeset import measure, plain, wrap, write

from .drawing import new_axes


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("  two\nlines\tand  spaces ", "two lines and spaces"),
        (pd.NA, ""),
        (None, ""),
        (float("nan"), ""),
        (pd.NaT, ""),
        (227, "227"),
        ("a\u00a0b", "a\u00a0b"),
        ("a\x00b", "a\ufffdb"),
        ("\u202ea", "\ufffda"),
    ],
)
def test_plain_text(value: object, said: str) -> None:
    assert plain(value) == said


def test_wrapping_by_hand() -> None:
    width = measure("at least 227") / 0.98 + 0.1
    assert wrap("at least 227 civilians", width) == ["at least 227", "civilians"]
    assert wrap("", width) == []
    assert wrap("one", 0) == ["o", "n", "e"]
    assert wrap("a\u00a0b c", measure("a b") / 0.9) == ["a\u00a0b", "c"]


_TEXT = st.text(st.characters(max_codepoint=0x4FF, categories=("L", "N", "P", "Z")), max_size=80)


@given(text=_TEXT, width=st.floats(20, 400))
def test_wrapping_loses_nothing_and_keeps_to_the_width(text: str, width: float) -> None:
    lines = wrap(text, width)
    assert "".join(lines).replace(" ", "") == plain(text).replace(" ", "")
    assert all(measure(line) <= width or len(line) == 1 for line in lines)
    assert all(line.strip() for line in lines)


def test_bold_is_wider_and_width_grows_with_size() -> None:
    assert measure("civilians", bold=True) > measure("civilians")
    assert measure("civilians", 20) == pytest.approx(2 * measure("civilians", 10), rel=0.02)


def test_written_text_is_never_mathematics() -> None:
    ax = new_axes()
    [text] = write(ax, 0, 0, "costs $x$", transform=at(ax, 0.5, 0.5))
    assert not text.get_parse_math()
    assert text.get_text() == "costs $x$"


def test_lines_stand_on_even_baselines() -> None:
    ax = new_axes()
    lines = write(ax, 0, 0, ["acacac", "Ålj()g", "......"], transform=at(ax, 0.5, 0.5), size=10)
    tops = [line.get_position()[1] for line in lines]
    assert tops[0] - tops[1] == pytest.approx(tops[1] - tops[2]) == pytest.approx(12.5)


@pytest.mark.parametrize(
    ("value", "largest", "said"),
    [
        (0, 44e6, "0"),
        (1_500, None, "1,500"),
        (2_500_000, 10e6, "2.5 million"),
        (500_000, 10e6, "0.5 million"),
        (1e9, None, "1 billion"),
        (0.25, None, "0.25"),
        (999_999, None, "999,999"),
    ],
)
def test_numbers_of_a_scale(value: float, largest: float | None, said: str) -> None:
    assert say_number(value, largest) == said
