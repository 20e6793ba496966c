"""Casualties: figures as read, side by side; casualties are not deaths."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from analysis.casualties.killed_and_wounded import tabulate_killed_and_wounded
from analysis.casualties.table import (
    CASUALTIES,
    OUTCOMES,
    chart_casualties_by_source,
    tabulate_casualties,
    tabulate_casualties_by_source,
)
from analysis.tables import CasebookErrors

Make = Callable[..., Path]
Row = dict[str, str]
COUNT: Row = {
    "source_id": "report-1",
    "locator": "page 1",
    "claimant": "office",
    "group": "civilian",
    "place": "SDN",
    "outcome": "killed",
    "wording": "at least 227",
    "standard": "verified case by case",
    "status": "stated",
}
SOLDIERS = COUNT | {"group": "military", "claimant": "army", "standard": "declared"}
OTHER_DAY = "2023-05-15"  # between the two reports


def article_rows(claims: pd.DataFrame) -> pd.DataFrame:
    return claims[claims["source_id"] == "ap-2022-03-03"].reset_index(drop=True)


def test_every_figure_of_the_article_has_its_bounds(casebook: Path) -> None:
    claims = article_rows(tabulate_casualties(casebook))
    ends = claims[["claimant", "counted", "low", "best", "high"]].astype(object)
    assert ends.fillna(-1).to_numpy().tolist() == [
        ["russia", "Russian troops killed", 450, -1, 500],
        ["russia", "Russian troops wounded", 1550, 1600, 1650],
        ["ukraine", "Ukrainian troops killed", -1, -1, -1],
        ["ukraine", "Ukrainian troops wounded", -1, -1, -1],
        ["ohchr", "civilians killed", 227, -1, -1],
        ["ohchr", "civilians wounded", 525, -1, -1],
        ["ukraine-emergency-service", "civilians killed", 2000, -1, -1],
    ]
    assert claims["status"].tolist()[2:4] == ["not released"] * 2
    assert claims["status"].tolist()[6] == "unverified"
    assert claims["is_party"].tolist() == [True] * 4 + [False, False, True]


@pytest.mark.parametrize(("day", "rows"), [("2022-02-25", 0), ("2022-03-02", 0), ("2022-03-03", 7)])
def test_a_replay_knows_what_was_published_by_the_day(casebook: Path, day: str, rows: int) -> None:
    assert len(tabulate_casualties(casebook, day)) == rows
    assert len(tabulate_killed_and_wounded(casebook, day)) == (2 if rows else 0)


def test_killed_and_wounded_are_killed_or_wounded_by_hand(casebook: Path) -> None:
    sums = tabulate_killed_and_wounded(casebook).set_index("claimant_name")
    civilians = sums.loc["UN human rights office"]
    assert 227 + 525 == 752
    assert (civilians["low"], civilians["wording"]) == (752, "at least 752")
    assert pd.isna(civilians["high"])
    soldiers = sums.loc["Russia"]
    assert (450 + 1550, 500 + 1650) == (2000, 2150)
    assert (soldiers["low"], soldiers["high"], soldiers["wording"]) == (
        2000,
        2150,
        "at least 2,000 but fewer than 2,150",
    )
    assert pd.isna(soldiers["best"]), "nearly 500 has no best figure, so the sum has none"
    # The service that names no wounded, and the side that names nothing, have no sum.
    assert sums.index.tolist() == ["Russia", "UN human rights office"]


def test_a_sum_is_never_called_killed(casebook: Path) -> None:
    sums = tabulate_killed_and_wounded(casebook)
    assert set(sums["outcome"]) == {"killed or wounded"}
    assert OUTCOMES["killed or wounded"].startswith("both together")
    with pytest.raises(TypeError):
        tabulate_killed_and_wounded(casebook, outcome="killed")  # type: ignore[call-arg]


@pytest.mark.parametrize(
    "change",
    [
        {"claimant": "clinic"},
        {"source_id": "report-2"},
        {"place": "Khartoum"},
        {"since": "2023-04-15"},
        {"as_of": "2023-05-08"},
        {"standard": "estimated"},
        {"status": "disputed"},
        {"published_on": "2023-05-11"},
        {"group": "military", "side": "SDN"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_only_figures_of_the_same_claimant_people_and_days_are_added(
    make_casebook: Make, change: Row
) -> None:
    wounded = COUNT | {"outcome": "wounded", "wording": "at least 525"}
    same = make_casebook("same", casualties=[COUNT, wounded])
    assert tabulate_killed_and_wounded(same, "2023-06-01")["wording"].tolist() == ["at least 752"]
    other = make_casebook("other", casualties=[COUNT, wounded | change])
    assert len(tabulate_killed_and_wounded(other, "2023-06-01")) == 0


@pytest.mark.parametrize("status", ["withdrawn", "denied"])
def test_what_is_withdrawn_or_denied_is_not_added(make_casebook: Make, status: str) -> None:
    rows = [COUNT | {"status": status}, COUNT | {"status": status, "outcome": "wounded"}]
    assert len(tabulate_killed_and_wounded(make_casebook(casualties=rows), "2023-06-01")) == 0


def test_a_sum_keeps_the_status_of_its_figures(make_casebook: Make) -> None:
    rows = [
        COUNT | {"status": "unverified"},
        COUNT | {"status": "unverified", "outcome": "wounded"},
    ]
    sums = tabulate_killed_and_wounded(make_casebook(casualties=rows), "2023-06-01")
    assert sums[["status", "low"]].to_numpy().tolist() == [["unverified", 454]]


def test_both_sides_of_one_claimant_are_added_apart(make_casebook: Make) -> None:
    own = SOLDIERS | {"side": "SDN", "wording": "10"}
    others = SOLDIERS | {"side": "TCD", "wording": "1,000"}
    rows = [own, own | {"outcome": "wounded"}, others, others | {"outcome": "wounded"}]
    sums = tabulate_killed_and_wounded(make_casebook(casualties=rows), "2023-06-01")
    assert sums[["side", "low"]].to_numpy().tolist() == [["SDN", 20], ["TCD", 2000]]


def test_the_latest_claim_of_each_claimant_stands_side_by_side(make_casebook: Make) -> None:
    folder = make_casebook(
        casualties=[
            COUNT | {"as_of": "2023-05-08"},
            COUNT | {"as_of": "2023-05-18", "source_id": "report-2", "wording": "at least 300"},
            COUNT | {"claimant": "army", "standard": "declared", "wording": "12"},
            COUNT | {"outcome": "killed or wounded", "wording": "at least 900"},
        ]
    )
    before = tabulate_casualties_by_source(folder, OTHER_DAY)
    assert before["wording"].tolist() == ["at least 227", "12"]
    after = tabulate_casualties_by_source(folder, "2023-05-20")
    assert after["wording"].tolist() == ["at least 300", "12"]
    assert after["differs_in"].tolist() == [
        "as_of: 18 May 2023; standard: verified case by case",
        "as_of: not stated; standard: declared",
    ]
    independent = tabulate_casualties_by_source(folder, "2023-05-20", parties=False)
    assert independent["claimant"].tolist() == ["office"]
    assert independent["differs_in"].tolist() == [""]


def test_killed_or_wounded_is_not_shown_as_killed(make_casebook: Make) -> None:
    folder = make_casebook(casualties=[COUNT | {"outcome": "killed or wounded"}])
    assert len(tabulate_casualties_by_source(folder, "2023-06-01", outcome="killed")) == 0
    both = tabulate_casualties_by_source(folder, "2023-06-01", outcome="killed or wounded")
    assert both["counted"].tolist() == ["civilians killed or wounded"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"group": "civilians"}, 'group: "civilians" is not one of: civilian, military'),
        ({"outcome": "dead"}, 'outcome: "dead" is not one of: killed, wounded, '),
    ],
)
def test_an_unknown_word_is_refused(options: Row, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{message}"):
        tabulate_casualties_by_source("", "2022-03-03", **options)  # type: ignore[arg-type]


def test_the_title_gives_each_figure_its_claimant_doubt_and_day(casebook: Path) -> None:
    title = chart_casualties_by_source(casebook).title
    assert title == (
        "Civilians killed: at least 227 (OHCHR), or more than 2,000 (Emergency Service, "
        "unverified); as known on 3 March 2022"
    )
    title = chart_casualties_by_source(casebook, group="military").title
    assert title == (
        "Russian troops killed: nearly 500 (Russia); Ukrainian troops killed: no figure from "
        "Ukraine; as known on 3 March 2022"
    )


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("stated", "(Office)"),
        ("unverified", "(Office, unverified)"),
        ("disputed", "(Office, disputed)"),
        ("denied", "(Office, denies it)"),
        ("withdrawn", "(Office, withdrawn)"),
    ],
)
def test_a_title_is_no_stronger_than_the_status(
    make_casebook: Make, status: str, said: str
) -> None:
    folder = make_casebook(casualties=[COUNT | {"status": status}])
    title = chart_casualties_by_source(folder, OTHER_DAY).title
    assert title == f"Civilians killed: at least 227 {said}; as known on 15 May 2023"


def test_figures_of_other_people_or_places_are_no_alternatives(make_casebook: Make) -> None:
    own = SOLDIERS | {"side": "SDN", "wording": "10"}
    others = SOLDIERS | {"side": "TCD", "wording": "1,000"}
    folder = make_casebook(casualties=[own, others, COUNT, COUNT | {"place": "Khartoum"}])
    assert chart_casualties_by_source(folder, OTHER_DAY, group="military").title == (
        "Troops of Sudan killed: 10 (Army); troops of Chad killed: 1,000 (Army); "
        "as known on 15 May 2023"
    )
    assert chart_casualties_by_source(folder, OTHER_DAY).title == (
        "Civilians killed in Sudan: at least 227 (Office); civilians killed in Khartoum: "
        "at least 227 (Office); as known on 15 May 2023"
    )


@pytest.mark.parametrize("day", ["2022-02-25", "2022-03-02"])
def test_a_day_before_any_claim_says_so(casebook: Path, day: str) -> None:
    chart = chart_casualties_by_source(casebook, day)
    assert chart.title.startswith("The casebook holds no figure of civilians killed published by ")
    assert "No claim of civilians killed had been published by" in chart.alt
    assert len(chart.rows) == 0


def test_alt_text_has_a_sentence_for_each_row(casebook: Path) -> None:
    chart = chart_casualties_by_source(casebook)
    assert "The UN human rights office counted at least 227 civilians killed" in chart.alt
    assert "a party to the conflict, put the number of civilians killed at more than" in chart.alt
    assert "a figure that could not be verified" in chart.alt


def test_the_switch_for_parties_is_said_in_the_chart(casebook: Path) -> None:
    chart = chart_casualties_by_source(casebook, parties=False)
    assert chart.rows["claimant"].tolist() == ["ohchr"]
    assert "Claims of the parties to the conflict are left out." in chart.subtitle


def test_the_table_s_series_is_part_of_its_key() -> None:
    assert set(CASUALTIES.series) <= set(CASUALTIES.key)


def test_troops_belong_to_a_force_and_civilians_to_none(casebook: Path) -> None:
    path = casebook / "casualties.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    russian = next(n for n, line in enumerate(lines) if ",military,RUS," in line)
    civilian = next(n for n, line in enumerate(lines) if ",civilian,," in line)
    lines[russian] = lines[russian].replace(",military,RUS,", ",military,,")
    lines[civilian] = lines[civilian].replace(",civilian,,", ",civilian,RUS,")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(CasebookErrors) as caught:
        tabulate_casualties(casebook)
    said = str(caught.value)
    assert f"casualties.csv, row {russian + 1}, column side: expected the force" in said
    assert f'casualties.csv, row {civilian + 1}, column side: "RUS": expected no force' in said


def test_silence_ends_when_somebody_of_that_side_gives_a_figure(casebook: Path) -> None:
    path = casebook / "casualties.csv"
    silent = tabulate_casualties_by_source(casebook, group="military")
    assert silent.loc[silent["claimant"] == "ukraine", "status"].tolist() == ["not released"]
    row = "ap-2022-03-03,later,ukraine-armed-forces,,,military,UKR,UKR,killed,about 100,"
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{row}declared,stated,2022-03-09,\n")
    before = tabulate_casualties_by_source(casebook, "2022-03-08", group="military")
    assert "not released" in before["status"].tolist()
    after = tabulate_casualties_by_source(casebook, "2022-03-09", group="military")
    assert "not released" not in after["status"].tolist()
    assert "about 100" in after["wording"].tolist()
