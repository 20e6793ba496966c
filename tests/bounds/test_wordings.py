"""Wordings as claimants, agencies and papers use them, with bounds worked out by hand.

One a line: the words | low | best | high. An "x" behind an end: the end itself is not meant.
A "-" is an open end, or no best figure.
"""

from fractions import Fraction

import pytest

from analysis.bounds import Bounds, Number, UnreadableWording, read_wording

COUNTS = """
minimum of 40 | 40 | - | -
40, at least | 40 | - | -
40, possibly more | 40 | - | -
at least 40 and possibly more | 40 | - | -
40 if not more | 40 | - | -
a bit over 200 | 200x | - | -
topped 4,000 | 4000x | - | -
past the 4,000 mark | 4000x | - | -
more than 3 million and counting | 3000000x | - | -
a maximum of 40 | 0 | - | 40
maximum of 40 | 0 | - | 40
at the very most 300 | 0 | - | 300
capped at 40 | 0 | - | 40
well short of 4,000 | 0 | - | 4000x
not even 40 | 0 | - | 40x
nigh on 4,000 | 3600 | - | 4000x
edging towards 5,000 | 4500 | - | 5000x
est. 30,000 | 27000 | 30000 | 33000
30,000 (est.) | 27000 | 30000 | 33000
anything from five to ten | 5 | - | 10
4,000-strong | 4000 | 4000 | 4000
hardly 40 | 40 | 40 | 40
30,000 total | 30000 | 30000 | 30000
totalling 30,000 | 30000 | 30000 | 30000
not a single one | 0 | 0 | 0
the low thousands | 1000 | - | -
thousands upon thousands | 2000 | - | -
hundreds and hundreds | 200 | - | -
tens, possibly hundreds | 20 | - | -
quite a few | 2 | - | -
a couple hundred | 200 | - | -
few hundred | 200 | - | -
100s | 200 | - | -
1,000s | 2000 | - | -
10s of thousands | 20000 | - | -
single digits | 1 | - | 9
in double figures | 10 | - | 99
a six-figure number | 100000 | - | 999999
just 12 | 12 | 12 | 12
only 300 | 300 | 300 | 300
another 500 | 500 | 500 | 500
a further 1,200 | 1200 | 1200 | 1200
an additional 45 | 45 | 45 | 45
a record 117 million | 117000000 | 117000000 | 117000000
a staggering 4 million | 4000000 | 4000000 | 4000000
a mere 18 | 18 | 18 | 18
a total of 2,571 | 2571 | 2571 | 2571
a combined 600 | 600 | 600 | 600
a confirmed 29 | 29 | 29 | 29
so far 1,407 | 1407 | 1407 | 1407
300 more | 300 | 300 | 300
all 583 | 583 | 583 | 583
dozens more | 24 | - | -
1,407 so far | 1407 | 1407 | 1407
35,000 in all | 35000 | 35000 | 35000
already 53,000 | 53000 | 53000 | 53000
exactly 471 | 471 | 471 | 471
at least another 300 | 300 | - | -
at least a further dozen | 12 | - | -
more than a record 5,000 | 5000x | - | -
only about 300 | 270 | 300 | 330
just over 2,000 | 2000x | - | -
already more than 3,000 | 3000x | - | -
only just over 900 | 900x | - | -
just under 50,000 | 45000 | - | 50000x
at least 9,614 | 9614 | - | -
no fewer than four dozen | 48 | - | -
as few as 12 | 12 | - | -
not less than 70 | 70 | - | -
two hundred or more | 200 | - | -
3 million or more | 3000000 | - | -
10,000 and counting | 10000 | - | -
400,000+ | 400000 | - | -
2,000-plus | 2000 | - | -
2,000 plus | 2000 | - | -
a minimum of 15,000 | 15000 | - | -
≥ 40 | 40 | - | -
over 116,000 | 116000x | - | -
well over a million | 1000000x | - | -
over one and a half million | 1500000x | - | -
more than one million | 1000000x | - | -
more than half a million | 500000x | - | -
more than twelve hundred | 1200x | - | -
more than a dozen | 12x | - | -
in excess of 30,000 | 30000x | - | -
exceeding 14 million | 14000000x | - | -
exceeds 61,000 | 61000x | - | -
upwards of 80,000 | 80000x | - | -
north of 100,000 | 100000x | - | -
topping 1.7 million | 1700000x | - | -
a little over 600 | 600x | - | -
far more than 150 | 150x | - | -
>1,000 | 1000x | - | -
up to 150,000 | 0 | - | 150000
as high as 20,000 | 0 | - | 20000
as many as 61,000 | 0 | - | 61000
no more than 40 | 0 | - | 40
not exceeding 900 | 0 | - | 900
at most five | 0 | - | 5
twenty or fewer | 0 | - | 20
could be as high as 30,000 | 0 | - | 30000
possibly as many as 200 | 0 | - | 200
a maximum of 1 lakh | 0 | - | 100000
fewer than ten | 0 | - | 10x
less than 1,000 | 0 | - | 1000x
well under 300 | 0 | - | 300x
below 5,000 | 0 | - | 5000x
nearly 500 | 450 | - | 500x
nearly 1,000 | 900 | - | 1000x
nearly 1,600 | 1500 | - | 1600x
nearly 14,300 | 14200 | - | 14300x
nearing 5,000 | 4500 | - | 5000x
approaching 60,000 | 54000 | - | 60000x
almost 2 million | 1800000 | - | 2000000x
almost 7.7 million | 7600000 | - | 7700000x
close to 25 million | 24000000 | - | 25000000x
just shy of 400 | 360 | - | 400x
a little under 8,000 | 7200 | - | 8000x
virtually 100 | 90 | - | 100x
nearly a quarter of a million | 240000 | - | 250000x
around 1,600 | 1550 | 1600 | 1650
about 9,000 | 8500 | 9000 | 9500
about 10,000 | 9000 | 10000 | 11000
some 6,000 | 5500 | 6000 | 6500
roughly 20,000 | 18000 | 20000 | 22000
approximately 1.9 million | 1850000 | 1900000 | 1950000
approx. 650 | 645 | 650 | 655
an estimated 62,000 | 61500 | 62000 | 62500
estimated at 30,000 | 27000 | 30000 | 33000
in the region of 8,000 | 7500 | 8000 | 8500
in the vicinity of 15,000 | 14500 | 15000 | 15500
on the order of 100,000 | 90000 | 100000 | 110000
somewhere around 700 | 650 | 700 | 750
300 or so | 270 | 300 | 330
300-odd | 270 | 300 | 330
4,500 or thereabouts | 4450 | 4500 | 4550
c. 400 | 360 | 400 | 440
~12,000 | 11500 | 12000 | 12500
≈ 250 | 245 | 250 | 255
perhaps 800 | 750 | 800 | 850
some 2 lakh | 180000 | 200000 | 220000
about a dozen | 10 | 12 | 14
around two and a half million | 2450000 | 2500000 | 2550000
around 498 | 497 | 498 | 499
2 lakh | 200000 | 200000 | 200000
1.5 crore | 15000000 | 15000000 | 15000000
3 crores | 30000000 | 30000000 | 30000000
1 lakh 20 thousand | 120000 | 120000 | 120000
12,34,567 | 1234567 | 1234567 | 1234567
five score | 100 | 100 | 100
two dozen | 24 | 24 | 24
half a dozen | 6 | 6 | 6
three dozen | 36 | 36 | 36
a dozen | 12 | 12 | 12
half a million | 500000 | 500000 | 500000
a quarter of a million | 250000 | 250000 | 250000
three quarters of a million | 750000 | 750000 | 750000
a million and a half | 1500000 | 1500000 | 1500000
two and a half million | 2500000 | 2500000 | 2500000
2½ million | 2500000 | 2500000 | 2500000
2 1/2 million | 2500000 | 2500000 | 2500000
ten thousand | 10000 | 10000 | 10000
a hundred and fifty | 150 | 150 | 150
two hundred and twenty-seven | 227 | 227 | 227
two hundred twenty-seven | 227 | 227 | 227
one thousand five hundred | 1500 | 1500 | 1500
twelve hundred | 1200 | 1200 | 1200
two million three hundred thousand | 2300000 | 2300000 | 2300000
ninety nine | 99 | 99 | 99
10 millions | 10000000 | 10000000 | 10000000
2.5bn | 2500000000 | 2500000000 | 2500000000
75k | 75000 | 75000 | 75000
1 597 | 1597 | 1597 | 1597
1'234'567 | 1234567 | 1234567 | 1234567
٣٠٬٠٠٠ | 30000 | 30000 | 30000
४९८ | 498 | 498 | 498
۱۲۳ | 123 | 123 | 123
৫০০ | 500 | 500 | 500
nearly ٥٠٠ | 450 | - | 500x
20-30,000 | 20000 | - | 30000
5-6,000 | 5000 | - | 6000
30-40,000 | 30000 | - | 40000
around 20-25 thousand | 19500 | - | 25500
around 20-25,000 | 19500 | - | 25500
7,000 to 15,000 | 7000 | - | 15000
between 15,000 and 30,000 | 15000 | - | 30000
somewhere between 100 and 300 | 100 | - | 300
anywhere from 4 to 6 million | 4000000 | - | 6000000
from 300 to 500 | 300 | - | 500
two or three | 2 | - | 3
two or three dozen | 24 | - | 36
three to four hundred | 300 | - | 400
between half a million and a million | 500000 | - | 1000000
14 to 15 million | 14000000 | - | 15000000
2-3 lakh | 200000 | - | 300000
about 7,000 to 15,000 | 6500 | - | 15500
more than 500 but fewer than 600 | 500x | - | 600x
at least 40 and at most 60 | 40 | - | 60
600 (450 to 900) | 450 | 600 | 900
64,260 (95 % CI 55,298 to 78,525) | 55298 | 64260 | 78525
64,260 (95% CI 55,298–78,525) | 55298 | 64260 | 78525
64,260 [95% CI: 55,298 - 78,525] | 55298 | 64260 | 78525
64,260 (95% CI 55,298, 78,525) | 55298 | 64260 | 78525
8,200 (95% uncertainty interval 7,100-9,400) | 7100 | 8200 | 9400
500 (range 300-700) | 300 | 500 | 700
around 600 (450 to 900) | 450 | 600 | 900
600 (at least 450) | 450 | 600 | -
600 ± 50 | 550 | 600 | 650
1.9 million of 2.2 million | 1900000 | 1900000 | 1900000
1.9 million of the 2.2 million | 1900000 | 1900000 | 1900000
about 1.9 million out of 2.2 million | 1850000 | 1900000 | 1950000
19 of 24 | 19 | 19 | 19
at least 7 out of 10 | 7 | - | -
in the thousands | 2000 | - | -
in the low thousands | 1000 | - | -
in the high hundreds | 100 | - | -
in the mid-hundreds | 100 | - | -
in the low tens of thousands | 10000 | - | -
scores of | 40 | - | -
couple of thousand | 2000 | - | -
quarter of a million | 250000 | 250000 | 250000
a hundred and twenty thousand | 120000 | 120000 | 120000
hundred thousand | 100000 | 100000 | 100000
hundreds, possibly thousands | 200 | - | -
hundreds or even thousands | 200 | - | -
hundreds if not thousands | 200 | - | -
dozens to hundreds | 24 | - | -
between several hundred and a thousand | 200 | - | 1000
between about 5,000 and 6,000 | 4500 | - | 6000
5,000 to about 6,000 | 5000 | - | 6500
between 5,000 and up to 6,000 | 5000 | - | 6000
15,000 to 20,000 at most | 15000 | - | 20000
at least 5 and possibly 7 | 5 | - | 7
at least 5,000, perhaps as many as 7,000 | 5000 | - | 7000
1,500 or even 2,000 | 1500 | - | 2000
450-900, most likely 600 | 450 | 600 | 900
450 to 900 (best estimate 600) | 450 | 600 | 900
600, with a range of 450 to 900 | 450 | 600 | 900
600 (±50) | 550 | 600 | 650
reached nearly 500 | 450 | - | 500x
stands at 500 | 500 | 500 | 500
barely 100 | 100 | 100 | 100
at the very least 227 | 227 | - | -
might reach 1,500 | 0 | - | 1500
perhaps as many as 1,500 | 0 | - | 1500
might be 1,500 | 1450 | 1500 | 1550
“nearly 500” | 450 | - | 500x
none | 0 | 0 | 0
nobody | 0 | 0 | 0
no one | 0 | 0 | 0
no deaths | 0 | 0 | 0
no casualties | 0 | 0 | 0
zero casualties | 0 | 0 | 0
zero | 0 | 0 | 0
dozens | 24 | - | -
scores | 40 | - | -
hundreds | 200 | - | -
several hundred | 200 | - | -
at least several hundred | 200 | - | -
many thousands | 2000 | - | -
a few dozen | 24 | - | -
a couple of hundred | 200 | - | -
tens of thousands | 20000 | - | -
hundreds of thousands | 200000 | - | -
another several thousand | 2000 | - | -
"""

MEASURES = """
half | 50 | 50 | 50 | %
more than half | 50x | - | - | %
about half the population | 45 | 50 | 55 | %
almost half | 45 | - | 50x | %
nearly two thirds | 60 | - | 200/3x | %
two-thirds | 200/3 | 200/3 | 200/3 | %
three quarters | 75 | 75 | 75 | %
up to a fifth | 0 | - | 20 | %
under a third | 0 | - | 100/3x | %
a quarter of the population | 25 | 25 | 25 | %
a third of all children | 100/3 | 100/3 | 100/3 | %
1 in 8 | 25/2 | 25/2 | 25/2 | %
one in five | 20 | 20 | 20 | %
one in every 122 | 50/61 | 50/61 | 50/61 | %
at least one in ten | 10 | - | - | %
nine out of ten | 90 | 90 | 90 | %
one out of every four people | - | - | - | refused
between a third and a half | 100/3 | - | 50 | %
around 30 per cent | 27 | 30 | 33 | %
more than 2% | 2x | - | - | %
half a percent | 1/2 | 1/2 | 1/2 | %
three times | 3 | 3 | 3 | times
more than ten times | 10x | - | - | times
twice | 2 | 2 | 2 | times
tenfold | 10 | 10 | 10 | times
10-fold | 10 | 10 | 10 | times
72 hours | 72 | 72 | 72 | hours
more than 100 days | 100x | - | - | days
two to three weeks | 2 | - | 3 | weeks
half a year | 1/2 | 1/2 | 1/2 | years
about 64 km | 127/2 | 64 | 129/2 | km
$2.5bn | 2500000000 | 2500000000 | 2500000000 | $
₹20 crore | 200000000 | 200000000 | 200000000 | ₹
tens of billions of dollars | 20000000000 | - | - | $
1.9 million of 2.2 million | 1900000 | 1900000 | 1900000 |
"""

LANGUAGES = """
fr | environ 30 000 | 27000 | 30000 | 33000
fr | 30.000 | 30000 | 30000 | 30000
fr | plus de 1,5 million | 1500000x | - | -
fr | entre 7 000 et 15 000 | 7000 | - | 15000
fr | près de 500 | 450 | - | 500x
fr | au moins deux mille | 2000 | - | -
de | rund 30.000 | 27000 | 30000 | 33000
de | 1,5 Mio. | 1500000 | 1500000 | 1500000
de | mindestens 227 | 227 | - | -
de | 3 Billionen | 3000000000000 | 3000000000000 | 3000000000000
de | 7.000 bis 15.000 | 7000 | - | 15000
es | más de dos mil millones | 2000000000x | - | -
es | unos 12.000 | 11500 | 12000 | 12500
it | 30mila | 30000 | 30000 | 30000
pt | cerca de 2,5 milhões | 2450000 | 2500000 | 2550000
ru | более 20 тыс. | 20000x | - | -
uk | понад 2,5 млн | 2500000x | - | -
uk | щонайменше 227 | 227 | - | -
ar | أكثر من ٣٠ ألف | 30000x | - | -
en | around 30,000 | 27000 | 30000 | 33000
"""

#: What is no figure of people, with a word of the reason and the advice, if there is one.
REFUSED = {
    "may exceed 10,000": ("states no bound", "more than 10,000"),
    "more than 12,000, including 5,000 children": ("a row for each", "more than 12,000"),
    "500, of whom 12 were children": ("a row for each", "500"),
    "would exceed 1,500": ("states no bound", "more than 1,500"),
    "probably at least 1,500": ("states no bound", "at least 1,500"),
    "is expected to reach 1,500": ("states no bound", "1,500"),
    "15,000*": ("footnote", "15,000"),
    "at least 5,000 [1]": ("footnote", "at least 5,000"),
    "nine out of ten": ("share", None),
    # Advice never loses magnitude, in whatever language it is written.
    "10 arab": ("not in the table", None),
    "5 миллионов человек": ("not in the table", None),
    "5 millones de personas": ("not in the table", None),
    "ca. 5–6 Tsd.": ("do not make one", None),
    "at least 7,000, possibly 5,000": ("do not make one", None),
    "1.7 trillion yen": ("not in the table", None),
    "1,2 millions": ("not written as a number", "1.2 millions"),
    "500 killed and 1,200 wounded": ("a row for each", None),
    "one killed, three wounded": ("a row for each", None),
    "up to several hundred": ("no upper end", None),
    "no more than a few dozen": ("no upper end", None),
    "3‰": ("makes it a rate", None),
    "15 per 1,000": ("makes it a rate", None),
    "12 per thousand inhabitants": ("makes it a rate", None),
    "2.5 percentage points": ("difference of two shares", None),
    "half that number": ("said by another figure", None),
    "as many again": ("said by another figure", None),
    "numerous": ("no figure in it", None),
    "the vast majority": ("no figure in it", None),
    "a large number of people": ("no figure in it", None),
    "denied": ("denial", None),
    "denies any losses": ("denial", None),
    "no figure": ("no figure", None),
    "unknown": ("no figure", None),
    "no casualties reported": ("not zero", None),
    "no reports of deaths": ("not zero", None),
    "5,000 a day": ("rate", "5,000"),
    "around 40 per month": ("rate", "around 40"),
    "two thirds": ("share", None),
    "nearly two thirds": ("share", None),
    "1 in 8": ("share", None),
    "half of 2.2 million": ("share", None),
    "three times": ("ratio", None),
    "72 hours": ("hours is not a count", None),
    "30.000": ("a point parts decimals", "30,000"),
    "at least 12.000": ("a point parts decimals", "12,000"),
    "environ 30 000": ("French", "around 30,000"),
    "mehr als 12.000": ("German", "more than 12,000"),
    "понад 20 тисяч": ("Ukrainian", "more than 20,000"),
    "1,5 million": ("not written as a number", "1.5 million"),
    "20-30000": ("not clear", None),
    "2-300": ("not clear", None),
    "2.3 million of 2.2 million": ("more than its whole", None),
    "2 lakh people": ("without", "2 lakh"),
    "nearly 2 lakh civilians": ("without", "nearly 2 lakh"),
    "tens of thousands of people": ("without", "tens of thousands"),
    "five score souls": ("without", "five score"),
    "2 lahk": ("table of words", None),
    "3 myriad": ("table of words", None),
    "2 milion": ("table of words", "2 million"),
    "nearly two thirsd": ("table of words", None),
    "500 or 600 or 700": ("one figure", None),
    "4٣ people": ("two scripts", None),
}


def number(cell: str) -> tuple[Number | None, bool]:
    """Read an end of the table above: the number, and whether it is excluded."""
    value = Fraction(cell.strip().rstrip("x")) if cell.strip() != "-" else None
    return value, "x" in cell


def rows(lines: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in lines.strip().splitlines()]


def check(read: Bounds, low: str, best: str, high: str) -> None:
    ends = (read.low, read.low_excluded), (read.best, False), (read.high, read.high_excluded)
    assert ends == (number(low), number(best), number(high))


@pytest.mark.parametrize(("words", "low", "best", "high"), rows(COUNTS))
def test_counts(words: str, low: str, best: str, high: str) -> None:
    check(read_wording(words), low, best, high)
    check(read_wording(words.upper()), low, best, high)


@pytest.mark.parametrize(("words", "low", "best", "high", "unit"), rows(MEASURES))
def test_measures(words: str, low: str, best: str, high: str, unit: str) -> None:
    if unit == "refused":
        with pytest.raises(UnreadableWording):
            read_wording(words, counts=False)
        return
    read = read_wording(words, counts=False)
    check(read, low, best, high)
    assert read.unit == unit


@pytest.mark.parametrize(("language", "words", "low", "best", "high"), rows(LANGUAGES))
def test_other_languages(language: str, words: str, low: str, best: str, high: str) -> None:
    check(read_wording(words, language=language), low, best, high)


@pytest.mark.parametrize(("words", "reason", "advice"), [(w, *r) for w, r in REFUSED.items()])
def test_what_is_refused_by_name(words: str, reason: str, advice: str | None) -> None:
    with pytest.raises(UnreadableWording) as caught:
        read_wording(words)
    assert reason in caught.value.reason
    assert caught.value.suggestion == advice
    if advice is not None:
        read_wording(advice)


@pytest.mark.parametrize("words", ["2.5 mil", "two decades", "around 2 metres", "half a century"])
def test_advice_about_measures_keeps_their_size_and_unit(words: str) -> None:
    with pytest.raises(UnreadableWording) as caught:
        read_wording(words, counts=False)
    assert caught.value.suggestion is None


def test_a_part_of_them_is_a_share() -> None:
    assert read_wording("half of them", counts=False).best == 50


def test_a_language_that_is_not_known() -> None:
    with pytest.raises(LookupError, match="'xx' is none of en, fr"):
        read_wording("500", language="xx")
