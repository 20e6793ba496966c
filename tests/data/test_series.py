"""Border crossings and refugees recorded: values of the published series in the committed tables.

The values are those that a reader of the published files finds, typed in here by hand.
"""

from functools import cache
from itertools import accumulate

import pytest

from .committed import numbers, only, pick, read

#: Snapshot, and its daily figures: day counted -> people.
Replay = list[tuple[str, dict[str, int]]]
SEVEN = ("BLR", "HUN", "MDA", "POL", "ROU", "RUS", "SVK")


# ------------------------------------------------------------- border crossings, day by day


@cache
def replay() -> Replay:
    """The daily figures as each snapshot that changed anything had them."""
    state: dict[str, int] = {}
    found: Replay = []
    for row in read("refugees.unhcr-daily"):
        if not found or found[-1][0] != row["locator"]:
            found.append((row["locator"], state))
        state = {**found[-1][1], row["as_of"]: int(row["wording"])}
        found[-1] = (row["locator"], state)
    return found


def known(until: str) -> dict[str, int]:
    """The daily figures as the last snapshot before a moment had them."""
    return [state for moment, state in replay() if moment <= f"snapshot {until}"][-1]


def total_through(day: str, state: dict[str, int]) -> int:
    return sum(people for counted, people in state.items() if counted <= day)


def day_passed(total: int, state: dict[str, int]) -> str:
    """The first day on which the running total reaches `total`."""
    days = sorted(state)
    sums = accumulate(state[day] for day in days)
    return next(day for day, so_far in zip(days, sums, strict=True) if so_far >= total)


def test_the_second_of_march_took_twelve_values() -> None:
    values = {int(row["wording"]) for row in pick("refugees.unhcr-daily", as_of="2022-03-02")}
    assert len(values) == 12
    assert (min(values), max(values)) == (167_563, 194_483)


def test_the_running_total_through_the_second_of_march_moved() -> None:
    totals = {total_through("2022-03-02", state) for _, state in replay()}
    assert (min(totals), max(totals)) == (977_110, 1_034_779)


@pytest.mark.parametrize(
    ("total", "first", "last", "day"),
    [
        (1_000_000, "2022-03-06", "2022-04-07", "2022-03-02"),
        (1_000_000, "2022-04-08", "2022-06-11", "2022-03-03"),
        (4_000_000, "2022-04-08", "2022-06-11", "2022-03-31"),
        (5_000_000, "2022-04-20", "2022-06-11", "2022-04-19"),
    ],
)
def test_the_day_on_which_a_million_is_passed(total: int, first: str, last: str, day: str) -> None:
    states = [
        state
        for moment, state in replay()
        if first <= moment.removeprefix("snapshot ")[:10] <= last
    ]
    assert states
    assert {day_passed(total, state) for state in states} == {day}


@pytest.mark.parametrize(
    ("total", "usual", "others"),
    [
        (3_000_000, "2022-03-15", {"2022-03-16"}),
        (6_000_000, "2022-05-11", {"2022-05-12"}),
    ],
)
def test_days_that_differ_in_some_snapshots(total: int, usual: str, others: set[str]) -> None:
    days = [
        day_passed(total, state) for _, state in replay() if total_through("9999", state) >= total
    ]
    assert set(days) == {usual, *others}
    assert days.count(usual) > sum(day in others for day in days)


def test_four_million_is_passed_earlier_as_known_until_early_april() -> None:
    days = {
        day_passed(4_000_000, state)
        for moment, state in replay()
        if moment <= "snapshot 2022-04-08" and total_through("9999", state) >= 4_000_000
    }
    assert days == {"2022-03-28", "2022-03-29"}


def test_no_day_is_missing_or_negative() -> None:
    for _, state in replay():
        days = sorted(state)
        assert days[0] == "2022-02-24"
        assert all(people >= 0 for people in state.values())
    first, last = replay()[0][1], replay()[-1][1]
    assert (len(first), max(first)) == (10, "2022-03-05")
    assert (len(last), max(last)) == (106, "2022-06-09")
    assert sum(last.values()) == 7_373_990


@pytest.mark.parametrize(
    ("moment", "total"),
    [
        ("2022-03-06T22:59Z", 1_545_796),
        ("2022-03-30T11:26Z", 4_019_287),
        ("2022-04-18T09:50Z", 4_934_415),
        ("2022-06-09T07:27Z", 7_278_663),
    ],
)
def test_the_running_total_of_a_snapshot(moment: str, total: int) -> None:
    assert sum(known(moment).values()) == total


def test_the_figure_of_a_day_is_no_running_total() -> None:
    rows = read("refugees.unhcr-daily")
    assert {row["measure"] for row in rows} == {"border crossings per day"}
    assert all(row["since"] == row["as_of"] for row in rows)
    assert len(rows) == 670


# ----------------------------------------------------------------------------- the headline


@pytest.mark.parametrize(
    ("snapshot", "people"),
    [
        ("2022-03-08T10:32Z", 2_011_312),
        ("2022-03-16T07:07Z", 3_000_381),
        ("2022-03-30T11:25Z", 4_019_287),
        ("2022-04-18T09:49Z", 4_934_415),
        ("2022-04-20T11:26Z", 5_034_439),
        ("2022-05-13T07:28Z", 6_029_705),
        ("2022-06-11T11:25Z", 7_363_623),
        ("2023-08-17T07:29Z", 5_896_169),
    ],
)
def test_the_headline(snapshot: str, people: int) -> None:
    row = only("refugees.unhcr-headline", locator=f"snapshot {snapshot}")
    assert int(row["wording"]) == people
    assert row["published_on"] == snapshot[:10]
    assert row["as_of"] == ""


def test_the_headline_changes_its_measure_with_the_gap_in_the_snapshots() -> None:
    days: dict[str, list[str]] = {}
    for row in read("refugees.unhcr-headline"):
        days.setdefault(row["measure"], []).append(row["published_on"])
    assert set(days) == {"border crossings", "refugees recorded"}
    assert max(days["border crossings"]) == "2022-06-11"
    assert min(days["refugees recorded"]) == "2023-08-17"


def test_the_five_million_of_reuters_are_in_no_snapshot() -> None:
    row = only("refugees", wording="5,010,971")
    assert (row["source_id"], row["published_on"]) == ("reuters-2022-04-20", "")
    assert "5010971" not in {row["wording"] for row in read("refugees.unhcr-headline")}


def test_the_headline_is_never_above_the_daily_series_of_its_snapshot() -> None:
    series = dict(replay())
    differences = [
        sum(series[row["locator"]].values()) - int(row["wording"])
        for row in pick("refugees.unhcr-headline", measure="border crossings")
        if row["locator"] in series
    ]
    assert (min(differences), max(differences)) == (0, 113_268)
    assert (differences.count(0), len(differences)) == (33, 92)


# ------------------------------------------------------------------------------- by country


def country(iso3: str, snapshot: str) -> int:
    """The newest figure of a country as a snapshot or one before it had it."""
    rows = pick("refugees.unhcr-countries", asylum=iso3)
    return numbers([row for row in rows if row["locator"] <= f"snapshot {snapshot}"])[-1]


@pytest.mark.parametrize(
    ("iso3", "before", "was", "after", "became"),
    [
        ("MDA", "2022-03-14T23:59Z", 106_994, "2022-03-15T07:07Z", 330_217),
        ("ROU", "2022-03-14T23:59Z", 84_671, "2022-03-15T07:07Z", 181_596),
        ("BLR", "2022-05-25T23:59Z", 27_308, "2022-05-26T11:26Z", 16_547),
        ("POL", "2022-06-14T23:59Z", 3_864_723, "2023-08-17T07:29Z", 968_389),
        ("RUS", "2022-03-08T23:59Z", 99_300, "2022-03-10T10:48Z", 97_098),
    ],
)
def test_a_country_changes_its_meaning(
    iso3: str, before: str, was: int, after: str, became: int
) -> None:
    assert (country(iso3, before), country(iso3, after)) == (was, became)


@pytest.mark.parametrize(
    ("snapshot", "missing"),
    [
        ("2022-03-08T10:32Z", 210_239),
        ("2022-03-12T07:06Z", 282_497),
        ("2022-03-15T14:51Z", 0),
        ("2022-03-30T11:25Z", 0),
        ("2022-04-02T11:25Z", 0),
    ],
)
def test_other_european_countries_are_missing_until_the_15th_of_march(
    snapshot: str, missing: int
) -> None:
    headline = int(only("refugees.unhcr-headline", locator=f"snapshot {snapshot}")["wording"])
    seven = [country(c, snapshot) for c in SEVEN]
    assert headline - sum(seven) == missing


def test_the_headline_is_the_sum_of_the_seven_countries_from_then_on() -> None:
    for row in pick("refugees.unhcr-headline", measure="border crossings"):
        snapshot = row["locator"].removeprefix("snapshot ")
        if snapshot >= "2022-03-15":
            seven = [
                country(c, snapshot) for c in ("BLR", "HUN", "MDA", "POL", "ROU", "RUS", "SVK")
            ]
            assert sum(seven) == int(row["wording"]), snapshot


def test_moldova_and_romania_say_what_they_counted_before() -> None:
    noted = {row["asylum"] for row in read("refugees.unhcr-countries") if row["note"]}
    assert noted == {"MDA", "ROU"}
    for row in read("refugees.unhcr-countries"):
        early = row["asylum"] in noted and row["published_on"] < "2022-03-15"
        assert bool(row["note"]) == early


def test_three_measures_of_poland_are_three_figures() -> None:
    rows = pick("refugees.unhcr-recorded", asylum="POL", as_of="2022-07-05")
    assert {row["measure"]: int(row["wording"]) for row in rows} == {
        "refugees recorded": 1_207_650,
        "temporary protection": 1_207_650,
        "border crossings": 4_472_349,
    }


def test_what_is_not_applicable_has_no_row() -> None:
    assert pick("refugees.unhcr-recorded", asylum="RUS", measure="temporary protection") == []
    assert len({row["asylum"] for row in read("refugees.unhcr-recorded")}) == 44


@pytest.mark.parametrize(
    ("iso3", "month", "people", "claimant"),
    [
        ("DEU", "2025-04", 1_243_445, "unhcr"),
        ("POL", "2025-04", 999_710, "unhcr"),
        ("CAN", "2022-04", 22_253, "one-campaign"),
    ],
)
def test_recorded_by_month(iso3: str, month: str, people: int, claimant: str) -> None:
    row = only("refugees.one-months", asylum=iso3, locator=f"month {month}")
    assert (int(row["wording"]), row["claimant"], row["as_of"]) == (people, claimant, "")


def test_the_levels_fall_in_one_day_steps() -> None:
    newest = {row["as_of"]: int(row["wording"]) for row in read("refugees.unhcr-levels")}
    assert newest["2022-12-31"] == 6_276_837
    assert newest["2023-06-05"] - newest["2023-06-04"] == -625_539
    assert newest["2024-03-12"] == 5_982_920
    assert {row["published_on"] for row in read("refugees.unhcr-levels")} == {
        "2023-08-17",
        "2023-12-21",
        "2024-04-14",
    }


def test_a_day_that_a_later_snapshot_lacks_is_withdrawn() -> None:
    row = only("refugees", status="withdrawn")
    assert (row["as_of"], row["published_on"]) == ("2023-05-29", "2023-12-21")
