"""The words of figures, in one place: read the tables, add a row, and it is understood everywhere.

Rows are written in lower case, with plain hyphens and single spaces: wordings are brought to
that form before they are looked up. In a pattern, N stands for a figure ("500", "4 million",
"two dozen", "$2.5bn"), A and B for the two figures of a range.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

# ------------------------------------------------------------------------------- qualifiers

#: What a qualifier says about the figure N, and every way to write it.
#: The bounds that follow from each qualifier are in `reading.bounds_of_figure`.
QUALIFIERS: Final[dict[str, tuple[str, ...]]] = {
    "exact": ("N", "exactly N", "a total of N", "precisely N", "N-strong"),
    "at least": (
        *(
            "at least N and possibly more",
            "at least N, possibly more",
            "at least N and perhaps more",
        ),
        *(
            "N, if not more",
            "N if not more",
            "N or even more",
            "N and maybe more",
            "N and perhaps more",
        ),
        *(
            "minimum of N",
            "N, at least",
            "N, possibly more",
            "N and possibly more",
            "N, maybe more",
            "N, perhaps more",
        ),
        *("at least N", "no fewer than N", "no less than N", "not fewer than N", "not less than N"),
        *("at the least N", "at a minimum N", "at minimum N", "as few as N", "as little as N"),
        *("as low as N", "no lower than N", "a minimum of N", "minimum N", "N minimum"),
        *("N or more", "N or over", "N or higher", "N or above", "N and more", "N and above"),
        *("at the very least N", "N at the very least", "N at a minimum", "not under N"),
        *("not below N", "N and upwards", "N upwards", "N or greater", "a floor of N"),
        *("N and over", "N at least", "N at the least", "N and counting", "N+", "N plus", "N-plus"),
        *("≥N", ">=N", "from N upwards", "from N up"),
    ),
    "more than": (
        *("crossed the N mark", "above the N mark"),
        *("a bit over N", "topped N", "has topped N", "past the N mark", "passed the N mark"),
        *("more than N", "over N", "exceeding N", "in excess of N", "upwards of N", "above N"),
        *("well over N", "just over N", "slightly over N", "slightly more than N", "exceeds N"),
        *("well above N", "just above N", "slightly above N", "greater than N", ">N"),
        *("somewhat over N", "somewhat more than N", "comfortably over N", "considerably over N"),
        *("considerably more than N", "significantly more than N", "significantly over N"),
        *("substantially more than N", "well past N", "well beyond N", "surpasses N", "tops N"),
        *("a good N", "a shade over N", "a touch over N", "crossed N", "has crossed N"),
        *("a little over N", "a little more than N", "a bit more than N", "far more than N"),
        *("far over N", "much more than N", "many more than N", "well in excess of N"),
        *("just more than N", "higher than N", "topping N", "surpassing N", "beyond N"),
        *("upward of N", "north of N", "exceeded N", "has exceeded N", "has passed N", "passing N"),
    ),
    "up to": (
        *("maximum of N", "at the very most N", "capped at N", "a ceiling of N"),
        *("up to N", "as many as N", "as much as N", "as high as N", "at most N", "no more than N"),
        *("not more than N", "a maximum of N", "maximum N", "N maximum", "N or fewer", "N or less"),
        *("N at most", "N at the most", "at the most N", "≤N", "<=N", "anything up to N"),
        *(
            "no higher than N",
            "not exceeding N",
            "not above N",
            "upper limit of N",
            "up to N at most",
        ),
        *("could be as high as N", "may be as high as N", "could reach N", "may reach N"),
        *("might reach N", "might be as high as N", "might be as many as N", "perhaps up to N"),
        *("perhaps as many as N", "maybe up to N", "maybe as many as N", "probably up to N"),
        *("could rise to N", "may rise to N", "could climb to N", "N tops"),
        *(
            "could be as many as N",
            "may be as many as N",
            "possibly up to N",
            "possibly as many as N",
        ),
    ),
    "fewer than": (
        *("well short of N", "not even N"),
        *(
            "fewer than N",
            "less than N",
            "under N",
            "below N",
            "well under N",
            "well below N",
            "<N",
        ),
        *("considerably fewer than N", "considerably less than N", "significantly fewer than N"),
        *("lower than N", "far fewer than N", "far less than N", "south of N", "short of N"),
    ),
    "nearly": (
        *("nigh on N", "edging towards N", "inching towards N", "closing in on N"),
        *("nearly N", "almost N", "close to N", "just under N", "just below N", "just short of N"),
        *("slightly under N", "slightly fewer than N", "slightly less than N", "approaching N"),
        *(
            "nearing N",
            "slightly below N",
            "a little under N",
            "a little less than N",
            "not quite N",
        ),
        *("a little fewer than N", "a bit less than N", "just shy of N", "just less than N"),
        *("just fewer than N", "virtually N", "practically N", "shy of N", "near N", "near to N"),
        *("somewhat under N", "somewhat fewer than N", "a shade under N", "a touch under N"),
        *("a shade below N", "a little short of N", "nudging N", "on the verge of N"),
        *("close on N", "touching N", "knocking on N"),
        *("verging on N", "well nigh N", "very nearly N", "very close to N"),
    ),
    "around": (
        *("around N", "about N", "some N", "roughly N", "approximately N", "approx. N", "approx N"),
        *("an estimated N", "estimated at N", "in the region of N", "N or so", "estimated N"),
        *("circa N", "c.N", "c N", "ca.N", "ca N", "~N", "≈N", "in the order of N"),
        *("on the order of N", "of the order of N", "in the vicinity of N", "around about N"),
        *("in the neighbourhood of N", "in the neighborhood of N", "N or thereabouts"),
        *("N approximately", "N roughly", "N more or less", "more or less N", "N-odd", "N odd"),
        *("N, give or take", "somewhere around N", "something like N", "an approximate N"),
        *("at around N", "at about N", "broadly N", "N, approximately", "perhaps N", "maybe N"),
        *("may be N", "could be N", "might be N", "may be around N", "could be around N"),
        *("in the area of N", "in the ballpark of N", "put at about N", "put at around N"),
        *("closer to N", "est. N", "N (est.)", "N (estimate)", "N (estimated)"),
        *("N-ish", "N or thereabout", "N plus or minus", "N plus-minus"),
        *("probably N", "possibly N", "likely N", "a likely N", "a possible N"),
    ),
}

#: Words before a figure that bound nothing: the figure is read without them. They are taken off
#: the front of a wording, and from between its qualifier and its figure.
BOUND_NOTHING: Final[tuple[str, ...]] = (
    *("just", "only", "another", "a further", "further", "an additional", "additional", "an extra"),
    *("a record", "a record-breaking", "a record high of", "a staggering", "a whopping", "a mere"),
    *("a massive", "a huge", "a shocking", "an unprecedented", "a stunning", "a devastating"),
    *("an astonishing", "an incredible", "an appalling", "a horrifying", "an alarming"),
    *("a total of", "a combined", "a combined total of", "a confirmed", "a reported", "a verified"),
    *("a recorded", "a known", "a whole", "a full", "fully", "altogether", "in all", "in total"),
    *("already", "now", "currently", "reportedly", "officially", "so far", "to date", "all"),
    *("a death toll of", "a toll of", "the record", "a paltry", "a scant", "the lives of"),
    *("a provisional", "a preliminary", "the equivalent of", "barely", "scarcely", "a grim"),
    *("hardly", "quite", "total of", "a total", "totalling", "totaling", "a cumulative", "a cool"),
    *("stands at", "stood at", "put at", "reached", "has reached", "reaches", "hit", "hits"),
    *("rose to", "risen to", "has risen to", "climbed to", "now at"),
    *("a heavy", "a high of", "a low of", "a peak of", "an all-time high of", "a new record of"),
)

#: Words after a figure that bound nothing.
BOUND_NOTHING_AFTER: Final[tuple[str, ...]] = (
    *("so far", "to date", "in all", "in total", "altogether", "already", "alone", "overall"),
    *("as of today", "as of now", "at present", "and rising", "more", "thus far", "until now"),
    *("at the latest count", "by now", "and climbing", "all told", "and counting", "total"),
)

#: Words that state no bound, and the wording to offer in their place.
HEDGES: Final[dict[str, str]] = (
    dict.fromkeys(
        (
            *("may exceed", "could exceed", "might exceed", "may well exceed", "could well exceed"),
            *("is likely to exceed", "likely to exceed", "may be more than", "could be more than"),
            *("may be over", "could be over", "is expected to exceed", "may have exceeded"),
            *("could have exceeded", "may surpass", "could surpass", "may top", "could top"),
            *(
                "to exceed",
                "would exceed",
                "expected to exceed",
                "projected to exceed",
                "will exceed",
            ),
            *("set to exceed", "is set to exceed", "probably more than", "likely more than"),
            *("possibly more than", "perhaps more than", "maybe more than", "probably over"),
            *("likely over", "possibly over", "perhaps over", "maybe over", "might be more than"),
            *("might be over", "probably exceeds", "likely exceeds"),
        ),
        "more than N",
    )
    | dict.fromkeys(
        (
            *("probably at least", "likely at least", "possibly at least", "perhaps at least"),
            *("maybe at least", "may be at least", "could be at least"),
        ),
        "at least N",
    )
    | dict.fromkeys(
        (
            *("expected to reach", "is expected to reach", "likely to reach", "projected to reach"),
            *("is projected to reach", "will reach", "would reach", "set to reach"),
        ),
        "N",
    )
)

#: Ways to write a range from A to B.
RANGES: Final[tuple[str, ...]] = (
    *("A to B", "A-B", "from A to B", "between A and B", "A or B", "A up to B", "from A up to B"),
    *(
        "anywhere from A to B",
        "anything from A to B",
        "anywhere between A and B",
        "somewhere between A and B",
    ),
    *(
        "in the range of A to B",
        "a range of A to B",
        "between A to B",
        "between A-B",
        "A through B",
    ),
    *("from A-B", "anything between A and B", "ranging from A to B", "from between A and B"),
)

#: Joins two wordings that give one end each: "more than 2% but less than 3%".
JOINED_ENDS: Final[tuple[str, ...]] = (" but ", " and ", ", but ")

#: Joins a figure and a larger one that is only possible: "at least 5,000, perhaps 7,000".
JOINED_HEDGED: Final[tuple[str, ...]] = (
    *(
        f"{joint}{hedge} "
        for joint in (", ", " and ", ", and ", " or ", ", or ", " but ")
        for hedge in ("perhaps", "possibly", "maybe", "probably", "potentially", "even")
    ),
    *(" if not ", ", if not "),
)

#: Joins a range and the figure in it that is the likeliest: "450 to 900, most likely 600".
BEST_OF_RANGE: Final[tuple[str, ...]] = (
    *("most likely", "most probably", "best estimate", "best guess", "central estimate"),
    *("with a best estimate of", "with a central estimate of", "with a most likely value of"),
)

#: Before the bounds in brackets behind a best figure: "(95% CI 450 to 900)".
NAMES_OF_INTERVALS: Final[tuple[str, ...]] = (
    *("ci", "cri", "ui", "confidence interval", "credible interval", "uncertainty interval"),
    *("confidence limits", "interval", "range", "plausible range", "uncertainty range", "between"),
    *("prediction interval", "pi", "estimated range"),
)

#: Between a best figure and its margin either way: "600 ± 50".
MARGINS: Final[tuple[str, ...]] = ("±", "+/-", "plus or minus", "give or take")

# ---------------------------------------------------------------------------------- no figure

#: Nothing: zero is a figure.
NOTHING: Final[tuple[str, ...]] = (
    *("no", "none", "nil", "nought", "nobody", "no one", "no-one", "not one", "not a single one"),
)
NOTHING_OF: Final[tuple[str, ...]] = (
    *("deaths", "death", "dead", "killed", "fatalities", "casualties", "victims", "losses"),
    *("wounded", "injured", "injuries", "people", "persons", "civilians", "soldiers", "troops"),
    *("fighters", "children", "women", "men", "refugees", "prisoners", "survivors", "missing"),
    *("displaced people", "journalists", "people killed", "civilians killed", "soldiers killed"),
    *(
        "civilian casualties",
        "civilian deaths",
        "loss of life",
        "lives lost",
        "lives",
        "one killed",
    ),
    *("military casualties", "one", "hostages", "arrests", "returns", "crossings", "of them"),
)

#: Words that hold no figure at all, and what to do instead.
WITHOUT_FIGURE: Final[dict[str, str]] = {
    **dict.fromkeys(
        ("denied", "denies", "deny", "denial", "disputed", "disputes", "rejects", "rejected"),
        "a denial holds no figure: leave the wording empty and let the status say denied",
    ),
    **dict.fromkeys(
        (
            *("not released", "no figure", "no figures", "no data", "no comment", "undisclosed"),
            *("unknown", "n/a", "no number", "no numbers", "no information", "not stated"),
            *("no toll", "no count", "not disclosed", "no estimate", "unspecified"),
        ),
        "it holds no figure: leave the wording empty and let the status say not released",
    ),
}

#: The whole wording is one of these, and no figure stands in it.
NO_FIGURE: Final = (
    r"(?:most|many|few|all|multiple|numerous|countless|innumerable|uncounted|untold|various)"
    r"(?: of [^0-9]+)?"
    r"|(?:the|a) (?:(?:vast|large|great|overwhelming|small|tiny|slim) )?(?:majority|minority|bulk)"
    r"(?: [^0-9]+)?"
    r"|an? (?:[a-z]+ )?(?:number|amount|share|proportion|quantity)(?: of[^0-9]*)?"
)

#: Said by another figure, which the wording does not hold.
BY_ANOTHER: Final = (
    r".*\b(?:that|this|the same|the previous|the usual)"
    r" (?:number|figure|many|much|amount|total|toll)"
    r"|.*\bas (?:many|much) again|as (?:many|much)"
)

#: Ends of a wording that divide it: a rate whose whole belongs into the measure.
DIVIDED: Final = (
    r"(?:‰| per mill?e?| permille"
    r"| (?:per|for every|for each) (?:thousand|million|hundred|[1-9][0-9, ]*)(?: [a-z ]+)?)"
)

#: A difference of two shares.
POINTS: Final = r".*[0-9a-z] ?(?:percentage points?|percent points?|pp)"

#: What says that nothing was reported, which is not zero.
NONE_REPORTED: Final = (
    r"no (?:known|reported|confirmed|verified|immediate|word|reports?|evidence|sign)\b"
    r"|no \S+(?: \S+)* (?:reported|confirmed|known|recorded)$"
)

#: Ends of a wording that make it a rate, which needs its period in a column of its own.
RATES: Final[tuple[str, ...]] = (
    *("a day", "per day", "each day", "every day", "daily", "a week", "per week", "weekly"),
    *("a month", "per month", "monthly", "a year", "per year", "an hour", "per hour", "annually"),
)

# ------------------------------------------------------------------------------------ numerals

#: Words without a figure: the least that they can mean. They are open above.
VAGUE: Final[dict[str, int]] = {
    "tens": 20,
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
    "lakhs": 200_000,
    "crores": 20_000_000,
    "several": 2,
    "a few": 2,
    "a couple": 2,
    "a handful": 2,
}

#: Where in a vague number it lies: "in the low thousands". No body says where one begins, so
#: that its low end is no more than one of the magnitude.
BANDS: Final[tuple[str, ...]] = ("low", "mid", "middle", "high", "upper", "lower")

#: Before a magnitude these are vague and mean two of it at least: "several hundred" is from 200.
TWO_OR_MORE: Final[tuple[str, ...]] = (
    *("several", "many", "a few", "a couple of", "a couple", "couple of", "a good many"),
    *("few", "couple"),
)

#: How many digits a number has: "in double digits" is 10 to 99, "a six-figure number".
DIGITS: Final[dict[str, int]] = {
    **{
        f"{word}{sign}": n
        for n, word in enumerate(("single", "double", "triple"), 1)
        for sign in " -"
    },
    **{"two-": 2, "three-": 3, "four-": 4, "five-": 5, "six-": 6, "seven-": 7, "eight-": 8},
}

#: Words that multiply the number before them, with their short forms.
MAGNITUDES: Final[dict[str, int]] = {
    "dozen": 12,
    "score": 20,
    "hundred": 100,
    "thousand": 1_000,
    "k": 1_000,
    "lakh": 100_000,
    "lac": 100_000,
    "million": 1_000_000,
    "m": 1_000_000,
    "mn": 1_000_000,
    "mln": 1_000_000,
    "crore": 10_000_000,
    "cr": 10_000_000,
    "billion": 1_000_000_000,
    "bn": 1_000_000_000,
    "trillion": 1_000_000_000_000,
    "tn": 1_000_000_000_000,
    "trn": 1_000_000_000_000,
    **{"hundreds": 100, "thousands": 1_000, "lakhs": 100_000, "lacs": 100_000},
    **{"millions": 1_000_000, "crores": 10_000_000, "billions": 1_000_000_000},
    "trillions": 1_000_000_000_000,
}

#: Words that may stand for a magnitude or a unit, and are not read: without them a figure is
#: another one.
LIKE_MAGNITUDES: Final = frozenset(
    {
        "arab",
        "arabs",
        "kharab",
        "wan",
        "grand",
        "gross",
        "myriad",
        "myriads",
        "mill",
        "quadrillion",
        "quintillion",
        "zillion",
        *("decade", "decades", "century", "centuries", "fortnight", "fortnights", "generations"),
        *("metre", "metres", "meter", "meters", "feet", "inches", "acres", "litres", "tons"),
    }
)

#: Magnitudes that stand alone for one of them, in their languages: "mille" is a thousand.
MAGNITUDES_ALONE: Final = frozenset(
    {
        "mille",
        "cent",
        "hundert",
        "tausend",
        "mil",
        "cien",
        "cem",
        "cento",
        "тысяча",
        "тисяча",
        "ألف",
    }
)

#: Magnitudes that may end with a full stop of their own: "1,5 Mio."
ABBREVIATED: Final = frozenset({"mio", "mrd", "tsd", "тыс", "тис", "млн", "млрд"})

NUMBER_WORDS: Final[dict[str, int]] = {
    "zero": 0,
    **{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8},
    **{"nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14},
    **{"fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19},
    **{"twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60},
    **{"seventy": 70, "eighty": 80, "ninety": 90},
}

#: Parts of one: "two thirds", "a quarter", "half a million".
PARTS: Final[dict[str, int]] = {
    **{"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7},
    **{"eighth": 8, "ninth": 9, "tenth": 10, "twelfth": 12, "twentieth": 20, "hundredth": 100},
    "thousandth": 1_000,
}

#: What makes the number before it an ordinal ("twenty-third"), so that it is no count.
ORDINALS: Final = frozenset({"first", "second", *PARTS} - {"half", "quarter"})

#: "1 in 8", "one out of every five": what stands between the two numbers.
IN_EVERY: Final[tuple[str, ...]] = (
    *("in every", "in each", "out of every", "out of each", "of every", "out of", "in"),
)

#: How many times, without a numeral.
TIMES: Final[dict[str, int]] = {
    **{"once": 1, "twice": 2, "thrice": 3, "double": 2, "triple": 3, "quadruple": 4, "treble": 3},
    **{"twofold": 2, "threefold": 3, "fourfold": 4, "fivefold": 5, "sixfold": 6, "tenfold": 10},
}

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
    "%": ("%", "percent", "per cent", "pct", "pc"),
    "$": ("us$", "$", "usd", "us dollars", "dollars"),
    "€": ("€", "eur", "euro", "euros"),
    "£": ("£", "gbp", "pounds sterling"),
    "₽": ("₽", "rub", "rubles", "roubles"),
    "₴": ("₴", "uah", "hryvnia", "hryvnias"),
    "₹": ("₹", "inr", "rs.", "rupees"),
    "km": ("km", "kilometer", "kilometers", "kilometre", "kilometres"),
    "miles": ("mile", "miles"),
    "tonnes": ("tonne", "metric tons", "tonnes"),
    "hectares": ("ha", "hectare", "hectares"),
    "times": ("times as many as", "times as many", "times as much", "-fold", "times"),
    "minutes": ("minute", "minutes"),
    "hours": ("hour", "hours"),
    "days": ("day", "days"),
    "weeks": ("week", "weeks"),
    "months": ("month", "months"),
    "years": ("year", "years"),
}

#: The units written before the figure and without a space.
SIGNS_BEFORE: Final[tuple[str, ...]] = ("$", "€", "£", "₽", "₴", "₹")

#: Other currencies before a figure in running text. Their codes may touch it ("Rs500"); single
#: letters are a currency only so ("P366.77 million", "R5bn", "N1,200,000").
CURRENCIES: Final[tuple[str, ...]] = (
    *(
        "us$",
        "usd",
        "eur",
        "gbp",
        "chf",
        "php",
        "inr",
        "pkr",
        "lkr",
        "npr",
        "bdt",
        "tk",
        "tk.",
        "rs",
    ),
    *(
        "rs.",
        "idr",
        "rp",
        "rm",
        "ksh",
        "ksh.",
        "kes",
        "ush",
        "ugx",
        "tzs",
        "ngn",
        "zar",
        "ssp",
        "sdg",
    ),
    *("etb", "birr", "mmk", "thb", "jpy", "cny", "rmb", "try", "aed", "sar", "syp", "yer", "htg"),
    *("xaf", "xof", "cfa", "cop", "mxn", "brl", "rub", "uah", "aud", "nzd", "cad", "sfr", "sh"),
)
CURRENCY_LETTERS: Final = "pnrk"

#: More units that touch their figure in running text: "950ft".
GLUED_UNITS: Final = frozenset({"ft", "mph", "kph", "cm", "mm", "mw", "gw", "sq", "p", "pc", "hrs"})

#: Units that are written after their figure only: "day 5" is no duration.
UNITS_AFTER: Final = frozenset(
    {"times", "minutes", "hours", "days", "weeks", "months", "years", "tonnes", "hectares"}
)

# ------------------------------------------------------------------------------------ characters

#: What is taken for a space, and for the dash of a range.
SPACES: Final = " \u00a0\u2007\u2008\u2009\u200a\u202f\u2002\u2003"
DASHES: Final = "-\u2010\u2011\u2012\u2013\u2014\u2212"
APOSTROPHES: Final = "'\u2019\u02bc\u2018"

#: The separators of Arabic and Persian numerals.
ARABIC_THOUSANDS: Final = "\u066c"
ARABIC_DECIMALS: Final = "\u066b"

#: What may surround a wording in a cell without a meaning.
BLANKS: Final = SPACES + "\t\r\n"

# -------------------------------------------------------------------------------- other languages


@dataclass(frozen=True)
class Language:
    """How a language writes its figures.

    Attributes
    ----------
    name : str
        In English, for messages.
    decimal : str
        What parts decimals: "." or ",". The other one parts thousands.
    qualifiers : dict
        As `QUALIFIERS`, in the words of the language.
    ranges : tuple of str
        As `RANGES`.
    magnitudes : dict
        As `MAGNITUDES`; they come before the English ones (a German Billion is 10^12).
    numbers : dict
        As `NUMBER_WORDS`.
    percent : tuple of str
        Other ways to write "%".
    """

    name: str
    decimal: str
    qualifiers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    ranges: tuple[str, ...] = ()
    magnitudes: dict[str, int] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    percent: tuple[str, ...] = ()


_MILLION: Final = 1_000_000
_MILLIARD: Final = 1_000_000_000

LANGUAGES: Final[dict[str, Language]] = {
    "en": Language("English", "."),
    "fr": Language(
        "French",
        ",",
        {
            "exact": ("exactement N", "un total de N"),
            "at least": ("au moins N", "au minimum N", "N au moins", "N ou plus", "pas moins de N"),
            "more than": ("plus de N", "plus d'N", "au-delà de N", "bien plus de N"),
            "up to": ("jusqu'à N", "au plus N", "au maximum N", "N au plus", "N au maximum"),
            "fewer than": ("moins de N", "moins d'N"),
            "nearly": ("près de N", "presque N", "pas loin de N", "un peu moins de N"),
            "around": ("environ N", "quelque N", "à peu près N", "autour de N", "N environ"),
        },
        ("de A à B", "entre A et B", "A à B", "A ou B"),
        {
            **{"cent": 100, "mille": 1_000, "millier": 1_000, "milliers": 1_000},
            **{"million": _MILLION, "millions": _MILLION, "milliard": _MILLIARD},
            **{"milliards": _MILLIARD, "billion": 10**12, "billions": 10**12, "md": _MILLIARD},
        },
        {
            **{"zéro": 0, "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5},
            **{"six": 6, "sept": 7, "huit": 8, "neuf": 9, "dix": 10, "onze": 11, "douze": 12},
            **{"treize": 13, "quatorze": 14, "quinze": 15, "seize": 16, "vingt": 20},
            **{"trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60},
        },
        ("pour cent", "pourcent"),
    ),
    "de": Language(
        "German",
        ",",
        {
            "exact": ("genau N", "insgesamt N", "exakt N"),
            "at least": ("mindestens N", "wenigstens N", "N oder mehr", "zumindest N"),
            "more than": ("mehr als N", "über N", "gut N", "weit über N", "weit mehr als N"),
            "up to": ("bis zu N", "höchstens N", "maximal N", "nicht mehr als N"),
            "fewer than": ("weniger als N", "unter N"),
            "nearly": ("fast N", "beinahe N", "knapp N", "nahezu N", "annähernd N"),
            "around": ("etwa N", "rund N", "ungefähr N", "circa N", "ca. N", "zirka N", "um die N"),
        },
        ("A bis B", "von A bis B", "zwischen A und B", "A oder B"),
        {
            **{"hundert": 100, "tausend": 1_000, "tsd": 1_000, "million": _MILLION},
            **{"millionen": _MILLION, "mio": _MILLION, "milliarde": _MILLIARD},
            **{"milliarden": _MILLIARD, "mrd": _MILLIARD, "billion": 10**12},
            **{"billionen": 10**12, "dutzend": 12},
        },
        {
            **{"null": 0, "ein": 1, "eine": 1, "eins": 1, "zwei": 2, "drei": 3, "vier": 4},
            **{"fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11},
            **{"zwölf": 12, "zwanzig": 20, "dreißig": 30, "vierzig": 40, "fünfzig": 50},
        },
        ("prozent",),
    ),
    "es": Language(
        "Spanish",
        ",",
        {
            "exact": ("exactamente N", "un total de N"),
            "at least": ("al menos N", "por lo menos N", "como mínimo N", "N o más"),
            "more than": ("más de N", "por encima de N"),
            "up to": ("hasta N", "como máximo N", "no más de N", "a lo sumo N"),
            "fewer than": ("menos de N", "por debajo de N"),
            "nearly": ("casi N", "cerca de N", "poco menos de N"),
            "around": ("unos N", "unas N", "alrededor de N", "aproximadamente N", "en torno a N"),
        },
        ("de A a B", "entre A y B", "A a B", "A o B"),
        {
            **{"mil": 1_000, "miles": 1_000, "millón": _MILLION, "millones": _MILLION},
            **{"millon": _MILLION, "cien": 100, "billón": 10**12, "billones": 10**12},
        },
        {
            **{"cero": 0, "un": 1, "uno": 1, "una": 1, "dos": 2, "tres": 3, "cuatro": 4},
            **{"cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10},
            **{"once": 11, "doce": 12, "veinte": 20, "treinta": 30, "cuarenta": 40},
        },
        ("por ciento",),
    ),
    "it": Language(
        "Italian",
        ",",
        {
            "exact": ("esattamente N", "un totale di N"),
            "at least": ("almeno N", "come minimo N", "N o più"),
            "more than": ("più di N", "oltre N", "oltre i N"),
            "up to": ("fino a N", "al massimo N", "non più di N"),
            "fewer than": ("meno di N", "sotto i N"),
            "nearly": ("quasi N", "poco meno di N"),
            "around": ("circa N", "intorno a N", "approssimativamente N", "all'incirca N"),
        },
        ("da A a B", "tra A e B", "fra A e B", "A o B"),
        {
            **{"cento": 100, "mille": 1_000, "mila": 1_000, "milione": _MILLION},
            **{"milioni": _MILLION, "miliardo": _MILLIARD, "miliardi": _MILLIARD},
        },
        {"un": 1, "uno": 1, "una": 1, "due": 2, "tre": 3, "quattro": 4, "cinque": 5, "dieci": 10},
        ("per cento",),
    ),
    "pt": Language(
        "Portuguese",
        ",",
        {
            "exact": ("exatamente N", "um total de N"),
            "at least": ("pelo menos N", "ao menos N", "no mínimo N", "N ou mais"),
            "more than": ("mais de N", "acima de N"),
            "up to": ("até N", "no máximo N", "não mais de N"),
            "fewer than": ("menos de N", "abaixo de N"),
            "nearly": ("quase N", "perto de N"),
            "around": ("cerca de N", "aproximadamente N", "por volta de N", "em torno de N"),
        },
        ("de A a B", "entre A e B", "A a B", "A ou B"),
        {
            **{"cem": 100, "mil": 1_000, "milhão": _MILLION, "milhões": _MILLION},
            **{"bilhão": _MILLIARD, "bilhões": _MILLIARD, "mil milhões": _MILLIARD},
        },
        {"um": 1, "uma": 1, "dois": 2, "duas": 2, "três": 3, "quatro": 4, "cinco": 5, "dez": 10},
        ("por cento",),
    ),
    "ru": Language(
        "Russian",
        ",",
        {
            "exact": ("ровно N", "всего N"),
            "at least": ("не менее N", "как минимум N", "по меньшей мере N", "минимум N"),
            "more than": ("более N", "больше N", "свыше N"),
            "up to": ("до N", "не более N", "максимум N"),
            "fewer than": ("менее N", "меньше N"),
            "nearly": ("почти N", "чуть менее N"),
            "around": (
                "около N",
                "примерно N",
                "приблизительно N",
                "порядка N",
                "ориентировочно N",
            ),
        },
        ("от A до B", "A или B"),
        {
            **{"тысяча": 1_000, "тысячи": 1_000, "тысяч": 1_000, "тыс": 1_000, "сот": 100},
            **{"миллион": _MILLION, "миллиона": _MILLION, "миллионов": _MILLION, "млн": _MILLION},
            **{"миллиард": _MILLIARD, "миллиарда": _MILLIARD, "миллиардов": _MILLIARD},
            "млрд": _MILLIARD,
        },
        {"один": 1, "два": 2, "две": 2, "три": 3, "четыре": 4, "пять": 5, "десять": 10},
        ("процент", "процента", "процентов"),
    ),
    "uk": Language(
        "Ukrainian",
        ",",
        {
            "exact": ("рівно N", "усього N", "всього N"),
            "at least": ("щонайменше N", "не менше N", "принаймні N", "не менш як N"),
            "more than": ("понад N", "більше N", "більш як N", "більше ніж N"),
            "up to": ("до N", "не більше N", "щонайбільше N", "максимум N"),
            "fewer than": ("менше N", "менш як N", "менше ніж N"),
            "nearly": ("майже N", "трохи менше N"),
            "around": ("близько N", "приблизно N", "орієнтовно N", "десь N"),
        },
        ("від A до B", "A або B"),
        {
            **{"тисяча": 1_000, "тисячі": 1_000, "тисяч": 1_000, "тис": 1_000, "сотень": 100},
            **{"мільйон": _MILLION, "мільйона": _MILLION, "мільйонів": _MILLION},
            **{"мільйони": _MILLION, "млн": _MILLION, "мільярд": _MILLIARD},
            **{"мільярди": _MILLIARD, "мільярдів": _MILLIARD, "млрд": _MILLIARD},
        },
        {"один": 1, "два": 2, "дві": 2, "три": 3, "чотири": 4, "п'ять": 5, "десять": 10},
        ("відсоток", "відсотки", "відсотків"),
    ),
    "ar": Language(
        "Arabic",
        ".",
        {
            "at least": ("على الأقل N", "ما لا يقل عن N", "N على الأقل"),
            "more than": ("أكثر من N", "ما يزيد عن N", "ما يزيد على N", "فوق N"),
            "up to": ("ما يصل إلى N", "حتى N", "على الأكثر N"),
            "fewer than": ("أقل من N",),
            "nearly": ("ما يقارب N", "قرابة N", "ما يقرب من N"),
            "around": ("حوالي N", "نحو N", "تقريبا N"),
        },
        ("من A إلى B", "بين A و B", "ما بين A و B"),
        {
            **{"ألف": 1_000, "آلاف": 1_000, "الف": 1_000, "مليون": _MILLION},
            **{"ملايين": _MILLION, "مليار": _MILLIARD, "مليارات": _MILLIARD},
        },
        {},
        ("بالمئة", "في المئة", "بالمائة"),
    ),
}
