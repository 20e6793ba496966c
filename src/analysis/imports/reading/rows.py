"""From records to frame rows: reading cells, refusing rows, repeats, and flags on series.

A record is kept or refused as a whole. Its flags say what is odd about a figure that stays
as it was published.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from itertools import pairwise
from typing import Any, TypeVar

from analysis.bounds.numerals import Writing
from analysis.imports.reading.countries import find_country
from analysis.imports.reading.dates import (
    Order,
    are_serials,
    find_order,
    is_numeric_date,
    is_serial,
    read_day,
    read_moment,
    read_serial,
)
from analysis.imports.reading.numbers import (
    Reading,
    Style,
    decide_style,
    read_count,
    read_number,
)
from analysis.imports.reading.results import (
    Imported,
    RefusedRowError,
    UnreadableCellError,
    make_frame,
    make_refused,
    say_first,
)
from analysis.imports.reading.table import PublishedTable, Record

#: A row of the frame before it becomes one.
Row = dict[str, Any]

Cell = TypeVar("Cell")

#: A total that falls on more than this share of its steps is no total; fewer steps than
#: this prove nothing.
FALLS_OF_A_TOTAL, ENOUGH_STEPS = 0.1, 10

#: A note lists so many things of a kind, and counts the others.
MOST_NOTES = 20


@dataclass
class Cells:
    """Reads the cells of a table's records, and refuses the record where one cannot be read.

    How the numbers and the dates of a column are written is decided once, by the whole file.
    """

    #: The table.
    table: PublishedTable
    #: The format's rule for numeric dates where no row proves the order.
    date_rule: Order | None = None
    #: The format's rule for what parts decimals where no row proves it.
    number_rule: Writing | None = None
    #: Columns of figures that are written alike: where one of them proves nothing, the others
    #: decide.
    alike: Sequence[str] = ()
    _styles: dict[tuple[str, bool], Style] = field(default_factory=dict)
    _orders: dict[str, Order | None] = field(default_factory=dict)
    _serials: dict[str, bool] = field(default_factory=dict)

    def count(self, record: Record, column: str, *, negative: bool = False) -> Reading:
        """Read a count (`numbers.read_count`)."""
        return self.take(record, column, partial(self.read_count, column=column, negative=negative))

    def needed_count(self, record: Record, column: str) -> int:
        """Read a count that must be there."""
        value = self.count(record, column).whole
        if value is None:
            raise self.refuse(record, column, "no number")
        return value

    def number(self, record: Record, column: str, *, counted: bool = False) -> Reading:
        """Read a number that may have decimals (`numbers.read_number`).

        `counted` says that decimals are the exception, as in a column of people or dollars.
        """
        return self.take(record, column, partial(self.read_number, column=column, counted=counted))

    def day(self, record: Record, column: str) -> date:
        """Read a day (`dates.read_day`)."""
        return self.take(record, column, partial(self.read_day, column=column))

    def moment(self, record: Record, column: str) -> str | None:
        """Read the moment of a snapshot as text in UTC; None if the file has no such column."""
        return self.take(record, column, read_moment) if column in self.table.columns else None

    def country(self, record: Record, column: str) -> str:
        """Read the name of a country or territory as its ISO3 code."""
        return self.take(record, column, find_country)

    def take(self, record: Record, column: str, read: Callable[[str], Cell]) -> Cell:
        """Read a cell, and refuse the record where it cannot be read."""
        try:
            return read(record.get(column))
        except UnreadableCellError as error:
            raise self.refuse(record, column, str(error)) from error

    def refuse(self, record: Record, column: str, reason: str) -> RefusedRowError:
        """Return the exception that refuses a record for one cell."""
        return RefusedRowError(self.table.titles.get(column, column), record.get(column), reason)

    def read_count(self, text: str, column: str, *, negative: bool = False) -> Reading:
        """Read the text of a count that stands in a column."""
        return read_count(text, self._find_style(column, whole=True), negative=negative)

    def read_number(self, text: str, column: str, *, counted: bool = False) -> Reading:
        """Read the text of a number that stands in a column."""
        return read_number(text, self._find_style(column, whole=counted))

    def read_day(self, text: str, column: str) -> date:
        """Read the text of a day that stands in a column."""
        if is_serial(text) and self._holds_serials(column):
            return read_serial(text)
        return read_day(text, self._find_order(column) if is_numeric_date(text) else None)

    def _holds_serials(self, column: str) -> bool:
        if column not in self._serials:
            texts = [record.get(column) for record in self.table.records]
            self._serials[column] = are_serials(texts)
            if self._serials[column]:
                first = next(filter(None, texts))
                self.table.notes.append(
                    f"{self.table.titles.get(column, column)}: day numbers of a spreadsheet;"
                    f" {first} is {read_serial(first)}"
                )
        return self._serials[column]

    def _find_style(self, column: str, *, whole: bool) -> Style:
        if (column, whole) not in self._styles:
            texts = (record.get(column) for record in self.table.records)
            style = decide_style(texts, whole=whole)
            if style.doubt and not style.mixed and column in self.alike:
                others = (record.get(name) for record in self.table.records for name in self.alike)
                style = decide_style(others, whole=whole)
            if style.doubt and not style.mixed and self.number_rule:
                style = Style(self.number_rule, decimals=True)
            self._styles[column, whole] = style
            title = self.table.titles.get(column, column)
            if style.doubt:
                self.table.notes.append(f"{title}: the column is refused; {style.doubt}")
            elif style.writing == "comma":
                self.table.notes.append(f"{title}: a comma parts the decimals, as rows prove")
        return self._styles[column, whole]

    def _find_order(self, column: str) -> Order | None:
        if column not in self._orders:
            order = find_order(record.get(column) for record in self.table.records)
            title, rule = self.table.titles.get(column, column), self.date_rule
            if order == "both":
                note = "the column is refused; it has days before months and months before days"
            elif order is not None:
                note = f"dates are {order}, as rows of the file prove"
            else:
                note = f"dates are {rule} by the rule of the format; no row proves it"
            if order or rule:
                self.table.notes.append(f"{title}: {note}")
            self._orders[column] = order or rule
        return self._orders[column]


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
            table.refused.add(record.row, refused.column, refused.value, refused.reason)
    return rows


def refuse_repeats(
    table: PublishedTable, rows: list[Row], key: Sequence[str], says: str
) -> list[Row]:
    """Refuse records that give a key again, and return the rows that stay.

    The same figures again: the later record is refused. Other figures: every record of that
    key is refused, because nothing here says which one holds. `says` is the key in words,
    with the key's columns in braces, for the reason.
    """
    by_key: dict[tuple[Any, ...], dict[int, None]] = defaultdict(dict)
    contents: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        by_key[tuple(row.get(name) for name in key)][row["row"]] = None
        contents[row["row"]].append({name: row[name] for name in row if name != "row"})
    reasons: dict[int, str] = {}
    for values, lines in by_key.items():
        if len(lines) < 2:
            continue
        words = says.format(**dict(zip(key, values, strict=True)))
        first, *later = lines
        if all(contents[line] == contents[first] for line in later):
            reasons.update(dict.fromkeys(later, f"{words} again, as in row {first}"))
        else:
            few = list(lines)[:6]
            for line in lines:
                others = [other for other in few if other != line][:5]
                more = len(lines) - 1 - len(others)
                named = ", ".join(map(str, others)) + (f" and {more:,} more" if more else "")
                reasons[line] = f"{words} stands in row {named} too, with other figures"
    for line, reason in reasons.items():
        table.refused.add(line, "", "", reason)
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


def share_of_falls(figures: Iterable[int | None]) -> float:
    """Return on which share of its steps a series falls; 0 where it has none."""
    steps = list(pairwise([figure for figure in figures if figure is not None]))
    return sum(later < earlier for earlier, later in steps) / len(steps) if steps else 0.0


def add_notes(table: PublishedTable, notes: Sequence[str]) -> None:
    """Add notes of one kind: the first of them, and how many more there are."""
    table.notes.extend(notes[:MOST_NOTES])
    if len(notes) > MOST_NOTES:
        table.notes.append(f"… and {len(notes) - MOST_NOTES:,} more notes of this kind")


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
        table.notes.append(f"columns not taken over: {say_first(left, 50)}")
    flagged = sum(bool(row["flag"]) for row in rows)
    if flagged:
        table.notes.append(f"{flagged:,} figures are flagged (column flag)")
    refused = make_refused(table.refused.rows)
    kept = len({record.row for record in table.records} - set(refused["row"]))
    return Imported(
        make_frame(rows, columns), refused, kept + len(refused), kept, tuple(table.notes)
    )
