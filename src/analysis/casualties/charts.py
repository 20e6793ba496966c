"""Charts of casualties: the rows that are given, and nothing read again from the folder."""

from __future__ import annotations

import pandas as pd

from analysis.charts import Chart, plot_claims, plot_losses, plot_over_time, size_for_rows
from analysis.claims.absence import say_absent, shorten_absence
from analysis.claims.days import format_day
from analysis.claims.findings import add_labels, write_course, write_finding
from analysis.claims.prose import capitalise, write_alt_text, write_sentences
from analysis.claims.scope import say_place, say_scope
from analysis.tables.known import day_known, name_chart

_LEFT_OUT = " Claims of the parties to the conflict are left out."


def chart_casualties_by_source(claims: pd.DataFrame) -> Chart:
    """Return a chart with one row for each claim given, from its low to its high end.

    Parameters
    ----------
    claims : pandas.DataFrame
        Rows of `book.casualties.by_source()`, filtered and sorted at will; the chart draws
        them in their order, and title, subtitle, footer and alternative text speak of these
        rows only.
    """
    noun, known_on = _noun(claims), day_known(claims)
    finding = write_finding(claims)
    return Chart(
        name=name_chart("casualties_by_source", claims, who="civilians", outcome="killed"),
        rows=add_labels(claims),
        draw=lambda rows, ax: plot_claims(
            rows, ax, unit=noun, empty=say_absent(claims, f"figure of {noun}")
        ),
        title=finding.title or shorten_absence(say_absent(claims, f"figure of {noun}")),
        subtitle=_subtitle(
            finding.rest,
            f"{_say_what(claims, noun)}, the latest claim of each claimant",
            known_on,
            claims,
        ),
        alt=write_alt_text(
            "Chart with one row for each claim, from its low to its high end",
            finding.title,
            write_sentences(claims),
            empty=say_absent(claims, f"figure of {noun}"),
        ),
        size=size_for_rows(len(claims)),
    )


def chart_casualties_over_time(rows: pd.DataFrame) -> Chart:
    """Return a chart over time of the rows given: a line, band or arrows a series.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of `book.casualties.over_time()`, filtered at will.
    """
    noun, known_on = _noun(rows), day_known(rows)
    title = write_course(rows)
    return Chart(
        name=name_chart("casualties_over_time", rows, who="civilians", outcome="killed"),
        rows=add_labels(rows),
        draw=lambda frame, ax: plot_over_time(
            frame, ax, unit=noun, empty=say_absent(rows, f"figure of {noun}"), until=known_on
        ),
        title=title or shorten_absence(say_absent(rows, f"figure of {noun}"), "Over time"),
        subtitle=_subtitle(
            "",
            f"{_say_what(rows, noun)} so far, by the last day counted (or else the day published), "
            "the newest figure of each claimant and day",
            known_on,
            rows,
        ),
        alt=write_alt_text(
            "Chart over time with one line, band or row of points for each claimant",
            title,
            write_casualties_over_time(rows),
            empty=say_absent(rows, f"figure of {noun}"),
        ),
        size=size_for_rows(8),
    )


def chart_military_losses_by_claimant(losses: pd.DataFrame) -> Chart:
    """Return small multiples: whose losses, who says it, a lane a claimant along time.

    Parameters
    ----------
    losses : pandas.DataFrame
        Rows of `book.casualties.losses_by_claimant()`, filtered at will.
    """
    noun, known_on = _noun(losses), day_known(losses)
    newest = losses[losses["is_newest"]]
    finding = write_finding(newest)
    return Chart(
        name=name_chart("military_losses_by_claimant", losses),
        rows=add_labels(losses).assign(section=_name_losses(losses)),
        draw=lambda rows, ax: plot_losses(
            rows,
            ax,
            colours=losses.attrs.get("colours"),
            empty=say_absent(losses, f"figure of {noun}"),
            until=known_on,
        ),
        title=finding.title or shorten_absence(say_absent(losses, f"figure of {noun}")),
        subtitle=_subtitle(
            "",
            "The statements of each claimant along time, the newest in words with its day; "
            "the days counted differ",
            known_on,
            losses,
        ),
        alt=write_alt_text(
            "Small multiples with one lane for each claimant along time",
            finding.title,
            write_sentences(newest),
            empty=say_absent(losses, f"figure of {noun}"),
        ),
        size=size_for_rows(len(newest)),
    )


def _name_losses(losses: pd.DataFrame) -> pd.Series:
    """Return whose losses each row counts, and where, if the rows differ in it."""
    places = say_scope(losses.drop(columns=["since", "counted_from"], errors="ignore"))
    return places.where(places != "", losses["counted"])


def write_casualties_over_time(rows: pd.DataFrame) -> list[str]:
    """Return one sentence a series: its last figure, and how many there are."""
    sentences = []
    for _, series in rows.groupby("series", sort=False):
        said = write_sentences(series.tail(1))[0]
        more = f" It is the last of {len(series)} figures." if len(series) > 1 else ""
        sentences.append(said + more)
    return sentences


def _say_what(claims: pd.DataFrame, noun: str) -> str:
    """What the rows count, and where they all are."""
    return capitalise(f"{noun} {say_place(claims)}".strip())


def _noun(claims: pd.DataFrame) -> str:
    """What the rows count, or, where they count several things, what was asked for."""
    nouns = list(dict.fromkeys(claims["counted"].dropna()))
    if len(nouns) == 1:
        return str(nouns[0])
    return str(claims.attrs.get("noun", "people"))


def _subtitle(rest: str, what: str, known_on: pd.Timestamp | None, claims: pd.DataFrame) -> str:
    day = f", as known on {format_day(known_on)}" if known_on is not None else ""
    left_out = "" if claims.attrs.get("parties", True) else _LEFT_OUT
    return " ".join(filter(None, [rest, f"{what}{day}. People.{left_out}"]))
