"""Lineage: a count is one claim, however many documents repeat it."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from analysis import open_casebook
from analysis.claims.compare import count_once
from tests.conftest import SOURCES
from tests.series import Row, killed

Make = Callable[..., Path]
OUTLETS: list[Row] = [
    {**SOURCES[0], "source_id": f"outlet-{n}", "publisher": f"Outlet {n}", "title": f"News {n}"}
    for n in range(1, 6)
]
REPEATED = [
    killed("2023-04-20", "at least 227", f"2023-04-2{n}", source_id=f"outlet-{n}")
    for n in range(1, 6)
]


def once(make: Make, *rows: Row, folder: str = "tiny") -> pd.DataFrame:
    path = make(folder, sources=[*SOURCES, *OUTLETS], casualties=list(rows))
    return count_once(open_casebook(path, "2023-06-01").casualties.claims())


def test_five_outlets_that_repeat_one_office_count_once(make_casebook: Make) -> None:
    (row,) = once(make_casebook, *reversed(REPEATED)).to_dict("records")
    assert row["documents"] == 5
    assert row["publisher"] == "Outlet 1", "the first to publish, wherever its row stands"
    assert row["repeated_by"] == "Outlet 2; Outlet 3; Outlet 4; Outlet 5"


def test_a_document_that_leaves_the_day_out_repeats_the_dated_claim(make_casebook: Make) -> None:
    undated = REPEATED[1] | {"since": "", "as_of": ""}
    assert once(make_casebook, REPEATED[0], undated)["documents"].tolist() == [2]


def test_two_claimants_with_one_figure_are_two_claims(make_casebook: Make) -> None:
    other = REPEATED[1] | {"claimant": "clinic"}
    found = once(make_casebook, REPEATED[0], other)
    assert found["documents"].tolist() == [1, 1]
    assert found["repeated_by"].tolist() == ["", ""]


def test_another_figure_day_outcome_or_standard_is_another_claim(make_casebook: Make) -> None:
    others = [
        REPEATED[1] | {"wording": "227"},
        REPEATED[2] | {"as_of": "2023-04-19"},
        REPEATED[3] | {"outcome": "wounded"},
        REPEATED[4] | {"standard": "declared"},
    ]
    assert once(make_casebook, REPEATED[0], *others)["documents"].tolist() == [1] * 5


def test_no_claims_stay_none(make_casebook: Make) -> None:
    found = once(make_casebook)
    assert len(found) == 0
    assert {"documents", "repeated_by"} <= set(found.columns)
