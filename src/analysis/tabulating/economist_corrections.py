"""What is known better than The Economist's list has it, row by row.

Dates, claimants, outcomes and words come from the row's own link or from reports of the same
statement. The list's date stays in the note wherever it is corrected. A row named in `ROWS`
may become two: the list's range of UALosses runs from the dead to the dead and missing.
"""

from __future__ import annotations

from typing import Final

#: The post with the British averages of each month: the list adds them up from March 2022 and
#: dates each sum on the first of the next month.
MONTHLY_AVERAGES: Final = "DefenceHQ/status/1876584633103507960"

_GENERAL_STAFF = "ukraine-general-staff-losses"

#: Row of the list -> the columns that are corrected, for each row that it becomes. A row whose
#: words are given has no numbers; `says` is added to the note.
ROWS: Final[dict[int, tuple[dict[str, str], ...]]] = {
    2: (
        {
            "as_of": "2024-02-06",
            "published_on": "2024-02-06",
            "outcome": "losses",
            "repeats": _GENERAL_STAFF,
            "says": "the General Staff's own series has it on 6 February, as losses",
        },
    ),
    3: (
        {
            "published_on": "2023-12-19",
            "wording": "more than 383,000",
            "says": "Minister Shoigu on the Ministry's board, 19 December",
        },
    ),
    7: (
        {
            "outcome": "losses",
            "repeats": _GENERAL_STAFF,
            "says": "listed as deaths; the General Staff's own series says losses "
            "(about 38,450 the day before, about 38,550 that day)",
        },
    ),
    10: (
        {
            "wording": "in the vicinity of 15,000",
            "says": "the director's words; Reuters writes some 15,000",
        },
    ),
    11: (
        {"says": "the list's sum: he said maybe three times as many wounded as killed, no total"},
    ),
    22: (
        {
            "published_on": "2022-12-01",
            "wording": "10,000 to 13,000",
            "says": "the adviser Podolyak on television, 1 December, of figures of the General "
            "Staff",
        },
    ),
    24: ({"wording": "35,500 to 43,000", "says": "the list has the upper end only"},),
    25: ({"wording": "189,500 to 223,000"},),
    26: ({"wording": "15,500 to 17,500", "says": "the list has the upper end only"},),
    27: ({"wording": "124,500 to 131,000"},),
    28: ({"published_on": "2023-02-28", "says": "reported on 28 February"},),
    29: (
        {
            "published_on": "2023-02-28",
            "outcome": "losses",
            "says": "reported on 28 February; the missing included",
        },
    ),
    34: (
        {
            "as_of": "2023-05-27",
            "published_on": "2023-07-10",
            "says": "men under 50 who died by 27 May 2023, by records of inheritance; published "
            "on 10 July",
        },
    ),
    37: ({"wording": "as many as 120,000"},),
    38: ({"wording": "approaching 300,000", "says": "the list adds up killed and wounded"},),
    39: ({"wording": "close to 70,000"},),
    40: ({"says": "the list's sum of the killed and 100,000 to 120,000 wounded"},),
    44: (
        {
            "wording": "at least 30,000",
            "standard": "estimated",
            "says": "non-combat deaths included, the missing not; 24,500 of them known by name",
        },
    ),
    60: (
        {
            "claimant": "uk-foreign-office",
            "published_on": "2024-05-30",
            "wording": "over 465,000",
            "says": "statement to the OSCE",
        },
    ),
    63: ({"published_on": "2024-06-13", "wording": "at least 350,000"},),
    65: (
        {
            "published_on": "2024-07-05",
            "says": "published on 5 July 2024; in the list by e-mail",
        },
    ),
    70: ({"says": "an estimate from earlier in the year, reported on this day"},),
    71: ({"says": "the list's sum of 80,000 killed and 400,000 wounded"},),
    80: (
        {
            "as_of": "2024-09-17",
            "published_on": "2024-09-17",
            "says": "some of the estimates; the link is the report of 17 September 2024",
        },
    ),
    81: (
        {
            "as_of": "2024-09-17",
            "published_on": "2024-09-17",
            "says": "the list's sum of up to 200,000 killed and about 400,000 wounded; "
            "the link is the report of 17 September 2024",
        },
    ),
    83: ({"wording": "more than 100,000"},),
    85: ({"wording": "70,000", "says": "and 35,000 missing; sources in the military command"},),
    86: ({"published_on": "2024-12-07", "wording": "at least 700,000"},),
    88: ({"published_on": "2025-02-12", "says": "early January 2025; link of February 2025"},),
    89: (
        {
            "published_on": "2025-02-12",
            "says": "early January 2025; link of February 2025",
        },
    ),
    94: (
        {
            "wording": "65321",
            "standard": "verified case by case",
            "says": "lower end of the list's range: names of the dead",
        },
        {
            "outcome": "killed or missing",
            "wording": "121319",
            "standard": "verified case by case",
            "says": "upper end of the list's range; doubtful: that it adds the missing is said at "
            "the row of 30 May 2025 only",
        },
    ),
    101: (
        {
            "wording": "70935",
            "standard": "verified case by case",
            "says": "lower end of the list's range: names of the dead",
        },
        {
            "outcome": "killed or missing",
            "wording": "135930",
            "standard": "verified case by case",
            "says": "upper end of the list's range: the dead and the missing",
        },
    ),
    102: (
        {
            "as_of": "2022-03-23",
            "published_on": "2022-03-23",
            "wording": "7,000 to 15,000",
            "repeats": "ap-2022-03-25",
            "says": "the briefing was on 23 March",
        },
    ),
    103: (
        {
            "as_of": "2022-03-23",
            "published_on": "2022-03-23",
            "outcome": "losses",
            "wording": "between 30,000 and 40,000",
            "repeats": "zdg-2022-03",
            "says": "the briefing was on 23 March; taken prisoner and missing included",
        },
    ),
    100: (
        {
            "published_on": "2025-03-25",
            "says": "made public on 25 March 2025, dated 18 March",
        },
    ),
    106: ({"published_on": "2025-06-03", "says": "published on 3 June 2025"},),
    108: (
        {
            "as_of": "2025-12-31",
            "published_on": "2026-01-27",
            "outcome": "losses",
            "says": "to the end of December, published on 27 January 2026; the missing included",
        },
    ),
    109: (
        {
            "as_of": "2025-12-31",
            "published_on": "2026-01-27",
            "says": "to the end of December, published on 27 January 2026",
        },
    ),
    110: (
        {
            "as_of": "2025-12-31",
            "published_on": "2026-01-27",
            "outcome": "losses",
            "says": "to the end of December, published on 27 January 2026; the missing included",
        },
    ),
    111: (
        {
            "as_of": "2025-12-31",
            "published_on": "2026-01-27",
            "says": "to the end of December, published on 27 January 2026",
        },
    ),
    117: ({"claimant": "uk-foreign-office", "says": "statement to the OSCE"},),
    118: (
        {
            "claimant": "gchq",
            "published_on": "2026-05-27",
            "wording": "almost half a million",
            "says": "annual lecture of the director",
        },
    ),
}
