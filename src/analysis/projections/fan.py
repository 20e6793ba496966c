"""A projection of our own as a frame: counted, projected, planned by others, counted later.

By day it goes on from the border crossings of one crisis; by year it goes on, for any country
of origin, from the newest count known, with what followed in past crises.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pandas as pd

from analysis.claims.days import OLD_AFTER, format_day, say_age
from analysis.forecasting import (
    DAILY_LIMITS,
    FAN_LEVELS,
    LIMITS,
    MEASURES,
    History,
    build_history,
    explain_annual,
    flows_known_on,
    flows_of_claims,
    make_daily_projection,
    make_projection_from_counts,
    name_first,
    say_what_followed,
    tabulate_cases,
)
from analysis.projections.scorecard import read_outcomes
from analysis.projections.table import OFFICIAL, TO_BE_HELPED, read_projections
from analysis.refugees.by_origin import (
    POPULATIONS_FROM,
    read_by_origin,
    read_refugees_by_origin,
    read_year_ends,
)
from analysis.refugees.population import read_population
from analysis.refugees.running_totals import add_up
from analysis.refugees.table import DAILY, TOTAL, read_refugees
from analysis.tables import InputError, Record
from analysis.tables.known import Known
from analysis.tables.scope import ALL

#: The parts of a fan, in the words that `analysis.charts.plot_fan` knows: a table of them
#: needs no chart, and so no matplotlib.
COUNTED, PROJECTED, PLANNED, LATER = "counted", "projected", "planning figure", "counted later"

#: The columns of the frame (see `Projections.refugee_projection`).
COLUMNS = [
    "part", "origin", "day", "quantile", "value", "wording", "label", "claimant_name",
    "claimant_short", "is_party", "counted", "definition", "method", "known_as_of", "counted_to",
    "data_vintage", "publisher", "published_on",
]  # fmt: skip

#: Who makes the projections of this project.
OURS = "Contested Figures, a projection of our own"

#: A crisis has daily figures while the last was published so many days ago at most.
_RECENT = 60

#: So long after its first figure a wave of departures is new: years say nothing of its end.
_NEW_WAVE = pd.Timedelta(days=120)

#: So many years of counts stand before a projection.
_YEARS_SHOWN = 12

#: The last year whose asylum-seekers are counted by origin as before: see `preregister`.
_LAST_YEAR_ALIKE = 2024

#: A newer planning figure of so many times the last count tells of another crisis.
_ANOTHER_CRISIS = 2

#: From this share of all who could leave on, a range is said to reach them, with the reason.
AT_THE_WHOLE = 0.9

WHO_COUNTS = (
    "In the end-year counts are only people with the status of a refugee or a pending claim. "
    "Others who left, such as most Venezuelans abroad, are in neither the counts nor the "
    "projection."
)


@dataclass(frozen=True)
class Fan:
    """A projection with what stands beside it."""

    #: The columns of `COLUMNS`.
    rows: pd.DataFrame
    #: What is counted.
    unit: str
    #: Whether the days are ends of years.
    by_year: bool
    #: People who are 100% of the share; None where no population is known.
    whole: float | None = None
    #: Who these people are, by whose figure.
    whole_name: str = ""
    #: Why nothing could be projected, "" where something was.
    reason: str = ""
    #: What the projection rests on.
    explanation: list[str] = field(default_factory=list)
    #: The count it starts from, with its claimant and day; "" where there is none.
    start: str = ""


def has_daily_figures(known: Known, origin: str) -> bool:
    """Return whether counts of people leaving had been published in the two months to the day."""
    claims = read_refugees(known, origin)
    claims = claims[claims["measure"].isin([DAILY, TOTAL]) & (claims["asylum"] == ALL)]
    return bool((claims["published_on"] >= known.day - pd.Timedelta(days=_RECENT)).any())


def project_by_day(known: Known, origin: str, weeks: int, *, later: Known | None) -> Fan:
    """Return the projection of border crossings for the weeks after the last day counted.

    `later` is the casebook of a later day, whose counts are added; None for none.
    """
    name = known.name_area(origin)
    claims = read_refugees(known, origin)
    daily = _take_daily(claims)
    whole, whole_name = _find_population(known, origin, name)
    unit = f"border crossings out of {name}"
    counted = _take_counts(_read_crossings(known, origin))
    projected, reason = pd.DataFrame(), ""
    flows = flows_of_claims(daily)
    newest = (
        _find_newest(known, origin, pd.DataFrame(), "refugees and asylum-seekers")
        if flows.empty
        else None
    )
    if newest is not None and newest["measure"] != TOTAL:
        # Where nothing can be projected, the newest count is no count of crossings.
        counted = pd.concat([counted, _take_counts(pd.DataFrame([newest]))], ignore_index=True)
    try:
        made = make_daily_projection(
            flows,
            origin,
            known.day,
            7 * weeks,
            definition=unit,
            data_vintage=str(daily["source_id"].iloc[-1]) if len(daily) else "",
            population=float("inf") if whole is None else whole,
            levels=FAN_LEVELS,
        )
        projected = _take_projected(made, daily.sort_values("published_on", kind="stable").iloc[-1])
    except ValueError as refusal:
        why = _say_refusal(refusal)
        if flows.empty:
            only = ", only totals of some days" if len(counted) else ""
            why = (
                f"the casebook holds no count day by day published by {format_day(known.day)}{only}"
            )
        reason = f"No projection was made: {why}."
    came = pd.DataFrame()
    if later is not None and len(counted):
        end = counted["day"].max()
        seen = _read_crossings(later, origin)
        target = end + pd.Timedelta(days=7 * weeks)
        came = _take_counts(seen[(seen["day"] > end) & (seen["day"] <= target)], later=True)
    rows = put_together(counted, projected, read_planned(known, origin), came)
    explanation = _explain_daily(counted.iloc[-1], flows, known.day) if not reason else []
    start = _say_count(counted.iloc[-1].to_dict(), known.day) if len(counted) else ""
    return Fan(
        rows.assign(origin=origin), unit, False, whole, whole_name, reason, explanation, start
    )


def project_by_year(
    known: Known, origin: str, years: int, *, measure: str, later: Known | None
) -> Fan:
    """Return the projection of people abroad at the end of each of the next years.

    It starts from the newest count that was known, whoever made it: a total of the year's
    counts that is newer than the last end of a year takes that one's place. `measure`, what the
    end-year counts count, is a key of `analysis.forecasting.MEASURES`.
    """
    name = known.name_area(origin)
    table = read_year_ends(known)
    planned = read_planned(known, origin)
    ends = _read_year_ends(known, origin, measure)
    newest = _find_newest(known, origin, ends, measure)
    counted = _take_counts(ends)
    if newest is not None:
        counted = pd.concat([counted, _take_counts(pd.DataFrame([newest]))], ignore_index=True)
    unit = f"{measure} from {name}, at the end of the year"
    if counted.empty:
        reason = (
            f"The casebook holds no end-year count of people from {name} published by "
            f"{format_day(known.day)}."
        )
        return Fan(put_together(planned).assign(origin=origin), unit, True, reason=reason)
    start = counted.iloc[-1].to_dict()
    if table.empty:
        reason = "No projection was made: the casebook holds no end-year counts of past crises."
        rows = put_together(counted, planned).assign(origin=origin)
        return Fan(rows, unit, True, reason=reason, start=_say_count(start, known.day))
    cut_off = int(table["year"].max())
    projected, explanation, whole, whole_name = pd.DataFrame(), [], None, ""
    reason = _find_obstacle(known, origin, newest, start, planned)
    try:
        # Nothing later than the cut-off goes in: neither here nor in the pool of past crises.
        history, of_whom = _use_known_population(build_history(table, measure), known, origin, name)
        whole, whole_name = _find_whole(history, origin, of_whom)
        if reason:
            raise InputError(f"{origin}: {reason}")
        newer = pd.DataFrame(
            {"origin": [origin], "counted_to": [start["day"]], "value": [start["value"]]}
        )
        alike = _LAST_YEAR_ALIKE if "asylum_seekers" in MEASURES[measure] else cut_off
        last = start["day"]
        ends_ahead = [pd.Timestamp(last.year + ahead, 12, 31) for ahead in range(years + 1)]
        targets = [day for day in ends_ahead if day - last > OLD_AFTER]
        made = make_projection_from_counts(
            history,
            newer,
            targets,
            as_of=known.day,
            definition=f"people from {name} at the end of the year",
            data_vintage=start["data_vintage"],
            levels=FAN_LEVELS,
            pool_until=min(alike, cut_off),
        )
        projected = _take_projected(made, counted.iloc[-1])
        for ahead in dict.fromkeys((1, years)):
            if newest is None:
                explanation += explain_annual(history, origin, cut_off, ahead)
            else:
                explanation += _explain_cases(history, newer, ahead)
        if newest is not None:
            explanation.insert(0, _explain_start(start, ends, measure, known.day))
        explanation += _explain_whole(projected, whole, whole_name)
    except ValueError as refusal:
        reason = f"No projection was made: {reason or _say_refusal(refusal)}."
        reason = reason.replace("..", ".")
    came = pd.DataFrame()
    if later is not None:
        seen = _read_year_ends(later, origin, measure)
        seen = seen[(seen["day"] > start["day"]) & (seen["year"] <= start["day"].year + years)]
        came = _take_counts(seen, later=True)
    shown = counted[counted["day"].dt.year > start["day"].year - _YEARS_SHOWN]
    rows = put_together(shown, projected, planned, came).assign(origin=origin)
    # On a scale of years only a planning figure for a stated day has its place.
    rows = rows[(rows["part"] != PLANNED) | rows["day"].notna()].reset_index(drop=True)
    if newest is not None:
        unit = f"people from {name} abroad, at the end of the year"
    releases = [_say_releases(ends[ends["year"].isin(shown["day"].dt.year)])] if len(ends) else []
    notes = [*dict.fromkeys(explanation), *releases, WHO_COUNTS, *LIMITS]
    return Fan(rows, unit, True, whole, whole_name, reason, notes, _say_count(start, known.day))


def put_together(*parts: pd.DataFrame) -> pd.DataFrame:
    """Return the parts as one frame, with the columns and types of `COLUMNS`."""
    filled = [part.reindex(columns=COLUMNS) for part in parts if len(part)]
    frame = pd.concat(filled, ignore_index=True) if filled else pd.DataFrame(columns=COLUMNS)
    for column in ("day", "known_as_of", "counted_to", "published_on"):
        frame[column] = pd.to_datetime(frame[column])
    frame["quantile"] = frame["quantile"].astype("float64")
    frame["value"] = frame["value"].astype("float64").round().astype("Int64")
    frame["is_party"] = frame["is_party"].eq(True)
    text = ["wording", "label", "counted", "definition", "method", "data_vintage"]
    for column in [*text, "claimant_name", "claimant_short"]:
        frame[column] = frame[column].astype("str")
    return frame


def read_planned(known: Known, origin: str) -> pd.DataFrame:
    """Return the planning figures known on the day as a part; of a range the upper end.

    Figures of people to be helped are no figures of people who leave, and are left out.
    """
    claims = read_projections(known, origin)
    claims = claims[claims["measure"] != TO_BE_HELPED]
    labels = []
    for row in claims.to_dict("records"):
        day = row["dated"]
        said = f"{row['wording']} ({row['claimant_short']}, {day.day} {day:%b %Y})"
        area = row["asylum"]
        said += f" in {row['asylum_name']}" if isinstance(area, str) and area != ALL else ""
        dated_for = "" if pd.isna(row["target_day"]) else f", by {format_day(row['target_day'])}"
        labels.append(f"{said}{dated_for}")
    return claims.assign(
        part=PLANNED,
        day=claims["target_day"],
        value=claims["high"].fillna(claims["low"]),
        label=pd.Series(labels, index=claims.index, dtype="str"),
        data_vintage=claims["source_id"],
    )


def _take_daily(claims: pd.DataFrame) -> pd.DataFrame:
    """Return the daily figures of one claimant: those of two are never added."""
    daily = claims[(claims["measure"] == DAILY) & (claims["asylum"] == ALL)]
    return daily[daily["claimant"] == daily["claimant"].iloc[0]] if len(daily) else daily


def _take_counts(rows: pd.DataFrame, *, later: bool = False) -> pd.DataFrame:
    """Return counts (`day`, `value`, source columns) as a part, with their wording."""
    said = pd.Series([f"{value:,.0f}" for value in rows["value"]], index=rows.index, dtype="str")
    if "wording" in rows:
        said = rows["wording"].fillna(said)
    return rows.assign(part=LATER if later else COUNTED, wording=said)


def _take_projected(projection: pd.DataFrame, source: pd.Series) -> pd.DataFrame:
    """Return a projection (see `analysis.forecasting`) as a part, with the source of its start."""
    said = [f"{100 * q:g}% of outcomes at or below" for q in projection["quantile"]]
    return projection.rename(columns={"as_of": "known_as_of", "target_day": "day"}).assign(
        part=PROJECTED,
        wording=pd.Series(said, index=projection.index, dtype="str"),
        claimant_name=OURS,
        claimant_short="our own",
        publisher=source["publisher"],
        published_on=source["published_on"],
    )


def _read_crossings(known: Known, origin: str) -> pd.DataFrame:
    """Return the running total as known on a day; before there was one, the totals stated."""
    totals = add_up(_take_daily(read_refugees(known, origin)))
    totals = totals[totals["missing_days"] == 0].assign(counted_to=lambda rows: rows["as_of"])
    # Nobody said the sum of daily figures.
    totals["counted"] = totals["counted"] + ", daily figures added up"
    if totals.empty:
        stated = read_outcomes(known, origin)
        stated = stated[(stated["measure"] == TOTAL) & (stated["asylum"] == ALL)]
        totals = stated[stated["claimant"] == stated["claimant"].iloc[0]] if len(stated) else stated
        totals = totals.assign(counted=TOTAL)
    return totals.assign(
        day=totals["counted_to"],
        # The figure named, not the margin of "about" below it.
        value=totals["best"].fillna(totals["low"]),
        definition=totals["counted"],
        data_vintage=totals["source_id"],
    ).drop(columns=["counted_to"])


def _find_population(known: Known, origin: str, name: str) -> tuple[float | None, str]:
    """Return the largest population figure known: a bound must not shut out what is possible."""
    figures = read_population(known, origin, known_only=True)
    figures = figures[figures["best"].notna() | figures["high"].notna()]
    if figures.empty:
        return None, ""
    people = figures["best"].fillna(figures["high"]).astype("float64")
    row = figures.iloc[int(people.to_numpy().argmax())]
    said = f"the population of {name}, {row['wording']} ({row['denominator']}; "
    return float(people.max()), f"{said}territory: {row['territory']})"


def _explain_daily(last: pd.Series, flows: pd.DataFrame, day: pd.Timestamp) -> list[str]:
    pace = flows_known_on(flows, day)
    week = pace.iloc[-7:]
    return [
        f"The daily figures known on {format_day(day)} add up to {last['value']:,} border "
        f"crossings, counted to {format_day(last['day'])}, {len(pace)} days in all; in the last "
        f"{len(week)} days they were {week.mean():,.0f} a day.",
        "The projection lets the pace of the last days fade (damped-trend exponential "
        "smoothing), with 2,000 simulated paths, and allows for revisions as large as those "
        "that the source had made before. Days ahead are counted from the last day counted.",
        *DAILY_LIMITS,
    ]


def _read_year_ends(known: Known, origin: str, measure: str) -> pd.DataFrame:
    counts = _say_counts(read_refugees_by_origin(known, origin), measure)
    return counts.assign(definition=f"{measure}, at year end")


def _say_counts(counts: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Return UNHCR's counts by origin as counts of a projection: `day`, `value`, the source."""
    return counts.assign(
        day=counts["as_of"],
        value=counts[list(MEASURES[measure])].fillna(0).sum(axis="columns"),
        claimant_name="UN refugee agency UNHCR",
        claimant_short="UNHCR",
        is_party=False,
        counted=measure,
        data_vintage=counts["source_id"],
    )


def _read_mid_years(known: Known, origin: str, measure: str) -> pd.DataFrame:
    """Return the counts of middles of years as outcomes of a measure of their own."""
    counts = read_by_origin(known)
    middle = (counts["origin"] == origin) & (counts["as_of"].dt.month != 12)
    rows = _say_counts(counts[middle], measure)
    bounds = {end: rows["value"].astype("Int64") for end in ("low", "best", "high")}
    words = pd.Series([f"{value:,}" for value in rows["value"]], index=rows.index, dtype="str")
    return rows.assign(
        **bounds, measure=measure, asylum=ALL, counted_to=rows["as_of"], wording=words
    )


def _say_releases(ends: pd.DataFrame) -> str:
    """Say which releases the end-year counts come from, and which of them came after the day."""
    parts = []
    for is_known, rows in ends.groupby("known", sort=False):
        years = sorted(rows["year"])
        span = f"{years[0]}" if len(years) == 1 else f"{years[0]} to {years[-1]}"
        released = sorted(rows["published_on"].unique())
        named = " and ".join(f"{pd.Timestamp(day):%B %Y}" for day in released)
        noun = "release" if len(released) == 1 else "releases"
        parts.append(
            f"those of {span} are of UNHCR's {noun} of {named}"
            + ("" if is_known else ", the first after the day that the casebook holds")
        )
    said = f"Of the end-year counts shown, {'; '.join(parts)}."
    if not ends["known"].all():
        said += (
            " The values first published for a year differ from later ones by less than 1% for "
            "nearly all origins."
        )
    return said


def _find_newest(known: Known, origin: str, ends: pd.DataFrame, measure: str) -> Record | None:
    """Return the newest count of people abroad, where it is newer than the last end of a year.

    People recorded come before border crossings that are no more than a month newer: these
    count movements, and a person as often as he or she crosses.
    """
    counts = read_outcomes(known, origin)
    counts = counts[(counts["measure"] != OFFICIAL) & counts["asylum"].isin([ALL, _SUM])]
    counts = counts[counts["low"].notna() | counts["high"].notna()]
    middles = _read_mid_years(known, origin, measure)
    if len(middles):
        counts = pd.concat([counts, middles]) if len(counts) else middles
    if len(ends):
        counts = counts[counts["counted_to"] > ends["day"].iloc[-1] + OLD_AFTER]
    if counts.empty:
        return None
    last = counts.sort_values("counted_to", kind="stable").groupby("measure").tail(1)
    newest = last[last["counted_to"] >= last["counted_to"].max() - OLD_AFTER]
    order = newest.assign(_crossings=newest["measure"] == TOTAL)
    order = order.sort_values(["_crossings", "counted_to"], ascending=[True, False], kind="stable")
    row: Record = order.to_dict("records")[0]
    value = next(row[end] for end in ("best", "low", "high") if not pd.isna(row[end]))
    how = ", countries added up" if row["asylum"] == _SUM else ""
    return row | {
        "day": row["counted_to"],
        "value": value,
        "counted": f"{row['measure']}{how}",
        "definition": f"{row['measure']}{how}",
        "data_vintage": row["source_id"],
        "counted_to": pd.NaT,
    }


_SUM = "sum of countries"


def _find_obstacle(
    known: Known, origin: str, newest: Record | None, start: Record, planned: pd.DataFrame
) -> str:
    """Say why a projection by years would mislead, or ""."""
    if newest is not None:
        claims = read_refugees(known, origin)
        first = claims[["since", "published_on"]].min().min()
        if known.day - first < _NEW_WAVE:
            return (
                f"people began to leave on {format_day(first)}, and how many follow in a first "
                "wave cannot be told from past years; ask for a projection by day"
            )
        return ""
    newer = planned[planned["published_on"] > start["day"]]
    beyond = newer[newer["value"].astype("float64") >= _ANOTHER_CRISIS * float(start["value"])]
    if beyond.empty:
        return ""
    row = beyond.sort_values("published_on", kind="stable").to_dict("records")[-1]
    return (
        f"the newest count known is {_say_count(start, known.day)}, and "
        f"{row['claimant_short']} has since planned for {row['wording']} "
        f"({format_day(row['published_on'])}); a projection from that count would not know of it"
    )


def _explain_start(start: Record, ends: pd.DataFrame, measure: str, known_on: pd.Timestamp) -> str:
    said = f"The projection starts from the newest count known: {_say_count(start, known_on)}."
    if start["definition"] == TOTAL:
        said += " Border crossings count movements, not people abroad."
    if len(ends):
        last = ends.iloc[-1]
        said += (
            f" The last end-year count is of {last['day'].year}: {last['value']:,.0f} {measure}; "
        )
        if start["counted"] != measure:
            said += "the two count in different ways, and "
        said += "what lies between them is taken as growth."
    return said


def _explain_cases(history: History, newer: pd.DataFrame, ahead: int) -> list[str]:
    """Return what a projection from a newest count rests on: the past cases known."""
    last = int(history.years[-1])
    cases = tabulate_cases(history, newer["origin"].iloc[0], last, ahead, counts=newer)
    same = cases[cases["same_state"]]
    years = "a year" if ahead == 1 else f"{ahead} years"
    told = [f"Of the past, those cases count most for {years} ahead: {name_first(cases)}."]
    if same.empty:
        return told
    of_state = f"Of {len(same):,} past crisis-years that grew or fell as this one did"
    followed = say_what_followed(same, ahead)
    return [f"{of_state} (outcome known by {last}), {followed}.", *told]


def _explain_whole(projected: pd.DataFrame, whole: float | None, whole_name: str) -> list[str]:
    """Say where a range ends at the whole population, and why."""
    if whole is None:
        return []
    reached = projected[projected["value"].astype("float64") >= AT_THE_WHOLE * whole]
    if reached.empty:
        return []
    row = reached.sort_values("day", kind="stable").iloc[0]
    return [
        f"From {format_day(row['day'])} on the widest range ends at or near all who could leave "
        f"({whole_name}): some small crises of the past grew by a factor that leads beyond, and "
        "nothing can. That end is a limit, no forecast that everybody leaves."
    ]


def _use_known_population(
    history: History, known: Known, origin: str, name: str
) -> tuple[History, str]:
    """Return the history with the population of the origin as it was known, and whose that is.

    The populations beside the counts are of a later edition. Of a figure known on the day
    those are taken off who were abroad since its year: they no longer live there.
    """
    last, place = int(history.years[-1]), history.place_of(origin)
    later = "" if known.day >= POPULATIONS_FROM else ", published after the day of the report"
    said = (
        f"those who lived in {name} in the middle of {last} (World Bank, edition of "
        f"{format_day(POPULATIONS_FROM)}{later}) and those already abroad"
    )
    figures = read_population(known, origin, known_only=True)
    figures = figures[figures["year"].between(int(history.years[0]), last)]
    figures = figures[figures["best"].notna()].sort_values(["published_on", "year"], kind="stable")
    if not later or figures.empty:
        return history, said
    figure = figures.iloc[-1]
    abroad_then = history.people[int(figure["year"]) - int(history.years[0]), place]
    population = history.population.copy()
    population[-1, place] = float(figure["best"]) + abroad_then - history.people[-1, place]
    return replace(history, population=population), (
        f"those who lived in {name} in the middle of {figure['year']} ({figure['denominator']}) "
        "and those abroad at the end of that year"
    )


def _find_whole(history: History, origin: str, of_whom: str) -> tuple[float | None, str]:
    people = float(history.most_possible()[history.place_of(origin)])
    return (None, "") if people == float("inf") else (people, f"{people:,.0f}: {of_whom}")


def _say_count(row: Record, known_on: pd.Timestamp) -> str:
    """Return a count with what it counts, its claimant, its day and, where it is old, its age."""
    day = format_day(row["day"])
    if known_on - row["day"] > OLD_AFTER:
        day += f", {say_age(row['day'], known_on)}"
    return f"{row['wording']} {row['counted']} ({row['claimant_short']}, {day})"


def _say_refusal(refusal: ValueError) -> str:
    return (str(refusal).partition(": ")[2] or str(refusal)).rstrip(".")
