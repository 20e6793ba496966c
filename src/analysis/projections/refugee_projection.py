"""Projections of refugees of our own: a fan of what may come, with what others planned for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from analysis.charts import (
    COUNTED,
    LATER,
    PLANNED,
    PROJECTED,
    Chart,
    plot_fan,
    say_rounded,
    say_rounded_range,
    size_for_rows,
)
from analysis.claims.days import format_day
from analysis.claims.prose import write_alt_text
from analysis.forecasting import MEASURES
from analysis.projections.by_day import has_daily_figures, project_by_day
from analysis.projections.by_year import project_by_year
from analysis.projections.fan import Fan
from analysis.tables import parse_day, suggest
from analysis.tables.countries import name_country

#: The furthest ahead: years, or weeks where there are daily figures.
_FURTHEST = {"year": 10, "day": 12}


def tabulate_refugee_projection(
    data: str | Path = "",
    as_of: str | date = "2022-03-15",
    *,
    origin: str = "UKR",
    horizon: int = 4,
    by: str = "auto",
    measure: str = "refugees and asylum-seekers",
    reveal: bool = False,
) -> pd.DataFrame:
    """Return a projection with the counts it starts from and the planning figures beside it.

    Nothing published after `as_of` is used; with `reveal` what was counted later stands in
    rows of its own, to be looked at only.

    Parameters
    ----------
    data : str or Path
        The folder of the casebook; "" is the project's own.
    as_of : str or datetime.date
        The day known.
    origin : str
        ISO 3166 alpha-3 code of the country that people left.
    horizon : int
        How far ahead of the last figure: years (1 to 10), or weeks (1 to 12) by day.
    by : str
        day, for a crisis with daily figures; year, for any country; auto, day where daily
        counts had been published in the two months before.
    measure : str
        What is projected by year: "refugees and asylum-seekers" or "refugees".
    reveal : bool
        Whether what was counted later is added.

    Returns
    -------
    pandas.DataFrame
        `part` (counted, projected, planning figure, counted later), `origin`, `day` (counted
        to, projected for, or spoken about; missing where a planning figure states none),
        `quantile` (projected rows only), `value` (people; of a planning figure its upper
        end), `share` (percent of `denominator`), `wording`, `label`, `claimant_name`,
        `is_party`, `definition`, `method`, `known_as_of` and `counted_to` (of the
        projection), `data_vintage`, `publisher`, `published_on`. Empty where nothing at all
        was known; no projected rows where none could be made: see
        `write_refugee_projection` for why.

    Raises
    ------
    ValueError
        `horizon`, `by` or `measure` is out of range.
    """
    fan = _make(data, as_of, origin, horizon, by, measure, reveal)
    return _add_shares(fan)


def chart_refugee_projection(
    data: str | Path = "",
    as_of: str | date = "2022-03-15",
    *,
    origin: str = "UKR",
    horizon: int = 4,
    by: str = "auto",
    measure: str = "refugees and asylum-seekers",
    reveal: bool = False,
) -> Chart:
    """Return the fan chart of `tabulate_refugee_projection`."""
    fan = _make(data, as_of, origin, horizon, by, measure, reveal)
    day, rows = parse_day(as_of), _add_shares(fan)
    empty = fan.reason or f"No figure of people from {name_country(origin)} was known."
    title = _write_title(fan, day, name_country(origin))
    # Planning figures alone are no chart of a projection.
    drawn = rows if rows["part"].isin([COUNTED, PROJECTED, LATER]).any() else rows[:0]
    return Chart(
        name="refugee_projection",
        rows=drawn,
        draw=lambda frame, ax: plot_fan(
            frame,
            ax,
            unit=fan.unit,
            empty=empty,
            known_on=None if fan.by_year else day,
            by_year=fan.by_year,
            whole=fan.whole,
            whole_name=fan.whole_name,
        ),
        title=title,
        subtitle=_write_subtitle(fan, day),
        alt=write_alt_text("Fan chart", title, _describe(fan), empty=empty),
        size=size_for_rows(10),
    )


def write_refugee_projection(
    data: str | Path = "",
    as_of: str | date = "2022-03-15",
    *,
    origin: str = "UKR",
    horizon: int = 4,
    by: str = "auto",
    measure: str = "refugees and asylum-seekers",
    reveal: bool = False,
) -> list[str]:
    """Return what a projection says and rests on, what cannot be known, or why there is none."""
    fan = _make(data, as_of, origin, horizon, by, measure, reveal)
    return [*_describe(fan), *([fan.reason] if fan.reason else []), *fan.explanation]


def _make(
    data: str | Path,
    as_of: str | date,
    origin: str,
    horizon: int,
    by: str,
    measure: str,
    reveal: bool,
) -> Fan:
    for name, value, allowed in (("by", by, ["auto", "day", "year"]),
                                 ("measure", measure, list(MEASURES))):  # fmt: skip
        if value not in allowed:
            hint = suggest(value, allowed) or f"expected one of {', '.join(allowed)}"
            raise ValueError(f'{name}: "{value}" is not allowed; {hint}')
    parse_day(as_of)
    if by == "auto":
        by = "day" if has_daily_figures(data, as_of, origin) else "year"
    if not 1 <= horizon <= _FURTHEST[by]:
        steps = "weeks" if by == "day" else "years"
        raise ValueError(f"horizon: {horizon} {steps} ahead; expected 1 to {_FURTHEST[by]}")
    if by == "day":
        return project_by_day(data, as_of, origin, horizon, reveal=reveal)
    return project_by_year(data, as_of, origin, horizon, measure=measure, reveal=reveal)


def _add_shares(fan: Fan) -> pd.DataFrame:
    share = pd.Series(pd.NA, index=fan.rows.index, dtype="Float64")
    if fan.whole is not None:
        share = 100.0 * fan.rows["value"].astype("Float64") / fan.whole
    return fan.rows.assign(share=share, denominator=fan.whole_name)


def _find_end(fan: Fan) -> dict[float, float]:
    """Return the quantiles of the last day projected, by level; empty where there are none."""
    made = fan.rows[fan.rows["part"] == PROJECTED]
    end = made[made["day"] == made["day"].max()]
    return {round(float(row["quantile"]), 6): float(row["value"]) for row in end.to_dict("records")}


def _write_title(fan: Fan, day: pd.Timestamp, country: str) -> str:
    at_level = _find_end(fan)
    made = fan.rows[fan.rows["part"] == PROJECTED]
    if not at_level:
        counted = fan.rows[fan.rows["part"] == COUNTED]
        if counted.empty:
            return f"No count of people who left {country} was known on {format_day(day)}"
        last = counted.iloc[-1]
        return (
            f"Too little was known on {format_day(day)} to project how many would leave "
            f"{country}: {last['wording']} by {format_day(last['day'])}, says the "
            f"{last['claimant_name']}"
        )
    what = "people from" if fan.by_year else "border crossings out of"
    return (
        f"{say_rounded_range(at_level[0.1], at_level[0.9])} {what} {country} by "
        f"{format_day(made['day'].max())}: our projection of {format_day(day)} (80% interval)"
    )


def _write_subtitle(fan: Fan, day: pd.Timestamp) -> str:
    said = f"{fan.unit[:1].upper()}{fan.unit[1:]}. Only what was published by {format_day(day)}"
    said += " was used" if fan.rows["part"].eq(PROJECTED).any() else " is shown"
    if fan.by_year:
        said = f"{fan.unit[:1].upper()}{fan.unit[1:]}. Only years published by {format_day(day)} "
        said += "were used, in the values of the release named below"
    return f"{said}." + (
        " What was counted later is added." if fan.rows["part"].eq(LATER).any() else ""
    )


def _describe(fan: Fan) -> list[str]:
    """Return the chart in words: the last count, the ranges, the planning figures, what came."""
    parts = dict(iter(fan.rows.groupby("part", sort=False)))
    told = []
    if COUNTED in parts:
        last = parts[COUNTED].iloc[-1]
        told.append(
            f"Counted as known on the day: {last['wording']} by {format_day(last['day'])} "
            f"({last['claimant_name']})."
        )
    at_level = _find_end(fan)
    if at_level:
        end = format_day(parts[PROJECTED]["day"].max())
        ranges = ", ".join(
            f"{100 * (1 - 2 * low):.0f}%: "
            f"{say_rounded_range(at_level[low], at_level[round(1 - low, 6)])}"
            for low in (0.25, 0.1, 0.025)
        )
        share = ""
        if fan.whole:
            ends = [f"{100 * at_level[level] / fan.whole:.1f}" for level in (0.1, 0.9)]
            share = f" The 80% range is {ends[0]} to {ends[1]}% of {fan.whole_name}."
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
