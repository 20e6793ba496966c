"""Charts that set people who fled beside a population: to scale, and for 1,000 inhabitants.

A title speaks of the population figures that `choose_yardsticks` takes, the same in every
chart: those known on the day, or else the first one published later, and says so.
"""

from __future__ import annotations

import pandas as pd

from analysis.charts import Chart, Fold, plot_against_population, plot_per_thousand, size_for_rows
from analysis.charts.population import say_ends
from analysis.claims.absence import say_absent, shorten_absence
from analysis.claims.days import day_of, format_day, format_period, say_age, say_known, say_old_age
from analysis.claims.findings import choose_title, is_old, say_ages
from analysis.claims.prose import capitalise, mark_doubt, write_alt_text, write_list
from analysis.refugees.charts import (
    find_lead,
    name_hosts,
    say_headings,
    say_measures,
    say_most,
    say_who,
    take_most,
)
from analysis.refugees.displaced import BY_LOCATION, BY_ORIGIN
from analysis.refugees.population import choose_yardsticks
from analysis.refugees.shares import say_range, say_span
from analysis.refugees.table import TOTAL
from analysis.tables import Record
from analysis.tables.known import day_known, name_chart
from analysis.tables.scope import ALL

_PER_THOUSAND = ["per_thousand_low", "per_thousand_best", "per_thousand_high"]

#: The columns that name one claim among its pairs with population figures.
_CLAIM = ["kind", "claimant", "counted", "wording", "as_of", "made_on", "target_day"]
_CLAIM += ["published_on"]

#: What a title calls the people, where it has no room for whom they left.
_SHORT = {BY_LOCATION: "displaced people", BY_ORIGIN: "displaced people"}

#: Shorter still.
_SHORTEST = {
    BY_LOCATION: "displaced", BY_ORIGIN: "displaced", TOTAL: "crossings",
    "people who fled": "fled", "refugees recorded": "refugees",
}  # fmt: skip


def chart_refugees_against_population(shares: pd.DataFrame) -> Chart:
    """Return people who fled and projections, to scale beside the population they come from.

    Parameters
    ----------
    shares : pandas.DataFrame
        Rows of `book.refugees.against_population()`, filtered at will: where there are
        several population figures, those known on the day are drawn.
    """
    pairs = choose_yardsticks(shares)
    known_on, absent = day_known(shares), say_absent(shares)
    claims = pairs.drop_duplicates(_CLAIM)
    groups = [rows for _, rows in pairs.groupby(_CLAIM, sort=False, dropna=False)]
    named = [f" ({_name_yardsticks(rows)})" for rows in groups]
    # What stands against every claim is named once, below the title.
    named = named if len(set(named)) > 1 else [""] * len(named)
    spans = [
        f"{say_span(rows)} of the population{by}" for rows, by in zip(groups, named, strict=True)
    ]
    claims = claims.assign(
        label=[f"{_name_claim(row)}: {row['claimant_short']}" for row in claims.to_dict("records")],
        share=pd.Series(spans, index=claims.index, dtype="str"),
        detail=[_write_detail(row, known_on) for row in claims.to_dict("records")],
    )
    people = _list_populations(pairs)
    # A population that is drawn has a row, and is cited by it.
    own = [name for name in claims.columns if not str(name).startswith("population_")]
    rows = pd.concat([people, claims[own]], ignore_index=True) if len(claims) else claims
    title = _find_share(pairs, known_on, per_thousand=False) or shorten_absence(absent)
    what = f"People who left {_name_area(pairs)} or are displaced in it, and its population, drawn "
    what += f"to scale from zero{say_known(known_on)}."
    # Displaced people are drawn as people who were counted: the chart has one colour for both.
    return Chart(
        name=name_chart("refugees_against_population", shares),
        rows=rows,
        draw=lambda frame, ax: plot_against_population(
            frame.assign(kind=frame["kind"].replace({"displaced": "refugees"})), ax, empty=absent
        ),
        title=title,
        subtitle=f"{what} A projection has not been counted.{_warn(pairs)}"
        f"{_say_yardsticks(pairs, shares)}",
        alt=write_alt_text("Bar chart to scale", title, what, rows, empty=absent),
        size=size_for_rows(len(rows), row_height=0.55),
        fold=Fold("newest", always="population"),
    )


def chart_refugees_per_thousand(shares: pd.DataFrame) -> Chart:
    """Return counts for 1,000 inhabitants, a row a count, over the population figures given.

    Parameters
    ----------
    shares : pandas.DataFrame
        Rows of `book.refugees.against_population()`, filtered and sorted at will; projections
        are left out.
    """
    counts = shares[shares["kind"] != "projection"].reset_index(drop=True)
    known_on, absent = day_known(shares), say_absent(shares)
    pairs = choose_yardsticks(counts)
    rows = _span_thousands(pairs, known_on)
    title = _find_share(pairs, known_on, per_thousand=True) or shorten_absence(absent, "Per head")
    what = f"People who left {_name_area(pairs)} or are displaced in it, per 1,000 inhabitants"
    what += f"{say_known(known_on)}."
    return Chart(
        name=name_chart("refugees_per_thousand", shares),
        rows=rows,
        draw=lambda frame, ax: plot_per_thousand(
            frame.drop_duplicates(_CLAIM), ax, unit="people per 1,000 inhabitants", empty=absent
        ),
        title=title,
        subtitle=f"{what}{_warn(pairs)}{_say_yardsticks(pairs, counts)}",
        alt=write_alt_text("Bar chart, a bar a count", title, what, rows, empty=absent),
        size=size_for_rows(len(rows), row_height=0.5),
        fold=Fold("newest", tuple(_CLAIM)),
    )


def _span_thousands(pairs: pd.DataFrame, known_on: pd.Timestamp | None) -> pd.DataFrame:
    """Return one row a count: its people for 1,000 inhabitants, over all population figures.

    The sources of all these population figures stand beside the count, to be cited.
    """
    groups = [rows for _, rows in pairs.groupby(_CLAIM, sort=False, dropna=False)]
    # The newest first: a title speaks of it, and an old count is no news.
    groups.sort(key=lambda rows: day_of(rows.iloc[0].to_dict()), reverse=True)
    spans = []
    for rows in groups:
        low, high = (rows[name] for name in (_PER_THOUSAND[0], _PER_THOUSAND[2]))
        first, day = rows.iloc[0].to_dict(), day_of(rows.iloc[0].to_dict())
        ends = (float("nan") if low.isna().all() else low.min()), _most(high)
        spans.append(
            rows.assign(
                label=f"{first['wording']} {first['counted']}",
                detail=_cite(first, day, known_on),
                age=say_age(day, known_on) if known_on and is_old(first, known_on) else "",
                denominators="; ".join(map(_name_denominator, rows.to_dict("records"))),
                wording_counted=first["wording"],
                wording=say_range(*ends),
                low=ends[0],
                best=rows["per_thousand_best"].iloc[0] if len(rows) == 1 else float("nan"),
                high=ends[1],
            )
        )
    columns = ["label", "detail", "age", "denominators", "wording_counted", "wording"]
    if not spans:
        return pairs.assign(**{name: pd.Series(dtype="str") for name in columns})
    return pd.concat(spans, ignore_index=True).drop(columns=["share"])


def chart_refugees_per_thousand_of_host(rows: pd.DataFrame, *, most: int = 15) -> Chart:
    """Return a bar a country of asylum: people for 1,000 inhabitants of the host.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of `book.refugees.per_thousand()`, filtered and sorted at will.
    most : int
        The most countries of each claimant and measure that are drawn, from the first.
    """
    divided = rows[rows[["per_thousand_low", "per_thousand_high"]].notna().any(axis="columns")]
    shown = take_most(divided, most).reset_index(drop=True)
    known_on, absent = day_known(rows), say_absent(rows)
    against = pd.Series([_name_denominator(row) for row in shown.to_dict("records")], dtype="str")
    one = against.nunique() == 1
    counted = [say_who(row, known_on) for row in shown.to_dict("records")]
    details = pd.Series(counted, dtype="str")
    drawn = shown.assign(
        label=name_hosts(shown),
        detail=details if one else details + "; " + against,
        heading=say_headings(shown, measure=shown["measure"].nunique() > 1),
        age=say_ages(shown),
        people=shown["wording"],
        **dict(zip(("low", "best", "high"), (shown[name] for name in _PER_THOUSAND), strict=True)),
    )
    said = [say_ends(*ends) for ends in drawn[["low", "best", "high"]].to_numpy(dtype="object")]
    drawn["wording"] = pd.Series(said, dtype="str")
    title = _find_host(drawn, known_on) or shorten_absence(absent, "Per head")
    populations = f" Population: {against.iloc[0]}." if one else ""
    what = f"{say_measures(shown)} per 1,000 inhabitants of the host: the latest figure of each "
    what += f"country{say_most(divided, shown)}{say_known(known_on)}."
    return Chart(
        name=name_chart("refugees_per_thousand_of_host", rows),
        rows=drawn,
        draw=lambda frame, ax: plot_per_thousand(
            frame, ax, unit="people per 1,000 inhabitants of the country of asylum", empty=absent
        ),
        title=title,
        subtitle=f"{what} Who counted the people did not work out the ratio.{populations}",
        alt=write_alt_text("Bar chart, a bar a country", title, what, drawn, empty=absent),
        size=size_for_rows(len(drawn)),
    )


def _warn(pairs: pd.DataFrame) -> str:
    """Return that crossings are not people, where any are set against a population."""
    said = " Border crossings are movements: a person may be counted twice."
    return said if pairs["measure"].eq(TOTAL).any() else ""


def _name_denominator(row: Record) -> str:
    """Return the name of a population figure, with what stands against it."""
    flags = "" if row["known"] else " (published later)"
    if row.get("after_start"):
        flags += " (of the year people began to leave, or later)"
    return f"{row['denominator']}{flags}"


def _name_area(pairs: pd.DataFrame) -> str:
    """Return the area whose population figures they are; "their area" for none or several."""
    names = pairs["population_area_name"].dropna().unique()
    return str(names[0]) if len(names) == 1 else "their area"


def _name_yardsticks(pairs: pd.DataFrame) -> str:
    """Return whose population figures they are, and whether they came after the day."""
    names = write_list(list(dict.fromkeys(pairs["population_claimant_short"])))
    return names if pairs["known"].all() else f"{names}, published later"


def _say_yardsticks(pairs: pd.DataFrame, shares: pd.DataFrame) -> str:
    """Return what a reader has to know of the population figures drawn, and of those left out."""
    if pairs.empty:
        return ""
    names = "; ".join(dict.fromkeys(pairs["denominator"]))
    said = f" Population: {names}."
    later = pairs.loc[~pairs["known"], "population_published_on"]
    if len(later):
        said += f" The population figure was published later, on {format_day(later.min())}."
    if pairs["after_start"].any():
        said += " The population figure is of the year people began to leave, or later: those "
        said += "who left may be missing from it."
    left = len(_list_populations(shares)) - len(_list_populations(pairs))
    if left:
        figures = "1 population figure is" if left == 1 else f"{left} population figures are"
        said += f" {figures} not drawn, published later or of the year people began to leave."
    return said


def _list_populations(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return each population figure of some pairs once, as rows of a chart."""
    names = {
        f"population_{name}": name
        for name in (
            "area", "claimant_name", "claimant_short", "publisher", "published_on", "wording",
            "low", "best", "high",
        )
    }  # fmt: skip
    figures = pairs.drop_duplicates(["population_area", "denominator", "territory"])
    people = figures[[*names, "population_area_name", "year", "territory", "known", "denominator"]]
    people = people.rename(columns=names)
    return people.assign(
        kind="population",
        is_party=False,
        status="stated",
        label=[
            f"Population of {row['population_area_name']}: {row['claimant_short']}"
            for row in people.to_dict("records")
        ],
        detail=[_write_year(row) for row in people.to_dict("records")],
    ).drop(columns="population_area_name")


def _find_share(pairs: pd.DataFrame, known_on: pd.Timestamp | None, *, per_thousand: bool) -> str:
    """Return the title: the first fresh count with its share, else the newest with its age."""
    if pairs.empty:
        return ""
    groups = [rows for _, rows in pairs.groupby(_CLAIM, sort=False, dropna=False)]
    counted = [rows for rows in groups if rows["kind"].iloc[0] != "projection"] or groups
    fresh = [rows for rows in counted if not is_old(rows.iloc[0].to_dict(), known_on)]
    newest = max(counted, key=lambda rows: day_of(rows.iloc[0].to_dict()))
    # The newest of the kind that stands first; of two as new as each other the first.
    alike = [rows for rows in fresh if rows["kind"].iloc[0] == fresh[0]["kind"].iloc[0]]
    rows = max(alike, key=lambda rows: day_of(rows.iloc[0].to_dict())) if alike else newest
    row = rows.iloc[0].to_dict()
    if per_thousand:
        share = say_range(rows["per_thousand_low"].min(), _most(rows["per_thousand_high"]))
        of = "per 1,000 inhabitants"
    else:
        share, of = say_span(rows), "of the population"
    by = _name_yardsticks(rows)
    day = day_of(row)
    noun = _SHORT.get(str(row["measure"]), row["measure"])
    noun = "projected" if row["kind"] == "projection" else noun
    titles = [
        f"{row['wording']} {row['counted']} ({_cite(row, day, known_on)}): {share} {of} ({by})"
    ]
    titles += [
        f"{row['wording']} {noun} ({source}): {share} {unit}{named}"
        for noun in (noun, _SHORTEST.get(str(row["measure"]), noun))
        for unit in (of, "per 1,000" if per_thousand else "of inhabitants")
        for named in (f" ({by})", "" if rows["known"].all() else " (published later)", "")
        for source in _cite_shorter(row, day, known_on)
    ]
    return choose_title(titles)


def _cite(row: Record, day: pd.Timestamp, known_on: pd.Timestamp | None) -> str:
    """Return whose figure of which day it is, with its age where it is old."""
    old = f", {say_age(day, known_on)}" if known_on and is_old(row, known_on) else ""
    return f"{row['claimant_short']}, {format_day(day)}{old}{mark_doubt(row)}"


def _cite_shorter(row: Record, day: pd.Timestamp, known_on: pd.Timestamp | None) -> list[str]:
    """Return the source with its day in full, and shorter: the subtitle names the year."""
    full, said = _cite(row, day, known_on), f"{day.day} {day:%b}"
    year = "" if known_on is not None and day.year == known_on.year else f" {day.year}"
    written = format_day(day)
    return [full, full.replace(written, f"{said} {day.year}"), full.replace(written, said + year)]


def _find_host(rows: pd.DataFrame, known_on: pd.Timestamp | None) -> str:
    """Return the title: one country, who counted the people and who the population."""
    if rows.empty:
        return ""
    row = find_lead(rows, known_on)
    by = row["population_claimant_short"] + ("" if row["known"] else ", published later")
    sources = _cite_shorter(row, pd.Timestamp(row["counted_to"]), known_on)
    what = f"{row['asylum_name']}: {row['wording']}"
    return choose_title(
        f"{noun} {per} {what} ({source}; {named}{by})"
        for noun in (row["measure"], _SHORTEST.get(str(row["measure"]), row["measure"]))
        for per, named in (
            ("per 1,000 inhabitants of", "population: "),
            ("per 1,000 in", "population: "),
            ("per 1,000 in", ""),
        )
        for source in sources
    )


def _most(ends: pd.Series) -> float:
    return float("nan") if ends.isna().any() else float(ends.max())


def _name_claim(row: Record) -> str:
    return "Projection" if row["kind"] == "projection" else capitalise(str(row["counted"]))


def _write_detail(row: Record, known_on: pd.Timestamp | None) -> str:
    """Which days a claim counts and how old it is, or which day a projection speaks about."""
    if row["kind"] != "projection":
        days = format_period(row["since"], row["as_of"])
        if pd.isna(row["as_of"]):
            published = f"published {format_day(row['published_on'])}"
            days = ", ".join(filter(None, [days, published]))
        old = "" if known_on is None else say_old_age(row, known_on)
        return f"{days}, {old}" if old else days
    # What was projected for a part of the world stands beside what was for all of it.
    to = row.get("asylum_name") if row.get("asylum") != ALL else None
    place = f"to {to}; " if isinstance(to, str) else ""
    day = "no day stated"
    if not pd.isna(row["target_day"]):
        day = f"about {format_day(row['target_day'])}"
    about = f"{place}{day}"
    if pd.isna(row["made_on"]):
        return f"{about}; made by {format_day(row['published_on'])}"
    return f"{about}; made on {format_day(row['made_on'])}"


def _write_year(row: Record) -> str:
    year: str = "year not stated" if pd.isna(row["year"]) else str(int(row["year"]))
    if not row["known"]:
        year += f", published {format_day(row['published_on'])}, after the day"
    return f"{year}; territory: {row['territory']}"
