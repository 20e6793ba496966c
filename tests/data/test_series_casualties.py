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
        ("2022-06-07", 4_253, 5_141),
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


def test_no_verified_count_falls() -> None:
    for outcome in ("killed", "wounded"):
        rows = pick("casualties.ohchr", outcome=outcome)
        counts = [int(row["wording"]) for row in sorted(rows, key=lambda row: row["as_of"])]
        assert counts == sorted(counts)
        assert len({row["as_of"] for row in rows}) == len(rows)


@pytest.mark.parametrize(
    ("killed", "as_of", "published_on", "doubtful"),
    [
        (780, "2022-03-16", "2022-03-17", False),
        (816, "2022-03-17", "2022-03-18", False),
        (4_253, "2022-06-06", "2022-06-07", False),
        (5_514, "2022-08-14", "2022-08-15", True),
        (5_663, "2022-08-28", "2022-08-29", False),
        (5_718, "2022-09-04", "2022-09-05", False),
        (6_884, "2022-12-26", "2022-12-27", False),
        (6_919, "2023-01-02", "2023-01-03", True),
        (9_177, "2023-06-30", "2023-07-07", True),
        (9_287, "2023-07-16", "2023-07-17", False),
        (9_701, "2023-09-24", "2023-09-25", False),
    ],
)
def test_the_days_of_an_update(killed: int, as_of: str, published_on: str, doubtful: bool) -> None:
    row = only("casualties.ohchr", outcome="killed", wording=str(killed))
    assert (row["as_of"], row["published_on"]) == (as_of, published_on)
    assert row["note"].startswith("day doubtful: ") == doubtful


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


def test_the_general_staff_gives_every_day_and_prisoners_on_58() -> None:
    assert len(pick("casualties.general-staff", outcome="losses")) == 1_626
    captured = pick("casualties.general-staff", outcome="captured")
    assert (len(captured), captured[-1]["wording"], captured[-1]["as_of"]) == (
        *(58, "496"),
        "2022-04-27",
    )


def test_the_nato_range_is_one_claim_in_two_documents() -> None:
    rows = [
        row
        for row in pick("casualties", claimant="nato-officials", outcome="killed")
        if row["wording"] and read_wording(row["wording"]).high == 15_000
    ]
    assert {(row["source_id"], row["as_of"], row["repeats"]) for row in rows} == {
        ("ap-2022-03-25", "2022-03-23", ""),
        ("economist-estimates", "2022-03-23", "ap-2022-03-25"),
    }


def test_the_british_months_were_posted_together() -> None:
    row = only("casualties.economist", claimant="uk-defence-ministry", as_of="2022-03-31")
    assert (row["since"], row["wording"], row["best"]) == ("2022-03-01", "", "11966")
    assert row["published_on"] == "2025-01-07"


@pytest.mark.parametrize(
    ("claimant", "as_of", "outcome", "figure"),
    [
        ("cia", "2022-07-20", "killed", ("in the vicinity of 15,000", "", "", "")),
        ("iiss", "2025-01-01", "killed", ("", "172000", "", "")),
        ("ualosses", "2025-05-30", "killed", ("70935", "", "", "")),
        ("ualosses", "2025-05-30", "killed or missing", ("135930", "", "", "")),
    ],
)  # fmt: skip
def test_estimates_have_their_words_or_numbers_and_never_both(
    claimant: str, as_of: str, outcome: str, figure: tuple[str, ...]
) -> None:
    row = only("casualties.economist", claimant=claimant, as_of=as_of, outcome=outcome)
    assert tuple(row[name] for name in ("wording", "low", "best", "high")) == figure


def test_one_claimant_is_one_office() -> None:
    rows = pick("casualties.economist", claimant="uk-defence-ministry")
    assert len(rows) == 45
    assert len({row["claimant"] for row in read("casualties.economist")}) == 27


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
        ("ukraine-president", "killed", 2_500, 3_000, "2022-04-15"),
        ("russia-defence-ministry", "killed", 1_351, 1_351, "2022-03-25"),
        ("russia-defence-ministry", "wounded", 3_825, 3_825, "2022-03-25"),
        ("arestovych", "killed", 7_000, None, "2022-03-02"),
        ("scholz", "killed", 10_000, None, "2022-03-27"),
    ],
)
def test_statements_typed_in_by_hand(
    claimant: str, outcome: str, low: int, high: int | None, published_on: str
) -> None:
    days = {row["source_id"]: row["published_on"] for row in read("sources")}
    said = [
        (bounds.low, bounds.high, row["published_on"] or days[row["source_id"]])
        for row in pick("casualties", claimant=claimant, outcome=outcome)
        if row["wording"]
        for bounds in [read_wording(row["wording"])]
    ]
    assert (low, high, published_on) in said
