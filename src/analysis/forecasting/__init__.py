"""Projections of our own, and their backtests: counts come in, quantiles and scores go out.

May import pandas, numpy, scipy, `analysis.bounds` and `analysis.tables`; no subject, no chart.

`annual` projects counts of any country of origin from what followed in past crises, from the
end of a year or from any newer count (`history` holds the year-ends); `daily` projects the
running total of one crisis. `frames` puts either into one frame of a row a quantile and writes
down what is to come; `scores` scores them, `backtests` replay the past.
"""

from analysis.forecasting.annual import (
    BY_STATE,
    SIMILAR,
    explain_annual,
    name_first,
    say_what_followed,
    tabulate_cases,
)
from analysis.forecasting.backtests import (
    project_all,
    replay,
    show_logistic_failing,
    tabulate_backtest,
    tabulate_daily_backtest,
)
from analysis.forecasting.daily import flows_known_on, flows_of_claims, read_published_flows
from analysis.forecasting.frames import (
    DAILY_LIMITS,
    LIMITS,
    make_daily_projection,
    make_projection_from_counts,
    preregister,
)
from analysis.forecasting.history import MEASURES, History, build_history
from analysis.forecasting.scores import FAN_LEVELS, LEVELS

__all__ = [
    "BY_STATE",
    "DAILY_LIMITS",
    "FAN_LEVELS",
    "LEVELS",
    "LIMITS",
    "MEASURES",
    "SIMILAR",
    "History",
    "build_history",
    "explain_annual",
    "flows_known_on",
    "flows_of_claims",
    "make_daily_projection",
    "make_projection_from_counts",
    "name_first",
    "preregister",
    "project_all",
    "read_published_flows",
    "replay",
    "say_what_followed",
    "show_logistic_failing",
    "tabulate_backtest",
    "tabulate_cases",
    "tabulate_daily_backtest",
]


def __dir__() -> list[str]:
    return __all__
