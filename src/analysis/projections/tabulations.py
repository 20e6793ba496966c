"""What a casebook holds on projections, as DataFrames, and what can be projected from it."""

from __future__ import annotations

import pandas as pd

from analysis.claim_ids import hash_claims
from analysis.claims.absence import explain_absence
from analysis.claims.compare import keep_parties
from analysis.forecasting import MEASURES
from analysis.projections.backtests import (
    KINDS,
    score_annual,
    score_daily,
    show_logistic_curve,
)
from analysis.projections.fan import (
    has_daily_figures,
    project_by_day,
    project_by_year,
)
from analysis.projections.scorecard import read_outcomes, score_projections
from analysis.projections.table import PROJECTIONS, read_projections
from analysis.refugees.by_origin import REFUGEES_BY_ORIGIN, read_preregistration
from analysis.refugees.population import read_population
from analysis.refugees.table import read_refugees
from analysis.tables import InputError
from analysis.tables.asked import require_yes_or_no
from analysis.tables.frame import ClaimsFrame, Told
from analysis.tables.known import Subject, require_word
from analysis.tables.parts import hash_table
from analysis.tables.scope import ALL

#: The furthest ahead: years, or weeks where there are daily figures.
_FURTHEST = {"year": 10, "day": 12}

_LAST_DAY = pd.Timestamp("2100-01-01")


class Projections(Subject):
    """Projections of refugees: those of others with their scores, and our own with theirs."""

    def claims(self, *, origin: str = "", parties: bool = True) -> ClaimsFrame:
        """Return the projections of people who leave an area that were known on the day.

        Parameters
        ----------
        origin : str
            The area that people leave: the code of a country or a key of areas.csv; "" for
            the one that casebook.toml names.
        parties : bool
            Whether the claims of the parties to the conflict are there.

        Returns
        -------
        ClaimsFrame
            One row a projection. First `claimant_name`, `wording`, `low`, `best`, `high`
            (people), `counted` (what it would count); then `made_on` and `target_day`
            (missing where not stated), `horizon` ("no day stated" or the day), `measure`,
            `definition`, `asylum_name` (missing where the source does not say), and the
            further columns of `analysis.tables.read_claims`.

        Examples
        --------
        >>> import analysis
        >>> projected = analysis.open_casebook().projections.claims()
        >>> set(projected["horizon"])
        {'no day stated'}
        """
        area = self._known.origin(origin)
        rows = read_projections(self._known, area)
        rows = keep_parties(rows, parties)
        return self._finish(rows, area, {"origin": origin}, parties=parties)

    def outcomes(self, *, origin: str = "") -> ClaimsFrame:
        """Return the series that a projection could be held against, as known on the day.

        Parameters
        ----------
        origin : str
            As in `claims`.

        Returns
        -------
        ClaimsFrame
            One row a series and day: `series`, `measure` (border crossings, refugees
            recorded, people who fled, refugees at the end of the year), `asylum`,
            `counted_to`, `low`, `best`, `high` (people), `wording`, `publisher`,
            `published_on`, `segment` (figures of one number mean the same) and `change`, the
            break between a figure and the one before it, else "".

        Examples
        --------
        >>> import analysis
        >>> outcomes = analysis.open_casebook().projections.outcomes()
        >>> outcomes["series"].unique().tolist()
        ['UNHCR: border crossings, total stated', 'UNHCR: people who fled']
        """
        area = self._known.origin(origin)
        return self._finish(read_outcomes(self._known, area), area, {"origin": origin})

    def scorecard(self, *, origin: str = "") -> ClaimsFrame:
        """Return every planning figure with its score against each series it could have meant.

        A figure is held against series of its own area and meaning only; one of another area,
        or of people to be helped, has its row and no score.

        Parameters
        ----------
        origin : str
            As in `claims`.

        Returns
        -------
        ClaimsFrame
            One row a projection and series; two where the series changes its meaning in the
            two weeks to the target day, and one without a series where there is none. The
            columns of `claims` and: `dated` (made, or else published), `share` (of the
            population, in percent and in words), `denominators` (the population figures
            behind it), `series`, `series_measure`; `threshold` (people; the upper end of the
            figure, else the lower), `passed_on` (first day counted on which the series was
            necessarily there; missing if never), `passed_with` (why that day is no plain
            passing, such as a new definition), `latest_wording`, `latest_counted_to`; at the
            target day `outcome_wording`, `outcome_low`, `outcome_best`, `outcome_high`
            (people), `outcome_counted_to`, `outcome_publisher`, `outcome_published_on`,
            `outcome_note` (where the meaning changed near that day), and the error,
            projection over outcome less one, as `error_low`, `error_best`, `error_high`
            (percent; a missing end is open); `score`, in words.

        Examples
        --------
        >>> import analysis
        >>> scored = analysis.open_casebook().projections.scorecard()
        >>> bool(scored["passed_on"].isna().all())
        True
        """
        area = self._known.origin(origin)
        frame = self._finish(score_projections(self._known, area), area, {"origin": origin})
        frame.attrs["behind"] = Told(self._list_behind(area) | self._whole_table())
        return frame

    def refugee_projection(
        self,
        *,
        origin: str = "",
        horizon: int = 4,
        by: str = "auto",
        measure: str = "refugees and asylum-seekers",
        reveal: bool = False,
    ) -> ClaimsFrame:
        """Return a projection with the counts it starts from and the planning figures beside it.

        Nothing published after the day is used; with `reveal` what was counted later stands
        in rows of its own, to be looked at only.

        Parameters
        ----------
        origin : str
            As in `claims`.
        horizon : int
            How far ahead of the last figure: years (1 to 10), or weeks (1 to 12) by day.
        by : str
            day, for a crisis with daily figures; year, for any country; auto, day where daily
            counts had been published in the two months before.
        measure : str
            What the end-year counts count: "refugees and asylum-seekers" or "refugees".
        reveal : bool
            Whether what was counted later is added.

        Returns
        -------
        ClaimsFrame
            `part` (counted, projected, planning figure, counted later), `origin`, `day`
            (counted to, projected for, or spoken about; missing where a planning figure
            states none), `quantile` (projected rows only), `value` (people; of a planning
            figure its upper end), `share` (percent of `denominator`), `wording`, `label`,
            `claimant_name`, `is_party`, `definition`, `method`, `known_as_of` and
            `counted_to` (of the projection), `data_vintage`, `publisher`, `published_on`.
            Empty where nothing at all was known. `attrs` say the rest: `reason` (why nothing
            could be projected, else ""), `explanation` (what it rests on), `start` (the count
            it starts from), `unit`, `by_year`, `whole` (people who are 100%), `whole_name`.

        Raises
        ------
        InputError
            `horizon`, `by` or `measure` is out of range.

        Examples
        --------
        >>> import analysis
        >>> book = analysis.open_casebook(as_of="2015-06-30")
        >>> made = book.projections.refugee_projection(origin="SYR")
        >>> made.attrs["start"]
        '3,967,139 refugees and asylum-seekers (UNHCR, 31 December 2014, 5 months old)'
        """
        known, area = self._known, self._known.origin(origin)
        require_word(by, ["auto", *_FURTHEST], "by")
        require_word(measure, list(MEASURES), "measure")
        require_yes_or_no(reveal, "reveal")
        how = by
        if by == "auto":
            how = "day" if has_daily_figures(known, area) else "year"
        if horizon not in range(1, _FURTHEST[how] + 1):
            steps = "weeks" if how == "day" else "years"
            raise InputError(f"horizon: {horizon} {steps} ahead; expected 1 to {_FURTHEST[how]}")
        later = known.on(_LAST_DAY) if reveal else None
        if how == "day":
            fan = project_by_day(known, area, horizon, later=later)
        else:
            fan = project_by_year(known, area, horizon, measure=measure, later=later)
        share = pd.Series(pd.NA, index=fan.rows.index, dtype="Float64")
        if fan.whole is not None:
            share = 100.0 * fan.rows["value"].astype("Float64") / fan.whole
        rows = fan.rows.assign(share=share, denominator=fan.whole_name)
        # Horizon and kind belong to every chart of this: only another origin is named.
        frame = self._finish(rows, area, {"origin": origin})
        frame.attrs |= {
            "unit": fan.unit,
            "by_year": fan.by_year,
            "whole": fan.whole,
            "whole_name": fan.whole_name,
            "reason": fan.reason,
            "explanation": fan.explanation,
            "start": fan.start,
            "behind": Told(self._list_behind(area) | (self._whole_table() if fan.by_year else {})),
        }
        return frame

    def backtest(self, kind: str = "annual", *, origin: str = "", folder: str = "") -> ClaimsFrame:
        """Return the scores of the projections that could have been made in the past.

        Parameters
        ----------
        kind : str
            annual, for any country of origin: later years than UNHCR had published by the day
            are not scored, and the values are those of the release in the casebook. daily, for
            one crisis: only figures published by the day are used, to project and to score.
        origin : str
            As in `claims`; for the daily backtest only.
        folder : str
            A folder of published files to be used instead of the casebook's tables, with
            unhcr-annual/population.csv.gz and population/ (World Bank), or with
            unhcr-ocha-vintages/unhcr_series_vintages.csv.gz.

        Returns
        -------
        ClaimsFrame
            `method` and, annual, `origins` (10,000 or more, 100,000 or more people at the
            start), `horizon` (years), `target`, `stretch` (of `log_wis`); daily, `data` (as
            published, final figures), `counted_from` (last day counted, day known), `horizon`
            (days), `target_wis` (people), `target_error` (percent). Then `projections` (how
            many), `log_wis`, `wis` and `pinball` (people), `coverage_80`, `coverage_95`
            (percent), `median_error`, `mean_error` (percent), `width_80` (high over low end),
            `publisher`, `published_on`; empty where nothing could be scored by the day.

        Raises
        ------
        InputError
            There is no such kind, or the folder lacks its file.

        Examples
        --------
        >>> import analysis
        >>> book = analysis.open_casebook(as_of="1999-06-30")
        >>> len(book.projections.backtest("annual"))
        0
        """
        require_word(kind, list(KINDS), "kind")
        self._known.area(origin, "origin")
        if kind == "annual":
            scores = score_annual(self._known, folder)
        else:
            scores = score_daily(self._known, self._known.origin(origin), folder)
        frame = self._finish_scores(scores, kind, origin)
        if not folder:
            area = self._known.origin(origin) if kind == "daily" else ""
            behind = self._list_behind(area) if area else self._whole_table()
            frame.attrs["behind"] = Told(behind)
        return frame

    def logistic_curve(self, *, origin: str = "", folder: str = "") -> ClaimsFrame:
        """Return where a logistic curve saw the end of a first wave, and when it was passed.

        Parameters
        ----------
        origin, folder : str
            As in `backtest`.

        Returns
        -------
        ClaimsFrame
            `as_of` (the day it was fitted), `last` and `ceiling` (people), `passed_on` (first
            day the final count was above the ceiling), `target_day`, `value`, `observed`,
            `error` (percent, a month on); empty where what came was not known by the day.

        Examples
        --------
        >>> import analysis
        >>> book = analysis.open_casebook()
        >>> len(book.projections.logistic_curve())
        0
        """
        curve = show_logistic_curve(self._known, self._known.origin(origin), folder)
        return self._finish_scores(curve, "logistic", origin)

    def preregistration(self, *, origin: str = "") -> ClaimsFrame:
        """Return the projections that were written down before the official figures exist.

        Parameters
        ----------
        origin : str
            The code of a country; "" for all.

        Returns
        -------
        ClaimsFrame
            `origin`, `definition`, `target_day`, `quantile`, `value` (people), `method`,
            `counted_to`, `publisher`, `published_on` (of the data used).

        Examples
        --------
        >>> import analysis
        >>> book = analysis.open_casebook(as_of="2026-12-31")
        >>> bool(book.projections.preregistration()["quantile"].between(0, 1).all())
        True
        """
        rows = read_preregistration(self._known, origin)
        return self._known.finish(rows, noun="projections", asked={"origin": origin})

    def _list_behind(self, area: str) -> dict[str, str]:
        """Return the claims from which projections of people from `area` are worked out."""
        counts = read_refugees(self._known, area)
        return hash_claims(
            counts[counts["asylum"] == ALL],
            read_population(self._known, area, known_only=True),
            read_projections(self._known, area),
        )

    def _whole_table(self) -> dict[str, str]:
        return hash_table(self._known.folder, REFUGEES_BY_ORIGIN.name)

    def _finish_scores(self, scores: pd.DataFrame, kind: str, origin: str) -> ClaimsFrame:
        named = origin or self._known.settings.origin
        return self._known.finish(
            scores,
            noun="projections",
            kind=kind,
            origin_name=self._known.name_area(named) if named else "",
            asked={"origin": origin},
        )

    def _finish(
        self, rows: pd.DataFrame, area: str, asked: dict[str, str], *, parties: bool = True
    ) -> ClaimsFrame:
        name = self._known.name_area(area)
        noun, absent = f"people who could leave {name}", ""
        if rows.empty:
            absent = explain_absence(noun, self._known.day, self._known.claims(PROJECTIONS))
        return self._known.finish(
            rows, noun=noun, absent=absent, origin_name=name, parties=parties, asked=asked
        )
