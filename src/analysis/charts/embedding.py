"""Fonts for PDF files: a font file and the letters used come in, a small font goes out.

A PDF file places each letter itself, so that it needs outlines, widths and hints of a font
and nothing of what fonts know about laying out text. Outlines are copied as they are: pages
look the same as with the whole font.

Source of the tables needed: PDF 32000-1:2008, 9.9 (embedded font programs) and table 126;
of the layout of glyf, loca and hmtx: the OpenType specification.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import lru_cache
from types import SimpleNamespace
from typing import Any, NamedTuple, cast

from fontTools.ttLib import TTFont
from fontTools.ttLib.sfnt import SFNTWriter
from matplotlib.backends import _backend_pdf_ps

#: Tables copied as they are, where a font has them.
_AS_THEY_ARE = ("cvt ", "fpgm", "prep")
_NEEDED = ("glyf", "head", "hhea", "hmtx", "loca", "maxp")
#: A font with one of these changes its outlines by other tables: left to matplotlib.
_LEFT_TO_MATPLOTLIB = ("CFF ", "CFF2", "fvar", "gvar", "glyx")

# Bits of the parts of a letter made of others, such as a letter with an accent.
_WORDS, _SCALED, _MORE, _TWO_SCALES, _FOUR_SCALES = 0x1, 0x8, 0x20, 0x40, 0x80


class Subset(NamedTuple):
    """A font with some letters of another.

    Attributes
    ----------
    data : bytes
        The font file.
    numbers : dict
        The new number of each letter by its old one.
    """

    data: bytes
    numbers: dict[int, int]


class _Tables:
    """The tables of a font file that a subset is cut from."""

    def __init__(self, path: str, face: int) -> None:
        with TTFont(path, fontNumber=face, lazy=True) as font:
            reader: Any = font.reader
            self.signature: str = reader.sfntVersion
            self.fits = all(name in reader for name in _NEEDED) and not any(
                name in reader for name in _LEFT_TO_MATPLOTLIB
            )
            names = [name for name in (*_NEEDED, *_AS_THEY_ARE) if name in reader]
            self.raw: dict[str, bytes] = {name: reader[name] for name in names}
        if self.fits:
            [self.count] = struct.unpack_from(">H", self.raw["maxp"], 4)
            [self.long_widths] = struct.unpack_from(">H", self.raw["hhea"], 34)
            [long_places] = struct.unpack_from(">h", self.raw["head"], 50)
            code, unit = ("I", 1) if long_places else ("H", 2)
            places = struct.unpack_from(f">{self.count + 1}{code}", self.raw["loca"])
            self.places = [place * unit for place in places]

    def outline(self, number: int) -> bytes:
        """Return the outline of a letter; none for the mark of a missing one, as in matplotlib."""
        if number == 0:
            return b""
        return self.raw["glyf"][self.places[number] : self.places[number + 1]]

    def width(self, number: int) -> bytes:
        """Return advance and left side bearing, four bytes."""
        data, long = self.raw["hmtx"], self.long_widths
        if number < long:
            return data[4 * number : 4 * number + 4]
        start = 4 * long + 2 * (number - long)
        return data[4 * long - 4 : 4 * long - 2] + data[start : start + 2]


@lru_cache(maxsize=32)
def _read(path: str, face: int) -> _Tables:
    return _Tables(path, face)


@lru_cache(maxsize=256)
def cut(path: str, face: int, letters: frozenset[int]) -> Subset | None:
    """Return a font with `letters` of the font file at `path`; None where it isn't TrueType.

    Letters keep their order; number 0, the mark for a missing letter, is always there, and so
    are the letters that others are made of.
    """
    tables = _read(path, face)
    if not tables.fits:
        return None
    old = sorted(_with_parts(tables, letters))
    numbers = {number: new for new, number in enumerate(old)}
    glyf, places = bytearray(), [0]
    for number in old:
        outline = bytearray(tables.outline(number))
        for at in _parts(outline):
            [part] = struct.unpack_from(">H", outline, at)
            struct.pack_into(">H", outline, at, numbers[part])
        glyf += outline + bytes(-len(outline) % 4)
        places.append(len(glyf))
    head, hhea, maxp = (bytearray(tables.raw[name]) for name in ("head", "hhea", "maxp"))
    struct.pack_into(">h", head, 50, 1)
    struct.pack_into(">H", hhea, 34, len(old))
    struct.pack_into(">H", maxp, 4, len(old))
    made = {
        **{name: tables.raw[name] for name in _AS_THEY_ARE if name in tables.raw},
        "glyf": bytes(glyf),
        "head": bytes(head),
        "hhea": bytes(hhea),
        "hmtx": b"".join(map(tables.width, old)),
        "loca": struct.pack(f">{len(places)}I", *places),
        "maxp": bytes(maxp),
    }
    return Subset(_write(tables.signature, made), numbers)


def _with_parts(tables: _Tables, letters: Collection[int]) -> set[int]:
    found: set[int] = set()
    waiting = {0, *letters}
    while waiting:
        number = waiting.pop()
        found.add(number)
        outline = tables.outline(number)
        parts = {struct.unpack_from(">H", outline, at)[0] for at in _parts(outline)}
        waiting |= parts - found
    return found


def _parts(outline: bytes | bytearray) -> Iterator[int]:
    """Yield where in `outline` the numbers of the letters stand that it is made of."""
    if not outline or struct.unpack_from(">h", outline)[0] >= 0:
        return
    at, flags = 10, _MORE
    while flags & _MORE:
        [flags] = struct.unpack_from(">H", outline, at)
        yield at + 2
        at += 8 if flags & _WORDS else 6
        if flags & _SCALED:
            at += 2
        elif flags & _TWO_SCALES:
            at += 4
        elif flags & _FOUR_SCALES:
            at += 8


def _write(signature: str, tables: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    writer = SFNTWriter(file, len(tables), sfntVersion=signature)
    for name in sorted(tables):
        writer[name] = tables[name]
    writer.close()
    return file.getvalue()


@contextmanager
def _get_glyphs_subset(fontfile: Any, glyphs: Collection[int]) -> Iterator[Any]:
    subset = cut(str(fontfile), fontfile.face_index, frozenset(glyphs))
    if subset is None:
        with _backend_pdf_ps.get_glyphs_subset(fontfile, set(glyphs)) as own:
            yield own
    else:
        yield SimpleNamespace(font=subset, glyph_index_map=subset.numbers)


def _font_as_file(font: Any) -> io.BytesIO:
    if isinstance(font, Subset):
        return io.BytesIO(font.data)
    stock: Any = _backend_pdf_ps.font_as_file
    return cast(io.BytesIO, stock(font))


#: Stands in for `matplotlib.backends._backend_pdf_ps` where fonts are embedded.
STAND_IN = SimpleNamespace(get_glyphs_subset=_get_glyphs_subset, font_as_file=_font_as_file)
