"""Commands that score projections."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from analysis.command_line.options import AsOf, Casebook

#: A day by which everything in a casebook is known.
_EVERYTHING = "2100-01-01"


class Kind(StrEnum):
    """The backtests there are."""

    annual = "annual"
    daily = "daily"


def backtest(
    kind: Annotated[Kind, typer.Argument(help="annual: any origin; daily: one crisis.")],
    as_of: AsOf = "",
    data: Casebook = "",
    published: Annotated[
        str,
        typer.Option(
            metavar="FOLDER",
            help="Published files of your own, with unhcr-annual/ or unhcr-ocha-vintages/.",
        ),
    ] = "",
    out: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Where the table and charts go.")
    ] = None,
) -> None:
    """Score the projections that could have been made in the past; print the table."""
    from analysis.casebook.book import open_casebook
    from analysis.charts import save
    from analysis.projections.backtests import require_file
    from analysis.projections.charts import chart_backtest, chart_backtest_coverage
    from analysis.reports.parameters import ParameterError, read_day
    from analysis.safety import write_csv

    day = read_day(as_of, "--as-of") if as_of else _EVERYTHING
    if published:
        try:
            require_file(published, kind.value)
        except ValueError as refusal:
            raise ParameterError(f"--published {refusal}") from None
    scores = open_casebook(data, day).projections.backtest(kind.value, folder=published)
    if kind is Kind.annual:
        charts = [chart_backtest, chart_backtest_coverage]
        columns = ["method", "origins", "horizon", "projections", "log_wis", "target"]
        columns += ["coverage_80", "coverage_95", "median_error", "width_80"]
    else:
        charts = [chart_backtest]
        columns = ["data", "counted_from", "method", "horizon", "projections", "wis"]
        columns += ["target_wis", "mean_error", "target_error", "coverage_80", "coverage_95"]
    if scores.empty:
        print("The casebook holds nothing published by that day to score a projection by.")
        return
    print(scores.reindex(columns=columns).round(3).to_string(index=False, na_rep="–"))
    if out is None:
        return
    table = out / f"backtest_{kind.value}_scores.csv"
    pictures = [path for draw in charts for path in save(draw(scores), out)]
    write_csv(scores, table)
    for path in [table, *pictures]:
        print(path)
