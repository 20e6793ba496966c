"""Projections of our own, and their backtests: counts come in, quantiles and scores go out.

May import pandas, numpy, scipy, statsmodels, `analysis.bounds`, `analysis.tables` and
`analysis.tables.countries`; no subject and no chart.

`annual` projects year-end counts of any country of origin from what followed in past crises
(`history` holds the counts, `annual_explained` says what a projection rests on); `daily`
projects the running total of one crisis (`daily_series` holds what was known when). `making`
puts either into the frame of `projection_frame`; `scoring` and `score_table` score them,
`backtest_annual` and `backtest_daily` replay the past, `preregistration` writes down what
is to come.
"""

from analysis.forecasting.annual import BY_STATE, SIMILAR, Pooling, project_annual
from analysis.forecasting.annual_explained import explain_annual, tabulate_cases
from analysis.forecasting.backtest_annual import project_all, tabulate_backtest
from analysis.forecasting.backtest_daily import (
    replay,
    show_logistic_failing,
    tabulate_daily_backtest,
)
from analysis.forecasting.daily import project_daily
from analysis.forecasting.daily_series import (
    flows_known_on,
    flows_of_claims,
    read_published_flows,
)
from analysis.forecasting.history import MEASURES, History, build_history
from analysis.forecasting.making import make_annual_projection, make_daily_projection
from analysis.forecasting.preregistration import preregister
from analysis.forecasting.projection_frame import COLUMNS, DAILY_LIMITS, LIMITS
from analysis.forecasting.scoring import (
    FAN_LEVELS,
    HUB_LEVELS,
    LEVELS,
    weighted_interval_score,
)

__all__ = [
    "BY_STATE",
    "COLUMNS",
    "DAILY_LIMITS",
    "FAN_LEVELS",
    "HUB_LEVELS",
    "LEVELS",
    "LIMITS",
    "MEASURES",
    "SIMILAR",
    "History",
    "Pooling",
    "build_history",
    "explain_annual",
    "flows_known_on",
    "flows_of_claims",
    "make_annual_projection",
    "make_daily_projection",
    "preregister",
    "project_all",
    "project_annual",
    "project_daily",
    "read_published_flows",
    "replay",
    "show_logistic_failing",
    "tabulate_backtest",
    "tabulate_cases",
    "tabulate_daily_backtest",
    "weighted_interval_score",
]


def __dir__() -> list[str]:
    return __all__
