"""An annual projection for any country of origin, from what followed in past crises."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pandas as pd

from analysis.charts import PLANNED
from analysis.claims.days import format_day
from analysis.forecasting import (
    FAN_LEVELS,
    LIMITS,
    MEASURES,
    History,
    build_history,
    explain_annual,
    make_annual_projection,
)
from analysis.projections.fan import (
    Fan,
    put_together,
    read_planned,
    take_counts,
    take_projected,
)
from analysis.refugees.by_origin import (
    REFUGEES_BY_ORIGIN,
    last_year_known,
    tabulate_refugees_by_origin,
)
from analysis.refugees.table import tabulate_latest_refugees
from analysis.tables import read_claims
from analysis.tables.countries import name_country

#: So many years of counts stand before a projection.
_YEARS_SHOWN = 12

#: The last year whose asylum-seekers are counted by origin as before: see `preregister`.
_LAST_YEAR_ALIKE = 2024

#: A past case as the method names it, "SYR 2013", and a number as computers write it.
_CASE = re.compile(r"\b([A-Z]{3}) (\d{4})\b")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?e[+-]\d+")

_LAST_DAY = "2100-01-01"

#: A newer figure of so many times the last end-year count tells of another crisis.
_ANOTHER_CRISIS = 2

VINTAGE = (
    "The counts are those of UNHCR's release of June 2026, cut off at the last year that was "
    "published on the day; the values first published for these years differ by less than 1% "
    "for nearly all origins."
)

WHO_COUNTS = (
    "Only people with the status of a refugee or a pending claim are counted. Others who left, "
    "such as most Venezuelans abroad, are in neither the counts nor the projection."
)


def project_by_year(
    data: str | Path,
    as_of: str | date,
    origin: str,
    years: int,
    *,
    measure: str = "refugees and asylum-seekers",
    reveal: bool = False,
) -> Fan:
    """Return the projection of people abroad at the end of each of the next years."""
    table = read_claims(REFUGEES_BY_ORIGIN, data)
    unit = f"{measure} from {name_country(origin)}, at the end of the year"
    planned = read_planned(data, as_of, origin)
    known = _read_counts(data, as_of, origin, measure)
    if known.empty:
        reason = f"No end-year count of people from {name_country(origin)} was known."
        return Fan(put_together(planned), unit, True, None, "", reason, [])
    cut_off = min(last_year_known(as_of), int(table["year"].max()))
    # Nothing later than the cut-off goes in: neither here nor in the pool of past crises.
    history = build_history(table[table["year"] <= cut_off], measure)
    projected, explanation = pd.DataFrame(), []
    reason = _find_newer(data, as_of, origin, known, planned)
    try:
        if reason:
            raise ValueError(reason)
        made = make_annual_projection(
            history,
            [origin],
            cut_off,
            range(1, years + 1),
            as_of=pd.Timestamp(as_of),
            data_vintage=str(known["source_id"].iloc[-1]),
            levels=FAN_LEVELS,
            pool_until=_LAST_YEAR_ALIKE if "asylum_seekers" in MEASURES[measure] else None,
        )
        projected = take_projected(made, known)
        explanation = [
            line for ahead in dict.fromkeys((1, years))
            for line in _explain(history, origin, cut_off, ahead)
        ]  # fmt: skip
    except ValueError as refusal:
        said = reason or f"{str(refusal).partition(': ')[2] or refusal}."
        reason = f"No projection was made: {said}"
    later = pd.DataFrame()
    if reveal:
        came = _read_counts(data, _LAST_DAY, origin, measure)
        came = came[(came["year"] > cut_off) & (came["year"] <= cut_off + years)]
        later = take_counts(came, later=True)
    shown = known[known["year"] > cut_off - _YEARS_SHOWN]
    rows = put_together(take_counts(shown), projected, planned, later).assign(origin=origin)
    whole, whole_name = _find_whole(history, origin, cut_off)
    # On a scale of years only a planning figure for a stated day has its place.
    rows = rows[(rows["part"] != PLANNED) | rows["day"].notna()].reset_index(drop=True)
    notes = [*dict.fromkeys(explanation), VINTAGE, WHO_COUNTS, *LIMITS]
    return Fan(rows, unit, True, whole, whole_name, reason, notes)


def _find_newer(
    data: str | Path, as_of: str | date, origin: str, known: pd.DataFrame, planned: pd.DataFrame
) -> str:
    """Say what was known of a crisis that the last end-year count knows nothing of, or ""."""
    last = known.iloc[-1]
    counts = tabulate_latest_refugees(data, as_of, origin=origin).assign(value=lambda c: c["low"])
    newer = pd.concat([counts, planned], ignore_index=True)
    newer = newer[newer["published_on"] > last["day"]]
    beyond = newer[newer["value"] >= _ANOTHER_CRISIS * last["value"]]
    if beyond.empty:
        return ""
    row = beyond.sort_values("published_on", kind="stable").to_dict("records")[-1]
    return (
        f"the last end-year count known is of {last['day'].year} ({last['value']:,.0f} people), "
        f"and {row['claimant_short']} has since given {row['wording']} "
        f"({format_day(row['published_on'])}). A projection from that count would not know of it."
    )


def _explain(history: History, origin: str, cut_off: int, ahead: int) -> list[str]:
    """Return what a projection so many years ahead rests on, with countries by their names."""
    told = []
    for line in explain_annual(history, origin, cut_off, ahead):
        named = line.replace(f" from {origin} ", f" from {name_country(origin)} ")
        named = _CASE.sub(lambda found: f"{name_country(found[1])} {found[2]}", named)
        told.append(_SCIENTIFIC.sub(lambda found: f"{float(found[0]):,.0f}", named))
    return told


def _read_counts(data: str | Path, as_of: str | date, origin: str, measure: str) -> pd.DataFrame:
    counts = tabulate_refugees_by_origin(data, as_of, origin=origin)
    people = counts[list(MEASURES[measure])].fillna(0).sum(axis="columns")
    return counts.assign(
        day=counts["as_of"],
        value=people,
        claimant_name="UN refugee agency",
        is_party=False,
        definition=f"{measure}, at year end",
        data_vintage=counts["source_id"],
    )


def _find_whole(history: History, origin: str, cut_off: int) -> tuple[float | None, str]:
    place = history.place_of(origin)
    people = float(history.most_possible()[place])
    if people == float("inf"):
        return None, ""
    country = name_country(origin)
    return people, (
        f"{people:,.0f}: those who lived in {country} in the middle of {cut_off} (World Bank, "
        "edition of 6 March 2026) and those already abroad"
    )
