"""Names of countries in a sentence: some take an article."""

import pytest

from analysis.tables.countries import say_country


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("United Kingdom", "the United Kingdom"),
        ("Netherlands", "the Netherlands"),
        ("Central African Republic", "the Central African Republic"),
        ("Marshall Islands", "the Marshall Islands"),
        ("the Russian Federation", "the Russian Federation"),
        ("the neighbours of Sudan", "the neighbours of Sudan"),
        ("Chad", "Chad"),
        ("Ireland", "Ireland"),
    ],
)
def test_an_article_where_english_has_one(name: str, said: str) -> None:
    assert say_country(name) == said
