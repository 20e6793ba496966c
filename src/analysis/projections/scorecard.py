"""Projections scored: each planning figure against every series of counts it could have meant.

A projection names a figure, seldom a day and hardly ever a definition. Each series it could
have meant gives its own score; none of them is chosen here, and none is averaged.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from analysis.bounds import ratio_columns
from analysis.claims.days import format_day
from analysis.claims.prose import capitalise
from analysis.projections.errors import NEAR, say_score
from analysis.projections.outcomes import OFFICIAL, RECORDED, tabulate_projection_outcomes
from analysis.projections.table import tabulate_projections
from analysis.refugees.running_totals import TOTAL
from analysis.refugees.shares import say_span, tabulate_refugees_against_population
from analysis.tables import Record

#: Which measures a projection can mean, by the measure that its source states.
COULD_MEAN = {
    "not stated": (TOTAL, RECORDED, OFFICIAL),
    TOTAL: (TOTAL,),
    RECORDED: (RECORDED, OFFICIAL),
}

_ENDS = ["low", "best", "high", "low_excluded", "high_excluded"]

#: Columns of an outcome that stand beside a projection, each with its prefix.
_OUTCOME = [*_ENDS, "wording", "claimant_name", "counted_to", "publisher", "published_on"]


def tabulate_projections_scorecard(
    data: str | Path = "", as_of: str | date = "2022-03-03", *, origin: str = "UKR"
) -> pd.DataFrame:
    """Return every planning figure with its score against each series it could have meant.

    Parameters
    ----------
    data : str or Path
        The folder of the casebook; "" is the project's own.
    as_of : str or datetime.date
        The day of the replay: projections and counts published later are not used.
    origin : str
        ISO 3166 alpha-3 code of the country that people left.

    Returns
    -------
    pandas.DataFrame
        One row a projection and series; two where the series changes its meaning in the two
        weeks to the target day, and one without a series where there is none. The columns of
        `analysis.projections.table.tabulate_projections` and: `dated` (made, or else published),
        `share` (of the population, in
        percent and in words), `denominators` (the population figures behind it), `series`;
        `threshold` (people; the upper end of the figure, else the lower), `passed_on` (first
        day counted on which the series was necessarily there; missing if never),
        `passed_with` (why that day is no plain passing, such as a new definition),
        `latest_wording`, `latest_counted_to`; at the target day `outcome_wording`,
        `outcome_low`, `outcome_best`, `outcome_high` (people), `outcome_counted_to`,
        `outcome_publisher`, `outcome_published_on`, `outcome_note` (where the meaning
        changed near that day), and the error, projection over outcome less one, as `error_low`,
        `error_best`, `error_high` (percent; a missing end is open); `score`, in words.
    """
    claims = tabulate_projections(data, as_of, origin=origin)
    claims = claims.assign(
        threshold=claims["high"].fillna(claims["low"]),
        dated=claims["made_on"].fillna(claims["published_on"]),
    )
    claims = claims.join(_find_shares(claims, data, as_of, origin))
    outcomes = tabulate_projection_outcomes(data, as_of, origin=origin)
    rows = [row for claim in claims.to_dict("records") for row in _hold_against(claim, outcomes)]
    table = pd.DataFrame(rows) if rows else _without_rows(claims)
    return _add_errors(table)


def find_passing(series: pd.DataFrame, threshold: int) -> tuple[pd.Timestamp | None, str]:
    """Return the first day on which a series was necessarily at `threshold`, and what else changed.

    Parameters
    ----------
    series : pandas.DataFrame
        Rows of one series of `tabulate_projection_outcomes`, by day.
    threshold : int
        A number of people.

    Returns
    -------
    tuple
        The day (None where the series stayed below) and, where the series changed its
        meaning between the figure before and this one, the reason, else "".
    """
    reached = series["low"].fillna(0) >= threshold
    if not reached.any():
        return None, ""
    place = int(reached.to_numpy().argmax())
    row = series.iloc[place]
    return pd.Timestamp(row["counted_to"]), str(row["change"])


def _hold_against(claim: Record, outcomes: pd.DataFrame) -> list[Record]:
    """Return a row for each series that one projection could have meant."""
    could = outcomes[outcomes["measure"].isin(COULD_MEAN[str(claim["measure"])])]
    rows: list[Record] = []
    for name, series in could.groupby("series", sort=False):
        passed_on, passed_with = find_passing(series, int(claim["threshold"]))
        last = series.iloc[-1]
        shared: Record = {
            **claim,
            "series": name,
            "series_measure": last["measure"],
            "passed_on": pd.NaT if passed_on is None else passed_on,
            "passed_with": passed_with,
            "latest_wording": last["wording"],
            "latest_counted_to": last["counted_to"],
            "reached_target": bool(last["counted_to"] >= claim["target_day"]),
        }
        near = _find_near(series, claim["target_day"])
        for place, found in enumerate(near or [{}]):
            of_day: Record = {f"outcome_{key}": found.get(key) for key in _OUTCOME}
            rows.append({**shared, **of_day, "outcome_note": _say_change(near, place)})
    return rows or [{**claim, "series": pd.NA, "reached_target": False}]


def _find_near(series: pd.DataFrame, target: pd.Timestamp) -> list[Record]:
    """Return the last figure up to the target day, for each meaning the series had near it."""
    if pd.isna(target):
        return []
    first = target - pd.Timedelta(days=NEAR)
    near = series[series["counted_to"].between(first, target)]
    last = near.groupby("segment", sort=False).tail(1)
    # Where a meaning begins, with its reason: the first figure that has it.
    starts = near.groupby("segment", sort=False)["change"].transform("first")
    return last.assign(change=starts[last.index]).to_dict("records")


def _say_change(near: list[Record], place: int) -> str:
    """Return which side of a change of meaning a figure stands on, "" where there is none."""
    if len(near) < 2:
        return ""
    if place + 1 < len(near):
        return f"before the change of {near[place + 1]['change']}"
    return f"after the change of {near[place]['change']}"


def _find_shares(
    claims: pd.DataFrame, data: str | Path, as_of: str | date, origin: str
) -> pd.DataFrame:
    """Return the share of each projection by the population figures known on the day."""
    pairs = tabulate_refugees_against_population(data, as_of, origin=origin, known_only=True)
    pairs = pairs[pairs["kind"] == "projection"]
    keys = ["source_id", "locator", "claimant", "wording"]
    said = {
        name: (say_span(rows), "; ".join(rows["denominator"]))
        for name, rows in pairs.groupby(keys, sort=False)
    }
    found = [said.get(tuple(row), ("", "")) for row in claims[keys].itertuples(index=False)]
    return pd.DataFrame(found, index=claims.index, columns=["share", "denominators"], dtype="str")


def _add_errors(table: pd.DataFrame) -> pd.DataFrame:
    added = ["series", "series_measure", "passed_on", "passed_with", "latest_wording"]
    added += ["latest_counted_to", "reached_target", *(f"outcome_{key}" for key in _OUTCOME)]
    added.append("outcome_note")
    first = [name for name in table.columns if name not in added]
    table = table.reindex(columns=[*first, *added])
    for column in ("passed_on", "latest_counted_to", "outcome_counted_to", "outcome_published_on"):
        table[column] = pd.to_datetime(table[column])
    for end in ("low", "best", "high"):
        table[f"outcome_{end}"] = table[f"outcome_{end}"].astype("Int64")
    for column in ("low_excluded", "high_excluded"):
        flag = table[f"outcome_{column}"]
        table[f"outcome_{column}"] = flag.where(flag.notna(), False).astype(bool)
    outcome = table[[f"outcome_{end}" for end in _ENDS]].set_axis(_ENDS, axis="columns")
    error = ratio_columns(table[_ENDS], outcome)
    for end in ("low", "best", "high"):
        table[f"error_{end}"] = 100.0 * (error[end].astype("Float64") - 1.0)
    table = table.drop(columns=["outcome_low_excluded", "outcome_high_excluded"])
    score = [say_score(row) for row in table.to_dict("records")]
    return table.assign(score=pd.Series(score, index=table.index, dtype="str"))


def _without_rows(claims: pd.DataFrame) -> pd.DataFrame:
    return claims[:0].assign(series=pd.Series(dtype="str"))


def write_projections_scorecard(scorecard: pd.DataFrame) -> list[str]:
    """Return one sentence or two a projection: who projected what when, and what came.

    Parameters
    ----------
    scorecard : pandas.DataFrame
        The frame of `tabulate_projections_scorecard`.
    """
    keys = ["source_id", "locator", "claimant", "wording"]
    return [_write_one(rows) for _, rows in scorecard.groupby(keys, sort=False)]


def _write_one(rows: pd.DataFrame) -> str:
    first = rows.iloc[0].to_dict()
    about = "no day stated"
    if not pd.isna(first["target_day"]):
        about = f"about {format_day(first['target_day'])}"
    sentence = (
        f"{capitalise(str(first['claimant_said']))} projected {first['wording']} on "
        f"{format_day(first['dated'])} ({about})"
    )
    if first["share"]:
        number = len(str(first["denominators"]).split("; "))
        figures = "1 population figure" if number == 1 else f"{number} population figures"
        sentence += f": {first['share']} of the population, by {figures}"
    told = [_write_score(row) for row in rows.to_dict("records")]
    return f"{sentence}. {capitalise('; '.join(told))}."


def _write_score(row: Record) -> str:
    if pd.isna(row["series"]):
        return "no count was known that it could be held against"
    # "UNHCR: border crossings" is UNHCR's border crossings.
    series = str(row["series"]).replace(": ", "'s ", 1)
    if not pd.isna(row["outcome_low"]):
        note = f", {row['outcome_note']}" if row["outcome_note"] else ""
        return (
            f"{row['score']} against {series} ({row['outcome_wording']} on "
            f"{format_day(row['outcome_counted_to'])}{note})"
        )
    if pd.isna(row["passed_on"]):
        latest = f"{row['latest_wording']} by {format_day(row['latest_counted_to'])}"
        told = f"not reached by {series} ({latest})"
    else:
        already = "already " if row["passed_on"] < row["dated"] else ""
        told = f"{already}reached by {series} on {format_day(row['passed_on'])}"
        told += f", with a change of meaning ({row['passed_with']})" if row["passed_with"] else ""
    return told if pd.isna(row["target_day"]) else f"{told}: {row['score']}"
