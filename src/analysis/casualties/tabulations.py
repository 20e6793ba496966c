"""What a casebook holds on casualties, as DataFrames: one row a claim, nothing added up."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from analysis.bounds import add_columns, say_column
from analysis.casualties.table import CASUALTIES, OUTCOMES, name_counted
from analysis.claims.absence import explain_absence, explain_window
from analysis.claims.breaks import split_at_breaks, tabulate_breaks
from analysis.claims.compare import (
    count_once,
    find_last_said,
    keep_parties,
    measure_disagreement,
    side_by_side,
)
from analysis.tables import (
    is_newest,
    last_published_claims,
    latest_claims,
    newest_editions,
    number_series,
    recent_claims,
    require_days,
)
from analysis.tables.frame import ClaimsFrame
from analysis.tables.known import Subject, require_word
from analysis.tables.scope import EVERYBODY

#: Killed first, as a reader looks for it.
_OUTCOME_ORDER = tuple(OUTCOMES)

_ENDS = ["low", "best", "high", "low_excluded", "high_excluded"]


class Casualties(Subject):
    """Casualties: who says how many were killed, wounded, missing or captured."""

    def claims(self, *, days: int = 0, parties: bool = True) -> ClaimsFrame:
        """Return every claim of casualties that was known on the day.

        Parameters
        ----------
        days : int
            Only what was published in so many days before; 0 for all.
        parties : bool
            Whether the claims of the parties to the conflict are there.

        Returns
        -------
        ClaimsFrame
            One row a claim. First `claimant_name`, `wording`, `low`, `best`, `high` (people),
            `counted` (what the figure counts), `day` (the last day counted, or else
            published), `status`; then the further columns of
            `analysis.tables.read_claims`; `claimant`, `who`, `side`, `area` and `source_id`
            are keys.

        Examples
        --------
        >>> import analysis
        >>> book = analysis.open_casebook()
        >>> claims = book.casualties.claims(days=2)
        >>> claims.columns[:4].tolist()
        ['claimant_name', 'wording', 'low', 'best']
        """
        known, noun = self._known.claims(CASUALTIES), "casualties"
        claims = recent_claims(known, self._known.day, days) if days else known
        claims = keep_parties(claims, parties)
        absent = ""
        if claims.empty and days and len(known):
            absent = explain_window(noun, self._known.day, days, len(known))
        elif claims.empty:
            absent = self._explain(noun, known, parties, {})
        return self._known.finish(claims, noun=noun, absent=absent, parties=parties)

    def groups(self) -> list[str]:
        """Return whose casualties there are figures of: those of the headlines first.

        Returns
        -------
        list of str
            Keys of groups.csv: those that casebook.toml has headlines of, in their order, and
            then the others, one with more figures first.

        Examples
        --------
        >>> import analysis
        >>> analysis.open_casebook().casualties.groups()[:2]
        ['civilians', 'fighters']
        """
        claims = self._known.claims(CASUALTIES)
        held = claims.loc[claims["wording"].notna(), "who"].value_counts()
        asked = [
            headline.scope.get("who", EVERYBODY)
            for headline in self._known.settings.headline
            if headline.table == CASUALTIES.name
        ]
        return [str(who) for who in dict.fromkeys([*asked, *held.index]) if who in held.index]

    def by_source(
        self,
        *,
        who: str = "civilians",
        outcome: str = "killed",
        side: str = "",
        area: str = "",
        parties: bool = True,
    ) -> ClaimsFrame:
        """Return what each claimant last said about one outcome, side by side.

        Parameters
        ----------
        who : str
            Whose figures: a key of groups.csv (civilians, fighters, children, everybody, …);
            "" for everyone's, one group under the other.
        outcome : str
            killed, wounded, killed or wounded, dead of any cause, missing, killed or missing,
            captured, losses; "" for all of them.
        side, area : str
            Only of one side (a key of parties.csv) or of one area (a key of areas.csv); ""
            for all.
        parties : bool
            Whether the claims of the parties to the conflict are there.

        Returns
        -------
        ClaimsFrame
            As `claims`, one row a series and document of the series' last day of publication;
            documents that repeat a figure are counted once, with `documents` and
            `repeated_by`; `differs_in` names the parts of the scope in which the claims
            differ. Unit: people.

        Examples
        --------
        >>> import analysis
        >>> book = analysis.open_casebook()
        >>> killed = book.casualties.by_source(who="civilians", outcome="killed")
        >>> killed.loc[killed["claimant"] == "ukraine-emergency-service", "wording"].tolist()
        ['more than 2,000']
        """
        known, chosen = self._choose(who, outcome, side, area)
        latest = _end_silence(find_last_said(chosen, CASUALTIES.series))
        latest = keep_parties(latest, parties)
        noun = self._name(who, outcome, side)
        asked = {"who": who, "outcome": outcome, "side": side, "area": area}
        return self._finish(side_by_side(_group(latest)), noun, known, parties, asked)

    def over_time(
        self,
        *,
        who: str = "civilians",
        outcome: str = "killed",
        side: str = "",
        area: str = "",
        parties: bool = True,
    ) -> ClaimsFrame:
        """Return every claimant's figures of one outcome over time, as known on the day.

        Parameters
        ----------
        who, outcome, side, area, parties
            As in `by_source`.

        Returns
        -------
        ClaimsFrame
            As `claims`, one row a series and day counted (the newest edition known; different
            figures of one day both stand), with `counted_to` (the day counted to, or else the
            day published), `series` (its number: no line joins two), `segment` and
            `break_reason` (see `analysis.claims.breaks.split_at_breaks`). Unit: people.

        Examples
        --------
        >>> import analysis
        >>> book = analysis.open_casebook(as_of="2022-03-31")
        >>> counts = book.casualties.over_time()
        >>> bool(counts["counted_to"].is_monotonic_increasing)
        False
        """
        known, chosen = self._choose(who, outcome, side, area)
        stated = chosen[chosen["low"].notna() | chosen["high"].notna()]
        rows = newest_editions(count_once(stated), CASUALTIES.series, ties=True)
        rows = rows.assign(series=number_series(rows, CASUALTIES.series))
        rows = split_at_breaks(rows, tabulate_breaks(self._known), CASUALTIES.name)
        rows = keep_parties(rows, parties)
        asked = {"who": who, "outcome": outcome, "side": side, "area": area}
        return self._finish(rows, self._name(who, outcome, side), known, parties, asked)

    def killed_and_wounded(self, *, parties: bool = True) -> ClaimsFrame:
        """Return each claimant's own latest killed plus wounded, as "killed or wounded".

        Only figures of one claimant in one source about the same people, place and days, with
        the same status, are added; what is denied or withdrawn is not, nor what repeats a figure
        that the casebook holds in the claimant's own words. The result is never called killed.

        Returns
        -------
        ClaimsFrame
            `claimant_name`, `wording`, `low`, `best`, `high` (people), `counted`, `status`,
            `killed` and `wounded` (the two wordings), `since`, `as_of`, `who`, `side`,
            `area`, `outcome`, `publisher`, `published_on`.

        Examples
        --------
        >>> import analysis
        >>> both = analysis.open_casebook().casualties.killed_and_wounded()
        >>> both.loc[both["killed"] == "249", "wording"].tolist()
        ['802']
        """
        claims = self._known.claims(CASUALTIES)
        claims = claims[claims["wording"].notna() & ~claims["status"].isin(["denied", "withdrawn"])]
        # A figure that a document rounds is not added where the claimant's own is known.
        own = pd.MultiIndex.from_frame(claims[["claimant", "source_id"]])
        told = pd.MultiIndex.from_frame(claims[["claimant", "repeats"]])
        claims = claims[~told.isin(own)]
        # Two figures without a last day are of the same days only if known on the same day.
        claims = claims.assign(
            side=claims["side"].fillna(""),
            counted_to=claims["as_of"].fillna(claims["published_on"]),
        )
        scope = ["claimant", "who", "side", "area", "since"]
        same = ["source_id", *scope, "as_of", "counted_to", "standard", "status"]
        killed, wounded = (
            latest_claims(claims[claims["outcome"] == outcome], same)
            for outcome in ("killed", "wounded")
        )
        read = [*same, "wording", "repeats", *_ENDS]
        both = killed.merge(wounded[read], on=same, suffixes=("", "_wounded"))
        # A document that rounds both figures of another one adds nothing: the other's are known.
        both = both[both["repeats"].isna() | both["repeats_wounded"].isna()]
        both = last_published_claims(both, scope)
        both = keep_parties(both, parties)
        other = both[[f"{end}_wounded" for end in _ENDS]].set_axis(_ENDS, axis="columns")
        total = add_columns(both[_ENDS], other)
        both = both.assign(
            killed=both["wording"],
            wounded=both["wording_wounded"],
            outcome="killed or wounded",
            wording=say_column(total),
            side=both["side"].replace({"": pd.NA}),
            **{end: total[end] for end in ("low", "best", "high")},
        )
        kept = [
            "claimant_name", "claimant_short", "claimant", "is_party", "who", "who_plural", "side",
            "side_name", "side_fighters", "area", "area_name", "outcome", "since", "as_of",
            "killed", "wounded", "wording", "low", "best", "high", "status", "publisher",
            "published_on", "source_id",
        ]  # fmt: skip
        both = both[kept].assign(counted=name_counted(both))
        return self._known.finish(both, noun="people killed or wounded")

    def losses_by_claimant(
        self, *, side: str = "", outcome: str = "", parties: bool = True
    ) -> ClaimsFrame:
        """Return every statement on the losses of fighters, the newest of each claimant named.

        Parameters
        ----------
        side : str
            Whose fighters, a key of parties.csv; "" for every side, one under the other.
        outcome : str
            As in `by_source`; "" for all, killed first.
        parties : bool
            Whether the claims of the parties to the conflict are there.

        Returns
        -------
        ClaimsFrame
            As `claims`, by side, outcome and claimant, with `counted_to`, `series` (its
            number), `is_newest` (whether it is the newest of its series) and `said_by` (the
            side itself, the other side, third parties). Unit: people.

        Examples
        --------
        >>> import analysis
        >>> losses = analysis.open_casebook().casualties.losses_by_claimant()
        >>> sorted(losses["side"].unique())
        ['RUS', 'UKR']
        """
        known, chosen = self._choose("fighters", outcome, side, "")
        stated = chosen[chosen["low"].notna() | chosen["high"].notna()]
        rows = newest_editions(count_once(stated), CASUALTIES.series, ties=True)
        rows = keep_parties(rows, parties)
        numbers = number_series(rows, CASUALTIES.series)
        rows = rows.assign(
            series=numbers,
            is_newest=is_newest(rows, CASUALTIES.series),
            said_by=[
                _name_speaker(*pair)
                for pair in zip(rows["claimant_side"], rows["side"], strict=True)
            ],
        )
        order = {name: number for number, name in enumerate(_OUTCOME_ORDER)}
        speakers = {name: number for number, name in enumerate(_SPEAKERS)}
        rows = (
            rows.assign(_outcome=rows["outcome"].map(order), _by=rows["said_by"].map(speakers))
            .sort_values(["side", "_outcome", "_by", "claimant", "counted_to"], kind="stable")
            .drop(columns=["_outcome", "_by"])
        )
        noun = self._name("fighters", outcome or "losses", side)
        asked = {"outcome": outcome, "side": side}
        return self._finish(rows, noun, known, parties, asked)

    def disagreement(
        self,
        *,
        who: str = "civilians",
        outcome: str = "killed",
        side: str = "",
        area: str = "",
        parties: bool = True,
        despite: Iterable[str] = ("since", "as_of", "standard"),
    ) -> pd.DataFrame:
        """Return how far every two claimants are apart; a ratio is no average.

        Parameters
        ----------
        who, outcome, side, area, parties
            As in `by_source`.
        despite : iterable of str
            Parts of the scope whose differences are accepted. Claims of other people or of
            another area are never compared: they are left out of the pairs.

        Returns
        -------
        pandas.DataFrame
            See `analysis.claims.compare.measure_disagreement`.

        Examples
        --------
        >>> import analysis
        >>> apart = analysis.open_casebook().casualties.disagreement()
        >>> bool((apart["gap_ratio"] >= 1).all())
        True
        """
        claims = self.by_source(who=who, outcome=outcome, side=side, area=area, parties=parties)
        return measure_disagreement(claims, despite=despite, within=("who", "side", "area"))

    def as_said_then(
        self,
        *,
        who: str = "civilians",
        outcome: str = "killed",
        side: str = "",
        area: str = "",
        parties: bool = True,
        every: int = 7,
    ) -> ClaimsFrame:
        """Return what each claimant had said by each of many days: the figures known then.

        A figure that was revised later stands as it was said on the day. No average is made.

        Parameters
        ----------
        who, outcome, side, area, parties
            As in `by_source`.
        every : int
            Days between two rows of a series; the last day is always there.

        Returns
        -------
        ClaimsFrame
            One row a series and day on which it had spoken: `on`, that day; the columns of
            `claims`; `age_days`, how many days before that day its count ends.

        Examples
        --------
        >>> import analysis
        >>> then = analysis.open_casebook(as_of="2022-03-31").casualties.as_said_then(every=7)
        >>> bool((then["published_on"] <= then["on"]).all())
        True
        """
        known, chosen = self._choose(who, outcome, side, area)
        stated = chosen[chosen["low"].notna() | chosen["high"].notna()]
        rows = count_once(stated)
        rows = keep_parties(rows, parties)
        asked = {"who": who, "outcome": outcome, "side": side, "area": area}
        require_days(every, "every")
        rows = _follow(rows, self._known.day, every)
        return self._finish(rows, self._name(who, outcome, side), known, parties, asked)

    def _choose(
        self, who: str, outcome: str, side: str, area: str
    ) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Return all claims known, and those that were asked for."""
        claims = self._known.claims(CASUALTIES)
        chosen = pd.Series(True, index=claims.index)
        for name, value, allowed in (
            ("who", who, self._known.keys("groups")),
            ("outcome", outcome, dict.fromkeys(OUTCOMES, "")),
            ("side", side, self._known.keys("parties")),
            ("area", area, dict.fromkeys(claims["area"].dropna(), "") | self._known.keys("areas")),
        ):
            if value:
                if allowed:  # a new casebook names nothing yet, and holds nothing of it
                    require_word(value, allowed, name)
                chosen &= claims[name] == value
        return claims, claims[chosen].reset_index(drop=True)

    def _name(self, who: str, outcome: str, side: str) -> str:
        """Return what is asked for as a noun, whether or not there is a claim of it."""
        references = self._known.references()
        groups = references["groups"].set_index("who")["plural"]
        parties = references["parties"].set_index("party")
        asked = pd.DataFrame(
            {
                "who": [who or "everybody"],
                "who_plural": [groups.get(who, who or "people")],
                "side": [side or None],
                "side_name": [parties["name"].get(side)],
                "side_fighters": [parties["fighters"].get(side)],
                "outcome": [outcome or "killed, wounded or missing"],
            },
            dtype="str",
        )
        return str(name_counted(asked).iloc[0])

    def _finish(
        self,
        rows: pd.DataFrame,
        noun: str,
        known: pd.DataFrame,
        parties: bool,
        asked: dict[str, str],
    ) -> ClaimsFrame:
        absent = "" if len(rows) else self._explain(noun, known, parties, asked)
        return self._known.finish(rows, noun=noun, absent=absent, parties=parties, asked=asked)

    def _explain(self, noun: str, known: pd.DataFrame, parties: bool, asked: dict[str, str]) -> str:
        """Return why there is no row: nothing held, of another place, or of parties only."""
        area, held = asked.get("area", ""), known
        if area:
            noun += f" in {self._known.name_area(area)}"
            held = known.assign(counted=known["counted"] + " in " + known["area_name"])
        left_out = 0
        if not parties:
            chosen = known["wording"].notna() & known["is_party"].astype("bool")
            for name, value in asked.items():
                chosen &= (known[name] == value) if value else True
            left_out = int(chosen.sum())
        return explain_absence(noun, self._known.day, held, party_claims=left_out)


_SPEAKERS = ("the side itself", "the other side", "third parties")


def _name_speaker(claimant_side: object, side: object) -> str:
    if pd.isna(claimant_side):  # type: ignore[call-overload]
        return _SPEAKERS[2]
    return _SPEAKERS[0] if claimant_side == side else _SPEAKERS[1]


def _follow(rows: pd.DataFrame, until: pd.Timestamp, every: int) -> pd.DataFrame:
    """Return the standing claim of each series on each of the days up to `until`."""
    counted_to = rows["as_of"].fillna(rows["published_on"])
    rows = rows.assign(series=number_series(rows, CASUALTIES.series), counted_to=counted_to)
    rows = rows.sort_values(["published_on", "counted_to"], kind="stable", ignore_index=True)
    if rows.empty:
        return rows.assign(on=pd.Series(dtype="datetime64[us]"), age_days=pd.Series(dtype="int64"))
    # After the last publication nothing changes, however far away the day of the replay is.
    published = rows["published_on"]
    days = pd.date_range(published.min(), published.max(), freq=f"{every}D").union([until])
    grid = pd.DataFrame({"on": days.astype("datetime64[us]")})
    tables = []
    for _, series in rows.groupby("series", sort=False):
        # What counts to an earlier day does not take the place of what was said before it.
        standing = series[series["counted_to"] >= series["counted_to"].cummax()]
        days_known = ["published_on", "counted_to"]
        last = pd.merge_asof(grid, standing[days_known], left_on="on", right_on="published_on")
        # Two figures of one day both stand.
        tables.append(last.merge(standing, on=days_known))
    table = pd.concat(tables, ignore_index=True)
    table = table[table["counted_to"].notna() & (table["status"] != "withdrawn")]
    age = (table["on"] - table["counted_to"]).dt.days
    return table.assign(age_days=age).sort_values("on", kind="stable", ignore_index=True)


def _group(latest: pd.DataFrame) -> pd.DataFrame:
    """Put the figures of one scope together, and of one claimant, as they first appear."""
    keys = [
        latest[name].map({value: n for n, value in enumerate(latest[name].unique())})
        for name in ("who", "side", "area", "outcome", "claimant")
    ]
    order = pd.concat(keys, axis="columns").sort_values(
        ["who", "side", "area", "outcome", "claimant"], kind="stable"
    )
    return latest.loc[order.index].reset_index(drop=True)


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
