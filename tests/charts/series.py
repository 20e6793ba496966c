"""Invented series over time, as the subjects hand them to the charts."""

from typing import Any

import pandas as pd

from .frames import LONG, make

START = pd.Timestamp("2022-02-24")


def claim(day: int, name: str = "Monitor", **row: Any) -> dict[str, Any]:
    """A claim so many days after the first; `at` is an exact figure."""
    if "at" in row:
        row |= dict.fromkeys(("low", "best", "high"), row["at"]) | {"wording": f"{row.pop('at'):,}"}
    counted_to = START + pd.Timedelta(days=day)
    return {"claimant_name": name, "counted_to": counted_to, "published_on": counted_to, **row}


def count_up(name: str, days: int, step: int, every: int = 1, **row: Any) -> list[dict[str, Any]]:
    return [claim(day, name, at=step * (day + 1), **row) for day in range(0, days, every)]


#: Every form of a figure: exact, range with and without a best, at least, up to, in doubt.
EVERY_FORM = make(
    [
        *count_up("Monitor", 60, 50),
        claim(3, "Army", low=2001, wording="more than 2,000", status="unverified", is_party=True),
        claim(30, "Army", low=2501, wording="more than 2,500", status="disputed", is_party=True),
        claim(10, "Office", low=500, high=900, wording="500 to 900"),
        claim(25, "Office", low=900, high=1500, wording="900 to 1500"),
        claim(40, "Survey", low=1000, best=1400, high=2000, wording="1400 (1000 to 2000)"),
        claim(50, "Survey", low=1500, best=1700, high=2600, wording="1700 (1500 to 2600)"),
        claim(45, "Clinic", low=0, high=1200, wording="up to 1200"),
        claim(20, "Silent", status="not released"),
        claim(33, "Vague", low=400, high=402, wording="400 to 402"),
    ]
)

#: A line that breaks twice.
BROKEN = make(
    [
        claim(
            day,
            at=day * 100 - (2000 if day >= 30 else 0) - (1500 if day >= 45 else 0),
            segment=(day >= 30) + (day >= 45),
            break_reason=("", "26 March 2022: a new meaning", "10 April 2022: another method")[
                (day >= 30) + (day >= 45)
            ],
        )
        for day in range(1, 60)
    ]
)

#: Fourteen claimants, one with a name that is too long, whose lines end close together.
CROWD = make(
    [
        claim(day, LONG if number == 3 else f"Claimant {number}", at=1000 + number + day * 2)
        for number in range(14)
        for day in range(0, 40 + number, 1 + number)
    ]
)

#: Three claimants day by day for more than four years.
YEARS = make([row for n in range(3) for row in count_up(f"Daily {n}", 1600, 700 + 20 * n)])

EDITIONS = make(
    [
        claim(10, at=1_012_381),
        claim(14, at=1_010_800),
        claim(18, at=1_005_293),
        claim(19, at=1_033_312),
        claim(26, at=1_034_779),
        claim(27, at=1_013_787),
        claim(43, at=987_677),
        claim(49, at=977_110),
        claim(56, at=989_500),
    ]
)
