"""The General Staff's losses: neither killed nor wounded, with the words beside the number."""

from analysis.tabulating.casualties_general_staff import make_general_staff_rows

from .frames import make_frame, say


def test_losses_and_prisoners() -> None:
    frame = make_frame(
        ("as_of", "day", "item", "value", "wording"),
        ("2022-03-02", 7, "personnel", 5_840, "about 5,840"),
        ("2022-03-02", 7, "POW", 200, "200"),
        ("2022-03-07", 12, "personnel", 11_000, "more than 11,000"),
        ("2022-03-07", 12, "tank", 290, "290"),
    )
    rows = make_general_staff_rows(frame)
    assert say(rows, "locator", "as_of", "outcome", "wording", "published_on") == [
        ("day 7", "2022-03-02", "losses", "about 5840", "2022-03-02"),
        ("day 7", "2022-03-02", "captured", "200", "2022-03-02"),
        ("day 12", "2022-03-07", "losses", "more than 11000", "2022-03-07"),
    ]
    assert set(rows["side"]) == {"RUS"}
