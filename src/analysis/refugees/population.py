"""Population: the denominators of every share, each with its year, edition and territory."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from analysis.claims.prose import format_day
from analysis.tables import Record, Table, columns, parse_day, read_claims

POPULATION = Table(
    name="population",
    title="one figure of the people who live in a country",
    key=("source_id", "locator", "claimant", "iso3", "year", "edition", "territory"),
    series=("claimant", "iso3", "year", "territory"),
    schema=pa.DataFrameSchema(
        {
            "source_id": columns.source_id(),
            "locator": columns.locator(),
            "claimant": columns.claimant(),
            "iso3": columns.iso3("the country"),
            "country": columns.text("its name in plain English"),
            "year": columns.whole_number("the year the figure speaks about", empty=True),
            "edition": columns.day("the day of the edition of a data set", empty=True),
            "territory": columns.text("what the figure takes as the country's territory"),
            "wording": columns.wording(empty=False),
            "note": columns.note(),
        }
    ),
)


def tabulate_population(
    data: str | Path = "",
    as_of: str | date = "2022-03-03",
    *,
    iso3: str = "UKR",
    known_only: bool = False,
) -> pd.DataFrame:
    """Return every population figure of one country, with what it takes as year and territory.

    A population figure is a yardstick and no claim about the crisis, so by default later
    editions stand beside those known on the day, and `known` tells them apart.

    Parameters
    ----------
    data : str or Path
        The folder of the casebook; "" is the project's own.
    as_of : str or datetime.date
        The day of the replay.
    iso3 : str
        ISO 3166 alpha-3 code of the country.
    known_only : bool
        Whether editions published after the day are left out.

    Returns
    -------
    pandas.DataFrame
        A claims frame (see `analysis.tables.read_claims`) with `iso3`, `country`, `year`,
        `edition`, `territory`, `known` and `denominator`, the figure's name ("World Bank
        2020, edition of 8 April 2022"). Unit: people.
    """
    figures = read_claims(POPULATION, data)
    figures = figures[figures["iso3"] == iso3].reset_index(drop=True)
    figures["known"] = figures["published_on"] <= parse_day(as_of)
    figures["denominator"] = pd.Series(
        [name_denominator(row) for row in figures.to_dict("records")], dtype="str"
    )
    return figures[figures["known"]].reset_index(drop=True) if known_only else figures


def find_yardsticks(
    data: str | Path = "", as_of: str | date = "2022-03-03", *, iso3: str = "UKR"
) -> pd.DataFrame:
    """Return the population figures known on a day, or else the first published after it.

    Returns
    -------
    pandas.DataFrame
        As `tabulate_population`; `known` is False for a figure published later.
    """
    figures = tabulate_population(data, as_of, iso3=iso3)
    first = figures["published_on"] == figures["published_on"].min()
    chosen = figures["known"] if figures["known"].any() else first
    return pd.DataFrame(figures[chosen]).reset_index(drop=True)


def name_denominator(row: Record) -> str:
    """Return the name of a figure as a denominator: who, which year, which edition."""
    year: str = "" if pd.isna(row["year"]) else f" {row['year']}"
    name = f"{row['claimant_short']}{year}"
    if pd.isna(row["edition"]):
        return name if year else f"{name}, year not stated"
    return f"{name}, edition of {format_day(pd.Timestamp(row['edition']))}"
