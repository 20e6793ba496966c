"""Casualties over time: each claimant's own line, as known, with and without the parties."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from analysis.casualties.over_time import (
    chart_casualties_over_time,
    follow_claims,
    tabulate_casualties_over_time,
    tabulate_disagreement_over_time,
    write_casualties_over_time,
    write_span,
)
from analysis.charts import finish
from tests.series import Row, break_on, killed

Make = Callable[..., Path]
END = "2023-06-01"
ARMY: Row = {"claimant": "army", "group": "military", "side": "SDN", "standard": "declared"}
ROWS = [
    killed("2023-04-20", "40", "2023-04-21"),
    killed("2023-04-25", "60", "2023-04-26"),
    killed("2023-04-25", "66", "2023-05-02", locator="corrected"),
    killed("2023-04-22", "at least 90", "2023-04-23", claimant="clinic", standard="estimated"),
    killed("2023-04-24", "about 3000", "2023-04-24", **ARMY),
    killed("2023-04-24", "", "2023-04-24", claimant="army", status="not released"),
    killed("2023-04-24", "7", "2023-04-24", outcome="wounded"),
]


@pytest.fixture
def folder(make_casebook: Make) -> Path:
    return make_casebook(casualties=ROWS)


def say(rows: pd.DataFrame) -> list[tuple[str, int, str]]:
    return [(r["claimant"], r["counted_to"].day, r["wording"]) for r in rows.to_dict("records")]


def test_one_row_a_claimant_and_day_counted_as_known(folder: Path) -> None:
    known = tabulate_casualties_over_time(folder, "2023-04-30")
    assert say(known) == [
        ("clinic", 22, "at least 90"),
        ("office", 20, "40"),
        ("office", 25, "60"),
    ]
    later = tabulate_casualties_over_time(folder, END)
    assert say(later)[-1] == ("office", 25, "66"), "the newest edition of the day"
    assert len(tabulate_casualties_over_time(folder, "2023-04-20")) == 0


def test_groups_sides_and_outcomes_stay_apart(folder: Path) -> None:
    soldiers = tabulate_casualties_over_time(folder, END, group="military", side="SDN")
    assert say(soldiers) == [("army", 24, "about 3,000")]
    assert soldiers["counted"].tolist() == ["troops of Sudan killed"]
    assert len(tabulate_casualties_over_time(folder, END, group="military", side="UKR")) == 0
    assert len(tabulate_casualties_over_time(folder, END, outcome="wounded")) == 1
    assert len(tabulate_casualties_over_time(folder, END, outcome="all")) == 4


def test_parties_can_be_left_out(folder: Path) -> None:
    scope = {"group": "military", "side": "SDN"}
    assert len(tabulate_casualties_over_time(folder, END, **scope, parties=False)) == 0
    chart = chart_casualties_over_time(folder, END, **scope, parties=False)
    assert "Claims of the parties to the conflict are left out." in chart.subtitle


def test_a_claim_without_a_day_counted_stands_on_the_day_published(make_casebook: Make) -> None:
    row = killed("", "5", "2023-04-23", since="")
    rows = tabulate_casualties_over_time(make_casebook(casualties=[row]), END)
    assert say(rows) == [("office", 23, "5")]


def test_breaks_of_the_table_are_known(make_casebook: Make) -> None:
    told = break_on("2023-04-24", table="casualties", measure="killed", place="any")
    folder = make_casebook(casualties=ROWS, breaks=[told])
    rows = tabulate_casualties_over_time(folder, END)
    assert rows["segment"].tolist() == [0, 0, 1]


def test_the_latest_claim_up_to_each_day_with_its_age(folder: Path) -> None:
    rows = tabulate_casualties_over_time(folder, END)
    days = pd.DatetimeIndex(["2023-04-19", "2023-04-21", "2023-04-24", "2023-04-30"])
    bands = follow_claims(rows, days)
    found = [
        (r["day"].day, r["claimant"], r["wording"], r["age_days"]) for r in bands.to_dict("records")
    ]
    assert sorted(found) == [
        (21, "office", "40", 1),
        (24, "clinic", "at least 90", 2),
        (24, "office", "40", 4),
        (30, "clinic", "at least 90", 8),
        (30, "office", "66", 5),
    ]


def test_disagreement_ends_on_the_last_day(folder: Path) -> None:
    bands = tabulate_disagreement_over_time(
        folder, "2023-05-05", group="civilian", outcome="killed", side="", every=7
    )
    assert bands["day"].max() == pd.Timestamp("2023-05-05")
    assert bands["day"].min() == pd.Timestamp("2023-04-20")
    nothing = tabulate_disagreement_over_time(folder, "2023-04-01", side="SDN")
    assert len(nothing) == 0
    assert {"day", "age_days"} <= set(nothing.columns)


def test_the_chart_s_title_has_each_figure_with_claimant_and_day(folder: Path) -> None:
    chart = chart_casualties_over_time(folder, END)
    assert chart.name == "casualties_over_time"
    assert chart.title == (
        "Civilians killed: at least 90 (Clinic, 22 April 2023), 66 (Office, 25 April 2023); "
        "as known on 1 June 2023"
    )
    assert len(chart.rows) == 3
    assert "66 civilians killed from 15 April to 25 April 2023. It is the last of 2" in chart.alt
    finish(chart)


def test_charts_of_different_people_have_different_names(folder: Path) -> None:
    names = {
        chart_casualties_over_time(folder, END, **scope).name
        for scope in (
            {},
            {"outcome": "wounded"},
            {"group": "military", "side": "SDN"},
            {"group": "military", "side": "SDN", "outcome": "killed or wounded"},
        )
    }
    assert len(names) == 4
    assert "casualties_over_time_military_killed_or_wounded_sdn" in names


def test_a_day_with_nothing_is_an_empty_chart(folder: Path) -> None:
    chart = chart_casualties_over_time(
        folder, "2023-04-01", group="military", side="SDN", outcome="losses"
    )
    assert (
        chart.title
        == "The casebook holds no figure of troops of Sudan out of action published by 1 April 2023"
    )
    assert len(chart.rows) == 0
    finish(chart)


def test_many_claimants_are_told_by_the_lowest_and_the_highest(folder: Path) -> None:
    rows = tabulate_casualties_over_time(folder, END)
    first = rows.iloc[[0]]
    crowd = pd.concat(
        [
            first.assign(
                claimant=f"c{n}",
                claimant_short=f"C{n}",
                wording=f"{n:,}",
                low=n,
                high=n,
                published_on=first["published_on"] + pd.Timedelta(days=day),
            )
            for n, day in ((300, 0), (20, 2), (1000, 1), (55, 0))
        ],
        ignore_index=True,
    )
    assert write_span(crowd) == (
        "Civilians killed: 4 claimants, the newest figure 20 (C20, 22 April 2023)"
    )


def test_a_party_s_figure_is_told_as_a_party_s(folder: Path) -> None:
    rows = tabulate_casualties_over_time(folder, END, group="military", side="SDN")
    assert write_casualties_over_time(rows) == [
        "The army of Sudan, a party to the conflict, put the number of troops of Sudan killed at "
        "about 3,000 from 15 April to 24 April 2023."
    ]
