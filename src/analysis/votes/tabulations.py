"""What a casebook holds on votes, as DataFrames: a row a state, an answer, a region or a total."""

from __future__ import annotations

import pandas as pd

from analysis.claims.absence import explain_absence
from analysis.tables.countries import find_regions
from analysis.tables.frame import ClaimsFrame
from analysis.tables.known import Known, Subject, require_word
from analysis.votes.table import ANSWERS, VOTE_TOTALS, VOTES


class Votes(Subject):
    """Votes of the UN General Assembly: every member state by name, and totals as stated."""

    def resolutions(self) -> list[str]:
        """Return the numbers of the resolutions known on the day: those followed first.

        Examples
        --------
        >>> import analysis
        >>> analysis.open_casebook().votes.resolutions()
        ['A/RES/ES-11/1']
        """
        votes, totals = self._known.claims(VOTES), self._known.claims(VOTE_TOTALS)
        known = {*votes["resolution"], *totals["resolution"]}
        followed = [name for name in self._known.settings.resolutions if name in known]
        return [*followed, *sorted(known - {*followed})]

    def on_resolution(self, *, resolution: str = "") -> ClaimsFrame:
        """Return the answer of every member state to a resolution.

        Parameters
        ----------
        resolution : str
            Number of the resolution; "" is the first that casebook.toml names.

        Returns
        -------
        ClaimsFrame
            One row a member state of which the answer is known: `resolution`, `vote_date`,
            `member_state`, `vote` (yes, no, abstain, not voting), `region`, `publisher`,
            `published_on`, `iso3`. A record may hold some answers only.

        Raises
        ------
        ValueError
            The casebook has no such resolution, on this day or later; the message names
            those that it has.

        Examples
        --------
        >>> import analysis
        >>> votes = analysis.open_casebook().votes.on_resolution()
        >>> votes["vote"].value_counts()["no"].item()
        5
        """
        resolution = self._choose(resolution)
        known = self._known.claims(VOTES)
        votes = known[known["resolution"] == resolution]
        votes = votes.assign(region=find_regions(votes["iso3"]))
        return self._finish(votes, resolution)

    def totals(self, *, resolution: str = "") -> ClaimsFrame:
        """Return the totals of a vote as somebody states them.

        Parameters
        ----------
        resolution : str
            Number of the resolution; "" is for all of them.

        Returns
        -------
        ClaimsFrame
            A claims frame with `resolution`, `vote_date` and `vote`. Unit: states.

        Examples
        --------
        >>> import analysis
        >>> totals = analysis.open_casebook().votes.totals()
        >>> totals.loc[totals["vote"] == "yes", "low"].tolist()
        [141]
        """
        totals = self._known.claims(VOTE_TOTALS)
        if resolution:
            totals = totals[totals["resolution"] == self._choose(resolution)]
        return self._finish(totals, resolution)

    def by_answer(self, *, resolution: str = "") -> pd.DataFrame:
        """Return how many states gave each answer, counted by state and as stated.

        Parameters
        ----------
        resolution : str
            As in `on_resolution`.

        Returns
        -------
        pandas.DataFrame
            One row an answer, in the order yes, no, abstain, not voting: `vote`, `states`
            (counted in the record by state; missing where the record holds none of that
            answer and is not whole), `stated` and `stated_by` (the total as somebody says),
            `agrees` (missing where one of the two is), `population` (people who live in
            those states, in the newest edition known on the day; missing where there is
            none) and `states_without_population`.

        Examples
        --------
        >>> import analysis
        >>> answers = analysis.open_casebook().votes.by_answer()
        >>> answers["states"].tolist()
        [141, 5, 35, 12]
        """
        resolution = self._choose(resolution)
        votes, totals = self.on_resolution(resolution=resolution), self.totals()
        totals = totals[totals["resolution"] == resolution]
        totals = totals.drop_duplicates("vote").set_index("vote")
        people = find_population(self._known).reindex(votes["iso3"]).set_axis(votes.index)
        by_answer = pd.DataFrame(votes).assign(people=people, lacks=people.isna()).groupby("vote")
        answers = pd.Index(list(ANSWERS) if len(votes) or len(totals) else [], name="vote")
        is_whole = votes["vote"].nunique() > 1
        counted = by_answer.size().reindex(answers).astype("Int64")
        counted = counted.fillna(0) if is_whole else counted
        stated = totals["low"].reindex(answers)
        known = counted.notna()
        frame = pd.DataFrame(
            {
                "states": counted,
                "stated": stated,
                "stated_by": totals["publisher"].reindex(answers),
                "agrees": (counted == stated).where(stated.notna() & known),
                "population": by_answer["people"]
                .sum(min_count=1)
                .reindex(answers)
                .where(counted.fillna(1) > 0, 0),
                "states_without_population": by_answer["lacks"]
                .sum()
                .reindex(answers)
                .where(counted.fillna(1) > 0, 0),
            }
        )
        return frame.reset_index()

    def by_region(self, *, resolution: str = "") -> pd.DataFrame:
        """Return how many states of each world region gave each answer.

        Parameters
        ----------
        resolution : str
            As in `on_resolution`.

        Returns
        -------
        pandas.DataFrame
            One row a region, in alphabetical order ("region not known" for a code without
            one), and "all regions" last: `region`, `yes`, `no`, `abstain`, `not_voting`,
            `member_states`. Unit: states.

        Examples
        --------
        >>> import analysis
        >>> regions = analysis.open_casebook().votes.by_region()
        >>> regions.iloc[-1]["member_states"].item()
        193
        """
        votes = pd.DataFrame(self.on_resolution(resolution=resolution))
        regions = votes["region"].fillna("region not known")
        table = pd.crosstab(regions, votes["vote"]).reindex(columns=list(ANSWERS), fill_value=0)
        if len(table):
            table.loc["all regions"] = table.sum()
        table["member states"] = table.sum(axis="columns")
        table.columns = pd.Index([name.replace(" ", "_") for name in table.columns])
        return table.rename_axis("region").reset_index()

    def _choose(self, resolution: str) -> str:
        later = [self._known.claims(table, later=True) for table in (VOTES, VOTE_TOTALS)]
        known = sorted({name for frame in later for name in frame["resolution"]})
        if not resolution and not self._known.settings.resolutions:
            return known[0] if known else ""
        resolution = self._known.resolution(resolution)
        if known:
            require_word(resolution, known, "resolution")
        return resolution

    def _finish(self, rows: pd.DataFrame, resolution: str) -> ClaimsFrame:
        noun = f"votes on {resolution}" if resolution else "votes"
        absent = "" if len(rows) else explain_absence(noun, self._known.day, rows, figures=False)
        totals = self._known.claims(VOTE_TOTALS)
        if absent and (totals["resolution"] == resolution).any():
            absent = absent.replace("votes on", "votes by state on").rstrip(".")
            absent += "; it holds the totals."
        asked = {"resolution": resolution}
        return self._known.finish(rows, noun=noun, absent=absent, asked=asked)


def find_population(known: Known) -> pd.Series:
    """Return the population of each country in the newest edition known on the day.

    Where none was known by then, the oldest edition stands for it.
    """
    figures = known.claims("population", later=True)
    figures = figures[figures["edition"].notna()]
    by_then = figures[figures["published_on"] <= known.day]
    edition = by_then["edition"].max() if len(by_then) else figures["edition"].min()
    chosen = figures[figures["edition"] == edition].sort_values("year")
    best: pd.Series = chosen.drop_duplicates("area", keep="last").set_index("area")["best"]
    return best
