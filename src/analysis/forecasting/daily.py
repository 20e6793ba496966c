"""A daily projection of one crisis as published: the pace of the last days, fading.

A frame of flows has `as_of` (the day counted), `published_on` (the day the figure became
known) and `value` (people on that day, no running total). Only changes need a row.

`project_daily` is damped-trend exponential smoothing of the running total (Gardner and McKenzie
1985; paths as in Hyndman, Koehler, Ord and Snyder 2008). Its two parameters are not fitted but
averaged over a grid, each pair by how well it had told the next day. Beside it stands what it
must beat, and a curve that should not be used.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.forecasting.scores import LEVELS, Floats, to_log
from analysis.tables import InputError

DAMPED = "damped-trend smoothing of the running total"
LAST_VALUE = "last value"
LAST_WEEK = "mean of the last 7 days"
LOGISTIC = "logistic curve"

#: Fewer days do not tell a pace from a jump.
FEWEST_DAYS = 10

#: What one revision is taken to be before any has been seen: 2% either way.
_FIRST_REVISION = 0.02

#: Damping of the pace from day to day, within the bounds customary for damped trends
#: (Hyndman and Athanasopoulos 2021, section 8.2), and how far the pace follows a new day.
_DAMPING = np.linspace(0.80, 0.98, 10)
_FOLLOWING = np.linspace(0.05, 1.0, 20)

_PATHS = 2_000
_SEED = 20220224


def read_published_flows(path: str | Path) -> pd.DataFrame:
    """Return the daily flows of a table (CSV) of snapshots of UNHCR's series.

    Only rows of the `series_kind` daily_flow are read: the later kind, level, counts something
    else. Of several snapshots on one day the last one stands.
    """
    table = pd.read_csv(path)
    flows = table[table["series_kind"] == "daily_flow"]
    moment = pd.to_datetime(flows["snapshot_utc"], utc=True).dt.tz_localize(None)
    frame = pd.DataFrame(
        {
            "published_on": moment.dt.normalize(),
            "as_of": pd.to_datetime(flows["data_date"]),
            "value": flows["individuals"].astype("float64"),
            "moment": moment,
        }
    ).sort_values(["moment", "as_of"], kind="stable")
    last = frame.groupby("published_on")["moment"].transform("max")
    kept = frame[frame["moment"] == last]
    return kept[["published_on", "as_of", "value"]].reset_index(drop=True)


def flows_of_claims(claims: pd.DataFrame) -> pd.DataFrame:
    """Return the flows of claims of one measure, such as "border crossings per day".

    Rows without a best figure or a last day counted are left out.
    """
    stated = claims[claims["best"].notna() & claims["as_of"].notna()]
    frame = stated[["published_on", "as_of"]].assign(value=stated["best"].astype("float64"))
    return frame.reset_index(drop=True)


def flows_known_on(flows: pd.DataFrame, day: str | date | pd.Timestamp) -> pd.Series:
    """Return the flow of each day as it was known on `day`: published then or before.

    People a day, indexed by consecutive days; empty if nothing was known. `InputError` where a
    day within the series has no figure.
    """
    published, counted, values = _arrays(flows, day)
    order = np.lexsort((published, counted))
    days = counted[order]
    last = order[np.append(days[1:] != days[:-1], True)] if len(order) else order
    index = pd.DatetimeIndex(counted[last], name="as_of")
    series = pd.Series(values[last], index=index, name="value")
    if len(series):
        every = pd.date_range(index[0], index[-1], name="as_of")
        if len(every) != len(series):
            gap = every[~every.isin(index)][0]
            raise InputError(
                f"flows: no figure for {gap:%Y-%m-%d}, known on {pd.Timestamp(day):%Y-%m-%d}"
            )
        series.index = every
    return series


def past_revisions(flows: pd.DataFrame, day: str | date | pd.Timestamp) -> Floats:
    """Return by how much the totals published before had been revised by `day`.

    For each earlier day of publication: the logarithm of the total through the last day then
    counted, as known on `day`, over the same total as known then.
    """
    published, counted, values = _arrays(flows, day)
    if not len(values):
        return np.empty(0)
    rows, row = np.unique(published, return_inverse=True)
    columns, column = np.unique(counted, return_inverse=True)
    wide = np.full((len(rows), len(columns)), np.nan)
    wide[row, column] = values
    wide = pd.DataFrame(wide).ffill().to_numpy()
    then = np.nansum(wide, axis=1)
    now = np.where(np.isnan(wide), 0.0, wide[-1]).sum(axis=1)
    return np.asarray(np.log(now / then)[:-1])


def _arrays(flows: pd.DataFrame, day: str | date | pd.Timestamp) -> tuple[Any, Any, Floats]:
    """Return day known, day counted and value of what was published by a day, as arrays."""
    published = flows["published_on"].to_numpy()
    known = published <= np.datetime64(pd.Timestamp(day))
    values = flows["value"].to_numpy(dtype="float64")
    return published[known], flows["as_of"].to_numpy()[known], values[known]


def treat_as_final(flows: pd.DataFrame) -> pd.DataFrame:
    """Return the last figure of each day as if it had been known the day after and never changed.

    A backtest on it is what a careless one does: it hides the revisions.
    """
    final = flows_known_on(flows, flows["published_on"].max())
    return pd.DataFrame(
        {
            "published_on": pd.DatetimeIndex(final.index) + pd.Timedelta(days=1),
            "as_of": final.index,
            "value": final.to_numpy(),
        }
    )


def project_daily(
    flows: pd.DataFrame,
    as_of: str | date | pd.Timestamp,
    target_days: Sequence[pd.Timestamp],
    *,
    population: float = float("inf"),
    levels: Sequence[float] = LEVELS,
) -> pd.DataFrame:
    """Return the projection of the running total for later days, one row a target day.

    Flows published after `as_of` are dropped before anything is worked out. No value is above
    `population`, the people who lived in the country before the crisis.

    `method`, `as_of`, `counted_to` (last day counted), `target_day`, `last` (the running total as
    known) and one column a level (people). `InputError` where fewer than ten days were known, or
    a target day is not after the last day counted.
    """
    known, days = flows_known_on(flows, as_of), pd.DatetimeIndex(list(target_days))
    people = damp(flows, as_of, known, days, population, levels)
    return frame_targets(name_targets(DAMPED, as_of, known, days), people, levels)


def damp(
    flows: pd.DataFrame,
    as_of: str | date | pd.Timestamp,
    known: pd.Series,
    target_days: pd.DatetimeIndex,
    population: float,
    levels: Sequence[float],
) -> Floats:
    """Return the people of `project_daily`, shape (target days, levels).

    `known` are the flows known on `as_of`.
    """
    if len(known) < FEWEST_DAYS:
        raise InputError(
            f"{pd.Timestamp(as_of):%Y-%m-%d}: {len(known)} days of figures were known; "
            f"a daily projection needs {FEWEST_DAYS}"
        )
    end, ahead = known.index[-1], count_days(known, target_days)
    if ahead.min() < 1:
        raise InputError(f"target days: expected days after {end:%Y-%m-%d}, the last day counted")
    # People who left are not counted back in: a running total falls by revision only.
    paths = float(known.cumsum().iloc[-1]) + _simulate(known.to_numpy(), ahead.max())[ahead - 1]
    paths = np.clip(paths * _revise(past_revisions(flows, as_of)), 0.0, population)
    return np.asarray(np.quantile(paths, list(levels), axis=1).T)


def count_days(known: pd.Series, target_days: pd.DatetimeIndex) -> NDArray[np.int64]:
    """Return how many days each target day is after the last one counted."""
    return np.asarray((target_days - known.index[-1]).days, dtype=np.int64)


def _simulate(flows: Floats, days: int) -> Floats:
    """Paths of the people who leave from now on, shape (days, paths); the seed is fixed.

    Half of the paths have noise in people, half in proportion to the pace: which of the two a
    crisis has cannot be told from its first weeks.
    """
    return np.hstack([_simulate_half(flows, days, relative=half) for half in (False, True)])


def _simulate_half(flows: Floats, days: int, *, relative: bool) -> Floats:
    damping, following = (part.ravel() for part in np.meshgrid(_DAMPING, _FOLLOWING))
    pace, errors = np.full(damping.shape, flows[:3].mean()), []
    for flow in flows:
        expected = damping * pace
        pace, error = _follow(expected, flow, following, relative=relative)
        errors.append(error)
    squares = np.square(errors[1:])
    spread = np.sqrt(squares.mean(axis=0))
    # A pair of parameters counts by how well it had told each next day (its likelihood).
    weight = np.exp(-len(squares) * np.log(np.maximum(spread, 1e-9) / max(spread.min(), 1e-9)))
    half = _PATHS // 2
    order, normals = _draw(half, days)
    ranks = (np.arange(half) + 0.5) / half * weight.sum()
    drawn = np.minimum(np.searchsorted(weight.cumsum(), ranks), weight.size - 1)[order]
    damping, following, pace, spread = (part[drawn] for part in (damping, following, pace, spread))
    paths, total = np.empty((days, half)), np.zeros(half)
    for day in range(days):
        expected, noise = damping * pace, spread * normals[day]
        flow = expected * np.exp(noise) if relative else np.maximum(expected + noise, 0.0)
        pace, _ = _follow(expected, flow, following, relative=relative)
        total = total + flow
        paths[day] = total
    return paths


# The same draws for each projection, so that two differ by what was known only.
@lru_cache(maxsize=8)
def _draw(paths: int, days: int) -> tuple[NDArray[np.int64], Floats]:
    rng = np.random.default_rng(_SEED)
    return rng.permutation(paths), rng.standard_normal((days, paths))


def _follow(
    expected: Floats, flow: float | Floats, following: Floats, *, relative: bool
) -> tuple[Floats, Floats]:
    """Return the pace after a day, and by how much the day was off (a logarithm if relative)."""
    if relative:
        error = to_log(flow) - to_log(expected)
        return expected * np.exp(following * error), error
    error = np.asarray(flow - expected)
    return np.maximum(expected + following * error, 0.0), error


def _revise(revisions: Floats) -> Floats:
    """Factors for the source's revisions to come, as large as those seen (root mean square)."""
    squares = np.append(np.square(revisions), _FIRST_REVISION**2)
    draws = np.random.default_rng(_SEED + 1).standard_normal(_PATHS)
    return np.asarray(np.exp(draws * np.sqrt(squares.mean())))


def project_pace(
    flows: pd.DataFrame,
    as_of: str | date | pd.Timestamp,
    target_days: Sequence[pd.Timestamp],
    days: int,
    *,
    levels: Sequence[float] = LEVELS,
) -> pd.DataFrame:
    """Return the running total going on at the mean of the last 7 `days`, as every quantile.

    With 0 days nobody leaves any more. Columns as `project_daily`.
    """
    known, targets = _require_flows(flows, as_of), pd.DatetimeIndex(list(target_days))
    rows = name_targets(LAST_WEEK if days else LAST_VALUE, as_of, known, targets)
    return frame_targets(rows, go_on(known, targets, days, levels), levels)


def go_on(
    known: pd.Series, target_days: pd.DatetimeIndex, days: int, levels: Sequence[float]
) -> Floats:
    """Return the people of `project_pace`, shape (target days, levels)."""
    pace = float(known.iloc[-days:].mean()) if days else 0.0
    total = float(known.sum()) + pace * count_days(known, target_days)
    return np.tile(total[:, None], (1, len(levels)))


def _require_flows(flows: pd.DataFrame, day: str | date | pd.Timestamp) -> pd.Series:
    known = flows_known_on(flows, day)
    if known.empty:
        raise InputError(f"{pd.Timestamp(day):%Y-%m-%d}: no daily figure was known")
    return known


def name_targets(
    method: str,
    as_of: str | date | pd.Timestamp,
    known: pd.Series,
    target_days: pd.DatetimeIndex,
) -> dict[str, Any]:
    """Return the columns of a projection before its values, one row a target day."""
    number = len(target_days)
    return {
        "method": [method] * number,
        "as_of": [pd.Timestamp(as_of)] * number,
        "counted_to": [known.index[-1]] * number,
        "target_day": target_days,
        "last": np.full(number, float(known.sum())),
    }


def frame_targets(rows: dict[str, Any], people: Floats, levels: Sequence[float]) -> pd.DataFrame:
    """Return projections as a frame: the columns of `name_targets`, then one column a level."""
    of_levels: dict[Any, Any] = dict(zip(levels, people.T, strict=True))
    return pd.DataFrame(rows | of_levels)


def fit_logistic(
    flows: pd.DataFrame, as_of: str | date | pd.Timestamp, target_days: Sequence[pd.Timestamp]
) -> pd.DataFrame:
    """Return what a logistic curve through the running total says, to show how it fails.

    The curve K / (1 + exp(-r (t - m))) (Verhulst 1838) is fitted by least squares. It takes
    the slowing of a first wave for the end: its ceiling K lies just above the last count
    whenever it is fitted, and is passed soon after. No default of this project uses it.

    One row a target day: `method`, `as_of`, `counted_to`, `target_day`, `last` (running total as
    known), `ceiling` (K), `value` (the curve; missing where it does not fit).
    """
    from scipy.optimize import OptimizeWarning, curve_fit

    known = _require_flows(flows, as_of)
    targets = pd.DatetimeIndex(list(target_days))
    head = pd.DataFrame(name_targets(LOGISTIC, as_of, known, targets))
    days = np.arange(len(known), dtype="float64")
    ceiling, values = np.nan, np.full(len(head), np.nan)
    start = (1.2 * float(known.sum()), 0.2, len(known) / 2.0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", OptimizeWarning)
        try:
            fitted, _ = curve_fit(_logistic, days, known.cumsum(), p0=start, maxfev=10_000)
        except RuntimeError:
            pass
        else:
            ceiling = float(fitted[0])
            at = (targets - known.index[0]).days.to_numpy(dtype="float64")
            values = _logistic(at, *fitted)
    return head.assign(ceiling=ceiling, value=values)


def _logistic(days: np.ndarray, ceiling: float, rate: float, middle: float) -> np.ndarray:
    return np.asarray(ceiling / (1.0 + np.exp(-np.clip(rate * (days - middle), -500, 500))))
