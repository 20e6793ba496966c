"""Parts of a projection's frame: counted, projected, planned by others, counted later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from analysis.charts import COUNTED, LATER, PLANNED, PROJECTED
from analysis.claims.days import format_day
from analysis.projections.table import tabulate_projections

#: The columns of the frame (see `tabulate_refugee_projection`).
COLUMNS = [
    "part", "origin", "day", "quantile", "value", "wording", "label", "claimant_name", "is_party",
    "definition", "method", "known_as_of", "counted_to", "data_vintage", "publisher",
    "published_on",
]  # fmt: skip

#: Who makes the projections of this project.
OURS = "Contested Figures, a projection of our own"


@dataclass(frozen=True)
class Fan:
    """A projection with what stands beside it.

    Attributes
    ----------
    rows : pandas.DataFrame
        The columns of `COLUMNS`.
    unit : str
        What is counted.
    by_year : bool
        Whether the days are ends of years.
    whole : float or None
        People who are 100% of the share; None where no population is known.
    whole_name : str
        Who these people are, by whose figure.
    reason : str
        Why nothing could be projected, "" where something was.
    explanation : list of str
        What the projection rests on.
    """

    rows: pd.DataFrame
    unit: str
    by_year: bool
    whole: float | None
    whole_name: str
    reason: str
    explanation: list[str]


def put_together(*parts: pd.DataFrame) -> pd.DataFrame:
    """Return the parts as one frame, with the columns and types of `COLUMNS`."""
    filled = [part.reindex(columns=COLUMNS) for part in parts if len(part)]
    frame = pd.concat(filled, ignore_index=True) if filled else pd.DataFrame(columns=COLUMNS)
    for column in ("day", "known_as_of", "counted_to", "published_on"):
        frame[column] = pd.to_datetime(frame[column])
    frame["quantile"] = frame["quantile"].astype("float64")
    frame["value"] = frame["value"].astype("float64").round().astype("Int64")
    frame["is_party"] = frame["is_party"].eq(True)
    for column in ("wording", "label", "definition", "method", "data_vintage", "claimant_name"):
        frame[column] = frame[column].astype("str")
    return frame


def take_counts(rows: pd.DataFrame, *, later: bool = False) -> pd.DataFrame:
    """Return counts (`day`, `value`, source columns) as a part, with their wording."""
    said = pd.Series([f"{value:,.0f}" for value in rows["value"]], index=rows.index, dtype="str")
    if "wording" in rows:
        said = rows["wording"].fillna(said)
    return rows.assign(part=LATER if later else COUNTED, wording=said)


def take_projected(projection: pd.DataFrame, source: pd.DataFrame) -> pd.DataFrame:
    """Return a projection (see `analysis.forecasting`) as a part, with the source of its counts."""
    said = [f"{100 * q:g}% of outcomes at or below" for q in projection["quantile"]]
    last = source.sort_values("published_on", kind="stable").iloc[-1]
    return projection.rename(columns={"as_of": "known_as_of", "target_day": "day"}).assign(
        part=PROJECTED,
        wording=pd.Series(said, index=projection.index, dtype="str"),
        claimant_name=OURS,
        publisher=last["publisher"],
        published_on=last["published_on"],
    )


def read_planned(data: str | Path, as_of: str | date, origin: str) -> pd.DataFrame:
    """Return the planning figures known on a day as a part; of a range the upper end."""
    claims = tabulate_projections(data, as_of, origin=origin)
    dated = claims["made_on"].fillna(claims["published_on"])
    labels = []
    for row, day in zip(claims.to_dict("records"), dated, strict=True):
        said = f"{row['wording']} ({row['claimant_short']}, {day.day} {day:%b %Y})"
        dated_for = "" if pd.isna(row["target_day"]) else f", by {format_day(row['target_day'])}"
        labels.append(f"{said}{dated_for}")
    return claims.assign(
        part=PLANNED,
        day=claims["target_day"],
        value=claims["high"].fillna(claims["low"]),
        label=pd.Series(labels, index=claims.index, dtype="str"),
        data_vintage=claims["source_id"],
    )
