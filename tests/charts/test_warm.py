"""Warming up: what it fills, and that it touches nothing else."""

import subprocess
import sys
from pathlib import Path

from analysis.charts import embedding, letters
from analysis.charts.warm import warm_fonts

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
    letters._BOXES.clear()
    letters._OUTLINES.clear()
    embedding.cut.cache_clear()
    embedding._read.cache_clear()
    warm_fonts()
    assert embedding._read.cache_info().currsize >= 3, "regular, bold, italic"
    assert len(letters._OUTLINES) > 200
    assert {key[2] for key in letters._BOXES} >= {100.0, 16.0, 10.0}
