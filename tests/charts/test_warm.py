"""Warming up: what it fills, and that it touches nothing else."""

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from matplotlib.font_manager import FontProperties, findfont, get_font

from analysis.charts import embedding, letter_pairs, letters
from analysis.charts.typeset import FONT
from analysis.charts.warm import chain_pairs, warm_fonts

QUIETLY = """
import os, random, sys, threading
os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
sys.path.insert(0, {path!r})
import matplotlib as mpl
import numpy as np
import analysis.charts.warm
settings, state = mpl.rcParams.copy(), (random.getstate(), str(np.random.get_state()))
analysis.charts.warm.warm_fonts()
assert mpl.rcParams == settings, "settings"
assert (random.getstate(), str(np.random.get_state())) == state, "random numbers"
assert threading.active_count() == 1, "threads"
assert "matplotlib_inline" not in sys.modules, "a notebook's backend"
figures = sys.modules.get("matplotlib._pylab_helpers")
assert not (figures and figures.Gcf.figs), "open figures"
"""


def test_nothing_but_fonts_is_touched() -> None:
    source = str(Path(__file__).parents[2] / "src")
    subprocess.run([sys.executable, "-c", QUIETLY.format(path=source)], check=True)


def test_fonts_are_read_and_letters_measured() -> None:
    letters._LINES.clear()
    letter_pairs._BOXES.clear()
    letters._OUTLINES.clear()
    embedding.cut.cache_clear()
    embedding._read.cache_clear()
    warm_fonts()
    assert embedding._read.cache_info().currsize >= 3, "regular, bold, italic"
    assert len(letters._OUTLINES) > 200
    assert {key[2] for key in letter_pairs._BOXES} >= {100.0, 16.0, 10.0}


def test_texts_are_laid_out_in_the_looks_of_charts() -> None:
    letter_pairs._STEPS.clear()
    letters._LINES.clear()
    warm_fonts(["Żółć"])
    known = {(Path(str(k[0])).stem, *k[2:]) for k, v in letter_pairs._STEPS.items() if "Żó" in v}
    assert ("DejaVuSans-Bold", 16.0, 200) in known
    assert ("DejaVuSans", 8.5, 72.0) in known
    assert ("DejaVuSans-Bold", 100.0, 72.0) in known
    font = get_font(findfont(FontProperties(family=FONT)))
    assert letter_pairs.assemble(font, "Civilians killed in Ukraine", 9.0, 200) is not None


@given(st.lists(st.text("abcfiŻ ґ", max_size=8), max_size=5))
def test_lines_have_each_pair_once(texts: list[str]) -> None:
    wanted = {a + b for text in texts for a, b in pairwise(text)}
    wanted = {pair for pair in wanted if "ґ" not in pair and pair not in ("ff", "fi")}
    found = [a + b for line in chain_pairs(texts) for a, b in pairwise(line)]
    assert sorted(found) == sorted(wanted)
