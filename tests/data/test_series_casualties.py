"""Casualties, civilian and military: values of the published series in the committed tables."""

import pytest

from analysis.bounds import read_wording

from .committed import only, pick, read

# --------------------------------------------------------------------------------- civilians


def ohchr(published_on: str) -> tuple[str, str]:
    """Killed and wounded of an update, as last published on that day."""
    killed, wounded = (
        [
            row["wording"]
            for row in pick("casualties", claimant="ohchr", outcome=outcome)
            if row["published_on"] == published_on and row["locator"][:9] == "table row"
        ][-1]
        for outcome in ("killed", "wounded")
    )
    return killed, wounded


@pytest.mark.parametrize(
    ("published_on", "killed", "wounded"),
    [
        ("2022-03-03", 249, 553),
        ("2022-03-04", 331, 675),
        ("2022-03-05", 351, 707),
        ("2022-03-08", 474, 861),
        ("2022-03-09", 516, 908),
        ("2022-03-20", 902, 1_459),
        ("2022-03-25", 1_081, 1_707),
        ("2022-03-31", 1_232, 1_935),
        ("2022-04-04", 1_430, 2_097),
        ("2022-04-05", 1_480, 2_195),
        ("2022-04-25", 2_665, 3_053),
        ("2022-04-26", 2_729, 3_111),
        ("2022-06-07", 4_183, 5_014),
        ("2023-03-06", 8_173, 13_620),
    ],
)
def test_an_update_of_ohchr(published_on: str, killed: int, wounded: int) -> None:
    assert ohchr(published_on) == (str(killed), str(wounded))


def test_the_count_runs_to_the_midnight_before() -> None:
    row = only("casualties", locator="table row 2022-03-03", outcome="killed")
    assert (row["as_of"], row["published_on"], row["wording"]) == (
        "2022-03-02",
        "2022-03-03",
        "249",
    )
    for row in read("casualties.ohchr"):
        assert row["as_of"] < row["published_on"]


def test_the_entry_error_stands_between_its_neighbours() -> None:
    newest = {
        row["as_of"]: int(row["wording"]) for row in pick("casualties.ohchr", outcome="killed")
    }
    assert [newest[f"2022-06-0{day}"] for day in (5, 6, 7)] == [4_253, 4_183, 4_266]
    row = only("casualties.ohchr", as_of="2022-06-06", outcome="killed")
    assert row["note"].startswith("Below the figure before it")


def test_sixteen_dates_were_put_right() -> None:
    revised = [row for row in read("casualties.ohchr") if ", snapshot " in row["locator"]]
    assert len({row["as_of"] for row in revised}) == 16
    assert all(row["note"].startswith("First entered as ") for row in revised)


def test_the_statements_before_the_table_begins() -> None:
    rows = [
        row for row in pick("casualties", claimant="ohchr") if row["published_on"] < "2022-03-03"
    ]
    killed = [row["wording"] for row in rows if row["outcome"] == "killed"]
    assert [read_wording(words).low for words in killed] == [227, 25, 102, 136, 142, 227, 14_383]


def test_136_and_142_are_of_the_same_cut_off() -> None:
    one, other = (only("casualties", claimant="ohchr", wording=n) for n in ("136", "142"))
    assert one["as_of"] == other["as_of"] == "2022-02-28"
    assert one["source_id"] != other["source_id"]


# ---------------------------------------------------------------------------------- military


@pytest.mark.parametrize(
    ("as_of", "wording"),
    [
        ("2022-03-02", "about 5840"),
        ("2022-03-03", "about 9000"),
        ("2022-03-07", "more than 11000"),
        ("2022-07-19", "about 38550"),
        ("2024-01-16", "about 372090"),
        ("2024-02-06", "about 390580"),
    ],
)
def test_the_general_staff(as_of: str, wording: str) -> None:
    row = only("casualties.general-staff", as_of=as_of, outcome="losses")
    assert row["wording"] == wording
    assert (row["claimant"], row["side"]) == ("ukraine-general-staff", "RUS")


def test_the_general_staff_gives_every_day_and_prisoners_on_62() -> None:
    assert len(pick("casualties.general-staff", outcome="losses")) == 1_626
    captured = pick("casualties.general-staff", outcome="captured")
    assert (len(captured), captured[-1]["wording"], captured[-1]["as_of"]) == (
        *(62, "496"),
        "2022-04-27",
    )


def test_the_nato_range_keeps_both_of_its_days() -> None:
    rows = [
        row
        for row in pick("casualties", claimant="nato-officials", outcome="killed")
        if read_wording(row["wording"]).high == 15_000
    ]
    assert {(row["source_id"], row["published_on"]) for row in rows} == {
        ("ap-2022-03-25", "2022-03-23"),
        ("economist-estimates", "2022-04-23"),
    }
    (listed,) = [row for row in rows if row["source_id"] == "economist-estimates"]
    assert "its link is of 2022-03-24" in listed["note"]


def test_the_british_months_were_posted_together() -> None:
    row = only("casualties.economist", claimant="uk-defence-ministry", as_of="2022-04-01")
    assert (row["wording"], row["published_on"]) == ("11966", "2025-01-07")


@pytest.mark.parametrize(
    ("claimant", "as_of", "outcome", "said"),
    [
        ("cia", "2022-07-20", "killed", ("", "15000", "", "")),
        ("uk-defence-ministry", "2022-06-29", "killed", ("", "", "", "25000")),
        (
            *("uk-defence-ministry", "2023-11-30", "killed or wounded"),
            ("320000 (290000 to 350000)", "", "", ""),
        ),
        ("us-defence-department", "2024-12-07", "killed or wounded", ("", "700000", "", "")),
    ],
)
def test_a_lone_end_is_a_number_without_words_that_nobody_said(
    claimant: str, as_of: str, outcome: str, said: tuple[str, ...]
) -> None:
    row = only("casualties.economist", claimant=claimant, as_of=as_of, outcome=outcome)
    assert tuple(row[name] for name in ("wording", "low", "best", "high")) == said


def test_aliases_of_one_source_are_one_claimant() -> None:
    rows = pick("casualties.economist", claimant="uk-defence-ministry")
    assert len(rows) == 48
    assert len({row["claimant"] for row in read("casualties.economist")}) == 25


@pytest.mark.parametrize(
    ("week", "as_of", "names"),
    [("2022-02-21", "2022-02-27", 6), ("2022-12-26", "2023-01-01", 10_930)],
)
def test_names_found_by_week(week: str, as_of: str, names: int) -> None:
    row = only("casualties.mediazona", locator=f"week {week}")
    assert (row["as_of"], int(row["wording"])) == (as_of, names)
    assert row["published_on"] == "2024-06-23"


@pytest.mark.parametrize(
    ("claimant", "outcome", "low", "high", "published_on"),
    [
        ("us-dia", "killed", 2_000, 4_000, "2022-03-08"),
        ("ukraine-president", "killed", 1_250, 1_350, "2022-03-12"),
        ("russia-general-staff", "killed", 1_351, 1_351, "2022-03-25"),
        ("russia-general-staff", "wounded", 3_825, 3_825, "2022-03-25"),
        ("arestovych", "killed", 7_000, None, "2022-03-02"),
        ("scholz", "killed", 10_000, None, "2022-03-27"),
    ],
)
def test_statements_typed_in_by_hand(
    claimant: str, outcome: str, low: int, high: int | None, published_on: str
) -> None:
    days = {row["source_id"]: row["published_on"] for row in read("sources")}
    row = next(r for r in pick("casualties", claimant=claimant, outcome=outcome) if r["wording"])
    bounds = read_wording(row["wording"])
    assert (bounds.low, bounds.high) == (low, high)
    assert (row["published_on"] or days[row["source_id"]]) == published_on
