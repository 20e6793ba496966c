"""One grammar of numerals: digits and words, in a wording, in running text and in a column.

- `read_numeral` reads a whole text that is one numeral: "1.5 million", "two dozen", "two thirds".
- `find_numerals` finds numerals with their places in running text.
- `ways_to_read` reads a cell of a published column, which says by itself whether a point parts its
  decimals or its thousands.

All of them take digits of any script, groups parted by commas, points, spaces or apostrophes,
and the Indian grouping (12,34,567). A numeral is what is written; what it means beside a
qualifier is worked out in `reading`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from math import gcd
from typing import Final, Literal, NamedTuple, TypeAlias

from analysis.bounds import words as table
from analysis.bounds.value import Number, exact

#: What parts the decimals: "point" for 1,234.5 and "comma" for 1.234,5.
Writing: TypeAlias = Literal["point", "comma"]

#: Figures from here on are taken for a mistake: 1 followed by 18 zeros.
TOO_LARGE: Final = 10**18


class _PlainCharacters(dict[int, str]):
    """The plain form of a character; digits of other scripts are looked up when they are met."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        self[code] = plain_sign = str(unicodedata.digit(sign)) if sign.isdecimal() else sign
        return plain_sign


#: The usual digits, spaces, dashes and apostrophes: as one plain character each, so that places
#: in the text stay what they are.
_PLAIN: Final = _PlainCharacters(
    str.maketrans(
        dict.fromkeys(table.SPACES, " ")
        | dict.fromkeys(table.DASHES, "-")
        | dict.fromkeys(table.APOSTROPHES, "'")
        | {table.ARABIC_THOUSANDS: ",", table.ARABIC_DECIMALS: ".", "[": "(", "]": ")"}
    )
)

_MARKS: Final[dict[Writing, str]] = {"point": r"\.", "comma": ","}
_GROUPS: Final = {
    "point": r"[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d?(?:,\d\d)+,\d{3}",
    "comma": r"[1-9]\d{0,2}(?:\.\d{3})+",
}
_DIGITS: Final[dict[Writing, re.Pattern[str]]] = {
    writing: re.compile(
        rf"(?P<whole>{_GROUPS[writing]}|[1-9]\d{{0,2}}(?:[ ]\d{{3}})+|[1-9]\d{{0,2}}(?:'\d{{3}})+"
        rf"|0|[1-9]\d*)(?:{mark}(?P<decimals>\d+))?",
        re.ASCII,
    )
    for writing, mark in _MARKS.items()
}
_LINE_BREAK: Final = re.compile(r"\n(?!(?<=\d\n)\d)")
_NOT_A_DIGIT: Final = re.compile(r"[,.' ]")

#: Digits with all that may stand between them.
_RUN: Final = r"\d{1,3}(?: \d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,']\d+)*"

#: Groups of three digits where a writing has its decimals: "30.000", thirty to some readers and
#: thirty thousand to others; with two groups or more it is the thousands of the other writing.
_GROUPS_ELSEWHERE: Final[dict[Writing, re.Pattern[str]]] = {
    "point": re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+"),
    "comma": re.compile(r"[1-9]\d{0,2}(?:,\d{3})+"),
}
_GROUPS_ONLY: Final[dict[Writing, re.Pattern[str]]] = {
    "point": re.compile(r"[1-9]\d{0,2}(?:\.\d{3}){2,}"),
    "comma": re.compile(r"[1-9]\d{0,2}(?:,\d{3}){2,}"),
}

#: Digits and a magnitude, if there is one: most numerals are no more than this.
_SIMPLE: Final = re.compile(r"(?P<digits>\d[\d.,]*)(?: ?(?P<magnitude>[^\W\d_]+))?", re.ASCII)

_PART_SIGNS: Final = "¼½¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
_LETTER: Final = rf"[^\W\d_{_PART_SIGNS}]"
_TOKEN: Final = re.compile(
    rf" *(?:(?P<digits>{_RUN})|(?P<word>{_LETTER}+(?:'{_LETTER}+)?)|(?P<sign>[-/{_PART_SIGNS}]))"
)

#: What is no count although it has digits: dates, times, sections, identifiers, addresses.
_CODES: Final = "|".join(
    sorted((re.escape(code) for code in table.CURRENCIES if code.isalpha()), key=len, reverse=True)
)
_AMOUNT: Final = (
    r"\d+(?:\.\d+)? ?(?:million|billion|trillion|crore|lakh|m|bn|tn)\b|\d{1,3}(?:,\d{3})+\b"
)
_MONEY: Final = rf"(?<![\w.])(?:(?:{_CODES})(?=\d)|[{table.CURRENCY_LETTERS}](?={_AMOUNT}))"
_NO_NUMERAL: Final = (
    r"\d+(?:[-/:]\d+){2,}(?:t[\d:]+z?)?|\d+:\d\d|(?:https?://|www\.)\S+"
    r"|(?<![\d])[^\W\d_]+[-_/.]?\d[\w./-]*\d|[^\W\d_]+\d\w*"
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as it is written.

    Attributes
    ----------
    value : int or Fraction
        The number. Of a share ("two thirds", "1 in 8") the part of one.
    step : int or Fraction
        One unit of the last digit it is written with: "1,600" is written to the hundred,
        "1.5 million" to the hundred thousand, "498" to the one. A share has no digits: its
        step is its value.
    number : int or Fraction
        The number before its magnitude: 3 in "3 million".
    magnitude : int
        The magnitude, or 1.
    is_share : bool
        Whether it is a part of a whole: "half", "two thirds", "1 in 8".
    is_grouped : bool
        Whether it is written in digits with one group of thousands: "30,000".
    is_ambiguous : bool
        Whether it may be decimals to some readers and thousands to others ("30.000"), or has
        the groups of another language ("1.234.567" in English).
    in_words : bool
        Whether no digit stands in it.
    start, end : int
        Its place in the text.
    """

    value: Number
    step: Number
    number: Number
    magnitude: int = 1
    is_share: bool = False
    is_grouped: bool = False
    is_ambiguous: bool = False
    in_words: bool = False
    start: int = 0
    end: int = 0

    def times(self, magnitude: int) -> Numeral:
        """Give the numeral as it is meant with the magnitude of another: "2" of "2-3 million"."""
        return replace(
            self,
            value=exact(self.value * magnitude),
            step=exact(self.step * magnitude),
            magnitude=magnitude,
        )


class Digits(NamedTuple):
    """A number in digits: its value, one unit of its last digit, and whether it is grouped."""

    value: Number
    step: Number
    is_grouped: bool


def plain(text: str) -> str:
    """Bring digits, spaces, dashes and apostrophes to their plain form, and letters to lower case.

    The result is as long as the text: places in one are places in the other.
    """
    changed = text if text.isascii() else text.translate(_PLAIN)
    if text.isascii() and "[" in text:
        changed = text.replace("[", "(").replace("]", ")")
    lower = changed.lower()
    if len(lower) != len(text):
        lower = "".join(low if len(low := sign.lower()) == 1 else sign for sign in changed)
    return lower


def plain_lines(text: str) -> str:
    """Bring running text to its plain form, its line breaks too, except between two digits."""
    return _LINE_BREAK.sub(" ", plain(text))


def has_mixed_digits(text: str) -> bool:
    """Say whether digits of two scripts stand in a text."""
    zeros = {ord(sign) - unicodedata.digit(sign) for sign in text if sign.isdecimal()}
    return len(zeros) > 1


def read_numeral(text: str, language: str = "en") -> Numeral | None:
    """Read text that is one numeral and nothing else; None when it is not.

    Parameters
    ----------
    text : str
        As `plain` gives it.
    language : str
        A key of `words.LANGUAGES`: it decides between decimals and thousands, and brings its
        words for magnitudes.

    Raises
    ------
    ValueError
        When the number is too large to be meant.
    """
    grammar = _grammar(language)
    simple = _SIMPLE.fullmatch(text)  # the usual case, without the parser
    if (
        simple is not None
        and simple["magnitude"] not in _BEFORE_SHARE
        and not _GROUPS_ELSEWHERE[grammar.writing].fullmatch(simple["digits"])
    ):
        magnitude = grammar.magnitudes.get(simple["magnitude"]) if simple["magnitude"] else 1
        digits = read_digits(simple["digits"], grammar.writing)
        if magnitude is None or digits is None:
            return None
        value, step, is_grouped = digits
        if magnitude > 1:
            value, step = exact(value * magnitude), exact(step * magnitude)
        if value >= TOO_LARGE:
            raise ValueError("the figure is too large to be meant")
        is_grouped = is_grouped and magnitude == 1 and value < 10**6
        return Numeral(value, step, digits.value, magnitude, is_grouped=is_grouped, end=len(text))
    numeral = _Parser(text, grammar).read(0)
    return numeral if numeral is not None and numeral.end == len(text.rstrip()) else None


def find_numerals(
    text: str, language: str = "en", *, writing: Writing | None = None
) -> list[Numeral]:
    """Find the numerals in running text, in their order, with their places.

    Dates and times in digits, ordinals and numerals glued to letters ("A4", "B-52") are none.
    Years are numerals, and so is the "one" of "one of them": what is a figure and what only has
    the look of one is for the reader of the text to know.

    Parameters
    ----------
    text : str
        Any text, of any length.
    language : str
        As for `read_numeral`.
    writing : str, optional
        What parts the decimals, where the text is known to write them otherwise.
    """
    lower, grammar = plain_lines(text), _grammar(language)
    if writing is not None:
        grammar = replace(grammar, writing=writing)
    parser = _Parser(lower, grammar)
    found = []
    position = 0
    for hit in grammar.starts.finditer(lower):
        start = hit.end() if hit.lastgroup == "money" else hit.start()
        if start < position:
            continue
        if hit.lastgroup == "none":
            position = hit.end()
            continue
        try:
            numeral = parser.read(start)
        except ValueError:
            numeral = None
        if numeral is not None and not _is_glued(lower, numeral.end, grammar):
            found.append(numeral)
            position = numeral.end
        elif hit.lastgroup in ("digits", "money"):
            position = hit.end()
    return found


def read_digits(text: str, writing: Writing = "point") -> Digits | None:
    """Read a number in plain digits with its separators; None when it is not written so.

    >>> read_digits("12,34,567")
    Digits(value=1234567, step=1, is_grouped=True)
    """
    match = _DIGITS[writing].fullmatch(text)
    if match is None:
        return None
    parts = _NOT_A_DIGIT.split(match["whole"])
    whole, decimals = int("".join(parts)), match["decimals"]
    if decimals is None:
        return Digits(whole, _last_digit(whole), len(parts) > 1)
    step = Fraction(1, 10 ** len(decimals))
    return Digits(exact(whole + int(decimals) * step), step, len(parts) > 1)


def ways_to_read(cell: str) -> dict[Writing, Number]:
    """Say how the number in a cell of a published file can be read.

    Parameters
    ----------
    cell : str
        A number in digits, with a sign or an exponent if it has one: "12.000", "-1 234,5", "1e+05".

    Returns
    -------
    dict
        The value for each writing that is possible: {"point": 12, "comma": 12000} for "12.000",
        the same value twice for "498", none at all for what is not a number in digits.
    """
    text = plain(cell.strip(table.BLANKS))
    sign = -1 if text.startswith("-") else 1
    bare, _, power = text.lstrip("+-").strip().partition("e")
    if len(text) - len(text.lstrip("+-")) > 1 or len(bare) > 60:
        return {}
    factor = Fraction(1)
    if "e" in text:
        if not re.fullmatch(r"[+-]?\d{1,2}", power, re.ASCII):
            return {}
        factor = Fraction(10) ** int(power)
    bare = re.sub(r"^0+(?=\d)", "", bare)
    ways: dict[Writing, Number] = {}
    for writing in _DIGITS:
        digits = read_digits(bare.removesuffix("." if writing == "point" else ","), writing)
        if digits is not None:
            ways[writing] = exact(sign * digits.value * factor)
    return ways


def _last_digit(whole: int) -> int:
    """One unit of the last digit that is not a closing zero: 100 for 1,600."""
    step = 1
    while whole and whole % (10 * step) == 0:
        step *= 10
    return step


# --------------------------------------------------------------------------------- the parser


@dataclass(frozen=True, slots=True)
class _Grammar:
    """What a language brings: its writing, its words, and where a numeral may start."""

    writing: Writing
    magnitudes: Mapping[str, int]
    numbers: Mapping[str, int]
    glued: frozenset[str]
    starts: re.Pattern[str]


@cache
def _grammar(language: str) -> _Grammar:
    entry = table.LANGUAGES.get(language)
    if entry is None:
        known = ", ".join(table.LANGUAGES)
        raise LookupError(f"language {language!r} is none of {known}")
    magnitudes = {**table.MAGNITUDES, **entry.magnitudes}
    numbers = {**table.NUMBER_WORDS, **entry.numbers}
    words = {*numbers, "half", *table.MAGNITUDES_ALONE.intersection(entry.magnitudes)}
    after_a = "|".join(sorted({*magnitudes, *table.PARTS, "half"}, key=len, reverse=True))
    alone = sorted(words, key=len, reverse=True)
    units = {form for forms in table.UNITS.values() for form in forms if form.isalpha()}
    starts = re.compile(
        rf"(?P<money>{_MONEY})"
        rf"|(?P<none>(?<![\w.])(?:{_NO_NUMERAL}))"
        rf"|(?P<digits>(?<![\w.])(?<!\d,)\d)"
        rf"|(?P<word>\b(?:{_alternatives(alone)}|an?(?=[ -](?:{after_a})\b))\b|[{_PART_SIGNS}])"
    )
    return _Grammar(
        "comma" if entry.decimal == "," else "point",
        magnitudes,
        numbers,
        frozenset(units | set(magnitudes) | table.GLUED_UNITS),
        starts,
    )


def _alternatives(words: list[str]) -> str:
    """Write the words as one pattern, by their first letters, so that it fails quickly."""
    by_letter: dict[str, list[str]] = {}
    for word in words:
        by_letter.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(f"{letter}(?:{'|'.join(rest)})" for letter, rest in by_letter.items())


def _is_glued(text: str, end: int, grammar: _Grammar) -> bool:
    """Say whether a numeral in running text goes on in a way that makes it something else."""
    rest = text[end : end + 20]
    letters = re.match(r"[^\W\d_]+", rest)
    if letters is not None:  # "3rd", "1990s"; but "64km", and a lost space: "at least 189lives"
        lost_space = len(letters.group()) > 3 and text[end - 3 : end].isdigit()
        return letters.group() not in grammar.glued and not lost_space
    if re.match(r"[.,:/]\d|-\d+-", rest):
        return True
    ordinal = re.match(r"[ -]([a-z]+)", rest)
    return ordinal is not None and ordinal[1] in table.ORDINALS and not rest.startswith(" second")


class _Token(NamedTuple):
    kind: str
    text: str
    start: int
    end: int


_END: Final = _Token("end", "", -1, -1)


class _Parser:
    """Reads the longest numeral that starts at a place in a text."""

    def __init__(self, text: str, grammar: _Grammar) -> None:
        self.text, self.grammar = text, grammar
        self.tokens: list[_Token] = []
        self.done = False

    def read(self, start: int) -> Numeral | None:
        self.tokens, self.done = [], False
        self.position = start
        first = self._at(0)
        is_plain = first.kind == "digits" and self._at(1).text not in _BEFORE_SHARE
        read = (None if is_plain else self._share()) or self._amount()
        if read is None:
            return None
        numeral, used = read
        last = self.tokens[used - 1]
        end = last.end
        if last.text in table.ABBREVIATED and self.text[end : end + 1] == ".":
            end += 1
        if numeral.value >= TOO_LARGE:
            raise ValueError("the figure is too large to be meant")
        in_words = all(token.kind != "digits" for token in self.tokens[:used])
        return replace(numeral, start=first.start, end=end, in_words=in_words)

    def _at(self, index: int) -> _Token:
        """Give a token, read from the text when it is first asked for."""
        while len(self.tokens) <= index and not self.done:
            match = _TOKEN.match(self.text, self.position)
            if match is None or match.lastgroup is None:
                self.done = True
                break
            kind = match.lastgroup
            self.tokens.append(_Token(kind, match[kind], match.start(kind), match.end()))
            self.position = match.end()
        return self.tokens[index] if index < len(self.tokens) else _END

    def _words(self, index: int, phrase: str) -> int | None:
        """Give the index behind a phrase, with hyphens taken for spaces; None if it isn't there."""
        for word in phrase.split(" "):
            if index and self._at(index).text == "-":
                index += 1
            if self._at(index).text != word:
                return None
            index += 1
        return index

    # ------------------------------------------------------------------------------- shares

    def _share(self) -> tuple[Numeral, int] | None:
        """Read "half", "two thirds", "a quarter of a million" and "1 in 8"."""
        parts = self._parts()
        if parts is not None:
            share, index = parts
            if (then := self._magnitude_of_a(index)) is not None:
                magnitude, index = then
                value = exact(share * magnitude)
                step = _last_digit(value) if isinstance(value, int) else value
                return Numeral(value, step, share, magnitude), index
            return Numeral(share, share, share, is_share=True), index
        above = self._number(0)
        if above is None or not isinstance(above[0], int) or above[0] < 1:
            return None
        for phrase in table.IN_EVERY:
            behind = self._words(above[1], phrase)
            if behind is None and "every" in phrase and self._at(above[1]).text in _OF_EVERY:
                behind = self._words(above[1] + 1, phrase)  # "four people out of every five"
            below = None if behind is None else self._number(behind)
            if below is None or not isinstance(below[0], int) or below[0] <= above[0]:
                continue
            # "killed 500 in 2022" and "3 in 10 days" are none.
            if phrase == "in" and (below[0] > 1_000 or above[0] > 9):
                continue
            after = self._at(below[1])
            if (phrase == "in" and after.text in _TIME) or after.text in self.grammar.magnitudes:
                continue
            share = Fraction(above[0], below[0])
            return Numeral(share, share, share, is_share=True), below[1]
        return None

    def _parts(self) -> tuple[Fraction, int] | None:
        """Read "a third", "two-thirds", "half", "half a", and the sign ½ where it stands alone."""
        first = self._at(0)
        if first.kind == "sign" and first.text not in "-/":
            return Fraction(unicodedata.numeric(first.text)).limit_denominator(100), 1
        if first.text == "half":
            return Fraction(1, 2), 1
        if first.text in ("a", "an", "one"):
            above, index = 1, 1
        else:
            number = self._number(0)
            if number is None or not isinstance(number[0], int):
                return None
            above, index = number[0], number[1]
        if self._at(index).text == "-":
            index += 1
        part = self._at(index).text
        if above > 1:
            if part == "halves" or not part.endswith("s"):
                return None
            part = part[:-1]
        below = table.PARTS.get(part)
        if below is None or above >= below:
            return None
        return Fraction(above, below), index + 1

    def _magnitude_of_a(self, index: int) -> tuple[int, int] | None:
        """Read "a million", "of a million", "million" behind a part of one."""
        for phrase in ("of a", "of one", "a", "an", ""):
            then = self._words(index, phrase) if phrase else index
            if then is not None and self._at(then).text == "-":
                then += 1
            if then is not None and (read := self._magnitudes(then)) is not None:
                return read
        return None

    def _magnitudes(self, index: int) -> tuple[int, int] | None:
        """Read one magnitude, or a small one and a great one: "hundred thousand"."""
        magnitude = self.grammar.magnitudes.get(self._at(index).text)
        if magnitude is None:
            return None
        again = self.grammar.magnitudes.get(self._at(index + 1).text)
        if again is not None and again > magnitude >= 100:
            return magnitude * again, index + 2
        return magnitude, index + 1

    # ------------------------------------------------------------------------------- numbers

    def _number(self, index: int) -> tuple[Number, int, Number] | None:
        """Read a number below a thousand in words, or digits: value, index behind, last digit."""
        token = self._at(index)
        if token.kind == "digits":
            return self._in_digits(index)
        value, start = 0, index
        numbers = self.grammar.numbers
        ceiling = 10**4  # what follows must be smaller than the last place filled
        while True:
            then = index
            word = self._at(then).text
            if then > start and (word == "-" or (word == "and" and ceiling == 100)):
                then += 1
                word = self._at(then).text
            number = numbers.get(word)
            if number is None or number >= ceiling or (number == 0 and index > start):
                break
            value, index = value + number, then + 1
            ceiling = 10 if number >= 20 else 1
            if self._at(index).text == "hundred" and 0 < value < 100:
                value, index, ceiling = value * 100, index + 1, 100
        if index == start:
            return None
        return value, index, _last_digit(value)

    def _in_digits(self, index: int) -> tuple[Number, int, Number] | None:
        digits = self._digits(index)
        if digits is None:
            return None
        value, step = digits.value, digits.step
        index += 1
        after = self._at(index)
        if after.kind == "sign" and after.text not in "-/" and isinstance(value, int):
            part = Fraction(unicodedata.numeric(after.text)).limit_denominator(100)
            return value + part, index + 1, Fraction(1, 10)
        if isinstance(value, int) and self._at(index + 1).text == "/":  # "2 1/2"
            above, below = self._digits(index), self._digits(index + 2)
            if above and below and above.value < below.value <= 16 and below.value > 1:
                return (
                    exact(value + Fraction(above.value) / below.value),
                    index + 3,
                    Fraction(1, 10),
                )
        if after.text == "/":
            below = self._digits(index + 1)
            return None if below is None else _in_lowest_terms(value, below.value, index + 2)
        return value, index, step

    def _digits(self, index: int) -> Digits | None:
        token = self._at(index)
        if token.kind != "digits":
            return None
        writing = self.grammar.writing
        if _GROUPS_ONLY[writing].fullmatch(token.text):  # "1.234.567" is no decimal to anybody
            writing = "comma" if writing == "point" else "point"
        return read_digits(token.text, writing)

    def _amount(self) -> tuple[Numeral, int] | None:
        """Read "1.5 million", "two hundred and five thousand", "a dozen", "1 lakh 20 thousand"."""
        total: Number = 0
        index, ceiling, groups = 0, TOO_LARGE * 10, 0
        kept: tuple[Numeral, int] | None = None
        while True:
            then = index
            joined = groups > 0 and self._at(then).text in ("and", "-")
            if joined:
                then += 1
            read = self._number(then)
            if read is None and groups == 0:
                word = self._at(then).text
                ahead = self.grammar.magnitudes.get(word)
                if word in ("a", "an"):
                    ahead = self.grammar.magnitudes.get(self._at(then + 1).text)
                    read = (1, then + 1, 1) if ahead else None
                elif ahead is not None and word in table.MAGNITUDES_ALONE:
                    read = (1, then, 1)
            if read is None:
                break
            number, behind, step = read
            if groups == 0 and (half := self._and_a_half(behind, number)) is not None:
                number, behind, step = number + half[0], half[1], Fraction(1, 10)
            magnitude = 1
            if (found := self._magnitudes(behind)) is not None:
                magnitude, behind = found
            elif self._at(behind - 1).text == "hundred":
                number, step, magnitude = (
                    exact(Fraction(number) / 100),
                    exact(Fraction(step) / 100),
                    100,
                )
            part = exact(number * magnitude)
            if groups and (
                part >= ceiling or part == 0 or (self._at(then).kind == "digits" and magnitude == 1)
            ):
                break
            if groups and kept is not None and kept[0].is_grouped:
                break
            total = exact(total + part)
            groups, index = groups + 1, behind
            step = exact(step * magnitude)
            digits = self._digits(0) if groups == 1 else None
            if groups == 1 and magnitude > 1 and (half := self._and_a_half(index, 1)) is not None:
                # "a million and a half"
                total, index = exact(total + half[0] * magnitude), half[1]
                step = exact(Fraction(magnitude, 10))
            kept = (
                Numeral(
                    total,
                    step,
                    exact(Fraction(total) / magnitude) if groups == 1 else total,
                    magnitude if groups == 1 else 1,
                    is_grouped=digits is not None and digits.is_grouped and total < 10**6,
                    is_ambiguous=groups == 1 and magnitude == 1 and self._is_ambiguous(0),
                ),
                index,
            )
            ceiling = magnitude if magnitude > 1 else 1
            if magnitude == 1 or ceiling < 100:
                break
        return kept

    def _and_a_half(self, index: int, number: Number) -> tuple[Fraction, int] | None:
        if not isinstance(number, int):
            return None
        for phrase, part in (("and a half", Fraction(1, 2)), ("and a quarter", Fraction(1, 4))):
            if (then := self._words(index, phrase)) is not None:
                return part, then
        return None

    def _is_ambiguous(self, index: int) -> bool:
        """Say whether digits have their groups where the language has its decimals."""
        token, writing = self._at(index), self.grammar.writing
        return (
            token.kind == "digits" and _GROUPS_ELSEWHERE[writing].fullmatch(token.text) is not None
        )


#: What may follow the first number of a share: "1 in 8", "3 quarters", "3-quarters".
_OF_EVERY: Final = frozenset(
    {"people", "persons", "children", "women", "men", "girls", "boys", "families", "households"}
)
_BEFORE_SHARE: Final = frozenset(
    {"-", *_OF_EVERY, *(phrase.split(" ")[0] for phrase in table.IN_EVERY)}
    | {f"{part}{plural}" for part in table.PARTS for plural in ("", "s")}
)

_TIME: Final = frozenset(
    f"{unit}{plural}"
    for unit in ("day", "week", "month", "year", "hour", "minute", "second")
    for plural in ("", "s")
)


def _in_lowest_terms(above: Number, below: Number, index: int) -> tuple[Number, int, Number] | None:
    """Read a fraction in lowest terms, such as 100/3: the exact result of a division.

    Others ("24/2", perhaps a day) are not read; so a fraction is never a whole number.
    """
    if not isinstance(above, int) or not isinstance(below, int) or below < 2:
        return None
    if gcd(above, below) != 1:
        return None
    return Fraction(above, below), index, Fraction(1, below)


def iter_runs(text: str) -> Iterator[str]:
    """Give each run of digits with what stands between them, read or not."""
    yield from re.findall(_RUN, text)
