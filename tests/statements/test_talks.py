"""Talks: what each side says of them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from analysis import open_casebook
from analysis.claims import prose
from analysis.tables import CellError
from tests.series import SAID

TALK = SAID | {
    "claimant": "army", "topic": "readiness", "statement": "The army is ready for talks",
    "stance": "says",
}  # fmt: skip


def test_both_sides_of_the_article_are_ready_in_their_own_words(casebook: Path) -> None:
    talks = open_casebook(casebook).statements.talks()
    ready = talks[talks["topic"] == "readiness"].set_index("claimant")
    assert set(ready.index) == {"russia-foreign-minister", "ukraine-foreign-minister"}
    assert ready["statement"].nunique() == 2, "each speaks for itself"
    assert (talks["stance"] == "says").all()
    assert not talks["contested"].any()
    told = prose.write_statements(talks)
    assert all("(reported on 3 March 2022)." in sentence for sentence in told)


@pytest.mark.parametrize("day", ["2022-02-25", "2022-03-02"])
def test_a_day_before_any_word(casebook: Path, day: str) -> None:
    talks = open_casebook(casebook, day).statements.talks()
    assert len(talks) == 0
    assert {"statement", "stance", "contested"} <= set(talks)


@pytest.mark.parametrize(
    ("change", "column", "expected"),
    [
        ({"stance": "deny"}, "stance", "one of: says, denies, no comment"),
        ({"statement": ""}, "statement", "a value: this cell may not be empty"),
        ({"said_on": "2023-05-11"}, "said_on", "a day not after the day it was published"),
        ({"wording": "many"}, "wording", "a figure that can be read"),
    ],
)
def test_a_wrong_stance_is_said(
    make_casebook: Callable[..., Path],
    find_errors: Callable[[Path], list[CellError]],
    change: dict[str, str],
    column: str,
    expected: str,
) -> None:
    errors = find_errors(make_casebook(talks=[TALK | change]))
    assert [(error.file, error.row, error.column) for error in errors] == [("talks.csv", 2, column)]
    assert errors[0].expected.startswith(expected)
