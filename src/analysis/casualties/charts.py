"""Charts of casualties: the rows that are given, and nothing read again from the folder."""

from __future__ import annotations

import pandas as pd

from analysis.charts import Chart, Fold, plot_claims, plot_losses, plot_over_time, size_for_rows
from analysis.claims.absence import say_absent, shorten_absence
from analysis.claims.days import say_known
from analysis.claims.findings import add_labels, write_course, write_finding
from analysis.claims.prose import capitalise, write_alt_text
from analysis.claims.scope import say_places, say_scope
from analysis.tables.known import day_known, name_chart

_LEFT_OUT = "Claims of the parties to the conflict are left out."


def chart_casualties_by_source(claims: pd.DataFrame) -> Chart:
    """Return a chart with one row for each claim given, from its low to its high end.

    Parameters
    ----------
    claims : pandas.DataFrame
        Rows of `book.casualties.by_source()`, filtered and sorted at will; the chart draws
        them in their order, and title, subtitle, footer and alternative text speak of these
        rows only.
    """
    noun = _noun(claims)
    empty, finding = say_absent(claims, f"figure of {noun}"), write_finding(claims)
    title = finding.title or shorten_absence(empty)
    what = _say_what(claims, f"{_place(claims)}, the latest claim of each claimant")
    return Chart(
        name=name_chart("casualties_by_source", claims, who="civilians", outcome="killed"),
        rows=add_labels(claims),
        draw=lambda rows, ax: plot_claims(rows, ax, unit=noun, empty=empty),
        title=title,
        subtitle=_join(finding.rest, what, claims),
        alt=write_alt_text("Bar chart, a row a claim", title, what, claims, empty=empty),
        size=size_for_rows(len(claims)),
        fold=Fold("newest"),
    )


def chart_casualties_over_time(rows: pd.DataFrame) -> Chart:
    """Return a chart over time of the rows given: a line, band or arrows a series.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of `book.casualties.over_time()`, filtered at will.
    """
    noun, known_on = _noun(rows), day_known(rows)
    empty = say_absent(rows, f"figure of {noun}")
    title = write_course(rows) or shorten_absence(empty, "Over time")
    what = _say_what(rows, f"{_place(rows)} so far, by the last day counted or else published")
    return Chart(
        name=name_chart("casualties_over_time", rows, who="civilians", outcome="killed"),
        rows=add_labels(rows),
        draw=lambda frame, ax: plot_over_time(frame, ax, unit=noun, empty=empty, until=known_on),
        title=title,
        subtitle=_join("", what, rows),
        alt=write_alt_text("Chart over time", title, what, rows, empty=empty),
        size=size_for_rows(8),
        fold=Fold("newest", ("series",)),
    )


def chart_military_losses_by_claimant(losses: pd.DataFrame) -> Chart:
    """Return small multiples: whose losses, who says it, a lane a claimant along time.

    Parameters
    ----------
    losses : pandas.DataFrame
        Rows of `book.casualties.losses_by_claimant()`, filtered at will.
    """
    known_on, newest = day_known(losses), losses[losses["is_newest"]]
    empty, finding = say_absent(losses, f"figure of {_noun(losses)}"), write_finding(newest)
    title = finding.title or shorten_absence(empty)
    said = (
        "all statements of each claimant along time, the newest in words; the days counted differ"
    )
    where = f"losses of fighters {say_places(losses)}".strip()
    what = _say_what(losses, f"{where}: {said}")
    return Chart(
        name=name_chart("military_losses_by_claimant", losses),
        rows=add_labels(losses).assign(section=_name_losses(losses)),
        draw=lambda rows, ax: plot_losses(
            rows, ax, colours=losses.attrs.get("colours"), empty=empty, until=known_on
        ),
        title=title,
        subtitle=_join("", what, losses),
        alt=write_alt_text("Chart over time, a lane a claimant", title, what, newest, empty=empty),
        size=size_for_rows(len(newest)),
        fold=Fold("newest", ("section", "claimant_name")),
    )


def _name_losses(losses: pd.DataFrame) -> pd.Series:
    """Return whose losses each row counts, and where, if the rows differ in it."""
    places = say_scope(losses.drop(columns=["since", "counted_from"], errors="ignore"))
    return places.where(places != "", losses["counted"])


def _place(claims: pd.DataFrame) -> str:
    """What the rows count, and where they all are."""
    noun = _noun(claims)
    places = say_places(claims)
    return noun if places.removeprefix("in ") in noun else f"{noun} {places}"


def _noun(claims: pd.DataFrame) -> str:
    """What the rows count, or, where they count several things, what was asked for."""
    nouns = list(dict.fromkeys(claims["counted"].dropna()))
    if len(nouns) == 1:
        return str(nouns[0])
    return str(claims.attrs.get("noun", "people"))


def _say_what(claims: pd.DataFrame, what: str) -> str:
    return f"{capitalise(what)}{say_known(day_known(claims))}."


def _join(rest: str, what: str, claims: pd.DataFrame) -> str:
    left_out = "" if claims.attrs.get("parties", True) else _LEFT_OUT
    return " ".join(filter(None, [rest, what, left_out]))
