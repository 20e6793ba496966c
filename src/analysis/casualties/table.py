"""Casualties: who says how many were killed, wounded, missing or captured, and on whose side.

Casualties are not deaths: killed, wounded and "killed or wounded" are different outcomes,
and only one claimant's own killed and wounded may be added.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from analysis.charts import Chart, plot_claims, size_for_rows
from analysis.claims import prose
from analysis.claims.compare import count_once, side_by_side, without_parties
from analysis.claims.findings import write_finding
from analysis.tables import (
    Record,
    Rule,
    Table,
    as_known_on,
    columns,
    last_published_claims,
    parse_day,
    read_claims,
    to_records,
)
from analysis.tables.countries import name_troops
from analysis.tables.vocabulary import STANDARDS, STATUSES

OUTCOMES = {
    "killed": "died",
    "wounded": "injured and alive",
    "killed or wounded": "both together: casualties in the strict sense",
    "missing": "not accounted for",
    "captured": "held by the other side",
    "losses": "out of action; whether killed only or also wounded is not stated",
}

GROUPS = {
    "civilian": "people who take no part in the fighting",
    "military": "members of armed forces",
}

CASUALTIES = Table(
    name="casualties",
    title="one claim of people killed, wounded, missing or captured",
    key=("source_id", "locator", "claimant", "group", "side", "place", "outcome", "as_of"),
    series=("claimant", "group", "side", "place", "outcome"),
    rules=(
        Rule(
            "side",
            "the force that military casualties belong to",
            lambda rows: (rows["group"] == "military") & rows["side"].isna(),
        ),
        Rule(
            "side",
            "no force: civilians belong to none",
            lambda rows: (rows["group"] == "civilian") & rows["side"].notna(),
        ),
    ),
    schema=pa.DataFrameSchema(
        {
            "source_id": columns.source_id(),
            "locator": columns.locator(),
            "claimant": columns.claimant(),
            "since": columns.day("first day counted", empty=True),
            "as_of": columns.day("last day counted", empty=True),
            "group": columns.choice("whose casualties", GROUPS),
            "side": columns.iso3("the force they belong to; empty for civilians", empty=True),
            "place": columns.text("where: an ISO 3166 alpha-3 code, or a named place"),
            "outcome": columns.choice("what happened to them", OUTCOMES),
            "wording": columns.wording(),
            "standard": columns.choice("how the claimant knows", STANDARDS),
            "status": columns.choice("what the source says of the claim", STATUSES),
            "published_on": columns.published_on(),
            "note": columns.note(),
        }
    ),
)


def tabulate_casualties(data: str | Path = "", as_of: str | date = "2022-03-03") -> pd.DataFrame:
    """Return every claim of casualties that was known on a day.

    Parameters
    ----------
    data : str or Path
        The folder of the casebook; "" is the project's own.
    as_of : str or datetime.date
        The day of the replay.

    Returns
    -------
    pandas.DataFrame
        A claims frame (see `analysis.tables.read_claims`) with `outcome`, `group`, `side`,
        `place` and `counted`, the noun of the figure ("civilians killed"). Unit: people.
    """
    return _add_counted(as_known_on(read_claims(CASUALTIES, data), as_of))


def tabulate_casualties_by_source(
    data: str | Path = "",
    as_of: str | date = "2022-03-03",
    *,
    group: str = "civilian",
    outcome: str = "killed",
    parties: bool = True,
) -> pd.DataFrame:
    """Return what each claimant last said about one outcome, side by side.

    Parameters
    ----------
    data, as_of
        As in `tabulate_casualties`.
    group : str
        civilian or military.
    outcome : str
        killed, wounded, killed or wounded, missing, captured.
    parties : bool
        Whether the claims of the parties to the conflict are shown.

    Returns
    -------
    pandas.DataFrame
        A claims frame, one row a claimant, side and document of the claimant's last day of
        publication (documents that repeat a figure are counted once), with `documents`,
        `repeated_by`, and `differs_in`, the parts of the scope in which the claims differ.
        Unit: people.
    """
    _require(group, GROUPS, "group")
    _require(outcome, OUTCOMES, "outcome")
    claims = as_known_on(read_claims(CASUALTIES, data), as_of)
    claims = _add_counted(claims[(claims["group"] == group) & (claims["outcome"] == outcome)])
    latest = count_once(_end_silence(last_published_claims(claims, CASUALTIES.series)))
    # The figures of one claimant stand together, claimants in the order they first appear.
    order = {name: place for place, name in enumerate(latest["claimant"].unique())}
    latest = latest.sort_values(
        "claimant", key=lambda c: c.map(order), kind="stable", ignore_index=True
    )
    return side_by_side(latest if parties else without_parties(latest))


def chart_casualties_by_source(
    data: str | Path = "",
    as_of: str | date = "2022-03-03",
    *,
    group: str = "civilian",
    outcome: str = "killed",
    parties: bool = True,
) -> Chart:
    """Return the chart of `tabulate_casualties_by_source`: one row a claimant, from low to high."""
    claims = tabulate_casualties_by_source(
        data, as_of, group=group, outcome=outcome, parties=parties
    )
    day = prose.format_day(parse_day(as_of))
    noun = f"{'civilians' if group == 'civilian' else 'troops'} {outcome}"
    title = write_finding(claims, day)
    title = title or f"The casebook holds no figure of {noun} published by {day}"
    empty = f"No claim of {noun} had been published by {day}."
    left_out = "" if parties else " Claims of the parties to the conflict are left out."
    parts = ["casualties_by_source"]
    if (group, outcome) != ("civilian", "killed"):
        parts += [group, outcome.replace(" ", "_")]
    if not parties:
        parts.append("without_parties")
    return Chart(
        name="_".join(parts),
        rows=claims,
        draw=lambda rows, ax: plot_claims(rows, ax, unit=noun, empty=empty),
        title=title,
        subtitle=f"{prose.capitalise(noun)}, the latest claim of each claimant as known on "
        f"{day}. People.{left_out}",
        alt=prose.write_alt_text(
            "Chart with one row for each claim, from its low to its high end",
            title,
            prose.write_sentences(claims),
            empty=empty,
        ),
        size=size_for_rows(len(claims)),
    )


def _end_silence(claims: pd.DataFrame) -> pd.DataFrame:
    """Leave out that a side had released no figure once somebody of that side gave one."""
    silent = claims["status"] == "not released"
    if not silent.any():
        return claims.reset_index(drop=True)
    spoken = claims[claims["wording"].notna()].groupby(["claimant_side", "side"])["published_on"]
    last = spoken.max()
    keys = pd.MultiIndex.from_frame(claims[["claimant_side", "side"]])
    since = pd.Series(last.reindex(keys).to_numpy(), index=claims.index)
    over = silent & (since > claims["published_on"])
    return claims[~over].reset_index(drop=True)


def _add_counted(claims: pd.DataFrame) -> pd.DataFrame:
    said = [_name_counted(row) for row in to_records(claims, ["group", "side", "outcome"])]
    return claims.assign(counted=pd.Series(said, index=claims.index, dtype="str"))


def _name_counted(row: Record) -> str:
    outcome = "out of action" if row["outcome"] == "losses" else row["outcome"]
    troops: str = "troops" if pd.isna(row["side"]) else name_troops(str(row["side"]))
    return f"{'civilians' if row['group'] == 'civilian' else troops} {outcome}"


def _require(word: str, known: dict[str, str], name: str) -> None:
    if word not in known:
        raise ValueError(f'{name}: "{word}" is not one of: {", ".join(known)}')
