"""Sanctions and company actions: announced is not done."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from analysis import chart_sanctions_and_company_actions, open_casebook, write_actions
from analysis.actions.table import KINDS, LADDER, NOT_DONE
from tests.series import SAID

Make = Callable[..., Path]
ACTION = SAID | {
    "actor": "Nile Shipping", "actor_kind": "company", "kind": "company action",
    "action": "announced", "target": "Port Sudan", "description": "an end to its calls at the port",
}  # fmt: skip
DAY = "2023-05-15"


def test_the_rungs_of_the_article(casebook: Path) -> None:
    actions = open_casebook(casebook).actions.claims()
    actions = actions[actions["source_id"] == "ap-2022-03-03"]
    rungs = actions.groupby(["actor", "kind"])["action"].agg(lambda rung: sorted(set(rung)))
    # It "says it is closing", it did not say it had closed.
    assert rungs["IKEA", "company action"] == ["announced"]
    assert rungs["Skoda Auto", "company action"] == ["halting"]
    assert rungs["France", "asset"] == ["seized"]
    assert rungs["Formula One", "sport"] == ["cancelled"]
    announced = set(actions.loc[actions["action"] == "announced", "actor"])
    assert {"Airbus", "Boeing", "H&M", "Roman Abramovich", "United States"} <= announced
    assert set(actions.loc[actions["action"] == "proposed", "actor"]) == {"European Commission"}


def test_announced_proposed_and_continuing_are_not_done(casebook: Path) -> None:
    actions = open_casebook(casebook).actions.claims()
    assert not actions.loc[actions["action"].isin(NOT_DONE), "done"].any()
    assert actions.loc[~actions["action"].isin(NOT_DONE), "done"].all()
    assert NOT_DONE == ("continuing", "proposed", "announced")
    assert list(LADDER)[:3] == list(NOT_DONE)


def test_figures_of_the_article_are_read(casebook: Path) -> None:
    actions = open_casebook(casebook).actions.claims()
    figures = actions[actions["wording"].notna()].set_index("wording")
    assert figures.loc["15,000", "best"] == 15_000
    assert figures.loc["two", "best"] == 2
    assert figures.loc["27", "best"] == 27
    price = figures.loc["at least $2.5 billion"]
    assert price["low"] == 2_500_000_000
    assert pd.isna(price["high"])


def test_time_alone_climbs_no_rung(casebook: Path) -> None:
    then = open_casebook(casebook, "2022-03-03").actions.claims()
    later = open_casebook(casebook, "2032-03-03").actions.claims()
    same = later[later["source_id"] == "ap-2022-03-03"].reset_index(drop=True)
    first = then[then["source_id"] == "ap-2022-03-03"].reset_index(drop=True)
    pd.testing.assert_frame_equal(same[["actor", "action"]], first[["actor", "action"]])


@pytest.mark.parametrize("day", ["2022-02-25", "2022-03-02"])
def test_a_day_before_any_action(casebook: Path, day: str) -> None:
    assert len(open_casebook(casebook, day).actions.claims()) == 0
    assert open_casebook(casebook, day).actions.by_kind().columns.tolist() == [
        "kind",
        "actors",
        "actions",
    ]
    chart = chart_sanctions_and_company_actions(open_casebook(casebook, day).actions.claims())
    assert chart.title.startswith("The casebook holds no sanctions or company actions")


def test_sorted_by_kind_then_from_the_highest_rung_down(make_casebook: Make) -> None:
    rows = [
        ACTION | {"actor": "B"},
        ACTION | {"actor": "A", "action": "seized", "kind": "asset"},
        ACTION | {"actor": "C", "action": "closing"},
        ACTION | {"actor": "A"},
        ACTION | {"actor": "D", "kind": "sanction", "action": "continuing"},
    ]
    actions = open_casebook(make_casebook(actions=rows), DAY).actions.claims()
    assert actions["actor"].tolist() == ["D", "C", "A", "B", "A"]
    assert actions["action_order"].tolist() == [0, 5, 2, 2, 8]
    assert list(LADDER).index("closing") == 5
    assert actions.index.tolist() == [0, 1, 2, 3, 4]


def test_actions_by_kind_by_hand(make_casebook: Make) -> None:
    rows = [
        ACTION,
        ACTION | {"description": "another thing"},
        ACTION | {"actor": "Dal Group", "action": "closing"},
        ACTION | {"actor": "Chad", "actor_kind": "state", "kind": "sanction", "action": "banned"},
    ]
    table = open_casebook(make_casebook(actions=rows), DAY).actions.by_kind()
    assert table.columns.tolist() == ["kind", "actors", "announced", "closing", "banned", "actions"]
    assert table.to_numpy().tolist() == [
        ["sanction", 1, 0, 0, 1, 1],
        ["company action", 2, 2, 1, 0, 3],
    ]


def test_one_kind_and_no_other(casebook: Path) -> None:
    every = open_casebook(casebook).actions.claims()
    numbers = [len(open_casebook(casebook).actions.claims(kind=kind)) for kind in KINDS]
    assert sum(numbers) == len(every)
    with pytest.raises(ValueError, match=r'^kind: "sanctions" is not one of: sanction, '):
        open_casebook(casebook).actions.claims(kind="sanctions")
    names = {
        chart_sanctions_and_company_actions(open_casebook(casebook).actions.claims(kind=kind)).name
        for kind in ("", *KINDS)
    }
    assert len(names) == 6, "each has a file of its own"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            {},
            "Nile Shipping: announced an end to its calls at the port, according to the Relief "
            "Office (reported on 10 May 2023).",
        ),
        (
            {"date": "2023-05-08"},
            "Nile Shipping: announced on 8 May 2023 an end to its calls at the port, according "
            "to the Relief Office (reported on 10 May 2023).",
        ),
        (
            {"figure_of": "workers", "wording": "about 300", "unit": "people"},
            "Nile Shipping: announced an end to its calls at the port (workers: about 300), "
            "according to the Relief Office (reported on 10 May 2023).",
        ),
        (
            {"wording": "two"},
            "Nile Shipping: announced an end to its calls at the port (figure: two), "
            "according to the Relief Office (reported on 10 May 2023).",
        ),
        (
            {"status": "disputed"},
            "Nile Shipping: announced an end to its calls at the port, according to the Relief "
            "Office (reported on 10 May 2023, disputed).",
        ),
        (
            {"status": "denied"},
            "Nile Shipping: announced an end to its calls at the port, according to the Relief "
            "Office (reported on 10 May 2023, denies it).",
        ),
    ],
)
def test_actions_in_sentences(make_casebook: Make, change: dict[str, str], sentence: str) -> None:
    folder = make_casebook(actions=[ACTION | change])
    assert write_actions(open_casebook(folder, DAY).actions.claims()) == [sentence]


def test_what_goes_on_as_before_is_no_promise_and_an_old_action_says_its_age(
    make_casebook: Make,
) -> None:
    rows = [ACTION, ACTION | {"action": "continuing", "actor": "X", "wording": "", "unit": ""}]
    actions = open_casebook(make_casebook(actions=rows), "2023-07-20").actions.claims()
    assert chart_sanctions_and_company_actions(actions).title == (
        "2 actions reported by 10 May 2023, 2 months old: 1 announced or proposed, 1 as before"
    )
    assert all("(reported on 10 May 2023, 2 months old)" in said for said in write_actions(actions))


def test_the_title_counts_what_is_done_apart(make_casebook: Make) -> None:
    rows = [ACTION, ACTION | {"action": "closing"}, ACTION | {"actor": "X", "action": "banned"}]
    chart = chart_sanctions_and_company_actions(
        open_casebook(make_casebook(actions=rows), DAY).actions.claims()
    )
    assert chart.title == (
        "3 actions reported by 10 May 2023: 2 under way or done, 1 announced or proposed"
    )
