"""Sanctions and company actions: who does what to whom, and how far it has gone.

Announced is not done: each action stands on a rung of `LADDER`, chosen by the words of
the source, and nothing climbs a rung because time has passed.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from analysis.charts import Chart, plot_timeline, size_for_rows
from analysis.claims import prose
from analysis.tables import Record, Table, as_known_on, columns, parse_day, read_claims
from analysis.tables.vocabulary import STATUSES, UNITS

#: The rungs from the least to the most: how far an action has gone in the words of the source.
LADDER = {
    "continuing": "goes on as before",
    "proposed": "needs somebody else's consent",
    "announced": "said that it will; nothing shows that it has happened",
    "pausing": "stops for a time",
    "halting": "stops, without a word on how long",
    "closing": "shuts operations, shops or an airspace",
    "banned": "kept out",
    "cancelled": "an event or a contract is called off",
    "seized": "property has been taken",
}

#: Rungs on which nothing has happened yet.
NOT_DONE = ("continuing", "proposed", "announced")

KINDS = {
    "sanction": "a state or bloc restricts trade, money or movement",
    "company action": "a company changes what it does",
    "asset": "property is taken or offered",
    "sport": "a sports body acts",
    "policy": "another decision of a state or bloc",
}

ACTOR_KINDS = ("state", "bloc", "company", "sport body", "person")

ACTIONS = Table(
    name="actions",
    title="one action of a state, company, sports body or person",
    key=("source_id", "locator", "actor", "action", "target", "description"),
    series=("actor", "target", "description"),
    schema=pa.DataFrameSchema(
        {
            "source_id": columns.source_id(),
            "locator": columns.locator(),
            "claimant": columns.claimant(),
            "actor": columns.text("who acts"),
            "actor_kind": columns.choice("what kind of body acts", ACTOR_KINDS),
            "kind": columns.choice("what kind of action it is", KINDS),
            "action": columns.choice("the rung of the ladder", LADDER),
            "target": columns.text("whom or what it is aimed at"),
            "description": columns.text("what is done, in our words, as the object of the rung"),
            "date": columns.day("the day as the source states it", empty=True),
            "figure_of": columns.text("what the figure counts, where there is one", empty=True),
            "wording": columns.wording(),
            "unit": columns.choice("the unit of the figure", UNITS, empty=True),
            "status": columns.choice("what the source says of it", STATUSES),
            "published_on": columns.published_on(),
            "note": columns.note(),
        }
    ),
)


def tabulate_sanctions_and_company_actions(
    data: str | Path = "", as_of: str | date = "2022-03-03", *, kind: str = "all"
) -> pd.DataFrame:
    """Return the actions that were known on a day.

    Parameters
    ----------
    data : str or Path
        The folder of the casebook; "" is the project's own.
    as_of : str or datetime.date
        The day of the replay.
    kind : str
        A kind of action (sanction, company action, asset, sport, policy), or all.

    Returns
    -------
    pandas.DataFrame
        The columns of actions.csv, those of its source and claimant (see
        `analysis.tables.read_claims`), `action_order` (the rung, from 0) and `done` (whether
        something has happened). Sorted by kind in the order of `KINDS`, then from the
        highest rung down.
    """
    if kind != "all" and kind not in KINDS:
        raise ValueError(f'kind: "{kind}" is not one of: all, {", ".join(KINDS)}')
    actions = as_known_on(read_claims(ACTIONS, data), as_of)
    if kind != "all":
        actions = actions[actions["kind"] == kind]
    rungs = {rung: number for number, rung in enumerate(LADDER)}
    actions = actions.assign(
        action_order=actions["action"].map(rungs).astype("Int64"),
        done=~actions["action"].isin(NOT_DONE),
        _kind=actions["kind"].map({name: number for number, name in enumerate(KINDS)}),
    )
    ordered = actions.sort_values(
        ["_kind", "action_order", "actor"], ascending=[True, False, True], kind="stable"
    )
    return ordered.drop(columns="_kind").reset_index(drop=True)


def tabulate_actions_by_kind(
    data: str | Path = "", as_of: str | date = "2022-03-03", *, kind: str = "all"
) -> pd.DataFrame:
    """Return how many actions stand on each rung of the ladder, by kind.

    Returns
    -------
    pandas.DataFrame
        One row a kind that occurs: `kind`, `actors` (different ones), a column a rung that
        occurs, in the order of the ladder, `actions` (all). Unit: actions.
    """
    actions = tabulate_sanctions_and_company_actions(data, as_of, kind=kind)
    rungs = [rung for rung in LADDER if (actions["action"] == rung).any()]
    kinds = [kind for kind in KINDS if (actions["kind"] == kind).any()]
    table = pd.crosstab(actions["kind"], actions["action"]).reindex(index=kinds, columns=rungs)
    table.insert(0, "actors", actions.groupby("kind")["actor"].nunique().reindex(kinds))
    table["actions"] = table[rungs].sum(axis="columns")
    return table.rename_axis("kind").rename_axis(None, axis="columns").reset_index()


def write_actions(actions: pd.DataFrame) -> list[str]:
    """Return a sentence an action: its rung, its figure, its claimant and its day."""
    return [_write_action(row) for row in actions.to_dict("records")]


def _write_action(row: Record) -> str:
    day = row["date"]
    when: str = "" if pd.isna(day) else f" on {prose.format_day(pd.Timestamp(day))}"
    reported = prose.format_day(pd.Timestamp(row["published_on"]))
    done = prose.capitalise(f"{row['actor']}: {_say_done(row)}{when}")
    doubt = prose.mark_doubt(row)
    return f"{done}, according to {row['claimant_said']} (reported on {reported}{doubt})."


def _say_done(row: Record) -> str:
    """The rung with its object, and the figure: "closing its operations (co-workers: 15,000)"."""
    said = f"{row['action']} {row['description']}"
    if pd.isna(row["wording"]):
        return said
    is_plain = pd.isna(row["unit"]) or row["unit"] in ("people", "US dollars")
    unit = "" if is_plain else f" {row['unit']}"
    counted = "figure" if pd.isna(row["figure_of"]) else row["figure_of"]
    return f"{said} ({counted}: {row['wording']}{unit})"


def chart_sanctions_and_company_actions(
    data: str | Path = "", as_of: str | date = "2022-03-03", *, kind: str = "all"
) -> Chart:
    """Return the timeline of the actions known on a day, with a lane for days not stated."""
    actions = tabulate_sanctions_and_company_actions(data, as_of, kind=kind)
    day = prose.format_day(parse_day(as_of))
    empty = f"No action had been reported by {day}."
    done = int(actions["done"].sum())
    title = empty.rstrip(".")
    if len(actions):
        waiting = len(actions) - done
        title = (
            f"{len(actions)} actions of {actions['actor'].nunique()} actors reported by {day}: "
            f"{done} carried out or under way, {waiting} announced, proposed or unchanged"
        )
    said = [_say_done(row) for row in actions.to_dict("records")]
    return Chart(
        name="_".join(["sanctions_and_company_actions", *kind.split()]).removesuffix("_all"),
        rows=actions.assign(description=pd.Series(said, dtype="str")),
        draw=lambda rows, ax: plot_timeline(rows, ax, empty=empty),
        title=title,
        subtitle="Each row is one action, on the rung of the ladder that the words support.",
        alt=prose.write_alt_text(
            "Timeline with one row for each action",
            title,
            write_actions(actions),
            empty=empty,
        ),
        size=size_for_rows(len(actions), row_height=0.3),
    )
