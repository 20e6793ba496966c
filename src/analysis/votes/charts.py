"""Charts of votes: a dot a state, or the totals as stated."""

from __future__ import annotations

import pandas as pd

from analysis.charts import Chart, plot_per_thousand, plot_vote, size_for_rows
from analysis.claims.days import format_day
from analysis.claims.prose import write_alt_text, write_list, write_sentences
from analysis.tables.asked import require_word
from analysis.tables.known import day_known, name_chart
from analysis.votes.table import ANSWERS, SAID

#: So many states are named in a sentence; more are only counted.
_NAMED = 40


def chart_vote_on_resolution(votes: pd.DataFrame, *, by: str = "vote") -> Chart:
    """Return a chart with a dot for each state given, grouped by answer or by region.

    Parameters
    ----------
    votes : pandas.DataFrame
        Rows of `book.votes.on_resolution()`, filtered at will.
    by : str
        vote or region.
    """
    require_word(by, ["vote", "region"], "by")
    empty = str(votes.attrs.get("absent") or "There is no vote in these rows.")
    title = empty.split(";")[0].rstrip(".")
    subtitle = ""
    if len(votes):
        counts = {answer: int((votes["vote"] == answer).sum()) for answer in ANSWERS}
        held = format_day(votes["vote_date"].iloc[0])
        parts = [
            f"{number} {said}" for answer, said in _TITLE.items() if (number := counts[answer])
        ]
        title = f"{votes['resolution'].iloc[0]}, {held}: {', '.join(parts)}"
        silent = counts["not voting"]
        silent_said = f"; {silent} did not vote" if silent else ""
        subtitle = (
            f"UN General Assembly: one dot a member state, {len(votes)} in these rows"
            f"{silent_said}. Resolutions of the General Assembly do not bind states in law."
        )
    return Chart(
        name=name_chart("vote_on_resolution", votes, resolution=_resolution(votes))
        + ("" if by == "vote" else f"_by_{by}"),
        rows=votes,
        draw=lambda rows, ax: plot_vote(rows, ax, by=by, empty=empty),
        title=title,
        subtitle=subtitle,
        alt=write_alt_text(
            "Chart with a dot for each member state", title, write_answers(votes), empty=empty
        ),
        size=(10, 5.6),
    )


_TITLE = {"yes": "states for", "no": "against", "abstain": "abstained"}


def _resolution(votes: pd.DataFrame) -> str:
    return str(votes.attrs.get("asked", {}).get("resolution", ""))


def chart_vote_totals(totals: pd.DataFrame) -> Chart:
    """Return a chart with one row for each total given.

    Parameters
    ----------
    totals : pandas.DataFrame
        Rows of `book.votes.totals()`, filtered at will.
    """
    empty = str(totals.attrs.get("absent") or "There is no total of a vote in these rows.")
    title = empty.split(";")[0].rstrip(".")
    if len(totals):
        last = totals[totals["vote_date"] == totals["vote_date"].max()]
        first = last[last["resolution"] == last["resolution"].iloc[-1]]
        said = [
            f"{row['wording']} {SAID[row['vote']]}"
            for row in first.to_dict("records")
            if row["vote"] != "not voting"
        ]
        held = format_day(first["vote_date"].iloc[0])
        title = f"{first['resolution'].iloc[0]}, {held}: {', '.join(said)}"
    known_on = day_known(totals)
    said_by = write_list(list(totals["claimant_name"].unique())) or "Votes"
    as_known = f", as known on {format_day(known_on)}" if known_on is not None else ""
    return Chart(
        name=name_chart("vote_totals", totals),
        rows=totals.assign(
            label=totals["vote"].map(SAID),
            detail=_name_documents(totals),
            heading=[
                f"{row['resolution']}, {format_day(row['vote_date'])}"
                for row in totals.to_dict("records")
            ],
        ),
        draw=lambda rows, ax: plot_per_thousand(rows, ax, unit="states", empty=empty),
        title=title,
        subtitle=f"{said_by}: how many states gave each answer{as_known}. States.",
        alt=write_alt_text(
            "Chart with one row for each total", title, write_sentences(_as_counts(totals)),
            empty=empty,
        ),
        size=size_for_rows(len(totals)),
    )  # fmt: skip


def _name_documents(totals: pd.DataFrame) -> list[str]:
    """Return the document of a total where several state it, else nothing."""
    several = totals.duplicated(["resolution", "vote"], keep=False)
    return [
        f"{row['publisher']}, {format_day(row['published_on'])}" if twice else ""
        for row, twice in zip(totals.to_dict("records"), several, strict=True)
    ]


def _as_counts(totals: pd.DataFrame) -> pd.DataFrame:
    return totals.assign(standard="registered", since=None, as_of=totals["vote_date"])


def write_answers(votes: pd.DataFrame) -> list[str]:
    """Return a sentence on each answer to a resolution; few states are named.

    Parameters
    ----------
    votes : pandas.DataFrame
        Rows of `book.votes.on_resolution()`; [] for none.
    """
    if votes.empty:
        return []
    held = format_day(votes["vote_date"].iloc[0])
    opening = f"The UN General Assembly voted on {votes['resolution'].iloc[0]} on {held}"
    sentences = [f"{opening} ({votes['publisher'].iloc[0]} record)."]
    for answer, said in SAID.items():
        states = votes.loc[votes["vote"] == answer, "member_state"].tolist()
        if not states and votes["vote"].nunique() == 1:
            continue  # of a record of one answer alone, nothing is known of the others
        named = f": {write_list(states)}" if 0 < len(states) <= _NAMED else ""
        noun = "state" if len(states) == 1 else "states"
        sentences.append(f"{len(states)} {noun} {said}{named}.")
    return sentences
