"""Backtests: the projections that could have been made in the past, scored against what came.

One is annual and covers every country of origin; the other is daily and covers one crisis,
replayed on its figures as they were published each day.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from analysis.claims.days import format_day
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
    REFUGEES_BY_ORIGIN,
    build_refugees_by_origin,
    last_year_known,
)
from analysis.refugees.population import tabulate_population
from analysis.refugees.running_totals import DAILY
from analysis.refugees.table import tabulate_refugees
from analysis.tables import parse_day, read_claims

#: Targets after this year are not scored: then 1.44 million people were moved to "unknown origin".
LAST_TARGET = 2024
_FIRST_CUT_OFF = 2000
#: So many years before the first cut-off there must be counts: the furthest horizon, and
#: two for the growth of two years.
_PAST = 12

#: The days of the daily backtest, and how far it looks ahead.
_FIRST_DAY, _LAST_DAY, _FURTHEST = "2022-03-06", "2022-04-30", 30

#: Where the published files lie in a folder of one's own.
ANNUAL_FILE = Path("unhcr-annual") / "population.csv.gz"
DAILY_FILE = Path("unhcr-ocha-vintages") / "unhcr_series_vintages.csv.gz"

_SOURCE = ["publisher", "published_on"]


def tabulate_backtest_annual(
    data: str | Path = "", as_of: str | date = "2026-12-31", *, folder: str = ""
) -> pd.DataFrame:
    """Return the scores of the annual projections by method, size of the crisis and horizon.

    Parameters
    ----------
    data : str or Path
        The folder of the casebook; "" is the project's own.
    as_of : str or datetime.date
        The day of the replay: later years than UNHCR had published by then are not scored.
        The values are those of the release in the casebook.
    folder : str
        A folder with unhcr-annual/population.csv.gz and population/ (World Bank), to be used
        instead of the casebook's table.

    Returns
    -------
    pandas.DataFrame
        `method`, `origins` (10,000 or more, 100,000 or more people at the cut-off),
        `horizon` (years), `projections` (how many), `log_wis`, `wis` and `pinball` (people),
        `coverage_80`, `coverage_95` (percent), `median_error`, `mean_error` (percent),
        `width_80` (high over low end), `target`, `stretch` (log-WIS), `publisher`,
        `published_on`; empty where nothing could be scored by the day.
    """
    counts = _read_counts(data, folder)
    last_target = min(last_year_known(parse_day(as_of)), LAST_TARGET)
    years = set(counts["year"])
    # A table that begins late has no past to pool at the first cut-offs.
    covered = {_FIRST_CUT_OFF - _PAST, _FIRST_CUT_OFF} <= years
    last_target = min(last_target, max(years, default=0))
    if not covered or last_target <= _FIRST_CUT_OFF:
        return _no_scores(["method", "origins", "horizon"], ["target", "stretch"])
    history = build_history(counts[counts["year"] <= last_target])
    projections = project_all(history, last_target=last_target)
    scores = tabulate_backtest(projections).drop(columns=["ratio_to_library"])
    return scores.assign(**{name: counts[name].iloc[-1] for name in _SOURCE})


def tabulate_backtest_daily(
    data: str | Path = "", as_of: str | date = "2026-12-31", *, folder: str = ""
) -> pd.DataFrame:
    """Return the scores of the daily projections by data, method, start and horizon.

    Parameters
    ----------
    data, as_of
        As in `tabulate_backtest_annual`; only figures published by the day are used, to
        project and to score.
    folder : str
        A folder with unhcr-ocha-vintages/unhcr_series_vintages.csv.gz.

    Returns
    -------
    pandas.DataFrame
        `data` (as published, final figures), `counted_from` (last day counted, day known),
        `method`, `horizon` (days), the scores of `tabulate_backtest_annual`, `target_wis`
        (people), `target_error` (percent), `publisher`, `published_on`; empty where nothing
        could be scored by the day.
    """
    flows = _read_flows(data, as_of, folder)
    days = _find_days(flows)
    if not len(days):
        keys = ["data", "counted_from", "method", "horizon"]
        return _no_scores(keys, ["target_wis", "target_error"])
    figures = tabulate_population(data, as_of, known_only=True)
    people = figures["best"].dropna()
    population = float(people.max()) if len(people) else float("inf")
    projections = replay(flows, days=list(days), population=population)
    scores = tabulate_daily_backtest(projections)
    return scores.assign(publisher="UNHCR", published_on=flows["published_on"].max())


def tabulate_logistic_curve(
    data: str | Path = "", as_of: str | date = "2026-12-31", *, folder: str = ""
) -> pd.DataFrame:
    """Return where a logistic curve saw the end of the first wave, and when it was passed.

    Returns
    -------
    pandas.DataFrame
        See `analysis.forecasting.show_logistic_failing`: days fitted, ceilings (people),
        the day each was passed, and the error a month on (percent).
    """
    flows = _read_flows(data, as_of, folder)
    days = ["2022-03-13", "2022-03-20", "2022-03-27", "2022-04-03", "2022-04-17"]
    first = flows["published_on"].min() if len(flows) else pd.NaT
    known = [day for day in days if pd.Timestamp(day) >= first]
    columns = ["as_of", "last", "ceiling", "passed_on", "target_day", "value", "observed", "error"]
    scored = parse_day(as_of) >= pd.Timestamp(days[-1]) + pd.Timedelta(days=_FURTHEST)
    if not known or not scored:
        return pd.DataFrame(columns=columns)
    return show_logistic_failing(flows, known)


def _no_scores(keys: list[str], targets: list[str]) -> pd.DataFrame:
    numbers = ["projections", "log_wis", "wis", "pinball", "coverage_80", "coverage_95"]
    numbers += ["median_error", "mean_error", "width_80"]
    table = pd.DataFrame({name: pd.Series(dtype="float64") for name in [*keys, *numbers, *targets]})
    return table.assign(
        publisher=pd.Series(dtype="str"), published_on=pd.Series(dtype="datetime64[ns]")
    )


def _read_counts(data: str | Path, folder: str) -> pd.DataFrame:
    if not folder:
        return read_claims(REFUGEES_BY_ORIGIN, data)
    require_file(folder, "annual")
    counts = build_refugees_by_origin(folder)
    # The day of a release stands in its own folder, if anywhere; the file's years say enough.
    end = pd.Timestamp(year=int(counts["year"].max()), month=12, day=31)
    return counts.assign(publisher="UNHCR, your own files", published_on=end)


def _read_flows(data: str | Path, as_of: str | date, folder: str) -> pd.DataFrame:
    day = parse_day(as_of)
    if folder:
        flows = read_published_flows(require_file(folder, "daily"))
        return flows[flows["published_on"] <= day].reset_index(drop=True)
    claims = tabulate_refugees(data, as_of)
    return flows_of_claims(claims[(claims["measure"] == DAILY) & (claims["asylum"] == "all")])


def require_file(folder: str, kind: str) -> Path:
    """Return the published file that a backtest ("annual" or "daily") needs of one's own folder.

    Raises
    ------
    ValueError
        The folder has no such file.
    """
    file = {"annual": ANNUAL_FILE, "daily": DAILY_FILE}[kind]
    path = Path(folder).expanduser() / file
    if not path.is_file():
        raise ValueError(f"{folder}: expected a folder of published files with {file.as_posix()}")
    return path


def _find_days(flows: pd.DataFrame) -> pd.DatetimeIndex:
    """Return the as-of days for which what came was known at every horizon."""
    if flows.empty:
        return pd.DatetimeIndex([])
    last = flows_known_on(flows, flows["published_on"].max()).index[-1]
    end = min(pd.Timestamp(_LAST_DAY), last - pd.Timedelta(days=_FURTHEST))
    days = pd.date_range(max(pd.Timestamp(_FIRST_DAY), flows["published_on"].min()), end)
    return pd.DatetimeIndex(days)


def say_log_scores(scores: pd.DataFrame) -> pd.DataFrame:
    """Return scores with log-WIS and its targets as text of three decimals, where they differ."""
    columns = ["log_wis", "target", "stretch"]
    said = {
        name: [None if pd.isna(value) else f"{value:.3f}" for value in scores[name]]
        for name in columns
    }
    return scores.assign(
        **{k: pd.Series(v, index=scores.index, dtype="str") for k, v in said.items()}
    )


def write_backtest_annual(scores: pd.DataFrame) -> list[str]:
    """Return sentences on the scores of `tabulate_backtest_annual`, the default method first."""
    told = []
    every = scores[scores["origins"] == "10,000 or more"]
    for method, rows in every.groupby("method", sort=False):
        by_horizon = [
            f"{row['log_wis']:.3f} at {row['horizon']:.0f} y" for row in rows.to_dict("records")
        ]
        line = f"{str(method).capitalize()}: log-WIS {', '.join(by_horizon)}"
        if rows["width_80"].max() > 1:
            held = [f"{value:.0f}" for value in rows["coverage_80"]]
            line += f"; 80% intervals held {', '.join(held)}% of outcomes"
        told.append(f"{line}.")
    if len(every):
        number = int(every[every["method"] == every["method"].iloc[0]]["projections"].sum())
        told.append(
            f"{number:,} projections a method were scored, on the counts published on "
            f"{format_day(every['published_on'].iloc[0])}."
        )
    return told
