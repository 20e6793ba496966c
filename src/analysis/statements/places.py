"""Places: who says who holds, besieges or shells which place, and who denies it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from analysis.charts import Chart, plot_statements, size_for_rows
from analysis.claims import prose
from analysis.statements.contested import find_contested, mark_contested
from analysis.statements.talks import tabulate_talks
from analysis.tables import Table, as_known_on, columns, parse_day, read_claims
from analysis.tables.countries import name_country
from analysis.tables.vocabulary import STANCES, STATUSES, UNITS

PLACES = Table(
    name="places",
    title="one stance of one claimant on one statement about a place",
    key=("source_id", "locator", "claimant", "place", "statement", "unit"),
    series=("claimant", "place", "statement", "unit"),
    schema=pa.DataFrameSchema(
        {
            "source_id": columns.source_id(),
            "locator": columns.locator(),
            "claimant": columns.claimant(),
            "place": columns.text("the place"),
            "place_in": columns.iso3("the country it lies in"),
            "as_of": columns.day("the day the statement speaks about", empty=True),
            "topic": columns.text("what the statement is about, in a word or two"),
            "statement": columns.text("the statement in our words, the same for all who answer it"),
            "stance": columns.choice("what the claimant does with it", STANCES),
            "wording": columns.wording(),
            "unit": columns.choice("the unit of the figure", UNITS, empty=True),
            "status": columns.choice("what the source says of it", STATUSES),
            "published_on": columns.published_on(),
            "note": columns.note(),
        }
    ),
)

#: One length in two units must agree: the international mile in kilometres.
KM_PER_MILE = 1.609344


def tabulate_places(data: str | Path = "", as_of: str | date = "2022-03-03") -> pd.DataFrame:
    """Return who says what about which place, as known on a day.

    Parameters
    ----------
    data : str or Path
        The folder of the casebook; "" is the project's own.
    as_of : str or datetime.date
        The day of the replay.

    Returns
    -------
    pandas.DataFrame
        The columns of places.csv with the bounds of the wordings, those of its source and
        claimant (see `analysis.tables.read_claims`), and `contested`.
    """
    return mark_contested(as_known_on(read_claims(PLACES, data), as_of))


def tabulate_contested_statements(
    data: str | Path = "", as_of: str | date = "2022-03-03", *, contested_only: bool = False
) -> pd.DataFrame:
    """Return the newest stance of each claimant on each statement, contested ones first.

    Parameters
    ----------
    data, as_of
        As in `tabulate_places`.
    contested_only : bool
        Whether statements that nobody denies or keeps silent on are left out.

    Returns
    -------
    pandas.DataFrame
        One row a claimant and statement: `about` (place or talks), `place`, `topic`,
        `statement`, `stance`, `status`, `contested`, and the columns of source and claimant.
    """
    places = tabulate_places(data, as_of).assign(about="place")
    talks = tabulate_talks(data, as_of).assign(about="talks")
    rows = pd.concat([places, talks], ignore_index=True)
    # The newest stance holds; of one day, the first in the table.
    newest = rows.sort_values("published_on", ascending=False, kind="stable")
    newest = newest.drop_duplicates(["about", "claimant", "statement"])
    rows = mark_contested(newest.sort_index().reset_index(drop=True))
    if contested_only:
        return find_contested(rows)
    return rows.sort_values("contested", ascending=False, kind="stable", ignore_index=True)


def chart_contested_statements(
    data: str | Path = "", as_of: str | date = "2022-03-03", *, contested_only: bool = False
) -> Chart:
    """Return the grid of who says, denies or does not comment on what."""
    rows = tabulate_contested_statements(data, as_of, contested_only=contested_only)
    day = prose.format_day(parse_day(as_of))
    empty = f"No statement had been reported by {day}."
    sides = {str(side): name_country(str(side)) for side in rows["claimant_side"].dropna().unique()}
    denied = rows[rows["stance"] == "denies"]
    title = empty.rstrip(".")
    if len(rows):
        title = f"{rows['statement'].nunique()} statements reported by {day}"
        title += ", none of them denied" if denied.empty else f": {_write_denials(rows, denied)}"
    return Chart(
        name="contested_statements" + ("_only" if contested_only else ""),
        rows=rows,
        draw=lambda frame, ax: plot_statements(frame, ax, side_names=sides, empty=empty),
        title=title,
        subtitle="Who says, who denies and who did not comment, by the sources known on that day.",
        alt=prose.write_alt_text(
            "Grid with statements as rows and claimants as columns",
            title,
            prose.write_statements(rows),
            empty=empty,
        ),
        size=size_for_rows(
            rows["statement"].nunique(), columns=rows["claimant"].nunique(), row_height=0.45
        ),
    )


def _write_denials(rows: pd.DataFrame, denied: pd.DataFrame) -> str:
    said = []
    for row in denied.to_dict("records"):
        same = rows[(rows["statement"] == row["statement"]) & (rows["stance"] == "says")]
        by = same["claimant_short"].tolist()
        says = "say" if len(by) > 1 else "says"
        opening = f"{prose.write_list(by)} {says} and " if by else ""
        said.append(f"{opening}{row['claimant_short']} denies: {row['statement']}")
    return "; ".join(said)
