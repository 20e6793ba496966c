"""Military losses by claimant: the latest word of each, killed apart from everything else."""

from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.casualties.losses_by_claimant import (
    chart_military_losses_by_claimant,
    tabulate_military_losses_by_claimant,
)
from analysis.charts import finish
from tests.series import Row, killed

Make = Callable[..., Path]
SOLDIERS: Row = {"group": "military", "side": "SDN", "standard": "estimated"}
ROWS = [
    killed("2023-04-20", "about 2500", "2023-04-20", **SOLDIERS, outcome="losses"),
    killed("2023-04-18", "300", "2023-04-18", **SOLDIERS),
    killed("2023-04-20", "400", "2023-04-20", **SOLDIERS),
    killed("2023-05-02", "1000 to 1500", "2023-05-02", **SOLDIERS, claimant="clinic"),
    killed("2023-04-30", "12", "2023-04-30", **SOLDIERS, claimant="army"),
    killed("2023-04-30", "9", "2023-04-30", **(SOLDIERS | {"side": "TCD"})),
    killed("2023-04-30", "80", "2023-04-30"),
]
END = "2023-06-01"


@pytest.fixture
def folder(make_casebook: Make) -> Path:
    return make_casebook(casualties=ROWS)


def test_the_latest_of_each_claimant_killed_first_then_the_newest(folder: Path) -> None:
    rows = tabulate_military_losses_by_claimant(folder, END, side="SDN")
    assert rows[["claimant", "outcome", "wording"]].to_numpy().tolist() == [
        ["clinic", "killed", "1,000 to 1,500"],
        ["army", "killed", "12"],
        ["office", "killed", "400"],
        ["office", "losses", "about 2,500"],
    ]
    known = tabulate_military_losses_by_claimant(folder, "2023-04-19", side="SDN")
    assert known["wording"].tolist() == ["300"]


def test_parties_can_be_left_out(folder: Path) -> None:
    rows = tabulate_military_losses_by_claimant(folder, END, side="SDN", parties=False)
    assert "army" not in set(rows["claimant"])


def test_losses_and_killed_are_two_charts(folder: Path) -> None:
    chart = chart_military_losses_by_claimant(folder, END, side="SDN")
    assert chart.rows["wording"].tolist() == ["1,000 to 1,500", "12", "400"]
    assert chart.title == (
        "Troops of Sudan killed: 1,000 to 1,500 (Clinic, 2 May 2023), 12 (Army, 30 April 2023), "
        "400 (Office, 20 April 2023); as known on 1 June 2023"
    )
    losses = chart_military_losses_by_claimant(folder, END, side="SDN", outcome="losses")
    assert losses.rows["counted"].tolist() == ["troops of Sudan out of action"]
    assert len({chart.name, losses.name}) == 2
    finish(losses)


def test_all_outcomes_are_named_row_by_row(folder: Path) -> None:
    chart = chart_military_losses_by_claimant(folder, END, side="SDN", outcome="all")
    assert len(chart.rows) == 4
    assert "out of action: about 2,500 (Office, 20 April 2023)" in chart.title


def test_a_day_with_nothing(folder: Path) -> None:
    for outcome in ("killed", "all"):
        chart = chart_military_losses_by_claimant(folder, "2023-04-01", side="SDN", outcome=outcome)
        assert len(chart.rows) == 0
        assert chart.title.startswith("The casebook holds no figure of troops of Sudan killed")
        finish(chart)


def test_an_unknown_outcome_is_a_clear_mistake(folder: Path) -> None:
    with pytest.raises(ValueError, match=r'^outcome: "dead" is not one of: killed, '):
        chart_military_losses_by_claimant(folder, outcome="dead")
