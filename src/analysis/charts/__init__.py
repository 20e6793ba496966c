"""Charts: a tidy frame and an Axes come in, the same Axes goes out, drawn on.

An `Exhibit` says what a chart is, `finish` adds title and footer, `save` writes its files.
This package knows columns and Axes only: it may import `analysis.safety` and `analysis.bounds`,
no subject and no table.
"""

from analysis.charts.claims import plot_claims
from analysis.charts.exhibit import Exhibit, size_for_rows
from analysis.charts.finish import cite, finish
from analysis.charts.population import plot_against_population, plot_per_thousand
from analysis.charts.save import save
from analysis.charts.statements import plot_statements
from analysis.charts.timeline import plot_timeline
from analysis.charts.votes import plot_vote

__all__ = [
    "Exhibit",
    "cite",
    "finish",
    "plot_against_population",
    "plot_claims",
    "plot_per_thousand",
    "plot_statements",
    "plot_timeline",
    "plot_vote",
    "save",
    "size_for_rows",
]
