"""The list of what there is: tables, subjects, charts, and what each can be exported as.

It is written down here, and nothing looks through folders for its parts. A module is
imported when somebody first asks for what it holds.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, cast

from analysis.tables import REFERENCES, Table

#: The tables of a casebook that claims do not point to, and the module and name of each.
_TABLES = {
    "casualties": "casualties.table:CASUALTIES",
    "refugees": "refugees.table:REFUGEES",
    "displaced": "refugees.displaced:DISPLACED",
    "population": "refugees.population:POPULATION",
    "refugees_by_origin": "refugees.by_origin:REFUGEES_BY_ORIGIN",
    "projections": "projections.table:PROJECTIONS",
    "preregistration_2026": "refugees.by_origin:PREREGISTRATION",
    "votes": "votes.table:VOTES",
    "vote_totals": "votes.table:VOTE_TOTALS",
    "actions": "actions.table:ACTIONS",
    "action_totals": "actions.table:ACTION_TOTALS",
    "places": "statements.table:PLACES",
    "talks": "statements.table:TALKS",
    "breaks": "claims.breaks:BREAKS",
    "exceptions": "casebook.consistency:EXCEPTIONS",
}

#: The subjects of a casebook: the name of the attribute, and the class behind it.
SUBJECTS = {
    "casualties": "casualties:Casualties",
    "refugees": "refugees:Refugees",
    "projections": "projections:Projections",
    "votes": "votes:Votes",
    "actions": "actions:Actions",
    "statements": "statements:Statements",
}


@dataclass(frozen=True)
class Export:
    """What can be written as files by one name."""

    #: The tabulation, as subject and method, or a method of the casebook itself:
    #: "casualties.by_source", "changes_since".
    table: str
    #: Module and name of the chart function that draws it; "" for a table alone.
    chart: str = ""


EXPORTS = {
    "casualties": Export("casualties.claims"),
    "casualties_by_source": Export(
        "casualties.by_source", "casualties.charts:chart_casualties_by_source"
    ),
    "casualties_over_time": Export(
        "casualties.over_time", "casualties.charts:chart_casualties_over_time"
    ),
    "casualties_as_said_then": Export("casualties.as_said_then"),
    "killed_and_wounded": Export("casualties.killed_and_wounded"),
    "military_losses_by_claimant": Export(
        "casualties.losses_by_claimant", "casualties.charts:chart_military_losses_by_claimant"
    ),
    "refugees": Export("refugees.claims"),
    "latest_refugees": Export("refugees.latest"),
    "refugees_over_time": Export("refugees.over_time", "refugees.charts:chart_refugees_over_time"),
    "running_total": Export("refugees.running_total"),
    "refugees_by_country": Export(
        "refugees.by_country", "refugees.charts:chart_refugees_by_country"
    ),
    "refugees_per_thousand_of_host": Export(
        "refugees.per_thousand", "refugees.population_charts:chart_refugees_per_thousand_of_host"
    ),
    "refugees_against_population": Export(
        "refugees.against_population",
        "refugees.population_charts:chart_refugees_against_population",
    ),
    "refugees_per_thousand": Export(
        "refugees.against_population", "refugees.population_charts:chart_refugees_per_thousand"
    ),
    "shares": Export("refugees.shares"),
    "share_check": Export("refugees.share_check"),
    "population": Export("refugees.population"),
    "refugees_by_origin": Export("refugees.by_origin"),
    "displaced": Export("refugees.displaced"),
    "displaced_by_source": Export(
        "refugees.displaced_by_source", "refugees.charts:chart_displaced_by_source"
    ),
    "displaced_over_time": Export(
        "refugees.displaced_over_time", "refugees.charts:chart_displaced_over_time"
    ),
    "projections": Export("projections.claims"),
    "projections_scorecard": Export(
        "projections.scorecard", "projections.charts:chart_projections_scorecard"
    ),
    "projections_passed": Export(
        "projections.scorecard", "projections.charts:chart_projections_passed"
    ),
    "projection_outcomes": Export("projections.outcomes"),
    "refugee_projection": Export(
        "projections.refugee_projection", "projections.charts:chart_refugee_projection"
    ),
    "backtest": Export("projections.backtest", "projections.charts:chart_backtest"),
    "backtest_coverage": Export(
        "projections.backtest", "projections.charts:chart_backtest_coverage"
    ),
    "logistic_curve": Export("projections.logistic_curve"),
    "preregistration_2026": Export("projections.preregistration"),
    "vote_on_resolution": Export("votes.on_resolution", "votes.charts:chart_vote_on_resolution"),
    "vote_totals": Export("votes.totals", "votes.charts:chart_vote_totals"),
    "vote_by_answer": Export("votes.by_answer"),
    "vote_by_region": Export("votes.by_region"),
    "sanctions_and_company_actions": Export(
        "actions.claims", "actions.charts:chart_sanctions_and_company_actions"
    ),
    "actions_by_kind": Export("actions.by_kind"),
    "action_totals": Export("actions.totals"),
    "contested_statements": Export(
        "statements.contested", "statements.charts:chart_contested_statements"
    ),
    "places": Export("statements.places"),
    "talks": Export("statements.talks"),
    "changes": Export("changes_since"),
    "revisions": Export("revisions"),
    "revision_summary": Export("revision_summary"),
    "disagreement_on_casualties": Export("casualties.disagreement"),
}


def load(place: str) -> Any:
    """Return what stands at "module:name" in this package."""
    module, _, name = place.partition(":")
    return getattr(import_module(f"analysis.{module}"), name)


@cache
def find_table(name: str) -> Table:
    """Return the table of a name; `KeyError` where there is none."""
    for table in REFERENCES:
        if table.name == name:
            return table
    return cast("Table", load(_TABLES[name]))


def list_loaded() -> list[Table]:
    """Return the tables of the subjects that somebody has imported already."""
    return [
        find_table(name)
        for name, place in _TABLES.items()
        if f"analysis.{place.partition(':')[0]}" in sys.modules
    ]


def list_tables() -> list[Table]:
    """Return every table of a casebook: what claims point to, then the subjects'."""
    return [*REFERENCES, *(find_table(name) for name in _TABLES)]


def list_followed() -> list[Table]:
    """Return the tables whose claims are followed over time: no population is, a yardstick."""
    return [table for table in list_tables() if table.series and table.name != "population"]
