"""What recipes are made with: what a part states, rows of a table, and changes of snapshots."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.tables import Record, Table

#: The format of a published table that is read as it stands, every cell as text.
PLAIN_TABLE = ""


@dataclass(frozen=True)
class Part:
    """One file of a table that is built from one published file."""

    #: The name of the file in the casebook: TABLE.PART.csv.
    file: str
    #: The table whose columns and rules the rows have.
    table: Table
    #: A format of `analysis.imports`, or `PLAIN_TABLE`.
    format: str
    #: The published file, below the folder of published files.
    path: str
    #: The imported frame to rows of text with exactly the table's columns; a missing value is an
    #: empty cell.
    rows: Callable[[pd.DataFrame], pd.DataFrame]

    @property
    def name(self) -> str:
        """The name of the file without its ending, such as "refugees.unhcr-daily"."""
        return self.file.removesuffix(".csv")


@dataclass(frozen=True)
class Rebuilt:
    """What became of one part."""

    #: The name of the part.
    file: str
    #: rows_read, rows_kept, rows_refused: Published rows: ``rows_read == rows_kept +
    #: rows_refused``.
    rows_read: int = 0
    rows_kept: int = 0
    rows_refused: int = 0
    #: Rows of the part; a wide row of the published file can make several, and a repeat none.
    rows_written: int = 0
    #: The size of the part.
    bytes: int = 0
    #: Why the part was not written, in one line; "" where it was.
    problem: str = ""


def make_rows(table: Table, **columns: object) -> pd.DataFrame:
    """Return rows of `table` as text from some of its columns; the others are empty.

    A column is a series, all of one length, or a single value for all rows. Days become YYYY-MM-DD,
    whole numbers digits, missing values "".
    """
    # Series first: they say how many rows there are, single values are repeated.
    ordered = sorted(columns, key=lambda name: not isinstance(columns[name], pd.Series))
    frame = pd.DataFrame({name: columns[name] for name in ordered})
    for name in frame.columns:
        column = frame[name]
        if pd.api.types.is_datetime64_any_dtype(column):
            frame[name] = column.dt.strftime("%Y-%m-%d")
        frame[name] = frame[name].astype("string").fillna("").astype("object")
    return frame.reindex(columns=table.columns, fill_value="").reset_index(drop=True)


def keep_changes(
    frame: pd.DataFrame, *, snapshot: str, key: Sequence[str], value: str, whole: bool = True
) -> pd.DataFrame:
    """Return the rows in which a snapshot says something that the one before it did not.

    `snapshot` sorts the snapshots in the order of time; `key` says what is counted, and for which
    day. Rows without a `value` are left out, as if the snapshot did not have them. `whole` says
    whether each snapshot holds the whole series, so that a figure it lacks has been taken back;
    others hold only what changed.

    `change` is added: "new", "revised" or "withdrawn" (with the figure that was withdrawn, and the
    snapshot that lacks it), in the order of the snapshots and within each as in `frame`, the
    withdrawn ones last.
    """
    known: dict[tuple[object, ...], Record] = {}
    rows: list[Record] = []
    for moment, group in frame[frame[value].notna()].groupby(snapshot, sort=True):
        present = set()
        for row in group.to_dict("records"):
            name = tuple(row[column] for column in key)
            present.add(name)
            before = known.get(name)
            if before is None or before[value] != row[value]:
                rows.append({**row, "change": "new" if before is None else "revised"})
            known[name] = row
        if whole:
            for name in [name for name in known if name not in present]:
                rows.append({**known.pop(name), snapshot: moment, "change": "withdrawn"})
    changed = pd.DataFrame(rows, columns=[*frame.columns, "change"])
    return changed.astype(dict(frame.dtypes))


def say_snapshot(moments: pd.Series) -> pd.Series:
    """Return moments as a locator: "2022-03-07T18:03:30Z" becomes "snapshot 2022-03-07T18:03Z"."""
    return "snapshot " + moments.str[:16] + "Z"


def say_status(changes: pd.Series) -> pd.Series:
    """Return the status of each change: withdrawn, or else stated."""
    return changes.map({"new": "stated", "revised": "stated", "withdrawn": "withdrawn"})
