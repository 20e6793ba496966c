"""Charts: a tidy frame and an Axes come in, the same Axes goes out, drawn on.

A `Chart` says what a chart is, `finish` adds title and footer, `save` writes its files.
A `plot_…` draws on an Axes of the width at which it will be shown; `empty` is what it says of no
rows, and a missing column or an unknown word is an `InputError`. It returns the same Axes, on
which x, where it holds days, counts them as matplotlib does.
This package knows columns and Axes only: it may import `analysis.safety` and `analysis.bounds`,
no subject and no table.
"""

from analysis.charts.chart import Chart, Fold, size_for_rows
from analysis.charts.claims import plot_claims
from analysis.charts.dots import plot_dots
from analysis.charts.fan import plot_fan
from analysis.charts.finish import cite, finish
from analysis.charts.fonts import say_missing
from analysis.charts.labels import say_rounded, say_rounded_range
from analysis.charts.losses import plot_losses
from analysis.charts.over_time import plot_over_time
from analysis.charts.population import plot_against_population, plot_per_thousand
from analysis.charts.revisions import plot_revisions
from analysis.charts.save import save
from analysis.charts.statements import plot_statements
from analysis.charts.timeline import plot_timeline
from analysis.charts.votes import plot_vote, plot_vote_totals

__all__ = [
    "Chart",
    "Fold",
    "cite",
    "finish",
    "plot_against_population",
    "plot_claims",
    "plot_dots",
    "plot_fan",
    "plot_losses",
    "plot_over_time",
    "plot_per_thousand",
    "plot_revisions",
    "plot_statements",
    "plot_timeline",
    "plot_vote",
    "plot_vote_totals",
    "save",
    "say_missing",
    "say_rounded",
    "say_rounded_range",
    "size_for_rows",
]


def __dir__() -> list[str]:
    return __all__
