"""What a casebook holds on sanctions, company actions, needs and appeals, as DataFrames."""

from __future__ import annotations

import pandas as pd

from analysis.actions.table import ACTION_TOTALS, ACTIONS, KINDS, LADDER, NOT_DONE, TOPICS
from analysis.claims.absence import explain_absence
from analysis.claims.compare import find_last_said
from analysis.tables.asked import require_yes_or_no
from analysis.tables.frame import ClaimsFrame
from analysis.tables.known import Subject, require_word


class Actions(Subject):
    """Sanctions and company actions, and totals of them, of people in need and of appeals."""

    def claims(self, *, kind: str = "") -> ClaimsFrame:
        """Return the actions that were known on the day.

        Parameters
        ----------
        kind : str
            sanction, company action, asset, sport or policy; "" for all.

        Returns
        -------
        ClaimsFrame
            The columns of actions.csv, those of its source and claimant, `action_order` (the
            rung of the ladder, from 0) and `done` (whether something has happened). Sorted by
            kind, then from the highest rung down.

        Examples
        --------
        >>> import analysis
        >>> actions = analysis.open_casebook().actions.claims(kind="sport")
        >>> set(actions["kind"])
        {'sport'}
        """
        if kind:
            require_word(kind, list(KINDS), "kind")
        known = self._known.claims(ACTIONS)
        actions = known[known["kind"] == kind] if kind else known
        rungs = {rung: number for number, rung in enumerate(LADDER)}
        actions = actions.assign(
            action_order=actions["action"].map(rungs).astype("Int64"),
            done=~actions["action"].isin(NOT_DONE),
            _kind=actions["kind"].map({name: number for number, name in enumerate(KINDS)}),
        )
        ordered = actions.sort_values(
            ["_kind", "action_order", "actor"], ascending=[True, False, True], kind="stable"
        ).drop(columns="_kind")
        noun = f"actions of the kind {kind}" if kind else "sanctions or company actions"
        day = self._known.day
        absent = "" if len(ordered) else explain_absence(noun, day, ordered, figures=False)
        if absent and len(known):
            absent = absent.rstrip(".") + f"; it holds {len(known):,} of other kinds."
        return self._known.finish(ordered, noun=noun, absent=absent, asked={"kind": kind})

    def by_kind(self, *, kind: str = "") -> pd.DataFrame:
        """Return how many actions stand on each rung of the ladder, by kind.

        Parameters
        ----------
        kind : str
            As in `claims`.

        Returns
        -------
        pandas.DataFrame
            One row a kind that occurs: `kind`, `actors` (different ones), a column a rung
            that occurs, in the order of the ladder, `actions` (all). Unit: actions.

        Examples
        --------
        >>> import analysis
        >>> kinds = analysis.open_casebook().actions.by_kind()
        >>> bool((kinds["actors"] <= kinds["actions"]).all())
        True
        """
        actions = pd.DataFrame(self.claims(kind=kind))
        rungs = [rung for rung in LADDER if (actions["action"] == rung).any()]
        kinds = [kind for kind in KINDS if (actions["kind"] == kind).any()]
        table = pd.crosstab(actions["kind"], actions["action"]).reindex(index=kinds, columns=rungs)
        table.insert(0, "actors", actions.groupby("kind")["actor"].nunique().reindex(kinds))
        table["actions"] = table[rungs].sum(axis="columns")
        return table.rename_axis("kind").rename_axis(None, axis="columns").reset_index()

    def totals(self, *, topic: str = "", latest: bool = True) -> ClaimsFrame:
        """Return totals of actions, of people in need and of money asked for.

        Parameters
        ----------
        topic : str
            sanctions, company exits, appeal, people in need or displacement; "" for all.
        latest : bool
            Whether only what each claimant last said of each measure is there.

        Returns
        -------
        ClaimsFrame
            A claims frame with `topic`, `measure`, `unit` and `counted` (the measure). Units
            differ from row to row.

        Examples
        --------
        >>> import analysis
        >>> totals = analysis.open_casebook(as_of="2022-04-30").actions.totals(topic="appeal")
        >>> set(totals["topic"])
        {'appeal'}
        """
        if topic:
            require_word(topic, list(TOPICS), "topic")
        require_yes_or_no(latest, "latest")
        known = self._known.claims(ACTION_TOTALS)
        rows = known[known["topic"] == topic].reset_index(drop=True) if topic else known
        rows = find_last_said(rows, ACTION_TOTALS.series) if latest else rows
        order = {name: number for number, name in enumerate(TOPICS)}
        rows = rows.sort_values("topic", key=lambda topics: topics.map(order), kind="stable")
        noun = topic or "needs, appeals or totals of actions"
        absent = explain_absence(noun, self._known.day, known) if rows.empty else ""
        return self._known.finish(rows, noun=noun, absent=absent, asked={"topic": topic})
