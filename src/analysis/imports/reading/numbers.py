"""Numbers as people publish them: commas in thousands, stars, "N/A", spaces, dashes.

A cell is read as a number, or as one of the ways of saying that there is none, or it is
refused. Zero, an empty cell and "not applicable" stay three different things.

Whether 12.000 is twelve or twelve thousand is decided for a whole column, and only if some
row proves it: 1.230 of a count, 1.234.567 and 12,5 have points between thousands; 85787.00,
1,230 of a count and 1,234,567 have not. Where no row does, the format's own rule holds; a
column without one that can be read two ways is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from analysis.bounds.numerals import Writing, ways_to_read
from analysis.bounds.value import Number, exact
from analysis.imports.reading.results import UnreadableCellError

#: What a cell without a number may say, in lower case, and how the frame calls it.
ABSENCES = {
    "": "empty",
    **dict.fromkeys(("n/a", "na", "#n/a", "n.a.", "nan", "null", "none"), "not available"),
    **dict.fromkeys(("-", "–", "—", "..", "...", "…", "no data"), "not available"),
    **dict.fromkeys(("not available", "data not available", "not stated"), "not available"),
    "not applicable": "not applicable",
    # UNHCR prints a lone star where one to four people would be recognisable.
    "*": "withheld",
}

#: Beyond this no count of people, deaths or dollars is meant; it also fits 64 bits.
LARGEST = 10**15

_MARKS: dict[Writing, str] = {"point": ".", "comma": ","}
#: Read two ways if nothing else is known: one group, or three decimals.
_DOUBTFUL = re.compile(r"[-+\u2212]?[1-9][0-9]{0,2}([.,])[0-9]{3}")
#: Most cells of a column of decimals: quick to read once the column is known.
_PLAIN = re.compile(r"[0-9]{1,15}[.][0-9]{1,15}")
_FOOTNOTE = re.compile(r"(?:\*+|[†‡]+|\[[0-9a-z]{1,2}\])$")


class UnreadableNumberError(UnreadableCellError):
    """The text is neither a number nor a way of saying that there is none."""


@dataclass(frozen=True)
class Reading:
    """A cell, read: `value` with `absence` "", or no value and the kind of absence.

    `mark` holds footnote stars or daggers that stood behind the number.
    """

    value: Number | None
    absence: str
    mark: str = ""

    @property
    def whole(self) -> int | None:
        """The value as an int; only for readings of `read_count`."""
        return None if self.value is None else int(self.value)

    @property
    def real(self) -> float | None:
        """The value as a float."""
        return None if self.value is None else float(self.value)


@dataclass(frozen=True)
class Style:
    """How the numbers of a column are written."""

    #: What parts the decimals.
    writing: Writing = "point"
    #: Whether the column is known to have decimals: then 12.000 is twelve.
    decimals: bool = False
    #: Why the column cannot be read; "" if it can.
    doubt: str = ""
    #: Whether the doubt is that rows prove both ways, so that no other column settles it.
    mixed: bool = False


def decide_style(texts: Iterable[str], *, whole: bool) -> Style:
    """Return how the numbers of a column are written, as its cells prove.

    Words and absences prove nothing; of `whole` counts a reading with decimals is none.
    """
    proofs: dict[Writing, str] = {}
    doubtful: dict[str, str] = {}
    decimals: set[Writing] = set()
    # "1.234,5" is no count, and still says how the column is written.
    broken: dict[Writing, str] = {}
    for text in texts:
        bare = _strip(text)[0]
        if not ("." in bare or "," in bare):
            continue
        if "point" in decimals and _PLAIN.fullmatch(bare) and not _DOUBTFUL.fullmatch(bare):
            continue  # as those before it
        every = ways_to_read(bare)
        ways = {
            writing: value for writing, value in every.items() if not whole or value == int(value)
        }
        if not ways and len(every) == 1:
            broken.setdefault(next(iter(every)), text)
        if len(ways) == 1:
            writing = next(iter(ways))
            proofs.setdefault(writing, text)
            if _MARKS[writing] in bare:
                decimals.add(writing)
        elif ways and (found := _DOUBTFUL.fullmatch(bare)):
            doubtful.setdefault(found[1], text)
    if proofs and len(proofs | broken) == 2:
        proofs |= {writing: text for writing, text in broken.items() if writing not in proofs}
    if len(proofs) == 2 or (not proofs and len(doubtful) == 2):
        one, other = (text.strip() for text in (proofs or doubtful).values())
        words = f"the column is written in two ways, {one!r} and {other!r}"
        return Style(doubt=f"{words}: thousands or decimals?", mixed=True)
    if proofs:
        writing = next(iter(proofs))
        return Style(writing, writing in decimals)
    if "." in doubtful or ("," in doubtful and not whole):
        text = next(iter(doubtful.values())).strip()
        words = f"{text!r} can be read two ways, and no row of the column proves which"
        return Style(doubt=f"thousands or decimals? {words}")
    # 12,000 alone, as a count, is twelve thousand: nobody counts people to three decimals.
    return Style()


def read_number(text: str, style: Style | None = None) -> Reading:
    """Read one published number, with decimals allowed and a minus sign.

    Without `style` a number that can be read two ways is refused. `UnreadableNumberError` says why,
    in words for the refused row.
    """
    absence = ABSENCES.get(" ".join(text.strip().strip("\ufeff").casefold().split()))
    if absence is not None:
        return Reading(None, absence)
    bare, footnote = _strip(text)
    style = style or decide_style([bare], whole=False)
    if style.doubt:
        raise UnreadableNumberError(style.doubt)
    value: Number | None
    if bare.isascii() and bare.isdigit() and len(bare) < 16:
        value = int(bare)
    elif style.decimals and style.writing == "point" and _PLAIN.fullmatch(bare):
        value = exact(Fraction(bare))
    else:
        value = ways_to_read(bare).get(style.writing)
    if value is None:
        raise UnreadableNumberError(_say_why(bare, style.writing))
    doubtful = _DOUBTFUL.fullmatch(bare)
    if doubtful and doubtful[1] == _MARKS[style.writing] and not style.decimals:
        raise UnreadableNumberError("thousands or decimals? No other row of the column has any")
    if not -LARGEST < value < LARGEST:
        raise UnreadableNumberError(f"larger than any figure expected ({LARGEST:.0e})")
    return Reading(value, "", footnote)


def read_count(text: str, style: Style | None = None, *, negative: bool = False) -> Reading:
    """Read a count: a whole number, not below zero unless `negative` allows it.

    "85787.00" and "1e+05" (as R writes 100000) are whole; "12.5" is refused.
    """
    reading = read_number(text, style or decide_style([text], whole=True))
    if reading.value is None:
        return reading
    if reading.value != int(reading.value):
        raise UnreadableNumberError("not a whole number, where a count is expected")
    if reading.value < 0 and not negative:
        raise UnreadableNumberError("below zero, where a count is expected")
    return reading


def _strip(text: str) -> tuple[str, str]:
    """Return a cell without blanks and footnotes, and the footnotes."""
    bare = text.strip().strip("\ufeff")
    found = _FOOTNOTE.search(bare)
    footnote = found.group() if found else ""
    return bare.removesuffix(footnote).rstrip(), footnote


def _say_why(bare: str, writing: Writing) -> str:
    """Return why a cell is no number in a writing."""
    if not bare.lstrip("+-\u2212")[:1].isdecimal():
        return "not a number"
    if bare.isdecimal():
        return f"larger than any figure expected ({LARGEST:.0e})"
    if any(letter.isalpha() for letter in bare):
        return f"{bare[:80]!r} is not a number alone"
    if re.search(r"[^0-9.,+\-\u2212\s'\u2019]", bare) or re.search(r"[0-9] ?[-+\u2212]", bare):
        return f"{bare[:80]!r} is not a number alone"
    mark, other = _MARKS[writing], _MARKS["comma" if writing == "point" else "point"]
    return (
        f"not groups of three digits: here {other!r} can only stand between thousands, and"
        f" {mark!r} before decimals"
    )
