"""Refugees against population: the charts that set counts and projections beside a population."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from analysis.charts import Chart, plot_against_population, plot_per_thousand, size_for_rows
from analysis.claims import prose
from analysis.refugees.population import find_yardsticks
from analysis.refugees.shares import (
    say_range,
    say_span,
    tabulate_refugees_against_population,
    tabulate_share_ranges,
    write_shares,
)
from analysis.tables import Record, parse_day
from analysis.tables.countries import name_country

#: More projections than these are counted in a title, not named.
_PROJECTIONS_NAMED = 2


def chart_refugees_against_population(
    data: str | Path = "", as_of: str | date = "2022-03-03", *, origin: str = "UKR"
) -> Chart:
    """Return refugees and projections drawn to scale beside the population they come from."""
    figures = find_yardsticks(data, as_of, iso3=origin)
    shares = tabulate_refugees_against_population(data, as_of, origin=origin)
    shares = shares[shares["denominator"].isin(figures["denominator"])]
    day, country = prose.format_day(parse_day(as_of)), name_country(origin)
    claims = shares.drop_duplicates(["kind", "claimant", "measure", "wording"])
    spans = [
        f"{say_span(rows)} of the population ({_name_yardsticks(figures)})"
        for _, rows in shares.groupby(["kind", "claimant", "measure", "wording"], sort=False)
    ]
    claims = claims.assign(
        label=[f"{_name_claim(row)}: {row['claimant_short']}" for row in claims.to_dict("records")],
        share=pd.Series(spans, index=claims.index, dtype="str"),
        detail=[_write_detail(row) for row in claims.to_dict("records")],
    )
    people = figures.assign(
        kind="population",
        label=f"Population of {country}: " + figures["claimant_short"],
        detail=[_write_year(row) for row in figures.to_dict("records")],
    )
    # Nothing to set against a population is an empty chart, not a lone population.
    rows = pd.concat([people if len(claims) else people[:0], claims], ignore_index=True)
    empty = f"No count or projection of refugees from {country} had been published by {day}."
    title = empty.rstrip(".")
    if len(claims):
        title = f"{country}: {_write_finding(claims)}; as known on {day}"
    ranges = tabulate_share_ranges(data, as_of, origin=origin)
    sentences = prose.write_sentences(claims) + write_shares(ranges)
    return Chart(
        name="refugees_against_population",
        rows=rows,
        draw=lambda frame, ax: plot_against_population(frame, ax, empty=empty),
        title=title,
        subtitle=f"People, drawn to scale from zero, as known on {day}. A projection has not "
        "been counted; a crossing of a border is not yet a refugee recorded.",
        alt=prose.write_alt_text("Bar chart to scale", title, sentences, empty=empty),
        size=size_for_rows(len(rows), row_height=0.55),
    )


def chart_refugees_per_thousand(
    data: str | Path = "",
    as_of: str | date = "2022-03-03",
    *,
    origin: str = "UKR",
    known_only: bool = False,
) -> Chart:
    """Return refugees per 1,000 inhabitants, a row a count and population figure."""
    shares = tabulate_refugees_against_population(data, as_of, origin=origin, known_only=known_only)
    shares = shares[shares["kind"] == "refugees"].reset_index(drop=True)
    day, country = prose.format_day(parse_day(as_of)), name_country(origin)
    later = shares["known"].map({True: "", False: " (published later)"})
    rows = shares.assign(
        label=[
            f"{row['wording']} {row['measure']} ({row['claimant_short']})"
            for row in shares.to_dict("records")
        ],
        wording_counted=shares["wording"],
        detail=shares["denominator"] + later,
        low=shares["per_thousand_low"],
        best=shares["per_thousand_best"],
        high=shares["per_thousand_high"],
    )
    rows["wording"] = [say_range(row["low"], row["high"]) for row in rows.to_dict("records")]
    rows = rows.drop(columns=["share"])
    empty = f"No count or projection of refugees from {country} had been published by {day}."
    title = empty.rstrip(".")
    if len(rows):
        counts = rows[rows["kind"] == "refugees"]
        of = counts if len(counts) else rows
        of = of[of["label"] == of["label"].iloc[0]]  # one claimant's figure, never a span of all
        least, most = of["low"].min(), of["high"].max()
        first = of.iloc[0]
        title = (
            f"{first['wording_counted']} {first['measure']} ({first['claimant_short']}) are "
            f"{say_range(least, most)} for every 1,000 inhabitants of {country}, by the "
            f"population figure used; as known on {day}"
        )
    return Chart(
        name="refugees_per_thousand",
        rows=rows,
        draw=lambda frame, ax: plot_per_thousand(
            frame, ax, unit=f"per 1,000 inhabitants of {country}", empty=empty
        ),
        title=title,
        subtitle="Counts per 1,000 inhabitants of the country that people left, one row for each "
        f"count and population figure; counts as known on {day}.",
        alt=prose.write_alt_text(
            "Bar chart",
            title,
            [
                f"{row['label']} against {row['detail']}: {row['wording']} per 1,000."
                for row in rows.to_dict("records")
            ],
            empty=empty,
        ),
        size=size_for_rows(len(rows), row_height=0.5),
    )


def _name_yardsticks(figures: pd.DataFrame) -> str:
    return prose.write_list(list(dict.fromkeys(figures["claimant_short"])))


def _write_finding(claims: pd.DataFrame) -> str:
    """Each count with its share; projections too, as long as they are few."""
    projected = claims["kind"] == "projection"
    few = projected.sum() <= _PROJECTIONS_NAMED
    parts = []
    for row in claims[~projected | few].to_dict("records"):
        what = "could leave" if row["kind"] == "projection" else row["measure"]
        who = f"({row['claimant_short']}{prose.mark_doubt(row)})"
        parts.append(f"{row['wording']} {what} {who}, {row['share']}")
    if not few:
        parts.append(f"{projected.sum()} projections beside it")
    return "; ".join(parts)


def _name_claim(row: Record) -> str:
    return "Projection" if row["kind"] == "projection" else prose.capitalise(str(row["measure"]))


def _write_detail(row: Record) -> str:
    """Which days a claim counts, or which day a projection speaks about."""
    if row["kind"] == "projection":
        known = f"made by {prose.format_day(row['published_on'])}"
        made: str = (
            known if pd.isna(row["made_on"]) else f"made on {prose.format_day(row['made_on'])}"
        )
        return f"{row['horizon']}; {made}"
    return prose.format_period(row["since"], row["as_of"])


def _write_year(row: Record) -> str:
    year: str = "year not stated" if pd.isna(row["year"]) else str(row["year"])
    if not row["known"]:
        year += f", published {prose.format_day(row['published_on'])}, after the day"
    return f"{year}; territory: {row['territory']}"
