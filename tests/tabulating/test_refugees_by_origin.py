"""Totals by release: which year is a middle, and which origins and releases stay."""

from analysis.tabulating.refugees_by_origin import make_release_rows

from .frames import make_frame, say

COLUMNS = ("release_date", "year", "coo_iso", "refugees", "asylum_seekers")


def test_the_newest_year_of_a_release_that_is_not_of_june_is_a_middle() -> None:
    made = [
        ("2023-06-14", "2021", "SYR", "900", "99"),
        ("2023-06-14", "2022", "SYR", "901", "99"),
        ("2023-04-27", "2021", "SYR", "902", "98"),
        ("2023-04-27", "2022", "SYR", "903", "0"),
        ("2023-06-14", "2022", "UNK", "5000", "0"),  # no country
        ("2023-06-14", "2022", "AND", "900", "99"),  # never 1,000
        ("2023-06-14", "2020", "SYR", "0", "0"),  # nobody
        ("2026-06-25", "2022", "SYR", "9000", "0"),  # in the table's first file
    ]
    rows = make_release_rows(make_frame(COLUMNS, *made))
    assert say(rows, "source_id", "origin", "year", "counted_to", "refugees") == [
        ("unhcr-annual-2023-04", "SYR", "2021", "", "902"),
        ("unhcr-annual-2023-04", "SYR", "2022", "2022-06-30", "903"),
        ("unhcr-annual-2023-06", "SYR", "2021", "", "900"),
        ("unhcr-annual-2023-06", "SYR", "2022", "", "901"),
    ]
