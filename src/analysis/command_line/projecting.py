"""Commands that score projections."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from analysis.command_line.options import AsOf, Casebook


class Kind(StrEnum):
    """The backtests there are."""

    annual = "annual"
    daily = "daily"


def backtest(
    kind: Annotated[Kind, typer.Argument(help="annual: any origin; daily: Ukraine 2022.")],
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
    from analysis.charts import save
    from analysis.projections import backtest_charts, backtests
    from analysis.reports.parameters import ParameterError, read_day
    from analysis.safety import write_csv

    day = read_day(as_of, "--as-of") if as_of else "2026-12-31"
    if published:
        try:
            backtests.require_file(published, kind.value)
        except ValueError as refusal:
            raise ParameterError(f"--published {refusal}") from None
    if kind is Kind.annual:
        scores = backtests.tabulate_backtest_annual(data, day, folder=published)
        charts = [backtest_charts.draw_annual_scores, backtest_charts.draw_annual_coverage]
        columns = ["method", "origins", "horizon", "projections", "log_wis", "target"]
        columns += ["coverage_80", "coverage_95", "median_error", "width_80"]
    else:
        scores = backtests.tabulate_backtest_daily(data, day, folder=published)
        charts = [backtest_charts.draw_daily_scores]
        columns = ["data", "counted_from", "method", "horizon", "projections", "wis"]
        columns += ["target_wis", "mean_error", "target_error", "coverage_80", "coverage_95"]
    if scores.empty:
        print("No projection could be scored with what had been published by that day.")
        return
    print(scores.reindex(columns=columns).round(3).to_string(index=False, na_rep="–"))
    if out is None:
        return
    table = out / f"backtest_{kind.value}_scores.csv"
    pictures = [path for draw in charts for path in save(draw(scores, day), out)]
    write_csv(scores, table)
    for path in [table, *pictures]:
        print(path)
