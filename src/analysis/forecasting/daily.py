"""A daily projection for one crisis: the pace of the last days, fading, with honest noise.

Damped-trend exponential smoothing of the running total (Gardner and McKenzie 1985; state
space form and simulated paths: Hyndman, Koehler, Ord and Snyder 2008), fitted by statsmodels.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from analysis.forecasting.daily_series import flows_known_on, past_revisions
from analysis.forecasting.scoring import LEVELS, Floats

DAMPED = "damped-trend smoothing of the running total"

#: Fewer days do not tell a pace from a jump.
FEWEST_DAYS = 10

#: What one revision is taken to be before any has been seen: 2% either way.
_FIRST_REVISION = 0.02

_PATHS = 2_000
_SEED = 20220224


def project_daily(
    flows: pd.DataFrame,
    as_of: str | date | pd.Timestamp,
    target_days: Sequence[pd.Timestamp],
    *,
    population: float = float("inf"),
    levels: Sequence[float] = LEVELS,
) -> pd.DataFrame:
    """Return the projection of the running total for later days.

    Parameters
    ----------
    flows : pandas.DataFrame
        A frame of flows (see `analysis.forecasting.daily_series`); rows published after
        `as_of` are dropped before anything is worked out.
    as_of : str, datetime.date or pandas.Timestamp
        The day known.
    target_days : sequence of pandas.Timestamp
        Days after the last day counted.
    population : float
        People who lived in the country before the crisis: no value is above it.
    levels : sequence of float
        Levels of the quantiles.

    Returns
    -------
    pandas.DataFrame
        One row a target day: `method`, `as_of`, `counted_to` (last day counted),
        `target_day`, `last` (the running total as known) and one column a level (people).

    Raises
    ------
    ValueError
        Fewer than ten days were known, or a target day is not after the last day counted.
    """
    day = pd.Timestamp(as_of)
    known = flows_known_on(flows, day)
    if len(known) < FEWEST_DAYS:
        raise ValueError(
            f"{day:%Y-%m-%d}: {len(known)} days of figures were known; "
            f"a daily projection needs {FEWEST_DAYS}"
        )
    total = known.cumsum()
    end = total.index[-1]
    ahead = [(pd.Timestamp(target) - end).days for target in target_days]
    if min(ahead) < 1:
        raise ValueError(f"target days: expected days after {end:%Y-%m-%d}, the last day counted")
    paths = _simulate(total.to_numpy(), max(ahead))
    # People who left are not counted back in: a running total falls by revision only.
    paths = np.maximum.accumulate(np.maximum(paths, float(total.iloc[-1])), axis=0)
    paths = paths * _revise(past_revisions(flows, day))
    paths = np.clip(paths, 0.0, population)
    rows = np.asarray(ahead) - 1
    values = np.quantile(paths[rows], list(levels), axis=1).T
    head = pd.DataFrame(
        {
            "method": DAMPED,
            "as_of": day,
            "counted_to": end,
            "target_day": pd.to_datetime(pd.Series(list(target_days))),
            "last": float(total.iloc[-1]),
        }
    )
    return head.join(pd.DataFrame(values, columns=list(levels)))


def _simulate(total: Floats, days: int) -> Floats:
    """Paths of the fitted model, shape (days, paths); the seed is fixed."""
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel  # a second to import

    with warnings.catch_warnings():
        # A fit that stops early is still a projection; its errors widen its own paths.
        warnings.simplefilter("ignore")
        fitted = ETSModel(total, error="add", trend="add", damped_trend=True).fit(disp=False)
        paths = fitted.simulate(
            days, anchor="end", repetitions=_PATHS, rng=np.random.default_rng(_SEED)
        )
    return np.asarray(paths, dtype=np.float64).reshape(days, _PATHS)


def _revise(revisions: Floats) -> Floats:
    """Factors for the source's revisions to come, as large as those seen (root mean square)."""
    squares = np.append(np.square(revisions), _FIRST_REVISION**2)
    draws = np.random.default_rng(_SEED + 1).standard_normal(_PATHS)
    return np.asarray(np.exp(draws * np.sqrt(squares.mean())))
