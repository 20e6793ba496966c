"""Three measures by country, from files that have a name and no day."""

from analysis.tabulating.refugees_recorded import make_recorded_rows

from .frames import make_frame, say

COLUMNS = ("snapshot", "as_of", "iso3", "measure", "people")


def test_a_file_is_known_from_the_newest_day_it_speaks_about() -> None:
    frame = make_frame(
        COLUMNS,
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
        COLUMNS,
        ("july.csv", "2022-07-05", "POL", "border crossings back", 50),
        ("july.csv", "2022-07-05", "RUS", "temporary protection", None),
        ("july.csv", "2022-07-05", "RUS", "refugees recorded", 1_518_394),
    )
    assert say(make_recorded_rows(frame), "asylum", "wording") == [("RUS", "1518394")]
