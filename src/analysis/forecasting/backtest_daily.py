"""The daily backtest: one crisis, replayed day by day on the series as it was published.

Protocol: as-of days 6 March to 30 April 2022, horizons of 3, 7, 14 and 30 days, scored
against the last snapshot of the first series (11 June 2022). The days overlap: it is worth
about five independent tests, and nothing was fitted to its outcome.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.forecasting.daily import project_daily
from analysis.forecasting.daily_baselines import (
    fit_logistic,
    project_last_value,
    project_last_week,
)
from analysis.forecasting.daily_series import flows_known_on, treat_as_final
from analysis.forecasting.score_table import tabulate_scores
from analysis.forecasting.scoring import LEVELS

FIRST_DAY, LAST_DAY = "2022-03-06", "2022-04-30"
HORIZONS = (3, 7, 14, 30)

#: What the projection is held to, by horizon in days: WIS in people, MAPE in percent, and
#: the range of the 80% intervals' coverage in percent.
TARGET_WIS = {3: 40_000, 7: 65_000, 14: 140_000, 30: 340_000}
TARGET_MAPE = {3: 2.0, 7: 3.0, 14: 5.5, 30: 10.5}
TARGET_COVERAGE = (80.0, 97.0)

AS_PUBLISHED, FINAL = "as published", "final figures"
LAST_DAY_COUNTED, DAY_KNOWN = "last day counted", "day known"


def replay(
    flows: pd.DataFrame,
    *,
    days: Sequence[str | pd.Timestamp] = (),
    horizons: Sequence[int] = HORIZONS,
    population: float = float("inf"),
    levels: Sequence[float] = LEVELS,
    final: bool = True,
) -> pd.DataFrame:
    """Return every projection of the protocol with what came.

    Parameters
    ----------
    flows : pandas.DataFrame
        A frame of flows (see `analysis.forecasting.daily_series`).
    days : sequence
        The as-of days; empty for those of the protocol.
    horizons : sequence of int
        Days ahead, counted once from the last day counted and once from the as-of day
        (mostly a day later).
    population : float
        People who lived in the country before the crisis.
    levels : sequence of float
        Levels of the quantiles.
    final : bool
        Whether the same is done on the final figures too.

    Returns
    -------
    pandas.DataFrame
        One row a data state, method, as-of day, way of counting and horizon: `data` ("as
        published" or "final figures"), `counted_from` ("last day counted" or "day known"),
        `horizon` (days), the columns of `analysis.forecasting.daily.project_daily`, and
        `observed` (people, running total of the last snapshot).
    """
    asked = [pd.Timestamp(day) for day in days] or list(pd.date_range(FIRST_DAY, LAST_DAY))
    came = flows_known_on(flows, flows["published_on"].max()).cumsum()
    states = {AS_PUBLISHED: flows} | ({FINAL: treat_as_final(flows)} if final else {})
    frames = []
    for state, seen in states.items():
        for day in asked:
            known = flows_known_on(seen, day)
            starts = {LAST_DAY_COUNTED: known.index[-1], DAY_KNOWN: day}
            plan = pd.DataFrame(
                [
                    {"data": state, "counted_from": name, "horizon": horizon,
                     "target_day": start + pd.Timedelta(days=horizon)}
                    for name, start in starts.items()
                    for horizon in horizons
                ]
            )  # fmt: skip
            targets = list(plan["target_day"].unique())
            made = [
                project_daily(seen, day, targets, population=population, levels=levels),
                project_last_value(seen, day, targets, levels=levels),
                project_last_week(seen, day, targets, levels=levels),
            ]
            frames += [plan.merge(rows, on="target_day") for rows in made]
    table = pd.concat(frames, ignore_index=True)
    observed = table["target_day"].map(came)
    if observed.isna().any():
        missing = table.loc[observed.isna(), "target_day"].min()
        raise ValueError(f"flows: no figure of {missing:%Y-%m-%d} to score against")
    return table.assign(observed=observed)


def tabulate_daily_backtest(
    projections: pd.DataFrame, levels: Sequence[float] = LEVELS
) -> pd.DataFrame:
    """Return the scores by data, method, way of counting the horizon, and horizon.

    Parameters
    ----------
    projections : pandas.DataFrame
        The frame of `replay`.
    levels : sequence of float
        Levels that are scored.

    Returns
    -------
    pandas.DataFrame
        `data`, `counted_from`, `method`, `horizon` (days), the scores of
        `analysis.forecasting.score_table.tabulate_scores`, `target_wis` (people) and
        `target_error` (MAPE, percent) for the series as published.
    """
    by = ("data", "counted_from", "method", "horizon")
    scores = tabulate_scores(projections, by, levels)
    published = scores["data"] == AS_PUBLISHED
    return scores.assign(
        target_wis=scores["horizon"].map(TARGET_WIS).where(published),
        target_error=scores["horizon"].map(TARGET_MAPE).where(published),
    )


def show_logistic_failing(
    flows: pd.DataFrame,
    days: Sequence[str] = ("2022-03-13", "2022-03-20", "2022-03-27", "2022-04-03", "2022-04-17"),
    horizon: int = 30,
) -> pd.DataFrame:
    """Return, for some as-of days, a logistic curve's ceiling and when the count passed it.

    Returns
    -------
    pandas.DataFrame
        `as_of`, `last` (running total as known), `ceiling`, `passed_on` (first day the final
        count was above it; missing if never), `target_day`, `value` (the curve there),
        `observed`, `error` (percent, negative when too low).
    """
    came = flows_known_on(flows, flows["published_on"].max()).cumsum()
    rows = []
    for day in days:
        target = pd.Timestamp(day) + pd.Timedelta(days=horizon)
        row = fit_logistic(flows, day, [target]).iloc[0]
        above = came.index[came > row["ceiling"]]
        observed = float(came.get(target, np.nan))
        rows.append(
            {
                "as_of": pd.Timestamp(day),
                "last": row["last"],
                "ceiling": row["ceiling"],
                "passed_on": above[0] if len(above) else pd.NaT,
                "target_day": target,
                "value": row["value"],
                "observed": observed,
                "error": 100.0 * (row["value"] / observed - 1.0),
            }
        )
    return pd.DataFrame(rows)
