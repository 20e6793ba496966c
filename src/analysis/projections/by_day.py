"""A daily projection of one crisis, made from what was known of its border crossings on a day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from analysis.charts import COUNTED
from analysis.claims.days import format_day
from analysis.forecasting import (
    DAILY_LIMITS,
    FAN_LEVELS,
    flows_known_on,
    flows_of_claims,
    make_daily_projection,
)
from analysis.projections.fan import (
    Fan,
    put_together,
    read_planned,
    take_counts,
    take_projected,
)
from analysis.refugees.over_time import tabulate_refugees_over_time
from analysis.refugees.population import tabulate_population
from analysis.refugees.running_totals import DAILY, TOTAL, tabulate_running_total
from analysis.refugees.table import tabulate_refugees
from analysis.tables import parse_day
from analysis.tables.countries import name_country

#: A crisis has daily figures while the last was published so many days ago at most.
_RECENT = 60
_LAST_DAY = "2100-01-01"


def has_daily_figures(data: str | Path, as_of: str | date, origin: str) -> bool:
    """Return whether counts of people leaving had been published in the two months to a day."""
    claims = tabulate_refugees(data, as_of, origin=origin)
    claims = claims[claims["measure"].isin([DAILY, TOTAL]) & (claims["asylum"] == "all")]
    since = parse_day(as_of) - pd.Timedelta(days=_RECENT)
    return bool((claims["published_on"] >= since).any())


def project_by_day(
    data: str | Path, as_of: str | date, origin: str, weeks: int, *, reveal: bool
) -> Fan:
    """Return the projection of border crossings for the weeks after the last day counted."""
    day = parse_day(as_of)
    claims = tabulate_refugees(data, as_of, origin=origin)
    daily = claims[(claims["measure"] == DAILY) & (claims["asylum"] == "all")]
    # One claimant's figures: those of two are never added.
    daily = daily[daily["claimant"] == daily["claimant"].iloc[0]] if len(daily) else daily
    whole, whole_name = _find_whole(data, as_of, origin)
    counted = take_counts(_read_counted(data, as_of, origin))
    projected, reason = pd.DataFrame(), ""
    unit = f"border crossings out of {name_country(origin)}"
    try:
        made = make_daily_projection(
            flows_of_claims(daily),
            origin,
            day,
            7 * weeks,
            definition=unit,
            data_vintage=str(daily["source_id"].iloc[-1]) if len(daily) else "",
            population=float("inf") if whole is None else whole,
            levels=FAN_LEVELS,
        )
        projected = take_projected(made, daily)
    except ValueError as refusal:
        reason = f"No projection was made: {str(refusal).partition(': ')[2] or refusal}."
    end = counted["day"].max() if len(counted) else day
    later = pd.DataFrame()
    if reveal and len(counted):
        known = _read_counted(data, _LAST_DAY, origin)
        target = end + pd.Timedelta(days=7 * weeks)
        known = known[(known["day"] > end) & (known["day"] <= target)]
        later = take_counts(known, later=True)
    rows = put_together(counted, projected, read_planned(data, as_of, origin), later)
    rows = rows.assign(origin=origin)
    explanation = _explain(rows, daily, day) if not reason else []
    return Fan(rows, unit, False, whole, whole_name, reason, explanation)


def _read_counted(data: str | Path, as_of: str | date, origin: str) -> pd.DataFrame:
    """Return the running total as known on a day; before there was one, the totals stated."""
    totals = tabulate_running_total(data, as_of, origin=origin)
    totals = totals[(totals["asylum"] == "all") & (totals["missing_days"] == 0)]
    totals = totals.assign(counted_to=totals["as_of"])
    if totals.empty:
        totals = tabulate_refugees_over_time(data, as_of, origin=origin)
        totals = totals[totals["measure"] == TOTAL]
    totals = totals[totals["claimant"] == totals["claimant"].iloc[0]] if len(totals) else totals
    return totals.assign(
        day=totals["counted_to"],
        value=totals["low"],
        definition=totals["counted"],
        data_vintage=totals["source_id"],
    ).drop(columns=["counted_to"])


def _find_whole(data: str | Path, as_of: str | date, origin: str) -> tuple[float | None, str]:
    """Return the largest population figure known: a bound must not shut out what is possible."""
    figures = tabulate_population(data, as_of, iso3=origin, known_only=True)
    figures = figures[figures["best"].notna() | figures["high"].notna()]
    if figures.empty:
        return None, ""
    people = figures["best"].fillna(figures["high"]).astype("float64")
    row = figures.iloc[int(people.to_numpy().argmax())]
    name = f"the population of {name_country(origin)}, {row['wording']} ({row['denominator']}; "
    return float(people.max()), f"{name}territory: {row['territory']})"


def _explain(rows: pd.DataFrame, daily: pd.DataFrame, day: pd.Timestamp) -> list[str]:
    flows = flows_known_on(flows_of_claims(daily), day)
    week = flows.iloc[-7:]
    counted = rows[rows["part"] == COUNTED].iloc[-1]
    return [
        f"On {format_day(day)} {counted['value']:,} border crossings were known, counted to "
        f"{format_day(counted['day'])}, {len(flows)} days in all; in the last {len(week)} days "
        f"{week.mean():,.0f} a day.",
        "The projection lets the pace of the last days fade (damped-trend exponential "
        "smoothing), with 2,000 simulated paths, and allows for revisions as large as those "
        "that the source had made before. Days ahead are counted from the last day counted.",
        *DAILY_LIMITS,
    ]
