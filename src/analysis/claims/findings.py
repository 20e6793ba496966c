"""Findings: the titles of charts of claims, each figure with its claimant, its doubt and its day.

A title holds one finding in at most ninety characters; what does not fit stands below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

import pandas as pd

from analysis.claims.days import OLD_AFTER, day_of, say_age, say_old_age
from analysis.claims.prose import capitalise, mark_doubt, say_figure, write_list
from analysis.claims.scope import say_place, say_scope
from analysis.safety import DAY, SHORT_DAY, format_day
from analysis.tables import Record, to_records
from analysis.tables.known import day_known

#: The longest title, in characters.
LONGEST_TITLE = 90

#: What says since when, in the part of a scope that differs.
_FIRST_DAY = re.compile(r" ?\b(?:since|on) \d")

#: The columns that a title is written from.
_READ = (
    "counted", "claimant", "claimant_short", "wording", "unit", "status", "as_of", "made_on",
    "published_on", "where", "low", "high", "note", "worked_out",
)  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """What a chart of claims shows."""

    #: One finding, at most ninety characters; "" where there is no figure.
    title: str
    #: What the title has no room for: further figures, old ones with their age, and who gives none.
    #: "" where nothing is left to say.
    rest: str


def write_finding(claims: pd.DataFrame) -> Finding:
    """Return the finding of claims set side by side.

    Figures of one scope stand in the title together where they fit, with "or" between them.
    A figure more than a month older than the day of the replay is not set against a fresh
    one: it stands below, with its age. What is counted, where and since when is said where the
    claims differ in it.
    """
    stated = claims[claims["wording"].notna() & claims["counted"].notna()]
    if stated.empty:
        return Finding("", "")
    known_on = day_known(claims)
    where = say_scope(stated, noun=False)
    rows = to_records(stated.assign(where=where), _READ)
    groups: dict[tuple[str, str], list[Record]] = {}
    for row in rows:
        groups.setdefault((row["counted"], row["where"]), []).append(row)
    fresh = {
        key: [row for row in of_key if not is_old(row, known_on)] for key, of_key in groups.items()
    }
    # The first scope with a fresh figure is the finding; without one, the newest figure is.
    lead = next((key for key, of_key in fresh.items() if of_key), None)
    if lead is None:
        lead, newest = max(
            ((key, row) for key, of_key in groups.items() for row in of_key),
            key=lambda pair: day_of(pair[1]),
        )
        told = [newest]
    else:
        told = fresh[lead]
    title, shown = _fit(lead, told, known_on, say_place(stated))
    # What a title cut short counts stands whole below it.
    rest = [f"{capitalise(lead[0])}."] if f"{_CUT}: " in title else []
    for (counted, place), of_key in groups.items():
        left = [row for row in of_key if all(row is not other for other in shown)]
        if left:
            noun = capitalise(" ".join(filter(None, [counted, place])))
            said = "; ".join(cite_claim(row, known_on) for row in left[:_LISTED])
            more = f"; and {len(left) - _LISTED} more" if len(left) > _LISTED else ""
            rest.append(f"{noun}: {said}{more}.")
    silent = claims[claims["wording"].isna() & (claims["status"] == "not released")]
    if len(silent):
        days = silent.groupby("claimant_short", sort=False)["published_on"].max()
        names = [f"{name} ({format_day(day)})" for name, day in days.items()]
        rest.append(f"No figure released: {write_list(names)}.")
    return Finding(title, " ".join(rest))


def write_course(rows: pd.DataFrame) -> str:
    """Return the title of a chart over time: the first and the last figure of one series.

    Rows have `series` and `counted_to`. The series is the longest of those with a fresh figure, or
    else the longest of all; of a series of one figure that figure is told. "" for no rows.
    """
    if rows.empty:
        return ""
    known_on = day_known(rows)
    told = rows.assign(where=say_scope(rows, noun=False)).sort_values("counted_to", kind="stable")
    groups = [
        to_records(of, (*_READ, "counted_to")) for _, of in told.groupby("series", sort=False)
    ]
    fresh = [group for group in groups if not is_old(group[-1], known_on)]
    lead = max(fresh or groups, key=len)
    first, last = lead[0], lead[-1]
    counted = str(last["counted"])
    where = " ".join(filter(None, [say_place(rows), str(last["where"])]))
    nouns = [" ".join(filter(None, [counted, where])), counted]
    nouns += [counted.removeprefix("internally "), counted.partition(" in ")[0]]
    newest = [
        f"{noun}{way}{cite_claim(last, known_on, pattern)}"
        for pattern in (DAY, SHORT_DAY, "d MMM")
        for noun in nouns
        for way in (" over time: ", "; last: ")
    ]
    if len(lead) == 1:
        return choose_title(newest)
    old = known_on is not None and is_old(last, known_on)
    age = f", {say_age(day_of(last), known_on)}" if known_on is not None and old else ""
    course = [
        f"{noun}: {say_figure(first)} by {format_day(first['counted_to'], pattern)}, "
        f"{say_figure(last)} by {format_day(last['counted_to'], pattern)} "
        f"({last['claimant_short']}{age}{mark_doubt(last)})"
        for pattern in (DAY, SHORT_DAY)
        for noun in nouns
    ]
    return choose_title([*course, *newest])


#: Words with which a noun that is cut must not end.
_HANGING = re.compile(r"(?:[ ,;:(]+(?:and|or|of|the|in|for|to|by|before|since|if|that|a|an)?)+$")

#: What stands for the end of a noun that is cut.
_CUT = "\N{HORIZONTAL ELLIPSIS}"

#: So many figures of one scope are listed below a title.
_LISTED = 6


def is_old(row: Record, known_on: pd.Timestamp | None) -> bool:
    """Return whether a figure is more than a month older than the day of the replay."""
    return known_on is not None and known_on - day_of(row) > OLD_AFTER


def say_ages(claims: pd.DataFrame) -> pd.Series:
    """Return for each claim how old it is on the day of the replay: "9 months old", "" if fresh."""
    known_on = day_known(claims)
    read = [name for name in ("as_of", "made_on", "published_on") if name in claims]
    said = [
        "" if known_on is None else say_old_age(row, known_on) for row in to_records(claims, read)
    ]
    return pd.Series(said, index=claims.index, dtype="str")


def add_labels(claims: pd.DataFrame) -> pd.DataFrame:
    """Return claims with `scope` and `age`, what charts say beside a claimant's name."""
    labelled = claims.assign(scope=say_scope(claims), age=say_ages(claims))
    labelled.attrs = dict(claims.attrs)
    return labelled


def _fit(
    key: tuple[str, str], rows: list[Record], known_on: pd.Timestamp | None, place: str
) -> tuple[str, list[Record]]:
    """Return a title that fits, and the figures it names: of each claimant the newest.

    The place that all figures share is named where there is room; the subtitle names it too.
    """
    counted, where = key
    nouns = list(
        dict.fromkeys(
            capitalise(" ".join(filter(None, [counted, at, where]))) for at in (place, "")
        )
    )
    newest = {row["claimant"]: day_of(row) for row in sorted(rows, key=day_of)}
    told = [row for row in rows if newest[row["claimant"]] == day_of(row)]
    cited_ways = [[cite_claim(row, known_on) for row in told]]
    if len(told) > 1:
        cited_ways.append([_cite_short(row) for row in told])
    for noun, cited in product(nouns, cited_ways):
        # Where the figures lack their days, all their days stand once, at the end.
        days = "" if cited[0] == cite_claim(told[0], known_on) else f", {_say_days(told)}"
        title = f"{noun}: {' or '.join(cited)}{days}"
        # The subtitle names the year of the report.
        if known_on is not None and days.endswith(f" {known_on.year}"):
            title = title.removesuffix(f" {known_on.year}")
        if len(title) <= LONGEST_TITLE:
            return title, told
    noun, last = nouns[0], max(told, key=day_of)
    cited_last = cite_claim(last, known_on)
    title = f"{noun}: {len(told)} claimants, the newest {cited_last}"
    if len(told) == 1 or len(title) > LONGEST_TITLE:
        # Where there is no room for the first day, the place still stands.
        nouns.append(capitalise(" ".join([counted, *_FIRST_DAY.split(where)[:1]]).strip()))
        shortest = cite_shorter(last, known_on)[-1]
        # The noun is cut before the claimant and the day are.
        room = LONGEST_TITLE - len(f"{_CUT}: {shortest}")
        cut = f"{_HANGING.sub('', counted[:room].rpartition(' ')[0])}{_CUT}"
        said = [f"{noun}: {cited}" for noun in nouns for cited in cite_shorter(last, known_on)]
        least = [counted.removeprefix("internally "), cut]
        if where.startswith("in "):  # the dead of one place are not the dead of the crisis
            least.insert(0, f"{least[0]} in one place")
        # The age stands at the row as well; what is counted is in the title alone.
        ageless = cite_claim(last, None, SHORT_DAY)
        said += [f"{noun}: {ageless}" for noun in nouns]
        title = choose_title([*said, *(f"{noun}: {shortest}" for noun in least)])
    return title, [last]


def cite_claim(row: Record, known_on: pd.Timestamp | None, pattern: str = DAY) -> str:
    """Return a figure with its claimant, its day and, where it is old, its age."""
    day = day_of(row)
    said = [_say_who(row), format_day(day, pattern)]
    if known_on is not None and is_old(row, known_on):
        said.append(say_age(day, known_on))
    return f"{say_figure(row)} ({', '.join(said)}{mark_doubt(row)})"


def cite_shorter(row: Record, known_on: pd.Timestamp | None) -> list[str]:
    """Return `cite_claim`, then with the month cut, then without the year of the report."""
    same_year = known_on is not None and day_of(row).year == known_on.year
    patterns = (DAY, SHORT_DAY, "d MMM" if same_year else SHORT_DAY)
    return [cite_claim(row, known_on, pattern) for pattern in patterns]


def _cite_short(row: Record) -> str:
    return f"{say_figure(row)} ({_say_who(row)}{mark_doubt(row)})"


def _say_who(row: Record) -> str:
    """Return whose figure it is; a claimant has not said what its days add up to."""
    name = str(row["claimant_short"])
    return f"{name}'s days added up" if row.get("worked_out") is True else name


def _say_days(rows: list[Record]) -> str:
    """Return the days of some figures: "3 Mar 2022", "2–3 Mar 2022", "28 Feb–3 Mar 2022"."""
    first, last = min(map(day_of, rows)), max(map(day_of, rows))
    end = f"{last.day} {last:%b %Y}"
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    start = f"{first.day} {first:%b}" + ("" if first.year == last.year else f" {first.year}")
    return f"{start}–{end}"


def choose_title(titles: Iterable[str]) -> str:
    """Return the first of some titles that is short enough, or else the shortest, cut."""
    said = [capitalise(title) for title in titles]
    short = next((title for title in said if len(title) <= LONGEST_TITLE), "")
    if short:
        return short
    words = min(said, key=len)[: LONGEST_TITLE - 1].rpartition(" ")[0].rstrip(" ,;:(")
    return f"{words}{_CUT}"
