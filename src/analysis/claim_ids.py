"""A short name of each figure that stays while its row says the same of the same thing."""

from __future__ import annotations

import hashlib
from typing import Any

import pandas as pd

#: What a figure is: who says it where, of whom and what, and of which days. A table has some.
IDENTITY = (
    *("source_id", "locator", "claimant", "since", "as_of", "who", "side", "area"),
    *("origin", "asylum", "outcome", "measure", "made_on", "target_day", "definition"),
    *("resolution", "vote_date", "vote", "topic", "place", "said_on", "statement"),
    *("actor", "action", "target", "date", "member_state"),
)

#: What is said of it: where this differs, the figure has changed.
_SAID = ("wording", "low", "best", "high", "status", "standard", "stance", "unit")

_LENGTH = 10


def name_figures(claims: pd.DataFrame) -> pd.Series:
    """Return the id of each claim: ten hexadecimal digits, "" where no source is named.

    Parameters
    ----------
    claims : pandas.DataFrame
        Rows as `read_claims` gives them, or as a chart draws them: where they have `claim_id`,
        that is the id.
    """
    if "claim_id" in claims:
        return claims["claim_id"].astype("str").fillna("")
    return _hash(claims, IDENTITY).mask(_are_nameless(claims), "")


def hash_figures(claims: pd.DataFrame) -> pd.Series:
    """Return a short hash of what each claim says: its wording, ends, status and standard."""
    return _hash(claims, _SAID)


def hash_claims(*frames: pd.DataFrame) -> dict[str, str]:
    """Return what the claims of `frames` say, as `hash_figures`, by their ids.

    A tabulation that works something out hands this out as `attrs["behind"]`: the claims behind
    its rows, which a chart of them names in its files.
    """
    return {
        name: said
        for claims in frames
        for name, said in zip(name_figures(claims), hash_figures(claims), strict=True)
        if name
    }


def _are_nameless(claims: pd.DataFrame) -> pd.Series:
    if not {"source_id", "locator"} <= set(claims.columns):
        return pd.Series(True, index=claims.index)
    return claims["source_id"].isna() | claims["locator"].isna()


def _hash(claims: pd.DataFrame, names: tuple[str, ...]) -> pd.Series:
    """Hash the cells of the columns named that are there and not empty, with their names."""
    columns = [name for name in names if name in claims.columns]
    rows = zip(*(_say_cells(claims[name]) for name in columns), strict=True)
    hashes = [
        hashlib.sha256("\n".join(filter(None, row)).encode()).hexdigest()[:_LENGTH] for row in rows
    ]
    return pd.Series(hashes or [""] * len(claims), index=claims.index, dtype="str")


def _say_cells(cells: pd.Series) -> list[str]:
    """Return each cell with its column's name, "" for a missing one; equal cells are said once."""
    codes, values = pd.factorize(cells)
    texts = [f"{cells.name}={text}" if (text := _say(cell)) else "" for cell in values.tolist()]
    texts.append("")  # a missing cell has the code -1
    return [texts[code] for code in codes]


def _say(cell: Any) -> str:
    if isinstance(cell, pd.Timestamp):
        return cell.date().isoformat()
    # 249 and 249.0 are one number, whatever the dtype of the column.
    return f"{cell:.12g}" if isinstance(cell, (int, float)) else str(cell)
