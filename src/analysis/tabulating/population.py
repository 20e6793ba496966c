"""population.wpp: mid-year population of the UN's member states 2020 to 2022, WPP 2024.

The stored table has no populations but births and crude birth rates; their quotient holds
about four significant digits. So a figure is rounded to four, with a range of one unit of
the fourth digit either way.
"""

from __future__ import annotations

from math import floor, log10

import pandas as pd

from analysis.imports.reading.countries import member_codes
from analysis.refugees.population import POPULATION
from analysis.tables.countries import name_country
from analysis.tabulating.part import Part, make_rows

YEARS = (2020, 2021, 2022)
#: The day of the package that the stored table was taken from.
EDITION = "2025-06-23"
DIGITS = 4

#: Names as the casebook has them, where the list of countries has a shorter or newer one.
NAMES = {
    "BOL": "Bolivia (Plurinational State of)",
    "CIV": "Côte d’Ivoire",
    "COD": "Democratic Republic of the Congo",
    "COG": "Congo",
    "FSM": "Micronesia (Federated States of)",
    "IRN": "Iran (Islamic Republic of)",
    "KNA": "Saint Kitts and Nevis",
    "KOR": "Republic of Korea",
    "LAO": "Lao People’s Democratic Republic",
    "LCA": "Saint Lucia",
    "MDA": "Republic of Moldova",
    "PRK": "Democratic People’s Republic of Korea",
    "RUS": "Russian Federation",
    "SYR": "Syrian Arab Republic",
    "TUR": "Turkey",
    "TZA": "United Republic of Tanzania",
    "VCT": "Saint Vincent and the Grenadines",
    "VEN": "Venezuela (Bolivarian Republic of)",
    "VNM": "Viet Nam",
}


def make_population_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows of population.csv from a ``wpp-population`` frame of estimates."""
    members = frame["iso3"].isin(member_codes()) & frame["year"].isin(YEARS)
    estimates = (frame["variant"] == "estimate") & frame["population"].notna()
    rows = frame[members & estimates].sort_values(["iso3", "year"], kind="stable")
    year = rows["year"].astype("string")
    return make_rows(
        POPULATION,
        source_id="un-wpp-2024",
        locator="population_thousand_implied, " + rows["iso3"] + ", " + year,
        claimant="un-population-division",
        area=rows["iso3"],
        country=rows["iso3"].map(lambda iso3: NAMES.get(iso3, name_country(iso3))),
        year=year,
        edition=EDITION,
        territory="as the UN Population Division delimits it",
        wording=rows["population"].map(say_to_digits).astype("string"),
    )


def say_to_digits(people: float, digits: int = DIGITS) -> str:
    """Return a population as an estimate with its range, one unit of the last digit either way.

    >>> say_to_digits(41_047_912.0)
    '41050000 (41040000 to 41060000)'
    """
    unit = 10 ** max(floor(log10(people)) - digits + 1, 0) if people >= 1 else 1
    best = round(people / unit) * unit
    return f"{best} ({max(best - unit, 0)} to {best + unit})"


PARTS = (
    Part(
        file="population.wpp.csv",
        table=POPULATION,
        format="wpp-population",
        path="population/wpp2024_estimates_1950_2023.csv",
        rows=make_population_rows,
    ),
)
