"""The headline figures of a casebook, and what is contested and missing: the front page."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from analysis.casebook.changes import find_changes, say_before, say_change
from analysis.casebook.subjects import list_tables
from analysis.casualties.table import CASUALTIES
from analysis.claims.days import OLD_AFTER, day_of, format_day, say_age, say_old_age
from analysis.claims.prose import capitalise, mark_doubt, write_list
from analysis.claims.scope import SCOPE, say_first_day, say_scope
from analysis.projections.table import PROJECTIONS, TO_BE_HELPED
from analysis.refugees.displaced import BY_LOCATION
from analysis.refugees.table import DAILY, REFUGEES
from analysis.tables import InputError, Table, latest_claims, parse_day, to_records
from analysis.tables.known import Known
from analysis.tables.scope import EVERYBODY, find_wholes
from analysis.tables.settings import Headline

#: A count that starts later than this after the first day is about a part of the crisis.
_STARTS_LATE = pd.Timedelta(days=7)

#: What a headline means where casebook.toml does not say: everybody, and no shares, no single days.
_USUAL = {"who": EVERYBODY, "measure": BY_LOCATION}

#: The columns by which claims are chosen, beside those that a headline names.
_CHOSEN_BY = ("who", "side", "measure", "unit", "repeats", "status", "area", "since")

#: The columns that a claim's day is found in.
_DAYS = ("as_of", "made_on", "published_on")

#: A claimant's figures about different people, places and units all stand.
_ABOUT = ("claimant", "who", "side", "area", "asylum", "unit")

#: Figures no further apart in time are held against each other as they stand.
_ONE_TIME = pd.Timedelta(days=7)

#: What was counted so is a floor: a larger figure may be true as well.
_FLOOR = "verified case by case"

_COLUMNS = [
    "headline", "claimant_name", "claimant_short", "is_party", "wording", "counted", "place",
    "first_day", "day", "age", "is_old", "doubt", "change", "was", "was_day", "low", "best",
    "high", "standard", "status", "published_on", "publisher", "source_id", "locator",
    "claim_id", "is_total",
]  # fmt: skip


#: A claim on the way of a headline: day, low, high, claimant, and who said what.
Trail = tuple[pd.Timestamp, float, float, str, str]


def tabulate_headlines(known: Known, since: str = "") -> pd.DataFrame:
    """Return who says what on each headline of casebook.toml, and what changed since a day.

    `since` is YYYY-MM-DD; "" is the day before that of `known`. One row a headline and claimant,
    its newest figure; those for different people or places, and different ones of one day, all
    stand. In each headline fresh figures come before old ones, those of others before those of
    parties, newer before older; never by size.

    `headline`, `counted`, `place` (where, unless the headline says it, and what is counted where
    that differs), `first_day` ("since 24 February 2022"), `day`, `age` ("3 months old" or ""),
    `is_old`, `doubt` ("unverified" or ""), `change` (new, updated, revised, withdrawn, newly
    denied or unchanged), `was` and `was_day`, bounds and source; `is_total`, whether the
    figure can only grow. `attrs["trails"]` holds for each headline the claims of its first
    figure's scope as (day, low, high, claimant, words).
    """
    earlier = parse_day(since, "since") if since else known.day - pd.Timedelta(days=1)
    if earlier > known.day:
        raise InputError(
            f"since: {earlier:%Y-%m-%d} is after {known.day:%Y-%m-%d}; expected an earlier day"
        )
    frames: list[pd.DataFrame] = []
    trails: dict[str, list[Trail]] = {}
    for headline in known.settings.headline:
        table = known.find_table(headline.table)
        claims = _choose(known, table, headline)
        if claims.empty:
            continue
        rows = _newest(claims, table, known.day, earlier)
        if table.name == REFUGEES.name and "measure" not in headline.scope:
            rows = rows.assign(place=_name_measure(rows, headline.title))
        # Where the headline says the place itself, no box need say it.
        areas = rows.get("area") if "area" not in headline.scope else None
        frames.append(rows.assign(headline=headline.title, said_area=areas))
        trails[headline.title] = _trail(claims, rows.iloc[0], table)
    if frames:
        named = [_name_areas(frame, _find_own(known, frames)) for frame in frames]
        found = pd.concat([frame.reindex(columns=_COLUMNS) for frame in named], ignore_index=True)
    else:
        found = pd.DataFrame(columns=_COLUMNS)
    found.attrs = {"trails": trails, "since": earlier}
    return found


def _name_measure(rows: pd.DataFrame, title: str) -> list[str]:
    """Return the places with what is counted: border crossings are no people who fled."""
    told = title.casefold()
    return [
        " ".join(filter(None, ["" if m in told or m in place else m, place]))
        for m, place in zip(rows["measure"], rows["place"], strict=True)
    ]


def _find_own(known: Known, frames: list[pd.DataFrame]) -> set[str]:
    """Return the casebook's own area, which each box need not say again.

    Without a country of origin it is the one area of all headlines, if the title names it.
    """
    if known.settings.origin:
        return {known.settings.origin}
    columns = [frame[["area", "area_name"]].dropna() for frame in frames if "area_name" in frame]
    areas = dict(row for rows in columns for row in rows.itertuples(index=False, name=None))
    title = known.settings.title
    return set(areas) if len(areas) == 1 and all(n in title for n in areas.values()) else set()


def _name_areas(rows: pd.DataFrame, own: set[str]) -> pd.DataFrame:
    """Say where a headline is about, unless it says so itself or it is the casebook's own area."""
    if "area_name" not in rows:
        return rows
    named = (rows["place"] == "") & rows["said_area"].notna() & ~rows["said_area"].isin(own)
    return rows.assign(place=rows["place"].mask(named, "in " + rows["area_name"]))


def _choose(known: Known, table: Table, headline: Headline) -> pd.DataFrame:
    """Return the claims that a headline is about: its scope, whole areas, the whole period."""
    every = known.claims(table)
    if "as_of" not in every:
        every = every.assign(as_of=pd.Series(pd.NaT, index=every.index, dtype="datetime64[us]"))
    scope = dict(headline.scope)
    if "origin" in every and known.settings.origin:
        scope.setdefault("origin", known.settings.origin)
    # What is chosen by is all that is taken along: a frame of claims has some thirty columns.
    claims = every[[name for name in every if name in {*scope, *_CHOSEN_BY}]]
    for column, value in scope.items():
        claims = claims[claims[column].astype("str") == value]
    for column, value in _USUAL.items():
        if column in claims and column not in scope and (claims[column] == value).any():
            claims = claims[claims[column] == value]
    if "side" in claims and "side" not in scope:
        claims = claims[claims["side"].isna()]
    if "measure" in claims and "measure" not in scope:
        # Who is to be helped is no projection of who will flee.
        claims = claims[~claims["measure"].isin([DAILY, TO_BE_HELPED])]
    if "unit" in claims:
        claims = claims[claims["unit"] != "percent"]
    if "repeats" in claims:
        claims = claims[claims["repeats"].isna()]
    claims = claims[claims["status"] != "withdrawn"]
    if "area" in claims and "area" not in scope:
        wholes = find_wholes(known.references()["areas"], "area", "within")
        held = set(claims["area"].dropna())
        claims = claims[~claims["area"].isin({a for a in held if held & set(wholes.get(a, []))})]
    return every.loc[_whole_period(claims, known).index]


def _whole_period(claims: pd.DataFrame, known: Known) -> pd.DataFrame:
    """Leave out counts that start late: the dead of one strike are not the dead of a war."""
    first = known.settings.first_day
    if first is None or "since" not in claims:
        return claims
    start = claims["since"]
    whole = start.isna() | (start <= pd.Timestamp(first) + _STARTS_LATE)
    return claims[whole] if whole.any() else claims


def _newest(
    claims: pd.DataFrame, table: Table, day: pd.Timestamp, earlier: pd.Timestamp
) -> pd.DataFrame:
    """Return the newest figure of each claimant, with its age and what changed."""
    rows = latest_claims(claims, table.series, ties=True)
    rows = rows.assign(day=[day_of(row) for row in to_records(rows, _DAYS)])
    changes = find_changes(claims, table, earlier, day)
    keys = ["claimant_name", "source_id", "locator", "wording"]
    found = {tuple(row[key] for key in keys): row for row in changes.to_dict("records")}
    changed = [found.get(tuple(row[key] for key in keys), {}) for row in to_records(rows, keys)]
    rows = rows.assign(
        change=[str(row.get("change", "unchanged")) for row in changed],
        was=[str(row.get("was") or "") for row in changed],
        was_day=pd.to_datetime(pd.Series([row.get("was_day") for row in changed])),
    )
    is_old = (day - rows["day"]) > OLD_AFTER
    order = rows.assign(is_old=is_old, silent=rows["wording"].isna())
    order = order.sort_values(
        ["silent", "is_old", "is_party", "day", "published_on"],
        ascending=[True, True, True, False, False], kind="stable",
    )  # fmt: skip
    # Of each claimant the newest figure of each place and group; two of one day both stand.
    about = [name for name in _ABOUT if name in order]
    first = order.drop_duplicates(about)[[*about, "day", "published_on"]]
    order = order.merge(first, on=[*about, "day", "published_on"])
    same = [name for name in ("since", "low", "best", "high") if name in order]
    order = order.drop_duplicates([*about, *same])
    since = order["since"] if "since" in order else pd.Series(pd.NaT, index=order.index)
    # The headline says what is counted, and how a claimant defines it stands in the table.
    place = say_scope(order.drop(columns=["since", "counted_from", "definition"], errors="ignore"))
    if table.name == PROJECTIONS.name:  # who could flee is not yet there
        place = place.str.replace("^in ", "to ", regex=True)
    return order.assign(
        place=place,
        age=[
            say_age(d, day) if o else "" for d, o in zip(order["day"], order["is_old"], strict=True)
        ],
        doubt=[mark_doubt(row).removeprefix(", ") for row in to_records(order, ["status", "note"])],
        first_day=[say_first_day(s, a) for s, a in zip(since, order["as_of"], strict=True)],
        is_total=table.name == CASUALTIES.name,
    )


def _trail(claims: pd.DataFrame, first: pd.Series, table: Table) -> list[Trail]:
    """Return the claims of the same scope as `first`; another first day is no other scope here."""
    stated = claims[claims["low"].notna() | claims["high"].notna()]
    for part in table.series:
        if part in SCOPE and part != "since":
            same = stated[part] == first[part]
            stated = stated[same | (stated[part].isna() & pd.isna(first[part]))]
    days = [day_of(row) for row in to_records(stated, _DAYS)]
    low = stated["low"].fillna(stated["high"]).astype(float)
    high = stated["high"].fillna(stated["low"]).astype(float)
    # "Up to" is an upper bound: its mark stands at the figure that was said.
    low = low.mask(low == 0, high)
    said = stated["wording"].astype(str) + " (" + stated["claimant_short"].astype(str) + ")"
    return list(zip(days, low, high, stated["claimant_name"].astype(str), said, strict=True))


def write_news(changes: pd.DataFrame, most: int = 3) -> dict[str, list[str]]:
    """Return what is new in a few words, by table, newest first, silences last; ◆ marks a party.

    Parameters
    ----------
    changes : pandas.DataFrame
        See `Casebook.changes_since`.
    most : int
        So many lines a table; how many more there are is said.

    Returns
    -------
    dict of str to list of str
        Table to lines such as "UN human rights office: civilians killed, Ukraine, since 24
        February 2022: 227 (updated, 2 March 2022, reported on 3 March 2022; before: 136,
        1 March 2022)".
    """
    news: dict[str, list[str]] = {}
    for table, rows in changes.groupby("table", sort=False):
        newest = rows.assign(silent=rows["became"].fillna("") == "")
        newest = newest.sort_values(
            ["published_on", "silent"], ascending=[False, True], kind="stable"
        )
        lines = [_say_change(dict(row)) for row in newest.to_dict("records")]
        news[capitalise(str(table).replace("_", " "))] = _cut(lines, most)
    return news


def _cut(lines: list[str], most: int) -> list[str]:
    return [*lines[:most], *([f"and {len(lines) - most} more"] if len(lines) > most else [])]


def _mark(row: dict[Any, Any], column: str) -> str:
    """Return who says it, with the mark of a party."""
    return f"{row[column]} ◆" if row.get("is_party") else str(row[column])


def _say_change(row: dict[Any, Any]) -> str:
    """Return one change: who, what, the words, what they were before, and the days."""
    counted, reported = row.get("as_of"), format_day(row["published_on"])
    days = f"reported on {reported}"
    if counted is not None and not pd.isna(counted):
        days = format_day(counted) + (f", {days}" if format_day(counted) != reported else "")
    was = f"; before: {before}" if (before := say_before(row)) else ""
    party = " ◆" if row.get("is_party") else ""
    return f"{say_change(row, party)} ({row['change']}, {days}{was})"


def write_contested(statements: pd.DataFrame, most: int = 8) -> list[str]:
    """Return one line a contested statement, newest first: what is said, and who denies it.

    Parameters
    ----------
    statements : pandas.DataFrame
        See `book.statements.contested(contested_only=True)`; ◆ marks a party.
    most : int
        So many lines; how many more there are is said.
    """
    verbs = {"says": "said by", "denies": "denied by", "no comment": "no comment from"}
    newest = statements.groupby("statement", sort=False)["published_on"].max()
    lines = []
    for statement in newest.sort_values(ascending=False, kind="stable").index:
        rows = statements[statements["statement"] == statement].to_dict("records")
        said = {
            verb: list(dict.fromkeys(_mark(row, "claimant_short")
                                     for row in rows if row["stance"] == stance))
            for stance, verb in verbs.items()
        }  # fmt: skip
        told = ", ".join(f"{verb} {write_list(names)}" for verb, names in said.items() if names)
        day = newest[statement]
        age = say_old_age({"published_on": day}, statements.attrs.get("known_on", day))
        when = ", ".join(filter(None, [format_day(day), age]))
        lines.append(f"{str(statement).rstrip('.')}: {told} ({when})")
    return _cut(lines, most)


def write_disagreements(headlines: pd.DataFrame, most: int = 2) -> list[str]:
    """Return which headline figures exclude each other: who says what, when, how far apart.

    Two newest figures of different claimants on the same people and place are held against each
    other where they are a week or less apart; of running totals also where the earlier one is
    the larger, for a total only grows. ◆ marks a party.

    Parameters
    ----------
    headlines : pandas.DataFrame
        See `Casebook.headlines`.
    most : int
        So many pairs a headline, the newest and then those farthest apart; how many more there
        are is said.
    """
    lines: list[str] = []
    for _, rows in headlines.groupby(["headline", "counted", "place"], sort=False):
        records = rows.to_dict("records")
        pairs = [(one, other) for one in records for other in records if _exclude(one, other)]
        if pairs:
            first = max(pairs, key=lambda pair: sorted(row["day"] for row in pair))
            pairs = sorted(pairs, key=lambda pair: (pair is not first, -_find_ratio(*pair)))
            lines += [_say_pair(*pair) for pair in pairs[:most]]
            if len(pairs) > most:
                lines[-1] += f" (and {len(pairs) - most} more)"
        lines += [
            f"{_say_whole(row)}: {_mark(row, 'claimant_short')} denies what others say "
            f"({format_day(row['published_on'])})"
            for row in records
            if row["status"] == "denied" and not isinstance(row["wording"], str)
        ]
    return lines


def _exclude(lower: dict[Any, Any], upper: dict[Any, Any]) -> bool:
    """Return whether two claimants' figures of about one day cannot both hold as stated."""
    ends = lower["high"], upper["low"], lower["day"], upper["day"]
    if lower["claimant_name"] == upper["claimant_name"] or any(pd.isna(end) for end in ends):
        return False
    is_about_one_day = abs(lower["day"] - upper["day"]) <= _ONE_TIME
    is_fallen = lower["is_total"] and upper["day"] < lower["day"]
    return bool(lower["high"] < upper["low"] and (is_about_one_day or is_fallen))


def _find_ratio(lower: dict[Any, Any], upper: dict[Any, Any]) -> float:
    return float(upper["low"] / lower["high"]) if lower["high"] else math.inf


def _say_pair(lower: dict[Any, Any], upper: dict[Any, Any]) -> str:
    """Return two figures side by side; a first day that both state is said once."""
    is_shared = lower["first_day"] == upper["first_day"]
    said = []
    for row in (lower, upper):
        first_day = "" if is_shared else str(row["first_day"])
        days = first_day if first_day.startswith("on ") else format_day(row["day"])
        if first_day and days != first_day:
            days = f"{first_day.replace('since', 'from')} to {days}"
        # What was verified case by case is a floor: the larger figure may be true as well.
        floor = ", a floor: what it verified" if row["standard"] == _FLOOR else ""
        who = _mark(row, "claimant_short")
        age = f", {row['age']}" if row["age"] else ""
        said.append(f"{who} {row['wording']} ({days}{age}{mark_doubt(row)}{floor})")
    whole = _say_whole({**lower, "first_day": lower["first_day"] if is_shared else ""})
    return f"{whole}: {'; '.join(said)}, {_say_ratio(_find_ratio(lower, upper))}"


def _say_ratio(ratio: float) -> str:
    """Return how many times one figure is the other, rounded down since it is a least ratio."""
    if math.isinf(ratio):
        return "where the other says none"
    if ratio < 1.1:
        return "less than a tenth more at the nearest ends"
    least = math.floor(ratio) if ratio >= 10 else math.floor(ratio * 10) / 10
    return f"at least {least:,g} times as many"


def write_old(headlines: pd.DataFrame) -> list[str]:
    """Return one line a headline with old figures: the newest of them, and how many are older.

    Each with what it counts, the words, claimant (◆ marks a party), day and age.
    """
    stated = headlines[headlines["wording"].notna() & headlines["is_old"].astype(bool)]
    lines = []
    for _, rows in stated.groupby("headline", sort=False):
        rows = rows.sort_values("day", ascending=False, kind="stable")
        row, days = dict(rows.iloc[0]), rows["day"].iloc[1:]
        more = ""
        if len(days):
            is_one_day = days.min() == row["day"]
            back = "of that day" if is_one_day else f"back to {format_day(days.min())}"
            more = f"; {len(days)} more, {back}"
        lines.append(
            f"{_say_whole(row)}: {row['wording']} ({_mark(row, 'claimant_short')}, "
            f"{format_day(row['day'])}, {row['age']}{mark_doubt(row)}){more}"
        )
    return lines


def _say_whole(row: dict[Any, Any]) -> str:
    """Return a headline with the place and the first day of a claim, which tell two apart."""
    said = [row.get("place"), row.get("first_day")]
    more = " ".join(part for part in said if isinstance(part, str) and part)
    # What is counted is no place: "Fled abroad, border crossings since 15 April 2023".
    joint = " " if more.startswith(("in ", "to ", "since ", "on ")) or not more else ", "
    return f"{row['headline']}{joint}{more}".strip()


def write_missing(known: Known) -> str:
    """Return one sentence that lists what the casebook does not hold on the day; "" for nothing."""
    empty = [
        table.name.replace("_", " ")
        for table in list_tables()
        if table.holds_claims and known.claims(table).empty
    ]
    titles = [
        headline.title
        for headline in known.settings.headline
        if _choose(known, known.find_table(headline.table), headline).empty
    ]
    if not titles and not empty:
        return ""
    said = [f"no figure on: {'; '.join(titles)}"] if titles else []
    noun = "table" if len(empty) == 1 else "tables"
    said += [f"nothing in the {noun} {write_list(empty)}"] if empty else []
    return f"Published by {format_day(known.day)}, the casebook holds {', and '.join(said)}."
