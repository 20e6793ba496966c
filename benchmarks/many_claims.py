"""A casebook of very many claims: the project's own, and a daily series of each of 200 claims."""

from __future__ import annotations

import csv
import shutil
from datetime import date, timedelta
from pathlib import Path

from timing import ROOT

#: Claims of 1,000 days, of each of ten claimants and twenty countries.
CLAIMS = 200_000
FIRST_DAY, LAST_DAY = date(2022, 2, 24), date(2024, 11, 19)

_CLAIMANTS = 10
_AREAS = (
    *("SDN", "SSD", "ETH", "SOM", "YEM", "SYR", "LBN", "IRQ", "MLI", "NER"),
    *("BFA", "NGA", "TCD", "CAF", "COD", "MMR", "HTI", "COL", "MOZ", "AFG"),
)


def write_many_claims(folder: Path) -> Path:
    """Write the casebook to `folder` and return it."""
    shutil.copytree(ROOT / "data", folder)
    with (folder / "casualties.csv").open(encoding="utf-8") as file:
        columns = next(csv.reader(file))
    with (folder / "claimants.csv").open(encoding="utf-8") as file:
        claimants = [row["claimant"] for row in csv.DictReader(file)][:_CLAIMANTS]
    with (folder / "sources.csv").open(encoding="utf-8") as file:
        source = next(csv.DictReader(file))["source_id"]
    days = CLAIMS // len(_AREAS) // _CLAIMANTS
    with (folder / "casualties.many.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        for place, area in enumerate(_AREAS):
            for who, claimant in enumerate(claimants):
                for number in range(days):
                    day = FIRST_DAY + timedelta(days=number)
                    writer.writerow(
                        {
                            "source_id": source,
                            "locator": f"{area}, {claimant}, day {number + 1}",
                            "claimant": claimant,
                            "since": FIRST_DAY,
                            "as_of": day,
                            "who": "civilians",
                            "area": area,
                            "outcome": "killed",
                            "wording": f"at least {10 * number + 100 * place + who + 1:,}",
                            "standard": "estimated",
                            "status": "stated",
                            "published_on": day,
                        }
                    )
    return folder
