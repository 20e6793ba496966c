"""Backtests: the projections that could have been made in the past, scored against what came.

One is annual and covers every country of origin; the other is daily and covers one crisis,
replayed on its figures as they were published each day.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.claims.days import format_day
from analysis.claims.prose import capitalise
from analysis.forecasting import (
    build_history,
    flows_known_on,
    flows_of_claims,
    project_all,
    read_published_flows,
    replay,
    show_logistic_failing,
    tabulate_backtest,
    tabulate_daily_backtest,
)
from analysis.refugees.by_origin import (
    build_refugees_by_origin,
    last_year_known,
    read_year_ends,
)
from analysis.refugees.population import read_population
from analysis.refugees.table import DAILY, read_refugees
from analysis.tables import InputError
from analysis.tables.known import Known
from analysis.tables.scope import ALL

#: The methods in plain words.
METHODS = {
    "pooled by similar crises": "what followed in similar crises",
    "pooled by growth state": "what followed in crises that grew alike",
    "persistence": "no change",
    "persistence, conformal intervals": "no change, with past errors as its range",
    "damped-trend smoothing of the running total": "the pace of the last days, fading",
    "last value": "no change",
}

#: The backtests there are.
KINDS = {"annual": "any country of origin, by year", "daily": "one crisis, by day"}

#: Targets after this year are not scored: then 1.44 million people were moved to "unknown origin".
LAST_TARGET = 2024
_FIRST_CUT_OFF = 2000
#: So many years before the first cut-off there must be counts: the furthest horizon, and
#: two for the growth of two years.
_PAST = 12

#: With fewer countries than this there is no pool of past crises, and nothing to score.
_FEWEST_ORIGINS = 20

#: So many days of the daily backtest, from the tenth day counted on, and how far it looks ahead.
_MOST_DAYS, _FIRST_DAYS, _FURTHEST = 56, 10, 30

#: The days on which a logistic curve is fitted, counted from the first day of the backtest.
_FITTED = (7, 14, 21, 28, 42)

#: Where the published files lie in a folder of one's own.
FILES = {
    "annual": Path("unhcr-annual") / "population.csv.gz",
    "daily": Path("unhcr-ocha-vintages") / "unhcr_series_vintages.csv.gz",
}

_SOURCE = ["publisher", "published_on"]


def score_annual(known: Known, folder: str = "") -> pd.DataFrame:
    """Return the scores of the annual projections; see `Projections.backtest`."""
    counts = _read_counts(known, folder)
    last_target = min(last_year_known(known.day), LAST_TARGET)
    years = set(counts["year"])
    # A table that begins late has no past to pool at the first cut-offs.
    covered = {_FIRST_CUT_OFF - _PAST, _FIRST_CUT_OFF} <= years
    covered = covered and counts["origin"].nunique() >= _FEWEST_ORIGINS
    last_target = min(last_target, max(years, default=0))
    if not covered or last_target <= _FIRST_CUT_OFF:
        return _no_scores(["method", "origins", "horizon"], ["target", "stretch"])
    history = build_history(counts[counts["year"] <= last_target])
    scores = tabulate_backtest(project_all(history, last_target=last_target))
    return scores.assign(**{name: counts[name].iloc[-1] for name in _SOURCE})


def score_daily(known: Known, origin: str, folder: str = "") -> pd.DataFrame:
    """Return the scores of the daily projections; see `Projections.backtest`."""
    flows = _read_flows(known, origin, folder)
    days = _find_days(flows)
    if not len(days):
        keys = ["data", "counted_from", "method", "horizon"]
        return _no_scores(keys, ["target_wis", "target_error"])
    people = read_population(known, origin, known_only=True)["best"].dropna()
    population = float(people.max()) if len(people) else float("inf")
    projections = replay(flows, list(days), population=population)
    scores = tabulate_daily_backtest(projections)
    return scores.assign(publisher="UNHCR", published_on=flows["published_on"].max())


def show_logistic_curve(known: Known, origin: str, folder: str = "") -> pd.DataFrame:
    """Return where a logistic curve saw the end of a first wave; see `Projections`."""
    flows = _read_flows(known, origin, folder)
    columns = ["as_of", "last", "ceiling", "passed_on", "target_day", "value", "observed", "error"]
    first = _find_first_day(flows)
    if first is None:
        return pd.DataFrame(columns=columns)
    fitted = [first + pd.Timedelta(days=number) for number in _FITTED]
    if known.day < fitted[-1] + pd.Timedelta(days=_FURTHEST):
        return pd.DataFrame(columns=columns)
    return show_logistic_failing(flows, fitted)


def require_file(folder: str, kind: str) -> Path:
    """Return the published file of a folder that a backtest of a kind needs; refuse others."""
    path = Path(folder).expanduser() / FILES[kind]
    if path.is_file():
        return path
    raise InputError(
        f"{folder}: expected a folder of published files with {FILES[kind].as_posix()}"
    )


def write_backtest(scores: pd.DataFrame) -> list[str]:
    """Return sentences on annual scores, the default method first; [] without any.

    Parameters
    ----------
    scores : pandas.DataFrame
        Rows of `book.projections.backtest("annual")`.
    """
    told = []
    every = scores[scores["origins"] == "10,000 or more"] if "origins" in scores else scores[:0]
    for method, rows in every.groupby("method", sort=False):
        by_horizon = [
            f"{row['log_wis']:.3f} at {row['horizon']:.0f} y" for row in rows.to_dict("records")
        ]
        line = f"{capitalise(METHODS.get(str(method), str(method)))}: score {', '.join(by_horizon)}"
        if rows["width_80"].max() > 1:
            held = [f"{value:.0f}" for value in rows["coverage_80"]]
            line += f"; 80% ranges held {', '.join(held)}% of outcomes"
        told.append(f"{line}.")
    if len(every):
        number = int(every[every["method"] == every["method"].iloc[0]]["projections"].sum())
        told.append(
            f"{number:,} projections a method were scored, on the counts published on "
            f"{format_day(every['published_on'].iloc[0])}. A score of 0.1 is about 10% off."
        )
    return told


def _find_first_day(flows: pd.DataFrame) -> pd.Timestamp | None:
    """Return the first day on which ten days of figures were known, None where there is none."""
    if flows.empty:
        return None
    for day in sorted(flows["published_on"].unique()):
        if flows.loc[flows["published_on"] <= day, "as_of"].nunique() >= _FIRST_DAYS:
            return pd.Timestamp(day)
    return None


def _find_days(flows: pd.DataFrame) -> pd.DatetimeIndex:
    """Return the as-of days for which what came was known at every horizon."""
    first = _find_first_day(flows)
    if first is None:
        return pd.DatetimeIndex([])
    last = flows_known_on(flows, flows["published_on"].max()).index[-1]
    end = min(first + pd.Timedelta(days=_MOST_DAYS - 1), last - pd.Timedelta(days=_FURTHEST))
    return pd.DatetimeIndex(pd.date_range(first, end))


def _read_counts(known: Known, folder: str) -> pd.DataFrame:
    if not folder:
        return read_year_ends(known, last_release=True)
    require_file(folder, "annual")
    counts = build_refugees_by_origin(folder)
    # The day of a release stands in its own folder, if anywhere; the file's years say enough.
    end = pd.Timestamp(year=int(counts["year"].max()), month=12, day=31)
    return counts.assign(publisher="UNHCR, your own files", published_on=end)


def _read_flows(known: Known, origin: str, folder: str) -> pd.DataFrame:
    if folder:
        flows = read_published_flows(require_file(folder, "daily"))
        return flows[flows["published_on"] <= known.day].reset_index(drop=True)
    claims = read_refugees(known, origin)
    daily = claims[(claims["measure"] == DAILY) & (claims["asylum"] == ALL)]
    daily = daily[daily["claimant"] == daily["claimant"].iloc[0]] if len(daily) else daily
    return flows_of_claims(daily)


def _no_scores(keys: list[str], targets: list[str]) -> pd.DataFrame:
    numbers = ["projections", "log_wis", "wis", "pinball", "coverage_80", "coverage_95"]
    numbers += ["median_error", "mean_error", "width_80"]
    table = pd.DataFrame({name: pd.Series(dtype="float64") for name in [*keys, *numbers, *targets]})
    return table.assign(
        publisher=pd.Series(dtype="str"), published_on=pd.Series(dtype="datetime64[us]")
    )
