"""Consistency: what the figures of a casebook must obey, and the exceptions, named one by one.

A rule that cannot hold for these figures, whatever their open ends are, is violated; one
that might not hold is possibly violated, which is told but is no fault. A violation is a
fault unless `exceptions.csv` names it with its reason, and an exception that no longer
applies is a fault too.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pandera.pandas as pa

from analysis.casebook.idle_breaks import find_idle_breaks, read_all_refugees
from analysis.casualties.table import CASUALTIES, tabulate_casualties
from analysis.claims.breaks import name_measure, name_place, split_at_breaks, tabulate_breaks
from analysis.refugees.table import REFUGEES
from analysis.statements.places import KM_PER_MILE, tabulate_places
from analysis.tables import CellError, Record, Table, columns, newest_editions, read_claims
from analysis.votes.table import VOTE_TOTALS, VOTES

RULES = {
    "a running total never falls": "a later last day counted has no smaller figure",
    "parts do not exceed the whole": "countries of asylum together are no more than all of them",
    "killed are no more than killed or wounded": "no more killed than killed or wounded, of one "
    "claimant, people and days",
    "totals equal their parts": "a stated vote total is the number of states that gave the answer",
    "one length in two units": "miles and kilometres of one claim agree within their last digit",
}

EXCEPTIONS = Table(
    name="exceptions",
    title="one known violation of a rule, with the reason why it stands",
    key=("rule", "table", "claimant", "measure", "place", "as_of"),
    schema=pa.DataFrameSchema(
        {
            "source_id": columns.source_id(),
            "rule": columns.choice("the rule that is violated", RULES),
            "table": columns.text("the table that holds the figures"),
            "claimant": columns.claimant(),
            "measure": columns.text("the measure or outcome"),
            "place": columns.text("the country of asylum, side or place"),
            "as_of": columns.day("the later last day counted of the two figures", empty=True),
            "reason": columns.text("why the figures stand as they are"),
        }
    ),
)

#: Measures of people who are somewhere at a time, which may fall.
_STOCKS = ("refugees recorded", "temporary protection", "share of population")
_SINGLE_DAYS = ("border crossings per day",)

_NO_DAY = "2999-12-31"  # after every day: all claims, however late they were published
_KEY = ["rule", "table", "claimant", "measure", "place", "as_of"]
_COLUMNS = [*_KEY, "verdict", "detail"]


def find_violations(data: str | Path = "") -> pd.DataFrame:
    """Return every figure that violates, or may violate, a rule.

    Parameters
    ----------
    data : str or Path
        The folder of the casebook; "" is the project's own.

    Returns
    -------
    pandas.DataFrame
        One row a finding: `rule` (a key of `RULES`), `table`, `claimant`, `measure`, `place`,
        `as_of`, `verdict` ("violated" or "possibly violated"), `detail`.
    """
    refugees = read_all_refugees(data)
    casualties = tabulate_casualties(data, _NO_DAY)
    breaks = tabulate_breaks(data, _NO_DAY)
    moving = refugees[~refugees["measure"].isin([*_STOCKS, *_SINGLE_DAYS])]
    findings = [
        _find_falls(moving, REFUGEES, breaks),
        _find_falls(casualties, CASUALTIES, breaks),
        _find_overfull(moving),
        _find_more_killed(casualties),
        _find_wrong_totals(data),
        _find_unequal_lengths(data),
    ]
    rows = [finding for found in findings for finding in found]
    return pd.DataFrame(rows, columns=_COLUMNS)


def check_consistency(data: str | Path = "") -> tuple[pd.DataFrame, list[CellError]]:
    """Return the findings, and what is wrong: violations without a reason, idle exceptions.

    Returns
    -------
    findings : pandas.DataFrame
        As `find_violations`, with `reason` from exceptions.csv ("" where there is none).
    errors : list of CellError
        [] when every violation has its exception and every exception its violation.
    """
    findings = find_violations(data)
    exceptions = read_claims(EXCEPTIONS, data)
    named = {_identify(row): str(row["reason"]) for row in exceptions.to_dict("records")}
    reasons = [named.get(_identify(row), "") for row in findings.to_dict("records")]
    findings = findings.assign(reason=pd.Series(reasons, dtype="str"))
    errors = []
    for row in findings.to_dict("records"):
        if row["verdict"] == "violated" and not row["reason"]:
            expected = f"{RULES[row['rule']]}; fix it, or name it in exceptions.csv with its reason"
            place = f"{row['claimant']}, {row['measure']}, {row['place']}, {_say_day(row['as_of'])}"
            errors.append(
                CellError(f"{row['table']}.csv", None, "", f"{place}: {row['detail']}", expected)
            )
    errors += find_idle_breaks(data)
    violated = findings[findings["verdict"] == "violated"]
    standing = {_identify(row) for row in violated.to_dict("records")}
    for label, row in enumerate(exceptions.to_dict("records")):
        if _identify(row) not in standing:
            expected = "a violation that still stands: this exception no longer applies"
            errors.append(
                CellError("exceptions.csv", label + 2, "rule", str(row["rule"]), expected)
            )
    return findings, errors


def _find_falls(claims: pd.DataFrame, table: Table, breaks: pd.DataFrame) -> list[Record]:
    rows = newest_editions(claims[claims["low"].notna() | claims["high"].notna()], table.series)
    rows = split_at_breaks(rows, breaks, table.name)
    rows = rows.assign(measure=name_measure(rows), place=name_place(rows))
    found = []
    for _, series in rows.groupby([*table.series, "segment"], dropna=False, sort=False):
        # Each figure is held against the one before it, so that one fall is one finding.
        floor, most = series["low"].shift(), series["high"].shift()
        # An open upper end cannot violate the rule, but may lie below the figure before.
        violated = (series["high"] < floor).fillna(False)
        possible = (series["low"] < most).fillna(False) & ~violated
        for verdict, hit in (("violated", violated), ("possibly violated", possible)):
            for row, least in zip(series[hit].to_dict("records"), floor[hit], strict=True):
                detail = f"{row['wording']} after at least {least:,.0f}"
                found.append(_find(row, "a running total never falls", table.name, verdict, detail))
    return found


def _find_overfull(claims: pd.DataFrame) -> list[Record]:
    """On days when a total of all was published: the countries' latest figures against it."""
    found = []
    for _, ours in claims.groupby(["claimant", "origin", "measure"], sort=False):
        ordered = ours.sort_values(["published_on", "as_of"], kind="stable")
        wide = ordered.pivot_table(
            index="published_on", columns="asylum", values="low", aggfunc="last"
        ).astype("Float64")
        if "all" not in wide:
            continue
        whole = wide.pop("all")
        parts = wide.ffill().sum(axis="columns")
        # A rounded total ("more than 500,000") has no ceiling that parts could exceed.
        ceiling = ordered[ordered["asylum"] == "all"].groupby("published_on")["high"].max()
        over = parts > ceiling.reindex(wide.index)
        for day in wide.index[over.fillna(False).astype(bool)]:
            row: Record = {**ours.iloc[0].to_dict(), "place": "all", "as_of": day}
            detail = f"countries {parts[day]:,.0f}, all {whole[day]:,.0f}"
            found.append(
                _find(row, "parts do not exceed the whole", "refugees", "violated", detail)
            )
    return found


def _find_more_killed(claims: pd.DataFrame) -> list[Record]:
    keys = ["claimant", "group", "side", "place", "since", "as_of", "published_on"]
    stated = claims.assign(side=claims["side"].fillna(""))
    killed = stated[stated["outcome"] == "killed"]
    both = stated[stated["outcome"] == "killed or wounded"]
    pairs = killed.merge(both, on=keys, suffixes=("", "_both"))
    found = []
    for row in pairs.to_dict("records"):
        if (
            not pd.isna(row["low"])
            and not pd.isna(row["high_both"])
            and row["low"] > row["high_both"]
        ):
            row |= {"measure": "killed", "place": row["side"] or row["place"]}
            detail = f"killed {row['wording']}, killed or wounded {row['wording_both']}"
            rule = "killed are no more than killed or wounded"
            found.append(_find(row, rule, "casualties", "violated", detail))
    return found


def _find_wrong_totals(data: str | Path) -> list[Record]:
    votes, totals = read_claims(VOTES, data), read_claims(VOTE_TOTALS, data)
    counted = votes.groupby(["resolution", "vote"]).size()
    found = []
    for row in totals[totals["resolution"].isin(votes["resolution"])].to_dict("records"):
        number = int(counted.get((row["resolution"], row["vote"]), 0))
        if not row["low"] <= number <= row["high"]:
            row |= {"measure": row["vote"], "place": row["resolution"], "as_of": row["vote_date"]}
            detail = f"stated {row['wording']}, counted by state {number}"
            found.append(_find(row, "totals equal their parts", "vote_totals", "violated", detail))
    return found


def _find_unequal_lengths(data: str | Path) -> list[Record]:
    places = tabulate_places(data, _NO_DAY)
    keys = ["source_id", "claimant", "place", "statement"]
    miles, km = (places[places["unit"] == unit] for unit in ("miles", "km"))
    found = []
    for row in miles.merge(km, on=keys, suffixes=("", "_km")).to_dict("records"):
        if abs(float(row["best"]) * KM_PER_MILE - float(row["best_km"])) > 0.5:
            row |= {"measure": row["topic"]}
            detail = f"{row['wording']} miles, {row['wording_km']} km"
            found.append(_find(row, "one length in two units", "places", "violated", detail))
    return found


def _find(row: Record, rule: str, table: str, verdict: str, detail: str) -> Record:
    named: Record = {name: row[name] for name in ("claimant", "measure", "place", "as_of")}
    found: Record = {"rule": rule, "table": table, "verdict": verdict, "detail": detail}
    return found | named


def _identify(row: Record) -> tuple[str, ...]:
    return tuple(_say_day(row[name]) if name == "as_of" else str(row[name]) for name in _KEY)


def _say_day(value: Any) -> str:
    return "" if pd.isna(value) else f"{pd.Timestamp(value):%Y-%m-%d}"
