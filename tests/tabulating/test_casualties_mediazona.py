"""Names found, by week: a week counts to its Sunday, the edition is known at its end."""

from analysis.tabulating.casualties_mediazona import make_mediazona_rows

from .frames import make_frame, say

COLUMNS = ("week", "measure", "kind", "best")


def test_only_names_and_only_running_totals() -> None:
    frame = make_frame(
        COLUMNS,
        ("2022-02-21", "deaths confirmed by name", "running total", 6),
        ("2022-02-21", "estimate from the probate registry", "running total", 674),
        ("2022-02-28", "deaths confirmed by name", "running total", 112),
        ("2022-02-28", "deaths confirmed by name", "weekly number", 592),
    )
    rows = make_mediazona_rows(frame)
    assert say(rows, "locator", "as_of", "wording", "published_on") == [
        ("week 2022-02-21", "2022-02-27", "6", "2022-03-06"),
        ("week 2022-02-28", "2022-03-06", "112", "2022-03-06"),
    ]


def test_an_edition_without_names_gives_no_row() -> None:
    assert make_mediazona_rows(make_frame(COLUMNS)).empty
