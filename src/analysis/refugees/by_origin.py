"""Refugees by origin: people abroad at the end of each year, as UNHCR's annual statistics count.

The populations beside them are those of the World Bank, source `world-bank-2026-03`.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from analysis.claims.kept import keep
from analysis.forecasting.scores import LEVELS
from analysis.tables import Table, columns, parse_day
from analysis.tables.known import Known

REFUGEES_BY_ORIGIN = Table(
    name="refugees_by_origin",
    title="the people from one country who were abroad in one year, as one release has them",
    key=("source_id", "origin", "year"),
    schema={
        "source_id": columns.source_id(),
        "origin": columns.iso3("the country they come from; UNHCR's UNK, XXA left out"),
        "year": columns.whole_number("the year in which they were counted"),
        "counted_to": columns.day(
            "the last day counted; empty where it is the last of the year", empty=True
        ),
        "refugees": columns.count("refugees, with people in refugee-like situations"),
        "asylum_seekers": columns.count("asylum-seekers whose claim was pending"),
        "population": columns.count(
            "people who lived in the country in the middle of that year, without those "
            "abroad; World Bank, source world-bank-2026-03; empty where it has none",
            empty=True,
        ),
    },
)

PREREGISTRATION = Table(
    name="preregistration_2026",
    title="one quantile of a projection written down before the official figure exists",
    key=("origin", "definition", "target_day", "quantile"),
    schema={
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
    },
)

#: The release of UNHCR's statistics that the years of the table's first file are made from.
SOURCE_ID = "unhcr-annual-2026-06"
LAST_RELEASE = "2026-06-25"

#: The edition of the populations beside the counts, whichever release a count is from.
POPULATIONS_FROM = pd.Timestamp("2026-03-06")

#: Origins that never had so many people abroad are left out.
SMALLEST = 1_000

#: With a half-life of 5 years, an outcome of 1980 counts a sixteenth in the year 2000.
_FIRST_YEAR = 1980

#: Pseudo-origins: unknown, stateless, Tibetan, Palestinians under UNHCR's mandate only.
_NO_COUNTRY = ("UNK", "XXA", "TIB", "PSE")


@keep
def read_by_origin(known: Known, *, last_release: bool = False) -> pd.DataFrame:
    """Return the counts of people from every country, each of one release.

    UNHCR revises past years in each release. A replay of a day takes the newest one that was
    out; where the casebook holds none of that day, the first that came after it, so that
    `known` is false. Such a year is there only from the middle of the next one on, when UNHCR
    first publishes it. With `last_release` the last one is taken, out on the day or not.

    The columns of `REFUGEES_BY_ORIGIN` with `as_of` (the last day counted), `published_on` (of the
    release) and `known` (whether that was by the day); one row an origin and last day counted,
    sorted by them. Unit: people.
    """
    rows: pd.DataFrame = known.claims(REFUGEES_BY_ORIGIN, later=True)
    ends = pd.to_datetime(rows["year"].astype("str") + "-12-31")
    rows = rows.assign(
        as_of=rows["counted_to"].fillna(ends),
        # The populations are those of one edition, whichever release a count is from.
        population=rows.groupby(["origin", "year"])["population"].transform("first"),
        known=rows["published_on"] <= known.day,
        distance=(rows["published_on"] - known.day).abs(),
    )
    if last_release:
        rows = rows.sort_values("published_on", ascending=False, kind="stable")
    else:
        rows = rows.sort_values(["known", "distance"], ascending=[False, True], kind="stable")
    rows = rows.drop_duplicates(["origin", "as_of"]).drop(columns="distance")
    published = rows["known"] | (
        (rows["as_of"].dt.month == 12) & (rows["year"] <= last_year_known(known.day))
    )
    rows = rows[published]
    return rows.sort_values(["origin", "as_of"], ignore_index=True)


def read_year_ends(known: Known, *, last_release: bool = False) -> pd.DataFrame:
    """Return the rows of `read_by_origin` that count to the end of a year."""
    rows = read_by_origin(known, last_release=last_release)
    ends: pd.DataFrame = rows[rows["as_of"].dt.month == 12].reset_index(drop=True)
    return ends


def read_refugees_by_origin(known: Known, origin: str) -> pd.DataFrame:
    """Return the year-end counts of people from one country up to the years known on the day.

    See `Refugees.by_origin`.
    """
    counts = read_year_ends(known)
    counts = counts[counts["origin"] == origin].reset_index(drop=True)
    return counts.assign(people=counts["refugees"] + counts["asylum_seekers"])


def read_preregistration(known: Known, origin: str = "") -> pd.DataFrame:
    """Return the projections that were written down before the official figures exist.

    Of one origin, or of all for "". The columns of `PREREGISTRATION`, `quantile` as a number, with
    `publisher`, `title` and `published_on` of the data used; none before that data was out.
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


def build_refugees_by_origin(folder: str | Path) -> pd.DataFrame:
    """Return the last release made again from the published files, so that anyone can check it.

    The folder holds unhcr-annual/population.csv.gz (UNHCR, one row an origin, country of asylum and
    year) and population/worldbank_population_1960_2024.csv (one row a country and year).

    The columns of `REFUGEES_BY_ORIGIN`, sorted by origin and year; `counted_to` is empty,
    `population` is Int64 with gaps. Years without anybody are left out.
    """
    root = Path(folder)
    pairs = pd.read_csv(
        root / "unhcr-annual" / "population.csv.gz",
        usecols=["year", "coo_iso", "refugees", "asylum_seekers"],
        keep_default_na=False,
    )
    pairs = keep_countries(pairs[pairs["year"] >= _FIRST_YEAR], "coo_iso")
    totals = pairs.groupby(["coo_iso", "year"], as_index=False)[
        ["refugees", "asylum_seekers"]
    ].sum()
    totals = totals.rename(columns={"coo_iso": "origin"})
    people = totals["refugees"] + totals["asylum_seekers"]
    most = people.groupby(totals["origin"]).transform("max")
    totals = totals[(people > 0) & (most >= SMALLEST)]
    population = pd.read_csv(
        root / "population" / "worldbank_population_1960_2024.csv", keep_default_na=False
    ).rename(columns={"Country Code": "origin", "Year": "year", "Value": "population"})
    table = totals.merge(
        population[["origin", "year", "population"]], on=["origin", "year"], how="left"
    )
    table["population"] = table["population"].astype("float64").round().astype("Int64")
    table.insert(0, "source_id", SOURCE_ID)
    table["counted_to"] = ""
    return table.sort_values(["origin", "year"], ignore_index=True)[REFUGEES_BY_ORIGIN.columns]


def keep_countries(rows: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return the rows whose origin is a country: not unknown, stateless, Tibet, Palestinians."""
    return rows[~rows[column].isin(_NO_COUNTRY)]
