"""Projections scored: each planning figure against every series of counts it could have meant.

A figure such as "8.3 million refugees" names no series. Border crossings, people recorded and
the official count at the end of the year differ by a factor of three, so each is kept apart:
each gives its own score, none is chosen here, and none is averaged. A figure for one area, or
of people to be helped, is held against no series of another area or meaning.
"""

from __future__ import annotations

import pandas as pd

from analysis.bounds import ratio_columns
from analysis.claims.breaks import split_at_breaks, tabulate_breaks
from analysis.claims.days import OLD_AFTER, format_day, say_old_age
from analysis.claims.kept import keep
from analysis.claims.prose import capitalise, name_with_party, write_list
from analysis.projections.table import (
    FLED,
    NOT_STATED,
    OFFICIAL,
    RECORDED,
    TO_BE_HELPED,
    read_projections,
)
from analysis.refugees.by_origin import read_refugees_by_origin
from analysis.refugees.running_totals import read_refugees_over_time
from analysis.refugees.shares import read_shares, say_span
from analysis.refugees.table import REFUGEES, TOTAL, read_refugees
from analysis.tables import Record, newest_editions
from analysis.tables.known import Known, day_known
from analysis.tables.scope import ALL, EVERYBODY

#: Which measures a projection can mean, by the measure that its source states.
COULD_MEAN = {
    NOT_STATED: (TOTAL, RECORDED, OFFICIAL, FLED),
    TOTAL: (TOTAL,),
    RECORDED: (RECORDED, OFFICIAL),
    FLED: (FLED,),
    TO_BE_HELPED: (),
}

#: A count so many days before the target day still stands for it; counts are weekly at times.
NEAR = 14

#: What names one projection.
PROJECTION = ("source_id", "locator", "claimant", "wording", "target_day")

_ENDS = ["low", "best", "high", "low_excluded", "high_excluded"]

#: Columns of an outcome that stand beside a projection, each with its prefix.
_OUTCOME = [*_ENDS, "wording", "claimant_name", "counted_to", "publisher", "published_on"]

_COLUMNS = [
    "series", "measure", "asylum", "counted_to", "low", "best", "high", "low_excluded",
    "high_excluded", "wording", "claimant", "claimant_name", "claimant_short", "is_party",
    "publisher", "published_on", "source_id", "segment",
]  # fmt: skip


@keep
def read_outcomes(known: Known, origin: str) -> pd.DataFrame:
    """Return the series that a projection could be held against; see `Projections.outcomes`."""
    breaks = tabulate_breaks(known)
    totals = read_refugees_over_time(known, origin)
    of_all = totals["measure"].isin([TOTAL, RECORDED, FLED]) & (totals["who"] == EVERYBODY)
    totals = totals[of_all]
    totals = totals.assign(counted_to=totals["as_of"].fillna(totals["counted_to"]))
    claims = read_refugees(known, origin)
    parts = [
        totals,
        _add_up_countries(claims, breaks),
        _read_official(known, origin),
        _read_areas(known, claims, origin, breaks),
    ]
    # A part without rows has no types to give to the whole.
    filled = [part[_COLUMNS] for part in parts if len(part)] or [totals[_COLUMNS]]
    return _tell_changes(pd.concat(filled, ignore_index=True), breaks)


def _tell_changes(outcomes: pd.DataFrame, breaks: pd.DataFrame) -> pd.DataFrame:
    """Add `change`: the last break that lies between a figure of a series and the one before."""
    by = outcomes.groupby("series", sort=False)
    before = by["counted_to"].shift()
    new = (by["segment"].diff() > 0).to_numpy()
    ours = breaks[(breaks["table"] == REFUGEES.name) & breaks["place"].isin([ALL, "any"])]
    told = pd.Series("", index=outcomes.index, dtype="str")
    for label in outcomes.index[new]:
        row = outcomes.loc[label]
        days = ours["breaks_on"]
        here = ours[(days > before[label]) & (days <= row["counted_to"])]
        here = here[here["measure"] == row["measure"]].sort_values("breaks_on")
        if len(here):
            last = here.iloc[-1]
            told[label] = f"{format_day(last['breaks_on'])}: {last['reason']}"
    return outcomes.assign(change=told)


def _add_up_countries(claims: pd.DataFrame, breaks: pd.DataFrame) -> pd.DataFrame:
    """Return each claimant's crossings, and its people recorded, in single countries, added up.

    That is done for claimants who count every country: those who state a total too. Their
    total is this sum. A country that has not reported up to a day stands with its last
    figure; for crossings so far, which can only grow, the sum is then a floor.
    """
    whole = set(claims.loc[claims["asylum"] == ALL, "claimant"])
    single = claims[
        claims["measure"].isin([TOTAL, RECORDED])
        & (claims["asylum"] != ALL)
        & claims["claimant"].isin(whole)
        & (claims["who"] == EVERYBODY)
        & claims["low"].notna()
    ]
    newest = newest_editions(single, REFUGEES.series)
    parts = [_add_up_one(rows) for _, rows in newest.groupby(["claimant", "measure"], sort=False)]
    table = pd.concat([part for part in parts if len(part)] or [newest[:0].assign(series="")])
    return split_at_breaks(table.reset_index(drop=True), breaks, REFUGEES.name)


def _add_up_one(newest: pd.DataFrame) -> pd.DataFrame:
    # The day counted is both the place in time and, of each country, the day it goes up to.
    by_day = newest.set_index(["counted_to", "asylum"])[["low", "published_on", "publisher"]]
    by_day["counted_to"] = by_day.index.get_level_values("counted_to")
    by_day = by_day[~by_day.index.duplicated(keep="last")]
    wide = {str(name): by_day[name].unstack("asylum").ffill() for name in by_day.columns}
    complete = wide["low"].notna().all(axis="columns")
    first = newest.iloc[0]
    if not complete.any() or wide["low"].shape[1] < 2:
        return newest[:0].assign(series="")
    people = wide["low"][complete].astype("float64").sum(axis="columns").astype("Int64")
    counted = wide["counted_to"][complete]
    exact = counted.eq(pd.Series(counted.index, index=counted.index), axis="index").all(axis=1)
    # People recorded may become fewer: an older figure is no floor, it is the count there is.
    exact |= first["measure"] != TOTAL
    upper = people.where(exact)
    publishers = wide["publisher"][complete]
    same = publishers.nunique(axis="columns").eq(1).all()
    cited = (
        publishers.iloc[:, 0]
        if same
        else publishers.apply(lambda row: "; ".join(dict.fromkeys(row)), axis=1)
    )
    kept = ["claimant", "claimant_name", "claimant_short", "is_party", "measure", "source_id"]
    return pd.DataFrame(
        {
            **{name: first[name] for name in kept},
            "series": f"{first['claimant_short']}: {first['measure']}, countries added up",
            "asylum": "sum of countries",
            "as_of": people.index,
            "counted_to": people.index,
            "low": people,
            "best": upper,
            "high": upper,
            "low_excluded": False,
            "high_excluded": False,
            "wording": [
                f"{value:,}" if whole else f"at least {value:,}"
                for value, whole in zip(people, exact, strict=True)
            ],
            "publisher": cited,
            "published_on": wide["published_on"][complete].max(axis="columns"),
        }
    ).assign(asylum_name="all countries")


def _read_official(known: Known, origin: str) -> pd.DataFrame:
    """Return the official counts at year end, of a release that was out on the day only."""
    counts = read_refugees_by_origin(known, origin)
    counts = counts[counts["known"]]
    return counts.assign(
        series="UNHCR: " + OFFICIAL,
        claimant="unhcr",
        claimant_name="UN refugee agency UNHCR",
        claimant_short="UNHCR",
        is_party=False,
        measure=OFFICIAL,
        asylum=ALL,
        counted_to=counts["as_of"],
        low=counts["refugees"],
        best=counts["refugees"],
        high=counts["refugees"],
        low_excluded=False,
        high_excluded=False,
        wording=[f"{value:,}" for value in counts["refugees"]],
        segment=0,
    )


def _read_areas(
    known: Known, claims: pd.DataFrame, origin: str, breaks: pd.DataFrame
) -> pd.DataFrame:
    """Return the counts of single areas that a projection speaks about, a series each."""
    spoken_of = read_projections(known, origin)["asylum"].dropna()
    ours = claims["asylum"].isin(set(spoken_of) - {ALL}) & claims["low"].notna()
    ours &= claims["measure"].isin([TOTAL, RECORDED, FLED]) & (claims["who"] == EVERYBODY)
    rows = newest_editions(claims[ours], REFUGEES.series)
    rows = rows.assign(
        series=rows["claimant_short"] + ": " + rows["measure"] + " in " + rows["asylum_name"]
    )
    return split_at_breaks(rows, breaks, REFUGEES.name)


def score_projections(known: Known, origin: str) -> pd.DataFrame:
    """Return every planning figure with its scores; see `Projections.scorecard`."""
    claims = read_projections(known, origin)
    claims = claims.assign(threshold=claims["high"].fillna(claims["low"]))
    claims = claims.join(_find_shares(known, origin, claims))
    outcomes = read_outcomes(known, origin)
    rows = [row for claim in claims.to_dict("records") for row in _hold_against(claim, outcomes)]
    table = pd.DataFrame(rows) if rows else claims[:0].assign(series=pd.Series(dtype="str"))
    return _add_errors(table)


def find_passing(series: pd.DataFrame, threshold: int) -> tuple[pd.Timestamp | None, str]:
    """Return the first day on which a series was necessarily at `threshold`, and what else changed.

    The day is None where the series of `read_outcomes` stayed below. What changed is the reason,
    where the series changed its meaning between the figure before and this one, else "".
    """
    reached = series["low"].fillna(0) >= threshold
    if not reached.any():
        return None, ""
    row = series.iloc[int(reached.to_numpy().argmax())]
    return pd.Timestamp(row["counted_to"]), str(row["change"])


def _hold_against(claim: Record, outcomes: pd.DataFrame) -> list[Record]:
    """Return a row for each series that one projection could have meant."""
    could = outcomes[outcomes["measure"].isin(COULD_MEAN[str(claim["measure"])])]
    of_area = isinstance(claim["asylum"], str) and claim["asylum"] != ALL
    wanted = [claim["asylum"]] if of_area else [ALL, "sum of countries"]
    could = could[could["asylum"].isin(wanted)]
    rows: list[Record] = []
    for name, series in could.groupby("series", sort=False):
        if series["published_on"].max() < claim["dated"] - OLD_AFTER:
            continue  # it had ended when the projection was made
        passed_on, passed_with = find_passing(series, int(claim["threshold"]))
        last = series.iloc[-1]
        shared: Record = {
            **claim,
            "series": name,
            "series_measure": last["measure"],
            "passed_on": pd.NaT if passed_on is None else passed_on,
            "passed_with": passed_with,
            "latest_wording": last["wording"],
            "latest_counted_to": last["counted_to"],
            "reached_target": bool(last["counted_to"] >= claim["target_day"]),
        }
        near = _find_near(series, claim["target_day"])
        for place, found in enumerate(near or [{}]):
            of_day: Record = {f"outcome_{key}": found.get(key) for key in _OUTCOME}
            rows.append({**shared, **of_day, "outcome_note": _say_change(near, place)})
    return rows or [{**claim, "series": pd.NA, "reached_target": False}]


def _find_near(series: pd.DataFrame, target: pd.Timestamp) -> list[Record]:
    """Return the last figure up to the target day, for each meaning the series had near it."""
    if pd.isna(target):
        return []
    first = target - pd.Timedelta(days=NEAR)
    near = series[series["counted_to"].between(first, target)]
    last = near.groupby("segment", sort=False).tail(1)
    # Where a meaning begins, with its reason: the first figure that has it.
    starts = near.groupby("segment", sort=False)["change"].transform("first")
    return last.assign(change=starts[last.index]).to_dict("records")


def _say_change(near: list[Record], place: int) -> str:
    """Return which side of a change of meaning a figure stands on, "" where there is none."""
    if len(near) < 2:
        return ""
    if place + 1 < len(near):
        return f"before the change of {near[place + 1]['change']}"
    return f"after the change of {near[place]['change']}"


def _find_shares(known: Known, origin: str, claims: pd.DataFrame) -> pd.DataFrame:
    """Return the share of each projection by the population figures known on the day."""
    pairs = read_shares(known, origin, known_only=True)
    # Who is to be helped is in part no part of the population that people leave.
    pairs = pairs[(pairs["kind"] == "projection") & (pairs["measure"] != TO_BE_HELPED)]
    keys = list(PROJECTION[:-1])
    said = {
        name: (say_span(rows), "; ".join(rows["denominator"]))
        for name, rows in pairs.groupby(keys, sort=False)
    }
    found = [said.get(tuple(row), ("", "")) for row in claims[keys].itertuples(index=False)]
    return pd.DataFrame(found, index=claims.index, columns=["share", "denominators"], dtype="str")


def _add_errors(table: pd.DataFrame) -> pd.DataFrame:
    added = ["series", "series_measure", "passed_on", "passed_with", "latest_wording"]
    added += ["latest_counted_to", "reached_target", *(f"outcome_{key}" for key in _OUTCOME)]
    added.append("outcome_note")
    first = [name for name in table.columns if name not in added]
    table = table.reindex(columns=[*first, *added])
    for column in ("passed_on", "latest_counted_to", "outcome_counted_to", "outcome_published_on"):
        table[column] = pd.to_datetime(table[column])
    for end in ("low", "best", "high"):
        table[f"outcome_{end}"] = table[f"outcome_{end}"].astype("Int64")
    for column in ("low_excluded", "high_excluded"):
        flag = table[f"outcome_{column}"]
        table[f"outcome_{column}"] = flag.where(flag.notna(), False).astype(bool)
    outcome = table[[f"outcome_{end}" for end in _ENDS]].set_axis(_ENDS, axis="columns")
    error = ratio_columns(table[_ENDS], outcome)
    for end in ("low", "best", "high"):
        table[f"error_{end}"] = 100.0 * (error[end].astype("Float64") - 1.0)
    table = table.drop(columns=["outcome_low_excluded", "outcome_high_excluded"])
    score = [say_score(row) for row in table.to_dict("records")]
    return table.assign(score=pd.Series(score, index=table.index, dtype="str"))


def say_score(row: Record) -> str:
    """Return the score of a row of the scorecard at its day in words, or why it has none."""
    if pd.isna(row["series"]):
        if not COULD_MEAN[str(row["measure"])]:
            return f"not scored: no series counts {row['measure']}"
        if isinstance(row["asylum"], str) and row["asylum"] != ALL:
            return f"not scored: the casebook holds no count for the whole of {row['asylum_name']}"
        return "not scored: the casebook holds no count it could mean"
    if pd.isna(row["target_day"]):
        return "no day stated, so no error at a day"
    if pd.isna(row["outcome_low"]):
        if row["reached_target"]:
            held = f"in the {NEAR} days to {format_day(row['target_day'])}"
            return f"the casebook holds no figure counted to a day {held}"
        return "the casebook holds no figure that late"
    return say_error(row["error_low"], row["error_high"])


def say_error(low: float | None, high: float | None) -> str:
    """Return an error in percent in words: "5% too high", "51% too low or more".

    Two ends on one side are a span, "5 to 46% too high". A missing end is open, and so is a low end
    of -100, which says no more than that an outcome has no upper limit.
    """
    floor = None if low is None or pd.isna(low) or low <= -100 else float(low)
    top = None if high is None or pd.isna(high) else float(high)
    if floor is None:
        too_low = top is not None and top < 0
        return f"{_say_end(top or 0.0)} or more" if too_low else "perhaps right: an end is open"
    if top is None:
        return f"{_say_end(floor)} or more" if floor > 0 else "perhaps right: an end is open"
    ends = [_say_end(floor), _say_end(top)]
    first, last = sorted((abs(floor), abs(top)))
    if floor * top > 0 and round(first) and round(first) != round(last):
        return f"{first:.0f} to {_say_end(max(floor, top, key=abs))}"
    return ends[0] if ends[0] == ends[1] else f"from {ends[0]} to {ends[1]}"


def _say_end(percent: float) -> str:
    if round(percent) == 0:
        return "right to within 1%"
    return f"{abs(percent):.0f}% too {'high' if percent > 0 else 'low'}"


def write_projections_scorecard(scorecard: pd.DataFrame) -> list[str]:
    """Return one sentence or two a projection: who projected what when, and what came.

    Parameters
    ----------
    scorecard : pandas.DataFrame
        Rows of `book.projections.scorecard()`.
    """
    groups = scorecard.groupby(list(PROJECTION), sort=False, dropna=False)
    known_on = day_known(scorecard)
    return [_write_one(rows, known_on) for _, rows in groups]


def _write_one(rows: pd.DataFrame, known_on: pd.Timestamp | None) -> str:
    first = rows.iloc[0].to_dict()
    made = "reported on" if pd.isna(first["made_on"]) else "made on"
    sentence = (
        f"{capitalise(name_with_party(first))} projected {first['wording']} {first['counted']} "
        f"({first['horizon']}, {made} {format_day(first['dated'])})"
    )
    if first["share"]:
        number = len(str(first["denominators"]).split("; "))
        figures = "1 population figure" if number == 1 else f"{number} population figures"
        sentence += f": {first['share']} of the population, by {figures}"
    told: dict[str, list[str]] = {}
    for row in rows.to_dict("records"):
        said, series = _write_score(row, known_on)
        told.setdefault(said, []).extend([series] if series else [])
    scores = [" ".join([said, write_list(series)]).strip() for said, series in told.items()]
    return f"{sentence}. {capitalise('; '.join(scores))}."


def _write_score(row: Record, known_on: pd.Timestamp | None) -> tuple[str, str]:
    """Return how one projection fared, and the series that it is held against, with its figure."""
    if pd.isna(row["series"]):
        return str(row["score"]), ""
    day = row["latest_counted_to"]
    old = "" if known_on is None else say_old_age({"published_on": day}, known_on)
    latest = f"last {row['latest_wording']} by {format_day(day)}{', ' if old else ''}{old}"
    if not pd.isna(row["outcome_low"]):
        note = f", {row['outcome_note']}" if row["outcome_note"] else ""
        outcome = f"{row['outcome_wording']} on {format_day(row['outcome_counted_to'])}{note}"
        return f"{row['score']} against", _name_count(row, outcome)
    if pd.isna(row["passed_on"]):
        if pd.isna(row["target_day"]):
            return "not reached by", _name_count(row, latest)
        return f"{row['score']} of", _name_count(row, latest)
    already = "already " if row["passed_on"] < row["dated"] else ""
    told = f"{already}reached on {format_day(row['passed_on'])}"
    told += f", with a change of meaning ({row['passed_with']})," if row["passed_with"] else ""
    if not pd.isna(row["target_day"]):
        told += f" ({row['score']})"
    return f"{told} by", _name_count(row)


def _name_count(row: Record, figure: str = "") -> str:
    """Return a series as a count of its claimant: "Office's count of border crossings (…)"."""
    who, _, what = str(row["series"]).partition(": ")
    noun, _, how = what.partition(", ")
    beside = ": ".join(filter(None, [how, figure]))
    owner = f"{who}'" if who.endswith("s") else f"{who}'s"
    return f"{owner} count of {noun}" + (f" ({beside})" if beside else "")
