"""Charts of casualties: they draw and speak of the rows that they are given."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis import (
    chart_casualties_by_source,
    chart_casualties_over_time,
    chart_military_losses_by_claimant,
    open_casebook,
)
from analysis.charts import finish
from analysis.claims.prose import write_sentences
from tests.casualties.test_tabulations import (
    ARMY,
    OTHER_DAY,
    ROWS,
    SOLDIERS,
    STATEMENTS,
    open_rows,
)
from tests.series import KILLED, Row, killed

Make = Callable[..., Path]


def by_source(casebook: Path, day: str = "2022-03-03", **scope: Any) -> Any:
    return open_casebook(casebook, day).casualties.by_source(**scope)


def test_the_title_gives_each_figure_its_claimant_doubt_and_day(casebook: Path) -> None:
    chart = chart_casualties_by_source(by_source(casebook))
    assert chart.title == (
        "Civilians killed in Ukraine: more than 2,000 (Emergency Service, 3 March 2022, unverified)"
    ), "both with their claimants would take 98 characters"
    assert "at least 227 (OHCHR, 1 March 2022)" in chart.subtitle
    assert len(chart.title) <= 90
    assert "as known on 3 March 2022" in chart.subtitle
    fighters = chart_casualties_by_source(by_source(casebook, who="fighters"))
    assert (
        fighters.title == "Russian troops killed in Ukraine: nearly 500 (Russian MoD, 3 March 2022)"
    )
    assert "No figure released: Ukraine (3 March 2022)." in fighters.subtitle


def test_a_chart_speaks_of_the_rows_it_is_given(casebook: Path) -> None:
    claims = by_source(casebook)
    chart = chart_casualties_by_source(claims[~claims["is_party"]])
    assert "Emergency Service" not in f"{chart.title}{chart.subtitle}{chart.alt}"
    assert chart.rows["claimant"].tolist() == ["ohchr"]
    added = claims.iloc[[0]].assign(claimant="x", claimant_short="X", wording="12")
    more = chart_casualties_by_source(pd.concat([claims[~claims["is_party"]], added]))
    assert "12 (X" in more.title
    assert "as known on 3 March 2022" in more.subtitle
    assert len(more.rows) == 2


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("stated", "(Office, 10 May 2023)"),
        ("unverified", "(Office, 10 May 2023, unverified)"),
        ("disputed", "(Office, 10 May 2023, disputed)"),
        ("denied", "(Office, 10 May 2023, denies it)"),
        ("withdrawn", "(Office, 10 May 2023, withdrawn)"),
    ],
)
def test_a_title_is_no_stronger_than_the_status(
    make_casebook: Make, status: str, said: str
) -> None:
    claims = open_rows(make_casebook, [KILLED | {"status": status}], OTHER_DAY).by_source()
    assert (
        chart_casualties_by_source(claims).title
        == f"Civilians killed in Sudan: at least 227 {said}"
    )


def test_figures_of_other_people_or_areas_are_no_alternatives(make_casebook: Make) -> None:
    own = SOLDIERS | {"side": "SDN", "wording": "10"}
    others = SOLDIERS | {"side": "TCD", "wording": "1,000"}
    rows = [own, others, KILLED, KILLED | {"area": "khartoum-hospital"}]
    casualties = open_rows(make_casebook, rows, OTHER_DAY)
    chart = chart_casualties_by_source(casualties.by_source(who="fighters"))
    assert chart.title == "Troops of Sudan killed: 10 (Army, 10 May 2023)"
    assert chart.subtitle.startswith("Troops of Chad killed: 1,000 (Army, 10 May 2023).")
    chart = chart_casualties_by_source(casualties.by_source())
    assert chart.title == "Civilians killed in Sudan: at least 227 (Office, 10 May 2023)"
    assert chart.subtitle.startswith("Civilians killed in a hospital in Khartoum: at least 227")
    assert chart.rows["scope"].tolist() == ["in Sudan", "in a hospital in Khartoum"]


@pytest.mark.parametrize("day", ["2022-02-25", "2022-03-02"])
def test_a_day_before_any_claim_says_what_the_casebook_lacks(casebook: Path, day: str) -> None:
    chart = chart_casualties_by_source(by_source(casebook, day))
    assert chart.title.startswith("The casebook holds no figure of civilians killed published by ")
    assert len(chart.rows) == 0
    finish(chart)


def test_an_empty_chart_says_what_the_casebook_does_hold(make_casebook: Make) -> None:
    casualties = open_rows(make_casebook, [KILLED, SOLDIERS | {"side": "SDN"}])
    chart = chart_casualties_by_source(casualties.by_source(who="children"))
    assert "holds no figure of children killed published by 1 June 2023; it holds 1" in chart.alt
    assert "No children" not in chart.alt


def test_each_row_has_its_sentence_and_the_alt_text_the_finding(casebook: Path) -> None:
    rows = by_source(casebook)
    chart = chart_casualties_by_source(rows)
    assert chart.title in chart.alt
    assert "Civilians killed in Ukraine, the latest claim of each claimant, as known" in chart.alt
    assert chart.alt.endswith("; claims of a party to the conflict: Emergency Service.")
    said = " ".join(write_sentences(rows))
    assert "The UN human rights office counted at least 227 civilians killed in Ukraine" in said
    assert "a party to the conflict, put the number of civilians killed in Ukraine at more" in said
    assert "a figure that could not be verified" in said


def test_the_switch_for_parties_is_said_in_the_chart(casebook: Path) -> None:
    chart = chart_casualties_by_source(by_source(casebook, parties=False))
    assert chart.rows["claimant"].tolist() == ["ohchr"]
    assert "Claims of the parties to the conflict are left out." in chart.subtitle
    assert chart.name == "casualties_by_source_without_parties"


def test_an_old_figure_stands_apart_with_its_age(make_casebook: Make) -> None:
    rows = [
        killed("2023-04-20", "2,000", "2023-04-21", claimant="army", standard="declared"),
        killed("2023-05-25", "90", "2023-05-28"),
    ]
    chart = chart_casualties_by_source(open_rows(make_casebook, rows).by_source())
    assert chart.title == "Civilians killed in Sudan: 90 (Office, 25 May 2023)"
    assert "2,000 (Army, 20 April 2023, 6 weeks old)" in chart.subtitle


def test_over_time_the_title_has_the_first_and_the_last_of_a_series(make_casebook: Make) -> None:
    chart = chart_casualties_over_time(open_rows(make_casebook, ROWS, "2023-05-05").over_time())
    assert chart.name == "casualties_over_time"
    assert chart.title == (
        "Civilians killed in Sudan: 40 by 20 April 2023, 66 by 25 April 2023 (Office)"
    )
    assert len(chart.rows) == 3
    finish(chart)


def test_charts_of_different_people_have_different_names(make_casebook: Make) -> None:
    casualties = open_rows(make_casebook, ROWS)
    scopes: list[Row] = [
        {},
        {"outcome": "wounded"},
        {"who": "fighters", "side": "SDN"},
        {"who": "fighters", "side": "SDN", "outcome": "killed or wounded"},
    ]
    names = [chart_casualties_over_time(casualties.over_time(**scope)).name for scope in scopes]
    assert len(set(names)) == 4
    assert names[-1] == "casualties_over_time_fighters_killed_or_wounded_sdn"


def test_a_party_s_figure_is_told_as_a_party_s(make_casebook: Make) -> None:
    rows = open_rows(make_casebook, ROWS).over_time(who=ARMY["who"], side="SDN")
    alt = chart_casualties_over_time(rows).alt
    assert "about 3,000 (Army, 24 April 2023, 5 weeks old)" in alt
    assert alt.endswith("; claims of a party to the conflict: Army.")


def test_losses_and_killed_are_two_charts(make_casebook: Make) -> None:
    casualties = open_rows(make_casebook, STATEMENTS)
    chart = chart_military_losses_by_claimant(
        casualties.losses_by_claimant(side="SDN", outcome="killed")
    )
    assert {*chart.rows["wording"]} >= {"12", "1,000 to 1,500", "400"}
    losses = casualties.losses_by_claimant(side="SDN", outcome="losses")
    other = chart_military_losses_by_claimant(losses)
    assert other.rows["counted"].tolist() == ["troops of Sudan out of action"]
    assert len({chart.name, other.name}) == 2
    finish(other)


def test_no_losses_are_an_empty_chart(make_casebook: Make) -> None:
    casualties = open_rows(make_casebook, STATEMENTS, "2023-04-01")
    chart = chart_military_losses_by_claimant(casualties.losses_by_claimant(side="SDN"))
    assert chart.title.startswith("The casebook holds no figure of troops of Sudan out of action")
    finish(chart)
