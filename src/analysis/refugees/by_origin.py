"""Refugees by origin: people abroad at the end of each year, as UNHCR's annual statistics count.

The populations beside them are those of the World Bank, source `world-bank-2026-03`.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from analysis.forecasting.scores import LEVELS
from analysis.tables import Table, columns, parse_day
from analysis.tables.known import Known

REFUGEES_BY_ORIGIN = Table(
    name="refugees_by_origin",
    title="the people from one country who were abroad at the end of one year",
    key=("origin", "year"),
    schema=pa.DataFrameSchema(
        {
            "source_id": columns.source_id(),
            "origin": columns.iso3("the country they come from; UNHCR's UNK, XXA left out"),
            "year": columns.whole_number("the year at whose end they were counted"),
            "refugees": columns.count("refugees, with people in refugee-like situations"),
            "asylum_seekers": columns.count("asylum-seekers whose claim was pending"),
            "population": columns.count(
                "people who lived in the country in the middle of that year, without those "
                "abroad; World Bank, source world-bank-2026-03; empty where it has none",
                empty=True,
            ),
        }
    ),
)

PREREGISTRATION = Table(
    name="preregistration_2026",
    title="one quantile of a projection written down before the official figure exists",
    key=("origin", "definition", "target_day", "quantile"),
    schema=pa.DataFrameSchema(
        {
            "source_id": columns.refers_to("sources", "the release of the data that was used"),
            "as_of": columns.day("the day on which everything used was known"),
            "counted_to": columns.day("the last day counted in the figures used"),
            "target_day": columns.day("the day the projection speaks about"),
            "origin": columns.iso3("the country they come from"),
            "definition": columns.text("what is counted"),
            "quantile": columns.choice(
                "the share of outcomes expected at or below the value", map(str, LEVELS)
            ),
            "value": columns.count("people, at this quantile"),
            "method": columns.text("how the projection was made"),
        }
    ),
)

#: The release of UNHCR's statistics that the table is made from.
SOURCE_ID = "unhcr-annual-2026-06"

#: Pseudo-origins: unknown, stateless, Tibetan, Palestinians under UNHCR's mandate only.
_NO_COUNTRY = ("UNK", "XXA", "TIB", "PSE")


def read_refugees_by_origin(known: Known, origin: str) -> pd.DataFrame:
    """Return the year-end counts of people from one country up to the years known on the day.

    The values are those of one late release, so that `known` is false for all of them on an
    earlier day; which years are shown goes by when UNHCR first publishes a year, in the
    middle of the next one.

    Parameters
    ----------
    known : Known
        The casebook and the day.
    origin : str
        ISO 3166 alpha-3 code of the country that people left.

    Returns
    -------
    pandas.DataFrame
        `origin`, `origin_name`, `year`, `as_of` (31 December of the year), `refugees`,
        `asylum_seekers`, `people` (both together), `population` (missing where not known),
        `source_id`, `publisher`, `title`, `published_on` (of the release the values come
        from) and `known` (whether that release was out on the day). Unit: people.
    """
    counts = known.claims(REFUGEES_BY_ORIGIN, later=True)
    counts = counts[(counts["origin"] == origin) & (counts["year"] <= last_year_known(known.day))]
    counts = counts.sort_values("year", ignore_index=True)
    return counts.assign(
        as_of=pd.to_datetime(counts["year"].astype("str") + "-12-31"),
        people=counts["refugees"] + counts["asylum_seekers"],
        known=counts["published_on"] <= known.day,
    )


def read_preregistration(known: Known, origin: str = "") -> pd.DataFrame:
    """Return the projections that were written down before the official figures exist.

    Parameters
    ----------
    known : Known
        The casebook and the day; before the data behind the projections were out there is
        none.
    origin : str
        ISO 3166 alpha-3 code; "" for all.

    Returns
    -------
    pandas.DataFrame
        The columns of `PREREGISTRATION`, `quantile` as a number, with `publisher`, `title`
        and `published_on` of the data used. Unit of `value`: people.
    """
    rows = known.claims(PREREGISTRATION)
    if known.area(origin, "origin"):
        rows = rows[rows["origin"] == origin]
    return rows.assign(quantile=rows["quantile"].astype("float64")).reset_index(drop=True)


def last_year_known(day: str | date) -> int:
    """Return the last year whose end-year figures UNHCR has published by `day`.

    UNHCR's Global Trends report of a year appears by World Refugee Day, 20 June of the next.
    """
    known = parse_day(day)
    return known.year - (1 if (known.month, known.day) >= (6, 20) else 2)


def build_refugees_by_origin(
    folder: str | Path, *, since: int = 1980, smallest: int = 1_000
) -> pd.DataFrame:
    """Return the table made again from the published files, so that anyone can check it.

    Parameters
    ----------
    folder : str or Path
        Holds unhcr-annual/population.csv.gz (UNHCR, one row an origin, country of asylum and
        year) and population/worldbank_population_1960_2024.csv (one row a country and year).
    since : int
        The first year kept. With a half-life of 5 years, an outcome of 1980 counts a
        sixteenth in the year 2000.
    smallest : int
        Origins that never had so many people abroad since then are left out, as are years
        without anybody.

    Returns
    -------
    pandas.DataFrame
        The columns of `REFUGEES_BY_ORIGIN`, sorted by origin and year; `population` is Int64
        with gaps.
    """
    root = Path(folder)
    pairs = pd.read_csv(
        root / "unhcr-annual" / "population.csv.gz",
        usecols=["year", "coo_iso", "refugees", "asylum_seekers"],
        keep_default_na=False,
    )
    pairs = pairs[(pairs["year"] >= since) & ~pairs["coo_iso"].isin(_NO_COUNTRY)]
    totals = pairs.groupby(["coo_iso", "year"], as_index=False)[
        ["refugees", "asylum_seekers"]
    ].sum()
    totals = totals.rename(columns={"coo_iso": "origin"})
    people = totals["refugees"] + totals["asylum_seekers"]
    most = people.groupby(totals["origin"]).transform("max")
    totals = totals[(people > 0) & (most >= smallest)]
    population = pd.read_csv(
        root / "population" / "worldbank_population_1960_2024.csv", keep_default_na=False
    ).rename(columns={"Country Code": "origin", "Year": "year", "Value": "population"})
    table = totals.merge(
        population[["origin", "year", "population"]], on=["origin", "year"], how="left"
    )
    table["population"] = table["population"].astype("float64").round().astype("Int64")
    table.insert(0, "source_id", SOURCE_ID)
    return table.sort_values(["origin", "year"], ignore_index=True)[REFUGEES_BY_ORIGIN.columns]
