"""Revisions: what a claimant changed afterwards, when, by how much and which way.

There is one definition, for tables, charts, changes and checks alike: a revision is a new
figure of the same claimant and scope for the same days, whatever the document, open and
rounded figures too. Where no last day is stated, a rise is an update and a fall a revision.
What only repeats a claim revises nothing. A revised figure keeps its old row, so that for
every day counted the casebook holds each value that was ever published for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pandas as pd

from analysis.claims.breaks import split_at_breaks, tabulate_breaks
from analysis.claims.prose import capitalise
from analysis.tables import Record, Table, number_series, pick_repeated
from analysis.tables.known import Known, require_word

#: The tables whose figures are followed over time.
FOLLOWED = ("refugees", "casualties", "displaced")

_BOUNDS = ["low", "best", "high"]


def is_same_figure(row: Record) -> bool:
    """Return whether two claims give the same bounds, the older with the suffix "_before"."""
    return all(
        (pd.isna(row[end]) and pd.isna(row[f"{end}_before"])) or row[end] == row[f"{end}_before"]
        for end in _BOUNDS
        if end in row
    )


def is_revision(row: Record) -> bool:
    """Return whether the newer of two claims of one series revises the older.

    Bounds and `as_of` of the older one have the suffix "_before".
    """
    if is_same_figure(row):
        return False
    as_of, before = row["as_of"], row["as_of_before"]
    if pd.notna(as_of) and pd.notna(before):
        return bool(as_of == before)
    if pd.isna(as_of) and pd.isna(before):
        # Of a figure with an open end, what it does say stands for that end.
        most = _first_end(row, "high", "best", "low")
        return most < _first_end(row, "low_before", "best_before", "high_before")
    return False


def _first_end(row: Record, *ends: str) -> float:
    return next((float(row[end]) for end in ends if pd.notna(row[end])), float("nan"))


def find_revisions(claims: pd.DataFrame, series: Sequence[str]) -> pd.DataFrame:
    """Return every change of a figure after it was first published, in claims of these series.

    With a column `segment` (see `analysis.claims.breaks.split_at_breaks`) a new meaning is no
    revision. One row a change, by series, day counted and day of the change: `claimant_name`,
    `counted`, `as_of`, `was`, `became` (wordings), `change` and `change_percent` (of the best
    figures, or of the lowest where a claim names no best; negative: downwards),
    `first_published_on`, `published_on` (of the change), `days_after` (since the first
    publication), `status` ("withdrawn" where the figure was taken back), `publisher` and the
    columns of `series`.
    """
    stated = claims[claims["low"].notna() | claims["high"].notna()]
    if "repeats" in stated:
        stated = stated[stated["repeats"].isna()]
    ordered = stated.sort_values("published_on", kind="stable").reset_index(drop=True)
    keys = [*series, *(["segment"] if "segment" in ordered else [])]
    # Figures without a last day are editions of each other; so are those of the same days.
    numbers = number_series(ordered, [*keys, "since", "as_of"])
    rows = []
    for records in pick_repeated(ordered, numbers):
        first = records[0]["published_on"]
        for old, new in pairwise(records):
            row: Record = {**{f"{name}_before": value for name, value in old.items()}, **new}
            if new["status"] != "withdrawn" and not is_revision(row):
                continue
            before, now = (_first_end(one, "best", "low", "high") for one in (old, new))
            rows.append(
                {
                    **{name: new.get(name) for name in ("claimant_name", "counted", "as_of")},
                    "was": old["wording"],
                    "became": new["wording"],
                    "change": now - before,
                    "change_percent": (now - before) / before * 100 if before else float("nan"),
                    "first_published_on": first,
                    "published_on": new["published_on"],
                    "days_after": (new["published_on"] - first).days,
                    "status": new["status"],
                    "publisher": new["publisher"],
                    "source_id": new["source_id"],
                    **{name: new[name] for name in series},
                }
            )
    columns = [
        "claimant_name", "counted", "as_of", "was", "became", "change", "change_percent",
        "first_published_on", "published_on", "days_after", "status", "publisher", "source_id",
        *series,
    ]  # fmt: skip
    found = pd.DataFrame(rows, columns=list(dict.fromkeys(columns)))
    found = found.astype({name: claims[name].dtype for name in series})
    return found.sort_values([*series, "as_of", "published_on"], kind="stable", ignore_index=True)


def summarise_revisions(claims: pd.DataFrame, series: Sequence[str]) -> pd.DataFrame:
    """Return how much each series was revised between first and last publication.

    A figure that was taken back is counted apart: it is no new figure. One row a series with a
    revision: `claimant_name`, `counted`, `days` (days counted), `revised_days`, `raised_days`,
    `lowered_days`, `withdrawn_days`, `largest_fall_percent`, `largest_rise_percent` (first value
    of a day against last), `longest_days_after` (days from the first publication of a figure to
    its last change), and the columns of `series`.
    """
    found = find_revisions(claims, series)
    withdrawn = found["status"] == "withdrawn"
    stated = claims[claims["low"].notna() | claims["high"].notna()]
    days = stated.assign(_day=stated["as_of"].fillna(stated["published_on"]))
    counted = days.groupby(list(series), dropna=False)["_day"].nunique().rename("days")
    rows = []
    for _, ours in found.groupby(number_series(found, series), sort=False):
        taken = ours[withdrawn.loc[ours.index]]
        changed = ours[~withdrawn.loc[ours.index]]
        net = changed.groupby("as_of", dropna=False)["change"].sum()
        steps = 1 + changed["change_percent"] / 100
        by_day = steps.groupby(changed["as_of"], dropna=False)
        percents = (by_day.prod(skipna=False) - 1).dropna() * 100
        rows.append(
            {
                **{name: ours[name].iloc[0] for name in ("claimant_name", "counted", *series)},
                "revised_days": len(net),
                "raised_days": int((net > 0).sum()),
                "lowered_days": int((net < 0).sum()),
                "withdrawn_days": taken["as_of"].nunique(dropna=False),
                "largest_fall_percent": min([*percents, 0.0]),
                "largest_rise_percent": max([*percents, 0.0]),
                "longest_days_after": int(changed["days_after"].max()) if len(changed) else 0,
            }
        )
    first = ["claimant_name", "counted", "days", "revised_days", "raised_days", "lowered_days"]
    first += ["withdrawn_days", "largest_fall_percent", "largest_rise_percent"]
    columns = list(dict.fromkeys([*first, "longest_days_after", *series]))
    if not rows:
        return pd.DataFrame(columns=columns)
    # Joined by columns: an index with missing keys (no side, for civilians) would not match.
    summary = pd.DataFrame(rows).astype({name: claims[name].dtype for name in series})
    summary = summary.merge(counted.reset_index(), on=list(series), how="left")
    return summary[columns]


def read_series(known: Known, table: str) -> tuple[pd.DataFrame, Table]:
    """Return the claims of a table as known on the day of a casebook, and the table.

    The claims have `segment` (see `analysis.claims.breaks.split_at_breaks`).
    """
    require_word(table, list(FOLLOWED), "table")
    rules = known.find_table(table)
    return split_at_breaks(known.claims(rules), tabulate_breaks(known), table), rules


def write_revisions(summary: pd.DataFrame) -> list[str]:
    """Return one sentence a revised series, to stand beside its newest figure."""
    sentences = []
    for row in summary.to_dict("records"):
        moved = []
        if row["largest_fall_percent"] < 0:
            moved.append(f"fell by up to {-row['largest_fall_percent']:.1f}%")
        if row["largest_rise_percent"] > 0:
            moved.append(f"rose by up to {row['largest_rise_percent']:.1f}%")
        if not moved:
            continue
        days = int(row["longest_days_after"])
        within = (
            f"{-(-days // 7)} weeks" if days >= 14 else "1 day" if days == 1 else f"{days} days"
        )
        sentences.append(
            f"{capitalise(str(row['claimant_name']))}, {row['counted']}: of "
            f"{_count(row['days'], 'day')} counted {_count(row['revised_days'])} revised; "
            f"figures {' or '.join(moved)} within {within}."
        )
    return sentences


def _count(number: int, noun: str = "") -> str:
    """Return "3 days" or, without a noun, "3 were"."""
    if noun:
        return f"{number} {noun}{'' if number == 1 else 's'}"
    return f"{number} {'was' if number == 1 else 'were'}"
