"""Which update of OHCHR each date of OCHA's table holds, where it is not the plain rule.

The rule: a date of the table is the day of the update, and the update counts to the midnight
before. It holds from 3 March 2022 on, save on the dates below; each was looked up in OHCHR's
own update, or in a report of it (the Office publishes on working days, from July 2022 mostly
on Mondays, counting to Sunday). Two dates hold no update of their own.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Update(NamedTuple):
    """The last day counted, the day of the update, and what is doubtful about them."""

    counted_to: str
    published_on: str
    doubt: str = ""


#: Date of the table -> the update it holds, where that is not (the day before, the date).
UPDATES: Final[dict[str, Update]] = {
    # The table was a day early: it has no 726 / 1,174, the update of 16 March.
    "2022-03-16": Update("2022-03-16", "2022-03-17"),
    "2022-03-17": Update("2022-03-17", "2022-03-18"),
    # 6 June was a holiday; the update is dated 7 June.
    "2022-06-06": Update("2022-06-06", "2022-06-07"),
    # Entered on the Tuesday after the update, which counts to Sunday.
    "2022-07-26": Update("2022-07-24", "2022-07-25"),
    "2022-08-02": Update("2022-07-31", "2022-08-01"),
    "2022-08-09": Update("2022-08-07", "2022-08-08"),
    "2022-08-16": Update("2022-08-14", "2022-08-15", "the days are those of its neighbours"),
    "2022-08-25": Update("2022-08-28", "2022-08-29"),
    "2022-09-13": Update("2022-09-11", "2022-09-12"),
    # The date is the last day counted.
    "2022-09-04": Update("2022-09-04", "2022-09-05"),
    "2022-12-26": Update("2022-12-26", "2022-12-27"),
    "2023-06-30": Update(
        "2023-06-30",
        "2023-07-07",
        "the day of the update is unknown; 7 July is the latest likely",
    ),
    "2023-07-16": Update("2023-07-16", "2023-07-17"),
    # Reports of the update have 9,701 and 17,748 to 24 September.
    "2023-09-24": Update("2023-09-24", "2023-09-25"),
    # Neither: the update counts to 2 January.
    "2022-12-31": Update("2023-01-02", "2023-01-03", "the day of the update is the day after"),
    # By the rule, and not found in a report.
    "2023-01-10": Update("2023-01-09", "2023-01-10", "the last day counted may be 8 January"),
    "2023-05-02": Update("2023-05-01", "2023-05-02", "the last day counted may be 30 April"),
}

#: Dates that hold no update: 7 June 2022 repeats 3 June (an entry error; the update of that day
#: stands at 6 June), 26 March 2023 has the killed of the next day with the wounded of the week
#: before.
NO_UPDATE: Final = frozenset({"2022-06-07", "2023-03-26"})

#: Cells typed wrongly: the update of 15 April 2022 has 2,651 wounded (the table's own 16 April
#: gives it, with the link to the update of the 15th).
MISTYPED: Final[dict[tuple[str, str], int]] = {("2022-04-15", "injured"): 2_651}
