"""A projection as a frame: one row a quantile, with everything needed to score it later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from analysis.forecasting.annual import (
    REGISTERED,
    SIMILAR,
    Pooling,
    project_annual,
    project_from_counts,
)
from analysis.forecasting.daily import DAMPED, flows_known_on, project_daily
from analysis.forecasting.history import MEASURES, History, build_history
from analysis.forecasting.scores import LEVELS
from analysis.tables import InputError

#: The columns of a projection, with their meanings; further columns stand behind them.
COLUMNS = {
    "as_of": "the day on which everything used was known",
    "counted_to": "the last day counted in the figures used",
    "target_day": "the day the projection speaks about",
    "origin": "ISO 3166 alpha-3 code of the country of origin",
    "quantile": "the share of outcomes expected at or below `value`, 0 to 1",
    "value": "people, a whole number",
    "definition": "what is counted",
    "method": "how the projection was made",
    "data_vintage": "the release of the data that was used",
}

#: What no projection here can know; it is printed with each.
LIMITS = (
    "The onset of a crisis cannot be projected: every projection here starts from people who "
    "are already abroad.",
    "At one year the outcome was more than 10% off the middle in about four of ten past "
    "projections; at five years the 80% interval spans about a factor of eight.",
    "Ranges say what followed in crises of the past. A new kind of crisis, a border that "
    "opens or closes, or a change in who is counted is not in them.",
)

DAILY_LIMITS = (
    "The end of a first wave of departures cannot be known while it lasts: the projection "
    "lets the pace of the last days fade, and no more.",
    "The daily method was tested on one crisis, Ukraine 2022: about five independent tests.",
    "A change of definition by the source is not in the ranges; past revisions of its figures are.",
)


def build_projection(
    values: pd.DataFrame,
    levels: Sequence[float],
    *,
    as_of: str | pd.Timestamp,
    definition: str,
    method: str,
    data_vintage: str,
) -> pd.DataFrame:
    """Return quantiles in columns as a projection: one row an origin, target day and level.

    `values` has `origin`, `counted_to`, `target_day` and one column a level (people); the result
    the columns of `COLUMNS`, in the order of the rows and levels, days as datetimes, `value` as
    Int64.
    """
    long = values.melt(
        id_vars=["origin", "counted_to", "target_day"],
        value_vars=list(levels),
        var_name="quantile",
        value_name="value",
        ignore_index=False,
    ).sort_index(kind="stable")
    frame = long.reset_index(drop=True).assign(
        as_of=pd.Timestamp(as_of),
        definition=definition,
        method=method,
        data_vintage=data_vintage,
    )
    frame["quantile"] = frame["quantile"].astype("float64")
    frame["value"] = frame["value"].astype("float64").round().astype("Int64")
    frame["target_day"] = pd.to_datetime(frame["target_day"])
    return frame[list(COLUMNS)]


def make_annual_projection(
    history: History,
    origins: Sequence[str],
    cut_off: int,
    horizons: Sequence[int] = (1, 2, 3, 5),
    *,
    as_of: str | date | pd.Timestamp,
    data_vintage: str,
    pooling: Pooling = SIMILAR,
    pool_until: int | None = None,
) -> pd.DataFrame:
    """Return `project_annual` as a frame (see `build_projection`); by horizon, then origin.

    The figures of the cut-off must have been known on `as_of`; `InputError` where it lies after.
    """
    end, day = pd.Timestamp(year=cut_off, month=12, day=31), pd.Timestamp(as_of)
    if end > day:
        raise InputError(f"cut-off: the end of {cut_off} was not known on {day:%Y-%m-%d}")
    parts = []
    for horizon in horizons:
        made = project_annual(
            history, cut_off, horizon, origins=origins, pooling=pooling, pool_until=pool_until
        )
        parts.append(made.assign(counted_to=end, target_day=end + pd.DateOffset(years=horizon)))
    return build_projection(
        pd.concat(parts, ignore_index=True),
        LEVELS,
        as_of=day,
        definition=f"{history.measure}, at year end",
        method=pooling.name,
        data_vintage=data_vintage,
    )


def make_projection_from_counts(
    history: History,
    counts: pd.DataFrame,
    target_days: Sequence[str | pd.Timestamp],
    *,
    as_of: str | date | pd.Timestamp,
    definition: str,
    data_vintage: str,
    levels: Sequence[float] = LEVELS,
    pool_until: int | None = None,
) -> pd.DataFrame:
    """Return `project_from_counts` as a frame (see `build_projection`); by origin, then day."""
    made = project_from_counts(history, counts, target_days, levels=levels, pool_until=pool_until)
    return build_projection(
        made,
        levels,
        as_of=pd.Timestamp(as_of),
        definition=definition,
        method=SIMILAR.name,
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
    """Return `project_daily` for each of the next `days` after the last day counted, as a frame.

    See `build_projection`; `origin` is the ISO 3166 alpha-3 code of the country people leave.
    """
    known = flows_known_on(flows, as_of)
    if known.empty:
        raise InputError(f"{pd.Timestamp(as_of):%Y-%m-%d}: no daily figure was known")
    end = known.index[-1]
    targets = list(pd.date_range(end + pd.Timedelta(days=1), periods=days))
    made = project_daily(flows, as_of, targets, population=population, levels=levels)
    return build_projection(
        made.assign(origin=origin, counted_to=end),
        levels,
        as_of=pd.Timestamp(as_of),
        definition=definition,
        method=DAMPED,
        data_vintage=data_vintage,
    )


#: The last release before the one that moved asylum-seekers to "unknown origin".
_LAST_YEAR_ALIKE = 2024


def preregister(
    counts: pd.DataFrame,
    *,
    cut_off: int = 2025,
    target: int = 2026,
    as_of: str = "2026-06-25",
    data_vintage: str = "unhcr-annual-2026-06",
    largest: int = 30,
) -> pd.DataFrame:
    """Return the projections for the end of a year, for the `largest` origins.

    Each origin is projected by two definitions. In the counts of 2025 the United States
    moved 1.44 million asylum-seekers to "unknown origin": with asylum-seekers, part of the
    fall in 2025 is such a move. So 2025 is no outcome in that definition's pool, but it
    is the count it starts from and the growth it goes by, and `refugees` alone is the
    definition to score first.

    `counts` are those of `build_history`. The columns of `COLUMNS`; by definition, then origin
    from the largest at the cut-off (refugees and asylum-seekers), then quantile.
    """
    parts = []
    order: list[str] = []
    for measure in MEASURES:
        history = build_history(counts, measure)
        if not order:
            last = pd.Series(history.until(cut_off).people[-1], index=history.origins)
            order = list(last.sort_values(ascending=False, kind="stable").index[:largest])
        with_asylum = "asylum_seekers" in MEASURES[measure]
        parts.append(
            make_annual_projection(
                history,
                order,
                cut_off,
                (target - cut_off,),
                as_of=as_of,
                data_vintage=data_vintage,
                pooling=REGISTERED,
                pool_until=_LAST_YEAR_ALIKE if with_asylum else None,
            )
        )
    return pd.concat(parts, ignore_index=True)
