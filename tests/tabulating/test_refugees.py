"""UNHCR's portal: flows, levels, the headline, countries by snapshot and by month."""

from analysis.tabulating.refugees import (
    make_country_rows,
    make_headline_rows,
    make_month_rows,
    make_recorded_rows,
    make_series_rows,
)

from .frames import make_frame, say

FRAME = make_frame(
    ("snapshot_utc", "data_date", "kind", "people"),
    ("2022-03-06T22:58:29Z", "2022-03-01", "daily flow", 85_787),
    ("2022-03-06T22:58:29Z", "2022-03-02", "daily flow", 194_483),
    ("2022-03-07T18:03:30Z", "2022-03-01", "daily flow", 85_787),
    ("2022-03-07T18:03:30Z", "2022-03-02", "daily flow", 167_563),
    ("2023-08-17T07:29:47Z", "2022-04-25", "level", 85_000),
    ("2023-12-21T07:27:29Z", "2022-04-25", "level", 85_000),
    ("2023-12-21T07:27:29Z", "2023-12-19", "level", 5_931_474),
)


def test_a_day_counts_itself_and_only_changes_are_kept() -> None:
    assert say(
        make_series_rows(FRAME, kind="daily flow"),
        "locator",
        "since",
        "as_of",
        "wording",
        "published_on",
    ) == [
        ("snapshot 2022-03-06T22:58Z", "2022-03-01", "2022-03-01", "85787", "2022-03-06"),
        ("snapshot 2022-03-06T22:58Z", "2022-03-02", "2022-03-02", "194483", "2022-03-06"),
        ("snapshot 2022-03-07T18:03Z", "2022-03-02", "2022-03-02", "167563", "2022-03-07"),
    ]
    assert set(make_series_rows(FRAME, kind="daily flow")["measure"]) == {
        "border crossings per day"
    }


def test_a_level_has_no_first_day() -> None:
    rows = make_series_rows(FRAME, kind="level")
    assert say(rows, "since", "as_of", "wording", "measure", "published_on") == [
        ("", "2022-04-25", "85000", "refugees recorded", "2023-08-17"),
        ("", "2023-12-19", "5931474", "refugees recorded", "2023-12-21"),
    ]


def test_a_day_that_a_snapshot_leaves_out_is_withdrawn() -> None:
    shorter = FRAME.iloc[[0, 1, 2]]
    assert say(
        make_series_rows(shorter, kind="daily flow"), "as_of", "wording", "status", "published_on"
    )[-1] == (*("2022-03-02", "194483", "withdrawn", "2022-03-07"),)


def test_no_daily_flow_gives_no_row() -> None:
    assert make_series_rows(FRAME.iloc[4:], kind="daily flow").empty
    assert make_series_rows(FRAME.iloc[:4], kind="level").empty


def test_the_measure_follows_the_day_of_the_snapshot() -> None:
    frame = make_frame(
        ("snapshot_utc", "data_date", "measure", "people"),
        ("2022-06-09T07:26:50Z", None, "headline total", 7_270_939),
        ("2022-06-11T11:25:36Z", None, "headline total", 7_270_939),
        ("2023-08-17T07:29:47Z", None, "headline total", 5_896_169),
    )
    columns = ("locator", "since", "as_of", "measure", "wording", "published_on")
    assert say(make_headline_rows(frame), *columns) == [
        (
            *("snapshot 2022-06-09T07:26Z", "2022-02-24", "", "border crossings"),
            *("7270939", "2022-06-09"),
        ),
        (
            *("snapshot 2023-08-17T07:29Z", "", "", "refugees recorded"),
            *("5896169", "2023-08-17"),
        ),
    ]


COUNTRIES = ("snapshot", "as_of", "iso3", "measure", "people")


def test_a_country_keeps_the_portals_day_and_its_revisions() -> None:
    frame = make_frame(
        COUNTRIES,
        ("2022-03-08T10:32:12Z", "2022-03-08", "HUN", "border crossings", 100),
        ("2022-03-09T11:16:55Z", "2022-03-08", "HUN", "border crossings", 90),
        ("2022-03-10T09:29:03Z", "2022-03-08", "HUN", "border crossings", 90),
        ("2022-03-11T09:29:03Z", "2022-03-10", "HUN", "border crossings", 90),
        ("2023-08-17T07:29:47Z", "2023-07-01", "HUN", "refugees recorded", 50),
    )
    columns = ("asylum", "since", "as_of", "wording", "measure", "published_on")
    assert say(make_country_rows(frame), *columns) == [
        ("HUN", "2022-02-24", "2022-03-08", "100", "border crossings", "2022-03-08"),
        ("HUN", "2022-02-24", "2022-03-08", "90", "border crossings", "2022-03-09"),
        # The same figure for a later day is another fact.
        ("HUN", "2022-02-24", "2022-03-10", "90", "border crossings", "2022-03-11"),
        ("HUN", "", "2023-07-01", "50", "refugees recorded", "2023-08-17"),
    ]


def test_moldova_says_until_when_it_counted_people_still_there() -> None:
    frame = make_frame(
        COUNTRIES,
        ("2022-03-14T21:00:00Z", "2022-03-13", "MDA", "border crossings", 106_994),
        ("2022-03-14T21:00:00Z", "2022-03-13", "POL", "border crossings", 1_758_000),
        ("2022-03-15T07:07:26Z", "2022-03-13", "MDA", "border crossings", 330_217),
    )
    assert [bool(note) for (note,) in say(make_country_rows(frame), "note")] == [True, False, False]


def test_a_file_is_known_from_the_newest_day_it_speaks_about() -> None:
    frame = make_frame(
        COUNTRIES,
        ("late_july.csv", "2022-07-19", "POL", "refugees recorded", 30),
        ("late_july.csv", "2022-05-19", "TUR", "refugees recorded", 9),
        ("july.csv", "2022-07-05", "POL", "refugees recorded", 20),
        ("july.csv", "2022-05-19", "TUR", "refugees recorded", 9),
        ("july.csv", "2022-07-05", "POL", "border crossings", 70),
    )
    columns = ("locator", "asylum", "since", "as_of", "measure", "wording", "published_on")
    assert say(make_recorded_rows(frame), *columns) == [
        ("july.csv", "POL", "", "2022-07-05", "refugees recorded", "20", "2022-07-05"),
        ("july.csv", "TUR", "", "2022-05-19", "refugees recorded", "9", "2022-07-05"),
        ("july.csv", "POL", "2022-02-24", "2022-07-05", "border crossings", "70", "2022-07-05"),
        ("late_july.csv", "POL", "", "2022-07-19", "refugees recorded", "30", "2022-07-19"),
    ]


def test_crossings_back_and_empty_cells_are_left_out() -> None:
    frame = make_frame(
        COUNTRIES,
        ("july.csv", "2022-07-05", "POL", "border crossings back", 50),
        ("july.csv", "2022-07-05", "RUS", "temporary protection", None),
        ("july.csv", "2022-07-05", "RUS", "refugees recorded", 1_518_394),
    )
    assert say(make_recorded_rows(frame), "asylum", "wording") == [("RUS", "1518394")]


def test_only_what_the_dated_files_lack() -> None:
    frame = make_frame(
        ("iso3", "month", "people"),
        ("CAN", "2022-04", 22_253),
        ("DEU", "2022-06", 867_000),
        ("DEU", "2023-01", 1_000_000),
        ("ARM", "2023-07", 605),
        ("RUS", "2024-02", None),
        ("POL", "2025-04", 999_710),
    )
    columns = ("locator", "claimant", "asylum", "as_of", "wording", "standard", "published_on")
    assert say(make_month_rows(frame), *columns) == [
        ("month 2022-04", "one-campaign", "CAN", "", "22253", "declared", "2022-04-30"),
        ("month 2023-07", "unhcr", "ARM", "", "605", "registered", "2023-07-31"),
        ("month 2025-04", "unhcr", "POL", "", "999710", "registered", "2025-04-30"),
    ]
