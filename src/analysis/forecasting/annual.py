"""Annual projections for any country of origin: quantiles of what followed in past crises.

A past crisis-year is one origin at the end of one year. Those like today's are pooled: the
same state of growth, recent ones more than old ones, capped at what is possible. Nothing
is fitted, so that a projection can say which past years it rests on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.forecasting.history import History
from analysis.forecasting.scoring import LEVELS, Floats, to_log

#: Where last year's growth is cut into states: -10%, -1%, +3%, +15%.
GROWTH_CUTS = (-0.10, -0.01, 0.03, 0.15)

#: The states in words, from the fastest fall to the fastest growth.
STATES = (
    "fell by more than 10%",
    "fell by 1 to 10%",
    "changed by -1 to +3%",
    "grew by 3 to 15%",
    "grew by more than 15%",
)

#: Growth beyond a factor of e squared (7.4) either way is all the same.
_MOST_GROWTH = 2.0


@dataclass(frozen=True)
class Pooling:
    """How past crisis-years are weighed.

    Attributes
    ----------
    name : str
        The method's name in tables.
    smallest : int
        Crisis-years with fewer people are left out of the pool.
    half_life : float
        Years after which an outcome counts half.
    state_share : float
        Share of the weight that goes to the cases of the same state of growth; the rest goes
        to the cases nearest in growth, whatever their state.
    growth_halving : float
        Difference in last year's log growth at which a near case counts half.
    previous_halving : float
        The same for the growth of the year before last.
    size_factor : float
        Ratio of sizes at which a case counts half; infinite for no difference.
    own_weight : float
        How many times a case counts that is the same country's own past.
    """

    name: str
    smallest: int
    half_life: float = 5.0
    state_share: float = 1.0
    growth_halving: float = 0.15
    previous_halving: float = 0.5
    size_factor: float = float("inf")
    own_weight: float = 1.0


#: Pooled by growth state alone.
BY_STATE = Pooling("pooled by growth state", smallest=5_000)

#: Pooled by growth state and nearness of growth, with crises of similar size and the
#: country's own past counting more. Each part betters the projections of cut-offs 1980-1999
#: with targets to 2000, which the backtest does not score. Values near these score alike
#: there; the years scored had been seen when these round ones were picked.
SIMILAR = Pooling(
    "pooled by similar crises", smallest=1_000, state_share=0.5, size_factor=4.0, own_weight=10.0
)


def find_state(growth: Floats) -> Floats:
    """Return the state of each growth (on the log scale) as a number, 0 to 4: see `STATES`."""
    return np.digitize(growth, np.log1p(GROWTH_CUTS)).astype(np.float64)


@dataclass(frozen=True)
class Pool:
    """The past crisis-years whose outcome was known, sorted by outcome.

    All arrays have shape (cases,); sizes, growth and outcomes are on the log scale.
    """

    outcome: Floats
    size: Floats
    growth: Floats
    previous: Floats
    origin: Floats
    year: Floats


def collect_pool(known: History, horizon: int, smallest: int) -> Pool:
    """Return the cases whose outcome `horizon` years later lies within `known`.

    The first year has no growth and serves only to work out that of the second.
    """
    logs, growth = to_log(known.people), np.clip(known.growth(), -_MOST_GROWTH, _MOST_GROWTH)
    previous = np.vstack([np.zeros((1, growth.shape[1])), growth[:-1]])
    base = slice(1, max(1, len(known.years) - horizon))
    kept = known.people[base] >= smallest
    outcome = (logs[1 + horizon :] - logs[base])[kept]
    order = np.argsort(outcome, kind="stable")
    shape = kept.shape
    places = np.broadcast_to(np.arange(shape[1], dtype=np.float64), shape)
    years = np.broadcast_to(known.years[base].astype(np.float64)[:, None], shape)
    parts = [logs[base], growth[base], previous[base], places, years]
    return Pool(outcome[order], *(part[kept][order] for part in parts))


def weigh_cases(known: History, pool: Pool, places: Sequence[int], pooling: Pooling) -> Floats:
    """Return the weight of each case for each origin, shape (origins, cases); rows add up to 1."""
    growth = np.clip(known.growth(), -_MOST_GROWTH, _MOST_GROWTH)
    at = np.asarray(places, dtype=np.int64)[:, None]
    size, now, before = to_log(known.people[-1])[at], growth[-1][at], growth[-2][at]
    weight = 0.5 ** ((pool.year.max() - pool.year) / pooling.half_life) * np.ones(at.shape)
    if np.isfinite(pooling.size_factor):
        weight = weight * 0.5 ** (np.abs(pool.size - size) / np.log(pooling.size_factor))
    weight = weight * np.where(pool.origin == at, pooling.own_weight, 1.0)
    same = _normalise(weight * (find_state(pool.growth) == find_state(now)))
    near = weight * 0.5 ** (np.abs(pool.growth - now) / pooling.growth_halving)
    near = _normalise(near * 0.5 ** (np.abs(pool.previous - before) / pooling.previous_halving))
    # No past case in the same state: the nearest ones then carry all the weight.
    share = np.where(same.sum(axis=1, keepdims=True) > 0, pooling.state_share, 0.0)
    return np.asarray(share * same + (1.0 - share) * near)


def project_annual(
    history: History,
    cut_off: int,
    horizon: int,
    *,
    origins: Sequence[str] = (),
    levels: Sequence[float] = LEVELS,
    pooling: Pooling = SIMILAR,
    smallest: int = 10_000,
    pool_until: int | None = None,
) -> pd.DataFrame:
    """Return the projection of each origin from the end of one year to that of a later one.

    Parameters
    ----------
    history : History
        Counts; whatever is later than the cut-off is cut away before anything is worked out.
    cut_off : int
        The last year used.
    horizon : int
        Years from the cut-off to the target.
    origins : sequence of str
        Codes; empty for all origins with `smallest` people or more at the cut-off.
    levels : sequence of float
        Levels of the quantiles.
    pooling : Pooling
        How past cases are weighed.
    smallest : int
        Only used when `origins` is empty.
    pool_until : int, optional
        The last year whose counts may stand in the pool, where the latest years are counted
        in another way; by default the cut-off.

    Returns
    -------
    pandas.DataFrame
        One row an origin: `method`, `origin`, `cut_off`, `horizon` (years), `last` (people at
        the cut-off), `state`, `cases` (crisis-years in the same state), `most_possible`, and
        one column a level (people), never above `most_possible`.

    Raises
    ------
    ValueError
        An origin has no people abroad at the cut-off (an onset cannot be projected), or no
        outcome at this horizon was known by then.
    """
    known = history.until(cut_off)
    last = known.people[-1]
    places = [known.place_of(code) for code in origins]
    if not origins:
        places = [int(place) for place in np.flatnonzero(last >= smallest)]
    for place in places:
        if last[place] < 1:
            raise ValueError(
                f"{known.origins[place]}: nobody was abroad at the end of {cut_off}; "
                "the onset of a crisis cannot be projected"
            )
    pooled = known if pool_until is None else known.until(min(pool_until, cut_off))
    pool = collect_pool(pooled, horizon, pooling.smallest)
    if not pool.outcome.size:
        raise ValueError(f"{horizon} years: no outcome was known by the end of {cut_off}")
    weights = weigh_cases(known, pool, places, pooling)
    ratios = [_find_quantiles(pool.outcome, row, levels) for row in weights]
    cap = known.most_possible()[places]
    values = last[places][:, None] * np.exp(np.reshape(ratios, (len(places), len(levels))))
    values = np.minimum(values, cap[:, None])
    states = find_state(known.growth()[-1][places]).astype(int)
    in_state = np.bincount(find_state(pool.growth).astype(int), minlength=len(STATES))
    rows = {
        "method": pooling.name,
        "origin": [known.origins[place] for place in places],
        "cut_off": cut_off,
        "horizon": horizon,
        "last": last[places],
        "state": [STATES[state] for state in states],
        "cases": in_state[states],
        "most_possible": cap,
    }
    return pd.DataFrame(rows).join(pd.DataFrame(values, columns=list(levels)))


def _find_quantiles(outcome: Floats, weight: Floats, levels: Sequence[float]) -> Floats:
    """Quantiles of a sorted, weighted sample: each case at the middle of its step (Hazen 1914)."""
    counts = weight > 0
    kept = weight[counts]
    running = np.cumsum(kept)
    middles = (running - kept / 2.0) / running[-1]
    return np.asarray(np.interp(list(levels), middles, outcome[counts]))


def _normalise(weights: Floats) -> Floats:
    total = weights.sum(axis=1, keepdims=True)
    return np.asarray(np.divide(weights, total, out=np.zeros_like(weights), where=total > 0))
