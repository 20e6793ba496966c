"""What an annual projection must beat: nothing changes, without and with honest intervals."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.forecasting.annual import collect_pool
from analysis.forecasting.history import History
from analysis.forecasting.scoring import LEVELS, Floats

PERSISTENCE = "persistence"
CONFORMAL = "persistence, conformal intervals"


def project_persistence(
    history: History,
    cut_off: int,
    horizon: int,
    *,
    levels: Sequence[float] = LEVELS,
    smallest: int = 10_000,
) -> pd.DataFrame:
    """Return last year's count as every quantile of every origin.

    Columns as `analysis.forecasting.annual.project_annual`, without `state` and `cases`.
    """
    return _frame(history, cut_off, horizon, np.zeros(len(levels)), PERSISTENCE, levels, smallest)


def project_conformal(
    history: History,
    cut_off: int,
    horizon: int,
    *,
    levels: Sequence[float] = LEVELS,
    smallest: int = 10_000,
) -> pd.DataFrame:
    """Return last year's count with the range that errors of the past would have needed.

    Split conformal prediction (Lei et al. 2018): the central interval of 1 - alpha reaches as
    far to either side, on the log scale, as the ceil((n + 1) (1 - alpha))-th smallest of the
    n absolute errors that persistence had made, over all origins of that size, by the
    cut-off. Columns as `project_persistence`.
    """
    pool = collect_pool(history.until(cut_off), horizon, smallest)
    errors = np.sort(np.abs(pool.outcome))
    if not errors.size:
        raise ValueError(f"{horizon} years: no outcome was known by the end of {cut_off}")
    inside = np.abs(2.0 * np.asarray(levels) - 1.0)
    rank = np.ceil((errors.size + 1) * inside - 1e-9).astype(int)
    reach = np.where(rank > 0, errors[np.clip(rank, 1, errors.size) - 1], 0.0)
    shifts = np.sign(np.asarray(levels) - 0.5) * reach
    return _frame(history, cut_off, horizon, shifts, CONFORMAL, levels, smallest)


def _frame(
    history: History,
    cut_off: int,
    horizon: int,
    shifts: Floats,
    method: str,
    levels: Sequence[float],
    smallest: int,
) -> pd.DataFrame:
    known = history.until(cut_off)
    places = np.flatnonzero(known.people[-1] >= smallest)
    last, cap = known.people[-1][places], known.most_possible()[places]
    values = np.minimum(last[:, None] * np.exp(shifts)[None, :], cap[:, None])
    rows = {
        "method": method,
        "origin": [known.origins[place] for place in places],
        "cut_off": cut_off,
        "horizon": horizon,
        "last": last,
        "most_possible": cap,
    }
    return pd.DataFrame(rows).join(pd.DataFrame(values, columns=list(levels)))
