"""Projections written down before the official figures exist, to be scored when they do."""

from __future__ import annotations

import pandas as pd

from analysis.forecasting.history import MEASURES, build_history
from analysis.forecasting.making import make_annual_projection

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
    """Return the projections for the end of a year, for the largest origins.

    Each origin is projected by two definitions. In the counts of 2025 the United States
    moved 1.44 million asylum-seekers to "unknown origin": with asylum-seekers, part of the
    fall in 2025 is such a move. So 2025 is no outcome in that definition's pool, but it
    is the count it starts from and the growth it goes by, and `refugees` alone is the
    definition to score first.

    Parameters
    ----------
    counts : pandas.DataFrame
        See `analysis.forecasting.history.build_history`.
    cut_off, target : int
        The last year counted and the year projected.
    as_of : str
        The day on which the counts were known.
    data_vintage : str
        Key of the release in sources.csv.
    largest : int
        How many origins, by refugees and asylum-seekers at the cut-off.

    Returns
    -------
    pandas.DataFrame
        The columns of `analysis.forecasting.projection_frame.COLUMNS`; by definition, then
        origin from the largest, then quantile.
    """
    parts = []
    order: list[str] = []
    for measure in MEASURES:
        history = build_history(counts, measure)
        if not order:
            last = pd.Series(history.count_in(cut_off), index=history.origins)
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
                pool_until=_LAST_YEAR_ALIKE if with_asylum else None,
            )
        )
    return pd.concat(parts, ignore_index=True)
