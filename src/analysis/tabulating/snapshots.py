"""From snapshots to changes: of many copies of one table, what each published as new."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.tables import Record


def keep_changes(
    frame: pd.DataFrame, *, snapshot: str, key: Sequence[str], value: str, whole: bool = True
) -> pd.DataFrame:
    """Return the rows in which a snapshot says something that the one before it did not.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows of snapshots; `snapshot` sorts them in the order of time.
    snapshot, value : str
        The columns of the snapshot and of the figure. Rows without a figure are left out,
        as if the snapshot did not have them.
    key : sequence of str
        The columns that say what is counted, and for which day.
    whole : bool
        Whether each snapshot holds the whole series, so that a figure it lacks has been
        taken back. False for snapshots that hold only what changed.

    Returns
    -------
    pandas.DataFrame
        The columns of `frame` and `change`: "new", "revised" or "withdrawn" (with the figure
        that was withdrawn, and the snapshot that lacks it), in the order of the snapshots
        and within each as in `frame`, the withdrawn ones last.
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
