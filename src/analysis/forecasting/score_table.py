"""Projections with what came, put into one table of scores."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.forecasting.scoring import (
    LEVELS,
    absolute_percentage_error,
    coverage,
    median_absolute_percentage_error,
    pinball_loss,
    weighted_interval_score,
    width_factor,
)


def score_each(projections: pd.DataFrame, levels: Sequence[float] = LEVELS) -> pd.DataFrame:
    """Return the projections with the scores of each.

    Parameters
    ----------
    projections : pandas.DataFrame
        `observed` (people) and one column a level (people); it must hold 0.5.
    levels : sequence of float
        Levels that are scored.

    Returns
    -------
    pandas.DataFrame
        The rows with `wis` and `pinball` (people), `log_wis` (log scale), `error` (median
        against observed, in percent) added.
    """
    quantiles = projections[list(levels)].to_numpy(dtype="float64")
    came = projections["observed"].to_numpy(dtype="float64")
    return projections.assign(
        wis=weighted_interval_score(came, quantiles, levels),
        log_wis=weighted_interval_score(came, quantiles, levels, log=True),
        pinball=pinball_loss(came[:, None], quantiles, np.asarray(levels)).mean(axis=1),
        error=absolute_percentage_error(came, projections[0.5]),
    )


def tabulate_scores(
    projections: pd.DataFrame,
    by: Sequence[str] = ("method", "horizon"),
    levels: Sequence[float] = LEVELS,
) -> pd.DataFrame:
    """Return one row of scores a group.

    Parameters
    ----------
    projections : pandas.DataFrame
        Columns of `by`, `observed` (people) and one column a level.
    by : sequence of str
        The columns that name a group.
    levels : sequence of float
        Levels that are scored; 0.025, 0.1, 0.5, 0.9 and 0.975 must be among the columns.

    Returns
    -------
    pandas.DataFrame
        Columns of `by`; `projections` (how many); `log_wis`; `wis` and `pinball` (people,
        mean); `coverage_80` and `coverage_95` (percent); `median_error` and `mean_error`
        (MdAPE and MAPE of the median, percent); `width_80` (median of high end / low end of
        the 80% interval).
    """
    rows = []
    for names, group in score_each(projections, levels).groupby(list(by), sort=False):
        came = group["observed"]
        rows.append(
            dict(zip(by, names, strict=True))
            | {
                "projections": len(group),
                "log_wis": group["log_wis"].mean(),
                "wis": group["wis"].mean(),
                "pinball": group["pinball"].mean(),
                "coverage_80": 100.0 * coverage(came, group[0.1], group[0.9]),
                "coverage_95": 100.0 * coverage(came, group[0.025], group[0.975]),
                "median_error": median_absolute_percentage_error(came, group[0.5]),
                "mean_error": group["error"].mean(),
                "width_80": float(np.median(width_factor(group[0.1], group[0.9]))),
            }
        )
    columns = ["projections", "log_wis", "wis", "pinball", "coverage_80", "coverage_95"]
    columns += ["median_error", "mean_error", "width_80"]
    return pd.DataFrame(rows, columns=[*by, *columns])
