"""The dictionary of a casebook for people (README.md) and for programs (datapackage.json).

Both are worked out from the tables' schemas, so that they cannot disagree with them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from analysis.casebook.check import find_tables
from analysis.safety import slug, write_atomically
from analysis.tables import REFERENCES, InputError, Table, list_parts

_BEGIN = "<!-- dictionary: written by `figures dictionary` -->"
_END = "<!-- end of dictionary -->"

_FIELD_TYPES = {"day": "date", "whole number": "integer"}

_OPENING = """# A casebook

One claim a row, in the words of whoever made it. Add a row to the table of its subject, the
document to `sources.csv` and who says it to `claimants.csv`; then run `figures check` on this
folder.

"""


def describe_tables() -> str:
    """Return the dictionary as Markdown: each table with its columns, then the closed lists."""
    parts = [_describe_table(table) for table in find_tables().values()]
    parts.append("## Words with a fixed meaning\n")
    for (column, words), tables in _find_lists().items():
        lines = "\n".join(f"| {word} | {meaning} |" for word, meaning in words)
        heading = f"### {column} ({', '.join(tables)})"
        parts.append(f"{heading}\n\n| word | meaning |\n| --- | --- |\n{lines}\n")
    return "\n".join(parts)


def write_dictionary(folder: Path) -> Path:
    """Write the dictionary into the README.md of a casebook, between its marks.

    What stands before and after the marks is kept; without a README.md, or without the first
    mark, the dictionary is put at the end. `InputError` where the closing mark is missing.
    """
    path = folder / "README.md"
    text = path.read_text(encoding="utf-8") if path.exists() else _OPENING
    if _BEGIN in text and _END not in text.partition(_BEGIN)[2]:
        raise InputError(f"{path.name}: expected the mark {_END} after the dictionary")
    if _BEGIN not in text:
        text = text.rstrip() + "\n\n"
    before, _, rest = text.partition(_BEGIN)
    after = rest.partition(_END)[2] if rest else "\n"
    body = f"{before}{_BEGIN}\n\n{describe_tables()}\n{_END}{after}"
    write_atomically(path, body.encode("utf-8"))
    return path


def describe_package(folder: Path) -> dict[str, Any]:
    """Return the Frictionless data package (version 1 of the standard) of a casebook."""
    return {
        "profile": "tabular-data-package",
        "name": slug(folder.resolve().name),
        "title": "Contested figures: one claim a row",
        "description": "Figures of a crisis in the words of whoever gave them; see README.md.",
        "licenses": [
            {
                "name": "CC-BY-4.0",
                "title": "Creative Commons Attribution 4.0; each source's own terms in sources.csv",
                "path": "https://creativecommons.org/licenses/by/4.0/",
            }
        ],
        "resources": [
            _describe_resource(table, path.name)
            for table in find_tables().values()
            for path in list_parts(folder, table.name)
        ],
    }


def write_data_package(folder: Path) -> Path:
    """Write datapackage.json into a casebook and return the file."""
    path = folder / "datapackage.json"
    text = json.dumps(describe_package(folder), indent=2, ensure_ascii=False)
    write_atomically(path, f"{text}\n".encode())
    return path


def _find_lists() -> dict[tuple[str, tuple[tuple[str, str], ...]], list[str]]:
    """The closed lists with their meanings, each with the tables whose column it rules."""
    found: dict[tuple[str, tuple[tuple[str, str], ...]], list[str]] = {}
    for table in find_tables().values():
        for column in table.columns:
            meanings = table.metadata(column).get("meanings")
            if meanings:
                found.setdefault((column, tuple(meanings.items())), []).append(table.name)
    return found


def _describe_table(table: Table) -> str:
    lines = []
    for name, column in table.schema.items():
        kind = table.metadata(name)["kind"]
        empty = ", may be empty" if column.nullable else ""
        choices = table.metadata(name).get("choices")
        words = f": {', '.join(choices)}" if choices else ""
        lines.append(f"| `{name}` | {kind}{empty} | {column.description}{words} |")
    rows = "\n".join(lines)
    return (
        f"## {table.name}\n\nOne row is {table.title}. No two rows agree in all of: "
        f"{', '.join(table.key)}.\n\n| column | kind | meaning |\n| --- | --- | --- |\n{rows}\n"
    )


def _describe_resource(table: Table, file: str) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_describe_field(table, name) for name in table.columns],
        "missingValues": [""],
    }
    # A primary key may hold no empty cell by the standard; ours may (a day not stated).
    if not any(table.schema[name].nullable for name in table.key):
        schema["primaryKey"] = list(table.key)
    links = {
        name: table.metadata(name)["refers_to"]
        for name in table.columns
        # A country's own code is no key of areas.csv, and the standard knows no "or".
        if "refers_to" in table.metadata(name) and not table.metadata(name).get("also")
    }
    if links:
        targets = {reference.name: reference.key[0] for reference in REFERENCES}
        schema["foreignKeys"] = [
            {
                "fields": name,
                "reference": {
                    "resource": "" if target == table.name else target,
                    "fields": targets[target],
                },
            }
            for name, target in links.items()
        ]
    return {
        "name": slug(file.removesuffix(".csv")),
        "path": file,
        "profile": "tabular-data-resource",
        "title": f"One row is {table.title}",
        "encoding": "utf-8",
        "schema": schema,
    }


def _describe_field(table: Table, name: str) -> dict[str, Any]:
    column, metadata = table.schema[name], table.metadata(name)
    field: dict[str, Any] = {
        "name": name,
        "type": _FIELD_TYPES.get(metadata["kind"], "string"),
        "description": column.description,
    }
    constraints: dict[str, Any] = {} if column.nullable else {"required": True}
    if "choices" in metadata:
        constraints["enum"] = metadata["choices"]
    if constraints:
        field["constraints"] = constraints
    return field
