"""Fonts cut down to some letters: they hold those, look the same, and are sound files."""

import io
import shutil
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from matplotlib import get_data_path
from matplotlib.font_manager import FontPath
from matplotlib.ft2font import FT2Font, LoadFlags

from analysis.charts import embedding
from analysis.charts.embedding import STAND_IN, cut

FONTS = Path(get_data_path()) / "fonts" / "ttf"
UNSCALED = LoadFlags.NO_SCALE | LoadFlags.NO_HINTING


@pytest.mark.parametrize("name", ["DejaVuSans", "DejaVuSans-BoldOblique", "STIXGeneral", "cmr10"])
def test_every_letter_of_a_font_looks_the_same(name: str) -> None:
    """Composites too, scaled or not, and letters made of letters made of letters."""
    path = str(FONTS / f"{name}.ttf")
    whole = FT2Font(path)
    wanted = frozenset(range(1, whole.num_glyphs, 3))
    subset = cut(path, 0, wanted)
    assert subset is not None
    assert len(subset.numbers) < whole.num_glyphs
    small = FT2Font(io.BytesIO(subset.data))
    for number in wanted:
        one = whole.load_glyph(number, flags=UNSCALED)
        outline = whole.get_path()
        other = small.load_glyph(subset.numbers[number], flags=UNSCALED)
        assert one.horiAdvance == other.horiAdvance
        assert [part.tolist() for part in outline] == [part.tolist() for part in small.get_path()]


def test_the_file_is_sound_and_says_no_more_than_it_must() -> None:
    path = str(FONTS / "DejaVuSans.ttf")
    a_acute = FT2Font(path).get_char_index(ord("á"))
    subset = cut(path, 0, frozenset({a_acute}))
    assert subset is not None
    with TTFont(io.BytesIO(subset.data), checkChecksums=2) as font:
        tables = {"cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep"}
        assert set(font.keys()) - {"GlyphOrder"} == tables
        glyphs = font["glyf"].glyphs
        assert len(glyphs) == font["maxp"].numGlyphs == len(subset.numbers) == 4
        assert font["head"].checkSumAdjustment
    assert len(subset.data) < 20_000
    assert sorted(subset.numbers) == list(subset.numbers), "letters keep their order"


def test_the_same_letters_are_cut_once() -> None:
    path = str(FONTS / "DejaVuSans.ttf")
    assert cut(path, 0, frozenset({36, 37})) is cut(path, 0, frozenset({37, 36}))


def test_another_kind_of_font_is_left_to_matplotlib(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = shutil.copy(FONTS / "DejaVuSans.ttf", tmp_path / "other.ttf")
    monkeypatch.setattr(embedding, "_LEFT_TO_MATPLOTLIB", ("GSUB",))
    assert cut(str(path), 0, frozenset({36})) is None
    with STAND_IN.get_glyphs_subset(FontPath(path, 0), {36}) as subset:
        assert subset.glyph_index_map[36] > 0
        assert b"GSUB" in STAND_IN.font_as_file(subset.font).getvalue()[:300]
