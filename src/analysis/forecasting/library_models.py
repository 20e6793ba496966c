"""Models of the statsforecast library on each origin's own series: what the benchmark compares.

statsforecast is no dependency: it is imported when asked for. Its releases up to 2.1 need
pandas 2, so that it is installed in an environment of its own, where this package runs too.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any

import numpy as np
import pandas as pd

from analysis.forecasting.history import History
from analysis.forecasting.scoring import LEVELS, to_log

MODELS = ("AutoETS", "AutoARIMA", "AutoTheta")


def _import_library() -> tuple[Any, Any]:
    try:
        return import_module("statsforecast"), import_module("statsforecast.models")
    except ImportError:
        raise ImportError(
            "the library models need the package statsforecast, in an environment with pandas 2: "
            "pip install statsforecast"
        ) from None


def project_library(
    history: History,
    cut_off: int,
    horizons: Sequence[int],
    *,
    levels: Sequence[float] = LEVELS,
    models: Sequence[str] = MODELS,
    log: bool = True,
    smallest: int = 10_000,
) -> pd.DataFrame:
    """Return the projections of library models with their own intervals, one fit a series.

    Each origin's series starts with its first year of anybody abroad. A model that fails on a
    series is replaced there by a random walk. No value is above the population plus those
    abroad: without that cap the models score worse still.

    Parameters
    ----------
    history : History
        Counts; later ones than the cut-off are cut away first.
    cut_off : int
        The last year used.
    horizons : sequence of int
        Years ahead.
    levels : sequence of float
        Levels of the quantiles, symmetric about 0.5.
    models : sequence of str
        Names in `statsforecast.models`.
    log : bool
        Whether the models see logarithms (their intervals then stay above zero).
    smallest : int
        Origins with fewer people at the cut-off are left out.

    Returns
    -------
    pandas.DataFrame
        Columns as `analysis.forecasting.annual_baselines.project_persistence`.

    Raises
    ------
    ImportError
        statsforecast is not installed.
    """
    library, available = _import_library()
    known = history.until(cut_off)
    places = np.flatnonzero(known.people[-1] >= smallest)
    long = []
    for place in places:
        people = known.people[:, place]
        people = people[int(np.argmax(people > 0)) :]
        values = to_log(people) if log else people
        long.append(
            pd.DataFrame(
                {
                    "unique_id": known.origins[place],
                    "ds": np.arange(len(values)),
                    "y": values,
                }
            )
        )
    fitted = library.StatsForecast(
        models=[getattr(available, name)(season_length=1) for name in models],
        freq=1,
        n_jobs=1,
        fallback_model=available.RandomWalkWithDrift(),
    )
    series = pd.concat(long)
    # Each series has its own clock; the forecast steps are what counts.
    widths = sorted({round(100 * abs(2 * level - 1), 6) for level in levels} - {0.0})
    widths = [int(width) if float(width).is_integer() else width for width in widths]
    made = fitted.forecast(df=series, h=max(horizons), level=widths)
    made["step"] = made.groupby("unique_id").cumcount() + 1
    last = dict(zip(known.origins, known.people[-1], strict=True))
    cap = dict(zip(known.origins, known.most_possible(), strict=True))
    frames = []
    for name in models:
        for horizon in horizons:
            rows = made[made["step"] == horizon].set_index("unique_id")
            values = np.column_stack([_quantile(rows, name, level, widths) for level in levels])
            values = np.sort(np.exp(values) if log else np.maximum(values, 0.0), axis=1)
            # The cap of our own projections, for a fair comparison.
            values = np.minimum(values, np.array([[cap[code]] for code in rows.index]))
            head = pd.DataFrame(
                {
                    "method": f"{name}{' of logarithms' if log else ''}",
                    "origin": list(rows.index),
                    "cut_off": cut_off,
                    "horizon": horizon,
                    "last": [last[code] for code in rows.index],
                    "most_possible": [cap[code] for code in rows.index],
                }
            )
            frames.append(head.join(pd.DataFrame(values, columns=list(levels))))
    return pd.concat(frames, ignore_index=True)


def _quantile(rows: pd.DataFrame, name: str, level: float, widths: Sequence[float]) -> Any:
    """The library's own end of the central interval that `level` is an end of."""
    if level == 0.5:
        return rows[name].to_numpy(dtype="float64")
    wanted = round(100 * abs(2 * level - 1), 6)
    width = next(w for w in widths if abs(w - wanted) < 1e-6)
    side = "lo" if level < 0.5 else "hi"
    return rows[f"{name}-{side}-{width}"].to_numpy(dtype="float64")
