"""Statements and the stances on them: what the tables of places and of talks have in common.

A statement is one sentence of ours, the same in the rows of everybody who takes a stance
on it, so that who says, denies or keeps silent can be set side by side.
"""

from __future__ import annotations

import pandas as pd

#: The stances that make a statement contested.
_AGAINST = ("denies", "no comment")


def pivot_stances(rows: pd.DataFrame) -> pd.DataFrame:
    """Return statements as rows and claimants as columns, with the stance in the cell.

    Parameters
    ----------
    rows : pandas.DataFrame
        `statement`, `claimant_short`, `stance`.

    Returns
    -------
    pandas.DataFrame
        `statement`, then a column a claimant in the order of first appearance; "" where a
        claimant takes no stance. Empty for no rows.
    """
    if rows.empty:
        return pd.DataFrame(columns=["statement"])
    grid = rows.drop_duplicates(["statement", "claimant_short"]).pivot(
        index="statement", columns="claimant_short", values="stance"
    )
    grid = grid.reindex(index=rows["statement"].unique(), columns=rows["claimant_short"].unique())
    return grid.fillna("").rename_axis(None, axis="columns").reset_index()


def find_contested(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the statements that somebody denies, or was silent on; index 0, 1, …."""
    contested = rows.loc[rows["stance"].isin(_AGAINST), "statement"].unique()
    return rows[rows["statement"].isin(contested)].reset_index(drop=True)


def mark_contested(rows: pd.DataFrame) -> pd.DataFrame:
    """Return `rows` with `contested`: whether somebody denies the statement or was silent on it."""
    return rows.assign(contested=rows["statement"].isin(find_contested(rows)["statement"]))
