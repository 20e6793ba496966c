"""Charts of refugees and the displaced: the rows that are given, and nothing read again."""

from __future__ import annotations

import pandas as pd

from analysis.charts import (
    Chart,
    Fold,
    plot_claims,
    plot_over_time,
    plot_per_thousand,
    plot_revisions,
    size_for_rows,
)
from analysis.claims.absence import say_absent, shorten_absence
from analysis.claims.days import format_day, say_age, say_known
from analysis.claims.findings import (
    add_labels,
    choose_title,
    cite_claim,
    cite_shorter,
    is_old,
    say_ages,
    write_course,
    write_finding,
)
from analysis.claims.prose import capitalise, mark_doubt, write_alt_text
from analysis.claims.scope import say_first_day, say_places
from analysis.refugees.running_totals import find_day_passed
from analysis.refugees.table import MEASURES, TOTAL
from analysis.tables import Record
from analysis.tables.asked import require_number
from analysis.tables.known import day_known, name_chart
from analysis.tables.scope import EVERYBODY

_MILLION = 1_000_000


def chart_refugees_over_time(rows: pd.DataFrame) -> Chart:
    """Return a chart over time of the rows given, a line a series, with its breaks.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of `book.refugees.over_time()`, filtered at will.
    """
    known_on, absent = day_known(rows), say_absent(rows)
    breaks = [
        (row["breaks_on"], f"{format_day(row['breaks_on'])}: {row['reason']}")
        for row in rows.attrs.get("breaks", [])
        if ((rows["claimant"] == row["claimant"]) & (rows["measure"] == row["measure"])).any()
    ]
    title, rest = _find_totals(rows, known_on)
    title = title or shorten_absence(absent)
    what = f"All countries of asylum together, by the last day counted{say_known(known_on)}."
    note = "A border crossing is not a refugee recorded."
    return Chart(
        name=name_chart("refugees_over_time", rows),
        rows=rows.assign(age=say_ages(rows)),
        draw=lambda frame, ax: plot_over_time(
            frame, ax, unit="people", empty=absent, until=known_on, breaks=breaks
        ),
        title=title,
        subtitle=" ".join(filter(None, [rest, what, note])),
        alt=write_alt_text("Line chart over time", title, what, rows, empty=absent),
        size=size_for_rows(8),
        fold=Fold("newest", ("series",)),
    )


def chart_refugees_by_country(rows: pd.DataFrame, *, most: int = 15) -> Chart:
    """Return a bar a country of asylum, in the order of the rows given.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of `book.refugees.by_country()`, filtered and sorted at will.
    most : int
        The most countries of each claimant and measure that are drawn, from the first.
    """
    shown = take_most(rows, most)
    known_on, absent = day_known(rows), say_absent(rows)
    several = shown["counted"].str.replace(" (into|in) .*", "", regex=True).nunique() > 1
    drawn = shown.assign(
        label=name_hosts(shown),
        detail=[say_who(row, known_on) for row in shown.to_dict("records")],
        heading=say_headings(shown, measure=several),
        age=say_ages(shown),
    )
    # The populations beside these figures are not drawn, so that they are not cited.
    drawn = drawn[[name for name in drawn.columns if not str(name).startswith("population_")]]
    title, rest = _find_countries(shown, known_on)
    title = title or shorten_absence(absent)
    what = f"{say_measures(shown)}: the latest figure of each country{say_most(rows, shown)}"
    what += f"{say_known(known_on)}."
    return Chart(
        name=name_chart("refugees_by_country", rows),
        rows=drawn,
        draw=lambda frame, ax: plot_per_thousand(frame, ax, unit="people", empty=absent),
        title=title,
        subtitle=f"{rest} {what}".strip(),
        alt=write_alt_text("Bar chart, a bar a country", title, what, drawn, empty=absent),
        size=size_for_rows(len(drawn)),
    )


def chart_displaced_by_source(claims: pd.DataFrame) -> Chart:
    """Return a chart with one row for each claim of displaced people given.

    Parameters
    ----------
    claims : pandas.DataFrame
        Rows of `book.refugees.displaced_by_source()`, filtered and sorted at will.
    """
    known_on, absent = day_known(claims), say_absent(claims)
    shares = _find_shares(claims)
    finding = write_finding(claims if shares.all() else claims[~shares])
    title = finding.title or shorten_absence(absent)
    # A share has no place on a scale of people: it stands in words, unless there is nothing else.
    unit = "percent" if len(claims) and shares.all() else "people"
    what = f"Internally displaced people {say_places(claims)}".strip()
    what += f", the latest claim of each claimant{say_known(known_on)}."
    note = "Where they are and where they come from are two counts of the same people."
    twice = claims["measure"].nunique() > 1
    return Chart(
        name=name_chart("displaced_by_source", claims),
        rows=add_labels(claims),
        draw=lambda rows, ax: plot_claims(
            rows if unit == "percent" else _mask_shares(rows), ax, unit=unit, empty=absent
        ),
        title=title,
        subtitle=" ".join(filter(None, [finding.rest, what, note if twice else ""])),
        alt=write_alt_text("Bar chart, a row a claim", title, what, claims, empty=absent),
        size=size_for_rows(len(claims)),
        fold=Fold("newest"),
    )


def chart_displaced_over_time(rows: pd.DataFrame) -> Chart:
    """Return a chart over time of the displaced: no line joins two areas or two first days.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of `book.refugees.displaced_over_time()`, filtered at will.
    """
    rows = rows[~_find_shares(rows)]
    known_on, absent = day_known(rows), say_absent(rows)
    title = write_course(rows) or shorten_absence(absent, "Over time")
    what = f"Internally displaced people {say_places(rows)}".strip()
    what += f", by the last day counted or else published{say_known(known_on)}."
    return Chart(
        name=name_chart("displaced_over_time", rows),
        rows=add_labels(rows),
        draw=lambda frame, ax: plot_over_time(
            frame, ax, unit="people", empty=absent, until=known_on
        ),
        title=title,
        subtitle=what,
        alt=write_alt_text("Chart over time", title, what, rows, empty=absent),
        size=size_for_rows(8),
        fold=Fold("newest", ("series",)),
    )


def _find_shares(rows: pd.DataFrame) -> pd.Series:
    """Return which rows state a share, which has no place on a scale of people."""
    return rows["unit"].eq("percent").fillna(False).astype("bool")


def _mask_shares(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows whose shares are words and no figures."""
    shares = _find_shares(rows)
    ends = {name: rows[name].mask(shares) for name in ("low", "best", "high")}
    words = rows["wording"].mask(shares, rows["wording"] + ": a share, no number of people")
    return rows.assign(**ends, wording=words)


def chart_revisions_of_running_total(rows: pd.DataFrame) -> Chart:
    """Return how the running total of border crossings through one day was revised.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of `book.refugees.running_total_revisions()` of one claimant; of several the
        first is drawn.
    """
    known_on, absent = day_known(rows), say_absent(rows)
    rows = rows[rows["series"] == rows["series"].iloc[0]] if len(rows) else rows
    what, title = "people", shorten_absence(absent)
    if len(rows):
        first, last = rows.iloc[0], rows.iloc[-1]
        what = f"{last['counted']} through {format_day(last['as_of'])}"
        times = "1 revision" if len(rows) == 2 else f"{len(rows) - 1} revisions"
        by = f" ({last['change_percent']:+.1f}%)".replace("-", "\N{MINUS SIGN}")
        revised = f", {last['wording']} after {times}" if len(rows) > 1 else ""
        by = by if revised else ""
        short = f"{last['measure']} through {format_day(last['as_of'])}"
        whose, start = last["claimant_short"], first["wording"]
        titles = [
            f"{whose}'s {noun}: {start} at first{revised}{change}"
            for noun, change in ((what, by), (short, by), (short, ""))
        ]
        title = choose_title(
            [*titles, f"{whose}'s {short}: first {start}, later {last['wording']}"]
        )
    measured = f"{capitalise(what)}: what the daily figures added up to{say_known(known_on)}."
    return Chart(
        name=name_chart("revisions_of_running_total", rows),
        rows=rows,
        draw=lambda frame, ax: plot_revisions(frame, ax, unit=what, empty=absent, until=known_on),
        title=title,
        subtitle=f"{measured} The same days, counted anew.",
        alt=write_alt_text("Step chart by day of publication", title, measured, rows, empty=absent),
        size=size_for_rows(8),
        fold=None,
    )


def say_who(row: Record, known_on: pd.Timestamp | None) -> str:
    """Return whose figure of which day it is: "UNHCR, 2 March 2022", with its age if old."""
    day = pd.Timestamp(row["counted_to"])
    age = f", {say_age(day, known_on)}" if known_on and is_old(row, known_on) else ""
    return f"{row['claimant_short']}, {format_day(day)}{age}{mark_doubt(row)}"


def say_headings(rows: pd.DataFrame, *, measure: bool = False) -> list[str]:
    """Return what tells blocks of countries apart: who counts them and, if asked for, what."""
    names = rows["claimant_name"] if "claimant_name" in rows else rows["claimant_short"]
    several = names.nunique() > 1
    return [
        capitalise(": ".join(([name] if several else []) + ([what] if measure else [])))
        for name, what in zip(names, rows["measure"], strict=True)
    ]


def name_hosts(rows: pd.DataFrame) -> pd.Series:
    """Return the country of asylum of each row, with who and since when where it needs them.

    Two figures of one claimant for one country count other people, or from another day on.
    """
    group = (" (" + rows["who_plural"] + ")").mask(rows["who"] == EVERYBODY, "")
    several = rows.duplicated(["claimant", "asylum", "measure", "who"], keep=False)
    days = [f", {say_first_day(day)}" if not pd.isna(day) else "" for day in rows["since"]]
    since = pd.Series(days, index=rows.index, dtype="str").where(several, "")
    return (rows["asylum_name"] + group + since).astype("str")


def find_lead(rows: pd.DataFrame, known_on: pd.Timestamp | None) -> Record:
    """Return the first row that is not old, or else the first: what a title speaks of."""
    records = rows.to_dict("records")
    return next((row for row in records if not is_old(row, known_on)), records[0])


def say_measures(rows: pd.DataFrame) -> str:
    """Return the measures of the rows, each with its meaning."""
    if rows.empty:
        return "People by country of asylum"
    said = [f"{measure} ({MEASURES[measure]})" for measure in rows["measure"].unique()]
    return capitalise("; ".join(said))


def say_most(rows: pd.DataFrame, shown: pd.DataFrame) -> str:
    """Return how many of the countries are drawn, where it is not all."""
    return f", {len(shown)} of {len(rows)}" if len(shown) < len(rows) else ""


def take_most(rows: pd.DataFrame, most: int) -> pd.DataFrame:
    """Return the first rows of each claimant and measure, in their order."""
    require_number(most, "most", 1)
    return rows.groupby(["measure", "claimant"], sort=False).head(most)


def _find_countries(rows: pd.DataFrame, known_on: pd.Timestamp | None) -> tuple[str, str]:
    """Return one country as a title, and two more of its claimant for the subtitle."""
    if rows.empty:
        return "", ""
    lead = find_lead(rows, known_on)
    same = rows[(rows["claimant"] == lead["claimant"]) & (rows["measure"] == lead["measure"])]
    others = same[same["asylum"] != lead["asylum"]].head(2).to_dict("records")
    title = choose_title(
        [
            f"{noun}: {cited}"
            for noun in (lead["counted"], f"{lead['measure']} in {lead['asylum_name']}")
            for cited in cite_shorter(lead, known_on)
        ]
    )
    told = (
        [
            f"{name}: {cite_claim(row, known_on)}"
            for name, row in zip(name_hosts(pd.DataFrame(others)), others, strict=True)
        ]
        if others
        else []
    )
    return title, f"Also {'; '.join(told)}." if told else ""


def _find_totals(rows: pd.DataFrame, known_on: pd.Timestamp | None) -> tuple[str, str]:
    """Return the newest total as a title; the last million passed and the others as the rest."""
    if rows.empty:
        return "", ""
    last = rows[~rows["series"].duplicated(keep="last")]
    order = last.assign(_first=(last["measure"] == TOTAL) & last["worked_out"].astype("bool"))
    order = order.sort_values(["_first", "counted_to"], ascending=False, kind="stable")
    told = order.to_dict("records")
    # A fresh figure leads; an old one stands below, with its age.
    lead = next((row for row in told if not is_old(row, known_on)), None)
    lead = lead or max(told, key=lambda row: pd.Timestamp(row["counted_to"]))
    title = choose_title(f"{lead['counted']}: {cited}" for cited in cite_shorter(lead, known_on))
    parts = []
    million = 0 if pd.isna(lead["low"]) else int(lead["low"] // _MILLION)
    if lead["worked_out"] and million:
        series = rows[rows["series"] == lead["series"]]
        passed = find_day_passed(series, million * _MILLION)
        if passed is not None:
            parts.append(f"{million} million passed on {format_day(passed)}")
    parts += [
        f"{capitalise(_name_total(row))}: {cite_claim(row, known_on)}"
        for row in told
        if row is not lead
    ]
    return title, " ".join(f"{part}." for part in parts)


def _name_total(row: Record) -> str:
    """Return what a series counts; beside it stands whose days were added up."""
    what = str(row["series"]).partition(": ")[2]
    return what.partition(",")[0] if row["worked_out"] else what
