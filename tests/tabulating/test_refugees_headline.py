"""The headline has no day of its own, and changes its measure in the summer of 2022."""

from analysis.tabulating.refugees_headline import make_headline_rows

from .frames import make_frame, say


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
