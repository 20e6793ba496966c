"""Charts of votes: a dot a state, or the totals as stated."""

from __future__ import annotations

import pandas as pd

from analysis.charts import Chart, Fold, plot_vote, plot_vote_totals, size_for_rows
from analysis.claims.absence import say_absent, shorten_absence
from analysis.claims.days import format_day, say_known
from analysis.claims.findings import choose_title
from analysis.claims.prose import write_alt_text, write_list
from analysis.tables.known import day_known, name_chart, require_word
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
    empty = say_absent(votes, "vote")
    title = shorten_absence(empty)
    subtitle = ""
    if len(votes):
        counts = {answer: int((votes["vote"] == answer).sum()) for answer in ANSWERS}
        held = format_day(votes["vote_date"].iloc[0])
        parts = [
            f"{number} {said}" for answer, said in _TITLE.items() if (number := counts[answer])
        ]
        title = f"{votes['resolution'].iloc[0]}, {held}: {', '.join(parts)}"
        if by == "region":
            title = _title_regions(votes, held)
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
            "Dots, one a member state", title, subtitle.split(".")[0], votes, empty=empty
        ),
        size=(10, 5.6),
        fold=None,
    )


def _title_regions(votes: pd.DataFrame, held: str) -> str:
    """Return the regions in which the most and the fewest of their states voted yes."""
    yes = votes["vote"].eq("yes").groupby(votes["region"]).agg(["sum", "size"])
    order = (yes["sum"] / yes["size"]).sort_values(ascending=False, kind="stable").index
    said = [f"{yes['sum'][region]} of {yes['size'][region]} in {region}" for region in order]
    named = votes["resolution"].iloc[0]
    ends = said[:1] if len(said) < 2 else [said[0], said[-1]]
    return choose_title([f"{named}, {held}: yes from {' to '.join(ends)}", f"{named}, by region"])


_TITLE = {"yes": "states for", "no": "against", "abstain": "abstained"}


def _resolution(votes: pd.DataFrame) -> str:
    return str(votes.attrs.get("asked", {}).get("resolution", ""))


def chart_vote_totals(totals: pd.DataFrame) -> Chart:
    """Return a chart with one bar for each vote, the newest first, its parts the answers.

    Parameters
    ----------
    totals : pandas.DataFrame
        Rows of `book.votes.totals()`, filtered at will. Of documents that differ on a vote
        each has a bar of its own.
    """
    empty = say_absent(totals, "total of a vote")
    title = shorten_absence(empty)
    # "Ten" is 10 in a title and under a bar: what is exact is told in digits.
    digits = totals["low"].map("{:,.0f}".format, na_action="ignore")
    exact = totals["low"].eq(totals["high"]).fillna(False)
    rows = totals.assign(
        heading=_name_votes(totals), number=totals["wording"].mask(exact, digits).astype("str")
    )
    rows = rows.sort_values("vote_date", ascending=False, kind="stable")
    if len(rows):
        newest = rows[rows["heading"] == rows["heading"].iloc[0]]
        cast = newest[newest["vote"] != "not voting"]
        answers = [f"{row['number']} {SAID[row['vote']]}" for row in cast.to_dict("records")]
        short = [f"{row['number']} {row['vote']}" for row in cast.to_dict("records")]
        resolution, day = newest["resolution"].iloc[0], newest["vote_date"].iloc[0]
        title = choose_title(
            f"{name}: {', '.join(said)}"
            for said in (answers, short)
            for name in (
                f"{resolution}, {format_day(day)}",
                f"{resolution}, {day.day} {day:%b %Y}",
                f"{str(resolution).partition(',')[0]}, {day.day} {day:%b %Y}",
            )
        )
    known_on = day_known(totals)
    said_by = write_list(list(totals["claimant_name"].unique())) or "Votes"
    what = f"{said_by}: how many states gave each answer, the newest vote first"
    what += f"{say_known(known_on)}."
    return Chart(
        name=name_chart("vote_totals", totals),
        rows=rows,
        draw=lambda frame, ax: plot_vote_totals(frame, ax, empty=empty),
        title=title,
        subtitle=what,
        alt=write_alt_text("Bar chart, a bar a vote", title, what, rows, empty=empty),
        size=size_for_rows(rows["heading"].nunique()),
        fold=Fold(unit=("heading",)),
    )


def _name_votes(totals: pd.DataFrame) -> list[str]:
    """Return each vote with its day, and the document where several state its totals."""
    several = totals.duplicated(["resolution", "vote"], keep=False)
    unlike = totals.assign(several=several).groupby("resolution")["several"].transform("any")
    named = []
    for row, apart in zip(totals.to_dict("records"), unlike, strict=True):
        reported = f"{row['publisher']}, {format_day(row['published_on'])}"
        vote = f"{row['resolution']}, {format_day(row['vote_date'])}"
        named.append(f"{vote} (reported by {reported})" if apart else vote)
    return named


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
