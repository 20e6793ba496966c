"""Casualties: figures as read, side by side and over time; casualties are not deaths."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis import open_casebook
from analysis.casualties.table import CASUALTIES, OUTCOMES
from analysis.tables import CasebookErrors
from tests.series import KILLED, Row, break_on, killed

Make = Callable[..., Path]
SOLDIERS = KILLED | {"who": "fighters", "claimant": "army", "standard": "declared"}
OTHER_DAY, END = "2023-05-15", "2023-06-01"  # between the two reports, and after both


def open_rows(make: Make, rows: list[Row], day: str = END, **tables: list[Row]) -> Any:
    return open_casebook(make(casualties=rows, **tables), day).casualties


def test_every_figure_of_the_article_has_its_bounds(casebook: Path) -> None:
    claims = open_casebook(casebook, "2022-03-03").casualties.claims()
    ends = claims[["counted", "low", "best", "high"]].astype(object)
    assert ends.fillna(-1).to_numpy().tolist()[2:] == [
        ["Ukrainian troops killed", -1, -1, -1],
        ["Ukrainian troops wounded", -1, -1, -1],
        ["civilians killed", 227, -1, -1],
        ["civilians wounded", 525, -1, -1],
        ["civilians killed", 2000, -1, -1],
    ]
    assert claims["wording"].tolist()[:2] == ["nearly 500", "around 1,600"]
    assert claims["status"].tolist()[2:4] == ["not released"] * 2
    assert claims["status"].tolist()[6] == "unverified"
    assert claims["is_party"].tolist() == [True] * 4 + [False, False, True]


@pytest.mark.parametrize(("day", "rows"), [("2022-02-25", 0), ("2022-03-02", 0), ("2022-03-03", 7)])
def test_a_replay_knows_what_was_published_by_the_day(casebook: Path, day: str, rows: int) -> None:
    book = open_casebook(casebook).as_known_on(day)
    assert len(book.casualties.claims()) == rows
    assert len(book.casualties.killed_and_wounded()) == (2 if rows else 0)


def test_readable_columns_come_first_and_keys_last(casebook: Path) -> None:
    claims = open_casebook(casebook).casualties.by_source()
    first = ["claimant_name", "wording", "low", "best", "high", "counted", "day", "status"]
    assert claims.columns[:8].tolist() == first
    assert claims.columns[-2:].tolist() == ["source_id", "claim_id"]
    assert claims[claims["is_party"]].attrs["known_on"] == pd.Timestamp("2022-03-03")


def test_killed_and_wounded_are_killed_or_wounded_by_hand(casebook: Path) -> None:
    both = open_casebook(casebook, "2022-03-03").casualties.killed_and_wounded()
    civilians = both.set_index("counted").loc["civilians killed or wounded"]
    assert 227 + 525 == 752
    assert (civilians["low"], civilians["wording"]) == (752, "at least 752")
    assert pd.isna(civilians["high"])
    soldiers = both.set_index("counted").loc["Russian troops killed or wounded"]
    assert pd.isna(soldiers["best"]), "nearly 500 has no best figure, so the sum has none"
    # The service that names no wounded, and the side that names nothing, have no sum.
    assert len(both) == 2
    assert set(both["outcome"]) == {"killed or wounded"}
    assert OUTCOMES["killed or wounded"].startswith("both together")


@pytest.mark.parametrize(
    "change",
    [
        {"claimant": "clinic"},
        {"source_id": "report-2"},
        {"area": "khartoum"},
        {"since": "2023-04-15"},
        {"as_of": "2023-05-08"},
        {"standard": "estimated"},
        {"status": "disputed"},
        {"published_on": "2023-05-11"},
        {"who": "fighters", "side": "SDN"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_only_figures_of_the_same_claimant_people_and_days_are_added(
    make_casebook: Make, change: Row
) -> None:
    wounded = KILLED | {"outcome": "wounded", "wording": "at least 525"}
    same = make_casebook("same", casualties=[KILLED, wounded])
    added = open_casebook(same, END).casualties.killed_and_wounded()
    assert added["wording"].tolist() == ["at least 752"]
    other = make_casebook("other", casualties=[KILLED, wounded | change])
    assert len(open_casebook(other, END).casualties.killed_and_wounded()) == 0


@pytest.mark.parametrize("status", ["withdrawn", "denied"])
def test_what_is_withdrawn_or_denied_is_not_added(make_casebook: Make, status: str) -> None:
    rows = [KILLED | {"status": status}, KILLED | {"status": status, "outcome": "wounded"}]
    assert len(open_rows(make_casebook, rows).killed_and_wounded()) == 0


def test_a_sum_keeps_the_status_of_its_figures(make_casebook: Make) -> None:
    doubt = KILLED | {"status": "unverified"}
    sums = open_rows(make_casebook, [doubt, doubt | {"outcome": "wounded"}]).killed_and_wounded()
    assert sums[["status", "low"]].to_numpy().tolist() == [["unverified", 454]]


def test_a_figure_that_another_rounds_is_not_added(make_casebook: Make) -> None:
    army = SOLDIERS | {"side": "SDN"}
    exact = [army | {"wording": "498"}, army | {"outcome": "wounded", "wording": "1,597"}]
    rounded = {"source_id": "report-2", "repeats": KILLED["source_id"], "since": ""}
    rows = [
        *exact,
        army | rounded | {"wording": "nearly 500"},
        army | rounded | {"outcome": "wounded", "wording": "around 1,600"},
    ]
    assert open_rows(make_casebook, rows).killed_and_wounded()["wording"].tolist() == ["2,095"]


def test_both_sides_of_one_claimant_are_added_apart(make_casebook: Make) -> None:
    own = SOLDIERS | {"side": "SDN", "wording": "10"}
    others = SOLDIERS | {"side": "rsf", "wording": "1,000"}
    rows = [own, own | {"outcome": "wounded"}, others, others | {"outcome": "wounded"}]
    sums = open_rows(make_casebook, rows).killed_and_wounded()
    assert sums[["counted", "low"]].to_numpy().tolist() == [
        ["troops of Sudan killed or wounded", 20],
        ["fighters of the RSF killed or wounded", 2000],
    ]


def test_a_document_that_rounds_both_figures_has_no_sum_of_its_own(make_casebook: Make) -> None:
    said = SOLDIERS | {"side": "SDN", "wording": "498"}
    rounded = said | {"source_id": "report-2", "wording": "nearly 500", "repeats": "report-1"}
    rows = [said, said | {"outcome": "wounded", "wording": "1,597"}]
    rows += [rounded, rounded | {"outcome": "wounded", "wording": "around 1,600"}]
    assert open_rows(make_casebook, rows).killed_and_wounded()["wording"].tolist() == ["2,095"]


def test_the_latest_claim_of_each_claimant_stands_side_by_side(make_casebook: Make) -> None:
    folder = make_casebook(
        casualties=[
            KILLED | {"as_of": "2023-05-08"},
            KILLED | {"as_of": "2023-05-18", "source_id": "report-2", "wording": "at least 300"},
            KILLED | {"claimant": "army", "standard": "declared", "wording": "12"},
            KILLED | {"outcome": "killed or wounded", "wording": "at least 900"},
        ]
    )
    book = open_casebook(folder, OTHER_DAY)
    assert book.casualties.by_source()["wording"].tolist() == ["at least 227", "12"]
    after = book.as_known_on("2023-05-20").casualties
    assert after.by_source()["wording"].tolist() == ["at least 300", "12"]
    assert after.by_source()["differs_in"].tolist() == [
        "last day counted: 18 May 2023; standard: verified case by case",
        "last day counted: not stated; standard: declared",
    ]
    independent = after.by_source(parties=False)
    assert independent["claimant"].tolist() == ["office"]
    assert independent["differs_in"].tolist() == [""]


@pytest.mark.parametrize("turned", [False, True])
def test_everybody_and_the_children_among_them_both_stand(
    make_casebook: Make, turned: bool
) -> None:
    rows = [
        KILLED | {"who": "everybody", "wording": "700"},
        KILLED | {"who": "children", "wording": "120"},
    ]
    casualties = open_rows(make_casebook, rows[::-1] if turned else rows)
    assert set(casualties.by_source(who="")["counted"]) == {"people killed", "children killed"}
    assert casualties.by_source(who="everybody")["wording"].tolist() == ["700"]
    assert len(casualties.by_source(who="civilians")) == 0


@pytest.mark.parametrize("turned", [False, True])
def test_two_figures_of_one_hearing_both_stand(make_casebook: Make, turned: bool) -> None:
    rows = [KILLED | {"wording": "up to 150,000"}, KILLED | {"wording": "15,000 to 30,000"}]
    shown = open_rows(make_casebook, rows[::-1] if turned else rows).by_source()
    assert set(shown["wording"]) == {"up to 150,000", "15,000 to 30,000"}


def test_one_announcement_in_two_documents_counts_once(make_casebook: Make) -> None:
    rows = [
        KILLED | {"wording": "498"},
        KILLED | {"wording": "nearly 500", "source_id": "report-2", "repeats": "report-1"},
    ]
    shown = open_rows(make_casebook, rows).by_source()
    assert shown["wording"].tolist() == ["498"]
    assert shown["documents"].tolist() == [2]


def test_killed_or_wounded_is_not_shown_as_killed(make_casebook: Make) -> None:
    casualties = open_rows(make_casebook, [KILLED | {"outcome": "killed or wounded"}])
    assert len(casualties.by_source(outcome="killed")) == 0
    both = casualties.by_source(outcome="killed or wounded")
    assert both["counted"].tolist() == ["civilians killed or wounded"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"who": "civilian"}, 'who: "civilian" is not one of: everybody, civilians, fighters'),
        ({"outcome": "dead"}, 'outcome: "dead" is not one of: killed, wounded, '),
        ({"side": "hamas"}, 'side: "hamas" is not one of: RUS, UKR'),
        ({"area": "gaza"}, 'area: "gaza" is not one of: UKR'),
    ],
)
def test_an_unknown_word_is_refused(casebook: Path, options: Row, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{message}"):
        open_casebook(casebook).casualties.by_source(**options)


def test_figures_of_other_areas_are_never_compared(make_casebook: Make) -> None:
    """695 in one area and 34,735 in another are 49.98 times apart, and that says nothing."""
    rows = [
        KILLED | {"wording": "695", "area": "khartoum"},
        KILLED | {"wording": "34,735", "area": "darfur", "claimant": "clinic"},
        KILLED | {"wording": "700", "area": "khartoum", "claimant": "army"},
    ]
    apart = open_rows(make_casebook, rows).disagreement()
    assert apart[["wording_a", "wording_b"]].to_numpy().tolist() == [["695", "700"]]


def test_a_series_is_part_of_its_key() -> None:
    assert {*CASUALTIES.series} - {"counted_from"} <= set(CASUALTIES.key)
    assert "since" in CASUALTIES.key


def test_fighters_belong_to_a_side(casebook: Path) -> None:
    path = casebook / "casualties.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    russian = next(n for n, line in enumerate(lines) if ",fighters,RUS," in line)
    lines[russian] = lines[russian].replace(",fighters,RUS,", ",fighters,,")
    lines[russian + 1] = lines[russian + 1].replace(",fighters,RUS,", ",fighters,RUSS,")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(CasebookErrors) as caught:
        open_casebook(casebook).casualties.claims()
    said = str(caught.value)
    assert f"casualties.csv, row {russian + 1}, column side: expected the side" in said
    assert f'row {russian + 2}, column side: "RUSS": expected a key that stands in parties' in said
    assert 'did you mean "RUS" (Russia)?' in said


def test_silence_ends_when_somebody_of_that_side_gives_a_figure(casebook: Path) -> None:
    book = open_casebook(casebook, "2022-03-08")
    silent = book.casualties.by_source(who="fighters")
    assert silent.loc[silent["claimant"] == "ukraine", "status"].tolist() == ["not released"]
    row = "ap-2022-03-03,later,ukraine-armed-forces,,,fighters,UKR,UKR,killed,about 100,,,,"
    with (casebook / "casualties.csv").open("a", encoding="utf-8") as file:
        file.write(f"{row}declared,stated,,2022-03-09,\n")
    assert "not released" in book.casualties.by_source(who="fighters")["status"].tolist()
    after = book.as_known_on("2022-03-09").casualties.by_source(who="fighters")
    assert "not released" not in after["status"].tolist()
    assert "about 100" in after["wording"].tolist()


def test_published_numbers_have_bounds_and_no_words(make_casebook: Make) -> None:
    bare = KILLED | {"wording": ""}
    rows = [
        bare | {"low": "15000"},
        bare | {"low": "55298", "best": "64260", "high": "78525", "claimant": "clinic"},
        bare | {"best": "250", "claimant": "army"},
    ]
    shown = open_rows(make_casebook, rows).by_source()
    assert shown["wording"].tolist() == [
        "15,000 as a lower bound",
        "64,260 (55,298 to 78,525)",
        "250",
    ]
    ends = shown[["low", "best", "high"]].astype(object).fillna(-1).to_numpy().tolist()
    assert ends == [[15000, -1, -1], [55298, 64260, 78525], [250, 250, 250]]
    assert shown["in_words"].tolist() == [False] * 3


# Over time

ARMY: Row = {"claimant": "army", "who": "fighters", "side": "SDN", "standard": "declared"}
ROWS = [
    killed("2023-04-20", "40", "2023-04-21"),
    killed("2023-04-25", "60", "2023-04-26"),
    killed("2023-04-25", "66", "2023-05-02", locator="corrected"),
    killed("2023-04-22", "at least 90", "2023-04-23", claimant="clinic", standard="estimated"),
    killed("2023-04-24", "about 3000", "2023-04-24", **ARMY),
    killed("2023-04-24", "", "2023-04-24", claimant="army", status="not released"),
    killed("2023-04-24", "7", "2023-04-24", outcome="wounded"),
]


def say(rows: pd.DataFrame) -> list[tuple[str, int, str]]:
    return [(r["claimant"], r["counted_to"].day, r["wording"]) for r in rows.to_dict("records")]


def test_one_row_a_claimant_and_day_counted_as_known(make_casebook: Make) -> None:
    book = open_casebook(make_casebook(casualties=ROWS), "2023-04-30")
    assert say(book.casualties.over_time()) == [
        ("clinic", 22, "at least 90"),
        ("office", 20, "40"),
        ("office", 25, "60"),
    ]
    later = book.as_known_on(END).casualties.over_time()
    assert say(later)[-1] == ("office", 25, "66"), "the newest edition of the day"
    assert len(book.as_known_on("2023-04-20").casualties.over_time()) == 0


def test_groups_sides_and_outcomes_stay_apart(make_casebook: Make) -> None:
    casualties = open_rows(make_casebook, ROWS)
    soldiers = casualties.over_time(who="fighters", side="SDN")
    assert say(soldiers) == [("army", 24, "about 3,000")]
    assert soldiers["counted"].tolist() == ["troops of Sudan killed"]
    assert len(casualties.over_time(who="fighters", side="TCD")) == 0
    assert len(casualties.over_time(outcome="wounded")) == 1
    assert len(casualties.over_time(outcome="")) == 4
    assert len(casualties.over_time(who="fighters", side="SDN", parties=False)) == 0


@pytest.mark.parametrize(
    "other",
    [{"area": "khartoum-hospital"}, {"since": "2023-04-01"}, {"who": "everybody"}],
    ids=["area", "since", "who"],
)
def test_figures_of_two_scopes_are_two_series(make_casebook: Make, other: Row) -> None:
    followed = open_rows(make_casebook, [ROWS[0] | other, ROWS[1]]).over_time(who="")
    assert followed["series"].nunique() == 2


def test_months_with_their_own_first_day_are_series_of_their_own(make_casebook: Make) -> None:
    months = [("04-15", "04-30"), ("05-01", "05-10"), ("05-11", "05-20")]
    rows = [
        killed(f"2023-{last}", "5", "2023-05-25", since=f"2023-{first}") for first, last in months
    ]
    assert open_rows(make_casebook, rows).over_time()["series"].nunique() == 3


def test_breaks_of_the_table_are_known(make_casebook: Make) -> None:
    told = break_on("2023-04-24", table="casualties", measure="killed", place="any")
    rows = open_rows(make_casebook, ROWS, breaks=[told]).over_time()
    assert rows["segment"].tolist() == [0, 0, 1]


def test_each_day_shows_what_was_said_then(make_casebook: Make) -> None:
    folder = make_casebook(casualties=ROWS)
    then = open_casebook(folder, "2023-05-05").casualties.as_said_then(every=7)
    found = [
        (f"{r['on']:%m-%d}", r["claimant"], r["wording"], r["age_days"])
        for r in then.to_dict("records")
    ]
    assert sorted(found) == [
        ("04-21", "office", "40", 1),
        ("04-28", "clinic", "at least 90", 6),
        ("04-28", "office", "60", 3),
        ("05-05", "clinic", "at least 90", 13),
        ("05-05", "office", "66", 10),
    ]
    assert len(open_casebook(folder, "2023-04-01").casualties.as_said_then()) == 0


# Losses of fighters

LOSSES: Row = {"who": "fighters", "side": "SDN", "standard": "estimated"}
STATEMENTS = [
    killed("2023-04-20", "about 2500", "2023-04-20", **LOSSES, outcome="losses"),
    killed("2023-04-18", "300", "2023-04-18", **LOSSES),
    killed("2023-04-20", "400", "2023-04-20", **LOSSES),
    killed("2023-05-02", "1000 to 1500", "2023-05-02", **LOSSES, claimant="clinic"),
    killed("2023-04-30", "12", "2023-04-30", **LOSSES, claimant="army"),
    killed("2023-04-30", "9", "2023-04-30", **(LOSSES | {"side": "TCD"})),
    killed("2023-04-30", "80", "2023-04-30"),
]


def test_statements_on_losses_stand_by_side_outcome_and_who_says_it(make_casebook: Make) -> None:
    losses = open_rows(make_casebook, STATEMENTS).losses_by_claimant(side="SDN")
    assert losses[["claimant", "outcome", "wording", "said_by"]].to_numpy().tolist() == [
        ["army", "killed", "12", "the side itself"],
        ["clinic", "killed", "1,000 to 1,500", "third parties"],
        ["office", "killed", "300", "third parties"],
        ["office", "killed", "400", "third parties"],
        ["office", "losses", "about 2,500", "third parties"],
    ]
    assert losses["is_newest"].tolist() == [True, True, False, True, True]


def test_both_sides_follow_each_other(make_casebook: Make) -> None:
    losses = open_rows(make_casebook, STATEMENTS).losses_by_claimant(outcome="killed")
    assert losses["side"].unique().tolist() == ["SDN", "TCD"]
    assert losses[losses["side"] == "TCD"]["wording"].tolist() == ["9"]
