"""From the words of a figure to its bounds. The words themselves are in `words`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cache, lru_cache
from math import ceil, floor
from typing import Final, NamedTuple

from analysis.bounds import words as table
from analysis.bounds.numerals import Numeral, has_mixed_digits, plain, read_numeral
from analysis.bounds.unreadable import Refusal, UnreadableWording, explain, has_strange_words
from analysis.bounds.value import Bounds, Number, bounds_between

#: A figure takes a few words; what is longer is something else, and is not looked into.
LONGEST_WORDING: Final = 200

#: A whole number in plain digits, too short to be too large: most wordings are no more than this.
_WHOLE_NUMBER: Final = re.compile(r"0|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,5}|[1-9][0-9]{0,17}")

#: "of the population", "of all children": the whole of a share, without another figure in it.
_OF_A_WHOLE: Final = re.compile(
    r" (?:of )?(?:them|(?:the|its|their|all|all the|them)(?: [a-z'-]+){0,4})$"
)


def _any_of(words: Iterable[str]) -> str:
    """Write words as one pattern, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_INTERVAL: Final = re.compile(
    r"(?:\d{2}(?:\.\d)? ?(?:%|per ?cent) ?)?"
    rf"(?:(?:{_any_of(table.NAMES_OF_INTERVALS)})\b)?(?: of)? ?[:=,]? ?"
)
_ADVERB: Final = re.compile(f"(?:{_any_of(table.BOUND_NOTHING)}) ")
_ADVERB_AFTER: Final = re.compile(f",? (?:{_any_of(table.BOUND_NOTHING_AFTER)})$")
_WITHOUT_FIGURE: Final = re.compile(f"({_any_of(table.WITHOUT_FIGURE)})(?: |$)")
_NONE_REPORTED: Final = re.compile(table.NONE_REPORTED)
_NO_FIGURE: Final = re.compile(table.NO_FIGURE)
_BY_ANOTHER: Final = re.compile(table.BY_ANOTHER)
_DIVIDED: Final = re.compile(rf"({table.DIVIDED})$")
_POINTS: Final = re.compile(table.POINTS)
_DIGITS: Final = re.compile(
    rf"(?:in |into |an? )?(?:the )?({_any_of(table.DIGITS)})(?:digit|figure)s?(?: numbers?)?"
)
#: "100s", "10s of thousands": as "hundreds" and "tens of thousands".
_DIGITS_VAGUE: Final = re.compile(r"'?(10{1,3}|1,?000|10,?000|100,?000)s( of [a-z]+)?")
_TWICE: Final = re.compile(r"(.+) (?:upon|and|after|on) \1")
_HEDGE: Final = re.compile(f"({_any_of(table.HEDGES)}) ")
_RATE: Final = re.compile(f"(?<!half)(?<!quarter of) ({_any_of(table.RATES)})$")
_FOOTNOTE: Final = re.compile(
    r"(?<=[\w+%)])(?: [(\[](?:[0-9]{1,2}|[a-z])[)\]]| ?[*\u2020\u2021\u00a7]+)+$"
)
_IN_BAND: Final = re.compile(rf"(?:{_any_of(table.BANDS)})[- ]")
_BEST_OF_RANGE: Final = re.compile(rf"(.+?),? \(?(?:{_any_of(table.BEST_OF_RANGE)})[:,]? (.+?)\)?")
_RANGE_BEHIND: Final = re.compile(r"(.+?),? (?:with )?an? (?:[a-z]+ )?(?:range|interval) of (.+)")
_QUOTED: Final = re.compile(
    r"[\"'\u201c-\u201f\u00ab\u00bb]+ ?(.*?) ?[\"'\u201c-\u201f\u00ab\u00bb]+"
)
_WITHOUT_ARTICLE: Final = re.compile(r"(?:quarter|third|fifth|tenth) of an? ")

#: "nine out of ten" may be a share, whoever is counted.
_OUT_OF: Final = frozenset({*range(2, 11), 100, 1_000})

_HAS_VAGUE: Final = re.compile(
    rf"\b(?:{_any_of((*table.VAGUE, *table.TWO_OR_MORE))}|10+s|1,000s)\b"
)

_INCLUDING: Final = re.compile(table.INCLUDING)

_NOTHING: Final = frozenset(
    {*table.NOTHING, *(f"{no} {noun}" for no in ("no", "zero") for noun in table.NOTHING_OF)}
)

_FORMS_OF_UNITS: Final = sorted(
    ((form, unit) for unit, forms in table.UNITS.items() for form in forms),
    key=lambda pair: -len(pair[0]),
)

#: The characters that a unit begins and ends with.
_STARTS_OF_UNITS: Final = frozenset(form[0] for form, _ in _FORMS_OF_UNITS)
_ENDS_OF_UNITS: Final = frozenset(form[-1] for form, _ in _FORMS_OF_UNITS)


class Figure(NamedTuple):
    """A numeral with its unit."""

    numeral: Numeral
    unit: str


def read_wording(words: str, counts: bool = True, language: str = "") -> Bounds:
    """Read a figure in its claimant's words.

    Parameters
    ----------
    words : str
        The figure only, without what is counted: "nearly 500", "7,000 to 15,000".
    counts : bool
        True when people or things are counted: ends that a margin puts between whole numbers
        are rounded outwards, and units, shares and decimals are refused. False for measures
        (percent, km, dollars); a share ("two thirds", "1 in 8") is read in percent.
    language : str
        The language of the words, a key of `words.LANGUAGES` ("fr", "de"); empty for English.
        It decides what "30.000" means.

    Raises
    ------
    UnreadableWording
        When the words cannot be read with certainty. It says why, and what may have been meant.
    LookupError
        When there is no such language.

    Examples
    --------
    >>> nearly = read_wording("nearly 500")
    >>> nearly.low, nearly.best, nearly.high, nearly.high_excluded
    (450, None, 500, True)
    >>> read_wording("environ 30 000", language="fr").best
    30000
    """
    if not isinstance(words, str):
        raise TypeError(f"a wording is text, not {type(words).__name__}")
    if _WHOLE_NUMBER.fullmatch(words) and language in ("", "en"):
        number = int(words.replace(",", ""))
        return Bounds(number, number, number, "exact")
    return _read_wording(words, bool(counts), language)


@lru_cache(maxsize=8192)
def _read_wording(words: str, counts: bool, language: str) -> Bounds:
    reader = _Reader(counts, language)
    advice = None
    try:
        text = tidy(words)
        bounds = reader.read(text)
        if bounds is not None:
            return bounds
        reason, advice = explain(text, reader.is_readable, language or "en")
        if has_strange_words(text) and (told := _in_another_language(text, counts, language)):
            reason, advice = told
    except Refusal as refusal:
        reason, advice = refusal.reason, refusal.advice
        if advice is not None and not reader.is_readable(advice):
            advice = None
    except ValueError as error:
        reason = str(error)
    raise UnreadableWording(words, reason, advice)


def tidy(words: str) -> str:
    """Bring words to lower case, single spaces, plain hyphens; refuse what no figure contains."""
    if len(words) > LONGEST_WORDING:
        raise ValueError(f"longer than {LONGEST_WORDING} characters; a wording holds one figure")
    stripped = words.strip(table.BLANKS)
    text = plain(stripped)
    if not text:
        raise ValueError("no words")
    if quoted := _QUOTED.fullmatch(text):
        text = quoted[1]
    if not text.isprintable():
        # A line break would otherwise join two figures into one.
        raise ValueError("a line break, tab or other control character between the words")
    if not stripped.isascii() and has_mixed_digits(stripped):
        raise ValueError("digits of two scripts in one figure")
    return " ".join(text.split())


def bounds_of_figure(
    qualifier: str, figure: Figure, counts: bool, margin: Number | None = None
) -> Bounds:
    """Work out the bounds that follow from a qualifier and its figure: what the words mean.

    "around" reaches half a unit of the last significant digit to both sides, "nearly" one unit
    down, both at most a tenth of the figure: our own policy.
    """
    numeral, unit = figure
    number = numeral.value
    if counts:
        require_count(figure)
    match qualifier:
        case "exact":
            return Bounds(number, number, number, qualifier, unit=unit)
        case "at least":
            return Bounds(number, None, None, qualifier, unit=unit)
        case "more than":
            return Bounds(number, None, None, qualifier, low_excluded=True, unit=unit)
        case "up to":
            return Bounds(0, None, number, qualifier, unit=unit)
        case "around":
            margin = margin_of(numeral) if margin is None else margin
            low, high = number - margin, number + margin
            if counts:
                low, high = floor(low), ceil(high)
            return Bounds(low, number, high, qualifier, unit=unit)
    if number <= 0:
        raise ValueError("nothing is below zero")
    if qualifier == "fewer than":
        return Bounds(0, None, number, qualifier, high_excluded=True, unit=unit)
    low = number - min(Fraction(numeral.step), Fraction(number) / 10)
    return Bounds(
        floor(low) if counts else low, None, number, qualifier, high_excluded=True, unit=unit
    )


def margin_of(numeral: Numeral) -> Fraction:
    """Give half a unit of the last significant digit, but at most a tenth of the number."""
    return min(Fraction(numeral.step) / 2, abs(Fraction(numeral.value)) / 10)


def require_count(figure: Figure) -> None:
    """Raise ValueError for what no people or things are counted in."""
    numeral, unit = figure
    if numeral.is_share:
        raise ValueError("a share is not a count of people or things: its unit is percent")
    if unit == "times":
        raise ValueError("a ratio (times) is not a count of people or things")
    if unit:
        raise ValueError(f"{unit} is not a count of people or things")
    if not isinstance(numeral.value, int):
        raise ValueError("a count is a whole number")
    if numeral.value < 0:
        raise ValueError("a count is never below zero")


class _Reader:
    """The ways to read a wording, for counts or measures, in a language."""

    def __init__(self, counts: bool, language: str) -> None:
        self.counts = counts
        self.language = language or "en"
        self.patterns = patterns_of(self.language)

    def is_readable(self, text: str) -> bool:
        """Say whether tidy text can be read."""
        try:
            return self.read(text) is not None
        except ValueError:
            return False

    def read(self, text: str) -> Bounds | None:
        """Give the bounds of tidy text, or None when no way of reading it fits."""
        if text == table.NOT_KNOWN:
            return bounds_between(None, None)
        if text in _NOTHING:
            return Bounds(0, 0, 0, "exact")
        refuse_what_states_no_bound(text)
        if footnote := _FOOTNOTE.search(text):
            raise Refusal("the mark of a footnote is no part of it", text[: footnote.start()])
        if _WITHOUT_ARTICLE.match(text):
            text = f"a {text}"
        while True:
            for read in (
                self._digits,
                self._vague,
                self._whole,
                self._qualified,
                self._range,
                self._estimate,
                self._margin,
                self._joined_ends,
                self._below_zero,
                self._possible_end,
            ):
                bounds = read(text)
                if bounds is not None:
                    return bounds
            shorter = _without_adverb(text)
            if shorter == text:
                return None
            text = shorter

    # ------------------------------------------------------------------------- one figure

    def figure(self, text: str) -> Figure | None:
        """Read one figure from tidy text; None when it is not a figure."""
        if text in table.TIMES:
            times = table.TIMES[text]
            return Figure(Numeral(times, 1, times), "times")
        minus = text.startswith(table.MINUS)
        text, unit = split_unit(text.removeprefix(table.MINUS), self.language)
        if unit and (part := re.fullmatch(r"(.+?) (?:of )?an?", text)):  # "half a percent"
            numeral = read_numeral(part[1], self.language)
            if numeral is None or not numeral.is_share:
                return None
            return Figure(replace(numeral, is_share=False), unit)
        numeral = read_numeral(text, self.language)
        if numeral is None and text.startswith(("a hundred ", "hundred ", "a thousand ")):
            numeral = read_numeral(f"one {text.removeprefix('a ')}", self.language)
        if numeral is None and not unit and (whole := _OF_A_WHOLE.search(text)):
            share = read_numeral(text[: whole.start()], self.language)
            if share is not None and share.is_share:
                numeral = share
        if numeral is None:
            return None
        if numeral.is_ambiguous and (self.counts or not _is_decimal(numeral)):
            self._refuse_ambiguous(text)
        if minus:
            numeral = replace(numeral, value=-numeral.value, number=-numeral.number)
        if numeral.is_share and not unit and not self.counts:
            return Figure(numeral.times(100), "%")
        return Figure(numeral, unit)

    def _refuse_ambiguous(self, text: str) -> None:
        language = table.LANGUAGES[self.language]
        how = f"{int(re.sub(r'[^0-9]', '', text)):,}"
        if language.decimal == ",":
            how = how.replace(",", " ")
        mark = {".": "point", ",": "comma"}[language.decimal]
        raise Refusal(
            f"a {mark} parts decimals in {language.name}, and thousands elsewhere: write {how}, "
            "or say which language it is",
            how,
        )

    def _qualified(self, text: str) -> Bounds | None:
        """Read one figure with its qualifier: 'at least 227', '2,000+', '498'."""
        for qualifier, rest in self._insides(text):
            figure = self._figure_after_adverbs(rest)
            if figure is not None:
                return bounds_of_figure(qualifier, figure, self.counts)
        return None

    def _figure_after_adverbs(self, text: str) -> Figure | None:
        figure = self.figure(text)
        while figure is None and (shorter := _without_first_adverb(text)) != text:
            text = shorter
            figure = self.figure(text)
        return figure

    def _insides(self, text: str, *qualifiers: str) -> Iterator[tuple[str, str]]:
        """Find every pattern that fits: its qualifier, and what stands in the place of N."""
        for key in (text[:2], text[:1], ""):
            for qualifier, before, after in self.patterns.get(key, ()):
                if not qualifiers or qualifier in qualifiers:
                    rest = inside(text, before, after)
                    if rest:
                        yield qualifier, rest

    def _digits(self, text: str) -> Bounds | None:
        """Read 'in double digits', 'a six-figure number': what the number of digits says."""
        if not (found := _DIGITS.fullmatch(text)):
            return None
        first = 10 ** (table.DIGITS[found[1]] - 1)
        if self.counts:
            return Bounds(first, None, 10 * first - 1, "range")
        return Bounds(first, None, 10 * first, "range", high_excluded=True)

    def _vague(self, text: str) -> Bounds | None:
        """Read 'hundreds', 'several hundred', 'at least tens of billions of dollars'."""
        if not _HAS_VAGUE.search(text):
            return None
        text, unit = split_unit(text, self.language)
        text = text.removesuffix(" of")
        low = _vague_low(text)
        for joint in (*table.JOINED_HEDGED, " or ", " to ", "-"):
            left, joined, right = text.partition(joint)
            if low is None and joined and _vague_low(right) is not None:
                low = _vague_low(left.removeprefix("from "))
        if low is None:
            for qualifier, rest in self._insides(text):
                inner = _vague_low(rest)
                if inner is not None and qualifier in ("up to", "fewer than", "nearly"):
                    raise Refusal(f'"{rest}" has no upper end: write the figure')
                low = low or inner if qualifier in ("at least", "more than") else low
        if low is None:
            return None
        if self.counts and unit:
            raise ValueError(f"{unit} is not a count of people or things")
        return Bounds(low, None, None, "vague", unit=unit)

    # --------------------------------------------------------------------- several figures

    def _whole(self, text: str) -> Bounds | None:
        """Read '1.9 million of 2.2 million': the figure, which lies within its whole."""
        for joint in (" out of ", " of "):
            left, joined, right = text.rpartition(joint)
            if not joined or right.startswith("a "):  # "a quarter of a million"
                continue
            right = re.sub(r"^(?:the |its |a total of |a population of |all )+", "", right)
            whole = self._qualified(right)
            part = self._qualified(left) or self._vague(left) if whole else None
            if whole is None or part is None or whole.unit:
                continue
            if part.unit == "" and joint == " out of " and not self.counts:
                continue  # "9 out of 10" is a share where shares are read
            if joint == " out of " and whole.best in _OUT_OF and right.isalpha():
                raise ValueError(f'"{text}" may be a share: write the people who are counted')
            low, high = part.low, whole.high
            if not part.unit and low is not None and high is not None and low > high:
                raise ValueError(f'"{left}" is more than its whole, "{right}"')
            return part
        return None

    def _range(self, text: str) -> Bounds | None:
        """Read '7,000 to 15,000', '2-3 million', 'around 10-12', where both ends are rounded."""
        for qualifier, rest in self._insides(text, "exact", "around"):
            for left, right, is_dashed in self._ends_of_range(rest):
                first, last = self.figure(left), self.figure(right)
                if first is None or last is None:
                    loose = self._loose_range(left, right) if qualifier == "exact" else None
                    if loose is not None:
                        return loose
                    continue
                unit = _same_unit(first.unit, last.unit)
                numeral = _with_unit_of(last.numeral, first.numeral, is_dashed)
                first, last = Figure(numeral, unit), Figure(last.numeral, unit)
                if first.numeral.value > last.numeral.value:
                    raise ValueError(f"the range runs backwards: {left} is more than {right}")
                # Both ends are rounded alike: by the finer of the two.
                margin = min(margin_of(first.numeral), margin_of(last.numeral))
                low = bounds_of_figure(qualifier, first, self.counts, margin).low
                high = bounds_of_figure(qualifier, last, self.counts, margin).high
                return Bounds(low, None, high, "range", unit=unit)
        return None

    def _loose_range(self, left: str, right: str) -> Bounds | None:
        """Read a range one of whose ends is rounded or vague: 'between about 5,000 and 6,000'."""
        ends: list[tuple[Number | None, Number | None, str]] = []
        for text in (left, right):
            figure = self.figure(text)
            known = figure if figure is not None else self._around(text)
            if known is not None:
                qualifier = "exact" if figure is not None else "around"
                bounds = bounds_of_figure(qualifier, known, self.counts)
                ends.append((bounds.low, bounds.high, bounds.unit))
            elif text is left and (least := _vague_low(text)) is not None:
                ends.append((least, None, ""))
            elif text is right and (upper := self._upper_end(text)) is not None:
                ends.append((None, upper.high, upper.unit))
            else:
                return None
        low, high = ends[0][0], ends[1][1]
        # Where the first may lack the unit of the last ("about 5 to 6,000") nothing is read.
        if low is None or high is None or low >= high or 20 * low < high:
            return None
        return Bounds(low, None, high, "range", unit=_same_unit(ends[0][2], ends[1][2]))

    def _ends_of_range(self, text: str) -> Iterator[tuple[str, str, bool]]:
        for before, between, after in _ranges_of(self.language):
            rest = inside(text, before, after)
            parts = rest.split(between) if rest else []
            # "twenty-five-thirty" may be cut at either hyphen; a figure on both sides decides.
            for cut in range(1, len(parts)):
                left, right = between.join(parts[:cut]), between.join(parts[cut:])
                yield left.strip(), right.strip(), between == "-"

    def _estimate(self, text: str) -> Bounds | None:
        """Read a best figure and its bounds in brackets: '600 (95% CI 450 to 900)'."""
        if likeliest := _BEST_OF_RANGE.fullmatch(text):
            text = f"{likeliest[2]} ({likeliest[1]})"
        elif behind := _RANGE_BEHIND.fullmatch(text):
            text = f"{behind[1]} ({behind[2]})"
        estimate, bracket, rest = text.partition("(")
        if not bracket or "(" in rest or not rest.endswith(")"):
            return None
        figure = self.figure(estimate.strip()) or self._around(estimate.strip())
        if figure is None:
            return None
        inner = rest[:-1].strip()
        if inner.startswith(table.MARGINS):
            return self._margin(f"{estimate.strip()} {inner}")
        within = self.read(inner)
        if within is None and (name := _INTERVAL.match(inner)) and name.end():
            within = self._range(inner[name.end() :].replace(", ", " to "))
        if within is None or within.qualifier in ("exact", "nearly", "around", "vague"):
            return None
        best = bounds_of_figure("exact", figure, self.counts).best
        unit = figure.unit
        if within.qualifier != "not known":
            unit = _same_unit(figure.unit, within.unit)
        ends = within.low_excluded, within.high_excluded
        return Bounds(within.low, best, within.high, "estimate with range", *ends, unit=unit)

    def _around(self, text: str) -> Figure | None:
        """Read 'around 600' before its bounds in brackets, which say how wide it is."""
        figures = (self.figure(rest) for _, rest in self._insides(text, "around"))
        return next((figure for figure in figures if figure is not None), None)

    def _margin(self, text: str) -> Bounds | None:
        """Read a best figure and its margin either way: '600 ± 50'."""
        for sign in table.MARGINS:
            left, found, right = text.partition(sign)
            best = self.figure(left.strip()) if found else None
            margin = self.figure(right.strip()) if best else None
            if best is None or margin is None:
                continue
            unit = _same_unit(best.unit, margin.unit)
            if self.counts:
                require_count(best)
                require_count(margin)
            number = best.numeral.value
            ends = number - margin.numeral.value, number + margin.numeral.value
            return Bounds(ends[0], number, ends[1], "estimate with range", unit=unit)
        return None

    def _joined_ends(self, text: str) -> Bounds | None:
        """Read a wording for each end: 'more than 2% but less than 3%'."""
        for joint in table.JOINED_ENDS:
            left, joined, right = text.partition(joint)
            upper = self._upper_end(right) if joined else None
            lower = self._qualified(left) if upper else None
            if upper and lower and lower.qualifier in ("at least", "more than"):
                ends = lower.low_excluded, upper.high_excluded
                unit = _same_unit(lower.unit, upper.unit)
                return Bounds(lower.low, None, upper.high, "range", *ends, unit=unit)
        return None

    def _possible_end(self, text: str) -> Bounds | None:
        """Read 'at least 5,000, perhaps as many as 7,000', and '15,000 to 20,000 at most'."""
        for at_most in (" at most", " at the most"):
            if text.endswith(at_most):
                return self._range(text.removesuffix(at_most))
        for joint in table.JOINED_HEDGED:
            left, joined, right = text.partition(joint)
            lower = self._qualified(left) if joined else None
            if lower is None or lower.qualifier not in ("at least", "more than", "exact"):
                continue
            upper = self._upper_end(right)
            if upper is None and (figure := self.figure(right)) is not None:
                upper = bounds_of_figure("exact", figure, self.counts)
            if upper is None or upper.high is None or lower.low is None or lower.low > upper.high:
                continue
            ends = lower.low_excluded, upper.high_excluded
            unit = _same_unit(lower.unit, upper.unit)
            return Bounds(lower.low, None, upper.high, "range", *ends, unit=unit)
        return None

    def _upper_end(self, text: str) -> Bounds | None:
        """Read 'up to 5' or 'less than 5' as an upper end alone, without the zero below it."""
        for qualifier, rest in self._insides(text, "up to", "fewer than"):
            figure = self.figure(rest)
            if figure is not None:
                if self.counts:
                    require_count(figure)
                excluded = qualifier == "fewer than"
                return bounds_between(
                    None, figure.numeral.value, high_excluded=excluded, unit=figure.unit
                )
        return None

    def _below_zero(self, text: str) -> Bounds | None:
        """Read 'up to 5, perhaps below zero', what a difference of two open figures says."""
        rest = text.removesuffix(table.BELOW_ZERO)
        upper = self._upper_end(rest) if rest != text else None
        if upper and self.counts:
            raise ValueError("a count is never below zero")
        return upper


def split_unit(text: str, language: str = "en") -> tuple[str, str]:
    """Take the unit off a figure: "$2.5 billion" gives "2.5 billion" and "$"."""
    for form in table.LANGUAGES[language].percent:
        if text.endswith(" " + form):
            return text.removesuffix(form).strip(), "%"
    if text[:1] not in _STARTS_OF_UNITS and text[-1:] not in _ENDS_OF_UNITS:
        return text, ""
    for form, unit in _FORMS_OF_UNITS:
        if (
            text.startswith(form)
            and unit not in table.UNITS_AFTER
            and not (form[-1].isalpha() and text[len(form) :][:1].isalpha())
        ):
            return text[len(form) :].strip(), unit
        if text.endswith(form) and not (form[0].isalpha() and text[: -len(form)][-1:].isalpha()):
            return text[: -len(form)].strip().removesuffix(" of"), unit
    return text, ""


def inside(text: str, before: str, after: str) -> str | None:
    """Find what stands between two texts, or None where the text does not begin and end so."""
    if text.startswith(before) and text.endswith(after) and len(text) > len(before) + len(after):
        return text[len(before) : len(text) - len(after)].strip()
    return None


@cache
def patterns_of(language: str) -> dict[str, list[tuple[str, str, str]]]:
    """Give the patterns of qualifiers by the first two characters before their figure.

    Each is the qualifier, what stands before the figure, and what stands after it. Patterns
    with nothing before the figure are under the empty text.
    """
    entry = table.LANGUAGES.get(language)
    if entry is None:
        raise LookupError(f"language {language!r} is none of {', '.join(table.LANGUAGES)}")
    found: dict[str, list[tuple[str, str, str]]] = {}
    for qualifiers in (entry.qualifiers, table.QUALIFIERS):
        for qualifier, patterns in qualifiers.items():
            for pattern in patterns:
                before, _, after = plain(pattern.replace("N", "\0")).partition("\0")
                found.setdefault(before[:2], []).append((qualifier, before, after))
    return found


@cache
def _ranges_of(language: str) -> list[tuple[str, str, str]]:
    """Give what stands before, between and after the figures, for every way to write a range."""
    patterns = (*table.LANGUAGES[language].ranges, *table.RANGES)
    cut = (re.split(r"\b[AB]\b", pattern) for pattern in patterns)
    return [(before, between, after) for before, between, after in cut]


def refuse_what_states_no_bound(text: str) -> None:
    """Raise `Refusal` for a denial, an absence, a rate and a hedge, each by its name."""
    if absent := _WITHOUT_FIGURE.match(text):
        raise Refusal(table.WITHOUT_FIGURE[absent[1]])
    if _NO_FIGURE.fullmatch(text):
        raise Refusal("there is no figure in it: leave the wording empty")
    if _BY_ANOTHER.fullmatch(text):
        raise Refusal("it is said by another figure, which it does not hold: write the figure")
    if _POINTS.fullmatch(text):
        raise Refusal("percentage points are the difference of two shares: write the shares")
    if divided := _DIVIDED.search(text):
        raise Refusal(
            f'"{divided[1].strip()}" makes it a rate: what it is divided by belongs into the '
            "measure, not the wording"
        )
    if _NONE_REPORTED.match(text):
        raise Refusal(
            'that none is reported is not zero: leave the wording empty, or write "none" '
            "where the claimant says that there was none"
        )
    if several := _INCLUDING.search(text):
        raise Refusal("it holds several figures: write a row for each", text[: several.start()])
    if hedge := _HEDGE.match(text):
        advice = table.HEDGES[hedge[1]].replace("N", text[hedge.end() :])
        raise Refusal(f'"{hedge[1]}" says what is possible, and states no bound', advice)
    if rate := _RATE.search(text):
        raise Refusal(
            f'"{rate[1]}" makes it a rate: the period belongs into the measure, not the wording',
            text[: rate.start()],
        )


def _without_adverb(text: str) -> str:
    """Take off one word that bounds nothing, from the front or from the end."""
    shorter = _without_first_adverb(text)
    return _ADVERB_AFTER.sub("", text) if shorter == text else shorter


def _without_first_adverb(text: str) -> str:
    if adverb := _ADVERB.match(text):
        rest = text[adverb.end() :]
        # "a further dozen" is a dozen.
        return f"a {rest}" if rest.split(" ")[0] in table.MAGNITUDES else rest
    return text


def _vague_low(text: str) -> int | None:
    text = re.sub(r"^(?:in(?:to)? )?the ", "", text)
    if (twice := _TWICE.fullmatch(text)) and twice[1] in table.VAGUE:
        text = twice[1]
    if digits := _DIGITS_VAGUE.fullmatch(text):
        magnitude = table.MAGNITUDES.get(digits[2].removeprefix(" of "), 0) if digits[2] else 1
        return 2 * int(digits[1].replace(",", "")) * magnitude or None
    if band := _IN_BAND.match(text):
        low = table.VAGUE.get(text[band.end() :])
        return None if low is None or low < table.VAGUE["dozens"] else low // 2
    low = table.VAGUE.get(text)
    for several in table.TWO_OR_MORE:
        rest = text.removeprefix(several + " ")
        if low is None and rest != text:
            low = table.VAGUE.get(rest)
            one = read_numeral(f"1 {rest}") if low is None else None
            if one is not None and one.magnitude > 1 and one.number == 1:
                low = 2 * one.magnitude
    return low


def _is_decimal(numeral: Numeral) -> bool:
    """Say whether an ambiguous numeral can be decimals: "30.000" can, "1.234.567" cannot."""
    return not isinstance(numeral.step, int)


def _with_unit_of(last: Numeral, first: Numeral, is_dashed: bool) -> Numeral:
    """Let the unit carry: '2-3 million' is 2 million to 3 million, '20-30,000' from 20,000."""
    if first.value == 0 or first.magnitude > 1 or first.is_share:
        return first
    number, value = abs(Fraction(first.value)), abs(Fraction(last.value))
    if last.magnitude > 1:
        if number < abs(Fraction(last.number)):
            return first.times(last.magnitude)
        if number >= 1_000 or last.magnitude < 1_000:
            return first
        raise ValueError(
            "it is not clear whether the first figure is in thousands, millions or ones"
        )
    if first.is_grouped or not isinstance(first.value, int) or first.value < 0:
        return first
    group = 1_000 ** ((len(str(int(value))) - 1) // 3)
    if group > 1 and number < value / group and not last.in_words:
        if group == 1_000 and last.is_grouped and value % 1_000 == 0:
            return first.times(1_000)
        raise ValueError("it is not clear whether the first figure is in thousands or in ones")
    if (
        is_dashed
        and 1 < number < 10
        and value < 1_000
        and value % 100 == 0
        and number < value / 100
    ):
        raise ValueError("it is not clear whether the first figure is in hundreds or in ones")
    return first


def _same_unit(one: str, other: str) -> str:
    """Give the unit of a range: written once or twice, but the same."""
    if one and other and one != other:
        raise ValueError(f"two units, {one} and {other}")
    return one or other


def _in_another_language(text: str, counts: bool, language: str) -> tuple[str, str | None] | None:
    """Say that words can be read in another language, with the same figure in English."""
    for code, entry in table.LANGUAGES.items():
        if code in ("en", language):
            continue
        reader = _Reader(counts, code)
        try:
            bounds = reader.read(text)
        except ValueError:
            continue
        if bounds is None:
            continue
        reason = (
            f"it can be read as {entry.name}: give the language ({code}), or write it in English"
        )
        return reason, _in_english(bounds)
    return None


def _in_english(bounds: Bounds) -> str | None:
    low, best, high = (
        f"{end:,}" if isinstance(end, int) else None
        for end in (bounds.low, bounds.best, bounds.high)
    )
    unit = bounds.unit if bounds.unit == "%" else f" {bounds.unit}".rstrip()
    match bounds.qualifier:
        case "exact":
            words = best
        case "at least" | "more than":
            words = low and f"{bounds.qualifier} {low}"
        case "up to" | "fewer than" | "nearly":
            words = high and f"{bounds.qualifier} {high}"
        case "around":
            words = best and f"around {best}"
        case "range":
            words = low and high and f"{low} to {high}"
        case _:
            words = None
    return words and words + unit
