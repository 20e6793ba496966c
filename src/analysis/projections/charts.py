"""Charts of projections and of their scores: the rows given, and nothing read from the folder."""

from __future__ import annotations

import re

import pandas as pd

from analysis.charts import (
    Chart,
    plot_against_population,
    plot_claims,
    plot_dots,
    plot_fan,
    say_rounded,
    say_rounded_range,
    size_for_rows,
)
from analysis.claims.absence import say_absent, shorten_absence
from analysis.claims.days import format_day, say_known
from analysis.claims.findings import choose_title
from analysis.claims.prose import capitalise, write_alt_text, write_list
from analysis.projections.backtests import METHODS
from analysis.projections.fan import AT_THE_WHOLE, COUNTED, LATER, PLANNED, PROJECTED
from analysis.projections.scorecard import COULD_MEAN, PROJECTION, say_error, say_score
from analysis.projections.table import FLED, NOT_STATED, OFFICIAL, RECORDED
from analysis.refugees.by_origin import LAST_RELEASE
from analysis.refugees.table import TOTAL
from analysis.tables import Record
from analysis.tables.known import day_known, name_chart, require_word

#: What the figure of a projection can be held against, and how a title names it.
MEASURES = COULD_MEAN[NOT_STATED]
_SHORT = {TOTAL: "crossings", RECORDED: "people", OFFICIAL: "people", FLED: "people"}

#: Methods without a range: their intervals hold nothing but hits.
_POINTS = ("persistence", "last value", "mean of the last 7 days")

#: What 80 and 95% ranges are to cover, in percent.
_WANTED = {"coverage_80": (77.0, 85.0), "coverage_95": (93.0, 97.0)}


def chart_projections_scorecard(scores: pd.DataFrame) -> Chart:
    """Return each projection that states a day above what every series counted by that day.

    Parameters
    ----------
    scores : pandas.DataFrame
        Rows of `book.projections.scorecard()`, filtered at will.
    """
    known_on, origin = day_known(scores), _origin(scores)
    dated = scores[scores["target_day"].notna()]
    bars: list[Record] = []
    for _, group in dated.groupby(list(PROJECTION), sort=False):
        scored = _in_order(group[group["outcome_low"].notna()])
        bars.append(_draw_projection(group.iloc[0].to_dict()))
        bars += [_draw_outcome(row) for row in scored.to_dict("records")]
        if scored.empty:
            bars[-1]["share"] = say_score(group.iloc[0].to_dict())
    rows = pd.DataFrame(bars) if bars else dated.assign(label="", kind="projection")
    rows.attrs = dict(scores.attrs)
    absent = str(scores.attrs.get("absent") or "") or (
        f"The casebook holds no projection for a stated day of people who could leave "
        f"{origin}{_say_published(known_on)}."
    )
    title, rest = _find_scores(dated)
    title = title or shorten_absence(absent)
    what = f"People who left {origin}: each projection for a stated day, and what was counted by "
    what += f"that day in each series it could have meant{say_known(known_on)}."
    return Chart(
        name=name_chart("projections_scorecard", scores),
        rows=rows,
        draw=lambda frame, ax: plot_against_population(frame, ax, empty=absent),
        title=title,
        subtitle=f"{rest} {what}".strip(),
        alt=write_alt_text("Bar chart", title, what, dated, empty=absent),
        size=size_for_rows(len(rows), row_height=0.55),
    )


def chart_projections_passed(scores: pd.DataFrame, *, measure: str = TOTAL) -> Chart:
    """Return how many days after each projection without a day its figure was passed.

    Parameters
    ----------
    scores : pandas.DataFrame
        Rows of `book.projections.scorecard()`, filtered at will.
    measure : str
        What is counted: border crossings, refugees recorded, people who fled, or refugees at
        the end of the year.
    """
    require_word(measure, list(MEASURES), "measure")
    known_on, origin = day_known(scores), _origin(scores)
    open_ended = scores[scores["target_day"].isna() & (scores["series_measure"] == measure)]
    # Of several series of one measure: one that was there, days added up before others.
    order = open_ended.assign(_missing=open_ended["passed_on"].isna()).sort_values(
        "_missing", kind="stable"
    )
    first = order.groupby(list(PROJECTION), sort=False, dropna=False).head(1).index
    rows = open_ended.loc[sorted(first)].sort_values("dated", kind="stable")
    # One figure of one claimant that two documents report is one figure, from its first day on.
    rows = rows.drop_duplicates(["claimant", "wording", "asylum", "measure"])
    rows = rows.sort_index().reset_index(drop=True)
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
    no_day = pd.Series(pd.NaT, index=rows.index, dtype="datetime64[us]")
    drawn = rows.assign(
        claimant_name=pd.Series(names, index=rows.index, dtype="str"),
        published_on=no_day, since=no_day, as_of=no_day,
    )  # fmt: skip
    held = f"figure of {measure} to hold a projection without a day against"
    if not scores["target_day"].isna().any():
        held = f"projection without a day of people who could leave {origin}"
    absent = f"The casebook holds no {held}{_say_published(known_on)}."
    title = shorten_absence(absent)
    if len(rows):
        passed = wait.dropna()
        of = f"{len(passed)} of {len(rows)}"
        after = ""
        told = "figures {}were"
        if len(rows) == 1:
            of, told = "the one", "figure {}was" if len(passed) else "figure {}was not"
        if len(passed):
            least, most = f"{passed.min():.0f}", f"{passed.max():.0f}"
            after = f" after {least}{'' if least == most else f' to {most}'} days"
        title = choose_title(
            [
                f"By {measure}, {of} {told.format('projected without a day ')} passed{after}",
                f"By {measure}, {of} {told.format('without a day ')} passed{after}",
            ]
        )
    what = f"People who left {origin}: the figure, or the upper end of a range, against {measure}"
    what += f"{say_known(known_on)}."
    return Chart(
        # Charts of several measures stand in one folder.
        name=name_chart("projections_passed", scores)
        + ("" if measure == TOTAL else f"_{measure.replace(' ', '_')}"),
        rows=rows,
        draw=lambda frame, ax: plot_claims(
            drawn.loc[frame.index],
            ax,
            unit="days from the projection to the day its figure was passed",
            empty=absent,
        ),
        title=title,
        subtitle=f"{what} A projection without a day is neither right nor wrong.",
        alt=write_alt_text("Bar chart, a bar a projection", title, what, rows, empty=absent),
        size=size_for_rows(len(rows), row_height=0.5),
    )


def chart_refugee_projection(projection: pd.DataFrame) -> Chart:
    """Return the fan chart of a projection: counts, ranges, planning figures, what came.

    Parameters
    ----------
    projection : pandas.DataFrame
        Rows of `book.projections.refugee_projection()`, filtered at will; unit, population
        and the reason why there is no projection are read from its `attrs`.
    """
    about = projection.attrs
    by_year, known_on = bool(about.get("by_year")), day_known(projection)
    reason, unit = str(about.get("reason", "")), str(about.get("unit", "people"))
    absent = reason or say_absent(projection)
    # Planning figures alone are no chart of a projection, and those for a day before the
    # first that is drawn have no place on it.
    counts = projection[projection["part"].isin([COUNTED, PROJECTED, LATER])]
    before = (projection["part"] == PLANNED) & (projection["day"] < counts["day"].min())
    drawn = projection[~before] if len(counts) else projection[:0]
    title = _title_projection(projection)
    made = projection["part"].eq(PROJECTED).any()
    what = f"{capitalise(unit)}{say_known(known_on)}."
    parts = [
        what,
        f"Our own projection, from {about['start']}." if made and about.get("start") else reason,
        _say_used(projection, by_year=by_year) if made else "",
        _say_limit(about.get("explanation", [])),
        "What was counted later is added." if projection["part"].eq(LATER).any() else "",
    ]
    return Chart(
        name=name_chart("refugee_projection", projection),
        rows=drawn,
        draw=lambda frame, ax: plot_fan(
            frame,
            ax,
            unit=unit,
            empty=absent,
            known_on=None if by_year else known_on,
            by_year=by_year,
            whole=about.get("whole"),
            whole_name=str(about.get("whole_name", "")),
        ),
        title=title,
        subtitle=" ".join(filter(None, parts)),
        alt=write_alt_text("Fan chart", title, what, drawn, empty=absent),
        size=size_for_rows(10),
        fold=None,
    )


def _say_limit(explanation: list[str]) -> str:
    """Return that a range ends at all who could leave, who are named at the outer scale; or ""."""
    ends = [line.partition(" (")[0] for line in explanation if " widest range ends " in line]
    why = "since some small crises of the past grew by more: a limit, no forecast."
    return f"{ends[0]}, {why}" if ends else ""


def _say_used(projection: pd.DataFrame, *, by_year: bool) -> str:
    """Say that nothing later than the day was used, or which part of it is of a later edition."""
    known_on = day_known(projection)
    if known_on is None:
        return ""
    day = format_day(known_on)
    if not by_year:
        return f"Only what was published by {day} was used."
    later = "published after the day" in str(projection.attrs.get("whole_name", ""))
    population = ", and the population," if later else ""
    if known_on >= pd.Timestamp(LAST_RELEASE):
        return f"Only what was published by {day} was used."
    return (
        f"Only years that had been published by {day} were used; counts of past years{population} "
        "are in part those of later releases."
    )


def write_refugee_projection(projection: pd.DataFrame) -> list[str]:
    """Return what a projection says and rests on, what cannot be known, or why there is none.

    Parameters
    ----------
    projection : pandas.DataFrame
        Rows of `book.projections.refugee_projection()`.
    """
    reason = str(projection.attrs.get("reason", ""))
    explained = list(projection.attrs.get("explanation", []))
    return [*_describe(projection), *([reason] if reason else []), *explained]


def chart_backtest(scores: pd.DataFrame) -> Chart:
    """Return the score of each method by horizon, with what was aimed at.

    Parameters
    ----------
    scores : pandas.DataFrame
        Rows of `book.projections.backtest()`, annual or daily, filtered at will.
    """
    return _chart_annual(scores) if "origins" in scores else _chart_daily(scores)


def chart_backtest_coverage(scores: pd.DataFrame) -> Chart:
    """Return the share of outcomes outside 80 and 95% ranges, by horizon and size of the crisis.

    Parameters
    ----------
    scores : pandas.DataFrame
        Rows of `book.projections.backtest("annual")`, filtered at will.
    """
    kept = scores[~scores["method"].isin(_POINTS)]
    rows = pd.concat(
        [
            kept.assign(
                interval=f"{column.removeprefix('coverage_')}%",
                value=100.0 - kept[column],
                wanted_low=100.0 - high,
                wanted_high=100.0 - low,
            )
            for column, (low, high) in _WANTED.items()
        ],
        ignore_index=True,
    )
    large = rows["origins"].map({"10,000 or more": "", "100,000 or more": ", large crises"})
    rows = rows.assign(group=rows["interval"] + " range, " + _say_years(rows) + large.fillna(""))
    rows = rows.sort_values(["interval", "origins", "horizon"], kind="stable", ignore_index=True)
    title = ""
    if len(rows):
        ours = rows[rows["method"] == rows["method"].iloc[0]]
        held = int(ours["value"].between(ours["wanted_low"], ours["wanted_high"]).sum())
        title = f"Ranges of the projection kept their promise in {held} of {len(ours)} cases"
    return _chart_scores(
        "backtest_annual_coverage",
        rows,
        scores,
        title,
        "Refugees by origin: the share of outcomes that lay outside the range projected; 20 in "
        "100 should lie outside an 80% range, 5 outside a 95% range. Large crises: 100,000 "
        "people or more.",
        unit="outcomes outside the range, in percent",
        wanted="wanted: 15 to 23%, and 3 to 7%",
    )


def _chart_annual(scores: pd.DataFrame) -> Chart:
    rows = scores[scores["origins"] == "10,000 or more"]
    rows = rows.assign(group=_say_years(rows), value=rows["log_wis"], wanted=rows.get("target"))
    rows = rows.sort_values("horizon", kind="stable", ignore_index=True)
    title, number = "", "no"
    if len(rows):
        ours = rows[rows["method"] == rows["method"].iloc[0]]
        met = int((ours["value"] <= ours["wanted"]).sum())
        title = f"Projections by year were as near as aimed at for {met} of {len(ours)} horizons"
        number = f"{int(ours['projections'].min()):,} to {int(ours['projections'].max()):,}"
    return _chart_scores(
        "backtest_annual",
        rows,
        scores,
        title,
        "Refugees by origin. The score is the mean distance between range and outcome (weighted "
        "interval score of logarithms): 0.1 is about 10% off; less is better. Starts from the "
        f"end of 2000 on, {number} projections a method.",
        unit="score, mean",
        wanted="at most, what was aimed at",
    )


def _chart_daily(scores: pd.DataFrame) -> Chart:
    # From the day of the report on, as a reader counts; from the last day counted on, every
    # error is smaller.
    rows = scores[scores["counted_from"] == "day known"]
    rows = rows.assign(
        group=pd.Series(
            [
                f"{row['horizon']:.0f} days ahead, {row['data']}"
                for row in rows.to_dict("records")
            ],
            index=rows.index,
            dtype="str",
        ),
        value=rows["mean_error"],
        wanted=rows.get("target_error"),
    )  # fmt: skip
    rows = rows.sort_values(["horizon", "data"], kind="stable", ignore_index=True)
    title, more, origin = "", "", str(scores.attrs.get("origin_name") or "one crisis")
    if len(rows):
        ours = rows[rows["method"] == rows["method"].iloc[0]].set_index(["horizon", "data"])
        nearest = ours.index.get_level_values(0).min()
        values = ours["value"].to_dict()
        published = values.get((nearest, "as published"))
        final = values.get((nearest, "final figures"))
        if published is not None:
            title = (
                f"{origin}: {nearest:.0f} days after the day of the report the projection was "
                f"{published:.1f}% off on average"
            )
        if final is not None:
            more = f"On final figures, which nobody had, it would have been {final:.1f}%. "
    return _chart_scores(
        "backtest_daily",
        rows,
        scores,
        title,
        f"{more}Mean absolute error of the middle, in percent of the border crossings counted in "
        "the end, by days after the day of the report. One crisis, worth about five independent "
        "tests.",
        unit="mean absolute error, in percent",
        wanted="at most, what was aimed at",
    )


def _chart_scores(
    name: str,
    rows: pd.DataFrame,
    scores: pd.DataFrame,
    title: str,
    subtitle: str,
    *,
    unit: str,
    wanted: str,
) -> Chart:
    known_on = day_known(scores)
    absent = f"The casebook holds too few counts{_say_published(known_on)} to score a projection."
    rows = rows.assign(method=rows["method"].map(lambda method: METHODS.get(method, method)))
    return Chart(
        name=name_chart(name, scores),
        rows=rows,
        draw=lambda frame, ax: plot_dots(frame, ax, unit=unit, empty=absent, wanted=wanted),
        title=choose_title([title]) if title else shorten_absence(absent),
        subtitle=f"{subtitle} {_say_release(rows, known_on)}".strip(),
        alt=write_alt_text("Dot plot", title, subtitle, rows, empty=absent),
        size=size_for_rows(max(rows["group"].nunique(), 1), row_height=0.5),
    )


def _say_release(rows: pd.DataFrame, known_on: pd.Timestamp | None) -> str:
    """Say what the scores rest on: values of a later release are never called known."""
    if rows.empty or known_on is None:
        return ""
    release = rows["published_on"].max()
    if release <= known_on:
        return f"As known on {format_day(known_on)}."
    return (
        f"Outcomes of years published by {format_day(known_on)}, in the values of the release of "
        f"{format_day(release)}."
    )


def _say_years(rows: pd.DataFrame) -> pd.Series:
    said = ["1 year" if years == 1 else f"{years:.0f} years" for years in rows["horizon"]]
    return pd.Series(said, index=rows.index, dtype="str")


def _say_published(known_on: pd.Timestamp | None) -> str:
    return "" if known_on is None else f" published by {format_day(known_on)}"


def _origin(rows: pd.DataFrame) -> str:
    return str(rows.attrs.get("origin_name") or "there")


def _draw_projection(row: Record) -> Record:
    kept = ["claimant_name", "is_party", "status", "publisher", "published_on", "wording"]
    kept += ["low", "best", "high", "target_day", "definition"]
    return {
        **{name: row[name] for name in kept},
        "kind": "projection",
        "label": f"Projection: {row['claimant_short']}",
        "detail": f"made on {format_day(row['dated'])}, about {format_day(row['target_day'])}: "
        f"{row['counted']}",
        "share": _say_share(row),
        "denominators": row["denominators"],
        "claim_id": row.get("claim_id", ""),
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
    named = ("claimant_name", "publisher", "published_on", "wording", "low", "best", "high")
    return {
        **{name: row[f"outcome_{name}"] for name in named},
        **{name: row[name] for name in ("target_day", "score", "error_low", "error_high")},
        "is_party": False,
        "status": "stated",
        "definition": row["series"],
        "kind": "refugees",
        "label": row["series"],
        "detail": detail,
        "share": f"projection {row['score']}",
    }


def _in_order(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows by measure, those that count most first."""
    return rows.sort_values(
        "series_measure", key=lambda names: names.map(list(MEASURES).index), kind="stable"
    )


def _find_scores(dated: pd.DataFrame) -> tuple[str, str]:
    """Return a title and what it has no room for: the scores of each projection with a day.

    A figure that could have meant several series never stands with the score by one alone.
    """
    told, title = [], ""
    groups = [rows for _, rows in dated.groupby(list(PROJECTION), sort=False)]
    number = 0
    for rows in groups:
        first = rows.iloc[0].to_dict()
        who = f"{first['claimant_short']}'s {first['wording']}"
        scored = _in_order(rows[rows["outcome_low"].notna()])
        if scored.empty:
            said_of = "; ".join(dict.fromkeys(rows["score"]))
            told.append(f"{who} for {format_day(first['target_day'])}: {said_of}.")
            continue
        by = {
            str(measure): list(dict.fromkeys(of["score"]))
            for measure, of in scored.groupby("series_measure", sort=False)
        }
        said = [f"{write_list(scores)} against {measure}" for measure, scores in by.items()]
        told.append(f"{who} for {format_day(first['target_day'])}: {'; '.join(said)}.")
        missing = [name for name in (TOTAL, RECORDED) if name not in by]
        plain = len(COULD_MEAN[str(first["measure"])]) == 1 or not missing
        number += int(plain)
        if not title and plain:
            short = [f"{said} ({of})" for of, said in _say_spans(scored).items()]
            title = choose_title(
                f"{who} {about}: {', '.join(short)}"
                for about in (
                    f"for {format_day(first['target_day'])}",
                    f"for {first['target_day']:%b %Y}",
                    f"for {first['target_day']:%Y}",
                )
            )
    if not title and groups:
        title = (
            f"{number} of {len(groups)} projections for a stated day can be scored by all they "
            "could mean"
            if number
            else "No projection for a stated day can be scored by all it could mean yet"
        )
        if dated["outcome_low"].isna().all():
            none = f"The casebook holds no count to score {len(groups)} projections with a day by"
            title = choose_title([told[0].rstrip(".") if len(groups) == 1 else none])
    return title, " ".join(told)


def _say_spans(scored: pd.DataFrame) -> dict[str, str]:
    """Return the error against crossings, and against people: of several the whole span."""
    of = scored["series_measure"].map(_SHORT)
    return {
        str(name): say_error(_end(rows["error_low"], "min"), _end(rows["error_high"], "max"))
        for name, rows in scored.groupby(of, sort=False)
    }


def _end(errors: pd.Series, which: str) -> float | None:
    return None if errors.isna().any() else float(errors.agg(which))


def _say_wait(row: Record, days: object) -> str:
    if pd.isna(days):  # type: ignore[call-overload]
        latest = f"{row['latest_wording']} by {format_day(row['latest_counted_to'])}"
        # A series is named by its claimant first.
        return f"not passed: {str(row['series']).partition(':')[0]}, {latest}"
    said = f"{int(days):,} days: {format_day(row['passed_on'])}"  # type: ignore[call-overload]
    return f"{said}, with a change of meaning" if row["passed_with"] else said


def _find_end(projection: pd.DataFrame) -> dict[float, float]:
    """Return the quantiles of the last day projected, by level; empty where there are none."""
    made = projection[projection["part"] == PROJECTED]
    end = made[made["day"] == made["day"].max()]
    return {round(float(row["quantile"]), 6): float(row["value"]) for row in end.to_dict("records")}


#: A month in full: "22 October 2024" is "22 Oct 2024".
_SHORT_MONTH = re.compile(r"(?<=\d )([A-Z][a-z]{2})[a-z]+ (?=\d{4})")


def _title_projection(projection: pd.DataFrame) -> str:
    """The middle of the last day projected with its range, or that there is no projection."""
    about, origin, at_level = projection.attrs, _origin(projection), _find_end(projection)
    if not at_level:
        start = str(about.get("start") or "")
        if not start:
            return choose_title([f"The casebook holds no count of people who left {origin}"])
        short = _SHORT_MONTH.sub(r"\1 ", start)
        return choose_title(
            [
                f"No projection for {origin}: the newest count is {start}",
                f"No projection; the newest count is {start}",
                f"No projection: {start}",
                f"No projection: {short}",
            ]
        )
    end = projection.loc[projection["part"] == PROJECTED, "day"].max()
    middle, span = say_rounded(at_level[0.5]), say_rounded_range(at_level[0.1], at_level[0.9])
    # An end that no more than a limit sets is told below, with its reason.
    if at_level[0.9] >= AT_THE_WHOLE * (about.get("whole") or float("inf")):
        span = f"{say_rounded(at_level[0.1])} or more"
    by = f"{end.day} {end:%b %Y}"
    long, short, bare = f"people from {origin} abroad", f"abroad from {origin}", "abroad"
    if not about.get("by_year"):
        long, short = f"border crossings out of {origin}", f"crossings out of {origin}"
        bare = "crossings"
    return choose_title(
        [
            f"Our projection: {middle} {long} by {format_day(end)} (80%: {span})",
            f"Our projection: {middle} {short} by {format_day(end)} (80%: {span})",
            f"Our projection: {middle} {short} by {by} (80%: {span})",
            f"Our projection: {middle} {short} by end {end.year} (80%: {span})"
            if about.get("by_year")
            else f"Projected by us: {middle} {short} by {by} (80%: {span})",
            f"Our projection: {middle} {bare} by {by} (80%: {span})",
            f"{middle} {bare} by {by} (80%: {span})",
        ]
    )


def _describe(projection: pd.DataFrame) -> list[str]:
    """Return the chart in words: the last count, the ranges, the planning figures, what came."""
    parts = dict(iter(projection.groupby("part", sort=False)))
    about, told = projection.attrs, []
    if COUNTED in parts:
        last = parts[COUNTED].iloc[-1]
        told.append(
            f"Counted as known on the day: {last['wording']} {last['counted']} "
            f"({last['claimant_name']}, {format_day(last['day'])})."
        )
    at_level = _find_end(projection)
    if at_level:
        end = format_day(parts[PROJECTED]["day"].max())
        ranges = ", ".join(
            f"{100 * (1 - 2 * low):.0f}%: "
            f"{say_rounded_range(at_level[low], at_level[round(1 - low, 6)])}"
            for low in (0.25, 0.1, 0.025)
        )
        share, whole = "", about.get("whole")
        if whole:
            ends = [f"{100 * at_level[level] / whole:.1f}" for level in (0.1, 0.9)]
            share = f" The 80% range is {ends[0]} to {ends[1]}% of {about['whole_name']}."
        told.append(
            f"Projected for {end}: middle {say_rounded(at_level[0.5])}; ranges that hold so "
            f"many of a hundred outcomes, {ranges}.{share}"
        )
    if PLANNED in parts:
        labels = parts[PLANNED]["label"]
        labels = labels.where(parts[PLANNED]["day"].notna(), labels + ", without a day")
        told.append(f"Planning figures of others: {'; '.join(labels)}.")
    if LATER in parts:
        came = parts[LATER].iloc[-1]
        told.append(
            f"Counted later: {came['wording']} by {format_day(came['day'])} "
            f"({came['claimant_name']})."
        )
    return told
