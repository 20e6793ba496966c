"""Lines put together from pairs of letters: as matplotlib lays them out, to 1/64 of a pixel."""

import itertools
import os
import string
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ft2font import FT2Font, LoadFlags

from analysis.charts import letter_pairs
from analysis.charts.letter_pairs import FAMILY, JOINED, assemble, learn

LOOKS = [("normal", "normal"), ("bold", "normal"), ("normal", "italic")]
ENGLISH = string.ascii_letters + string.digits + string.punctuation + " \xa0é–—’‘“”…•"
PLAIN = st.text(st.characters(max_codepoint=0x24F, exclude_categories=("Cc", "Cf")), max_size=30)

Place = tuple[str, int, float, float, float]


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """Begin with nothing known, and leave nothing made up behind."""
    letter_pairs._STEPS.clear()
    yield
    letter_pairs._STEPS.clear()


def open_font(look: tuple[str, str] = LOOKS[0], size: float = 10, dpi: float = 200) -> FT2Font:
    font = get_font(findfont(FontProperties(family=FAMILY, weight=look[0], style=look[1])))
    font.set_size(size, dpi)
    return font


def by_matplotlib(font: FT2Font, text: str) -> list[Place]:
    items = font._layout(text, LoadFlags.NO_HINTING)
    return [(i.char, i.glyph_index, i.x, i.y, i.prev_kern) for i in items]


def teach(font: FT2Font, text: str, size: float = 10, dpi: float = 200) -> None:
    learn(font, text, font._layout(text, LoadFlags.NO_HINTING), size, dpi)


def put_together(font: FT2Font, text: str, size: float = 10, dpi: float = 200) -> list[Place]:
    made = assemble(font, text, size, dpi)
    assert made is not None
    return [(i.char, i.glyph_index, i.x, i.y, i.prev_kern) for i in made[0]]


@pytest.mark.parametrize("look", LOOKS)
def test_every_pair_of_english_letters_holds_in_long_lines(look: tuple[str, str]) -> None:
    font = open_font(look)
    for first in ENGLISH:
        for second in ENGLISH:
            teach(font, first + second)
    joined = set(JOINED)
    for first in ENGLISH:
        others = [second for second in ENGLISH if not {first + second, second + first} & joined]
        line = "".join(first + second for second in others)
        assert put_together(font, line) == by_matplotlib(font, line)
    for pair in JOINED:
        assert assemble(font, pair, 10, 200) is None


@given(PLAIN, st.sampled_from(LOOKS), st.sampled_from([(8.5, 72.0), (16.0, 200.0), (100.0, 72.0)]))
def test_a_line_of_known_pairs_is_that_of_matplotlib(
    text: str, look: tuple[str, str], scale: tuple[float, float]
) -> None:
    font = open_font(look, *scale)
    for first, second in itertools.pairwise(text):
        teach(font, first + second, *scale)
    made = assemble(font, text, *scale)
    if made is None:
        return
    assert put_together(font, text, *scale) == by_matplotlib(font, text)
    font.set_text(text, 0.0, flags=LoadFlags.NO_HINTING)
    width, height = font.get_width_height()
    assert made[1] == (width / 64, height / 64, font.get_descent() / 64)


def test_kerning_is_kept() -> None:
    font = open_font()
    teach(font, "AV")
    [_, (_, _, with_kerning, _, kern)] = put_together(font, "AV")
    assert kern < 0
    teach(font, "AA")
    [_, (_, _, without, _, _)] = put_together(font, "AA")
    assert with_kerning < without


@pytest.mark.filterwarnings("ignore:Glyph .* missing from font")
@pytest.mark.parametrize(
    "text", ["fi", "office", "a\u0301", "Київ", "عب", "a\u00adb", "中", "", "▲"]
)
def test_what_joins_or_is_not_latin_is_not_learned(text: str) -> None:
    font = open_font()
    teach(font, text)
    assert not any(letter_pairs._STEPS.values())
    assert assemble(font, text, 10, 200) is None


def test_a_pair_known_at_one_size_says_nothing_of_another() -> None:
    font = open_font()
    teach(font, "ab")
    assert assemble(font, "ab", 10, 200) is not None
    assert assemble(font, "ab", 10, 72) is None
    assert assemble(font, "ba", 10, 200) is None


def test_another_font_is_left_to_matplotlib() -> None:
    font = get_font(findfont("STIXGeneral"))
    font.set_size(10, 200)
    teach(font, "ab")
    assert not letter_pairs._STEPS


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that forks")
def test_a_forked_process_knows_its_parents_pairs() -> None:
    teach(open_font(), "ab")
    child = os.fork()
    if not child:
        font = open_font()
        os._exit(put_together(font, "ab") != by_matplotlib(font, "ab"))
    assert os.waitpid(child, 0)[1] == 0
