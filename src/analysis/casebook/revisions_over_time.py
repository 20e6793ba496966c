"""Revisions over time: how one running total stood on each day on which it was published."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from analysis.charts import Chart, plot_revisions, size_for_rows
from analysis.claims import prose
from analysis.refugees.running_totals import tabulate_running_total_revisions
from analysis.tables import parse_day
from analysis.tables.countries import name_country


def chart_revisions_of_running_total(
    data: str | Path = "",
    as_of: str | date = "2022-03-03",
    *,
    counted_to: str = "2022-03-02",
    origin: str = "UKR",
    claimant: str = "unhcr",
) -> Chart:
    """Return how the running total of border crossings through one day was revised.

    Parameters
    ----------
    data : str or Path
        The folder of the casebook; "" is the project's own.
    as_of : str or datetime.date
        The day of the replay.
    counted_to : str
        The last day counted.
    origin : str
        ISO 3166 alpha-3 code of the country that people left.
    claimant : str
        The key of the claimant whose figures they are.
    """
    rows = tabulate_running_total_revisions(data, as_of, counted_to=counted_to, origin=origin)
    rows = rows[rows["claimant"] == claimant].reset_index(drop=True)
    day, country = parse_day(as_of), name_country(origin)
    through = prose.format_day(parse_day(counted_to, "counted_to"))
    what = f"border crossings out of {country} through {through}"
    empty = f"No daily figures that add up to {what} were known on {prose.format_day(day)}."
    sentences = write_running_total_revisions(rows)
    title = f"The casebook holds no daily figures of {what} published by {prose.format_day(day)}"
    if len(rows):
        first, last = rows.iloc[0], rows.iloc[-1]
        title = f"{last['claimant_short']}'s {what}: {first['wording']} at first"
        if len(rows) > 1:
            times = "1 revision" if len(rows) == 2 else f"{len(rows) - 1} revisions"
            title += f", {last['wording']} after {times} ({last['change_percent']:+.1f}%)"
        title = f"{title}; as known on {prose.format_day(day)}".replace("-", "−")
    return Chart(
        name="revisions_of_running_total",
        rows=rows,
        draw=lambda frame, ax: plot_revisions(frame, ax, unit=what, empty=empty, until=day),
        title=title,
        subtitle=f"The same days, counted anew: what the daily figures from the first day to "
        f"{through} added up to, by day of publication, up to {prose.format_day(day)}. People.",
        alt=prose.write_alt_text(
            "Step chart by day of publication; its scale may not start at zero",
            title,
            sentences,
            empty=empty,
        ),
        size=size_for_rows(8),
    )


def write_running_total_revisions(rows: pd.DataFrame) -> list[str]:
    """Return one sentence a day of publication: the total, and by how much it changed."""
    sentences = []
    for row in rows.to_dict("records"):
        day = prose.format_day(row["published_on"])
        if pd.isna(row["change"]):
            sentences.append(f"Published by {day}: {row['wording']}.")
        else:
            way = "up" if row["change"] > 0 else "down"
            by = f"{way} by {abs(row['change']):,.0f}"
            sentences.append(f"Published by {day}: {row['wording']}, {by}.")
    return sentences
