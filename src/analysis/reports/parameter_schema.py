"""The parameters of notebooks as a JSON Schema, for files that hold values and their editors.

The schema says what can be said without this machine: whether a folder is there is left to
`Parameter.check`, which has the last word on every value.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, TypeAlias

from analysis.reports.country_codes import list_codes
from analysis.reports.notebooks import Notebook
from analysis.reports.parameters import Parameter
from analysis.reports.typed_values import LONGEST

Schema: TypeAlias = dict[str, Any]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TYPES = {"int": "integer", "float": "number", "bool": "boolean"}
_COUNTRY = "country"


def schema_of(notebooks: Sequence[Notebook]) -> Schema:
    """Return the JSON Schema (draft 2020-12) of an object with parameters of `notebooks`.

    Parameters
    ----------
    notebooks : sequence of Notebook
        All that are to take the values. What several declare must do for each of them; the
        default stands in the schema where they agree on it.

    Returns
    -------
    dict
        Plain JSON: `properties` by name of the parameter, in the order in which the
        notebooks declare them; no other names are allowed, and none is required.
    """
    declared: dict[str, list[Parameter]] = {}
    for notebook in notebooks:
        for parameter in notebook.parameters.values():
            declared.setdefault(parameter.name, []).append(parameter)
    schema: Schema = {
        "$schema": _DIALECT,
        "title": f"Parameters of {', '.join(notebook.name for notebook in notebooks)}",
        "type": "object",
        "properties": {name: _join(several) for name, several in declared.items()},
        "additionalProperties": False,
    }
    if any(each.is_country for several in declared.values() for each in several):
        schema["$defs"] = {_COUNTRY: {"title": "ISO 3166 alpha-3 code", "enum": [*list_codes()]}}
    return schema


def _join(several: Sequence[Parameter]) -> Schema:
    """Return one schema for what all notebooks declare under a name."""
    rules: list[Schema] = []
    for each in several:
        rule = {"description": each.help, **_describe(each)}
        if rule not in rules:
            rules.append(rule)
    joined: Schema = dict(rules[0]) if len(rules) == 1 else {"allOf": rules}
    if all(each.default == several[0].default for each in several):
        joined["default"] = several[0].default
    return joined


def _describe(parameter: Parameter) -> Schema:
    if parameter.type in _TYPES:
        schema: Schema = {"type": _TYPES[parameter.type]}
        for word, limit in (("minimum", parameter.low), ("maximum", parameter.high)):
            if math.isfinite(limit):
                schema[word] = int(limit) if limit == int(limit) else limit
        return schema
    if parameter.type == "list[str]":
        items = {"type": "array", "items": _describe_text(parameter), "uniqueItems": True}
        return items if parameter.may_be_empty else items | {"minItems": 1}
    text = _describe_text(parameter)
    if not parameter.may_be_empty or not (set(text) - {"type", "maxLength", "not"}):
        return text
    if "enum" in text:
        return text | {"enum": ["", *text["enum"]]}
    return {"anyOf": [{"const": ""}, text]}


def _describe_text(parameter: Parameter) -> Schema:
    if parameter.choices:
        return {"type": "string", "enum": [*parameter.choices]}
    if parameter.is_day:
        # Not every program checks formats, and "$" would let a line break pass.
        pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
        return {"type": "string", "format": "date", "pattern": pattern, "maxLength": 10}
    if parameter.is_country:
        return {"$ref": f"#/$defs/{_COUNTRY}"}
    text: Schema = {"type": "string", "maxLength": LONGEST, "not": {"pattern": "[\\n\\r\\t]"}}
    if parameter.folder and not parameter.may_be_empty:
        text["minLength"] = 1
    return text
