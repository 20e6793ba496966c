"""The claims of two reports, each once, and which of them changed.

A claim is read from the file that is nearest to how the casebook holds it; a chart that draws
other words in its place ("not passed: 1 million") says where the claim is used, and not what
is claimed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from analysis.reports.difference.found import KINDS, ClaimChange
from analysis.reports.difference.rows import list_claim_tables
from analysis.tables import Record, Table
from analysis.tables.countries import name_country

#: A claim of A and one of B.
_Pair = tuple[str, str]


def compare_claims(a: Claims, b: Claims) -> tuple[ClaimChange, ...]:
    """Return the claims that changed between two reports, by kind, claimant and claim."""
    ranks = _rank_files(a, b)
    all_a, all_b = (_rank(claims.rows, ranks) for claims in (a, b))
    twisting = _find_twisting(all_a) | _find_twisting(all_b)
    rows_a, rows_b = (rows[~rows["file"].isin(twisting)] for rows in (all_a, all_b))
    best_a, best_b = (rows.drop_duplicates("claim") for rows in (rows_a, rows_b))
    in_place = _find_in_place(rows_a, rows_b)
    pairs: dict[_Pair, str] = {
        (claim, claim): kind
        for claim, kind in zip(in_place["claim"], in_place["kind"], strict=True)
    }
    for column in ("edition", "series"):
        pairs |= _pair_latest(best_a, best_b, column, pairs)
    in_a, in_b = set(best_a["claim"]), set(best_b["claim"])
    gone = in_a - in_b - {one for one, _ in pairs}
    new = in_b - in_a - {other for _, other in pairs}
    # What is the same in both reports, most of it, is not looked at any more.
    told_a = gone | {one for one, _ in pairs}
    told_b = new | {other for _, other in pairs}
    records_a = _keep(best_a, told_a) | _keep(in_place, told_a, "_a")
    records_b = _keep(best_b, told_b) | _keep(in_place, told_b, "_b")
    where_a, where_b = _list_files(all_a, told_a), _list_files(all_b, told_b)
    changes = []
    for (one, other), kind in pairs.items():
        before, after = records_a[one], records_b[other]
        same = all(before[name] == after[name] for name in ("source_id", "locator"))
        where = tuple(sorted({*where_a[one], *where_b[other]}))
        changes.append(ClaimChange(kind, before, after, where, same))
    changes += [ClaimChange("gone", records_a[c], None, tuple(where_a[c])) for c in gone]
    changes += [ClaimChange("new", None, records_b[c], tuple(where_b[c])) for c in new]
    return tuple(sorted(changes, key=_order))


def _rank_files(a: Claims, b: Claims) -> dict[str, int]:
    """Files from the nearest to the casebook to the farthest, alike for A and B."""
    files = {*a.widths, *b.widths}

    def place(file: str) -> tuple[bool, int, str]:
        widths = [claims.widths[file] for claims in (a, b) if file in claims.widths]
        return file.startswith("charts/"), sum(widths) * (3 - len(widths)), file

    return {file: rank for rank, file in enumerate(sorted(files, key=place))}


def _rank(rows: pd.DataFrame, ranks: Mapping[str, int]) -> pd.DataFrame:
    order = rows["file"].map(ranks).astype("int64")
    return rows.assign(rank=order).sort_values(["claim", "rank"], kind="stable")


def _find_twisting(rows: pd.DataFrame) -> set[str]:
    """The files in which a claim reads otherwise than in the one nearest to the casebook."""
    nearest = rows.groupby("claim", sort=False)["wording"].transform("first")
    return set(rows.loc[rows["wording"] != nearest, "file"])


def _list_files(rows: pd.DataFrame, claims: set[str]) -> dict[str, list[str]]:
    told = rows[rows["claim"].isin(claims)].sort_values("file")
    files: dict[str, list[str]] = {}
    for claim, file in zip(told["claim"], told["file"], strict=True):
        files.setdefault(claim, []).append(file)
    return files


def _find_in_place(a: pd.DataFrame, b: pd.DataFrame) -> pd.DataFrame:
    """Claims of one name that say something else, as the nearest file of both has them.

    Returns `claim`, `kind`, and what is known of it in A and in B, with `_a` and `_b` behind.
    """
    both = a.merge(b, on=["claim", "file"], suffixes=("_a", "_b")).sort_values(["claim", "rank_a"])
    both = both.drop_duplicates("claim")

    def differs(name: str) -> pd.Series:
        return (both[f"{name}_a"] != both[f"{name}_b"]).astype(bool)

    revised = differs("wording") | differs("stance") | differs("action")
    standing = differs("status") | differs("standard")
    tests = [revised, standing, differs("published_on")]
    kind = np.select(tests, ["revised", "standing", "republished"], "")
    found = both.assign(kind=kind)
    return found[found["kind"] != ""]


def _pair_latest(
    a: pd.DataFrame, b: pd.DataFrame, column: str, taken: Iterable[_Pair]
) -> dict[_Pair, str]:
    """The last claim of each edition, or series, in A and in B, where they are two claims."""
    used_a, used_b = ({pair[side] for pair in taken} for side in (0, 1))
    said_a, said_b = (dict(zip(rows["claim"], rows["said"], strict=True)) for rows in (a, b))
    latest_a, latest_b = (_find_latest(rows, column) for rows in (a, b))
    pairs: dict[_Pair, str] = {}
    for name in latest_a:
        if name not in latest_b:
            continue
        one, other = latest_a[name], latest_b[name]
        if one == other or (one in used_a and other in used_b):
            continue
        if column == "series":
            pairs[one, other] = "updated"
        else:
            pairs[one, other] = "republished" if said_a[one] == said_b[other] else "revised"
    return pairs


def _find_latest(rows: pd.DataFrame, column: str) -> dict[str, str]:
    # As in `analysis.tables.latest_claims`: the day known stands for a day that is not stated.
    counted_to = rows["as_of"].where(rows["as_of"] != "", rows["published_on"])
    order = [column, "counted_to", "published_on", "source_id", "locator", "claim"]
    ordered = rows.assign(counted_to=counted_to).sort_values(order)
    last = ordered.drop_duplicates(column, keep="last")
    return dict(zip(last[column], last["claim"], strict=True))


def _keep(rows: pd.DataFrame, claims: set[str], suffix: str = "") -> dict[str, Record]:
    """What is kept of some claims, by their names."""
    names = [*KEPT, "said", "what"]
    rows = rows[rows["claim"].isin(claims)]
    kept = rows[[name + suffix for name in names]].set_axis(names, axis="columns")
    return dict(zip(rows["claim"], kept.to_dict("records"), strict=True))


def _order(change: ClaimChange) -> tuple[object, ...]:
    claim = change.after or change.before or {}
    day = claim["as_of"] or claim["published_on"]
    names = (claim["claimant_name"], claim["what"], day, claim["source_id"], claim["locator"])
    return (list(KINDS).index(change.kind), claim["table"], *names, *claim.values())


#: What is kept of a claim; a column that its table does not have is empty.
KEPT = (
    "table", "claimant", "claimant_name", "claimant_short", "claimant_said", "is_party", "counted",
    "statement", "wording", "unit", "stance", "action", "status", "standard", "since", "as_of",
    "made_on", "target_day", "published_on", "publisher", "title", "source_id", "locator",
)  # fmt: skip

#: Parts the cells of a key; no cell of a CSV file that a person wrote holds it.
_MARK = "\x1f"

#: What is worked out beside a claim: who says it is the same, and what it is called.
_NAMES = ["claim", "edition", "series", "said", "what"]


@dataclass(frozen=True)
class Claims:
    """The claims of one report."""

    #: One row a claim and file: `claim` (names it), `edition` (claimant, series and day counted; a
    #: number where no day is stated), `series`, `said` (figure or stance), `what` (the series in
    #: words), `file`, and `KEPT`.
    rows: pd.DataFrame
    widths: Mapping[str, int]  # columns of each file: the fewest are nearest to the casebook


def gather_claims(files: Mapping[str, pd.DataFrame]) -> Claims:
    """Return the claims in the tables and charts of a report.

    `files`: cells as text by "tables/NAME" and "charts/NAME".
    """
    found = []
    for file, cells in files.items():
        left = pd.Series(True, index=cells.index)
        for table, needed in _list_tables():
            if {*table.identity, *table.series, "wording"} <= set(cells.columns):
                is_claim = left & (cells[needed] != "").all(axis=1)
                left &= ~is_claim
                found.append(_name_claims(cells[is_claim], file, table))
    empty = pd.DataFrame(columns=[*_NAMES, "file", *KEPT], dtype="str")
    rows = pd.concat([empty, *found], ignore_index=True).drop_duplicates(["claim", "file"])
    return Claims(rows, {file: len(cells.columns) for file, cells in files.items()})


@cache
def _list_tables() -> list[tuple[Table, list[str]]]:
    """The tables of claims, each with the columns of its key that are always filled.

    A row of a frame in which several tables stand one below the other is of the table that
    asks for the most.
    """
    asked = [
        (table, [name for name in table.identity if not table.schema[name].nullable])
        for table in list_claim_tables()
    ]
    return sorted(asked, key=lambda pair: (-len(pair[1]), pair[0].name))


def _name_claims(rows: pd.DataFrame, file: str, table: Table) -> pd.DataFrame:
    """The rows of a file that are claims of `table`, with their names."""
    if "worked_out" in rows:
        rows = rows[rows["worked_out"] != "True"]
    rows = rows.reset_index(drop=True)
    kept = rows.reindex(columns=list(KEPT[1:]), fill_value="")
    other = [name for name in table.series if name != "claimant"]
    series = _join(rows, ["claimant", *other], table.name)
    claim = _join(rows, list(dict.fromkeys([*table.identity, *table.series])), table.name)
    edition = series
    if "as_of" in table.columns and "as_of" in rows:
        # Where no day is stated, nobody knows that two figures count the same days.
        edition = (series + _MARK + rows["as_of"]).where(rows["as_of"] != "", claim)
    said = kept["wording"]
    for name in ("stance", "action", "status"):
        said = said.where(said != "", kept[name])
    what = kept["counted"].where(kept["counted"] != "", kept["statement"])
    what = what.where(what != "", _say_series(rows, other, table.name))
    place = _say_place(rows)
    what = what + (" (" + place + ")").where(place != "", "")
    names = {"claim": claim, "edition": edition, "series": series, "said": said, "what": what}
    return kept.assign(table=table.name, file=file, **names)


def _join(rows: pd.DataFrame, names: list[str], table: str) -> pd.Series:
    joined = pd.Series(table, index=rows.index, dtype="str")
    for name in names:
        joined = joined + _MARK + rows[name]
    return joined


def _say_series(rows: pd.DataFrame, names: list[str], table: str) -> pd.Series:
    said = pd.Series(table.replace("_", " "), index=rows.index, dtype="str")
    for name in names:
        said = said + (", " + rows[name]).where(rows[name] != "", "")
    return said


def _say_place(rows: pd.DataFrame) -> pd.Series:
    """The part of the whole that a count is of, which the noun of a figure does not say.

    A country of asylum by its name, or a named area; a code of a country is the whole.
    """
    empty = pd.Series("", index=rows.index, dtype="str")
    asylum = rows.get("asylum", empty)
    names = {code: name_country(code) for code in asylum.unique() if code not in ("", "all")}
    area = rows["area"] if "area" in rows and "statement" not in rows else empty
    place = rows.get("area_name", area).where(~area.str.fullmatch("[A-Z]{3}"), "")
    named = asylum.map(names).astype("str")
    return named.where(asylum.isin(list(names)), place)
