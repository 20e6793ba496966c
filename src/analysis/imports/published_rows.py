"""From records to frame rows: reading cells, refusing rows, repeats, and flags on series.

A record is kept or refused as a whole. Its flags say what is odd about a figure that stays
as it was published.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from analysis.imports.imported import (
    Imported,
    Refusal,
    RefusedRowError,
    make_frame,
    make_refused,
)
from analysis.imports.published_dates import (
    Order,
    UnreadableDateError,
    find_order,
    has_numeric_dates,
    read_day,
    read_moment,
)
from analysis.imports.published_numbers import Reading, UnreadableNumberError, read_count
from analysis.imports.published_table import PublishedTable, Record

#: A row of the frame before it becomes one.
Row = dict[str, Any]


@dataclass(frozen=True)
class Cells:
    """Reads the cells of a table's records, and refuses the record where one cannot be read."""

    table: PublishedTable
    order: Order | None = None

    def count(self, record: Record, column: str, *, negative: bool = False) -> Reading:
        """Read a count (`published_numbers.read_count`)."""
        try:
            return read_count(record.get(column), negative=negative)
        except UnreadableNumberError as error:
            raise self.refuse(record, column, str(error)) from error

    def needed_count(self, record: Record, column: str) -> int:
        """Read a count that must be there."""
        value = self.count(record, column).whole
        if value is None:
            raise self.refuse(record, column, "no number")
        return value

    def day(self, record: Record, column: str) -> date:
        """Read a day (`published_dates.read_day`)."""
        try:
            return read_day(record.get(column), self.order)
        except UnreadableDateError as error:
            raise self.refuse(record, column, str(error)) from error

    def moment(self, record: Record, column: str) -> str | None:
        """Read the moment of a snapshot as text in UTC; None if the file has no such column."""
        if column not in self.table.columns:
            return None
        try:
            return read_moment(record.get(column))
        except UnreadableDateError as error:
            raise self.refuse(record, column, str(error)) from error

    def refuse(self, record: Record, column: str, reason: str) -> RefusedRowError:
        """Return the exception that refuses a record for one cell."""
        return RefusedRowError(self.table.titles.get(column, column), record.get(column), reason)


def decide_order(table: PublishedTable, column: str, rule: Order | None = None) -> Order | None:
    """Return whether numeric dates of a column begin with the day, and note how that is known.

    `rule` is what the format says when no row proves it. A column that proves both ways is
    read only where a row can be read one way.
    """
    texts = [record.get(column) for record in table.records]
    if not has_numeric_dates(texts):
        return rule
    proof = find_order(texts)
    title = table.titles.get(column, column)
    if proof == "both":
        table.notes.append(f"{title}: written day first and month first; unclear ones refused")
        return None
    if proof is not None:
        table.notes.append(f"{title}: dates are {proof}, as rows of the file prove")
        return proof
    if rule is not None:
        table.notes.append(f"{title}: dates are {rule} by the rule of the format; no row proves it")
    return rule


def read_rows(table: PublishedTable, read_one: Callable[[Record], Iterable[Row]]) -> list[Row]:
    """Return the frame rows of every record; a record that cannot be read goes to `refused`."""
    rows: list[Row] = []
    for record in table.records:
        try:
            made = [{"row": record.row, "flag": "", **row} for row in read_one(record)]
            if not made:
                raise RefusedRowError("", "", "no figure in the row")
            rows.extend(made)
        except RefusedRowError as refused:
            table.refused.append(Refusal(record.row, refused.column, refused.value, refused.reason))
    return rows


def refuse_repeats(
    table: PublishedTable, rows: list[Row], key: Sequence[str], says: str
) -> list[Row]:
    """Refuse records that give a key again, and return the rows that stay.

    The same figures again: the later record is refused. Other figures: every record of that
    key is refused, because nothing here says which one holds. `says` is the key in words,
    with the key's columns in braces, for the reason.
    """
    by_key: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    contents: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        known = by_key[tuple(row.get(name) for name in key)]
        if row["row"] not in known:
            known.append(row["row"])
        contents[row["row"]].append({name: row[name] for name in row if name != "row"})
    reasons: dict[int, str] = {}
    for values, lines in by_key.items():
        if len(lines) < 2:
            continue
        words = says.format(**dict(zip(key, values, strict=True)))
        first = lines[0]
        same = [line for line in lines[1:] if contents[line] == contents[first]]
        if len(same) == len(lines) - 1:
            reasons.update(dict.fromkeys(same, f"{words} again, as in row {first}"))
        else:
            for line in lines:
                others = ", ".join(str(other) for other in lines if other != line)
                reasons[line] = f"{words} stands in row {others} too, with other figures"
    table.refused.extend(Refusal(line, "", "", reason) for line, reason in reasons.items())
    return [row for row in rows if row["row"] not in reasons]


def add_flag(row: Row, flag: str) -> None:
    """Add a flag to those a row has."""
    row["flag"] = f"{row['flag']}; {flag}" if row["flag"] else flag


def flag_falls(rows: Sequence[Row], value: str, day: str, series: Sequence[str]) -> int:
    """Flag every figure below the one of the day before it in its series; return how many."""
    falls = 0
    last: dict[tuple[Any, ...], Row] = {}
    for row in sorted(rows, key=lambda row: row[day]):
        if row[value] is None:
            continue
        before = last.get(tuple(row.get(name) for name in series))
        if before is not None and row[value] < before[value]:
            add_flag(row, f"falls: {before[value]:,} on {before[day]}")
            falls += 1
        last[tuple(row.get(name) for name in series)] = row
    return falls


def note_order(table: PublishedTable, days: Sequence[date]) -> None:
    """Note a file that is newest first, or in no order; the frame is sorted."""
    rising = sum(later > earlier for earlier, later in pairwise(days))
    falling = sum(later < earlier for earlier, later in pairwise(days))
    if falling and not rising:
        table.notes.append("the file is newest first; the frame is oldest first")
    elif falling:
        table.notes.append("the rows of the file are in no order of days; the frame is sorted")


def days_between(earlier: date, later: date) -> list[date]:
    """Return the days that lie between two days, without either."""
    return [earlier + timedelta(days=n) for n in range(1, (later - earlier).days)]


def finish(
    table: PublishedTable, rows: Sequence[Row], columns: Mapping[str, str], used: Iterable[str] = ()
) -> Imported:
    """Return the `Imported`: frame with `columns`, refusals, counts, and columns not taken over."""
    left = sorted(table.titles[name] for name in table.columns - set(used))
    if used and left:
        table.notes.append(f"columns not taken over: {', '.join(left)}")
    flagged = sum(bool(row["flag"]) for row in rows)
    if flagged:
        table.notes.append(f"{flagged:,} figures are flagged (column flag)")
    refused = make_refused(table.refused)
    kept = len(table.records) - len({r.row for r in table.refused} & {r.row for r in table.records})
    return Imported(
        make_frame(rows, columns), refused, kept + len(refused), kept, tuple(table.notes)
    )
