"""The day in a link, and the moment in the number of a post."""

from datetime import date

import pytest

from analysis.tabulating.link_days import find_link_day


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://example.org/europe/2022/07/24/how-heavy", date(2022, 7, 24)),
        ("https://example.org/news/2024/2/6/losses/", date(2024, 2, 6)),
        ("https://example.org/killed-2022-07-20/#:~:text=Burns", date(2022, 7, 20)),
        ("https://example.org/en/europe/20240503-france-estimates", date(2024, 5, 3)),
        # Posted on 7 January 2025, 11:00 UTC.
        ("https://x.com/DefenceHQ/status/1876584633103507960/photo/2", date(2025, 1, 7)),
        ("https://twitter.com/DefenceHQ/status/1731611263799537767", date(2023, 12, 4)),
    ],
)
def test_a_link_tells_its_day(url: str, day: date) -> None:
    assert find_link_day(url) == day


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/military-balance/2025/02/combat-losses/",
        "https://example.org/news/2024/13/45/nothing",
        "https://example.org/soldiers/",
        "(via email)",
        "",
        "<NA>",
        "https://example.org/posts/status/1876584633103507960",
    ],
)
def test_other_links_tell_none(url: str) -> None:
    assert find_link_day(url) is None
