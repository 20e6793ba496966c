"""Shares of a population: people counted or projected, by every population figure there is.

A share names its denominator, with its year and territory; the people are the part, the
population the whole, and both keep their bounds.
"""

from __future__ import annotations

from math import ceil, floor

import pandas as pd

from analysis.bounds import bounds_of, contains, overlaps, ratio_columns, share_columns
from analysis.claims.days import day_of, format_day, say_old_age
from analysis.claims.kept import keep
from analysis.claims.prose import capitalise
from analysis.refugees.displaced import DISPLACED, read_displaced
from analysis.refugees.population import read_population
from analysis.refugees.table import read_latest_refugees, read_refugees
from analysis.tables import latest_claims
from analysis.tables.known import Known

_ENDS = ["low", "best", "high", "low_excluded", "high_excluded"]

#: What is taken over from a population figure, with the prefix `population_`.
_OF_POPULATION = [
    "area", "area_name", "claimant_name", "claimant_short", "publisher", "published_on", "wording",
    *_ENDS,
]  # fmt: skip

#: What a claim counts of people from an area or in it: each is set against that area.
KINDS = ("refugees", "displaced", "projection")


@keep
def read_shares(known: Known, area: str = "", *, known_only: bool = False) -> pd.DataFrame:
    """Return each count and projection as a share of every population figure of its area.

    See `Refugees.against_population`.
    """
    claims = read_parts(known, area)
    figures = read_population(known, known_only=known_only)
    renamed = figures[["denominator", *_OF_POPULATION, "year", "territory", "known"]]
    renamed = renamed.rename(columns={name: f"population_{name}" for name in _OF_POPULATION})
    pairs = claims.merge(renamed, left_on="of_area", right_on="population_area")
    pairs["after_start"] = (pairs["year"] >= _find_first_year(known, claims)).fillna(False)
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
    unused = ["population_low_excluded", "population_high_excluded", "of_area"]
    return pairs.drop(columns=unused)


def read_parts(known: Known, area: str = "") -> pd.DataFrame:
    """Return the claims that are set against a population: the latest counts, all projections.

    Only those that give a figure, with `kind` (refugees, displaced or projection) and `of_area`,
    whose population they are a part of.
    """
    origin = known.area(area) or known.settings.origin
    counts = read_latest_refugees(known, origin)
    projected = known.claims("projections")
    # Who is to be helped is no share of those who lived there: hosts are among them.
    left = projected["measure"] != "people to be helped"
    projected = projected[(projected["origin"] == origin) & left]
    displaced = latest_claims(read_displaced(known, area), DISPLACED.series, ties=True)
    displaced = displaced[displaced["unit"] == "people"]
    parts = [
        counts.assign(kind="refugees", of_area=counts["origin"]),
        displaced.assign(kind="displaced", of_area=displaced["area"]),
        projected.assign(kind="projection", of_area=projected["origin"]),
    ]
    claims = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
    for day in ("made_on", "target_day", "since", "as_of"):
        if day not in claims:
            claims[day] = pd.Series(pd.NaT, index=claims.index, dtype="datetime64[us]")
    return claims[claims["wording"].notna()].reset_index(drop=True)


def _find_first_year(known: Known, claims: pd.DataFrame) -> int:
    """Return the first year in whose population those who left may be missing."""
    days = list(claims.loc[claims["kind"] == "refugees", "since"].dropna())
    if known.settings.first_day is not None:
        days.append(pd.Timestamp(known.settings.first_day))
    return int(min(days).year) if days else 10_000


def read_share_check(known: Known, area: str = "") -> pd.DataFrame:
    """Return whether each stated share of the population holds; see `Refugees.share_check`."""
    claims = read_refugees(known, known.area(area) or known.settings.origin)
    stated = claims[claims["measure"] == "share of population"]
    shares = read_shares(known, area)
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


def span_shares(shares: pd.DataFrame) -> pd.DataFrame:
    """Return the share of each claim in rows of `read_shares`; see `Refugees.shares`."""
    named = ["claimant_name", "wording", "counted", "territory"]
    more = [
        "kind", "measure", "population_area", "population_area_name", "claimant_short", "as_of",
        "made_on", "published_on", "publisher", "status", "is_party",
    ]  # fmt: skip
    keys = ["source_id", "locator", "claimant", "counted", "wording", "as_of", "made_on"]
    keys += ["target_day"]
    rows = []
    for _, group in shares.groupby([*keys, "territory"], sort=False, dropna=False):
        first = group.iloc[0]
        rows.append(
            {
                **{name: first[name] for name in named},
                "share": say_span(group),
                "population_figures": len(group),
                "published_later": int((~group["known"]).sum()),
                "after_start": int(group["after_start"].sum()),
                "denominators": "; ".join(group["denominator"]),
                **{name: first[name] for name in more},
            }
        )
    counts = ["share", "population_figures", "published_later", "after_start", "denominators"]
    table = pd.DataFrame(rows, columns=[*named, *counts, *more])
    return table.astype({name: shares[name].dtype for name in ("as_of", "made_on", "published_on")})


def write_shares(ranges: pd.DataFrame) -> list[str]:
    """Return one sentence a claim: its share of the population, by territory.

    Parameters
    ----------
    ranges : pandas.DataFrame
        Rows of `book.refugees.shares()`.

    Returns
    -------
    list of str
        Such as "1 million border crossings out of Sudan (UNHCR, 2 May 2023), as a share of the
        population of Sudan: 2.2 to 2.3% (5 figures, 4 published later, territory …)."
    """
    sentences = []
    known_on = ranges.attrs.get("known_on")
    keys = ["claimant_short", "counted", "wording", "as_of", "made_on", "published_on"]
    for _, rows in ranges.groupby(keys, sort=False, dropna=False):
        first = rows.iloc[0]
        said = []
        for row in rows.to_dict("records"):
            number = row["population_figures"]
            figures = "1 figure" if number == 1 else f"{number} figures"
            figures += _say_part(row["published_later"], number, "published later")
            figures += _say_part(row["after_start"], number, "of the year people began to leave")
            said.append(f"{row['share']} ({figures}, territory {row['territory']})")
        counted, day = f"{first['wording']} {first['counted']}", format_day(day_of(first.to_dict()))
        age = "" if known_on is None else say_old_age(first.to_dict(), known_on)
        old = f", {age}" if age else ""
        sentences.append(
            f"{capitalise(counted)} ({first['claimant_short']}, {day}{old}), "
            f"as a share of the population of {first['population_area_name']}: {'; '.join(said)}."
        )
    return sentences


def _say_part(some: int, number: int, what: str) -> str:
    if not some:
        return ""
    if some < number:
        return f", {some} {what}"
    return f", {'all ' if number > 1 else ''}{what}"


def say_span(rows: pd.DataFrame) -> str:
    """Return the share of one claim over several denominators, in percent with one decimal."""
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
    digits = 1 if low >= 0.1 else 2  # a few of many are not none
    first, last = f"{low:.{digits}f}", f"{high:.{digits}f}"
    return first if first == last else f"{first} to {last}"
