"""Shares of a population: refugees counted or projected, by every population figure there is.

A share names its denominator, with its year and territory; the refugees are the part, the
population the whole, and both keep their bounds.
"""

from __future__ import annotations

from datetime import date
from math import ceil, floor
from pathlib import Path

import pandas as pd

from analysis.bounds import bounds_of, contains, overlaps, ratio_columns, share_columns
from analysis.claims import prose
from analysis.projections.table import tabulate_projections
from analysis.refugees.population import tabulate_population
from analysis.refugees.table import tabulate_latest_refugees, tabulate_refugees
from analysis.tables.countries import name_country

_ENDS = ["low", "best", "high", "low_excluded", "high_excluded"]


def tabulate_refugees_against_population(
    data: str | Path = "",
    as_of: str | date = "2022-03-03",
    *,
    origin: str = "UKR",
    known_only: bool = False,
) -> pd.DataFrame:
    """Return each count and projection of refugees as a share of every population figure.

    Parameters
    ----------
    data : str or Path
        The folder of the casebook; "" is the project's own.
    as_of : str or datetime.date
        The day of the replay.
    origin : str
        ISO 3166 alpha-3 code of the country that people left.
    known_only : bool
        Whether population figures published after the day are left out.

    Returns
    -------
    pandas.DataFrame
        One row a claim and denominator: `kind` (refugees or projection), the claim's columns
        (see `analysis.refugees.table.tabulate_refugees`), `denominator`, `population_wording`,
        `population_low`, `population_best`, `population_high` (people), whose figure it is
        (`population_claimant_name`, `population_publisher`, `population_published_on`),
        `year`, `territory`,
        `known` (the denominator was published by the day), `share_low`, `share_best`,
        `share_high` (percent; a missing end is open), `share` (in words), and
        `per_thousand_low`, `per_thousand_best`, `per_thousand_high` (refugees per 1,000
        inhabitants). Population figures of the first year counted or later are left out:
        those who fled are no longer in them.
    """
    claims = _collect_claims(data, as_of, origin)
    figures = tabulate_population(data, as_of, iso3=origin, known_only=known_only)
    first_year = claims["since"].dt.year.min()
    if not pd.isna(first_year):
        figures = figures[~(figures["year"] >= first_year).fillna(False)]
    shared = ["claimant_name", "publisher", "published_on", "wording", *_ENDS]
    figures = figures[["denominator", *shared, "year", "territory", "known"]]
    renamed = figures.rename(columns={name: f"population_{name}" for name in shared})
    pairs = claims.merge(renamed, how="cross")
    whole = pairs[[f"population_{end}" for end in _ENDS]].set_axis(_ENDS, axis="columns")
    share = share_columns(pairs[_ENDS], whole)
    per_person = ratio_columns(pairs[_ENDS], whole)
    for end in ("low", "best", "high"):
        pairs[f"share_{end}"] = share[end]
        pairs[f"per_thousand_{end}"] = per_person[end] * 1000
    pairs["share"] = pd.Series(
        [_say_percent(row["share_low"], row["share_high"]) for row in pairs.to_dict("records")],
        dtype="str",
    )
    return pairs.drop(columns=["population_low_excluded", "population_high_excluded"])


def tabulate_share_check(
    data: str | Path = "", as_of: str | date = "2022-03-03", *, origin: str = "UKR"
) -> pd.DataFrame:
    """Return whether each stated share of the population holds, under every denominator.

    A stated share is checked against the counts of the same source.

    Returns
    -------
    pandas.DataFrame
        One row a stated share, count and denominator: `claimant_name`, `stated` (the share's
        words), `count` (the refugees' words), `counted_by`, `denominator`, `known`, `share`
        (in words), `share_low`, `share_high` (percent), `verdict`: "holds", "may hold" or
        "does not hold".
    """
    claims = tabulate_refugees(data, as_of, origin=origin)
    stated = claims[claims["measure"] == "share of population"]
    shares = tabulate_refugees_against_population(data, as_of, origin=origin)
    counts = shares[shares["kind"] == "refugees"]
    columns = ["source_id", "claimant_name", "wording", "qualifier", *_ENDS]
    pairs = stated[columns].merge(counts, on="source_id", suffixes=("_stated", ""))
    frame = pd.DataFrame(
        {
            "claimant_name": pairs["claimant_name_stated"],
            "stated": pairs["wording_stated"],
            "count": pairs["wording"],
            "counted_by": pairs["claimant_name"],
            "denominator": pairs["denominator"],
            "known": pairs["known"],
            "share": pairs["share"],
            "share_low": pairs["share_low"],
            "share_high": pairs["share_high"],
        }
    )
    claimed = pairs[[f"{end}_stated" for end in _ENDS]].set_axis(_ENDS, axis="columns")
    computed = pairs[["share_low", "share_best", "share_high"]].set_axis(_ENDS[:3], axis="columns")
    verdicts = []
    for outer, inner in zip(bounds_of(claimed), bounds_of(computed), strict=True):
        if outer is None or inner is None:
            verdicts.append("may hold")
        elif contains(outer, inner):
            verdicts.append("holds")
        else:
            verdicts.append("may hold" if overlaps(outer, inner) else "does not hold")
    return frame.assign(verdict=pd.Series(verdicts, dtype="str"))


def tabulate_share_ranges(
    data: str | Path = "", as_of: str | date = "2022-03-03", *, origin: str = "UKR"
) -> pd.DataFrame:
    """Return the share of each claim, from least to most, by the territory of the population.

    Returns
    -------
    pandas.DataFrame
        One row a claim and territory: `kind`, `claimant_name`, `measure`, `wording`, `territory`,
        `share` (in words), `population_figures` (how many), `denominators` (their names),
        `origin`, `claimant_short`, `published_on`.
    """
    shares = tabulate_refugees_against_population(data, as_of, origin=origin)
    keys = ["source_id", "kind", "claimant", "measure", "wording", "territory"]
    rows = []
    for _, group in shares.groupby(keys, sort=False):
        first = group.iloc[0]
        named = ["kind", "claimant_name", "measure", "wording", "territory"]
        rows.append(
            {
                **{name: first[name] for name in named},
                "share": say_span(group),
                "population_figures": len(group),
                "published_later": int((~group["known"]).sum()),
                "denominators": "; ".join(group["denominator"]),
                **{name: first[name] for name in ("origin", "claimant_short", "published_on")},
            }
        )
    columns = ["kind", "claimant_name", "measure", "wording", "territory", "share"]
    columns += ["population_figures", "published_later"]
    columns += ["denominators", "origin", "claimant_short", "published_on"]
    return pd.DataFrame(rows, columns=columns)


def write_shares(ranges: pd.DataFrame) -> list[str]:
    """Return one sentence a claim: its share of the population, by territory.

    Parameters
    ----------
    ranges : pandas.DataFrame
        The frame of `tabulate_share_ranges`.

    Returns
    -------
    list of str
        Such as "1 million (UNHCR, 3 March 2022) is this share of the population of Ukraine:
        2.2 to 2.3% (5 figures, including Crimea and Sevastopol); …".
    """
    sentences = []
    keys = ["kind", "claimant_short", "wording", "published_on"]
    for _, rows in ranges.groupby(keys, sort=False):
        first = rows.iloc[0]
        said = []
        for row in rows.to_dict("records"):
            number = row["population_figures"]
            figures = "1 figure" if number == 1 else f"{number} figures"
            if row["published_later"]:
                later = "all" if row["published_later"] == number else row["published_later"]
                figures += f", {later} published later" if number > 1 else ", published later"
            said.append(f"{row['share']} ({figures}, territory {row['territory']})")
        day, country = prose.format_day(first["published_on"]), name_country(str(first["origin"]))
        sentences.append(
            f"{prose.capitalise(str(first['wording']))} ({first['claimant_short']}, {day}), "
            f"as a share of the population of {country}: {'; '.join(said)}."
        )
    return sentences


def say_span(rows: pd.DataFrame) -> str:
    """The share of one claim over several denominators, in percent with one decimal."""
    open_end = rows["share_high"].isna().any()
    high = float("nan") if open_end else float(rows["share_high"].max())
    return _say_percent(rows["share_low"].min(), high)


def _say_percent(low: float, high: float) -> str:
    return f"{say_range(low, high)}%"


def say_range(low: float, high: float) -> str:
    """Return two ends with one decimal: "2.2 to 2.3", "up to 9.1", "at least 2.2"."""
    # A floor is rounded down and a ceiling up: the words claim no more than the figures.
    if pd.isna(high):
        return f"at least {floor(round(low * 10, 6)) / 10:.1f}"
    if not low:
        return f"up to {ceil(round(high * 10, 6)) / 10:.1f}"
    return f"{low:.1f}" if f"{low:.1f}" == f"{high:.1f}" else f"{low:.1f} to {high:.1f}"


def _collect_claims(data: str | Path, as_of: str | date, origin: str) -> pd.DataFrame:
    """The latest counts of people (all countries of asylum together) and every projection."""
    counts = tabulate_latest_refugees(data, as_of, origin=origin).assign(kind="refugees")
    projected = tabulate_projections(data, as_of, origin=origin).assign(kind="projection")
    return pd.concat([counts, projected], ignore_index=True)
