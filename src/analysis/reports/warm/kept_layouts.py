"""Texts of matplotlib that are laid out once and not at every look at them.

While it saves a figure, matplotlib lays out each text some ten times, to measure it and to draw
it, and every time asks the font anew. A kernel of the fork server keeps the answers: for any
notebook, with the same figures to the last bit.

Loaded by the script `server` beside it, which imports nothing of this package of its own.
"""

from __future__ import annotations

import os
import sys
from functools import partial
from typing import Any
from weakref import WeakKeyDictionary

#: The versions whose code was read.
MATPLOTLIB = "3.11."

#: All that `Text._get_layout` asks of others. What it makes of a text follows from the key
#: below as long as it asks nothing else.
_ASKED = {
    "_get_wrapped_text", "split", "get_figure", "dpi", "get_usetex", "hasattr",
    "_get_font_height_metrics", "_fontproperties", "get_font", "fontManager",
    "_find_fonts_by_props", "get_sfnt_table", "get_size_in_points", "_get_text_metrics_with_cache",
    "len", "_preprocess_math", "_linespacing", "max", "append", "_get_multialignment", "zip",
    "get_rotation", "functools", "partial", "_rotate_point", "min", "_horizontalalignment",
    "_verticalalignment", "get_rotation_mode", "_ha_for_angle", "_va_for_angle", "Bbox",
    "from_bounds", "itertools", "starmap", "list",
}  # fmt: skip

#: Settings on which the look-up of a font and the widths of its letters depend.
_SETTINGS = (
    "font.family", "font.style", "font.variant", "font.weight", "font.stretch", "font.size",
    "font.serif", "font.sans-serif", "font.cursive", "font.fantasy", "font.monospace",
    "font.enable_last_resort", "text.hinting", "text.hinting_factor", "text.kerning_factor",
    "pdf.use14corefonts",
)  # fmt: skip

#: Renderers of which a text's size depends on nothing but their kind and dots an inch.
_RENDERERS = {
    "matplotlib.backends.backend_agg", "matplotlib.backends.backend_svg",
    "matplotlib.backends.backend_pdf", "analysis.charts.drawing",
}  # fmt: skip

_MOST = 20_000


def keep_layouts() -> bool:
    """Let the texts of matplotlib, where it is in memory and known, keep how they are laid out.

    Returns
    -------
    bool
        Whether it is done, now or before; not in a version whose code was not read.
    """
    matplotlib: Any = sys.modules.get("matplotlib")
    module: Any = sys.modules.get("matplotlib.text")
    if module is None or not matplotlib.__version__.startswith(MATPLOTLIB):
        return False
    stock = vars(module.Text)["_get_layout"]
    if type(stock).__name__ == KeptLayouts.__name__:
        return True
    if not set(stock.__code__.co_names) <= _ASKED or stock.__code__.co_freevars:
        return False
    module.Text._get_layout = KeptLayouts(stock, matplotlib.rcParams)
    return True


class KeptLayouts:
    """Stands for `Text._get_layout`: matplotlib's own, or for a text like most one that keeps.

    As an attribute that decides when it is looked up, it is not there when matplotlib's own is
    called: what that warns of, or raises, is said of the same lines as ever.

    Parameters
    ----------
    stock : function
        matplotlib's own.
    settings : dict
        Its `rcParams`.
    """

    def __init__(self, stock: Any, settings: dict[str, Any]) -> None:
        from matplotlib import font_manager
        from matplotlib.backends.backend_mixed import MixedModeRenderer
        from matplotlib.text import Annotation, Text
        from matplotlib.transforms import Bbox

        self._stock = stock
        self._settings = settings
        self._fonts = font_manager
        self._mixed, self._bbox = MixedModeRenderer, Bbox
        self._kinds: tuple[type, ...] = (Text, Annotation)
        self._quiet: dict[tuple[object, ...], bool] = {}
        # By the renderer that was asked: matplotlib keeps widths of letters as long as it lives.
        self._kept: WeakKeyDictionary[Any, dict[tuple[object, ...], Any]] = WeakKeyDictionary()

    def __get__(self, text: Any, kind: type) -> Any:
        """Return what lays out `text`."""
        if (
            text is None
            or kind not in self._kinds
            or text._wrap
            or text._usetex
            or "$" in text._text  # may be mathematics, which has settings of its own
        ):
            return self._stock.__get__(text, kind)
        try:
            look = self._find_look(text)
            quiet = self._quiet.get(look)
        except TypeError:  # something that cannot be a key
            return self._stock.__get__(text, kind)
        if quiet is None:
            if len(self._quiet) > _MOST:
                self._quiet.clear()
            quiet = self._quiet[look] = self._is_quiet(text)
        return partial(self._lay_out, text, look) if quiet else self._stock.__get__(text, kind)

    def _find_look(self, text: Any) -> tuple[object, ...]:
        # rcParams itself checks names for changes of long ago.
        values = [dict.__getitem__(self._settings, name) for name in _SETTINGS]
        return (
            text._text,
            *vars(text._fontproperties).values(),
            len(self._fonts.fontManager.ttflist),
            os.environ.get("MPL_IGNORE_SYSTEM_FONTS"),
            *[tuple(value) if type(value) is list else value for value in values],
        )

    def _is_quiet(self, text: Any) -> bool:
        """Whether all fonts and letters are found: else matplotlib warns each time it looks."""
        fonts = []
        for family in text._fontproperties.get_family():
            look = text._fontproperties.copy()
            look.set_family(family)
            try:
                fonts.append(self._fonts.fontManager.findfont(look, fallback_to_default=False))
            except ValueError:
                return False
        font = self._fonts.get_font(fonts)
        return all(font.get_char_index(ord(letter)) for letter in set(text._text) - {"\n"})

    def _lay_out(self, text: Any, look: tuple[object, ...], renderer: Any) -> Any:
        inner = renderer._renderer if type(renderer) is self._mixed else renderer
        if type(inner).__module__ not in _RENDERERS:
            return self._stock(text, renderer)
        key = (
            look,
            getattr(inner, "dpi", None),
            text.get_figure(root=True).dpi,
            text._linespacing,
            text._multialignment,
            text._horizontalalignment,
            text._verticalalignment,
            text.get_rotation_mode(),
            text.get_rotation(),
            text._parse_math,
        )
        kept = self._kept.setdefault(renderer, {})
        found = kept.get(key)
        if found is None:
            if len(kept) > _MOST:
                kept.clear()
            found = kept[key] = self._stock(text, renderer)
        box, lines, corner = found
        # Who asks may change what it gets.
        return self._bbox(box.get_points().copy()), list(lines), corner
