"""What a casebook holds on contested statements, as DataFrames: one stance a row."""

from __future__ import annotations

import pandas as pd

from analysis.claims.absence import explain_absence
from analysis.statements.table import PLACES, TALKS
from analysis.tables.asked import require_yes_or_no
from analysis.tables.frame import ClaimsFrame
from analysis.tables.known import Subject

#: The stances that make a statement contested.
_AGAINST = ("denies", "no comment")


class Statements(Subject):
    """Statements about places and talks: who says what, who denies it, who keeps silent."""

    def places(self) -> ClaimsFrame:
        """Return who says what about which place.

        Returns
        -------
        ClaimsFrame
            The columns of places.csv with the bounds of the wordings, those of its source and
            claimant, and `contested`: whether somebody denies the statement or was silent.

        Examples
        --------
        >>> import analysis
        >>> places = analysis.open_casebook().statements.places()
        >>> bool(places["contested"].any())
        True
        """
        return self._finish(mark_contested(self._known.claims(PLACES)), "statements about places")

    def talks(self) -> ClaimsFrame:
        """Return who says what about the talks.

        Returns
        -------
        ClaimsFrame
            The columns of talks.csv, those of its source and claimant, and `contested`.

        Examples
        --------
        >>> import analysis
        >>> talks = analysis.open_casebook().statements.talks()
        >>> "stance" in talks
        True
        """
        return self._finish(mark_contested(self._known.claims(TALKS)), "statements about talks")

    def contested(self, *, contested_only: bool = False) -> ClaimsFrame:
        """Return the newest stance of each claimant on each statement, contested ones first.

        Parameters
        ----------
        contested_only : bool
            Whether statements that nobody denies or keeps silent on are left out.

        Returns
        -------
        ClaimsFrame
            One row a claimant and statement: `about` (place or talks), `place`, `topic`,
            `statement`, `stance`, `status`, `contested`, `claimant_side_name`, and the columns
            of source and claimant.

        Examples
        --------
        >>> import analysis
        >>> rows = analysis.open_casebook().statements.contested()
        >>> bool(rows["contested"].is_monotonic_decreasing)
        True
        """
        places = self._known.claims(PLACES).assign(about="place")
        talks = self._known.claims(TALKS).assign(about="talks")
        rows = pd.concat([places, talks], ignore_index=True)
        # The newest stance holds; of one day, the first in the table.
        newest = rows.sort_values("published_on", ascending=False, kind="stable")
        newest = newest.drop_duplicates(["about", "claimant", "statement"])
        rows = mark_contested(newest.sort_index().reset_index(drop=True))
        parties = self._known.references()["parties"].set_index("party")["name"]
        rows = rows.assign(claimant_side_name=rows["claimant_side"].map(parties).astype("str"))
        require_yes_or_no(contested_only, "contested_only")
        held = len(rows)
        if contested_only:
            rows = rows[rows["contested"]]
        rows = rows.sort_values("contested", ascending=False, kind="stable")
        noun = "contested statements" if contested_only else "statements"
        return self._finish(rows, noun, held)

    def _finish(self, rows: pd.DataFrame, noun: str, held: int = 0) -> ClaimsFrame:
        absent = "" if len(rows) else explain_absence(noun, self._known.day, rows, figures=False)
        if absent and held:
            absent = absent.rstrip(".") + f"; it holds {held:,} that nobody denies."
        return self._known.finish(rows, noun=noun, absent=absent)


def mark_contested(rows: pd.DataFrame) -> pd.DataFrame:
    """Return `rows` with `contested`: whether somebody denies the statement or was silent on it."""
    against = rows.loc[rows["stance"].isin(_AGAINST), "statement"].unique()
    return rows.assign(contested=rows["statement"].isin(against))
