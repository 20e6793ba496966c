"""From JSON text to records: a list of objects, alone or under a key, as publishers' feeds have."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from analysis.imports.imported import ImportProblem, Progress, Refusal
from analysis.imports.published_file import looks_like_json, peek_text, read_text
from analysis.imports.published_table import (
    PublishedTable,
    Record,
    Wanted,
    describe_start,
    find_header,
    plain,
    read_csv_table,
)

#: Finds the list of a format's records in loaded JSON, or returns None.
FindList = Callable[[Any], list[Any] | None]


def open_table(
    path: Path,
    progress: Progress | None,
    *,
    wanted: Wanted,
    expects: str,
    find_list: FindList | None = None,
) -> PublishedTable:
    """Read a published CSV or JSON file as a table.

    Parameters
    ----------
    wanted : callable
        Whether a line's columns are the format's header.
    expects : str
        The columns in words, for the message.
    find_list : callable, optional
        Where in JSON the records are; without it JSON is not of this format.

    Raises
    ------
    ImportProblem
        If the file is not of this format.
    """
    start = peek_text(path)
    if not looks_like_json(start):
        # Looked for at the start first: a large file of another format is not read whole.
        if find_header(start, wanted, path) is None:
            raise ImportProblem(f"{path}: expected {expects}; found {describe_start(start)}")
        return read_csv_table(path, read_text(path, progress), wanted, expects)
    text = read_text(path, progress)
    items = find_list(load_json(text, path)) if find_list else None
    if items is None:
        raise ImportProblem(f"{path}: expected {expects}; found JSON {describe_start(text)}")
    return table_from_json(path, items)


def recognises_table(path: Path, *, wanted: Wanted, find_list: FindList | None = None) -> bool:
    """Whether `open_table` would find its columns or keys."""
    text = peek_text(path)
    if looks_like_json(text):
        return find_list is not None and find_list(load_json(text, path)) is not None
    return find_header(text, wanted, path) is not None


def list_of_objects(data: Any, wanted: Wanted) -> list[Any] | None:
    """Return `data` if it is a list whose objects have the wanted keys, or None."""
    if not isinstance(data, list):
        return None
    first = next((item for item in data if isinstance(item, dict)), None)
    if first is None or not wanted(frozenset(plain(key) for key in first)):
        return None
    return data


def load_json(text: str, path: Path) -> Any:
    """Return JSON with every number as the text that was published."""
    try:
        return json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except (json.JSONDecodeError, RecursionError) as error:
        raise ImportProblem(f"{path}: not readable as JSON ({error})") from error


def table_from_json(path: Path, items: list[Any]) -> PublishedTable:
    """Return a JSON list of objects as a table; anything else in the list is refused."""
    table = PublishedTable(path, {})
    for number, item in enumerate(items, start=1):
        if not isinstance(item, dict):
            table.refused.append(Refusal(number, "", str(item)[:200], "not an object"))
            continue
        cells = {}
        for key, value in item.items():
            table.titles.setdefault(plain(key), key)
            cells[plain(key)] = "" if value is None else str(value)
        table.records.append(Record(number, cells))
    return table
