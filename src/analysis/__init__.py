"""Contested figures of a crisis: one claim a row, in the words of whoever made it.

Begin with `open_casebook`; what else there is stands in `__all__`, and is imported when it is
first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.actions.charts import chart_action_totals as chart_action_totals
    from analysis.actions.charts import (
        chart_sanctions_and_company_actions as chart_sanctions_and_company_actions,
    )
    from analysis.actions.charts import write_actions as write_actions
    from analysis.bounds import read_wording as read_wording
    from analysis.casebook.book import Casebook as Casebook
    from analysis.casebook.book import open_casebook as open_casebook
    from analysis.casebook.changes import write_changes as write_changes
    from analysis.casebook.headlines import write_contested as write_contested
    from analysis.casebook.headlines import write_disagreements as write_disagreements
    from analysis.casebook.headlines import write_news as write_news
    from analysis.casebook.headlines import write_old as write_old
    from analysis.casebook.revisions import write_revisions as write_revisions
    from analysis.casualties.charts import chart_casualties_by_source as chart_casualties_by_source
    from analysis.casualties.charts import chart_casualties_over_time as chart_casualties_over_time
    from analysis.casualties.charts import (
        chart_military_losses_by_claimant as chart_military_losses_by_claimant,
    )
    from analysis.claims.days import format_day as format_day
    from analysis.claims.prose import write_sentences as write_sentences
    from analysis.claims.prose import write_statements as write_statements
    from analysis.display import show as show
    from analysis.display import show_headlines as show_headlines
    from analysis.display import show_list as show_list
    from analysis.display import show_table as show_table
    from analysis.display import show_text as show_text
    from analysis.projections.backtests import write_backtest as write_backtest
    from analysis.projections.charts import chart_backtest as chart_backtest
    from analysis.projections.charts import chart_backtest_coverage as chart_backtest_coverage
    from analysis.projections.charts import chart_projections_passed as chart_projections_passed
    from analysis.projections.charts import (
        chart_projections_scorecard as chart_projections_scorecard,
    )
    from analysis.projections.charts import chart_refugee_projection as chart_refugee_projection
    from analysis.projections.charts import write_refugee_projection as write_refugee_projection
    from analysis.projections.scorecard import (
        write_projections_scorecard as write_projections_scorecard,
    )
    from analysis.refugees.charts import chart_displaced_by_source as chart_displaced_by_source
    from analysis.refugees.charts import chart_displaced_over_time as chart_displaced_over_time
    from analysis.refugees.charts import chart_refugees_by_country as chart_refugees_by_country
    from analysis.refugees.charts import chart_refugees_over_time as chart_refugees_over_time
    from analysis.refugees.charts import (
        chart_revisions_of_running_total as chart_revisions_of_running_total,
    )
    from analysis.refugees.population_charts import (
        chart_refugees_against_population as chart_refugees_against_population,
    )
    from analysis.refugees.population_charts import (
        chart_refugees_per_thousand as chart_refugees_per_thousand,
    )
    from analysis.refugees.population_charts import (
        chart_refugees_per_thousand_of_host as chart_refugees_per_thousand_of_host,
    )
    from analysis.refugees.shares import write_shares as write_shares
    from analysis.statements.charts import chart_contested_statements as chart_contested_statements
    from analysis.votes.charts import chart_vote_on_resolution as chart_vote_on_resolution
    from analysis.votes.charts import chart_vote_totals as chart_vote_totals
    from analysis.votes.charts import write_answers as write_answers

#: The public names, in the order a person needs them, and the module that holds each.
_PLACES = {
    "open_casebook": "casebook.book",
    "Casebook": "casebook.book",
    "chart_casualties_by_source": "casualties.charts",
    "chart_casualties_over_time": "casualties.charts",
    "chart_military_losses_by_claimant": "casualties.charts",
    "chart_refugees_over_time": "refugees.charts",
    "chart_refugees_by_country": "refugees.charts",
    "chart_refugees_per_thousand_of_host": "refugees.population_charts",
    "chart_refugees_against_population": "refugees.population_charts",
    "chart_refugees_per_thousand": "refugees.population_charts",
    "chart_revisions_of_running_total": "refugees.charts",
    "chart_displaced_by_source": "refugees.charts",
    "chart_displaced_over_time": "refugees.charts",
    "chart_projections_scorecard": "projections.charts",
    "chart_projections_passed": "projections.charts",
    "chart_refugee_projection": "projections.charts",
    "chart_backtest": "projections.charts",
    "chart_backtest_coverage": "projections.charts",
    "chart_vote_on_resolution": "votes.charts",
    "chart_vote_totals": "votes.charts",
    "chart_sanctions_and_company_actions": "actions.charts",
    "chart_action_totals": "actions.charts",
    "chart_contested_statements": "statements.charts",
    "format_day": "claims.days",
    "write_sentences": "claims.prose",
    "write_statements": "claims.prose",
    "write_actions": "actions.charts",
    "write_answers": "votes.charts",
    "write_changes": "casebook.changes",
    "write_contested": "casebook.headlines",
    "write_disagreements": "casebook.headlines",
    "write_news": "casebook.headlines",
    "write_old": "casebook.headlines",
    "write_revisions": "casebook.revisions",
    "write_shares": "refugees.shares",
    "write_projections_scorecard": "projections.scorecard",
    "write_refugee_projection": "projections.charts",
    "write_backtest": "projections.backtests",
    "show": "display",
    "show_headlines": "display",
    "show_list": "display",
    "show_table": "display",
    "show_text": "display",
    "read_wording": "bounds",
}

__all__ = list(_PLACES)


def __getattr__(name: str) -> object:
    if name in _PLACES:
        return getattr(import_module(f"analysis.{_PLACES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
