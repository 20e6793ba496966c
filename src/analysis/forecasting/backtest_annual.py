"""The annual backtest: every projection that could have been made since 2000, scored.

Protocol: refugees and asylum-seekers by origin at year end; origins with 10,000 or more at
the cut-off, without UNK, XXA, TIB and PSE; cut-offs from 2000; targets to the end of 2024.
The 2025 release is not scored: in it 1.44 million asylum-seekers in the United States moved
to "unknown origin", so that many origins seem to fall. The counts are those of one late
release, not those first published; releases one after the other differ by less than 1% for
nearly all origins.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from analysis.forecasting.annual import BY_STATE, SIMILAR, Pooling, project_annual
from analysis.forecasting.annual_baselines import project_conformal, project_persistence
from analysis.forecasting.history import History
from analysis.forecasting.library_models import project_library
from analysis.forecasting.score_table import tabulate_scores
from analysis.forecasting.scoring import LEVELS

HORIZONS = (1, 3, 5, 10)
FIRST_CUT_OFF = 2000
LAST_TARGET = 2024
SMALLEST = 10_000
LARGE = 100_000

#: The log-WIS that the pooled projection is held to, by horizon in years.
TARGETS = {1: 0.130, 3: 0.305, 5: 0.43, 10: 0.71}
STRETCH = {1: 0.126, 3: 0.295, 5: 0.42, 10: 0.68}

ALL_ORIGINS = "10,000 or more"
LARGE_ORIGINS = "100,000 or more"


def project_all(
    history: History,
    *,
    horizons: Sequence[int] = HORIZONS,
    first_cut_off: int = FIRST_CUT_OFF,
    last_target: int = LAST_TARGET,
    levels: Sequence[float] = LEVELS,
    poolings: Iterable[Pooling] = (SIMILAR, BY_STATE),
    baselines: bool = True,
    library: bool = False,
) -> pd.DataFrame:
    """Return every projection of the protocol with what came.

    Parameters
    ----------
    history : History
        The counts.
    horizons : sequence of int
        Years ahead.
    first_cut_off, last_target : int
        The years of the protocol.
    levels : sequence of float
        Levels of the quantiles.
    poolings : iterable of Pooling
        The pooled methods.
    baselines : bool
        Whether persistence is projected too, without and with conformal intervals.
    library : bool
        Whether the models of statsforecast are fitted too, on counts and on logarithms
        (many minutes; needs the package).

    Returns
    -------
    pandas.DataFrame
        One row a method, origin, cut-off and horizon: the columns of
        `analysis.forecasting.annual.project_annual` and `observed` (people at the target).
    """
    frames = []
    for cut_off in range(first_cut_off, last_target):
        reached = [horizon for horizon in horizons if cut_off + horizon <= last_target]
        for horizon in reached:
            made = [
                project_annual(
                    history, cut_off, horizon, levels=levels, pooling=pooling, smallest=SMALLEST
                )
                for pooling in poolings
            ]
            if baselines:
                options = {"levels": levels, "smallest": SMALLEST}
                made.append(project_persistence(history, cut_off, horizon, **options))  # type: ignore[arg-type]
                made.append(project_conformal(history, cut_off, horizon, **options))  # type: ignore[arg-type]
            frames += made
        if library and reached:
            frames += [
                project_library(
                    history, cut_off, reached, levels=levels, log=log, smallest=SMALLEST
                )
                for log in (True, False)
            ]
    projections = pd.concat(frames, ignore_index=True)
    place = {code: at for at, code in enumerate(history.origins)}
    target = projections["cut_off"] + projections["horizon"] - int(history.years[0])
    at = projections["origin"].map(place)
    return projections.assign(observed=history.people[target.to_numpy(), at.to_numpy()])


def tabulate_backtest(projections: pd.DataFrame, levels: Sequence[float] = LEVELS) -> pd.DataFrame:
    """Return the scores by method, size of the crisis and horizon.

    Parameters
    ----------
    projections : pandas.DataFrame
        The frame of `project_all`.
    levels : sequence of float
        Levels that are scored.

    Returns
    -------
    pandas.DataFrame
        `method`, `origins` ("10,000 or more", "100,000 or more" at the cut-off), `horizon`
        (years), the scores of `analysis.forecasting.score_table.tabulate_scores`, `target`
        and `stretch` (log-WIS, for all origins), and `ratio_to_library`: log-WIS over that
        of the best library model of the same rows, missing where none was run.
    """
    sizes = [
        projections.assign(origins=ALL_ORIGINS),
        projections[projections["last"] >= LARGE].assign(origins=LARGE_ORIGINS),
    ]
    scores = tabulate_scores(pd.concat(sizes), ("method", "origins", "horizon"), levels)
    every = scores["origins"] == ALL_ORIGINS
    library = scores["method"].str.startswith("Auto")
    best = scores[library].groupby(["origins", "horizon"])["log_wis"].min()
    keys = pd.MultiIndex.from_frame(scores[["origins", "horizon"]])
    return scores.assign(
        target=scores["horizon"].map(TARGETS).where(every),
        stretch=scores["horizon"].map(STRETCH).where(every),
        ratio_to_library=scores["log_wis"] / best.reindex(keys).to_numpy(dtype="float64"),
    )
