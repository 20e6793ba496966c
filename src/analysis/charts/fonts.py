"""The fonts of charts: DejaVu Sans, and for letters that it lacks what else is installed.

DejaVu Sans comes with matplotlib, so that texts have the same widths on every machine. It is
also the widest of the usual fonts: text of an SVG file that another program sets in a font of
its own takes less room than was kept for it, not more.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

from matplotlib.font_manager import FontProperties, findfont, fontManager, get_font

FAMILY = "DejaVu Sans"

#: Fonts that say of themselves that they have letters, and draw boxes, colours or signs instead.
_NO_LETTERS = ("Last", "Emoji", "Symbol", "Wingdings", "Webdings", "cm")

#: Letters that an error names; there may be hundreds.
_NAMED = 12


@cache
def look(bold: bool = False, italic: bool = False, family: str = FAMILY) -> FontProperties:
    """Return how a text looks, for matplotlib; its size is left to whoever sets it."""
    return FontProperties(
        family=family,
        weight="bold" if bold else "normal",
        style="italic" if italic else "normal",
    )


@lru_cache(maxsize=20_000)
def choose_families(text: str, bold: bool = False, italic: bool = False) -> tuple[str, ...]:
    """Return the families in which `text` is drawn: ours, then those that have what it lacks."""
    return (FAMILY, *_find_others(text, bold, italic)[0])


@lru_cache(maxsize=20_000)
def find_missing(text: str, bold: bool = False, italic: bool = False) -> str:
    """Return the letters of `text` that no font on this machine has, each once."""
    return _find_others(text, bold, italic)[1]


def say_missing(texts: Iterable[str]) -> str:
    """Return one line that names the letters no font on this machine has, "" for none.

    Parameters
    ----------
    texts : iterable of str
        What is to be drawn, such as the names of claimants.

    Returns
    -------
    str
        Such as "No font on this machine has 中, 国 (U+4E2D, U+56FD): a box stands in their place
        in PNG and PDF files. A font of that script, once installed, is found by itself."
    """
    missing = list(dict.fromkeys("".join(find_missing(text) for text in texts)))
    if not missing:
        return ""
    named = missing[:_NAMED]
    rest = f" and {len(missing) - len(named)} more" if len(missing) > len(named) else ""
    codes = ", ".join(f"U+{ord(letter):04X}" for letter in named)
    return (
        f"No font on this machine has {', '.join(named)}{rest} ({codes}): a box stands in their "
        "place in PNG and PDF files. A font of that script, once installed, is found by itself."
    )


@lru_cache(maxsize=20_000)
def _find_others(text: str, bold: bool, italic: bool) -> tuple[tuple[str, ...], str]:
    """Return the families needed beside ours, and what none has."""
    if text.isascii():
        return (), ""
    lacking = _keep_lacking("".join(dict.fromkeys(text)), FAMILY, bold, italic)
    found = []
    for family in _list_others() if lacking else ():
        rest = _keep_lacking(lacking, family, bold, italic)
        if rest != lacking:
            found.append(family)
            lacking = rest
        if not lacking:
            break
    return tuple(found), lacking


def _keep_lacking(letters: str, family: str, bold: bool, italic: bool) -> str:
    """Return those of `letters` that are seen and that a family has not got."""
    try:
        path = findfont(look(bold, italic, family), fallback_to_default=False)
        font = get_font(path)
        if not font.scalable:
            return letters
    except (ValueError, OSError, RuntimeError):  # a file that is no font, or is gone
        return letters
    return "".join(
        letter
        for letter in letters
        if not font.get_char_index(ord(letter)) and unicodedata.category(letter) not in ("Cf", "Cc")
    )


@cache
def _list_others() -> tuple[str, ...]:
    """Return the other families on this machine, those without serifs first."""
    names = {font.name for font in fontManager.ttflist}
    others = [
        name
        for name in names
        if not name.startswith(("DejaVu", "STIX")) and not any(sign in name for sign in _NO_LETTERS)
    ]
    return tuple(sorted(others, key=lambda name: ("Sans" not in name, "Mono" in name, name)))
