"""Displaced people, votes, plans, money and populations in the committed tables, and all parts."""

import csv
from pathlib import Path

import pytest

from analysis.bounds import read_wording
from analysis.tables.vocabulary import COUNTED_UNITS

from .committed import DATA, numbers, only, pick, read

# ------------------------------------------------- displaced, votes, plans, people, companies


@pytest.mark.parametrize(
    ("as_of", "by_location", "by_origin"),
    [
        ("2022-03-16", 6_477_723, 6_477_723),
        ("2022-04-01", 7_138_716, 7_138_715),
        ("2022-04-17", 7_707_000, 7_707_000),
        ("2022-05-03", 8_029_000, 8_029_000),
    ],
)
def test_the_rounds_of_iom(as_of: str, by_location: int, by_origin: int) -> None:
    rows = pick("displaced.iom", as_of=as_of)
    sums = {
        word: sum(numbers([row for row in rows if row["measure"].endswith(word)]))
        for word in ("location", "origin")
    }
    assert sums == {"location": by_location, "origin": by_origin}
    assert only("displaced", area="UKR", as_of=as_of)["wording"] == str(by_location)


@pytest.mark.parametrize(
    ("published_on", "people"), [("2022-06-07", 7_134_000), ("2023-08-17", 5_088_000)]
)
def test_later_rounds_add_up_to_the_stated_total(published_on: str, people: int) -> None:
    assert sum(numbers(pick("displaced.ocha", published_on=published_on))) == people
    assert only("displaced", area="UKR", published_on=published_on)["wording"] == str(people)


@pytest.mark.parametrize(
    ("number", "vote_date", "totals"),
    [
        (1, "2022-03-02", (141, 5, 35, 12)),
        (2, "2022-03-24", (140, 5, 38, 10)),
        (3, "2022-04-07", (93, 24, 58, 18)),
        (4, "2022-10-12", (143, 5, 35, 10)),
        (5, "2022-11-14", (94, 14, 73, 12)),
        (6, "2023-02-23", (141, 7, 32, 13)),
    ],
)
def test_the_votes_of_the_emergency_session(
    number: int, vote_date: str, totals: tuple[int, ...]
) -> None:
    rows = pick("vote_totals", resolution=f"A/RES/ES-11/{number}")
    said = {row["vote"]: int(row["wording"]) for row in rows}
    assert tuple(said[vote] for vote in ("yes", "no", "abstain", "not voting")) == totals
    assert sum(totals) == 193
    assert {row["vote_date"] for row in rows} == {vote_date}


@pytest.mark.parametrize(
    ("claimant", "made_on", "target_day", "wording"),
    [
        ("unhcr", "2022-04-25", "2022-12-31", "8.3 million"),
        ("unhcr", "2023-02-15", "2023-12-31", "4.2 million"),
        ("borrell", "2022-03-07", "", "five million"),
        ("ukraine", "2022-02-26", "", "as many as 5 million"),
    ],
)
def test_plans_keep_the_day_they_speak_about(
    claimant: str, made_on: str, target_day: str, wording: str
) -> None:
    row = only("projections", claimant=claimant, made_on=made_on)
    assert (row["target_day"], row["wording"]) == (target_day, wording)
    assert row["definition"]


@pytest.mark.parametrize(
    ("claimant", "wording", "unit"),
    [
        ("castellum", "5,532", "designations"),
        ("castellum", "2,754", "designations"),
        ("castellum", "2,778", "designations"),
        ("yale-celi", "over 400", "companies"),
        ("ocha", "1.1 billion", "US dollars"),
        ("unhcr", "550.6 million", "US dollars"),
        ("ocha", "15.7 million", "people"),
    ],
)
def test_totals_of_actions_and_needs(claimant: str, wording: str, unit: str) -> None:
    assert only("action_totals", claimant=claimant, wording=wording)["unit"] == unit


def test_designations_before_and_since_add_up() -> None:
    before, since, all_of_them = (
        read_wording(only("action_totals", claimant="castellum", wording=words)["wording"]).best
        for words in ("2,754", "2,778", "5,532")
    )
    assert before is not None
    assert since is not None
    assert before + since == all_of_them


@pytest.mark.parametrize(
    ("year", "low", "high"),
    [
        ("2020", 44_670_000, 44_690_000),
        ("2021", 44_290_000, 44_310_000),
        ("2022", 41_040_000, 41_060_000),
    ],
)
def test_the_population_of_ukraine_falls_because_refugees_have_left(
    year: str, low: int, high: int
) -> None:
    row = only("population.wpp", area="UKR", year=year)
    bounds = read_wording(row["wording"])
    assert (bounds.low, bounds.high) == (low, high)


def test_a_population_names_its_territory() -> None:
    rows = {row["wording"]: row["territory"] for row in pick("population", area="UKR", year="")}
    assert set(rows) == {"44 million", "41.4 million", "37 million"}
    assert "without Crimea" in rows["37 million"]


def test_countries_have_one_name_in_both_populations() -> None:
    names = {row["iso3"]: row["member_state"] for row in read("votes")}
    rows = read("population.wpp")
    assert {row["area"] for row in rows} == set(names)
    assert all(row["country"] == names[row["area"]] for row in rows)


# ----------------------------------------------------------------------------- what holds for all

ANCHORS = DATA / ".." / ".." / "shared" / "data" / "anchor-facts" / "anchor_facts.csv"
CLAIMS = ("actions", "action_totals", "casualties", "population", "projections", "refugees",
          "vote_totals")  # fmt: skip


@pytest.mark.skipif(not ANCHORS.is_file(), reason="needs ../shared: the hand-checked facts")
def test_every_hand_checked_figure_stands_in_the_casebook() -> None:
    there = set()
    for row in (row for name in CLAIMS for row in read(name) if row["wording"]):
        bounds = read_wording(row["wording"], counts=row.get("unit") in (None, "", *COUNTED_UNITS))
        there |= {bounds.low, bounds.best, bounds.high}
        if bounds.qualifier == "more than" and isinstance(bounds.low, int):
            there.add(bounds.low - 1)
    with ANCHORS.open(encoding="utf-8", newline="") as file:
        facts = list(csv.DictReader(file))
    figures = {
        int(fact[column])
        for fact in facts
        for column in ("value", "value_low", "value_high")
        if fact[column]
    }
    assert len(facts) == 101
    assert figures - there == set()


@pytest.mark.parametrize("file", sorted(DATA.glob("*.*.csv")), ids=lambda file: file.stem)
def test_a_part_has_the_columns_of_its_table(file: Path) -> None:
    table = DATA / f"{file.name.split('.')[0]}.csv"
    assert (
        file.read_text(encoding="utf-8").split("\n")[0]
        == (table.read_text(encoding="utf-8").split("\n")[0])
    )


@pytest.mark.parametrize("name", ["refugees", "casualties", "displaced"])
def test_a_part_says_when_each_figure_became_known(name: str) -> None:
    rows = [row for file in DATA.glob(f"{name}.*.csv") for row in read(file.stem)]
    assert rows
    assert all(row["published_on"] for row in rows)
    assert all(row["as_of"] <= row["published_on"] for row in rows)


def test_the_casebook_is_small() -> None:
    assert sum(file.stat().st_size for file in DATA.glob("*.csv")) < 5_000_000
