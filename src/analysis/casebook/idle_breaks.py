"""Idle breaks: declared for a series that no claim belongs to, by a typo as a rule.

A break that finds no series would not be kept, and figures would be reckoned across it.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.casualties.table import CASUALTIES, tabulate_casualties
from analysis.claims.breaks import ANY_PLACE, BREAKS, PLACES_ADDED_UP, name_measure, name_place
from analysis.refugees.table import REFUGEES, tabulate_refugees
from analysis.tables import CellError, read_claims, suggest

_NO_DAY = "2999-12-31"  # after every day: all claims, however late they were published


def find_idle_breaks(data: str | Path) -> list[CellError]:
    """Return an error for each break whose series no claim of the casebook belongs to."""
    claims = {
        REFUGEES.name: read_all_refugees(data),
        CASUALTIES.name: tabulate_casualties(data, _NO_DAY),
    }
    errors = []
    for label, row in enumerate(read_claims(BREAKS, data).to_dict("records")):
        known = claims.get(str(row["table"]))
        if known is None:
            expected = f"one of: {', '.join(claims)}"
            hint = suggest(str(row["table"]), claims)
            error = CellError("breaks.csv", label + 2, "table", str(row["table"]), expected, hint)
            errors.append(error)
            continue
        ours = known[known["claimant"] == row["claimant"]]
        measures, places = name_measure(ours), name_place(ours)
        same = measures == row["measure"]
        if row["place"] not in (ANY_PLACE, PLACES_ADDED_UP):
            same &= places == row["place"]
        if not same.any():
            series = f"{row['claimant']}, {row['measure']}, {row['place']}"
            words = [*measures.unique(), *places.unique()]
            hint = suggest(str(row["measure"]), [word for word in words if isinstance(word, str)])
            expected = "a series that claims belong to"
            errors.append(CellError("breaks.csv", label + 2, "measure", series, expected, hint))
    return errors


def read_all_refugees(data: str | Path = "") -> pd.DataFrame:
    """Return the claims of refugees from every country, however late they were published."""
    origins = read_claims(REFUGEES, data)["origin"].dropna().unique()
    frames = [tabulate_refugees(data, _NO_DAY, origin=origin) for origin in origins]
    return pd.concat(frames, ignore_index=True) if frames else tabulate_refugees(data, _NO_DAY)
