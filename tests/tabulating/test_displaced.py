"""IOM's rounds with the days of their surveys, and the later ones without."""

from analysis.tabulating.displaced import make_snapshot_rows, make_survey_rows

from .frames import make_frame, say


def test_a_round_is_known_from_the_first_page_that_shows_it() -> None:
    frame = make_frame(
        ("survey_date", "measure", "macro_region", "people"),
        ("2022-04-01", "origin", "Center", 121_358),
        ("2022-03-16", "origin", "Center", 220_243),
        ("2022-03-16", "current location", "Center", 1_123_237),
        ("2022-03-16", "current location", "North", None),
        ("2023-01-23", "origin", "Center", 1),
    )
    columns = ("as_of", "measure", "area", "wording", "published_on")
    assert say(make_survey_rows(frame), *columns) == [
        (
            *("2022-03-16", "internally displaced, by location", "ukraine-center"),
            *("1123237", "2022-03-20"),
        ),
        ("2022-03-16", "internally displaced, by origin", "ukraine-center", "220243", "2022-03-20"),
        ("2022-04-01", "internally displaced, by origin", "ukraine-center", "121358", "2022-04-05"),
        # A round that no page is known for is known from its source.
        ("2023-01-23", "internally displaced, by origin", "ukraine-center", "1", ""),
    ]


def test_snapshots_that_repeat_the_rounds_are_left_out() -> None:
    frame = make_frame(
        ("snapshot_utc", "measure", "macro_region", "people"),
        ("2022-05-11T08:42:21Z", "current location", "Kyiv", 238_000),
        ("2022-06-07T12:44:17Z", "current location", "Kyiv", 194_000),
        ("2023-08-17T07:29:47Z", "current location", "Kyiv", 455_000),
        ("2023-08-17T07:29:47Z", "current location", "Not provided", 20_000),
    )
    assert say(make_snapshot_rows(frame), "as_of", "area", "wording", "published_on") == [
        ("", "kyiv", "194000", "2022-06-07"),
        ("", "kyiv", "455000", "2023-08-17"),
        ("", "ukraine-region-not-stated", "20000", "2023-08-17"),
    ]
