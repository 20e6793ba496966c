"""What changed since: new, updated, revised, withdrawn and newly denied claims of two days."""

from __future__ import annotations

import pandas as pd

from analysis.casebook.revisions import is_revision, is_same_figure
from analysis.claims.days import format_day
from analysis.claims.prose import capitalise, name_with_place, say_figure
from analysis.claims.scope import say_first_day
from analysis.tables import (
    InputError,
    Record,
    Table,
    as_known_on,
    latest_claims,
    parse_day,
    to_records,
)
from analysis.tables.clocks import YEARS, number_series
from analysis.tables.known import Known
from analysis.tables.scope import ALL

_ENDS = ("low", "best", "high")
_KEPT = ["claimant_name", "claimant_said", "is_party", "wording", "stance", "status", "as_of"]
_KEPT += ["published_on", "publisher", "source_id", "locator"]

#: Tables whose claims are followed over time.
FOLLOWED = (
    "casualties", "refugees", "displaced", "projections", "action_totals", "places", "talks",
)  # fmt: skip


def find_changes(
    claims: pd.DataFrame, table: Table, since: pd.Timestamp, until: pd.Timestamp
) -> pd.DataFrame:
    """Return the series of one table whose latest claim is another on `until` than on `since`.

    One row a series: `table`, `what` (the series in words), `change` ("new", "updated": a later
    day is counted, "revised": see `analysis.casebook.revisions`, "withdrawn", "newly denied"),
    `was` and `became` (wordings, or the stance where there is no figure), `was_day` (the last
    day that was counted, or else its day of publication), and claimant, status, days and source of
    the newer claim. `InputError` where `since` is after
    `until`.
    """
    if since > until:
        raise InputError(
            f"since: {since:%Y-%m-%d} is after {until:%Y-%m-%d}; expected the earlier day first"
        )
    if "as_of" not in claims:
        claims = claims.assign(as_of=pd.Series(pd.NaT, index=claims.index, dtype="datetime64[us]"))
    if "repeats" in claims:
        claims = claims[claims["repeats"].isna()]
    series = list(table.series)
    read = {*table.key, *_columns_read(series)}
    claims = claims[[name for name in claims if name in read]]
    # A series of which nothing was published between the two days stands as it stood.
    published, numbers = claims["published_on"], number_series(claims, series)
    news = numbers[(published > since) & (published <= until)].unique()
    claims = claims[(published <= until) & numbers.isin(news)]
    columns = ["table", "what", "change", "was", "became", "was_day", *_KEPT]
    if claims.empty:
        return pd.DataFrame([], columns=columns)
    # Of two figures of one day both are new; the later of two stands for what was before.
    after = latest_claims(claims, series, ties=True)
    standing = latest_claims(as_known_on(claims, since), series, ties=True)
    before = standing.drop_duplicates(series, keep="last")
    known = pd.MultiIndex.from_frame(standing[[*table.key, "status"]])
    tied = after.duplicated(list(series), keep=False)
    after = after[~(tied & pd.MultiIndex.from_frame(after[[*table.key, "status"]]).isin(known))]
    after = after[
        ~after.duplicated([*series, *(end for end in _ENDS if end in after), "status"], keep="last")
    ]
    pairs = after.merge(before, on=series, how="left", suffixes=("", "_before"), indicator=True)
    rows = []
    for row in to_records(pairs, _columns_read(series)):
        change = _name_change(row)
        if change:
            new = row["_merge"] == "left_only"
            kept = {name: row[name] for name in _KEPT if name in row}
            rows.append(
                {"table": table.name, "what": _name_series(row, series), "change": change,
                 "was": None if new else _say(row, "_before"), "became": _say(row, ""),
                 "was_day": pd.NaT if new else _day_before(row), **kept}
            )  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def tabulate_changes(known: Known, since: str = "") -> pd.DataFrame:
    """Return `find_changes` of every table of claims that holds series, up to the day of `known`.

    `since` is YYYY-MM-DD; "" is a week before. Table after table, in each by day of publication.
    """
    week = max(known.day - pd.Timedelta(days=7), pd.Timestamp(YEARS[0], 1, 1))
    earlier = parse_day(since, "since") if since else week
    found = []
    for name in FOLLOWED:
        table = known.find_table(name)
        changes = find_changes(known.claims(table, later=True), table, earlier, known.day)
        found.append(changes.sort_values("published_on", kind="stable"))
    kept = [changes for changes in found if len(changes)]
    if kept:
        return pd.concat(kept, ignore_index=True)
    between = f"between {format_day(earlier)} and {format_day(known.day)}"
    found[0].attrs["absent"] = f"The casebook holds nothing that changed {between}."
    return found[0]


#: How each stance is told.
_STANCES = {"says": "says", "denies": "denies", "no comment": "did not comment on this"}


def write_changes(changes: pd.DataFrame) -> list[str]:
    """Return one sentence a change: who, what, from which figure to which, and when known."""
    sentences = []
    for row in changes.to_dict("records"):
        was = f" (before: {before})" if (before := say_before(row)) else ""
        party = " (a party to the conflict)" if row["is_party"] else ""
        sentences.append(
            f"{capitalise(row['change'])}: {say_change(row, party, ', ')}{was}, "
            f"reported on {format_day(row['published_on'])}."
        )
    return sentences


def say_change(row: Record, party: str = "", joint: str = ": ") -> str:
    """Return who says or denies what: the figure, the stance, or that there is none.

    Parameters
    ----------
    row : mapping
        A row of `find_changes`.
    party : str
        What stands behind the name of a party to the conflict.
    joint : str
        What stands between who gives a figure and what it counts.
    """
    who = str(row["claimant_name"])
    what = str(row["what"]).removeprefix(f"{who}, ")
    became = row["became"] if isinstance(row["became"], str) else ""
    if became in _STANCES:
        return f"{capitalise(who)}{party} {_STANCES[became]}: {what}"
    silent = "has not released a figure" if row["status"] == "not released" else str(row["status"])
    return f"{capitalise(who)}{party}{joint}{what}: {became or silent}"


def say_before(row: Record) -> str:
    """Return the figure that stood before and its day, "136, 28 February 2022"; "" for none."""
    if not isinstance(row["was"], str) or not row["was"]:
        return ""
    if pd.isna(row["was_day"]):
        return row["was"]
    return f"{row['was']}, {format_day(row['was_day'])}"


def _columns_read(series: list[str]) -> list[str]:
    """Return the columns that say whether, how and of what a claim has changed."""
    told = ["wording", "stance", "status", "as_of", "low", "best", "high"]
    named = ["counted", "area_name", "asylum", "asylum_name", "since", "unit"]
    before = [f"{name}_before" for name in (*told, "published_on")]
    return [*_KEPT, *series, *named, *told, *before, "_merge"]


def _day_before(row: Record) -> pd.Timestamp:
    """Return the day of the figure that stood before."""
    day = row["as_of_before"]
    return pd.Timestamp(row["published_on_before"] if pd.isna(day) else day)


def _name_change(row: Record) -> str:
    if row["status"] == "withdrawn":
        return "" if row.get("status_before") == "withdrawn" else "withdrawn"
    if row["_merge"] == "left_only":
        return "newly denied" if _is_denial(row, "") else "new"
    if _is_denial(row, "") and not _is_denial(row, "_before"):
        return "newly denied"
    same_words = _say(row, "") == _say(row, "_before")
    if same_words and row["status"] == row["status_before"]:
        return ""
    if "low" not in row:
        return "updated"
    if is_same_figure(row):
        if row["status"] == row["status_before"]:
            return ""  # the same figure in other words
        return "revised" if row["as_of"] == row["as_of_before"] else "updated"
    return "revised" if is_revision(row) else "updated"


def _is_denial(row: Record, suffix: str) -> bool:
    return row.get(f"stance{suffix}") == "denies" or row.get(f"status{suffix}") == "denied"


def _say(row: Record, suffix: str) -> str:
    wording = row.get(f"wording{suffix}")
    if isinstance(wording, str):
        if isinstance(row.get("counted"), str):
            return say_figure({**row, "wording": wording})
        # A statement does not name the unit of its figure: "638,000 people".
        return f"{wording} {row['unit']}" if _is_text(row.get("unit")) else wording
    stance = row.get(f"stance{suffix}")
    return stance if isinstance(stance, str) else ""


def _name_series(row: Record, series: list[str]) -> str:
    """Return who says it, and what it is about: what is counted, where, since when."""
    parts = [str(row["claimant_name"])]
    if isinstance(row.get("counted"), str):
        parts.append(name_with_place(row))
        place = row.get("asylum_name")
        # "All countries" is no place, and a noun may have named it: "crossings into Chad".
        if isinstance(place, str) and row["asylum"] != ALL and place not in parts[1]:
            parts.append(place)
    else:
        said = [str(row[name]) for name in series if _is_text(row[name]) and name not in _UNSAID]
        statement = str(row.get("statement"))
        parts += [part for part in said if part == statement or part not in statement]
    if "since" in row and "counted_from" in series:
        parts.append(say_first_day(row["since"], row["as_of"]))
    return ", ".join(filter(None, parts))


#: What a line of a statement says elsewhere: who says it, and the unit beside the figure.
_UNSAID = ("claimant", "unit")


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value)
