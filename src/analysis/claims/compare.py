"""Claims side by side: what may be compared, how far claimants are apart, with and without parties.

Nothing here adds, averages or ranks across claimants. `require_comparable` refuses claims
whose scope differs and says in which parts; `side_by_side` always works, and shows those
parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Any

import pandas as pd

from analysis.bounds import bounds_of, overlaps
from analysis.claims.days import format_day
from analysis.claims.scope import SCOPE
from analysis.tables import InputError, Record, last_published_claims, number_series, suggest
from analysis.tables.asked import require_yes_or_no

#: How the parts are named to a reader, where the column's name does not say it.
_PART_NAMES = {"since": "first day counted", "as_of": "last day counted"}

#: What must agree before claims are compared: their scope, their days, and how they know.
COMPARED = (*SCOPE, "as_of", "target_day", "standard")


class NotComparable(InputError):
    """The claims differ in scope; `parts` maps each differing part to the values found."""

    def __init__(self, parts: dict[str, list[str]]) -> None:
        self.parts = parts
        said = "; ".join(f"{name}: {' / '.join(values)}" for name, values in parts.items())
        super().__init__(
            f"these claims are not comparable, they differ in {said}; "
            "set them side by side, or name the parts to accept (despite=…)"
        )


def find_differences(claims: pd.DataFrame) -> dict[str, list[str]]:
    """Return the parts of the scope in which the claims differ, with the values found.

    The parts of `COMPARED` that are columns, each with its different values in the order of the
    rows, "not stated" for a missing one: a period not stated is not the same as one that is.
    """
    parts = {}
    for name in COMPARED:
        if name in claims:
            values = list(dict.fromkeys(_say_part(value) for value in claims[name]))
            if len(values) > 1:
                parts[name] = values
    return parts


def require_comparable(claims: pd.DataFrame, *, despite: Iterable[str] = ()) -> pd.DataFrame:
    """Return `claims` unchanged if they may be compared.

    Raises `NotComparable` where they differ in a part of their scope that is not in `despite`.
    """
    accepted = {despite} if isinstance(despite, str) else set(despite)
    for name in sorted(accepted - set(COMPARED)):
        hint = suggest(name, COMPARED) or f"there are {', '.join(COMPARED)}"
        raise InputError(f'despite: no part of a scope is called "{name}"; {hint}')
    parts = {name: v for name, v in find_differences(claims).items() if name not in accepted}
    if parts:
        raise NotComparable(parts)
    return claims


def side_by_side(claims: pd.DataFrame) -> pd.DataFrame:
    """Return the claims with `differs_in`: the parts of the scope in which they differ.

    For each row the differing parts and this row's value, such as "last day counted: 1 March 2022;
    standard: declared"; "" when all agree.
    """
    parts = find_differences(claims)
    columns = [
        [f"{_name_part(name)}: {_say_part(value)}" for value in _find_names(claims, name)]
        for name in parts
    ]
    said = ["; ".join(column[row] for column in columns) for row in range(len(claims))]
    return claims.assign(differs_in=pd.Series(said, index=claims.index, dtype="str"))


def measure_disagreement(
    claims: pd.DataFrame, *, despite: Iterable[str] = (), within: Iterable[str] = ()
) -> pd.DataFrame:
    """Return how far every two claimants are apart; this is no average.

    Parameters
    ----------
    claims : pandas.DataFrame
        A claims frame with low, high and the `_excluded` flags; rows without a figure are
        left out. Two claims of one claimant are not set against each other.
    despite : iterable of str
        Parts of the scope whose differences are accepted, as in `require_comparable`.
    within : iterable of str
        Parts of the scope in which two claims must agree to be a pair at all: claims of
        different areas, say, are each held against those of their own area.

    Returns
    -------
    pandas.DataFrame
        `claimant_a`, `wording_a`, `claimant_b`, `wording_b`; `overlap`, whether both can be
        true of the same thing (a count verified case by case is a floor); `gap_ratio`, the
        ratio of the nearest bounds, 1 where the ranges overlap; `low_ratio`, the greater of
        the two lows over the smaller, missing where one has none or is zero; `differs_in`,
        what was accepted.

    Raises
    ------
    NotComparable
        Two claims differ in a part of the scope that was not accepted.
    """
    stated = claims[claims["low"].notna() | claims["high"].notna()]
    rows = []
    shared = list(within)
    for a, b in combinations(stated.to_dict("records"), 2):
        if a["claimant"] == b["claimant"]:
            continue
        if any(_say_part(a[part]) != _say_part(b[part]) for part in shared):
            continue
        pair = pd.DataFrame([a, b])
        require_comparable(pair, despite=despite)
        first, second = bounds_of(_open_floors(pair))
        together = first is not None and second is not None and overlaps(first, second)
        rows.append(
            {
                "claimant_a": a["claimant_name"],
                "wording_a": a["wording"],
                "claimant_b": b["claimant_name"],
                "wording_b": b["wording"],
                "overlap": together,
                "gap_ratio": 1.0 if together else _gap_ratio(a, b),
                "low_ratio": _ratio(a["low"], b["low"]),
                "differs_in": ", ".join(_name_part(name) for name in find_differences(pair)),
            }
        )
    columns = ["claimant_a", "wording_a", "claimant_b", "wording_b", "overlap", "gap_ratio"]
    columns += ["low_ratio", "differs_in"]
    return pd.DataFrame(rows, columns=columns)


def _open_floors(claims: pd.DataFrame) -> pd.DataFrame:
    """What was verified case by case is a floor: the true number may lie above any such count."""
    if "standard" not in claims:
        return claims
    floors = claims["standard"] == "verified case by case"
    opened = claims["high"].astype("Float64").mask(floors)
    best = claims["best"].astype("Float64").mask(floors)
    qualifier = claims["qualifier"].astype("object").mask(floors, "at least")
    return claims.assign(high=opened, best=best, qualifier=qualifier)


def find_last_said(claims: pd.DataFrame, series: Sequence[str]) -> pd.DataFrame:
    """Return what each series was last said to be, each claim once.

    See `analysis.tables.last_published_claims` and `count_once`. A document that repeats a claim is
    no newer claim.
    """
    if "repeats" not in claims:
        return count_once(last_published_claims(claims, series))
    repeating = claims["repeats"].notna()
    latest = last_published_claims(claims[~repeating], series)
    shown = pd.MultiIndex.from_frame(latest[["claimant", "source_id"]])
    others = claims[repeating]
    named = pd.MultiIndex.from_frame(others[["claimant", "repeats"]])
    return count_once(pd.concat([latest, others[named.isin(shown)]], ignore_index=True))


def count_once(claims: pd.DataFrame) -> pd.DataFrame:
    """Return each claim once, however many documents repeat it.

    Five outlets that repeat one office's count are one claim. Claims are the same when
    claimant, scope, and bounds are, where the days counted are the same or not stated, and
    where a row says so (`repeats`). The first publication of each stands, index 0, 1, …, with
    `documents` (how many sources carry it) and `repeated_by` (the publishers after the first, in
    order of publication).
    """
    if claims.empty:
        none = pd.Series(dtype="str")
        return claims.assign(documents=pd.Series(dtype="int64"), repeated_by=none)
    original = claims[claims["repeats"].isna()] if "repeats" in claims else claims
    repeating = claims.drop(original.index)
    once = _count_alike(original)
    # A row that says which document it repeats belongs to that document's claim.
    scope = [name for name in SCOPE if name in claims]
    for row in repeating.to_dict("records"):
        same = once["claimant"] == row["claimant"]
        for name in scope:
            if name != "since" or not pd.isna(row[name]):
                same &= (once[name] == row[name]) | (once[name].isna() & pd.isna(row[name]))
        hits = once.index[same]
        if not len(hits):
            once = pd.concat([once, _count_alike(pd.DataFrame([row]))], ignore_index=True)
            continue
        at = hits[-1]
        once.loc[at, "documents"] += 1
        said = [str(once.at[at, "repeated_by"]), str(row["publisher"])]
        once.loc[at, "repeated_by"] = "; ".join(dict.fromkeys(filter(None, said)))
    return once


def _count_alike(claims: pd.DataFrame) -> pd.DataFrame:
    scope = [name for name in COMPARED if name in claims and name not in ("since", "as_of")]
    keys = ["claimant", *scope, "low", "best", "high"]
    days = claims["as_of"] if "as_of" in claims else pd.Series(pd.NaT, index=claims.index)
    # Only what is looked at is sorted; the index 0, 1, … leads back to the claims.
    read = claims[[*keys, "source_id", "publisher", "published_on"]].assign(_days=days)
    ordered = read.reset_index(drop=True).sort_values("published_on", kind="stable")
    # Where a document leaves the day out, it repeats the dated claim with the same figure.
    ordered["_same"] = number_series(ordered, keys)
    dated = ordered.groupby("_same", sort=False)["_days"].transform("min")
    ordered["_days"] = ordered["_days"].fillna(dated)
    numbers = number_series(ordered, ["_same", "_days"])
    publishers: list[list[str]] = [[] for _ in range(numbers.nunique())]
    for number, publisher in zip(numbers, ordered["publisher"], strict=True):
        publishers[number].append(publisher)
    repeated_by = ["; ".join(dict.fromkeys(names[1:])) for names in publishers]
    once = claims.take(numbers.index[~numbers.duplicated()].to_numpy())
    once["documents"] = ordered.groupby(numbers, sort=False)["source_id"].nunique().to_numpy()
    once["repeated_by"] = pd.Series(repeated_by, once.index, claims["publisher"].dtype)
    return once.sort_index().reset_index(drop=True)


def without_parties(claims: pd.DataFrame) -> pd.DataFrame:
    """Return the claims of everybody but the parties to the conflict, index 0, 1, …."""
    return claims[~claims["is_party"].astype(bool)].reset_index(drop=True)


def keep_parties(claims: pd.DataFrame, parties: bool) -> pd.DataFrame:
    """Return all claims, or without `parties` those of everybody else, index 0, 1, …."""
    require_yes_or_no(parties, "parties")
    return claims if parties else without_parties(claims)


def _name_part(name: str) -> str:
    return _PART_NAMES.get(name, name.replace("_", " "))


def _find_names(claims: pd.DataFrame, part: str) -> pd.Series:
    """Return what a reader is told of a part of the scope: the name of an area, not its key."""
    name = f"{part}_name"
    return claims[name].fillna(claims[part]) if name in claims else claims[part]


def _say_part(value: Any) -> str:
    if value is None or pd.isna(value):
        return "not stated"
    return format_day(value) if isinstance(value, pd.Timestamp) else str(value)


def _gap_ratio(a: Record, b: Record) -> float:
    lower, upper = (a, b) if _is_below(a, b) else (b, a)
    return _ratio(upper["low"], lower["high"])


def _is_below(a: Record, b: Record) -> bool:
    return not pd.isna(a["high"]) and not pd.isna(b["low"]) and a["high"] <= b["low"]


def _ratio(one: Any, other: Any) -> float:
    if pd.isna(one) or pd.isna(other):
        return float("nan")
    small, large = sorted((float(one), float(other)))
    return large / small if small else float("nan")
