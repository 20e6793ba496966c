"""The schema of parameters takes every default, and refuses what the parameters refuse."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from analysis.reports.notebooks import NOTEBOOKS, Notebook, find_notebooks
from analysis.reports.parameter_schema import schema_of
from analysis.reports.parameters import ParameterError
from tests.reports.toys import PARAMETERS, write_notebook

FOUND = find_notebooks(NOTEBOOKS)

FIRST = """\
as_of: str = "2022-03-03"  # day (YYYY-MM-DD)
since: str = ""  # earlier day (YYYY-MM-DD); empty: none
group: str = "civilian"  # whose: civilian | military
measure: str = ""  # which: crossings | records
outcomes: list[str] = ["killed"]  # which: killed | wounded
names: list[str] = []  # of whom
origin: str = "UKR"  # country, as its ISO 3166 alpha-3 code
side: str = ""  # force, as its ISO 3166 alpha-3 code
rows: int = 10  # claims shown (1 to 50)
share: float = 0.5  # of all (0 to 1)
parties: bool = True  # show them
title: str = "x"  # words
folder: str = "published"  # folder with published files
"""
SECOND = """\
rows: int = 3  # claims shown (1 to 5)
group: str = "civilian"  # whose: civilian | military
"""


@pytest.fixture(scope="module")
def toys(tmp_path_factory: pytest.TempPathFactory) -> list[Notebook]:
    folder = tmp_path_factory.mktemp("notebooks")
    write_notebook(folder / "first.ipynb", (PARAMETERS, FIRST))
    write_notebook(folder / "second.ipynb", (PARAMETERS, SECOND))
    return find_notebooks(folder)


def _accepts(schema: dict[str, Any], values: dict[str, Any]) -> bool:
    return bool(Draft202012Validator(schema).is_valid(values))


@pytest.mark.parametrize("notebook", FOUND, ids=lambda notebook: notebook.name)
def test_every_notebook_s_defaults_pass(notebook: Notebook) -> None:
    schema = schema_of([notebook])
    Draft202012Validator.check_schema(schema)
    defaults = {name: each.default for name, each in notebook.parameters.items()}
    assert _accepts(schema, defaults)
    assert {n: each["default"] for n, each in schema["properties"].items()} == defaults
    assert not _accepts(schema, defaults | {"nothing_of_this_name": 1})


@pytest.mark.parametrize("name", sorted({n for notebook in FOUND for n in notebook.parameters}))
def test_a_value_of_a_wrong_type_fails_everywhere(name: str) -> None:
    assert not _accepts(schema_of(FOUND), {name: {"not": "a value"}})


FAULTS = [
    ("as_of", "2022-3-3"), ("as_of", ""), ("as_of", "2022-03-03\n"), ("as_of", "２０２２-03-03"),
    ("since", "yesterday"), ("group", "soldiers"), ("group", ""), ("measure", "people"),
    ("outcomes", []), ("outcomes", ["killed", "killed"]), ("outcomes", ["captured"]),
    ("outcomes", "killed"), ("names", [7]), ("names", ["two\nlines"]), ("origin", "UKA"),
    ("origin", ""), ("side", "UK"), ("rows", 0), ("rows", "7"), ("rows", True), ("rows", 1.5),
    ("share", 1.01), ("share", -0.01), ("parties", "true"), ("parties", 1), ("title", "a\nb"),
    ("title", "x" * 1001), ("folder", ""),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), FAULTS)
def test_a_planted_fault_fails_as_the_parameter_does(
    toys: list[Notebook], name: str, value: Any
) -> None:
    assert not _accepts(schema_of(toys[:1]), {name: value})
    with pytest.raises(ParameterError):
        toys[0].parameters[name].check(value)


@pytest.mark.parametrize(
    ("name", "value"),
    [("since", ""), ("since", "2022-02-24"), ("measure", ""), ("measure", "records"),
     ("outcomes", ["wounded", "killed"]), ("names", []), ("names", ["a, b"]), ("side", ""),
     ("side", "RUS"), ("rows", 50), ("share", 1), ("title", ""), ("title", "x" * 1000)],
)  # fmt: skip
def test_what_a_parameter_takes_passes(toys: list[Notebook], name: str, value: Any) -> None:
    assert _accepts(schema_of(toys[:1]), {name: value})
    toys[0].parameters[name].check(value)


def test_a_day_that_does_not_exist_fails_where_formats_are_checked(toys: list[Notebook]) -> None:
    schema = schema_of(toys[:1])
    checker = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert checker.is_valid({"as_of": "2024-02-29"})
    assert not checker.is_valid({"as_of": "2022-02-29"})
    assert not checker.is_valid({"since": "2022-02-29"})


def test_what_several_declare_must_do_for_each(toys: list[Notebook]) -> None:
    schema = schema_of(toys)
    assert _accepts(schema, {"rows": 5})
    assert not _accepts(schema, {"rows": 6})
    assert "default" not in schema["properties"]["rows"]
    assert schema["properties"]["group"]["default"] == "civilian"
    assert schema["properties"]["group"]["enum"] == ["civilian", "military"]


def test_each_property_says_its_help(toys: list[Notebook]) -> None:
    properties = schema_of(toys)["properties"]
    assert properties["rows"]["allOf"][1]["description"] == "claims shown (1 to 5)"
    assert properties["title"]["description"] == "words"


def test_the_schema_is_plain_json_and_the_same_twice(toys: list[Notebook], tmp_path: Path) -> None:
    schema = schema_of(FOUND)
    before = copy.deepcopy(schema)
    assert json.loads(json.dumps(schema, allow_nan=False)) == schema
    schema["properties"]["as_of"]["default"] = "changed"
    assert schema_of(FOUND) == before
    assert "$defs" not in schema_of(toys[1:])
