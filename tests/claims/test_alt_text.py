"""Alt texts are one or two sentences: the finding, and what is measured."""

import pandas as pd
import pytest

from analysis.claims.findings import LONGEST_TITLE, choose_title
from analysis.claims.prose import write_alt_text

WHAT = "People killed in Sudan, as known on 3 May 2023."


@pytest.mark.parametrize(
    ("parties", "said"),
    [
        ([], "Chart. Nothing."),
        ([False], f"Chart: Finding. {WHAT}"),
        ([True], f"Chart: Finding. {WHAT[:-1]}; claims of a party to the conflict: C0."),
        (
            [True, False, True],
            f"Chart: Finding. {WHAT[:-1]}; claims of parties to the conflict: C0 and C2.",
        ),
        ([True] * 5, f"Chart: Finding. {WHAT[:-1]}; claims of parties to the conflict: 5 of them."),
    ],
)
def test_the_finding_is_told_with_its_measure_and_the_parties(
    parties: list[bool], said: str
) -> None:
    names = [f"C{number}" for number in range(len(parties))]
    rows = pd.DataFrame({"claimant_short": names, "is_party": parties})
    assert write_alt_text("Chart", "Finding", WHAT, rows, empty="Nothing.") == said


def test_whose_figures_the_title_has_no_room_for_are_named() -> None:
    counted = ["Ukrainian troops killed", "Russian troops killed", "Russian troops killed"]
    rows = pd.DataFrame({"counted": counted})
    said = write_alt_text("Chart", "Ukrainian troops killed: 5 (A)", WHAT, rows, empty="")
    assert said.endswith("3 May 2023; also drawn: Russian troops killed.")
    rows = pd.DataFrame({"counted": [f"fighters of side {n}" for n in range(6)]})
    said = write_alt_text("Chart", "Fighters of side 0: 5 (A)", WHAT, rows, empty="")
    assert said.endswith("; also drawn: 5 other counts.")


def test_a_title_is_never_too_long() -> None:
    said = choose_title(["soldiers killed in a quarter, " * 9])
    assert len(said) <= LONGEST_TITLE
    assert said.endswith("\N{HORIZONTAL ELLIPSIS}")
