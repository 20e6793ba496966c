"""Lines laid out once: measured as matplotlib measures them, and wrapped by those widths."""

import os

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ft2font import LoadFlags
from matplotlib.textpath import text_to_path

from analysis.charts.letters import _LINES, lay_out, outlines
from analysis.charts.typeset import FONT, measure, wrap

pytestmark = pytest.mark.filterwarnings("ignore:Glyph .* missing from font")
LINES = st.text("aAVTWfilj.,é–’ 0123456789\u00a0\u0301Łґї\u200b\u202eعب▲中", max_size=25)


@given(LINES, st.sampled_from([("normal", "normal"), ("bold", "normal"), ("normal", "italic")]),
       st.sampled_from([(10.0, 200.0), (8.5, 72.0), (100.0, 72.0)]))  # fmt: skip
@example("m A5\u0301", ("normal", "normal"), (10.0, 200.0))
def test_a_line_has_the_extents_that_matplotlib_measures(
    text: str, look: tuple[str, str], scale: tuple[float, float]
) -> None:
    weight, slant = look
    font = get_font(findfont(FontProperties(family=FONT, weight=weight, style=slant)))
    font.set_size(*scale)
    extents = lay_out(font, text, *scale).extents
    font.set_size(*scale)
    font.set_text(text, 0.0, flags=LoadFlags.NO_HINTING)
    width, height = font.get_width_height()
    assert extents in (None, (width / 64, height / 64, font.get_descent() / 64))
    assert extents or text[-1] == "\u0301" or set(text) & set("عب中\u200b\u202e")


def test_hinted_text_is_left_to_matplotlib() -> None:
    font = get_font(findfont(FontProperties(family=FONT)))
    font.set_size(10, 72)
    assert lay_out(font, "abc", 10, 72, LoadFlags.DEFAULT).extents is None
    assert lay_out(font, "abc", 10, 72).extents is not None


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that forks")
def test_a_forked_process_has_no_letters_of_its_parents_fonts() -> None:
    measure("parent")
    assert _LINES
    child = os.fork()
    if not child:
        os._exit(len(_LINES))
    assert os.waitpid(child, 0)[1] == 0


def test_outlines_are_those_of_matplotlib() -> None:
    look = FontProperties(family=FONT, size=11)
    for text in ("At least 227", "ffi é", "", "Київ"):
        ours, theirs = (kind.get_text_path(look, text) for kind in (outlines(), text_to_path))
        assert [list(v) for v in ours[0]] == [list(v) for v in theirs[0]]
        assert ours[1] == theirs[1]


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
