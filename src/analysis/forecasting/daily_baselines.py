"""What a daily projection must beat, and a curve that should not be used."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from analysis.forecasting.daily_series import flows_known_on
from analysis.forecasting.scoring import LEVELS

LAST_VALUE = "last value"
LAST_WEEK = "mean of the last 7 days"
LOGISTIC = "logistic curve"


def project_last_value(
    flows: pd.DataFrame,
    as_of: str | date | pd.Timestamp,
    target_days: Sequence[pd.Timestamp],
    *,
    levels: Sequence[float] = LEVELS,
) -> pd.DataFrame:
    """Return the running total as known, as every quantile: nobody leaves any more.

    Columns as `analysis.forecasting.daily.project_daily`.
    """
    return _project_pace(flows, as_of, target_days, 0, LAST_VALUE, levels)


def project_last_week(
    flows: pd.DataFrame,
    as_of: str | date | pd.Timestamp,
    target_days: Sequence[pd.Timestamp],
    *,
    levels: Sequence[float] = LEVELS,
) -> pd.DataFrame:
    """Return the running total going on at the mean of the last 7 days, as every quantile.

    Columns as `analysis.forecasting.daily.project_daily`.
    """
    return _project_pace(flows, as_of, target_days, 7, LAST_WEEK, levels)


def _project_pace(
    flows: pd.DataFrame,
    as_of: str | date | pd.Timestamp,
    target_days: Sequence[pd.Timestamp],
    days: int,
    method: str,
    levels: Sequence[float],
) -> pd.DataFrame:
    known = flows_known_on(flows, as_of)
    if known.empty:
        raise ValueError(f"{pd.Timestamp(as_of):%Y-%m-%d}: no daily figure was known")
    pace = float(known.iloc[-days:].mean()) if days else 0.0
    targets = pd.to_datetime(pd.Series(list(target_days)))
    ahead = (targets - known.index[-1]).dt.days.to_numpy(dtype="float64")
    last = float(known.sum())
    head = pd.DataFrame(
        {
            "method": method,
            "as_of": pd.Timestamp(as_of),
            "counted_to": known.index[-1],
            "target_day": targets,
            "last": last,
        }
    )
    values = np.tile((last + pace * ahead)[:, None], (1, len(levels)))
    return head.join(pd.DataFrame(values, columns=list(levels)))


def fit_logistic(
    flows: pd.DataFrame, as_of: str | date | pd.Timestamp, target_days: Sequence[pd.Timestamp]
) -> pd.DataFrame:
    """Return what a logistic curve through the running total says, to show how it fails.

    The curve K / (1 + exp(-r (t - m))) (Verhulst 1838) is fitted by least squares. It takes
    the slowing of a first wave for the end: its ceiling K lies just above the last count
    whenever it is fitted, and is passed soon after. No default of this project uses it.

    Parameters
    ----------
    flows : pandas.DataFrame
        A frame of flows (see `analysis.forecasting.daily_series`).
    as_of : str, datetime.date or pandas.Timestamp
        The day known.
    target_days : sequence of pandas.Timestamp
        Days to read from the curve.

    Returns
    -------
    pandas.DataFrame
        One row a target day: `method`, `as_of`, `counted_to`, `target_day`, `last` (running
        total as known), `ceiling` (K), `value` (the curve; missing where it does not fit).
    """
    from scipy.optimize import OptimizeWarning, curve_fit

    total = flows_known_on(flows, as_of).cumsum()
    if total.empty:
        raise ValueError(f"{pd.Timestamp(as_of):%Y-%m-%d}: no daily figure was known")
    last = float(total.iloc[-1])
    targets = pd.to_datetime(pd.Series(list(target_days)))
    days = np.arange(len(total), dtype="float64")
    ceiling, values = np.nan, np.full(len(targets), np.nan)
    start = (1.2 * last, 0.2, len(total) / 2.0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", OptimizeWarning)
        try:
            fitted, _ = curve_fit(_logistic, days, total.to_numpy(), p0=start, maxfev=10_000)
        except RuntimeError:
            pass
        else:
            ceiling = float(fitted[0])
            at = (targets - total.index[0]).dt.days.to_numpy(dtype="float64")
            values = _logistic(at, *fitted)
    return pd.DataFrame(
        {
            "method": LOGISTIC,
            "as_of": pd.Timestamp(as_of),
            "counted_to": total.index[-1],
            "target_day": targets,
            "last": last,
            "ceiling": ceiling,
            "value": values,
        }
    )


def _logistic(days: np.ndarray, ceiling: float, rate: float, middle: float) -> np.ndarray:
    return np.asarray(ceiling / (1.0 + np.exp(-np.clip(rate * (days - middle), -500, 500))))
