"""An annual projection in words and rows: the past crisis-years it rests on."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.forecasting.annual import (
    SIMILAR,
    STATES,
    Pooling,
    collect_pool,
    find_state,
    weigh_cases,
)
from analysis.forecasting.history import History


def tabulate_cases(
    history: History, origin: str, cut_off: int, horizon: int, *, pooling: Pooling = SIMILAR
) -> pd.DataFrame:
    """Return the past crisis-years behind a projection, those that count most first.

    Returns
    -------
    pandas.DataFrame
        One row a case: `origin`, `year`, `people` then, `growth` (percent, over the year
        before), `same_state` (whether it grew like the country does now), `later` (people
        `horizon` years later), `ratio` (later over then), `weight` (shares of 1).
    """
    known = history.until(cut_off)
    place = known.place_of(origin)
    pool = collect_pool(known, horizon, pooling.smallest)
    weights = weigh_cases(known, pool, [place], pooling)[0]
    now = find_state(known.growth()[-1])[place]
    frame = pd.DataFrame(
        {
            "origin": [known.origins[int(at)] for at in pool.origin],
            "year": pool.year.astype(int),
            "people": np.exp(pool.size).round(),
            "growth": 100.0 * np.expm1(pool.growth),
            "same_state": find_state(pool.growth) == now,
            "later": np.exp(pool.size + pool.outcome).round(),
            "ratio": np.exp(pool.outcome),
            "weight": weights,
        }
    )
    order = ["weight", "year", "origin"]
    return frame.sort_values(order, ascending=[False, False, True], ignore_index=True)


def explain_annual(
    history: History, origin: str, cut_off: int, horizon: int, *, pooling: Pooling = SIMILAR
) -> list[str]:
    """Return sentences that say what a projection rests on.

    Parameters
    ----------
    history : History
        Counts; those after the cut-off are not looked at.
    origin : str
        ISO 3166 alpha-3 code.
    cut_off, horizon : int
        As in `analysis.forecasting.annual.project_annual`.
    pooling : Pooling
        How past cases are weighed.

    Returns
    -------
    list of str
        The state; what followed in all past cases of that state; what counts most.
    """
    known = history.until(cut_off)
    place = known.place_of(origin)
    last, growth = known.people[-1][place], known.growth()[-1][place]
    state = STATES[int(find_state(np.asarray([growth]))[0])]
    cases = tabulate_cases(history, origin, cut_off, horizon, pooling=pooling)
    same = cases[cases["same_state"]]
    before = known.people[-2][place]
    years = "a year" if horizon == 1 else f"{horizon} years"
    change = f"{100 * np.expm1(growth):+,.0f}% over the year" if before >= 1 else "none a year ago"
    sentences = [
        f"At the end of {cut_off} {last:,.0f} {known.measure} from {origin} were abroad ({change})."
    ]
    if same.empty:
        sentences.append(
            f"No crisis-year of the past that {state} has an outcome known by then: the "
            "projection rests on those nearest in growth."
        )
    else:
        low, high = np.quantile(same["ratio"], [0.1, 0.9])
        grew = 100.0 * float((same["ratio"] > 1).mean())
        sentences.append(
            f"Of {len(same):,} past crisis-years that {state} ({pooling.smallest:,} people or "
            f"more, outcome known by {cut_off}), {grew:.0f}% had more people abroad {years} "
            f"later; the middle 80% ended at {low:.2g} to {high:.2g} times their count."
        )
    own = float(cases.loc[cases["origin"] == origin, "weight"].sum())
    effective = 1.0 / float((cases["weight"] ** 2).sum())
    top = "; ".join(
        f"{row['origin']} {row['year']} (times {row['ratio']:.2g})"
        for row in cases.head(3).to_dict("records")
    )
    sentences.append(
        f"Recent cases count more (half after {pooling.half_life:g} years)"
        + (
            f", as do crises of its size and the country's own past, which has {own:.0%} of "
            f"the weight"
            if np.isfinite(pooling.size_factor)
            else ""
        )
        + f"; together they count like {effective:.0f} cases of equal weight. "
        f"Those that count most: {top}."
    )
    cap = known.most_possible()[place]
    if np.isfinite(cap):
        sentences.append(f"No value may exceed {cap:,.0f}: the population and those abroad.")
    return sentences
