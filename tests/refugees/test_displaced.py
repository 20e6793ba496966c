"""Displaced people: place and measure name a series, and a whole country is not a region."""

from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.refugees.displaced import tabulate_displaced, tabulate_latest_displaced

MakeCasebook = Callable[..., Path]


def row(place: str, wording: str, as_of: str = "2023-05-01", **cells: str) -> dict[str, str]:
    return {
        "source_id": "report-1",
        "locator": f"{place}, {as_of}",
        "claimant": "office",
        "as_of": as_of,
        "place": place,
        "measure": "internally displaced, by location",
        "wording": wording,
        "unit": "people",
        "standard": "estimated",
        "status": "stated",
        **cells,
    }


def test_the_noun_names_the_place(make_casebook: MakeCasebook) -> None:
    origin = {"measure": "internally displaced, by origin", "locator": "origin"}
    rows = [row("SDN", "900"), row("North", "about 300"), row("North", "200", **origin)]
    claims = tabulate_displaced(make_casebook(displaced=rows), "2023-05-10")
    assert claims["counted"].tolist() == [
        "people displaced inside Sudan",
        "people displaced inside the country and now in North",
        "people displaced inside the country who come from North",
    ]
    assert claims["low"].tolist() == [900, 270, 200]


def test_only_what_was_known(make_casebook: MakeCasebook) -> None:
    later = row("SDN", "1000", "2023-05-15", source_id="report-2")
    folder = make_casebook(displaced=[row("SDN", "900"), later])
    assert tabulate_displaced(folder, "2023-05-19")["wording"].tolist() == ["900"]
    assert tabulate_latest_displaced(folder, "2023-05-20")["wording"].tolist() == ["1,000"]
    assert tabulate_displaced(folder, "2023-05-09").empty
    assert tabulate_latest_displaced(folder, "2023-05-09")["counted"].tolist() == []


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ({"measure": "displaced"}, "one of: internally displaced, by location"),
        ({"wording": ""}, "a figure, or the status not released"),
        ({"as_of": "2023-05-11"}, "a last day counted not after the day it was published"),
        ({"place": ""}, "this cell may not be empty"),
    ],
)
def test_faults_are_found(
    make_casebook: MakeCasebook,
    find_errors: Callable[[Path], list[object]],
    fault: dict[str, str],
    message: str,
) -> None:
    folder = make_casebook(displaced=[{**row("SDN", "900"), **fault}])
    (error,) = find_errors(folder)
    assert message in str(error)
    assert "displaced.csv, row 2" in str(error)
