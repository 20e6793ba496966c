"""What a person meant who typed no key: other letters, a name, a word that leads to one key."""

import pytest

from analysis.tables.keys import name_countries, name_keys, suggest_key


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
    assert suggest_key(word, name_countries()) == code


AREAS = {"UKR": "Ukraine", "gaza-strip": "the Gaza Strip", "north-darfur": "North Darfur"}


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("gaza strip", "gaza-strip"), ("Gaza-Strip", "gaza-strip"),
        ("The Gaza Strip", "gaza-strip"),
        ("north-dafur", "north-darfur"), ("UA", "UKR"), ("ukraine", "UKR"), ("RU", ""),
        ("Russia", ""), ("POL", ""), ("south-kordofan", ""),
    ],
)  # fmt: skip
def test_an_area_that_was_meant(word: str, key: str) -> None:
    expected = f'did you mean "{key}" ({AREAS[key]})?' if key else ""
    assert suggest_key(word, AREAS) == expected


GROUPS = name_keys(
    [
        {"who": "everybody", "singular": "person", "plural": "people", "note": ""},
        {"who": "fighters", "singular": "fighter", "plural": "fighters",
         "note": "Soldiers and members of armed groups"},
        {"who": "health workers", "singular": "health worker", "plural": "health workers"},
    ],
    "who",
)  # fmt: skip


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("soldiers", "fighters"), ("Fighter", "fighters"), ("people", "everybody"),
        ("helth workers", "health workers"), ("workers", "health workers"), ("groups", "fighters"),
        ("and", ""), ("doctors", ""),
    ],
)  # fmt: skip
def test_a_group_that_was_meant(word: str, key: str) -> None:
    hint = suggest_key(word, GROUPS)
    assert hint.startswith(f'did you mean "{key}"') if key else hint == ""
