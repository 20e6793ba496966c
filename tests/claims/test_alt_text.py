"""Alt texts are short: two rows in words, and how many more the table holds."""

import pytest

from analysis.claims.findings import LONGEST_TITLE, choose_title
from analysis.claims.prose import write_alt_text


@pytest.mark.parametrize(
    ("sentences", "end"),
    [
        ([], "Nothing."),
        (["One.", "Two."], "One. Two."),
        (["One.", "Two.", "Three."], "Two. The table holds 1 more row."),
        (["One.", "Two.", "Three.", "Four."], "Two. The table holds 2 more rows."),
    ],
)
def test_two_rows_are_told_and_the_others_counted(sentences: list[str], end: str) -> None:
    said = write_alt_text("Chart", "Finding", sentences, empty="Nothing.")
    assert said.startswith("Chart. Finding. ")
    assert said.endswith(end)


def test_a_title_is_never_too_long() -> None:
    said = choose_title(["soldiers killed in a quarter, " * 9])
    assert len(said) <= LONGEST_TITLE
    assert said.endswith("\N{HORIZONTAL ELLIPSIS}")
