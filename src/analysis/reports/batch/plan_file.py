"""A plan file: YAML comes in, a model of pydantic goes out, and nothing is guessed.

    data: ../casebook               # the casebook; without it the project's own
    out: reports                    # where the reports go
    notebooks: [key_figures]        # which notebooks a report holds; without it all
    parameters: {origin: SDN}       # the same for every report
    matrix:                         # one report for every combination
      as_of: 2024-01-05..2024-03-31 by 7
      parties: [true, false]
    exclude:                        # combinations that are not made
      - {as_of: 2024-01-05, parties: false}
    include:                        # values added to combinations, and further combinations
      - {as_of: 2024-02-09, origin: SSD}
    name: "{as_of}/{origin}"        # the folder of a report
    timeout: 600                    # seconds a cell may take
    workers: 2                      # reports made at the same time
    memory: 4                       # GB that a notebook may take

Paths start from the folder of the plan. `notebook` in the matrix makes each notebook a
report of its own ("all" is all of them), and `data` runs several casebooks.

YAML turns 007 into 7, NO (Norway) into false and 2024-01-05 into a date. Here every value
stays the text that is written, and the parameter that it is for says what it means.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias

import yaml
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    create_model,
)

from analysis.reports.batch.earlier import read_plan_bytes
from analysis.reports.identity import PLACES
from analysis.reports.notebooks import Notebook
from analysis.reports.parameters import Parameter
from analysis.tables import InputError, shorten, suggest

#: Names in a matrix that are no parameters, and the day, which every report has.
NOTEBOOK, DATA, AS_OF = "notebook", "data", "as_of"

_DIALECT = "https://json-schema.org/draft/2020-12/schema"

#: Where something stands in a plan: keys, and places in lists.
Where: TypeAlias = tuple[str | int, ...]

#: What YAML itself knows; a tag of anybody else would make objects of Python.
_TAGS = {
    f"tag:yaml.org,2002:{kind}"
    for kind in (
        "str", "int", "float", "bool", "null", "timestamp", "merge", "value", "map", "seq",
    )
}  # fmt: skip

#: A plan is keys, lists of them, and lists of values in these; nothing is deeper.
_DEEPEST = 6

#: Mistakes printed of one plan.
_MOST = 50

#: A day, or a range of days with its step, and several of these with commas.
_DAYS = r"^\s*[0-9]{4}-[0-9]{2}-[0-9]{2}[-0-9., by]*\s*$"


class PlanErrors(InputError):
    """Everything that is wrong with a plan; its text has a line each."""

    def __init__(self, file: str, mistakes: Sequence[tuple[int, str]]) -> None:
        self.lines = [
            f"{file}, line {line}: {message}" if line else f"{file}: {message}"
            for line, message in sorted(dict.fromkeys(mistakes), key=lambda mistake: mistake[0])
        ]
        count = len(self.lines)
        shown = self.lines[:_MOST]
        if count > 1:
            shown = [f"the plan has {count:,} mistakes:", *shown]
        if count > _MOST:
            shown.append(f"and {count - _MOST:,} more")
        super().__init__("\n".join(shown))


class Mistakes:
    """What is wrong with a plan, as far as it has been read; knows the line of everything."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._found: list[tuple[int, str]] = []
        self.lines: dict[Where, int] = {}

    def line(self, where: Where) -> int:
        """Return the line of what stands there, from 1; 0 is the whole plan."""
        while where and where not in self.lines:
            where = where[:-1]
        return self.lines.get(where, 0)

    def add(self, at: Where | int, message: str) -> None:
        """Take note of a mistake, by where it stands or by its line."""
        self._found.append((at if isinstance(at, int) else self.line(at), message))

    def stop(self) -> None:
        """Raise PlanErrors if there is any mistake."""
        if self._found:
            raise PlanErrors(self._file, self._found)


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _read_whole(value: object) -> object:
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() else value


def _complete(schema: dict[str, Any]) -> None:
    """Leave out what stands for a key that is not there, and ask for reports."""
    for each in schema["properties"].values():
        each.pop("default", None)
    schema["anyOf"] = [{"required": ["matrix"]}, {"required": ["include"]}]


_Text = Annotated[str, Field(pattern=r"\S")]
_Whole = Annotated[int, Field(ge=1, lt=10**7), BeforeValidator(_read_whole)]


class PlanFile(BaseModel):
    """A plan as it is written: texts, lists and names with their values."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        title="Plan of a batch of reports",
        json_schema_extra=_complete,
    )

    data: _Text = Field(
        default="",
        description="Folder of the casebook, from the folder of the plan; without it the "
        "project's own.",
    )
    out: _Text = Field(
        default="", description="Folder for the reports, from the folder of the plan."
    )
    notebooks: Annotated[list[_Text], Field(min_length=1), BeforeValidator(_as_list)] = Field(
        default=[], description="Names of the notebooks that each report holds; without it all."
    )
    parameters: dict[str, Any] = Field(
        default={}, description="Values that are the same for every report."
    )
    matrix: dict[str, Any] = Field(
        default={}, description="Values of which every combination is a report."
    )
    include: list[Any] = Field(
        default=[],
        description="Values added to combinations of the matrix that they fit, or further reports.",
    )
    exclude: list[Any] = Field(
        default=[], description="Combinations of the matrix that are left out."
    )
    name: _Text = Field(
        default="", description="Folder of a report in out, such as {as_of}/{origin}."
    )
    timeout: _Whole = Field(default=0, description="Seconds that a cell of a notebook may take.")
    workers: _Whole = Field(
        default=0,
        description="Reports made at the same time; without it as many as the machine can.",
    )
    memory: _Whole = Field(default=0, description="GB that a notebook may take; without it any.")


#: What each key wants, in words.
_EXPECTED = {
    "data": "a text", "out": "a text", "name": "a text", "notebooks": "a list of names",
    "parameters": "names with their values", "matrix": "names with their values",
    "include": "a list of combinations", "exclude": "a list of combinations",
}  # fmt: skip


def read_plan_file(path: Path, mistakes: Mistakes) -> PlanFile:
    """Return the plan in the file `path`; what is wrong is added to `mistakes`.

    Raises `PlanErrors`: it is no YAML, or no keys are in it; `ParameterError`: it is no file that a
    plan can be; `OSError`: it cannot be read.
    """
    written = _read_yaml(path, mistakes)
    for _ in PlanFile.model_fields:  # what is wrong is left out, and the rest is read
        try:
            return PlanFile.model_validate(written)
        except ValidationError as problem:
            for error in problem.errors(include_url=False):
                where = error["loc"]
                mistakes.add(where, _explain(where, error["type"], error["input"]))
            wrong = {error["loc"][0] for error in problem.errors()}
            written = {key: value for key, value in written.items() if key not in wrong}
    return PlanFile()


def _explain(where: Where, kind: str, value: object) -> str:
    key = str(where[0])
    if kind == "extra_forbidden":
        known = PlanFile.model_fields
        hint = suggest(key, known) or f"there are {', '.join(known)}"
        return f'a plan has no key "{shorten(key)}"; {hint}'
    if key in _EXPECTED:
        return f"{key}: expected {_EXPECTED[key]}"
    if not isinstance(value, str | int):
        return f"{key}: expected a text"
    return f'{key}: "{shorten(str(value))}" is not allowed; expected a whole number'


def _read_yaml(path: Path, mistakes: Mistakes) -> dict[str, Any]:
    root = None
    text = read_plan_bytes(path)
    try:
        root = yaml.compose(text.decode("utf-8-sig"), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        words = " ".join(str(problem.problem or problem.context or problem).split())
        mistakes.add(mark.line + 1 if mark else 0, f"not readable as YAML: {words}")
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as problem:
        words = shorten(str(problem) or type(problem).__name__, 100)
        mistakes.add(0, f"not readable as YAML: {words}")
    mistakes.stop()
    found = _convert(root, (), mistakes, set()) if root is not None else None
    mistakes.stop()
    if not isinstance(found, dict):
        mistakes.add(0, "expected keys such as matrix, notebooks and parameters")
        mistakes.stop()
        raise AssertionError("the mistake above was raised")
    return found


def _convert(node: yaml.Node, where: Where, mistakes: Mistakes, seen: set[int]) -> Any:
    """Return what is written as texts, lists and dicts; None where nothing is, not even quotes."""
    line = node.start_mark.line + 1
    mistakes.lines.setdefault(where, line)
    if node.tag not in _TAGS:
        mistakes.add(line, f'"{shorten(node.tag)}" is no tag of a plan; leave it out')
        return None
    if id(node) in seen:
        mistakes.add(line, "an alias (*name) is not read in a plan; write the value again")
        return None
    if len(where) > _DEEPEST:
        mistakes.add(line, "lists and keys are too deep in one another")
        return None
    seen.add(id(node))
    if isinstance(node, yaml.ScalarNode):
        return None if node.style is None and not node.value else str(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [_convert(n, (*where, place), mistakes, seen) for place, n in enumerate(node.value)]
    entries: dict[str, Any] = {}
    for key, value in node.value:
        at = key.start_mark.line + 1
        name = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
        if not name:
            mistakes.add(at, "expected a name as key")
        elif name in entries:
            first = mistakes.line((*where, name))
            mistakes.add(at, f'the key "{shorten(name)}" stands in line {first} already')
        else:
            mistakes.lines[*where, name] = at
            entries[name] = _convert(value, (*where, name), mistakes, seen)
    return entries


def plan_schema(notebooks: Sequence[Notebook]) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of plan files for `notebooks`, for editors.

    The plan's own reader has the last word: whether folders are there, that a value does for
    every notebook that has it, and that no two reports share a name, is more than a schema
    can say.
    """
    declared: dict[str, list[Parameter]] = {}
    for notebook in notebooks:
        for name, parameter in notebook.parameters.items():
            if name not in PLACES:
                declared.setdefault(name, []).append(parameter)
    declared.setdefault(AS_OF, [Parameter(AS_OF, "str", "", is_day=True)])
    told = {name: _tell(several) for name, several in declared.items()}
    kinds = {name: _join(_as_written(each) for each in alike) for name, alike in declared.items()}
    days = [name for name, alike in declared.items() if any(each.is_day for each in alike)]
    names: Any = Literal[*(notebook.name for notebook in notebooks)]
    single: dict[str, Any] = kinds | {NOTEBOOK: names, DATA: _Text}
    dated = {name: Annotated[str, Field(pattern=_DAYS)] | kinds[name] for name in days}
    axes = {name: _several(kind) for name, kind in (single | dated).items()}
    axes |= {name: kind | axes[name] for name, kind in dated.items()}
    axes[NOTEBOOK] = Literal["all"] | axes[NOTEBOOK]
    entry = _object("Combination", single | dated, told)
    fields: dict[str, Any] = {
        "notebooks": names | _several(names),
        "parameters": _object("Parameters", kinds, told),
        "matrix": _object("Matrix", axes, told),
        "include": list[entry],  # type: ignore[valid-type]
        "exclude": list[entry],  # type: ignore[valid-type]
    }
    changed: dict[str, Any] = {
        key: (kind, PlanFile.model_fields[key]) for key, kind in fields.items()
    }
    plan = create_model("Plan", __base__=PlanFile, **changed)
    return {"$schema": _DIALECT, **plan.model_json_schema()}


def _tell(several: Sequence[Parameter]) -> dict[str, Any]:
    """Return what an editor says of a name: its help, and its default where notebooks agree."""
    told: dict[str, Any] = {"description": "; or ".join(dict.fromkeys(p.help for p in several))}
    if all(each.default == several[0].default for each in several):
        told["default"] = several[0].default
    return told


def _as_written(parameter: Parameter) -> Any:
    """Return the values of a parameter; a text may be written as 007 or no, for it stays one."""
    plain: Any = {"str": float | bool, "list[str]": list[str | float | bool]}.get(parameter.type)
    return parameter.annotation if parameter.is_ruled or not plain else parameter.annotation | plain


def _join(kinds: Iterable[Any]) -> Any:
    return functools.reduce(operator.or_, kinds)


def _several(kind: Any) -> Any:
    return Annotated[list[kind], Field(min_length=1)]


def _object(name: str, kinds: Mapping[str, Any], told: Mapping[str, dict[str, Any]]) -> Any:
    """Return a model with a field for each name, none of them required."""

    def tell(schema: dict[str, Any]) -> None:
        for own, each in schema["properties"].items():
            del each["default"]
            each.update(told.get(own, {}))

    fields: dict[str, Any] = {
        f"given_{place}": (kind, Field(None, alias=own, title=own))
        for place, (own, kind) in enumerate(kinds.items())
    }
    config = ConfigDict(extra="forbid", json_schema_extra=tell)
    return create_model(name, __config__=config, **fields)
