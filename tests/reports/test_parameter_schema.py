"""The model of a notebook: its schema takes every default, and refuses what it refuses itself."""

import copy
import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from analysis.reports.batch.plan_file import plan_schema
from analysis.reports.notebooks import NOTEBOOKS, Notebook, find_notebooks
from analysis.reports.parameters import ParameterError, make_model, read_cell
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


def _schema(notebook: Notebook) -> dict[str, Any]:
    return make_model(notebook.name, notebook.parameters).model_json_schema()


def _accepts(schema: dict[str, Any], values: dict[str, Any]) -> bool:
    return bool(Draft202012Validator(schema).is_valid(values))


@pytest.mark.parametrize("notebook", FOUND, ids=lambda notebook: notebook.name)
def test_every_notebook_s_defaults_pass(notebook: Notebook) -> None:
    schema = _schema(notebook)
    Draft202012Validator.check_schema(schema)
    defaults = {name: each.default for name, each in notebook.parameters.items()}
    assert _accepts(schema, defaults)
    assert {n: each["default"] for n, each in schema["properties"].items()} == defaults
    assert not _accepts(schema, defaults | {"nothing_of_this_name": 1})


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
    assert not _accepts(_schema(toys[0]), {name: value})
    with pytest.raises(ParameterError):
        toys[0].parameters[name].check(value)


@pytest.mark.parametrize(
    ("name", "value"),
    [("since", ""), ("since", "2022-02-24"), ("measure", ""), ("measure", "records"),
     ("outcomes", ["wounded", "killed"]), ("names", []), ("names", ["a, b"]), ("side", ""),
     ("side", "RUS"), ("rows", 50), ("share", 1), ("title", ""), ("title", "x" * 1000)],
)  # fmt: skip
def test_what_a_parameter_takes_passes(toys: list[Notebook], name: str, value: Any) -> None:
    assert _accepts(_schema(toys[0]), {name: value})
    toys[0].parameters[name].check(value)


def test_a_day_that_does_not_exist_fails_where_formats_are_checked(toys: list[Notebook]) -> None:
    schema = _schema(toys[0])
    checker = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert checker.is_valid({"as_of": "2024-02-29"})
    assert not checker.is_valid({"as_of": "2022-02-29"})
    assert not checker.is_valid({"since": "2022-02-29"})


def test_a_model_takes_values_as_they_are_and_says_its_help(toys: list[Notebook]) -> None:
    model = make_model("toy", toys[0].parameters)
    made = model.model_validate({"rows": 7, "group": "military"})
    assert made.model_dump(by_alias=True, exclude_unset=True) == {"rows": 7, "group": "military"}
    assert made.model_dump(by_alias=True)["parties"] is True
    properties = _schema(toys[0])["properties"]
    assert properties["rows"]["description"] == "claims shown (1 to 50)"
    assert properties["title"]["description"] == "words"
    for wrong in ({"row": 7}, {"rows": "7"}, {"given_0": "2022-03-03"}):
        with pytest.raises(ValidationError):
            model.model_validate(wrong)


def test_a_parameter_may_be_called_as_anything_in_python_is() -> None:
    cell = "json: int = 3  # a\ncopy: str = 'x'  # b\nmodel_config: bool = True  # c\n_x: int = 1"
    model = make_model("toy", read_cell(cell))
    given = {"json": 4, "copy": "y", "model_config": False, "_x": 2}
    assert model.model_validate(given).model_dump(by_alias=True) == given


def test_the_schema_is_plain_json_and_the_same_twice(toys: list[Notebook]) -> None:
    schema = _schema(toys[0])
    before = copy.deepcopy(schema)
    assert json.loads(json.dumps(schema, allow_nan=False)) == schema
    schema["properties"]["as_of"]["default"] = "changed"
    assert _schema(toys[0]) == before
    assert "$defs" not in _schema(toys[1])


def test_the_schema_of_plans_takes_what_any_notebook_takes(toys: list[Notebook]) -> None:
    schema = plan_schema(toys)
    Draft202012Validator.check_schema(schema)
    for values, fine in [
        ({"rows": 5}, True), ({"rows": 6}, True), ({"rows": 51}, False), ({"group": "x"}, False),
        ({"title": 7}, True), ({"names": ["a", True]}, True), ({"outcomes": [True]}, False),
        ({"side": ""}, True), ({"side": "QQQ"}, False), ({"out": "x"}, False), ({}, True),
    ]:  # fmt: skip
        assert _accepts(schema, {"parameters": values, "include": []}) is fine, values
    told = schema["$defs"]["Parameters"]["properties"]
    assert "default" not in told["rows"]
    assert told["group"]["default"] == "civilian"
    assert told["rows"]["description"] == "claims shown (1 to 50); or claims shown (1 to 5)"
    assert not _accepts(schema, {"parameters": {}})
