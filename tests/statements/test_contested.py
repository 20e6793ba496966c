"""Statements and the stances on them, in a grid."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from analysis.statements.contested import find_contested, mark_contested, pivot_stances

ROWS = pd.DataFrame(
    [
        ("The city has fallen", "Russia", "says"),
        ("The city has fallen", "Military", "denies"),
        ("Talks are due", "AP", "says"),
        ("A bridge is open", "Mayor", "no comment"),
    ],
    columns=["statement", "claimant_short", "stance"],
)


def test_the_grid_by_hand() -> None:
    grid = pivot_stances(ROWS)
    assert grid.columns.tolist() == ["statement", "Russia", "Military", "AP", "Mayor"]
    assert grid.to_numpy().tolist() == [
        ["The city has fallen", "says", "denies", "", ""],
        ["Talks are due", "", "", "says", ""],
        ["A bridge is open", "", "", "", "no comment"],
    ]


def test_a_denial_or_a_silence_makes_a_statement_contested() -> None:
    marked = mark_contested(ROWS)
    assert marked["contested"].tolist() == [True, True, False, True]
    assert find_contested(ROWS)["claimant_short"].tolist() == ["Russia", "Military", "Mayor"]
    assert find_contested(ROWS).index.tolist() == [0, 1, 2]


def test_no_statements() -> None:
    empty = ROWS[:0]
    assert pivot_stances(empty).columns.tolist() == ["statement"]
    assert len(pivot_stances(empty)) == 0
    assert len(find_contested(empty)) == 0
    assert mark_contested(empty)["contested"].tolist() == []


rows = st.lists(
    st.tuples(
        st.sampled_from(["A", "B", "C"]),
        st.sampled_from(["x", "y", "z"]),
        st.sampled_from(["says", "denies", "no comment"]),
    ),
    min_size=1,
    max_size=9,
    unique_by=lambda row: row[:2],
)


@given(rows)
def test_the_grid_holds_every_stance_once(taken: list[tuple[str, str, str]]) -> None:
    frame = pd.DataFrame(taken, columns=ROWS.columns)
    grid = pivot_stances(frame).set_index("statement")
    for statement, claimant, stance in taken:
        assert grid.loc[statement, claimant] == stance
    assert int((grid != "").to_numpy().sum()) == len(taken)
