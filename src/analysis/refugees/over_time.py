"""Refugees over time: running totals and stated totals by day, as known on a day.

What a claimant's daily figures add up to and the total that it states are two lines, as are
border crossings and refugees recorded: none stands for another.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from analysis.charts import Chart, plot_over_time, size_for_rows
from analysis.claims import prose
from analysis.claims.breaks import split_at_breaks, tabulate_breaks
from analysis.refugees.running_totals import DAILY, TOTAL, find_day_passed, tabulate_running_total
from analysis.refugees.table import REFUGEES, tabulate_refugees
from analysis.tables import newest_editions, parse_day
from analysis.tables.countries import name_country

_MILLION = 1_000_000


def tabulate_refugees_over_time(
    data: str | Path = "", as_of: str | date = "2022-03-03", *, origin: str = "UKR"
) -> pd.DataFrame:
    """Return running totals and stated totals of all countries of asylum together, by day.

    Parameters
    ----------
    data : str or Path
        The folder of the casebook; "" is the project's own.
    as_of : str or datetime.date
        The day of the replay.
    origin : str
        ISO 3166 alpha-3 code of the country that people left.

    Returns
    -------
    pandas.DataFrame
        A claims frame (see `analysis.refugees.table.tabulate_refugees`), one row a series and day:
        `series` (whose figures of what), `worked_out` (true where daily figures were added
        up), `counted_to` (the day counted to, or else the day published), `segment`,
        `break_reason` and `breaks_on` (see `analysis.claims.breaks.split_at_breaks`). Unit: people.
    """
    claims = tabulate_refugees(data, as_of, origin=origin)
    stated = claims[
        (claims["asylum"] == "all") & (claims["unit"] == "people") & (claims["measure"] != DAILY)
    ]
    stated = newest_editions(stated[stated["wording"].notna()], REFUGEES.series)
    totals = tabulate_running_total(data, as_of, origin=origin)
    totals = totals[totals["asylum"] == "all"]
    how = stated["measure"].map({TOTAL: ", total stated"}).fillna("")
    stated = stated.assign(
        worked_out=False, series=stated["claimant_short"] + ": " + stated["measure"] + how
    )
    totals = totals.assign(
        worked_out=True,
        series=totals["claimant_short"] + ": " + totals["measure"] + ", days added up",
    )
    rows = pd.concat([frame for frame in (totals, stated) if len(frame)] or [stated])
    rows = rows.reset_index(drop=True)
    return split_at_breaks(rows, tabulate_breaks(data, as_of), REFUGEES.name)


def chart_refugees_over_time(
    data: str | Path = "", as_of: str | date = "2022-03-03", *, origin: str = "UKR"
) -> Chart:
    """Return the chart of `tabulate_refugees_over_time`, with the breaks that are declared."""
    rows = tabulate_refugees_over_time(data, as_of, origin=origin)
    day, country = parse_day(as_of), name_country(origin)
    empty = f"No total of people who left {country} had been published by {prose.format_day(day)}."
    breaks = tabulate_breaks(data, as_of)
    ours = breaks["claimant"].isin(rows["claimant"]) & breaks["measure"].isin(rows["measure"])
    ours &= breaks["table"] == REFUGEES.name
    breaks = breaks[ours & breaks["place"].isin(["all", "any"])]
    rules = [
        (row["breaks_on"], f"{prose.format_day(row['breaks_on'])}: {row['reason']}")
        for row in breaks.to_dict("records")
    ]
    title = _write_title(rows, country, day)
    return Chart(
        name="refugees_over_time",
        rows=rows,
        draw=lambda frame, ax: plot_over_time(
            frame, ax, unit="people", empty=empty, until=day, breaks=rules
        ),
        title=title,
        subtitle=f"People who left {country}, all countries of asylum together, by the last day "
        f"counted; each day's newest figure as known on {prose.format_day(day)}. A border "
        "crossing is not a refugee recorded.",
        alt=prose.write_alt_text(
            "Line chart over time",
            title,
            _describe(rows) + [f"Break on {reason}." for _, reason in rules],
            empty=empty,
        ),
        size=size_for_rows(8),
    )


def write_refugees_over_time(rows: pd.DataFrame) -> list[str]:
    """Return one sentence for the last figure of each series of `tabulate_refugees_over_time`."""
    return prose.write_sentences(_find_last(rows))


def _find_last(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.groupby("series", sort=False).tail(1)


def _write_title(rows: pd.DataFrame, country: str, day: pd.Timestamp) -> str:
    """The finding: the newest total of crossings, the last million passed, and those recorded."""
    known = f"as known on {prose.format_day(day)}"
    if rows.empty:
        none = f"The casebook holds no total of people who left {country}"
        return f"{none} published by {prose.format_day(day)}"
    parts = []
    crossings = rows[rows["measure"] == TOTAL]
    added = crossings[crossings["worked_out"]]
    if len(added):
        last = _find_last(added).iloc[-1]
        parts.append(
            f"{last['claimant_short']}'s daily figures add up to {last['wording']} border "
            f"crossings out of {country} by {prose.format_day(last['as_of'])}"
        )
        million = int(last["low"] // _MILLION)
        passed = find_day_passed(added[added["series"] == last["series"]], million * _MILLION)
        if million and passed is not None:
            parts.append(f"{million} million passed on {prose.format_day(passed)}")
    elif len(crossings):
        last = _find_last(crossings).iloc[-1]
        parts.append(f"{last['wording']} border crossings out of {country} {_say_who(last)}")
    others = rows[rows["measure"] != TOTAL]
    # Of one measure the series come in order, and the last row counts to the latest day.
    for _, of_measure in others.groupby("measure", sort=False):
        last = _find_last(of_measure.sort_values("counted_to", kind="stable")).iloc[-1]
        parts.append(f"{last['wording']} {last['measure']} {_say_who(last)}")
    return prose.capitalise("; ".join([*parts, known]))


def _say_who(row: pd.Series) -> str:
    return f"({row['claimant_short']}, {prose.format_day(row['counted_to'])})"


def _describe(rows: pd.DataFrame) -> list[str]:
    """Each series in words: how many figures over which days, and the first and the last."""
    sentences = []
    for name, of_series in rows.groupby("series", sort=False):
        first, last = of_series.iloc[0], of_series.iloc[-1]
        figures = "1 figure" if len(of_series) == 1 else f"{len(of_series)} figures"
        start = f"{first['wording']} on {prose.format_day(first['counted_to'])}"
        end = f"{last['wording']} on {prose.format_day(last['counted_to'])}"
        told = start if len(of_series) == 1 else f"from {start} to {end}"
        sentences.append(f"{name}: {figures}, {told}.")
    return sentences
