"""Projections: who made them when, about which day, and of whom."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from analysis import open_casebook
from analysis.claims import prose
from analysis.tables import CellError
from tests.series import SAID

Make = Callable[..., Path]
Find = Callable[[Path], list[CellError]]
PROJECTION = SAID | {
    "origin": "SDN", "measure": "not stated", "definition": "people who may leave",
    "wording": "up to 860,000", "standard": "projected",
}  # fmt: skip


def test_the_article_s_projection(casebook: Path) -> None:
    row = open_casebook(casebook, "2022-03-03").projections.claims(origin="UKR").iloc[0]
    assert (row["low"], row["high"], row["qualifier"]) == (0, 4_000_000, "up to")
    assert pd.isna(row["best"])
    assert row["horizon"] == "no day stated"
    assert pd.isna(row["made_on"])
    assert row["counted"] == "people who could leave Ukraine"
    assert row["standard"] == "projected"


@pytest.mark.parametrize(("day", "rows"), [("2022-02-25", 0), ("2022-03-02", 0), ("2022-03-03", 1)])
def test_a_projection_is_known_from_its_day_on(casebook: Path, day: str, rows: int) -> None:
    claims = open_casebook(casebook, day).projections.claims(origin="UKR")
    assert len(claims[claims["source_id"] == "ap-2022-03-03"]) == rows
    assert {"horizon", "counted", "since", "as_of"} <= set(claims)


def test_nothing_projected_has_been_counted(make_casebook: Make) -> None:
    dated = PROJECTION | {"target_day": "2023-10-31", "made_on": "2023-05-04"}
    book = open_casebook(make_casebook(projections=[PROJECTION, dated]), "2023-06-01")
    claims = book.projections.claims(origin="SDN")
    assert claims["since"].isna().all()
    assert claims["as_of"].isna().all()
    assert claims["horizon"].tolist() == ["no day stated", "about 31 October 2023"]
    assert prose.write_sentences(claims) == [
        "The Relief Office projected up to 860,000 people who could leave Sudan "
        "(no day stated, reported on 10 May 2023).",
        "The Relief Office projected up to 860,000 people who could leave Sudan "
        "(for 31 October 2023, made on 4 May 2023, reported on 10 May 2023).",
    ]


@pytest.mark.parametrize(
    ("change", "column", "expected"),
    [
        ({"standard": "declared"}, "standard", "one of: projected"),
        ({"wording": ""}, "wording", "a value: this cell may not be empty"),
        ({"definition": ""}, "definition", "a value: this cell may not be empty"),
        ({"made_on": "2023-05-11"}, "made_on", "a day not after the day it was published"),
        ({"measure": "refugees"}, "measure", "one of: not stated, border crossings, refugees rec"),
    ],
)
def test_what_is_no_projection_is_refused(
    make_casebook: Make, find_errors: Find, change: dict[str, str], column: str, expected: str
) -> None:
    errors = find_errors(make_casebook(projections=[PROJECTION | change]))
    assert [(error.file, error.row, error.column) for error in errors] == [
        ("projections.csv", 2, column)
    ]
    assert errors[0].expected.startswith(expected)


def test_an_area_and_a_plan_of_help_stand_in_what_is_counted(make_casebook: Make) -> None:
    area = {"area": "union", "name": "the Union"}
    rows = [
        PROJECTION | {"asylum": "union"},
        PROJECTION | {"asylum": "all", "wording": "900,000"},
        PROJECTION | {"measure": "people to be helped", "wording": "1 million"},
    ]
    areas = [{"area": "SDN", "name": "Sudan", "iso3": "SDN"}, area]
    folder = make_casebook(projections=rows, areas=areas)
    claims = open_casebook(folder, "2023-06-01").projections.claims(origin="SDN")
    assert claims["counted"].tolist() == [
        "people who could leave Sudan for the Union",
        "people who could leave Sudan",
        "people to be helped, refugees from Sudan among them",
    ]
