"""Figures of a month: known from its last day, without a last day counted."""

from analysis.tabulating.refugees_by_month import make_month_rows

from .frames import make_frame, say


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
