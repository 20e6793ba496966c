"""Consistency: what the figures of a casebook must obey, and the exceptions, named one by one.

A rule that cannot hold for these figures, whatever their open ends are, is violated; one
that might not hold is possibly violated, which is told but is no fault. A violation is a
fault unless `exceptions.csv` names it with its reason, and an exception that no longer
applies is a fault too.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, permutations
from operator import itemgetter
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.casebook.revisions import is_revision
from analysis.casebook.subjects import find_table
from analysis.claims.breaks import (
    ANY_PLACE,
    BREAKS,
    PLACES_ADDED_UP,
    name_measure,
    name_place,
    split_at_breaks,
    tabulate_breaks,
)
from analysis.statements.table import KM_PER_MILE
from analysis.tables import (
    CellError,
    Record,
    Table,
    columns,
    find_casebook,
    newest_editions,
    number_series,
    suggest,
    to_records,
)
from analysis.tables.clocks import YEARS
from analysis.tables.known import Known
from analysis.tables.scope import find_wholes
from analysis.tables.settings import read_settings

#: The rule that two different figures of one series and day are told by.
TIE = "one figure a day"

RULES = {
    "a running total never falls": "a later last day counted has no smaller figure",
    "parts do not exceed the whole": "what is counted in a part, of an area or of a group, is no "
    "more than in the whole; nor are parts that share nobody, together",
    "killed are no more than killed or wounded": "no more killed than killed or wounded, of one "
    "claimant, people and days",
    "totals equal their parts": "a stated vote total is the number of states that gave the answer",
    "one length in two units": "miles and kilometres of one claim agree within their last digit",
    TIE: "one claimant gives one figure of one scope on one day; of two, both stand",
}

EXCEPTIONS = Table(
    name="exceptions",
    title="one known violation of a rule, with the reason why it stands",
    key=("rule", "table", "claimant", "measure", "place", "as_of"),
    schema={
        "source_id": columns.source_id(),
        "rule": columns.choice("the rule that is violated", RULES),
        "table": columns.text("the table that holds the figures"),
        "claimant": columns.claimant(),
        "measure": columns.text("the measure or outcome"),
        "place": columns.text("the country of asylum, side or area"),
        "as_of": columns.day("the later last day counted of the two figures", empty=True),
        "reason": columns.text("why the figures stand as they are"),
    },
)

#: Measures of people who are somewhere at a time, which may fall, and of single days.
_STOCKS = ("refugees recorded", "temporary protection", "share of population")
_ONE_DAY = "per day"

_AFTER_EVERY_DAY = pd.Timestamp(f"{YEARS[-1]}-12-31")
_KEY = ["rule", "table", "claimant", "measure", "place", "as_of"]
_COLUMNS = [*_KEY, "verdict", "detail"]

#: The columns that the rules look at.
_READ = (
    "claimant", "measure", "place", "as_of", "published_on", "low", "best", "high", "wording",
    "status",
)  # fmt: skip

#: The tables with an area, and the column it stands in.
_AREAS = {"casualties": "area", "displaced": "area", "refugees": "asylum"}


def find_violations(data: str | Path = "") -> pd.DataFrame:
    """Return every figure that violates, or may violate, a rule, one row a finding.

    `rule` (a key of `RULES`), `table`, `claimant`, `measure`, `place`, `as_of`, `verdict`
    ("violated" or "possibly violated"), `detail`.
    """
    known = _open(data)
    frames = {name: known.claims(name) for name in _AREAS}
    rows = [*_find_wrong_totals(known), *_find_unequal_lengths(known)]
    breaks = tabulate_breaks(known)
    references = known.references()
    groups = find_wholes(references["groups"], "who", "part_of")
    areas = find_wholes(references["areas"], "area", "within")
    for name, claims in frames.items():
        table = find_table(name)
        measures = name_measure(claims)
        totals = claims[~measures.isin(_STOCKS) & ~measures.str.endswith(_ONE_DAY).fillna(False)]
        if name != "displaced":  # displaced people return home: the figure of a survey may fall
            rows += _find_falls(totals, table, breaks)
        rows += _find_overfull(claims, table, _AREAS[name], areas, adds=True)
        rows += _find_overfull(claims, table, "who", groups, adds=False)
        rows += _find_ties(claims, table)
    rows += _find_more_killed(frames["casualties"])
    return pd.DataFrame(rows, columns=_COLUMNS)


def _open(data: str | Path) -> Known:
    """The casebook with all claims, however late they were published."""
    folder = find_casebook(data)
    return Known(folder, _AFTER_EVERY_DAY, read_settings(folder), find_table)


def check_consistency(data: str | Path = "") -> tuple[pd.DataFrame, list[CellError]]:
    """Return the findings, and what is wrong: violations without a reason, idle exceptions.

    The findings are those of `find_violations` with `reason` from exceptions.csv, "" where there
    is none.
    """
    findings = find_violations(data)
    known = _open(data)
    exceptions = known.claims(EXCEPTIONS)
    named = {_identify(row): str(row["reason"]) for row in exceptions.to_dict("records")}
    reasons = [named.get(_identify(row), "") for row in findings.to_dict("records")]
    findings = findings.assign(reason=pd.Series(reasons, dtype="str"))
    errors = []
    for row in findings.to_dict("records"):
        if row["verdict"] == "violated" and not row["reason"]:
            expected = f"{RULES[row['rule']]}; fix it, or name it in exceptions.csv with its reason"
            place = f"{row['claimant']}, {row['measure']}, {row['place']}, {_say_day(row['as_of'])}"
            errors.append(
                CellError(f"{row['table']}.csv", None, "", f"{place}: {row['detail']}", expected)
            )
    errors += find_idle_breaks(known) + find_alike_claimants(known)
    standing = {_identify(row) for row in findings.to_dict("records")}
    for label, row in enumerate(exceptions.to_dict("records")):
        if _identify(row) not in standing:
            expected = "a violation that still stands: this exception no longer applies"
            errors.append(
                CellError("exceptions.csv", label + 2, "rule", str(row["rule"]), expected)
            )
    return findings, errors


def find_idle_breaks(known: Known) -> list[CellError]:
    """Return an error for each break whose series no claim of the casebook belongs to.

    A break that finds no series, by a typo as a rule, would not be kept, and figures would be
    reckoned across it.
    """
    claims = {name: known.claims(name) for name in ("refugees", "casualties", "displaced")}
    errors = []
    for label, row in enumerate(known.claims(BREAKS, later=True).to_dict("records")):
        ours = claims.get(str(row["table"]))
        if ours is None:
            expected = f"one of: {', '.join(claims)}"
            hint = suggest(str(row["table"]), claims)
            error = CellError("breaks.csv", label + 2, "table", str(row["table"]), expected, hint)
            errors.append(error)
            continue
        ours = ours[ours["claimant"] == row["claimant"]]
        measures, places = name_measure(ours), name_place(ours)
        same = measures == row["measure"]
        if row["place"] not in (ANY_PLACE, PLACES_ADDED_UP):
            same &= places == row["place"]
        if not same.any():
            series = f"{row['claimant']}, {row['measure']}, {row['place']}"
            words = [*measures.unique(), *places.unique()]
            hint = suggest(str(row["measure"]), [word for word in words if isinstance(word, str)])
            expected = "a series that claims belong to"
            errors.append(CellError("breaks.csv", label + 2, "measure", series, expected, hint))
    return errors


def find_alike_claimants(known: Known) -> list[CellError]:
    """Return an error for each claimant whom a reader cannot tell from another by name."""
    claimants = known.references()["claimants"]
    errors = []
    for column in ("name", "short_name"):
        plain = claimants[column].str.casefold().str.replace(r"^(the|an?) ", "", regex=True)
        for label in claimants.index[plain.duplicated() & plain.notna()]:
            first = claimants.loc[plain == plain[label], "claimant"].iloc[0]
            expected = f"another name than that of {first}: a reader cannot tell them apart"
            value = str(claimants.at[label, column])
            errors.append(CellError("claimants.csv", int(label) + 2, column, value, expected))
    return errors


def _find_falls(claims: pd.DataFrame, table: Table, breaks: pd.DataFrame) -> Iterator[Record]:
    stated = claims[claims["low"].notna() | claims["high"].notna()]
    rows = newest_editions(stated, table.series)
    rows = split_at_breaks(rows, breaks, table.name)
    rows = rows.assign(measure=name_measure(rows), place=name_place(rows))
    numbers = number_series(rows, [*table.series, "segment"]).sort_values(kind="stable")
    rows = rows.loc[numbers.index, list(_READ)]
    # Each figure is held against the one before it, so that one fall is one finding.
    before = rows.shift().add_suffix("_before")
    # An open upper end cannot violate the rule, but may lie below the figure before.
    falls = (before["low_before"] > rows["high"]).fillna(False)
    may_fall = falls | (before["high_before"] > rows["low"]).fillna(False)
    pairs = rows.join(before)[may_fall & (numbers == numbers.shift())]
    for pair, violated in zip(pairs.to_dict("records"), falls[pairs.index], strict=True):
        # What is counted anew may fall.
        if not is_revision(pair):
            floor = pair["low_before"]
            after: str = "" if pd.isna(floor) else f" after at least {floor:,.0f}"
            verdict = "violated" if violated else "possibly violated"
            detail = f"{pair['wording']}{after}"
            yield _find(pair, "a running total never falls", table.name, verdict, detail)


def _exceeds(one: Any, other: Any) -> bool:
    return bool(pd.notna(one) and pd.notna(other) and one > other)


def _find_overfull(
    claims: pd.DataFrame, table: Table, part: str, wholes: dict[str, list[str]], *, adds: bool
) -> Iterator[Record]:
    """Parts of an area or group against the whole, whenever a whole is published.

    A part is held against it as far as its days lie within those of the whole: of people who
    are somewhere at a time, only a figure of the same day is.
    """
    stated = claims[claims["low"].notna() | claims["high"].notna()]
    stated = stated.assign(measure=name_measure(stated))
    scope = [name for name in table.series if name != part]
    stated = stated[stated[part].notna()].sort_values("published_on", kind="stable")
    several = stated.groupby(scope, dropna=False)[part].transform("nunique") > 1
    stated = stated[several]
    for _, ours in stated.groupby(number_series(stated, scope) if len(stated) else [], sort=False):
        if not any(_is_within(*pair, wholes) for pair in permutations(ours[part].unique(), 2)):
            continue
        moving = not _is_stock(str(ours["measure"].iloc[0]), table)
        standing: dict[str, Record] = {}
        records = to_records(ours, [part, *_READ])
        for _, of_day in groupby(records, key=itemgetter("published_on")):
            rows = {row[part]: row for row in of_day}
            # What was taken back, or is said of others to deny it, is no figure of the claimant.
            gone = [key for key, row in rows.items() if row["status"] in ("withdrawn", "denied")]
            standing |= rows
            for key in gone:
                del standing[key], rows[key]
            for name, whole in rows.items():
                yield from _judge_whole(name, whole, standing, wholes, table, moving, adds)


def _is_stock(measure: str, table: Table) -> bool:
    return measure in _STOCKS or measure.endswith(_ONE_DAY) or table.name == "displaced"


def _judge_whole(
    name: str,
    whole: Record,
    standing: dict[str, Record],
    wholes: dict[str, list[str]],
    table: Table,
    moving: bool,
    adds: bool,
) -> Iterator[Record]:
    inside = [
        key
        for key, row in standing.items()
        if key != name and _is_within(key, name, wholes) and _is_counted_in(row, whole, moving)
    ]
    # Parts that lie in another part are counted there already.
    outer = [key for key in inside if not any(_is_within(key, other, wholes) for other in inside)]
    for keys in [*([key] for key in inside), *([outer] if adds and len(outer) > 1 else [])]:
        lows = [standing[key]["low"] for key in keys]
        least = sum(float(low) for low in lows if bool(pd.notna(low)))
        verdict = _judge(least, whole)
        if verdict:
            day: Any = whole["published_on"] if pd.isna(whole["as_of"]) else whole["as_of"]
            detail = f"{', '.join(map(str, keys[:3]))}{' …' if len(keys) > 3 else ''}: "
            detail += f"{least:,.0f}; {name}: {whole['wording']}"
            row = {**whole, "place": name, "as_of": day}
            yield _find(row, "parts do not exceed the whole", table.name, verdict, detail)
            return


def _is_counted_in(part: Record, whole: Record, moving: bool) -> bool:
    """Whether the days of a part lie within those of the whole."""
    if not moving:
        same_day = bool(part["as_of"] == whole["as_of"])
        unknown = bool(pd.isna(part["as_of"])) and bool(pd.isna(whole["as_of"]))
        return same_day or (unknown and bool(part["published_on"] == whole["published_on"]))
    if pd.isna(whole["as_of"]):
        return True  # it was published no later than the whole
    day = part["published_on"] if pd.isna(part["as_of"]) else part["as_of"]
    return bool(day <= whole["as_of"])


def _judge(least: float, whole: Record) -> str:
    """Return the verdict on parts of at least `least` people, or "" where the whole holds them."""
    if pd.isna(whole["high"]):
        return "possibly violated" if _exceeds(least, whole["low"]) and _is_point(whole) else ""
    most = float(whole["high"])
    if least <= most:
        return ""
    # A whole in round numbers may hold a little more than it says.
    digits = str(int(most)).rstrip("0") if most == int(most) else ""
    unit = 10 ** (len(str(int(most))) - len(digits)) if digits and len(digits) <= 3 else 1
    return "possibly violated" if least < most + unit / 2 else "violated"


def _is_point(row: Record) -> bool:
    return bool(pd.notna(row["best"]))


def _is_within(key: str, whole: str, wholes: dict[str, list[str]]) -> bool:
    if whole == "all":
        return key != "all"
    return whole in wholes.get(key, [])


def _find_ties(claims: pd.DataFrame, table: Table) -> Iterator[Record]:
    """Two different figures of one series on one day, known on the same day."""
    stated = claims[claims["low"].notna() | claims["high"].notna()]
    stated = stated[stated["repeats"].isna()]
    # Of snapshots of one page the later one is the newer.
    stated = stated[~stated["locator"].str.startswith("snapshot ").fillna(False).astype("bool")]
    stated = stated.assign(measure=name_measure(stated), place=name_place(stated))
    keys = [*table.series, "since", "as_of", "published_on"]
    numbers = number_series(stated, keys)
    stated = stated[numbers.duplicated(keep=False)]
    for _, ours in stated.groupby(numbers[stated.index], sort=False):
        distinct = ours.drop_duplicates(["low", "best", "high"])
        if len(distinct) > 1:
            detail = f"{' and '.join(distinct['wording'].head(4))} on one day; both stand"
            row = distinct.iloc[-1].to_dict()
            row["as_of"] = row["as_of"] if pd.notna(row["as_of"]) else row["published_on"]
            yield _find(row, TIE, table.name, "possibly violated", detail)


def _find_more_killed(claims: pd.DataFrame) -> Iterator[Record]:
    keys = ["claimant", "who", "side", "area", "since", "as_of", "published_on"]
    stated = claims.assign(side=claims["side"].fillna(""))
    killed = stated[stated["outcome"] == "killed"]
    both = stated[stated["outcome"] == "killed or wounded"]
    for row in killed.merge(both, on=keys, suffixes=("", "_both")).to_dict("records"):
        if _exceeds(row["low"], row["high_both"]):
            row |= {"measure": "killed", "place": row["side"] or row["area"]}
            detail = f"killed {row['wording']}, killed or wounded {row['wording_both']}"
            rule = "killed are no more than killed or wounded"
            yield _find(row, rule, "casualties", "violated", detail)


def _find_wrong_totals(known: Known) -> Iterator[Record]:
    votes, totals = known.claims("votes"), known.claims("vote_totals")
    counted = votes.groupby(["resolution", "vote"]).size()
    whole = votes.groupby("resolution")["vote"].nunique()
    for row in totals[totals["resolution"].isin(votes["resolution"])].to_dict("records"):
        number = int(counted.get((row["resolution"], row["vote"]), 0))
        # Of a roll call of which only some answers are known, the others are not counted.
        if number == 0 and whole.get(row["resolution"], 0) == 1:
            continue
        if not row["low"] <= number <= row["high"]:
            row |= {"measure": row["vote"], "place": row["resolution"], "as_of": row["vote_date"]}
            detail = f"stated {row['wording']}, counted by state {number}"
            yield _find(row, "totals equal their parts", "vote_totals", "violated", detail)


def _find_unequal_lengths(known: Known) -> Iterator[Record]:
    places = known.claims("places")
    keys = ["source_id", "claimant", "place", "statement"]
    miles, km = (places[places["unit"] == unit] for unit in ("miles", "km"))
    for row in miles.merge(km, on=keys, suffixes=("", "_km")).to_dict("records"):
        if abs(float(row["best"]) * KM_PER_MILE - float(row["best_km"])) > 0.5:
            row |= {"measure": row["topic"]}
            detail = f"{row['wording']} miles, {row['wording_km']} km"
            yield _find(row, "one length in two units", "places", "violated", detail)


def _find(row: Record, rule: str, table: str, verdict: str, detail: str) -> Record:
    named: Record = {name: row[name] for name in ("claimant", "measure", "place", "as_of")}
    found: Record = {"rule": rule, "table": table, "verdict": verdict, "detail": detail}
    return found | named


def _identify(row: Record) -> tuple[str, ...]:
    return tuple(_say_day(row[name]) if name == "as_of" else str(row[name]) for name in _KEY)


def _say_day(value: Any) -> str:
    return "" if pd.isna(value) else f"{pd.Timestamp(value):%Y-%m-%d}"
