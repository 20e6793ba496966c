"""Places: who says, who denies, who is silent."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from analysis import chart_contested_statements, open_casebook
from analysis.statements.table import KM_PER_MILE
from tests.series import SAID

Make = Callable[..., Path]
PLACE = SAID | {
    "claimant": "army", "place": "El Fasher", "place_in": "SDN", "topic": "control",
    "statement": "The army holds the airport", "stance": "says",
}  # fmt: skip
SAID = {name: text for name, text in PLACE.items() if not name.startswith("place")}
DAY = "2023-06-01"


def test_kherson_is_claimed_and_denied(casebook: Path) -> None:
    places = open_casebook(casebook).statements.places()
    kherson = places[places["place"] == "Kherson"].set_index("claimant")
    assert kherson["stance"].to_dict() == {"russia": "says", "ukraine-armed-forces": "denies"}
    assert kherson["status"].to_dict() == {"russia": "disputed", "ukraine-armed-forces": "denied"}
    assert kherson["contested"].all()
    assert kherson["is_party"].all()


def test_a_silence_is_no_denial(casebook: Path) -> None:
    silent = (
        open_casebook(casebook).statements.places().set_index("claimant").loc["ukraine-president"]
    )
    assert silent["stance"] == "no comment"
    assert silent["status"] == "not released"


def test_one_length_in_two_units_agrees(casebook: Path) -> None:
    places = open_casebook(casebook).statements.places()
    convoy = places[places["topic"] == "convoy length"].set_index("unit")["best"]
    assert convoy.to_dict() == {"miles": 40, "km": 64}
    assert round(40 * KM_PER_MILE) == 64


@pytest.mark.parametrize("day", ["2022-02-25", "2022-03-02"])
def test_a_day_before_any_statement(casebook: Path, day: str) -> None:
    assert len(open_casebook(casebook, day).statements.contested()) == 0
    chart = chart_contested_statements(open_casebook(casebook, day).statements.contested())
    assert chart.title.startswith("The casebook holds no statements published by ")


def test_contested_statements_come_first_and_can_stand_alone(casebook: Path) -> None:
    rows = open_casebook(casebook).statements.contested()
    contested = rows["contested"].tolist()
    assert contested == sorted(contested, reverse=True)
    assert set(rows["about"]) == {"place", "talks"}
    only = open_casebook(casebook).statements.contested(contested_only=True)
    assert only["contested"].all()
    assert len(only) == sum(contested)
    assert not rows.duplicated(["claimant", "statement"]).any()


def test_the_newest_stance_known_on_the_day_holds(make_casebook: Make) -> None:
    rows = [
        PLACE | {"claimant": "clinic", "stance": "no comment"},
        PLACE | {"claimant": "clinic", "stance": "says", "source_id": "report-2"},
        PLACE | {"stance": "denies", "source_id": "report-2"},
        PLACE | {"stance": "says"},
    ]
    folder = make_casebook(places=rows)
    before = open_casebook(folder, "2023-05-15").statements.contested()
    assert dict(zip(before["claimant"], before["stance"], strict=True)) == {
        "clinic": "no comment",
        "army": "says",
    }
    after = open_casebook(folder, "2023-05-20").statements.contested()
    assert dict(zip(after["claimant"], after["stance"], strict=True)) == {
        "clinic": "says",
        "army": "denies",
    }
    assert len(open_casebook(folder, "2023-05-20").statements.places()) == 4, (
        "what was said before stays"
    )


def test_what_is_no_longer_denied_is_no_longer_contested(make_casebook: Make) -> None:
    rows = [PLACE | {"stance": "denies"}, PLACE | {"stance": "says", "source_id": "report-2"}]
    folder = make_casebook(places=rows)
    assert open_casebook(folder, "2023-05-15").statements.contested()["contested"].tolist() == [
        True
    ]
    assert open_casebook(folder, "2023-05-20").statements.contested()["contested"].tolist() == [
        False
    ]


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        ([PLACE], "1 statement reported by 10 May 2023 is not denied"),
        (
            [PLACE, PLACE | {"claimant": "clinic", "stance": "denies"}],
            "Army says and Clinic denies: The army holds the airport (10 May 2023)",
        ),
        (
            [
                PLACE,
                PLACE | {"claimant": "office"},
                PLACE | {"claimant": "clinic", "stance": "denies"},
            ],
            "Army and Office say and Clinic denies: The army holds the airport (10 May 2023)",
        ),
        (
            [PLACE | {"stance": "denies"}],
            "Army denies: The army holds the airport (10 May 2023)",
        ),
    ],
)
def test_the_title_says_who_says_and_who_denies(
    make_casebook: Make, rows: list[dict[str, str]], title: str
) -> None:
    chart = chart_contested_statements(
        open_casebook(make_casebook(places=rows), DAY).statements.contested()
    )
    assert chart.title == title


def test_places_and_talks_stand_in_one_grid(make_casebook: Make) -> None:
    folder = make_casebook(places=[PLACE], talks=[SAID | {"statement": "Talks go on"}])
    rows = open_casebook(folder, DAY).statements.contested()
    assert rows["about"].tolist() == ["place", "talks"]
    assert rows["place"].isna().tolist() == [False, True]
    assert pd.api.types.is_datetime64_any_dtype(rows["published_on"])
