"""A projection as a frame: one row a quantile, with everything needed to score it later."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

#: The columns of a projection, with their meanings; further columns stand behind them.
COLUMNS = {
    "as_of": "the day on which everything used was known",
    "counted_to": "the last day counted in the figures used",
    "target_day": "the day the projection speaks about",
    "origin": "ISO 3166 alpha-3 code of the country of origin",
    "quantile": "the share of outcomes expected at or below `value`, 0 to 1",
    "value": "people, a whole number",
    "definition": "what is counted",
    "method": "how the projection was made",
    "data_vintage": "the release of the data that was used",
}

#: What no projection here can know; it is printed with each.
LIMITS = (
    "The onset of a crisis cannot be projected: every projection here starts from people who "
    "are already abroad.",
    "At one year the outcome was more than 10% off the middle in about four of ten past "
    "projections; at five years the 80% interval spans about a factor of nine.",
    "Ranges say what followed in crises of the past. A new kind of crisis, a border that "
    "opens or closes, or a change in who is counted is not in them.",
)

DAILY_LIMITS = (
    "The end of a first wave of departures cannot be known while it lasts: the projection "
    "lets the pace of the last days fade, and no more.",
    "The daily method was tested on one crisis, Ukraine 2022: about five independent tests.",
    "A change of definition by the source is not in the ranges; past revisions of its figures are.",
)


def build_projection(
    values: pd.DataFrame,
    levels: Sequence[float],
    *,
    as_of: str | pd.Timestamp,
    counted_to: str | pd.Timestamp,
    definition: str,
    method: str,
    data_vintage: str,
) -> pd.DataFrame:
    """Return quantiles in columns as a projection: one row an origin, target day and level.

    Parameters
    ----------
    values : pandas.DataFrame
        `origin`, `target_day` and one column a level (people).
    levels : sequence of float
        The levels.
    as_of, counted_to : str or pandas.Timestamp
        The day known and the last day counted.
    definition, method, data_vintage : str
        See `COLUMNS`.

    Returns
    -------
    pandas.DataFrame
        The columns of `COLUMNS`, in the order of the rows and levels; days as datetimes,
        `value` as Int64.
    """
    long = values.melt(
        id_vars=["origin", "target_day"],
        value_vars=list(levels),
        var_name="quantile",
        value_name="value",
        ignore_index=False,
    ).sort_index(kind="stable")
    frame = long.reset_index(drop=True).assign(
        as_of=pd.Timestamp(as_of),
        counted_to=pd.Timestamp(counted_to),
        definition=definition,
        method=method,
        data_vintage=data_vintage,
    )
    frame["quantile"] = frame["quantile"].astype("float64")
    frame["value"] = frame["value"].astype("float64").round().astype("Int64")
    frame["target_day"] = pd.to_datetime(frame["target_day"])
    return frame[list(COLUMNS)]
