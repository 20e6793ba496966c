"""Statements and the stances on them: what is contested."""

import pandas as pd

from analysis.statements.tabulations import mark_contested

ROWS = pd.DataFrame(
    [
        ("The city has fallen", "Russia", "says"),
        ("The city has fallen", "Military", "denies"),
        ("Talks are due", "AP", "says"),
        ("A bridge is open", "Mayor", "no comment"),
    ],
    columns=["statement", "claimant_short", "stance"],
)


def test_a_denial_or_a_silence_makes_a_statement_contested() -> None:
    assert mark_contested(ROWS)["contested"].tolist() == [True, True, False, True]
    assert mark_contested(ROWS[:0])["contested"].tolist() == []
