"""Refugees by country of asylum, beside the people who live there."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from analysis.bounds import ratio_columns
from analysis.charts import Chart, plot_per_thousand, size_for_rows
from analysis.charts.population import say_ends
from analysis.claims import prose
from analysis.refugees.population import POPULATION, name_denominator
from analysis.refugees.table import MEASURES, REFUGEES, tabulate_refugees
from analysis.tables import latest_claims, parse_day, read_claims
from analysis.tables.countries import name_country

_ENDS = ["low", "best", "high", "low_excluded", "high_excluded"]

#: Where several measures are equally new, this one is shown first.
_ORDER = ("refugees recorded", "temporary protection", "border crossings")


def tabulate_refugees_by_country(
    data: str | Path = "", as_of: str | date = "2022-03-03", *, origin: str = "UKR"
) -> pd.DataFrame:
    """Return the latest claim of each country of asylum and measure, with its population.

    The population is the newest figure known on the day, or else the first one published
    after it.

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
        A claims frame (see `analysis.refugees.table.tabulate_refugees`), one row a claimant,
        country of asylum and measure, with `country`, `counted_to` (the day counted to, or
        else the day published), `population` (people, in words), `denominator` (whose figure
        of which year), `known` (whether it was out on the day), and `per_thousand_low`,
        `per_thousand_best`, `per_thousand_high` (people per 1,000 inhabitants of the host; missing
        where there is no population figure). Unit: people.
    """
    claims = tabulate_refugees(data, as_of, origin=origin)
    ours = (claims["asylum"] != "all") & (claims["unit"] == "people") & claims["wording"].notna()
    ours &= claims["measure"] != "border crossings per day"
    rows = latest_claims(claims[ours], REFUGEES.series)
    rows = rows[rows["status"] != "withdrawn"].reset_index(drop=True)
    hosts = _choose_populations(data, parse_day(as_of)).reindex(rows["asylum"]).reset_index()
    ratio = ratio_columns(rows[_ENDS], hosts[_ENDS])
    return rows.assign(
        country=pd.Series([name_country(iso3) for iso3 in rows["asylum"]], dtype="str"),
        counted_to=rows["as_of"].fillna(rows["published_on"]),
        population=hosts["wording"].astype("str"),
        denominator=hosts["denominator"].astype("str"),
        known=hosts["known"],
        **{f"per_thousand_{end}": ratio[end] * 1000 for end in ("low", "best", "high")},
    )


def chart_refugees_by_country(
    data: str | Path = "",
    as_of: str | date = "2022-03-03",
    *,
    origin: str = "UKR",
    measure: str = "",
    most: int = 15,
) -> Chart:
    """Return a bar a country of asylum, the largest first.

    Parameters
    ----------
    data, as_of, origin
        As in `tabulate_refugees_by_country`.
    measure : str
        border crossings, refugees recorded or temporary protection; "" for the newest.
    most : int
        The most countries that are shown.
    """
    every = _choose_measure(tabulate_refugees_by_country(data, as_of, origin=origin), measure)
    rows = _choose_largest(every, "low", most)
    rows = rows.assign(label=rows["country"], detail=_write_details(rows))
    return _chart(rows, len(every), "refugees_by_country", origin, as_of, unit="people")


def chart_refugees_per_thousand_of_host(
    data: str | Path = "",
    as_of: str | date = "2022-03-03",
    *,
    origin: str = "UKR",
    measure: str = "",
    most: int = 15,
) -> Chart:
    """Return a bar a country of asylum: people for 1,000 inhabitants of the host.

    Parameters
    ----------
    data, as_of, origin, measure, most
        As in `chart_refugees_by_country`.
    """
    every = _choose_measure(tabulate_refugees_by_country(data, as_of, origin=origin), measure)
    rows = every[every["per_thousand_low"].notna() | every["per_thousand_high"].notna()]
    rows = _choose_largest(rows, "per_thousand_low", most)
    later = rows["known"].map({True: "", False: " (published later)"}).astype("str")
    against = (rows["denominator"] + later).astype("str")
    one = against.nunique() == 1
    rows = rows.assign(
        label=rows["country"],
        detail=_write_details(rows) if one else _write_details(rows) + "; " + against,
        people=rows["wording"],
        **{end: rows[f"per_thousand_{end}"] for end in ("low", "best", "high")},
    )
    said = [say_ends(*ends) for ends in rows[["low", "best", "high"]].to_numpy(dtype="object")]
    rows["wording"] = pd.Series(said, dtype="str")
    unit = "people per 1,000 inhabitants of the country of asylum"
    population = f" Population: {against.iloc[0]}." if one else ""
    name = "refugees_per_thousand_of_host"
    return _chart(rows, len(every), name, origin, as_of, unit=unit, population=population)


def _chart(
    rows: pd.DataFrame,
    countries: int,
    name: str,
    origin: str,
    as_of: str | date,
    *,
    unit: str,
    population: str = "",
) -> Chart:
    day, country = prose.format_day(parse_day(as_of)), name_country(origin)
    empty = f"No figure of people from {country} by country of asylum had been published by {day}."
    title = f"The casebook holds no figure by country of people from {country} published by {day}"
    measure = ""
    if len(rows):
        measure = str(rows["measure"].iloc[0])
        first = rows[rows["claimant"] == rows["claimant"].iloc[0]].head(3)
        told = [f"{row['wording']} in {row['country']}" for row in first.to_dict("records")]
        per = " per 1,000 inhabitants" if "1,000" in unit else ""
        title = f"{prose.capitalise(measure)}{per}, says {first['claimant_short'].iloc[0]}: "
        title += f"{prose.write_list(told)}; as known on {day}"
    shown = f"{len(rows)} of {countries} countries, the largest" if len(rows) < countries else ""
    subtitle = f"{prose.capitalise(measure)} ({MEASURES[measure]})" if measure else "People"
    subtitle += f", people from {country} by country of asylum: the latest figure of each"
    return Chart(
        name=name,
        rows=rows,
        draw=lambda frame, ax: plot_per_thousand(frame, ax, unit=unit, empty=empty),
        title=title,
        subtitle=f"{', '.join(filter(None, [subtitle, shown]))}, as known on {day}.{population}",
        alt=prose.write_alt_text(
            "Bar chart with one row for each country of asylum",
            title,
            [
                f"{row['country']}: {row['wording']} ({row['detail']})."
                for row in rows.to_dict("records")
            ],
            empty=empty,
        ),
        size=size_for_rows(len(rows)),
    )


def _choose_measure(rows: pd.DataFrame, measure: str) -> pd.DataFrame:
    """The rows of one measure; "" chooses the one of which the newest figures are known."""
    if measure and measure not in MEASURES:
        raise ValueError(f'measure: "{measure}" is not one of: {", ".join(MEASURES)}')
    if not measure and len(rows):
        newest = rows.groupby("measure")["counted_to"].max()
        equally_new = newest.index[newest == newest.max()]
        measure = next(name for name in (*_ORDER, *equally_new) if name in equally_new)
    return rows[rows["measure"] == measure].reset_index(drop=True)


def _choose_largest(rows: pd.DataFrame, column: str, most: int) -> pd.DataFrame:
    """The largest figures of each claimant; claimants stand apart, the one with most rows first."""
    number = rows.groupby("claimant")["claimant"].transform("size")
    order = rows.assign(_number=number).sort_values(
        ["_number", "claimant", column], ascending=[False, True, False], kind="stable"
    )
    kept = order.groupby("claimant", sort=False).head(most)
    return kept.drop(columns="_number").reset_index(drop=True)


def _choose_populations(data: str | Path, day: pd.Timestamp) -> pd.DataFrame:
    """One population figure a country, by ISO3: the newest known, or else the first after."""
    figures = read_claims(POPULATION, data)
    figures = figures[figures["edition"].notna() & figures["year"].notna()]
    figures = figures.assign(known=figures["published_on"] <= day)
    names = [name_denominator(row) for row in figures.to_dict("records")]
    figures = figures.assign(denominator=pd.Series(names, index=figures.index, dtype="str"))
    known = figures[figures["known"]].sort_values(["published_on", "year"], kind="stable")
    later = figures[~figures["known"]].sort_values(
        ["published_on", "year"], ascending=[True, False], kind="stable"
    )
    chosen = pd.concat([known.groupby("iso3").tail(1), later.groupby("iso3").head(1)])
    return chosen.drop_duplicates("iso3").set_index("iso3")


def _write_details(rows: pd.DataFrame) -> pd.Series:
    said = [
        f"{row['claimant_short']}, {prose.format_day(row['counted_to'])}"
        for row in rows.to_dict("records")
    ]
    return pd.Series(said, index=rows.index, dtype="str")
