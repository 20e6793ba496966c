"""What a casebook holds on people who fled, as DataFrames: one row a claim, nothing added up."""

from __future__ import annotations

import pandas as pd

from analysis.bounds import ratio_columns
from analysis.claim_ids import hash_claims
from analysis.claims.absence import explain_absence, explain_window
from analysis.claims.breaks import split_at_breaks, tabulate_breaks
from analysis.claims.compare import count_once, side_by_side
from analysis.claims.days import format_day
from analysis.refugees.by_origin import read_refugees_by_origin
from analysis.refugees.displaced import DISPLACED, read_displaced
from analysis.refugees.population import read_newest_populations, read_population
from analysis.refugees.running_totals import (
    find_day_revised,
    name_series,
    read_refugees_over_time,
    read_running_total,
    read_running_total_revisions,
)
from analysis.refugees.shares import read_parts, read_share_check, read_shares, span_shares
from analysis.refugees.table import (
    DAILY,
    MEASURES,
    REFUGEES,
    read_latest_refugees,
    read_refugees,
)
from analysis.tables import (
    last_published_claims,
    latest_claims,
    newest_editions,
    parse_day,
    recent_claims,
)
from analysis.tables.frame import ClaimsFrame, Told
from analysis.tables.known import Subject, require_word
from analysis.tables.scope import ALL

_ENDS = ["low", "best", "high", "low_excluded", "high_excluded"]

#: Where several measures are equally new, the first of these is shown.
_ORDER = ("refugees recorded", "temporary protection", "border crossings")


class Refugees(Subject):
    """People who fled: refugees, the displaced, and the populations they are a part of."""

    def claims(self, *, origin: str = "", days: int = 0) -> ClaimsFrame:
        """Return every claim of people who left an area that was known on the day.

        Parameters
        ----------
        origin : str
            The area that people left: the code of a country or a key of areas.csv; "" for
            the one that casebook.toml names.
        days : int
            Only what was published in so many days before; 0 for all.

        Returns
        -------
        ClaimsFrame
            One row a claim. First `claimant_name`, `wording`, `low`, `best`, `high`,
            `counted` (what the figure counts), `day` (the last day counted, or else
            published), `status`; then `measure` (border crossings, border crossings per day,
            refugees recorded, temporary protection, share of population), `unit` (people or
            percent), `asylum_name` and the further columns of `analysis.tables.read_claims`;
            `claimant`, `who`, `origin`, `asylum` and `source_id` are keys.

        Examples
        --------
        >>> import analysis
        >>> book = analysis.open_casebook()
        >>> claims = book.refugees.claims(days=1)
        >>> claims["wording"].tolist()
        ['1 million', 'more than 2%']
        """
        area = self._known.origin(origin)
        every = read_refugees(self._known, area)
        claims = recent_claims(every, self._known.day, days) if days else every
        noun = f"people who left {self._known.name_area(area)}"
        frame = self._finish(claims, noun, {"origin": origin})
        if claims.empty and len(every):
            frame.attrs["absent"] = explain_window(noun, self._known.day, days, len(every))
        return frame

    def latest(self, *, origin: str = "") -> ClaimsFrame:
        """Return the latest count of each claimant and measure, all countries of asylum together.

        Parameters
        ----------
        origin : str
            As in `claims`.

        Returns
        -------
        ClaimsFrame
            As `claims`, one row a series; no shares and no figures of single days. Unit:
            people.

        Examples
        --------
        >>> import analysis
        >>> latest = analysis.open_casebook().refugees.latest()
        >>> latest[["claimant_short", "wording"]].to_numpy().tolist()
        [['UNHCR', '1 million'], ['UNHCR', 'about 875,000']]
        """
        area = self._known.origin(origin)
        claims = read_latest_refugees(self._known, area)
        return self._finish(
            claims, f"people who left {self._known.name_area(area)}", {"origin": origin}
        )

    def over_time(self, *, origin: str = "", measure: str = "") -> ClaimsFrame:
        """Return totals of all countries of asylum together by day, stated and added up.

        What a claimant's daily figures add up to and the total that it states are two series,
        as are border crossings and refugees recorded.

        Parameters
        ----------
        origin : str
            As in `claims`.
        measure : str
            border crossings, refugees recorded, temporary protection; "" for all, each a
            series of its own.

        Returns
        -------
        ClaimsFrame
            As `claims`, one row a series and day: `series` (whose figures of what, in words),
            `worked_out` (true where daily figures were added up), `counted_to`, `segment`,
            `break_reason` and `breaks_on` (see `analysis.claims.breaks.split_at_breaks`).
            Unit: people.

        Examples
        --------
        >>> import analysis
        >>> rows = analysis.open_casebook().refugees.over_time()
        >>> rows["series"].unique().tolist()
        ['UNHCR: border crossings, total stated', 'UNHCR: people who fled']
        """
        area = self._known.origin(origin)
        rows = read_refugees_over_time(self._known, area)
        if measure:
            require_word(measure, list(MEASURES), "measure")
            rows = rows[rows["measure"] == measure].reset_index(drop=True)
        noun = f"people who left {self._known.name_area(area)}" + (
            f" ({measure})" if measure else ""
        )
        breaks = tabulate_breaks(self._known)
        ours = (breaks["table"] == REFUGEES.name) & breaks["place"].isin([ALL, "any"])
        told = breaks.loc[ours, ["claimant", "measure", "breaks_on", "reason"]].to_dict("records")
        frame = self._finish(rows, noun, {"origin": origin, "measure": measure})
        frame.attrs["breaks"] = told
        # A running total has the id of its last day, and other words than that.
        claims = read_refugees(self._known, area)
        frame.attrs["behind"] = Told(hash_claims(claims[claims["asylum"] == ALL]))
        return frame

    def running_total(self, *, origin: str = "") -> ClaimsFrame:
        """Return what a claimant's daily border crossings add up to, day by day.

        Parameters
        ----------
        origin : str
            As in `claims`.

        Returns
        -------
        ClaimsFrame
            As `claims`, one row a series and day, with `in_one_day` (that day's own figure)
            and `missing_days`: a day without a figure leaves the total open above. Unit:
            people.

        Examples
        --------
        >>> import analysis
        >>> totals = analysis.open_casebook(as_of="2022-04-30").refugees.running_total()
        >>> bool(totals["low"].is_monotonic_increasing)
        True
        """
        area = self._known.origin(origin)
        rows = read_running_total(self._known, area)
        noun = f"border crossings in one day out of {self._known.name_area(area)}"
        return self._finish(rows, noun, {"origin": origin})

    def running_total_revisions(self, counted_to: str = "", *, origin: str = "") -> ClaimsFrame:
        """Return the running total through one day, as it stood on each day it was published.

        Parameters
        ----------
        counted_to : str
            The last day counted, as YYYY-MM-DD; "" is the last day that was counted anew, or
            else the last that was counted.
        origin : str
            As in `claims`.

        Returns
        -------
        ClaimsFrame
            As `running_total`, one row a day of publication on which the total changed (and
            the first), with `change` (people, from the row before) and `change_percent`
            (from the first publication).

        Examples
        --------
        >>> import analysis
        >>> book = analysis.open_casebook(as_of="2022-06-30")
        >>> revised = book.refugees.running_total_revisions("2022-03-02")
        >>> bool(revised["published_on"].is_monotonic_increasing)
        True
        """
        area = self._known.origin(origin)
        counted_to = counted_to or find_day_revised(self._known, area)
        noun = f"border crossings in one day out of {self._known.name_area(area)}"
        if counted_to:
            noun += f" through {format_day(parse_day(counted_to, 'counted_to'))}"
        rows = read_running_total_revisions(self._known, area, counted_to)
        return self._finish(rows, noun, {"counted_to": counted_to, "origin": origin})

    def by_country(self, *, origin: str = "", measure: str = "") -> ClaimsFrame:
        """Return the latest figure of each country of asylum, beside the people who live there.

        Parameters
        ----------
        origin : str
            As in `claims`.
        measure : str
            border crossings, refugees recorded or temporary protection; "" for the one of
            which the newest figures are known; "all" for every one, one below the other.

        Returns
        -------
        ClaimsFrame
            As `claims`, one row a series, claimants apart (the one with most countries
            first) and the largest figure first, with `counted_to` (the day counted to, or
            else the day published), `population_wording` (people who live in the country of
            asylum), `denominator` (whose figure of which year), `known` (whether it was out
            on the day; else it is the first one published later), and `per_thousand_low`,
            `per_thousand_best`, `per_thousand_high` (people per 1,000 inhabitants; missing
            where there is no population figure). Unit: people.

        Examples
        --------
        >>> import analysis
        >>> book = analysis.open_casebook(as_of="2022-03-15")
        >>> book.refugees.by_country()["asylum_name"].tolist()[:2]
        ['Poland', 'Moldova']
        """
        area = self._known.origin(origin)
        claims = read_refugees(self._known, area)
        people = (claims["unit"] == "people") & (claims["measure"] != DAILY)
        ours = people & (claims["asylum"] != ALL) & claims["wording"].notna()
        rows = latest_claims(claims[ours], REFUGEES.series)
        rows = rows[rows["status"] != "withdrawn"]
        rows = rows.assign(counted_to=rows["as_of"].fillna(rows["published_on"]))
        rows = _order_by_size(_choose_measure(rows, measure))
        hosts = read_newest_populations(self._known).reindex(rows["asylum"]).reset_index()
        ratio = ratio_columns(rows[_ENDS], hosts[_ENDS])
        rows = rows.assign(
            denominator=hosts["denominator"].astype("str"),
            known=hosts["known"].astype("boolean"),
            **{f"per_thousand_{end}": ratio[end] * 1000 for end in ("low", "best", "high")},
            **{
                f"population_{name}": hosts[name]
                for name in (
                    "wording", "claimant_name", "claimant_short", "publisher", "published_on",
                )
            },
        )  # fmt: skip
        noun = f"people from {self._known.name_area(area)} by country of asylum"
        frame = self._finish(rows, noun, {"origin": origin, "measure": measure})
        frame.attrs["behind"] = Told(hash_claims(rows, hosts))
        return frame

    def per_thousand(self, *, origin: str = "", measure: str = "") -> ClaimsFrame:
        """Return refugees per 1,000 inhabitants of each country of asylum, the most first.

        Parameters
        ----------
        origin, measure : str
            As in `by_country`.

        Returns
        -------
        ClaimsFrame
            The rows of `by_country` for which there is a population figure, claimants apart
            and by `per_thousand_low`, or where that is 0 or missing by `per_thousand_high`.

        Examples
        --------
        >>> import analysis
        >>> book = analysis.open_casebook(as_of="2022-03-15")
        >>> book.refugees.per_thousand()["asylum_name"].tolist()[0]
        'Moldova'
        """
        every = self.by_country(origin=origin, measure=measure)
        rows = every[every["per_thousand_low"].notna() | every["per_thousand_high"].notna()]
        ends = {end: rows[f"per_thousand_{end}"] for end in ("low", "best", "high")}
        rows = rows.loc[_order_by_size(rows.assign(**ends), keep_index=True).index]
        rows = rows.reset_index(drop=True)
        if rows.empty and len(every):
            rows.attrs["absent"] = (
                "The casebook holds no population figure of the countries of asylum; it holds "
                f"{len(every)} figure{'' if len(every) == 1 else 's'} of people there to divide "
                "by one."
            )
        return rows

    def against_population(self, area: str = "", *, known_only: bool = False) -> ClaimsFrame:
        """Return each count and projection as a share of every population figure of its area.

        Parameters
        ----------
        area : str
            The area that people left or are displaced in: the code of a country or a key of
            areas.csv; "" for the origin of the casebook and the largest areas that anybody
            is displaced in.
        known_only : bool
            Whether population figures published after the day are left out.

        Returns
        -------
        ClaimsFrame
            One row a claim and denominator: `kind` (refugees, displaced or projection), the
            claim's columns (see `claims`), `denominator`, `population_wording`,
            `population_low`, `population_best`, `population_high` (people), whose figure of
            which area it is (`population_claimant_name`, `population_publisher`,
            `population_published_on`, `population_area`), `year`, `territory`, `known` (the
            denominator was published by the day), `after_start` (it is of the year in which
            people began to leave, or later: those who left may be missing from it),
            `share_low`, `share_best`, `share_high` (percent; a missing end is open), `share`
            (in words), and `per_thousand_low`, `per_thousand_best`, `per_thousand_high`
            (people per 1,000 inhabitants).

        Examples
        --------
        >>> import analysis
        >>> book = analysis.open_casebook()
        >>> shares = book.refugees.against_population(known_only=True)
        >>> shares.loc[shares["wording"] == "1 million", "share"].tolist()
        ['2.3%', '2.4%']
        """
        rows = read_shares(self._known, area, known_only=known_only)
        frame = self._known.finish(rows, noun="refugees", asked={"area": area})
        frame.attrs["absent"] = "" if len(rows) else self._explain_no_share(area)
        populations = read_population(self._known, known_only=known_only)
        drawn = populations[populations["area"].isin(rows["population_area"])]
        frame.attrs["behind"] = Told(hash_claims(rows, drawn))
        return frame

    def shares(self, area: str = "") -> ClaimsFrame:
        """Return the share of each claim, from least to most, by the territory of the population.

        Parameters
        ----------
        area : str
            As in `against_population`.

        Returns
        -------
        ClaimsFrame
            One row a claim and territory: `claimant_name`, `wording`, `counted`, `territory`,
            `share` (in words), `population_figures` (how many), `published_later` and
            `after_start` (how many of them, see `against_population`), `denominators` (their
            names), `kind`, `measure`, `as_of`, `published_on`.

        Examples
        --------
        >>> import analysis
        >>> shares = analysis.open_casebook().refugees.shares()
        >>> bool((shares["published_later"] <= shares["population_figures"]).all())
        True
        """
        ranges = span_shares(read_shares(self._known, area))
        frame = self._known.finish(ranges, noun="shares", asked={"area": area})
        frame.attrs["absent"] = "" if len(ranges) else self._explain_no_share(area)
        return frame

    def share_check(self, area: str = "") -> ClaimsFrame:
        """Return whether each stated share of the population holds, under every denominator.

        A stated share is checked against the counts of the same source.

        Parameters
        ----------
        area : str
            As in `against_population`.

        Returns
        -------
        ClaimsFrame
            One row a stated share, count and denominator: `claimant_name`, `stated` (the
            share's words), `count` (the refugees' words), `counted_by`, `denominator`,
            `known`, `share` (in words), `share_low`, `share_high` (percent), `verdict`:
            "holds", "may hold" or "does not hold".

        Examples
        --------
        >>> import analysis
        >>> checked = analysis.open_casebook().refugees.share_check()
        >>> checked["verdict"].unique().tolist()
        ['holds']
        """
        checked = read_share_check(self._known, area)
        return self._known.finish(checked, noun="stated shares", asked={"area": area})

    def population(self, area: str = "", *, known_only: bool = False) -> ClaimsFrame:
        """Return every population figure of an area, with what it takes as year and territory.

        Parameters
        ----------
        area : str
            The code of a country or a key of areas.csv; "" for the origin that casebook.toml
            names, or else every area.
        known_only : bool
            Whether figures published after the day are left out.

        Returns
        -------
        ClaimsFrame
            `claimant_name`, `wording`, `low`, `best`, `high` (people), `day` (published),
            `year`, `edition`, `territory`, `known` (whether it was out on the day),
            `denominator` (its name).

        Examples
        --------
        >>> import analysis
        >>> book = analysis.open_casebook()
        >>> book.refugees.population(known_only=True)["wording"].tolist()
        ['44 million', '41.4 million']
        """
        figures = read_population(
            self._known, area or self._known.settings.origin, known_only=known_only
        )
        return self._known.finish(figures, noun="inhabitants", asked={"area": area})

    def by_origin(self, *, origin: str = "") -> ClaimsFrame:
        """Return people from one country abroad at the end of each year, by UNHCR's statistics.

        Parameters
        ----------
        origin : str
            The code of a country; "" for the one that casebook.toml names.

        Returns
        -------
        ClaimsFrame
            `origin`, `year`, `as_of` (31 December of the year), `refugees`,
            `asylum_seekers`, `people` (both together), `population` (missing where not
            known), `publisher`, `published_on` (of the release the values come from) and
            `known` (whether that release was out on the day). Unit: people.

        Examples
        --------
        >>> import analysis
        >>> years = analysis.open_casebook().refugees.by_origin()
        >>> int(years["year"].max())
        2020
        """
        rows = read_refugees_by_origin(self._known, self._known.origin(origin))
        return self._known.finish(rows, noun="people abroad", asked={"origin": origin})

    def displaced(self, area: str = "", *, days: int = 0) -> ClaimsFrame:
        """Return every claim of displaced people in an area that was known on the day.

        Parameters
        ----------
        area : str
            The code of a country or a key of areas.csv; "" for the largest areas that there
            are claims of.
        days : int
            Only what was published in so many days before; 0 for all.

        Returns
        -------
        ClaimsFrame
            As `claims`, with `area`, `area_name` and `measure` ("internally displaced, by
            location" or "…, by origin": the same people, never added). Unit: people.

        Examples
        --------
        >>> import analysis
        >>> book = analysis.open_casebook(as_of="2022-04-01")
        >>> book.refugees.displaced("UKR")["wording"].tolist()
        ['1,850,111', '6,477,723']
        """
        every = read_displaced(self._known, area)
        claims = recent_claims(every, self._known.day, days) if days else every
        frame = self._finish_displaced(claims, area)
        if claims.empty and len(every):
            frame.attrs["absent"] = explain_window(
                str(frame.attrs["noun"]), self._known.day, days, len(every)
            )
        return frame

    def displaced_by_source(self, area: str = "") -> ClaimsFrame:
        """Return what each claimant last said about the displaced of an area, side by side.

        Parameters
        ----------
        area : str
            As in `displaced`.

        Returns
        -------
        ClaimsFrame
            As `displaced`, one row a series and document of the series' last day of
            publication, by area; people displaced since different days are different series.
            Documents that repeat a figure are counted once, with `documents` and
            `repeated_by`; `differs_in` names the parts of the scope in which claims differ.

        Examples
        --------
        >>> import analysis
        >>> book = analysis.open_casebook(as_of="2022-04-01")
        >>> book.refugees.displaced_by_source()["claimant_short"].tolist()
        ['IOM', 'OCHA']
        """
        claims = read_displaced(self._known, area)
        rows = count_once(last_published_claims(claims, DISPLACED.series))
        keys = ["area", "measure", "who", "claimant"]
        return self._finish_displaced(
            side_by_side(rows.sort_values(keys, kind="stable", ignore_index=True)), area
        )

    def displaced_over_time(self, area: str = "") -> ClaimsFrame:
        """Return every claimant's figures of displaced people over time, as known on the day.

        Parameters
        ----------
        area : str
            As in `displaced`.

        Returns
        -------
        ClaimsFrame
            As `displaced` without shares, one row a series and day counted (the newest edition
            known; different figures of one day both stand), with `counted_to` (the day counted
            to, or else the day published), `series` (whose figures of what, in words: no line
            joins two), `segment` and `break_reason`.

        Examples
        --------
        >>> import analysis
        >>> book = analysis.open_casebook(as_of="2022-06-30")
        >>> rows = book.refugees.displaced_over_time("UKR")
        >>> rows["series"].unique().tolist()[0]
        'IOM: internally displaced people in Ukraine'
        """
        claims = read_displaced(self._known, area)
        counts = claims["unit"] == "people"
        stated = claims[counts & (claims["low"].notna() | claims["high"].notna())]
        rows = newest_editions(stated, DISPLACED.series, ties=True)
        rows = rows.assign(series=name_series(rows, rows["counted"]))
        rows = split_at_breaks(rows, tabulate_breaks(self._known), DISPLACED.name)
        return self._finish_displaced(rows, area)

    def _finish_displaced(self, rows: pd.DataFrame, area: str) -> ClaimsFrame:
        known = self._known
        noun = "internally displaced people" + (
            f" in {self._known.name_area(area)}" if area else ""
        )
        absent = "" if len(rows) else explain_absence(noun, known.day, known.claims(DISPLACED))
        return known.finish(rows, noun=noun, absent=absent, asked={"area": area})

    def _finish(self, rows: pd.DataFrame, noun: str, asked: dict[str, str]) -> ClaimsFrame:
        known = self._known
        absent = "" if len(rows) else explain_absence(noun, known.day, known.claims(REFUGEES))
        return known.finish(rows, noun=noun, absent=absent, asked=asked)

    def _explain_no_share(self, area: str) -> str:
        """Return why there is no share: no count, or no population figure to divide by."""
        parts = read_parts(self._known, area)
        if parts.empty:
            noun = f"people who left {self._known.name_area(area)}" if area else "people who fled"
            return explain_absence(noun, self._known.day, self._known.claims(REFUGEES))
        some = "" if len(parts) == 1 else "s"
        held = f"{len(parts)} count{some} or projection{some}"
        return (
            "The casebook holds no population figure of these areas; it holds "
            f"{held} published by {format_day(self._known.day)} to divide by one."
        )


def _choose_measure(rows: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Return the rows of one measure; "" is the one of which the newest figures are known."""
    if measure == ALL:
        return rows
    if measure:
        require_word(measure, [*MEASURES, ALL], "measure")
    elif len(rows):
        newest = rows.groupby("measure")["counted_to"].max()
        equally_new = newest.index[newest == newest.max()]
        measure = next(name for name in (*_ORDER, *equally_new) if name in equally_new)
    return rows[rows["measure"] == measure]


def _order_by_size(rows: pd.DataFrame, *, keep_index: bool = False) -> pd.DataFrame:
    """Sort the figures of each measure and claimant, the largest first.

    Claimants are not ranked against each other: the one with most figures stands first.
    """
    size = rows["best"].fillna(rows["low"].where(rows["low"] > 0)).fillna(rows["high"])
    number = rows.groupby(["measure", "claimant"])["claimant"].transform("size")
    keys = ["measure", "_number", "claimant", "_size"]
    order = rows.assign(_number=number, _size=size).sort_values(
        keys, ascending=[True, False, True, False], kind="stable", ignore_index=not keep_index
    )
    return order.drop(columns=["_number", "_size"])
