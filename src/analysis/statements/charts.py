"""The chart of statements: who says, who denies, who does not comment."""

from __future__ import annotations

import pandas as pd

from analysis.charts import Chart, plot_statements, size_for_rows
from analysis.claims.absence import say_absent, shorten_absence
from analysis.claims.days import OLD_AFTER, format_day, say_age
from analysis.claims.findings import LONGEST_TITLE
from analysis.claims.prose import write_alt_text, write_list, write_statements
from analysis.tables.known import day_known


def chart_contested_statements(rows: pd.DataFrame) -> Chart:
    """Return the grid of who says, denies or does not comment on what.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of `book.statements.contested()`, filtered at will.
    """
    empty = say_absent(rows, "statement")
    known_on = day_known(rows)
    sides = rows.dropna(subset=["claimant_side"])
    names = dict(zip(sides["claimant_side"], sides["claimant_side_name"], strict=True))
    title, told = shorten_absence(empty), []
    until = ""
    if len(rows):
        denied = rows[rows["stance"] == "denies"]
        number = rows["statement"].nunique()
        last = pd.Timestamp(rows["published_on"].max())
        until = f" The newest was reported on {format_day(last)}"
        if known_on is not None and known_on - last > OLD_AFTER:
            until += f", {say_age(last, known_on)}"
        until += "."
        count = f"{number} statement{'' if number == 1 else 's'}"
        contested = denied["statement"].nunique()
        title = f"{count}, none of them denied" if denied.empty else f"{count}, {contested} denied"
        told = _write_denials(rows, denied)
        if len(told) == 1 and len(told[0]) <= LONGEST_TITLE:
            title, told = told[0], []
    day = f", by the sources known on {format_day(known_on)}" if known_on is not None else ""
    return Chart(
        name="contested_statements",
        rows=rows,
        draw=lambda frame, ax: plot_statements(frame, ax, side_names=names, empty=empty),
        title=title,
        subtitle=" ".join(
            [*(f"{one}." for one in told),
             f"Who says, who denies and who did not comment{day}.{until}"]
        ),
        alt=write_alt_text(
            "Grid with statements as rows and claimants as columns",
            title,
            write_statements(rows),
            empty=empty,
        ),
        size=size_for_rows(
            rows["statement"].nunique(), columns=rows["claimant"].nunique(), row_height=0.45
        ),
    )  # fmt: skip


def _write_denials(rows: pd.DataFrame, denied: pd.DataFrame) -> list[str]:
    said = []
    for row in denied.to_dict("records"):
        same = rows[(rows["statement"] == row["statement"]) & (rows["stance"] == "says")]
        by = same["claimant_short"].tolist()
        opening = f"{write_list(by)} {'say' if len(by) > 1 else 'says'} and " if by else ""
        statement = str(row["statement"]).rstrip(".")
        said.append(f"{opening}{row['claimant_short']} denies: {statement}")
    return said
