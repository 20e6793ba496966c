"""Scores of projections: quantiles and what came come in, scores go out.

The functions of one score take `observed` of shape (n,) and quantiles of shape (n, levels),
in people, and return arrays of shape (n,), lower being better; `tabulate_scores` makes tables.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from analysis.tables import InputError

Floats = NDArray[np.float64]

#: The median and the ends of the central 20, 40, 60, 80, 90 and 95% intervals.
LEVELS: tuple[float, ...] = (
    0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.975,
)  # fmt: skip

#: The median and the ends of the central 50, 80 and 95% intervals: what a fan chart shows.
FAN_LEVELS: tuple[float, ...] = (0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975)

#: The levels of the US and European Covid-19 forecast hubs (Cramer et al. 2022).
HUB_LEVELS: tuple[float, ...] = (
    0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5,
    0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.975, 0.99,
)  # fmt: skip


def to_log(people: ArrayLike) -> Floats:
    """Return the natural logarithm of counts; a count below one person stands as one person.

    On this scale an error is a ratio, so that a small crisis counts as much as a large one
    (Bosse et al. 2023, "Scoring epidemiological forecasts on transformed scales").
    """
    return np.asarray(np.log(np.maximum(np.asarray(people, dtype=np.float64), 1.0)))


def pinball_loss(observed: ArrayLike, predicted: ArrayLike, level: ArrayLike) -> Floats:
    """Return the loss of a quantile: `level` times an undershoot, `1 - level` times an overshoot.

    Koenker and Bassett (1978), "Regression Quantiles". The arguments broadcast.
    """
    error = np.asarray(observed, dtype=np.float64) - np.asarray(predicted, dtype=np.float64)
    of = np.asarray(level, dtype=np.float64)
    return np.asarray(np.maximum(of * error, (of - 1.0) * error))


def interval_score(observed: ArrayLike, low: ArrayLike, high: ArrayLike, alpha: float) -> Floats:
    """Return the width of a central interval plus 2 / alpha times what falls outside it.

    Gneiting and Raftery (2007), "Strictly Proper Scoring Rules", section 6.2. `alpha` is the
    share outside: 0.2 for an 80% interval.
    """
    came, below, above = (np.asarray(v, dtype=np.float64) for v in (observed, low, high))
    outside = np.maximum(below - came, 0.0) + np.maximum(came - above, 0.0)
    return np.asarray(above - below + 2.0 / alpha * outside)


def weighted_interval_score(
    observed: ArrayLike,
    quantiles: ArrayLike,
    levels: Sequence[float] = LEVELS,
    *,
    log: bool = False,
) -> Floats:
    """Return the weighted interval score (WIS) of each row of quantiles.

    Bracher et al. (2021), "Evaluating epidemic forecasts in an interval format", equation 1:
    (|y - median| / 2 + sum over the K intervals of alpha / 2 * interval score) / (K + 1/2).
    It equals twice the mean pinball loss over the levels, which are ascending, symmetric about
    0.5 and with 0.5 among them (else `InputError`). With `log` both are put on the log scale first.
    """
    of = np.asarray(levels, dtype=np.float64)
    middle = len(of) // 2
    if len(of) % 2 == 0 or not np.allclose(of + of[::-1], 1.0) or np.any(np.diff(of) <= 0):
        raise InputError("levels: expected ascending levels that pair up around 0.5")
    came = np.asarray(observed, dtype=np.float64)
    stated = np.atleast_2d(np.asarray(quantiles, dtype=np.float64))
    if stated.shape != (came.size, of.size):
        raise InputError(f"quantiles: expected {came.size} rows of {of.size} levels")
    if log:
        came, stated = to_log(came), to_log(stated)
    score = np.abs(came - stated[:, middle]) / 2.0
    for k in range(middle):
        alpha = 2.0 * float(of[k])
        score = score + alpha / 2.0 * interval_score(came, stated[:, k], stated[:, -1 - k], alpha)
    return np.asarray(score / (middle + 0.5))


def coverage(observed: ArrayLike, low: ArrayLike, high: ArrayLike) -> float:
    """Return the share of observations inside their intervals, ends included."""
    came = np.asarray(observed, dtype=np.float64)
    inside = (came >= np.asarray(low)) & (came <= np.asarray(high))
    return float(inside.mean()) if inside.size else float("nan")


def width_factor(low: ArrayLike, high: ArrayLike) -> Floats:
    """Return how many times the low end the high end is; a low end below 1 stands as 1."""
    return np.asarray(np.exp(to_log(high) - to_log(low)))


def absolute_percentage_error(observed: ArrayLike, predicted: ArrayLike) -> Floats:
    """Return |predicted - observed| in percent of observed; missing where nothing was observed."""
    came = np.asarray(observed, dtype=np.float64)
    error = np.abs(np.asarray(predicted, dtype=np.float64) - came)
    return np.asarray(100.0 * error / np.where(came > 0, came, np.nan))


def median_absolute_percentage_error(observed: ArrayLike, predicted: ArrayLike) -> float:
    """Return the median of `absolute_percentage_error` (MdAPE), in percent."""
    errors = absolute_percentage_error(observed, predicted)
    kept = errors[~np.isnan(errors)]
    return float(np.median(kept)) if kept.size else float("nan")


def score_each(projections: pd.DataFrame, levels: Sequence[float] = LEVELS) -> pd.DataFrame:
    """Return the projections with `wis`, `pinball` (people), `log_wis` and `error` (percent).

    `projections` has `observed` and one column a level (people), 0.5 among them; the error is that
    of the median.
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
    """Return one row of scores a group: of the same values in the columns `by`.

    `projections` is as in `score_each`; 0.025, 0.1, 0.5, 0.9 and 0.975 must be among its columns.

    Columns of `by`; `projections` (how many); `log_wis`; `wis` and `pinball` (people, mean);
    `coverage_80` and `coverage_95` (percent); `median_error` and `mean_error` (MdAPE and MAPE of
    the median, percent); `width_80` (median of high end / low end of the 80% interval).
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
