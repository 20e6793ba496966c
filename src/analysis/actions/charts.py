"""Charts of actions and of totals: how far each has gone, and how many are counted."""

from __future__ import annotations

import pandas as pd

from analysis.charts import Chart, Fold, plot_claims, plot_timeline, size_for_rows
from analysis.claims.absence import say_absent, shorten_absence
from analysis.claims.days import OLD_AFTER, format_day, say_age, say_known
from analysis.claims.findings import choose_title, say_ages, write_finding
from analysis.claims.prose import capitalise, mark_doubt, write_alt_text
from analysis.tables import InputError, Record
from analysis.tables.known import day_known, name_chart


def chart_sanctions_and_company_actions(actions: pd.DataFrame) -> Chart:
    """Return the timeline of the actions given, with a lane for days not stated.

    Parameters
    ----------
    actions : pandas.DataFrame
        Rows of `book.actions.claims()`, filtered at will.
    """
    empty = say_absent(actions, "action")
    title, known_on = shorten_absence(empty), day_known(actions)
    if len(actions):
        last = pd.Timestamp(actions["published_on"].max())
        old = known_on is not None and known_on - last > OLD_AFTER
        age = f", {say_age(last, known_on)}" if known_on is not None and old else ""
        title = choose_title(
            f"{len(actions)} actions{of}{by} {format_day(last)}{age}: {stage}"
            for stage in _say_stages(actions)
            for of, by in (
                (f" of {actions['actor'].nunique()} actors", " reported by"),
                ("", " reported by"),
                ("", " by"),
            )
        )
    what = "How far each action has gone, by the words of its source"
    what += f"{say_known(known_on)}."
    said = [_say_done(row) for row in actions.to_dict("records")]
    return Chart(
        name=name_chart("sanctions_and_company_actions", actions),
        rows=actions.assign(description=pd.Series(said, index=actions.index, dtype="str")),
        draw=lambda rows, ax: plot_timeline(rows, ax, empty=empty),
        title=title,
        subtitle=f"{what} Announced is not done.",
        alt=write_alt_text("List of actions, a row each", title, what, actions, empty=empty),
        size=size_for_rows(len(actions), row_height=0.3),
    )


def chart_action_totals(totals: pd.DataFrame) -> Chart:
    """Return a chart with one row for each total given; rows of one unit only are one chart.

    Parameters
    ----------
    totals : pandas.DataFrame
        Rows of `book.actions.totals()` of one unit, filtered at will.

    Raises
    ------
    InputError
        The rows count in more than one unit: people and money share no scale.
    """
    units = list(totals["unit"].dropna().unique())
    if len(units) > 1:
        raise InputError(
            f"these totals count in {', '.join(units)}, which share no scale; "
            'choose one, such as totals[totals["unit"] == "people"]'
        )
    empty = say_absent(totals, "total")
    finding = write_finding(totals)
    unit = str(units[0]) if units else "people"
    said = f"{capitalise(str(totals.attrs.get('noun', 'totals')))}, by claimant"
    said += f"{say_known(day_known(totals))}."
    return Chart(
        name=name_chart("action_totals", totals) + f"_{unit.replace(' ', '_').lower()}",
        rows=totals,
        draw=lambda rows, ax: plot_claims(rows, ax, unit=unit, empty=empty),
        title=finding.title or shorten_absence(empty),
        subtitle=" ".join(filter(None, [finding.rest, said, f"{capitalise(unit)}."])),
        alt=write_alt_text("Bar chart, a row a total", finding.title, said, totals, empty=empty),
        size=size_for_rows(len(totals)),
        fold=Fold("newest"),
    )


def write_actions(actions: pd.DataFrame) -> list[str]:
    """Return a sentence an action: its rung, its figure, its claimant, its day and its age."""
    ages = say_ages(actions.assign(as_of=None))
    return [
        _write_action(row, age) for row, age in zip(actions.to_dict("records"), ages, strict=True)
    ]


def _say_stages(actions: pd.DataFrame) -> list[str]:
    """Return how many actions are how far: what goes on as before is no promise."""
    done, same = int(actions["done"].sum()), int((actions["action"] == "continuing").sum())
    promised = len(actions) - done - same
    if done == len(actions):
        return ["all under way or done"]
    return [
        ", ".join(
            f"{number} {what}"
            for number, what in ((done, "under way or done"), (promised, said), (same, "as before"))
            if number
        )
        for said in ("announced or proposed", "not yet")
    ]


def _write_action(row: Record, age: str) -> str:
    day = row["date"]
    when: str = "" if pd.isna(day) else f" on {format_day(pd.Timestamp(day))}"
    reported = format_day(pd.Timestamp(row["published_on"]))
    old = f", {age}" if age else ""
    done = capitalise(f"{row['actor']}: {_say_done(row, when)}")
    said = f"reported on {reported}{old}{mark_doubt(row)}"
    return f"{done}, according to {row['claimant_said']} ({said})."


def _say_done(row: Record, when: str = "") -> str:
    """The rung with its object, and the figure: "closing its operations (co-workers: 15,000)".

    The day follows the rung: what is announced for later is not done on that day.
    """
    said = f"{row['action']}{when} {row['description']}"
    if pd.isna(row["wording"]):
        return said
    is_plain = pd.isna(row["unit"]) or row["unit"] == "people"
    is_said = is_plain or "$" in str(row["wording"]) or str(row["unit"]) in str(row["wording"])
    unit = "" if is_said else f" {row['unit']}"
    counted = "figure" if pd.isna(row["figure_of"]) else row["figure_of"]
    return f"{said} ({counted}: {row['wording']}{unit})"
