"""The JSON Schema of plan files, worked out from the notebooks' parameters, for editors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from analysis.reports.batch.plan_file import KEYS
from analysis.reports.batch.values import AS_OF, DATA, NOTEBOOK
from analysis.reports.identity import PLACES
from analysis.reports.notebooks import Notebook
from analysis.reports.parameter_schema import Schema, schema_of

_ABOUT = {
    "data": "Folder of the casebook, from the folder of the plan; without it the project's own.",
    "out": "Folder for the reports, from the folder of the plan.",
    "notebooks": "Names of the notebooks that each report holds; without it all of them.",
    "parameters": "Values that are the same for every report.",
    "matrix": "Values of which every combination is a report.",
    "include": "Values added to combinations of the matrix that they fit, or further reports.",
    "exclude": "Combinations of the matrix that are left out.",
    "name": "Folder of a report in out, such as {as_of}/{origin}.",
    "timeout": "Seconds that a cell of a notebook may take.",
    "workers": "Reports made at the same time; without it as many as the machine can.",
}

#: A day, or a range of days with its step, and several of these with commas.
_DAYS = r"^\s*[0-9]{4}-[0-9]{2}-[0-9]{2}[-0-9., by]*\s*$"


def plan_schema(notebooks: Sequence[Notebook]) -> Schema:
    """Return the JSON Schema (draft 2020-12) of plan files for `notebooks`.

    The plan's own reader has the last word: whether folders are there, and that no two reports
    share a name, is more than a schema can say.
    """
    declared = schema_of(notebooks)
    parameters: dict[str, Schema] = {
        name: _as_written(schema)
        for name, schema in declared["properties"].items()
        if name not in PLACES
    }
    parameters.setdefault(AS_OF, {"type": "string", "format": "date"})
    names: Schema = {"enum": [notebook.name for notebook in notebooks]}
    further: dict[str, Schema] = {NOTEBOOK: names, DATA: {"type": "string"}}
    values = {**parameters, **further}
    days = {name for name, schema in parameters.items() if _is_day(schema)}
    entry = {name: _or_days(schema) if name in days else schema for name, schema in values.items()}
    matrix = {
        name: _several(_or_days(schema), days=True) if name in days else _several(schema)
        for name, schema in values.items()
    }
    matrix[NOTEBOOK] = {"anyOf": [{"const": "all"}, matrix[NOTEBOOK]]}
    properties: dict[str, Schema] = {
        "data": {"type": "string", "minLength": 1},
        "out": {"type": "string", "minLength": 1},
        "notebooks": {"anyOf": [names, {"type": "array", "items": names, "minItems": 1}]},
        "parameters": _object(parameters),
        "matrix": _object(matrix),
        "include": {"type": "array", "items": _object(entry)},
        "exclude": {"type": "array", "items": _object(entry)},
        "name": {"type": "string", "minLength": 1},
        "timeout": {"type": "integer", "minimum": 1},
        "workers": {"type": "integer", "minimum": 1},
    }
    schema: Schema = {
        "$schema": declared["$schema"],
        "title": "Plan of a batch of reports",
        "type": "object",
        "properties": {key: {"description": _ABOUT[key], **properties[key]} for key in KEYS},
        "additionalProperties": False,
        "anyOf": [{"required": ["matrix"]}, {"required": ["include"]}],
    }
    if "$defs" in declared:
        schema["$defs"] = declared["$defs"]
    return schema


def _object(properties: Mapping[str, Schema]) -> Schema:
    return {"type": "object", "properties": dict(properties), "additionalProperties": False}


def _several(value: Schema, *, days: bool = False) -> Schema:
    several: Schema = {"type": "array", "items": value, "minItems": 1}
    return {"anyOf": [value, several]} if days else several


def _or_days(value: Schema) -> Schema:
    return {"anyOf": [value, {"type": "string", "pattern": _DAYS}]}


def _is_day(schema: Any) -> bool:
    if isinstance(schema, Mapping):
        return schema.get("format") == "date" or any(_is_day(each) for each in schema.values())
    return isinstance(schema, list) and any(_is_day(each) for each in schema)


def _as_written(schema: Any) -> Any:
    """Return `schema` so that a text may be written as 007 or no: a plan reads it as it stands."""
    if isinstance(schema, list):
        return [_as_written(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    # A default may be anything and is not a rule.
    written = {key: v if key == "default" else _as_written(v) for key, v in schema.items()}
    ruled = {"enum", "format", "pattern", "minLength"} & set(schema)
    if schema.get("type") == "string" and not ruled:
        return {"anyOf": [written, {"type": ["number", "boolean"]}]}
    return written
