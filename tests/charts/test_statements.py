"""The list of statements: a mark and words for each stance."""

import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from analysis.charts import plot_statements, style

from .drawing import new_axes, texts, words
from .frames import STATEMENTS

KHERSON = pd.DataFrame(
    [
        ("Kherson is taken", "Moscow", "RUS", True, "says"),
        ("Kherson is taken", "Agency", "", False, "no comment"),
        ("Kherson is taken", "Kyiv", "UKR", True, "denies"),
        ("Talks go on", "Moscow", "RUS", True, "says"),
    ],
    columns=["statement", "claimant_short", "claimant_side", "is_party", "stance"],
)


def marks(ax: Axes, stance: str) -> list[Line2D]:
    mark = style.STANCE_MARKS[stance]
    return [
        line
        for line in ax.get_children()
        if isinstance(line, Line2D)
        and (line.get_marker(), line.get_markersize()) == (mark.marker, mark.size)
        and (line.get_markerfacecolor() == mark.colour) is mark.filled
    ]


def spot(line: Line2D) -> tuple[float, float]:
    [point] = line.get_transform().transform(line.get_xydata())
    return float(point[0]), float(point[1])


def test_each_stance_is_a_mark_and_words() -> None:
    ax = new_axes()
    assert plot_statements(KHERSON, ax) is ax
    assert [len(marks(ax, s)) for s in ("says", "denies", "no comment")] == [2, 1, 1]
    shown = [text.replace("\u00a0", " ") for text in texts(ax)]
    assert shown[-6:] == [
        "Kherson is taken", "◆ Moscow says so", "◆ Kyiv denies it", "Agency gives no comment",
        "Talks go on", "◆ Moscow says so",
    ]  # fmt: skip


def test_who_says_it_stands_beside_a_statement_and_below_it_on_a_phone() -> None:
    wide, narrow = (plot_statements(KHERSON, new_axes(width)) for width in (9, 5))
    for ax, beside in ((wide, True), (narrow, False)):
        [text] = [text for text in ax.texts if text.get_text() == "Kherson is taken"]
        box = text.get_window_extent()
        first = max((spot(line) for line in marks(ax, "says")), key=lambda place: place[1])
        assert bool(first[0] > box.x1) is beside
        assert bool(first[1] < box.y0) is not beside


def test_a_heading_stands_once_above_those_that_share_it() -> None:
    rows = KHERSON.assign(heading=["Denied", "Denied", "Denied", "Said"])
    shown = texts(plot_statements(rows, new_axes()))
    assert (shown.count("Denied"), shown.count("Said")) == (1, 1)
    assert shown.index("Kherson is taken") < shown.index("Said") < shown.index("Talks go on")


def test_the_day_and_the_age_of_a_stance_are_told() -> None:
    rows = KHERSON.assign(published_on=pd.Timestamp("2022-03-03"), age="1 year old")
    assert "Agency gives no comment, 3 Mar 2022, 1 year old" in words(
        plot_statements(rows, new_axes())
    )


def test_a_second_stance_of_one_claimant_is_kept() -> None:
    both = pd.concat([KHERSON, KHERSON.iloc[:1].assign(stance="denies")])
    ax = plot_statements(both, new_axes())
    assert len(marks(ax, "denies")) == 2
    assert len(marks(ax, "says")) == 2


def test_without_parties() -> None:
    plain = KHERSON.drop(columns=["claimant_side", "is_party"])
    ax = plot_statements(plain.rename(columns={"claimant_short": "claimant_name"}), new_axes())
    assert style.PARTY_MARK not in words(ax)


def test_stances_differ_without_colour() -> None:
    looks = {(mark.marker, mark.filled) for mark in style.STANCE_MARKS.values()}
    assert len(looks) == 3


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(ValueError, match="says, denies, no comment, not doubts"):
        plot_statements(KHERSON.assign(stance="doubts"), new_axes())
    with pytest.raises(ValueError, match="plot_statements needs the column claimant_name"):
        plot_statements(KHERSON.drop(columns="claimant_short"), new_axes())


def test_an_empty_frame_says_so() -> None:
    ax = plot_statements(STATEMENTS.iloc[:0], new_axes(), empty="Nobody had spoken.")
    assert texts(ax) == ["Nobody had spoken."]
