"""Military losses by claimant: everybody's latest word on the soldiers of one side.

Killed, killed or wounded, and losses whose meaning is not stated are never mixed.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from analysis.casualties.over_time import write_span
from analysis.casualties.table import CASUALTIES, OUTCOMES, tabulate_casualties
from analysis.charts import Chart, plot_claims, size_for_rows
from analysis.claims import prose
from analysis.claims.compare import without_parties
from analysis.tables import latest_claims, parse_day
from analysis.tables.countries import name_troops

_OUTCOME_ORDER = ("killed", "killed or wounded", "losses", "wounded", "missing", "captured")


def tabulate_military_losses_by_claimant(
    data: str | Path = "",
    as_of: str | date = "2022-03-03",
    *,
    side: str = "RUS",
    parties: bool = True,
) -> pd.DataFrame:
    """Return the latest claim of each claimant and outcome on one side's soldiers.

    Returns
    -------
    pandas.DataFrame
        A claims frame, one row a claimant and outcome, killed first and of each outcome the
        newest first, with `counted_to` (the day counted to, or else the day published).
        Unit: people.
    """
    claims = tabulate_casualties(data, as_of)
    claims = claims[(claims["group"] == "military") & (claims["side"] == side)]
    latest = latest_claims(claims, CASUALTIES.series)
    latest = latest if parties else without_parties(latest)
    latest = latest.assign(counted_to=latest["as_of"].fillna(latest["published_on"]))
    latest = latest.sort_values("counted_to", ascending=False, kind="stable")
    order = {name: number for number, name in enumerate(_OUTCOME_ORDER)}
    return latest.sort_values(
        "outcome", key=lambda outcomes: outcomes.map(order), kind="stable", ignore_index=True
    )


def chart_military_losses_by_claimant(
    data: str | Path = "",
    as_of: str | date = "2022-03-03",
    *,
    side: str = "RUS",
    outcome: str = "killed",
    parties: bool = True,
) -> Chart:
    """Return a row a claimant: its latest figure of one outcome, the newest first.

    Parameters
    ----------
    data, as_of, side, parties
        As in `tabulate_military_losses_by_claimant`.
    outcome : str
        killed, killed or wounded, losses, wounded, missing or captured; all: one outcome
        under the other, each row with its own.
    """
    if outcome not in (*OUTCOMES, "all"):
        raise ValueError(f'outcome: "{outcome}" is not one of: {", ".join(OUTCOMES)}, all')
    rows = tabulate_military_losses_by_claimant(data, as_of, side=side, parties=parties)
    rows = rows if outcome == "all" else rows[rows["outcome"] == outcome].reset_index(drop=True)
    day = prose.format_day(parse_day(as_of))
    nouns = list(dict.fromkeys(rows["counted"]))
    word = {"all": "killed, wounded or lost", "losses": "out of action"}.get(outcome, outcome)
    noun = nouns[0] if len(nouns) == 1 else f"{name_troops(side)} {word}"
    empty = f"No figure of {noun} had been published by {day}."
    spans = [write_span(of_noun) for _, of_noun in rows.groupby("counted", sort=False)]
    left_out = "" if parties else " Claims of the parties to the conflict are left out."
    title = f"{'; '.join(spans[:2])}; as known on {day}"
    title = title if spans else f"The casebook holds no figure of {noun} published by {day}"
    parts = ["military_losses_by_claimant"]
    parts += [] if (side, outcome) == ("RUS", "killed") else [side.lower(), outcome]
    return Chart(
        name="_".join(parts).replace(" ", "_"),
        rows=rows,
        draw=lambda frame, ax: plot_claims(frame, ax, unit=noun, empty=empty),
        title=title,
        subtitle=f"{prose.capitalise(noun)}, the latest claim of each claimant as known on "
        f"{day}; the days counted differ. People.{left_out}",
        alt=prose.write_alt_text(
            "Chart with one row for each claimant, from its low to its high end",
            title,
            prose.write_sentences(rows),
            empty=empty,
        ),
        size=size_for_rows(len(rows)),
    )
