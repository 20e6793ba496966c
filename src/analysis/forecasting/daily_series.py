"""A daily series with its revisions: what was known of each day on each later day.

A frame of flows has `as_of` (the day counted), `published_on` (the day the figure became
known) and `value` (people on that day, no running total). Only changes need a row.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.forecasting.scoring import Floats


def read_published_flows(path: str | Path) -> pd.DataFrame:
    """Return the daily flows of a table of snapshots of UNHCR's series.

    Parameters
    ----------
    path : str or Path
        A CSV with `snapshot_utc`, `data_date`, `individuals` and `series_kind`; only rows of
        the kind daily_flow are read: the later kind, level, counts something else.

    Returns
    -------
    pandas.DataFrame
        A frame of flows; of several snapshots on one day the last one stands.
    """
    table = pd.read_csv(path)
    flows = table[table["series_kind"] == "daily_flow"]
    moment = pd.to_datetime(flows["snapshot_utc"], utc=True).dt.tz_localize(None)
    frame = pd.DataFrame(
        {
            "published_on": moment.dt.normalize(),
            "as_of": pd.to_datetime(flows["data_date"]),
            "value": flows["individuals"].astype("float64"),
            "moment": moment,
        }
    ).sort_values(["moment", "as_of"], kind="stable")
    last = frame.groupby("published_on")["moment"].transform("max")
    kept = frame[frame["moment"] == last]
    return kept[["published_on", "as_of", "value"]].reset_index(drop=True)


def flows_of_claims(claims: pd.DataFrame) -> pd.DataFrame:
    """Return the flows of claims of one measure, such as "border crossings per day".

    Parameters
    ----------
    claims : pandas.DataFrame
        A claims frame with `published_on`, `as_of` (the one day counted) and `best`; rows
        without a figure are left out.

    Returns
    -------
    pandas.DataFrame
        A frame of flows.
    """
    stated = claims[claims["best"].notna() & claims["as_of"].notna()]
    frame = stated[["published_on", "as_of"]].assign(value=stated["best"].astype("float64"))
    return frame.reset_index(drop=True)


def flows_known_on(flows: pd.DataFrame, day: str | date | pd.Timestamp) -> pd.Series:
    """Return the flow of each day as it was known on `day`: published then or before.

    Parameters
    ----------
    flows : pandas.DataFrame
        A frame of flows (see the module).
    day : str, datetime.date or pandas.Timestamp
        The day of the replay.

    Returns
    -------
    pandas.Series
        People a day, indexed by consecutive days; empty if nothing was known.

    Raises
    ------
    ValueError
        A day within the series has no figure.
    """
    known = flows[flows["published_on"] <= pd.Timestamp(day)]
    known = known.sort_values(["as_of", "published_on"], kind="stable")
    series = known.drop_duplicates("as_of", keep="last").set_index("as_of")["value"]
    series = series.astype("float64")
    if len(series):
        days = pd.date_range(series.index[0], series.index[-1], name="as_of")
        if len(days) != len(series):
            gap = days[~days.isin(series.index)][0]
            raise ValueError(
                f"flows: no figure for {gap:%Y-%m-%d}, known on {pd.Timestamp(day):%Y-%m-%d}"
            )
        series.index = days
    return series


def past_revisions(flows: pd.DataFrame, day: str | date | pd.Timestamp) -> Floats:
    """Return by how much the totals published before had been revised by `day`.

    For each earlier day of publication: the logarithm of the total through the last day then
    counted, as known on `day`, over the same total as known then.
    """
    known = flows[flows["published_on"] <= pd.Timestamp(day)]
    if known.empty:
        return np.empty(0)
    wide = known.pivot_table(index="published_on", columns="as_of", values="value", aggfunc="last")
    wide = wide.sort_index().ffill()
    then = wide.sum(axis="columns").to_numpy(dtype="float64")
    counted = wide.notna().to_numpy()
    now = np.where(counted, wide.to_numpy(dtype="float64")[-1], 0.0).sum(axis=1)
    return np.asarray(np.log(now / then)[:-1])


def treat_as_final(flows: pd.DataFrame) -> pd.DataFrame:
    """Return the last figure of each day as if it had been known the day after and never changed.

    A backtest on it is what a careless one does: it hides the revisions.
    """
    final = flows_known_on(flows, flows["published_on"].max())
    return pd.DataFrame(
        {
            "published_on": pd.DatetimeIndex(final.index) + pd.Timedelta(days=1),
            "as_of": final.index,
            "value": final.to_numpy(),
        }
    )
