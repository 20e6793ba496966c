"""The words of figures, in one place: read the tables, add a row, and it is understood everywhere.

Rows are written in lower case, with plain hyphens and single spaces: wordings are brought to
that form before they are looked up. In a pattern, N stands for a figure ("500", "4 million",
"two dozen", "$2.5bn"), A and B for the two figures of a range. Bars stand between the forms.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final


def _forms(text: str) -> tuple[str, ...]:
    """Take the forms out of a text, where bars stand between them."""
    return tuple(" ".join(form.split()) for form in text.split("|"))


def _rows(text: str) -> dict[str, str]:
    """Take the rows of a table apart: each begins with its name and a colon, on a new line."""
    parts = re.split(r"^ *([^\s|:][^|:\n]*):(?= |$)", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def _forms_by_name(table: str) -> dict[str, tuple[str, ...]]:
    """Take names and their forms out of a table: "nearly: almost N | close to N"."""
    return {name: _forms(text) for name, text in _rows(table).items()}


def _values(text: str) -> dict[str, int]:
    """Take words and their numbers out of a text: "12 = dozen | 1,000 = thousand, k"."""
    pairs = (entry.split(" = ") for entry in _forms(text) if entry)
    return {
        word: int(number.replace(",", "")) for number, words in pairs for word in words.split(", ")
    }


# ------------------------------------------------------------------------------- qualifiers

#: What a qualifier says about the figure N, and every way to write it.
#: The bounds that follow from each qualifier are in `reading.bounds_of_figure`.
QUALIFIERS: Final = _forms_by_name("""
    exact: N | exactly N | a total of N | precisely N | N-strong
    at least:
        at least N and possibly more | at least N, possibly more | at least N and perhaps more |
        N, if not more | N if not more | N or even more | N and maybe more | N and perhaps more |
        minimum of N | N, at least | N, possibly more | N and possibly more | N, maybe more |
        N, perhaps more | at least N | no fewer than N | no less than N | not fewer than N |
        not less than N | at the least N | at a minimum N | at minimum N | as few as N |
        as little as N | as low as N | no lower than N | a minimum of N | minimum N | N minimum |
        N or more | N or over | N or higher | N or above | N and more | N and above |
        at the very least N | N at the very least | N at a minimum | not under N | not below N |
        N and upwards | N upwards | N or greater | a floor of N | N and over | N at least |
        N at the least | N and counting | N+ | N plus | N-plus | ≥N | >=N | from N upwards |
        from N up
    more than:
        crossed the N mark | above the N mark | a bit over N | topped N | has topped N |
        past the N mark | passed the N mark | more than N | over N | exceeding N | in excess of N |
        upwards of N | above N | well over N | just over N | slightly over N |
        slightly more than N | exceeds N | well above N | just above N | slightly above N |
        greater than N | >N | somewhat over N | somewhat more than N | comfortably over N |
        considerably over N | considerably more than N | significantly more than N |
        significantly over N | substantially more than N | well past N | well beyond N |
        surpasses N | tops N | a good N | a shade over N | a touch over N | crossed N |
        has crossed N | a little over N | a little more than N | a bit more than N |
        far more than N | far over N | much more than N | many more than N | well in excess of N |
        just more than N | higher than N | topping N | surpassing N | beyond N | upward of N |
        north of N | exceeded N | has exceeded N | has passed N | passing N
    up to:
        maximum of N | at the very most N | capped at N | a ceiling of N | up to N | as many as N |
        as much as N | as high as N | at most N | no more than N | not more than N |
        a maximum of N | maximum N | N maximum | N or fewer | N or less | N at most |
        N at the most | at the most N | ≤N | <=N | anything up to N | no higher than N |
        not exceeding N | not above N | upper limit of N | up to N at most |
        could be as high as N | may be as high as N | could reach N | may reach N | might reach N |
        might be as high as N | might be as many as N | perhaps up to N | perhaps as many as N |
        maybe up to N | maybe as many as N | probably up to N | could rise to N | may rise to N |
        could climb to N | N tops | could be as many as N | may be as many as N |
        possibly up to N | possibly as many as N
    fewer than:
        well short of N | not even N | fewer than N | less than N | under N | below N |
        well under N | well below N | <N | considerably fewer than N | considerably less than N |
        significantly fewer than N | lower than N | far fewer than N | far less than N |
        south of N | short of N
    nearly:
        nigh on N | edging towards N | inching towards N | closing in on N | nearly N | almost N |
        close to N | just under N | just below N | just short of N | slightly under N |
        slightly fewer than N | slightly less than N | approaching N | nearing N |
        slightly below N | a little under N | a little less than N | not quite N |
        a little fewer than N | a bit less than N | just shy of N | just less than N |
        just fewer than N | virtually N | practically N | shy of N | near N | near to N |
        somewhat under N | somewhat fewer than N | a shade under N | a touch under N |
        a shade below N | a little short of N | nudging N | on the verge of N | close on N |
        touching N | knocking on N | verging on N | well nigh N | very nearly N | very close to N
    around:
        around N | about N | some N | roughly N | approximately N | approx. N | approx N |
        an estimated N | estimated at N | in the region of N | N or so | estimated N | circa N |
        c.N | c N | ca.N | ca N | ~N | ≈N | in the order of N | on the order of N |
        of the order of N | in the vicinity of N | around about N | in the neighbourhood of N |
        in the neighborhood of N | N or thereabouts | N approximately | N roughly |
        N more or less | more or less N | N-odd | N odd | N, give or take | somewhere around N |
        something like N | an approximate N | at around N | at about N | broadly N |
        N, approximately | perhaps N | maybe N | may be N | could be N | might be N |
        may be around N | could be around N | in the area of N | in the ballpark of N |
        put at about N | put at around N | closer to N | est. N | N (est.) | N (estimate) |
        N (estimated) | N-ish | N or thereabout | N plus or minus | N plus-minus | probably N |
        possibly N | likely N | a likely N | a possible N
""")

#: Words before a figure that bound nothing: the figure is read without them. They are taken off
#: the front of a wording, and from between its qualifier and its figure.
BOUND_NOTHING: Final = _forms("""
    just | only | another | a further | further | an additional | additional | an extra |
    a record | a record-breaking | a record high of | a staggering | a whopping | a mere |
    a massive | a huge | a shocking | an unprecedented | a stunning | a devastating |
    an astonishing | an incredible | an appalling | a horrifying | an alarming | a total of |
    a combined | a combined total of | a confirmed | a reported | a verified | a recorded |
    a known | a whole | a full | fully | altogether | in all | in total | already | now |
    currently | reportedly | officially | so far | to date | all | a death toll of | a toll of |
    the record | a paltry | a scant | the lives of | a provisional | a preliminary |
    the equivalent of | barely | scarcely | a grim | hardly | quite | total of | a total |
    totalling | totaling | a cumulative | a cool | stands at | stood at | put at | reached |
    has reached | reaches | hit | hits | rose to | risen to | has risen to | climbed to | now at |
    a heavy | a high of | a low of | a peak of | an all-time high of | a new record of
""")

#: Words after a figure that bound nothing.
BOUND_NOTHING_AFTER: Final = _forms("""
    so far | to date | in all | in total | altogether | already | alone | overall | as of today |
    as of now | at present | and rising | more | thus far | until now | at the latest count |
    by now | and climbing | all told | and counting | total
""")

#: Words that state no bound, and the wording to offer in their place.
HEDGES: Final = {
    hedge: advice
    for advice, hedges in _forms_by_name("""
        more than N:
            may exceed | could exceed | might exceed | may well exceed | could well exceed |
            is likely to exceed | likely to exceed | may be more than | could be more than |
            may be over | could be over | is expected to exceed | may have exceeded |
            could have exceeded | may surpass | could surpass | may top | could top | to exceed |
            would exceed | expected to exceed | projected to exceed | will exceed | set to exceed |
            is set to exceed | probably more than | likely more than | possibly more than |
            perhaps more than | maybe more than | probably over | likely over | possibly over |
            perhaps over | maybe over | might be more than | might be over | probably exceeds |
            likely exceeds
        at least N:
            probably at least | likely at least | possibly at least | perhaps at least |
            maybe at least | may be at least | could be at least
        N:
            expected to reach | is expected to reach | likely to reach | projected to reach |
            is projected to reach | will reach | would reach | set to reach
    """).items()
    for hedge in hedges
}

#: Ways to write a range from A to B.
RANGES: Final = _forms("""
    A to B | A-B | from A to B | between A and B | A or B | A up to B | from A up to B |
    anywhere from A to B | anything from A to B | anywhere between A and B |
    somewhere between A and B | in the range of A to B | a range of A to B | between A to B |
    between A-B | A through B | from A-B | anything between A and B | ranging from A to B |
    from between A and B
""")

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
BEST_OF_RANGE: Final = _forms("""
    most likely | most probably | best estimate | best guess | central estimate |
    with a best estimate of | with a central estimate of | with a most likely value of
""")

#: Before the bounds in brackets behind a best figure: "(95% CI 450 to 900)".
NAMES_OF_INTERVALS: Final = _forms("""
    ci | cri | ui | confidence interval | credible interval | uncertainty interval |
    confidence limits | interval | range | plausible range | uncertainty range | between |
    prediction interval | pi | estimated range
""")

#: Between a best figure and its margin either way: "600 ± 50".
MARGINS: Final = _forms("± | +/- | plus or minus | give or take")

#: Joins a whole and a part of it, which are two claims: "over 12,000, including 5,000 children".
INCLUDING: Final = (
    r",? \(?(?:including|incl\.|(?:of|among|amongst) (?:whom|which|them))(?: (?:were|are))? "
)

# ---------------------------------------------------------------------------------- no figure

#: Nothing: zero is a figure.
NOTHING: Final = _forms("""
    no | none | nil | nought | nobody | no one | no-one | not one | not a single one
""")
NOTHING_OF: Final = _forms("""
    deaths | death | dead | killed | fatalities | casualties | victims | losses | wounded |
    injured | injuries | people | persons | civilians | soldiers | troops | fighters | children |
    women | men | refugees | prisoners | survivors | missing | displaced people | journalists |
    people killed | civilians killed | soldiers killed | civilian casualties | civilian deaths |
    loss of life | lives lost | lives | one killed | military casualties | one | hostages |
    arrests | returns | crossings | of them
""")

#: Words that hold no figure at all, and what to do instead.
WITHOUT_FIGURE: Final[dict[str, str]] = {
    **dict.fromkeys(
        _forms("denied | denies | deny | denial | disputed | disputes | rejects | rejected"),
        "a denial holds no figure: leave the wording empty and let the status say denied",
    ),
    **dict.fromkeys(
        _forms("""
            not released | no figure | no figures | no data | no comment | undisclosed | unknown |
            n/a | no number | no numbers | no information | not stated | no toll | no count |
            not disclosed | no estimate | unspecified
        """),
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
RATES: Final = _forms("""
    a day | per day | each day | every day | daily | a week | per week | weekly | a month |
    per month | monthly | a year | per year | an hour | per hour | annually
""")

# ------------------------------------------------------------------------------------ numerals

#: Words without a figure: the least that they can mean. They are open above.
VAGUE: Final = _values("""
    20 = tens | 24 = dozens | 40 = scores | 200 = hundreds | 2,000 = thousands |
    20,000 = tens of thousands | 200,000 = hundreds of thousands, lakhs | 2,000,000 = millions |
    20,000,000 = tens of millions, crores | 200,000,000 = hundreds of millions |
    2,000,000,000 = billions | 20,000,000,000 = tens of billions |
    200,000,000,000 = hundreds of billions | 2,000,000,000,000 = trillions |
    2 = several, a few, a couple, a handful
""")

#: Where in a vague number it lies: "in the low thousands". No body says where one begins, so
#: that its low end is no more than one of the magnitude.
BANDS: Final = _forms("low | mid | middle | high | upper | lower")

#: Before a magnitude these are vague and mean two of it at least: "several hundred" is from 200.
TWO_OR_MORE: Final = _forms("""
    several | many | a few | a couple of | a couple | couple of | a good many | few | couple
""")

#: How many digits a number has: "in double digits" is 10 to 99, "a six-figure number".
DIGITS: Final = _values("""
    1 = single , single- | 2 = double , double-, two- | 3 = triple , triple-, three- | 4 = four- |
    5 = five- | 6 = six- | 7 = seven- | 8 = eight-
""")

#: Words that multiply the number before them, with their short forms.
MAGNITUDES: Final = _values("""
    12 = dozen | 20 = score | 100 = hundred, hundreds | 1,000 = thousand, k, thousands |
    100,000 = lakh, lac, lakhs, lacs | 1,000,000 = million, m, mn, mln, millions |
    10,000,000 = crore, cr, crores | 1,000,000,000 = billion, bn, billions |
    1,000,000,000,000 = trillion, tn, trn, trillions
""")

#: Words that may stand for a magnitude or a unit, and are not read: without them a figure is
#: another one.
LIKE_MAGNITUDES: Final = frozenset(
    _forms("""
        arab | arabs | kharab | wan | grand | gross | myriad | myriads | mill | quadrillion |
        quintillion | zillion | decade | decades | century | centuries | fortnight | fortnights |
        generations | metre | metres | meter | meters | feet | inches | acres | litres | tons
    """)
)

#: Magnitudes that stand alone for one of them, in their languages: "mille" is a thousand.
MAGNITUDES_ALONE: Final = frozenset(
    _forms("""
        mille | cent | hundert | tausend | mil | cien | cem | cento | тысяча | тисяча | ألف
    """)
)

#: Magnitudes that may end with a full stop of their own: "1,5 Mio."
ABBREVIATED: Final = frozenset(_forms("mio | mrd | tsd | тыс | тис | млн | млрд"))

NUMBER_WORDS: Final = _values("""
    0 = zero | 1 = one | 2 = two | 3 = three | 4 = four | 5 = five | 6 = six | 7 = seven |
    8 = eight | 9 = nine | 10 = ten | 11 = eleven | 12 = twelve | 13 = thirteen | 14 = fourteen |
    15 = fifteen | 16 = sixteen | 17 = seventeen | 18 = eighteen | 19 = nineteen | 20 = twenty |
    30 = thirty | 40 = forty, fourty | 50 = fifty | 60 = sixty | 70 = seventy | 80 = eighty |
    90 = ninety
""")

#: Parts of one: "two thirds", "a quarter", "half a million".
PARTS: Final = _values("""
    2 = half | 3 = third | 4 = quarter, fourth | 5 = fifth | 6 = sixth | 7 = seventh | 8 = eighth |
    9 = ninth | 10 = tenth | 12 = twelfth | 20 = twentieth | 100 = hundredth | 1,000 = thousandth
""")

#: What makes the number before it an ordinal ("twenty-third"), so that it is no count.
ORDINALS: Final = frozenset({"first", "second", *PARTS} - {"half", "quarter"})

#: "1 in 8", "one out of every five": what stands between the two numbers.
IN_EVERY: Final = _forms("""
    in every | in each | out of every | out of each | of every | out of | in
""")

#: How many times, without a numeral.
TIMES: Final = _values("""
    1 = once | 2 = twice, double, twofold | 3 = thrice, triple, treble, threefold |
    4 = quadruple, fourfold | 5 = fivefold | 6 = sixfold | 10 = tenfold
""")

#: A number below zero is said with this word (a sign could be the dash of a range).
MINUS: Final = "minus "

#: After an upper end: the low end is open, not zero, as in a difference of two open figures.
BELOW_ZERO: Final = ", perhaps below zero"

#: Both ends are open: nothing follows from what is known.
NOT_KNOWN: Final = "not known"

#: Units that may stand in the wording, as we write them, and every way to write each.
#: They stand before or after the figure; the last way is the one for "hundreds of …".
#: A wording with a unit is not a count of people or things.
UNITS: Final = _forms_by_name("""
    %: % | percent | per cent | pct | pc
    $: us$ | $ | usd | us dollars | dollars
    €: € | eur | euro | euros
    £: £ | gbp | pounds sterling
    ₽: ₽ | rub | rubles | roubles
    ₴: ₴ | uah | hryvnia | hryvnias
    ₹: ₹ | inr | rs. | rupees
    km: km | kilometer | kilometers | kilometre | kilometres
    miles: mile | miles
    tonnes: tonne | metric tons | tonnes
    hectares: ha | hectare | hectares
    times: times as many as | times as many | times as much | -fold | times
    minutes: minute | minutes
    hours: hour | hours
    days: day | days
    weeks: week | weeks
    months: month | months
    years: year | years
""")

#: The units written before the figure and without a space.
SIGNS_BEFORE: Final[tuple[str, ...]] = ("$", "€", "£", "₽", "₴", "₹")

#: Other currencies before a figure in running text. Their codes may touch it ("Rs500"); single
#: letters are a currency only so ("P366.77 million", "R5bn", "N1,200,000").
CURRENCIES: Final = _forms("""
    us$ | usd | eur | gbp | chf | php | inr | pkr | lkr | npr | bdt | tk | tk. | rs | rs. | idr |
    rp | rm | ksh | ksh. | kes | ush | ugx | tzs | ngn | zar | ssp | sdg | etb | birr | mmk | thb |
    jpy | cny | rmb | try | aed | sar | syp | yer | htg | xaf | xof | cfa | cop | mxn | brl | rub |
    uah | aud | nzd | cad | sfr | sh
""")
CURRENCY_LETTERS: Final = "pnrk"

#: More units that touch their figure in running text: "950ft".
GLUED_UNITS: Final = frozenset(_forms("ft | mph | kph | cm | mm | mw | gw | sq | p | pc | hrs"))

#: Units that are written after their figure only: "day 5" is no duration.
UNITS_AFTER: Final = frozenset(
    _forms("""
        times | minutes | hours | days | weeks | months | years | tonnes | hectares
    """)
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
    qualifiers: dict[str, tuple[str, ...]]
    ranges: tuple[str, ...]
    magnitudes: dict[str, int]
    numbers: dict[str, int]
    percent: tuple[str, ...]


def _language(table: str) -> Language:
    """Take a language out of its table: the fields of `Language`, and a row a qualifier."""
    rows = _rows(table)
    return Language(
        name=rows.pop("name").strip(),
        decimal=rows.pop("decimal").strip(),
        ranges=_forms(rows.pop("ranges")),
        magnitudes=_values(rows.pop("magnitudes")),
        numbers=_values(rows.pop("numbers")),
        percent=_forms(rows.pop("percent")),
        qualifiers={qualifier: _forms(text) for qualifier, text in rows.items()},
    )


LANGUAGES: Final[dict[str, Language]] = {
    "en": Language("English", ".", {}, (), {}, {}, ()),
    "fr": _language("""
        name: French
        decimal: ,
        exact: exactement N | un total de N
        at least: au moins N | au minimum N | N au moins | N ou plus | pas moins de N
        more than: plus de N | plus d'N | au-delà de N | bien plus de N
        up to: jusqu'à N | au plus N | au maximum N | N au plus | N au maximum
        fewer than: moins de N | moins d'N
        nearly: près de N | presque N | pas loin de N | un peu moins de N
        around: environ N | quelque N | à peu près N | autour de N | N environ
        ranges: de A à B | entre A et B | A à B | A ou B
        magnitudes:
            100 = cent | 1,000 = mille, millier, milliers | 1,000,000 = million, millions |
            1,000,000,000 = milliard, milliards, md | 1,000,000,000,000 = billion, billions
        numbers:
            0 = zéro | 1 = un, une | 2 = deux | 3 = trois | 4 = quatre | 5 = cinq | 6 = six |
            7 = sept | 8 = huit | 9 = neuf | 10 = dix | 11 = onze | 12 = douze | 13 = treize |
            14 = quatorze | 15 = quinze | 16 = seize | 20 = vingt | 30 = trente | 40 = quarante |
            50 = cinquante | 60 = soixante
        percent: pour cent | pourcent
    """),
    "de": _language("""
        name: German
        decimal: ,
        exact: genau N | insgesamt N | exakt N
        at least: mindestens N | wenigstens N | N oder mehr | zumindest N
        more than: mehr als N | über N | gut N | weit über N | weit mehr als N
        up to: bis zu N | höchstens N | maximal N | nicht mehr als N
        fewer than: weniger als N | unter N
        nearly: fast N | beinahe N | knapp N | nahezu N | annähernd N
        around: etwa N | rund N | ungefähr N | circa N | ca. N | zirka N | um die N
        ranges: A bis B | von A bis B | zwischen A und B | A oder B
        magnitudes:
            100 = hundert | 1,000 = tausend, tsd | 1,000,000 = million, millionen, mio |
            1,000,000,000 = milliarde, milliarden, mrd | 1,000,000,000,000 = billion, billionen |
            12 = dutzend
        numbers:
            0 = null | 1 = ein, eine, eins | 2 = zwei | 3 = drei | 4 = vier | 5 = fünf |
            6 = sechs | 7 = sieben | 8 = acht | 9 = neun | 10 = zehn | 11 = elf | 12 = zwölf |
            20 = zwanzig | 30 = dreißig | 40 = vierzig | 50 = fünfzig
        percent: prozent
    """),
    "es": _language("""
        name: Spanish
        decimal: ,
        exact: exactamente N | un total de N
        at least: al menos N | por lo menos N | como mínimo N | N o más
        more than: más de N | por encima de N
        up to: hasta N | como máximo N | no más de N | a lo sumo N
        fewer than: menos de N | por debajo de N
        nearly: casi N | cerca de N | poco menos de N
        around: unos N | unas N | alrededor de N | aproximadamente N | en torno a N
        ranges: de A a B | entre A y B | A a B | A o B
        magnitudes:
            1,000 = mil, miles | 1,000,000 = millón, millones, millon | 100 = cien |
            1,000,000,000,000 = billón, billones
        numbers:
            0 = cero | 1 = un, uno, una | 2 = dos | 3 = tres | 4 = cuatro | 5 = cinco | 6 = seis |
            7 = siete | 8 = ocho | 9 = nueve | 10 = diez | 11 = once | 12 = doce | 20 = veinte |
            30 = treinta | 40 = cuarenta
        percent: por ciento
    """),
    "it": _language("""
        name: Italian
        decimal: ,
        exact: esattamente N | un totale di N
        at least: almeno N | come minimo N | N o più
        more than: più di N | oltre N | oltre i N
        up to: fino a N | al massimo N | non più di N
        fewer than: meno di N | sotto i N
        nearly: quasi N | poco meno di N
        around: circa N | intorno a N | approssimativamente N | all'incirca N
        ranges: da A a B | tra A e B | fra A e B | A o B
        magnitudes:
            100 = cento | 1,000 = mille, mila | 1,000,000 = milione, milioni |
            1,000,000,000 = miliardo, miliardi
        numbers: 1 = un, uno, una | 2 = due | 3 = tre | 4 = quattro | 5 = cinque | 10 = dieci
        percent: per cento
    """),
    "pt": _language("""
        name: Portuguese
        decimal: ,
        exact: exatamente N | um total de N
        at least: pelo menos N | ao menos N | no mínimo N | N ou mais
        more than: mais de N | acima de N
        up to: até N | no máximo N | não mais de N
        fewer than: menos de N | abaixo de N
        nearly: quase N | perto de N
        around: cerca de N | aproximadamente N | por volta de N | em torno de N
        ranges: de A a B | entre A e B | A a B | A ou B
        magnitudes:
            100 = cem | 1,000 = mil | 1,000,000 = milhão, milhões |
            1,000,000,000 = bilhão, bilhões, mil milhões
        numbers: 1 = um, uma | 2 = dois, duas | 3 = três | 4 = quatro | 5 = cinco | 10 = dez
        percent: por cento
    """),
    "ru": _language("""
        name: Russian
        decimal: ,
        exact: ровно N | всего N
        at least: не менее N | как минимум N | по меньшей мере N | минимум N
        more than: более N | больше N | свыше N
        up to: до N | не более N | максимум N
        fewer than: менее N | меньше N
        nearly: почти N | чуть менее N
        around: около N | примерно N | приблизительно N | порядка N | ориентировочно N
        ranges: от A до B | A или B
        magnitudes:
            1,000 = тысяча, тысячи, тысяч, тыс | 100 = сот |
            1,000,000 = миллион, миллиона, миллионов, млн |
            1,000,000,000 = миллиард, миллиарда, миллиардов, млрд
        numbers: 1 = один | 2 = два, две | 3 = три | 4 = четыре | 5 = пять | 10 = десять
        percent: процент | процента | процентов
    """),
    "uk": _language("""
        name: Ukrainian
        decimal: ,
        exact: рівно N | усього N | всього N
        at least: щонайменше N | не менше N | принаймні N | не менш як N
        more than: понад N | більше N | більш як N | більше ніж N
        up to: до N | не більше N | щонайбільше N | максимум N
        fewer than: менше N | менш як N | менше ніж N
        nearly: майже N | трохи менше N
        around: близько N | приблизно N | орієнтовно N | десь N
        ranges: від A до B | A або B
        magnitudes:
            1,000 = тисяча, тисячі, тисяч, тис | 100 = сотень |
            1,000,000 = мільйон, мільйона, мільйонів, мільйони, млн |
            1,000,000,000 = мільярд, мільярди, мільярдів, млрд
        numbers: 1 = один | 2 = два, дві | 3 = три | 4 = чотири | 5 = п'ять | 10 = десять
        percent: відсоток | відсотки | відсотків
    """),
    "ar": _language("""
        name: Arabic
        decimal: .
        at least: على الأقل N | ما لا يقل عن N | N على الأقل
        more than: أكثر من N | ما يزيد عن N | ما يزيد على N | فوق N
        up to: ما يصل إلى N | حتى N | على الأكثر N
        fewer than: أقل من N
        nearly: ما يقارب N | قرابة N | ما يقرب من N
        around: حوالي N | نحو N | تقريبا N
        ranges: من A إلى B | بين A و B | ما بين A و B
        magnitudes:
            1,000 = ألف, آلاف, الف | 1,000,000 = مليون, ملايين | 1,000,000,000 = مليار, مليارات
        numbers:
        percent: بالمئة | في المئة | بالمائة
    """),
}
