"""A vote: as many dots as states, told apart by shape, with counts and names."""

import csv
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from analysis.charts import plot_vote, plot_vote_totals, style

from .drawing import new_axes, texts, words
from .frames import VOTES

SHARED = Path(__file__).parents[3] / "shared" / "data" / "un-votes"


def dots(ax: Axes, answer: str) -> int:
    return sum(len(np.asarray(line.get_xdata())) for line in _marks(ax, answer))


def _marks(ax: Axes, answer: str) -> list[Line2D]:
    return [line for line in ax.get_lines() if line.get_label() == answer]


@pytest.mark.parametrize("by", ["vote", "region"])
def test_there_is_a_dot_for_every_state(by: str) -> None:
    ax = new_axes()
    assert plot_vote(VOTES, ax, by=by) is ax
    drawn = {answer: dots(ax, answer) for answer in ("yes", "no", "abstain", "not voting")}
    assert drawn == {"yes": 141, "no": 5, "abstain": 35, "not voting": 12}


def test_no_two_dots_stand_on_one_spot() -> None:
    ax = plot_vote(VOTES, new_axes())
    points = [
        tuple(point.round(3))
        for answer in style.VOTE_MARKS
        for line in _marks(ax, answer)
        for point in line.get_transform().transform(line.get_xydata())
    ]
    assert len(points) == 193 == len(set(points))


def test_counts_are_written_and_small_groups_are_named() -> None:
    shown = words(plot_vote(VOTES, new_axes()))
    for said in ("Yes 141", "No 5", "Abstained 35", "Did not vote 12"):
        assert said in shown
    assert all(f"State {number} of no" in shown for number in range(1, 6))
    assert "State 35 of abstain" in shown
    assert "of yes" not in shown


def test_shape_and_fill_tell_the_answers_apart_without_colour() -> None:
    looks = {(mark.marker, mark.filled) for mark in style.VOTE_MARKS.values()}
    assert len(looks) == len(style.VOTE_MARKS) == 4
    ax = plot_vote(VOTES, new_axes())
    drawn = {answer: _marks(ax, answer)[0].get_marker() for answer in style.VOTE_MARKS}
    assert drawn == {answer: mark.marker for answer, mark in style.VOTE_MARKS.items()}


def test_a_region_adds_up_to_its_states() -> None:
    ax = plot_vote(VOTES, new_axes(), by="region")
    shown = words(ax)
    counts = VOTES.groupby("region").size()
    for region, count in counts.items():
        assert f"{region} {count}" in shown
    asia = VOTES[VOTES["region"] == "Asia"]["vote"].value_counts()
    assert f"yes {asia['yes']}" in shown


def test_only_answers_that_were_given_are_drawn() -> None:
    ax = plot_vote(VOTES[VOTES["vote"] == "no"], new_axes())
    assert "Yes" not in texts(ax)
    assert dots(ax, "no") == 5


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(ValueError, match='by "vote" or "region", not by "continent"'):
        plot_vote(VOTES, new_axes(), by="continent")
    with pytest.raises(ValueError, match="yes, no, abstain, not voting, not maybe"):
        plot_vote(VOTES.assign(vote="maybe"), new_axes())
    with pytest.raises(ValueError, match="plot_vote needs the column region"):
        plot_vote(VOTES.drop(columns="region"), new_axes(), by="region")


def test_an_empty_frame_says_so() -> None:
    assert texts(plot_vote(VOTES.iloc[:0], new_axes(), empty="No vote yet.")) == ["No vote yet."]


@pytest.mark.skipif(not SHARED.exists(), reason="the published votes in ../shared are not here")
def test_the_vote_of_2_march_2022() -> None:
    with (SHARED / "es11_1_2022-03-02_by_country.csv").open(encoding="utf-8") as file:
        votes = pd.DataFrame(csv.DictReader(file))
    votes["vote"] = votes["vote"].str.replace("_", " ")
    ax = plot_vote(votes, new_axes())
    assert [dots(ax, a) for a in style.VOTE_MARKS] == [141, 5, 35, 12]
    assert "ERITREA" in words(ax)


TOTALS = pd.DataFrame(
    [
        ("B, 2 May", "yes", 90.0, "90"),
        ("B, 2 May", "no", 10.0, "ten"),
        ("A, 1 May", "abstain", 20.0, "20"),
        ("A, 1 May", "yes", 30.0, "30"),
        ("A, 1 May", "not voting", None, "not stated"),
    ],
    columns=["heading", "vote", "low", "number"],
)


def test_a_vote_is_a_bar_with_its_answers_in_one_order_and_in_words() -> None:
    ax = new_axes()
    assert plot_vote_totals(TOTALS, ax) is ax
    assert texts(ax) == [
        "B, 2 May", "yes: 90", "no: ten",
        "A, 1 May", "yes: 30", "abstained: 20", "did not vote: not stated",
    ]  # fmt: skip


def test_all_votes_have_one_scale() -> None:
    ax = plot_vote_totals(TOTALS, new_axes())
    long = {str(bar.get_gid()): bar.get_width() for bar in ax.patches if bar.get_gid()}  # type: ignore[attr-defined]
    assert long["vote-0-yes"] == pytest.approx(3 * long["vote-1-yes"])
    assert long["vote-0-yes"] == pytest.approx(9 * long["vote-0-no"])
    assert long["vote-1-not-voting"] == 0


def test_totals_that_cannot_be_drawn_are_refused() -> None:
    with pytest.raises(ValueError, match="plot_vote_totals knows the answers yes, no"):
        plot_vote_totals(TOTALS.assign(vote="perhaps"), new_axes())
    assert texts(plot_vote_totals(TOTALS.iloc[:0], new_axes(), empty="None.")) == ["None."]
