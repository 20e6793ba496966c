"""Shares of a population: the part, the whole and their bounds, by hand."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from analysis.bounds import Bounds, read_wording
from analysis.bounds import share as share_of
from analysis.refugees.shares import say_range, write_shares
from tests.refugee_rows import COUNT, SUDAN, displaced, people, read

Make = Callable[..., Path]
SHARE = COUNT | {"measure": "share of population", "unit": "percent", "standard": "estimated"}
DAY = "2023-05-15"


def test_a_million_of_44_million_by_hand(casebook: Path) -> None:
    pairs = read(casebook, "2022-03-03").against_population("UKR")
    row = pairs[(pairs["kind"] == "refugees") & (pairs["denominator"] == "AP, year not stated")]
    assert len(row) == 1
    row = row.iloc[0]
    # 1,000,000 / 44,000,000 = 1/44: 2.27 % and 22.7 of 1,000 inhabitants.
    for end in ("low", "best", "high"):
        assert row[f"share_{end}"] == pytest.approx(100 / 44)
        assert row[f"per_thousand_{end}"] == pytest.approx(1000 / 44)
    assert round(row["share_low"], 2) == 2.27
    assert round(row["per_thousand_low"], 1) == 22.7
    assert row["share"] == "2.3%"
    assert (row["population_low"], row["population_wording"]) == (44_000_000, "44 million")


def test_a_ceiling_of_4_million_is_a_ceiling_of_the_share(casebook: Path) -> None:
    pairs = read(casebook, "2022-03-03").against_population("UKR")
    row = pairs[(pairs["kind"] == "projection") & (pairs["denominator"] == "AP, year not stated")]
    row = row.iloc[0]
    assert row["share_low"] == 0
    assert row["share_high"] == pytest.approx(100 / 11)
    assert pd.isna(row["share_best"])
    assert row["share"] == "up to 9.1%"


def test_every_share_names_its_denominator_with_year_and_territory(casebook: Path) -> None:
    pairs = read(casebook, "2022-03-03").against_population("UKR")
    assert pairs["denominator"].notna().all()
    assert pairs["territory"].notna().all()
    assert pairs["denominator"].nunique() >= 4
    for row in pairs.to_dict("records"):
        assert "year not stated" in row["denominator"] or str(row["year"]) in row["denominator"]
    known = read(casebook, "2022-03-03").against_population("UKR", known_only=True)
    assert set(known["denominator"]) == {"AP, year not stated"}
    assert known["known"].all()


def test_more_than_2_percent_holds_under_each_denominator(casebook: Path) -> None:
    checked = read(casebook, "2022-03-03").share_check("UKR")
    assert checked["denominator"].nunique() >= 4
    assert set(checked["stated"]) == {"more than 2%"}
    assert (checked["share_low"] > 2).all()
    assert checked["verdict"].tolist() == ["holds"] * len(checked)


@pytest.mark.parametrize(
    ("stated", "count", "people", "verdict"),
    [
        ("more than 2%", "1 million", "44 million", "holds"),
        ("more than 2%", "1 million", "50 million", "does not hold"),  # 2 % is not more than 2 %
        ("at least 2%", "1 million", "50 million", "holds"),
        ("more than 2%", "1 million", "around 50 million", "may hold"),
        ("more than 2%", "at least 1 million", "44 million", "holds"),
        ("2% to 3%", "at least 1 million", "44 million", "may hold"),
        ("less than 2%", "1 million", "44 million", "does not hold"),
        ("2%", "1 million", "50 million", "holds"),
        ("around 2%", "1 million", "44 million", "does not hold"),  # 2.27 is beyond 1.8 to 2.2
        ("around 2.3%", "1 million", "44 million", "holds"),
    ],
)
def test_verdicts_by_hand(
    make_casebook: Make, stated: str, count: str, people: str, verdict: str
) -> None:
    folder = make_casebook(
        refugees=[SHARE | {"wording": stated}, COUNT | {"wording": count}],
        population=[SUDAN | {"wording": people}],
    )
    checked = read(folder, DAY).share_check("SDN")
    assert checked["verdict"].tolist() == [verdict]
    assert checked[["stated", "count"]].to_numpy().tolist() == [[stated, count]]


def test_a_share_is_checked_against_counts_of_its_own_source(make_casebook: Make) -> None:
    folder = make_casebook(
        refugees=[SHARE | {"wording": "2%", "source_id": "report-2"}, COUNT], population=[SUDAN]
    )
    assert len(read(folder, "2023-06-01").share_check("SDN")) == 0


def test_part_and_whole_swapped_are_refused(make_casebook: Make) -> None:
    million = read_wording("1 million")
    assert share_of(million, read_wording("44 million")).best is not None
    with pytest.raises(ValueError, match="are the two swapped"):
        share_of(read_wording("44 million"), million)
    folder = make_casebook(
        refugees=[COUNT | {"wording": "44 million"}], population=[SUDAN | {"wording": "1 million"}]
    )
    with pytest.raises(ValueError, match=r"row 0: .*are the two swapped"):
        read(folder, DAY).against_population("SDN")


def test_open_ends_stay_open(make_casebook: Make) -> None:
    folder = make_casebook(refugees=[COUNT | {"wording": "at least 1 million"}], population=[SUDAN])
    row = read(folder, DAY).against_population("SDN").iloc[0]
    assert row["share_low"] == pytest.approx(100 / 44)
    assert pd.isna(row["share_high"])
    assert pd.isna(row["per_thousand_high"])
    assert row["share"] == "at least 2.2%", "2.27 is not at least 2.3"
    assert isinstance(share_of(read_wording("at least 7"), read_wording("10")), Bounds)


@pytest.mark.parametrize("day", ["2022-02-25", "2022-03-02"])
def test_a_day_before_any_claim_is_empty_with_its_columns(casebook: Path, day: str) -> None:
    pairs = read(casebook, day).against_population("UKR")
    assert len(pairs) == 0
    assert {"share", "share_low", "per_thousand_high", "denominator"} <= set(pairs)
    assert len(read(casebook, day).share_check("UKR")) == 0
    ranges = read(casebook, day).shares("UKR")
    assert len(ranges) == 0
    assert write_shares(ranges) == []


def test_a_sentence_spans_the_denominators_and_names_each_territory(make_casebook: Make) -> None:
    folder = make_casebook(
        refugees=[COUNT],
        population=[
            SUDAN,
            SUDAN | {"year": "2021", "wording": "40 million"},
            SUDAN | {"territory": "without the south", "wording": "20 million"},
        ],
    )
    ranges = read(folder, DAY).shares("SDN")
    # 1 of 44 and of 40 million is 2.27 % and 2.5 %; 1 of 20 million is 5 %.
    assert ranges[["territory", "share", "population_figures"]].to_numpy().tolist() == [
        ["all of it", "2.3 to 2.5%", 2],
        ["without the south", "5.0%", 1],
    ]
    told = write_shares(ranges)
    assert len(told) == 1
    assert told[0].startswith("1 million border crossings out of Sudan (Office, 8 May 2023)")
    assert "of the population of Sudan" in told[0]
    assert told[0].index("2.3 to 2.5%") < told[0].index("5.0%") < told[0].index("without the south")


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (100 / 44, 100 / 44, "2.3"),
        (2.2, 2.34, "2.2 to 2.3"),
        (2.27, float("nan"), "at least 2.2"),
        (2.3, float("nan"), "at least 2.3"),
        (1.1, float("nan"), "at least 1.1"),
        (0, 9.01, "up to 9.1"),
        (0, 1.1, "up to 1.1"),
    ],
)
def test_a_floor_is_rounded_down_and_a_ceiling_up(low: float, high: float, said: str) -> None:
    assert say_range(low, high) == said


def test_figures_of_the_year_people_began_to_leave_are_kept_and_marked(make_casebook: Make) -> None:
    folder = make_casebook(
        refugees=[COUNT | {"since": "2023-04-15"}],
        population=[SUDAN, SUDAN | {"year": "2023", "wording": "40 million"}],
    )
    pairs = read(folder, DAY).against_population("SDN")
    marked = pairs.set_index("population_wording")["after_start"].to_dict()
    assert marked == {"44 million": False, "40 million": True}
    told = write_shares(read(folder, DAY).shares("SDN"))
    assert "1 of the year people began to leave" in told[0]


def test_a_part_of_a_country_has_its_own_population(make_casebook: Make) -> None:
    folder = make_casebook(
        displaced=[displaced("darfur", "1.1 million", "2023-05-08")],
        population=[people("darfur", "2.2 million"), people("SDN", "44 million")],
    )
    pairs = read(folder, DAY).against_population()
    assert pairs[["kind", "population_area_name", "share"]].to_numpy().tolist() == [
        ["displaced", "Darfur", "50.0%"]
    ]


def test_a_claim_without_a_figure_has_no_share(make_casebook: Make) -> None:
    silent = COUNT | {"claimant": "clinic", "wording": "", "status": "not released"}
    folder = make_casebook(refugees=[COUNT, silent], population=[SUDAN])
    assert read(folder, DAY).against_population("SDN")["claimant"].tolist() == ["office"]


def test_without_a_population_the_reason_is_said(make_casebook: Make) -> None:
    pairs = read(make_casebook(refugees=[COUNT]), DAY).against_population("SDN")
    assert len(pairs) == 0
    assert pairs.attrs["absent"] == (
        "The casebook holds no population figure of these areas; it holds 1 count or projection "
        "published by 15 May 2023 to divide by one."
    )
