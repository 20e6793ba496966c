"""Refugees and projections beside a population, to scale; refugees for 1,000 inhabitants."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import pandas as pd
from matplotlib.axes import Axes

from analysis.charts.bars import Bar, draw_bars, read_status, say_doubt, to_flag, to_number
from analysis.charts.room import NOTHING_KNOWN, require, say_nothing
from analysis.charts.style import POPULATION, PROJECTION, REFUGEES
from analysis.charts.typeset import plain
from analysis.safety import InputError

POPULATION_COLUMNS = ("label", "kind", "low", "best", "high", "wording")
THOUSAND_COLUMNS = ("label", "low", "best", "high")

_COLOURS = {"population": POPULATION, "refugees": REFUGEES, "projection": PROJECTION}


def plot_against_population(
    rows: pd.DataFrame, ax: Axes, *, unit: str = "people", empty: str = NOTHING_KNOWN
) -> Axes:
    """Draw refugees, projections and populations on one scale from zero, each a bar.

    Needs `label` (whose figure of what), `kind` (population, refugees or projection), `low`,
    `best`, `high` (people; a missing end is open) and `wording`. Used where they are there:
    `share`, the share of a population in words with its denominator, after the wording; `detail`,
    a second line under the label; `heading`, above the first of the rows that share it; `age`,
    which makes an old figure paler; `status`; `is_party`. `unit` stands under the scale.
    """
    require(rows, POPULATION_COLUMNS, "plot_against_population")
    if rows.empty:
        return say_nothing(ax, empty)
    unknown = sorted(set(rows["kind"].map(plain)) - set(_COLOURS))
    if unknown:
        raise InputError(
            f"plot_against_population knows the kinds {', '.join(_COLOURS)}, not "
            f"{', '.join(unknown)}"
        )
    return _plot(rows, ax, unit)


def plot_per_thousand(
    rows: pd.DataFrame,
    ax: Axes,
    *,
    unit: str = "refugees per 1,000 inhabitants",
    empty: str = NOTHING_KNOWN,
) -> Axes:
    """Draw refugees for 1,000 inhabitants, a bar a denominator or country, from zero.

    Needs `label` (the denominator with its year and territory, or the country), `low`, `best`,
    `high` (refugees for 1,000 inhabitants; a missing end is open). Used as in
    `plot_against_population`: `wording` (else it is written from the ends), `detail`, `heading`,
    `age`, `kind`, `status`, `is_party`.
    """
    require(rows, THOUSAND_COLUMNS, "plot_per_thousand")
    if rows.empty:
        return say_nothing(ax, empty)
    said = rows["wording"].map(plain) if "wording" in rows else pd.Series("", index=rows.index)
    ends = zip(rows["low"], rows["best"], rows["high"], strict=True)
    words = [one or say_ends(*of) for one, of in zip(said, ends, strict=True)]
    return _plot(rows.assign(wording=words), ax, unit)


def _plot(rows: pd.DataFrame, ax: Axes, unit: str) -> Axes:
    rows = rows.assign(status=read_status(rows))
    return draw_bars([_as_bar(row) for row in rows.to_dict("records")], ax, unit=unit)


def say_ends(low: object, best: object, high: object) -> str:
    """Return bounds in words with one decimal: "22.7", "22.5 to 23.1", "at least 22.5"."""
    floor, middle, ceiling = (_say_end(end) for end in (low, best, high))
    if middle and floor == ceiling == middle:
        return middle
    if floor and ceiling:
        if floor == "0":
            words = f"up to {ceiling}"
        else:
            words = floor if floor == ceiling else f"{floor} to {ceiling}"
        return f"{middle} ({words})" if middle else words
    if floor:
        return f"at least {floor}"
    return f"at most {ceiling}" if ceiling else ""


def _say_end(end: object) -> str:
    """Return one end; a small one keeps a digit, so that it doesn't read as zero."""
    value = to_number(end)
    if value is None:
        return ""
    return f"{value:,.1f}" if value >= 0.1 else f"{value:.1g}"


def _as_bar(row: Mapping[Hashable, object]) -> Bar:
    low, best, high = (to_number(row[end]) for end in ("low", "best", "high"))
    status = plain(row.get("status"))
    return Bar(
        name=plain(row["label"]),
        detail=plain(row.get("detail")),
        low=low, best=best, high=high,
        wording=plain(row["wording"]) or "no figure stated",
        aside=plain(row.get("share")),
        colour=_COLOURS.get(plain(row.get("kind")), REFUGEES),
        party=to_flag(row.get("is_party")),
        doubt=say_doubt(status),
        withdrawn=status == "withdrawn",
        heading=plain(row.get("heading")),
        faded=bool(plain(row.get("age"))),
    )  # fmt: skip
