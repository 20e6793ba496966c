"""The words of figures, in one place: read the tables, add a row, and it is understood everywhere.

Rows are written in lower case, with plain hyphens and single spaces: wordings are brought to
that form before they are looked up. In a pattern, N stands for a figure ("500", "4 million",
"two dozen", "$2.5bn"), A and B for the two figures of a range.
"""

from __future__ import annotations

from typing import Final

#: What a qualifier says about the figure N, and every way to write it.
#: The bounds that follow from each qualifier are in `qualified.bounds_of_figure`.
QUALIFIERS: Final[dict[str, tuple[str, ...]]] = {
    "exact": ("N", "exactly N", "a total of N"),
    "at least": (
        *("at least N", "no fewer than N", "no less than N", "not fewer than N", "not less than N"),
        *("a minimum of N", "N or more", "N or over", "N and more", "N at least", "N+"),
        *("≥N", ">=N"),
    ),
    "more than": (
        *("more than N", "over N", "exceeding N", "in excess of N", "upwards of N", "above N"),
        *("well over N", "just over N", "slightly over N", "slightly more than N"),
        *("well above N", "just above N", "greater than N", ">N"),
    ),
    "up to": (
        *("up to N", "as many as N", "as much as N", "at most N", "no more than N"),
        *("not more than N", "a maximum of N", "N or fewer", "N or less", "N at most"),
        *("≤N", "<=N"),
    ),
    "fewer than": ("fewer than N", "less than N", "under N", "below N", "well under N", "<N"),
    "nearly": (
        *("nearly N", "almost N", "close to N", "just under N", "just below N", "just short of N"),
        *("slightly under N", "slightly fewer than N", "slightly less than N", "approaching N"),
    ),
    "around": (
        *("around N", "about N", "some N", "roughly N", "approximately N", "approx. N"),
        *("an estimated N", "estimated at N", "in the region of N", "N or so"),
        *("circa N", "c.N", "c N", "ca.N", "ca N", "~N", "≈N"),
    ),
}

#: Ways to write a range from A to B.
RANGES: Final[tuple[str, ...]] = (
    *("A to B", "A-B", "from A to B", "between A and B"),
    *("anywhere from A to B", "anywhere between A and B"),
)

#: Joins two wordings that give one end each: "more than 2% but less than 3%".
JOINED_ENDS: Final[tuple[str, ...]] = (" but ", " and ")

#: Words without a figure: the least that they can mean. They are open above.
VAGUE: Final[dict[str, int]] = {
    "dozens": 24,
    "scores": 40,
    "hundreds": 200,
    "thousands": 2_000,
    "tens of thousands": 20_000,
    "hundreds of thousands": 200_000,
    "millions": 2_000_000,
    "tens of millions": 20_000_000,
    "hundreds of millions": 200_000_000,
    "billions": 2_000_000_000,
    "tens of billions": 20_000_000_000,
    "hundreds of billions": 200_000_000_000,
    "trillions": 2_000_000_000_000,
    "several": 2,
    "a few": 2,
    "a couple": 2,
    "a handful": 2,
}

#: Before a magnitude these are vague and mean two of it at least: "several hundred" is from 200.
TWO_OR_MORE: Final[tuple[str, ...]] = ("several", "many", "a few", "a couple of")

#: Words that multiply the number before them, with their short forms.
MAGNITUDES: Final[dict[str, int]] = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 1_000,
    "k": 1_000,
    "million": 1_000_000,
    "m": 1_000_000,
    "mn": 1_000_000,
    "mln": 1_000_000,
    "billion": 1_000_000_000,
    "bn": 1_000_000_000,
    "trillion": 1_000_000_000_000,
    "tn": 1_000_000_000_000,
    "trn": 1_000_000_000_000,
}

NUMBER_WORDS: Final[dict[str, int]] = {
    **dict.fromkeys(("zero", "no", "none", "nil"), 0),
    **{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8},
    **{"nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14},
    **{"fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19},
    **{"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70},
    **{"eighty": 80, "ninety": 90},
}

#: Numbers that need a magnitude after them: "a million", "half a dozen", "a quarter of a million".
#: Written as numerals, so that their last digit says how precise they are.
BEFORE_MAGNITUDE: Final[dict[str, str]] = {
    "a": "1",
    "an": "1",
    "half a": "0.5",
    "a quarter of a": "0.25",
    "three quarters of a": "0.75",
}

#: Adds a half to the number before it: "two and a half million".
AND_A_HALF: Final = " and a half"

#: A number below zero is said with this word (a sign could be the dash of a range).
MINUS: Final = "minus "

#: After an upper end: the low end is open, not zero, as in a difference of two open figures.
BELOW_ZERO: Final = ", perhaps below zero"

#: Both ends are open: nothing follows from what is known.
NOT_KNOWN: Final = "not known"

#: Units that may stand in the wording, as we write them, and every way to write each.
#: They stand before or after the figure; the last way is the one for "hundreds of …".
#: A wording with a unit is not a count of people or things.
UNITS: Final[dict[str, tuple[str, ...]]] = {
    "%": ("%", "percent", "per cent", "pct"),
    "$": ("us$", "$", "usd", "us dollars", "dollars"),
    "€": ("€", "eur", "euro", "euros"),
    "£": ("£", "gbp", "pounds sterling"),
    "₽": ("₽", "rub", "rubles", "roubles"),
    "₴": ("₴", "uah", "hryvnia", "hryvnias"),
    "km": ("km", "kilometer", "kilometers", "kilometre", "kilometres"),
    "miles": ("mile", "miles"),
}

#: The units written before the figure and without a space.
SIGNS_BEFORE: Final[tuple[str, ...]] = ("$", "€", "£", "₽", "₴")

#: What is taken for a space, and for the dash of a range.
SPACES: Final = " \u00a0\u2007\u2009\u202f"
DASHES: Final = "-\u2010\u2011\u2012\u2013\u2014\u2212"

#: What may surround a wording in a cell without a meaning.
BLANKS: Final = SPACES + "\t\r\n"
