"""Charts of the backtests: scores by method, and whether intervals hold what they promise."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from analysis.charts import Chart, plot_dots, size_for_rows
from analysis.claims.days import format_day
from analysis.claims.prose import write_alt_text
from analysis.projections.backtests import tabulate_backtest_annual, tabulate_backtest_daily
from analysis.tables import parse_day

#: Methods without a range: their intervals hold nothing but hits.
_POINTS = ("persistence", "last value", "mean of the last 7 days")

#: What 80 and 95% intervals are to cover, in percent.
_WANTED = {"coverage_80": (77.0, 85.0), "coverage_95": (93.0, 97.0)}


def chart_backtest_annual(
    data: str | Path = "", as_of: str | date = "2026-12-31", *, folder: str = ""
) -> Chart:
    """Return the log-WIS of each method by horizon, with the target."""
    scores = tabulate_backtest_annual(data, as_of, folder=folder)
    return draw_annual_scores(scores, as_of)


def chart_backtest_annual_coverage(
    data: str | Path = "", as_of: str | date = "2026-12-31", *, folder: str = ""
) -> Chart:
    """Return the share of outcomes inside 80 and 95% intervals, by horizon and size."""
    scores = tabulate_backtest_annual(data, as_of, folder=folder)
    return draw_annual_coverage(scores, as_of)


def chart_backtest_daily(
    data: str | Path = "", as_of: str | date = "2026-12-31", *, folder: str = ""
) -> Chart:
    """Return the error of each daily method by horizon, on figures as published and as final."""
    scores = tabulate_backtest_daily(data, as_of, folder=folder)
    return draw_daily_scores(scores, as_of)


def draw_annual_scores(scores: pd.DataFrame, as_of: str | date) -> Chart:
    """Return the chart of `chart_backtest_annual` from scores that are there already."""
    rows = scores[scores["origins"] == "10,000 or more"]
    rows = rows.assign(group=_years(rows), value=rows["log_wis"], wanted=rows.get("target"))
    rows = rows.sort_values("horizon", kind="stable", ignore_index=True)
    title = ""
    if len(rows):
        ours = rows[rows["method"] == rows["method"].iloc[0]]
        met = int((ours["value"] <= ours["wanted"]).sum())
        title = (
            f"Refugees by origin: {rows['method'].iloc[0]} stays within the target at {met} of "
            f"{len(ours)} horizons"
        )
    return _make(
        "backtest_annual",
        rows,
        as_of,
        title,
        "Weighted interval score of projections, on the log scale: 0.1 is about 10% off; less "
        f"is better. Cut-offs from 2000, {_say_number(rows)} projections a method.",
        unit="log-WIS, mean",
        wanted="at most, the target",
    )


def draw_annual_coverage(scores: pd.DataFrame, as_of: str | date) -> Chart:
    """Return the chart of `chart_backtest_annual_coverage` from scores that are there already."""
    rows = _melt(scores)
    large = rows["origins"].map({"10,000 or more": "", "100,000 or more": ", large crises"})
    rows = rows.assign(group=rows["interval"] + " interval, " + _years(rows) + large)
    rows = rows.sort_values(["interval", "origins", "horizon"], kind="stable", ignore_index=True)
    title = ""
    if len(rows):
        ours = rows[rows["method"] == rows["method"].iloc[0]]
        kept = int(ours["value"].between(ours["wanted_low"], ours["wanted_high"]).sum())
        title = (
            f"Refugees by origin: intervals of the projection {ours['method'].iloc[0]} missed as "
            f"many outcomes as they should in {kept} of {len(ours)} cases"
        )
    return _make(
        "backtest_annual_coverage",
        rows,
        as_of,
        title,
        "Share of outcomes that lay outside the interval projected: 20 in 100 should lie outside "
        "an 80% interval, 5 outside a 95% interval. Large crises: 100,000 people or more.",
        unit="outcomes outside the interval, in percent",
        wanted="wanted: 15 to 23%, and 3 to 7%",
    )


def draw_daily_scores(scores: pd.DataFrame, as_of: str | date) -> Chart:
    """Return the chart of `chart_backtest_daily` from scores that are there already."""
    rows = scores[scores["counted_from"] == "last day counted"]
    rows = rows.assign(
        group=[
            f"{row['horizon']:.0f} days ahead, {row['data']}" for row in rows.to_dict("records")
        ],
        value=rows["mean_error"],
        wanted=rows.get("target_error"),
    )
    rows = rows.sort_values(["horizon", "data"], kind="stable", ignore_index=True)
    title = ""
    if len(rows):
        ours = rows[rows["method"] == rows["method"].iloc[0]].set_index(["horizon", "data"])
        published, final = (
            ours["value"].get((3, data)) for data in ("as published", "final figures")
        )
        title = (
            f"Ukraine 2022: three days ahead the projection was {published:.1f}% off; on final "
            f"figures, which nobody had, {final:.1f}%"
        )
    return _make(
        "backtest_daily",
        rows,
        as_of,
        title,
        "Mean absolute error of the middle, in percent of the border crossings counted in the "
        "end. One crisis, worth about five independent tests.",
        unit="mean absolute error, in percent",
        wanted="at most, the target",
    )


def _make(
    name: str,
    rows: pd.DataFrame,
    as_of: str | date,
    title: str,
    subtitle: str,
    *,
    unit: str,
    wanted: str,
) -> Chart:
    day = format_day(parse_day(as_of))
    empty = f"No projection could be scored with what had been published by {day}."
    title = f"{title}; {_say_known(rows, as_of)}" if title else empty.rstrip(".")
    sentences = [
        f"{group}: "
        + ", ".join(f"{row['method']} {row['value']:.3g}" for row in of_group.to_dict("records"))
        + "."
        for group, of_group in rows.groupby("group", sort=False)
    ]
    return Chart(
        name=name,
        rows=rows,
        draw=lambda frame, ax: plot_dots(frame, ax, unit=unit, empty=empty, wanted=wanted),
        title=title,
        subtitle=subtitle,
        alt=write_alt_text("Dot plot", title, sentences, empty=empty),
        size=size_for_rows(max(rows["group"].nunique(), 1), row_height=0.5),
    )


def _say_known(rows: pd.DataFrame, as_of: str | date) -> str:
    """Say what the scores rest on: values of a later release are never called known."""
    day, release = parse_day(as_of), rows["published_on"].max()
    if release <= day:
        return f"as known on {format_day(day)}"
    return f"outcomes published by {format_day(day)}, in the values of {format_day(release)}"


def _melt(scores: pd.DataFrame) -> pd.DataFrame:
    """Return one row an interval, with the percentage of outcomes outside as `value`."""
    kept = scores[~scores["method"].isin(_POINTS)]
    parts = [
        kept.assign(
            interval=f"{column.removeprefix('coverage_')}%",
            value=100.0 - kept[column],
            wanted_low=100.0 - high,
            wanted_high=100.0 - low,
        )
        for column, (low, high) in _WANTED.items()
    ]
    return pd.concat(parts, ignore_index=True)


def _years(rows: pd.DataFrame) -> pd.Series:
    said = ["1 year" if years == 1 else f"{years:.0f} years" for years in rows["horizon"]]
    return pd.Series(said, index=rows.index, dtype="str")


def _say_number(rows: pd.DataFrame) -> str:
    if rows.empty:
        return "no"
    ours = rows[rows["method"] == rows["method"].iloc[0]]["projections"]
    return f"{int(ours.min()):,} to {int(ours.max()):,}"
