"""Projections scored, as charts: errors by definition, and the days until a figure was passed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from analysis.charts import Chart, plot_against_population, plot_claims, size_for_rows
from analysis.claims.days import format_day
from analysis.claims.prose import write_alt_text, write_list
from analysis.projections.scorecard import (
    COULD_MEAN,
    tabulate_projections_scorecard,
    write_projections_scorecard,
)
from analysis.refugees.running_totals import TOTAL
from analysis.tables import Record, parse_day, suggest
from analysis.tables.countries import name_country

#: What the figure of a projection can be held against.
MEASURES = COULD_MEAN["not stated"]


def chart_projections_scorecard(
    data: str | Path = "", as_of: str | date = "2022-03-03", *, origin: str = "UKR"
) -> Chart:
    """Return each projection that states a day above what every series counted by that day."""
    scores = tabulate_projections_scorecard(data, as_of, origin=origin)
    day, country = format_day(parse_day(as_of)), name_country(origin)
    dated = scores[scores["target_day"].notna()]
    keys = ["source_id", "locator", "claimant", "wording"]
    bars: list[Record] = []
    for _, group in dated.groupby(keys, sort=False):
        scored = group[group["outcome_low"].notna()]
        scored = _in_order(scored)
        bars.append(_draw_projection(group.iloc[0].to_dict()))
        bars += [_draw_outcome(row) for row in scored.to_dict("records")]
        if scored.empty:
            bars[-1]["share"] = str(group["score"].iloc[0])
    rows = pd.DataFrame(bars) if bars else dated.assign(label="", kind="projection")
    empty = (
        f"No projection of refugees from {country} that speaks about a stated day had been "
        f"published by {day}."
    )
    return Chart(
        name="projections_scorecard",
        rows=rows,
        draw=lambda frame, ax: plot_against_population(frame, ax, empty=empty),
        title=_write_title(dated, day) or empty.rstrip("."),
        subtitle=f"People who left {country}: each projection for a stated day, and what was "
        f"counted by that day in each series it could have meant; as known on {day}.",
        alt=write_alt_text(
            "Bar chart",
            _write_title(dated, day) or empty,
            write_projections_scorecard(dated),
            empty=empty,
        ),
        size=size_for_rows(len(rows), row_height=0.55),
    )


def chart_projections_passed(
    data: str | Path = "",
    as_of: str | date = "2022-03-03",
    *,
    origin: str = "UKR",
    measure: str = TOTAL,
) -> Chart:
    """Return how many days after each projection without a day its figure was passed.

    `measure` is what is counted: border crossings, refugees recorded, or refugees at the end
    of the year.
    """
    if measure not in MEASURES:
        hint = suggest(measure, MEASURES) or f"expected one of {', '.join(MEASURES)}"
        raise ValueError(f'measure: "{measure}" is not allowed; {hint}')
    scores = tabulate_projections_scorecard(data, as_of, origin=origin)
    day, country = format_day(parse_day(as_of)), name_country(origin)
    open_ended = scores[scores["target_day"].isna() & (scores["series_measure"] == measure)]
    # Of several series of one measure: one that was there, days added up before others.
    order = open_ended.assign(_missing=open_ended["passed_on"].isna()).sort_values(
        "_missing", kind="stable"
    )
    keys = ["source_id", "locator", "claimant", "wording"]
    first = order.groupby(keys, sort=False).head(1).index
    rows = open_ended.loc[sorted(first)].reset_index(drop=True)
    wait = (rows["passed_on"] - rows["dated"]).dt.days.astype("Float64")
    said = [_say_wait(row, days) for row, days in zip(rows.to_dict("records"), wait, strict=True)]
    rows = rows.assign(
        figure=rows["wording"],
        low=wait,
        best=wait,
        high=wait,
        wording=pd.Series(said, index=rows.index, dtype="str"),
        counted=rows["series"],
    )
    names = [
        f"{row['claimant_short']}, {format_day(row['dated'])}: {row['figure']}"
        for row in rows.to_dict("records")
    ]
    # A row is named by its projection; its days stand in its wording.
    no_day = pd.Series(pd.NaT, index=rows.index)
    drawn = rows.assign(claimant_name=names, published_on=no_day, since=no_day, as_of=no_day)
    empty = f"No projection without a day, and no count beside it, had been published by {day}."
    title = empty.rstrip(".")
    if len(rows):
        passed = wait.dropna()
        of = f"{len(passed)} of {len(rows)} projections without a day"
        took = f", after {passed.min():.0f} to {passed.max():.0f} days" if len(passed) else ""
        if len(passed) and passed.min() == passed.max():
            took = f", after {passed.min():.0f} days"
        title = f"By {measure}, {of} had been passed{took}; as known on {day}"
    return Chart(
        # Charts of several measures stand in one folder.
        name="projections_passed" + ("" if measure == TOTAL else f"_{measure.replace(' ', '_')}"),
        rows=rows,
        draw=lambda frame, ax: plot_claims(
            drawn.loc[frame.index],
            ax,
            unit="days from the projection to the day its figure was passed",
            empty=empty,
        ),
        title=title,
        subtitle=f"People who left {country}: the figure, or the upper end of a range, against "
        f"{measure}. A projection without a day is neither right nor wrong.",
        alt=write_alt_text(
            "Bar chart",
            title,
            [f"{row['claimant_name']}: {row['wording']}." for row in drawn.to_dict("records")],
            empty=empty,
        ),
        size=size_for_rows(len(rows), row_height=0.5),
    )


def _draw_projection(row: Record) -> Record:
    kept = ["claimant_name", "is_party", "status", "publisher", "published_on", "wording"]
    kept += ["low", "best", "high", "target_day", "definition"]
    return {
        **{name: row[name] for name in kept},
        "kind": "projection",
        "label": f"Projection: {row['claimant_short']}",
        "detail": f"made on {format_day(row['dated'])}, about {format_day(row['target_day'])}",
        "share": _say_share(row),
        "denominators": row["denominators"],
    }


def _say_share(row: Record) -> str:
    if not row["share"]:
        return ""
    names = str(row["denominators"]).split("; ")
    figures = names[0] if len(names) == 1 else f"{len(names)} population figures"
    return f"{row['share']} of the population, by {figures}"


def _draw_outcome(row: Record) -> Record:
    detail = f"counted to {format_day(row['outcome_counted_to'])}"
    detail += f", {row['outcome_note']}" if row["outcome_note"] else ""
    return {
        "claimant_name": row["outcome_claimant_name"],
        "is_party": False,
        "status": "stated",
        "publisher": row["outcome_publisher"],
        "published_on": row["outcome_published_on"],
        "wording": row["outcome_wording"],
        "low": row["outcome_low"],
        "best": row["outcome_best"],
        "high": row["outcome_high"],
        "target_day": row["target_day"],
        "definition": row["series"],
        "kind": "refugees",
        "label": row["series"],
        "detail": detail,
        "share": f"projection {row['score']}",
        "score": row["score"],
        "error_low": row["error_low"],
        "error_high": row["error_high"],
    }


def _in_order(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows by measure, those that count most first."""
    return rows.sort_values(
        "series_measure", key=lambda names: names.map(list(MEASURES).index), kind="stable"
    )


def _write_title(dated: pd.DataFrame, day: str) -> str:
    """The finding: each projection with a day, and its scores by series."""
    parts = []
    for (who, wording), rows in dated.groupby(["claimant_short", "wording"], sort=False):
        told = f"{who}'s {wording} for {format_day(rows['target_day'].iloc[0])}"
        scored = _in_order(rows[rows["outcome_low"].notna()])
        measures: dict[str, list[str]] = {}
        for measure, group in scored.groupby("series_measure", sort=False):
            score = " or ".join(dict.fromkeys(group["score"]))
            measures.setdefault(score, []).append(str(measure))
        scores = [f"{score} ({write_list(names)})" for score, names in measures.items()]
        parts.append(f"{told} was {', '.join(scores)}" if scores else f"{told} has no score yet")
    return f"{'; '.join(parts)}; as known on {day}" if parts else ""


def _say_wait(row: Record, days: object) -> str:
    if pd.isna(days):  # type: ignore[call-overload]
        latest = f"{row['latest_wording']} by {format_day(row['latest_counted_to'])}"
        return f"not passed: {latest}"
    said = f"{int(days):,} days: {format_day(row['passed_on'])}"  # type: ignore[call-overload]
    return f"{said}, with a change of meaning" if row["passed_with"] else said
