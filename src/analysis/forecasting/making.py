"""From counts to a projection's frame: the annual and the daily one, ready to be printed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from analysis.forecasting.annual import SIMILAR, Pooling, project_annual
from analysis.forecasting.daily import DAMPED, project_daily
from analysis.forecasting.daily_series import flows_known_on
from analysis.forecasting.history import History
from analysis.forecasting.projection_frame import build_projection
from analysis.forecasting.scoring import LEVELS


def make_annual_projection(
    history: History,
    origins: Sequence[str],
    cut_off: int,
    horizons: Sequence[int] = (1, 2, 3, 5),
    *,
    as_of: str | date | pd.Timestamp,
    data_vintage: str,
    levels: Sequence[float] = LEVELS,
    pooling: Pooling = SIMILAR,
    pool_until: int | None = None,
) -> pd.DataFrame:
    """Return the projection of year-end counts as a frame.

    Parameters
    ----------
    history : History
        The counts.
    origins : sequence of str
        ISO 3166 alpha-3 codes.
    cut_off : int
        The last year used; its figures must have been known on `as_of`.
    horizons : sequence of int
        Years ahead.
    as_of : str, datetime.date or pandas.Timestamp
        The day known.
    data_vintage : str
        The release the counts come from.
    levels, pooling, pool_until
        See `analysis.forecasting.annual.project_annual`.

    Returns
    -------
    pandas.DataFrame
        See `analysis.forecasting.projection_frame.build_projection`; by horizon, then origin.

    Raises
    ------
    ValueError
        The cut-off lies after `as_of`, or see `project_annual`.
    """
    end, day = pd.Timestamp(year=cut_off, month=12, day=31), pd.Timestamp(as_of)
    if end > day:
        raise ValueError(f"cut-off: the end of {cut_off} was not known on {day:%Y-%m-%d}")
    parts = []
    for horizon in horizons:
        made = project_annual(
            history,
            cut_off,
            horizon,
            origins=origins,
            levels=levels,
            pooling=pooling,
            pool_until=pool_until,
        )
        parts.append(made.assign(target_day=end + pd.DateOffset(years=horizon)))
    return build_projection(
        pd.concat(parts, ignore_index=True),
        levels,
        as_of=day,
        counted_to=end,
        definition=f"{history.measure}, at year end",
        method=pooling.name,
        data_vintage=data_vintage,
    )


def make_daily_projection(
    flows: pd.DataFrame,
    origin: str,
    as_of: str | date | pd.Timestamp,
    days: int = 30,
    *,
    definition: str,
    data_vintage: str,
    population: float = float("inf"),
    levels: Sequence[float] = LEVELS,
) -> pd.DataFrame:
    """Return the projection of a running total for each of the next days as a frame.

    Parameters
    ----------
    flows : pandas.DataFrame
        A frame of flows (see `analysis.forecasting.daily_series`).
    origin : str
        ISO 3166 alpha-3 code of the country people leave.
    as_of : str, datetime.date or pandas.Timestamp
        The day known.
    days : int
        How many days after the last day counted.
    definition : str
        What the flows count.
    data_vintage : str
        Where the flows come from.
    population, levels
        See `analysis.forecasting.daily.project_daily`.

    Returns
    -------
    pandas.DataFrame
        See `analysis.forecasting.projection_frame.build_projection`.
    """
    known = flows_known_on(flows, as_of)
    if known.empty:
        raise ValueError(f"{pd.Timestamp(as_of):%Y-%m-%d}: no daily figure was known")
    end = known.index[-1]
    targets = list(pd.date_range(end + pd.Timedelta(days=1), periods=days))
    made = project_daily(flows, as_of, targets, population=population, levels=levels)
    return build_projection(
        made.assign(origin=origin),
        levels,
        as_of=pd.Timestamp(as_of),
        counted_to=end,
        definition=definition,
        method=DAMPED,
        data_vintage=data_vintage,
    )
