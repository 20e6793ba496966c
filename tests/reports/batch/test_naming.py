"""Names of folders: safe on any system, and never shared."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.reports.batch.naming import (
    TemplateError,
    find_clashes,
    fold,
    read_template,
    refuse_name,
    render,
    safe_part,
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2022-03-03", "2022-03-03"),
        ("A/RES/ES-11/1", "A-RES-ES-11-1"),
        ("killed or wounded", "killed-or-wounded"),
        ("../../etc", "etc"),
        ("..", "any"),
        ("", "any"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("com1", "_com1"),
        ("console", "console"),
        ("a.", "a"),
        ("a b:c*d?", "a-b-c-d"),
        ("Україна", "Україна"),
        ("safe \u202egnp", "safe-gnp"),
    ],
)
def test_a_part_is_safe(text: str, name: str) -> None:
    assert safe_part(text) == name


@given(st.text(max_size=300))
def test_no_text_makes_an_unsafe_name(text: str) -> None:
    name = safe_part(text)
    assert 0 < len(name) <= 81
    assert len(name.encode()) <= 200
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f\s]', name)
    assert not name.startswith((".", "-"))
    assert not name.endswith((".", " "))


def test_a_template_takes_values() -> None:
    template = "{as_of}/of {origin}"
    assert read_template(template, ["as_of", "origin"]) == ["as_of", "origin"]
    values = {"as_of": "2022-03-03", "origin": ["UKR", "SYR"]}
    assert render(template, values) == "2022-03-03/of-UKR+SYR"
    assert render("{parties}-{most}", {"parties": False}) == "no-any"


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{as_off}", 'no value is called "as_off"; did you mean "as_of"?'),
        ("{}", 'no value is called ""'),
        ("{as_of", "is no name"),
        ("{as_of!r}", "takes nothing after the name"),
        ("{as_of:>10}", "takes nothing after the name"),
        ("{as_of.year}", "no value is called"),
        ("../{as_of}", "none empty, no .."),
        ("{as_of}//x", "none empty, no .."),
        ("/{as_of}", "none empty, no .."),
        ("x\\{as_of}", "none empty, no .."),
    ],
)
def test_what_is_no_template_is_said(template: str, message: str) -> None:
    with pytest.raises(TemplateError) as raised:
        read_template(template, ["as_of"])
    assert message in str(raised.value)


@pytest.mark.parametrize(
    ("names", "clashes"),
    [
        (["a", "b", "c/d"], []),
        (["a", "b", "a"], [(0, 2)]),
        (["UKR", "ukr"], [(0, 1)]),
        (["stra\u00dfe", "STRASSE"], [(0, 1)]),
        (["\ufb01n", "fin"], [(0, 1)]),
        (["a", "a/b"], [(0, 1)]),
        (["a/b/c", "x", "a"], [(2, 0)]),
        (["a", "a.failed"], [(0, 1)]),
        (["a.failed/b", "a"], [(1, 0)]),
    ],
)
def test_clashes_are_found(names: list[str], clashes: list[tuple[int, int]]) -> None:
    assert find_clashes(names) == clashes


def test_files_of_the_batch_keep_their_names() -> None:
    assert "file of the batch" in refuse_name("Index.html")
    assert "file of the batch" in refuse_name("manifest.json/x")
    assert "longer than" in refuse_name("/".join(["x" * 50] * 4))
    assert refuse_name("2022-03-03/index.html") == ""
    assert fold("A") == "a"
