"""Figures found in the press at the time, against what the importers read from the series."""

import pandas as pd

from ..published_data import DATA, load, needs_data, pick

pytestmark = needs_data


def _anchors(**values: str) -> pd.DataFrame:
    table = pd.read_csv(DATA / "anchor-facts" / "anchor_facts.csv", dtype="str")
    for name, value in values.items():
        table = table[table[name].str.contains(value, regex=False, na=False)]
    return table


def test_ohchr_s_releases_match_the_table_but_for_26_april() -> None:
    frame = load("ohchr", "ohchr-civilian-casualties/ohchr_casualties_ocha_table.csv").frame
    facts = _anchors(claimant="OHCHR", checked_against="ohchr_casualties_ocha_table.csv")
    assert len(facts) == 24
    differing = []
    for fact in facts.itertuples():
        rows = pick(frame, published_on=fact.reported_date, measure=fact.measure)
        if rows["value"].item() != int(fact.value):
            differing.append((fact.reported_date, fact.measure, rows["value"].item()))
    assert differing == [("2022-04-26", "killed", 2729), ("2022-04-26", "injured", 3111)]
    # The two are the table's figures of the day before.
    before = pick(frame, published_on="2022-04-25")
    assert list(before["value"]) == [2665, 3053]


def test_unhcr_s_headlines_are_in_the_snapshots_but_for_one() -> None:
    name = "unhcr-ocha-vintages/unhcr_headline_total_vintages.csv"
    people = set(load("unhcr-series", name).frame["people"])
    facts = _anchors(checked_against="unhcr_headline_total_vintages.csv")
    assert len(facts) == 6
    assert {int(value) for value in facts["value"]} <= people
    assert 5_010_971 not in people


def test_the_general_staff_s_claims() -> None:
    name = "losses-ukraine-general-staff/russia_losses_personnel.json"
    frame = load("general-staff", name).frame
    facts = _anchors(claimant="General Staff of Ukraine")
    assert len(facts) == 2
    for fact in facts.itertuples():
        claim = pick(frame, as_of=fact.reported_date, item="personnel")
        assert claim["wording"].item() == f"about {int(fact.value):,}"


def test_the_population_of_the_appeal_and_of_the_world_bank() -> None:
    bank = load(
        "world-bank-population",
        "population-wdi-vintage-2022-04/wdi_sp_pop_totl_updated_2022-04-08.csv",
    ).frame
    people = pick(bank, iso3="UKR", year=2020)["population"].item()
    assert f"{people:,}" in _anchors(topic="population", claimant="World Bank")["qualifier"].item()
    sheet = load("ohchr", "ohchr-civilian-casualties/ocha_update_sheet_2022-04-27.csv").frame
    appeal = pick(sheet, measure="total population (appeal)")["value"].item()
    fact = _anchors(topic="population", claimant="UN flash appeal")
    assert appeal == int(fact["value"].item())


def test_the_votes_on_the_first_resolution() -> None:
    frame = load("un-roll-call", "un-votes/es11_1_2022-03-02_by_country.csv").frame
    counts = frame["vote"].value_counts()
    facts = _anchors(topic="UN vote")
    assert {fact.measure: int(fact.value) for fact in facts.itertuples()} == counts.to_dict()


def test_the_appeal_s_figures() -> None:
    sheet = load("ohchr", "ohchr-civilian-casualties/ocha_update_sheet_2022-04-27.csv").frame
    affected = pick(sheet, measure="people affected (appeal)")["value"].item()
    assert affected == int(_anchors(measure="affected in humanitarian terms")["value"].item())
    needed = pick(sheet, measure="requirements (appeal)")["value"].item()
    assert needed == int(_anchors(measure="requirement, inside Ukraine")["value"].item())
