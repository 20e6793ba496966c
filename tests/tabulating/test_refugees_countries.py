"""Countries by snapshot: the portal's own day, revisions, and what Moldova counted first."""

from analysis.tabulating.refugees_countries import make_country_rows

from .frames import make_frame, say

COLUMNS = ("snapshot", "as_of", "iso3", "measure", "people")


def test_a_country_keeps_the_portals_day_and_its_revisions() -> None:
    frame = make_frame(
        COLUMNS,
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
        COLUMNS,
        ("2022-03-14T21:00:00Z", "2022-03-13", "MDA", "border crossings", 106_994),
        ("2022-03-14T21:00:00Z", "2022-03-13", "POL", "border crossings", 1_758_000),
        ("2022-03-15T07:07:26Z", "2022-03-13", "MDA", "border crossings", 330_217),
    )
    assert [bool(note) for (note,) in say(make_country_rows(frame), "note")] == [True, False, False]
