"""Votes of the UN General Assembly: every member state by name, and the totals as stated."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from analysis.charts import Chart, plot_vote
from analysis.claims import prose
from analysis.refugees.population import POPULATION
from analysis.tables import Table, as_known_on, columns, parse_day, read_claims
from analysis.tables.countries import find_regions
from analysis.tables.vocabulary import STATUSES

ANSWERS = {
    "yes": "voted in favour",
    "no": "voted against",
    "abstain": "voted, and abstained",
    "not voting": "was absent, or present without voting",
}

#: So many states are named in a sentence; more are only counted.
_NAMED = 40

#: The resolution of 2 March 2022 that the first article reports.
FIRST_RESOLUTION = "A/RES/ES-11/1"

VOTES = Table(
    name="votes",
    title="the answer of one member state to one resolution",
    key=("resolution", "iso3"),
    schema=pa.DataFrameSchema(
        {
            "source_id": columns.source_id(),
            "locator": columns.locator(),
            "resolution": columns.text("number of the resolution"),
            "vote_date": columns.day("day of the vote"),
            "iso3": columns.iso3("the member state"),
            "member_state": columns.text("its name in plain English"),
            "vote": columns.choice("its answer", ANSWERS),
        }
    ),
)

VOTE_TOTALS = Table(
    name="vote_totals",
    title="how many states gave one answer, as somebody says",
    key=("source_id", "claimant", "resolution", "vote"),
    series=("claimant", "resolution", "vote"),
    schema=pa.DataFrameSchema(
        {
            "source_id": columns.source_id(),
            "locator": columns.locator(),
            "claimant": columns.claimant(),
            "resolution": columns.text("number of the resolution"),
            "vote_date": columns.day("day of the vote"),
            "vote": columns.choice("the answer", ANSWERS),
            "wording": columns.wording(empty=False),
            "status": columns.choice("what the source says of it", STATUSES),
            "note": columns.note(),
        }
    ),
)


def tabulate_vote_on_resolution(
    data: str | Path = "",
    as_of: str | date = "2022-03-03",
    *,
    resolution: str = FIRST_RESOLUTION,
) -> pd.DataFrame:
    """Return the answer of every member state to a resolution, as known on a day.

    Parameters
    ----------
    data : str or Path
        The folder of the casebook; "" is the project's own.
    as_of : str or datetime.date
        The day of the replay; a later vote gives an empty frame.
    resolution : str
        Number of the resolution.

    Returns
    -------
    pandas.DataFrame
        One row a member state: the columns of votes.csv with `publisher`, `published_on`
        and `region`.

    Raises
    ------
    ValueError
        The casebook has no such resolution; the message names those that it has.
    """
    votes = read_claims(VOTES, data)
    known = sorted(votes["resolution"].unique())
    if known and resolution not in known:
        raise ValueError(f'resolution: "{resolution}" is not one of: {", ".join(known)}')
    votes = as_known_on(votes[votes["resolution"] == resolution], as_of)
    return votes.assign(region=find_regions(votes["iso3"]))


def tabulate_vote_by_answer(
    data: str | Path = "",
    as_of: str | date = "2022-03-03",
    *,
    resolution: str = FIRST_RESOLUTION,
) -> pd.DataFrame:
    """Return how many states gave each answer, counted by state and as stated.

    Returns
    -------
    pandas.DataFrame
        One row an answer, in the order yes, no, abstain, not voting: `vote`, `states`
        (counted in the record by state), `stated` and `stated_by` (the total as somebody
        says; missing where nobody does), `agrees` (missing where nothing is stated), and
        `population`, the people who live in those states (the newest figures known on the
        day, or else the oldest in the casebook; persons; missing where none of the states has
        a figure), `states_without_population`.
    """
    votes = tabulate_vote_on_resolution(data, as_of, resolution=resolution)
    totals = as_known_on(read_claims(VOTE_TOTALS, data), as_of)
    totals = totals[totals["resolution"] == resolution].drop_duplicates("vote").set_index("vote")
    people = _find_population(data, as_of).reindex(votes["iso3"]).set_axis(votes.index)
    by_answer = votes.assign(people=people, lacks=people.isna()).groupby("vote")
    answers = pd.Index(list(ANSWERS) if len(votes) else [], name="vote")
    counted = by_answer.size().reindex(answers, fill_value=0)
    stated = totals["low"].reindex(answers)
    frame = pd.DataFrame(
        {
            "states": counted,
            "stated": stated,
            "stated_by": totals["publisher"].reindex(answers),
            "agrees": (counted == stated).where(stated.notna()),
            "population": by_answer["people"]
            .sum(min_count=1)
            .reindex(answers)
            .where(counted > 0, 0),
            "states_without_population": by_answer["lacks"].sum().reindex(answers, fill_value=0),
        }
    )
    return frame.reset_index()


def tabulate_vote_by_region(
    data: str | Path = "",
    as_of: str | date = "2022-03-03",
    *,
    resolution: str = FIRST_RESOLUTION,
) -> pd.DataFrame:
    """Return how many states of each world region gave each answer.

    Returns
    -------
    pandas.DataFrame
        One row a region, in alphabetical order ("region not known" for a code without one),
        and "all regions" last: `region`, `yes`, `no`, `abstain`, `not_voting`,
        `member_states`. Unit: states.
    """
    votes = tabulate_vote_on_resolution(data, as_of, resolution=resolution)
    regions = votes["region"].fillna("region not known")
    table = pd.crosstab(regions, votes["vote"]).reindex(columns=list(ANSWERS), fill_value=0)
    if len(table):
        table.loc["all regions"] = table.sum()
    table["member states"] = table.sum(axis="columns")
    table.columns = pd.Index([name.replace(" ", "_") for name in table.columns])
    return table.rename_axis("region").reset_index()


def chart_vote_on_resolution(
    data: str | Path = "",
    as_of: str | date = "2022-03-03",
    *,
    resolution: str = FIRST_RESOLUTION,
    by: str = "vote",
) -> Chart:
    """Return the chart of a vote: a dot a state, grouped by answer (or by region)."""
    if by not in ("vote", "region"):
        raise ValueError(f'by: "{by}" is not one of: vote, region')
    votes = tabulate_vote_on_resolution(data, as_of, resolution=resolution)
    day = prose.format_day(parse_day(as_of))
    empty = f"The record of {resolution} had not been published by {day}."
    counts = {answer: int((votes["vote"] == answer).sum()) for answer in ANSWERS}
    title = empty.rstrip(".")
    if len(votes):
        held = prose.format_day(votes["vote_date"].iloc[0])
        title = (
            f"UN General Assembly, {held}: {counts['yes']} states voted for {resolution}, "
            f"{counts['no']} against, {counts['abstain']} abstained"
        )
    return Chart(
        name="vote_on_resolution" + ("" if by == "vote" else f"_by_{by}"),
        rows=votes,
        draw=lambda rows, ax: plot_vote(rows, ax, by=by, empty=empty),
        title=title,
        subtitle=f"One dot a member state, {len(votes)} in all; {counts['not voting']} did not "
        "vote. Resolutions of the General Assembly do not bind states in law.",
        alt=prose.write_alt_text(
            "Chart with a dot for each member state",
            title,
            write_answers(votes),
            empty=empty,
        ),
        size=(10, 5.6),
    )


def write_answers(votes: pd.DataFrame) -> list[str]:
    """Return a sentence on each answer to a resolution; few states are named.

    Parameters
    ----------
    votes : pandas.DataFrame
        The frame of `tabulate_vote_on_resolution`; [] for an empty one.
    """
    if votes.empty:
        return []
    held = prose.format_day(votes["vote_date"].iloc[0])
    opening = f"The UN General Assembly voted on {votes['resolution'].iloc[0]} on {held}"
    source = f"{votes['publisher'].iloc[0]} record"
    sentences = [f"{opening} ({source})."]
    for answer in ANSWERS:
        sentences.append(_write_answer(votes.loc[votes["vote"] == answer, "member_state"], answer))
    return sentences


def _write_answer(states: pd.Series, answer: str) -> str:
    verb = {
        "yes": "voted yes",
        "no": "voted no",
        "abstain": "abstained",
        "not voting": "cast no vote",
    }
    number = len(states)
    named = f": {prose.write_list(states.tolist())}" if 0 < number <= _NAMED else ""
    return f"{number} {'state' if number == 1 else 'states'} {verb[answer]}{named}."


def _find_population(data: str | Path, as_of: str | date) -> pd.Series:
    """The population of each country in one edition: the newest known, or else the oldest."""
    figures = read_claims(POPULATION, data)
    figures = figures[figures["edition"].notna()]
    known = figures[figures["published_on"] <= parse_day(as_of)]
    edition = known["edition"].max() if len(known) else figures["edition"].min()
    chosen = figures[figures["edition"] == edition].sort_values("year")
    best: pd.Series = chosen.drop_duplicates("iso3", keep="last").set_index("iso3")["best"]
    return best
