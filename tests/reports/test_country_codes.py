"""A country that was meant is found from a slip, a short code or a name."""

import pytest

from analysis.reports.country_codes import list_codes, suggest_country


def test_the_codes_are_three_capitals() -> None:
    codes = list_codes()
    assert {"UKR", "RUS", "NAM", "SYR"} <= set(codes)
    assert [code for code in codes if not (len(code) == 3 and code.isupper())] == []
    assert len(codes) > 240


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("UKA", 'did you mean "UKR" (Ukraine)?'),
        ("ukr", 'did you mean "UKR" (Ukraine)?'),
        (" UKR", 'did you mean "UKR" (Ukraine)?'),
        ("UA", 'did you mean "UKR" (Ukraine)?'),
        ("Ukraine", 'did you mean "UKR" (Ukraine)?'),
        ("Ukrain", 'did you mean "UKR" (Ukraine)?'),
        ("UKRR", 'did you mean "UKR" (Ukraine)?'),
        ("PLO", 'did you mean "POL" (Poland)?'),
        ("NA", 'did you mean "NAM" (Namibia)?'),
        ("SYA", ""),  # Syria or the Seychelles
        ("ZZZ", ""),
        ("", ""),
        ("x" * 100_000, ""),
    ],
)
def test_what_was_meant(word: str, code: str) -> None:
    assert suggest_country(word) == code
