"""Casualties over time: each claimant's figures day by day, as known on a day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from analysis.casualties.table import CASUALTIES, tabulate_casualties
from analysis.charts import Chart, plot_over_time, size_for_rows
from analysis.claims import prose
from analysis.claims.breaks import split_at_breaks, tabulate_breaks
from analysis.claims.compare import without_parties
from analysis.tables import Record, newest_editions, parse_day
from analysis.tables.countries import name_troops


def tabulate_casualties_over_time(
    data: str | Path = "",
    as_of: str | date = "2022-03-03",
    *,
    group: str = "civilian",
    outcome: str = "killed",
    side: str = "",
    parties: bool = True,
) -> pd.DataFrame:
    """Return every claimant's figures of one outcome over time, as known on a day.

    Parameters
    ----------
    data : str or Path
        The folder of the casebook; "" is the project's own.
    as_of : str or datetime.date
        The day of the replay.
    group : str
        civilian or military.
    outcome : str
        killed, wounded, killed or wounded, missing, captured, losses; all: every outcome.
    side : str
        ISO 3166 alpha-3 code of the force; "" for any.
    parties : bool
        Whether the claims of the parties to the conflict are shown.

    Returns
    -------
    pandas.DataFrame
        A claims frame, one row a claimant, side, outcome and day counted (the newest edition
        known), with `counted_to` (the day counted to, or else the day published), `segment`
        and `break_reason` (see `analysis.claims.breaks.split_at_breaks`). Unit: people.
    """
    claims = tabulate_casualties(data, as_of)
    chosen = (claims["group"] == group) & (claims["low"].notna() | claims["high"].notna())
    if outcome != "all":
        chosen &= claims["outcome"] == outcome
    if side:
        chosen &= claims["side"] == side
    rows = newest_editions(claims[chosen], CASUALTIES.series)
    rows = split_at_breaks(rows, tabulate_breaks(data, as_of), CASUALTIES.name)
    return rows if parties else without_parties(rows)


def follow_claims(rows: pd.DataFrame, days: pd.DatetimeIndex) -> pd.DataFrame:
    """Return the band of each claimant on each day: its latest claim up to that day.

    Parameters
    ----------
    rows : pandas.DataFrame
        The frame of `tabulate_casualties_over_time`.
    days : pandas.DatetimeIndex
        The days asked for.

    Returns
    -------
    pandas.DataFrame
        One row a day and claimant (and side and outcome) who had spoken by then: `day`, the
        claim's columns and `age_days`, how many days before that day its count ends.
    """
    grid = pd.DataFrame({"day": days.sort_values()})
    bands = [
        pd.merge_asof(grid, series.sort_values("counted_to"), left_on="day", right_on="counted_to")
        for _, series in rows.groupby(list(CASUALTIES.series), dropna=False, sort=False)
    ]
    if not bands:
        none = {
            "day": pd.Series(dtype=rows["counted_to"].dtype),
            "age_days": pd.Series(dtype="int"),
        }
        return rows[:0].assign(**none)
    table = pd.concat(bands, ignore_index=True)
    table = table[table["counted_to"].notna()]
    age = (table["day"] - table["counted_to"]).dt.days
    return table.assign(age_days=age).sort_values("day", kind="stable", ignore_index=True)


def tabulate_disagreement_over_time(
    data: str | Path = "",
    as_of: str | date = "2022-03-03",
    *,
    group: str = "military",
    outcome: str = "killed",
    side: str = "RUS",
    parties: bool = True,
    every: int = 7,
) -> pd.DataFrame:
    """Return the bands of all claimants on one measure, every few days; no average is made.

    Parameters
    ----------
    data, as_of, group, outcome, side, parties
        As in `tabulate_casualties_over_time`.
    every : int
        Days between two rows of a claimant; the last day is always there.

    Returns
    -------
    pandas.DataFrame
        See `follow_claims`.
    """
    rows = tabulate_casualties_over_time(
        data, as_of, group=group, outcome=outcome, side=side, parties=parties
    )
    if rows.empty:
        return follow_claims(rows, pd.DatetimeIndex([]))
    days = pd.date_range(rows["counted_to"].min(), parse_day(as_of), freq=f"{every}D")
    return follow_claims(rows, days.union([parse_day(as_of)]))


def chart_casualties_over_time(
    data: str | Path = "",
    as_of: str | date = "2022-03-03",
    *,
    group: str = "civilian",
    outcome: str = "killed",
    side: str = "",
    parties: bool = True,
) -> Chart:
    """Return the chart of `tabulate_casualties_over_time`: a line, band or arrows a claimant."""
    rows = tabulate_casualties_over_time(
        data, as_of, group=group, outcome=outcome, side=side, parties=parties
    )
    day = parse_day(as_of)
    nouns = list(dict.fromkeys(rows["counted"]))
    people = "civilians" if group == "civilian" else name_troops(side) if side else "troops"
    words = {"all": "killed, wounded, missing or captured", "losses": "out of action"}
    what = words.get(outcome, outcome)
    noun = nouns[0] if len(nouns) == 1 else f"{people} {what}"
    empty = f"No figure of {noun} had been published by {prose.format_day(day)}."
    spans = [write_span(of_noun) for _, of_noun in rows.groupby("counted", sort=False)]
    title = f"{'; '.join(spans)}; as known on {prose.format_day(day)}"
    if not spans:
        title = f"The casebook holds no figure of {noun} published by {prose.format_day(day)}"
    parts = ["casualties_over_time"]
    if (group, outcome, side) != ("civilian", "killed", ""):
        parts += [group, outcome.replace(" ", "_"), side.lower()]
    left_out = "" if parties else " Claims of the parties to the conflict are left out."
    return Chart(
        name="_".join(filter(None, parts)),
        rows=rows,
        draw=lambda frame, ax: plot_over_time(frame, ax, unit=noun, empty=empty, until=day),
        title=title,
        subtitle=f"{prose.capitalise(noun)} so far, by the last day counted (or else the day "
        f"published), the newest figure of each claimant and day as known on "
        f"{prose.format_day(day)}. People.{left_out}",
        alt=prose.write_alt_text(
            "Chart over time with one line, band or row of points for each claimant",
            title,
            write_casualties_over_time(rows),
            empty=empty,
        ),
        size=size_for_rows(8),
    )


def write_casualties_over_time(rows: pd.DataFrame) -> list[str]:
    """Return one sentence a series: its last figure, and how many there are."""
    sentences = []
    for _, series in rows.groupby(list(CASUALTIES.series), dropna=False, sort=False):
        said = prose.write_sentence(series.iloc[-1])
        more = f" It is the last of {len(series)} figures." if len(series) > 1 else ""
        sentences.append(said + more)
    return sentences


def write_span(rows: pd.DataFrame) -> str:
    """Return the newest claim of each claimant in words, or of many the newest of all.

    Parameters
    ----------
    rows : pandas.DataFrame
        Claims that count the same (one `counted`), each claimant's in the order of days; no
        average is made, and each figure has its claimant and its day.
    """
    latest = rows.groupby("claimant", sort=False).tail(1)
    latest = latest[latest["low"].notna() | latest["high"].notna()]
    noun = prose.capitalise(str(rows["counted"].iloc[0]))
    if latest.empty:
        return f"{noun}: no figure from {prose.write_list(rows['claimant_short'].tolist())}"
    if len(latest) <= _NAMED:
        return f"{noun}: {', '.join(_cite(row) for row in latest.to_dict('records'))}"
    # The newest is named, not the least or the greatest: claimants are not ranked.
    newest = latest.sort_values(["published_on", "counted_to"], kind="stable").to_dict("records")[
        -1
    ]
    return f"{noun}: {len(latest)} claimants, the newest figure {_cite(newest)}"


def _cite(row: Record) -> str:
    day = pd.Timestamp(row["published_on"] if pd.isna(row["as_of"]) else row["as_of"])
    who = f"{row['claimant_short']}{prose.mark_doubt(row)}"
    return f"{row['wording']} ({who}, {prose.format_day(day)})"


#: More claimants than this are told by the lowest and the highest figure.
_NAMED = 3
