"""Population: the denominators of every share, each with its year, edition and territory."""

from __future__ import annotations

import pandas as pd

from analysis.claims.days import format_day
from analysis.claims.kept import keep
from analysis.tables import Record, Table, columns
from analysis.tables.asked import require_yes_or_no
from analysis.tables.known import Known

POPULATION = Table(
    name="population",
    title="one figure of the people who live in an area",
    key=("source_id", "locator", "claimant", "area", "year", "edition", "territory", "wording"),
    series=("claimant", "area", "year", "territory"),
    schema={
        "source_id": columns.source_id(),
        "locator": columns.locator(),
        "claimant": columns.claimant(),
        "area": columns.area("the country, or a part of one"),
        "country": columns.text("its name in plain English", empty=True),
        "year": columns.whole_number("the year the figure speaks about", empty=True),
        "edition": columns.day("the day of the edition of a data set", empty=True),
        "territory": columns.text("what the figure takes as the country's territory"),
        "wording": columns.wording(empty=False),
        "note": columns.note(),
    },
)


@keep
def read_population(known: Known, area: str = "", *, known_only: bool = False) -> pd.DataFrame:
    """Return every population figure of an area ("": all), with its year and territory.

    A population figure is a yardstick and no claim about the crisis, so unless `known_only` later
    editions stand beside those known on the day, and `known` tells them apart. `denominator` is the
    figure's name ("World Bank 2020, edition of 8 April 2022"). Unit: people.
    """
    require_yes_or_no(known_only, "known_only")
    figures = known.claims(POPULATION, later=not known_only)
    if known.area(area):
        figures = figures[figures["area"] == area].reset_index(drop=True)
    names = [name_denominator(row) for row in figures.to_dict("records")]
    return figures.assign(
        known=figures["published_on"] <= known.day,
        denominator=pd.Series(names, index=figures.index, dtype="str"),
    )


def read_newest_populations(known: Known) -> pd.DataFrame:
    """Return one population figure an area: the newest known, or else the first after the day.

    As `read_population`, with the area as index. Of the figures known those with a year come before
    those without; `known` is False for a figure published later.
    """
    figures = read_population(known)
    figures = figures.assign(_dated=figures["year"].notna())
    order = ["_dated", "published_on", "year"]
    then = figures[figures["known"]].sort_values(order, kind="stable")
    later = figures[~figures["known"]].sort_values(
        order, ascending=[False, True, False], kind="stable"
    )
    chosen = pd.concat([then.groupby("area").tail(1), later.groupby("area").head(1)])
    return chosen.drop_duplicates("area").set_index("area").drop(columns="_dated")


def choose_yardsticks(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of `read_shares` of the population figures that a title may speak of.

    Area by area these are the figures known on the day; of those, the ones in which nobody is
    missing who left (`after_start`), where there are any. Where none was known, they are the first
    ones published later.
    """
    if rows.empty:
        return rows
    of_area = rows.groupby("population_area")
    first = of_area["population_published_on"].transform("min")
    any_known = rows["known"].groupby(rows["population_area"]).transform("any")
    chosen = rows["known"] | (~any_known & (rows["population_published_on"] == first))
    whole = chosen & ~rows["after_start"]
    any_whole = whole.groupby(rows["population_area"]).transform("any")
    return rows[whole | (chosen & ~any_whole)]


def name_denominator(row: Record) -> str:
    """Return the name of a figure as a denominator: who, which year, which edition."""
    year: str = "" if pd.isna(row["year"]) else f" {row['year']}"
    name = f"{row['claimant_short']}{year}"
    if pd.isna(row["edition"]):
        return name if year else f"{name}, year not stated"
    return f"{name}, edition of {format_day(pd.Timestamp(row['edition']))}"
