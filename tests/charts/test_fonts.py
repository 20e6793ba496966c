"""Fonts: letters that ours lacks are looked for, and those that none has are named."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.font_manager import FontEntry, fontManager

from analysis.charts import fonts, say_missing
from analysis.charts.fonts import FAMILY, choose_families, find_missing
from analysis.charts.typeset import measure, wrap

#: A letter that no font is likely to have, and one of an own area, which none should.
ODD = "\U0001309f\ue0ff"


@pytest.fixture
def others(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two more families on this machine: a file that is no font, and one that has a letter more."""
    fonts._find_others.cache_clear()
    fonts.choose_families.cache_clear()
    fonts.find_missing.cache_clear()
    monkeypatch.setattr(fonts, "_list_others", lambda: ("Not Here Sans", "STIXGeneral"))


def test_what_our_font_has_needs_no_other() -> None:
    for text in ("At least 227", "◆ Київ – “Łódź” ½", "الجزيرة", "a\u00a0b\u200d"):
        assert choose_families(text) == (FAMILY,)
        assert find_missing(text) == ""
    assert say_missing(["UN human rights office", "МВС України"]) == ""


@pytest.mark.usefixtures("others")
def test_a_letter_that_ours_lacks_is_taken_from_a_font_that_has_it() -> None:
    letter = "\u214a"  # in STIX, which comes with matplotlib
    assert choose_families(f"A {letter}") == (FAMILY, "STIXGeneral")
    assert find_missing(f"A {letter}") == ""
    assert measure(letter) != measure("\ufffd")
    assert find_missing(ODD) == ODD


@pytest.mark.usefixtures("others")
def test_letters_that_no_font_has_are_named_once_with_their_numbers() -> None:
    said = say_missing([f"Agency {ODD}", ODD[0] * 3])
    assert said.startswith("No font on this machine has \U0001309f, \ue0ff (U+1309F, U+E0FF): ")
    assert len(said.splitlines()) == 1
    many = "".join(chr(0xE100 + number) for number in range(40))
    assert " and 28 more (U+E100" in say_missing([many])


@pytest.mark.usefixtures("others")
def test_a_missing_letter_is_as_wide_as_the_box_in_its_place() -> None:
    assert measure(ODD) == pytest.approx(2 * measure("\ufffd"), rel=0.05)


def test_fonts_of_signs_and_colours_are_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("Noto Color Emoji", "Last Resort", "cmsy10", "Webdings", "Noto Sans Mono X",
             "Noto Sans X", "A Serif", "DejaVu Serif")  # fmt: skip
    entries = [FontEntry(fname=str(Path(name)), name=name) for name in names]
    monkeypatch.setattr(fontManager, "ttflist", entries)
    fonts._list_others.cache_clear()
    try:
        assert fonts._list_others() == ("Noto Sans X", "Noto Sans Mono X", "A Serif")
    finally:
        fonts._list_others.cache_clear()


def test_a_day_and_a_number_with_its_unit_stay_on_one_line() -> None:
    width = measure("as known on 3 March") * 1.05
    assert wrap("as known on 3 March 2022, said", width) == ["as known on", "3 March 2022, said"]
    width = measure("out of some 4") * 1.1
    assert wrap("out of some 4 million", width) == ["out of some", "4 million"]
    # Where the line has no room for it, it is a word after the other.
    assert wrap("3 March 2022", measure("March") * 1.1) == ["3", "March", "2022"]


def wrap_word_by_word(text: str, width: float, size: float) -> list[str]:
    """The plain way of filling lines: the next word goes down when it doesn't fit."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure(longer, size) <= width * 0.98:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


@given(st.lists(st.text("AVTWilf.é7", min_size=1, max_size=6), max_size=30),
       st.floats(80, 300), st.sampled_from([8.5, 10.0, 16.0]))  # fmt: skip
def test_lines_break_where_a_word_no_longer_fits(
    words: list[str], width: float, size: float
) -> None:
    text = " ".join(words)
    assert wrap(text, width, size) == wrap_word_by_word(text, width, size)
