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

import analysis
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
    #: The function of `analysis` that draws it; "" for a table alone.
    chart: str = ""


#: What can be exported: the tabulation of each name.
_EXPORTED = {
    "casualties": "casualties.claims",
    "casualties_by_source": "casualties.by_source",
    "casualties_over_time": "casualties.over_time",
    "casualties_as_said_then": "casualties.as_said_then",
    "killed_and_wounded": "casualties.killed_and_wounded",
    "military_losses_by_claimant": "casualties.losses_by_claimant",
    "refugees": "refugees.claims",
    "latest_refugees": "refugees.latest",
    "refugees_over_time": "refugees.over_time",
    "running_total": "refugees.running_total",
    "refugees_by_country": "refugees.by_country",
    "refugees_per_thousand_of_host": "refugees.per_thousand",
    "refugees_against_population": "refugees.against_population",
    "refugees_per_thousand": "refugees.against_population",
    "shares": "refugees.shares",
    "share_check": "refugees.share_check",
    "population": "refugees.population",
    "refugees_by_origin": "refugees.by_origin",
    "displaced": "refugees.displaced",
    "displaced_by_source": "refugees.displaced_by_source",
    "displaced_over_time": "refugees.displaced_over_time",
    "projections": "projections.claims",
    "projections_scorecard": "projections.scorecard",
    "projections_passed": "projections.scorecard",
    "projection_outcomes": "projections.outcomes",
    "refugee_projection": "projections.refugee_projection",
    "backtest": "projections.backtest",
    "backtest_coverage": "projections.backtest",
    "logistic_curve": "projections.logistic_curve",
    "preregistration_2026": "projections.preregistration",
    "vote_on_resolution": "votes.on_resolution",
    "vote_totals": "votes.totals",
    "vote_by_answer": "votes.by_answer",
    "vote_by_region": "votes.by_region",
    "sanctions_and_company_actions": "actions.claims",
    "actions_by_kind": "actions.by_kind",
    "action_totals": "actions.totals",
    "contested_statements": "statements.contested",
    "places": "statements.places",
    "talks": "statements.talks",
    "changes": "changes_since",
    "revisions": "revisions",
    "revision_summary": "revision_summary",
    "disagreement_on_casualties": "casualties.disagreement",
}

#: A name is drawn by the public function chart_NAME, where there is one; all totals of actions
#: together count in several units, which no chart has.
_DRAWN = set(analysis.__all__) - {"chart_action_totals"}
EXPORTS = {
    name: Export(table, f"chart_{name}" if f"chart_{name}" in _DRAWN else "")
    for name, table in _EXPORTED.items()
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
