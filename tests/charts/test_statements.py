"""The grid of statements: a mark and a word for each stance, a dash for silence."""

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
    return [
        line
        for line in ax.get_children()
        if isinstance(line, Line2D) and line.get_label() == stance
    ]


def spot(line: Line2D) -> tuple[float, float]:
    [point] = line.get_transform().transform(line.get_xydata())
    return float(point[0]), float(point[1])


def test_each_stance_is_a_mark_and_a_word() -> None:
    ax = new_axes()
    assert plot_statements(KHERSON, ax) is ax
    assert [len(marks(ax, s)) for s in ("says", "denies", "no comment")] == [2, 1, 1]
    shown = texts(ax)
    assert [shown.count(s) for s in ("says", "denies", "no comment")] == [2, 1, 1]


def test_a_statement_is_a_row_and_a_claimant_a_column() -> None:
    ax = plot_statements(KHERSON, new_axes())
    kherson, talks = (spot(line) for line in marks(ax, "says"))
    [denied] = (spot(line) for line in marks(ax, "denies"))
    assert kherson[0] == pytest.approx(talks[0])
    assert kherson[1] > talks[1]
    assert denied[1] == pytest.approx(kherson[1])


def test_silence_is_a_dash_in_its_cell() -> None:
    ax = plot_statements(KHERSON, new_axes())
    # Two cells of six, and one in the key.
    assert texts(ax).count("–") == 3
    assert "says nothing on it in the sources read" in words(ax)
    whole = plot_statements(KHERSON.iloc[:3], new_axes())
    assert texts(whole).count("–") == 0
    assert "says nothing" not in words(whole)


def test_claimants_of_a_side_stand_together_and_those_of_none_last() -> None:
    ax = plot_statements(KHERSON, new_axes(), side_names={"RUS": "Russia"})
    [silent] = (spot(line) for line in marks(ax, "no comment"))
    [denied] = (spot(line) for line in marks(ax, "denies"))
    assert silent[0] > denied[0]
    shown = texts(ax)
    assert "side: Russia" in shown
    assert "side: UKR" in shown
    assert "◆ Moscow" in words(ax)
    assert "◆ Agency" not in words(ax)


def test_a_second_stance_of_one_claimant_is_kept() -> None:
    both = pd.concat([KHERSON, KHERSON.iloc[:1].assign(stance="denies")])
    ax = plot_statements(both, new_axes())
    assert len(marks(ax, "denies")) == 2
    assert len(marks(ax, "says")) == 2


def test_without_sides_and_parties() -> None:
    plain = KHERSON.drop(columns=["claimant_side", "is_party"])
    ax = plot_statements(plain.rename(columns={"claimant_short": "claimant_name"}), new_axes())
    assert "side:" not in words(ax)
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


def test_a_name_is_not_torn_where_the_columns_can_be_wide_enough() -> None:
    names = ("Zelenskyy", "Ukrainian military", "Mayor of Kyiv", "Russia", "Agency", "Assembly")
    rows = pd.concat(
        [KHERSON.iloc[:1].assign(claimant_short=name, is_party=True) for name in names]
    )
    shown = texts(plot_statements(rows, new_axes(9, 6)))
    for name in names:
        assert {f"◆\u00a0{name}", name, name.split()[0], f"◆\u00a0{name.split()[0]}"} & set(shown)
