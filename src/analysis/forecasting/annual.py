"""Annual projections for any country of origin: quantiles of what followed in past crises.

A past crisis-year is one origin at the end of one year. Those like today's are pooled: the
same state of growth, recent ones more than old ones, capped at what is possible. Nothing
is fitted, so that a projection can say which past years it rests on. A projection starts from
the end of a year, or from any newer count (`project_from_counts`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.forecasting.history import History
from analysis.forecasting.scores import LEVELS, Floats, to_log
from analysis.tables import InputError
from analysis.tables.countries import name_country

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


_NO_COUNTS = pd.DataFrame({"origin": [], "counted_to": pd.to_datetime([]), "value": []})


@dataclass(frozen=True)
class Pooling:
    """How past crisis-years are weighed."""

    #: The method's name in tables.
    name: str
    #: Crisis-years with fewer people are left out of the pool.
    smallest: int
    #: Years after which an outcome counts half.
    half_life: float = 5.0
    #: Share of the weight that goes to the cases of the same state of growth; the rest goes to the
    #: cases nearest in growth, whatever their state.
    state_share: float = 1.0
    #: Difference in last year's log growth at which a near case counts half.
    growth_halving: float = 0.15
    #: The same for the growth of the year before last.
    previous_halving: float = 0.5
    #: Ratio of sizes at which a case counts half; infinite for no difference.
    size_factor: float = float("inf")
    #: The same for the people abroad as a share of the population; where a population is not known,
    #: the case counts half.
    share_factor: float = float("inf")
    #: Difference in the share of asylum-seekers at which a case counts half.
    asylum_halving: float = float("inf")
    #: How many times a case counts that is the same country's own past.
    own_weight: float = 1.0


#: Pooled by growth state alone.
BY_STATE = Pooling("pooled by growth state", smallest=5_000)

#: Pooled by growth state and nearness of growth; crises that displaced a similar share of the
#: population, with as many asylum-seekers among them, and the country's own past count more.
#: Chosen among some 70 variants on cut-offs 1992-2009.
SIMILAR = Pooling(
    "pooled by similar crises",
    smallest=3_000,
    state_share=0.5,
    growth_halving=0.4,
    share_factor=4.5,
    asylum_halving=0.2,
    own_weight=10.0,
)

#: What the projections written down in June 2026 were made with; it must never change.
REGISTERED = Pooling(
    "pooled by similar crises", smallest=1_000, state_share=0.5, size_factor=4.0, own_weight=10.0
)


def find_state(growth: Floats) -> Floats:
    """Return the state of each growth (on the log scale) as a number, 0 to 4: see `STATES`."""
    return np.digitize(growth, np.log1p(GROWTH_CUTS)).astype(np.float64)


@dataclass(frozen=True)
class Traits:
    """What crisis-years are compared by, one array each, all of one shape.

    `size` (people), `growth` (over the year before), `previous` (growth of the year before
    that) and `share` (of the population; missing where not known) are on the log scale;
    `asylum` is the share of asylum-seekers.
    """

    size: Floats
    growth: Floats
    previous: Floats
    share: Floats
    asylum: Floats

    def take(self, chosen: object) -> Traits:
        """Return the traits of some crisis-years; `chosen` is what numpy takes as an index."""
        return Traits(*(getattr(self, part.name)[chosen] for part in fields(self)))


# A backtest asks for the same history at each horizon, for each way of pooling.
@lru_cache(maxsize=4)
def describe(known: History) -> Traits:
    """Return the traits of every year and origin, shape (years, origins)."""
    size, growth = to_log(known.people), np.clip(known.growth(), -_MOST_GROWTH, _MOST_GROWTH)
    previous = np.vstack([np.zeros((1, growth.shape[1])), growth[:-1]])
    return Traits(size, growth, previous, size - to_log(known.last_population), known.asylum)


@dataclass(frozen=True)
class Pool:
    """The past crisis-years whose outcome was known, sorted by outcome (log scale)."""

    outcome: Floats
    traits: Traits
    origin: Floats
    year: Floats


def collect_pool(known: History, horizon: int, smallest: int) -> Pool:
    """Return the cases whose outcome `horizon` years later lies within `known`.

    The first year has no growth and serves only to work out that of the second.
    """
    traits = describe(known)
    base = slice(1, max(1, len(known.years) - horizon))
    kept = known.people[base] >= smallest
    outcome = (traits.size[1 + horizon :] - traits.size[base])[kept]
    order = np.argsort(outcome, kind="stable")
    years, places = (at[order] for at in np.nonzero(kept))
    cases = traits.take(base).take(kept).take(order)
    return Pool(outcome[order], cases, places.astype(float), known.years[base][years].astype(float))


def weigh_cases(now: Traits, places: Sequence[int], pool: Pool, pooling: Pooling) -> Floats:
    """Return the weight of each case for each origin, shape (origins, cases); rows add up to 1.

    `now` has the traits of the origins at the start; `places` are their columns in the history.
    """
    past, here = pool.traits, now.take((slice(None), None))

    def halvings(name: str, at: float) -> Floats:
        """Count how many times the distance in one trait halves a weight."""
        apart = getattr(past, name) - getattr(here, name)
        np.abs(apart, out=apart)
        apart /= at
        apart[np.isnan(apart)] = 1.0
        return np.asarray(apart)

    # Weights as powers of two: halvings are added up, and powers taken once.
    power = np.where(pool.origin == np.asarray(places)[:, None], np.log2(pooling.own_weight), 0.0)
    power -= (pool.year.max() - pool.year) / pooling.half_life
    for name, at in (
        ("size", np.log(pooling.size_factor)),
        ("share", np.log(pooling.share_factor)),
        ("asylum", pooling.asylum_halving),
    ):
        if np.isfinite(at):
            power -= halvings(name, at)
    same = _normalise(np.exp2(power) * (find_state(past.growth) == find_state(here.growth)))
    if pooling.state_share == 1.0 and same.any(axis=1).all():
        return same
    power -= halvings("growth", pooling.growth_halving)
    power -= halvings("previous", pooling.previous_halving)
    near = _normalise(np.exp2(power - power.max(axis=1, keepdims=True)))
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

    Whatever is later than the cut-off is cut away before anything is worked out. Without
    `origins` those with `smallest` people or more at the cut-off are projected. `pool_until` is
    the last year whose counts may stand in the pool, where the latest are counted in another way.

    One row an origin: `method`, `origin`, `cut_off`, `horizon` (years), `last` (people at the
    cut-off), `state`, `cases` (crisis-years in the same state), `most_possible`, and one column a
    level (people), never above `most_possible`.

    Raises `InputError` where nobody is abroad at the cut-off (an onset cannot be projected), or no
    outcome at this horizon was known by then.
    """
    known = history.until(cut_off)
    places = [known.place_of(code) for code in origins] or list_origins(known, smallest)
    for place in places:
        _refuse_onset(known.origins[place], known.people[-1, place], f"the end of {cut_off}")
    pool = _collect(known, horizon, pooling.smallest, pool_until)
    now = describe(known).take((-1, places))
    logs = _find_growth(pool, now, places, levels, pooling)
    return make_frame(name_rows(pooling.name, known, places, horizon), logs, levels).assign(
        state=[STATES[int(state)] for state in find_state(now.growth)],
        cases=_count_cases(pool, now),
    )


def list_origins(known: History, smallest: int) -> list[int]:
    """Return the columns of the origins with `smallest` people or more in the last year."""
    return [int(place) for place in np.flatnonzero(known.people[-1] >= smallest)]


def find_growth(
    known: History, horizon: int, places: Sequence[int], levels: Sequence[float], pooling: Pooling
) -> Floats:
    """Return quantiles of log growth from the last year of a history, shape (origins, levels)."""
    pool = _collect(known, horizon, pooling.smallest, None)
    return _find_growth(pool, describe(known).take((-1, places)), places, levels, pooling)


def project_from_counts(
    history: History,
    counts: pd.DataFrame,
    target_days: Sequence[str | pd.Timestamp],
    *,
    origins: Sequence[str] = (),
    levels: Sequence[float] = LEVELS,
    pooling: Pooling = SIMILAR,
    pool_until: int | None = None,
) -> pd.DataFrame:
    """Return projections that start from the newest count known of each origin.

    `counts` has `origin`, `counted_to` (day) and `value` (people); whether these count the same
    people as the history does is the caller's business. Where no count is newer than the last
    year-end of the history, that year-end is the start. A count that is newer takes its place
    whoever made it. What the count was one and two years before (between year-ends on a straight
    line of the log scale) gives its state of growth. Between whole years ahead, quantiles of log
    growth are interpolated; within the first year the middle goes with time and the spread with
    its square root, as in a random walk.

    One row an origin and target day: `method`, `origin`, `counted_to`, `target_day`, `last`
    (people), `most_possible`, one column a level, `held` (the lowest level that is held back by
    `most_possible`; missing where none is), `reason` (a sentence where one is, else ""), `state`,
    `cases`. Raises `InputError` where a target day is not after the start, or as `project_annual`.
    """
    known = history.until(int(history.years[-1]))
    frames = []
    for code in origins or counts["origin"].drop_duplicates():
        day, value, now = find_start(known, counts, code)
        _refuse_onset(code, value, f"{day:%Y-%m-%d}")
        place = known.place_of(code)
        days = pd.DatetimeIndex(list(target_days))
        if days.min() <= day:
            raise InputError(f"{code}: expected target days after {day:%Y-%m-%d}, the last count")
        ahead = (days - day).days.to_numpy(dtype="float64") / 365.25
        logs, cases = _interpolate(known, now, place, ahead, levels, pooling, pool_until)
        cap = max(float(known.most_possible()[place]), value)
        rows = {"method": pooling.name, "origin": code, "counted_to": day, "target_day": days,
                "last": np.full(len(days), value),
                "most_possible": np.full(len(days), cap)}  # fmt: skip
        made = make_frame(rows, logs, levels)
        frames.append(
            made.assign(
                held=[_find_held(row, cap, levels) for row in made[list(levels)].to_numpy()],
                state=STATES[int(find_state(now.growth)[0])],
                cases=cases,
            )
        )
    table = pd.concat(frames, ignore_index=True)
    said = [
        "" if np.isnan(held) else f"From the level {held:g} on the range ends at {cap:,.0f}, all "
        "who could leave: some crises of the past grew by a factor that leads beyond."
        for held, cap in zip(table["held"], table["most_possible"], strict=True)
    ]  # fmt: skip
    return table.assign(reason=pd.Series(said, index=table.index, dtype="str"))


def find_start(
    known: History, counts: pd.DataFrame, origin: str
) -> tuple[pd.Timestamp, float, Traits]:
    """Return the day, the people and the traits (shape (1,)) of the newest count of an origin."""
    place = known.place_of(origin)
    ends = pd.to_datetime([f"{year}-12-31" for year in known.years])
    newer = counts[(counts["origin"] == origin) & (pd.to_datetime(counts["counted_to"]) > ends[-1])]
    if newer.empty:
        return ends[-1], float(known.people[-1, place]), describe(known).take((-1, [place]))
    row = newer.assign(counted_to=pd.to_datetime(newer["counted_to"])).sort_values(
        "counted_to", kind="stable"
    )
    day, value = row["counted_to"].iloc[-1], float(row["value"].iloc[-1])
    at = (ends - day).days.to_numpy(dtype="float64") / 365.25
    path = np.append(to_log(known.people[:, place]), to_log(value))
    now, before, earlier = np.interp([0.0, -1.0, -2.0], np.append(at, 0.0), path)
    growth, previous = np.clip([now - before, before - earlier], -_MOST_GROWTH, _MOST_GROWTH)
    share = now - to_log(known.last_population[-1, place])
    traits = (now, growth, previous, share, known.asylum[-1, place])
    return day, value, Traits(*(np.array([float(trait)]) for trait in traits))


def _interpolate(
    known: History,
    now: Traits,
    place: int,
    ahead: Floats,
    levels: Sequence[float],
    pooling: Pooling,
    pool_until: int | None,
) -> tuple[Floats, int]:
    """Quantiles of log growth, shape (targets, levels), and the cases of the first horizon."""
    whole, cases = {}, 0
    for years in sorted({max(1, int(end(step))) for step in ahead for end in (np.floor, np.ceil)}):
        pool = _collect(known, years, pooling.smallest, pool_until)
        whole[years] = _find_growth(pool, now, [place], [*levels, 0.5], pooling)[0]
        cases = cases or int(_count_cases(pool, now)[0])
    logs = []
    for step in ahead:
        low = max(1, int(np.floor(step)))
        first = whole[low]
        if step < 1:
            row = step * first[-1] + np.sqrt(step) * (first - first[-1])
        else:
            row = first + (step - low) * (whole[int(np.ceil(step))] - first)
        logs.append(row[:-1])
    return np.asarray(logs), cases


def _find_held(row: Floats, cap: float, levels: Sequence[float]) -> float:
    held = [level for level, value in zip(levels, row, strict=True) if value >= cap]
    return min(held, default=float("nan"))


def _refuse_onset(origin: str, people: float, when: str) -> None:
    if people < 1:
        raise InputError(
            f"{origin}: nobody was abroad at {when}; the onset of a crisis cannot be projected"
        )


def _collect(known: History, horizon: int, smallest: int, until: int | None) -> Pool:
    last = int(known.years[-1])
    pooled = known if until is None else known.until(min(until, last))
    pool = collect_pool(pooled, horizon, smallest)
    if not pool.outcome.size:
        raise InputError(f"{horizon} years: no outcome was known by the end of {last}")
    return pool


def _find_growth(
    pool: Pool, now: Traits, places: Sequence[int], levels: Sequence[float], pooling: Pooling
) -> Floats:
    """Quantiles of log growth over the pool's horizon, shape (origins, levels)."""
    weights = weigh_cases(now, places, pool, pooling)
    found = [_find_quantiles(pool.outcome, row, levels) for row in weights]
    return np.reshape(found, (len(places), len(levels)))


def _count_cases(pool: Pool, now: Traits) -> NDArray[np.int64]:
    states = np.bincount(find_state(pool.traits.growth).astype(int), minlength=len(STATES))
    return np.asarray(states[find_state(now.growth).astype(int)])


def name_rows(method: str, known: History, places: Sequence[int], horizon: int) -> dict[str, Any]:
    """Return the columns of projections of some origins from the last year of a history."""
    number = len(places)
    return {
        "method": [method] * number,
        "origin": [known.origins[place] for place in places],
        "cut_off": np.full(number, known.years[-1]),
        "horizon": np.full(number, horizon),
        "last": known.people[-1][places],
        "most_possible": known.most_possible()[places],
    }


def make_frame(rows: Mapping[str, Any], logs: Floats, levels: Sequence[float]) -> pd.DataFrame:
    """People at each level: the start times the growth, never above what is possible."""
    values = np.minimum(rows["last"][:, None] * np.exp(logs), rows["most_possible"][:, None])
    of_levels: dict[Any, Any] = dict(zip(levels, values.T, strict=True))
    return pd.DataFrame(dict(rows) | of_levels)


PERSISTENCE = "persistence"
CONFORMAL = "persistence, conformal intervals"


def project_persistence(
    history: History,
    cut_off: int,
    horizon: int,
    *,
    conformal: bool = False,
    levels: Sequence[float] = LEVELS,
    smallest: int = 10_000,
) -> pd.DataFrame:
    """Return last year's count as every quantile, or with the range that past errors needed.

    Split conformal prediction (Lei et al. 2018): the central interval of 1 - alpha reaches as
    far to either side, on the log scale, as the ceil((n + 1) (1 - alpha))-th smallest of the
    n absolute errors that persistence had made, over all origins of that size, by the
    cut-off. Columns as `project_annual`, without `state` and `cases`.
    """
    known = history.until(cut_off)
    shifts = find_shifts(known, horizon, levels, smallest) if conformal else np.zeros(len(levels))
    places = list_origins(known, smallest)
    rows = name_rows(CONFORMAL if conformal else PERSISTENCE, known, places, horizon)
    return make_frame(rows, np.tile(shifts, (len(places), 1)), levels)


def find_shifts(known: History, horizon: int, levels: Sequence[float], smallest: int) -> Floats:
    """Return how far each level lies from the middle, by the errors of the past (log scale)."""
    pool = _collect(known, horizon, smallest, None)
    errors = np.sort(np.abs(pool.outcome))
    inside = np.abs(2.0 * np.asarray(levels) - 1.0)
    rank = np.ceil((errors.size + 1) * inside - 1e-9).astype(int)
    reach = np.where(rank > 0, errors[np.clip(rank, 1, errors.size) - 1], 0.0)
    return np.asarray(np.sign(np.asarray(levels) - 0.5) * reach)


def tabulate_cases(
    history: History,
    origin: str,
    cut_off: int,
    horizon: int,
    *,
    pooling: Pooling = SIMILAR,
    counts: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the past crisis-years behind a projection, those that count most first.

    With `counts`, behind one of `project_from_counts`, else behind one of `project_annual`. One
    row a case: `origin`, `year`, `people` then, `growth` (percent, over the year before),
    `same_state` (whether it grew like the country does now), `later` (people `horizon` years
    later), `ratio` (later over then), `weight` (shares of 1).
    """
    known = history.until(cut_off)
    place = known.place_of(origin)
    pool = collect_pool(known, horizon, pooling.smallest)
    _, _, now = find_start(known, _NO_COUNTS if counts is None else counts, origin)
    weights = weigh_cases(now, [place], pool, pooling)[0]
    past, state = pool.traits, find_state(now.growth)[0]
    frame = pd.DataFrame(
        {
            "origin": [known.origins[int(at)] for at in pool.origin],
            "year": pool.year.astype(int),
            "people": np.exp(past.size).round(),
            "growth": 100.0 * np.expm1(past.growth),
            "same_state": find_state(past.growth) == state,
            "later": np.exp(past.size + pool.outcome).round(),
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

    The state; what followed in all past cases of that state; what counts most.
    """
    known = history.until(cut_off)
    place = known.place_of(origin)
    last, growth = known.people[-1][place], known.growth()[-1][place]
    state = STATES[int(find_state(np.asarray([growth]))[0])]
    cases = tabulate_cases(history, origin, cut_off, horizon, pooling=pooling)
    same = cases[cases["same_state"]]
    before = known.people[-2][place]
    change = f"{100 * np.expm1(growth):+,.0f}% over the year" if before >= 1 else "none a year ago"
    counted = f"{last:,.0f} {known.measure} from {name_country(origin)}"
    sentences = [f"At the end of {cut_off} {counted} were abroad ({change})."]
    if same.empty:
        sentences.append(
            f"No crisis-year of the past that {state} has an outcome known by then: the "
            "projection rests on those nearest in growth."
        )
    else:
        sentences.append(
            f"Of {len(same):,} past crisis-years that {state} ({pooling.smallest:,} people or "
            f"more, outcome known by {cut_off}), {say_what_followed(same, horizon)}."
        )
    own = float(cases.loc[cases["origin"] == origin, "weight"].sum())
    effective = 1.0 / float((cases["weight"] ** 2).sum())
    sentences.append(
        f"Recent cases count more (half after {pooling.half_life:g} years)"
        + (
            f", as do crises that displaced a similar share of the people and the country's own "
            f"past, which has {own:.0%} of the weight"
            if np.isfinite(pooling.share_factor)
            else ""
        )
        + f"; together they count like {effective:.0f} cases of equal weight. "
        f"Those that count most: {name_first(cases)}."
    )
    cap = known.most_possible()[place]
    if np.isfinite(cap):
        sentences.append(f"No value may exceed {cap:,.0f}: the population and those abroad.")
    return sentences


def say_what_followed(cases: pd.DataFrame, horizon: int) -> str:
    """Return how many cases of `tabulate_cases` grew, and how far, so many years later."""
    low, high = np.quantile(cases["ratio"], [0.1, 0.9])
    grew = 100.0 * float((cases["ratio"] > 1).mean())
    years = "a year" if horizon == 1 else f"{horizon} years"
    return (
        f"{grew:.0f}% had more people abroad {years} later; the middle 80% ended at "
        f"{_say_ratio(low)} to {_say_ratio(high)} times their count"
    )


def name_first(cases: pd.DataFrame) -> str:
    """Return the three cases of `tabulate_cases` that count most: "Syria 2013 (times 1.6)"."""
    return "; ".join(
        f"{name_country(row['origin'])} {row['year']} (times {_say_ratio(row['ratio'])})"
        for row in cases.head(3).to_dict("records")
    )


def _say_ratio(ratio: float) -> str:
    """Return a ratio with two digits that count, never as computers write 120: "1.2e+02"."""
    return f"{ratio:.2g}" if ratio < 99.5 else f"{float(f'{ratio:.2g}'):,.0f}"


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
