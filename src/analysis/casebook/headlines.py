"""The headline figures of a casebook, and what is contested and missing: the front page."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.casebook.changes import find_changes, say_before, say_change
from analysis.casebook.subjects import list_tables
from analysis.claims.days import OLD_AFTER, day_of, format_day, say_age, say_old_age
from analysis.claims.prose import capitalise, mark_doubt, write_list
from analysis.claims.scope import say_first_day, say_scope
from analysis.projections.table import PROJECTIONS, TO_BE_HELPED
from analysis.refugees.displaced import BY_LOCATION
from analysis.refugees.table import DAILY, REFUGEES
from analysis.tables import InputError, Table, latest_claims, parse_day, to_records
from analysis.tables.known import Known, day_known
from analysis.tables.scope import EVERYBODY, find_wholes
from analysis.tables.settings import Headline

#: A count that starts later than this after the first day is about a part of the crisis.
_STARTS_LATE = pd.Timedelta(days=7)

#: What a headline means where casebook.toml does not say: everybody, and no shares, no single days.
_USUAL = {"who": EVERYBODY, "measure": BY_LOCATION}

#: The columns that a claim's day is found in.
_DAYS = ("as_of", "made_on", "published_on")

#: A claimant's figures about different people, places and units all stand.
_ABOUT = ("claimant", "who", "side", "area", "asylum", "unit")

_COLUMNS = [
    "headline", "claimant_name", "claimant_short", "is_party", "wording", "counted", "place",
    "first_day", "day", "age", "is_old", "doubt", "change", "was", "was_day", "low", "best",
    "high", "status", "published_on", "publisher", "source_id", "locator", "claim_id",
]  # fmt: skip


def tabulate_headlines(known: Known, since: str = "") -> pd.DataFrame:
    """Return who says what on each headline of casebook.toml, and what changed since a day.

    `since` is YYYY-MM-DD; "" is the day before that of `known`. One row a headline and claimant,
    its newest figure; those for different people or places, and different ones of one day, all
    stand. In each headline fresh figures come before old ones, those of others before those of
    parties, newer before older; never by size.

    `headline`, `counted`, `place` (where, unless the headline says it, and what is counted where
    that differs), `first_day` ("since 24 February 2022"), `day`, `age` ("3 months old" or ""),
    `is_old`, `doubt` ("unverified" or ""), `change` (new, updated, revised, withdrawn, newly
    denied or unchanged), `was` and `was_day`, bounds and source. `attrs["trails"]` holds for each
    headline all its claims as (day, low, high, claimant).
    """
    earlier = parse_day(since, "since") if since else known.day - pd.Timedelta(days=1)
    if earlier > known.day:
        raise InputError(
            f"since: {earlier:%Y-%m-%d} is after {known.day:%Y-%m-%d}; expected an earlier day"
        )
    frames: list[pd.DataFrame] = []
    trails: dict[str, list[tuple[pd.Timestamp, float, float, str]]] = {}
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
        trails[headline.title] = _trail(claims)
    if frames:
        named = [_name_areas(frame, _find_own(known, frames)) for frame in frames]
        found = pd.concat([frame.reindex(columns=_COLUMNS) for frame in named], ignore_index=True)
    else:
        found = pd.DataFrame(columns=_COLUMNS)
    found.attrs = {"trails": trails, "since": earlier}
    return found


def _name_measure(rows: pd.DataFrame, title: str) -> list[str]:
    """Return the places with what is counted: border crossings are no people who fled."""
    pairs = zip(rows["measure"], rows["place"], strict=True)
    unsaid = [(m if m not in title.casefold() and m not in place else "", place)
              for m, place in pairs]  # fmt: skip
    return [" ".join(filter(None, said)) for said in unsaid]


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
    claims = known.claims(table)
    if "as_of" not in claims:
        claims = claims.assign(as_of=pd.Series(pd.NaT, index=claims.index, dtype="datetime64[us]"))
    scope = dict(headline.scope)
    if "origin" in claims and known.settings.origin:
        scope.setdefault("origin", known.settings.origin)
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
    return _whole_period(claims, known)


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
    changed = [found.get(tuple(row[key] for key in keys), {}) for row in rows.to_dict("records")]
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
        doubt=[mark_doubt(row).removeprefix(", ") for row in order.to_dict("records")],
        first_day=[say_first_day(s, a) for s, a in zip(since, order["as_of"], strict=True)],
    )


def _trail(claims: pd.DataFrame) -> list[tuple[pd.Timestamp, float, float, str]]:
    stated = claims[claims["low"].notna() | claims["high"].notna()]
    days = [day_of(row) for row in to_records(stated, _DAYS)]
    low = stated["low"].fillna(stated["high"]).astype(float)
    high = stated["high"].fillna(stated["low"]).astype(float)
    # "Up to" is an upper bound: its mark stands at the figure that was said.
    low = low.mask(low == 0, high)
    return list(zip(days, low, high, stated["claimant_name"].astype(str), strict=True))


def write_news(changes: pd.DataFrame, most: int = 5) -> dict[str, list[str]]:
    """Return what is new in a few words, by table, newest first.

    Parameters
    ----------
    changes : pandas.DataFrame
        See `Casebook.changes_since`.
    most : int
        So many lines a table; how many more there are is said.

    Returns
    -------
    dict of str to list of str
        Table to lines such as "UN human rights office: civilians killed in Ukraine, since 24
        February 2022: 249 (updated, reported on 3 March 2022; before: at least 227, 1 March
        2022)"; a party to the conflict has its mark.
    """
    news: dict[str, list[str]] = {}
    for table, rows in changes.groupby("table", sort=False):
        newest = rows.sort_values("published_on", ascending=False, kind="stable")
        lines = [_say_change(dict(row)) for row in newest.to_dict("records")]
        more = [f"and {len(lines) - most} more"] if len(lines) > most else []
        news[capitalise(str(table).replace("_", " "))] = [*lines[:most], *more]
    return news


#: What stands behind the name of a party to the conflict, as in the boxes.
_PARTY = " \N{BLACK DIAMOND}"


def _say_change(row: dict[Any, Any]) -> str:
    """Return one change: who, what, the words, what they were before, and the day."""
    day = f"{row['change']}, reported on {format_day(row['published_on'])}"
    was = f"; before: {before}" if (before := say_before(row)) else ""
    return f"{say_change(row, _PARTY if row['is_party'] else '')} ({day}{was})"


def write_contested(statements: pd.DataFrame, most: int = 8) -> list[str]:
    """Return one line a contested statement, newest first: what is said, who denies it, its age.

    Parameters
    ----------
    statements : pandas.DataFrame
        See `book.statements.contested(contested_only=True)`.
    most : int
        So many lines; how many more there are is said.
    """
    verbs = {"says": "said by", "denies": "denied by", "no comment": "no comment from"}
    known_on = day_known(statements) if "known_on" in statements.attrs else None
    newest = statements.groupby("statement", sort=False)["published_on"].max()
    lines = []
    for statement in newest.sort_values(ascending=False, kind="stable").index:
        rows = statements[statements["statement"] == statement]
        marks = rows["is_party"].map({True: _PARTY, False: ""})
        named = rows["claimant_short"].astype(str) + marks
        said = [
            f"{verb} {write_list(list(dict.fromkeys(of)))}"
            for stance, verb in verbs.items()
            if len(of := named[rows["stance"] == stance])
        ]
        day = newest[statement]
        old = "" if known_on is None else say_old_age({"published_on": day}, known_on)
        age = f", {old}" if old else ""
        lines.append(f"{str(statement).rstrip('.')}: {', '.join(said)} ({format_day(day)}{age})")
    more = [f"and {len(lines) - most} more"] if len(lines) > most else []
    return [*lines[:most], *more]


def write_old(headlines: pd.DataFrame) -> list[str]:
    """Return one line an old headline figure: what it counts, the words, claimant, day, age."""
    return [
        f"{_say_whole(row)}: {row['wording']} ({row['claimant_short']}"
        f"{_PARTY if row['is_party'] else ''}, {format_day(row['day'])}, {row['age']}"
        f"{', ' if row['doubt'] else ''}{row['doubt']})"
        for row in headlines[headlines["is_old"].astype(bool)].to_dict("records")
        if isinstance(row["wording"], str)
    ]


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
