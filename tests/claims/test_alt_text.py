"""Alt texts are short: one row in words, and how many more the table holds."""

import pytest

from analysis.claims.findings import LONGEST_TITLE, choose_title
from analysis.claims.prose import write_alt_text


@pytest.mark.parametrize(
    ("sentences", "said"),
    [
        ([], "Chart. Nothing."),
        (["One."], "Chart: Finding. One."),
        (["One.", "Two."], "Chart: Finding. One; the table holds 1 more row."),
        (["One.", "Two.", "Three."], "Chart: Finding. One; the table holds 2 more rows."),
    ],
)
def test_one_row_is_told_and_the_others_are_counted(sentences: list[str], said: str) -> None:
    assert write_alt_text("Chart", "Finding", sentences, empty="Nothing.") == said


def test_a_title_is_never_too_long() -> None:
    said = choose_title(["soldiers killed in a quarter, " * 9])
    assert len(said) <= LONGEST_TITLE
    assert said.endswith("\N{HORIZONTAL ELLIPSIS}")
