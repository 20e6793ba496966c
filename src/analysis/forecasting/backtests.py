"""The backtests: every projection that could have been made in the past, scored on what came.

Annual: refugees and asylum-seekers by origin at year end; origins with 10,000 or more at
the cut-off, without UNK, XXA, TIB and PSE; cut-offs from 2000; targets to the end of 2024.
The 2025 release is not scored: in it 1.44 million asylum-seekers in the United States moved
to "unknown origin", so that many origins seem to fall. The counts are those of one late
release, not those first published; releases one after the other differ by less than 1% for
nearly all origins. The method was chosen on cut-offs 1992-2009, so that only cut-offs from
2010 on are independent of the choice.

Daily: one crisis, replayed day by day on the series as it was published; as-of days 6 March
to 30 April 2022, horizons of 3, 7, 14 and 30 days, scored against the last snapshot of the
first series (11 June 2022) at 23 levels. The days overlap: it is worth about five
independent tests. No constant was fitted to it, but six variants of the method were looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd

from analysis.forecasting.annual import (
    BY_STATE,
    CONFORMAL,
    PERSISTENCE,
    SIMILAR,
    Pooling,
    find_growth,
    find_shifts,
    list_origins,
    make_frame,
    name_rows,
)
from analysis.forecasting.daily import (
    DAMPED,
    LAST_VALUE,
    LAST_WEEK,
    damp,
    fit_logistic,
    flows_known_on,
    frame_targets,
    go_on,
    name_targets,
    treat_as_final,
)
from analysis.forecasting.history import History
from analysis.forecasting.scores import HUB_LEVELS, LEVELS, Floats, tabulate_scores
from analysis.tables import InputError

ANNUAL_HORIZONS = (1, 3, 5, 10)
FIRST_CUT_OFF = 2000
LAST_TARGET = 2024
SMALLEST = 10_000
LARGE = 100_000

#: The log-WIS that the pooled projection is held to, by horizon in years: that of the method
#: before, and what was hoped for (reached on cut-offs from 2010, not over all).
TARGETS = {1: 0.127, 3: 0.296, 5: 0.42, 10: 0.675}
STRETCH = {1: 0.120, 5: 0.41}

ALL_ORIGINS = "10,000 or more"
LARGE_ORIGINS = "100,000 or more"


def project_all(
    history: History,
    *,
    horizons: Sequence[int] = ANNUAL_HORIZONS,
    first_cut_off: int = FIRST_CUT_OFF,
    last_target: int = LAST_TARGET,
    levels: Sequence[float] = LEVELS,
    poolings: Iterable[Pooling] = (SIMILAR, BY_STATE),
    baselines: bool = True,
) -> pd.DataFrame:
    """Return every projection of the protocol with what came.

    One row a method, origin, cut-off and horizon: the columns of `project_annual` without `state`
    and `cases`, and `observed` (people at the target). Persistence is projected too, without and
    with conformal intervals, unless `baselines` is False.
    """
    # One frame is made of all: a frame a projection would take longer than to project.
    rows: list[dict[str, Any]] = []
    logs: list[Floats] = []
    for cut_off in range(first_cut_off, last_target):
        known = history.until(cut_off)
        places = list_origins(known, SMALLEST)
        for horizon in horizons:
            if cut_off + horizon > last_target:
                continue
            growth = {
                pooling.name: find_growth(known, horizon, places, levels, pooling)
                for pooling in poolings
            }
            if baselines:
                shifts = find_shifts(known, horizon, levels, SMALLEST)
                growth[PERSISTENCE] = np.zeros((len(places), len(levels)))
                growth[CONFORMAL] = np.tile(shifts, (len(places), 1))
            rows += [name_rows(method, known, places, horizon) for method in growth]
            logs += growth.values()
    columns = {name: np.concatenate([part[name] for part in rows]) for name in rows[0]}
    projections = make_frame(columns, np.vstack(logs), levels)
    place = {code: at for at, code in enumerate(history.origins)}
    target = projections["cut_off"] + projections["horizon"] - int(history.years[0])
    at = projections["origin"].map(place)
    return projections.assign(observed=history.people[target.to_numpy(), at.to_numpy()])


def tabulate_backtest(projections: pd.DataFrame, levels: Sequence[float] = LEVELS) -> pd.DataFrame:
    """Return the scores of `project_all` by method, size of the crisis and horizon.

    `method`, `origins` ("10,000 or more", "100,000 or more" at the cut-off), `horizon` (years),
    the scores of `tabulate_scores`, `target` and `stretch` (log-WIS, for all origins; missing
    where there is none).
    """
    sizes = [
        projections.assign(origins=ALL_ORIGINS),
        projections[projections["last"] >= LARGE].assign(origins=LARGE_ORIGINS),
    ]
    scores = tabulate_scores(pd.concat(sizes), ("method", "origins", "horizon"), levels)
    every = scores["origins"] == ALL_ORIGINS
    return scores.assign(
        target=scores["horizon"].map(TARGETS).where(every),
        stretch=scores["horizon"].map(STRETCH).where(every),
    )


DAILY_HORIZONS = (3, 7, 14, 30)

#: What the projection is held to, by horizon in days: WIS in people, MAPE in percent.
TARGET_WIS = {3: 45_000, 7: 75_000, 14: 150_000, 30: 330_000}
TARGET_MAPE = {3: 2.2, 7: 3.2, 14: 5.5, 30: 10.5}

AS_PUBLISHED, FINAL = "as published", "final figures"
LAST_DAY_COUNTED, DAY_KNOWN = "last day counted", "day known"


def replay(
    flows: pd.DataFrame,
    days: Sequence[str | pd.Timestamp],
    *,
    horizons: Sequence[int] = DAILY_HORIZONS,
    population: float = float("inf"),
    levels: Sequence[float] = HUB_LEVELS,
    final: bool = True,
) -> pd.DataFrame:
    """Return every projection of the protocol on some as-of days, a row each, with what came.

    Horizons are counted once from the last day counted and once from the as-of day (mostly a day
    later). With `final` the same is done on the final figures too. `population` are the people
    who lived in the country before the crisis.

    `data` ("as published" or "final figures"), `counted_from` ("last day counted" or "day
    known"), `horizon` (days), the columns of `project_daily`, and `observed` (people, running
    total of the last snapshot).
    """
    asked = [pd.Timestamp(day) for day in days]
    came = flows_known_on(flows, flows["published_on"].max()).cumsum()
    states = {AS_PUBLISHED: flows} | ({FINAL: treat_as_final(flows)} if final else {})
    plans, rows, people = [], [], list[Floats]()
    for state, seen in states.items():
        for day in asked:
            known = flows_known_on(seen, day)
            starts = {LAST_DAY_COUNTED: known.index[-1], DAY_KNOWN: day}
            plan = [
                (state, name, horizon, day, start + pd.Timedelta(days=horizon))
                for name, start in starts.items()
                for horizon in horizons
            ]
            plans += plan
            targets = pd.DatetimeIndex(list(dict.fromkeys(row[-1] for row in plan)))
            made = {
                DAMPED: damp(seen, day, known, targets, population, levels),
                LAST_VALUE: go_on(known, targets, 0, levels),
                LAST_WEEK: go_on(known, targets, 7, levels),
            }
            people += made.values()
            rows += [
                {"data": [state] * len(targets), **name_targets(method, day, known, targets)}
                for method in made
            ]
    columns = {name: list(chain.from_iterable(part[name] for part in rows)) for name in rows[0]}
    projected = frame_targets(columns, np.vstack(people), levels)
    keys = ["data", "as_of", "target_day"]
    asked_for = pd.DataFrame(plans, columns=["data", "counted_from", "horizon", *keys[1:]])
    table = asked_for.merge(projected, on=keys)
    observed = table["target_day"].map(came)
    if observed.isna().any():
        missing = table.loc[observed.isna(), "target_day"].min()
        raise InputError(f"flows: no figure of {missing:%Y-%m-%d} to score against")
    return table.assign(observed=observed)


def tabulate_daily_backtest(
    projections: pd.DataFrame, levels: Sequence[float] = HUB_LEVELS
) -> pd.DataFrame:
    """Return the scores of `replay` by data, method, way of counting the horizon, and horizon.

    `data`, `counted_from`, `method`, `horizon` (days), the scores of `tabulate_scores`,
    `target_wis` (people) and `target_error` (MAPE, percent) for the series as published.
    """
    by = ("data", "counted_from", "method", "horizon")
    scores = tabulate_scores(projections, by, levels)
    published = scores["data"] == AS_PUBLISHED
    return scores.assign(
        target_wis=scores["horizon"].map(TARGET_WIS).where(published),
        target_error=scores["horizon"].map(TARGET_MAPE).where(published),
    )


def show_logistic_failing(
    flows: pd.DataFrame, days: Sequence[str | pd.Timestamp], horizon: int = 30
) -> pd.DataFrame:
    """Return, for some as-of days, a logistic curve's ceiling and when the count passed it.

    `as_of`, `last` (running total as known), `ceiling`, `passed_on` (first day the final count was
    above it; missing if never), `target_day`, `value` (the curve there), `observed`, `error`
    (percent, negative when too low).
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
