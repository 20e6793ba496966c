"""Totals of actions and needs: units, topics, and the latest of each measure."""

from collections.abc import Callable
from pathlib import Path

import pytest

from analysis import open_casebook

MakeCasebook = Callable[..., Path]


def row(measure: str, wording: str, **cells: str) -> dict[str, str]:
    return {
        "source_id": "report-1",
        "locator": "page 1",
        "claimant": "office",
        "topic": "appeal",
        "measure": measure,
        "wording": wording,
        "unit": "US dollars",
        "standard": "declared",
        "status": "stated",
        **cells,
    }


def test_money_is_measured_and_people_are_counted(make_casebook: MakeCasebook) -> None:
    need = row("people in need", "more than 12 million", topic="people in need", unit="people")
    rows = [row("requirement", "more than 1.1 billion"), need]
    claims = open_casebook(make_casebook(action_totals=rows), "2023-05-10").actions.totals()
    assert claims["low"].tolist() == [1_100_000_000, 12_000_000]
    assert claims["low_excluded"].tolist() == [True, True]
    assert claims["counted"].tolist() == ["requirement", "people in need"]


def test_the_latest_of_each_measure(make_casebook: MakeCasebook) -> None:
    later = row("requirement", "1.85 billion", source_id="report-2")
    folder = make_casebook(action_totals=[row("requirement", "550.6 million"), later])
    assert open_casebook(folder, "2023-05-19").actions.totals()["wording"].tolist() == [
        "550.6 million"
    ]
    assert open_casebook(folder, "2023-05-20").actions.totals()["wording"].tolist() == [
        "1.85 billion"
    ]


def test_one_topic(make_casebook: MakeCasebook) -> None:
    exits = row("leaving", "several dozen", topic="company exits", unit="companies")
    folder = make_casebook(action_totals=[row("requirement", "1 billion"), exits])
    chosen = open_casebook(folder, "2023-05-10").actions.totals(topic="company exits")
    assert chosen["wording"].tolist() == ["several dozen"]
    with pytest.raises(ValueError, match='topic: "exits" is not one of: sanctions'):
        open_casebook(folder, "2023-05-10").actions.totals(topic="exits")


def test_an_unknown_topic_or_unit_is_an_error(
    make_casebook: MakeCasebook, find_errors: Callable[[Path], list[object]]
) -> None:
    folder = make_casebook(action_totals=[row("requirement", "1", topic="apeal", unit="roubles")])
    errors = [str(error) for error in find_errors(folder)]
    assert len(errors) == 2
    assert 'did you mean "appeal"?' in errors[0]
    assert "column unit" in errors[1]
